from odoo import models
from odoo.fields import Domain

NOT_DUE = "impairment"
DUE = "due_impairment"


class HubLoan(models.Model):
    """What is set aside for a loan that may not be paid back."""

    _inherit = "hub.loan"

    def _impairment_booked(self, day=None):
        """``{loan: {role: amount}}`` of what is set aside, at the end of a day."""
        booked = {}
        for role in (NOT_DUE, DUE):
            accounts = [
                account.id
                for company in self.company_id
                if (account := company._hub_account(role))
            ]
            domain = (
                Domain("move_id.hub_loan_id", "in", self.ids)
                & Domain("move_id.hub_kind", "=", "impairment")
                & Domain("account_id", "in", accounts)
                & Domain("parent_state", "=", "posted")
            )
            if day:
                domain &= Domain("date", "<=", day)
            rows = (
                self.env["account.move.line"]
                .sudo()
                ._read_group(domain, ["move_id.hub_loan_id"], ["balance:sum"])
            )
            for loan, balance in rows:
                booked.setdefault(loan, {})[role] = loan.currency_id.round(-balance)
        return booked

    def _impairment_entry(self, day, not_due, due, booked=None, **links):
        """The entry that brings what is set aside to these amounts, if one is needed.

        :param booked: what is set aside already, ``{role: amount}``
        :return: a list with the values of the entry, or without any
        """
        self.ensure_one()
        if booked is None:
            booked = self._impairment_booked().get(self, {})
        lines = []
        for role, wanted in ((NOT_DUE, not_due), (DUE, due)):
            change = self.currency_id.round(wanted - booked.get(role, 0))
            if not change:
                continue
            side = "charge" if change > 0 else "reversal"
            result = (self._account_for(f"{role}_{side}"), change, {})
            set_aside = (self._account_for(role), -change, {})
            lines += [result, set_aside] if change > 0 else [set_aside, result]
        if not lines:
            return []
        words = self.env._("Impairment")
        return [self._entry("impairment", day, lines, words, **links)]
