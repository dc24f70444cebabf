from collections import defaultdict

from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.fields import Domain
from odoo.tools import formatLang

from ..models.finance.hub_fund_line import BACK, LOST
from ..reports.print_words import long_date

# What is summed in a row of figures; its words are in ``_labels``.
TOLD = (
    ("received",),
    ("returned",),
    ("paid_interest",),
    ("given",),
    ("lent",),
    ("repaid",),
    ("claim_paid",),
    LOST,
    ("reserve",),
    ("borne",),
    ("recovered",),
    ("interest", "fee"),
)
# What a funder sees one by one; the many small repayments are told by month.
ONE_BY_ONE = ("received", "returned", "paid_interest", "given", "borne", *LOST)


class HubFunderStatement(models.TransientModel):
    """What my money and my time became: the statement of a funder.

    Everything is read from the fund book. Borrowers are not named: a project is told in
    the words that its holder agreed to, or only counted.
    """

    _name = "hub.funder.statement"
    _description = "Statement of a funder"
    _inherit = ["hub.period.mixin"]
    _check_company_auto = True

    partner_id = fields.Many2one(
        "res.partner", string="Funder", required=True, check_company=True
    )
    company_id = fields.Many2one(string="Hub")
    date_to = fields.Date(string="Until")
    with_entries = fields.Boolean(string="With the entries behind it", default=True)

    @api.constrains("date_from", "date_to")
    def _check_dates(self):
        for statement in self:
            if statement.date_to < statement.date_from:
                raise ValidationError(
                    self.env._(
                        "The statement of %(name)s ends before it begins: exchange the"
                        " two days.",
                        name=statement.partner_id.display_name,
                    )
                )

    def action_print(self):
        self.ensure_one()
        return self.env.ref("solidarity_hub.report_funder_statement").report_action(
            self
        )

    def _hub_print_lang(self):
        return self.partner_id.lang or self.env.lang

    def _file_name(self):
        return self.env._(
            "Statement %(name)s %(day)s",
            name=self.partner_id.name,
            day=fields.Date.to_string(self.date_to),
        )

    # ------------------------------------------------------------
    # Plain values
    # ------------------------------------------------------------

    def _statement(self):
        """All that is printed, as plain values."""
        self.ensure_one()
        contributions = self._contributions()
        lines = self._lines(contributions)
        before = lines.filtered(lambda line: line.date < self.date_from)
        return {
            "name": self.partner_id.name,
            "period": self.env._(
                "from %(start)s to %(end)s",
                start=long_date(self.env, self.date_from),
                end=long_date(self.env, self.date_to),
            ),
            "contributions": [self._told(one, lines) for one in contributions],
            "figures": self._figures(lines, lines - before),
            "times": self._times(lines),
            **self._projects(lines, contributions),
            **self._cooperation(),
            "entries": self._entries(lines - before) if self.with_entries else [],
        }

    def _contributions(self):
        return (
            self.env["hub.contribution"]
            .with_context(active_test=False)
            .search(
                Domain("partner_id", "=", self.partner_id.id)
                & Domain("company_id", "=", self.company_id.id)
                & Domain("granted_on", "<=", self.date_to)
                & Domain("cancelled_on", "=", False),
                order="granted_on, id",
            )
        )

    def _lines(self, contributions):
        return self.env["hub.fund.line"].search(
            Domain("contribution_id", "in", contributions.ids)
            & Domain("date", "<=", self.date_to),
            order="date, id",
        )

    def _money(self, amount):
        return self.company_id.currency_id.format(amount)

    def _told(self, one, lines):
        """One contribution, as it stood on the last day."""
        sums = self._sums(lines.filtered(lambda line: line.contribution_id == one))
        received, owed = sums["received"], 0
        if one.is_owed:
            owed = received - sums["returned"] - sums["given"] - sums["borne"]
        if one.direct:
            paid = one.direct_on and one.direct_on <= self.date_to
            received, owed = one.direct_amount if paid else 0, 0
        planned = one._returns().filtered(lambda line: line.state != "settled")
        coming = planned.sorted("date")[:1]
        return {
            "number": one.name,
            "what": one.what,
            "granted": self._money(one.amount),
            "granted_on": long_date(self.env, one.granted_on),
            "received": self._money(received) if one.instrument != "guarantee" else "",
            "owed": self._money(owed) if owed else "",
            "direct": one.direct,
            "next": self._next_return(coming),
        }

    def _next_return(self, line):
        if not line:
            return ""
        return self.env._(
            "next return on %(day)s: %(amount)s",
            day=long_date(self.env, line.date),
            amount=self._money(line.amount),
        )

    def _figures(self, lines, recent):
        """``[(label, in the period, since the beginning)]``; rows of zeros left out."""
        whole, part = self._sums(lines), self._sums(recent)
        return [
            (
                label,
                self._money(sum(part[kind] for kind in kinds)),
                self._money(sum(whole[kind] for kind in kinds)),
            )
            for label, kinds in zip(self._labels(), TOLD, strict=True)
            if any(whole[kind] for kind in kinds)
        ]

    def _labels(self):
        """What the kinds of TOLD mean for a funder, one by one."""
        return [
            self.env._("Received from you"),
            self.env._("Returned to you"),
            self.env._("Interest paid to you"),
            self.env._("Given by you instead of returned"),
            self.env._("Lent with your money"),
            self.env._("Paid back by borrowers"),
            self.env._("Paid by guarantors"),
            self.env._("Lost"),
            self.env._("of which borne by the reserve of the fund"),
            self.env._("of which borne by you"),
            self.env._("Recovered after a loss"),
            self.env._("Interest and fees that your money earned"),
        ]

    def _sums(self, lines):
        sums = defaultdict(float)
        for line in lines:
            sums[line.kind] += line.amount
            if line.kind in LOST:
                sums["reserve"] += line.reserve_amount
        return sums

    def _times(self, lines):
        """Where the money is on the last day, and how often it was lent."""
        sums = self._sums(lines)
        received = sums["received"]
        out = sums["lent"] - sums["repaid"] - sums["lost"] - sums["claimed"]
        back = sum(sums[kind] for kind in BACK)
        words = {
            "day": long_date(self.env, self.date_to),
            "out": self._money(out),
            "in_hand": self._money(received - sums["returned"] - sums["lent"] + back),
            "lent": self._money(sums["lent"]),
            "received": self._money(received),
            "times": formatLang(self.env, sums["lent"] / (received or 1), digits=1),
            "loans": len(lines.filtered(lambda line: line.kind == "lent").loan_id),
        }
        return {**words, "text": self._times_text(words)}

    def _times_text(self, words):
        if not words["loans"]:
            return self.env._(
                "On %(day)s, %(in_hand)s of it are in hand, to be lent.", **words
            )
        return self.env._(
            "Of %(received)s received, %(lent)s were lent so far, %(times)s times the"
            " money (number of loans: %(loans)s): what comes back is lent again. On"
            " %(day)s, %(out)s are with borrowers and %(in_hand)s in hand.",
            **words,
        )

    def _projects(self, lines, contributions):
        """Projects helped, in the words that their holders agreed to."""
        lent = lines.filtered(lambda line: line.kind == "lent")
        leads = lent.loan_id.sudo().lead_id
        leads |= contributions.filtered("direct").sudo().lead_id
        agreed = leads.filtered(
            lambda lead: lead.hub_summary and lead.hub_summary_agreed_on
        )
        return {
            "projects": [lead.hub_summary for lead in agreed.sorted("id")],
            "others": len(leads - agreed),
        }

    def _cooperation(self):
        done = (
            self.env["hub.cooperation"]
            .with_context(active_test=False)
            .search(
                Domain("partner_id", "=", self.partner_id.id)
                & Domain("company_id", "=", self.company_id.id)
                & (
                    Domain("date_start", "=", False)
                    | Domain("date_start", "<=", self.date_to)
                ),
                order="date_start, id",
            )
        )
        kinds = dict(done._fields["kind"]._description_selection(self.env))
        words = self.env["res.partner"]._hub_hours_words
        return {
            "cooperation": [
                {
                    "name": one.name,
                    "kind": kinds[one.kind],
                    "from": long_date(self.env, one.date_start),
                    "promised": words(one.hours_promised) if one.hours_promised else "",
                    "hours": words(one.hours) if one.hours else "",
                }
                for one in done
            ],
            "hours": words(sum(done.mapped("hours"))),
        }

    def _entries(self, lines):
        """Entries of the period: one by one, and by month what comes in many parts."""
        kinds = dict(lines._fields["kind"]._description_selection(self.env))
        single = lines.filtered(lambda line: line.kind in (*ONE_BY_ONE, "lent"))
        rows = [
            (
                day,
                long_date(self.env, day),
                kinds[kind],
                move.name or "",
                self._money(sum(found.mapped("amount"))),
            )
            for (day, kind, move), found in single.grouped(
                lambda line: (line.date, line.kind, line.sudo().move_id)
            ).items()
        ]
        for (_month, kind), found in (
            (lines - single)
            .grouped(lambda line: (line.date.replace(day=1), line.kind))
            .items()
        ):
            last = max(found.mapped("date"))
            entries = found.sudo().move_id.sorted("id").mapped("name")
            rows.append(
                (
                    last,
                    self.env._("until %(day)s", day=long_date(self.env, last)),
                    kinds[kind],
                    ", ".join(entries),
                    self._money(sum(found.mapped("amount"))),
                )
            )
        return [row[1:] for row in sorted(rows, key=lambda row: row[0])]
