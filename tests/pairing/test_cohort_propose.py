from unittest.mock import patch

from psycopg2 import errors

from odoo import fields
from odoo.exceptions import UserError
from odoo.tests import tagged
from odoo.tools import mute_logger

from .test_cohort_solve import CohortCommon

JOB = "odoo.addons.solidarity_hub.models.pairing.hub_pairing_run_job"


class CohortJobs(CohortCommon):
    """The work in the background, run at once."""

    def _work(self):
        with self.enter_registry_test_mode():
            self.env.ref(
                "solidarity_hub.ir_cron_hub_pairing_jobs"
            ).method_direct_trigger()
        self.env.invalidate_all()

    def _patch(self, name, value):
        patcher = patch.object(self.registry["hub.pairing.run"], name, value)
        self.startPatcher(patcher)

    def _everything_in_jobs(self):
        base = "odoo.addons.solidarity_hub.models.pairing.hub_pairing_run_"
        for module in ("solve", "propose"):
            self.startPatcher(patch(f"{base}{module}.AT_ONCE", 0))

    def _places(self):
        return self.env["hub.pairing"].search([("lead_id", "in", self.leads.ids)])

    def _mails(self):
        return self.env["mail.mail"].search(
            [("model", "=", "hub.pairing"), ("res_id", "in", self._places().ids)]
        )


