from odoo import fields, models
from odoo.exceptions import UserError
from odoo.tools import format_date

from ...tools.amortization import reschedule


class HubLoan(models.Model):
    """Other terms for what is still to be paid back."""

    _inherit = "hub.loan"

    def _rescheduled_lines(self, asked):
        """New lines for all that is not due, and for what is put back.

        :param asked: ``periods``, ``first_due_date``, ``annual_rate``, ``method``,
            ``grace_periods``, ``grace_type``, ``put_back`` (ids of instalments)
        """
        self.ensure_one()
        back = self._lines_put_back(asked)
        balance = self._not_due() + sum(
            self._exact(line._open_principal()) for line in back
        )
        try:
            return reschedule(
                balance,
                asked["annual_rate"],
                asked["periods"],
                method=asked["method"],
                period_months=self.period_months,
                grace_periods=asked["grace_periods"],
                grace_type=asked["grace_type"],
                first_due_date=fields.Date.to_date(asked["first_due_date"]),
                carried_interest=self._deferred_interest(),
                rounding=self._rounding(),
            )
        except ValueError as error:
            raise UserError(
                self.env._(
                    "%(loan)s: no schedule fits these terms; %(balance)s are to be"
                    " paid back. (%(error)s)",
                    loan=self.display_name,
                    balance=self.currency_id.format(float(balance)),
                    error=error,
                )
            ) from error

    def _lines_put_back(self, asked):
        """Instalments of this loan that are due and open, of those asked."""
        lines = self.sudo().instalment_ids.browse(asked.get("put_back") or [])
        return lines.exists().filtered(
            lambda line: line.loan_id == self and line._open_principal() > 0
        )


class HubLoanChange(models.Model):
    """Rescheduling: a new version for what is to come; what is due may go back into
    the loan. Interest that is due stays owed and bears none itself: it is to be paid
    with the first new instalment."""

    _inherit = "hub.loan.change"

    def _words_reschedule(self):
        asked = self.terms
        return self.env._(
            "%(count)s instalments from %(date)s on, at %(rate)s %%.",
            count=asked["periods"],
            date=format_date(self.env, asked["first_due_date"]),
            rate=f"{asked['annual_rate']:g}",
        )

    def _apply_reschedule(self):
        loan, asked = self.loan_id, self.terms
        self._check_first_due_date()
        carried = loan._deferred_interest()
        lines, back = loan._rescheduled_lines(asked), loan._lines_put_back(asked)
        back_of = [(line, 0, line._open_principal()) for line in back]
        for line, _interest, principal in back_of:
            line.put_back += principal
        terms = {"annual_rate": asked["annual_rate"], "method": asked["method"]}
        if carried:
            terms |= {"carried": str(carried), "begin": self._begin_of_version()}
        loan._rework(self, lines, **terms)
        if carried:
            self._note_first_line()
        if back_of:
            self._post_put_back(back_of)

    def _check_first_due_date(self):
        first = fields.Date.to_date(self.terms["first_due_date"])
        if first <= self.date:
            raise UserError(
                self.env._(
                    "%(change)s: the first new instalment is due after that day, not on"
                    " %(first)s.",
                    change=self.display_name,
                    first=format_date(self.env, first),
                )
            )

    def _begin_of_version(self):
        passed = self.loan_id._fixed_lines().mapped("due_date")
        begin = self.loan_id._interest_begin()
        return fields.Date.to_string(max([begin, *passed]))

    def _note_first_line(self):
        terms = self.schedule_id.terms
        self.schedule_id.terms = {**terms, "first": terms["from"]}

    def _post_put_back(self, back_of):
        """Principal that was due is part of the loan again."""
        loan = self.loan_id
        total = sum(principal for _line, _interest, principal in back_of)
        debit = (loan.loan_account_id, total, {})
        self._post_gone("reschedule", [debit], back_of, loan.instalment_ids.browse())
        items = [line.due_line_id for line, _x, _y in back_of]
        open_items = (
            self.env["account.move.line"].union(*items).filtered("amount_residual")
        )
        first = fields.Date.to_date(self.terms["first_due_date"])
        self.terms = {
            **self.terms,
            "maturities": {
                item.id: fields.Date.to_string(item.date_maturity)
                for item in open_items
            },
            "amounts": {line.id: principal for line, _x, principal in back_of},
        }
        open_items.date_maturity = first

    def _revert_reschedule(self):
        items = self.env["account.move.line"]
        for item, day in (self.terms.get("maturities") or {}).items():
            items.browse(int(item)).exists().date_maturity = day
        for line, amount in (self.terms.get("amounts") or {}).items():
            line = self.env["hub.loan.instalment"].browse(int(line)).exists()
            line.put_back = line.currency_id.round(line.put_back - amount)
