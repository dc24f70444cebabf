"""An amount behind which several funders stand, split to the cent."""

from collections.abc import Iterable, Sequence
from decimal import Decimal

from .amortization_lines import CENT, Money, exact


def split_amounts(
    amounts: Iterable, shares: Sequence, *, already: Sequence = (), rounding=CENT
) -> list[tuple[Decimal, ...]]:
    """The part of each share in each of these amounts, one after the other.

    The cumulative rule: it is the total up to each amount that is split by the shares,
    and what a cent cannot be cut into goes to whoever lacks most of his share of that
    total (the largest remainder, and the first named where they are equal). So the
    parts of each amount sum to it; nobody gives back, nor is ever a cent above his
    share of the total; and where the shares are the amounts put in, each gets exactly
    that in the end.

    :param amounts: not negative, multiples of the rounding
    :param shares: what each stands for, in any unit: money, percent, parts
    :param already: what each got of earlier amounts, if any
    :raises ValueError: no share above zero, a negative one, a negative amount

    >>> [[str(part) for part in row] for row in split_amounts([10, 10, 10], [1, 1, 1])]
    [['3.34', '3.33', '3.33'], ['3.33', '3.34', '3.33'], ['3.33', '3.33', '3.34']]
    """
    money = Money(rounding)
    weights = _weights(shares)
    totals = [money.steps(part, "already") for part in already] or [0] * len(weights)
    if len(totals) != len(weights):
        raise ValueError(f"{len(totals)} parts already given, {len(weights)} shares")
    rows = []
    for amount in amounts:
        new = _next_totals(totals, money.steps(amount, "amount"), weights)
        rows.append(
            tuple(money.amount(b - a) for a, b in zip(totals, new, strict=True))
        )
        totals = new
    return rows


def split_amount(
    amount, shares: Sequence, *, already: Sequence = (), rounding=CENT
) -> tuple[Decimal, ...]:
    """One amount by :func:`split_amounts`.

    >>> [str(part) for part in split_amount("162.68", [3000, 1500, 500])]
    ['97.61', '48.80', '16.27']
    """
    return split_amounts([amount], shares, already=already, rounding=rounding)[0]


def split_loss(
    loss, shares: Sequence, *, reserve=0, rounding=CENT
) -> tuple[Decimal, tuple[Decimal, ...]]:
    """What a reserve bears of a loss, being first, and what each share bears then.

    >>> reserve, parts = split_loss(2000, [60, 30, 10], reserve=500)
    >>> str(reserve), [str(part) for part in parts]
    ('500.00', ['900.00', '450.00', '150.00'])
    """
    money = Money(rounding)
    lost = money.steps(loss, "loss")
    first = min(lost, money.steps(reserve, "reserve"))
    rest = money.amount(lost - first)
    return money.amount(first), split_amount(rest, shares, rounding=rounding)


def _weights(shares):
    weights = [exact(share, "share") for share in shares]
    if any(weight < 0 for weight in weights) or not any(weights):
        raise ValueError("shares are not negative, and one at least is above zero")
    return weights


def _next_totals(totals, more, weights):
    """What each has of the total once so much more is given; nobody gives back."""
    goal, whole = sum(totals) + more, sum(weights)
    wanted = [weight * goal / whole for weight in weights]
    found = [max(had, int(part)) for had, part in zip(totals, wanted, strict=True)]
    left = goal - sum(found)
    if left >= 0:
        lacking = sorted(range(len(found)), key=lambda j: found[j] - wanted[j])
        for j in lacking[:left]:
            found[j] += 1
    for _cent in range(-left):  # somebody has more than his share since earlier
        raised = [j for j in range(len(found)) if found[j] > totals[j]]
        found[max(raised, key=lambda j: (found[j] - wanted[j], j))] -= 1
    return found
