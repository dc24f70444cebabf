"""One aim of the search for a cohort's pairs: the highest sum, and its proof.

The relaxed programme (people being divisible) says what a place of each person is
worth. At these prices it is known what each column would miss, so that only columns
that could be part of a better plan enter the whole-numbered programme, and nothing that
is left out could change its answer.
"""

from collections.abc import Callable
from dataclasses import dataclass
from math import floor
from time import monotonic

import numpy as np

from .pairing_columns import AtLeast, Columns, Programme

JOINING = 20  # columns of a project that join at a time
# Whole-numbered searches, from a quick one to a thorough one: columns a project, and
# share of the time left.
SEARCHES = ((6, 0.25), (30, 0.3), (80, 0.5))
SAMPLE = 8  # columns of each project, twice, with which a first plan is tried
FILLING = 0.05  # share of the time left to fill up what few columns left open
FEW, MANY = 300, 8_000  # columns of the smallest and of the largest of them
SURE = 1e-6


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


class Aim:
    """One aim: the highest sum of a measure, former aims being kept."""

    def __init__(self, search, measure, kept=()):
        self.search = search
        self.measure = measure
        self.kept = [(each, search.sum(each) - each.slack) for each in kept]
        self.have = search.sum(measure)
        self.bound = self.priced = float("inf")
        self.relaxed = self.used = None

    @property
    def proven(self):
        """Whether no plan can be one step better."""
        if self.bound == float("inf"):
            return False
        step = self.measure.step
        top = floor(self.bound / step + SURE) * step
        return step > 1e3 * SURE and top <= self.have + step / 2

    def climb(self):
        """Prices first, then whole numbers: few columns, at last all that matter."""
        self._relax()
        for each, share in SEARCHES:
            limit = min(max(each * len(self.search.best), FEW), MANY)
            if self.relaxed and not self.proven and self.search.left():
                self._choose(limit, share)
        return self

    def sample(self, share):
        """Look for a plan among some columns of each project, before any prices."""
        parts = list(self.search.plan_columns())
        for p in self.search.best:
            columns = self.search.store[p]
            chance = np.random.default_rng(p).integers(len(columns), size=SAMPLE)
            best = np.argpartition(-columns.coverage, min(SAMPLE, len(columns) - 1))
            parts.append(columns.take(np.append(chance, best[:SAMPLE])))
        self._choose_some(Columns.joined(parts).unique(), share)

    def near(self, limit) -> Columns | None:
        """The columns that a plan as good as the best known may hold; None if many."""
        columns, _missed = self._candidates()
        return columns if len(columns) <= limit else None

    def _candidates(self):
        """These columns, and what each of them misses at the prices found."""
        parts, missed = [], []
        room = self.priced - self.have + SURE * max(1.0, self.priced)
        for p in self.search.best:
            columns = self.search.store[p]
            gain = self._gain(columns, self.relaxed)
            below = max(0.0, gain.max()) - gain
            good = below <= room
            parts.append(columns.take(good))
            missed.append(below[good])
        return Columns.joined(parts), np.concatenate(missed)

    def _nearest(self, columns, missed, limit):
        """Those that miss least, among equals any, and those known to go together."""
        chance = np.random.default_rng(len(missed)).random(len(missed))
        order = np.argpartition(missed + SURE * chance, limit)[:limit]
        parts = [columns.take(order), self.used, *self.search.plan_columns()]
        return Columns.joined(parts).unique()

    def _programme(self, columns, kept=None):
        kept = self.kept if kept is None else kept
        kept = [AtLeast(each.of(columns), least) for each, least in kept]
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
            values, left = self.measure.of(active), self.search.left()
            relaxed = self._programme(active).relax(values, left)
            if relaxed is None:
                return
            bound, joining = self._price(relaxed)
            if bound < self.priced:
                self.bound = self.priced = bound
                self.relaxed, self.used = relaxed, active.take(relaxed.used)
            if self.proven or not joining or monotonic() > stop:
                return
            parts = [active, *joining]

    def _gain(self, columns, relaxed):
        """What each column brings beyond the price of its people."""
        gain = self.measure.of(columns) - relaxed.people[columns.pays_first]
        gain -= relaxed.people[columns.pays_second]
        for (each, _least), worth in zip(self.kept, relaxed.kept, strict=True):
            if worth:
                gain += worth * each.of(columns)
        return gain

    def _price(self, relaxed):
        """The bound that these prices prove, and the columns that beat them."""
        bound = float(np.dot(relaxed.people[:-1], self.search.problem.room))
        for (_each, least), worth in zip(self.kept, relaxed.kept, strict=True):
            bound -= worth * least
        joining = []
        for p in self.search.best:
            columns = self.search.store[p]
            gain = self._gain(columns, relaxed)
            bound += max(0.0, float(gain.max()))
            better = np.flatnonzero(gain > relaxed.projects[p] + SURE)
            if len(better) > JOINING:
                better = better[np.argpartition(-gain[better], JOINING)[:JOINING]]
            if len(better):
                joining.append(columns.take(better))
        return bound, joining

    def _choose(self, limit, share):
        """The best whole-numbered plan among the nearest columns."""
        columns, missed = self._candidates()
        if len(columns) > limit:
            self._choose_some(self._nearest(columns, missed, limit), share)
            return
        values, seconds = self.measure.of(columns), self.search.left(share)
        answer = self._programme(columns).solve(values, seconds)
        if answer.chosen is not None:
            self._take(columns, answer.chosen)
        reached = self.have if answer.finished else max(self.have, answer.bound)
        self.bound = min(self.bound, reached)

    def _choose_some(self, columns, share):
        """Among few columns nothing may reach all the pairs: the others fill up."""
        kept = [aim for aim in self.kept if aim[0] not in (PAIRS, NO_MORE_PAIRS)]
        values = self.measure.of(columns)
        if self.kept and not kept:
            values = values + 2 * values.max(initial=1.0)
        answer = self._programme(columns, kept).solve(values, self.search.left(share))
        if answer.chosen is not None:
            self._take(columns, answer.chosen, fill=True)

    def _take(self, columns, chosen, *, fill=False):
        """Keep the better of this plan and the one before."""
        before = self.search.plan
        self.search.take(columns, chosen)
        if fill:
            self.search.improve(self.search.left(FILLING))
        worth = self.search.problem.worth
        if worth(self.search.plan) < worth(before):
            self.search.plan = before
        self.have = self.search.sum(self.measure)
