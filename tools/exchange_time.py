"""Time between people who exchange knowledge: one minute given is one minute received.

In an exchange of D minutes each of the G people who give is credited with D minutes,
whatever the number of people who learn; these share the G x D minutes equally among
them. Whole minutes only: what does not divide falls on the first of them, one minute
each. So the sum over all people is always exactly zero.
"""


def share_minutes(duration, givers, learners):
    """Minutes of each person, those who give first: credits, then debits.

    >>> share_minutes(60, 1, 1)
    ([60], [-60])
    >>> share_minutes(50, 2, 3)
    ([50, 50], [-34, -33, -33])

    :param duration: minutes that the exchange lasted
    :param givers: how many people gave
    :param learners: how many people learned
    :raises ValueError: where one of them is not a whole number above zero
    """
    for number in (duration, givers, learners):
        if not isinstance(number, int) or number <= 0:
            raise ValueError(f"not a whole number above zero: {number!r}")
    share, odd = divmod(duration * givers, learners)
    return (
        [duration] * givers,
        [-share - (rank < odd) for rank in range(learners)],
    )
