"""Months of the calendar, which have no common length."""

from calendar import monthrange
from datetime import date


def months_later(day: date, months: int, wanted: int | None = None) -> date:
    """The same day of the month so many months later, or earlier where negative.

    :param wanted: day of the month to aim at, where it is not that of ``day``; a month
        that is too short gives its last day
    :raises ValueError: outside the years 1 to 9999

    >>> months_later(date(2026, 1, 31), 1)
    datetime.date(2026, 2, 28)
    >>> months_later(date(2026, 2, 28), 1, wanted=31)
    datetime.date(2026, 3, 31)
    """
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    last = monthrange(year, month + 1)[1]
    return date(year, month + 1, min(wanted or day.day, last))


def is_month_end(day: date) -> bool:
    return day.day == monthrange(day.year, day.month)[1]
