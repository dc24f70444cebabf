"""A chart is well-formed, says what it shows, and stays inside its frame."""

import doctest
from xml.etree import ElementTree

from hypothesis import given
from hypothesis import strategies as st

from tools import progress_chart
from tools.progress_chart import Chart, figure_axis

SVG = "{http://www.w3.org/2000/svg}"
VALUES = st.lists(st.integers(-1000, 10**9), min_size=1, max_size=12)


def drawn(values, **more):
    low, high, ticks = figure_axis(values)
    chart = Chart(
        "Jobs <b>",
        "From 1 & on",
        [(f"look {number}", value) for number, value in enumerate(values)],
        low,
        high,
        [(tick, tick) for tick in ticks],
        **more,
    )
    return chart, ElementTree.fromstring(chart.svg())


@given(VALUES)
def test_every_value_lies_inside_the_axis(values):
    low, high, ticks = figure_axis(values)
    assert low <= min(values) and max(values) <= high
    assert low <= 0 <= high
    assert 2 <= len(ticks) <= 7


@given(VALUES)
def test_a_point_is_drawn_for_each_look_and_inside_the_frame(values):
    chart, root = drawn(values)
    points = root.findall(f"{SVG}circle")
    assert len(points) == len(values)
    for point in points:
        assert 0 <= float(point.get("cx")) <= chart.width
        assert 0 <= float(point.get("cy")) <= chart.height


def test_who_does_not_see_it_is_told_what_it_shows():
    _chart, root = drawn([1, 3])
    assert root.get("role") == "img"
    assert root.find(f"{SVG}title").text == "Jobs <b>"
    assert root.find(f"{SVG}desc").text == "From 1 & on"


def test_a_higher_value_stands_higher_and_the_target_is_a_line_of_its_own():
    _chart, root = drawn([1, 3], target=2)
    first, second = (float(p.get("cy")) for p in root.findall(f"{SVG}circle"))
    assert second < first
    dashed = [
        line for line in root.findall(f"{SVG}line") if line.get("stroke-dasharray")
    ]
    assert len(dashed) == 1
    assert second < float(dashed[0].get("y1")) < first


def test_examples_of_the_documentation():
    assert doctest.testmod(progress_chart).failed == 0
