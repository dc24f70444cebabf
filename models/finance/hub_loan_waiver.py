from odoo import models
from odoo.exceptions import UserError


class HubLoanChange(models.Model):
    """The hub gives up a part of what it is owed.

    Interest is taken out of income, principal is a loss. Of what is due, interest goes
    first, the oldest instalment first, as with a payment.
    """

    _inherit = "hub.loan.change"

    def _words_waiver(self):
        amount = self.currency_id.format(self.terms["amount"])
        if self.terms["scope"] == "interest":
            return self.env._("Interest that was due: %(amount)s.", amount=amount)
        if self.terms["scope"] == "due":
            return self.env._("Of what was due: %(amount)s.", amount=amount)
        return self.env._("Principal not due yet: %(amount)s.", amount=amount)

    def _apply_waiver(self):
        loan, scope, amount = self.loan_id, self.terms["scope"], self.terms["amount"]
        currency = loan.currency_id
        if currency.compare_amounts(amount, 0) <= 0:
            raise UserError(
                self.env._("%(change)s: say how much.", change=self.display_name)
            )
        settled, gone = [], loan.instalment_ids.browse()
        if scope == "coming":
            gone = self._gone(amount)
        else:
            settled, left = loan._settle_waived(amount, scope)
            self._check_all_waived(amount, left)
        self._post_gone(
            "waiver",
            self._borne(
                sum(part for _line, part, _principal in settled),
                sum(part for _line, _interest, part in settled) + gone.principal,
            ),
            settled,
            gone,
        )

    def _check_all_waived(self, amount, left):
        if left > 0:
            currency = self.currency_id
            raise UserError(
                self.env._(
                    "%(change)s: only %(open)s are due and open. Lower the amount.",
                    change=self.display_name,
                    open=currency.format(amount - left),
                )
            )

    def _borne(self, interest, principal):
        """Lines of an entry by which the hub bears so much."""
        loan = self.loan_id
        lines = []
        if interest:
            lines.append((loan._account_for("interest_loss"), interest, {}))
        if principal:
            lines.append((loan._account_for("loss"), principal, {}))
        return lines


class HubLoan(models.Model):
    _inherit = "hub.loan"

    def _settle_waived(self, amount, scope):
        """As ``_settle_open``; interest alone where nothing else is given up."""
        if scope != "interest":
            return self._settle_open(amount)
        found, left = [], amount
        lines = self.sudo().instalment_ids.filtered("residual_amount")
        for line in lines.sorted("sequence"):
            interest = min(left, line._open_interest())
            left = self.currency_id.round(left - interest)
            if interest:
                found.append((line, interest, 0))
        return found, left

    def _waivable(self, scope):
        """The most that can be given up."""
        if scope == "coming":
            return float(self._not_due())
        lines = self.sudo().instalment_ids.filtered("residual_amount")
        if scope == "interest":
            return self.currency_id.round(sum(line._open_interest() for line in lines))
        return self.currency_id.round(sum(lines.mapped("residual_amount")))
