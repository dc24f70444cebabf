from odoo import models
from odoo.exceptions import UserError
from odoo.tools import format_date


class EventEvent(models.Model):
    """From a moment to its sheet and back."""

    _inherit = "event.event"

    def action_hub_fill_sheet(self):
        """Open the sheet of this moment."""
        self.ensure_one()
        self.env["event.registration"].check_access("write")
        self._hub_check_sheet()
        sheet = self.env["hub.attendance.sheet"].create({"event_id": self.id})
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Attendance sheet"),
            "res_model": "hub.attendance.sheet",
            "res_id": sheet.id,
            "views": [(False, "form")],
        }

    def _hub_check_sheet(self):
        """A sheet is filled from the day on, of what took place."""
        self._hub_check_moments()
        if self._hub_is_cancelled():
            raise UserError(
                self.env._(
                    "“%(event)s” was cancelled: it has no sheet to fill. If it took"
                    " place after all, put it back first.",
                    event=self.name,
                )
            )
        if not self.hub_sheet_opens:
            day = self._hub_local(self.date_begin).date()
            raise UserError(
                self.env._(
                    "“%(event)s” takes place on %(day)s: its sheet is filled from that"
                    " day on. Who cannot come is noted beside the name, on the moment.",
                    event=self.name,
                    day=format_date(self.env, day),
                )
            )
