"""Principal repaid before it is due, and the lines after that."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction

from .amortization_lines import (
    CENT,
    Instalment,
    Money,
    Terms,
    day_of,
    half_up,
    leading,
    one_of,
    written_out,
)


@dataclass(frozen=True)
class EarlyRepayment:
    """What is paid on the day of an early repayment, and the lines after it.

    :param interest: of the part repaid, and of nothing else
    """

    due_date: date
    principal: Decimal
    interest: Decimal
    amount: Decimal
    rest: list[Instalment]


def repay_early(
    schedule: list[Instalment],
    on: date,
    principal,
    *,
    disbursed: date,
    annual_rate,
    method: str = "annuity",
    period_months: int = 1,
    keep: str = "term",
    interest_until: str = "day",
    rounding=CENT,
) -> EarlyRepayment:
    """Repay principal before it is due, in part or all of it.

    The interest of the part repaid is paid with it, what a total grace put off
    included; the part that stays goes on as if it had always been alone.

    :param schedule: lines of the loan as they are; those due on this day or before
        count as due and are not touched
    :param principal: repaid, above zero and at most what is not due yet
    :param disbursed: day from which the first line bears interest
    :param annual_rate: of the loan, in percent, as are ``method`` and ``period_months``
    :param keep: ``term``: the same dates, lower instalments; ``instalment``: the same
        instalment (the same principal where that is constant), fewer lines. In fine,
        all stays on its last line.
    :param interest_until: the ``day`` of the repayment, or the end of the ``period``
        that has begun
    :raises ValueError: nothing is left to repay, or not that much
    """
    one_of(keep, "keep", ("term", "instalment"))
    one_of(interest_until, "interest_until", ("day", "period"))
    terms, money = Terms(annual_rate, method, period_months), Money(rounding)
    on = day_of(on, "on")
    rest = _Rest(schedule, on, disbursed, terms, money)
    repaid = money.steps(principal, "principal")
    if not 0 < repaid <= rest.balance:
        left = money.amount(rest.balance)
        raise ValueError(f"principal is above zero and at most {left}, not {principal}")
    interest = rest.interest_on(repaid, interest_until)
    return EarlyRepayment(
        on,
        money.amount(repaid),
        money.amount(interest),
        money.amount(repaid + interest),
        rest.without(repaid, keep),
    )


def principal_within(
    schedule: list[Instalment],
    on: date,
    paid,
    *,
    disbursed: date,
    annual_rate,
    method: str = "annuity",
    period_months: int = 1,
    interest_until: str = "day",
    rounding=CENT,
) -> Decimal:
    """The most principal that an amount repays early, when its interest is paid first.

    All is as in :func:`repay_early`, and what an amount cannot be cut into to the cent
    is left over.

    :param paid: principal and interest together
    :raises ValueError: nothing is left to repay, or the amount pays no principal
    """
    one_of(interest_until, "interest_until", ("day", "period"))
    terms, money = Terms(annual_rate, method, period_months), Money(rounding)
    rest = _Rest(schedule, day_of(on, "on"), disbursed, terms, money)
    paid = money.steps(paid, "paid")
    most = Fraction(paid * rest.balance) / (rest.balance + rest.owed(interest_until))
    repaid = min(rest.balance, int(most) + 1)
    while repaid and repaid + rest.interest_on(repaid, interest_until) > paid:
        repaid -= 1
    if not repaid:
        raise ValueError(f"{money.amount(paid)} repay no principal")
    return money.amount(repaid)


class _Rest:
    """The lines of a schedule that come after a day.

    :attr:`earlier` is the interest of past periods that waits for the next line that
    pays; :attr:`interest` that of one period, of which :attr:`elapsed` has passed.
    """

    def __init__(self, schedule, on, disbursed, terms, money):
        self.terms, self.money = terms, money
        self.lines = [line for line in schedule if line.due_date > on]
        if not self.lines or not self.lines[0].balance + self.lines[0].principal:
            raise ValueError(f"nothing is left to repay after {on}")
        first = self.lines[0]
        self.balance = money.steps(first.principal + first.balance, "balance")
        self.elapsed = _elapsed(schedule, on, disbursed)
        self.deferred = leading(self.lines, lambda line: not line.amount)
        self.grace = leading(self.lines, lambda line: not line.principal)
        self.interest = terms.interest(self.balance)
        paid = money.steps(self.lines[self.deferred].interest, "interest")
        self.earlier = max(0, paid - (self.deferred + 1) * self.interest)

    def owed(self, interest_until):
        """Interest of all that is left: to the day, or of the period that has begun."""
        whole = interest_until == "period"
        period = Fraction(self.elapsed > 0) if whole else self.elapsed
        return self.earlier + self.interest * period

    def interest_on(self, repaid, interest_until):
        """Its part that belongs to so much of the principal."""
        part = Fraction(self.owed(interest_until) * repaid, self.balance)
        return half_up(part.numerator, part.denominator)

    def without(self, repaid, keep):
        """The new lines once so much of the principal is gone."""
        balance = self.balance - repaid
        if not balance:
            return []
        lines = self.terms.lines(
            balance,
            len(self.lines) - self.grace,
            deferred=self.deferred,
            interest_only=self.grace - self.deferred,
            carried=half_up(self.earlier * balance, self.balance),
            regular=self._regular() if keep == "instalment" else None,
        )
        dates = [line.due_date for line in self.lines]
        found = written_out(lines, dates, balance, self.money, self.lines[0].sequence)
        if keep == "instalment":
            last = leading(found, lambda line: line.balance)
            return found[: last + 1]
        return found

    def _regular(self):
        """The instalment that is to stay, or the principal in it."""
        principal = self.money.steps(self.lines[self.grace].principal, "principal")
        return principal + (self.terms.method == "annuity") * self.interest


def _elapsed(schedule, on, disbursed):
    """The part of the current period that has passed, 0 to 1."""
    begin = day_of(disbursed, "disbursed")
    if on < begin:
        raise ValueError(f"on {on} the money was not paid out yet: {begin}")
    begin = max([line.due_date for line in schedule if line.due_date <= on] or [begin])
    end = next(line.due_date for line in schedule if line.due_date > on)
    return Fraction((on - begin).days, (end - begin).days)
