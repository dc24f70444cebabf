from collections import defaultdict

from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import SQL

from .hub_volunteer_hours import FUNCTIONS

# Validated or waiting hours that were not paid, of each of these periods.
FIGURES = """
    SELECT period.key, line.function, line.rate, line.partner_id, line.state,
           SUM(line.hours), SUM(line.value)
      FROM (VALUES %(periods)s) AS period (key, company_id, date_start, date_end)
      JOIN hub_volunteer_hours line
        ON line.company_id = period.company_id
       AND line.date BETWEEN period.date_start AND period.date_end
     WHERE line.active AND line.role_kind IS DISTINCT FROM 'employee'
     GROUP BY period.key, line.function, line.rate, line.partner_id, line.state
"""


class HubHoursValuation(models.Model):
    """Hours and value of a period: in all, by function and rate, by person."""

    _inherit = "hub.hours.valuation"

    hours = fields.Float(
        string="Validated hours", compute="_compute_figures", compute_sudo=True
    )
    value = fields.Monetary(compute="_compute_figures", compute_sudo=True)
    waiting_hours = fields.Float(
        string="Hours to validate",
        compute="_compute_figures",
        compute_sudo=True,
        help="They count for nothing as long as nobody has validated them.",
    )
    unrated_hours = fields.Float(
        string="Hours without a rate",
        compute="_compute_figures",
        compute_sudo=True,
        help="Validated hours of days or functions for which no rate is set.",
    )
    tables = fields.Html(
        string="Hours and value", compute="_compute_tables", sanitize=False
    )

    @api.depends("company_id", "date_start", "date_end")
    def _compute_figures(self):
        rows = self._figures()
        for valuation in self:
            own = rows[valuation]
            done = [row for row in own if row["state"] == "validated"]
            valuation.hours = sum(row["hours"] for row in done)
            valuation.value = sum(row["value"] for row in done)
            valuation.unrated_hours = sum(r["hours"] for r in done if not r["rate"])
            valuation.waiting_hours = sum(
                row["hours"] for row in own if row["state"] == "draft"
            )

    @api.depends("company_id", "date_start", "date_end")
    @api.depends_context("lang")
    def _compute_tables(self):
        self.env["hub.volunteer.hours"].check_access("read")
        rows = self._figures()
        for valuation in self:
            values = valuation._table_values(rows[valuation])
            valuation.tables = self.env["ir.qweb"]._render(
                "solidarity_hub.hours_valuation_tables", values
            )

    def _figures(self):
        """Sums of hours, one query for all these periods.

        :return: ``{valuation: [{function, rate, partner_id, state, hours, value}]}``
        """
        found = defaultdict(list)
        dated = [v for v in self if v.date_start and v.date_end and v.company_id]
        if not dated:
            return found
        self.env["hub.volunteer.hours"].flush_model()
        periods = SQL(", ").join(
            SQL(
                "(%s, %s, %s::date, %s::date)",
                key,
                valuation.company_id.id,
                valuation.date_start,
                valuation.date_end,
            )
            for key, valuation in enumerate(dated)
        )
        names = ("function", "rate", "partner_id", "state", "hours", "value")
        for key, *row in self.env.execute_query(SQL(FIGURES, periods=periods)):
            found[dated[key]].append(dict(zip(names, row, strict=True)))
        return found

    def _table_values(self, rows):
        """What the tables of one period show, as words."""
        self.ensure_one()
        done = [row for row in rows if row["state"] == "validated"]
        people = self.env["res.partner"].browse({row["partner_id"] for row in rows})
        names = {person.id: person.display_name for person in people}
        labels = dict(
            self.env["hub.volunteer.hours"]
            ._fields["function"]
            ._description_selection(self.env)
        )
        order = [key for key, _label in FUNCTIONS]
        by_rate = self._summed(done, "function", "rate")
        by_person = self._summed(done, "partner_id")
        waiting = self._summed([r for r in rows if r["state"] == "draft"], "partner_id")
        words = self.env["res.partner"]._hub_hours_words
        money = self.currency_id.format
        return {
            "functions": [
                [labels[function], money(rate), words(hours), money(value)]
                for (function, rate), (hours, value) in sorted(
                    by_rate.items(), key=lambda item: (order.index(item[0][0]), item[0])
                )
            ],
            "people": [
                [name, words(hours), words(waiting[key,][0]), money(value)]
                for key, name in sorted(names.items(), key=lambda item: item[1] or "")
                for hours, value in [by_person[key,]]
            ],
            "totals": [words(self.hours), words(self.waiting_hours), money(self.value)],
        }

    @api.model
    def _summed(self, rows, *names):
        """``{key: [hours, value]}`` of these rows."""
        sums = defaultdict(lambda: [0.0, 0.0])
        for row in rows:
            total = sums[tuple(row[name] for name in names)]
            total[0] += row["hours"]
            total[1] += row["value"] or 0.0
        return sums

    # ------------------------------------------------------------
    # What stands behind a figure
    # ------------------------------------------------------------

    def _action_lines(self, name, domain):
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "solidarity_hub.hub_volunteer_hours_action"
        )
        period = (
            Domain("company_id", "=", self.company_id.id)
            & Domain("date", ">=", self.date_start)
            & Domain("date", "<=", self.date_end)
            & Domain("role_kind", "!=", "employee")
        )
        return dict(
            action,
            name=name,
            display_name=name,
            domain=list(period & domain),
            context={"search_default_group_partner": 1},
            path=False,
        )

    def action_lines(self):
        """The hours that count in this period."""
        return self._action_lines(
            self.env._("Validated hours"), Domain("state", "=", "validated")
        )

    def action_waiting(self):
        """The hours of this period that nobody has validated."""
        return self._action_lines(
            self.env._("Hours to validate"), Domain("state", "=", "draft")
        )

    def action_unrated(self):
        """The hours of this period that are worth nothing for want of a rate."""
        return self._action_lines(
            self.env._("Hours without a rate"),
            Domain("state", "=", "validated") & Domain("rate", "=", 0),
        )

    def action_book(self):
        """All the time of this period, in a spreadsheet."""
        self.ensure_one()
        book = self.env["hub.hours.book"].create(
            {
                "company_id": self.company_id.id,
                "date_from": self.date_start,
                "date_to": self.date_end,
            }
        )
        return dict(book.action_download(), close=False)
