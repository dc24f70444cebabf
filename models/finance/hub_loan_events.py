from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from odoo import models
from odoo.fields import Domain

# What an entry that settles something owed makes of it, where no money came.
SETTLED_AS = {
    "write_off": "lost",
    "waiver": "lost",
    "guarantee": "claimed",
    "reschedule": None,
}
# Entries of a loan after which money may be owed.
OWING = ("due", "disbursement", "recovery", "guarantee", "reschedule")
# What money is that settles them: the first part, and the rest. Of what comes after a
# loss the first part is for guarantors; what one got of a repayment is owed anew.
PAID_AS = {
    "disbursement": ("fee", "fee"),
    "recovery": (None, "recovered"),
    "guarantee": ("interest", "claim_paid"),
    "share": ("repaid", "repaid"),
}
# Debts whose principal may be lost, or asked from somebody else.
PRINCIPAL = ("due", "reschedule", "share")
# Entries that take principal off a loan without money.
ENDING = {"write_off": "lost", "waiver": "lost", "guarantee": "claimed"}


@dataclass(frozen=True)
class Event:
    """Something that happened to a loan and concerns the funds behind it."""

    kind: str
    amount: Decimal
    date: date
    move_id: int
    partial_id: int = 0

    @property
    def key(self):
        return self.kind, self.move_id, self.partial_id or False

    @property
    def order(self):
        # What is kept back of money that is lent comes out of it.
        return self.date, self.move_id, self.partial_id, self.kind != "lent", self.kind


class HubLoan(models.Model):
    """What happened to loans, as entries and payments say: read anew each time.

    Whoever posts an entry of a loan under its kind has told the funds all they need.
    """

    _inherit = "hub.loan"

    def _events(self):
        """``{loan: [Event]}`` in the order of their dates."""
        moves = (
            self.env["account.move"]
            .sudo()
            .search(
                Domain("hub_loan_id", "in", self.ids)
                & Domain("hub_is_live", "=", True)
                & Domain("reversed_entry_id", "=", False)
                & Domain("hub_kind", "in", {*OWING, *ENDING})
            )
        )
        moves.line_ids.fetch(["account_id", "balance", "move_id", "partner_id"])
        matched = (moves | self._opening_debts().move_id)._hub_matched_debits()
        events = defaultdict(list)
        for loan in self.filtered("takeover_date"):
            events[loan] += loan._events_of_takeover(matched)
        # A claim on a guarantor is made of what other entries tell.
        for move in moves.sorted(lambda move: (move.hub_kind == "guarantee", move.id)):
            found = events[move.hub_loan_id]
            claimed = sum(
                event.amount
                for event in found
                if event.kind == "claimed" and event.move_id == move.id
            )
            found += move.hub_loan_id._events_of(move, matched, float(claimed))
        return {
            loan: sorted(found, key=lambda event: event.order)
            for loan, found in events.items()
        }

    def _opening_debts(self):
        """Lines of opening entries that loans taken over were still owed."""
        taken_over = self.sudo().filtered("takeover_date").instalment_ids
        return taken_over.opening_line_id

    def _events_of_takeover(self, matched):
        """What was owed on that day counts as lent on it: there is no entry for it."""
        lent = self._exact(self._amount_to_disburse())
        yield Event("lent", lent, self.takeover_date, False)
        for one in self.sudo().instalment_ids.filtered("is_opening"):
            line = one.opening_line_id
            if line:
                parts = matched.get(line, ())
                yield from self._events_of_debt("due", line, one.principal, parts)

    def _events_of(self, move, matched, claimed):
        """What one entry says by itself, and what settled the lines it left open.

        :param claimed: principal of instalments that this entry claims from a guarantor
        """
        kind = move._hub_event_kind()
        principal = self._principal_gone(move)
        if kind == "disbursement":
            yield from self._events_of_payout(move, -principal)
        elif kind in ENDING and principal > 0:
            yield self._event(ENDING[kind], principal, move)
        if kind not in PAID_AS and kind not in OWING:
            return
        for line in move._hub_debts():
            if kind == "share":
                yield self._event("repaid", -line.balance, move)
            owed = max(principal, 0) + claimed
            if kind not in ("due", "guarantee"):
                owed = line.balance - move._hub_owed_to_guarantors(kind)
            parts = matched.get(line, ())
            yield from self._events_of_debt(kind, line, owed, parts)

    def _principal_gone(self, move):
        """How much less stands on the account of the loan, whichever it was then."""
        accounts = self._principal_accounts()
        return -sum(
            line.balance for line in move.line_ids if line.account_id in accounts
        )

    def _principal_accounts(self):
        return self.loan_account_id

    def _events_of_payout(self, move, amount):
        """Lent; a fee that is kept back has come at once."""
        yield self._event("lent", amount, move)
        kept_back = sum(
            -line.balance
            for line in move.line_ids
            if line.account_id == self.fee_account_id
        )
        if kept_back > 0 and not move._hub_debts():
            yield self._event("fee", kept_back, move)

    def _events_of_debt(self, kind, line, principal, parts):
        """What settled a line: of an instalment the interest first, then principal.

        :param principal: how much of the line is principal
        """
        first_kind, then_kind = PAID_AS.get(kind, ("interest", "repaid"))
        other = max(line.balance - principal, 0)
        for part, entry in parts:
            settled = entry._hub_settles_as()
            if entry.hub_kind == "reschedule":
                # Principal alone is part of the loan again, interest stays owed.
                continue
            first = min(other, part.amount)
            rest = part.amount - first
            other -= first
            if settled == "money":
                if first_kind:
                    yield self._event(first_kind, first, entry, part)
                yield self._event(then_kind, rest, entry, part)
            elif settled and kind == "guarantee":
                yield self._event("claim_lost", rest, entry, part)
            elif settled and kind in PRINCIPAL:
                yield self._event(settled, rest, entry, part)

    def _event(self, kind, amount, move, part=None):
        return Event(
            kind=kind,
            amount=self._exact(amount),
            date=move.date,
            move_id=move.id,
            partial_id=part.id if part else 0,
        )


