"""Schedules of loans and what becomes of them: without Odoo, to the cent.

Amounts are rounded half-up on each line; what rounding leaves over is on the last line,
so that the principal of all lines is the amount lent. Interest is simple: interest that
waits for the end of a grace never bears interest itself. Numbers may be given as
``Decimal``, ``int``, ``str`` or ``float`` (taken as it is written).

>>> for line in build_schedule(1000, 0, 3, first_due_date=date(2026, 1, 31)):
...     print(line.sequence, line.due_date, line.amount, line.balance)
1 2026-01-31 333.33 666.67
2 2026-02-28 333.33 333.34
3 2026-03-31 333.34 0.00
"""

from datetime import date

from .amortization_change import due_dates, reschedule
from .amortization_early import EarlyRepayment, principal_within, repay_early
from .amortization_follow import (
    AgeBucket,
    accrued_interest,
    ageing,
    days_overdue,
    impute_payment,
)
from .amortization_lines import CENT, METHODS, Instalment
from .amortization_respite import grant_respite
from .amortization_shares import split_amount, split_amounts, split_loss

__all__ = [
    "CENT",
    "METHODS",
    "AgeBucket",
    "EarlyRepayment",
    "Instalment",
    "accrued_interest",
    "ageing",
    "build_schedule",
    "days_overdue",
    "due_dates",
    "grant_respite",
    "impute_payment",
    "principal_within",
    "repay_early",
    "reschedule",
    "split_amount",
    "split_amounts",
    "split_loss",
]


def build_schedule(
    amount,
    annual_rate,
    periods: int,
    *,
    method: str = "annuity",
    period_months: int = 1,
    grace_periods: int = 0,
    grace_type: str = "none",
    grace_position: str = "inside",
    first_due_date: date,
    rounding=CENT,
) -> list[Instalment]:
    """What is to be paid and when, for a loan paid out at once.

    Each line bears the interest of one whole period, the first one too, whatever day
    the money was paid out.

    :param amount: lent, a multiple of the rounding
    :param annual_rate: in percent a year; a period bears ``period_months`` twelfths
    :param periods: lines in all where the grace is inside, else lines after the grace
    :param method: ``annuity``: the same amount on each line; ``constant_principal``:
        the same principal; ``in_fine``: all the principal on the last line
    :param grace_type: ``partial``: only interest is paid; ``total``: nothing is paid,
        and the interest of these lines is paid with the first instalment after them
    :param grace_position: ``inside`` the periods, or ``added`` to them
    :param first_due_date: of line 1, lines of grace included; the others follow on the
        same day of the month, or on the last day of a month that is too short
    :raises ValueError: for a loan that makes no sense: nothing lent, a negative rate,
        no period, a grace as long as the loan, a grace without its type, an unknown
        word
    """
    return reschedule(
        amount,
        annual_rate,
        periods,
        method=method,
        period_months=period_months,
        grace_periods=grace_periods,
        grace_type=grace_type,
        grace_position=grace_position,
        first_due_date=first_due_date,
        rounding=rounding,
    )
