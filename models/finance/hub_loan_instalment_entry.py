import logging

from psycopg2 import errors

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Command, Domain

from ..common.hub_guard_mixin import OPEN

_logger = logging.getLogger(__name__)

BATCH = 100
# Somebody else is at work on the same rows: look again a moment later.
CONCURRENCY = (
    errors.DeadlockDetected,
    errors.LockNotAvailable,
    errors.SerializationFailure,
    errors.UniqueViolation,
)
TRIES = 5


class HubLoanInstalment(models.Model):
    """On its date an instalment is entered in the accounts: once, whatever happens."""

    _inherit = "hub.loan.instalment"

    # ------------------------------------------------------------
    # The daily job
    # ------------------------------------------------------------

    @api.model
    def _cron_post_due(self):
        """Enter what is due, batch by batch; each batch is kept before the next.

        Rows are locked, so that two jobs share the work; a job that is killed leaves
        whole batches, and the next one goes on from there.
        """
        done = self.env["hub.loan"]._prepare_due_day()
        tries = TRIES
        while batch := self.search(self._domain_to_enter(done), limit=BATCH):
            try:
                batch._enter_batch()
            except CONCURRENCY:
                self.env.cr.rollback()
                tries -= 1
                if tries:
                    continue
            tries = TRIES
            done |= batch
            remaining = self.search_count(self._domain_to_enter(done))
            if not self.env["ir.cron"]._commit_progress(
                len(batch), remaining=remaining
            ):
                return
        self.env["hub.loan"]._close_due_day()

    @api.model
    def _domain_to_enter(self, done):
        """What is due and not in the accounts; draft entries are somebody's work."""
        return (
            Domain("due_date", "<=", fields.Date.context_today(self))
            & Domain("amount", ">", 0)
            & Domain("due_move_id", "=", False)
            & Domain("loan_id.state", "=", "disbursed")
            & Domain("id", "not in", done.ids)
        )

    def _enter_batch(self):
        """Enter these; where one is refused, each on its own."""
        try:
            with self.env.cr.savepoint():
                self._lock_to_enter()._enter()
                return
        except UserError:
            self.env.invalidate_all()
        for line in self:
            line._enter_alone()

    def _enter_alone(self):
        line = self._in_language_of_hub()
        try:
            with self.env.cr.savepoint():
                line._lock_to_enter()._enter()
        except UserError as error:
            self.env.invalidate_all()
            line._note_problem(str(error))

    def _in_language_of_hub(self):
        """What a job has to tell is read by the people of the hub."""
        lang = self.company_id.partner_id.lang
        return self.with_context(lang=lang) if lang else self

    def _lock_to_enter(self):
        """Those of these that nobody else is entering, as they are now."""
        locked = self.try_lock_for_update()
        locked.invalidate_recordset(["due_move_id", "problem"])
        return locked.filtered(lambda line: not line.due_move_id)

    def _note_problem(self, text):
        """Say on the line, and once in the discussion, why it is not entered."""
        self.ensure_one()
        if self.problem == text:
            return
        self.problem = text
        self.loan_id.message_post(
            body=self.env._(
                "%(line)s could not be entered in the accounts: %(reason)s",
                line=self.display_name,
                reason=text,
            )
        )

    # ------------------------------------------------------------
    # The entry
    # ------------------------------------------------------------

    def action_enter(self):
        """Enter what is due now, without waiting for the job."""
        self.loan_id.check_access("write")
        self._check_may_post()
        lines = self.sudo().filtered_domain(self._domain_to_enter(self.browse()))
        lines.loan_id._plan()
        lines.exists()._lock_to_enter()._enter()

    def _check_may_post(self):
        if not self.env.su and not self.env.user.has_group(
            "account.group_account_invoice"
        ):
            raise UserError(
                self.env._(
                    "Entries are posted by whoever has the rights of invoicing or"
                    " accounting in Odoo: ask your accountant."
                )
            )

    def _enter(self):
        """One posted entry for each: what the borrower owes, principal and interest."""
        for company, lines in self.grouped("company_id").items():
            lines = lines.with_company(company).with_context(
                allowed_company_ids=company.ids
            )
            lines.loan_id._check_ready_for_entries()
            moves = (
                self.env["account.move"]
                .sudo()
                .with_company(company)
                .with_context(allowed_company_ids=company.ids, hub_guard=OPEN)
                .create([line._entry_vals() for line in lines])
            )
            moves._post(soft=False)
            lines.filtered("problem").problem = False
            lines.loan_id._match_credits()

    def _entry_vals(self):
        self.ensure_one()
        loan, label = self.loan_id, self._entry_label()
        return {
            "move_type": "entry",
            "date": self.due_date,
            "journal_id": loan.journal_id.id,
            "company_id": self.company_id.id,
            "ref": label,
            "hub_loan_id": loan.id,
            "hub_instalment_id": self.id,
            "hub_kind": "due",
            "line_ids": [Command.create(vals) for vals in self._entry_lines(label)],
        }

    def _entry_lines(self, label):
        """The borrower owes the instalment; the loan shrinks; interest is earned."""
        loan = self.loan_id
        partner = loan.partner_id.id
        lines = [
            {
                "account_id": loan.due_account_id.id,
                "balance": self.amount,
                "date_maturity": self.due_date,
                # Reminders of other modules leave out what general journals owe.
                "no_followup": False,
            },
            {"account_id": loan.loan_account_id.id, "balance": -self.principal},
            {"account_id": loan.interest_account_id.id, "balance": -self.interest},
        ]
        return [
            {"name": label, "partner_id": partner, **vals}
            for vals in lines
            if vals["balance"]
        ]

    def _entry_label(self):
        """Also read in exports where a line has no partner."""
        loan = self.loan_id
        count = len(loan.instalment_ids)
        return f"{loan.name} {self.sequence}/{count} {loan.partner_id.name or ''}"


class HubLoan(models.Model):
    """Before and after the instalments of a day."""

    _inherit = "hub.loan"

    def _in_language_of_hub(self):
        lang = self.company_id.partner_id.lang
        return self.with_context(lang=lang) if lang else self

    @api.model
    def _prepare_due_day(self):
        """Nobody pays back what was not paid out: parts that are late move on.

        :return: instalments that cannot be entered before somebody has settled this
        """
        today = fields.Date.context_today(self)
        late = self.search(
            Domain("state", "=", "disbursed")
            & Domain(
                "tranche_ids",
                "any",
                Domain("state", "=", "planned") & Domain("date", "<=", today),
            )
        )
        stuck = late.filtered(
            lambda loan: not loan._in_language_of_hub()._plan_late_parts(today)
        )
        return stuck.instalment_ids

    def _plan_late_parts(self, today):
        """Move on what did not come; where no line is left for it, say so."""
        self.ensure_one()
        try:
            with self.env.cr.savepoint():
                self._plan(self.env._("A payment out did not come as planned"))
        except UserError as error:
            self.env.invalidate_all()
            self.instalment_ids.filtered(
                lambda line: not line.due_move_id and line.due_date <= today
            )[:1]._note_problem(str(error))
            return False
        return True

    @api.model
    def _close_due_day(self):
        """What money says of the loans, and commitments that nobody could post."""
        running = self.search(Domain("state", "in", ("disbursed", "repaid")))
        self.env.add_to_compute(self._fields["state"], running)
        self.search(Domain("state", "in", ("signed", "disbursed")))._sync_commitment()
        self.env["ir.cron"]._commit_progress()
