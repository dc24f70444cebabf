"""Whether a resolution is adopted, when colleges vote: exact, without Odoo.

Shares are ``Fraction`` and are rounded only in print: half of the votes is half, on
every machine.

>>> votes = {"volunteers": (3, 2, 0), "holders": (1, 9, 0), "employees": (2, 1, 0)}
>>> weights = dict.fromkeys(votes, 20)
>>> rules = dict(threshold=Fraction(1, 2), base="expressed", empty_college="drop")
>>> for method in METHODS:
...     outcome = tally(votes, weights, method=method, **rules)
...     print(method, outcome.adopted, outcome.share_for)
heads False 1/3
college_proportional False 41/90
college_block True 2/3
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction

from .ballot_colleges import (
    BASES,
    CHOICES,
    EMPTY,
    HALF,
    METHODS,
    CollegeResult,
    college_results,
)
from .ballot_quorum import (
    Quorum,
    ask_quorum,
    exact,
    part,
    presence_share,
    quorum_reached,
)
from .ballot_seats import allocate_seats, needs_a_draw

__all__ = [
    "ADOPTED",
    "BASES",
    "BELOW",
    "CASTING_AGAINST",
    "CASTING_FOR",
    "METHODS",
    "NO_QUORUM",
    "NO_VOTE",
    "TIE",
    "CollegeResult",
    "Outcome",
    "Quorum",
    "Reason",
    "allocate_seats",
    "count_ballots",
    "needs_a_draw",
    "presence_share",
    "quorum_reached",
    "tally",
]

CASTING = {None: None, True: True, "for": True, False: False, "against": False}

# Why a resolution is adopted or not.
ADOPTED = "adopted"  # the threshold is reached
CASTING_FOR = "casting_for"  # exactly half, and the chair's vote counts twice
CASTING_AGAINST = "casting_against"
TIE = "tie"  # exactly half where more than half is needed
BELOW = "below"  # the threshold is not reached
NO_VOTE = "no_vote"  # nobody is for or against
NO_QUORUM = "no_quorum"  # too few people are there


@dataclass(frozen=True)
class Reason:
    """Why, as a word of this module and the numbers of a sentence about it.

    :param values: ``share_for``, ``share_against``, ``threshold``, ``strict``; where a
        quorum is asked also ``needed``, ``present`` and ``entitled`` by college, and
        the colleges ``missing`` theirs
    """

    code: str
    values: Mapping


@dataclass(frozen=True)
class Outcome:
    """The result of a vote.

    :param quorum: None where none is asked; else ``(reached, needed)``, true if reached
    """

    adopted: bool
    share_for: Fraction
    share_against: Fraction
    per_college: Mapping
    quorum: Quorum | None
    reason: Reason


def count_ballots(ballots: Iterable[tuple]) -> dict:
    """Ballots ``(college, choice, weight)`` as the votes that :func:`tally` takes.

    :param ballots: one for each person who votes, represented people included; choice
        ``for``, ``against`` or ``abstain``
    :raises ValueError: another choice
    """
    votes = {}
    for college, choice, weight in ballots:
        if choice not in CHOICES:
            raise ValueError(f"a choice is one of {', '.join(CHOICES)}, not {choice!r}")
        counts = votes.setdefault(college, [Fraction(0)] * len(CHOICES))
        counts[CHOICES.index(choice)] += exact(weight, "weight")
    return {college: tuple(counts) for college, counts in votes.items()}


def tally(
    votes: Mapping,
    weights: Mapping,
    *,
    method: str,
    threshold: Fraction,
    base: str,
    empty_college: str,
    strict: bool | None = None,
    quorum=None,
    entitled: Mapping | None = None,
    present: Mapping | None = None,
    casting=None,
) -> Outcome:
    """The result of a vote, from the votes of each college.

    :param votes: ``{college: (for, against, abstain)}``, int, Fraction or Decimal
    :param weights: ``{college: weight}``, in any unit; all colleges that may vote
    :param method: ``heads``: all votes together, without weights; in the others a
        college counts by its weight: ``college_proportional``: each side gets its part
        of it; ``college_block``: the larger side gets all of it, equal sides half each,
        whatever the base
    :param threshold: part of the base that must be for, 0 to 1
    :param base: ``expressed``: for and against; ``present_represented``: abstentions
        too, and where ``present`` is given, those there who did not vote; ``entitled``:
        all
    :param empty_college: what happens to the weight of a college of which nobody is for
        or against, be they all there and abstain: ``drop``: the others share it;
        ``keep``: it stays in the total
    :param strict: the part must be above the threshold, not only reach it; where not
        given: up to one half above, beyond that reached
    :param quorum: part of those entitled who must be there; ``{college: part}`` asks it
        of each college named, ``None`` naming all of them together
    :param entitled: ``{college: number}`` of those who may vote, in the unit of the
        votes
    :param present: ``{college: number}`` of those present or represented; where not
        given, those who voted or abstained
    :param casting: ``for`` or ``against``, the chair's vote, where it decides when
        exactly half of the base is for and more than half is needed
    :raises ValueError: an unknown word, a college without weight, more votes than
        voters
    """
    _check_words(method, base, empty_college, casting)
    votes = {name: _sides(name, sides) for name, sides in votes.items()}
    entitled, present = _numbers(entitled, "entitled"), _numbers(present, "present")
    per_college = college_results(
        votes,
        None if method == "heads" else _numbers(weights, "weight"),
        method=method,
        base=base,
        empty_college=empty_college,
        entitled=entitled,
        present=present,
    )
    present = present or {name: sum(sides) for name, sides in votes.items()}
    asked, told = ask_quorum(quorum, present, entitled)
    numbers = {
        "share_for": _sum(per_college, "share_for"),
        "share_against": _sum(per_college, "share_against"),
        "threshold": part(threshold, "threshold"),
        "strict": threshold <= HALF if strict is None else bool(strict),
    }
    nobody = all(college.empty for college in per_college.values())
    code = _why(asked, nobody, numbers, CASTING[casting])
    adopted = code in (ADOPTED, CASTING_FOR)
    shares = numbers["share_for"], numbers["share_against"]
    return Outcome(adopted, *shares, per_college, asked, Reason(code, numbers | told))


def _check_words(method, base, empty_college, casting):
    for name, value, choices in (
        ("method", method, METHODS),
        ("base", base, BASES),
        ("empty_college", empty_college, EMPTY),
        ("casting", casting, tuple(CASTING)),
    ):
        if value not in choices:
            words = ", ".join(str(choice) for choice in choices)
            raise ValueError(f"{name} is one of {words}, not {value!r}")


def _sides(name, sides):
    if len(sides) != len(CHOICES):
        raise ValueError(f"{name}: votes are for, against, abstain, not {sides}")
    return tuple(exact(side, f"{name}: votes") for side in sides)


def _numbers(numbers, word):
    if numbers is None:
        return None
    return {name: exact(number, f"{name}: {word}") for name, number in numbers.items()}


def _sum(per_college, share):
    """This share of all colleges together."""
    parts = (one.weight * getattr(one, share) for one in per_college.values())
    return sum(parts, Fraction(0))


def _why(quorum, nobody, numbers, casting):
    """The code of the reason."""
    share, threshold = numbers["share_for"], numbers["threshold"]
    if quorum is not None and not quorum:
        return NO_QUORUM
    if nobody:
        return NO_VOTE
    if share > threshold or (share == threshold and not numbers["strict"]):
        return ADOPTED
    if not share == threshold == HALF:
        return BELOW
    if casting is None:
        return TIE
    return CASTING_FOR if casting else CASTING_AGAINST
