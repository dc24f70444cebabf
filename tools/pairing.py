"""Which two people go well with a project: the arithmetic, without Odoo.

The value of a pair is what the two cover together of the skills that the project
needs: for each skill the better of the two levels counts, levels do not add up. Some
small terms (nearness, experience, balance of load) decide between pairs that cover
equally; together they never outweigh one step of coverage. Everything is an integer, so
the same question gets the same answer on every run and on every machine.

>>> project = Project("bakery", needs={"accounting": (2, 2), "listening": (1, 1)})
>>> people = [
...     Volunteer("Ana", {"accounting": 2}, capacity=1),
...     Volunteer("Bob", {"listening": 3}, capacity=1),
...     Volunteer("Eve", {"accounting": 1}, capacity=1),
... ]
>>> [(pair.volunteers, pair.permille) for pair in rank_pairs(project, people)]
[(('Ana', 'Bob'), 1000), (('Ana', 'Eve'), 666), (('Bob', 'Eve'), 666)]
"""

from collections.abc import Hashable, Iterable, Mapping
from dataclasses import dataclass, field
from itertools import combinations
from math import lcm

# Levels are 1 to 3: thirds and halves are whole numbers on this scale.
LEVELS = (1, 2, 3)
NEAR = 1  # for each of the two who lives in the territory of the project
MIXED = 2  # one experienced person with one new one
BOTH_EXPERIENCED = 1
LIGHT_LOAD = 3  # for each of the two, less one point per project already followed
# One step of coverage outweighs all the small terms of two people together.
STEP = 16

TOO_FEW = "too_few"
MANDATORY = "mandatory"


@dataclass(frozen=True)
class Project:
    """A project that looks for people.

    :param needs: ``{skill: (weight, wanted level)}``
    :param mandatory: skills that one of the two must have at the wanted level
    :param size: two people; 1 where a single person is asked for
    """

    key: Hashable
    needs: Mapping[Hashable, tuple[int, int]] = field(default_factory=dict)
    mandatory: frozenset = frozenset()
    size: int = 2
    waiting_days: int = 0
    territory: Hashable | None = None

    def __post_init__(self):
        if self.size not in (1, 2):
            raise ValueError(f"{self.key}: a project takes one person or two")
        for skill, (weight, wanted) in self.needs.items():
            if weight < 0 or wanted < 1:
                raise ValueError(
                    f"{self.key}, {skill}: the weight is at least 0, the level 1"
                )

    def wanted(self, skill):
        """Level wanted of a skill, 1 where it is only said to be mandatory."""
        return self.needs[skill][1] if skill in self.needs else 1


@dataclass(frozen=True)
class Volunteer:
    """A person who accompanies projects.

    :param capacity: projects at once
    :param load: projects followed now, those of the same question left out
    :param experienced: already accompanied a project to its end
    """

    key: Hashable
    skills: Mapping[Hashable, int] = field(default_factory=dict)
    capacity: int = 0
    load: int = 0
    experienced: bool = False
    territory: Hashable | None = None

    @property
    def free(self):
        """Places left."""
        return self.capacity - self.load


@dataclass(frozen=True)
class Pair:
    """Two people (or the single one asked for) and what they are worth together.

    :param sheet: what each term gave, and under ``needs`` what was found:
        ``{skill: (level, wanted, weight)}``
    """

    project: Hashable
    volunteers: tuple
    score: int
    sheet: Mapping

    @property
    def permille(self):
        """Coverage shown as 0 to 1000 of the weights of the project."""
        full = self.sheet["full"]
        return 1000 * self.sheet["coverage"] // full if full else 1000

    @property
    def covered(self):
        """Skills that one of the two has at the wanted level."""
        return [s for s, (level, wanted, _w) in self._needs if level >= wanted]

    @property
    def partly(self):
        """Skills that the better of the two has below the wanted level."""
        return [s for s, (level, wanted, _w) in self._needs if 0 < level < wanted]

    @property
    def missing(self):
        """Skills that neither has."""
        return [s for s, (level, _wanted, _w) in self._needs if level <= 0]

    @property
    def _needs(self):
        return self.sheet["needs"].items()


def scale_of(projects: Iterable[Project]) -> int:
    """The integer that makes every ``level / wanted`` of these projects whole."""
    return lcm(*LEVELS, *(w for p in projects for _weight, w in p.needs.values()))


