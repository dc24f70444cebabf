"""Seats in proportion to votes."""

from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tools.ballot import allocate_seats, needs_a_draw
from tools.ballot_seats import RULES


@pytest.mark.parametrize(
    ("votes", "seats", "rule", "won"),
    [
        ([57, 29, 14], 6, "highest_average", [4, 2, 0]),
        ([57, 29, 14], 6, "largest_remainder", [3, 2, 1]),
        ([52, 30, 18], 5, "highest_average", [3, 1, 1]),
        ([52, 30, 18], 5, "largest_remainder", [3, 1, 1]),
        ([7, 0], 3, "highest_average", [3, 0]),
        ([7, 0], 3, "largest_remainder", [3, 0]),
        ([1, 1, 1], 0, "highest_average", [0, 0, 0]),
        ([100], 5, "largest_remainder", [5]),
        # equal claims: more votes first, then the one named first
        ([20, 10], 2, "highest_average", [2, 0]),
        ([5, 5], 1, "highest_average", [1, 0]),
        ([5, 5, 5], 2, "largest_remainder", [1, 1, 0]),
    ],
)
def test_known_allocations(votes, seats, rule, won):
    found = allocate_seats(dict(enumerate(votes)), seats, rule=rule)
    assert list(found.values()) == won


def test_a_draw_is_needed_between_equal_lists_only():
    for rule in RULES:
        assert needs_a_draw({"a": 5, "b": 5}, 1, rule=rule)
        assert not needs_a_draw({"a": 5, "b": 5}, 2, rule=rule)
    assert not needs_a_draw({"a": 20, "b": 10}, 2, rule="highest_average")


@pytest.mark.parametrize(
    ("votes", "seats", "rule", "told"),
    [
        ({}, 3, "highest_average", "nobody got a vote"),
        ({"a": 0}, 3, "highest_average", "nobody got a vote"),
        ({"a": -1, "b": 2}, 3, "highest_average", "not negative"),
        ({"a": 1}, -1, "highest_average", "seats is a whole number"),
        ({"a": 1}, 1.5, "highest_average", "seats is a whole number"),
        ({"a": 1.5}, 1, "highest_average", "votes is exact"),
        ({"a": 1}, 1, "dice", "rule is one of highest_average"),
    ],
)
def test_what_cannot_be_allocated_is_refused(votes, seats, rule, told):
    with pytest.raises(ValueError, match=told):
        allocate_seats(votes, seats, rule=rule)


counts = st.lists(st.integers(0, 200), min_size=1, max_size=7).filter(any)
votes_cast = counts.map(lambda numbers: dict(zip("abcdefg", numbers, strict=False)))


@settings(max_examples=200, deadline=None)
@given(votes_cast, st.integers(0, 30), st.sampled_from(RULES), st.integers(1, 9))
def test_all_seats_are_given_in_order_of_votes(votes, seats, rule, times):
    won = allocate_seats(votes, seats, rule=rule)
    assert list(won) == list(votes)
    assert sum(won.values()) == seats
    for one in votes:
        assert won[one] >= 0
        assert votes[one] or not won[one]
        for other in votes:
            assert votes[one] <= votes[other] or won[one] >= won[other]
    more = {name: Fraction(number * times, 7) for name, number in votes.items()}
    assert allocate_seats(more, seats, rule=rule) == won


@settings(max_examples=200, deadline=None)
@given(votes_cast, st.integers(1, 30))
def test_largest_remainders_stay_within_the_quota(votes, seats):
    won = allocate_seats(votes, seats, rule="largest_remainder")
    for name, number in votes.items():
        assert abs(won[name] - Fraction(number * seats, sum(votes.values()))) < 1


@settings(max_examples=200, deadline=None)
@given(votes_cast, st.integers(0, 30))
def test_highest_averages_take_no_seat_back_when_there_is_one_more(votes, seats):
    before = allocate_seats(votes, seats, rule="highest_average")
    after = allocate_seats(votes, seats + 1, rule="highest_average")
    assert all(after[name] >= before[name] for name in votes)


def test_largest_remainders_may_take_one_back():
    """The paradox of Alabama: a known property of the rule, not an error."""
    votes = {"a": 6, "b": 6, "c": 2}
    before = allocate_seats(votes, 10, rule="largest_remainder")
    after = allocate_seats(votes, 11, rule="largest_remainder")
    assert (before["c"], after["c"]) == (2, 1)


@settings(max_examples=200, deadline=None)
@given(votes_cast, st.integers(0, 30))
def test_highest_averages_are_the_highest_of_all(votes, seats):
    """Seat by seat from the first, without any quotient."""
    won = dict.fromkeys(votes, 0)
    for _seat in range(seats):
        best = max(votes, key=lambda name: (votes[name] / (won[name] + 1), votes[name]))
        won[best] += 1
    assert allocate_seats(votes, seats, rule="highest_average") == won


@settings(max_examples=100, deadline=None)
@given(votes_cast, st.integers(0, 20), st.sampled_from(RULES), st.randoms())
def test_the_order_decides_nothing_but_a_draw(votes, seats, rule, random):
    names = list(votes)
    random.shuffle(names)
    mixed = {name: votes[name] for name in names}
    if not needs_a_draw(votes, seats, rule=rule):
        assert allocate_seats(mixed, seats, rule=rule) == allocate_seats(
            votes, seats, rule=rule
        )
