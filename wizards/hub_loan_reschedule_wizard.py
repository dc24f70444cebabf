from odoo import api, fields, models

from ..models.finance.hub_loan_terms_mixin import GRACE_TYPES, METHODS


class HubLoanRescheduleWizard(models.TransientModel):
    """Other terms for what is still to be paid back."""

    _name = "hub.loan.reschedule.wizard"
    _description = "Rescheduling"
    _inherit = ["hub.loan.change.mixin"]

    reason = fields.Char(required=True)
    periods = fields.Integer(
        string="Instalments",
        compute="_compute_from_loan",
        store=True,
        precompute=True,
        readonly=False,
        required=True,
        help="From the first new one on, grace included.",
    )
    first_due_date = fields.Date(
        string="First new instalment",
        compute="_compute_from_loan",
        store=True,
        precompute=True,
        readonly=False,
        required=True,
    )
    annual_rate = fields.Float(
        string="Rate per year (%)",
        digits=(8, 4),
        compute="_compute_from_loan",
        store=True,
        precompute=True,
        readonly=False,
    )
    method = fields.Selection(
        METHODS,
        string="Repayment",
        compute="_compute_from_loan",
        store=True,
        precompute=True,
        readonly=False,
        required=True,
    )
    grace_periods = fields.Integer(string="Of which grace")
    grace_type = fields.Selection(
        GRACE_TYPES, string="During the grace", required=True, default="none"
    )
    put_back_ids = fields.Many2many(
        "hub.loan.instalment",
        string="Put back into the loan",
        domain="[('loan_id', '=', loan_id), ('residual_amount', '>', 0)]",
        help="Their principal is paid with the new instalments; interest that is due"
        " bears none itself and is paid with the first one.",
    )
    has_open = fields.Boolean(compute="_compute_has_open")

    def _kind(self):
        return "reschedule"

    @api.depends("loan_id")
    def _compute_from_loan(self):
        """As it is now, to be changed."""
        for wizard in self:
            loan = wizard._seen_loan()
            coming = loan._coming_lines() if loan else []
            terms = loan._terms_now() if loan else {}
            wizard.periods = len(coming) or 12
            wizard.annual_rate = terms.get("annual_rate")
            wizard.method = terms.get("method") or "annuity"
            next_month = fields.Date.add(fields.Date.context_today(wizard), months=1)
            wizard.first_due_date = coming[0].due_date if coming else next_month

    @api.depends("loan_id")
    def _compute_has_open(self):
        for wizard in self:
            loan = wizard._seen_loan()
            wizard.has_open = bool(loan and loan._late_lines())

    @api.onchange("grace_periods")
    def _onchange_grace_periods(self):
        if not self.grace_periods:
            self.grace_type = "none"
        elif self.grace_type == "none":
            self.grace_type = "partial" if self.annual_rate else "total"

    @api.depends(
        "loan_id",
        "date",
        "periods",
        "first_due_date",
        "annual_rate",
        "method",
        "grace_periods",
        "grace_type",
        "put_back_ids",
    )
    def _compute_preview(self):
        return super()._compute_preview()

    def _show(self):
        loan = self._seen_loan()
        if not (self.first_due_date and self.method and self.periods):
            return "", None
        lines = loan._rescheduled_lines(self._terms())
        shown = [loan._line_to_show(line) for line in lines]
        return loan._lines_in_short(shown, with_fee=False), lines

    def _terms(self):
        return {
            "periods": self.periods,
            "first_due_date": fields.Date.to_string(self.first_due_date),
            "annual_rate": self.annual_rate,
            "method": self.method,
            "grace_periods": self.grace_periods,
            "grace_type": self.grace_type,
            "put_back": self.put_back_ids._origin.ids,
        }
