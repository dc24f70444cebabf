"""Spreadsheets with typed columns. Text is always text: never a formula or a link."""

import io
import re

import xlsxwriter

FORBIDDEN = re.compile(r"[\[\]:*?/\\']")
FORMATS = {
    "text": None,
    "date": "yyyy-mm-dd",
    "hours": "0.00",
    "money": "#,##0.00",
    "number": "0",
}
SUMMED = {"hours", "money", "number"}
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
        sheet = self._book.add_worksheet(self._sheet_name(name))
        sheet.write_string(0, 0, title, self._bold)
        for column, (heading, _kind) in enumerate(columns):
            sheet.write_string(2, column, heading, self._head)
        line = 3
        for row in rows:
            self._write(sheet, line, columns, row)
            line += 1
        if rows:
            sheet.autofilter(2, 0, line - 1, len(columns) - 1)
        if total and rows:
            self._write(sheet, line, columns, self._sums(columns, rows, total), True)
        sheet.freeze_panes(3, 0)
        for column, width in enumerate(self._widths(columns, rows)):
            sheet.set_column(column, column, width)
        sheet.set_landscape()
        sheet.fit_to_pages(1, 0)
        sheet.repeat_rows(2)

    def content(self):
        """The bytes of the file; nothing can be added afterwards."""
        self._book.close()
        return self._buffer.getvalue()

    def _write(self, sheet, line, columns, row, bold=False):
        for column, ((_heading, kind), value) in enumerate(
            zip(columns, row, strict=True)
        ):
            shown = self._formats[kind, bold]
            if value is None or value is False or value == "":
                sheet.write_blank(line, column, None, shown)
            elif kind == "text":
                sheet.write_string(line, column, str(value), shown)
            elif kind == "date":
                sheet.write_datetime(line, column, value, shown)
            else:
                sheet.write_number(line, column, value, shown)

    @staticmethod
    def _sums(columns, rows, word):
        sums = [
            sum(row[n] or 0 for row in rows) if kind in SUMMED else None
            for n, (_heading, kind) in enumerate(columns)
        ]
        sums[0] = word
        return sums

    @staticmethod
    def _widths(columns, rows):
        for n, (heading, kind) in enumerate(columns):
            if kind != "text":
                yield 13
                continue
            words = [heading, *(str(row[n] or "") for row in rows)]
            yield min(max(map(len, words)) + 2, WIDEST)

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
