"""What changed between two texts, for people who have to agree on the change.

Items (goals, commitments, paragraphs) are paired by likeness, whatever their order;
inside a changed item the words that went and came are told apart.
"""

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
    found = sorted(
        (-likeness, new, old)
        for new, after in enumerate(come)
        for old, before in enumerate(gone)
        if (likeness := _likeness(before, after)) >= ALIKE
    )
    pairs, taken = {}, set()
    for _likeness_of_pair, new, old in found:
        if new not in pairs and old not in taken:
            pairs[new] = old
            taken.add(old)
    return pairs


def _likeness(before, after):
    old, new = before.split()[:MEASURED], after.split()[:MEASURED]
    matcher = SequenceMatcher(None, old, new, autojunk=False)
    if matcher.real_quick_ratio() < ALIKE or matcher.quick_ratio() < ALIKE:
        return 0
    return matcher.ratio()


def words(before, after):
    """``[(kind, words)]`` inside a changed text; kinds: same, removed, added.

    >>> words("Open the shop", "Open a shop")
    [('same', 'Open'), ('removed', 'the'), ('added', 'a'), ('same', 'shop')]
    """
    old, new = before.split(), after.split()
    if len(old) + len(new) > MOST_WORDS:
        return [("removed", before), ("added", after)]
    parts = []
    matcher = SequenceMatcher(None, old, new, autojunk=False)
    for operation, start, end, begin, stop in matcher.get_opcodes():
        if operation == "equal":
            parts.append(("same", " ".join(old[start:end])))
            continue
        if end > start:
            parts.append(("removed", " ".join(old[start:end])))
        if stop > begin:
            parts.append(("added", " ".join(new[begin:stop])))
    return parts


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
