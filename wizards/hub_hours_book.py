from odoo import api, fields, models
from odoo.exceptions import ValidationError


class HubHoursBook(models.TransientModel):
    """Of which days the time given is wanted in a spreadsheet."""

    _name = "hub.hours.book"
    _description = "Time given, in a spreadsheet"

    company_id = fields.Many2one(
        "res.company", required=True, default=lambda self: self.env.company
    )
    date_from = fields.Date(
        string="From",
        required=True,
        default=lambda self: fields.Date.context_today(self).replace(month=1, day=1),
    )
    date_to = fields.Date(string="To", required=True, default=fields.Date.context_today)

    @api.constrains("date_from", "date_to")
    def _check_dates(self):
        for book in self:
            if book.date_to < book.date_from:
                raise ValidationError(
                    self.env._("The last day is before the first: correct one of them.")
                )

    def action_download(self):
        """The file."""
        self.ensure_one()
        self.env["hub.volunteer.hours"]._check_may_take_away()
        return {
            "type": "ir.actions.act_url",
            "url": f"/solidarity_hub/time/{self.company_id.id}"
            f"/{self.date_from}/{self.date_to}",
            "target": "self",
            "close": True,
        }
