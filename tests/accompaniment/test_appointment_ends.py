from datetime import timedelta

from odoo import fields
from odoo.tests import tagged

from ..common import HubCommon
from .common import InterviewMixin


@tagged("post_install", "-at_install")
class TestAppointmentEnds(InterviewMixin, HubCommon):
    """An accompaniment that ends takes its appointments with it."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._set_up_interviews()
        cls.start = fields.Datetime.now() + timedelta(days=3)
        cls.bernards = cls.pair.filtered(lambda p: p.volunteer_id == cls.bernard)

    def _planned(self, *volunteers, start=None):
        present = [(person, "volunteer") for person in volunteers]
        return self._interview(
            *present,
            (self.amina, "holder"),
            date_start=start or self.start,
            state="planned",
        )

    def _mails(self):
        return self.env["mail.mail"].search([("recipient_ids", "in", self.amina.ids)])

    def test_who_leaves_is_expected_no_more_and_the_holder_is_told(self):
        alone = self._planned(self.bernard)
        self._mails().unlink()
        self.bernards.action_end("Moved away")
        self.assertEqual(alone.state, "cancelled")
        [mail] = self._mails()
        self.assertIn("cancelled", mail.subject)

    def test_where_somebody_remains_it_stands_with_that_person(self):
        both = self._planned(self.bernard, self.nadia)
        self._mails().unlink()
        self.bernards.action_end("Moved away")
        self.assertEqual(both.state, "planned")
        self.assertNotIn(self.bernard, both.presence_ids.partner_id)
        self.assertFalse(self._mails())

    def test_appointments_up_to_the_last_day_take_place(self):
        soon = self._planned(self.bernard)
        later = self._planned(self.bernard, start=self.start + timedelta(days=30))
        other = self._planned(self.nadia)
        last_day = fields.Date.context_today(self.bernards) + timedelta(days=10)
        self.bernards.sudo()._unguarded().write(
            {"state": "ended", "date_end": last_day, "end_reason": "Moves"}
        )
        self.assertEqual(soon.state, "planned")
        self.assertEqual(other.state, "planned")
        self.assertEqual(later.state, "cancelled")

    def test_a_path_that_ends_leaves_no_appointment(self):
        both = self._planned(self.bernard, self.nadia)
        self.project.hub_phase = "closed"
        self.assertEqual(both.state, "cancelled")
