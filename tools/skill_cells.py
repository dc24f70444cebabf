"""Reading the cells of the lists that coordinators keep: skills and roles in words."""

import re
import unicodedata

LEVEL_WORDS = {
    "learning": 1,
    "debutant": 1,
    "debutante": 1,
    "en apprentissage": 1,
    "practising": 2,
    "pratique": 2,
    "expert": 3,
    "experte": 3,
}
BREAKS = re.compile(r"[;\n\r|]+")
FINE_BREAKS = re.compile(r"\s*[,/+]\s*|\s+(?:et|and|&)\s+")
LEVEL = re.compile(
    r"^(?P<name>.+?)\s*(?:[:=]\s*(?P<mark>[^:=]+)|\((?P<inside>[^()]+)\)|\s(?P<digit>\d+))$"
)


def normalise(text):
    """The same word however it is typed.

    >>> normalise("  Comptabilité ")
    'comptabilite'
    """
    plain = unicodedata.normalize("NFKD", str(text or ""))
    plain = "".join(c for c in plain if not unicodedata.combining(c))
    plain = plain.replace("’", "'").replace("\xa0", " ")
    return " ".join(plain.casefold().split())


def parse_cell(text, known=()):
    """Names and levels of one cell, in the order written, each name once.

    A part that is known as a whole is not cut at its commas or "and".

    >>> parse_cell("Comptabilité:3; écoute")
    [('Comptabilité', 3), ('écoute', None)]
    >>> parse_cell("compta, écoute (expert)")
    [('compta', None), ('écoute', 3)]
    """
    found = {}
    for part in BREAKS.split(str(text or "")):
        for piece in _cut(part.strip(" .-\t\xa0"), known):
            name, level = _split_level(piece)
            key = normalise(name)
            if key and (key not in found or found[key][1] is None):
                found[key] = (name, level)
    return list(found.values())


def _cut(part, known):
    if normalise(_split_level(part)[0]) in known:
        return [part]
    return [piece for piece in FINE_BREAKS.split(part) if piece.strip()]


def _split_level(piece):
    match = LEVEL.match(piece.strip())
    if not match:
        return piece.strip(), None
    mark = (match["mark"] or match["inside"] or match["digit"]).strip()
    if mark.isdecimal():
        return match["name"].strip(), int(mark)
    level = LEVEL_WORDS.get(normalise(mark))
    if level is None:
        return piece.strip(), None
    return match["name"].strip(), level
