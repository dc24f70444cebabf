from odoo import models
from odoo.exceptions import UserError

from ...tools.amortization import principal_within, repay_early


class HubLoan(models.Model):
    """Principal that the borrower repays before it is due."""

    _inherit = "hub.loan"

    def _early_repayment(self, day, principal, keep, until):
        """What would be paid on a day, and the lines after it.

        :param keep: ``term``: lower instalments; ``instalment``: fewer of them
        :param until: interest to the ``day``, or to the end of the ``period``
        """
        self.ensure_one()
        try:
            return repay_early(
                self._plan_lines(),
                day,
                self._exact(principal),
                keep=keep,
                interest_until=until,
                **self._early_terms(),
            )
        except ValueError as error:
            self._raise_early(error)

    def _early_principal(self, day, paid, until):
        """The principal that an amount repays, its interest paid with it."""
        self.ensure_one()
        try:
            found = principal_within(
                self._plan_lines(),
                day,
                self._exact(paid),
                interest_until=until,
                **self._early_terms(),
            )
        except ValueError as error:
            self._raise_early(error)
        return float(found)

    def _early_terms(self):
        return {
            **self._terms_now(),
            "disbursed": self._interest_begin(),
            "rounding": self._rounding(),
        }

    def _raise_early(self, error):
        raise UserError(
            self.env._(
                "%(loan)s: on this day no such early repayment is possible; %(rest)s"
                " are not due yet. (%(error)s)",
                loan=self.display_name,
                rest=self.currency_id.format(float(self._not_due())),
                error=error,
            )
        ) from error


class HubLoanChange(models.Model):
    """The borrower repays early: it is due on that day, like any instalment."""

    _inherit = "hub.loan.change"

    def _words_early(self):
        amount = self.currency_id.format
        asked = self.terms
        kept = (
            self.env._("the instalments stay, there are fewer of them")
            if asked["keep"] == "instalment"
            else self.env._("the dates stay, the instalments are lower")
        )
        return self.env._(
            "%(principal)s repaid early; %(kept)s.",
            principal=amount(asked["principal"]),
            kept=kept,
        )

    def _apply_early(self):
        loan, asked = self.loan_id, self.terms
        found = loan._early_repayment(
            self.date, asked["principal"], asked["keep"], asked["until"]
        )
        line = loan._rework(self, found.rest, gone=(found.principal, found.interest))
        self.write({"principal": line.principal, "interest": line.interest})
        line._enter()
