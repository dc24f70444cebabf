from odoo import fields, models
from odoo.exceptions import UserError
from odoo.fields import Command, Domain
from odoo.tools import format_date

from ..common.hub_guard_mixin import OPEN


class HubLoan(models.Model):
    """Paying a loan out: an entry that says it is to be paid, then Odoo's payment."""

    _inherit = "hub.loan"

    fee_line_id = fields.Many2one(
        "account.move.line",
        string="Fee owed",
        copy=False,
        readonly=True,
        index="btree_not_null",
        ondelete="set null",
    )
    fee_residual = fields.Monetary(
        string="Fee still to be paid", related="fee_line_id.amount_residual"
    )

    def _prepare_tranches(self):
        """Before the signature: what is paid out in all is the amount of the loan."""
        self.ensure_one()
        if not self.tranche_ids:
            self.env["hub.loan.tranche"].create(
                {
                    "loan_id": self.id,
                    "date": self.disbursement_date,
                    "amount": self.amount,
                }
            )
        total = sum(self.tranche_ids.mapped("amount"))
        if self.currency_id.compare_amounts(total, self.amount):
            raise UserError(
                self.env._(
                    "%(loan)s: the payments out make %(total)s, the loan is"
                    " %(amount)s. Correct the payments out.",
                    loan=self.display_name,
                    total=self.currency_id.format(total),
                    amount=self.currency_id.format(self.amount),
                )
            )
        first = min(self.tranche_ids.mapped("date"))
        if first != self.disbursement_date:
            self._unguarded().disbursement_date = first

    def action_disburse(self):
        """Pay out what is planned next: the entry, then Odoo's payment to make."""
        self.ensure_one()
        part = self._next_tranche()
        part._release()
        return part.action_register_payment()

    def _next_tranche(self):
        """The planned part that comes first.

        :raises UserError: nothing is left to be paid out
        """
        self.ensure_one()
        part = self.tranche_ids.filtered(lambda one: one.state == "planned")[:1]
        if self.state not in ("signed", "disbursed") or not part:
            raise UserError(
                self.env._(
                    "%(loan)s is “%(state)s”, %(rest)s of %(amount)s are planned to be"
                    " paid out: there is nothing to pay out now.",
                    loan=self.display_name,
                    state=self._state_label(),
                    rest=self.currency_id.format(part.amount),
                    amount=self.currency_id.format(self.amount),
                )
            )
        return part

    # ------------------------------------------------------------
    # Off balance: signed, not paid out yet
    # ------------------------------------------------------------

    def _sync_commitment(self):
        """Note off balance what is signed and not paid out, where the hub does so.

        Whoever signs without the rights of accounting leaves it to the daily job.
        """
        if not self.env.su and not self.env.user.has_group(
            "account.group_account_invoice"
        ):
            return
        for company, loans in self.sudo().grouped("company_id").items():
            given = company._hub_account("commitment")
            other = company._hub_account("commitment_counterpart")
            if given and other:
                loans.with_company(company)._post_commitments(given, other)

    def _post_commitments(self, given, other):
        noted = dict(
            self.env["account.move.line"]._read_group(
                Domain("move_id.hub_loan_id", "in", self.ids)
                & Domain("account_id", "=", given.id)
                & Domain("parent_state", "=", "posted"),
                ["move_id.hub_loan_id"],
                ["balance:sum"],
            )
        )
        vals_list = []
        for loan in self:
            change = loan._still_to_pay_out() - noted.get(loan, 0)
            if not loan.currency_id.is_zero(change):
                vals_list.append(loan._commitment_vals(given, other, change))
        moves = self.env["account.move"].with_context(hub_guard=OPEN).create(vals_list)
        moves._post(soft=False)

    def _still_to_pay_out(self):
        """Of a signed loan: what is promised and not paid out."""
        if self.state not in ("signed", "disbursed"):
            return 0
        parts = self.tranche_ids.filtered(lambda part: part.state == "planned")
        return sum(parts.mapped("amount"))

    def _commitment_vals(self, given, other, change):
        self._check_ready_for_entries()
        label = f"{self.name} {self.partner_id.name or ''}"
        lines = [(given, change), (other, -change)]
        return {
            "move_type": "entry",
            "date": fields.Date.context_today(self),
            "journal_id": self.journal_id.id,
            "company_id": self.company_id.id,
            "ref": label,
            "hub_loan_id": self.id,
            "hub_kind": "commitment",
            "line_ids": [
                Command.create(
                    {
                        "name": label,
                        "account_id": account.id,
                        "balance": balance,
                        "partner_id": self.partner_id.id,
                    }
                )
                for account, balance in lines
            ],
        }


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
