"""The best plan for a cohort, with the proof that no other is better.

Aim after aim: most pairs, most coverage, then what breaks ties. Needs NumPy and SciPy.
"""

from math import gcd
from time import monotonic

import numpy as np

from .pairing_aim import MANY, NO_MORE_PAIRS, PAIRS, SURE, Aim, Measure
from .pairing_columns import AtLeast, Columns, Store
from .pairing_floor import Floor
from .pairing_problem import Found, Problem
from .pairing_ties import break_ties, small_terms_and_load

KEPT = 60  # columns of each project with which the search begins where there are many
ALL = 20_000  # columns up to which it begins with all of them
BIGGEST = 1e6  # the solver does not tell larger coefficients apart


def solve_exact(problem: Problem, deadline: float, keep: int | None = None) -> Found:
    """The best plan, or the best one found in the time with an honest bound."""
    return _Search(problem, deadline, keep).run()


class _Search:
    """All the aims in their order: pairs, coverage, then what breaks ties."""

    def __init__(self, problem, deadline, keep):
        self.problem = problem
        self.store = Store(problem)
        self.end = deadline
        # The last tenth is to improve what is not proven.
        self.deadline = deadline - (deadline - monotonic()) / 10
        self.best = {}
        self.unread = set(range(len(problem.projects)))
        self.unfilled = set(self.unread)
        unit = self._read_all()
        scale = max(1.0, problem.scale / unit / BIGGEST) * unit
        self.scale = scale
        step = unit / scale
        self.coverage = Measure(lambda c: c.coverage / scale, step, step / 2)
        self.details = Measure(self._details, slack=0.5)
        self.first = self._first_columns(keep)
        self.plan = {}

    def left(self, share=1.0):
        """Seconds left, or a share of them."""
        return max(0.0, self.deadline - monotonic()) * share

    def run(self) -> Found:
        """Aim after aim, as far as the time allows."""
        self.improve(self.left(0.03))
        pairs, most = self.problem.bounds(self.best)
        if len(self.plan) < pairs:
            Aim(self, self.coverage, [PAIRS]).sample(0.2)
        if len(self.plan) < pairs:
            pairs = int(min(pairs, Aim(self, PAIRS).climb().bound + SURE))
            self.improve(self.left(0.03))
        sure = len(self.plan) == pairs
        kept = [PAIRS, NO_MORE_PAIRS] if sure else [PAIRS]
        aim = Aim(self, self.coverage, kept).climb()
        most = min(most, aim.bound * self.scale)
        unseen = frozenset((self.unread | self.unfilled) - self.plan.keys())
        if unseen:
            pairs, most = self._loose_bounds()
        proven = sure and aim.proven and not unseen
        if proven and self.plan:
            proven = self._break_ties(aim)
        if not proven:
            self.improve(self.end - monotonic())
        worth = self.problem.worth(self.plan)
        return Found(self.plan, worth, (pairs, most), proven, unseen)

    def _loose_bounds(self):
        """What holds whatever the projects that were not read may have."""
        problem = self.problem
        unread = {p: problem.scale for p in self.unread if problem.fixed[p] is not None}
        return problem.bounds(self.best | unread)

    def sum(self, measure):
        """What the plan has of this."""
        parts = list(self.plan_columns())
        return float(measure.of(Columns.joined(parts)).sum()) if parts else 0.0

    def plan_columns(self):
        """The columns of the plan."""
        for p, group in self.plan.items():
            columns = self.store[p]
            second = group[1] if len(group) == 2 else self.store.nobody
            yield columns.take((columns.first == group[0]) & (columns.second == second))

    def _details(self, columns):
        """Small terms, then the load, in one number."""
        return small_terms_and_load(self.problem, columns)

    def take(self, columns, chosen):
        """Make these columns the plan."""
        self.plan = {
            int(columns.project[j]): columns.group(j, self.store.nobody) for j in chosen
        }

    def _read_all(self):
        unit = 0
        for p in range(len(self.problem.projects)):
            if not self.left():
                break
            self.unread.remove(p)
            columns = self.store[p]
            if len(columns):
                unit = gcd(unit, int(np.gcd.reduce(columns.coverage)))
                self.best[p] = int(columns.coverage.max())
        return unit or 1

    def _first_columns(self, keep):
        """Where the search begins."""
        found = {p: self.store[p] for p in self.best}
        every = sum(map(len, found.values())) <= ALL and keep is None
        if every:
            return list(found.values())
        return [columns.take(self._top(columns, keep)) for columns in found.values()]

    def _top(self, columns, count):
        order = np.lexsort((columns.first, -columns.small, -columns.coverage))
        return order[: count or KEPT]

    def improve(self, seconds):
        """Fill what is open, then improve for so long by plain steps."""
        until = monotonic() + seconds
        floor = Floor(self.problem, self.plan, deadline=self.end, patience=until)
        self.plan = floor.run()
        self.unfilled &= floor.unseen

    def _break_ties(self, aim):
        columns = aim.near(MANY // 4)
        if columns is None:
            kept = [PAIRS, NO_MORE_PAIRS, self.coverage]
            aim = Aim(self, self.details, kept).climb()
            columns = aim.near(MANY) if aim.proven else None
        if columns is None:
            return False
        kept = [
            AtLeast(each.of(columns), self.sum(each), each.slack)
            for each in (PAIRS, self.coverage)
        ]
        found = break_ties(self.problem, columns, kept, self.plan, self.end)
        if found is not None:
            self.plan = found
        return found is not None
