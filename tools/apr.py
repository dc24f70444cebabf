"""The rates that say what a loan costs in all: TAEG, TEG, and the time they count in.

Money that the borrower receives is positive, what the borrower pays is negative, fees
included: a fee kept back when the loan is paid out is a payment of that day. A rate is
what makes all of it worth nothing on one day, in percent a year, unrounded.

>>> round(effective_rate([(0, 1000), (0, -50), (1.5, -1200)]), 2)
16.85
>>> round(proportional_rate([(0, 100), (1, -101)], 12), 6)
12.0
"""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date, timedelta
from fractions import Fraction
from math import expm1, isfinite, log1p

from .apr_roots import roots
from .months import is_month_end, months_later

UNITS = ("month", "week", "year")
ABSURD = log1p(10_000)  # a million percent a year


def effective_rate(flows: Iterable[tuple]) -> float:
    """The rate by the method of equivalence (TAEG), in percent a year.

    :param flows: ``(years, amount)``, years counted from any one day, in any order;
        dated flows come from :func:`dated_flows`
    :raises ValueError: no rate solves the equation, or several do
    """
    return _percent(_solve(flows))


def proportional_rate(flows: Iterable[tuple], periods_per_year) -> float:
    """The rate of one period times the periods of a year (TEG), in percent a year.

    :param flows: ``(period number, amount)``; the number may be a fraction, as where
        the first period is longer than the others
    :raises ValueError: as in :func:`effective_rate`, or a year without periods
    """
    count = float(periods_per_year)
    if not (count > 0 and isfinite(count)):
        raise ValueError(f"a year has periods, not {periods_per_year}")
    return _percent(_solve(flows, count)) * count


def year_fraction(start: date, end: date, unit: str = "month") -> float:
    """Years between two dates as the European annex counts them.

    Whole units are counted backwards from ``end``: twelve months, 52 weeks or one year
    make a year. The days that are left at the beginning are parts of the year that ends
    with them, of 366 days if it holds a 29 February, else of 365. From the last day of
    a month one counts back to the last day of others; and two dates are whole months
    apart where so many months after the first comes the second, too (30 January to 28
    February).

    :raises ValueError: the end before the start, an unknown unit

    >>> year_fraction(date(2026, 1, 31), date(2026, 2, 28)) == 1 / 12
    True
    """
    if end < start:
        raise ValueError(f"{end} comes before {start}")
    if unit == "week":
        count, days = divmod((end - start).days, 7)
        return float(Fraction(count, 52) + _days(start, start + timedelta(days)))
    if unit == "month":
        count, rest_ends = _whole_months(start, end, 1)
        return float(Fraction(count, 12) + _days(start, rest_ends))
    if unit == "year":
        count, rest_ends = _whole_months(start, end, 12)
        return float(count + _days(start, rest_ends))
    raise ValueError(f"unit is one of {', '.join(UNITS)}, not {unit!r}")


def dated_flows(flows: Iterable[tuple], unit: str = "month") -> list[tuple]:
    """Flows ``(date, amount)`` with years for dates, from the first money received.

    :raises ValueError: nothing is received
    """
    flows = list(flows)
    start = min((day for day, amount in flows if amount > 0), default=None)
    if start is None:
        raise ValueError("no money is received: there is nothing to count from")
    return [
        (year_fraction(start, day, unit), amount)
        if day >= start
        else (-year_fraction(day, start, unit), amount)
        for day, amount in flows
    ]


def _whole_months(start, end, step):
    """How many times so many months, and the day from which they count."""
    months = (end.year - start.year) * 12 + end.month - start.month
    count = months // step
    wanted = 31 if is_month_end(end) else None
    first = months_later(end, -count * step, wanted)
    # From the same day up to the last of a month: so many months later, it is the end.
    if months_later(end, -count * step) <= start <= first:
        return count, start
    if first < start:
        count -= 1
        first = months_later(end, -count * step, wanted)
    return count, first


def _days(start, end):
    """The days between, as part of the year that ends with them."""
    return Fraction((end - start).days, (end - months_later(end, -12)).days)


def _solve(flows, units_per_year=1):
    """The logarithm of what one unit of money becomes in one unit of time."""
    merged = defaultdict(Fraction)
    for time, amount in flows:
        time = float(time)
        if not (isfinite(time) and isfinite(amount)):
            raise ValueError(f"neither time nor amount is endless: {(time, amount)}")
        merged[time] += Fraction(amount)
    terms = sorted((time, amount) for time, amount in merged.items() if amount)
    signs = [amount > 0 for _time, amount in terms]
    if len(set(signs)) < 2:
        raise ValueError("no rate: money goes one way only")
    if not sum(amount for _time, amount in terms) and _changes(signs) == 1:
        return 0.0
    start, span = terms[0][0], terms[-1][0] - terms[0][0]
    found = roots(
        [(time - start) / span for time, _amount in terms],
        [float(amount) for _time, amount in terms],
    )
    return _the_one([root / span for root in found], ABSURD / units_per_year)


def _changes(signs):
    return sum(a != b for a, b in zip(signs, signs[1:], strict=False))


def _the_one(found, absurd):
    """The rate among those that solve the equation."""
    if len(found) > 1:
        # A fee paid before the money comes has a second solution beyond all measure.
        found = [root for root in found if root < absurd] or found
    if not found:
        raise ValueError("no rate makes what is paid worth what is received")
    if len(found) > 1:
        rates = ", ".join(f"{_percent(root):.4g} %" for root in found)
        raise ValueError(f"several rates solve the equation: {rates}")
    return found[0]


def _percent(root):
    try:
        return 100 * expm1(root)
    except OverflowError:
        raise ValueError("the rate is too high to be told") from None
