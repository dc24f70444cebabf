"""What each college said, and what that is worth in the whole."""

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

METHODS = ("heads", "college_proportional", "college_block")
BASES = ("expressed", "present_represented", "entitled")
EMPTY = ("drop", "keep")
CHOICES = ("for", "against", "abstain")
HALF = Fraction(1, 2)


@dataclass(frozen=True)
class CollegeResult:
    """What one college said, and what that is worth.

    :param share_for: of the college's base, or of its one voice where it votes as a
        block
    :param weight: its part of the whole result, 0 to 1: the shares of all colleges,
        each times its weight, sum to the shares of the outcome
    :param empty: nobody in it is for or against
    """

    share_for: Fraction
    share_against: Fraction
    weight: Fraction
    votes_for: Fraction
    votes_against: Fraction
    abstentions: Fraction
    empty: bool


def college_results(
    votes: Mapping,
    weights: Mapping,
    *,
    method: str,
    base: str,
    empty_college: str,
    entitled: Mapping | None,
    present: Mapping | None,
) -> dict:
    """``{college: CollegeResult}``; all numbers were read exactly, see ``tally``."""
    bases = {}
    if method != "college_block":
        bases = _bases(votes, base, entitled, present)
    if method == "heads":
        weights = bases
    else:
        weights = _weights(votes, weights, empty_college)
    whole = sum(weights.values()) or Fraction(1)
    found = {}
    for name, weight in weights.items():
        sides = votes.get(name, (Fraction(0),) * len(CHOICES))
        shares = _shares(sides, bases.get(name))
        empty = not any(sides[:2])
        found[name] = CollegeResult(*shares, weight / whole, *sides, empty)
    return found


def _bases(votes, base, entitled, present):
    """What the shares of each college are shares of."""
    if base == "expressed":
        return {name: sides[0] + sides[1] for name, sides in votes.items()}
    cast = {name: sum(sides) for name, sides in votes.items()}
    if base == "entitled" and entitled is None:
        raise ValueError("the base entitled needs the number of those entitled")
    known = entitled if base == "entitled" else present or cast
    for name, number in cast.items():
        if number > known.get(name, 0):
            most = known.get(name, 0)
            raise ValueError(f"{name}: {number} votes, but {most} {base}")
    return known


def _weights(votes, weights, empty_college):
    """The weights of the colleges that count."""
    for name in votes:
        if name not in weights:
            raise ValueError(f"{name}: the college has votes and no weight")
    if empty_college == "keep":
        return weights
    return {
        name: weight if any(votes.get(name, (0, 0))[:2]) else Fraction(0)
        for name, weight in weights.items()
    }


def _shares(sides, base):
    """The college's part for and its part against; without a base it is a block."""
    votes_for, votes_against, _abstentions = sides
    if not votes_for and not votes_against:
        return Fraction(0), Fraction(0)
    if base is not None:
        return votes_for / base, votes_against / base
    if votes_for == votes_against:
        return HALF, HALF
    return Fraction(votes_for > votes_against), Fraction(votes_for < votes_against)
