"""Among the plans that are equally good in what matters most: always the same one."""

from time import monotonic

import numpy as np

from .pairing_columns import AtLeast, Programme

DIGITS = 1e6  # as many ranks as one programme tells apart


class _NotProven(Exception):
    pass


def small_terms_and_load(problem, columns):
    """The small terms of each column and, where they are equal, the lower load."""
    load = np.array([person.load for person in problem.people] + [0])
    above = 2 * len(problem.projects) * (int(load.max()) + 1)
    together = load[columns.first] + load[columns.second]
    return columns.small.astype(float) * above - together


def break_ties(problem, columns, kept, plan, deadline) -> dict | None:
    """The plan that small terms, loads, waiting and keys single out.

    :param columns: all those that a best plan may hold
    :param kept: what was reached so far, as ``AtLeast``
    :returns: None where the time was too short
    """
    try:
        return _Ties(problem, columns, kept, plan, deadline).run()
    except _NotProven:
        return None


class _Ties:
    def __init__(self, problem, columns, kept, plan, deadline):
        self.problem = problem
        self.columns = columns
        self.kept = list(kept)
        self.deadline = deadline
        self.nobody = len(problem.people)
        self.room = np.array(problem.room)
        self.load = np.array([person.load for person in problem.people] + [0])
        self.chosen = self._places_of(plan)

    def run(self):
        self._raise_to(small_terms_and_load(self.problem, self.columns))
        self._highest_load()
        self._waiting()
        self._keys()
        columns = self.columns
        return {
            int(columns.project[j]): columns.group(j, self.nobody) for j in self.chosen
        }

    def _places_of(self, plan):
        found = [
            j
            for j, p in enumerate(self.columns.project)
            if plan.get(int(p)) == self.columns.group(j, self.nobody)
        ]
        return np.array(found, dtype=int)

    def _solve(self, values, room=None, columns=None, kept=None):
        """Places of the columns with the highest sum; None where nothing fits."""
        programme = Programme(
            self.columns if columns is None else columns,
            len(self.problem.projects),
            self.room if room is None else room,
            self.kept if kept is None else kept,
        )
        answer = programme.solve(values, self.deadline - monotonic())
        if not answer.finished:
            raise _NotProven
        return answer.chosen

    @staticmethod
    def _sure(chosen):
        """A plan is there: where the solver finds none, its precision was too low."""
        if chosen is None:
            raise _NotProven
        return chosen

    def _raise_to(self, values):
        """Choose the plans with the highest sum of these values."""
        if len(values) and (values != values[0]).any():
            self.chosen = self._sure(self._solve(values))
        self.kept.append(AtLeast(values, float(values[self.chosen].sum()), slack=0.5))

    def _highest_load(self):
        """Lower the highest load, one project at a time, as long as a plan is left."""
        fixed = np.array(self.problem.fixed_places)
        while True:
            highest = self._highest(fixed)
            self.room = self._room_up_to(highest, fixed)
            alone = ((self.load[:-1] + fixed)[fixed > 0]).max(initial=0)
            if highest <= max(alone, 1):
                return
            room = self._room_up_to(highest - 1, fixed)
            found = self._solve(np.zeros(len(self.columns)), room)
            if found is None:
                return
            self.chosen = found

    def _room_up_to(self, highest, fixed):
        """Places left to each person if nobody has more projects than this."""
        return np.clip(highest - self.load[:-1] - fixed, 0, self.room)

    def _highest(self, fixed):
        columns, counts = self.columns, fixed.copy()
        for payers in (columns.pays_first, columns.pays_second):
            people = payers[self.chosen]
            np.add.at(counts, people[people < self.nobody], 1)
        return int(((self.load[:-1] + counts) * (counts > 0)).max(initial=0))

    def _waiting(self):
        days = np.array([project.waiting_days for project in self.problem.projects])
        if len(np.unique(self.columns.project)) > len(self.chosen):
            self._raise_to(days[self.columns.project].astype(float))

    def _keys(self):
        """The smallest keys, project after project, several at a time."""
        columns = self.columns
        alive = np.ones(len(columns), dtype=bool)
        batch, product = [], 1
        for p in np.unique(columns.project):
            options = np.flatnonzero(columns.project == p)
            if len(options) == 1 and options[0] in self.chosen and self._all_needed:
                continue
            if batch and product * (len(options) + 1) > DIGITS:
                self._smallest(batch, alive)
                batch, product = [], 1
            batch.append(options)
            product *= len(options) + 1
        if batch:
            self._smallest(batch, alive)

    @property
    def _all_needed(self):
        return len(np.unique(self.columns.project)) == len(self.chosen)

    def _smallest(self, batch, alive):
        columns = self.columns
        values = np.zeros(len(columns))
        weight = 1
        for options in reversed(batch):
            order = np.lexsort((columns.second[options], columns.first[options]))
            values[options[order]] = weight * np.arange(len(options), 0, -1)
            weight *= len(options) + 1
        here = np.flatnonzero(alive)
        kept = [AtLeast(aim.values[here], aim.least, aim.slack) for aim in self.kept]
        found = self._solve(values[here], None, columns.take(here), kept)
        self.chosen = here[self._sure(found)]
        for options in batch:
            alive[options] = np.isin(options, self.chosen)
