"""A whole cohort as numbers: what the search for its pairs works on.

Projects and people are named by their place in the order of their keys, so that the
order in which they are given changes nothing.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from .pairing_rank import LOCKED, MANDATORY, TAKEN, TOO_FEW, best_groups
from .pairing_value import (
    Project,
    Volunteer,
    eligible,
    experience_of,
    gains_of,
    has_mandatory,
    scale_of,
    small_of,
    value_pair,
)


@dataclass(frozen=True)
class Found:
    """A plan, and what no plan can pass.

    :param most: as many pairs, and as much coverage, as any plan can have
    :param unseen: projects for which the time was too short
    """

    plan: dict
    worth: tuple[int, int, int, int]
    most: tuple[int, float]
    proven: bool = False
    unseen: frozenset = frozenset()

    @property
    def gap(self) -> float:
        """How much more of pairs or coverage another plan may have at most, 0 to 1."""
        if self.proven:
            return 0.0
        both = zip(self.worth, self.most, strict=False)
        return max((1 - have / most for have, most in both if most > have), default=0.0)


class Problem:
    """Projects, people and what is decided already.

    A *group* is a tuple of one or two places in :attr:`people`, in rising order; a
    *plan* is ``{place of a project: group}``.
    """

    def __init__(self, projects, volunteers, forbidden=(), locked=(), apart=()):
        self.projects: list[Project] = self._sorted(projects, "project")
        self.people: list[Volunteer] = self._sorted(volunteers, "person")
        self.scale = scale_of(self.projects)
        self.apart = {frozenset(names) for names in apart}
        forbidden, locked = self._by_project(forbidden), self._by_project(locked)
        self.place = place = {person.key: v for v, person in enumerate(self.people)}
        self.fixed: list[frozenset | None] = []  # None: cannot be kept together
        self.allowed: list[list[int]] = []  # people who may take a place, by project
        for project in self.projects:
            names = locked[project.key]
            if len(names) > project.size:
                raise ValueError(f"{project.key}: more people fixed than places")
            rules = {
                "forbidden": [(project.key, name) for name in forbidden[project.key]],
                "locked": [(project.key, name) for name in names],
            }
            there = eligible(project, self.people, **rules)
            self.allowed.append([place[person.key] for person in there])
            known = names <= {person.key for person in there}
            self.fixed.append(
                frozenset(place[name] for name in names) if known else None
            )
        self.fixed_places = self._count_fixed(locked, place)
        self.room = [
            max(0, person.free - fixed)
            for person, fixed in zip(self.people, self.fixed_places, strict=True)
        ]
        self.gains = [
            {v: gains_of(p, self.people[v], self.scale) for v in allowed}
            for p, allowed in zip(self.projects, self.allowed, strict=True)
        ]
        self.small = [
            {v: small_of(p, self.people[v]) for v in allowed}
            for p, allowed in zip(self.projects, self.allowed, strict=True)
        ]

    @staticmethod
    def _sorted(items: Iterable, name):
        found = sorted(items, key=lambda item: item.key)
        for one, other in zip(found, found[1:], strict=False):
            if one.key == other.key:
                raise ValueError(f"the same {name} is there twice: {one.key}")
        return found

    @staticmethod
    def _by_project(rules):
        found = defaultdict(set)
        for project, person in rules:
            found[project].add(person)
        return found

    def _count_fixed(self, locked, place):
        """Places of each person that are fixed, whatever becomes of the project."""
        count = [0] * len(self.people)
        for project in self.projects:
            for name in locked[project.key] & set(place):
                count[place[name]] += 1
        return count

    # ------------------------------------------------------------
    # One project
    # ------------------------------------------------------------

    def candidates(self, p: int) -> list[int]:
        """People who may still be chosen for the project besides those fixed."""
        return [v for v in self.allowed[p] if v in self.fixed[p] or self.room[v] > 0]

    def best_groups(self, p: int, limit: int, room=None) -> list[tuple]:
        """The best groups of the project, best first, of people who have room."""
        fixed, room = self.fixed[p], self.room if room is None else room
        if fixed is None:
            return []
        pool = [v for v in self.allowed[p] if v in fixed or room[v] > 0]
        found = best_groups(
            self.projects[p],
            [self.people[v] for v in pool],
            {self.people[v].key for v in fixed},
            apart=self.apart,
            limit=limit,
        )
        return [tuple(sorted(self.place[v.key] for v in group)) for group in found]

    def may(self, p: int, group: tuple) -> bool:
        """Whether these people, all eligible, may form the group of the project."""
        people = [self.people[v] for v in group]
        if self.apart and frozenset(person.key for person in people) in self.apart:
            return False
        return has_mandatory(self.projects[p], people)

    def chosen(self, p: int, group: tuple) -> list[int]:
        """Those of the group who take a place that was not fixed."""
        return [v for v in group if v not in self.fixed[p]]

    def coverage(self, p: int, group: tuple) -> int:
        """What the group covers, on the common scale."""
        gains = self.gains[p]
        if len(group) == 2:
            return sum(map(max, gains[group[0]], gains[group[1]]))
        return sum(gains[group[0]])

    def value(self, p: int, group: tuple) -> tuple[int, int, int]:
        """Coverage, small terms, and the load of the people, less being better."""
        small, people = self.small[p], [self.people[v] for v in group]
        return (
            self.coverage(p, group),
            sum(small[v] for v in group) + experience_of(people),
            -sum(person.load for person in people),
        )

    def order(self, p: int, group: tuple):
        """Sort key of the groups of one project, best first."""
        coverage, small, load = self.value(p, group)
        return (-coverage, -small, -load, group)

    # ------------------------------------------------------------
    # The whole plan
    # ------------------------------------------------------------

    def rest(self, plan: dict) -> list[int]:
        """Places left to each person under this plan."""
        room = list(self.room)
        for p, group in plan.items():
            for v in self.chosen(p, group):
                room[v] -= 1
        return room

    def worth(self, plan: dict) -> tuple[int, int, int, int]:
        """Pairs formed, coverage, small terms and load: the higher, the better."""
        values = [self.value(p, group) for p, group in plan.items()] or [(0, 0, 0)]
        return (len(plan), *(sum(term) for term in zip(*values, strict=True)))

    def bounds(self, best: dict) -> tuple[int, int]:
        """More pairs, and more coverage, than these no plan can have.

        :param best: ``{project: coverage of its best group}``, if nobody else needed
            its people
        """
        left, pairs = sum(self.room), 0
        for places in sorted(self.projects[p].size - len(self.fixed[p]) for p in best):
            left -= places
            pairs += left >= 0
        return pairs, sum(sorted(best.values(), reverse=True)[:pairs])

    def pairs(self, plan: dict):
        """The plan as pairs, in the order of the projects."""
        return tuple(
            value_pair(
                self.projects[p], [self.people[v] for v in plan[p]], scale=self.scale
            )
            for p in sorted(plan)
        )

    def why(self, p: int) -> str:
        """Why the project has no group."""
        if self.fixed[p] is None:
            return LOCKED
        if self.best_groups(p, 1, [1] * len(self.people)):
            return TAKEN
        if self.fixed[p]:
            return LOCKED
        enough = len(self.allowed[p]) >= self.projects[p].size
        return MANDATORY if enough else TOO_FEW
