from odoo import fields, models
from odoo.exceptions import UserError


class HubLoanChange(models.Model):
    """What will not be paid any more is a loss; the impairment made for it goes."""

    _inherit = "hub.loan.change"

    def _words_write_off(self):
        if self.state == "asked":
            lost = self.loan_id._exposure(with_interest=True)
        else:
            lost = self.principal + self.interest
        return self.env._(
            "%(amount)s are lost.", amount=self.currency_id.format(lost)
        )

    def _apply_write_off(self):
        loan = self.loan_id
        settled, _left = loan._settle_open(sum(
            loan.sudo().instalment_ids.mapped("residual_amount")
        ))
        besides = loan._lost_besides()
        not_due = float(loan._not_due())
        interest = sum(part for _line, part, _principal in settled)
        principal = not_due + sum(part for _line, _interest, part in settled)
        other = sum(item.amount_residual for item in besides)
        if loan.currency_id.is_zero(interest + principal + other):
            raise UserError(
                self.env._(
                    "%(loan)s: nothing is owed any more, there is nothing to lose.",
                    loan=loan.display_name,
                )
            )
        # First: once nothing is owed any more the loan would be paid back.
        loan._set_state("written_off", closed_on=self.date)
        gone = self._gone(not_due)
        self._post_gone(
            "write_off", self._borne(interest, principal), settled, gone
        )
        self._post_lost_besides(besides)
        self._reverse_impairment()

    def _post_lost_besides(self, items):
        """The fee, and what was owed for a guarantor: lost too."""
        if not items:
            return
        loan = self.loan_id
        total = sum(items.mapped("amount_residual"))
        move = loan._post_entries(
            loan._entry(
                "write_off",
                self.date,
                [
                    (loan._account_for("loss"), total, {}),
                    *((item.account_id, -item.amount_residual, {}) for item in items),
                ],
                self.env._("Loss"),
                hub_change_id=self.id,
            )
        )
        entered = move.line_ids.sorted("id")[1:]
        self.env["account.move.line"]._reconcile_plan(
            [item + credit for item, credit in zip(items, entered, strict=True)]
        )
        self.principal += total

    def _reverse_impairment(self):
        """What was set aside for this loss is free again."""
        loan = self.loan_id
        vals = loan._impairment_entry(self.date, 0, 0, hub_change_id=self.id)
        if vals:
            loan._post_entries(vals)

    def _revert_write_off(self):
        self.loan_id._set_state("disbursed")


class HubLoan(models.Model):
    _inherit = "hub.loan"

    closed_on = fields.Date(
        string="Over since",
        copy=False,
        readonly=True,
        help="Lost, or cancelled after it was paid out.",
    )

    def _set_state(self, target, **vals):
        if target in ("draft", "signed", "disbursed"):
            vals.setdefault("closed_on", False)
        return super()._set_state(target, **vals)

    def _lost_besides(self):
        """Journal items that the borrower owes besides instalments."""
        owed = self.sudo().claim_ids.filtered(lambda claim: claim.kind == "share")
        items = owed.line_id | self.sudo().fee_line_id
        return items.filtered(
            lambda item: item.parent_state == "posted" and item.amount_residual > 0
        )
