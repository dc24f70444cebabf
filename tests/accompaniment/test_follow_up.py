from unittest.mock import patch

from odoo.exceptions import UserError, ValidationError
from odoo.fields import Command
from odoo.tests import Form, freeze_time, tagged

from ..common import HubCommon
from .follow_up import FollowUpMixin


@tagged("post_install", "-at_install")
@freeze_time("2025-02-10 12:00:00")
class TestFollowUpPlan(FollowUpMixin, HubCommon):
    """Looks back are planned by themselves, and move with what they look back at."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._set_up_follow_ups()

    def _planned(self, outcome):
        return [
            (row.moment, str(row.planned_on)) for row in outcome.follow_up_ids.sorted()
        ]

    def test_four_looks_back_follow_from_an_activity_created(self):
        outcome = self._created()
        self.assertEqual(
            self._planned(outcome),
            [
                ("m06", "2024-07-10"),
                ("m12", "2025-01-10"),
                ("m36", "2027-01-10"),
                ("m60", "2029-01-10"),
            ],
        )
        self.assertEqual(
            outcome.follow_up_ids.mapped("state"),
            ["missed", "due", "planned", "planned"],
        )
        self.assertEqual(outcome.follow_up_ids.company_id, self.company)
        self.assertEqual(set(outcome.follow_up_ids.mapped("phone")), {"06 39 98 20 20"})

    def test_the_end_of_a_month_stays_the_end_of_a_month(self):
        outcome = self._created(day="2023-08-31")
        self.assertEqual(
            self._planned(outcome)[:2], [("m06", "2024-02-29"), ("m12", "2024-08-31")]
        )

    def test_no_other_outcome_is_looked_back_at_while_the_path_goes_on(self):
        for kind in ("job", "training", "stopped", "reorientation", "other"):
            self.env["hub.outcome"].create({"lead_id": self.project.id, "kind": kind})
        self._created(quantity=0)
        self.assertFalse(self.project.hub_follow_up_ids)

    def test_each_state_is_searched_as_it_is_shown(self):
        outcome = self._created()
        self._call(self._row(outcome, "m06"), alive="active")
        other = self._created(self._project("Café"))
        self._row(other, "m06").action_reopen()
        self._call(self._row(other, "m06"), alive="unknown")
        self._call(self._row(other, "m12"), alive="stopped")
        rows = self.follow_ups.search([("lead_id.user_id", "=", self.adviser.id)])
        found = set(rows.mapped("state"))
        self.assertEqual(found, {"done", "due", "planned", "unknown", "closed"})
        for state in (*found, "missed"):
            self.assertEqual(
                rows.search([("id", "in", rows.ids), ("state", "=", state)]),
                rows.filtered(lambda row, state=state: row.state == state),
                state,
            )
        not_due = rows.search([("id", "in", rows.ids), ("state", "!=", "due")])
        self.assertEqual(not_due, rows.filtered(lambda row: row.state != "due"))

    # The outcome changes

    def test_another_date_moves_what_is_not_answered(self):
        outcome = self._created()
        self._call(self._row(outcome, "m06"), alive="active")
        outcome.date = "2024-03-10"
        self.assertEqual(
            self._planned(outcome),
            [
                ("m06", "2024-07-10"),
                ("m12", "2025-03-10"),
                ("m36", "2027-03-10"),
                ("m60", "2029-03-10"),
            ],
        )

    def test_a_call_that_has_become_too_early_is_dropped_and_comes_back(self):
        outcome = self._created()
        self.follow_ups._handle_due()
        row = self._row(outcome, "m12")
        self.assertTrue(row.activity_id)
        outcome.date = "2024-09-10"
        self.assertFalse(self.project.activity_ids)
        self.follow_ups._handle_due()
        self.assertFalse(self.project.activity_ids)
        with freeze_time("2025-09-11"):
            self.follow_ups._handle_due()
        self.assertEqual(len(self.project.activity_ids), 1)

    def test_a_deleted_outcome_takes_away_what_is_still_to_come_only(self):
        outcome = self._created()
        done = self._row(outcome, "m06")
        self._call(done, alive="active", own_jobs=1)
        self.follow_ups._handle_due()
        outcome.unlink()
        self.assertEqual(self.project.hub_follow_up_ids, done)
        self.assertFalse(done.outcome_id)
        self.assertEqual((done.alive, done.jobs), ("active", 1))
        self.assertFalse(self.project.activity_ids)
        again = self._created()
        self.assertEqual(len(again.follow_up_ids), 4)

    def test_another_kind_takes_them_away_and_back(self):
        outcome = self._created()
        outcome.kind = "job"
        self.assertFalse(outcome.follow_up_ids)
        outcome.kind = "activity_created"
        self.assertEqual(len(outcome.follow_up_ids), 4)

    def test_an_outcome_moved_to_another_project_takes_its_looks_back_along(self):
        outcome = self._created()
        self._call(self._row(outcome, "m06"), alive="active")
        other = self._project("Café")
        outcome.lead_id = other
        self.assertEqual(outcome.follow_up_ids.lead_id, other)
        self.assertFalse(self.project.hub_follow_up_ids)

    def test_planning_again_changes_nothing(self):
        outcome = self._created()
        self._call(self._row(outcome, "m06"), alive="stopped")
        before = outcome.follow_up_ids.read()
        self.follow_ups._plan(self.project)
        self.follow_ups._plan(self.project)
        self.assertEqual(outcome.follow_up_ids.read(), before)

    # The exit

    def _closed(self, name="Café", kind="job", **vals):
        lead = self._project(name)
        self.env["hub.outcome"].create(
            {"lead_id": lead.id, "kind": kind, "date": "2025-02-01", **vals}
        )
        lead.hub_phase = "closed"
        return lead

    def test_another_exit_is_looked_back_at_after_six_months(self):
        for kind in ("job", "training", "reorientation", "stopped", "lost_contact"):
            lead = self._closed(kind, kind)
            self.assertRecordValues(
                lead.hub_follow_up_ids,
                [
                    {
                        "kind": "exit",
                        "moment": "m06",
                        "start_on": self._day("2025-02-01"),
                        "planned_on": self._day("2025-08-01"),
                    }
                ],
            )

    def test_who_was_not_admitted_or_never_accompanied_is_not_called(self):
        self.assertFalse(self._closed(kind="refused", reason="Full").hub_follow_up_ids)
        received = self._project("Received", phase="reception")
        received.hub_phase = "closed"
        self.assertFalse(received.hub_follow_up_ids)

    def test_a_path_taken_up_again_or_another_end_moves_the_look_back(self):
        lead = self._closed()
        lead.hub_accompaniment_end = "2025-01-15"
        self.assertEqual(lead.hub_follow_up_ids.planned_on, self._day("2025-07-15"))
        lead.hub_phase = "accompaniment"
        self.assertFalse(lead.hub_follow_up_ids)

    def test_a_creation_takes_the_place_of_the_look_back_after_the_exit(self):
        lead = self._closed()
        self._created(lead)
        self.assertEqual(set(lead.hub_follow_up_ids.mapped("kind")), {"activity"})
        lead.hub_outcome_ids.filtered(
            lambda outcome: outcome.kind == "activity_created"
        ).unlink()
        self.assertEqual(lead.hub_follow_up_ids.kind, "exit")

    def test_an_exit_of_long_ago_is_not_looked_back_at(self):
        lead = self._closed()
        lead.hub_accompaniment_end = "2023-01-01"
        self.assertFalse(lead.hub_follow_up_ids)

    def test_a_list_of_former_projects_is_planned_on_arrival(self):
        lead = self.env["crm.lead"].create(
            {
                "name": "From the spreadsheet",
                "is_hub_project": True,
                "partner_id": self.amina.id,
                "hub_phase": "closed",
                "hub_reception_date": "2018-01-01",
                "hub_accompaniment_start": "2018-02-01",
                "hub_outcome_ids": [
                    Command.create({"kind": "activity_created", "date": "2018-06-01"})
                ],
            }
        )
        rows = lead.hub_follow_up_ids
        self.assertEqual(rows.mapped("state"), ["missed"] * 4)
        self.follow_ups._handle_due()
        self.assertFalse(lead.activity_ids)

    def test_ordinary_leads_have_nothing_to_look_back_at(self):
        lead = self.env["crm.lead"].create({"name": "Sale", "type": "opportunity"})
        lead.action_set_won()
        self.assertFalse(lead.hub_follow_up_ids)

    # The daily job

    def test_the_adviser_in_charge_is_told_whom_to_call_once(self):
        outcome = self._created()
        self.follow_ups._handle_due()
        self.follow_ups._handle_due()
        [activity] = self.project.activity_ids
        self.assertEqual(activity.user_id, self.adviser)
        self.assertIn("Amina (06 39 98 20 20)", activity.summary)
        self.assertIn("is the activity alive", activity.note)
        self.assertEqual(self._row(outcome, "m12").activity_id, activity)

    def test_a_call_that_was_dropped_does_not_come_back(self):
        self._created()
        self.follow_ups._handle_due()
        self.project.activity_ids.unlink()
        self.follow_ups._handle_due()
        self.assertFalse(self.project.activity_ids)

    def test_nobody_is_told_about_a_project_put_away(self):
        self._created()
        self.project.active = False
        self.follow_ups._handle_due()
        self.assertFalse(self.project.with_context(active_test=False).activity_ids)

    def test_the_job_plans_what_was_never_planned(self):
        outcome = self._created()
        closed = self._closed()
        (outcome.follow_up_ids | closed.hub_follow_up_ids).unlink()
        cron = self.env.ref("solidarity_hub.ir_cron_hub_follow_up")
        module = "odoo.addons.solidarity_hub.models.accompaniment.hub_follow_up_plan"
        with patch(f"{module}.BATCH", 1), self.enter_registry_test_mode():
            cron.method_direct_trigger()
        self.assertEqual(len(outcome.follow_up_ids), 4)
        self.assertEqual(len(closed.hub_follow_up_ids), 1)
        self.assertEqual(self.follow_ups._count_due(), 0)
        self.assertTrue(self.project.activity_ids)

    def test_the_job_costs_the_same_for_few_and_for_many(self):
        def measure(number):
            leads = self.env["crm.lead"]
            for index in range(number):
                leads |= self._project(f"P {number} {index}")
            for lead in leads:
                self._created(lead)
            leads.hub_follow_up_ids.unlink()
            self.env.flush_all()
            self.env.invalidate_all()
            start = self.env.cr.sql_log_count
            self.follow_ups._handle_due()
            self.env.flush_all()
            self.assertEqual(len(leads.hub_follow_up_ids), 4 * number)
            return self.env.cr.sql_log_count - start

        measure(2)
        few, many = measure(2), measure(20)
        self.assertLessEqual(many, few + 1)


@tagged("post_install", "-at_install")
@freeze_time("2025-02-10 12:00:00")
class TestFollowUpCall(FollowUpMixin, HubCommon):
    """The screen of the call, and what follows from its answers."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._set_up_follow_ups()
        cls.outcome = cls._created()
        cls.six, cls.year = (cls._row(cls.outcome, m) for m in ("m06", "m12"))
        cls.follow_ups._handle_due()

    def test_an_answer_is_noted_with_who_asked_and_how(self):
        self._call(
            self.year,
            alive="active",
            own_jobs=1,
            salaried_jobs=2,
            jobs_fte=2.5,
            turnover=41000,
            words="Looks for a shop",
        )
        self.assertRecordValues(
            self.year,
            [
                {
                    "state": "done",
                    "done_on": self._day("2025-02-10"),
                    "channel": "phone",
                    "asked_by_id": self.adviser.id,
                    "jobs": 3,
                    "jobs_fte": 2.5,
                    "turnover": 41000,
                    "words": "Looks for a shop",
                }
            ],
        )
        self.assertFalse(self.project.activity_ids)
        self.assertEqual(self.project.hub_phase, "accompaniment")
        self.assertEqual(self.project.hub_next_follow_up_on, self._day("2027-01-10"))

    def test_the_screen_shows_number_and_former_answers(self):
        self._call(self.six, alive="active", own_jobs=1)
        action = self.year.with_user(self.adviser).action_call()
        calls = self.env["hub.follow.up.call"].with_user(self.adviser)
        form = Form(calls.with_context(**action["context"]))
        self.assertEqual(form.phone, "06 39 98 20 20")
        self.assertIn("alive, people at work: 1", form.former)

    def test_a_former_answer_is_corrected_not_typed_again(self):
        self._call(self.year, alive="active", own_jobs=1, words="Here")
        self._call(self.year, own_jobs=2)
        self.assertEqual((self.year.own_jobs, self.year.words), (2, "Here"))

    def test_an_answer_about_the_activity_is_needed(self):
        with self.assertRaises(AssertionError):
            self._call(self.year)
        with self.assertRaisesRegex(ValidationError, "noted together"):
            self.year.with_user(self.adviser).done_on = "2025-02-01"

    def test_a_stopped_activity_closes_the_looks_back_that_follow(self):
        self._call(self.six, alive="stopped", stopped_on="2024-06-01")
        rest = self.outcome.follow_up_ids - self.six
        self.assertEqual(rest.mapped("state"), ["closed"] * 3)
        self.assertFalse(self.project.activity_ids)
        self.follow_ups._handle_due()
        self.assertFalse(self.project.activity_ids)
        with self.assertRaisesRegex(UserError, "no longer to be asked"):
            rest[0].with_user(self.adviser).action_no_answer()

    def test_a_stop_noted_by_mistake_opens_them_again(self):
        self._call(self.six, alive="stopped")
        self._call(self.six, alive="active", own_jobs=1)
        rest = self.outcome.follow_up_ids - self.six
        self.assertEqual(rest.mapped("state"), ["due", "planned", "planned"])
        self._call(self.six, alive="stopped")
        self.six.with_user(self.adviser).action_reopen()
        self.assertEqual(rest.mapped("state"), ["due", "planned", "planned"])
        self.assertEqual((self.six.state, self.six.jobs), ("missed", 0))

    def test_a_stop_that_came_later_leaves_the_days_before_open(self):
        outcome = self._created(self._project("Café"), day="2021-01-10")
        year, three = self._row(outcome, "m12"), self._row(outcome, "m36")
        self._call(year, alive="stopped", stopped_on="2024-06-01")
        self.assertFalse(three.is_closed)
        self.assertTrue(self._row(outcome, "m60").is_closed)

    def test_jobs_of_an_activity_that_has_stopped_are_none(self):
        self._call(self.year, alive="active", own_jobs=1, salaried_jobs=1, turnover=9)
        self._call(self.year, alive="stopped")
        self.assertEqual((self.year.jobs, self.year.turnover), (0, 0))

    def test_dates_and_numbers_that_cannot_be_are_refused(self):
        adviser = self.year.with_user(self.adviser)
        self._call(self.year, alive="stopped")
        for vals, words in (
            ({"done_on": "2025-03-01"}, "before it is given"),
            ({"stopped_on": "2025-02-11"}, "lies between"),
            ({"stopped_on": "2023-12-31"}, "lies between"),
            ({"alive": "active", "stopped_on": "2025-01-01"}, "lies between"),
            ({"alive_quantity": 2}, "no more are alive"),
            ({"alive_quantity": -1}, "no more are alive"),
        ):
            with (
                self.subTest(vals),
                self.assertRaisesRegex(ValidationError, words),
                self.env.cr.savepoint(),
            ):
                adviser.write(vals)

    def test_the_plan_is_not_typed_in(self):
        for vals in (
            {"planned_on": "2020-01-01"},
            {"moment": "m36"},
            {"lead_id": self._project("Other").id},
            {"outcome_id": False},
            {"is_closed": True},
            {"tries": 2},
        ):
            with self.assertRaisesRegex(UserError, "is not typed in"):
                self.year.with_user(self.users["manager"]).write(vals)

    # Lost contact

    def test_after_three_calls_without_an_answer_it_is_not_known(self):
        row = self.year.with_user(self.adviser)
        row.action_no_answer()
        self.assertEqual((row.tries, row.state), (1, "due"))
        self.assertEqual(
            self.project.activity_ids.date_deadline, self._day("2025-02-17")
        )
        row.action_no_answer()
        self.assertEqual((row.tries, row.state), (2, "due"))
        row.action_no_answer()
        self.assertRecordValues(
            row,
            [
                {
                    "state": "unknown",
                    "alive": "unknown",
                    "done_on": self._day("2025-02-10"),
                    "asked_by_id": self.adviser.id,
                }
            ],
        )
        self.assertFalse(self.project.activity_ids)
        rest = self.outcome.follow_up_ids - self.six - self.year
        self.assertEqual(rest.mapped("state"), ["planned", "planned"])
        with self.assertRaises(UserError):
            row.action_no_answer()

    def test_somebody_who_answers_after_all_is_noted(self):
        for _time in range(3):
            self.year.with_user(self.adviser).action_no_answer()
        self._call(self.year, alive="transferred", salaried_jobs=4)
        self.assertEqual((self.year.state, self.year.jobs), ("done", 4))

    # Situations, for the funders

    def _situations(self, lead=None):
        situations = (lead or self.project).hub_holder_ids.situation_ids
        return [(s.moment, s.status, str(s.date)) for s in situations]

    def _call_with_situation(self, row, role="adviser", status="self_employed", **vals):
        action = row.with_user(self.users[role]).action_call()
        calls = self.env["hub.follow.up.call"].with_user(self.users[role])
        form = Form(calls.with_context(**action["context"]))
        for name, value in vals.items():
            form[name] = value
        with form.situation_ids.edit(0) as line:
            line.status = status
        form.save().action_save()

    def test_the_situation_after_six_months_is_noted_on_the_same_screen(self):
        self._call_with_situation(self.six, alive="active")
        self.assertEqual(
            self._situations(), [("plus_6", "self_employed", "2025-02-10")]
        )
        self._call_with_situation(self.six, status="employee")
        self.assertEqual(self._situations(), [("plus_6", "employee", "2025-02-10")])

    def test_only_the_look_back_after_six_months_asks_for_it(self):
        action = self.year.with_user(self.adviser).action_call()
        calls = self.env["hub.follow.up.call"].with_user(self.adviser)
        form = Form(calls.with_context(**action["context"]))
        self.assertFalse(len(form.situation_ids))

    def test_nothing_told_is_nothing_noted(self):
        self._call(self.six, alive="active")
        self.assertFalse(self._situations())

    def test_who_may_not_note_situations_notes_the_rest(self):
        self.project.user_id = self.users["manager"]
        action = self.six.with_user(self.adviser).action_call()
        calls = self.env["hub.follow.up.call"].with_user(self.adviser)
        form = Form(calls.with_context(**action["context"]))
        self.assertFalse(len(form.situation_ids))
        form.alive = "active"
        form.save().action_save()
        self.assertEqual(self.six.alive, "active")

    def test_after_another_exit_the_situation_is_the_answer(self):
        lead = self._project("Café")
        self.env["hub.outcome"].create(
            {"lead_id": lead.id, "kind": "job", "date": "2024-08-01"}
        )
        lead.hub_phase = "closed"
        row = lead.hub_follow_up_ids
        self.assertEqual(row.state, "due")
        self._call_with_situation(row, status="employee")
        self.assertEqual(row.state, "done")
        self.assertFalse(row.alive)
        self.assertEqual(self._situations(lead), [("plus_6", "employee", "2025-02-10")])
        row.with_user(self.adviser).action_reopen()
        for _time in range(3):
            row.with_user(self.adviser).action_no_answer()
        self.assertEqual(row.state, "unknown")

    def test_organisations_have_no_situation(self):
        self.amina.is_company = True
        action = self.six.with_user(self.adviser).action_call()
        calls = self.env["hub.follow.up.call"].with_user(self.adviser)
        form = Form(calls.with_context(**action["context"]))
        self.assertFalse(len(form.situation_ids))


