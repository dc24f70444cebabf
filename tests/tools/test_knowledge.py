import doctest

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tools import exchange_time, knowledge_words
from tools.exchange_time import share_minutes
from tools.knowledge_words import key_words

minutes = st.integers(1, 24 * 60)
people = st.integers(1, 30)
# Members 0 to 9; who gives and who learns in each exchange, and for how long.
exchanges = st.lists(
    st.tuples(
        minutes,
        st.sets(st.integers(0, 9), min_size=2).flatmap(
            lambda who: st.tuples(st.just(sorted(who)), st.integers(1, len(who) - 1))
        ),
    ),
    max_size=30,
)


def test_what_the_docstrings_show():
    assert doctest.testmod(exchange_time).failed == 0
    assert doctest.testmod(knowledge_words).failed == 0


@given(minutes, people, people)
def test_an_exchange_sums_to_zero_in_whole_minutes(duration, givers, learners):
    credits, debits = share_minutes(duration, givers, learners)
    assert sum(credits) + sum(debits) == 0
    assert all(type(number) is int for number in credits + debits)


@given(minutes, people, people)
def test_each_gives_the_duration_and_learners_differ_by_a_minute(
    duration, givers, learners
):
    credits, debits = share_minutes(duration, givers, learners)
    assert (len(credits), len(debits)) == (givers, learners)
    assert set(credits) == {duration}
    assert max(debits) - min(debits) <= 1
    assert all(number <= 0 for number in debits)


@given(exchanges)
def test_balances_of_all_people_always_sum_to_zero(done):
    balances = [0] * 10
    for duration, (who, cut) in done:
        credits, debits = share_minutes(duration, cut, len(who) - cut)
        for person, number in zip(who, credits + debits, strict=True):
            balances[person] += number
        assert sum(balances) == 0


@pytest.mark.parametrize("numbers", [(0, 1, 1), (60, 0, 1), (60, 1, 0), (1.5, 1, 1)])
def test_what_is_no_exchange_is_refused(numbers):
    with pytest.raises(ValueError, match="whole number above zero"):
        share_minutes(*numbers)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Initiation à la couture", ["couture"]),
        ("Cours de couture pour débutants", ["couture"]),
        ("L'ANGLAIS des affaires", ["affaire", "anglai"]),
        ("anglais", ["anglai"]),
        ("Cheveux, gâteaux et œufs", ["cheveu", "gateau", "oeuf"]),
        ("Logiciel C++ / C#", ["c#", "c++", "logiciel"]),
        ("Retouche de photos 3D", ["3d", "photo", "retouche"]),
        ("Savoir faire", []),
        ("", []),
        (None, []),
    ],
)
def test_words_that_say_what_it_is_about(text, expected):
    assert key_words(text) == expected
