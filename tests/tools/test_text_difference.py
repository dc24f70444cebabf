"""What is told of a change: nothing is lost, nothing invented, and in little time."""

import doctest
import time

from hypothesis import given
from hypothesis import strategies as st

from tools import text_difference
from tools.text_difference import Change, compare, paragraphs, side_by_side, words

TEXT = st.text(max_size=60) | st.lists(
    st.sampled_from(["shop", "place", " ", "  ", "\n", ".", "’", "été", "🙂", "محمد"])
).map("".join)


def joined(pieces):
    return "".join(text for text, _same in pieces)


def kinds(before, after):
    return [change.kind for change in compare(before, after)]


def test_equal_lists_have_no_change():
    assert kinds(["a", "b", "a"], ["a", "a", "b"]) == ["same"] * 3


def test_what_is_alike_is_changed_and_the_rest_goes_or_comes():
    found = compare(
        ["Open the shop", "Train two people", "Find a place"],
        ["Open the shop in spring", "Buy an oven", "Find a place"],
    )
    assert found == [
        Change("changed", "Open the shop", "Open the shop in spring"),
        Change("added", "", "Buy an oven"),
        Change("same", "Find a place", "Find a place"),
        Change("removed", "Train two people"),
    ]


def test_each_former_text_is_used_once_by_the_most_alike():
    found = compare(["Open the shop"], ["Open the shop later on", "Open this shop"])
    assert found == [
        Change("changed", "Open the shop", "Open the shop later on"),
        Change("added", "", "Open this shop"),
    ]


def test_a_text_said_twice_and_then_once_is_removed_once():
    assert kinds(["a b c", "a b c"], ["a b c"]) == ["same", "removed"]


def test_from_nothing_and_to_nothing():
    assert kinds([], ["a"]) == ["added"]
    assert kinds(["a"], []) == ["removed"]
    assert compare([], []) == []


def test_words_rebuild_both_texts():
    before = "The town lets the place for one year at a low rent"
    after = "The town lets the shop for two years at a low rent, at first"
    parts = words(before, after)
    assert "".join(w for kind, w in parts if kind != "added") == before
    assert "".join(w for kind, w in parts if kind != "removed") == after
    assert ("removed", "place") in parts
    assert ("added", "shop") in parts


def test_words_replaced_together_are_told_together():
    assert words("for one year only", "for two years only") == [
        ("same", "for "),
        ("removed", "one year"),
        ("added", "two years"),
        ("same", " only"),
    ]
    assert words("a shop", "a shop ") == [("same", "a shop"), ("added", " ")]
    assert words("", "") == []


@given(TEXT, TEXT)
def test_not_a_letter_of_either_text_is_lost(before, after):
    parts = words(before, after)
    assert "".join(text for kind, text in parts if kind != "added") == before
    assert "".join(text for kind, text in parts if kind != "removed") == after
    left, right = side_by_side(before, after)
    assert (joined(left), joined(right)) == (before, after)


@given(TEXT, TEXT)
def test_what_is_the_same_is_the_same_on_both_sides(before, after):
    left, right = side_by_side(before, after)
    assert "".join(t for t, same in left if same) == "".join(
        t for t, same in right if same
    )
    for pieces in (left, right):
        turns = [same for _text, same in pieces]
        assert all(a != b for a, b in zip(turns, turns[1:], strict=False))


@given(TEXT)
def test_a_text_does_not_differ_from_itself(text):
    left, right = side_by_side(text, text)
    assert left == right
    assert all(same for _text, same in left)


def test_texts_with_little_in_common_are_not_mixed():
    assert side_by_side("", "A baker") == ([], [("A baker", False)])
    assert side_by_side("No bread", "A baker is there") == (
        [("No bread", False)],
        [("A baker is there", False)],
    )


def test_examples_of_the_documentation():
    flags = doctest.NORMALIZE_WHITESPACE
    assert doctest.testmod(text_difference, optionflags=flags).failed == 0


def test_paragraphs_of_a_formatted_text():
    html = (
        "<div><p>One <b>bold</b> word</p><ul><li>first</li><li>second</li></ul>"
        "line<br/>break<script>alert(1)</script><style>p{}</style></div>"
    )
    assert paragraphs(html) == ["One bold word", "first", "second", "line", "break"]
    assert paragraphs("") == paragraphs(None) == []
    assert paragraphs("<p>&lt;script&gt; stays a word</p>") == ["<script> stays a word"]


def test_fifty_long_goals_all_changed_take_little_time():
    before = [f"goal {n} " + f"word{n} of a goal " * 400 for n in range(50)]
    after = [f"goal {n} " + f"word{n} of an aim " * 400 for n in range(50)]
    start = time.monotonic()
    found = compare(before, after)
    assert {change.kind for change in found} == {"changed"}
    assert all(c.before.split()[1] == c.after.split()[1] for c in found)
    assert time.monotonic() - start < 5


def test_very_long_texts_take_little_time():
    before = [f"{number} " + "words of a goal " * 400 for number in range(120)]
    after = [f"{number} " + "words of a deed " * 400 for number in range(120)]
    start = time.monotonic()
    assert len(compare(before, after)) == 240
    assert len(words("a " * 9000, "b " * 9000)) == 2
    assert time.monotonic() - start < 5
