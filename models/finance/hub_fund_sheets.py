from collections import defaultdict

from odoo import api, fields, models
from odoo.exceptions import AccessError
from odoo.fields import Domain
from odoo.tools import format_date

from ...reports.xlsx_book import Book
from .hub_fund_line import LOST
from .hub_loan_funds import PROMISED

TAKERS = ("solidarity_hub.group_hub_coordinator", "solidarity_hub.group_hub_finance")
# In the order in which a treasurer reads them.
FIGURES = (
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
    "available",
)


class HubFund(models.Model):
    """The fund book as a spreadsheet: all funds on one sheet, then a sheet for each.

    Everything is as it was on the last day, whatever happened since.
    """

    _inherit = "hub.fund"

    @api.model
    def _check_may_take_away(self):
        if not self.env.su and not any(map(self.env.user.has_group, TAKERS)):
            raise AccessError(
                self.env._(
                    "The coordination and finance take the fund book away in a"
                    " spreadsheet: ask one of them."
                )
            )

    @api.model
    def _spreadsheet(self, company, date_from, date_to):
        """The file, as bytes."""
        self._check_may_take_away()
        funds = self._to_take_away(company)
        before = funds._figures(fields.Date.subtract(date_from, days=1))
        after = funds._figures(date_to)
        lines = funds._lines_by_fund(date_to)
        book = Book()
        book.sheet(
            self.env._("Funds"),
            self._sheet_title(company.name, date_from, date_to),
            [
                (self.env._("Fund"), "text"),
                *((self._label(n), "money") for n in FIGURES),
            ],
            [[fund.name, *(after[fund][name] for name in FIGURES)] for fund in funds],
            total=self.env._("In all"),
        )
        for fund in funds:
            own = lines.get(fund, self.env["hub.fund.line"])
            days = (date_from, date_to)
            book.page(
                fund.name,
                self._sheet_title(fund.name, *days),
                [
                    fund._sheet_figures(before[fund], after[fund], *days),
                    fund._sheet_contributions(own, date_to),
                    fund._sheet_loans(own, date_to),
                    fund._sheet_movements(own, before[fund]["cash"], date_from),
                ],
            )
        return book.content()

    @api.model
    def _to_take_away(self, company):
        """Funds of a hub; archived ones as long as they have a past to tell."""
        funds = self.with_context(active_test=False).search(
            Domain("company_id", "=", company.id)
        )
        return funds.filtered(lambda fund: fund.active or fund.line_ids)

    def _lines_by_fund(self, day):
        """Lines of the fund book up to a day, oldest first, by fund."""
        return (
            self.env["hub.fund.line"]
            .search(
                Domain("fund_id", "in", self.ids) & Domain("date", "<=", day),
                order="date, id",
            )
            .grouped("fund_id")
        )

    @api.model
    def _sheet_title(self, name, date_from, date_to):
        return self.env._(
            "%(name)s: fund book from %(start)s to %(end)s",
            name=name,
            start=format_date(self.env, date_from),
            end=format_date(self.env, date_to),
        )

    @api.model
    def _label(self, name):
        field = "reserve_left" if name == "reserve" else f"{name}_amount"
        return self._fields[field]._description_string(self.env)

    def _sheet_figures(self, before, after, date_from, date_to):
        """Where the fund stood before the first day, and at the end of the last."""
        return (
            "",
            [
                (self.env._("Figures"), "text"),
                (
                    self.env._("Before %(day)s", day=format_date(self.env, date_from)),
                    "money",
                ),
                (
                    self.env._("End of %(day)s", day=format_date(self.env, date_to)),
                    "money",
                ),
            ],
            [[self._label(name), before[name], after[name]] for name in FIGURES],
            None,
        )

    def _sheet_contributions(self, lines, day):
        """Each contribution granted by then, and what became of it until then."""
        sums = self._sums_by(lines, "contribution_id")
        # Lists: what is read of one fund is read of all of them at once.
        granted = [
            one
            for one in self.contribution_ids
            if one in sums
            or (one.granted_on and one.granted_on <= day and not one.cancelled_on)
        ]
        label = self.env["hub.contribution"]._fields
        names = ("name", "partner_id", "what", "granted_on", "amount")
        heads = [label[name]._description_string(self.env) for name in names]
        kinds = ["text", "text", "text", "date", "money"]
        heads += [self._label(n) for n in ("received", "returned", "given", "borne")]
        heads += [
            label["owed_amount"]._description_string(self.env),
            self._label("lent"),
        ]
        return (
            self.env._("Contributions"),
            list(zip(heads, kinds + ["money"] * 6, strict=True)),
            [one._sheet_row(sums[one]) for one in reversed(granted)],
            self.env._("In all"),
        )

    def _sheet_loans(self, lines, day):
        """Each loan that is promised or paid out, and what came back until then."""
        sums = self._sums_by(lines, "share_id")
        shares = [
            share
            for share in self.share_ids
            if share in sums or share._is_promised_on(day)
        ]
        label = self.env["hub.loan"]._fields
        heads = [
            self.env._("Number"),
            label["partner_id"]._description_string(self.env),
            label["decided_on"]._description_string(self.env),
            self.env._("Share of the fund"),
        ]
        names = ("committed", "lent", "repaid", "lost", "claimed", "recovered")
        heads += [self._label(n) for n in (*names, "outstanding", "interest")]
        return (
            self.env._("Loans"),
            list(zip(heads, ["text", "text", "date"] + ["money"] * 9, strict=True)),
            [
                share._sheet_row(sums[share], day)
                for share in sorted(shares, key=lambda share: share.loan_id.id)
            ],
            self.env._("In all"),
        )

    def _sums_by(self, lines, name):
        """``{record: {kind: amount}}`` of lines of the fund book."""
        sums = defaultdict(lambda: defaultdict(float))
        for line in lines:
            sums[line[name]][line.kind] += line.amount
        return sums

    def _sheet_movements(self, lines, cash, date_from):
        """What happened from the first day on, and what was in hand after it."""
        label = lines._fields
        names = ("date", "kind", "funder_id", "contribution_id", "loan_id", "move_id")
        heads = [label[name]._description_string(self.env) for name in names]
        names = ("amount", "reserve_amount", "cash_amount")
        heads += [label[name]._description_string(self.env) for name in names]
        heads.append(self._label("cash"))
        kinds = dict(label["kind"]._description_selection(self.env))
        rows = []
        for line in lines.filtered(lambda line: line.date >= date_from):
            cash = self.currency_id.round(cash + line.cash_amount)
            rows.append([*line._sheet_row(kinds), cash])
        return (
            self.env._("Movements"),
            list(zip(heads, ["date"] + ["text"] * 5 + ["money"] * 4, strict=True)),
            rows,
            None,
        )


