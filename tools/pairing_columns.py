"""Every possible pair of a cohort as one column of a linear programme.

Needs NumPy and SciPy; only the exact search imports it. A column stands for "this
project with these people"; the rows say one column a project, and no more columns a
person than places left. A fixed place takes nothing from anybody: it is counted before.
"""

from dataclasses import dataclass

import numpy as np
from scipy.optimize import LinearConstraint, linprog, milp
from scipy.sparse import csr_matrix

from .pairing_value import BOTH_EXPERIENCED, MIXED

PART = 1e-6  # less than this of a column is nothing
LARGE = 2_000  # columns from which on the inner way is quicker than along the edges
REMEMBERED = 30_000_000  # columns; beyond, they are computed anew each time


@dataclass(frozen=True)
class Columns:
    """Columns side by side; people are places in ``Problem.people``.

    ``second`` is one beyond the last person where the project takes only one, and so
    are ``pays_first`` and ``pays_second`` for a place that is fixed.
    """

    project: np.ndarray
    first: np.ndarray
    second: np.ndarray
    pays_first: np.ndarray
    pays_second: np.ndarray
    coverage: np.ndarray
    small: np.ndarray

    def __len__(self):
        return len(self.project)

    def take(self, which):
        """These columns only: places, or one boolean a column."""
        return Columns(*(getattr(self, name)[which] for name in self.__annotations__))

    @classmethod
    def joined(cls, parts):
        """The columns of several parts, one after the other."""
        return cls(
            *(
                np.concatenate([getattr(part, name) for part in parts])
                for name in cls.__annotations__
            )
        )

    def unique(self):
        """Each column once."""
        names = np.stack((self.project, self.first, self.second))
        return self.take(np.unique(names, axis=1, return_index=True)[1])

    def group(self, j, nobody):
        """The people of one column, as a group of the problem."""
        return tuple(
            sorted(int(v) for v in (self.first[j], self.second[j]) if v != nobody)
        )


class Store:
    """The columns of each project, made when they are asked for."""

    def __init__(self, problem):
        self.problem = problem
        self.nobody = len(problem.people)
        self.experienced = np.array([p.experienced for p in problem.people] + [False])
        self._made = {}
        self._count = 0

    def __getitem__(self, p) -> Columns:
        if p in self._made:
            return self._made[p]
        columns = self._make(p)
        if self._count + len(columns) <= REMEMBERED:
            self._made[p] = columns
            self._count += len(columns)
        return columns

    def _make(self, p):
        first, second = self._people(p)
        columns = Columns(
            project=np.full(len(first), p, dtype=np.int32),
            first=first,
            second=second,
            pays_first=self._paying(p, first),
            pays_second=self._paying(p, second),
            coverage=self._coverage(p, first, second),
            small=self._small(p, first, second),
        )
        return columns.take(self._allowed(p, first, second))

    def _people(self, p):
        problem, size = self.problem, self.problem.projects[p].size
        if problem.fixed[p] is None:
            return np.empty((2, 0), dtype=np.int32)
        fixed = sorted(problem.fixed[p])
        free = np.array(
            [v for v in problem.candidates(p) if v not in problem.fixed[p]],
            dtype=np.int32,
        )
        if size - len(fixed) == 2:
            rows, columns = np.triu_indices(len(free), 1)
            return free[rows], free[columns]
        if size == len(fixed):
            free = np.array(fixed[1:] or [self.nobody], dtype=np.int32)
        held = fixed[0] if fixed else self.nobody
        return np.minimum(held, free), np.maximum(held, free)

    def _paying(self, p, people):
        fixed = self.problem.fixed[p]
        if not fixed:
            return people
        return np.where(np.isin(people, sorted(fixed)), self.nobody, people)

    def _coverage(self, p, first, second):
        found = self.problem.gains[p]
        width = len(self.problem.projects[p].needs)
        gains = np.zeros((self.nobody + 1, width), dtype=np.int64)
        for v, row in found.items():
            gains[v] = row
        total = np.zeros(len(first), dtype=np.int64)
        for need in range(width):
            total += np.maximum(gains[first, need], gains[second, need])
        return total

    def _small(self, p, first, second):
        alone = np.zeros(self.nobody + 1, dtype=np.int64)
        for v, small in self.problem.small[p].items():
            alone[v] = small
        one, other = self.experienced[first], self.experienced[second]
        pairs = second != self.nobody
        bonus = np.where(
            pairs,
            MIXED * (one ^ other) + BOTH_EXPERIENCED * (one & other),
            BOTH_EXPERIENCED * one,
        )
        return (alone[first] + alone[second] + bonus).astype(np.int16)

    def _allowed(self, p, first, second):
        project, people = self.problem.projects[p], self.problem.people
        good = np.ones(len(first), dtype=bool)
        for skill in project.mandatory:
            wanted = project.wanted(skill)
            has = np.array([v.skills.get(skill, 0) >= wanted for v in people] + [False])
            good &= has[first] | has[second]
        for names in self.problem.apart:
            places = [v for v, person in enumerate(people) if person.key in names]
            if len(places) == 2:
                good &= (first != places[0]) | (second != places[1])
        return good


