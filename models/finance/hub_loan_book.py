from collections import defaultdict

from odoo import api, fields, models
from odoo.exceptions import AccessError
from odoo.fields import Domain
from odoo.tools import format_date

from ...reports.xlsx_book import Book
from .hub_loan_instalment_state import AGES

TAKERS = ("solidarity_hub.group_hub_coordinator", "solidarity_hub.group_hub_finance")
BOOKED = ("signed", "disbursed", "repaid", "written_off")
LOAN_COLUMNS = {
    "name": "text",
    "partner_id": "text",
    "lead_title": "text",
    "product_id": "text",
    "basis_id": "text",
    "state": "text",
    "disbursement_date": "date",
    "amount": "money",
    "annual_rate": "rate",
    "teg": "rate",
    "taeg": "rate",
    "periods": "plain",
    "next_due_date": "date",
    "outstanding_amount": "money",
    "overdue_amount": "money",
    "days_overdue": "plain",
}
OPEN_COLUMNS = {
    "loan_id": "text",
    "partner_id": "text",
    "sequence": "plain",
    "due_date": "date",
    "date_maturity": "date",
    "amount": "money",
    "residual_amount": "money",
    "days_overdue": "plain",
    "age": "text",
}


class HubLoan(models.Model):
    """Loans in a spreadsheet: the book, what is open by age, what is to come."""

    _inherit = "hub.loan"

    @api.model
    def _check_may_take_away(self):
        if not self.env.su and not any(map(self.env.user.has_group, TAKERS)):
            raise AccessError(
                self.env._(
                    "Finance and the coordination take the loan book away in a"
                    " spreadsheet: ask one of them."
                )
            )

    @api.model
    def action_loan_book(self):
        """The spreadsheet of the hub one works in."""
        self._check_may_take_away()
        return {
            "type": "ir.actions.act_url",
            "url": f"/solidarity_hub/loans/{self.env.company.id}",
            "target": "self",
        }

    @api.model
    def _book(self, company):
        """The file, as bytes: as things stand today."""
        self._check_may_take_away()
        loans = self.with_context(active_test=False).search(
            Domain("company_id", "=", company.id) & Domain("state", "in", BOOKED),
            order="disbursement_date, id",
        )
        title = self.env._(
            "%(hub)s: loans on %(date)s",
            hub=company.name,
            date=format_date(self.env, fields.Date.context_today(self)),
        )
        book = Book()
        loans._book_loans(book, title)
        lines = loans.instalment_ids.filtered(lambda line: line.residual_amount > 0)
        self._book_ages(book, title, lines)
        self._book_open(book, title, lines.sorted("date_maturity"))
        self._book_to_come(book, title, loans.instalment_ids)
        return book.content()

    def _book_loans(self, book, title):
        columns = [
            (self._book_heading(self, name), kind)
            for name, kind in LOAN_COLUMNS.items()
        ]
        rows = [[self._book_cell(loan, name) for name in LOAN_COLUMNS] for loan in self]
        total = self.env._("In all")
        book.sheet(self.env._("Loans"), title, columns, rows, total=total)

    @api.model
    def _book_ages(self, book, title, lines):
        """One row for each loan on which something is open, a column for each age."""
        labels = self._book_age_labels()
        sums = defaultdict(lambda: dict.fromkeys(labels, 0.0))
        for line in lines:
            sums[line.loan_id][line.age] += line.residual_amount
        columns = [
            (self._book_heading(self, "name"), "text"),
            (self._book_heading(self, "partner_id"), "text"),
            *((label, "money") for label in labels.values()),
            (self._book_heading(lines, "residual_amount"), "money"),
            (self.env._("Of which late"), "money"),
        ]
        rows = []
        for loan, ages in sums.items():
            amounts = [loan.currency_id.round(amount) for amount in ages.values()]
            name = loan.partner_id.display_name or ""
            late = sum(amounts) - amounts[0]
            rows.append([loan.name, name, *amounts, sum(amounts), late])
        rows.sort(key=lambda row: (-row[-1], row[0]))
        total = self.env._("In all")
        book.sheet(self.env._("Arrears by age"), title, columns, rows, total=total)

    @api.model
    def _book_age_labels(self):
        """Ages in their order, in the user's words."""
        field = self.env["hub.loan.instalment"]._fields["age"]
        labels = dict(field._description_selection(self.env))
        return {code: labels[code] for code, _label in AGES}

    @api.model
    def _book_open(self, book, title, lines):
        columns = [
            (self._book_heading(lines, name), kind)
            for name, kind in OPEN_COLUMNS.items()
        ]
        rows = [
            [self._book_cell(line, name) for name in OPEN_COLUMNS] for line in lines
        ]
        total = self.env._("In all")
        book.sheet(self.env._("Open instalments"), title, columns, rows, total=total)

    @api.model
    def _book_to_come(self, book, title, lines):
        """What will become due, month by month."""
        sums = defaultdict(lambda: [0.0, 0.0, 0.0])
        for line in lines:
            if line.state == "planned" and line.amount:
                month = sums[line.due_date.replace(day=1)]
                for number, name in enumerate(("principal", "interest", "amount")):
                    month[number] += line[name]
        columns = [
            (self.env._("Month"), "month"),
            *(
                (self._book_heading(lines, name), "money")
                for name in ("principal", "interest", "amount")
            ),
        ]
        rows = [
            [month, *(round(amount, 2) for amount in amounts)]
            for month, amounts in sorted(sums.items())
        ]
        total = self.env._("In all")
        book.sheet(self.env._("To come"), title, columns, rows, total=total)

    @api.model
    def _book_heading(self, records, name):
        return records._fields[name]._description_string(self.env)

    @api.model
    def _book_cell(self, record, name):
        field, value = record._fields[name], record[name]
        if name in ("teg", "taeg") and record.takeover_date and not value:
            return None
        if field.type == "selection":
            return dict(field._description_selection(self.env)).get(value, "")
        if field.type == "many2one":
            return value.display_name or ""
        return value
