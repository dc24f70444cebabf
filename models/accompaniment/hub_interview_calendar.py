from odoo import fields, models
from odoo.tools import hmac

from ...tools.calendar_file import calendar_file


class HubInterview(models.Model):
    """The appointment for the calendar of a telephone.

    A calendar is seen by others, and copied by whoever keeps it: the file names neither
    people, nor a project, nor a reason to meet.
    """

    _inherit = "hub.interview"

    def _calendar_file(self):
        """The bytes of an ``.ics`` file; the same again replaces the former."""
        self.ensure_one()
        interview = self.sudo()
        scope = "solidarity_hub-appointment"
        return calendar_file(
            uid=hmac(self.env(su=True), scope, interview.id)[:32],
            sequence=int(interview.write_date.timestamp()) // 60,
            stamp=fields.Datetime.now(),
            start=interview.date_start,
            end=interview._date_end(),
            summary=self.env._("Appointment"),
            place=self._calendar_place(),
            text=self._calendar_text(),
        )

    def _calendar_place(self):
        interview = self.sudo()
        if interview.mode == "in_person":
            return interview.place or interview.company_id.name
        return interview._label_of("mode")

    def _calendar_text(self):
        hub = self.sudo().company_id
        return ", ".join(filter(None, [hub.name, hub.phone]))
