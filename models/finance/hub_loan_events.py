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
# What money is that settles them: the first part, and the rest.
PAID_AS = {
    "disbursement": ("fee", "fee"),
    "recovery": (None, "recovered"),
    "guarantee": ("interest", "claim_paid"),
}
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
        matched = moves._hub_matched_debits()
        events = defaultdict(list)
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

    def _events_of(self, move, matched, claimed):
        """What one entry says by itself, and what settled the lines it left open.

        :param claimed: principal of instalments that this entry claims from a guarantor
        """
        sums = defaultdict(float)
        for line in move.line_ids:
            sums[line.account_id] += line.balance
        principal = -sum(sums[account] for account in self._principal_accounts())
        if move.hub_kind == "disbursement":
            yield from self._events_of_payout(move, -principal)
        elif move.hub_kind in ENDING and principal > 0:
            yield self._event(ENDING[move.hub_kind], principal, move)
        if move.hub_kind not in OWING:
            return
        for line in move.line_ids:
            if line.balance > 0 and line.account_id.account_type == "asset_receivable":
                owed = max(principal, 0) + claimed
                if move.hub_kind == "recovery":
                    owed = self._own_part(move)
                elif move.hub_kind not in ("due", "guarantee"):
                    owed = line.balance
                yield from self._events_of_debt(line, owed, matched.get(line, ()))

    def _principal_accounts(self):
        return self.loan_account_id

    def _own_part(self, move):
        """What of money after a loss is not owed to a guarantor."""
        return sum(
            -line.balance
            for line in move.line_ids
            if line.account_id.account_type != "liability_payable" and line.balance < 0
        )

    def _events_of_payout(self, move, amount):
        """Lent; a fee that is kept back has come at once."""
        yield self._event("lent", amount, move)
        kept_back = sum(
            -line.balance
            for line in move.line_ids
            if line.account_id == self.fee_account_id
        )
        owed = move._hub_line_on(self.due_account_id)
        if kept_back > 0 and not owed:
            yield self._event("fee", kept_back, move)

    def _events_of_debt(self, line, principal, parts):
        """What settled a line: of an instalment the interest first, then principal.

        :param principal: how much of the line is principal
        """
        kind = line.move_id.hub_kind
        first_kind, then_kind = PAID_AS.get(kind, ("interest", "repaid"))
        other = max(line.balance - principal, 0)
        for part, entry in parts:
            first = min(other, part.amount)
            rest = part.amount - first
            other -= first
            settled = entry._hub_settles_as()
            if settled == "money":
                if first_kind:
                    yield self._event(first_kind, first, entry, part)
                yield self._event(then_kind, rest, entry, part)
            elif settled and kind == "guarantee":
                yield self._event("claim_lost", rest, entry, part)
            elif settled and kind in ("due", "reschedule"):
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
