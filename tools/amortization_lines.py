"""The lines of a schedule, counted in whole steps of the rounding (mostly cents).

Interest and instalments are exact fractions until they are rounded half-up, each once:
no result depends on the precision of a machine.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from fractions import Fraction
from operator import index

CENT = Decimal("0.01")
METHODS = ("annuity", "constant_principal", "in_fine")


@dataclass(frozen=True, slots=True)
class Instalment:
    """One line of a schedule, in the currency of the loan.

    :param amount: what is to be paid, principal and interest
    :param balance: principal that is left once this line is paid
    """

    sequence: int
    due_date: date
    principal: Decimal
    interest: Decimal
    amount: Decimal
    balance: Decimal


def half_up(numerator: int, denominator: int) -> int:
    """The nearest integer to a fraction that is not negative; halves go up."""
    return (2 * numerator + denominator) // (2 * denominator)


def exact(value, name: str) -> Fraction:
    """A number as it is written: 0.1 is a tenth, whatever its type."""
    try:
        return Fraction(str(value))
    except (ValueError, ZeroDivisionError):
        raise ValueError(f"{name} is not a number: {value!r}") from None


def whole(value, name: str, least: int) -> int:
    try:
        number = index(value)
    except TypeError:
        raise ValueError(f"{name} is not a whole number: {value!r}") from None
    if number < least:
        raise ValueError(f"{name} is at least {least}, not {number}")
    return number


def one_of(value, name: str, choices: tuple) -> None:
    if value not in choices:
        raise ValueError(f"{name} is one of {', '.join(choices)}, not {value!r}")


def day_of(value, name: str) -> date:
    if not isinstance(value, date):
        raise ValueError(f"{name} is not a date: {value!r}")
    return value.date() if isinstance(value, datetime) else value


class Money:
    """Amounts as whole numbers of steps, and back."""

    def __init__(self, rounding):
        self.step = Decimal(str(rounding))
        self._step = exact(rounding, "rounding")
        if self._step <= 0:
            raise ValueError(f"rounding is above zero, not {rounding}")

    def steps(self, value, name: str) -> int:
        """An amount that is not negative, in steps.

        :raises ValueError: negative, or finer than the rounding
        """
        amount = exact(value, name)
        if amount < 0:
            raise ValueError(f"{name} is not negative: {value}")
        count = amount / self._step
        if count.denominator != 1:
            raise ValueError(f"{name} is a multiple of {self.step}, not {value}")
        return int(count)

    def amount(self, steps: int) -> Decimal:
        return steps * self.step


class Terms:
    """How a loan is repaid, whatever its amount: rate, method, length of a period."""

    def __init__(self, annual_rate, method, period_months):
        one_of(method, "method", METHODS)
        rate = exact(annual_rate, "annual_rate")
        if rate < 0:
            raise ValueError(f"annual_rate is not negative: {annual_rate}")
        self.method = method
        self.rate = rate * whole(period_months, "period_months", 1) / 1200

    def interest(self, balance: int) -> int:
        """Interest of one period."""
        return half_up(balance * self.rate.numerator, self.rate.denominator)

    def regular(self, balance: int, periods: int) -> int:
        """What is the same on all lines: the instalment, or the principal in it."""
        if self.method == "in_fine":
            return 0
        if self.method == "constant_principal" or not self.rate:
            return half_up(balance, periods)
        # balance * rate / (1 - (1 + rate) ** -periods), divided once
        rate, unit = self.rate.numerator, self.rate.denominator
        grown, plain = (unit + rate) ** periods, unit**periods
        return half_up(balance * rate * grown, unit * (grown - plain))

    def pay_off(self, balance: int, periods: int, regular: int | None = None):
        """Principal and interest of each line; the last one takes what is left.

        :param regular: as in :meth:`regular`, where it is to stay as it was
        """
        # Interest only falls, so the first regular amount covers that of every line.
        if regular is None:
            regular = self.regular(balance, periods)
        for left in range(periods, 0, -1):
            interest = self.interest(balance)
            wanted = regular - interest if self.method == "annuity" else regular
            principal = balance if left == 1 else min(balance, wanted)
            balance -= principal
            yield principal, interest

    def lines(
        self, balance, periods, *, deferred=0, interest_only=0, carried=0, regular=None
    ) -> Iterator[tuple[int, int]]:
        """Principal and interest of each line: first nothing, then interest, then both.

        Interest is simple. What a line leaves unpaid is paid by the next one that pays.

        :param periods: lines that repay principal
        :param deferred: lines before them on which nothing is paid
        :param interest_only: lines between these two on which interest is paid
        :param carried: unpaid interest of earlier times
        """
        interest = self.interest(balance)
        for _line in range(deferred):
            yield 0, 0
        carried += deferred * interest
        for _line in range(interest_only):
            yield 0, interest + carried
            carried = 0
        for principal, interest in self.pay_off(balance, periods, regular):
            yield principal, interest + carried
            carried = 0


def written_out(
    lines: Iterable[tuple[int, int]],
    dates: Iterable[date],
    balance: int,
    money: Money,
    first_sequence: int = 1,
) -> list[Instalment]:
    """Lines of principal and interest as instalments with their dates."""
    found, amount = [], money.amount
    for sequence, (due_date, (principal, interest)) in enumerate(
        zip(dates, lines, strict=False), first_sequence
    ):
        balance -= principal
        found.append(
            Instalment(
                sequence,
                due_date,
                amount(principal),
                amount(interest),
                amount(principal + interest),
                amount(balance),
            )
        )
    return found


def leading(lines, test):
    """How many lines at the beginning pass the test."""
    return next((n for n, line in enumerate(lines) if not test(line)), len(lines))
