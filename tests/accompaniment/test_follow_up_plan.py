from unittest.mock import patch

from odoo.fields import Command
from odoo.tests import freeze_time, tagged

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
