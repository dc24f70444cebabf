"""Known answers for whole cohorts (the duplicate person is known to the database)."""

import json
from fractions import Fraction
from itertools import permutations
from pathlib import Path

import pytest
from cohort_oracle import plan_of

from tools.pairing import TAKEN, Project, Volunteer, solve

CASES = json.loads(
    (Path(__file__).parents[1] / "fixtures" / "pairing_cases.json").read_text("utf-8")
)["cases"]
COHORTS = [case for case in CASES if case["family"] == "hub_pairing"]


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


def test_no_known_case_is_forgotten():
    assert {case["id"] for case in COHORTS} == {
        "greedy-trap",
        "same-volunteer-twice",
        "not-enough-volunteers",
        "conflict-of-interest",
        "capacity-two",
        "partial-level",
    }
    rules = {case["id"] for case in CASES if case["family"] == "hub_pairing_rule"}
    assert rules == {"tie-break", "duplicate-person"}


@pytest.mark.parametrize("case", COHORTS, ids=lambda case: case["id"])
def test_known_cohorts(case):
    projects, people, forbidden = read_case(case)
    result = solve(projects, people, forbidden=forbidden)
    assert (result.status, result.gap) == ("optimal", 0)
    assert len(result.pairs) == case["expected_complete_pairs"]
    shares = [Fraction(p.sheet["coverage"], p.sheet["full"]) for p in result.pairs]
    assert sum(shares) == Fraction(case["expected_coverage_sum"])
    good = [
        {key: tuple(pair) for key, pair in plan.items() if pair}
        for plan in case["optimal_plans"]
    ]
    assert plan_of(result) in good
    alone = [project.key for project in projects if project.key not in plan_of(result)]
    assert result.unpaired == dict.fromkeys(alone, TAKEN)


@pytest.mark.parametrize("case", COHORTS, ids=lambda case: case["id"])
def test_known_cohorts_in_every_order(case):
    """Equal plans are told apart the same way whatever comes first."""
    projects, people, forbidden = read_case(case)
    results = [
        solve(order, mixed, forbidden=forbidden)
        for order in permutations(projects)
        for mixed in permutations(people)
    ]
    assert all(result.pairs == results[0].pairs for result in results)


def people(names, capacity=9, **loads):
    return [Volunteer(key, capacity=capacity, load=loads.get(key, 0)) for key in names]


def in_every_order(projects, volunteers, **rules):
    """The one plan that all orders of the question lead to."""
    plans = [
        plan_of(solve(order, mixed, **rules))
        for order in permutations(projects)
        for mixed in permutations(volunteers)
    ]
    assert all(plan == plans[0] for plan in plans)
    return plans[0]


def test_between_equal_plans_the_least_loaded_people_are_chosen():
    # Loads of three and more weigh the same in the small terms.
    busy = people("abcd", a=8, b=4, c=6, d=3)
    assert in_every_order([Project("p")], busy) == {"p": ("b", "d")}


def test_the_load_of_those_chosen_comes_before_waiting():
    # k has one place left; v (less loaded) could join on a, w only on z.
    three = people("kvw", k=8, v=3, w=4)
    projects = [Project("a", waiting_days=5), Project("z", waiting_days=50)]
    forbidden = [("z", "v"), ("a", "w")]
    plan = in_every_order(projects, three, forbidden=forbidden)
    assert plan == {"a": ("k", "v")}


def test_between_equal_plans_the_longest_waiting_project_gets_the_people():
    waiting = [Project(key, waiting_days=days) for key, days in (("a", 1), ("b", 30))]
    assert in_every_order(waiting, people("vw", capacity=1)) == {"b": ("v", "w")}


def test_between_equal_plans_work_is_spread():
    # Two projects, four idle people: everybody gets one rather than two get both.
    projects = [Project("p"), Project("q")]
    plan = in_every_order(projects, people("abcd"))
    assert sorted(plan["p"] + plan["q"]) == ["a", "b", "c", "d"]


def test_between_plans_equal_in_all_the_smallest_keys_are_chosen():
    assert in_every_order([Project("p")], people("dbca")) == {"p": ("a", "b")}
    assert in_every_order([Project("q"), Project("p")], people("ba", capacity=1)) == {
        "p": ("a", "b")
    }
