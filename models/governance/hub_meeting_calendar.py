from odoo import fields, models

from ...tools.calendar_file import calendar_file


class HubMeeting(models.Model):
    """The meeting in the calendar of each person."""

    _inherit = "hub.meeting"

    def _calendar_file(self):
        """The meeting as an iCalendar file, or nothing where the library lacks."""
        self.ensure_one()
        return calendar_file(
            uid=f"hub-meeting-{self.id}@{self.company_id.id}",
            stamp=fields.Datetime.now(),
            start=self.date,
            end=self._ends(),
            summary=self.name,
            place=", ".join(filter(None, [self.place, self.online_url])),
            text="\n".join(self._agenda_words()),
        )

    def _agenda_words(self):
        """The agenda, a line for each item."""
        self.ensure_one()
        return [
            f"{number}. {item.name}"
            for number, item in enumerate(self.agenda_item_ids, start=1)
        ]