def value_pair(
    project: Project, volunteers: Iterable[Volunteer], *, scale=None
) -> Pair:
    """What these people are worth for the project, be they eligible or not."""
    people = sorted(volunteers, key=lambda person: person.key)
    scale = scale or scale_of([project])
    needs = {
        skill: (
            max((p.skills.get(skill, 0) for p in people), default=0),
            wanted,
            weight,
        )
        for skill, (weight, wanted) in project.needs.items()
    }
    sheet = {
        "coverage": sum(_gain(scale, *need) for need in needs.values()),
        "full": scale * sum(weight for weight, _wanted in project.needs.values()),
        "nearness": sum(_nearness(project, person) for person in people),
        "experience": _experience([person.experienced for person in people]),
        "balance": sum(_lightness(person) for person in people),
        "needs": needs,
    }
    score = STEP * sheet["coverage"] + sum(
        sheet[term] for term in ("nearness", "experience", "balance")
    )
    return Pair(project.key, tuple(person.key for person in people), score, sheet)


def has_mandatory(project: Project, volunteers: Iterable[Volunteer]) -> bool:
    """Whether each mandatory skill is there, in one person, at the wanted level."""
    people = list(volunteers)
    return all(
        any(person.skills.get(skill, 0) >= project.wanted(skill) for person in people)
        for skill in project.mandatory
    )


def eligible(project, volunteers, *, forbidden=(), locked=()) -> list[Volunteer]:
    """People who may take a place of the project, those locked on it included.

    Somebody locked was chosen by a person: a full load does not put him out again.
    """
    out = {person for key, person in forbidden if key == project.key}
    fixed = {person for key, person in locked if key == project.key}
    return [
        person
        for person in volunteers
        if person.key not in out and (person.free > 0 or person.key in fixed)
    ]


def rank_pairs(
    project: Project,
    volunteers: Iterable[Volunteer],
    *,
    forbidden: Iterable[tuple] = (),
    locked: Iterable[tuple] = (),
    limit: int | None = 10,
) -> list[Pair]:
    """The best pairs for one project, best first.

    Between pairs of equal value: those with the lowest load together, then with the
    lowest load of one person, then the smallest keys. ``limit=None`` gives them all.

    :param forbidden: ``(project key, volunteer key)`` never put together
    :param locked: ``(project key, volunteer key)`` already decided; one name (the other
        is sought) or as many as the project has places
    """
    people = eligible(project, volunteers, forbidden=forbidden, locked=locked)
    fixed = {person for key, person in locked if key == project.key}
    if len({person.key for person in people}) < len(people):
        raise ValueError("the same person is there twice")
    if len(fixed) > project.size:
        raise ValueError(f"{project.key}: more people fixed than places")
    if not fixed <= {person.key for person in people}:
        return []
    chosen = _Best(project, people, limit).search(fixed)
    return [value_pair(project, group) for group in chosen]


def why_unpaired(project, volunteers, *, forbidden=(), locked=()) -> str | None:
    """Why no pair can be formed: :data:`TOO_FEW`, :data:`MANDATORY`, or None."""
    people = list(volunteers)
    rules = {"forbidden": list(forbidden), "locked": list(locked)}
    if rank_pairs(project, people, **rules, limit=1):
        return None
    enough = len(eligible(project, people, **rules)) >= project.size
    return MANDATORY if enough else TOO_FEW


def _gain(scale, level, wanted, weight):
    return weight * scale * min(level, wanted) // wanted


def _nearness(project, person):
    return NEAR if project.territory and person.territory == project.territory else 0


def _experience(flags):
    if len(flags) == 2 and flags[0] != flags[1]:
        return MIXED
    return BOTH_EXPERIENCED if flags and all(flags) else 0


def _lightness(person):
    return max(0, LIGHT_LOAD - max(0, person.load))


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

    def __init__(self, project, people, limit):
        self.project = project
        self.limit = limit
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
        level = person.skills.get
        gains = tuple(
            _gain(scale, level(skill, 0), wanted, weight)
            for skill, (weight, wanted) in self.project.needs.items()
        )
        small = _nearness(self.project, person) + _lightness(person)
        has = (
            s for s in self.project.mandatory if level(s, 0) >= self.project.wanted(s)
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
            + _experience([row.person.experienced for row in rows])
        )
        if self.floor is not None and value < self.floor:
            return
        if self.project.mandatory.difference(*(row.mandatory for row in rows)):
            return
        group = [row.person for row in rows]
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
