from odoo import fields, models
from odoo.tools import format_date


class HubFundBook(models.TransientModel):
    """Of which days the fund book is wanted, on the screen or in a spreadsheet."""

    _name = "hub.fund.book"
    _description = "Fund book at a date"
    _inherit = ["hub.period.mixin"]

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
            "context": {
                "hub_fund_date": fields.Date.to_string(self.date_to),
                "create": False,
            },
        }

    def action_download(self):
        """The file."""
        self.ensure_one()
        self.env["hub.fund"]._check_may_take_away()
        return self._download("/solidarity_hub/funds")
