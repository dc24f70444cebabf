"""The best plan for a cohort, with the proof that no other is better.

The relaxed programme (people being divisible) says what a place of each person is
worth. At these prices it is known what each column would miss, so that only columns
that could be part of a better plan enter the whole-numbered programme, and nothing that
is left out could change its answer.
"""

from collections.abc import Callable
from dataclasses import dataclass
from math import floor, gcd
from time import monotonic

import numpy as np

from .pairing_columns import AtLeast, Columns, Programme, Store
from .pairing_floor import Floor
from .pairing_problem import Found, Problem
from .pairing_ties import break_ties, small_terms_and_load

KEPT = 60  # columns of each project with which the search begins where there are many
ALL = 20_000  # columns up to which it begins with all of them
JOINING = 20  # columns of a project that join at a time
FEW, MANY = 3_000, 15_000  # columns of a quick and of a thorough whole-numbered search
BIGGEST = 1e6  # the solver does not tell larger coefficients apart
SURE = 1e-6


def solve_exact(problem: Problem, deadline: float, keep: int | None = None) -> Found:
    """The best plan, or the best one found in the time with an honest bound."""
    return _Search(problem, deadline, keep).run()


@dataclass(frozen=True)
class Measure:
    """Something that a plan has much or little of.

    :param of: gives the values of columns
    :param step: smallest difference between the sums of two plans
    :param slack: how far the solver may fall below a sum that is to be kept
    """

    of: Callable
    step: float = 1.0
    slack: float = 0.0


PAIRS = Measure(lambda columns: np.ones(len(columns)))
NO_MORE_PAIRS = Measure(lambda columns: -np.ones(len(columns)))


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
        self._improve(monotonic() + self.left(0.03))
        pairs, most = self.problem.bounds(self.best)
        if len(self.plan) < pairs:
            pairs = round(_Aim(self, PAIRS).climb().bound)
            self._improve(monotonic() + self.left(0.03))
        sure = len(self.plan) == pairs
        kept = [PAIRS, NO_MORE_PAIRS] if sure else [PAIRS]
        aim = _Aim(self, self.coverage, kept).climb()
        most = min(most, aim.bound * self.scale)
        unseen = self._unseen(aim)
        if unseen:
            pairs, most = self._loose_bounds()
        proven = sure and aim.proven and not unseen
        if proven and self.plan:
            proven = self._break_ties(aim)
        if not proven:
            self._improve(self.end)
        worth = self.problem.worth(self.plan)
        return Found(self.plan, worth, (pairs, most), proven, unseen)

    def _unseen(self, aim):
        """Projects for which the time was too short."""
        unseen = self.unread | (self.unfilled if aim.duals is None else set())
        return frozenset(unseen - self.plan.keys())

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

    def _improve(self, until):
        floor = Floor(self.problem, self.plan, deadline=self.end, patience=until)
        self.plan = floor.run()
        self.unfilled &= floor.unseen

    def _break_ties(self, aim):
        columns = aim.near(FEW)
        if columns is None:
            kept = [PAIRS, NO_MORE_PAIRS, self.coverage]
            aim = _Aim(self, self.details, kept).climb()
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


class _Aim:
    """One aim: the highest sum of a measure, former aims being kept."""

    def __init__(self, search, measure, kept=()):
        self.search = search
        self.measure = measure
        self.kept = [(each, search.sum(each) - each.slack) for each in kept]
        self.have = search.sum(measure)
        self.bound = self.priced = float("inf")
        self.duals = None

    @property
    def proven(self):
        """Whether no plan can be one step better."""
        step = self.measure.step
        top = floor(self.bound / step + SURE) * step
        return step > 1e3 * SURE and top <= self.have + step / 2

    def climb(self):
        """Prices first, then whole numbers: few columns, at last all that matter."""
        self._relax()
        for limit, share in ((FEW, 0.3), (MANY, 1.0)):
            if not self.proven and self.search.left():
                self._choose(limit, share)
        return self

    def near(self, limit, *, cut=False) -> Columns | None:
        """The columns that a plan as good as the best known may hold.

        :param cut: give the most promising where there are more; else None
        """
        if self.duals is None:
            return None
        parts, missing = [], []
        room = self.priced - self.have + SURE * max(1.0, self.priced)
        for p in self.search.best:
            columns = self.search.store[p]
            gain = self._gain(columns, self.duals)
            missed = max(0.0, gain.max()) - gain
            good = missed <= room
            parts.append(columns.take(good))
            missing.append(missed[good])
        count = sum(map(len, parts))
        if count > limit and not cut:
            return None
        found = Columns.joined(parts)
        if count > limit:
            found = found.take(np.argpartition(np.concatenate(missing), limit)[:limit])
        return found

    def _programme(self, columns):
        kept = [AtLeast(each.of(columns), least) for each, least in self.kept]
        problem = self.search.problem
        return Programme(columns, len(problem.projects), problem.room, kept)

    def _relax(self):
        """Add columns until the relaxed programme over all of them is solved."""
        if not self.search.best:
            self.bound = 0.0
            return
        parts = [*self.search.first, *self.search.plan_columns()]
        stop = monotonic() + self.search.left(0.5)
        while parts:
            active = Columns.joined(parts)
            duals = self._programme(active).relax(self.measure.of(active))
            if duals is None:
                return
            bound, joining = self._price(duals)
            if bound < self.priced:
                self.bound = self.priced = bound
                self.duals = duals
            if self.proven or not joining or monotonic() > stop:
                return
            parts = [active, *joining]

    def _gain(self, columns, duals):
        """What each column brings beyond the price of its people."""
        gain = self.measure.of(columns) - duals.people[columns.pays_first]
        gain -= duals.people[columns.pays_second]
        for (each, _least), worth in zip(self.kept, duals.kept, strict=True):
            if worth:
                gain += worth * each.of(columns)
        return gain

    def _price(self, duals):
        """The bound that these prices prove, and the columns that beat them."""
        bound = float(np.dot(duals.people[:-1], self.search.problem.room))
        for (_each, least), worth in zip(self.kept, duals.kept, strict=True):
            bound -= worth * least
        joining = []
        for p in self.search.best:
            columns = self.search.store[p]
            gain = self._gain(columns, duals)
            bound += max(0.0, float(gain.max()))
            better = np.flatnonzero(gain > duals.projects[p] + SURE)
            if len(better) > JOINING:
                better = better[np.argpartition(-gain[better], JOINING)[:JOINING]]
            if len(better):
                joining.append(columns.take(better))
        return bound, joining

    def _choose(self, limit, share):
        """The best whole-numbered plan among the nearest columns."""
        columns = self.near(limit, cut=True)
        if columns is None:
            return
        complete = len(columns) < limit
        answer = self._programme(columns).solve(
            self.measure.of(columns), self.search.left(share)
        )
        if answer.chosen is not None:
            self._take(columns, answer.chosen)
        if complete:
            reached = self.have if answer.finished else max(self.have, answer.bound)
            self.bound = min(self.bound, reached)

    def _take(self, columns, chosen):
        before = self.search.plan
        self.search.take(columns, chosen)
        kept = all(self.search.sum(each) >= least for each, least in self.kept)
        have = self.search.sum(self.measure)
        if kept and have > self.have:
            self.have = have
        else:
            self.search.plan = before
