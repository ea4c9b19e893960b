"""The cheapest set of actions after which no way in remains.

Exact by a lazy hitting set: find a chain that the chosen actions leave open, ask for one of the actions that close it,
choose the cheapest set that answers all that was asked (see `cover`), and look again.
"""

from __future__ import annotations

import time
from collections.abc import Mapping, Sequence

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

    First a quick choice after which nothing is open: what it teaches about chains costs little. Then the cheapest one for all
    chains known, again and again, until it leaves nothing open or costs as much as one that does not.
    """
    cost = {action.id: action.cost for action in graph.actions}
    every = frozenset(cost)
    hopeless = frozenset(goal for goal in graph.goals if goal in ways.reached(graph.starts, steps_left(graph, every)))
    sets = smallest(closers(way.via, graph.actions) for way in found if way.goal not in hopeless)
    quick = priced(greedy(sets, cost), cost)
    while more := asked(graph, quick.actions, hopeless):
        sets = smallest([*sets, *more])
        quick = priced(greedy(sets, cost), cost)
    while True:
        choice = hitting(sets, cost, budget)
        if choice.cost >= quick.cost:
            return Choice(quick.actions, quick.cost, choice.proven)
        more = asked(graph, choice.actions, hopeless)
        if not more:
            return choice
        sets = smallest([*sets, *more])
        quick = min(quick, closing(graph, choice.actions, sets, cost, hopeless), key=lambda one: one.cost)
        if not choice.proven:
            return quick


def closing(
    graph: Graph, actions: frozenset[str], sets: Sequence[frozenset[str]], cost: Mapping[str, int], skip: frozenset[str]
) -> Choice:
    """These actions, and as many more as it takes until nothing is open, less those that turn out not to be needed."""
    every = list(sets)
    while more := asked(graph, actions, skip):
        every += more
        actions |= greedy([one for one in every if not one & actions], cost)
    slim = pruned(every, actions, cost)
    return priced(slim if not asked(graph, slim, skip) else actions, cost)


def asked(graph: Graph, done: frozenset[str], skip: frozenset[str]) -> list[frozenset[str]]:
    """For chains that these actions leave open, the actions that would close each."""
    return [closers([step.via for step in one], graph.actions) for one in uncovered(graph, done, skip)]


def priced(actions: frozenset[str], cost: Mapping[str, int]) -> Choice:
    """A choice that nobody has proven to be the cheapest."""
    return Choice(actions, sum(cost[name] for name in actions), proven=False)


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
