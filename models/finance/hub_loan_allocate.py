from collections import defaultdict
from decimal import Decimal

from odoo import models
from odoo.fields import Domain

from ...tools.fund_shares import split_nested, split_reserve

# Kinds that are split together, one after the other: principal that leaves a loan,
# whatever became of it, makes in the end what each has lent.
STREAMS = {
    "lent": "lent",
    "repaid": "out",
    "lost": "out",
    "claimed": "out",
    "interest": "interest",
    "fee": "fee",
    "claim_paid": "claim",
    "claim_lost": "claim",
    "recovered": "recovered",
}
# By whose part of what each stream is split.
WEIGHTS = {
    "out": ("lent",),
    "interest": ("lent",),
    "fee": ("lent",),
    "claim": ("claimed",),
    "recovered": ("lost", "claim_lost"),
}


class HubLoan(models.Model):
    """What each fund and each contribution has of what happens to a loan, to the cent.

    Lines of the fund book are written from the events that entries and payments tell
    (see ``_events``). Those that still hold stay as they are; those that do not go; new
    ones are split by the cumulative rule. Run again, it changes nothing.
    """

    _inherit = "hub.loan"

    def _allocate(self):
        """Bring the fund book in line with the entries and payments of these loans."""
        loans = self.sudo().exists().filtered("share_ids")
        if not loans:
            return
        events = loans._events()
        existing = (
            self.env["hub.fund.line"]
            .sudo()
            .search(Domain("loan_id", "in", loans.ids), order="id")
            .grouped("loan_id")
        )
        for loan in loans:
            found = [event for event in events.get(loan, ()) if event.amount]
            loan._keep_book(found, existing.get(loan, self.env["hub.fund.line"]))

    def _keep_book(self, events, lines):
        wanted = {event.key: event for event in events}
        kept = lines.browse()
        for key, part in lines.grouped(lambda line: line._event_key()).items():
            if key in wanted and self._says(part, wanted[key]):
                kept |= part
        if self._lent_changed(lines - kept):
            kept = kept.browse()
        known = {line._event_key() for line in kept}
        new = [event for event in events if event.key not in known]
        if kept == lines and not new:
            return
        self.share_ids._take_turn()
        (lines - kept).sudo().unlink()
        self._write_events(new, kept)

    def _says(self, lines, event):
        total = sum(self._exact(line.amount) for line in lines)
        return total == event.amount and set(lines.mapped("date")) == {event.date}

    def _lent_changed(self, stale):
        """All is split by what was lent: once that changes, all is split anew."""
        return "lent" in stale.mapped("kind")

    def _write_events(self, events, kept):
        """Split these events over the shares, after those that are written already."""
        sums = defaultdict(lambda: defaultdict(Decimal))
        for line in kept:
            stake = line.share_id.id, line.contribution_id.id
            sums[line.kind][stake] += self._exact(line.amount)
        if any(event.kind == "lent" and event.move_id for event in events):
            self._check_money()
        for event in events:
            parts = self._split(event, sums)
            borne = self._split_reserves(event, parts)
            self.env["hub.fund.line"].sudo().create(
                [
                    self._book_line(event, stake, part, borne.get(stake, 0))
                    for stake, part in parts.items()
                    if part
                ]
            )
            for stake, part in parts.items():
                sums[event.kind][stake] += part

    def _split(self, event, sums):
        """``{(share, contribution): part}`` of one event."""
        stream = STREAMS[event.kind]
        already = defaultdict(Decimal)
        for kind, parts in sums.items():
            if STREAMS[kind] == stream:
                for stake, part in parts.items():
                    already[stake] += part
        if stream == "lent":
            return self._split_payout(event, already)
        weights = defaultdict(Decimal)
        for kind in WEIGHTS[stream]:
            for stake, part in sums[kind].items():
                weights[stake] += part
        if not any(weights.values()):
            weights = sums["lent"]
        if not any(weights.values()):
            weights = {
                (share.id, False): self._exact(share.amount) for share in self.share_ids
            }
        if event.amount < 0:
            # Taken back of what came: by the same weights; what comes next evens out.
            parts = split_nested(-event.amount, dict(weights))
            return {stake: -part for stake, part in parts.items()}
        return split_nested(event.amount, dict(weights), already)

    def _split_payout(self, event, already):
        """By the shares; within a fund, by the money in hand of each contribution."""
        shares = {share.id: share for share in self.share_ids}
        given = defaultdict(Decimal)
        for (share_id, _contribution), part in already.items():
            given[share_id, None] += part
        parts = split_nested(
            event.amount,
            {(key, None): self._exact(share.amount) for key, share in shares.items()},
            given,
        )
        found = {}
        for (share_id, _none), part in parts.items():
            if part:
                fund = shares[share_id].fund_id
                found |= self._split_in_fund(share_id, fund, part)
        return found

    def _split_in_fund(self, share_id, fund, part):
        # What was written for other shares of this event counts already.
        weights = {
            (share_id, key or False): self._exact(amount)
            for key, amount in sorted(
                fund._lendable().items(), key=lambda pair: pair[0] or 0
            )
        }
        if sum(weights.values()) < part:
            # The check above leaves this to entries older than the money.
            return {(share_id, False): part}
        return split_nested(part, weights)

    def _split_reserves(self, event, parts):
        """What the reserve of each fund bears of a loss, being first; what comes back
        of a loss fills it again in the same proportion."""
        if event.kind not in ("lost", "claim_lost", "recovered"):
            return {}
        found = {}
        for share in self.share_ids:
            own = {stake: part for stake, part in parts.items() if stake[0] == share.id}
            if not any(own.values()):
                continue
            if event.kind == "recovered":
                amount = self._refilled(share, sum(own.values()))
            else:
                amount = self._exact(share.fund_id._figures()[share.fund_id]["reserve"])
            found |= split_reserve(own, amount)
        return found

    def _refilled(self, share, amount):
        """Of what comes back, the part of the reserve in what was lost."""
        lost = share.line_ids.filtered(lambda x: x.kind in ("lost", "claim_lost"))
        total = sum(self._exact(line.amount) for line in lost)
        borne = sum(self._exact(line.reserve_amount) for line in lost)
        if not total:
            return Decimal(0)
        return self._exact(float(min(amount, total) * borne / total))

    def _book_line(self, event, stake, part, borne):
        share_id, contribution_id = stake
        share = self.env["hub.loan.share"].browse(share_id)
        return {
            "kind": event.kind,
            "amount": float(part),
            "reserve_amount": float(borne),
            "date": event.date,
            "company_id": self.company_id.id,
            "fund_id": share.fund_id.id,
            "share_id": share_id,
            "contribution_id": contribution_id or False,
            "move_id": event.move_id,
            "partial_id": event.partial_id or False,
        }
