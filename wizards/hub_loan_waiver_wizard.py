from odoo import api, fields, models


class HubLoanWaiverWizard(models.TransientModel):
    """The hub gives up a part of what it is owed."""

    _name = "hub.loan.waiver.wizard"
    _description = "Waiver"
    _inherit = ["hub.loan.change.mixin"]

    reason = fields.Char(required=True)
    scope = fields.Selection(
        [
            ("interest", "Interest that is due"),
            ("due", "What is due, interest first"),
            ("coming", "Principal that is not due yet"),
        ],
        string="Given up",
        required=True,
        default="due",
    )
    amount = fields.Monetary(
        compute="_compute_amount",
        store=True,
        precompute=True,
        readonly=False,
        required=True,
    )

    def _kind(self):
        return "waiver"

    @api.depends("loan_id", "scope")
    def _compute_amount(self):
        """All of it; less can be typed in."""
        for wizard in self:
            loan = wizard._seen_loan()
            wizard.amount = loan._waivable(wizard.scope) if loan else 0

    @api.depends("loan_id", "scope", "amount")
    def _compute_preview(self):
        return super()._compute_preview()

    def _show(self):
        loan = self._seen_loan()
        most = loan._waivable(self.scope)
        return (
            self.env._(
                "At most %(most)s can be given up so.",
                most=loan.currency_id.format(most),
            ),
            None,
        )

    def _terms(self):
        return {"scope": self.scope, "amount": self.amount}