@tagged("post_install", "-at_install")
@freeze_time("2025-02-10 12:00:00")
class TestExitSituation(FollowUpMixin, HubCommon):
    """The end of a path asks where the person stands, or says that it is to be noted."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._set_up_follow_ups()

    def _wizard(self, **vals):
        action = self.project.with_user(self.adviser).action_hub_close()
        wizards = self.env["hub.close.wizard"].with_user(self.adviser)
        form = Form(wizards.with_context(**action["context"]))
        for name, value in vals.items():
            form[name] = value
        return form

    def _lacks(self):
        self.env.flush_all()
        leads = self.env["crm.lead"].with_user(self.adviser)
        found = leads.search(
            [("hub_lacks_exit_situation", "=", True), ("id", "=", self.project.id)]
        )
        self.assertEqual(
            bool(found), self.project.with_user(self.adviser).hub_lacks_exit_situation
        )
        return bool(found)

    def test_the_end_of_the_path_asks_for_the_situation(self):
        form = self._wizard(kind="job", job_kind="salaried")
        with form.situation_ids.edit(0) as line:
            self.assertEqual(line.name, "Amina")
            line.status = "employee"
        form.save().action_close()
        situation = self.project.hub_holder_ids.situation_ids
        self.assertEqual((situation.moment, situation.status), ("exit", "employee"))
        self.assertFalse(self._lacks())

    def test_what_was_left_out_is_said_on_the_first_page(self):
        overview = self.env["hub.overview"].with_user(self.adviser)

        def figure():
            figures = {f["key"]: f["value"] for f in overview._get_figures()}
            return figures["exit_situations"]

        before = figure()
        self._wizard(kind="stopped", reason="Moved").save().action_close()
        self.assertTrue(self._lacks())
        self.assertEqual(figure(), before + 1)
        action = self.project.with_user(self.adviser).action_hub_note_situations()
        situations = self.env["hub.situation"].with_user(self.adviser)
        form = Form(situations.with_context(**action["context"]))
        form.status = "job_seeker"
        form.months_unemployed = 4
        self.assertEqual(form.save().moment, "exit")
        self.assertFalse(self._lacks())

    def test_an_exit_of_long_ago_is_let_be(self):
        self._wizard(kind="job", date="2023-01-01").save().action_close()
        self.assertEqual(self.project.hub_accompaniment_end, self._day("2023-01-01"))
        self.assertFalse(self._lacks())

    def test_a_person_who_was_only_received_is_not_asked(self):
        self.project = self._project("Received", phase="reception")
        form = self._wizard(kind="reorientation")
        self.assertFalse(len(form.situation_ids))
        form.save().action_close()
        self.assertFalse(self._lacks())

    def test_an_activity_created_may_go_on_with_the_follow_up(self):
        self._wizard(kind="activity_created").save().action_follow_up()
        self.assertEqual(self.project.hub_phase, "follow_up")
        self.assertEqual(len(self.project.hub_follow_up_ids), 4)

    def test_a_second_outcome_shows_what_was_told_already(self):
        form = self._wizard(kind="activity_created")
        with form.situation_ids.edit(0) as line:
            line.status = "self_employed"
        form.save().action_add()
        form = self._wizard(kind="job")
        with form.situation_ids.edit(0) as line:
            self.assertEqual(line.status, "self_employed")
        form.save().action_close()
        self.assertEqual(len(self.project.hub_holder_ids.situation_ids), 1)