class AccountMove(models.Model):
    _inherit = "account.move"

    def _hub_event_kind(self):
        """Its kind; a guarantor's part of what the borrower paid is one of its own."""
        return "share" if self.hub_change_id.kind == "share" else self.hub_kind

    def _hub_debts(self):
        """Lines by which somebody owes something after this entry."""
        return self.line_ids.filtered(
            lambda line: (
                line.balance > 0 and line.account_id.account_type == "asset_receivable"
            )
        )

    def _hub_owed_to_guarantors(self, kind):
        """Of what is promised after a loss, the part of guarantors."""
        if kind != "recovery":
            return 0
        return -sum(
            line.balance
            for line in self.line_ids
            if line.account_id.account_type == "liability_payable"
        )

    def _hub_matched_debits(self):
        """``{debit line: [(matching, entry that settles it)]}``, oldest first."""
        debits = self.line_ids.filtered(lambda line: line.balance > 0)
        partials = self.env["account.partial.reconcile"].search(
            Domain("debit_move_id", "in", debits.ids)
            & Domain("credit_move_id.parent_state", "=", "posted")
        )
        found = defaultdict(list)
        for part in partials.sorted("id"):
            found[part.debit_move_id].append((part, part.credit_move_id.move_id))
        return found

    def _hub_settles_as(self):
        """What it makes of what it settles: money, lost, claimed, or nothing."""
        if self.hub_kind:
            return SETTLED_AS.get(self.hub_kind)
        if self.origin_payment_id:
            return "money" if self._hub_payment_arrived() else None
        if self.statement_line_id:
            return "money"
        charged = {
            line.account_id.account_type.partition("_")[0]
            for line in self.line_ids
            if line.balance > 0
        }
        # Made by hand: taken as a charge, or taken back out of income.
        return "lost" if charged & {"expense", "income"} else "money"
