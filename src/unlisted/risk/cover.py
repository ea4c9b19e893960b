"""The cheapest names that meet every set (weighted hitting set), exact.

First what need not be looked at is taken away (sets that hold another one, names that a cheaper one can stand for, names that are
the last of a set), then each part that shares no name with the rest is solved alone (see `search`). It needs no solver.
"""

from __future__ import annotations

import heapq
import math
import time
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from unlisted.risk.search import Names, search

MAX_WORK = 30_000_000
"""Sets that are priced, again and again, before the best found so far is taken: the same on every machine."""


@dataclass(slots=True)
class Budget:
    """How much more may be looked at: a count, and a moment on the clock for machines slower than any we know."""

    work: int = MAX_WORK
    end: float = math.inf

    def spend(self, number: int) -> bool:
        """Whether there was still room for so much."""
        self.work -= number
        return self.work >= 0 and time.monotonic() <= self.end


@dataclass(frozen=True, slots=True)
class Choice:
    """The names chosen, what they cost, and whether nothing cheaper exists."""

    actions: Names
    cost: int
    proven: bool


def hitting(sets: Iterable[Names], cost: Mapping[str, int], budget: Budget) -> Choice:
    """The cheapest names that meet every set; no set is empty. At the end of the budget it is the best found so far."""
    forced, rest = reduced(sets, cost)
    chosen, proven = set(forced), True
    for part in parts(rest):
        best, whole = search(part, cost, greedy(part, cost), budget.spend)
        chosen |= best
        proven = proven and whole
    return Choice(frozenset(chosen), sum(cost[name] for name in chosen), proven)


def reduced(sets: Iterable[Names], cost: Mapping[str, int]) -> tuple[Names, list[Names]]:
    """(names that a cheapest answer takes, the sets that they leave), until nothing more can be taken away."""
    forced, rest = frozenset[str](), smallest(sets)
    while True:
        forced |= frozenset[str]().union(*(one for one in rest if len(one) == 1))
        unmet = [one for one in rest if not one & forced]
        useful = undominated(unmet, cost)
        fewer = smallest(one & useful for one in unmet)
        if fewer == rest:
            return forced, rest
        rest = fewer


def smallest(sets: Iterable[Names]) -> list[Names]:
    """The sets that hold no other one, in a fixed order."""
    kept: list[Names] = []
    by_name: dict[str, list[Names]] = defaultdict(
        list
    )  # each kept set under one of its names: who holds it, holds that
    for one in sorted(set(sets), key=lambda one: (len(one), sorted(one))):
        if not any(other <= one for name in ("", *one) for other in by_name[name]):
            kept.append(one)
            by_name[min(one, default="")].append(one)
    return kept


def met_by(sets: Sequence[Names]) -> dict[str, frozenset[int]]:
    """Name to the numbers of the sets that it meets."""
    found: dict[str, set[int]] = defaultdict(set)
    for number, one in enumerate(sets):
        for name in one:
            found[name].add(number)
    return {name: frozenset(numbers) for name, numbers in found.items()}


def undominated(sets: Sequence[Names], cost: Mapping[str, int]) -> Names:
    """The names for which no other one can stand that costs no more and meets at least as much."""
    met = met_by(sets)
    kept: list[str] = []
    for name in sorted(met, key=lambda name: (cost[name], -len(met[name]), name)):
        rivals = (other for other in kept if met[name] <= met[other])
        if not any(rivals):
            kept.append(name)
    return frozenset(kept)


def parts(sets: Sequence[Names]) -> list[list[Names]]:
    """The sets in groups that share no name."""
    groups: list[tuple[set[str], list[Names]]] = []
    for one in sets:
        names, members = set(one), [one]
        apart = []
        for group in groups:
            if group[0] & names:
                names |= group[0]
                members = group[1] + members
            else:
                apart.append(group)
        groups = [*apart, (names, members)]
    return [members for _, members in groups]


def greedy(sets: Sequence[Names], cost: Mapping[str, int]) -> Names:
    """A first answer: again and again the name that meets most for its cost, then without those that are not needed."""
    met = {
        name: sum(1 << number for number in numbers) for name, numbers in met_by(sets).items()
    }  # as bits: quick to count
    left, chosen = (1 << len(sets)) - 1, list[str]()

    def turn(name: str) -> tuple[float, int, str]:
        return -(met[name] & left).bit_count() / max(cost[name], 1), cost[name], name

    heap = [turn(name) for name in met]
    heapq.heapify(heap)
    while left:
        best = heap[0][2]
        now = turn(best)
        if now != heap[0]:  # it meets less than when it was counted; no other one meets more than it did
            heapq.heapreplace(heap, now)
            continue
        chosen.append(best)
        left &= ~met[best]
    return pruned(sets, frozenset(chosen), cost)


def pruned(sets: Sequence[Names], chosen: Names, cost: Mapping[str, int]) -> Names:
    """The names without those that no set needs, the dearest left out first."""
    times = [len(one & chosen) for one in sets]
    met = met_by([one & chosen for one in sets])
    if 0 in times:
        return chosen
    for name in sorted(chosen, key=lambda name: (-cost[name], name)):
        numbers = met.get(name, frozenset())
        if all(times[number] > 1 for number in numbers):
            chosen -= {name}
            for number in numbers:
                times[number] -= 1
    return chosen
