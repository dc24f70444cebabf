from collections import defaultdict

from odoo import api, models
from odoo.exceptions import AccessError
from odoo.fields import Domain
from odoo.tools import format_date

from ...reports.xlsx_book import Book

TAKERS = ("solidarity_hub.group_hub_coordinator", "solidarity_hub.group_hub_finance")
READ = (
    "date",
    "partner_id",
    "role_kind",
    "function",
    "lead_id",
    "programme_id",
    "name",
    "source",
    "hours",
    "state",
    "rate",
    "value",
)
KINDS = {"date": "date", "hours": "hours", "rate": "money", "value": "money"}


class HubVolunteerHours(models.Model):
    """Time given, in a spreadsheet: each line, and sums by person, function, project,
    programme and month."""

    _inherit = "hub.volunteer.hours"

    @api.model
    def _check_may_take_away(self):
        if not self.env.su and not any(map(self.env.user.has_group, TAKERS)):
            raise AccessError(
                self.env._(
                    "The coordination and finance take the time given away in a"
                    " spreadsheet: ask one of them."
                )
            )

    @api.model
    def _book(self, company, date_from, date_to):
        """The file, as bytes; columns that the user may not read are left out."""
        self._check_may_take_away()
        names = [n for n in READ if self._has_field_access(self._fields[n], "read")]
        lines = self.search_fetch(
            Domain("company_id", "=", company.id)
            & Domain("date", ">=", date_from)
            & Domain("date", "<=", date_to),
            names,
            order="date, partner_id, id",
        )
        rows = [line._book_row(names) for line in lines]
        title = self.env._(
            "%(hub)s: time given from %(start)s to %(end)s",
            hub=company.name,
            start=format_date(self.env, date_from),
            end=format_date(self.env, date_to),
        )
        book = Book()
        columns = [(self._book_heading(n), KINDS.get(n, "text")) for n in names]
        book.sheet(
            self.env._("Lines"), title, columns, [[r[n] for n in names] for r in rows]
        )
        for sheet, keys in self._book_sheets():
            if keys[0] == "month" or keys[0] in names:
                self._book_sums(book, sheet, title, rows, keys)
        return book.content()

    @api.model
    def _book_sheets(self):
        """Sheets of sums, and by what each is summed."""
        return [
            (self.env._("By person"), ["partner_id", "role_kind"]),
            (self.env._("By function"), ["function", "role_kind"]),
            (self.env._("By project"), ["lead_id", "role_kind"]),
            (
                self.env._("By programme"),
                ["programme_id", "partner_id", "role_kind", "function"],
            ),
            (self.env._("By month"), ["month", "role_kind"]),
        ]

    def _book_row(self, names):
        """One line as the words and numbers of its cells."""
        self.ensure_one()
        row = {"month": f"{self.date:%Y-%m}"}
        for name in names:
            field, value = self._fields[name], self[name]
            if field.type == "selection":
                value = self._book_labels(name).get(value, "")
            elif field.type == "many2one":
                value = value.display_name or ""
            row[name] = value
        row["done"] = self.state == "validated"
        return row

    @api.model
    def _book_labels(self, name):
        return dict(self._fields[name]._description_selection(self.env))

    @api.model
    def _book_heading(self, name):
        if name == "month":
            return self.env._("Month")
        return self._fields[name]._description_string(self.env)

    @api.model
    def _book_sums(self, book, sheet, title, rows, keys):
        sums = defaultdict(lambda: [0.0, 0.0, 0.0])
        for row in rows:
            total = sums[tuple(row[key] or "" for key in keys)]
            total[0 if row["done"] else 1] += row["hours"]
            total[2] += (row["value"] or 0.0) if row["done"] else 0.0
        headings = [self._book_heading(key) for key in keys]
        book.sheet(
            sheet,
            title,
            [(heading, "text") for heading in headings]
            + [
                (self.env._("Validated hours"), "hours"),
                (self.env._("Hours to validate"), "hours"),
                (self.env._("Value of validated hours"), "money"),
            ],
            [[*key, *total] for key, total in sorted(sums.items())],
            total=self.env._("In all"),
        )
