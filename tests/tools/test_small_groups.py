"""No small group can be worked out from what is published, whatever the table."""

import doctest
from collections import Counter
from fractions import Fraction
from itertools import combinations

from hypothesis import given, settings
from hypothesis import strategies as st

from tools import small_groups
from tools.small_groups import Shown, shown_cells

THRESHOLD = 5


def published(counts, shown):
    """What the reader knows, as sums of groups of people (one group a cell)."""
    groups = sorted(counts)
    sums = []
    if shown.total:
        sums.append([1] * len(groups))
    for side, names in ((0, shown.rows), (1, shown.columns)):
        sums += [[int(cell[side] == name) for cell in groups] for name in names]
    return groups, sums


def rank(lines):
    """Rank of a matrix, exactly."""
    lines, found = [[Fraction(x) for x in line] for line in lines], 0
    for column in range(len(lines[0]) if lines else 0):
        pivot = next((i for i in range(found, len(lines)) if lines[i][column]), None)
        if pivot is None:
            continue
        lines[found], lines[pivot] = lines[pivot], lines[found]
        for i in range(found + 1, len(lines)):
            factor = lines[i][column] / lines[found][column]
            lines[i] = [
                a - factor * b for a, b in zip(lines[i], lines[found], strict=True)
            ]
        found += 1
    return found


def small_groups_that_show(counts, shown, threshold=THRESHOLD):
    """Unions of groups of fewer people than the threshold about which something can
    be worked out: some combination of the published sums speaks of them alone.

    By linear algebra, to check a program that counts cuts of a graph.
    """
    groups, sums = published(counts, shown)
    whole = rank(sums)
    small = [i for i, group in enumerate(groups) if counts[group] < threshold]
    for number in range(1, threshold):
        for union in combinations(small, number):
            if sum(counts[groups[i]] for i in union) >= threshold:
                continue
            rest = [[x for i, x in enumerate(line) if i not in union] for line in sums]
            if rank(rest) < whole:
                yield [groups[i] for i in union]


TABLES = st.dictionaries(
    st.tuples(st.sampled_from("abcd"), st.integers(1, 4)),
    st.integers(1, 7),
    max_size=9,
)


@settings(max_examples=400, deadline=None)
@given(TABLES)
def test_nothing_of_a_small_group_can_be_worked_out(counts):
    shown = shown_cells(counts, THRESHOLD)
    assert not list(small_groups_that_show(counts, shown))


@settings(max_examples=200, deadline=None)
@given(TABLES)
def test_the_total_shows_unless_all_are_few(counts):
    enough = sum(counts.values()) >= THRESHOLD
    assert shown_cells(counts, THRESHOLD).total == enough


@settings(max_examples=200, deadline=None)
@given(TABLES)
def test_what_hurts_nobody_is_not_hidden(counts):
    """A table that shows no small group is published whole."""
    rows = frozenset(row for row, _column in counts)
    columns = frozenset(column for _row, column in counts)
    whole = Shown(sum(counts.values()) >= THRESHOLD, rows, columns)
    if whole.total and not any(small_groups_that_show(counts, whole)):
        assert shown_cells(counts, THRESHOLD) == whole


@settings(max_examples=200, deadline=None)
@given(TABLES, st.randoms(use_true_random=False))
def test_the_order_of_the_table_changes_nothing(counts, random):
    lines = list(counts.items())
    random.shuffle(lines)
    assert shown_cells(dict(lines), THRESHOLD) == shown_cells(counts, THRESHOLD)


def test_a_small_cell_takes_a_second_one_along():
    """One hidden cell alone is the total less the others."""
    shown = shown_cells({("a", 1): 9, ("b", 1): 3, ("c", 1): 6}, THRESHOLD)
    assert shown.rows == {"a"}


def test_two_breakdowns_together_give_nobody_away():
    """All of "a" are in 1, and 1 holds one person more: the difference is that one."""
    counts = {("a", 1): 8, ("b", 1): 1, ("b", 2): 7}
    whole = Shown(True, frozenset("ab"), frozenset([1, 2]))
    assert [("b", 1)] in list(small_groups_that_show(counts, whole))
    shown = shown_cells(counts, THRESHOLD)
    assert shown.total
    assert not (shown.rows and shown.columns)


def test_cells_of_enough_people_are_all_shown():
    counts = {("a", 1): 5, ("b", 2): 5, ("b", 1): 5}
    shown = shown_cells(counts, THRESHOLD)
    assert shown == Shown(True, frozenset("ab"), frozenset([1, 2]))


def test_nothing_is_shown_of_four_people():
    assert shown_cells({("a", 1): 4}, THRESHOLD) == Shown(
        False, frozenset(), frozenset()
    )


def test_many_territories_are_settled_at_once():
    counts = Counter()
    for number in range(60):
        counts["ab"[number % 2], number % 30] += 1 + number % 4
    shown = shown_cells(counts, THRESHOLD)
    assert shown.total
    assert shown.rows == {"a", "b"}


def test_examples_of_the_documentation():
    assert doctest.testmod(small_groups).failed == 0
