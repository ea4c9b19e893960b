"""The cheapest set of actions after which no way in remains.

Exact by a lazy hitting set: find a chain that the chosen actions leave open, ask for one of the actions that close it,
choose the cheapest set that answers all that was asked (see `cover`), and look again.
"""

from __future__ import annotations

import time
from collections.abc import Sequence

from unlisted.model import Action, Graph, Plan, Step, WayIn
from unlisted.risk import ways
from unlisted.risk.cover import Budget, Choice, greedy, hitting, pruned, smallest

SECONDS = 8.0
"""A second bound, on the clock, for machines that are slower than any we know."""
AT_ONCE = 20
"""Chains towards one goal that are asked about before the cheapest set is looked for anew."""


def closers(names: Sequence[str], actions: Sequence[Action]) -> frozenset[str]:
    """The actions that break a chain of steps with these names."""
    via = set(names)
    return frozenset(action.id for action in actions if action.cuts & via)


def steps_left(graph: Graph, done: frozenset[str]) -> list[Step]:
    """The steps that still work after these actions."""
    cut = frozenset[str]().union(*(action.cuts for action in graph.actions if action.id in done))
    return [step for step in graph.steps if step.via not in cut]


def uncovered(graph: Graph, done: frozenset[str], skip: frozenset[str]) -> list[frozenset[Step]]:
    """Chains that these actions leave open, towards goals that are not skipped: none, or some that share nothing to cut."""
    can = frozenset[str]().union(*(action.cuts for action in graph.actions))
    found = []
    for goal in sorted(graph.goals - skip):
        left = steps_left(graph, done)
        for _ in range(AT_ONCE):
            one = ways.chain(graph.starts, left, goal)
            if one is None:
                break
            found.append(one)
            cut = {step.via for step in one if step.via in can}
            left = [step for step in left if step.via not in cut]
    return found


def choose(graph: Graph, found: Sequence[WayIn], budget: Budget) -> Choice:
    """The cheapest choice; goals that no set of actions can close are left out of it.

    The ways that are listed are asked about at once; where the list was cut, the loop finds what it lacks.
    """
    cost = {action.id: action.cost for action in graph.actions}
    every = frozenset(cost)
    hopeless = frozenset(goal for goal in graph.goals if goal in ways.reached(graph.starts, steps_left(graph, every)))
    sets = [closers(way.via, graph.actions) for way in found if way.goal not in hopeless]
    choice = hitting(sets, cost, budget)
    while left := uncovered(graph, choice.actions, hopeless):
        more = [closers([step.via for step in one], graph.actions) for one in left]
        sets = smallest([*sets, *more])
        if budget.spend(0):
            choice = hitting(sets, cost, budget)
        else:
            done = pruned(sets, choice.actions | greedy(more, cost), cost)
            choice = Choice(done, sum(cost[name] for name in done), proven=False)
    return choice


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
    found = ways.ways_in(graph)
    choice = choose(graph, found, Budget(end=end))
    actions, closes = ordered(graph, choice.actions, found)
    done = frozenset[str]().union(*(action.cuts for action in graph.actions if action.id in choice.actions))
    still = tuple(way for way in found if not done & set(way.via))
    return Plan(actions=actions, cost=choice.cost, proven=choice.proven, open=still, ways=found, closes=closes)
