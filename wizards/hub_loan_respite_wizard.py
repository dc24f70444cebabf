from odoo import api, fields, models

from ..models.finance.hub_loan_contract import RESPITE_INTEREST


class HubLoanRespiteWizard(models.TransientModel):
    """Some months more: three of them in two clicks."""

    _name = "hub.loan.respite.wizard"
    _description = "Respite"
    _inherit = ["hub.loan.change.mixin"]

    reason = fields.Char(
        required=True, default=lambda self: self.env._("Agreed with the borrower")
    )
    months = fields.Integer(required=True, default=3)
    scope = fields.Selection(
        [
            ("all", "What is due and what is to come"),
            ("late", "What is due only"),
            ("coming", "What is to come only"),
        ],
        string="Of",
        required=True,
        default="all",
    )
    interest = fields.Selection(
        RESPITE_INTEREST,
        string="Interest of the time gained",
        compute="_compute_interest",
        store=True,
        precompute=True,
        readonly=False,
        required=True,
    )
    has_rate = fields.Boolean(compute="_compute_has_rate")
    is_paused = fields.Boolean(
        string="No reminder meanwhile",
        default=True,
        help="Nobody reminds the borrower until the respite is over.",
    )

    def _kind(self):
        return "respite"

    @api.depends("loan_id")
    def _compute_interest(self):
        for wizard in self:
            wizard.interest = wizard.loan_id.respite_interest or "waived"

    @api.depends("loan_id")
    def _compute_has_rate(self):
        for wizard in self:
            loan = wizard._seen_loan()
            wizard.has_rate = bool(loan and loan._terms_now()["annual_rate"])

    @api.depends("loan_id", "date", "months", "scope", "interest")
    def _compute_preview(self):
        return super()._compute_preview()

    def _show(self):
        loan = self._seen_loan()
        if self.months < 1:
            return "", None
        late = loan._late_lines() if self.scope != "coming" else ()
        text = ""
        if late:
            text = self.env._(
                "%(amount)s that are due are to be paid %(months)s months later.",
                amount=loan.currency_id.format(sum(late.mapped("residual_amount"))),
                months=self.months,
            )
        lines = None
        if self.scope != "late":
            lines = loan._respite_lines(self.months, self.interest) or None
        return text, lines

    def _terms(self):
        until = fields.Date.add(self.date, months=self.months)
        return {
            "months": self.months,
            "scope": self.scope,
            "interest": self.interest,
            "pause_to": fields.Date.to_string(until) if self.is_paused else False,
        }
