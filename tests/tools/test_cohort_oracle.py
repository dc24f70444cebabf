"""``solve`` against an oracle that tries every plan."""

from random import Random

import pytest
from cohort_oracle import best_worth, plan_of, reasons, worth
from cohort_rules import small_question

SMALL = range(200)


@pytest.mark.parametrize("seed", SMALL)
def test_the_plan_is_worth_as_much_as_the_best_of_all(seed):
    question = small_question(seed)
    result = question.ask()
    assert result.status == "optimal"
    assert result.gap == 0
    assert worth(question, plan_of(result)) == best_worth(question)


@pytest.mark.parametrize("seed", SMALL)
def test_the_order_of_the_question_changes_nothing(seed):
    question = small_question(seed)
    mixed = question.shuffled(Random(seed))
    first, second = question.ask(), mixed.ask()
    assert plan_of(first) == plan_of(second)
    assert first.pairs == second.pairs
    assert first.unpaired == second.unpaired


@pytest.mark.parametrize("seed", SMALL)
def test_a_project_left_alone_is_told_why(seed):
    question = small_question(seed)
    result = question.ask()
    assert set(plan_of(result)) | set(result.unpaired) == {
        project.key for project in question.projects
    }
    assert not set(plan_of(result)) & set(result.unpaired)
    for project in question.projects:
        if project.key in result.unpaired:
            assert result.unpaired[project.key] in reasons(question, project)


@pytest.mark.parametrize("keep", [1, 2, 4])
@pytest.mark.parametrize("seed", range(0, 200, 5))
def test_what_is_left_out_is_told_honestly(seed, keep):
    """With few pairs per project the plan may be worse, but then it is not proven."""
    question = small_question(seed)
    result = question.ask(keep=keep)
    found, best = worth(question, plan_of(result)), best_worth(question)
    assert found <= best
    if result.status == "optimal":
        assert found == best
    elif found.paired == best.paired:
        assert found.coverage >= (1 - result.gap) * best.coverage - 1e-9
    else:
        assert result.gap > 0
