from datetime import timedelta

from odoo import fields
from odoo.tests import tagged

from ..common import HubCommon
from .common import GovernanceMixin


@tagged("post_install", "-at_install")
class TestMeetingTime(GovernanceMixin, HubCommon):
    """The time given at meetings is proposed, once."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._set_up_board()
        cls.meeting = cls._plan(date=fields.Datetime.now() - timedelta(days=10))
        cls.meeting.action_record_past()
        cls.meeting.closed_at = cls.meeting.date + timedelta(hours=3)
        cls.line = cls._line(cls.meeting, "volunteers", 1)
        cls.hours = cls.env["hub.volunteer.hours"]

    def _proposed(self):
        self.hours._propose(self.company)
        return self.hours.search([("source", "=", "meeting")])

    def test_whoever_gives_time_and_was_there_is_proposed_once(self):
        seats = ("volunteers", 1), ("funders", 1), ("qualified", 1)
        for seat in seats:
            self._line(self.meeting, *seat).action_present()
        found = self._proposed()
        people = {self.people["volunteers", 1], self.people["qualified", 1]}
        self.assertEqual(set(found.partner_id), people, "funders give no counted time")
        self.assertEqual(set(found.mapped("hours")), {3.0})
        self.assertEqual(set(found.mapped("function")), {"management"})
        self.assertEqual(self._proposed(), found)

    def test_from_arrival_to_departure(self):
        self.line.write(
            {
                "state": "present",
                "arrival": self.meeting.date + timedelta(minutes=30),
                "departure": self.meeting.date + timedelta(hours=2),
            }
        )
        self.assertEqual(self._proposed().hours, 1.5)

    def test_the_substitute_who_sat_there_gives_the_time(self):
        substitute = self._person("Stand-in", "volunteer")
        self.line.write(
            {
                "state": "present",
                "substitute_id": substitute.id,
                "by_substitute": True,
            }
        )
        self.assertEqual(self._proposed().partner_id, substitute)

    def test_what_was_noted_by_mistake_is_taken_back(self):
        self.line.action_present()
        self.assertTrue(self._proposed())
        self.line.action_absent()
        self.assertFalse(self._proposed())

    def test_a_validated_line_stays(self):
        self.line.action_present()
        line = self._proposed()
        line.action_validate()
        self.line.action_absent()
        self.assertEqual(self._proposed(), line)
