import pytz

from odoo import fields, models

try:
    import vobject
except ImportError:
    vobject = None


class HubMeeting(models.Model):
    """The meeting in the calendar of each person."""

    _inherit = "hub.meeting"

    def _calendar_file(self):
        """The meeting as an iCalendar file, or nothing where the library lacks."""
        self.ensure_one()
        if not vobject:
            return b""
        zone = pytz.timezone(self.date_tz or "UTC")
        calendar = vobject.iCalendar()
        entry = calendar.add("vevent")
        entry.add("uid").value = f"hub-meeting-{self.id}@{self.company_id.id}"
        entry.add("created").value = fields.Datetime.now().replace(tzinfo=pytz.utc)
        entry.add("dtstart").value = self._local(self.date)
        entry.add("dtend").value = pytz.utc.localize(self._ends()).astimezone(zone)
        entry.add("summary").value = self.name
        place = ", ".join(filter(None, [self.place, self.online_url]))
        if place:
            entry.add("location").value = place
        agenda = "\n".join(self._agenda_words())
        if agenda:
            entry.add("description").value = agenda
        return calendar.serialize().encode()

    def _agenda_words(self):
        """The agenda, a line for each item."""
        self.ensure_one()
        return [
            f"{number}. {item.name}"
            for number, item in enumerate(self.agenda_item_ids, start=1)
        ]
