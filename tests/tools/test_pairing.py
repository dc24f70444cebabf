"""The arithmetic of pairing, without a database."""

import doctest
import json
from fractions import Fraction
from itertools import combinations
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tools import pairing
from tools.pairing import (
    MANDATORY,
    STEP,
    TOO_FEW,
    Project,
    Volunteer,
    has_mandatory,
    rank_pairs,
    value_pair,
    why_unpaired,
)

CASES = json.loads(
    (Path(__file__).parents[1] / "fixtures" / "pairing_cases.json").read_text("utf-8")
)["cases"]
ONE_PROJECT = [
    case
    for case in CASES
    if case["family"] == "hub_pairing" and len(case["projects"]) == 1
]


def read_case(case):
    projects = [
        Project(key, {s: (need["weight"], need["level"]) for s, need in needs.items()})
        for key, needs in case["projects"].items()
    ]
    people = [
        Volunteer(key, person["skills"], capacity=person["cap"])
        for key, person in case["volunteers"].items()
    ]
    return projects, people, [tuple(names) for names in case["forbidden"]]


@pytest.mark.parametrize("case", ONE_PROJECT, ids=lambda case: case["id"])
def test_known_cases_of_one_project(case):
    (project,), people, forbidden = read_case(case)
    best = rank_pairs(project, people, forbidden=forbidden)[0]
    plans = [tuple(plan[project.key]) for plan in case["optimal_plans"]]
    assert best.volunteers in plans
    share = Fraction(best.sheet["coverage"], best.sheet["full"])
    assert share == Fraction(case["expected_coverage_sum"])
    as_good = rank_pairs(project, people, forbidden=forbidden, limit=None)
    top = [
        p.volunteers for p in as_good if p.sheet["coverage"] == best.sheet["coverage"]
    ]
    assert sorted(top) == sorted(plans)


def test_there_are_known_cases():
    assert {case["id"] for case in ONE_PROJECT} == {
        "same-volunteer-twice",
        "conflict-of-interest",
        "partial-level",
    }


def test_examples_of_the_documentation():
    assert doctest.testmod(pairing).failed == 0


def test_levels_of_two_people_do_not_add_up():
    project = Project("p", {"law": (1, 3)})
    pair = value_pair(project, [Volunteer("a", {"law": 1}), Volunteer("b", {"law": 2})])
    assert Fraction(pair.sheet["coverage"], pair.sheet["full"]) == Fraction(2, 3)
    assert pair.permille == 666


def test_more_than_wanted_gives_nothing_more():
    project = Project("p", {"law": (1, 1)})
    expert, plain = Volunteer("a", {"law": 3}), Volunteer("b", {"law": 1})
    assert value_pair(project, [expert]).score == value_pair(project, [plain]).score


def test_words_for_needs():
    project = Project("p", {"law": (2, 2), "books": (1, 3), "shop": (1, 1)})
    pair = value_pair(
        project, [Volunteer("a", {"law": 2}), Volunteer("b", {"books": 1})]
    )
    assert (pair.covered, pair.partly, pair.missing) == (["law"], ["books"], ["shop"])


def test_a_project_without_needs_takes_anybody():
    people = [Volunteer("a", capacity=1), Volunteer("b", capacity=1)]
    (pair,) = rank_pairs(Project("p"), people)
    assert pair.volunteers == ("a", "b")
    assert pair.permille == 1000


def test_mandatory_skill_needs_one_person_at_the_wanted_level():
    project = Project("p", {"law": (1, 2)}, mandatory=frozenset({"law"}))
    learners = [Volunteer(k, {"law": 1}, capacity=1) for k in "ab"]
    assert rank_pairs(project, learners) == []
    assert why_unpaired(project, learners) == MANDATORY
    skilled = Volunteer("c", {"law": 2}, capacity=1)
    assert {p.volunteers for p in rank_pairs(project, [*learners, skilled])} == {
        ("a", "c"),
        ("b", "c"),
    }
    assert why_unpaired(project, [*learners, skilled]) is None


def test_mandatory_skill_that_is_not_listed_as_a_need():
    project = Project("p", mandatory=frozenset({"sign"}))
    people = [Volunteer("a", {"sign": 1}, capacity=1), Volunteer("b", capacity=1)]
    assert [p.volunteers for p in rank_pairs(project, people)] == [("a", "b")]


def test_a_single_is_never_given_for_a_pair():
    lone = [Volunteer("a", capacity=9)]
    assert rank_pairs(Project("p"), lone) == []
    assert why_unpaired(Project("p"), lone) == TOO_FEW
    assert rank_pairs(Project("p", size=1), lone)[0].volunteers == ("a",)


def test_full_people_are_left_out_unless_fixed():
    full = Volunteer("a", capacity=1, load=1)
    free = [Volunteer("b", capacity=1), Volunteer("c", capacity=1)]
    assert [p.volunteers for p in rank_pairs(Project("p"), [full, *free])] == [
        ("b", "c")
    ]
    fixed = rank_pairs(Project("p"), [full, *free], locked=[("p", "a")])
    assert {p.volunteers for p in fixed} == {("a", "b"), ("a", "c")}


def test_fixed_people_of_another_project_do_not_count():
    people = [Volunteer(k, capacity=1) for k in "abc"]
    free = rank_pairs(Project("p"), people)
    assert rank_pairs(Project("p"), people, locked=[("q", "a")]) == free
    assert rank_pairs(Project("p"), people, forbidden=[("q", "a")]) == free


