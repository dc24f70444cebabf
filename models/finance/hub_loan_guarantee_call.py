from odoo import models
from odoo.exceptions import UserError

from ...tools.amortization import repay_early


class HubLoan(models.Model):
    """What leaves a loan without being paid by the borrower."""

    _inherit = "hub.loan"

    def _exposure(self, with_interest=False):
        """What the borrower owes: principal, and interest that is due."""
        self.ensure_one()
        open_lines = self.sudo().instalment_ids.filtered("residual_amount")
        interest = sum(line._open_interest() for line in open_lines)
        return self.currency_id.round(
            self.outstanding_amount + (interest if with_interest else 0)
        )

    def _settle_open(self, amount, with_interest=True):
        """What of an amount goes to each line that is due and open, oldest first.

        :return: ``[(instalment, interest, principal)]`` and what is left of the amount
        """
        found, left = [], amount
        lines = self.sudo().instalment_ids.filtered("residual_amount")
        for line in lines.sorted("sequence"):
            interest = min(left, line._open_interest()) if with_interest else 0
            principal = min(left - interest, line._open_principal())
            left = self.currency_id.round(left - interest - principal)
            if interest or principal:
                found.append((line, interest, principal))
        return found, left

    def _without(self, change, principal):
        """The coming lines once so much principal has left otherwise than by payment:
        the same dates, lower instalments."""
        coming, principal = self._coming_lines(), self._exact(principal)
        if principal == sum(line.principal for line in coming):
            return []
        terms = self._terms_now()
        return repay_early(
            self._plan_lines(),
            change.date,
            principal,
            disbursed=self._interest_begin(),
            rounding=self._rounding(),
            **terms,
        ).rest


class HubLoanChange(models.Model):
    """A guarantee is called, and the guarantor accepts to pay."""

    _inherit = "hub.loan.change"

    def _words_guarantee(self):
        guarantee = self.guarantee_id
        return self.env._(
            "%(guarantor)s pays %(amount)s.",
            guarantor=guarantee.partner_id.display_name,
            amount=self.currency_id.format(self.terms["amount"]),
        )

    def _apply_guarantee(self):
        """The guarantor owes what the borrower no longer does: first what is due, then
        principal that is not due yet."""
        loan, guarantee, amount = self.loan_id, self.guarantee_id, self.terms["amount"]
        guarantee._check_callable(self.date)
        guarantee._check_amount(amount)
        settled, left = loan._settle_open(amount, guarantee.covers_interest)
        gone = self._gone(left)
        move = self._post_gone(
            "guarantee",
            [
                (
                    loan.due_account_id,
                    amount,
                    {
                        "partner_id": guarantee.partner_id.id,
                        "date_maturity": self.date,
                        "no_followup": False,
                    },
                )
            ],
            settled,
            gone,
        )
        self._add_claim("guarantee", guarantee, move.line_ids.sorted("id")[0])
        self.terms = {**self.terms, "hub_part": loan._exposure()}

    # ------------------------------------------------------------
    # Shared by all that settles an instalment without money
    # ------------------------------------------------------------

    def _gone(self, principal):
        """Take principal that is not due out of the schedule; its line."""
        loan = self.loan_id
        if loan.currency_id.is_zero(principal):
            return self.env["hub.loan.instalment"]
        not_due = loan._not_due()
        if loan._exact(principal) > not_due:
            raise UserError(
                self.env._(
                    "%(change)s: %(amount)s are not due yet, that is less than"
                    " %(asked)s. Lower the amount.",
                    change=self.display_name,
                    amount=loan.currency_id.format(float(not_due)),
                    asked=loan.currency_id.format(principal),
                )
            )
        exact = loan._exact(principal)
        return loan._rework(self, loan._without(self, principal), gone=(exact, 0))

    def _post_gone(self, kind, debits, settled, gone):
        """One entry: who bears it, against what was due and what was not due yet.

        :param debits: lines of the entry that say who bears it
        :param settled: ``[(instalment, interest, principal)]`` of what is due
        :param gone: the line of principal that was not due, if any
        """
        lines, amounts = self._credits_of(settled, gone)
        one = gone or (settled[0][0] if len(settled) == 1 else gone)
        move = self._post_change(kind, [*debits, *lines], hub_instalment_id=one.id)
        if gone:
            self.loan_id._set_gone(gone, move)
        entered = move.line_ids.sorted("id")[len(move.line_ids) - len(lines) :]
        self.env["account.move.line"]._reconcile_plan(
            [
                line.due_line_id + credit
                for line, credit in zip(amounts, entered, strict=False)
            ]
        )
        self.write(
            {
                "principal": sum(part for _x, _y, part in settled) + gone.principal,
                "interest": sum(part for _x, part, _y in settled),
            }
        )
        return move

    def _credits_of(self, settled, gone):
        """What the borrower no longer owes: a line for each instalment that was due,
        then one for what was not; and those instalments."""
        loan = self.loan_id
        amounts = {
            line: loan.currency_id.round(interest + principal)
            for line, interest, principal in settled
        }
        lines = [(loan.due_account_id, -amount, {}) for amount in amounts.values()]
        if gone:
            lines.append((loan.loan_account_id, -gone.principal, {}))
        return lines, amounts

    def _post_change(self, kind, lines, **links):
        """Post the entry of this change, under its own name."""
        labels = dict(self._fields["kind"]._description_selection(self.env))
        return self.loan_id._post_entries(
            self.loan_id._entry(
                kind,
                self.date,
                lines,
                labels[self.kind],
                hub_change_id=self.id,
                **links,
            )
        )

    def _add_claim(self, kind, guarantee, line, partner=None):
        """Note what somebody owes, or is owed, by a line of an entry."""
        return self.env["hub.loan.claim"].create(
            {
                "loan_id": self.loan_id.id,
                "change_id": self.id,
                "guarantee_id": guarantee.id,
                "kind": kind,
                "partner_id": (partner or guarantee.partner_id).id,
                "date": self.date,
                "amount": abs(line.balance),
                "line_id": line.id,
            }
        )


class HubLoanGuarantee(models.Model):
    _inherit = "hub.loan.guarantee"

    def _callable_amount(self):
        """What the guarantor owes by his contract if he is called now.

        Of several guarantors each pays his part of what was owed before the first of
        them paid.
        """
        self.ensure_one()
        loan = self.loan_id
        others = sum((loan.guarantee_ids - self).mapped("called_amount"))
        owed = loan._exposure(self.covers_interest)
        amount = self.currency_id.round((owed + others) * self.percent / 100)
        amount = min(amount, self.ceiling) if self.ceiling else amount
        return min(amount, owed)

    def _check_amount(self, amount):
        most = self._callable_amount()
        currency = self.currency_id
        if (
            currency.compare_amounts(amount, 0)
            > 0
            >= currency.compare_amounts(amount, most)
        ):
            return
        raise UserError(
            self.env._(
                "%(guarantee)s: by the contract the guarantor pays at most %(most)s;"
                " %(amount)s were asked.",
                guarantee=self.display_name,
                most=currency.format(most),
                amount=currency.format(amount),
            )
        )
