"""Principal that is not due yet, put on new lines."""

from datetime import date

from .amortization_lines import (
    CENT,
    Instalment,
    Money,
    Terms,
    day_of,
    one_of,
    whole,
    written_out,
)
from .months import months_later

GRACE_TYPES = ("none", "partial", "total")
GRACE_POSITIONS = ("inside", "added")


def due_dates(first_due_date: date, count: int, period_months: int = 1) -> list[date]:
    """The due dates of so many lines, each counted from the first date.

    >>> [str(day) for day in due_dates(date(2026, 1, 31), 3)]
    ['2026-01-31', '2026-02-28', '2026-03-31']
    """
    first = day_of(first_due_date, "first_due_date")
    count = whole(count, "count", 0)
    step = whole(period_months, "period_months", 1)
    return [months_later(first, line * step) for line in range(count)]


def reschedule(
    balance,
    annual_rate,
    periods: int,
    *,
    method: str = "annuity",
    period_months: int = 1,
    grace_periods: int = 0,
    grace_type: str = "none",
    grace_position: str = "inside",
    first_due_date: date,
    carried_interest=0,
    first_sequence: int = 1,
    rounding=CENT,
) -> list[Instalment]:
    """New lines for principal that is not due yet, under the same or other terms.

    All is as in ``build_schedule``, but for two more things:

    :param carried_interest: interest of earlier times that is not paid: the first line
        that pays anything pays it too; it bears no interest
    :param first_sequence: number of the first new line
    """
    terms, money = Terms(annual_rate, method, period_months), Money(rounding)
    steps = money.steps(balance, "amount")
    if not steps:
        raise ValueError("amount is above zero, not 0")
    periods = whole(periods, "periods", 1)
    grace = _grace(periods, grace_periods, grace_type, grace_position)
    if grace_position == "inside":
        periods -= grace
    lines = terms.lines(
        steps,
        periods,
        deferred=grace if grace_type == "total" else 0,
        interest_only=grace if grace_type == "partial" else 0,
        carried=money.steps(carried_interest, "carried_interest"),
    )
    dates = due_dates(first_due_date, grace + periods, period_months)
    first_sequence = whole(first_sequence, "first_sequence", 1)
    return written_out(lines, dates, steps, money, first_sequence)


def _grace(periods, grace_periods, grace_type, grace_position):
    """Lines of grace, where they make sense together."""
    one_of(grace_type, "grace_type", GRACE_TYPES)
    one_of(grace_position, "grace_position", GRACE_POSITIONS)
    grace = whole(grace_periods, "grace_periods", 0)
    if grace and grace_type == "none":
        raise ValueError(f"{grace} grace_periods need a grace_type: partial or total")
    if grace_position == "inside" and grace >= periods:
        raise ValueError(
            f"grace_periods inside are fewer than the {periods} periods, not {grace}"
        )
    return grace
