from odoo import fields, models


class ResConfigSettings(models.TransientModel):
    _inherit = "res.config.settings"

    hub_time_debit_account_id = fields.Many2one(
        related="company_id.hub_time_debit_account_id", readonly=False
    )
    hub_time_credit_account_id = fields.Many2one(
        related="company_id.hub_time_credit_account_id", readonly=False
    )
    hub_time_journal_id = fields.Many2one(
        related="company_id.hub_time_journal_id", readonly=False
    )
    hub_exchange_counting = fields.Selection(
        related="company_id.hub_exchange_counting", readonly=False, required=True
    )
    hub_exchange_limit = fields.Integer(
        related="company_id.hub_exchange_limit", readonly=False
    )
    hub_exchange_over = fields.Selection(
        related="company_id.hub_exchange_over", readonly=False, required=True
    )

    def action_hub_propose_time_accounts(self):
        """Open the two accounts of volunteers' time, with what else is missing."""
        self.company_id.action_hub_propose_time_accounts()
        return {"type": "ir.actions.client", "tag": "reload"}
