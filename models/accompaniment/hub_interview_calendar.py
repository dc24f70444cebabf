import pytz

from odoo import fields, models
from odoo.tools import hmac

from odoo.addons.calendar.models.calendar_event import vobject


class HubInterview(models.Model):
    """The appointment for the calendar of a telephone.

    A calendar is seen by others, and copied by whoever keeps it: the file names neither
    people, nor a project, nor a reason to meet.
    """

    _inherit = "hub.interview"

    def _calendar_file(self):
        """The bytes of an ``.ics`` file; nothing where the library is missing."""
        self.ensure_one()
        if not vobject:
            return b""
        interview = self.sudo()
        calendar = vobject.iCalendar()
        event = calendar.add("vevent")
        # The same again replaces the former in the calendar.
        scope = "solidarity_hub-appointment"
        event.add("uid").value = hmac(self.env(su=True), scope, interview.id)[:32]
        event.add("sequence").value = str(int(interview.write_date.timestamp()) // 60)
        event.add("dtstamp").value = fields.Datetime.now().replace(tzinfo=pytz.utc)
        for name, moment in (
            ("dtstart", interview.date_start),
            ("dtend", interview._date_end()),
        ):
            event.add(name).value = moment.replace(tzinfo=pytz.utc)
        event.add("summary").value = self.env._("Appointment")
        event.add("location").value = self._calendar_place()
        event.add("description").value = self._calendar_text()
        return calendar.serialize().encode()

    def _calendar_place(self):
        interview = self.sudo()
        if interview.mode == "in_person":
            return interview.place or interview.company_id.name
        return interview._label_of("mode")

    def _calendar_text(self):
        hub = self.sudo().company_id
        return ", ".join(filter(None, [hub.name, hub.phone]))
