"""A loan that is paid out in several parts.

Each part joins the principal on the first line due after it. The lines from there on
are worked out again, so that the loan is still paid back with its last line. On the
line that it joins, a part bears interest for the days since it was paid out; the first
part opens the loan and bears the interest of a whole period, as in ``build_schedule``.
"""

from collections.abc import Iterable, Sequence
from datetime import date
from fractions import Fraction

from .amortization_change import _grace, due_dates
from .amortization_lines import (
    CENT,
    Instalment,
    Money,
    Terms,
    day_of,
    half_up,
    whole,
    written_out,
)


def schedule_in_tranches(
    tranches: Iterable[tuple],
    annual_rate,
    periods: int,
    *,
    method: str = "annuity",
    period_months: int = 1,
    grace_periods: int = 0,
    grace_type: str = "none",
    grace_position: str = "inside",
    first_due_date: date,
    kept: Sequence[tuple] = (),
    rounding=CENT,
) -> list[Instalment]:
    """The lines of a loan whose parts are paid out on several days.

    :param tranches: ``(day, amount)``, in any order
    :param kept: principal and interest of the first lines where they stay as they are,
        because they are already due
    :raises ValueError: a part paid out when no line is left to pay it back, kept lines
        that give back more than was paid out, and as in ``build_schedule``

    >>> lines = schedule_in_tranches(
    ...     [(date(2026, 1, 15), 600), (date(2026, 3, 20), 300)], 0, 4,
    ...     first_due_date=date(2026, 2, 15))
    >>> [str(line.principal) for line in lines]
    ['150.00', '150.00', '300.00', '300.00']
    """
    money, terms = Money(rounding), Terms(annual_rate, method, period_months)
    periods = whole(periods, "periods", 1)
    grace = _grace(periods, grace_periods, grace_type, grace_position)
    count = periods + (grace if grace_position == "added" else 0)
    dates = due_dates(first_due_date, count, period_months)
    parts = sorted(
        (day_of(day, "day"), money.steps(amount, "amount")) for day, amount in tranches
    )
    if not sum(amount for _day, amount in parts):
        raise ValueError("amount is above zero, not 0")
    if parts[-1][0] >= dates[-1]:
        raise ValueError(f"no line is left after {parts[-1][0]} to pay a tranche back")
    kept = [tuple(money.steps(part, "kept") for part in line) for line in kept]
    lines = _Lines(terms, parts, dates, grace, grace_type).written(kept)
    total = sum(amount for _day, amount in parts)
    return _with_balances(written_out(lines, dates, total, money), parts, money)


def _with_balances(lines, parts, money):
    """Principal out after each line: what is not paid out yet is not owed."""
    found = []
    for line in lines:
        later = sum(amount for day, amount in parts if day >= line.due_date)
        balance = line.balance - money.amount(later)
        found.append(
            Instalment(
                line.sequence,
                line.due_date,
                line.principal,
                line.interest,
                line.amount,
                balance,
            )
        )
    return found


class _Lines:
    """Works the lines out one after the other, in whole steps of the rounding."""

    def __init__(self, terms, parts, dates, grace, grace_type):
        self.terms = terms
        self.parts = list(parts)
        self.dates = dates
        self.grace = grace
        self.total_grace = grace_type == "total"
        self.balance = 0
        self.carried = 0
        self.regular = None
        self.start = parts[0][0]

    def written(self, kept):
        """Principal and interest of each line."""
        found = []
        for number, due_date in enumerate(self.dates):
            joined = self._join(due_date)
            whole_period = self.terms.interest(self.balance)
            interest = self._interest(joined, due_date)
            if number < len(kept):
                line = self._keep(kept[number], interest)
            elif number < self.grace:
                line = self._grace_line(interest)
            else:
                if joined or self.regular is None:
                    left = len(self.dates) - number
                    self.regular = self.terms.regular(self.balance, left)
                line = self._line(number, whole_period, interest)
            self.balance -= line[0]
            if self.balance < 0:
                raise ValueError("kept lines give back more than was paid out")
            self.start = due_date
            found.append(line)
        return found

    def _join(self, due_date):
        """The parts paid out before this due date that were not yet there."""
        joined = [part for part in self.parts if part[0] < due_date]
        self.parts = self.parts[len(joined) :]
        self.balance += sum(amount for _day, amount in joined)
        return joined

    def _interest(self, joined, due_date):
        """Of one period, less the days before each part was paid out."""
        period = (due_date - self.start).days
        exact = self.balance * self.terms.rate
        for day, amount in joined:
            late = max((day - self.start).days, 0)
            exact -= amount * self.terms.rate * Fraction(late, period)
        exact = Fraction(exact)
        return half_up(exact.numerator, exact.denominator)

    def _keep(self, line, interest):
        self.carried = 0 if line[1] else self.carried + interest
        return line

    def _grace_line(self, interest):
        if self.total_grace:
            self.carried += interest
            return 0, 0
        return 0, interest + self._settle()

    def _line(self, number, whole_period, interest):
        last = number == len(self.dates) - 1
        annuity = self.terms.method == "annuity"
        wanted = self.regular - whole_period if annuity else self.regular
        principal = self.balance if last else min(self.balance, max(wanted, 0))
        return principal, interest + self._settle()

    def _settle(self):
        carried, self.carried = self.carried, 0
        return carried
