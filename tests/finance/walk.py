"""A random walk through the lives of many loans, to see that accounts and schedules
agree whatever happens in whatever order."""

from collections import Counter
from datetime import date, timedelta

from odoo.exceptions import UserError, ValidationError

from .walk_changes import WalkChanges

START = date(2026, 1, 15)
# What happens, and how often; what is entered when due happens by itself.
EVENTS = {
    "days_pass": 10,
    "pay_part": 12,
    "pay_all": 8,
    "pay_too_much": 4,
    "pay_in_advance": 4,
    "somebody_else_pays": 4,
    "reverse_payment": 4,
    "draft_payment": 3,
    "unmatch": 2,
    "matched_by_hand": 3,
    "reverse_due": 4,
    "due_to_draft": 5,
    "draft_posted": 3,
    "draft_deleted": 4,
    "paid_out_or_given_up": 8,
    "reverse_change": 5,
    "undo": 5,
    "early": 7,
    "respite": 6,
    "reschedule": 5,
    "call_guarantee": 4,
    "guarantor_pays": 5,
    "share": 4,
    "waive": 6,
    "doubtful": 3,
    "sound": 4,
    "write_off": 3,
    "recover": 6,
    "lock": 2,
}


class Walk(WalkChanges):
    """Takes steps; each is whole, or refused with a reason and nothing is written.

    :attr:`done` and :attr:`refused` count what happened.
    """

    def __init__(self, case, random, loans, clock):
        self.case, self.random, self.loans, self.clock = case, random, loans, clock
        self.env = case.env
        self.today = START
        self.done, self.refused = Counter(), Counter()
        self.payments = self.env["account.payment"]
        self.steps = []

    def step(self):
        name = self.random.choices(list(EVENTS), list(EVENTS.values()))[0]
        loan = self._one(self.loans)
        self.steps.append(f"{name} {loan.name} {self.today}")
        # each as somebody new would begin it: nothing is remembered
        self.env.flush_all()
        self.env.invalidate_all()
        try:
            with self.env.cr.savepoint():
                happened = getattr(self, name)(loan)
                self.env.flush_all()
        except (UserError, ValidationError):
            self.env.invalidate_all()
            self.refused[name] += 1
            return
        if happened is None or happened:
            self.done[name] += 1

    def amount(self, most):
        """Something up to an amount, mostly with odd cents."""
        return round(self.random.uniform(0.01, max(most, 0.02)), 2)

    def _one(self, records):
        return records and records[self.random.randrange(len(records))]

    # Time

    def days_pass(self, _loan):
        self.today += timedelta(days=self.random.randint(1, 24))
        self.clock.move_to(self.today)
        stuck = self.env["hub.loan"]._prepare_due_day()
        lines = self.env["hub.loan.instalment"]
        lines.search(lines._domain_to_enter(stuck))._enter_batch()

    def paid_out_or_given_up(self, loan):
        """The second part of a loan; too late, it can only be given up."""
        part = loan.tranche_ids.filtered(lambda one: one.state == "planned")
        if not part:
            return False
        if self.random.random() < 0.4:
            return part.action_give_up()
        loan._pay_out_on(self.today)
        return self.case._pay(loan.action_disburse())

    def lock(self, _loan):
        before = self.today - timedelta(days=self.random.randint(20, 60))
        company = self.case.company
        if company.fiscalyear_lock_date and before <= company.fiscalyear_lock_date:
            return False
        company.fiscalyear_lock_date = before
        return True

    # Money

    def _pay(self, loan, amount, partner=None):
        payment = self.env["account.payment"].create(
            {
                "partner_id": (partner or loan.partner_id).id,
                "amount": amount,
                "date": self.today,
                "journal_id": self.case.bank.id,
                "payment_type": "inbound",
                "hub_loan_id": loan.id,
            }
        )
        payment.action_post()
        self.payments |= payment

    def pay_part(self, loan):
        line = self._one(loan.instalment_ids.filtered("residual_amount"))
        if not line:
            return False
        wizard = self.env["account.payment.register"].with_context(
            active_model="account.move.line", active_ids=line.due_line_id.ids
        )
        self.payments |= wizard.create(
            {
                "journal_id": self.case.bank.id,
                "payment_date": self.today,
                "amount": self.amount(line.residual_amount),
            }
        )._create_payments()
        return True

    def pay_all(self, loan):
        if not loan.open_amount:
            return False
        return self._pay(loan, loan.open_amount)

    def pay_too_much(self, loan):
        if loan.state != "disbursed":
            return False
        return self._pay(loan, loan.open_amount + self.amount(300))

    def pay_in_advance(self, loan):
        if loan.state != "disbursed":
            return False
        return self._pay(loan, self.amount(300))

    def somebody_else_pays(self, loan):
        if loan.state != "disbursed":
            return False
        return self._pay(loan, self.amount(200), self.case.fund)

    def _some_payment(self):
        live = self.payments.filtered(
            lambda payment: (
                payment.move_id.state == "posted"
                and not payment.move_id.reversal_move_ids
            )
        )
        return self._one(live)

    def reverse_payment(self, _loan):
        payment = self._some_payment()
        if not payment:
            return False
        payment.move_id._reverse_moves([{"date": self.today}], cancel=True)
        self.payments -= payment
        return True

    def draft_payment(self, _loan):
        """Back to draft; most come back."""
        payment = self._some_payment()
        if not payment:
            return False
        payment.action_draft()
        if self.random.random() < 0.7:
            payment.action_post()
        return True

    def unmatch(self, _loan):
        payment = self._some_payment()
        if not payment:
            return False
        payment.move_id.line_ids.remove_move_reconcile()
        return True

    def matched_by_hand(self, loan):
        """Money that names no loan, found on the bank account."""
        lines = loan.instalment_ids.filtered("residual_amount").due_line_id
        if not lines:
            return False
        amount = self.amount(lines[0].amount_residual)
        credit = self.case._credit(lines[0].account_id, amount, self.today)
        (credit + lines[0]).reconcile()
        return True

    def guarantor_pays(self, _loan):
        claim = self._one(
            self.loans.claim_ids.filtered(
                lambda claim: claim.kind == "guarantee" and claim.residual_amount
            )
        )
        if not claim:
            return False
        amount = self.amount(claim.residual_amount)
        return self._pay(claim.loan_id, amount, claim.partner_id)

    # Taken back

    def _some_entry(self, loan, state):
        moves = loan.move_ids.filtered(
            lambda move: (
                move.hub_kind == "due"
                and move.state == state
                and not (move.hub_change_id or move.reversed_entry_id)
                and (state == "draft" or move.hub_is_live)
            )
        )
        return self._one(moves)

    def reverse_due(self, loan):
        move = self._some_entry(loan, "posted")
        if not move:
            return False
        move._reverse_moves([{"date": self.today}], cancel=self.random.random() < 0.8)
        for reversal in move.reversal_move_ids.filtered(lambda m: m.state == "draft"):
            reversal.action_post()
        return True

    def due_to_draft(self, loan):
        move = self._some_entry(loan, "posted")
        return move and move.button_draft()

    def draft_posted(self, _loan):
        move = self._some_entry(self.loans, "draft")
        return move and move.action_post() is not None

    def draft_deleted(self, _loan):
        move = self._some_entry(self.loans, "draft")
        return move and move.with_context(force_delete=True).unlink()

    def reverse_change(self, loan):
        moves = loan._done_changes().move_ids.filtered(
            lambda move: move.hub_is_live and not move.reversed_entry_id
        )
        move = self._one(moves)
        return move and move._reverse_moves([{"date": self.today}], cancel=True)

    def undo(self, loan):
        change = loan._done_changes()[:1]
        if not change:
            return False
        change.action_undo()
        return True
