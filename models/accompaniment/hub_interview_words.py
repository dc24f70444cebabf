from datetime import timedelta

import pytz

from odoo import api, models
from odoo.tools import format_time

from ...reports.print_words import spoken_day


class HubInterview(models.Model):
    """When and how people meet, in words and by the clock of the hub."""

    _inherit = "hub.interview"

    @api.model
    def _zone_of(self, company, person):
        """The clock of a hub, else that of whoever notes the interview."""
        return pytz.timezone(company._hub_tz() or person.tz or "UTC")

    def _zone(self):
        self.ensure_one()
        interview = self.sudo()
        return self._zone_of(interview.company_id, interview.author_id)

    def _local(self, moment):
        """A moment (UTC, as stored) by the clock of the hub."""
        return pytz.utc.localize(moment).astimezone(self._zone())

    def _local_start(self):
        return self._local(self.date_start)

    def _date_end(self):
        self.ensure_one()
        return self.date_start + timedelta(hours=self.duration)

    def _day_words(self, moment=None):
        """Thursday 5 March."""
        return spoken_day(self.env, self._local(moment or self.date_start).date())

    def _hour_words(self, moment=None):
        local = self._local(moment or self.date_start)
        return format_time(self.env, local.time(), time_format="short")

    def _moment_words(self, moment=None):
        """Thursday 5 March, 14:00."""
        return f"{self._day_words(moment)}, {self._hour_words(moment)}"

    def _label_of(self, name):
        """The word of a choice, in the language of the reader."""
        labels = dict(self._fields[name]._description_selection(self.env))
        return labels.get(self[name], "")

    def _duration_words(self):
        return self.env["res.partner"]._hub_hours_words(self.duration)
