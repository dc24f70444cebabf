from odoo import models
from odoo.tools import SQL

# What an entry that settles an instalment makes of it, the strongest first: a part
# that was lost is not paid, whatever money came besides.
SETTLED_BY = (
    ("write_off", "written_off"),
    ("guarantee", "guaranteed"),
    ("waiver", "waived"),
    ("reschedule", "rescheduled"),
)



class HubLoanInstalment(models.Model):
    """What settled an instalment: money, or an entry that says something else."""

    _inherit = "hub.loan.instalment"

    def _never_due_sql(self, alias):
        """Principal that left the loan before it was due, by a deed that says so."""
        kinds = SQL(" ").join(
            SQL("WHEN %s THEN %s", kind, state) for kind, state in SETTLED_BY
        )
        return SQL(
            """COALESCE((
            SELECT CASE entry.hub_kind %(kinds)s END FROM account_move entry
            WHERE entry.id = %(line)s.due_move_id AND entry.state = 'posted'
            ), 'planned')""",
            kinds=kinds,
            line=SQL.identifier(alias),
        )

    def _settled_sql(self, alias):
        """What settled a line that is no longer owed: money, or something else.

        A doubtful loan owes on another line than at first: both are looked at.
        """
        kinds = SQL(" ").join(
            SQL("WHEN bool_or(entry.hub_kind = %s) THEN %s", kind, state)
            for kind, state in SETTLED_BY
        )
        return SQL(
            """(
            SELECT CASE
                %(kinds)s
                WHEN bool_or(%(lost)s) THEN 'written_off'
                WHEN bool_or(%(forgone)s) THEN 'waived'
                WHEN bool_or(%(waiting)s) THEN 'due'
                ELSE 'paid'
            END
            FROM account_partial_reconcile part
            JOIN account_move_line credit ON credit.id = part.credit_move_id
            JOIN account_move entry ON entry.id = credit.move_id
            WHERE entry.state = 'posted' AND (
                part.debit_move_id = owed.id OR part.debit_move_id IN (
                    SELECT first.id FROM account_move_line first
                    WHERE first.move_id = %(line)s.due_move_id
                )
            ))""",
            kinds=kinds,
            line=SQL.identifier(alias),
            lost=self._by_hand_sql("expense", "balance > 0"),
            forgone=self._by_hand_sql("income", "balance > 0"),
            waiting=self._waiting_sql(),
        )

    def _by_hand_sql(self, group, sign):
        """An entry made by hand that took the amount as a charge, or out of income."""
        return SQL(
            """(entry.hub_kind IS NULL AND entry.origin_payment_id IS NULL
                AND entry.statement_line_id IS NULL AND EXISTS (
                    SELECT FROM account_move_line other
                    JOIN account_account account ON account.id = other.account_id
                    WHERE other.move_id = entry.id AND %s
                      AND account.account_type LIKE %s
                ))""",
            SQL(f"other.{sign}"),
            f"{group}%",
        )

    def _waiting_sql(self):
        """Money that was registered and has not shown at the bank, where a module
        matches payments with the bank and so tells the two apart."""
        if self.env["account.move"]._get_invoice_in_payment_state() != "in_payment":
            return SQL("FALSE")
        return SQL(
            """EXISTS (
                SELECT FROM account_payment payment
                WHERE payment.move_id = entry.id AND NOT payment.is_matched
            )"""
        )
