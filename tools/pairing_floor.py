"""A good plan for a cohort by plain steps, where nothing proves the best one.

First each project in turn takes its best free pair; then people change places as long
as the whole gets better.
"""

from time import monotonic

from .pairing_problem import Found, Problem

LOOKED_AT = 60  # groups of a project that others are asked to make room for


def solve_plain(problem: Problem, deadline: float, keep: int | None = None) -> Found:
    """The plan of the plain steps; it says how far it may be from the best."""
    floor = Floor(problem, deadline=deadline, keep=keep)
    plan = floor.run()
    best = dict.fromkeys(range(len(problem.projects)), problem.scale)
    for p in best:
        if monotonic() > deadline:
            break
        group = next(iter(problem.best_groups(p, 1)), None)
        best[p] = None if group is None else problem.coverage(p, group)
    best = {p: coverage for p, coverage in best.items() if coverage is not None}
    unseen = frozenset(floor.unseen)
    return Found(plan, problem.worth(plan), problem.bounds(best), unseen=unseen)


class Floor:
    """One plan that only ever gets better.

    :param keep: groups of a project that others are asked to make room for
    :param patience: moment from which on it is only filled, not improved
    """

    def __init__(self, problem, plan=None, *, deadline, patience=None, keep=None):
        self.problem = problem
        self.deadline = deadline
        self.patience = deadline if patience is None else min(patience, deadline)
        self.keep = keep or LOOKED_AT
        self.plan = dict(plan or {})
        self.room = problem.rest(self.plan)
        self.unseen = set()

    def run(self) -> dict:
        """Fill, then improve until nothing changes or the time is over."""
        self._fill_all(self._fill_free, self.deadline)
        self._fill_all(self._fill_with_room, self.patience)
        while not self._late() and self._improve():
            self._fill_all(self._fill_with_room, self.patience)
        return self.plan

    def _late(self):
        return monotonic() > self.patience

    # ------------------------------------------------------------
    # Filling
    # ------------------------------------------------------------

    def _fill_all(self, fill, deadline):
        """Those with the fewest possibilities first, then those that wait longest."""
        problem = self.problem
        empty = [p for p in range(len(problem.projects)) if p not in self.plan]
        empty.sort(
            key=lambda p: (
                len(problem.allowed[p]),
                -problem.projects[p].waiting_days,
                p,
            )
        )
        for place, p in enumerate(empty):
            if monotonic() > deadline:
                if fill == self._fill_free:
                    self.unseen.update(empty[place:])
                return
            fill(p)

    def _fill_free(self, p):
        """The best pair of people who have room."""
        for group in self.problem.best_groups(p, 1, self.room):
            self._put(p, group)

    def _fill_with_room(self, p):
        """The best pair for which others can make room."""
        self._fill_free(p)
        if p in self.plan:
            return
        for group in self.problem.best_groups(p, self.keep):
            if self._make_room(p, group):
                self._put(p, group)
                return

    def _make_room(self, p, group):
        """Let others take over elsewhere what these people do, if they can."""
        moved = []
        for v in self.problem.chosen(p, group):
            if self.room[v] > 0:
                continue
            swap = self._replacement(v, p, group)
            if swap is None:
                for q, before in reversed(moved):
                    self._put(q, before)
                return False
            q, after = swap
            moved.append((q, self.plan[q]))
            self._put(q, after)
        return True

    def _replacement(self, v, p, group):
        """Another project of this person where somebody free does as well or nearly."""
        found = []
        for q, current in self.plan.items():
            if q == p or v not in self.problem.chosen(q, current):
                continue
            found += [
                (self.problem.order(q, after), q, after)
                for after in self._with_other(q, current, v)
                if not set(after) - set(current) & set(group)
            ]
        return min(found)[1:] if found else None

    def _with_other(self, q, current, v):
        """The groups of a project with somebody who has room instead of this one."""
        others = tuple(w for w in current if w != v)
        for w in self.problem.candidates(q):
            if self.room[w] > 0 and w not in current:
                after = tuple(sorted((*others, w)))
                if self.problem.may(q, after):
                    yield after

    def _put(self, p, group):
        for v in self.problem.chosen(p, self.plan.get(p, ())):
            self.room[v] += 1
        for v in self.problem.chosen(p, group):
            self.room[v] -= 1
        self.plan[p] = group

    # ------------------------------------------------------------
    # Improving
    # ------------------------------------------------------------

    def _improve(self):
        """One round over all the places; whether anything became better."""
        changed = False
        for p in sorted(self.plan):
            for v in self.problem.chosen(p, self.plan[p]):
                if self._late():
                    return changed
                if v in self.plan[p]:
                    changed |= self._improve_place(p, v)
        return changed

    def _improve_place(self, p, v):
        """The best change of this one place: somebody free, or a swap of two."""
        nothing = (0, 0, 0)
        best, moves = nothing, None
        for w in self.problem.candidates(p):
            if w in self.plan[p]:
                continue
            after = tuple(sorted(w if x == v else x for x in self.plan[p]))
            if not self.problem.may(p, after):
                continue
            gain = self._gain(p, after)
            options = self._swaps(v, w, p) if self.room[w] <= 0 else [None]
            for option in options:
                total = gain
                if option:
                    total = tuple(map(sum, zip(gain, self._gain(*option), strict=True)))
                if total > best:
                    best, moves = total, [(p, after), option]
        for move in filter(None, moves or []):
            self._put(*move)
        return moves is not None

    def _gain(self, p, after):
        value, now = self.problem.value, self.plan[p]
        pairs = zip(value(p, after), value(p, now), strict=True)
        return tuple(new - old for new, old in pairs)

    def _swaps(self, v, w, p):
        """The projects where ``v`` could take the place that ``w`` leaves."""
        for q, current in self.plan.items():
            if q == p or w not in self.problem.chosen(q, current) or v in current:
                continue
            if v in self.problem.gains[q]:
                after = tuple(sorted(v if x == w else x for x in current))
                if self.problem.may(q, after):
                    yield q, after
