from odoo import fields, models
from odoo.exceptions import UserError


class HubLoan(models.Model):
    """Loans of which nobody knows whether they will be paid back."""

    _inherit = "hub.loan"

    is_doubtful = fields.Boolean(
        string="Doubtful", readonly=True, copy=False, tracking=True
    )

    def _accounts_kept(self):
        """The accounts that the loan has had so far, to go back to them."""
        return {
            "loan_account_id": self.loan_account_id.id,
            "due_account_id": self.due_account_id.id,
        }


class HubLoanChange(models.Model):
    """A loan becomes doubtful, or sound again.

    Where the hub keeps doubtful loans apart, what is owed moves to accounts of their
    own: one line for each instalment that is open, so that it can still be paid.
    """

    _inherit = "hub.loan.change"

    def _words_doubtful(self):
        if not self.company_id.hub_doubtful_apart:
            return self.env._("The loan is doubtful.")
        return self.env._("The loan is doubtful: it moves to accounts of their own.")

    def _words_sound(self):
        return self.env._("The loan is no longer doubtful.")

    def _apply_doubtful(self):
        loan = self.loan_id
        if loan.is_doubtful:
            raise UserError(
                self.env._("%(loan)s is doubtful already.", loan=loan.display_name)
            )
        self.terms = loan._accounts_kept()
        if loan.company_id.hub_doubtful_apart:
            self._move_to(
                loan._account_for("doubtful"), loan._account_for("doubtful_due")
            )
        loan._unguarded().is_doubtful = True

    def _apply_sound(self):
        """Back to the accounts that the loan had before it was doubtful."""
        loan = self.loan_id
        former = loan._done_changes().filtered(lambda one: one.kind == "doubtful")[:1]
        if not (loan.is_doubtful and former):
            raise UserError(
                self.env._("%(loan)s is not doubtful.", loan=loan.display_name)
            )
        self.terms = loan._accounts_kept()
        accounts = self.env["account.account"]
        self._move_to(
            accounts.browse(former.terms["loan_account_id"]),
            accounts.browse(former.terms["due_account_id"]),
        )
        loan._unguarded().is_doubtful = False

    def _move_to(self, loan_account, due_account):
        """What is owed on a loan stands on other accounts from now on."""
        loan = self.loan_id
        if due_account == loan.due_account_id:
            return
        loan._match_credits()
        self._check_nothing_in_advance()
        items = loan._open_debts()
        not_due = float(loan._not_due())
        lines = [
            (loan.loan_account_id, -not_due, {}),
            (loan_account, not_due, {}),
        ]
        for item in items:
            more = {"partner_id": item.partner_id.id, "no_followup": item.no_followup}
            owed = item.amount_residual
            lines.append((item.account_id, -owed, more))
            more = {**more, "date_maturity": item.date_maturity}
            lines.append((due_account, owed, more))
        self._post_moved(items, lines)
        loan._unguarded().write(
            {"loan_account_id": loan_account.id, "due_account_id": due_account.id}
        )

    def _post_moved(self, items, lines):
        loan = self.loan_id
        if not any(balance for _account, balance, _more in lines):
            return
        labels = dict(self._fields["kind"]._description_selection(self.env))
        move = loan._post_entries(
            loan._entry(
                "impairment", self.date, lines, labels[self.kind], hub_change_id=self.id
            )
        )
        entered = move.line_ids.sorted("id")
        entered = entered[len(entered) - 2 * len(items) :]
        credits_of, owed = entered[::2], entered[1::2]
        self.env["account.move.line"]._reconcile_plan(
            [item + credit for item, credit in zip(items, credits_of, strict=True)]
        )
        loan._owe_on(dict(zip(items, owed, strict=True)))
        self.terms = {
            **self.terms,
            "items": [
                [item.id, new.id] for item, new in zip(items, owed, strict=True)
            ],
        }

    def _check_nothing_in_advance(self):
        loan = self.loan_id
        if loan._open_credits().get(loan):
            raise UserError(
                self.env._(
                    "%(loan)s: money came in advance and waits for what is due next."
                    " Use it for an early repayment first.",
                    loan=loan.display_name,
                )
            )

    def _revert_moved(self):
        loan, terms = self.loan_id, self.terms
        items = self.env["account.move.line"]
        back = {
            items.browse(new): items.browse(item) for item, new in terms.get("items", [])
        }
        loan._owe_on(back)
        loan._unguarded().write(
            {
                "loan_account_id": terms["loan_account_id"],
                "due_account_id": terms["due_account_id"],
                "is_doubtful": self.kind == "sound",
            }
        )

    def _revert_doubtful(self):
        self._revert_moved()

    def _revert_sound(self):
        self._revert_moved()


class HubLoanOwed(models.Model):
    _inherit = "hub.loan"

    def _owe_on(self, items):
        """Instalments, fee and claims are owed on other journal items from now on.

        :param items: ``{item so far: new item}``
        """
        loan = self.sudo()
        for line in loan.instalment_ids.filtered(lambda x: x.due_line_id in items):
            line.due_line_id = items[line.due_line_id]
        for claim in loan.claim_ids.filtered(lambda x: x.line_id in items):
            claim.line_id = items[claim.line_id]
        if loan.fee_line_id in items:
            loan._unguarded().fee_line_id = items[loan.fee_line_id]
