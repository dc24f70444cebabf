"""What two people are worth for a project: the plain values and their arithmetic.

The value of a pair is what the two cover together of the skills that the project
needs: for each skill the better of the two levels counts, levels do not add up. Each
project counts as much as any other, however many skills it names. Some small terms
(nearness, experience, balance of load) decide between pairs that cover equally;
together they never outweigh one step of coverage. Everything is an integer, so the
same question gets the same answer on every run and on every machine.
"""

from collections.abc import Hashable, Iterable, Mapping
from dataclasses import dataclass, field
from math import lcm

NEAR = 1  # for each of the two who lives in the territory of the project
MIXED = 2  # one experienced person with one new one
BOTH_EXPERIENCED = 1
LIGHT_LOAD = 3  # for each of the two, less one point per project already followed
# One step of coverage outweighs all the small terms of two people together.
STEP = 16


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

    @property
    def total_weight(self):
        """Sum of the weights of the needs; 0 when nothing is known of them."""
        return sum(weight for weight, _wanted in self.needs.values())

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
    """The integer on which every possible coverage of these projects is whole.

    It stands for "all the needs are covered", be they one or ten, so that no project
    counts more than another.
    """
    return lcm(
        *(
            project.total_weight * wanted
            for project in projects
            for weight, wanted in project.needs.values()
            if weight
        )
    )


def gains_of(project: Project, person: Volunteer, scale: int) -> tuple[int, ...]:
    """What one person alone gives to each need, in the order of the needs."""
    total = project.total_weight or 1
    return tuple(
        weight * scale * min(person.skills.get(skill, 0), wanted) // (wanted * total)
        for skill, (weight, wanted) in project.needs.items()
    )


def small_of(project: Project, person: Volunteer) -> int:
    """What one person alone gives to the small terms."""
    return _nearness(project, person) + _lightness(person)


def experience_of(people: Iterable[Volunteer]) -> int:
    """One experienced person with a new one is best, two experienced ones are good."""
    flags = [person.experienced for person in people]
    if len(flags) == 2 and flags[0] != flags[1]:
        return MIXED
    return BOTH_EXPERIENCED if flags and all(flags) else 0


def value_pair(
    project: Project, volunteers: Iterable[Volunteer], *, scale=None
) -> Pair:
    """What these people are worth for the project, be they eligible or not.

    :param scale: the common one of all the projects that are compared, see
        :func:`scale_of`; that of the project alone when not given
    """
    people = sorted(volunteers, key=lambda person: person.key)
    scale = scale or scale_of([project])
    gains = [gains_of(project, person, scale) for person in people]
    sheet = {
        "coverage": sum(map(max, zip(*gains, strict=True))),
        "full": scale if project.total_weight else 0,
        "nearness": sum(_nearness(project, person) for person in people),
        "experience": experience_of(people),
        "balance": sum(_lightness(person) for person in people),
        "needs": {
            skill: (
                max((p.skills.get(skill, 0) for p in people), default=0),
                wanted,
                weight,
            )
            for skill, (weight, wanted) in project.needs.items()
        },
    }
    small = sum(sheet[term] for term in ("nearness", "experience", "balance"))
    score = STEP * sheet["coverage"] + small
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


def _nearness(project, person):
    return NEAR if project.territory and person.territory == project.territory else 0


def _lightness(person):
    return max(0, LIGHT_LOAD - max(0, person.load))
