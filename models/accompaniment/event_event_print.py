import pytz

from odoo import fields, models
from odoo.exceptions import UserError
from odoo.tools import format_time

from ...reports.print_words import long_date

# Lines for people who were not on the list; so many lines fill one page with the place
# to sign below.
BLANK_LINES = 3
SHEET_LINES = 14


class EventEvent(models.Model):
    """What the attendance sheet and the certificates say of a moment."""

    _inherit = "event.event"

    def _hub_print_lang(self):
        """The language of the moment, else that of the hub."""
        self.ensure_one()
        return self.lang or self.company_id.partner_id.lang or self.env.lang

    def _hub_print_format(self):
        formats = dict(self._fields["hub_format"]._description_selection(self.env))
        return formats.get(self.hub_format, "")

    def _hub_local(self, moment):
        zone = pytz.timezone(self.date_tz or "UTC")
        return pytz.utc.localize(moment).astimezone(zone)

    def _hub_print_when(self):
        """The day and the hours, as a letter says them."""
        self.ensure_one()
        start, end = self._hub_local(self.date_begin), self._hub_local(self.date_end)
        words = {
            "day": long_date(self.env, start.date()),
            "start": self._hub_print_hour(start),
            "end": self._hub_print_hour(end),
        }
        if start.date() == end.date():
            return self.env._("on %(day)s, from %(start)s to %(end)s", **words)
        last = long_date(self.env, end.date())
        return self.env._("from %(day)s to %(last)s", day=words["day"], last=last)

    def _hub_print_hour(self, moment):
        return format_time(self.env, moment.time(), time_format="short")

    def _hub_print_hours(self):
        """How long it lasted, for a moment of one day."""
        self.ensure_one()
        minutes = round((self.date_end - self.date_begin).total_seconds() / 60)
        hours, minutes = divmod(minutes, 60)
        if hours >= 24:
            return ""
        if not minutes:
            return self.env._("%(hours)s h", hours=hours)
        return self.env._("%(hours)s h %(minutes)s", hours=hours, minutes=minutes)

    def _hub_print_place(self):
        """Name and address of the place on one line."""
        place = self.address_id.sudo()
        town = " ".join(filter(None, [place.zip, place.city]))
        return ", ".join(filter(None, [place.name, place.street, town]))

    def _hub_print_people(self):
        """``[(name, what is known already)]`` by name."""
        self.ensure_one()
        excused = self.env._("excused")
        places = self.registration_ids.sorted(
            lambda place: ((place.name or "").casefold(), place.id)
        )
        return [
            (place.name, excused if place.hub_attendance == "excused" else "")
            for place in places
        ]

    def _hub_print_blank(self):
        """How many empty lines follow."""
        return max(BLANK_LINES, SHEET_LINES - len(self.registration_ids))

    def _hub_print_today(self):
        """Where and when a document is made."""
        today = long_date(self.env, fields.Date.context_today(self))
        town = self.company_id.sudo().city
        if town:
            return self.env._("%(town)s, %(date)s", town=town, date=today)
        return today

    def action_hub_print_certificates(self):
        """One certificate for each person noted present."""
        present = self.registration_ids.filtered(
            lambda place: place.hub_format and place.hub_attendance == "present"
        )
        if not present:
            raise UserError(
                self.env._(
                    "Nobody is noted present at “%(event)s” yet: fill the sheet first.",
                    event=", ".join(self.mapped("name")),
                )
            )
        report = self.env.ref("solidarity_hub.report_attendance_certificate")
        return report.report_action(present)
