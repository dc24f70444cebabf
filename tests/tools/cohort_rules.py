"""Random cohorts, and what every plan for them must respect."""

import sys
from collections import Counter
from itertools import combinations
from random import Random
from unittest.mock import patch

from cohort_oracle import Question, plan_of
from hypothesis import strategies as st

from tools.pairing import (
    LOCKED,
    MANDATORY,
    TAKEN,
    TIME,
    TOO_FEW,
    Project,
    Volunteer,
)

REASONS = {TOO_FEW, MANDATORY, TAKEN, LOCKED}
SKILLS = st.sampled_from("vwxyz")

projects = st.lists(
    st.builds(
        Project,
        key=st.integers(1, 99),
        needs=st.dictionaries(
            SKILLS, st.tuples(st.integers(0, 3), st.integers(1, 3)), max_size=4
        ),
        mandatory=st.frozensets(SKILLS, max_size=1),
        size=st.sampled_from([1, 2, 2]),
        waiting_days=st.integers(0, 90),
        territory=st.sampled_from([None, "n"]),
    ),
    max_size=8,
    unique_by=lambda project: project.key,
)
volunteers = st.lists(
    st.builds(
        Volunteer,
        key=st.integers(1, 99),
        skills=st.dictionaries(SKILLS, st.integers(1, 3), max_size=4),
        capacity=st.integers(0, 4),
        load=st.integers(0, 3),
        experienced=st.booleans(),
        territory=st.sampled_from([None, "n", "s"]),
    ),
    max_size=10,
    unique_by=lambda person: person.key,
)


@st.composite
def questions(draw):
    """A cohort with rules about the people and projects that are in it."""
    asked, people = draw(projects), draw(volunteers)
    names = [(p.key, v.key) for p in asked for v in people]
    two = [(v.key, w.key) for v in people for w in people if v.key < w.key]
    some = draw(st.lists(st.sampled_from(names), max_size=4)) if names else []
    forbidden = draw(st.lists(st.sampled_from(names), max_size=4)) if names else []
    apart = draw(st.lists(st.sampled_from(two), max_size=3)) if two else []
    size = {project.key: project.size for project in asked}
    locked = []
    for name in dict.fromkeys(some):
        if [key for key, _person in locked].count(name[0]) < size[name[0]]:
            locked.append(name)
    return Question(asked, people, forbidden, locked, apart)


def assert_valid(question, result):
    """Everything that a plan must respect, best or not."""
    plan = plan_of(result)
    people = {person.key: person for person in question.volunteers}
    assert len(plan) == len(result.pairs)
    assert [*plan] == sorted(plan)
    assert sorted([*plan, *result.unpaired]) == sorted(
        project.key for project in question.projects
    )
    late = {TIME} if result.status == "partial" else set()
    assert set(result.unpaired.values()) <= REASONS | late
    used = Counter(question.held())
    for project in question.projects:
        group = plan.get(project.key)
        if group is None:
            continue
        fixed = question.fixed(project)
        assert len(set(group)) == len(group) == project.size
        assert fixed <= set(group) <= set(people)
        assert not {(project.key, key) for key in group} & set(question.forbidden)
        assert not any(set(pair) <= set(group) for pair in question.apart)
        for skill in project.mandatory:
            levels = [people[key].skills.get(skill, 0) for key in group]
            assert max(levels) >= project.wanted(skill)
        used.update(set(group) - fixed)
    for key, person in people.items():
        most = max(person.capacity - person.load, question.held()[key])
        assert used[key] <= max(0, most)
    assert 0 <= result.gap <= 1
    assert result.status in ("optimal", "feasible", "partial")
    assert result.gap == 0 or result.status != "optimal"
    assert result.seconds >= 0


def without_scipy():
    return patch.dict(sys.modules, {"scipy": None, "scipy.optimize": None})


def small_question(seed):
    """A cohort of 1 to 5 projects and 2 to 6 people, of four kinds in turn.

    Two kinds have one skill only and so are full of ties; two have high loads.
    """
    random = Random(seed)
    plain, busy = seed % 2, seed // 2 % 2
    skills = "v" if plain else "vwx"
    keys = random.sample(range(1, 60), 11)
    count = random.choice([1, 2, 3, 3, 4, 4, 5, 5])
    projects = [_small_project(random, key, skills) for key in keys[:count]]
    volunteers = [
        _small_volunteer(random, key, skills, busy)
        for key in keys[5 : 5 + random.choice([2, 3, 4, 5, 5, 6, 6])]
    ]
    names = [(p.key, v.key) for p in projects for v in volunteers]
    two = [(v.key, w.key) for v, w in combinations(volunteers, 2)]
    return Question(
        projects,
        volunteers,
        forbidden=random.sample(names, min(len(names), random.choice([0, 0, 1, 3]))),
        locked=_small_locks(random, projects, volunteers),
        apart=random.sample(two, min(len(two), random.choice([0, 0, 1, 2]))),
    )


def _small_volunteer(random, key, skills, busy):
    load = random.choice([0, 1, 3, 4] if busy else [0, 0, 0, 1])
    return Volunteer(
        key,
        {s: random.randint(1, 3) for s in skills if random.random() < 0.6},
        capacity=random.choice([0, 1, 2, 3, 3]) + (load if busy else 0),
        load=load,
        experienced=random.random() < 0.3,
        territory=random.choice([None, None, "n", "s"]),
    )


def _small_project(random, key, skills):
    plain = len(skills) == 1
    needs = {
        skill: (1, 1) if plain else (random.randint(0, 3), random.randint(1, 3))
        for skill in skills
        if random.random() < 0.7
    }
    return Project(
        key,
        needs,
        mandatory=frozenset(s for s in skills if random.random() < 0.1),
        size=random.choice([1, 2, 2, 2, 2]),
        waiting_days=random.choice([0, 10, 10, 40]),
        territory=random.choice([None, "n"]),
    )


def _small_locks(random, projects, volunteers):
    """One person, or two, fixed on some of the projects."""
    locked = []
    for project in projects:
        if random.random() < 0.2:
            count = min(random.choice([1, 1, 2]), project.size, len(volunteers))
            people = random.sample([person.key for person in volunteers], count)
            locked += [(project.key, person) for person in people]
    return locked
