"""Time given to somebody who cannot pay for a while."""

from dataclasses import replace

from .amortization_lines import (
    CENT,
    Instalment,
    Money,
    Terms,
    leading,
    one_of,
    whole,
    written_out,
)
from .months import is_month_end, months_later


def grant_respite(
    lines: list[Instalment],
    periods: int,
    *,
    period_months: int = 1,
    interest: str = "waived",
    annual_rate=0,
    due_day: int | None = None,
    rounding=CENT,
) -> list[Instalment]:
    """Move these lines by so many periods.

    :param lines: to come, or due and not paid; not one of them is lost or made smaller
    :param interest: of the time gained: ``waived``: dates move and no amount changes;
        ``paid``: a line of interest for each period; ``deferred``: lines of nothing,
        and their interest is paid with the first instalment after them
    :param annual_rate: in percent, where interest is paid or deferred
    :param due_day: day of the month on which the loan falls due, where these lines may
        not show it (28 February of a loan that is due on the 31st)
    :raises ValueError: no line, less than one period, an unknown word, or ``paid``
        while the lines begin with a total grace
    """
    one_of(interest, "interest", ("waived", "paid", "deferred"))
    periods = whole(periods, "periods", 1)
    months = whole(period_months, "period_months", 1)
    if not lines:
        raise ValueError("there is no line to move")
    due_day = due_day or max(line.due_date.day for line in lines)
    moved = [
        replace(line, due_date=_moved(line.due_date, periods * months, due_day))
        for line in lines
    ]
    if interest == "waived":
        return moved
    money = Money(rounding)
    balance = money.steps(lines[0].principal + lines[0].balance, "balance")
    one = Terms(annual_rate, "annuity", months).interest(balance)
    if interest == "deferred":
        moved = _with_interest(moved, money.amount(periods * one))
        one = 0
    elif one and not lines[0].amount:
        raise ValueError("a total grace goes on: its interest is deferred, not paid")
    gained = written_out(
        [(0, one)] * periods,
        [_moved(lines[0].due_date, k * months, due_day) for k in range(periods)],
        balance,
        money,
        lines[0].sequence,
    )
    return gained + [replace(line, sequence=line.sequence + periods) for line in moved]


def _moved(day, months, due_day):
    """Months later; a day that a short month cut off comes back."""
    wanted = max(due_day, day.day) if is_month_end(day) else None
    return months_later(day, months, wanted)


def _with_interest(lines, more):
    """So much more interest on the first line that pays anything."""
    place = leading(lines[:-1], lambda line: not line.amount)
    line = lines[place]
    paying = replace(line, interest=line.interest + more, amount=line.amount + more)
    return [*lines[:place], paying, *lines[place + 1 :]]
