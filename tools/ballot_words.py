"""Parts of a whole as statutes write them, and as a sentence prints them."""

import re
from fractions import Fraction

WRITTEN = {"½": "1/2", "⅓": "1/3", "⅔": "2/3", "¼": "1/4", "¾": "3/4"}
PART = re.compile(r"\d+(/\d+|\.\d+)?")


def read_part(text: str | None) -> Fraction | None:
    """``"2/3"``, ``"50 %"``, ``"0,5"`` or ``"½"`` as an exact part; empty: None.

    :raises ValueError: anything else, or more than the whole

    >>> read_part("2/3"), read_part("33,5 %"), read_part(" ")
    (Fraction(2, 3), Fraction(67, 200), None)
    """
    found = "".join((text or "").split()).replace(",", ".")
    found = WRITTEN.get(found, found)
    if not found:
        return None
    number, percent = found.removesuffix("%"), found.endswith("%")
    if not PART.fullmatch(number) or number.endswith("/0"):
        raise ValueError(f"a part is written 1/2, 50 % or 0.5, not {text!r}")
    value = Fraction(number) / (100 if percent else 1)
    if value > 1:
        raise ValueError(f"a part is at most the whole, not {text!r}")
    return value


def percent(share: Fraction, limit: Fraction | None = None, *, most: int = 6):
    """The share in percent as ``(number, decimals)``, rounded half up.

    At most two decimals, more only where the share would look like the limit that it
    is not: 50.001 % is never printed as 50 %.

    >>> percent(Fraction(2, 3)), percent(Fraction(1, 2))
    ((Fraction(6667, 100), 2), (Fraction(50, 1), 0))
    >>> percent(Fraction(50001, 100000), Fraction(1, 2))
    ((Fraction(50001, 1000), 3), 3)
    """
    decimals = 2
    while True:
        number = _rounded(share, decimals)
        hidden = limit is not None and share != limit and number == limit * 100
        if not hidden or decimals >= most:
            break
        decimals += 1
    while decimals and number == _rounded(share, decimals - 1):
        decimals -= 1
    return number, decimals


def _rounded(share, decimals):
    scale = 10**decimals
    return Fraction((share * 100 * scale * 2 + 1) // 2, scale)