class HubContribution(models.Model):
    _inherit = "hub.contribution"

    def _sheet_row(self, sums):
        gone = sums["returned"] + sums["given"] + sums["borne"]
        return [
            self.name,
            self.partner_id.name,
            self.what,
            self.granted_on,
            self.amount,
            sums["received"],
            sums["returned"],
            sums["given"],
            sums["borne"],
            sums["received"] - gone if self.is_owed else 0,
            sums["lent"],
        ]


class HubLoanShare(models.Model):
    _inherit = "hub.loan.share"

    def _is_promised_on(self, day):
        """As the figures of the fund count it."""
        loan = self.loan_id
        stands = loan.state in PROMISED or (
            loan.state == "cancelled" and loan.closed_on and loan.closed_on > day
        )
        return bool(stands and loan.decided_on and loan.decided_on <= day)

    def _sheet_row(self, sums, day):
        out = sums["lent"] - sums["repaid"] - sums["lost"] - sums["claimed"]
        promised = 0
        if self._is_promised_on(day):
            over = self.loan_id.state in ("repaid", "written_off")
            promised = min(self.amount, self.lent_amount) if over else self.amount
            promised -= sums["lent"]
        return [
            self.loan_id.name,
            self.loan_id.partner_id.name,
            self.loan_id.decided_on,
            self.amount,
            promised,
            sums["lent"],
            sums["repaid"],
            sum(sums[kind] for kind in LOST),
            sums["claimed"] - sums["claim_paid"] - sums["claim_lost"],
            sums["claim_paid"] + sums["recovered"],
            out,
            sums["interest"] + sums["fee"],
        ]


class HubFundLine(models.Model):
    _inherit = "hub.fund.line"

    def _sheet_row(self, kinds):
        return [
            self.date,
            kinds[self.kind],
            self.funder_id.name,
            self.contribution_id.name,
            self.loan_id.name,
            self.sudo().move_id.name,
            self.amount,
            self.reserve_amount,
            self.cash_amount,
        ]
