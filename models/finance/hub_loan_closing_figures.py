from odoo import models
from odoo.fields import Domain
from odoo.tools import SQL

FIGURES = (
    "accrued",
    "accrued_booked",
    "not_due",
    "due",
    "booked_not_due",
    "booked_due",
)


class HubLoanClosing(models.Model):
    """What the accounts say of each loan at the end of a day, whatever came later."""

    _inherit = "hub.loan.closing"

    def _figures(self):
        """``{loan: values of its line}`` where there is something to say."""
        self.ensure_one()
        loans = self._loans()
        principal, items = self._principal_on(loans), self._items_on(loans)
        accrued = {loan: loan._accrued_on(self.date) for loan in loans}
        accrued_booked = loans._accrual_booked(self.date)
        booked = loans._impairment_booked(self.date)
        scale = self.env["hub.loan.impairment.rule"]._scale(self.company_id, self.date)
        found = {}
        for loan in loans:
            values = {
                "accrued": accrued[loan],
                "accrued_booked": accrued_booked.get(loan, 0),
                "not_due": principal.get(loan.id, 0),
                "booked_not_due": booked.get(loan, {}).get("impairment", 0),
                "booked_due": booked.get(loan, {}).get("due_impairment", 0),
                **self._open_values(loan, items.get(loan.id, [])),
            }
            values["guaranteed"] = self._guaranteed(
                loan, values["not_due"], values.pop("due_principal"), values["due"]
            )
            days = values["days_overdue"]
            values["scale_rate"] = next(
                (rate for least, rate in scale if days >= least), 0
            )
            if any(values[name] for name in FIGURES):
                found[loan] = values
        return found

    def _loans(self):
        """Loans that were running on the day, or are of the accounts since."""
        return (
            self.env["hub.loan"]
            .with_context(active_test=False)
            .search(
                Domain("company_id", "=", self.company_id.id)
                & Domain("state", "in", ("disbursed", "repaid", "written_off"))
                & Domain("disbursement_date", "<=", self.date),
                order="id",
            )
        )

    def _open_values(self, loan, items):
        """What was due and open, its principal, and for how long."""
        late = [item[2] for item in items if item[2] and item[2] < self.date]
        return {
            "due": loan.currency_id.round(sum(item[0] for item in items)),
            "due_principal": loan.currency_id.round(sum(item[1] for item in items)),
            "days_overdue": (self.date - min(late)).days if late else 0,
        }

    def _guaranteed(self, loan, not_due, due_principal, due):
        """What guarantors would pay who were not called by then."""
        total = 0
        for guarantee in loan.guarantee_ids:
            exposure = not_due + (due if guarantee.covers_interest else due_principal)
            total += guarantee._cover(exposure, self.date)
        return min(loan.currency_id.round(total), not_due + due)

    def _flush_read(self):
        self.env["hub.loan.instalment"]._flush_ledger()
        self.env["hub.loan.claim"].flush_model()
        self.env["hub.loan"].flush_model()
        self.env["account.move"].flush_model()
        self.env["account.move.line"].flush_model()

    def _principal_on(self, loans):
        """``{id: principal}`` that was not due."""
        if not loans:
            return {}
        self._flush_read()
        rows = self.env.execute_query(
            SQL(
                """
                WITH account_of_loans (id, company_id, is_due) AS MATERIALIZED (%s)
                SELECT entry.hub_loan_id, SUM(line.balance)
                FROM account_move entry
                JOIN account_move_line line ON line.move_id = entry.id
                JOIN account_of_loans account ON account.id = line.account_id
                     AND account.company_id = entry.company_id AND NOT account.is_due
                WHERE entry.hub_loan_id IN %s AND entry.state = 'posted'
                  AND entry.date <= %s
                GROUP BY entry.hub_loan_id
                """,
                self.env["hub.loan.control"]._accounts_of_loans_sql(),
                tuple(loans.ids),
                self.date,
            )
        )
        return {row[0]: float(row[1]) for row in rows}

    def _items_on(self, loans):
        """``{id: [(open, of which principal, to be paid by)]}`` of what borrowers
        owed."""
        if not loans:
            return {}
        rows = self.env.execute_query(
            SQL(
                """
                WITH account_of_loans (id, company_id, is_due) AS MATERIALIZED (%s)
                SELECT owed.loan_id, owed.amount,
                       LEAST(owed.amount, COALESCE(
                           part.principal - part.put_back, owed.amount)),
                       owed.date_maturity
                FROM (%s) owed
                LEFT JOIN hub_loan_instalment part ON part.due_line_id = owed.id
                WHERE owed.amount > 0
                """,
                self.env["hub.loan.control"]._accounts_of_loans_sql(),
                self._owed_sql(loans),
            )
        )
        found = {}
        for loan_id, amount, principal, maturity in rows:
            row = (float(amount), float(principal), maturity)
            found.setdefault(loan_id, []).append(row)
        return found

    def _owed_sql(self, loans):
        """Lines by which borrowers owed something, and what of it was open."""
        return SQL(
            """
            SELECT entry.hub_loan_id AS loan_id, line.id, line.date_maturity,
                   %(open)s AS amount
            FROM account_move entry
            JOIN account_move_line line ON line.move_id = entry.id
            JOIN account_of_loans account ON account.id = line.account_id
                 AND account.company_id = entry.company_id AND account.is_due
            LEFT JOIN hub_loan_claim claim ON claim.line_id = line.id
            WHERE entry.hub_loan_id IN %(loans)s AND entry.state = 'posted'
              AND entry.date <= %(day)s AND line.balance > 0
              AND COALESCE(claim.kind, '') != 'guarantee'
            """,
            open=self._open_on_day_sql(),
            loans=tuple(loans.ids),
            day=self.date,
        )

    def _open_on_day_sql(self):
        """What of a line was open that day: money that came later had not come."""
        return SQL(
            """line.balance - COALESCE((
                SELECT SUM(match.amount) FROM account_partial_reconcile match
                JOIN account_move_line other ON other.id = match.credit_move_id
                WHERE match.debit_move_id = line.id
                  AND other.parent_state = 'posted' AND other.date <= %s
            ), 0)""",
            self.date,
        )
