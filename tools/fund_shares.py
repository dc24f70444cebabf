"""Money of a loan split over the funds behind it, and over the funders of each fund."""

from collections.abc import Iterable, Mapping
from decimal import Decimal

from .amortization_lines import CENT
from .amortization_shares import split_amount

# Somebody behind a loan: the fund's share, and a contribution to that fund.
Stake = tuple


def split_nested(
    amount,
    weights: Mapping[Stake, Decimal],
    already: Mapping[Stake, Decimal] | None = None,
    rounding=CENT,
) -> dict[Stake, Decimal]:
    """One amount split over funds, and what falls to each over its contributions.

    Both by the cumulative rule of :func:`split_amounts`: parts sum to the amount, those
    of one fund to what the fund gets when only funds are looked at, and where the
    weights are what each put in, each has got exactly that in the end.

    :param weights: what each stands for, ``{(fund, contribution): weight}``; the order
        decides who gets a cent that cannot be cut
    :param already: what each got of earlier amounts

    >>> put_in = {("A", 1): 2000, ("A", 2): 1000, ("B", 3): 1500, ("C", 4): 500}
    >>> [str(part) for part in split_nested("162.68", put_in).values()]
    ['65.07', '32.54', '48.80', '16.27']
    """
    already = already or {}
    groups = {}
    for group, member in weights:
        groups.setdefault(group, []).append((group, member))
    sums = [_sum(weights[stake] for stake in stakes) for stakes in groups.values()]
    given = [
        _sum(already.get(stake, 0) for stake in stakes) for stakes in groups.values()
    ]
    totals = split_amount(amount, sums, already=given, rounding=rounding)
    parts = {}
    for stakes, total in zip(groups.values(), totals, strict=True):
        if not total:
            parts |= dict.fromkeys(stakes, Decimal(0))
            continue
        found = split_amount(
            total,
            [weights[stake] for stake in stakes],
            already=[already.get(stake, 0) for stake in stakes],
            rounding=rounding,
        )
        parts |= dict(zip(stakes, found, strict=True))
    return {stake: parts[stake] for stake in weights}


def split_reserve(
    parts: Mapping[Stake, Decimal], reserve, rounding=CENT
) -> dict[Stake, Decimal]:
    """What a reserve bears of parts of a loss, being first: never more than a part.

    >>> loss = {1: Decimal(1200), 2: Decimal(600), 3: Decimal(200)}
    >>> [str(part) for part in split_reserve(loss, 500).values()]
    ['300.00', '150.00', '50.00']
    """
    borne = min(Decimal(reserve), _sum(parts.values()))
    if borne <= 0:
        return dict.fromkeys(parts, Decimal(0))
    found = split_amount(borne, list(parts.values()), rounding=rounding)
    return dict(zip(parts, found, strict=True))


def percentages(weights: Iterable[Decimal]) -> list[Decimal]:
    """Shares as percentages with two decimals that make 100 together.

    >>> [str(part) for part in percentages([1, 1, 1])]
    ['33.34', '33.33', '33.33']
    """
    return list(split_amount(100, list(weights)))


def _sum(amounts):
    return sum((Decimal(amount) for amount in amounts), Decimal(0))
