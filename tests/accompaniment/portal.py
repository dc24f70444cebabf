from datetime import timedelta

from odoo import fields
from odoo.fields import Command
from odoo.tests import HttpCase
from odoo.tools import mute_logger

from ..common import HubUsersMixin
from .common import InterviewMixin


class PortalCase(InterviewMixin, HubUsersMixin, HttpCase):
    """Pages of people on their telephones: read, fill in, send."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._set_up_hub()
        cls.company.partner_id.tz = "Europe/Paris"
        cls._set_up_interviews()
        cls.declare = f"/my/hub/project/{cls.project.id}/interview"
        cls.plan = f"/my/hub/project/{cls.project.id}/appointment"

    @classmethod
    def _appointment(cls, days=3, **vals):
        """An appointment of Bernard and Amina, so many days ahead at noon (UTC)."""
        start = fields.Datetime.now().replace(hour=12, minute=0, second=0)
        return cls._interview(
            (cls.bernard, "volunteer"),
            (cls.amina, "holder"),
            date_start=start.replace(microsecond=0) + timedelta(days=days),
            state="planned",
            **vals,
        )

    @staticmethod
    def _line(interview):
        return interview.presence_ids.filtered(lambda p: p.quality == "holder").sudo()

    def _log_in(self, role):
        if role is None:
            self.authenticate(None, None)
            return
        login = self.users[role].login
        self.authenticate(login, login + "x" * (8 - len(login)))

    def _is_logged_in(self):
        return bool(self.session and self.session.uid)

    def _csrf(self):
        page = self.url_open("/my/hub" if self._is_logged_in() else "/web/login").text
        marker = 'csrf_token: "' if 'csrf_token: "' in page else 'csrf_token" value="'
        return page.split(marker)[1].split('"')[0]

    @mute_logger("odoo.http")
    def _get(self, path):
        return self.url_open(path)

    @mute_logger("odoo.http")
    def _post(self, path, files=None, **data):
        """What a form sends, with its seal; the answer."""
        response = self.url_open(
            path, data={"csrf_token": self._csrf(), **data}, files=files
        )
        self.env.invalidate_all()
        return response

    def _typed(self, **values):
        """A form filled in: the day before yesterday, half past two, with Amina."""
        day = fields.Date.context_today(self.project) - timedelta(days=2)
        return {
            "date": str(day),
            "time": "14:30",
            "duration": "1.5",
            "mode": "in_person",
            "kind": "follow_up",
            "place": "Library",
            f"person_{self.amina.id}": "1",
            **values,
        }

    def _interviews(self):
        return self.env["hub.interview"].search([("lead_id", "=", self.project.id)])

    def _end(self, person):
        pairing = self.pair.filtered(lambda p: p.volunteer_id == person)
        pairing.action_end(reason="Moved")

    @classmethod
    def _successor(cls, person):
        """Somebody who joins the pair today, where a place is free."""
        return cls._active(person)

    @classmethod
    def _second_holder(cls):
        cls.project.hub_holder_ids = [Command.create({"partner_id": cls.chloe.id})]
