"""Rows of running loans as spreadsheets have them."""

import doctest
from datetime import date
from decimal import Decimal

from tools import takeover
from tools.takeover import Cells, group_rows

NAMES = ("due", "principal", "interest")


def test_examples_in_the_docstrings():
    assert doctest.testmod(takeover).failed == 0


def test_a_loan_has_the_lines_below_it():
    rows = [
        {"no": "A"},
        {"due": "2026-01-01", "principal": "5", "interest": ""},
        {"no": "B", "due": "2026-02-01", "principal": "7", "interest": "0.5"},
    ]
    groups, orphans = group_rows(rows, "no", NAMES)
    assert not orphans
    assert [group.schedule(NAMES) for group in groups] == [
        [(date(2026, 1, 1), 5.0, 0.0)],
        [(date(2026, 2, 1), 7.0, 0.5)],
    ]


def test_lines_without_a_loan_are_told_by_their_number():
    rows = [{"due": "2026-01-01"}, {}, {"no": "A"}, {"principal": "5"}]
    groups, orphans = group_rows(rows, "no", NAMES)
    assert [group.line for group in groups] == [4]
    assert orphans == [2, 5]


def test_what_is_no_number_or_no_day_is_none():
    row = Cells(2, {"a": "1e99", "b": "inf", "c": "1,5", "d": "31/12/2025"})
    assert [row.amount(name) for name in "abc"] == [None] * 3
    assert row.count("b") is None
    assert row.day("d") is None
    assert row.amount("missing") == Decimal(0)
    assert row.day("missing") is None
