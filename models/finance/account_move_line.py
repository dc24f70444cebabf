from odoo import models
from odoo.tools import SQL


class AccountMoveLine(models.Model):
    _inherit = "account.move.line"

    def _hub_owed_on(self):
        """The loans on which something is owed by these lines."""
        return self.move_id.filtered("hub_kind").hub_loan_id

    def _hub_open_amount(self):
        """What is open of a posted line, its sign aside.

        Odoo leaves a line matched with a payment that is taken back to draft: such a
        payment settles nothing here.
        """
        self.ensure_one()
        if self.parent_state != "posted":
            return 0
        drafts = sum(
            part.amount
            for part in self.matched_credit_ids
            if part.credit_move_id.parent_state != "posted"
        ) + sum(
            part.amount
            for part in self.matched_debit_ids
            if part.debit_move_id.parent_state != "posted"
        )
        return abs(self.amount_residual) + drafts

    def _hub_open_sql(self, alias):
        """The same in SQL, with the sign of the line."""
        return SQL(
            """(%(line)s.amount_residual + SIGN(%(line)s.balance) * COALESCE((
                SELECT SUM(part.amount) FROM account_partial_reconcile part
                JOIN account_move_line other ON other.id = CASE
                    WHEN part.debit_move_id = %(line)s.id THEN part.credit_move_id
                    ELSE part.debit_move_id END
                WHERE (part.debit_move_id = %(line)s.id
                       OR part.credit_move_id = %(line)s.id)
                  AND other.parent_state != 'posted'
            ), 0))""",
            line=SQL.identifier(alias),
        )
