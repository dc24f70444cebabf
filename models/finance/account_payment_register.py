from odoo import models


class AccountPaymentRegister(models.TransientModel):
    """Odoo's own way to register payments, from instalments as from invoices."""

    _inherit = "account.payment.register"

    def _create_payment_vals_from_wizard(self, batch_result):
        vals = super()._create_payment_vals_from_wizard(batch_result)
        return {**vals, **self._hub_payment_vals(batch_result["lines"])}

    def _create_payment_vals_from_batch(self, batch_result):
        vals = super()._create_payment_vals_from_batch(batch_result)
        return {**vals, **self._hub_payment_vals(batch_result["lines"])}

    def _hub_payment_vals(self, lines):
        """What is paid for one loan says so: what is too much stays with it."""
        loans = lines.sudo().move_id.hub_loan_id
        return {"hub_loan_id": loans.id} if len(loans) == 1 else {}

    def _create_payments(self):
        """The lines chosen are settled first; what is left over, what is owed next."""
        loans = self.line_ids.sudo().move_id.hub_loan_id
        if not loans:
            return super()._create_payments()
        wizard = self.with_context(hub_register_payment=True)
        payments = super(AccountPaymentRegister, wizard)._create_payments()
        loans._match_credits()
        return payments.with_context(hub_register_payment=False)
