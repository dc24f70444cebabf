"""Which cells of a published table stay hidden, so that no small group shows.

A figure about people is published as a total and as the sums of two breakdowns, rows
and columns (kind of project, territory). A cell of fewer than so many people is not
published; and whoever knows the total and the other cells, of both breakdowns, must
not be able to work out the figure of a small group either.

Rows and columns are the nodes of a graph, and each group of people in one row and one
column is an edge that weighs as many people; all hidden rows are one node, because
their sum is the total less the others, and so are all hidden columns. What can be
worked out from the published sums are then exactly the cuts of this graph (the row
space of a bipartite incidence matrix is its cut space): no group smaller than the
threshold shows if and only if every cut weighs at least the threshold.
"""

from collections import defaultdict
from dataclasses import dataclass

ROW, COLUMN = "row", "column"


@dataclass(frozen=True)
class Shown:
    """What may be published of one figure."""

    total: bool
    rows: frozenset
    columns: frozenset


def shown_cells(counts, threshold, hidden=((), ())):
    """The cells that may be published.

    :param counts: ``{(row, column): number of people}``
    :param threshold: the smallest group that may be published
    :param hidden: rows and columns that are not published anyway

    >>> sorted(shown_cells({("a", 1): 8, ("b", 1): 3, ("b", 2): 6}, 5).rows)
    ['a', 'b']
    >>> shown_cells({("a", 1): 8, ("b", 1): 3}, 5).rows
    frozenset()
    """
    counts = {cell: number for cell, number in counts.items() if number > 0}
    if not counts or sum(counts.values()) < threshold:
        return Shown(False, frozenset(), frozenset())
    table = _Table(counts)
    table.hide(*hidden)
    while (cut := table.lightest_cut())[0] < threshold:
        table.close(cut[1])
    return Shown(True, table.shown(ROW), table.shown(COLUMN))


class _Table:
    """The cells of two breakdowns, with those that are hidden."""

    def __init__(self, counts):
        self.counts = counts
        self.sizes = defaultdict(int)
        for (row, column), number in counts.items():
            self.sizes[ROW, row] += number
            self.sizes[COLUMN, column] += number
        self.hidden = set()

    def hide(self, rows, columns):
        cells = {(ROW, name) for name in rows} | {(COLUMN, name) for name in columns}
        self.hidden |= cells & set(self.sizes)

    def shown(self, side):
        return frozenset(
            name for kind, name in set(self.sizes) - self.hidden if kind == side
        )

    def _node(self, cell):
        """All hidden cells of a breakdown are one: only their sum can be known."""
        return (cell[0],) if cell in self.hidden else cell

    def lightest_cut(self):
        """Weight and one side of the lightest cut between connected nodes."""
        edges = defaultdict(lambda: defaultdict(int))
        for (row, column), number in self.counts.items():
            one, other = self._node((ROW, row)), self._node((COLUMN, column))
            edges[one][other] += number
            edges[other][one] += number
        cuts = [_lightest_cut(edges, part) for part in _parts(edges)]
        return min(cuts, key=lambda cut: (cut[0], _order(cut[1])))

    def close(self, side):
        """Hide so many cells that this cut is no longer there, as few people as can
        be: one cell on each side of the cut, in one of the breakdowns."""
        choices = []
        for kind in (ROW, COLUMN):
            inside, outside = self._smallest(kind, side)
            if inside is not None and outside is not None:
                choices.append(inside | outside)
        self.hidden |= min(
            choices,
            key=lambda cells: (sum(map(self.sizes.get, cells)), _order(cells)),
        )

    def _smallest(self, kind, side):
        """What to hide in a breakdown inside and outside of a cut: nothing more where
        a hidden cell is there already; None where the breakdown has no cell there."""
        found = []
        for inside in (True, False):
            nodes = [
                cell
                for cell in self.sizes
                if cell[0] == kind and (self._node(cell) in side) == inside
            ]
            if any(cell in self.hidden for cell in nodes):
                found.append(set())
            elif nodes:
                smallest = min(nodes, key=lambda c: (self.sizes[c], _order([c])))
                found.append({smallest})
            else:
                found.append(None)
        return found


def _order(nodes):
    """The same choice whatever the order of the question."""
    return sorted(map(repr, nodes))


def _parts(edges):
    """The connected parts of a graph."""
    left, parts = set(edges), []
    while left:
        part, ahead = set(), [min(left, key=repr)]
        while ahead:
            node = ahead.pop()
            if node not in part:
                part.add(node)
                ahead += edges[node]
        left -= part
        parts.append(sorted(part, key=repr))
    return parts


def _lightest_cut(edges, nodes):
    """Stoer and Wagner: the lightest cut of a connected graph of at least two nodes."""
    weights = {node: dict(edges[node]) for node in nodes}
    groups = {node: {node} for node in nodes}
    best = None
    while len(weights) > 1:
        before, last, weight = _last_two(weights)
        if best is None or weight < best[0]:
            best = weight, frozenset(groups[last])
        groups[before] |= groups.pop(last)
        for node, number in weights.pop(last).items():
            weights[node].pop(last)
            if node != before:
                weights[before][node] = weights[before].get(node, 0) + number
                weights[node][before] = weights[before][node]
    return best


def _last_two(weights):
    """The two nodes that are reached last, most tightly bound first."""
    pull = dict.fromkeys(sorted(weights, key=repr), 0)
    order = []
    while pull:
        node = max(pull, key=pull.get)
        order.append((node, pull.pop(node)))
        for other, number in weights[node].items():
            if other in pull:
                pull[other] += number
    (before, _pull), (last, weight) = order[-2:]
    return before, last, weight
