from odoo import models


class HubHoursBook(models.TransientModel):
    """Of which days the time given is wanted in a spreadsheet."""

    _name = "hub.hours.book"
    _description = "Time given, in a spreadsheet"
    _inherit = ["hub.period.mixin"]

    def action_download(self):
        """The file."""
        self.env["hub.volunteer.hours"]._check_may_take_away()
        return self._download("/solidarity_hub/time")
