"""What holds for every cohort, whatever the question."""

import pytest
from cohort_oracle import Question, plan_of, worth
from cohort_rules import assert_valid, questions, without_scipy
from hypothesis import given, settings
from hypothesis import strategies as st

from tools.pairing import Project, Volunteer, solve


@settings(max_examples=150, deadline=None)
@given(questions())
def test_every_plan_respects_the_rules(question):
    assert_valid(question, question.ask())


@settings(max_examples=150, deadline=None)
@given(questions())
def test_the_plan_without_scipy_is_valid_and_never_better(question):
    exact = question.ask()
    with without_scipy():
        floor = question.ask()
    assert_valid(question, floor)
    assert worth(question, plan_of(floor)) <= worth(question, plan_of(exact))


@settings(max_examples=60, deadline=None)
@given(questions())
def test_without_scipy_nothing_is_called_proven_that_is_not_best(question):
    exact = question.ask()
    with without_scipy():
        floor = question.ask()
    best, found = worth(question, plan_of(exact)), worth(question, plan_of(floor))
    if floor.status == "optimal":
        assert found == best
    elif found.paired == best.paired:
        assert found.coverage >= (1 - floor.gap) * best.coverage - 1e-9
    else:
        assert floor.gap > 0


@settings(max_examples=100, deadline=None)
@given(questions(), st.randoms(use_true_random=False))
def test_the_order_of_the_question_changes_nothing(question, random):
    one, other = question.ask(), question.shuffled(random).ask()
    assert one.status == other.status == "optimal"
    assert (one.pairs, one.unpaired) == (other.pairs, other.unpaired)


@settings(max_examples=60, deadline=None)
@given(questions(), st.randoms(use_true_random=False))
def test_without_scipy_the_order_changes_nothing_either(question, random):
    with without_scipy():
        one, other = question.ask(), question.shuffled(random).ask()
    assert (one.pairs, one.unpaired) == (other.pairs, other.unpaired)


@settings(max_examples=60, deadline=None)
@given(questions())
def test_the_same_question_gets_the_same_answer(question):
    one, other = question.ask(), question.ask()
    for name in ("pairs", "unpaired", "status", "gap"):
        assert getattr(one, name) == getattr(other, name)


@settings(max_examples=80, deadline=None)
@given(questions())
def test_a_plan_that_is_fixed_whole_comes_back(question):
    """Locking what was found, and asking again, changes nothing."""
    first = question.ask()
    locks = [(pair.project, key) for pair in first.pairs for key in pair.volunteers]
    again = question._replace(locked=list({*question.locked, *locks})).ask()
    assert again.pairs == first.pairs
    assert set(again.unpaired) == set(first.unpaired)


@settings(max_examples=60, deadline=None)
@given(questions(), st.data())
def test_one_more_place_never_makes_the_plan_worse(question, data):
    """More capacity for one person keeps every plan possible."""
    if not question.volunteers:
        return
    number = data.draw(st.integers(0, len(question.volunteers) - 1))
    people = list(question.volunteers)
    old = people[number]
    people[number] = Volunteer(
        old.key, old.skills, old.capacity + 1, old.load, old.experienced, old.territory
    )
    richer = question._replace(volunteers=people)
    before = worth(question, plan_of(question.ask()))
    assert worth(richer, plan_of(richer.ask())) >= before


def crowd(count, people):
    """A cohort too large to be examined in a moment."""
    wanted = [
        Project(
            number,
            {"vwxyz"[(number * k) % 5]: (1 + k % 3, 1 + number % 3) for k in range(4)},
            waiting_days=number,
        )
        for number in range(count)
    ]
    return wanted, [
        Volunteer(
            number,
            {"vwxyz"[(number + k) % 5]: 1 + k for k in range(number % 4)},
            capacity=1 + number % 3,
        )
        for number in range(people)
    ]


@pytest.mark.parametrize("limit", [0, 0.02, 0.03, 0.05, 0.1, 0.2, 0.5])
@pytest.mark.parametrize("size", [(40, 25), (100, 60)])
def test_when_the_time_is_over_the_answer_is_honest(solver, size, limit):
    question = Question(*crowd(*size))
    result = question.ask(time_limit=limit)
    assert_valid(question, result)
    assert result.pairs or result.status == "partial"
    if limit < 0.1:
        assert result.status in ("feasible", "partial")
    assert result.seconds < limit + 2


@pytest.mark.parametrize(
    "asked", [([], []), ([Project("p")], []), ([], [Volunteer("a")])]
)
def test_a_question_with_nobody_or_nothing(solver, asked):
    result = solve(*asked)
    assert result.pairs == ()
    assert result.unpaired == {project.key: "too_few" for project in asked[0]}


def test_a_question_that_makes_no_sense_is_refused(solver):
    person = Volunteer("a", capacity=1)
    with pytest.raises(ValueError, match="twice"):
        solve([Project("p")], [person, person])
    with pytest.raises(ValueError, match="twice"):
        solve([Project("p"), Project("p")], [person])
    with pytest.raises(ValueError, match="more people fixed"):
        solve([Project("p", size=1)], [person], locked=[("p", "a"), ("p", "b")])


def test_somebody_fixed_uses_a_place_even_where_nobody_completes_the_pair(solver):
    ann = Volunteer("ann", capacity=1)
    others = [Volunteer(key, capacity=1) for key in ("bob", "eve")]
    forbidden = [("p", "bob"), ("p", "eve")]
    result = solve(
        [Project("p"), Project("q")],
        [ann, *others],
        forbidden=forbidden,
        locked=[("p", "ann")],
    )
    assert plan_of(result) == {"q": ("bob", "eve")}
    assert set(result.unpaired) == {"p"}


def test_people_fixed_beyond_their_places_stay(solver):
    ann, bob = Volunteer("ann", capacity=1, load=1), Volunteer("bob", capacity=2)
    result = solve([Project("p"), Project("q")], [ann, bob], locked=[("p", "ann")])
    assert plan_of(result) == {"p": ("ann", "bob")}
    assert result.unpaired["q"] in ("too_few", "taken")


def test_two_in_conflict_who_are_fixed_together_are_told(solver):
    two = [Volunteer(key, capacity=1) for key in "ab"]
    locked = [("p", "a"), ("p", "b")]
    result = solve([Project("p")], two, locked=locked, apart=[("b", "a")])
    assert (result.pairs, result.unpaired) == ((), {"p": "locked"})
