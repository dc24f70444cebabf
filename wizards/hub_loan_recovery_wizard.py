from odoo import api, fields, models


class HubLoanRecoveryWizard(models.TransientModel):
    """Money that comes although the loan was a loss."""

    _name = "hub.loan.recovery.wizard"
    _description = "Recovered after a loss"
    _inherit = ["hub.loan.change.mixin"]

    amount = fields.Monetary(string="Amount paid", required=True)
    claimed_amount = fields.Monetary(
        string="Still claimed", compute="_compute_claimed_amount"
    )

    def _kind(self):
        return "recovery"

    @api.depends("loan_id")
    def _compute_claimed_amount(self):
        for wizard in self:
            wizard.claimed_amount = wizard._seen_loan().claimed_amount

    @api.depends("loan_id", "amount")
    def _compute_preview(self):
        return super()._compute_preview()

    def _show(self):
        loan = self._seen_loan()
        shares = loan.guarantee_ids._would_share(self.amount)
        return (
            " ".join(
                self.env._(
                    "%(guarantor)s has %(amount)s of it.",
                    guarantor=guarantee.partner_id.display_name,
                    amount=loan.currency_id.format(amount),
                )
                for guarantee, amount in shares.items()
            ),
            None,
        )

    def _terms(self):
        return {"amount": self.amount}

    def _after(self, change):
        """Odoo's own payment of what is entered now."""
        claim = change.claim_ids.filtered(lambda one: one.kind == "recovery")
        if not claim.residual_amount:
            return super()._after(change)
        return claim.action_register_payment()
