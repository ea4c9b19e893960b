"""The cheapest set of actions after which no way in remains.

Exact by a lazy hitting set: find a chain that the chosen actions leave open, ask for one of the actions that close it,
choose the cheapest set that answers all that was asked, and look again. The choice is a branch and bound of our own:
small enough to read, and it needs no solver.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from unlisted.model import Action, Graph, Plan, Step, WayIn
from unlisted.risk import ways

MAX_NODES = 200_000
"""Partial choices that one search looks at before it takes the best found so far: the same on every machine."""
SECONDS = 10.0
"""A second bound, on the clock, for machines that are slower than any we know."""


@dataclass(frozen=True, slots=True)
class Choice:
    """The actions chosen, what they cost, and whether nothing cheaper exists."""

    actions: frozenset[str]
    cost: int
    proven: bool


def closers(steps: Sequence[Step] | frozenset[Step], actions: Sequence[Action]) -> frozenset[str]:
    """The actions that break a chain."""
    via = {step.via for step in steps}
    return frozenset(action.id for action in actions if action.cuts & via)


def steps_left(graph: Graph, done: frozenset[str]) -> list[Step]:
    """The steps that still work after these actions."""
    cut = frozenset[str]().union(*(action.cuts for action in graph.actions if action.id in done))
    return [step for step in graph.steps if step.via not in cut]


def uncovered(graph: Graph, done: frozenset[str], skip: frozenset[str]) -> frozenset[Step] | None:
    """A chain that these actions leave open, towards a goal that is not skipped."""
    left = steps_left(graph, done)
    for goal in sorted(graph.goals - skip):
        if found := ways.chain(graph.starts, left, goal):
            return found
    return None


def hitting(sets: Sequence[frozenset[str]], cost: dict[str, int], stop: Callable[[], bool]) -> Choice:
    """The cheapest actions that meet every set: branch on the smallest unmet set, bound by disjoint sets' cheapest members."""
    best = greedy(sets, cost)
    best_cost, proven, nodes = sum(cost[name] for name in best), True, 0
    stack: list[tuple[frozenset[str], frozenset[str]]] = [(frozenset(), frozenset())]
    while stack:
        chosen, barred = stack.pop()
        nodes += 1
        if nodes > MAX_NODES or stop():
            proven = False
            break
        open_sets = [one - barred for one in sets if not one & chosen]
        spent = sum(cost[name] for name in chosen)
        if not open_sets:
            if spent < best_cost:
                best, best_cost = chosen, spent
            continue
        if not all(open_sets) or spent + least(open_sets, cost) >= best_cost:
            continue
        branch = min(open_sets, key=lambda one: (len(one), sorted(one)))
        names = sorted(branch, key=lambda name: (cost[name], name))
        turns = range(len(names) - 1, -1, -1)
        stack.extend((chosen | {names[turn]}, barred | frozenset(names[:turn])) for turn in turns)
    return Choice(best, best_cost, proven)


def least(sets: Sequence[frozenset[str]], cost: dict[str, int]) -> int:
    """A cost that no answer can be below: disjoint sets each need a member of their own."""
    total, used = 0, set[str]()
    for one in sorted(sets, key=len):
        if not one & used:
            total += min(cost[name] for name in one)
            used |= one
    return total


def greedy(sets: Sequence[frozenset[str]], cost: dict[str, int]) -> frozenset[str]:
    """A first answer: again and again the action that meets most sets for its cost."""
    left, chosen = list(sets), set[str]()
    while left:
        names = sorted({name for one in left for name in one})
        best = max(names, key=lambda name: (sum(name in one for one in left) / max(cost[name], 1), -cost[name]))
        chosen.add(best)
        left = [one for one in left if best not in one]
    return frozenset(chosen)


def choose(graph: Graph, stop: Callable[[], bool]) -> Choice:
    """The cheapest choice; goals that no set of actions can close are left out of it."""
    cost = {action.id: action.cost for action in graph.actions}
    every = frozenset(cost)
    hopeless = frozenset(goal for goal in graph.goals if goal in ways.reached(graph.starts, steps_left(graph, every)))
    sets: list[frozenset[str]] = []
    choice = Choice(frozenset(), 0, proven=True)
    proven = True
    while (found := uncovered(graph, choice.actions, hopeless)) is not None:
        sets.append(closers(found, graph.actions))
        choice = hitting(sets, cost, stop)
        proven = proven and choice.proven
    return Choice(choice.actions, choice.cost, proven)


def ordered(graph: Graph, chosen: frozenset[str], found: Sequence[WayIn]) -> tuple[tuple[str, ...], tuple[int, ...]]:
    """The actions by ways closed per minute, quieter ones first on a tie, and how many ways each closes in its turn."""
    by_id = {action.id: action for action in graph.actions if action.id in chosen}
    left, order, closes = list(found), [], []
    turn = {action.id: number for number, action in enumerate(graph.actions)}
    while by_id:
        best = max(by_id.values(), key=lambda action: (*worth(action, left), -turn[action.id]))
        order.append(best.id)
        closes.append(closed(best, left))
        left = [way for way in left if not best.cuts & set(way.via)]
        del by_id[best.id]
    return tuple(order), tuple(closes)


def worth(action: Action, left: Sequence[WayIn]) -> tuple[float, int, int, int]:
    """By what the next action is chosen: ways closed per minute, then how quiet it is, then ways to the home, then all."""
    to_home = [way for way in left if way.goal == "home"]
    loud = action.cost // action.minutes
    return closed(action, left) / action.minutes, -loud, closed(action, to_home), closed(action, left)


def closed(action: Action, left: Sequence[WayIn]) -> int:
    """How many of these ways in an action closes."""
    return sum(bool(action.cuts & set(way.via)) for way in left)


def cheapest(graph: Graph, *, seconds: float = SECONDS) -> Plan:
    """The cheapest plan for a graph.

    Cost is the sum of minutes times 1, 1, 2 or 4 for who notices. Goals that no set of actions closes are left out of
    the choice and their ways stand in `open`. `proven` is False where a bound came first: then it is the cheapest found so far.
    """
    end = time.monotonic() + seconds
    choice = choose(graph, lambda: time.monotonic() > end)
    found = ways.ways_in(graph)
    actions, closes = ordered(graph, choice.actions, found)
    done = frozenset[str]().union(*(action.cuts for action in graph.actions if action.id in choice.actions))
    still = tuple(way for way in found if not done & set(way.via))
    return Plan(actions=actions, cost=choice.cost, proven=choice.proven, open=still, ways=found, closes=closes)
