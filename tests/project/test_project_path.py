from datetime import date

from odoo.exceptions import ValidationError
from odoo.fields import Command
from odoo.tests import Form, freeze_time, tagged

from .common import ProjectCommon


@tagged("post_install", "-at_install")
class TestPath(ProjectCommon):
    """Phases are dated by themselves and can be corrected."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.person = cls._create_person()
        with freeze_time("2026-01-10"):
            cls.project = cls._create_project(holder=cls.person)

    def _move(self, phase, day):
        with freeze_time(day):
            self.project.hub_phase = phase

    def _steps(self):
        return [
            (step.phase, step.date_start, step.date_end)
            for step in self.project.hub_path_ids.sorted("date_start")
        ]

    def test_each_phase_starts_when_the_one_before_ends(self):
        self._move("diagnosis", "2026-01-20")
        self._move("accompaniment", "2026-02-01")
        self.assertEqual(
            self._steps(),
            [
                ("reception", date(2026, 1, 10), date(2026, 1, 20)),
                ("diagnosis", date(2026, 1, 20), date(2026, 2, 1)),
                ("accompaniment", date(2026, 2, 1), False),
            ],
        )

    def test_a_project_moved_by_mistake_and_back_leaves_no_trace_in_the_path(self):
        self._move("diagnosis", "2026-01-20")
        self._move("launch", "2026-02-01")
        self._move("diagnosis", "2026-02-01")
        self.assertEqual(
            self._steps(),
            [
                ("reception", date(2026, 1, 10), date(2026, 1, 20)),
                ("diagnosis", date(2026, 1, 20), False),
            ],
        )

    def test_two_moves_in_one_day_keep_the_last(self):
        self._move("diagnosis", "2026-01-20")
        self._move("accompaniment", "2026-01-20")
        self.assertEqual(
            self._steps(),
            [
                ("reception", date(2026, 1, 10), date(2026, 1, 20)),
                ("accompaniment", date(2026, 1, 20), False),
            ],
        )

    def test_the_path_can_be_corrected_by_hand(self):
        self._move("diagnosis", "2026-01-20")
        step = self.project.hub_path_ids.sorted("date_start")[1]
        step.date_start = date(2026, 1, 12)
        self.assertEqual(step.date_start, date(2026, 1, 12))

    def test_the_accompaniment_is_dated_from_its_phase_to_the_end_of_the_path(self):
        self._move("accompaniment", "2026-02-01")
        self._move("launch", "2026-03-01")
        self.assertEqual(self.project.hub_accompaniment_start, date(2026, 2, 1))
        self.assertFalse(self.project.hub_accompaniment_end)
        self._move("closed", "2026-06-30")
        self.assertEqual(self.project.hub_accompaniment_end, date(2026, 6, 30))
        self._move("follow_up", "2026-07-15")
        self.assertFalse(self.project.hub_accompaniment_end, "the path goes on")

    def test_an_end_before_the_start_is_refused(self):
        self._move("accompaniment", "2026-02-01")
        with self.assertRaisesRegex(ValidationError, "follow each other in time"):
            self.project.hub_accompaniment_end = date(2026, 1, 31)

    def test_the_role_of_holder_starts_with_the_accompaniment(self):
        self._move("diagnosis", "2026-01-20")
        self.assertFalse(self.person.hub_role_ids)
        self._move("accompaniment", "2026-02-01")
        self.assertRecordValues(
            self.person.hub_role_ids,
            [{"kind": "holder", "date_start": date(2026, 2, 1), "date_end": False}],
        )

    def test_a_holder_already_in_that_role_gets_no_second_one(self):
        self._move("accompaniment", "2026-02-01")
        with freeze_time("2026-03-01"):
            self._create_project(
                "Second", holder=self.person
            ).hub_phase = "accompaniment"
        self.assertEqual(len(self.person.hub_role_ids), 1)

    def test_a_holder_who_joins_a_running_project_gets_the_role(self):
        self._move("accompaniment", "2026-02-01")
        other = self._create_person("Paul Roux")
        with freeze_time("2026-03-01"):
            self.project.hub_holder_ids = [Command.create({"partner_id": other.id})]
        self.assertEqual(other.hub_role_ids.date_start, date(2026, 3, 1))

    def test_the_role_of_holder_ends_with_the_last_path(self):
        self._move("accompaniment", "2026-02-01")
        with freeze_time("2026-03-01"):
            second = self._create_project("Second", holder=self.person)
            second.hub_phase = "accompaniment"
        self._move("closed", "2026-06-30")
        self.assertFalse(self.person.hub_role_ids.date_end)
        with freeze_time("2026-09-30"):
            second.hub_phase = "closed"
        self.assertEqual(self.person.hub_role_ids.date_end, date(2026, 9, 30))

    def test_ending_a_path_asks_what_it_led_to(self):
        self._move("closed", "2026-06-30")
        self.assertTrue(self.project.hub_lacks_outcome)
        found = self.env["crm.lead"].search([("hub_lacks_outcome", "=", True)])
        self.assertIn(self.project, found)
        action = self.project.action_hub_close()
        wizard = Form(self.env["hub.close.wizard"].with_context(**action["context"]))
        wizard.kind = "job"
        wizard.quantity = 2
        wizard.job_kind = "own"
        wizard.date = date(2026, 6, 30)
        wizard.save().action_close()
        self.assertFalse(self.project.hub_lacks_outcome)
        self.assertRecordValues(
            self.project.hub_outcome_ids,
            [{"kind": "job", "quantity": 2, "job_kind": "own"}],
        )

    def test_an_outcome_before_the_reception_is_refused(self):
        with self.assertRaisesRegex(ValidationError, "was received on"):
            self.project.hub_outcome_ids = [
                Command.create({"kind": "training", "date": "2025-12-31"})
            ]

    def test_the_next_step_is_the_open_one_that_is_due_first(self):
        self.project.hub_action_ids = [
            Command.create({"name": "Later", "date_due": "2026-05-01"}),
            Command.create({"name": "First", "date_due": "2026-02-01"}),
            Command.create(
                {"name": "Done", "date_due": "2026-01-15", "done_on": "2026-01-15"}
            ),
            Command.create({"name": "Some day"}),
        ]
        with freeze_time("2026-02-02"):
            self.assertEqual(self.project.hub_next_action_id.name, "First")
            self.assertTrue(self.project.hub_next_action_late)
            self.project.hub_next_action_id.action_done()
            self.assertEqual(self.project.hub_next_action_id.name, "Later")

    def test_days_of_waiting_count_until_the_accompaniment(self):
        with freeze_time("2026-01-30"):
            self.env.invalidate_all()
            self.assertEqual(self.project.hub_waiting_days, 20)
        self._move("accompaniment", "2026-02-01")
        self.assertEqual(self.project.hub_waiting_days, 0)

    def test_criteria_are_proposed_once(self):
        self.project.action_hub_prepare_criteria()
        count = len(self.project.hub_criterion_ids)
        self.project.action_hub_prepare_criteria()
        self.assertEqual(len(self.project.hub_criterion_ids), count)
        families = set(self.project.hub_criterion_ids.mapped("family"))
        self.assertEqual(families, {"motivation", "logic", "field", "value"})
