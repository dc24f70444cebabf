from odoo import models
from odoo.fields import Domain

from .hub_contribution_line import PAID

EVENTS = {"given": "given", "borne": "borne"}


class HubContribution(models.Model):
    """What entries and payments say of contributions, as lines of the fund book."""

    _inherit = "hub.contribution"

    def _keep_book(self):
        """Bring the fund book in line with entries and payments; again, it changes
        nothing."""
        contributions = self.sudo()
        if not contributions:
            return
        Line = self.env["hub.fund.line"].sudo()
        existing = Line.search(
            Domain("contribution_id", "in", contributions.ids)
            & Domain("contribution_line_id", "!=", False)
        )
        wanted = {}
        for vals in contributions._book_vals():
            wanted[self._book_key(vals)] = vals
        stale = Line
        for line in existing:
            vals = line._as_book_vals()
            if wanted.get(self._book_key(vals)) == vals:
                del wanted[self._book_key(vals)]
            else:
                stale |= line
        stale.unlink()
        Line.create(list(wanted.values()))

    def _book_key(self, vals):
        names = ("kind", "contribution_line_id", "move_id", "partial_id")
        return tuple(vals[name] for name in names)

    def _book_vals(self):
        lines = self.line_ids
        settled = lines._money_by_line()
        for line in lines:
            if line.kind == "opening":
                yield line._book_line("received", line.principal, line.date)
            elif not line.move_id.hub_is_live:
                continue
            elif line.kind in PAID:
                yield from line._paid_in_book(settled.get(line.open_line_id, ()))
            else:
                yield line._book_line(
                    EVENTS[line.kind], line.principal, line.move_id.date, line.move_id
                )


class HubContributionLine(models.Model):
    _inherit = "hub.contribution.line"

    def _money_by_line(self):
        """``{line to settle: [(matching, entry of the money)]}``, oldest first."""
        owed = self.filtered(lambda line: line.move_id.hub_is_live).open_line_id
        partials = self.env["account.partial.reconcile"].search(
            Domain("debit_move_id", "in", owed.ids)
            | Domain("credit_move_id", "in", owed.ids)
        )
        found = {}
        for part in partials.sorted("id"):
            for line, other in (
                (part.debit_move_id, part.credit_move_id),
                (part.credit_move_id, part.debit_move_id),
            ):
                if line in owed and other.move_id._hub_is_money():
                    found.setdefault(line, []).append((part, other.move_id))
        return {
            line: sorted(parts, key=lambda pair: (pair[1].date, pair[0].id))
            for line, parts in found.items()
        }

    def _paid_in_book(self, parts):
        """Payments of a call; of a return, the interest first."""
        interest = self.interest
        for part, move in parts:
            first = min(interest, part.amount)
            interest -= first
            rest = self.currency_id.round(part.amount - first)
            if first:
                yield self._book_line("paid_interest", first, move.date, move, part)
            if rest:
                kind = "received" if self.kind == "call" else "returned"
                yield self._book_line(kind, rest, move.date, move, part)

    def _book_line(self, kind, amount, day, move=None, part=None):
        one = self.contribution_id
        return {
            "kind": kind,
            "amount": self.currency_id.round(amount),
            "date": day,
            "company_id": one.company_id.id,
            "fund_id": one.fund_id.id,
            "contribution_id": one.id,
            "contribution_line_id": self.id,
            "move_id": move.id if move else False,
            "partial_id": part.id if part else False,
        }


class HubFundLine(models.Model):
    _inherit = "hub.fund.line"

    def _as_book_vals(self):
        """As :meth:`_book_line` would write it."""
        return {
            "kind": self.kind,
            "amount": self.amount,
            "date": self.date,
            "company_id": self.company_id.id,
            "fund_id": self.fund_id.id,
            "contribution_id": self.contribution_id.id,
            "contribution_line_id": self.contribution_line_id.id,
            "move_id": self.move_id.id,
            "partial_id": self.partial_id.id,
        }
