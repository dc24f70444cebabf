"""What a running loan shows on a day: interest earned, payments, arrears by age."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from .amortization_lines import CENT, Instalment, Money, day_of, half_up

AGE_LIMITS = (30, 60, 90, 180)


@dataclass(frozen=True)
class AgeBucket:
    """What is owed since so many days.

    :param first: days overdue, from; None for what is not overdue
    :param last: days overdue, up to; None for the oldest
    """

    first: int | None
    last: int | None
    amount: Decimal
    count: int


def accrued_interest(
    schedule: Sequence[Instalment],
    on: date,
    *,
    disbursed: date,
    carried_interest=0,
    rounding=CENT,
) -> Decimal:
    """Interest earned and not due yet at the end of a day, to the step of the rounding.

    The interest of the next line, for the days that have passed of its period. During a
    total grace its lines share equally what the first instalment after them will pay;
    those that have passed count in full.

    :param schedule: lines in the order of their dates
    :param disbursed: day from which the first line bears interest
    :param carried_interest: the part of the next paying line's interest that was earned
        before its lines began (``reschedule``)
    """
    on, begin = day_of(on, "on"), day_of(disbursed, "disbursed")
    money = Money(rounding)
    following = next((n for n, line in enumerate(schedule) if line.due_date > on), None)
    if following is None or on < begin:
        return money.amount(0)
    start = end = following
    while start and _puts_off(schedule[start - 1]):
        start -= 1
    while _puts_off(schedule[end]):
        end += 1
    if following:
        begin = schedule[following - 1].due_date
    carried = money.steps(carried_interest, "carried_interest")
    interest = money.steps(schedule[end].interest, "interest") - carried
    if interest < 0:
        raise ValueError("carried_interest is more than the next line's interest")
    days, period = (on - begin).days, (schedule[following].due_date - begin).days
    passed = (following - start) * period + days
    return money.amount(
        carried + half_up(interest * passed, period * (end - start + 1))
    )


def _puts_off(line):
    """A line on which nothing is paid although something is owed."""
    return not line.amount and line.balance


def impute_payment(
    payment, owed: Iterable[tuple]
) -> tuple[list[tuple[Decimal, Decimal]], Decimal]:
    """What a payment settles: the oldest instalment first, in it interest first.

    :param owed: interest and principal still open of each instalment, oldest first
    :returns: interest and principal paid of each instalment, and what is left over
    :raises ValueError: a negative amount

    >>> paid, left = impute_payment("100.00", [("8.33", "162.68")])
    >>> [[str(part) for part in parts] for parts in paid], str(left)
    ([['8.33', '91.67']], '0.00')
    """
    left = _not_negative(payment)
    paid = []
    for parts in owed:
        settled = []
        for part in parts:
            settled.append(min(left, _not_negative(part)))
            left -= settled[-1]
        paid.append(tuple(settled))
    return paid, left


def _not_negative(value):
    amount = Decimal(str(value))
    if not amount >= 0:
        raise ValueError(f"an amount is not negative: {value}")
    return amount


def days_overdue(due_date: date, on: date) -> int:
    """Days since an amount should have been paid; 0 on its day and before.

    >>> days_overdue(date(2026, 3, 15), date(2026, 6, 10))
    87
    """
    return max(0, (day_of(on, "on") - day_of(due_date, "due_date")).days)


def ageing(
    owed: Iterable[tuple], on: date, limits: Sequence[int] = AGE_LIMITS
) -> list[AgeBucket]:
    """What is owed by age: not overdue, then days 1-30, 31-60, 61-90, 91-180 and older.

    :param owed: due date and amount still open of each instalment
    :param limits: last day of each age but the oldest, rising
    :raises ValueError: limits that do not rise from 1 on

    >>> found = ageing([(date(2026, 3, 15), 200), (date(2026, 7, 15), 80)],
    ...                date(2026, 6, 10), limits=(30, 90))
    >>> [(age.first, age.last, int(age.amount)) for age in found]
    [(None, 0, 80), (1, 30, 0), (31, 90, 200), (91, None, 0)]
    """
    lasts = [0, *limits]
    if any(b <= a for a, b in zip(lasts, limits, strict=False)):
        raise ValueError(f"limits of age rise from 1 on: {tuple(limits)}")
    firsts = [None, *(last + 1 for last in lasts)]
    found = [[] for _age in firsts]
    for due_date, amount in owed:
        days = days_overdue(due_date, on)
        found[sum(days > last for last in lasts)].append(Decimal(str(amount)))
    return [
        AgeBucket(first, last, sum(amounts, Decimal(0)), len(amounts))
        for first, last, amounts in zip(firsts, [*lasts, None], found, strict=True)
    ]
