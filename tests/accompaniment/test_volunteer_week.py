from datetime import timedelta

from odoo import fields
from odoo.tests import tagged

from ..browser import BrowserCase
from ..common import HubUsersMixin
from .common import InterviewMixin


@tagged("post_install", "-at_install")
class TestVolunteerWeek(InterviewMixin, HubUsersMixin, BrowserCase):
    """A week of Bernard, on a telephone, in a real browser."""

    browser_size = "390x844"
    touch_enabled = True

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._set_up_hub()
        cls.company.partner_id.tz = "Europe/Paris"
        cls._set_up_interviews()
        cls.pair.action_end(reason="Another week")
        cls.proposal = cls._pair(cls.bernard)
        cls.proposal.action_send()
        for role in ("bernard", "amina"):
            cls.users[role].password = cls.users[role].login

    def _path(self, url):
        return url.replace(self.proposal.get_base_url(), "")

    def _tour(self, url, name, role=None):
        if role is None:
            self.authenticate(None, None)
        login = role and self.users[role].login
        self.start_tour(url, name, login=login, timeout=180)
        self.env.invalidate_all()

    def test_a_week_of_bernard(self):
        self._tour(self._path(self.proposal.volunteer_url), "hub_week_proposal")
        self.assertEqual(self.proposal.state, "accepted")
        self.proposal.with_user(self.users["coordinator"]).action_holder_accept(
            channel="phone"
        )
        self.assertEqual(self.proposal.state, "active")

        self._tour("/my/hub", "hub_week_plan", "bernard")
        appointment = self.env["hub.interview"].search([])
        today = fields.Date.today()
        self.assertRecordValues(
            appointment,
            [{"state": "planned", "duration": 1.5, "place": "Library"}],
        )
        self.assertEqual(
            appointment._local_start().replace(tzinfo=None).isoformat(),
            f"{today + timedelta(days=5)}T09:30:00",
        )
        line = appointment.presence_ids.filtered(lambda p: p.quality == "holder")
        self.assertEqual((line.partner_id, line.answer), (self.amina, "waiting"))

        self._tour(self._path(line.url), "hub_week_confirm")
        self.assertRecordValues(
            line,
            [{"answer": "yes", "answer_channel": "portal", "recorded_by_id": False}],
        )

        self._tour("/my/hub", "hub_week_interview", "bernard")
        self._check_interview(appointment, today)
        self._tour("/my/hub", "hub_week_shared", "amina")

    def _check_interview(self, appointment, today):
        held = self.env["hub.interview"].search([]) - appointment
        self.assertRecordValues(
            held,
            [
                {
                    "state": "done",
                    "duration": 1.5,
                    "author_id": self.bernard.id,
                    "guests": "Mme Durand",
                }
            ],
        )
        self.assertEqual(
            held._local_start().replace(tzinfo=None).isoformat(),
            f"{today - timedelta(days=2)}T14:30:00",
        )
        self.assertEqual(held.presence_ids.partner_id, self.bernard | self.amina)
        note = self.env["hub.interview.note"].search([])
        self.assertEqual(note.body, "Worried about the winter")
        self.assertEqual(note.shared_ids.body, "Bring the estimate")
        self.assertEqual(note.shared_ids.partner_ids, self.amina)
        step = self.project.hub_action_ids
        self.assertRecordValues(
            step,
            [
                {
                    "name": "Ask the bank",
                    "partner_id": self.amina.id,
                    "date_due": today + timedelta(days=20),
                }
            ],
        )
        time = self.env["hub.volunteer.hours"].search([])
        self.assertRecordValues(
            time,
            [{"partner_id": self.bernard.id, "hours": 1.5, "state": "draft"}],
        )
        role = self.bernard.hub_role_ids
        self.assertEqual(role.pause_from, today + timedelta(days=30))
        self.assertEqual(role.pause_to, today + timedelta(days=60))
