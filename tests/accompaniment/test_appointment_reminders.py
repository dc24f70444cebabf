from datetime import timedelta

from odoo import fields
from odoo.tests import freeze_time, tagged

from ..common import HubCommon
from .common import InterviewMixin


@tagged("post_install", "-at_install")
@freeze_time("2026-03-10 07:00:00")
class TestAppointmentReminders(InterviewMixin, HubCommon):
    """The day before, once, whatever runs twice."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._set_up_interviews()
        cls.company.partner_id.tz = "Europe/Paris"

    def _planned(self, start, told="2026-03-01 10:00:00", **vals):
        interview = self._interview(
            (self.bernard, "volunteer"),
            (self.amina, "holder"),
            date_start=start,
            state="planned",
            **vals,
        )
        line = interview.presence_ids.filtered(lambda p: p.quality == "holder")
        line = line.with_env(self.env)
        line._unguarded().told_on = told
        return line

    def _run(self):
        """The people reminded by one run of the job."""
        mails = self.env["mail.mail"]
        before = mails.search([])
        with self.enter_registry_test_mode():
            self.env.ref(
                "solidarity_hub.ir_cron_hub_appointment_remind"
            ).method_direct_trigger()
        self.env.invalidate_all()
        return (mails.search([]) - before).recipient_ids

    def test_appointments_of_tomorrow_are_reminded_once(self):
        line = self._planned("2026-03-11 13:00:00")
        self.assertEqual(self._run(), self.amina)
        self.assertEqual(str(line.reminded_on), "2026-03-10")
        self.assertFalse(self._run())

    def test_tomorrow_ends_at_midnight_by_the_clock_of_the_hub(self):
        inside = self._planned("2026-03-11 22:45:00")
        outside = self._planned("2026-03-11 23:15:00")
        self._run()
        self.assertTrue(inside.reminded_on)
        self.assertFalse(outside.reminded_on)

    def test_whoever_was_told_today_is_not_reminded_on_the_same_day(self):
        line = self._planned("2026-03-11 13:00:00", told="2026-03-10 06:30:00")
        self.assertFalse(self._run())
        self.assertFalse(line.reminded_on)

    def test_nobody_is_reminded_of_what_does_not_take_place_then(self):
        asked = self._planned("2026-03-11 09:00:00")
        asked._answer_appointment("no", "phone", "Ill")
        cancelled = self._planned("2026-03-11 10:00:00")
        cancelled.interview_id.action_cancel()
        self._planned("2026-03-15 10:00:00")
        past = self._planned("2026-03-10 06:00:00")
        other = self._create_project("Put away", self.amina)
        away = self._planned("2026-03-11 11:00:00", lead_id=other.id)
        other.active = False
        self.assertFalse(self._run() & self.amina)
        self.assertFalse(past.reminded_on)
        self.assertFalse(away.reminded_on)

    def test_moved_it_is_reminded_again(self):
        line = self._planned("2026-03-11 13:00:00")
        self._run()
        line.interview_id.date_start = "2026-03-11 15:00:00"
        self.assertFalse(line.reminded_on)
        self.assertFalse(self._run(), "told of the new moment today")
        with freeze_time("2026-03-11 07:00:00"):
            self.assertEqual(self._run(), self.amina)

    def test_a_hub_without_these_e_mails_reminds_nobody(self):
        self._planned("2026-03-11 13:00:00")
        self.company.hub_appointment_mail = False
        self.assertFalse(self._run())

    def test_a_hundred_appointments_are_reminded_in_batches(self):
        start = fields.Datetime.to_datetime("2026-03-11 08:00:00")
        lines = self.env["hub.interview.presence"]
        for number in range(120):
            lines |= self._planned(start + timedelta(minutes=number))
        self._run()
        self.assertTrue(all(lines.mapped("reminded_on")))
        mails = self.env["mail.mail"].search([("subject", "like", "your appointment")])
        self.assertEqual(len(mails), 120)
