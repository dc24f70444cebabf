from odoo import api, fields, models
from odoo.tools import format_date


class HubLoanDisburseWizard(models.TransientModel):
    """Pay out a part of a loan: on which day, and when it is first due."""

    _name = "hub.loan.disburse.wizard"
    _description = "Pay out a loan"

    loan_id = fields.Many2one("hub.loan", required=True)
    tranche_id = fields.Many2one(
        "hub.loan.tranche", compute="_compute_tranche", string="Payment out"
    )
    currency_id = fields.Many2one(related="loan_id.currency_id")
    amount = fields.Monetary(compute="_compute_tranche")
    fee = fields.Monetary(string="Of which fee kept back", compute="_compute_tranche")
    date = fields.Date(
        string="Paid out on", required=True, default=fields.Date.context_today
    )
    is_first = fields.Boolean(compute="_compute_tranche")
    first_due_date = fields.Date(
        compute="_compute_first_due_date",
        compute_sudo=False,
        store=True,
        readonly=False,
    )
    text = fields.Char(compute="_compute_text")

    @api.depends("loan_id")
    def _compute_tranche(self):
        for wizard in self:
            loan = wizard.loan_id
            part = loan._next_tranche() if loan else self.env["hub.loan.tranche"]
            wizard.tranche_id, wizard.amount = part, part.amount
            wizard.is_first = loan.state == "signed"
            kept = wizard.is_first and loan.fee_mode == "withheld"
            wizard.fee = loan.fee_amount if kept else 0

    @api.depends("loan_id", "date")
    def _compute_first_due_date(self):
        """As long after the payment out as was agreed."""
        for wizard in self:
            loan = wizard.loan_id
            planned, first = loan.disbursement_date, loan.first_due_date
            if not (planned and first and wizard.date):
                wizard.first_due_date = first
            elif first == loan._usual_first_due_date():
                wizard.first_due_date = fields.Date.add(
                    wizard.date, months=loan.period_months
                )
            else:
                wizard.first_due_date = wizard.date + (first - planned)

    @api.depends("date", "tranche_id")
    def _compute_text(self):
        for wizard in self:
            planned = wizard.tranche_id.date
            wizard.text = (
                self.env._(
                    "Planned for %(date)s: the schedule moves along.",
                    date=format_date(self.env, planned),
                )
                if planned and wizard.date != planned
                else ""
            )

    def action_disburse(self):
        """Enter it, then open Odoo's payment for the transfer."""
        self.ensure_one()
        loan = self.loan_id
        loan.check_access("write")
        self.env["hub.loan.instalment"]._check_may_post()
        loan._pay_out_on(self.date, self.first_due_date if self.is_first else None)
        return loan.action_disburse()