@tagged("post_install", "-at_install")
class TestCohortPropose(CohortJobs):
    """All the people of a cohort are asked, each once."""

    def setUp(self):
        super().setUp()
        self.run_ = self._solved()
        self.line = self._line(self.run_, self.project)

    def test_everybody_is_asked_at_once(self):
        self.run_.action_propose()
        self.assertEqual(self.run_.state, "proposed")
        self.assertEqual(set(self.run_.line_ids.mapped("state")), {"proposed"})
        places = self._places()
        self.assertEqual(len(places), 6)
        self.assertEqual(set(places.mapped("state")), {"sent"})
        self.assertEqual(places.run_id, self.run_)
        self.assertEqual(len(self._mails()), 6)
        self.assertEqual(self.line.pairing_ids.lead_id, self.project)
        self.assertEqual(set(self.line.pairing_ids.mapped("score")), {1000})

    def test_who_has_no_address_is_to_be_called(self):
        self.chloe.email = False
        self.run_.action_propose()
        self.assertEqual(self.run_.to_call_ids, self.chloe)

    def test_nobody_is_asked_twice(self):
        self.run_.action_propose()
        with self.assertRaisesRegex(UserError, "Proposed"):
            self.run_.action_propose()
        self.assertEqual(len(self._places()), 6)

    def test_one_project_is_proposed_alone(self):
        self.line.action_propose()
        self.assertEqual(self._places().lead_id, self.project)
        self.assertEqual(self.run_.state, "solved")
        with self.assertRaisesRegex(UserError, "asked already"):
            self.line.action_propose()
        self.run_.action_propose()
        self.assertEqual(len(self._places()), 6)

    def test_what_is_proposed_stays_when_searched_again(self):
        self.line.action_propose()
        two = self._two(self.line)
        self.run_.action_solve()
        self.assertEqual((self._two(self.line), self.line.state), (two, "proposed"))

    def test_after_a_refusal_the_next_person_is_found(self):
        self.line.action_propose()
        places = self.line.pairing_ids
        places.filtered(lambda p: p.volunteer_id == self.bernard).action_decline(
            channel="phone"
        )
        self.run_.action_solve()
        self.assertEqual(self._two(self.line), self.chloe | self.denis)
        self.assertEqual((self.line.state, self.line.sought), ("paired", 1))
        self.line.action_propose()
        self.assertEqual(self.line.state, "proposed")

    def test_only_the_second_person_is_asked_where_one_stays(self):
        self._active(self.denis)
        self.run_.action_solve()
        self.line.action_propose()
        self.assertEqual(len(self.line.pairing_ids), 1)
        self.assertNotIn(self.denis, self.line.pairing_ids.volunteer_id)

    def test_a_warned_person_is_asked_for_a_reason_first(self):
        self.chloe.hub_role_ids.trained_on = False
        self.run_.with_warned = True
        self.run_.action_solve()
        with self.assertRaisesRegex(UserError, "write the reason"):
            self.run_.action_propose()
        self.assertFalse(self._places())
        self.run_.line_ids.filtered("warning").override_reason = "Training in May"
        self.run_.action_propose()
        place = self._places().filtered(lambda p: p.volunteer_id == self.chloe)[0]
        self.assertEqual(place.override_reason, "Training in May")

    def test_somebody_taken_in_the_meantime_stops_no_other_project(self):
        self.bernard.hub_role_ids.capacity = 1
        self.run_.action_solve()
        line = self.run_.line_ids.filtered(lambda ln: self.bernard in self._two(ln))
        other = self._create_project("Elsewhere", self.amina)
        self._pair(self.bernard, other)
        self.run_.action_propose()
        self.assertEqual(line.state, "problem")
        self.assertIn("Bernard was asked for “Elsewhere” in the meantime", line.problem)
        self.assertIn("no free place left (1 of 1)", line.problem)
        self.assertFalse(line.pairing_ids)
        self.assertEqual(self.run_.state, "solved")
        rest = self.run_.line_ids - line
        self.assertEqual(set(rest.mapped("state")), {"proposed"})

    def test_a_problem_is_answered_with_a_reason(self):
        self.bernard.hub_role_ids.capacity = 1
        self.run_.action_solve()
        line = self.run_.line_ids.filtered(lambda ln: self.bernard in self._two(ln))
        self._pair(self.bernard, self._create_project("Elsewhere", self.amina))
        self.run_.action_propose()
        with self.assertRaisesRegex(UserError, "write the reason"):
            line.action_propose()
        line.override_reason = "He agreed on one more"
        self.assertEqual(line.state, "paired")
        line.action_propose()
        self.assertEqual(line.state, "proposed")
        self.assertEqual(self.run_.state, "proposed")

    def test_a_problem_is_answered_by_a_swap(self):
        self.bernard.hub_role_ids.pause_from = "2020-01-01"
        self.run_.action_propose()
        self.assertEqual(self.line.state, "problem")
        self.assertIn("is away", self.line.problem)
        self.line.write({"first_id": self.denis.id, "second_id": self.chloe.id})
        self.assertEqual(self.line.state, "paired")
        others = self.run_.line_ids.filtered(lambda ln: self.bernard in self._two(ln))
        self.assertEqual(set(others.mapped("state")) - {"problem"}, set())

    def test_a_place_filled_in_the_meantime_is_told(self):
        self._pair(self.denis)
        self.run_.action_propose()
        self.assertEqual(self.line.state, "problem")
        self.assertIn("changed in the meantime: Denis", self.line.problem)

    def test_who_stayed_and_left_is_not_asked_again(self):
        place = self._active(self.denis)
        self.run_.action_solve()
        place.action_end(reason="Moved")
        self.run_.action_propose()
        self.assertEqual(self.line.state, "problem")
        self.assertFalse(self.line.pairing_ids)

    def test_a_path_that_ended_is_told(self):
        self.project.write(
            {"hub_outcome_ids": [(0, 0, {"kind": "stopped", "reason": "Moved"})]}
        )
        self.project.hub_phase = "closed"
        self.run_.action_propose()
        self.assertIn("path of this project has ended", self.line.problem)

    def test_without_a_pair_there_is_nothing_to_propose(self):
        run = self._run()
        with self.assertRaisesRegex(UserError, "no pair to propose"):
            run._unguarded().state = "solved"
            run.action_propose()


