"""What changed between two texts, for people who have to agree on the change.

Items (goals, commitments, paragraphs) are paired by likeness, whatever their order;
inside a changed item the words that went and came are told apart, in one text or side
by side, and not a letter of either text is lost.
"""

import re
from collections import Counter
from difflib import SequenceMatcher
from html.parser import HTMLParser
from typing import NamedTuple

# Below this likeness one item went and another came.
ALIKE = 0.5
# Words that likeness is measured on: enough to recognise a paragraph, soon read.
MEASURED = 150
# More leftovers than this on both sides are told as gone and come.
MOST_PAIRS = 2500
MOST_WORDS = 4000
BLOCKS = {"p", "div", "li", "ul", "ol", "br", "tr", "td", "table", "blockquote", "pre"}
BLOCKS |= {"h1", "h2", "h3", "h4", "h5", "h6"}
HIDDEN = {"script", "style"}
# The space before it, and a word or a sign.
_WORD = re.compile(r"(\s*)(\w+|[^\w\s])")


class Change(NamedTuple):
    """``kind`` is same, added, removed or changed; what is not there is empty."""

    kind: str
    before: str = ""
    after: str = ""


def compare(before, after):
    """Changes between two lists of texts, in the order of the second, losses last.

    >>> compare(["Open the shop", "Train two people"], ["Open the shop in spring"])
    [Change(kind='changed', before='Open the shop', after='Open the shop in spring'),
     Change(kind='removed', before='Train two people', after='')]
    """
    kept = Counter(before) & Counter(after)
    gone, come = _without(before, kept), _without(after, kept)
    origin = _pairs(gone, come)
    changes, new = [], iter(range(len(come)))
    left = Counter(kept)
    for text in after:
        if left[text]:
            left[text] -= 1
            changes.append(Change("same", text, text))
            continue
        place = next(new)
        if place in origin:
            changes.append(Change("changed", gone[origin[place]], text))
        else:
            changes.append(Change("added", "", text))
    taken = set(origin.values())
    changes += [
        Change("removed", text) for place, text in enumerate(gone) if place not in taken
    ]
    return changes


def _without(texts, kept):
    """The texts left when those that stay are taken out."""
    kept, rest = Counter(kept), []
    for text in texts:
        if kept[text]:
            kept[text] -= 1
        else:
            rest.append(text)
    return rest


def _pairs(gone, come):
    """``{place in come: place in gone}``, the most alike first."""
    if len(gone) * len(come) > MOST_PAIRS:
        return {}
    old = [_measured(text) for text in gone]
    new = [_measured(text) for text in come]
    found = sorted(
        (-likeness, place, origin)
        for place, after in enumerate(new)
        for origin, before in enumerate(old)
        if (likeness := _likeness(before, after)) >= ALIKE
    )
    pairs, taken = {}, set()
    for _likeness_of_pair, place, origin in found:
        if place not in pairs and origin not in taken:
            pairs[place] = origin
            taken.add(origin)
    return pairs


def _measured(text):
    return [word for _space, word in _words(text)[:MEASURED]]


def _likeness(old, new):
    matcher = SequenceMatcher(None, old, new, autojunk=False)
    if matcher.real_quick_ratio() < ALIKE or matcher.quick_ratio() < ALIKE:
        return 0
    return matcher.ratio()


def _words(text):
    return _WORD.findall(text)


def _tokens(text):
    """``[(space before, word)]``; the last one is the end of the text."""
    kept = text.rstrip()
    return [*_words(kept), (text[len(kept) :], "")]


def words(before, after):
    """``[(kind, text)]`` of a changed text; kinds: same, removed, added.

    >>> words("Open the shop", "Open a shop")
    [('same', 'Open '), ('removed', 'the'), ('added', 'a'), ('same', ' shop')]
    """
    old, new = _tokens(before), _tokens(after)
    if len(old) + len(new) > MOST_WORDS:
        return _told([("removed", before), ("added", after)])
    plain = [[word for _space, word in tokens] for tokens in (old, new)]
    parts = []
    matcher = SequenceMatcher(None, *plain, autojunk=False)
    for operation, start, end, begin, stop in matcher.get_opcodes():
        gone, come = old[start:end], new[begin:stop]
        if operation == "equal":
            for (space, word), (other, _word) in zip(gone, come, strict=True):
                parts += [*_spaces(space, other), ("same", word)]
        else:
            parts += _replaced(gone, come)
    return _told(parts)


def _spaces(before, after):
    if before == after:
        return [("same", before)]
    return [("removed", before), ("added", after)]


def _replaced(gone, come):
    """The words of one side instead of those of the other."""
    start = []
    if gone and come:
        start = _spaces(gone[0][0], come[0][0])
        gone, come = [("", gone[0][1]), *gone[1:]], [("", come[0][1]), *come[1:]]
    old, new = ("".join(map("".join, tokens)) for tokens in (gone, come))
    return [*start, ("removed", old), ("added", new)]


def _told(parts):
    """Neighbours of one kind together, what went before what came, nothing empty."""
    runs = [{"removed": "", "added": "", "same": ""}]
    for kind, text in parts:
        if text and kind != "same" and runs[-1]["same"]:
            runs.append(dict.fromkeys(runs[-1], ""))
        runs[-1][kind] += text
    return [(kind, text) for run in runs for kind, text in run.items() if text]


def side_by_side(before, after):
    """Both texts in pieces, each with whether it is in the other text as well.

    Texts that have less than half of their words in common are not compared word by
    word: nobody could read it.

    >>> side_by_side("Few buses.", "No buses.")
    ([('Few', False), (' buses.', True)], [('No', False), (' buses.', True)])
    >>> side_by_side("No bread here", "A baker is there")
    ([('No bread here', False)], [('A baker is there', False)])
    """
    if _likeness(_measured(before), _measured(after)) < ALIKE:
        parts = _told([("removed", before), ("added", after)])
    else:
        parts = words(before, after)
    return _pieces(parts, "removed"), _pieces(parts, "added")


def _pieces(parts, side):
    """One of two texts: neighbours in one piece, with whether it is in both."""
    pieces = []
    for kind, text in parts:
        if pieces and kind == "same" and pieces[-1][1]:
            pieces[-1] = pieces[-1][0] + text, True
        elif kind in ("same", side):
            pieces.append((text, kind == "same"))
    return pieces


class _Paragraphs(HTMLParser):
    def __init__(self):
        super().__init__(convert_charrefs=True)
        self.found, self.hidden = [""], 0

    def handle_starttag(self, tag, attrs):
        self.hidden += tag in HIDDEN
        if tag in BLOCKS:
            self.found.append("")

    def handle_endtag(self, tag):
        self.hidden -= tag in HIDDEN and self.hidden > 0
        if tag in BLOCKS:
            self.found.append("")

    def handle_data(self, data):
        if not self.hidden:
            self.found[-1] += data


def paragraphs(html):
    """Paragraphs of a formatted text, as plain text.

    >>> paragraphs("<ul><li><b>End.</b> All leave.</li><li>&amp; more</li></ul>")
    ['End. All leave.', '& more']
    """
    parser = _Paragraphs()
    parser.feed(html or "")
    parser.close()
    return [text for text in (" ".join(one.split()) for one in parser.found) if text]
