"""The best plan for a small cohort, found by trying every plan.

Written from the rules and not from :mod:`tools.pairing`, to prove its ``solve``. Only
the size of the small terms is taken from there.

Where the rules could be read in more than one way, this is how they are read here:

- A project without needs, or whose weights are all zero, adds no coverage: where places
  are short, projects that say what they need come first.
- The current load of the people chosen counts once per place: somebody chosen for two
  projects counts twice.
- The highest load afterwards is that of the people who get or hold a place in this
  question; how busy the others are does not matter.
- Waiting ended is the sum of the days of the projects that get their people.
- A lock takes a place of the person even where the project stays alone, and even where
  the same person is forbidden there. Somebody locked more often than there is room
  keeps these places and has none for other projects. A lock on a project that is not
  in the question is no part of it: that place is in the load.
- A project of size 1 counts as one project fully paired.
- Between plans that are equal in everything, any is right here; that it is always the
  same one is proven by asking again in another order.
"""

from collections import Counter
from fractions import Fraction
from itertools import combinations
from math import lcm
from typing import NamedTuple

from tools.pairing import LOCKED, MANDATORY, TAKEN, TOO_FEW, solve
from tools.pairing_value import BOTH_EXPERIENCED, LIGHT_LOAD, MIXED, NEAR


class Worth(NamedTuple):
    """What a plan is worth, first things first; more is better everywhere."""

    paired: int
    coverage: Fraction
    small: int
    lightness: int  # current loads of those chosen, negative
    evenness: int  # highest load afterwards, negative
    waited: int


class Question(NamedTuple):
    """A cohort as it is put to ``solve``."""

    projects: list
    volunteers: list
    forbidden: tuple = ()
    locked: tuple = ()
    apart: tuple = ()

    def ask(self, **options):
        projects, volunteers, *rules = self
        names = ("forbidden", "locked", "apart")
        return solve(
            projects, volunteers, **dict(zip(names, rules, strict=True)), **options
        )

    def shuffled(self, random):
        """The same question in another order, conflicts told from the other side."""
        parts = [random.sample(list(part), len(part)) for part in self]
        return Question(*parts[:4], [pair[::-1] for pair in parts[4]])

    def fixed(self, project):
        return {person for key, person in self.locked if key == project.key}

    def groups(self, project):
        """Everybody who could be put together there, other projects left aside."""
        fixed = self.fixed(project)
        return [
            group
            for group in combinations(self.volunteers, project.size)
            if fixed <= {person.key for person in group}
            and all(
                person.key in fixed or person.capacity > person.load for person in group
            )
            and self.allowed(project, group)
            and masters(project, group)
        ]

    def allowed(self, project, group):
        keys = {person.key for person in group}
        return not any(
            (project.key, key) in set(self.forbidden) for key in keys
        ) and not any(set(pair) <= keys for pair in self.apart)

    def places(self):
        """Places of each person that no lock has taken."""
        taken = self.held()
        return {
            person.key: max(0, person.capacity - person.load - taken[person.key])
            for person in self.volunteers
        }

    def held(self):
        """How many places of each person are taken by locks."""
        asked = {project.key for project in self.projects}
        return Counter(person for key, person in set(self.locked) if key in asked)


def masters(project, group):
    return all(
        any(person.skills.get(skill, 0) >= project.wanted(skill) for person in group)
        for skill in project.mandatory
    )


def coverage(project, group):
    """Share of the weights that these people cover, 0 to 1."""
    total = sum(weight for weight, _wanted in project.needs.values())
    if not total:
        return Fraction(0)
    return sum(
        Fraction(weight, total)
        * min(
            Fraction(1),
            Fraction(max(person.skills.get(skill, 0) for person in group), wanted),
        )
        for skill, (weight, wanted) in project.needs.items()
    )


def small_terms(project, group):
    near = sum(
        NEAR
        for person in group
        if project.territory and person.territory == project.territory
    )
    light = sum(max(0, LIGHT_LOAD - max(0, person.load)) for person in group)
    known = {person.experienced for person in group}
    seasoned = MIXED if len(known) == 2 else BOTH_EXPERIENCED if True in known else 0
    return near + light + seasoned


