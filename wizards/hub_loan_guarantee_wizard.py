from odoo import api, fields, models


class HubLoanGuaranteeWizard(models.TransientModel):
    """A guarantee is called, and the guarantor accepted."""

    _name = "hub.loan.guarantee.wizard"
    _description = "Call a guarantee"
    _inherit = ["hub.loan.change.mixin"]

    reason = fields.Char(required=True)
    guarantee_id = fields.Many2one(
        "hub.loan.guarantee",
        required=True,
        domain="[('loan_id', '=', loan_id)]",
        compute="_compute_guarantee_id",
        store=True,
        precompute=True,
        readonly=False,
    )
    conditions = fields.Text(compute="_compute_conditions")
    amount = fields.Monetary(
        string="Accepted",
        compute="_compute_amount",
        store=True,
        readonly=False,
        help="By the contract, or less where the guarantor accepted less.",
    )

    def _kind(self):
        return "guarantee"

    @api.depends("loan_id")
    def _compute_guarantee_id(self):
        for wizard in self:
            open_ones = wizard._seen_loan().guarantee_ids.filtered(
                lambda one: one.state == "active"
            )
            wizard.guarantee_id = open_ones[:1]

    @api.depends("guarantee_id")
    def _compute_conditions(self):
        for wizard in self:
            guarantee = wizard.guarantee_id
            seen = guarantee and wizard._seen_loan() == guarantee.loan_id
            wizard.conditions = guarantee.conditions if seen else False

    @api.depends("guarantee_id")
    def _compute_amount(self):
        for wizard in self:
            guarantee = wizard.guarantee_id
            seen = guarantee and wizard._seen_loan() == guarantee.loan_id
            wizard.amount = guarantee._callable_amount() if seen else 0

    @api.depends("loan_id", "guarantee_id", "amount")
    def _compute_preview(self):
        return super()._compute_preview()

    def _show(self):
        loan, guarantee = self._seen_loan(), self.guarantee_id
        if not guarantee or guarantee.loan_id != loan:
            return "", None
        owed = loan._exposure(guarantee.covers_interest)
        return (
            self.env._(
                "%(owed)s are owed, of which %(due)s are due. %(guarantor)s will owe"
                " %(amount)s instead of the borrower.",
                owed=loan.currency_id.format(owed),
                due=loan.currency_id.format(loan.open_amount),
                guarantor=guarantee.partner_id.display_name,
                amount=loan.currency_id.format(self.amount),
            ),
            None,
        )

    def _terms(self):
        return {"guarantee_id": self.guarantee_id.id, "amount": self.amount}
