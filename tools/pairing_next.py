"""The next best pairs for one project of a plan, and what they cost elsewhere."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, replace

from .pairing_rank import rank_pairs
from .pairing_value import Pair, scale_of

LOOKED_AT = 12  # best pairs among which those that cost least come first


@dataclass(frozen=True)
class Alternative:
    """Another pair for a project.

    :param changes: ``{key of another project: the pair it would have then}``, None
        where it would have none any more; empty when nobody else is concerned
    """

    pair: Pair
    changes: Mapping


def next_pairs(
    key, pairs, projects, volunteers, *, forbidden=(), locked=(), apart=(), limit=3
) -> list[Alternative]:
    """The best pairs for a project besides the one it has, with their price elsewhere.

    Whoever is needed for it leaves the project that loses least, where somebody who
    has room takes over; the rest of the plan stays as it is.

    :param key: the project
    :param pairs: the plan, as ``solve`` gave it
    :param limit: how many
    """
    plan = _Plan(pairs, projects, volunteers, forbidden, locked, apart)
    own = plan.pairs.get(key)
    found = [
        Alternative(pair, plan.changes(key, pair))
        for pair in plan.rank(key, plan.people_for(key), limit=LOOKED_AT + 1)
        if own is None or pair.volunteers != own.volunteers
    ]
    return sorted(found, key=plan.price)[:limit]


class _Plan:
    def __init__(self, pairs, projects, volunteers, forbidden, locked, apart):
        self.projects = {project.key: project for project in projects}
        self.people = {person.key: person for person in volunteers}
        self.pairs = {pair.project: pair for pair in pairs}
        self.forbidden = list(forbidden)
        self.locked = {(p, v) for p, v in locked if p in self.projects}
        self.apart = list(apart)
        self.scale = scale_of(self.projects.values())

    def rank(self, key, people, fixed=(), limit=1):
        """The best pairs of these people for a project, those fixed on it included."""
        locked = {(p, v) for p, v in self.locked if p == key}
        return rank_pairs(
            self.projects[key],
            people,
            forbidden=self.forbidden,
            locked=locked | {(key, v) for v in fixed},
            apart=self.apart,
            limit=limit,
            scale=self.scale,
        )

    def people_for(self, key):
        """Everybody, with the places that the people fixed elsewhere leave."""
        taken = Counter(v for p, v in self.locked if p != key)
        return [self._with(person, taken) for person in self.people.values()]

    def changes(self, key, pair):
        """What the other projects would have if this one took this pair."""
        plan = dict(self.pairs) | {key: pair}
        changes = {}
        for name in pair.volunteers:
            if self._room(plan, name) >= 0 or (key, name) in self.locked:
                continue
            options = [
                (self._loss(plan, q, after), str(q), q, after)
                for q, after in self._replacements(plan, key, name)
            ]
            _loss, _order, q, after = min(options, key=lambda option: option[:2])
            changes[q] = after
            plan = {p: other for p, other in plan.items() if p != q}
            if after:
                plan[q] = after
        return changes

    def price(self, option):
        """Sort key: what the project gains, then how little the others lose."""
        alone = sum(after is None for after in option.changes.values())
        lost = sum(
            self.pairs[q].score - after.score
            for q, after in option.changes.items()
            if after
        )
        return (-option.pair.sheet["coverage"], alone, lost)

    def _replacements(self, plan, key, name):
        """``(project, its pair without this person)`` for each that could let go."""
        for q, current in plan.items():
            if q == key or name not in current.volunteers or (q, name) in self.locked:
                continue
            others = {p: pair for p, pair in plan.items() if p != q}
            taken = self._taken(others)
            free = [
                self._with(person, taken)
                for person in self.people.values()
                if person.key != name
            ]
            kept = [v for v in current.volunteers if v != name]
            after = self.rank(q, free, fixed=kept) or self.rank(q, free)
            yield q, after[0] if after else None

    def _loss(self, plan, q, after):
        if after is None:
            return (1, plan[q].score)
        return (0, plan[q].score - after.score)

    def _taken(self, plan):
        """Places in this plan, by person; one fixed on a project is always taken."""
        places = {(p, v) for p, pair in plan.items() for v in pair.volunteers}
        return Counter(v for _p, v in places | self.locked)

    def _room(self, plan, name):
        return self.people[name].free - self._taken(plan)[name]

    @staticmethod
    def _with(person, taken):
        return replace(person, capacity=person.capacity - taken[person.key])
