from odoo import fields, models


class ResConfigSettings(models.TransientModel):
    _inherit = "res.config.settings"

    hub_loan_journal_id = fields.Many2one(
        related="company_id.hub_loan_journal_id", readonly=False
    )
    hub_loan_account_id = fields.Many2one(
        related="company_id.hub_loan_account_id", readonly=False
    )
    hub_due_account_id = fields.Many2one(
        related="company_id.hub_due_account_id", readonly=False
    )
    hub_payout_account_id = fields.Many2one(
        related="company_id.hub_payout_account_id", readonly=False
    )
    hub_interest_account_id = fields.Many2one(
        related="company_id.hub_interest_account_id", readonly=False
    )
    hub_fee_account_id = fields.Many2one(
        related="company_id.hub_fee_account_id", readonly=False
    )
    hub_fund_plan_id = fields.Many2one(
        related="company_id.hub_fund_plan_id", readonly=False
    )

    hub_loan_second_person = fields.Boolean(
        related="company_id.hub_loan_second_person", readonly=False
    )
    hub_doubtful_apart = fields.Boolean(
        related="company_id.hub_doubtful_apart", readonly=False
    )
    hub_loan_reminder_mode = fields.Selection(
        related="company_id.hub_loan_reminder_mode", readonly=False
    )
    hub_loan_reminder_gap = fields.Integer(
        related="company_id.hub_loan_reminder_gap", readonly=False
    )
    hub_loan_contact_id = fields.Many2one(
        related="company_id.hub_loan_contact_id", readonly=False
    )

    def action_hub_loan_accounts(self):
        """See which accounts loans would use, and make what is missing."""
        return self.env["ir.actions.act_window"]._for_xml_id(
            "solidarity_hub.hub_loan_accounts_wizard_action"
        )
