"""Branch and bound for the cheapest names that meet every set, on a table of sets by names.

At each node prices for the sets are moved up the slope of the Lagrangian (a bound close to that of the linear problem), names
that these prices rule in or out are settled, and one more name is taken or barred. Prices try answers of their own, so good ones
come early.

All numbers are whole (prices in thousandths) and below 2**53: sums do not depend on their order, and every machine gives the same.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]
Names = frozenset[str]
Spend = Callable[[int], bool]

SCALE = 1_000
"""Prices are whole thousandths of a cost."""
ROOT_STEPS, STEPS = 400, 30
"""Moves of the prices at the first node and at each later one."""
PATIENCE = 12
"""Moves without a better bound after which the stride is halved."""
SHORTEST = 0.01
"""A stride below this moves nothing any more."""
ANSWERS = 10
"""Of so many moves one tries an answer."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """Which name (column) meets which set (row), as 0 and 1; what each name costs."""

    names: tuple[str, ...]
    meets: Floats
    cost: Floats

    @classmethod
    def of(cls, sets: Sequence[Names], cost: Mapping[str, int]) -> Table:
        """The table of these sets."""
        names = tuple(sorted(frozenset[str]().union(*sets)))
        at = {name: number for number, name in enumerate(names)}
        meets = np.zeros((len(sets), len(names)))
        for row, one in enumerate(sets):
            meets[row, [at[name] for name in one]] = 1
        return cls(names=names, meets=meets, cost=np.array([cost[name] for name in names], np.float64))


@dataclass(frozen=True, slots=True, kw_only=True)
class Node:
    """A partial choice: rows not yet met, columns that may still be taken, those taken; the prices of all rows."""

    rows: Ints
    columns: Ints
    taken: tuple[int, ...]
    prices: Floats


@dataclass(frozen=True, slots=True, kw_only=True)
class Bound:
    """What the best prices say: the least cost (scaled), what each column costs beyond what it earns, how often it was wanted."""

    value: float
    reduced: Floats
    wanted: Floats
    prices: Floats


@dataclass(slots=True)
class Best:
    """The cheapest answer so far."""

    taken: tuple[int, ...]
    cost: float

    def offer(self, table: Table, taken: Sequence[int]) -> None:
        """Takes an answer that is cheaper, without what it does not need."""
        slim = pruned(table, taken)
        cost = float(table.cost[list(slim)].sum())
        if cost < self.cost:
            self.taken, self.cost = slim, cost


def pruned(table: Table, taken: Sequence[int]) -> tuple[int, ...]:
    """The columns without those that no row needs, the dearest left out first."""
    kept = list(taken)
    times = table.meets[:, kept].sum(1)
    for column in sorted(taken, key=lambda column: (-table.cost[column], column)):
        less = times - table.meets[:, column]
        if less.min(initial=1) >= 1:
            times = less
            kept.remove(column)
    return tuple(kept)


def settled(table: Table, node: Node) -> Node | None:
    """The node with the last columns of its rows taken; None where a row has no column left.

    (Looking here again for rows and columns that others stand for costs more than it saves: `cover` has done it once.)
    """
    while len(node.rows):
        here = table.meets[np.ix_(node.rows, node.columns)]
        choices = here.sum(1)
        if choices.min() < 1:
            return None
        last = node.columns[here[choices == 1].any(0)]
        if not len(last):
            break
        node = take(table, node, last)
    return node


def take(table: Table, node: Node, columns: Ints) -> Node:
    """The node once these columns are taken."""
    unmet = table.meets[np.ix_(node.rows, columns)].sum(1) == 0
    return Node(
        rows=node.rows[unmet],
        columns=node.columns[~np.isin(node.columns, columns)],
        taken=(*node.taken, *columns.tolist()),
        prices=node.prices,
    )


def bar(node: Node, columns: Ints) -> Node:
    """The node once these columns are barred."""
    left = node.columns[~np.isin(node.columns, columns)]
    return Node(rows=node.rows, columns=left, taken=node.taken, prices=node.prices)


def bounded(table: Table, node: Node, best: Best, steps: int) -> Bound:
    """The best bound that so many moves of the prices find; tries answers on the way."""
    here, cost = table.meets[np.ix_(node.rows, node.columns)], table.cost[node.columns] * SCALE
    spent = float(table.cost[list(node.taken)].sum())
    wanted, stride, still = np.zeros(len(cost)), 1.0, 0
    prices = node.prices[node.rows]
    top = Bound(value=-np.inf, reduced=cost, wanted=wanted, prices=prices)
    for move in range(steps):
        reduced = cost - prices @ here
        picked = reduced < 0
        wanted += picked
        value = float(prices.sum() + reduced[picked].sum())
        still += 1
        if value > top.value:
            top, still = Bound(value=value, reduced=reduced, wanted=wanted, prices=prices), 0
        if move % ANSWERS == 0:
            best.offer(table, (*node.taken, *node.columns[filled(here, cost, reduced)].tolist()))
        if still >= PATIENCE:
            prices, stride, still = top.prices, stride / 2, 0
        missing = 1 - here[:, picked].sum(1)
        steepness = float((missing * missing).sum())
        gap = (best.cost - spent) * SCALE - top.value
        if not steepness or stride < SHORTEST or gap < SCALE:
            break
        prices = np.maximum(0.0, np.floor(prices + stride * gap / steepness * missing))
    return top


def filled(here: Floats, cost: Floats, reduced: Floats) -> Ints:
    """An answer near the prices: what they want, then again and again what meets most for what it costs beyond its earnings."""
    chosen = reduced <= 0
    unmet = here[:, chosen].sum(1) == 0
    price = np.maximum(reduced, 1.0)
    while unmet.any():
        gain = here[unmet].sum(0)
        best = int(np.lexsort((np.arange(len(cost)), cost, -gain / price))[0])
        chosen[best] = True
        unmet &= here[:, best] == 0
    return np.flatnonzero(chosen)


def branches(table: Table, node: Node, best: Best, steps: int) -> list[Node]:
    """What is left to look at below a settled node; the last one first."""
    if not len(node.rows):
        best.offer(table, node.taken)
        return []
    bound = bounded(table, node, best, steps)
    spent = float(table.cost[list(node.taken)].sum())
    room = (best.cost - 1 - spent) * SCALE - bound.value
    if room < 0:
        return []
    prices = node.prices.copy()
    prices[node.rows] = bound.prices
    node = Node(rows=node.rows, columns=node.columns, taken=node.taken, prices=prices)
    out, wanted = bound.reduced > room, -bound.reduced > room
    if out.any() or wanted.any():
        return [take(table, bar(node, node.columns[out]), node.columns[wanted])]
    share = bound.wanted / max(1.0, bound.wanted.max())
    turn = np.lexsort((np.abs(bound.reduced), np.abs(share - 0.5)))[:1]
    return [bar(node, node.columns[turn]), take(table, node, node.columns[turn])]


def first_prices(table: Table) -> Floats:
    """Each row is worth what its cheapest column costs for each row that it meets."""
    each = np.where(table.meets > 0, table.cost * SCALE / np.maximum(1, table.meets.sum(0)), np.inf)
    out: Floats = np.floor(each.min(1))
    return out


def search(sets: Sequence[Names], cost: Mapping[str, int], first: Names, spend: Spend) -> tuple[Names, bool]:
    """(the best names, whether nothing cheaper exists). `first` is an answer; `spend` grants so much more to look at, or not."""
    table = Table.of(sets, cost)
    at = {name: number for number, name in enumerate(table.names)}
    best = Best(tuple(sorted(at[name] for name in first)), float(sum(cost[name] for name in first)))
    rows, columns = np.arange(len(sets)), np.arange(len(table.names))
    stack, steps, proven = [Node(rows=rows, columns=columns, taken=(), prices=first_prices(table))], ROOT_STEPS, True
    while stack and proven:
        node = settled(table, stack.pop())
        if node is not None:
            proven = spend(steps * len(node.rows))
            stack += branches(table, node, best, steps) if proven else []
            steps = STEPS
    return frozenset(table.names[column] for column in best.taken), proven
