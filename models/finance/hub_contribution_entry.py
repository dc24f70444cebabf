from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Command, Domain

from ..common.hub_guard_mixin import OPEN
from .hub_contribution_line import PAID
from .hub_loan_instalment_entry import BATCH, CONCURRENCY, TRIES


class HubContributionLine(models.Model):
    """Calls and returns in the accounts: an entry says that somebody owes, Odoo's own
    payments settle it."""

    _inherit = "hub.contribution.line"

    def action_enter(self):
        """Enter these lines in the accounts now."""
        self.contribution_id.check_access("write")
        self.env["hub.loan.instalment"]._check_may_post()
        lines = self.sudo().filtered(
            lambda line: line.state == "planned" and not line.move_id
        )
        lines.contribution_id._check_granted()
        lines._enter()

    def action_register_payment(self):
        """Odoo's own payment, for what is called or to be returned."""
        self.check_access("read")
        lines = self.sudo().filtered(lambda line: line.residual_amount > 0)
        if not lines:
            raise UserError(
                self.env._(
                    "Nothing is open here: enter the call or the return first, or it is"
                    " paid already."
                )
            )
        return lines.open_line_id.sudo(False).action_register_payment()

    def action_open_entry(self):
        self.ensure_one()
        return self.sudo().move_id.sudo(False)._get_records_action()

    # ------------------------------------------------------------
    # The entry
    # ------------------------------------------------------------

    def _enter(self):
        """One posted entry for each."""
        for company, lines in self.grouped("company_id").items():
            lines.contribution_id._check_ready_for_entries()
            lines.contribution_id._check_owed(lines)
            moves = (
                self.env["account.move"]
                .sudo()
                .with_company(company)
                .with_context(allowed_company_ids=company.ids, hub_guard=OPEN)
                .create([line._entry_vals() for line in lines])
            )
            moves._post(soft=False)
            lines.filtered("problem")._unguarded().problem = False
            lines.contribution_id._match_credits()

    def _entry_vals(self):
        self.ensure_one()
        one = self.contribution_id
        label = f"{one.name} {one.partner_id.name or ''}"
        return {
            "move_type": "entry",
            "date": min(self.date, fields.Date.context_today(self)),
            "journal_id": one.journal_id.id,
            "company_id": one.company_id.id,
            "ref": label,
            "hub_contribution_id": one.id,
            "hub_contribution_line_id": self.id,
            "hub_kind": "contribution",
            "line_ids": [
                Command.create({"name": label, "partner_id": one.partner_id.id, **vals})
                for vals in self._entry_lines()
                if vals["balance"]
            ],
        }

    def _entry_lines(self):
        """What is called is owed by the funder; what is returned, to him; what is given
        or lost is owed no more."""
        one = self.contribution_id
        own = {
            "account_id": one.account_id.id,
            "analytic_distribution": one.fund_id._distribution(),
        }
        if self.kind == "call":
            return [
                {
                    "account_id": one.receivable_account_id.id,
                    "balance": self.amount,
                    "date_maturity": self.date,
                    "no_followup": False,
                },
                {**own, "balance": -self.principal},
            ]
        if self.kind == "return":
            return [
                {**own, "balance": self.principal},
                {**self._other("funder_interest"), "balance": self.interest},
                {
                    "account_id": one.payable_account_id.id,
                    "balance": -self.amount,
                    "date_maturity": self.date,
                },
            ]
        role = "donation" if self.kind == "given" else "loss"
        return [
            {**own, "balance": self.principal},
            {**self._other(role), "balance": -self.principal},
        ]

    def _other(self, role):
        """The hub's account of a role, where the line needs one."""
        if role == "funder_interest" and not self.interest:
            return {"account_id": False}
        account = self.company_id._hub_account(role)
        if not account:
            raise UserError(
                self.env._(
                    "%(line)s: the account “%(role)s” is missing. An accountant chooses"
                    " it under Solidarity finance, Configuration, Accounts of loans.",
                    line=self.display_name,
                    role=self.company_id._hub_role_label(role),
                )
            )
        return {
            "account_id": account.id,
            "analytic_distribution": self.fund_id._distribution(),
        }

    def _settled_account(self):
        """The account whose line payments settle."""
        one = self.contribution_id
        name = f"{'receivable' if self.kind == 'call' else 'payable'}_account_id"
        return one[name] if self.kind in PAID else one.browse()[name]

    # ------------------------------------------------------------
    # The daily job
    # ------------------------------------------------------------

    @api.model
    def _cron_enter_returns(self):
        """Enter what is to be returned today, once, whatever crashes or runs twice."""
        done, tries = self.browse(), TRIES
        while batch := self.search(self._domain_to_return(done), limit=BATCH):
            try:
                for line in batch.try_lock_for_update():
                    line._enter_alone()
            except CONCURRENCY:
                self.env.cr.rollback()
                tries -= 1
                if tries:
                    continue
            tries = TRIES
            done |= batch
            remaining = self.search_count(self._domain_to_return(done))
            if not self.env["ir.cron"]._commit_progress(
                len(batch), remaining=remaining
            ):
                return

    @api.model
    def _domain_to_return(self, done):
        return (
            Domain("kind", "=", "return")
            & Domain("date", "<=", fields.Date.context_today(self))
            & Domain("move_id", "=", False)
            & Domain("contribution_id.cancelled_on", "=", False)
            & Domain("contribution_id.active", "=", True)
            & Domain("id", "not in", done.ids)
        )

    def _enter_alone(self):
        self.ensure_one()
        try:
            with self.env.cr.savepoint():
                self.invalidate_recordset(["move_id"])
                self.filtered(lambda line: not line.move_id)._enter()
        except UserError as error:
            self.env.invalidate_all()
            self._note_problem(str(error))

    def _note_problem(self, text):
        """Say on the line, and once in the discussion, why it is not entered."""
        if self.problem == text:
            return
        self._unguarded().problem = text
        self.contribution_id.message_post(
            body=self.env._(
                "%(line)s could not be entered in the accounts: %(reason)s",
                line=self.display_name,
                reason=text,
            )
        )