def test_two_fixed_people_are_the_pair():
    people = [Volunteer(k, capacity=1) for k in "abc"]
    locked = [("p", "c"), ("p", "a")]
    assert [p.volunteers for p in rank_pairs(Project("p"), people, locked=locked)] == [
        ("a", "c")
    ]
    with pytest.raises(ValueError, match="more people fixed"):
        rank_pairs(Project("p"), people, locked=[("p", k) for k in "abc"])


def test_what_is_forbidden_stays_forbidden_when_fixed():
    people = [Volunteer(k, capacity=1) for k in "abc"]
    rules = {"forbidden": [("p", "a")], "locked": [("p", "a")]}
    assert rank_pairs(Project("p"), people, **rules) == []


def test_the_same_person_twice_is_refused():
    with pytest.raises(ValueError, match="twice"):
        rank_pairs(Project("p"), [Volunteer("a", capacity=1)] * 2)


@pytest.mark.parametrize("wrong", [{"size": 3}, {"needs": {"law": (1, 0)}}])
def test_a_project_that_makes_no_sense_is_refused(wrong):
    with pytest.raises(ValueError, match="p"):
        Project("p", **wrong)


def test_between_equals_the_near_one_then_the_mixed_pair():
    project = Project("p", territory="Dijon")
    near = Volunteer("z", capacity=1, territory="Dijon")
    old = Volunteer("y", capacity=1, experienced=True)
    people = [Volunteer("a", capacity=1), Volunteer("b", capacity=1), near, old]
    assert rank_pairs(project, people)[0].volunteers == ("y", "z")


def test_between_equals_the_less_loaded_then_the_smallest_key():
    people = [Volunteer("a", capacity=9, load=1)]
    people += [Volunteer(k, capacity=9) for k in "dcb"]
    assert [p.volunteers for p in rank_pairs(Project("p"), people)][:2] == [
        ("b", "c"),
        ("b", "d"),
    ]


def test_equal_small_terms_are_settled_by_the_load():
    people = [
        Volunteer(k, capacity=99, load=n) for k, n in zip("abc", (9, 5, 7), strict=True)
    ]
    assert rank_pairs(Project("p"), people, limit=1)[0].volunteers == ("b", "c")


skills = st.dictionaries(st.sampled_from("vwxyz"), st.integers(1, 3), max_size=5)
needs = st.dictionaries(
    st.sampled_from("vwxyz"),
    st.tuples(st.integers(0, 3), st.integers(1, 3)),
    max_size=5,
)
volunteer = st.builds(
    Volunteer,
    key=st.just(0),
    skills=skills,
    capacity=st.integers(0, 3),
    load=st.integers(0, 3),
    experienced=st.booleans(),
    territory=st.sampled_from([None, "n", "s"]),
)
team = st.lists(volunteer, max_size=9).map(
    lambda people: [
        Volunteer(k, v.skills, v.capacity, v.load, v.experienced, v.territory)
        for k, v in enumerate(people)
    ]
)
project_strategy = st.builds(
    Project,
    key=st.just("p"),
    needs=needs,
    mandatory=st.frozensets(st.sampled_from("vw"), max_size=1),
    size=st.sampled_from([1, 2, 2]),
    territory=st.sampled_from([None, "n"]),
)
banned = st.lists(st.tuples(st.just("p"), st.integers(0, 8)), max_size=3)


def brute_force(project, people, forbidden):
    """All the groups in order, by valuing each of them."""
    out = {key for _project, key in forbidden}
    load = {person.key: person.load for person in people}
    free = [v for v in people if v.capacity - v.load > 0 and v.key not in out]
    groups = [
        value_pair(project, group)
        for group in combinations(free, project.size)
        if has_mandatory(project, group)
    ]
    return sorted(
        groups,
        key=lambda pair: (
            -pair.score,
            sum(load[k] for k in pair.volunteers),
            max(load[k] for k in pair.volunteers),
            pair.volunteers,
        ),
    )


@settings(max_examples=300, deadline=None)
@given(project_strategy, team, banned, st.integers(1, 4))
def test_the_search_finds_what_valuing_all_finds(project, people, forbidden, limit):
    expected = brute_force(project, people, forbidden)
    assert rank_pairs(project, people, forbidden=forbidden, limit=None) == expected
    assert (
        rank_pairs(project, people, forbidden=forbidden, limit=limit)
        == expected[:limit]
    )


@settings(max_examples=100, deadline=None)
@given(project_strategy, team, st.randoms())
def test_the_order_of_the_input_changes_nothing(project, people, random):
    mixed = people[:]
    random.shuffle(mixed)
    assert rank_pairs(project, people) == rank_pairs(project, mixed)


@settings(max_examples=200, deadline=None)
@given(project_strategy, team)
def test_small_terms_never_outweigh_a_step_of_coverage(project, people):
    for pair in rank_pairs(project, people, limit=None):
        small = pair.score - STEP * pair.sheet["coverage"]
        assert 0 <= small < STEP
        assert len(set(pair.volunteers)) == project.size


@settings(max_examples=30, deadline=None)
@given(st.integers(0, 5))
def test_pruning_of_a_large_team_loses_nothing(seed):
    people = [
        Volunteer(k, {"vwxyz"[(k * 7 + seed) % 5]: 1 + k % 3, "v": 1 + k % 2}, 3, k % 3)
        for k in range(60)
    ]
    project = Project("p", {"v": (2, 2), "w": (3, 3), "x": (1, 1)})
    assert rank_pairs(project, people, limit=5) == brute_force(project, people, [])[:5]
