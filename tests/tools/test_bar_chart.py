from xml.etree import ElementTree

from tools.bar_chart import Bars

SVG = "{http://www.w3.org/2000/svg}"


def drawn(*bars, **more):
    return ElementTree.fromstring(Bars("Outcomes", "In 2010", list(bars), **more).svg())


def test_bars_are_in_proportion_and_begin_at_zero():
    picture = drawn(("Job", 95, "95"), ("Training", 19, "19"), ("Other", 0, "0"))
    lengths = [float(bar.get("width")) for bar in picture.iter(f"{SVG}rect")]
    assert lengths[0] == 5 * lengths[1]
    assert lengths[2] == 0


def test_nothing_to_draw_is_no_error():
    assert not list(drawn().iter(f"{SVG}rect"))
    assert [bar.get("width") for bar in drawn(("a", 0, "0")).iter(f"{SVG}rect")] == [
        "0.0"
    ]


def test_words_stay_words():
    picture = drawn(("Café & <co>", 3, "3"))
    words = [text.text for text in picture.iter(f"{SVG}text")]
    assert words == ["Café & <co>", "3"]
    assert picture.find(f"{SVG}title").text == "Outcomes"
    assert picture.find(f"{SVG}desc").text == "In 2010"


def test_what_is_left_over_has_a_colour_of_its_own():
    picture = drawn(("Job", 5, "5"), ("Other", 5, "5"), marked=frozenset({"Other"}))
    one, other = (bar.get("fill") for bar in picture.iter(f"{SVG}rect"))
    assert one != other
