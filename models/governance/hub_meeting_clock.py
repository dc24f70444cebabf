from datetime import timedelta

import pytz

from odoo import api, fields, models
from odoo.tools import format_time


class HubMeeting(models.Model):
    """The clock of the place where people meet."""

    _inherit = "hub.meeting"

    def _local(self, moment):
        zone = pytz.timezone(self.date_tz or "UTC")
        return pytz.utc.localize(moment).astimezone(zone)

    def _day(self):
        """The day of the meeting, where it takes place."""
        self.ensure_one()
        return self._local(self.date).date()

    def _hour(self, moment):
        """The hour of a moment, as people there read it."""
        if not moment:
            return ""
        return format_time(self.env, self._local(moment).time(), time_format="short")

    def _ends(self):
        self.ensure_one()
        return self.closed_at or self.date + timedelta(hours=self.duration or 2)

    @api.depends("date")
    def _compute_is_past(self):
        now = fields.Datetime.now()
        for meeting in self:
            meeting.is_past = bool(meeting.date and meeting.date < now)

    def _in_session(self):
        """Whether people sit there now: opened, and not closed yet."""
        return bool(self.state == "convened" and self.opened_at and not self.closed_at)
