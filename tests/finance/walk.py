"""A random walk through the lives of many loans, to see that accounts and schedules
agree whatever happens in whatever order."""

from collections import Counter
from datetime import date, timedelta

from odoo.exceptions import UserError, ValidationError

START = date(2026, 1, 15)
# What happens, and how often; what is entered when due happens by itself.
EVENTS = {
    "days_pass": 14,
    "pay_part": 12,
    "pay_all": 8,
    "pay_too_much": 4,
    "pay_in_advance": 4,
    "somebody_else_pays": 4,
    "reverse_payment": 4,
    "draft_payment": 3,
    "unmatch": 2,
    "reverse_due": 4,
    "reverse_change": 3,
    "undo": 5,
    "early": 7,
    "respite": 6,
    "reschedule": 5,
    "call_guarantee": 4,
    "guarantor_pays": 3,
    "share": 3,
    "waive": 6,
    "doubtful": 3,
    "sound": 2,
    "write_off": 3,
    "recover": 4,
    "lock": 1,
}


class Walk:
    """Takes steps; each is whole, or refused with a reason and nothing is written.

    :attr:`done` and :attr:`refused` count what happened.
    """

    def __init__(self, case, random, loans, clock):
        self.case, self.random, self.loans, self.clock = case, random, loans, clock
        self.env = case.env
        self.today = START
        self.done, self.refused = Counter(), Counter()
        self.payments = self.env["account.payment"]
        self.last = ""

    def step(self):
        name = self.random.choices(list(EVENTS), list(EVENTS.values()))[0]
        loan = self.loans[self.random.randrange(len(self.loans))]
        self.last = f"{name} on {loan.name} {self.today}"
        self.env.flush_all()
        try:
            with self.env.cr.savepoint():
                happened = getattr(self, name)(loan)
                self.env.flush_all()
        except (UserError, ValidationError):
            self.env.invalidate_all()
            self.refused[name] += 1
            return
        if happened is not False:
            self.done[name] += 1

    def amount(self, most):
        """Something up to an amount, mostly with odd cents."""
        return round(self.random.uniform(0.01, max(most, 0.02)), 2)

    # Time

    def days_pass(self, _loan):
        self.today += timedelta(days=self.random.randint(1, 45))
        self.clock.move_to(self.today)
        lines = self.env["hub.loan.instalment"]
        lines.search(lines._domain_to_enter(lines.browse()))._enter_batch()

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
        lines = loan.instalment_ids.filtered("residual_amount")
        if not lines:
            return False
        line = lines[self.random.randrange(len(lines))]
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
            lambda payment: payment.move_id.state == "posted"
            and not payment.move_id.reversal_move_ids
        )
        return live[self.random.randrange(len(live))] if live else live

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

    def guarantor_pays(self, loan):
        claims = loan.claim_ids.filtered(
            lambda claim: claim.kind == "guarantee" and claim.residual_amount
        )
        if not claims:
            return False
        claim = claims[0]
        return self._pay(loan, self.amount(claim.residual_amount), claim.partner_id)

    # Taken back

    def reverse_due(self, loan):
        moves = loan.instalment_ids.due_move_id.filtered(
            lambda move: move.hub_kind == "due" and not move.hub_change_id
        )
        if not moves:
            return False
        move = moves[self.random.randrange(len(moves))]
        move._reverse_moves([{"date": self.today}], cancel=self.random.random() < 0.8)
        for reversal in move.reversal_move_ids.filtered(lambda m: m.state == "draft"):
            reversal.action_post()
        return True

    def reverse_change(self, loan):
        moves = loan._done_changes().move_ids.filtered(
            lambda move: move.hub_is_live and not move.reversed_entry_id
        )
        if not moves:
            return False
        moves[self.random.randrange(len(moves))]._reverse_moves(
            [{"date": self.today}], cancel=True
        )
        return True

    def undo(self, loan):
        change = loan._done_changes()[:1]
        if not change:
            return False
        change.action_undo()
        return True

    # Changes

    def _change(self, loan, kind, **terms):
        self.env["hub.loan.change"]._propose(loan, kind, self.today, "Random", **terms)

    def early(self, loan):
        if loan.state != "disbursed":
            return False
        rest = float(loan._not_due())
        share = self.random.choice((1, self.random.random()))
        return self._change(
            loan,
            "early",
            principal=round(rest * share, 2),
            keep=self.random.choice(("term", "instalment")),
            until=self.random.choice(("day", "period")),
        )

    def respite(self, loan):
        if loan.state != "disbursed":
            return False
        return self._change(
            loan,
            "respite",
            months=self.random.randint(1, 4),
            scope=self.random.choice(("all", "late", "coming")),
            interest=self.random.choice(("waived", "paid", "deferred")),
        )

    def reschedule(self, loan):
        if loan.state != "disbursed":
            return False
        grace = self.random.choice((0, 0, 2))
        late = loan.instalment_ids.filtered("residual_amount")
        return self._change(
            loan,
            "reschedule",
            periods=self.random.randint(3, 40),
            first_due_date=(self.today + timedelta(days=20)).isoformat(),
            annual_rate=self.random.choice((0, 2, loan.annual_rate)),
            method=self.random.choice(("annuity", "constant_principal")),
            grace_periods=grace,
            grace_type=self.random.choice(("partial", "total")) if grace else "none",
            put_back=self.random.choice(([], late.ids)),
        )

    def call_guarantee(self, loan):
        open_ones = loan.guarantee_ids.filtered(lambda one: one.state == "active")
        if loan.state != "disbursed" or not open_ones:
            return False
        guarantee = open_ones[0]
        return self._change(
            loan,
            "guarantee",
            guarantee_id=guarantee.id,
            amount=guarantee._callable_amount(),
        )

    def share(self, loan):
        if not loan.guarantee_ids.filtered("called_amount"):
            return False
        return loan.guarantee_ids.action_share()

    def waive(self, loan):
        scope = self.random.choice(("interest", "due", "coming"))
        most = loan._waivable(scope)
        if loan.state != "disbursed" or not most:
            return False
        return self._change(loan, "waiver", scope=scope, amount=self.amount(most))

    def doubtful(self, loan):
        if loan.state != "disbursed":
            return False
        return self._change(loan, "doubtful")

    def sound(self, loan):
        if not loan.is_doubtful or loan.state != "disbursed":
            return False
        return self._change(loan, "sound")

    def write_off(self, loan):
        if loan.state != "disbursed" or self.random.random() < 0.5:
            return False
        return self._change(loan, "write_off")

    def recover(self, loan):
        if loan.state != "written_off" or not loan.claimed_amount:
            return False
        return self._change(loan, "recovery", amount=self.amount(loan.claimed_amount))
