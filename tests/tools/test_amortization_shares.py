"""Several funders behind one loan, to the cent."""

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from loan_cases import CASES, expected, schedule_of, texts

from tools.amortization import CENT, split_amount, split_amounts, split_loss


def test_three_funders_behind_every_instalment():
    schedule, answer = schedule_of("HUB-03"), expected("HUB-08")
    shares = CASES["HUB-08"]["inputs"]["shares"]
    rows = split_amounts([line.principal for line in schedule], shares)
    for number in (7, 8, 36):
        assert texts(rows[number - 1]) == answer[f"instalment_{number}"]
    totals = [sum(column) for column in zip(*rows, strict=True)]
    assert texts(totals) == answer["totals"]
    for line, row in zip(schedule, rows, strict=True):
        assert sum(row) == line.principal


def test_a_loss_borne_by_funders_and_by_a_reserve_before_them():
    asked, answer = CASES["HUB-11"]["inputs"], expected("HUB-11")
    loss, shares = asked["loss"], asked["shares"]
    assert texts(split_amount(loss, shares)) == answer["pro_rata"]
    assert split_loss(loss, shares) == (0, split_amount(loss, shares))
    reserve, parts = split_loss(loss, shares, reserve=asked["first_loss_reserve"])
    known = answer["with_first_loss_reserve"]
    assert str(reserve) == known["reserve"]
    assert texts(parts) == known["funders"]


def test_a_reserve_larger_than_the_loss():
    assert split_loss(300, [1, 1], reserve=500) == (300, (0, 0))


def test_what_was_split_before_goes_on():
    principals = ["162.68", "162.95", "163.22", "0.01", "0.01"]
    shares = [3000, 1500, 500]
    whole = split_amounts(principals, shares)
    first = split_amounts(principals[:2], shares)
    given_so_far = [sum(column) for column in zip(*first, strict=True)]
    assert first + split_amounts(principals[2:], shares, already=given_so_far) == whole


def test_a_small_share_that_got_its_cent_early_never_gives_it_back():
    """Plain largest remainders of the cumulated total would ask for it back."""
    rows = split_amounts(["0.01"] * 7, [5, 5, 2, 2])
    for row in rows:
        assert sorted(row) == [0, 0, 0, CENT]


def test_whoever_has_too_much_already_waits_for_the_others():
    rows = split_amounts([3, 4, 2], [1, 1], already=[5, 0])
    assert rows == [(0, 3), (1, 3), (1, 1)]
    (row,) = split_amounts(["0.05"], [1, 1, 1], already=[10, 0, 0])
    assert texts(row) == ["0.00", "0.03", "0.02"]


@pytest.mark.parametrize(
    ("amounts", "shares", "already", "told"),
    [
        ([1], [], (), "one at least is above zero"),
        ([1], [0, 0], (), "one at least is above zero"),
        ([1], [2, -1], (), "not negative"),
        ([-1], [1, 1], (), "amount is not negative"),
        (["0.001"], [1, 1], (), "multiple of 0.01"),
        ([1], [1, 1], (1,), "1 parts already given, 2 shares"),
    ],
)
def test_what_cannot_be_split_is_refused(amounts, shares, already, told):
    with pytest.raises(ValueError, match=told):
        split_amounts(amounts, shares, already=already)


cents = st.integers(0, 300_000).map(lambda number: number * CENT)
tiny = st.integers(0, 5).map(lambda number: number * CENT)
amounts = st.lists(cents, max_size=12) | st.lists(tiny, max_size=40)
shares = st.lists(st.integers(0, 40), min_size=1, max_size=6).filter(any)


@settings(max_examples=300, deadline=None)
@given(amounts, shares)
def test_parts_sum_to_each_amount_and_nobody_has_a_cent_too_much(amounts, shares):
    rows = split_amounts(amounts, shares)
    totals, whole = [Decimal(0)] * len(shares), Decimal(0)
    for amount, row in zip(amounts, rows, strict=True):
        assert sum(row) == amount
        assert min(row) >= 0
        whole += amount
        totals = [had + part for had, part in zip(totals, row, strict=True)]
        for had, share in zip(totals, shares, strict=True):
            fair = Fraction(whole) * share / sum(shares)
            assert Fraction(had) - fair < Fraction(CENT)
            assert share or not had


@settings(max_examples=200, deadline=None)
@given(st.lists(st.integers(1, 400_000), min_size=1, max_size=6), st.data())
def test_each_funder_gets_exactly_what_was_put_in(put_in, data):
    whole = sum(put_in)
    cuts = sorted(data.draw(st.lists(st.integers(0, whole), max_size=20)))
    lines = [b - a for a, b in zip([0, *cuts], [*cuts, whole], strict=True)]
    rows = split_amounts([line * CENT for line in lines], put_in)
    totals = [sum(column) for column in zip(*rows, strict=True)]
    assert totals == [part * CENT for part in put_in]


def largest_remainder(total, shares):
    """The rule as it is told, on a total of cents."""
    wanted = [Fraction(total * share, sum(shares)) for share in shares]
    found = [int(part) for part in wanted]
    order = sorted(range(len(shares)), key=lambda j: found[j] - wanted[j])
    for j in order[: total - sum(found)]:
        found[j] += 1
    return found


@settings(max_examples=300, deadline=None)
@given(st.lists(st.integers(100, 300_000), max_size=12), shares)
def test_it_is_the_largest_remainder_of_the_cumulated_total(lines, shares):
    """Where each part is a cent at least, so that nobody would have to give back."""
    lines = [line * 3 for line in lines]
    shares = [share + 1 for share in shares]
    rows = split_amounts([line * CENT for line in lines], shares)
    had = [0] * len(shares)
    for number, row in enumerate(rows, 1):
        have = largest_remainder(sum(lines[:number]), shares)
        assert [int(part / CENT) for part in row] == [
            b - a for a, b in zip(had, have, strict=True)
        ]
        had = have
