"""What changed between two texts, word by word."""

import re
from difflib import SequenceMatcher

_WORD = re.compile(r"\w+|\s+|[^\w\s]")


def word_diff(before, after):
    """Both texts in pieces, each with whether it is in the other text as well.

    Texts that have less than half of their words in common are not compared word by
    word: nobody could read it.

    >>> word_diff("Few buses.", "No buses.")
    ([('Few', False), (' buses.', True)], [('No', False), (' buses.', True)])
    >>> word_diff("No bread here", "A baker is there")
    ([('No bread here', False)], [('A baker is there', False)])
    """
    old, new = _WORD.findall(before or ""), _WORD.findall(after or "")
    left, right = [], []
    if not _alike(old, new):
        _add(left, before or "", False)
        _add(right, after or "", False)
        return left, right
    matcher = SequenceMatcher(None, old, new, autojunk=False)
    for kind, a, b, c, d in matcher.get_opcodes():
        same = kind == "equal"
        _add(left, "".join(old[a:b]), same)
        _add(right, "".join(new[c:d]), same)
    return left, right


def _alike(old, new):
    """Whether half of the words are in both texts, in the same order."""
    words = [[token for token in text if token.strip()] for text in (old, new)]
    if words[0] == words[1]:
        return True
    return SequenceMatcher(None, *words, autojunk=False).ratio() >= 0.5


def _add(pieces, text, same):
    if text and pieces and pieces[-1][1] == same:
        pieces[-1] = pieces[-1][0] + text, same
    elif text:
        pieces.append((text, same))
