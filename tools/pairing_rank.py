"""The best pairs for one project."""

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import combinations

from .pairing_value import (
    MIXED,
    STEP,
    Pair,
    Project,
    Volunteer,
    eligible,
    experience_of,
    gains_of,
    scale_of,
    small_of,
    value_pair,
)

# Why a project stays alone.
TOO_FEW = "too_few"  # fewer people may take a place than it has places
MANDATORY = "mandatory"  # no two have the skills that it cannot do without
LOCKED = "locked"  # the people fixed on it cannot form a pair
TAKEN = "taken"  # a pair exists, but other projects need its people
TIME = "time"  # the time was over before it was looked at


def rank_pairs(
    project: Project,
    volunteers: Iterable[Volunteer],
    *,
    forbidden: Iterable[tuple] = (),
    locked: Iterable[tuple] = (),
    apart: Iterable[tuple] = (),
    limit: int | None = 10,
    scale: int | None = None,
) -> list[Pair]:
    """The best pairs for one project, best first.

    Between pairs of equal value: those with the lowest load together, then with the
    lowest load of one person, then the smallest keys. ``limit=None`` gives them all.

    :param forbidden: ``(project key, volunteer key)`` never put together
    :param locked: ``(project key, volunteer key)`` already decided; one name (the other
        is sought) or as many as the project has places
    :param apart: two volunteer keys that never form a pair
    :param scale: common to the projects that are compared, see ``scale_of``
    """
    people = eligible(project, volunteers, forbidden=forbidden, locked=locked)
    fixed = {person for key, person in locked if key == project.key}
    if len({person.key for person in people}) < len(people):
        raise ValueError("the same person is there twice")
    if len(fixed) > project.size:
        raise ValueError(f"{project.key}: more people fixed than places")
    if not fixed <= {person.key for person in people}:
        return []
    chosen = best_groups(project, people, fixed, apart=apart, limit=limit)
    return [value_pair(project, group, scale=scale) for group in chosen]


def best_groups(project, people, fixed=(), *, apart=(), limit=None) -> list[list]:
    """The first groups of these people in the order of :func:`rank_pairs`."""
    return _Best(project, people, limit, apart).search(fixed)


def why_unpaired(
    project, volunteers, *, forbidden=(), locked=(), apart=()
) -> str | None:
    """Why no pair can be formed: one of the reasons above, or None."""
    people = list(volunteers)
    rules = {"forbidden": list(forbidden), "locked": list(locked)}
    if rank_pairs(project, people, **rules, apart=apart, limit=1):
        return None
    if any(key == project.key for key, _person in rules["locked"]):
        return LOCKED
    enough = len(eligible(project, people, **rules)) >= project.size
    return MANDATORY if enough else TOO_FEW


@dataclass(frozen=True)
class _Row:
    """What one person alone brings to the project."""

    person: Volunteer
    gains: tuple
    small: int
    mandatory: frozenset
    bound: int


class _Best:
    """The first groups in the order of :func:`rank_pairs`, without valuing all of them.

    People are sorted by what each alone would give: two of them together never give
    more than the sum, so the search leaves a row as soon as nothing better can follow.
    """

    def __init__(self, project, people, limit, apart):
        self.project = project
        self.limit = limit
        self.apart = set(map(frozenset, apart))
        self.floor = None  # value of the last group that is still kept
        self.groups = []  # (place in the order, group)
        scale = scale_of([project])
        rows = [self._row(person, scale) for person in people]
        self.rows = sorted(rows, key=lambda row: (-row.bound, row.person.key))

    def search(self, fixed):
        """Groups of the size of the project that hold all the people of ``fixed``."""
        held = [row for row in self.rows if row.person.key in fixed]
        others = [row for row in self.rows if row.person.key not in fixed]
        sought = self.project.size - len(held)
        if sought == 2:
            self._search_two(others)
        else:
            for group in combinations(others, sought):
                self._offer((*held, *group))
        self._keep_best()
        return [group for _place, group in self.groups]

    def _row(self, person, scale):
        gains = gains_of(self.project, person, scale)
        small = small_of(self.project, person)
        has = (
            skill
            for skill in self.project.mandatory
            if person.skills.get(skill, 0) >= self.project.wanted(skill)
        )
        return _Row(person, gains, small, frozenset(has), STEP * sum(gains) + small)

    def _search_two(self, rows):
        for position, first in enumerate(rows):
            for second in rows[position + 1 :]:
                if self.floor is not None:
                    small = first.small + second.small + MIXED
                    if first.bound + second.bound + MIXED < self.floor:
                        break
                    together = sum(map(max, first.gains, second.gains))
                    if STEP * together + small < self.floor:
                        continue
                self._offer((first, second))

    def _offer(self, rows):
        gains = zip(*(row.gains for row in rows), strict=True)
        value = (
            STEP * sum(map(max, gains))
            + sum(row.small for row in rows)
            + experience_of([row.person for row in rows])
        )
        if self.floor is not None and value < self.floor:
            return
        if self.project.mandatory.difference(*(row.mandatory for row in rows)):
            return
        group = [row.person for row in rows]
        if frozenset(person.key for person in group) in self.apart:
            return
        loads = [person.load for person in group]
        keys = sorted(person.key for person in group)
        self.groups.append(((-value, sum(loads), max(loads), keys), group))
        if self.limit is not None and len(self.groups) > 4 * self.limit + 100:
            self._keep_best()

    def _keep_best(self):
        self.groups.sort(key=lambda placed: placed[0])
        if self.limit is not None:
            del self.groups[self.limit :]
            if len(self.groups) == self.limit and self.groups:
                self.floor = -self.groups[-1][0][0]
