from odoo import models
from odoo.exceptions import UserError
from odoo.tools import SQL, format_date

# What says of all that is owed what becomes of it: it must be in the accounts.
OF_ALL = ("guarantee", "waiver", "doubtful", "sound", "write_off")


class HubLoan(models.Model):
    """What happens to a loan taken over begins in the middle of its life."""

    _inherit = "hub.loan"

    def _interest_begin(self):
        return self.takeover_begin or super()._interest_begin()

    def _plan_lines(self):
        """What was unpaid then is no line of the plan: it bears no interest."""
        opening = self.sudo().instalment_ids.filtered("is_opening")
        numbers = set(opening.mapped("sequence"))
        return [line for line in super()._plan_lines() if line.sequence not in numbers]

    def _check_nothing_later(self, day):
        result = super()._check_nothing_later(day)
        if self.takeover_date and day < self.takeover_date:
            raise UserError(
                self.env._(
                    "%(loan)s was taken over on %(date)s: choose that day or a later"
                    " one.",
                    loan=self.display_name,
                    date=format_date(self.env, self.takeover_date),
                )
            )
        return result


class HubLoanInstalment(models.Model):
    _inherit = "hub.loan.instalment"

    def _lock_to_enter(self):
        """What was unpaid at the take-over is owed by the opening entry."""
        return super()._lock_to_enter().filtered(lambda line: not line.is_opening)

    def _as_dict(self):
        kept = super()._as_dict()
        return {**kept, "kind": "opening"} if self.is_opening else kept


class HubLoanChange(models.Model):
    _inherit = "hub.loan.change"

    def _check_loan_open(self):
        result = super()._check_loan_open()
        if self.loan_id.takeover_date:
            self._check_takeover()
        return result

    def _check_takeover(self):
        loan = self.loan_id
        if self.kind == "cancel":
            raise UserError(
                self.env._(
                    "%(loan)s was paid out elsewhere: undo its take-over instead.",
                    loan=loan.display_name,
                )
            )
        waiting = loan.sudo().instalment_ids.filtered_domain(
            self.env["hub.loan.instalment"]._domain_opening()
        )
        if waiting and self.kind in OF_ALL:
            raise UserError(
                self.env._(
                    "%(change)s: what was unpaid when the loan was taken over is not in"
                    " the accounts yet. Post the opening entry first, with a line of"
                    " %(amount)s for %(name)s on %(account)s.",
                    change=self.display_name,
                    amount=self.currency_id.format(sum(waiting.mapped("amount"))),
                    name=loan.partner_id.display_name,
                    account=loan.due_account_id.display_name,
                )
            )


class HubLoanGuarantee(models.Model):
    _inherit = "hub.loan.guarantee"

    def _received_since(self):
        """Also money for what was unpaid when the loan was taken over: its entry
        names no loan."""
        found = super()._received_since()
        rows = self.env.execute_query(
            SQL(
                """
                SELECT guarantee.id, SUM(part.amount)
                FROM hub_loan_guarantee guarantee
                JOIN hub_loan_claim called
                     ON called.guarantee_id = guarantee.id AND called.kind = 'guarantee'
                JOIN account_move_line item ON item.id = called.line_id
                JOIN account_move demand ON demand.id = item.move_id
                JOIN hub_loan_instalment opening
                     ON opening.loan_id = guarantee.loan_id AND opening.is_opening
                JOIN account_partial_reconcile part
                     ON part.debit_move_id = opening.opening_line_id
                JOIN account_move_line credit ON credit.id = part.credit_move_id
                JOIN account_move money ON money.id = credit.move_id
                WHERE guarantee.id IN %s
                  AND money.hub_kind IS NULL AND money.state = 'posted'
                  AND (money.date, money.id) > (demand.date, demand.id)
                GROUP BY guarantee.id
                """,
                tuple(self.ids or [0]),
            )
        )
        for guarantee_id, amount in rows:
            found[guarantee_id] = found.get(guarantee_id, 0) + float(amount)
        return found


class HubLoanClosing(models.Model):
    """The year in which loans were taken over was begun elsewhere: what is earned or
    set aside until then stands in the opening balances."""

    _inherit = "hub.loan.closing"

    def _loans(self):
        return (
            super()
            ._loans()
            .filtered(
                lambda loan: not loan.takeover_date or loan.takeover_date < self.date
            )
        )

    def _principal_on(self, loans):
        found = super()._principal_on(loans)
        for loan in loans.filtered("takeover_balance"):
            found[loan.id] = found.get(loan.id, 0) + loan.takeover_balance
        return found

    def _owed_sql(self, loans):
        return SQL(
            """
            %(entered)s UNION ALL
            SELECT opening.loan_id, line.id, line.date_maturity, %(open)s
            FROM hub_loan_instalment opening
            JOIN account_move_line line ON line.id = opening.opening_line_id
            WHERE opening.loan_id IN %(loans)s AND opening.is_opening
              AND line.parent_state = 'posted' AND line.date <= %(day)s
            """,
            entered=super()._owed_sql(loans),
            open=self._open_on_day_sql(),
            loans=tuple(loans.ids),
            day=self.date,
        )
