"""Which groups of several breakdowns of the same people may be published.

People are counted by gender, by age, by territory... and each breakdown is published.
Nobody who reads one of them, or lays any two of them side by side, and knows the total,
can work out a group smaller than the threshold: see ``small_groups`` for two of them.
"""

from collections import Counter
from itertools import combinations

from .small_groups import shown_cells


def shown_groups(profiles, threshold):
    """The groups of each breakdown that may be published.

    :param profiles: ``{(group, group, ...): number of people}``, one group for each
        breakdown, always in the same order
    :param threshold: the smallest group that may be published
    :return: a set of groups for each breakdown; what is left of the total is never a
        group smaller than the threshold. None where the total itself is too small.

    >>> shown_groups({("woman", "young"): 8, ("man", "young"): 3}, 5)
    [frozenset(), frozenset({'young'})]
    """
    total = sum(profiles.values())
    if total < threshold:
        return None
    width = len(next(iter(profiles)))
    groups = [_count(profiles, n) for n in range(width)]
    hidden = [
        {group for (group,), number in counts.items() if number < threshold}
        for counts in groups
    ]
    for n, counts in enumerate(groups):
        hidden[n] |= _hidden_alone(counts, threshold, hidden[n])
    _hide_pairs(profiles, threshold, hidden)
    return [
        frozenset(group for (group,) in counts) - hidden[n]
        for n, counts in enumerate(groups)
    ]


def _hide_pairs(profiles, threshold, hidden):
    """Two breakdowns after two others, until none of them gives a group away."""
    changed = True
    while changed:
        changed = False
        for one, two in combinations(range(len(hidden)), 2):
            counts = _count(profiles, one, two)
            shown = shown_cells(counts, threshold, (hidden[one], hidden[two]))
            for n, place, left in ((one, 0, shown.rows), (two, 1, shown.columns)):
                gone = {cell[place] for cell in counts} - left - hidden[n]
                hidden[n] |= gone
                changed = changed or bool(gone)


def _count(profiles, *places):
    counts = Counter()
    for profile, number in profiles.items():
        counts[tuple(profile[n] for n in places)] += number
    return counts


def _hidden_alone(counts, threshold, hidden):
    """What a single breakdown hides: one hidden group alone would be the rest."""
    table = {(group, None): number for (group,), number in counts.items()}
    shown = shown_cells(table, threshold, (hidden, ()))
    return {group for (group,) in counts} - shown.rows