@dataclass(frozen=True)
class AtLeast:
    """A former aim that is kept: the sum of ``values`` does not fall below ``least``.

    :param slack: what the solver may lose in rounding; less than the smallest
        difference between two sums
    """

    values: np.ndarray
    least: float
    slack: float = 0.0


@dataclass(frozen=True)
class Relaxed:
    """The relaxed programme: what one more of each row is worth, what it chooses.

    :param people: with a last 0 for the place that costs nothing
    :param used: places of the columns that it chooses, whole or in part
    """

    projects: np.ndarray
    people: np.ndarray
    kept: np.ndarray
    used: np.ndarray


@dataclass(frozen=True)
class Answer:
    """Columns chosen (None: nothing found), and what no choice can pass."""

    chosen: np.ndarray | None
    bound: float
    finished: bool


class Programme:
    """At most one column a project, no more than ``room`` columns a person."""

    def __init__(self, columns, projects, room, kept=()):
        self.columns = columns
        self.projects = projects
        self.people = len(room)
        # Large numbers are made small: the solver works to a fixed precision.
        self.scales = [max(1.0, np.abs(aim.values).max(initial=0)) for aim in kept]
        self.matrix, self.most = self._rows(np.asarray(room), kept)

    def _rows(self, room, kept):
        columns, count = self.columns, np.arange(len(self.columns))
        parts = [(columns.project, count)]
        for payer in (columns.pays_first, columns.pays_second):
            pays = payer < self.people
            parts.append((self.projects + payer[pays], count[pays]))
        rows, places = (np.concatenate(found) for found in zip(*parts, strict=True))
        values, most = [np.ones(len(rows))], [np.ones(self.projects), room]
        for number, (aim, scale) in enumerate(zip(kept, self.scales, strict=True)):
            rows = np.append(
                rows, np.full(len(count), self.projects + self.people + number)
            )
            places = np.append(places, count)
            values.append(-aim.values / scale)
            most.append([(aim.slack - aim.least) / scale])
        shape = (self.projects + self.people + len(kept), len(count))
        matrix = csr_matrix((np.concatenate(values), (rows, places)), shape=shape)
        return matrix, np.concatenate(most).astype(float)

    def relax(self, values, seconds) -> Relaxed | None:
        """The worth of each row, people being divisible; None if not found in time."""
        found = linprog(
            -values,
            A_ub=self.matrix,
            b_ub=self.most,
            method="highs-ipm" if len(values) > LARGE else "highs-ds",
            options={"time_limit": max(0.1, seconds)},
        )
        if found.status:
            return None
        worth = np.maximum(0, -found.ineqlin.marginals)
        edges = [self.projects, self.projects + self.people]
        projects, people, kept = np.split(worth, edges)
        used = np.flatnonzero(found.x > PART)
        return Relaxed(projects, np.append(people, 0.0), kept / self.scales, used)

    def solve(self, values, seconds) -> Answer:
        """The choice with the highest sum of values."""
        if seconds <= 0:
            return Answer(None, float("inf"), finished=False)
        found = milp(
            -values,
            integrality=np.ones(len(values)),
            bounds=(0, 1),
            constraints=LinearConstraint(self.matrix, -np.inf, self.most),
            options={"time_limit": seconds, "mip_rel_gap": 0},
        )
        chosen = None if found.x is None else np.flatnonzero(found.x > 0.5)
        bound = found.mip_dual_bound
        return Answer(
            chosen,
            float("inf") if bound is None else -bound,
            finished=found.status in (0, 2),
        )
