"""Spreadsheets with typed columns. Text is always text: never a formula or a link."""

import io
import re
from collections import defaultdict

import xlsxwriter
from xlsxwriter.utility import xl_range

FORBIDDEN = re.compile(r"[\[\]:*?/\\']")
FORMATS = {
    "text": None,
    "date": 14,  # as whoever opens the file writes dates
    "month": "mmm yyyy",
    "hours": "0.00",
    "money": "#,##0.00",
    "number": "0",
    "figure": None,  # with as many decimals as it has
    # Never summed: rates, and numbers that only name something.
    "rate": "0.00##",
    "plain": "0",
}
SUMMED = {"hours", "money", "number"}
SUM_OF_WHAT_IS_SHOWN = 109
A4 = 9
LONGEST = 31
WIDEST = 50


class Book:
    """A file in memory, one sheet per table: add sheets, then ask for the content."""

    def __init__(self):
        self._buffer = io.BytesIO()
        self._book = xlsxwriter.Workbook(
            self._buffer,
            {
                "in_memory": True,
                "strings_to_formulas": False,
                "strings_to_urls": False,
                "strings_to_numbers": False,
            },
        )
        self._bold = self._book.add_format({"bold": True})
        self._head = self._book.add_format(
            {"bold": True, "bottom": 1, "text_wrap": True, "valign": "top"}
        )
        self._formats = {
            (kind, bold): self._book.add_format(
                {"bold": bold, **({"num_format": shown} if shown else {})}
            )
            for kind, shown in FORMATS.items()
            for bold in (False, True)
        }
        self._names = set()

    def sheet(self, name, title, columns, rows, total=None):
        """Add a table.

        :param columns: ``(heading, kind)`` with a kind of :data:`FORMATS`
        :param total: word of a last line with the sums of the numbers
        """
        self.page(name, title, [("", columns, rows, total)])

    def page(self, name, title, tables):
        """Add a sheet with tables one below the other; the last one can be filtered.

        :param tables: ``(heading, columns, rows, total)`` as for :meth:`sheet`
        """
        sheet = self._book.add_worksheet(self._sheet_name(name))
        sheet.write_string(0, 0, title, self._bold)
        line = 2
        for heading, columns, rows, total in tables:
            if heading:
                sheet.write_string(line, 0, heading, self._bold)
                line += 1
            head, line = line, self._table(sheet, line, columns, rows, total) + 1
        if rows:
            sheet.autofilter(head, 0, head + len(rows), len(columns) - 1)
        if len(tables) == 1:
            sheet.freeze_panes(head + 1, 0)
            sheet.repeat_rows(head)
        for column, width in self._widths(tables).items():
            sheet.set_column(column, column, width)
        sheet.set_paper(A4)
        sheet.set_landscape()
        sheet.fit_to_pages(1, 0)
        sheet.set_footer("&L&8&A&R&8&P / &N")

    def content(self):
        """The bytes of the file; nothing can be added afterwards."""
        self._book.close()
        return self._buffer.getvalue()

    def _table(self, sheet, line, columns, rows, total):
        """Write headings, rows and sums; the line after them."""
        for column, (heading, _kind) in enumerate(columns):
            sheet.write_string(line, column, heading, self._head)
        for row in rows:
            line += 1
            self._write(sheet, line, columns, row)
        if total and rows:
            line += 1
            self._write_sums(sheet, line, columns, rows, total)
        return line + 1

    def _write(self, sheet, line, columns, row, bold=False):
        for column, ((_heading, kind), value) in enumerate(
            zip(columns, row, strict=True)
        ):
            shown = self._formats[kind, bold]
            if value is None or value is False or value == "":
                sheet.write_blank(line, column, None, shown)
            elif kind == "text":
                sheet.write_string(line, column, str(value), shown)
            elif kind in ("date", "month"):
                sheet.write_datetime(line, column, value, shown)
            else:
                sheet.write_number(line, column, value, shown)

    def _write_sums(self, sheet, line, columns, rows, word):
        """Sums as formulas: of what a filter leaves, and of what is corrected."""
        sheet.write_string(line, 0, word, self._bold)
        for n, (_heading, kind) in enumerate(columns[1:], 1):
            shown = self._formats[kind, True]
            if kind not in SUMMED:
                sheet.write_blank(line, n, None, shown)
                continue
            cells = xl_range(line - len(rows), n, line - 1, n)
            formula = f"=SUBTOTAL({SUM_OF_WHAT_IS_SHOWN},{cells})"
            total = round(sum(row[n] or 0 for row in rows), 2)
            sheet.write_formula(line, n, formula, shown, total)

    @staticmethod
    def _widths(tables):
        """Of each column, what the widest of its tables needs."""
        widths = defaultdict(int)
        for _heading, columns, rows, _total in tables:
            for n, (heading, kind) in enumerate(columns):
                width = 13
                if kind == "text":
                    words = [heading, *(str(row[n] or "") for row in rows)]
                    width = min(max(map(len, words)) + 2, WIDEST)
                widths[n] = max(widths[n], width)
        return widths

    def _sheet_name(self, name):
        """At most 31 characters, none that Excel refuses, each name once."""
        plain = FORBIDDEN.sub(" ", name).strip()[:LONGEST] or "?"
        number = 1
        while plain.casefold() in self._names:
            number += 1
            end = f" {number}"
            plain = plain[: LONGEST - len(end)] + end
        self._names.add(plain.casefold())
        return plain
