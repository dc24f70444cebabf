from odoo import api, models
from odoo.exceptions import UserError

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
        parts = self.sudo().filtered(lambda p: p.debit_move_id._hub_owed_on())
        for money in parts.credit_move_id.move_id.filtered(
            lambda m: not m.hub_kind and not m.reversed_entry_id
        ):
            loans = money.line_ids.matched_debit_ids.debit_move_id._hub_owed_on()
            record = money.origin_payment_id or money
            if len(loans) == 1 and not record.hub_loan_id:
                record.with_context(hub_guard=OPEN).hub_loan_id = loans
            elif len(loans) > 1 and record.hub_loan_id:
                record.with_context(hub_guard=OPEN).hub_loan_id = False

    def unlink(self):
        self._hub_check_not_moved()
        return super().unlink()

    def _hub_check_not_moved(self):
        """Money that paid a part of an item stays, once a doubtful loan took the rest
        of it to another account: what would be open again would stand on neither."""
        for part in self.sudo():
            owed, money = part.debit_move_id, part.credit_move_id.move_id
            if not owed.move_id.hub_kind or money.hub_kind:
                continue
            if change := owed._hub_moved_by()[:1]:
                raise UserError(
                    self.env._(
                        "%(money)s paid a part of %(owed)s before “%(change)s” moved"
                        " the rest to another account. Undo that on the loan first,"
                        " then take the money back.",
                        money=money.display_name,
                        owed=owed.move_id.display_name,
                        change=change.display_name,
                    )
                )
