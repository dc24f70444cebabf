"""Two versions of a text beside each other lose not a letter of either."""

import doctest

from hypothesis import given
from hypothesis import strategies as st

from tools import word_diff
from tools.word_diff import word_diff as compare

TEXT = st.text(max_size=60)


def joined(pieces):
    return "".join(text for text, _same in pieces)


@given(TEXT, TEXT)
def test_both_texts_are_whole(before, after):
    left, right = compare(before, after)
    assert (joined(left), joined(right)) == (before, after)


@given(TEXT, TEXT)
def test_what_is_the_same_is_the_same_on_both_sides(before, after):
    left, right = compare(before, after)
    assert [t for t, same in left if same] == [t for t, same in right if same]


@given(TEXT)
def test_a_text_does_not_differ_from_itself(text):
    left, right = compare(text, text)
    assert left == right
    assert all(same for _text, same in left)


def test_examples_of_the_documentation():
    assert doctest.testmod(word_diff).failed == 0
