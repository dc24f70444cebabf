from odoo import models
from odoo.tools import format_date

from ...reports.xlsx_book import Book
from .programme_facts import GENDERS

COLUMNS = ("total", *GENDERS)


class HubProgrammeReport(models.Model):
    """A report in a spreadsheet, as it may leave the hub."""

    _inherit = "hub.programme.report"

    def _book(self):
        """The file, as bytes: small groups are not in it."""
        self.ensure_one()
        self._check_may_report()
        self.check_access("read")
        book = Book()
        title = self.env._(
            "%(hub)s, %(programme)s: %(start)s to %(end)s, facts known on %(day)s",
            hub=self.company_id.name,
            programme=self.programme_id.name,
            start=format_date(self.env, self.date_from),
            end=format_date(self.env, self.date_to),
            day=format_date(self.env, self.as_of or self._today()),
        )
        book.sheet(
            self.env._("Indicators"), title, self._book_columns(), self._book_rows()
        )
        self._book_targets(book, title)
        self._book_words(book, title)
        return book.content()

    def _book_columns(self):
        fields = self.line_ids._fields
        numbers = [fields[name]._description_string(self.env) for name in COLUMNS]
        return [
            (self.env._("Code"), "text"),
            (self.env._("Indicator"), "text"),
            (self.env._("Counted"), "text"),
            *((label, "number") for label in numbers),
            (self.env._("Remark"), "text"),
        ]

    def _book_rows(self):
        moments = dict(
            self.env["hub.programme.indicator"]
            ._fields["moment"]
            ._description_selection(self.env)
        )
        return [
            [
                line.indicator_id.code,
                line.indicator_id.name,
                moments[line.indicator_id.moment],
                *(line._reported(name) for name in COLUMNS),
                line._book_remark(self.company_id.hub_small_group),
            ]
            for line in self.line_ids
        ]

    def _book_targets(self, book, title):
        """Targets that are running in the period, with what is reached of them."""
        targets = self.programme_id.target_ids.filtered(
            lambda t: t.date_from <= self.date_to and t.date_to >= self.date_from
        )
        if not targets:
            return
        few = self.company_id.hub_small_group
        facts = self.programme_id._facts()[self.programme_id.id]
        rows = []
        for target in targets:
            told = self._target_is_told(target, facts, few)
            words = self.env._("A group under %(few)s people would show.", few=few)
            rows.append(
                [
                    target.display_name,
                    target.date_from,
                    target.date_to,
                    target.number,
                    target.reached if told else None,
                    "" if told else words,
                ]
            )
        columns = [
            (self.env._("Target"), "text"),
            (self.env._("From"), "date"),
            (self.env._("To"), "date"),
            (self.env._("To reach"), "hours"),
            (self.env._("Reached"), "hours"),
            (self.env._("Remark"), "text"),
        ]
        book.sheet(self.env._("Targets"), title, columns, rows)

    def _target_is_told(self, target, facts, few):
        """Whether what is reached tells of no small group of people."""
        if target.measure == "persons":
            return not 0 < target.reached < few
        if not target.indicator_id:
            return True
        indicators = self.programme_id.indicator_ids.filtered(lambda i: not i.is_typed)
        period = target.date_from, target.date_to
        shown = self.programme_id._shown(
            facts, indicators | target.indicator_id, *period, few
        )
        return (target.indicator_id.id, None) in shown

    def _book_words(self, book, title):
        lines = (self.words or "").splitlines()
        if lines:
            columns = [(self.env._("Words to the funder"), "text")]
            book.sheet(
                self.env._("In words"), title, columns, [[line] for line in lines]
            )


class HubProgrammeReportLine(models.Model):
    """What is said beside a figure."""

    _inherit = "hub.programme.report.line"

    def _book_remark(self, few):
        words = []
        if self.is_typed or self.is_corrected:
            words.append(self.reason or self.env._("Typed in."))
        elif self.hidden:
            words.append(
                self.env._("Empty: a group under %(few)s people would show.", few=few)
            )
        return " ".join(words)
