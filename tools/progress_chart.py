"""A line that shows how a figure moved from one look to the next, as SVG.

Drawn for documents: it is text that stays text, with a title and a description for
whoever does not see it; the figures stand in a table beside it.
"""

from dataclasses import dataclass, field
from html import escape
from math import ceil, floor, log10

LINE, MUTED, GRID, TARGET = "#1d6b5f", "#5c6770", "#dde5e3", "#b85c00"
LEFT, RIGHT, TOP, BOTTOM = 34, 14, 12, 20


@dataclass(frozen=True)
class Chart:
    """What is drawn: ``points`` are ``(label, value)`` in the order of time."""

    title: str
    description: str
    points: list
    low: float = 0.0
    high: float = 1.0
    ticks: list = field(default_factory=list)
    target: float | None = None
    width: int = 320
    height: int = 120

    def svg(self):
        parts = [*self._grid(), *self._target(), *self._line(), *self._labels()]
        return (
            f'<svg xmlns="http://www.w3.org/2000/svg" role="img" width="{self.width}"'
            f' height="{self.height}" viewBox="0 0 {self.width} {self.height}">'
            f"<title>{escape(self.title)}</title>"
            f"<desc>{escape(self.description)}</desc>{''.join(parts)}</svg>"
        )

    def _x(self, number):
        """Where a look stands; a single one in the middle."""
        inner = self.width - LEFT - RIGHT
        if len(self.points) == 1:
            return LEFT + inner / 2
        return LEFT + inner * (0.06 + 0.88 * number / (len(self.points) - 1))

    def _y(self, value):
        inner = self.height - TOP - BOTTOM
        share = (value - self.low) / ((self.high - self.low) or 1)
        return TOP + inner * (1 - share)

    def _grid(self):
        for value, label in self.ticks:
            y = self._y(value)
            yield (
                f'<line x1="{LEFT}" x2="{self.width - RIGHT}" y1="{y:.1f}"'
                f' y2="{y:.1f}" stroke="{GRID}" stroke-width="1"/>'
            )
            yield _text(LEFT - 6, y + 3, label, "end", MUTED)

    def _target(self):
        if self.target is None:
            return
        y = self._y(self.target)
        yield (
            f'<line x1="{LEFT}" x2="{self.width - RIGHT}" y1="{y:.1f}" y2="{y:.1f}"'
            f' stroke="{TARGET}" stroke-width="1.2" stroke-dasharray="4 3"/>'
        )

    def _line(self):
        places = [
            (self._x(number), self._y(value))
            for number, (_label, value) in enumerate(self.points)
        ]
        if len(places) > 1:
            drawn = " ".join(f"{x:.1f},{y:.1f}" for x, y in places)
            yield (
                f'<polyline points="{drawn}" fill="none" stroke="{LINE}"'
                ' stroke-width="2"/>'
            )
        for x, y in places:
            yield f'<circle cx="{x:.1f}" cy="{y:.1f}" r="3.5" fill="{LINE}"/>'

    def _labels(self):
        for number, (label, _value) in enumerate(self.points):
            anchor = "middle"
            if len(self.points) > 1:
                anchor = {0: "start", len(self.points) - 1: "end"}.get(number, anchor)
            shift = {"start": -8, "end": 8}.get(anchor, 0)
            yield _text(self._x(number) + shift, self.height - 5, label, anchor, MUTED)


def _text(x, y, label, anchor, colour):
    return (
        f'<text x="{x:.1f}" y="{y:.1f}" font-size="8" text-anchor="{anchor}"'
        f' fill="{colour}">{escape(str(label))}</text>'
    )


def figure_axis(values):
    """Lowest and highest value of the axis of plain figures, with its ticks.

    >>> figure_axis([0, 3])
    (0, 3, [0, 1, 2, 3])
    >>> figure_axis([12, 250])
    (0, 300, [0, 100, 200, 300])
    """
    low, high = min(0, *values), max(0, *values)
    step = _step((high - low) or 1)
    first, last = floor(low / step), max(ceil(high / step), floor(low / step) + 1)
    ticks = [number * step for number in range(first, last + 1)]
    return ticks[0], ticks[-1], ticks


def _step(span):
    """A round step: 1, 2 or 5 with zeros, four of them at most; never under 1 where
    the figures are that large."""
    size = 10 ** floor(log10(span / 4))
    step = next(size * times for times in (1, 2, 5, 10) if size * times * 4 >= span)
    return max(int(step), 1) if span >= 1 else step
