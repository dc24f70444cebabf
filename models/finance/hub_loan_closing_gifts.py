from odoo import fields, models
from odoo.fields import Domain
from odoo.tools.date_utils import end_of, start_of

from .hub_fund_line import NAMED


class HubFundLine(models.Model):
    _inherit = "hub.fund.line"

    funder_address = fields.Char(
        string="Address", related="funder_id.contact_address_inline", groups=NAMED
    )


class HubLoanClosing(models.Model):
    """The gifts of the year, for whoever writes the receipts."""

    _inherit = "hub.loan.closing"

    gift_count = fields.Integer(
        string="Gifts", compute="_compute_gift_count", compute_sudo=True
    )

    def _compute_gift_count(self):
        for closing in self:
            lines = self.env["hub.fund.line"]
            closing.gift_count = lines.search_count(closing._gifts_domain())

    def _gifts_domain(self):
        """Money given in the calendar year by others than the hub itself, and what a
        funder gave instead of taking it back."""
        self.ensure_one()
        first, last = start_of(self.date, "year"), end_of(self.date, "year")
        received = Domain("kind", "=", "received") & Domain(
            "contribution_id.instrument", "=", "gift"
        )
        return (
            Domain("company_id", "=", self.company_id.id)
            & Domain("funder_id", "!=", self.company_id.partner_id.id)
            & Domain("date", ">=", first)
            & Domain("date", "<=", last)
            & (received | Domain("kind", "=", "given"))
        )

    def action_open_gifts(self):
        """Who gave what, with address, to be exported."""
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "solidarity_hub.hub_fund_line_action_gifts"
        )
        action["domain"] = list(self._gifts_domain())
        return action
