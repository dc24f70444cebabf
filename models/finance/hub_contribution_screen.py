from odoo import api, fields, models


class HubContribution(models.Model):
    """What the form of a contribution shows and opens."""

    _inherit = "hub.contribution"

    move_count = fields.Integer(compute="_compute_move_count", compute_sudo=True)
    is_return_early = fields.Boolean(
        string="Next return not due yet", compute="_compute_is_return_early"
    )

    @api.depends("line_ids.date", "line_ids.state", "line_ids.residual_amount")
    def _compute_is_return_early(self):
        """Returned today, money would go back before its time."""
        today = fields.Date.context_today(self)
        for one in self:
            lines = one._returns()
            planned = lines.filtered(lambda line: line.state == "planned")
            is_due = any(line.residual_amount > 0 for line in lines)
            one.is_return_early = bool(
                planned and not is_due and planned[:1].date > today
            )

    def _compute_move_count(self):
        counts = dict(
            self.env["account.move"]._read_group(
                [("hub_contribution_id", "in", self.ids)],
                ["hub_contribution_id"],
                ["__count"],
            )
        )
        for one in self:
            one.move_count = counts.get(one._origin, 0)

    def action_open_moves(self):
        """The journal items of this contribution."""
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "account.action_account_moves_all"
        )
        action["domain"] = [("move_id.hub_contribution_id", "=", self.id)]
        action["context"] = {}
        return action

    def action_open_book(self):
        """What became of this money."""
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "solidarity_hub.hub_fund_line_action"
        )
        action["domain"] = [("contribution_id", "=", self.id)]
        action["context"] = {}
        return action

    def action_statement(self):
        """The statement of this funder, for a period."""
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "solidarity_hub.hub_funder_statement_action"
        )
        action["context"] = {
            "default_partner_id": self.partner_id.id,
            "default_company_id": self.company_id.id,
        }
        return action
