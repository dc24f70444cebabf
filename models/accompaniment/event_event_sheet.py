from odoo import fields, models
from odoo.exceptions import UserError
from odoo.tools import format_date


class EventEvent(models.Model):
    """From a moment to its sheet and back."""

    _inherit = "event.event"

    def action_hub_fill_sheet(self):
        """Open the sheet of this moment."""
        self.ensure_one()
        self.env["event.registration"].check_access("write")
        today = fields.Date.context_today(self)
        day = fields.Datetime.context_timestamp(
            self.with_context(tz=self.date_tz), self.date_begin
        ).date()
        if not self.hub_format:
            raise UserError(
                self.env._(
                    "“%(event)s” is not a collective moment of the hub: choose its"
                    " format first.",
                    event=self.name,
                )
            )
        if day > today:
            raise UserError(
                self.env._(
                    "“%(event)s” takes place on %(day)s: its sheet is filled from that"
                    " day on. To note who cannot come, open the list of attendees.",
                    event=self.name,
                    day=format_date(self.env, day),
                )
            )
        sheet = self.env["hub.attendance.sheet"].create({"event_id": self.id})
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Attendance sheet"),
            "res_model": "hub.attendance.sheet",
            "res_id": sheet.id,
            "views": [(False, "form")],
        }

    def _hub_add_people(self, people, attendance="expected"):
        """Put people on the sheets of these moments; nobody comes on it twice.

        :param attendance: what to note for them; who was on the sheet already is left
            as noted, unless the person came
        :return: the places that are new
        """
        places = self.env["event.registration"]
        known = places.search([("event_id", "in", self.ids)]).grouped(
            lambda place: (place.event_id, place._hub_attendee())
        )
        values = []
        for event in self:
            for person in people:
                place = known.get((event, person))
                if not place:
                    values.append(
                        {
                            "event_id": event.id,
                            "partner_id": person.id,
                            "hub_attendance": attendance,
                        }
                    )
                elif attendance == "present" and place.hub_attendance != "present":
                    place[:1].hub_attendance = attendance
        return places.create(values)
