"""Horizontal bars, one a figure, as SVG.

Drawn for documents: words and figures stay text, with a title and a description for
whoever does not see the bars; the same figures stand in a table beside it.
"""

from dataclasses import dataclass
from html import escape

BAR, REST, MUTED = "#1d6b5f", "#b9a06a", "#46525a"
ROW, BAR_HEIGHT, SIZE = 17, 11, 8
LABEL, FIGURE = 150, 40


@dataclass(frozen=True)
class Bars:
    """What is drawn: ``bars`` are ``(label, value, written)`` from top to bottom."""

    title: str
    description: str
    bars: list
    marked: frozenset = frozenset()  # labels drawn in the other colour
    width: int = 460

    def svg(self):
        height = ROW * len(self.bars) + 4
        return (
            f'<svg xmlns="http://www.w3.org/2000/svg" role="img" width="{self.width}"'
            f' height="{height}" viewBox="0 0 {self.width} {height}">'
            f"<title>{escape(self.title)}</title>"
            f"<desc>{escape(self.description)}</desc>{''.join(self._rows())}</svg>"
        )

    def lengths(self):
        """How long each bar is: in proportion, from zero.

        >>> Bars("", "", [("a", 10, "10"), ("b", 5, "5")], width=290).lengths()
        [100.0, 50.0]
        """
        room = self.width - LABEL - FIGURE
        highest = max((value for _label, value, _written in self.bars), default=0)
        return [
            room * max(value, 0) / highest if highest > 0 else 0.0
            for _label, value, _written in self.bars
        ]

    def _rows(self):
        for number, ((label, _value, written), length) in enumerate(
            zip(self.bars, self.lengths(), strict=True)
        ):
            top = 2 + number * ROW
            colour = REST if label in self.marked else BAR
            middle = top + BAR_HEIGHT / 2 + 3
            yield _text(LABEL - 6, middle, _short(label), "end")
            yield (
                f'<rect x="{LABEL}" y="{top}" width="{length:.1f}"'
                f' height="{BAR_HEIGHT}" fill="{colour}"/>'
            )
            yield _text(LABEL + length + 4, middle, written, "start")


def _short(label, longest=34):
    """A label that fits beside its bar; the table tells all of it.

    >>> _short("a" * 40, 10)
    'aaaaaaaaa…'
    """
    return label if len(label) <= longest else label[: longest - 1].rstrip() + "…"


def _text(x, y, words, anchor):
    return (
        f'<text x="{x:.1f}" y="{y:.1f}" font-size="{SIZE}" text-anchor="{anchor}"'
        f' fill="{MUTED}">{escape(str(words))}</text>'
    )