@tagged("post_install", "-at_install")
class TestCohortJobs(CohortJobs):
    """Long work is done in the background, and one comes back to it."""

    def setUp(self):
        super().setUp()
        self._everything_in_jobs()
        self.coordinator = self.users["coordinator"]

    def test_a_large_cohort_waits_for_the_job_and_is_told_when_ready(self):
        run = self._run().with_user(self.coordinator)
        run.action_solve()
        self.assertEqual(run.state, "queued")
        self.assertTrue(run.stage_text)
        trigger = self.env["ir.cron.trigger"].search(
            [
                (
                    "cron_id",
                    "=",
                    self.env.ref("solidarity_hub.ir_cron_hub_pairing_jobs").id,
                )
            ]
        )
        self.assertTrue(trigger)
        self._work()
        self.assertEqual(run.state, "solved")
        self.assertFalse(run.stage_text)
        self.assertEqual(len(run.line_ids.filtered("second_id")), 3)
        self.assertEqual(run.activity_ids.user_id, self.coordinator)
        self.assertIn("ready", run.activity_ids.summary)

    def test_more_time_is_given_in_the_background(self):
        run = self._run()
        run.action_search_longer()
        self.assertEqual(run.state, "queued")

    def test_each_stage_is_told(self):
        told = []
        write = self.registry["hub.pairing.run"]._set_stage

        def keep(run, state, text, **vals):
            told.append(text)
            return write(run, state, text, **vals)

        self._patch("_set_stage", keep)
        self._run().action_solve()
        self._work()
        words = " / ".join(filter(None, told))
        for stage in ("Waiting", "Reading", "Comparing", "Writing"):
            self.assertIn(stage, words)

    def test_nothing_is_changed_while_it_waits(self):
        run = self._run()
        run.action_solve()
        with self.assertRaisesRegex(UserError, "Waiting"):
            run.with_warned = True
        with self.assertRaisesRegex(UserError, "Waiting"):
            run.action_solve()

    def test_many_are_proposed_in_the_background_by_whoever_asked(self):
        run = self._run()
        run.action_solve()
        self._work()
        run.with_user(self.coordinator).action_propose()
        self.assertEqual(run.state, "proposing")
        self.assertIn("0 of 3", run.stage_text)
        self.assertFalse(self._places())
        self._work()
        self.assertEqual(run.state, "proposed")
        self.assertEqual(len(self._places()), 6)
        self.assertEqual(len(self._mails()), 6)
        self.assertEqual(self._places().create_uid, self.coordinator)

    def test_a_dropped_round_of_proposals_stops(self):
        run = self._run()
        run.action_solve()
        self._work()
        run.action_propose()
        run.action_cancel()
        self._work()
        self.assertFalse(self._places())

    def test_who_loses_a_race_reads_again_and_goes_on(self):
        run = self._run()
        run.action_solve()
        self._work()
        run.action_propose()
        lost = []
        create = self.registry["hub.pairing"]._create_places

        def race(pairings, *args, **vals):
            if not lost:
                lost.append(1)
                raise errors.SerializationFailure
            return create(pairings, *args, **vals)

        self.startPatcher(
            patch.object(self.registry["hub.pairing"], "_create_places", race)
        )
        self._work()
        self.assertTrue(lost)
        self.assertEqual(run.state, "proposed")
        self.assertEqual(len(self._places()), 6)

    def test_an_error_is_told_and_leaves_the_run_usable(self):
        run = self._run()
        run.action_solve()

        def fail(run):
            raise ZeroDivisionError("oops")

        runs = self.registry["hub.pairing.run"]
        with patch.object(runs, "_problem", fail), mute_logger(JOB):
            self._work()
        self.assertEqual(run.state, "draft")
        self.assertIn("unexpected error (ZeroDivisionError: oops)", run.error)
        run.action_solve()
        self._work()
        self.assertEqual((run.state, run.error), ("solved", False))

    def test_a_search_killed_again_and_again_is_given_up_with_words(self):
        run = self._run()
        run.action_solve()
        run._unguarded().attempts = 3
        self._work()
        self.assertEqual(run.state, "draft")
        self.assertIn("interrupted 3 times", run.error)

    def test_a_killed_search_is_run_again_and_doubles_nothing(self):
        run = self._run()
        run.action_solve()
        self._work()
        lines = run.line_ids
        run._unguarded().write({"state": "solving", "attempts": 1})
        self._work()
        self.assertEqual(run.state, "solved")
        self.assertEqual(run.line_ids, lines)

    def test_a_run_at_work_elsewhere_is_left_alone(self):
        run = self._run()
        run.action_solve()
        with patch.object(
            self.registry["hub.pairing.run"],
            "_alone_at_work",
            lambda run: _Busy(),
        ):
            self._work()
        self.assertEqual(run.state, "queued")
        job = self.env.ref("solidarity_hub.ir_cron_hub_pairing_jobs")
        later = self.env["ir.cron.trigger"].search([("cron_id", "=", job.id)])
        self.assertGreater(max(later.mapped("call_at")), fields.Datetime.now())


class _Busy:
    def __enter__(self):
        return False

    def __exit__(self, *exc):
        return False
