"""No small group can be worked out from breakdowns laid side by side."""

import doctest
from collections import Counter
from itertools import combinations

from hypothesis import given, settings
from hypothesis import strategies as st
from test_small_groups import small_groups_that_show

from tools import breakdowns
from tools.breakdowns import shown_groups
from tools.small_groups import Shown

THRESHOLD = 5
PROFILES = st.dictionaries(
    st.tuples(st.sampled_from("wmo"), st.integers(1, 3), st.sampled_from("xyz")),
    st.integers(1, 6),
    min_size=1,
    max_size=10,
)


def counted(profiles, *places):
    counts = Counter()
    for profile, number in profiles.items():
        counts[tuple(profile[n] for n in places)] += number
    return counts


@settings(max_examples=300, deadline=None)
@given(PROFILES)
def test_two_breakdowns_give_no_small_group_away(profiles):
    shown = shown_groups(profiles, THRESHOLD)
    if shown is None:
        assert sum(profiles.values()) < THRESHOLD
        return
    for one, two in combinations(range(3), 2):
        published = Shown(True, shown[one], shown[two])
        found = small_groups_that_show(counted(profiles, one, two), published)
        assert not list(found)


@settings(max_examples=300, deadline=None)
@given(PROFILES)
def test_what_is_left_of_a_breakdown_is_nothing_or_enough(profiles):
    shown = shown_groups(profiles, THRESHOLD)
    if shown is None:
        return
    for n, groups in enumerate(shown):
        counts = counted(profiles, n)
        assert all(counts[group,] >= THRESHOLD for group in groups)
        rest = sum(counts.values()) - sum(counts[group,] for group in groups)
        assert rest == 0 or rest >= THRESHOLD


@settings(max_examples=100, deadline=None)
@given(PROFILES, st.randoms(use_true_random=False))
def test_the_order_of_people_changes_nothing(profiles, random):
    lines = list(profiles.items())
    random.shuffle(lines)
    assert shown_groups(dict(lines), THRESHOLD) == shown_groups(profiles, THRESHOLD)


def test_large_groups_are_all_shown():
    profiles = {("w", 1): 20, ("w", 2): 15, ("m", 1): 12, ("m", 2): 30}
    assert shown_groups(profiles, THRESHOLD) == [{"w", "m"}, {1, 2}]


def test_a_hundred_small_places_are_settled_at_once():
    profiles = {("wm"[n % 2], n // 2, n % 7): 1 + n % 3 for n in range(200)}
    shown = shown_groups(profiles, THRESHOLD)
    assert shown[0] == {"w", "m"}
    assert len(shown[2]) == 7


def test_examples_of_the_documentation():
    assert doctest.testmod(breakdowns).failed == 0
