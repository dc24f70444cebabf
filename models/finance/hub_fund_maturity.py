from odoo import api, fields, models
from odoo.tools import format_date


class HubFund(models.Model):
    """Resources last at least as long as the loans made of them (R518-62): else the
    fund lacks money on the day on which it must return some."""

    _inherit = "hub.fund"

    maturity_warning = fields.Char(
        compute="_compute_maturity_warning", compute_sudo=True
    )

    @api.depends("line_ids.amount", "share_ids.amount", "share_ids.loan_id.state")
    def _compute_maturity_warning(self):
        gaps = self._origin._maturity_gaps()
        for fund in self:
            gap = gaps.get(fund._origin)
            fund.maturity_warning = gap and fund._gap_text(*gap)

    def _gap_text(self, day, missing):
        return self.env._(
            "On %(day)s %(fund)s would lack %(missing)s: it returns money to funders"
            " before its loans are paid back. Longer resources, shorter loans, or a"
            " later return would close the gap.",
            day=format_date(self.env, day),
            fund=self.name,
            missing=self.currency_id.format(missing),
        )

    def _maturity_gaps(self, more=()):
        """``{fund: (day, missing)}``: the first day on which a fund would lack money.

        :param more: ``[(fund, day, amount)]`` to count besides, of a loan that is not
            agreed to yet
        """
        moves = {}
        for fund, day, amount in self.env["hub.fund.forecast"]._read_group(
            [("fund_id", "in", self.ids)], ["fund_id", "date:day"], ["amount:sum"]
        ):
            moves.setdefault(fund.id, []).append((day, amount))
        for fund, day, amount in more:
            moves.setdefault(fund.id, []).append((day, amount))
        gaps = {}
        for fund in self:
            gap = self._first_gap(sorted(moves.get(fund.id, ())), fund.currency_id)
            if gap:
                gaps[fund] = gap
        return gaps

    @api.model
    def _first_gap(self, moves, currency):
        balance, days = 0, {}
        for day, amount in moves:
            balance += amount
            days[day] = balance
        for day, left in days.items():
            if currency.compare_amounts(left, 0) < 0:
                return day, -left
        return None


class HubLoan(models.Model):
    _inherit = "hub.loan"

    fund_warning = fields.Char(compute="_compute_fund_warning", compute_sudo=True)

    @api.depends(
        "fund_id", "share_ids.amount", "share_ids.fund_id", "amount", "state", "periods"
    )
    def _compute_fund_warning(self):
        """What the committee should know of the funds, before it is too late."""
        for loan in self:
            open_ = loan.state in ("draft", "submitted", "approved", "signed")
            loan.fund_warning = loan._fund_warning_text() if open_ else False

    def _fund_warning_text(self):
        parts = self._fund_parts()
        if not parts:
            return self._no_fund_text()
        lacking = self._lacking_text(parts)
        if lacking:
            return lacking
        funds = self.env["hub.fund"].union(*parts)
        counted = self.state in ("approved", "signed")
        gaps = funds._maturity_gaps(() if counted else self._as_moves(parts))
        return " ".join(fund._gap_text(*gap) for fund, gap in gaps.items()) or False

    def _fund_parts(self):
        """``{fund: amount}`` behind this loan, as typed so far."""
        if self.share_ids:
            return {share.fund_id._origin: share.amount for share in self.share_ids}
        return {self.fund_id._origin: self.amount} if self.fund_id else {}

    def _no_fund_text(self):
        company = self.company_id
        if not self.env["hub.fund"].search_count(
            [("company_id", "=", company.id)], limit=1
        ):
            return False
        return self.env._(
            "No fund stands behind this loan: it does not count in the figures of the"
            " funds."
        )

    def _lacking_text(self, parts):
        """Before the agreement: a fund has less than is asked."""
        if self.state in ("approved", "signed"):
            return False
        figures = self.env["hub.fund"].union(*parts)._figures()
        for fund, asked in parts.items():
            left = figures[fund]["available"]
            if self.currency_id.compare_amounts(asked, left) > 0:
                return self.env._(
                    "%(fund)s: %(asked)s asked, %(left)s can be lent today.",
                    fund=fund.name,
                    asked=self.currency_id.format(asked),
                    left=self.currency_id.format(max(left, 0)),
                )
        return False

    def _as_moves(self, parts):
        """What an application would take from each fund, and bring back."""
        total = sum(parts.values())
        lines = self._lines_to_show()
        if not (total and lines):
            return []
        moves = []
        for fund, amount in parts.items():
            moves.append((fund, self.disbursement_date, -amount))
            for line in lines:
                day = fields.Date.to_date(line["due_date"])
                moves.append((fund, day, line["principal"] * amount / total))
        return moves