def plan_of(result):
    """Who is put where, by the keys."""
    return {pair.project: pair.volunteers for pair in result.pairs}


def worth(question, plan):
    """What a plan ``{project key: keys of people}`` is worth; it must be allowed."""
    people = {person.key: person for person in question.volunteers}
    taken = question.held()
    free = question.places()
    total = Worth(0, Fraction(0), 0, 0, 0, 0)
    for project in question.projects:
        if project.key not in plan:
            continue
        group = tuple(people[key] for key in plan[project.key])
        assert set(plan[project.key]) in [
            {person.key for person in allowed} for allowed in question.groups(project)
        ], f"{plan[project.key]} may not be put on {project.key}"
        for key in set(plan[project.key]) - question.fixed(project):
            taken[key] += 1
            free[key] -= 1
        total = Worth(
            total.paired + 1,
            total.coverage + coverage(project, group),
            total.small + small_terms(project, group),
            total.lightness - sum(person.load for person in group),
            0,
            total.waited + project.waiting_days,
        )
    assert min(free.values(), default=0) >= 0, f"more places than there are: {free}"
    assert set(plan) <= {project.key for project in question.projects}
    highest = max((people[key].load + n for key, n in taken.items()), default=0)
    return total._replace(evenness=-highest)


def best_worth(question):
    """The highest worth of all plans, by trying them."""
    options = [list(_options(question, project)) for project in question.projects]
    whole = lcm(*(step[1].denominator for step in sum(options, [])))
    options = [
        [(takes, (1, int(share * whole), *rest)) for takes, share, *rest in steps]
        for steps in options
    ]
    search = _EveryPlan(question, options)
    search.descend(0, (0, 0, 0, 0, 0))
    paired, covered, small, light, even, waited = search.best
    return Worth(paired, Fraction(covered, whole), small, light, even, waited)


def _options(question, project):
    fixed = question.fixed(project)
    for group in question.groups(project):
        yield (
            [person.key for person in group if person.key not in fixed],
            coverage(project, group),
            small_terms(project, group),
            -sum(person.load for person in group),
            project.waiting_days,
        )


class _EveryPlan:
    """Goes through all the plans that the places allow."""

    def __init__(self, question, options):
        self.options = options
        self.free = question.places()
        self.load = {person.key: person.load for person in question.volunteers}
        self.taken = question.held()
        self.best = (-1,)
        self.plans = 0

    def descend(self, number, sums):
        if number == len(self.options):
            return self.compare(sums)
        self.descend(number + 1, sums)
        for takes, terms in self.options[number]:
            if all(self.free[key] for key in takes):
                self.move(takes, 1)
                added = tuple(map(sum, zip(sums, terms, strict=True)))
                self.descend(number + 1, added)
                self.move(takes, -1)
        return None

    def move(self, takes, step):
        for key in takes:
            self.free[key] -= step
            self.taken[key] += step

    def compare(self, sums):
        self.plans += 1
        *first, waited = sums
        after = (self.load[key] + n for key, n in self.taken.items() if n)
        highest = max(after, default=0)
        self.best = max(self.best, (*first, -highest, waited))


def reasons(question, project):
    """The codes that tell truly why a project stays alone."""
    fixed = question.fixed(project)
    if fixed:
        if question.groups(project):
            return {TAKEN}
        return {LOCKED} if len(fixed) == project.size else {LOCKED, TOO_FEW, MANDATORY}
    free = [
        person
        for person in question.volunteers
        if person.capacity > person.load
        and (project.key, person.key) not in set(question.forbidden)
    ]
    if len(free) < project.size:
        return {TOO_FEW}
    if not any(masters(project, group) for group in combinations(free, project.size)):
        return {MANDATORY}
    if not question.groups(project):  # only a conflict between the two is in the way
        return {TOO_FEW, MANDATORY}
    return {TAKEN}
