from collections import defaultdict

from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.fields import Domain
from odoo.tools import SQL

from .hub_fund_line import BACK, LOST

NAMES = (
    "received",
    "returned",
    "given",
    "borne",
    "lent",
    "repaid",
    "lost",
    "claimed",
    "recovered",
    "interest",
    "outstanding",
    "cash",
    "held",
    "committed",
    "reserve",
    "missing",
    "available",
)


def _figure(label, text=None):
    return fields.Monetary(
        string=label, compute="_compute_figures", compute_sudo=True, help=text
    )


class HubFund(models.Model):
    """The figures of a fund at any date: from the fund book, for all funds at once.

    The reserve is kept out of money that is there: before the first money comes, what
    can be lent is zero, and the whole reserve is still to come.

    The context key ``hub_fund_date`` names the day; without it, today.
    """

    _inherit = "hub.fund"

    received_amount = _figure(
        "Received so far", "From funders, and put in by the hub itself."
    )
    returned_amount = _figure("Returned to funders")
    given_amount = _figure("Given instead of returned")
    borne_amount = _figure("Losses borne by funders")
    lent_amount = _figure("Lent")
    repaid_amount = _figure("Paid back")
    lost_amount = _figure("Lost")
    claimed_amount = _figure(
        "Claimed from guarantors", "Asked from guarantors and neither paid nor lost."
    )
    recovered_amount = _figure(
        "Recovered", "Paid by guarantors, or by borrowers after a loss."
    )
    interest_amount = _figure("Interest and fees")
    outstanding_amount = _figure("With borrowers", "Lent and not paid back.")
    cash_amount = _figure("In hand")
    held_amount = _figure(
        "To go back to funders",
        "Paid back by borrowers, and to be returned to the funder instead of being lent"
        " again.",
    )
    committed_amount = _figure("Promised", "Agreed or signed loans not paid out yet.")
    reserve_left = _figure("Reserve left")
    missing_amount = _figure(
        "Still to come for the reserve",
        "Nothing can be lent before this much more has come in.",
    )
    available_amount = _figure(
        "Can be lent", "In hand, less what is promised, held to go back, and reserved."
    )

    @api.depends(
        "line_ids.amount",
        "line_ids.reserve_amount",
        "line_ids.cash_amount",
        "line_ids.date",
        "reserve_amount",
        "share_ids.amount",
        "share_ids.loan_id.state",
        "share_ids.loan_id.decided_on",
        "contribution_ids.recycling",
    )
    @api.depends_context("hub_fund_date")
    def _compute_figures(self):
        figures = self._origin._figures(self.env.context.get("hub_fund_date"))
        empty = dict.fromkeys(NAMES, 0)
        for fund in self:
            found = figures.get(fund._origin, empty)
            for name in NAMES:
                field = "reserve_left" if name == "reserve" else f"{name}_amount"
                fund[field] = found[name]

    def _figures(self, day=None):
        """``{fund: {name: amount}}`` at the end of a day, today by default."""
        day = fields.Date.to_date(day) or fields.Date.context_today(self)
        funds = self.sudo()
        sums, cash, used = funds._book_sums(day)
        committed, held = funds._committed(day), funds._held(day)
        result = {}
        for fund in self:
            found = defaultdict(float, sums[fund.id])
            values = {name: found[name] for name in NAMES}
            values |= {
                "lost": sum(found[kind] for kind in LOST),
                "recovered": found["claim_paid"] + found["recovered"],
                "interest": found["interest"] + found["fee"],
                "claimed": found["claimed"] - found["claim_paid"] - found["claim_lost"],
                "outstanding": found["lent"]
                - found["repaid"]
                - found["lost"]
                - found["claimed"],
                "cash": cash[fund.id],
                "held": held[fund.id],
                "committed": committed[fund.id],
                "reserve": max(fund.sudo().reserve_amount - used[fund.id], 0),
            }
            free = values["cash"] - values["held"] - values["committed"]
            kept = min(values["reserve"], max(free, 0))
            values["missing"] = values["reserve"] - kept
            values["reserve"] = kept
            values["available"] = free - kept
            result[fund] = {
                name: fund.currency_id.round(amount) for name, amount in values.items()
            }
        return result

    def _book_sums(self, day):
        """Sums by kind, money in hand, and what the reserve bore, by fund."""
        sums, cash = defaultdict(dict), defaultdict(float)
        used = defaultdict(float)
        for fund, kind, amount, reserve, moved in self.env["hub.fund.line"]._read_group(
            Domain("fund_id", "in", self.ids) & Domain("date", "<=", day),
            ["fund_id", "kind"],
            ["amount:sum", "reserve_amount:sum", "cash_amount:sum"],
        ):
            sums[fund.id][kind] = amount
            cash[fund.id] += moved
            used[fund.id] += -reserve if kind == "recovered" else reserve
        return sums, cash, used

    def _held(self, day):
        """What borrowers paid back and funders get: it is not lent again."""
        back, returned = defaultdict(float), defaultdict(float)
        for fund, contribution, kind, amount in self.env["hub.fund.line"]._read_group(
            Domain("fund_id", "in", self.ids)
            & Domain("date", "<=", day)
            & Domain("contribution_id.recycling", "=", "funder")
            & Domain("kind", "in", (*BACK, "returned")),
            ["fund_id", "contribution_id", "kind"],
            ["amount:sum"],
        ):
            kept = returned if kind == "returned" else back
            kept[fund.id, contribution.id] += amount
        held = defaultdict(float)
        for (fund_id, contribution_id), amount in back.items():
            left = amount - returned[fund_id, contribution_id]
            held[fund_id] += max(left, 0)
        return held

    def _committed(self, day):
        """Loans agreed to by that day, less what was paid out of them by then."""
        for model in ("hub.loan", "hub.loan.share", "hub.fund.line"):
            self.env[model].flush_model()
        if not self.ids:
            return defaultdict(float)
        rows = self.env.execute_query(
            SQL(
                """
                SELECT share.fund_id, SUM(
                    CASE WHEN loan.state IN ('repaid', 'written_off')
                         THEN LEAST(share.amount, COALESCE(book.ever, 0))
                         ELSE share.amount END - COALESCE(book.by_then, 0))
                FROM hub_loan_share share
                JOIN hub_loan loan ON loan.id = share.loan_id
                LEFT JOIN LATERAL (
                    SELECT SUM(line.amount) AS ever,
                           SUM(line.amount) FILTER (WHERE line.date <= %(day)s)
                               AS by_then
                    FROM hub_fund_line line
                    WHERE line.share_id = share.id AND line.kind = 'lent'
                ) book ON TRUE
                WHERE share.fund_id IN %(funds)s AND loan.decided_on <= %(day)s
                  AND (loan.state IN
                          ('approved', 'signed', 'disbursed', 'repaid', 'written_off')
                       OR loan.state = 'cancelled' AND loan.closed_on > %(day)s)
                GROUP BY share.fund_id
                """,
                day=day,
                funds=tuple(self.ids),
            )
        )
        return defaultdict(float, {fund: float(amount) for fund, amount in rows})

    # ------------------------------------------------------------
    # Who stands behind the money in hand
    # ------------------------------------------------------------

    def _lendable(self):
        """``{contribution id or False: amount}`` of a fund's money that may be lent.

        False is what the fund earned itself.
        """
        self.ensure_one()
        cash, back, returned = (defaultdict(float) for _number in range(3))
        for contribution, kind, amount, moved in (
            self.env["hub.fund.line"]
            .sudo()
            ._read_group(
                Domain("fund_id", "=", self.id),
                ["contribution_id", "kind"],
                ["amount:sum", "cash_amount:sum"],
            )
        ):
            earned = kind in ("interest", "fee", "paid_interest")
            cash[False if earned else contribution.id] += moved
            if contribution.recycling == "funder":
                kept = {"returned": returned}.get(kind)
                kept = back if kind in BACK else kept
                if kept is not None:
                    kept[contribution.id] += amount
        held = {key: max(back[key] - returned[key], 0) for key in back}
        round_ = self.currency_id.round
        return {
            key: round_(amount - held.get(key, 0))
            for key, amount in cash.items()
            if self.currency_id.compare_amounts(amount - held.get(key, 0), 0) > 0
        }

    def _check_not_overdrawn(self, loan, asked):
        """Nobody is promised money that is promised to others, or not there.

        :param asked: ``{fund: amount}`` of this loan, counted already
        """
        self._take_turn()
        for fund, found in self._figures().items():
            left = found["available"] - found["missing"]
            if fund.currency_id.compare_amounts(left, 0) < 0:
                raise ValidationError(
                    fund._overdrawn_text(loan, asked.get(fund, 0), found)
                )

    def _overdrawn_text(self, loan, asked, found):
        amount = self.currency_id.format
        after = found["available"] - found["missing"]
        return self.env._(
            "%(fund)s: %(loan)s asks for %(asked)s, %(left)s can be lent:"
            " %(missing)s are missing. In hand %(cash)s, of which promised to other"
            " loans %(committed)s, to go back to funders %(held)s, in reserve"
            " %(reserve)s. Lower the amount, choose another fund, or call what funders"
            " have granted.",
            fund=self.name,
            loan=loan.display_name,
            asked=amount(asked),
            left=amount(max(after + asked, 0)),
            missing=amount(-after),
            cash=amount(found["cash"]),
            committed=amount(found["committed"] - loan._committed_from(self)),
            held=amount(found["held"]),
            reserve=amount(found["reserve"] + found["missing"]),
        )
