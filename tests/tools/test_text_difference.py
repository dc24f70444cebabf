import time

from tools.text_difference import Change, compare, paragraphs, words


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
    assert " ".join(w for kind, w in parts if kind != "added") == before
    assert " ".join(w for kind, w in parts if kind != "removed") == after
    assert ("removed", "place") in parts
    assert ("added", "shop") in parts


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
