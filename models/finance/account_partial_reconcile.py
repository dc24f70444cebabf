from odoo import api, models

from ..common.hub_guard_mixin import OPEN


class AccountPartialReconcile(models.Model):
    _inherit = "account.partial.reconcile"

    @api.model_create_multi
    def create(self, vals_list):
        parts = super().create(vals_list)
        parts._hub_name_loans()
        return parts

    def _hub_name_loans(self):
        """Money matched by hand with what a loan owes belongs to that loan from then
        on, also where the match is undone later; money of two loans names none."""
        moves = self.sudo().filtered(lambda p: p.debit_move_id.move_id.hub_kind)
        for money in moves.credit_move_id.move_id.filtered(lambda m: not m.hub_kind):
            settled = money.line_ids.matched_debit_ids.debit_move_id.move_id
            loans = settled.filtered("hub_kind").hub_loan_id
            record = money.origin_payment_id or money
            if len(loans) == 1 and not record.hub_loan_id:
                record.with_context(hub_guard=OPEN).hub_loan_id = loans
            elif len(loans) > 1 and record.hub_loan_id:
                record.with_context(hub_guard=OPEN).hub_loan_id = False
