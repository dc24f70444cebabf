"""Are enough people there, and which part of those entitled are they?"""

from collections.abc import Mapping
from fractions import Fraction
from math import ceil
from typing import NamedTuple


class Quorum(NamedTuple):
    """Whether enough are there, and how many are needed; true where they are.

    :param needed: people; ``{college: people}`` where colleges are counted apart
    """

    reached: bool
    needed: int | Mapping

    def __bool__(self):
        return self.reached


def exact(value, name: str) -> Fraction:
    """An exact number that is not negative.

    :raises ValueError: a negative number, or a ``float``, which is exact by chance only
    """
    if isinstance(value, float):
        raise ValueError(f"{name} is exact (int, Fraction, Decimal): {value} is not")
    number = Fraction(value)
    if number < 0:
        raise ValueError(f"{name} is not negative: {value}")
    return number


def part(value, name: str) -> Fraction:
    number = exact(value, name)
    if number > 1:
        raise ValueError(f"{name} is a part of the whole, 0 to 1, not {value}")
    return number


def quorum_reached(
    present, represented, entitled, *, quorum, count_proxies: bool = True
) -> Quorum:
    """Whether the quorum is there: ``(reached, needed)``.

    :param present: people there; a number, or numbers by college, which are summed
    :param represented: people absent who gave a valid proxy, in the same way
    :param entitled: people who may vote, in the same way
    :param quorum: part of those entitled; needed is the next whole number of people
    :param count_proxies: whether the statutes count those represented
    :raises ValueError: more people there than entitled, a quorum not between 0 and 1

    >>> tuple(quorum_reached(6, 2, 15, quorum=Fraction(1, 2)))
    (True, 8)
    >>> tuple(quorum_reached(6, 2, 15, quorum=Fraction(1, 2), count_proxies=False))
    (False, 8)
    """
    there, all_of_them = _total(present, "present"), _total(entitled, "entitled")
    proxies = _total(represented, "represented")
    if there + proxies > all_of_them:
        raise ValueError(f"{there + proxies} are counted, {all_of_them} are entitled")
    needed = ceil(part(quorum, "quorum") * all_of_them)
    return Quorum(there + (proxies if count_proxies else 0) >= needed, needed)


def ask_quorum(quorum, present: Mapping, entitled: Mapping | None):
    """The quorum asked of all together, or of each college, and numbers that tell it.

    :param quorum: None, a part, or ``{college: part}`` where ``None`` names all
        together
    """
    if quorum is None:
        return None, {}
    if entitled is None:
        raise ValueError("a quorum needs the number of those entitled")
    by_college = isinstance(quorum, Mapping)
    found = {}
    for name, rate in (quorum if by_college else {None: quorum}).items():
        there = present if name is None else present.get(name, 0)
        able = entitled if name is None else entitled.get(name, 0)
        found[name] = quorum_reached(there, 0, able, quorum=rate)
    needed = {name: one.needed for name, one in found.items()}
    result = Quorum(all(found.values()), needed if by_college else needed[None])
    missing = [name for name, one in found.items() if not one and name is not None]
    numbers = {"needed": result.needed, "present": present, "entitled": entitled}
    return result, numbers | {"missing": missing}


def presence_share(
    present: Mapping, represented: Mapping, entitled: Mapping, *, weights=None
) -> Fraction:
    """The part of those entitled who are there or represented, all colleges together.

    :param weights: of the colleges, where each counts by its weight, however many it
        has

    >>> presence_share({"a": 3, "b": 1}, {"a": 1}, {"a": 8, "b": 2})
    Fraction(1, 2)
    """
    counted = {
        college: exact(present.get(college, 0), "present")
        + exact(represented.get(college, 0), "represented")
        for college in entitled
    }
    if weights is None:
        return sum(counted.values()) / (_total(entitled, "entitled") or Fraction(1))
    parts = {c: counted[c] / entitled[c] if entitled[c] else 0 for c in entitled}
    weights = {c: exact(weights[c], "weight") for c in entitled}
    whole = sum(weights.values()) or 1
    return sum((weights[c] * parts[c] for c in entitled), Fraction(0)) / whole


def _total(value, name):
    values = value.values() if isinstance(value, Mapping) else [value]
    return sum((exact(number, name) for number in values), Fraction(0))
