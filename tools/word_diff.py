"""What changed between two texts, word by word."""

import re
from difflib import SequenceMatcher

_WORD = re.compile(r"\w+|\s+|[^\w\s]")


def word_diff(before, after):
    """Both texts in pieces, each with whether it is in the other text as well.

    >>> word_diff("Few buses.", "No buses.")
    ([('Few', False), (' buses.', True)], [('No', False), (' buses.', True)])
    """
    old, new = _WORD.findall(before or ""), _WORD.findall(after or "")
    left, right = [], []
    matcher = SequenceMatcher(None, old, new, autojunk=False)
    for kind, a, b, c, d in matcher.get_opcodes():
        same = kind == "equal"
        _add(left, "".join(old[a:b]), same)
        _add(right, "".join(new[c:d]), same)
    return left, right


def _add(pieces, text, same):
    if text:
        pieces.append((text, same))
