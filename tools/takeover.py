"""Rows of a spreadsheet of running loans: one loan each, its schedule below."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal, InvalidOperation

CENT = Decimal("0.01")
LARGEST = Decimal(10) ** 12


@dataclass
class Cells:
    """The cells of one row, and the number that it has in the file."""

    line: int
    cells: Mapping
    lines: list["Cells"] = field(default_factory=list)

    def text(self, name: str) -> str:
        return str(self.cells.get(name) or "").strip()

    def number(self, name: str) -> Decimal | None:
        """A number; 0 for an empty cell, None for what is none.

        >>> row = Cells(2, {"a": "2.375", "b": "", "c": "many", "d": "nan"})
        >>> row.number("a"), row.number("b"), row.number("c"), row.number("d")
        (Decimal('2.375'), Decimal('0'), None, None)
        """
        try:
            number = Decimal(self.text(name) or "0")
        except InvalidOperation:
            return None
        return number if number.is_finite() and abs(number) < LARGEST else None

    def amount(self, name: str) -> Decimal | None:
        """A number to the cent: spreadsheets keep more decimals than they show.

        >>> Cells(2, {"a": "1234.500000001"}).amount("a")
        Decimal('1234.50')
        """
        number = self.number(name)
        return None if number is None else number.quantize(CENT)

    def count(self, name: str, usual: int | None = None) -> int | None:
        """A whole number; ``usual`` for an empty cell, None for what is none.

        >>> row = Cells(2, {"a": "12", "b": "12.0", "c": "1.5"})
        >>> row.count("a"), row.count("b"), row.count("c"), row.count("d", 1)
        (12, 12, None, 1)
        """
        if not self.text(name):
            return usual
        number = self.number(name)
        return int(number) if number is not None and number == int(number) else None

    def day(self, name: str) -> date | None:
        """A day written as 2026-01-31; None for anything else."""
        try:
            return date.fromisoformat(self.text(name)[:10])
        except ValueError:
            return None

    def schedule(self, names: Sequence[str]) -> list[tuple[date, float, float]]:
        """Due date, principal and interest of the rows below."""
        day, principal, interest = names
        return [
            (row.day(day), float(row.amount(principal)), float(row.amount(interest)))
            for row in self.lines
        ]


def group_rows(
    rows: Iterable[Mapping], number: str, names: Sequence[str]
) -> tuple[list[Cells], list[int]]:
    """Loans with the rows of their schedules, and the rows that belong to none.

    The row with the number of a loan may itself hold the first line of its schedule.

    :param number: name of the cell with the number of the loan
    :param names: cells of a line of a schedule, the due date first

    >>> rows = [{"no": "A", "due": "x"}, {"due": "y"}, {"no": "B"}, {"due": ""}]
    >>> groups, orphans = group_rows(rows, "no", ("due",))
    >>> [(group.line, [row.line for row in group.lines]) for group in groups], orphans
    ([(2, [2, 3]), (4, [])], [])
    """
    groups, orphans = [], []
    for line, cells in enumerate(rows, start=2):
        row = Cells(line, cells)
        if row.text(number):
            groups.append(row)
        if row.text(names[0]) and groups:
            groups[-1].lines.append(Cells(line, cells))
        elif not row.text(number) and any(row.text(name) for name in cells):
            orphans.append(line)
    return groups, orphans
