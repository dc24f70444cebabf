"""Money of a loan over funds, and over the funders of each, by chance and by hand."""

import doctest
import random
from decimal import Decimal

import pytest

from tools import fund_shares
from tools.amortization_shares import split_amount
from tools.fund_shares import percentages, split_nested, split_reserve

CENT = Decimal("0.01")


def test_examples_of_the_documentation():
    found = doctest.testmod(fund_shares)
    assert found.attempted and not found.failed


def stakes(rng):
    """Contributions of one to four funds, in cents."""
    found = {}
    for fund in range(rng.randint(1, 4)):
        for member in range(rng.randint(1, 5)):
            found[fund, member] = Decimal(rng.randint(0, 500_000)) / 100
    if not any(found.values()):
        found[0, 0] = Decimal("12.34")
    return found


def pieces(rng, total):
    """The total, cut by chance into positive amounts."""
    left = int(total / CENT)
    while left:
        part = rng.randint(1, max(left // rng.randint(1, 6), 1))
        left -= part
        yield part * CENT


def of_fund(parts, fund):
    return sum(part for stake, part in parts.items() if stake[0] == fund)


@pytest.mark.parametrize("seed", range(300))
def test_parts_make_each_amount_and_shares_make_the_whole(seed):
    rng = random.Random(seed)
    put_in = stakes(rng)
    already = dict.fromkeys(put_in, Decimal(0))
    for amount in pieces(rng, sum(put_in.values())):
        before = {fund: of_fund(already, fund) for fund, _member in put_in}
        parts = split_nested(amount, put_in, already)
        assert sum(parts.values()) == amount
        assert min(parts.values()) >= 0
        # Each fund has what it would have if nobody looked inside
        funds = list(before)
        alone = split_amount(
            amount,
            [of_fund(put_in, fund) for fund in funds],
            already=[before[fund] for fund in funds],
        )
        assert [of_fund(parts, fund) for fund in funds] == list(alone)
        for stake, part in parts.items():
            already[stake] += part
            assert already[stake] <= put_in[stake]
    assert already == put_in


@pytest.mark.parametrize("seed", range(200))
def test_a_reserve_never_bears_more_than_the_loss_of_anybody(seed):
    rng = random.Random(seed)
    put_in = stakes(rng)
    loss = sum(put_in.values()) * rng.randint(1, 100) // 100 or CENT
    parts = split_nested(loss, put_in)
    reserve = Decimal(rng.randint(0, int(loss / CENT) * 2)) / 100
    borne = split_reserve(parts, reserve)
    assert sum(borne.values()) == min(reserve, loss)
    assert all(0 <= borne[stake] <= parts[stake] for stake in parts)


def test_a_fund_that_put_in_nothing_gets_nothing():
    parts = split_nested(10, {("A", 1): 0, ("B", 1): 3, ("B", 2): 0})
    assert list(parts.values()) == [0, 10, 0]


@pytest.mark.parametrize("seed", range(100))
def test_percentages_make_a_hundred(seed):
    rng = random.Random(seed)
    weights = [rng.randint(0, 10_000) for _n in range(rng.randint(1, 9))]
    weights[0] += 1
    assert sum(percentages(weights)) == 100
