from odoo import models
from odoo.tools import SQL

from .hub_loan_control import ACCOUNT_ROW


class HubLoan(models.Model):
    _inherit = "hub.loan"

    def _outstanding_sql(self, alias):
        """Principal of a loan taken over stands in the opening balance, as long as
        the loan is not kept on another account."""
        self.env["hub.loan"].flush_model(["takeover_account_id", "takeover_balance"])
        self.env["hub.loan.instalment"].flush_model(["is_opening"])
        return SQL(
            """(
            %(entered)s + CASE
                WHEN %(loan)s.takeover_account_id = %(loan)s.loan_account_id
                THEN %(loan)s.takeover_balance ELSE 0 END + COALESCE((
                SELECT SUM(part.principal) FROM hub_loan_instalment part
                WHERE part.loan_id = %(loan)s.id AND part.is_opening
                  AND part.due_line_id IS NULL
            ), 0)
            )""",
            entered=super()._outstanding_sql(alias),
            loan=SQL.identifier(alias),
        )


class HubLoanControl(models.Model):
    """Loans taken over claim their part of the opening balances.

    What they claim counts as theirs and no longer as entries without a loan: where the
    opening balance of an account is what its loans say, nothing is left over.
    """

    _inherit = "hub.loan.control"

    def _ledger_sql(self):
        return SQL(
            """
            SELECT entered.principal + COALESCE(loan.takeover_balance, 0) AS principal,
                   entered.due + COALESCE((
                       SELECT SUM(%(open)s) FROM hub_loan_instalment opening
                       JOIN account_move_line line ON line.id = opening.opening_line_id
                       WHERE opening.loan_id = loan.id AND opening.is_opening
                         AND line.parent_state = 'posted'
                   ), 0) AS due,
                   entered.advance
            FROM (%(entered)s) entered
            """,
            open=self.env["account.move.line"]._hub_open_sql("line"),
            entered=super()._ledger_sql(),
        )

    def _accounts_sql(self):
        return SQL(
            """
            SELECT left_over.id, NULL::integer AS loan_id, left_over.account_id,
                   left_over.company_id, left_over.currency_id,
                   NULL::integer AS partner_id, 0 AS schedule_principal,
                   SUM(left_over.ledger_principal) AS ledger_principal,
                   0 AS schedule_due, SUM(left_over.ledger_due) AS ledger_due,
                   0 AS advance
            FROM (
                SELECT id, account_id, company_id, currency_id, ledger_principal,
                       ledger_due
                FROM (%(unnamed)s) unnamed
                UNION ALL %(principal)s UNION ALL %(due)s
            ) left_over
            GROUP BY left_over.id, left_over.account_id, left_over.company_id,
                     left_over.currency_id
            HAVING SUM(left_over.ledger_principal) != 0
                OR SUM(left_over.ledger_due) != 0
            """,
            unnamed=super()._accounts_sql(),
            principal=self._claimed_principal_sql(),
            due=self._claimed_due_sql(),
        )

    def _claimed_principal_sql(self):
        return SQL(
            """
            SELECT (loan.takeover_account_id::bigint * 100000 + loan.company_id) * 2
                       + %(kind)s,
                   loan.takeover_account_id, loan.company_id, loan.currency_id,
                   -loan.takeover_balance, 0
            FROM hub_loan loan
            WHERE loan.takeover_balance != 0 AND loan.takeover_account_id IS NOT NULL
            """,
            kind=ACCOUNT_ROW,
        )

    def _claimed_due_sql(self):
        return SQL(
            """
            SELECT (line.account_id::bigint * 100000 + loan.company_id) * 2 + %(kind)s,
                   line.account_id, loan.company_id, loan.currency_id, 0, -(%(open)s)
            FROM hub_loan_instalment opening
            JOIN hub_loan loan ON loan.id = opening.loan_id
            JOIN account_move_line line ON line.id = opening.opening_line_id
            WHERE opening.is_opening AND line.parent_state = 'posted'
            """,
            kind=ACCOUNT_ROW,
            open=self.env["account.move.line"]._hub_open_sql("line"),
        )

    # ------------------------------------------------------------
    # In words
    # ------------------------------------------------------------

    def _claims(self):
        """``principal, due`` that loans taken over claim of the account of this row."""
        loans = self.env["hub.loan"].sudo()
        loans = loans.with_context(active_test=False).search(
            [
                ("takeover_date", "!=", False),
                ("company_id", "=", self.company_id.id),
            ]
        )
        principal = loans.filtered(lambda x: x.takeover_account_id == self.account_id)
        items = loans.instalment_ids.opening_line_id
        due = items.filtered(lambda line: line.account_id == self.account_id)
        return (
            sum(principal.mapped("takeover_balance")),
            sum(line._hub_open_amount() for line in due),
        )

    def _account_in_words(self):
        claimed = sum(self._claims())
        if not claimed:
            return super()._account_in_words()
        money = self.currency_id.format
        gap = self.ledger_principal + self.ledger_due
        return self.env._(
            "%(account)s: entries that name no loan make %(entries)s, the loans taken"
            " over say %(claimed)s; difference %(gap)s. Correct the opening balance, or"
            " undo the take-over of the loan that is wrong and import it again.",
            account=self.account_id.with_company(self.company_id).display_name,
            entries=money(gap + claimed),
            claimed=money(claimed),
            gap=money(gap),
        )

    def _loan_in_words(self):
        missing = self.loan_id.instalment_ids.filtered(
            lambda line: line.is_opening and not line.opening_line_id
        )
        parts = [super()._loan_in_words(), *missing.mapped("explanation")]
        return " ".join(filter(None, parts))
