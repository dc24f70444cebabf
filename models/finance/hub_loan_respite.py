from odoo import fields, models
from odoo.exceptions import UserError

from ...tools.amortization import grant_respite
from ...tools.months import is_month_end, months_later


class HubLoan(models.Model):
    """Time given to a borrower who cannot pay for a while."""

    _inherit = "hub.loan"

    def _late_lines(self):
        """What is due and open: with a respite it is to be paid later."""
        return self.sudo().instalment_ids.filtered("residual_amount")

    def _respite_lines(self, months, interest):
        """The coming lines, so many months later.

        :param interest: of the time gained: ``waived``, ``paid`` or ``deferred``
        """
        lines, terms = self._coming_lines(), self._terms_now()
        if not lines:
            return []
        length = terms["period_months"]
        if interest == "waived":
            length = 1
        elif months % length:
            raise UserError(
                self.env._(
                    "%(loan)s is due every %(length)s months: a respite with interest"
                    " is a multiple of that, not %(months)s months.",
                    loan=self.display_name,
                    length=length,
                    months=months,
                )
            )
        try:
            return grant_respite(
                lines,
                months // length,
                period_months=length,
                interest=interest,
                annual_rate=terms["annual_rate"],
                due_day=self.first_due_date.day,
                rounding=self._rounding(),
            )
        except ValueError as error:
            raise UserError(
                self.env._(
                    "%(loan)s: no such respite is possible. Let the interest of the"
                    " time gained be paid later, or waive it. (%(error)s)",
                    loan=self.display_name,
                    error=error,
                )
            ) from error

    def _later(self, day, months):
        """Months later; a day that a short month cut off comes back."""
        due_day = self.first_due_date.day
        cut = is_month_end(day) and due_day > day.day
        return months_later(day, months, due_day if cut else None)


class HubLoanChange(models.Model):
    """Respite: what is due is to be paid later, what is to come is due later."""

    _inherit = "hub.loan.change"

    def _words_respite(self):
        count = self.terms["months"]
        if self.terms["scope"] == "late":
            return self.env._("%(count)s months more for what is due.", count=count)
        if self.terms["scope"] == "coming":
            return self.env._("%(count)s months more for what is to come.", count=count)
        return self.env._(
            "%(count)s months more for what is due and what is to come.", count=count
        )

    def _apply_respite(self):
        loan, asked = self.loan_id, self.terms
        months, scope = asked["months"], asked["scope"]
        if months < 1:
            raise UserError(
                self.env._(
                    "%(loan)s: a respite is one month at least.", loan=loan.display_name
                )
            )
        late = loan._late_lines() if scope != "coming" else loan.instalment_ids.browse()
        coming = loan._respite_lines(months, asked["interest"]) if scope != "late" else []
        if not (late or coming):
            raise UserError(
                self.env._(
                    "%(loan)s: nothing is left to be put off.", loan=loan.display_name
                )
            )
        self._put_off(late.due_line_id, months)
        if coming:
            loan._rework(self, coming)
        if asked.get("pause_to"):
            loan._pause(self.date, fields.Date.to_date(asked["pause_to"]), self.reason)

    def _put_off(self, items, months):
        """Another date to be paid by; the entries stay as they are."""
        before = {item.id: fields.Date.to_string(item.date_maturity) for item in items}
        for item in items:
            item.date_maturity = self.loan_id._later(item.date_maturity, months)
        self.terms = {**self.terms, "maturities": before}

    def _revert_respite(self):
        items = self.env["account.move.line"]
        for item, day in self.terms["maturities"].items():
            items.browse(int(item)).exists().date_maturity = day
        if self.terms.get("pause_to"):
            self.loan_id._pause(False, False, False)
