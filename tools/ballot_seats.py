"""How many seats each list or college gets for its votes."""

from collections.abc import Mapping
from fractions import Fraction

from .ballot_quorum import exact

RULES = ("highest_average", "largest_remainder")


def allocate_seats(votes: Mapping, seats: int, *, rule: str) -> dict:
    """Seats in proportion to votes: ``{list: seats}``, summing to ``seats``.

    Between equal claims the list with more votes gets the seat, then the one named
    first: name first whom the statutes prefer, and ask :func:`needs_a_draw` whether it
    mattered.

    :param votes: ``{list: votes}``, int, Fraction or Decimal
    :param rule: ``highest_average``: each seat to whoever has most votes for each of
        his seats, this one included; ``largest_remainder``: as many seats as the
        quotient (votes for one seat) is in the votes, the rest to those who lack least
        of one more
    :raises ValueError: no votes, a negative number, an unknown rule

    >>> votes = {"A": 57, "B": 29, "C": 14}
    >>> allocate_seats(votes, 6, rule="highest_average")
    {'A': 4, 'B': 2, 'C': 0}
    >>> allocate_seats(votes, 6, rule="largest_remainder")
    {'A': 3, 'B': 2, 'C': 1}
    """
    if rule not in RULES:
        raise ValueError(f"rule is one of {', '.join(RULES)}, not {rule!r}")
    counts = {name: exact(count, "votes") for name, count in votes.items()}
    if isinstance(seats, bool) or not isinstance(seats, int) or seats < 0:
        raise ValueError(f"seats is a whole number that is not negative, not {seats!r}")
    if not any(counts.values()):
        raise ValueError("nobody got a vote: seats cannot follow votes")
    if not seats:
        return dict.fromkeys(counts, 0)
    quotient = Fraction(sum(counts.values()), seats)
    won = {name: int(count / quotient) for name, count in counts.items()}
    left = seats - sum(won.values())
    if rule == "largest_remainder":
        rest = {name: counts[name] / quotient - won[name] for name in counts}
        for name in _ranked(counts, rest)[:left]:
            won[name] += 1
        return won
    # What the quotient gives, the averages give too: only the rest is given one by one.
    for _seat in range(left):
        averages = {name: counts[name] / (won[name] + 1) for name in counts}
        won[_ranked(counts, averages)[0]] += 1
    return won


def needs_a_draw(votes: Mapping, seats: int, *, rule: str) -> bool:
    """Whether two lists of as many votes have the same claim to a last seat.

    >>> needs_a_draw({"A": 10, "B": 10}, 3, rule="highest_average")
    True
    """
    turned = dict(reversed(votes.items()))
    return allocate_seats(votes, seats, rule=rule) != allocate_seats(
        turned, seats, rule=rule
    )


def _ranked(counts, claims):
    """The highest claims first, and of equal ones that with more votes."""
    return sorted(counts, key=lambda name: (claims[name], counts[name]), reverse=True)
