from odoo import api, fields, models

FROM_PRODUCT = (
    "method",
    "annual_rate",
    "periods",
    "period_months",
    "grace_periods",
    "grace_position",
    "fee_mode",
    "guarantee_percent",
    "basis_id",
    "early_interest",
    "respite_interest",
)


class HubLoan(models.Model):
    """What a new loan takes from its product; each value may then be changed."""

    _inherit = "hub.loan"

    @api.depends("product_id")
    def _compute_from_product(self):
        for loan in self:
            if loan.product_id:
                for name in FROM_PRODUCT:
                    loan[name] = loan.product_id[name]
                continue
            usual = self.env["hub.loan.product"].default_get(list(FROM_PRODUCT))
            for name in FROM_PRODUCT:
                loan[name] = loan[name] or usual.get(name)

    @api.depends("product_id", "grace_periods")
    def _compute_grace_type(self):
        """Without interest nothing is paid during a grace; else interest is."""
        for loan in self:
            wanted = loan.grace_type
            if not loan.grace_periods:
                wanted = "none"
            elif wanted in (False, "none"):
                wanted = loan.product_id.grace_type
                if wanted in (False, "none"):
                    wanted = "partial" if loan.annual_rate else "total"
            loan.grace_type = wanted

    @api.depends("disbursement_date", "period_months")
    def _compute_first_due_date(self):
        for loan in self:
            loan.first_due_date = loan.first_due_date or loan._usual_first_due_date()

    @api.onchange("disbursement_date", "period_months")
    def _onchange_disbursement_date(self):
        self.first_due_date = self._usual_first_due_date()

    def _usual_first_due_date(self):
        """One period after the payment out."""
        if not self.disbursement_date:
            return False
        return fields.Date.add(self.disbursement_date, months=self.period_months or 1)

    @api.depends("product_id", "amount")
    def _compute_fee_amount(self):
        for loan in self:
            product = loan.product_id
            fee = product._fee_for(loan.amount) if product else loan.fee_amount
            loan.fee_amount = fee
