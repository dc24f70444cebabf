from odoo import fields, models
from odoo.exceptions import UserError
from odoo.fields import Command
from odoo.tools import format_date

from ..common.hub_guard_mixin import OPEN


class HubLoanTranche(models.Model):
    """A part of a loan on its way to the borrower."""

    _inherit = "hub.loan.tranche"

    def _release(self):
        """Enter that this part is paid out, and let the schedule follow.

        :raises UserError: the agreement lapsed, a condition is not met, an account is
            missing, the period is closed
        """
        self.ensure_one()
        loan = self.loan_id
        loan.check_access("write")
        self.env["hub.loan.instalment"]._check_may_post()
        self._check_may_change()
        if loan.state == "signed":
            loan._check_agreement_valid()
        loan._check_conditions_met()
        loan._check_ready_for_entries()
        loan.lock_for_update()
        move = self._post_release()
        first = loan.state == "signed"
        self._unguarded().write(
            {
                "state": "released",
                "move_id": move.id,
                "payout_line_id": move._hub_line_on(loan.payout_account_id).id,
                "released_by_id": self.env.uid,
            }
        )
        if first:
            fee = move._hub_line_on(loan.due_account_id)
            loan._set_state(
                "disbursed", disbursement_date=self.date, fee_line_id=fee.id
            )
        loan._plan()
        loan._sync_commitment()

    def _post_release(self):
        day = min(self.date, fields.Date.context_today(self))
        company = self.company_id
        locks = company._get_violated_lock_dates(day, False, self.loan_id.journal_id)
        if locks:
            raise UserError(
                self.env._(
                    "%(part)s: the accounts are closed up to %(last)s (%(locks)s)."
                    " Choose a later day for the payment out.",
                    part=self.display_name,
                    last=format_date(self.env, max(lock for lock, _name in locks)),
                    locks=company._format_lock_dates(locks),
                )
            )
        move = (
            self.env["account.move"]
            .sudo()
            .with_company(company)
            .with_context(allowed_company_ids=company.ids, hub_guard=OPEN)
            .create(self._release_vals(day))
        )
        move._post(soft=False)
        return move

    def _release_vals(self, day):
        loan = self.loan_id
        label = f"{loan.name} {loan.partner_id.name or ''}"
        return {
            "move_type": "entry",
            "date": day,
            "journal_id": loan.journal_id.id,
            "company_id": loan.company_id.id,
            "ref": label,
            "hub_loan_id": loan.id,
            "hub_kind": "disbursement",
            "line_ids": [
                Command.create(
                    {"name": label, "partner_id": loan.partner_id.id, **vals}
                )
                for vals in self._release_lines()
            ],
        }

    def _release_lines(self):
        """Lent; to be paid to the borrower; the fee, kept back or owed apart."""
        loan = self.loan_id
        fee = loan.fee_amount if loan.state == "signed" else 0
        withheld = fee if loan.fee_mode == "withheld" else 0
        if withheld >= self.amount:
            raise UserError(
                self.env._(
                    "%(part)s: the fee of %(fee)s that is kept back leaves nothing to"
                    " pay out. Let the borrower pay it apart, or pay out more first.",
                    part=self.display_name,
                    fee=self.currency_id.format(fee),
                )
            )
        lines = [
            {"account_id": loan.loan_account_id.id, "balance": self.amount},
            {
                "account_id": loan.payout_account_id.id,
                "balance": withheld - self.amount,
                "date_maturity": self.date,
            },
        ]
        if fee:
            lines.append({"account_id": loan.fee_account_id.id, "balance": -fee})
        if fee and not withheld:
            lines.append(
                {
                    "account_id": loan.due_account_id.id,
                    "balance": fee,
                    "date_maturity": self.date,
                    "no_followup": False,
                }
            )
        return lines

    def _take_back(self):
        """The entry of these payments out no longer holds: they are to be made."""
        for part in self.filtered(lambda one: one.state == "released"):
            part._unguarded().write(
                {
                    "state": "planned",
                    "move_id": False,
                    "payout_line_id": False,
                    "released_by_id": False,
                }
            )
            loan = part.loan_id
            others = loan.tranche_ids.filtered(lambda one: one.state == "released")
            if not others and loan.state in ("disbursed", "repaid"):
                loan._unguarded().write({"state": "signed", "fee_line_id": False})
            loan._sync_commitment()

    def action_register_payment(self):
        """Odoo's own payment, for what is decided and not paid to the borrower yet."""
        lines = self.sudo().payout_line_id
        if not lines.filtered("amount_residual"):
            raise UserError(
                self.env._("These payments out are made already, or not decided yet.")
            )
        return lines.sudo(False).action_register_payment()
