from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.tools import format_date


class HubFundBook(models.TransientModel):
    """Of which days the fund book is wanted, on the screen or in a spreadsheet."""

    _name = "hub.fund.book"
    _description = "Fund book at a date"

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

    def action_show(self):
        """The figures of all funds on the last day, on the screen."""
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "solidarity_hub.hub_fund_action"
        )
        day = format_date(self.env, self.date_to)
        return {
            **action,
            "path": False,
            "display_name": self.env._("Funds on %(day)s", day=day),
            "views": [(False, "list")],
            "domain": [("company_id", "=", self.company_id.id)],
            "context": {"hub_fund_date": fields.Date.to_string(self.date_to)},
        }

    def action_download(self):
        """The file."""
        self.ensure_one()
        self.env["hub.fund"]._check_may_take_away()
        return {
            "type": "ir.actions.act_url",
            "url": f"/solidarity_hub/funds/{self.company_id.id}"
            f"/{self.date_from}/{self.date_to}",
            "target": "self",
            "close": True,
        }
