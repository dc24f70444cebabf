"""The next best pairs for one project, and what they would cost elsewhere."""

from cohort_oracle import worth
from cohort_rules import questions
from hypothesis import given, settings
from hypothesis import strategies as st

from tools.pairing import Project, Volunteer, next_pairs, value_pair


@settings(max_examples=120, deadline=None)
@given(questions(), st.data())
def test_what_another_pair_would_cost_is_true(question, data):
    plan = {pair.project: pair for pair in question.ask().pairs}
    if not question.projects:
        return
    key = data.draw(st.sampled_from([project.key for project in question.projects]))
    rules = dict(zip(("forbidden", "locked", "apart"), question[2:], strict=True))
    found = next_pairs(
        key, list(plan.values()), question.projects, question.volunteers, **rules
    )
    assert len(found) <= 3
    pairs = [alternative.pair.volunteers for alternative in found]
    assert len(set(pairs)) == len(pairs)
    for alternative in found:
        assert alternative.pair.project == key
        assert key not in alternative.changes
        if key in plan:
            assert set(alternative.pair.volunteers) != set(plan[key].volunteers)
        new = {**plan, key: alternative.pair, **alternative.changes}
        for other, pair in alternative.changes.items():
            old = plan.get(other)
            assert (pair and pair.volunteers) != (old and old.volunteers)
        worth(question, {k: pair.volunteers for k, pair in new.items() if pair})


@settings(max_examples=60, deadline=None)
@given(questions(), st.integers(0, 4))
def test_no_more_alternatives_than_asked(question, limit):
    plan = question.ask().pairs
    for project in question.projects[:1]:
        found = next_pairs(
            project.key, plan, question.projects, question.volunteers, limit=limit
        )
        assert len(found) <= limit


def test_another_pair_that_costs_nothing_and_one_that_costs():
    law = {"law": (1, 1)}
    asked = [Project("p", law), Project("q", law)]
    team = [
        Volunteer(key, {"law": 1} if key in "ab" else {}, capacity=1) for key in "abcde"
    ]
    a, b, c, d, _e = team
    plan = [value_pair(asked[0], [a, c]), value_pair(asked[1], [b, d])]
    costs = {
        alternative.pair.volunteers: alternative.changes
        for alternative in next_pairs("p", plan, asked, team, limit=99)
    }
    assert costs["a", "e"] == {}
    # With b on p, a comes free and covers q as well.
    assert costs["b", "c"]["q"].volunteers == ("a", "d")
    assert costs["b", "c"]["q"].permille == 1000
    # With both on p, q keeps two people who cover nothing.
    assert costs["a", "b"]["q"].permille == 0


def test_another_pair_may_leave_a_project_alone():
    team = [Volunteer(key, capacity=1) for key in "abc"]
    asked = [Project("p", size=1), Project("q")]
    plan = [value_pair(asked[0], team[:1]), value_pair(asked[1], team[1:])]
    found = next_pairs("p", plan, asked, team, forbidden=[("q", "a")])
    assert [(other.pair.volunteers, other.changes) for other in found] == [
        (("b",), {"q": None}),
        (("c",), {"q": None}),
    ]
