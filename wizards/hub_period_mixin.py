from odoo import api, fields, models
from odoo.exceptions import ValidationError


class HubPeriodMixin(models.AbstractModel):
    """Of which days of a hub something is wanted; the year so far unless changed."""

    _name = "hub.period.mixin"
    _description = "Period of a hub"

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
        for period in self:
            if period.date_to < period.date_from:
                raise ValidationError(
                    self.env._("The last day is before the first: correct one of them.")
                )

    def _download(self, path):
        """Save the file of this period that a controller makes."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_url",
            "url": f"{path}/{self.company_id.id}/{self.date_from}/{self.date_to}",
            "target": "self",
            "close": True,
        }
