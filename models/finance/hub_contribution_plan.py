from odoo import models

from .hub_contribution_line import LEAVING
from .hub_fund_line import BACK


class HubContribution(models.Model):
    """When money goes back to the funder, and what becomes of the plan meanwhile."""

    _inherit = "hub.contribution"

    def _came_back(self):
        """Paid back by borrowers of this money."""
        lines = self.sudo().book_ids.filtered(lambda line: line.kind in BACK)
        return sum(lines.mapped("amount"))

    def _make_room_in_plan(self, amount):
        """Planned returns shrink from the last one, by what is given or lost and does
        not fit beside them."""
        self.ensure_one()
        lines = self.line_ids.filtered(lambda line: line.kind in LEAVING)
        too_much = sum(lines.mapped("principal")) + amount - self.amount
        planned = lines.filtered(
            lambda line: line.kind == "return" and line.state == "planned"
        )
        for line in planned.sorted("date", reverse=True):
            if self.currency_id.compare_amounts(too_much, 0) <= 0:
                return
            taken = min(line.principal, too_much)
            too_much -= taken
            left = self.currency_id.round(line.principal - taken)
            if left or line.interest:
                line.principal = left
            else:
                line.unlink()

    def _action_of_wizard(self, xml_id):
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            f"solidarity_hub.{xml_id}"
        )
        action["context"] = {"default_contribution_id": self.id}
        return action

    def action_plan_returns(self):
        return self._action_of_wizard("hub_contribution_return_wizard_action")

    def action_give(self):
        return self._action_of_wizard("hub_contribution_give_wizard_action")

    def action_return(self):
        """Enter the next return now, and open Odoo's payment for it."""
        self.ensure_one()
        self.check_access("write")
        lines = self._returns()
        owed = lines.filtered(lambda line: line.residual_amount > 0)
        if not owed:
            owed = lines.filtered(lambda line: line.state == "planned")[:1]
            if not owed:
                return self.action_plan_returns()
            owed.action_enter()
        return owed.action_register_payment()
