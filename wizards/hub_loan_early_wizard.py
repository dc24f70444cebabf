from odoo import api, fields, models
from odoo.tools import format_date

from ..models.finance.hub_loan_contract import EARLY_INTEREST


class HubLoanEarlyWizard(models.TransientModel):
    """Early repayment, of all or a part: lower or fewer instalments after it."""

    _name = "hub.loan.early.wizard"
    _description = "Early repayment"
    _inherit = ["hub.loan.change.mixin"]

    mode = fields.Selection(
        [("all", "All that is left"), ("part", "A part of it")],
        string="Repaid",
        required=True,
        default="all",
    )
    amount = fields.Monetary(string="Amount paid", help="Principal and interest.")
    keep = fields.Selection(
        [
            ("term", "Lower instalments, the same dates"),
            ("instalment", "The same instalments, fewer of them"),
        ],
        string="After that",
        required=True,
        default="term",
    )
    until = fields.Selection(
        EARLY_INTEREST,
        string="Interest counts",
        compute="_compute_until",
        store=True,
        precompute=True,
        readonly=False,
        required=True,
        help="As the contract says.",
    )
    principal = fields.Monetary(compute="_compute_preview")
    interest = fields.Monetary(compute="_compute_preview")
    total = fields.Monetary(string="To pay", compute="_compute_preview")

    def _kind(self):
        return "early"

    @api.depends("loan_id")
    def _compute_until(self):
        for wizard in self:
            wizard.until = wizard.loan_id.early_interest or "day"

    @api.depends("loan_id", "date", "mode", "amount", "keep", "until")
    def _compute_preview(self):
        for wizard in self:
            wizard.principal = wizard.interest = wizard.total = 0
        return super()._compute_preview()

    def _show(self):
        loan = self._seen_loan()
        if not self.date or (self.mode == "part" and not self.amount):
            return "", None
        found = loan._early_repayment(
            self.date, self._principal(), self.keep, self.until
        )
        self.principal, self.interest = float(found.principal), float(found.interest)
        self.total = float(found.amount)
        if not found.rest:
            return self._show_end(loan), None
        return (
            self.env._(
                "%(count)s instalments are left, the last on %(date)s.",
                count=len(found.rest),
                date=format_date(self.env, found.rest[-1].due_date),
            ),
            found.rest,
        )

    def _show_end(self, loan):
        if not loan.open_amount:
            return self.env._("With this payment the loan is paid back.")
        return self.env._(
            "Nothing more becomes due; %(open)s that are due and open are to be paid"
            " besides.",
            open=loan.currency_id.format(loan.open_amount),
        )

    def _principal(self):
        loan = self._seen_loan()
        if self.mode == "all":
            return float(loan._not_due())
        return loan._early_principal(self.date, self.amount, self.until)

    def _terms(self):
        return {"principal": self._principal(), "keep": self.keep, "until": self.until}

    def _after(self, change):
        """Odoo's own payment, for what is due now and not settled by money that had
        come before."""
        lines = change.loan_id.sudo().instalment_ids
        line = lines.filtered(lambda one: one.change_id == change)
        if not line.residual_amount:
            return super()._after(change)
        return line.sudo(False).action_register_payment()
