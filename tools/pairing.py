"""Which two people go well with a project, or with each of many: without Odoo.

The value of a pair is what the two cover together of the skills that the project
needs: for each skill the better of the two levels counts, levels do not add up. Some
small terms (nearness, experience, balance of load) decide between pairs that cover
equally; together they never outweigh one step of coverage. Everything is an integer, so
the same question gets the same answer on every run and on every machine.

>>> project = Project("bakery", needs={"accounting": (2, 2), "listening": (1, 1)})
>>> people = [
...     Volunteer("Ana", {"accounting": 2}, capacity=1),
...     Volunteer("Bob", {"listening": 3}, capacity=1),
...     Volunteer("Eve", {"accounting": 1}, capacity=1),
... ]
>>> [(pair.volunteers, pair.permille) for pair in rank_pairs(project, people)]
[(('Ana', 'Bob'), 1000), (('Ana', 'Eve'), 666), (('Bob', 'Eve'), 666)]
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from time import monotonic

from .pairing_floor import solve_plain
from .pairing_next import Alternative, next_pairs
from .pairing_problem import Problem
from .pairing_rank import (
    LOCKED,
    MANDATORY,
    TAKEN,
    TIME,
    TOO_FEW,
    rank_pairs,
    why_unpaired,
)
from .pairing_value import (
    STEP,
    Pair,
    Project,
    Volunteer,
    has_mandatory,
    scale_of,
    value_pair,
)

__all__ = [
    "LOCKED",
    "MANDATORY",
    "STEP",
    "TAKEN",
    "TIME",
    "TOO_FEW",
    "Alternative",
    "Pair",
    "Project",
    "Result",
    "Volunteer",
    "has_mandatory",
    "next_pairs",
    "rank_pairs",
    "scale_of",
    "solve",
    "value_pair",
    "why_unpaired",
]


@dataclass(frozen=True)
class Result:
    """The people of a whole cohort, and how sure it is that nothing better exists.

    :param pairs: in the order of the keys of the projects
    :param unpaired: ``{project key: reason}``, one of ``TOO_FEW``, ``MANDATORY``,
        ``TAKEN``, ``LOCKED`` and ``TIME``
    :param status: ``optimal``: proven best; ``feasible``: complete, not proven;
        ``partial``: the time was over before every project was looked at
    :param gap: how much more pairs or coverage another plan may have at most, 0 to 1
    """

    pairs: tuple[Pair, ...]
    unpaired: Mapping
    status: str
    gap: float
    seconds: float


def solve(
    projects: Iterable[Project],
    volunteers: Iterable[Volunteer],
    *,
    forbidden: Iterable[tuple] = (),
    locked: Iterable[tuple] = (),
    apart: Iterable[tuple] = (),
    time_limit: float = 10.0,
    keep: int | None = None,
) -> Result:
    """The best people for all these projects together.

    In this order: most projects with all their people; most coverage, each project
    counting as much as any other; most of the small terms; lowest load together;
    lowest highest load of one person afterwards; most days of waiting ended; smallest
    keys. Where the status is ``optimal``, the same question gets the same answer, in
    whatever order projects and people are given.

    A place that is fixed stays taken, even where the project finds no second person.

    :param forbidden: ``(project key, volunteer key)`` never put together
    :param locked: ``(project key, volunteer key)`` already decided
    :param apart: two volunteer keys that never form a pair
    :param time_limit: seconds after which the best plan found so far is given
    :param keep: pairs of each project to begin with; where not given, all up to 20,000
        in all, else the 60 best. Others join as soon as they could be of use.
    :raises ValueError: the same key twice, or more people fixed than places
    """
    start = monotonic()
    deadline = start + 0.97 * time_limit  # the rest is for writing the answer
    problem = Problem(projects, volunteers, forbidden, locked, apart)
    found = _method()(problem, deadline, keep)
    unpaired = {
        project.key: TIME if p in found.unseen else problem.why(p)
        for p, project in enumerate(problem.projects)
        if p not in found.plan
    }
    status = "partial" if found.unseen else "feasible"
    return Result(
        pairs=problem.pairs(found.plan),
        unpaired=unpaired,
        status="optimal" if found.proven else status,
        gap=found.gap,
        seconds=monotonic() - start,
    )


def _method():
    """The exact search where SciPy is installed, else the plain steps."""
    try:
        import scipy  # noqa: F401
        from scipy.optimize import linprog, milp  # noqa: F401
    except ImportError:
        return solve_plain
    from .pairing_exact import solve_exact

    return solve_exact
