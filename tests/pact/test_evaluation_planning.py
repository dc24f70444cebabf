from datetime import date

from odoo.exceptions import ValidationError
from odoo.fields import Command
from odoo.tests import freeze_time, tagged

from ..common import HubCommon
from .evaluation import EvaluationFactory


@tagged("post_install", "-at_install")
@freeze_time("2026-01-10")
class TestEvaluationPlanning(EvaluationFactory, HubCommon):
    """Evaluations come by the rhythm of the terms, from the day a pact is in force."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._set_up_evaluations()

    def _run_job(self, name="ir_cron_hub_evaluation"):
        with self.enter_registry_test_mode():
            self.env.ref(f"solidarity_hub.{name}").method_direct_trigger()

    def _planned(self, pact):
        evaluations = self.env["hub.evaluation"].search(
            [("root_id", "=", pact.root_id.id)], order="date"
        )
        return {
            evaluation.date: set(evaluation.line_ids.indicator_id.mapped("name"))
            for evaluation in evaluations
        }

    def test_each_term_is_evaluated_in_its_rhythm_up_to_the_last_day(self):
        pact = self._in_force()
        half = {"Autonomy", "Economic effects"}
        whole = {"Cultural utility", "Shop open"}
        self.assertEqual(
            self._planned(pact),
            {date(2026, 6, 30): half, date(2026, 12, 31): half | whole},
        )

    def test_a_start_is_evaluated_on_the_first_day(self):
        pact = self._in_force(
            self._term(self.autonomy, rhythm_months=6, from_start=True),
            self._term(self.jobs, rhythm_months=6),
        )
        first = self.env["hub.evaluation"].search(
            [("root_id", "=", pact.id)], order="date", limit=1
        )
        self.assertEqual(first.date, date(2026, 1, 1))
        self.assertEqual(first.line_ids.indicator_id, self.autonomy)

    def test_what_is_noted_down_late_plans_nothing_in_the_past(self):
        pact = self._in_force(
            self._term(self.autonomy, rhythm_months=2, from_start=True),
            start=date(2025, 9, 1),
        )
        self.assertEqual(
            list(self._planned(pact)),
            [
                date(2026, 2, 28),
                date(2026, 4, 30),
                date(2026, 6, 30),
                date(2026, 8, 31),
            ],
        )

    def test_a_pact_without_rhythm_plans_nothing(self):
        pact = self._in_force(self._term(self.autonomy))
        self.assertFalse(self._planned(pact))
        self.assertTrue(pact.evaluations_planned_on)

    def test_a_template_brings_its_rhythm(self):
        template = self.env.ref("solidarity_hub.hub_pact_template_contract")
        values = template._pact_vals("en_US")["term_ids"]
        self.assertEqual({term[2]["rhythm_months"] for term in values}, {6})
        self.assertTrue(all(term[2]["from_start"] for term in values))

    def test_planning_again_changes_nothing(self):
        pact = self._in_force()
        before = pact._chain_evaluations().ids
        moved = pact._chain_evaluations().sorted("date")[0]
        moved.date = "2026-07-03"
        pact._plan_evaluations()
        self._run_job()
        self.assertEqual(pact._chain_evaluations().ids, before)
        self.assertEqual(moved.date, date(2026, 7, 3))

    def test_one_that_was_put_away_does_not_come_back(self):
        pact = self._in_force()
        first = pact._chain_evaluations().sorted("date")[0]
        first.active = False
        pact._plan_evaluations()
        self.assertEqual(list(self._planned(pact)), [date(2026, 12, 31)])

    def test_the_job_plans_what_came_into_force_by_another_way(self):
        pact = self._in_force()
        pact._chain_evaluations().unlink()
        pact.evaluations_planned_on = False
        self._run_job()
        self.assertEqual(len(pact._chain_evaluations()), 2)

    def test_a_pact_that_ends_early_plans_no_longer(self):
        pact = self._in_force()
        begun, later = pact._chain_evaluations().sorted("date")
        begun.action_open()
        with freeze_time("2026-03-01"):
            pact.action_end()
        self.assertTrue(begun.exists(), "what was begun can still be finished")
        self.assertFalse(later.exists())
        pact._plan_evaluations()
        self.assertEqual(pact._chain_evaluations(), begun)

    def test_the_last_evaluation_outlives_the_last_day(self):
        pact = self._in_force()
        with freeze_time("2027-01-05"):
            self._run_job("ir_cron_hub_pact_close_expired")
        self.assertEqual(pact.state, "closed")
        self.assertEqual(len(pact._chain_evaluations()), 2)

    def _amend(self, pact, **changes):
        with freeze_time("2026-03-01"):
            amendment = self.env["hub.pact"].browse(pact.action_amend()["res_id"])
            amendment.write({"joint_interview_on": "2026-02-20", **changes})
            amendment.action_to_sign()
            amendment.party_ids._sign(date(2026, 3, 1), "paper")
        self.assertEqual((pact.state, amendment.state), ("closed", "in_force"))
        return amendment

    def test_evaluations_follow_an_amendment(self):
        pact = self._in_force()
        jobs = pact.term_ids.filtered(lambda t: t.indicator_id == self.jobs)
        amendment = pact.action_amend()
        amendment = self.env["hub.pact"].browse(amendment["res_id"])
        terms = amendment.term_ids.filtered(lambda t: t.indicator_id == self.jobs)
        amendment = self._amend(
            pact,
            term_ids=[
                Command.delete(terms.id),
                self._term(self.appropriation, rhythm_months=6),
            ],
        )
        self.assertEqual(amendment.root_id, pact)
        self.assertEqual(
            self._planned(pact)[date(2026, 6, 30)],
            {"Autonomy", "Appropriation of the project"},
        )
        evaluations = pact._chain_evaluations()
        self.assertEqual(evaluations.pact_id, amendment)
        self.assertEqual(evaluations.line_ids.term_id.pact_id, amendment)
        self.assertEqual(jobs.pact_id, pact, "the text before is left as it was")

    def test_what_was_said_before_an_amendment_is_kept(self):
        pact = self._in_force()
        agreed = self._agreed(pact, "2026-01-05", {self.jobs: "1", self.autonomy: "2"})
        begun = pact._chain_evaluations().filtered(
            lambda e: e.planned_on == date(2026, 6, 30)
        )
        self._line(begun, self.jobs).holder_value = "3"
        amendment = pact.action_amend()
        amendment = self.env["hub.pact"].browse(amendment["res_id"])
        terms = amendment.term_ids.filtered(lambda t: t.indicator_id != self.autonomy)
        self._amend(pact, term_ids=[Command.delete(term.id) for term in terms])
        self.assertEqual(agreed.pact_id, pact, "agreed under the text of that day")
        self.assertEqual(begun.state, "under_way")
        self.assertEqual(begun.pact_id, amendment)
        self.assertEqual(begun.line_ids.indicator_id, self.autonomy | self.jobs)
        self.assertEqual(self._line(begun, self.jobs).holder_value, "3")
        self.assertEqual(self._line(begun, self.jobs).previous_label, "1 jobs")
        self.assertEqual(amendment.evaluation_count, pact.evaluation_count)

    def test_the_rhythm_goes_on_over_an_amendment_of_an_amendment(self):
        pact = self._in_force(self._term(self.autonomy, rhythm_months=5))
        second = self._amend(pact, date_end="2027-12-31")
        with freeze_time("2026-04-01"):
            third = self.env["hub.pact"].browse(second.action_amend()["res_id"])
            third.joint_interview_on = "2026-03-20"
            third.action_to_sign()
            third.party_ids._sign(date(2026, 4, 1), "paper")
        self.assertEqual(third.root_id, pact)
        self.assertEqual(
            list(self._planned(pact)),
            [
                date(2026, 5, 31),
                date(2026, 10, 31),
                date(2027, 3, 31),
                date(2027, 8, 31),
            ],
        )

    def test_a_pact_names_an_indicator_once(self):
        with self.assertRaisesRegex(ValidationError, "twice"):
            self._create_pact(
                term_ids=[self._term(self.autonomy), self._term(self.autonomy)]
            )

    def test_nothing_is_evaluated_before_the_pact_is_in_force(self):
        with self.assertRaisesRegex(ValidationError, "not come into force"):
            self._evaluation(self._create_pact())
