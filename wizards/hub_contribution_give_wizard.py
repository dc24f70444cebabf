from odoo import api, fields, models


class HubContributionGiveWizard(models.TransientModel):
    """A funder leaves to the hub what it owes: a claim becomes a gift."""

    _name = "hub.contribution.give.wizard"
    _description = "A claim becomes a gift"

    contribution_id = fields.Many2one("hub.contribution", required=True)
    currency_id = fields.Many2one(related="contribution_id.currency_id")
    owed_amount = fields.Monetary(related="contribution_id.owed_amount")
    amount = fields.Monetary(
        string="Given", compute="_compute_amount", store=True, readonly=False
    )
    date = fields.Date(string="On", required=True, default=fields.Date.context_today)
    note = fields.Char(string="Letter or e-mail that says so", required=True)

    @api.depends("contribution_id")
    def _compute_amount(self):
        for wizard in self:
            wizard.amount = wizard.contribution_id.owed_amount

    def action_confirm(self):
        """Enter it: what was owed becomes a donation; planned returns shrink."""
        self.ensure_one()
        one = self.contribution_id
        one.check_access("write")
        one._make_room_in_plan(self.amount)
        line = self.env["hub.contribution.line"].create(
            {
                "contribution_id": one.id,
                "kind": "given",
                "date": self.date,
                "principal": self.amount,
                "note": self.note,
            }
        )
        line.action_enter()
        return {"type": "ir.actions.act_window_close"}
