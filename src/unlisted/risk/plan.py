"""The cheapest set of actions after which no way in remains.

Exact by a lazy hitting set: find a chain that the chosen actions leave open, ask for one of the actions that close it,
choose the cheapest set that answers all that was asked (see `cover`), and look again.
"""

from __future__ import annotations

import functools
import heapq
import operator
import time
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence

from unlisted.model import Action, Graph, Plan, Step, WayIn
from unlisted.risk import ways
from unlisted.risk.cover import Budget, Choice, greedy, hitting, pruned, smallest

SECONDS = 8.0
"""A second bound, on the clock, for machines that are slower than any we know."""
AT_FIRST = 400
"""Ways to each goal that the choice begins with; more of them only make each look longer."""
AT_ONCE = 20
"""Chains towards one goal that are asked about before the cheapest set is looked for anew."""


def cutters(actions: Iterable[Action]) -> dict[str, frozenset[str]]:
    """For each name of a step the actions that cut it."""
    found: dict[str, set[str]] = defaultdict(set)
    for action in actions:
        for via in action.cuts:
            found[via].add(action.id)
    return {via: frozenset(names) for via, names in found.items()}


def closers(names: Iterable[str], cutting: Mapping[str, frozenset[str]]) -> frozenset[str]:
    """The actions that break a chain of steps with these names."""
    return frozenset[str]().union(*(cutting[via] for via in names if via in cutting))


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
    cutting = cutters(graph.actions)
    names = [way.via for way in taught(found, cutting) if way.goal not in hopeless]
    names += [(step.via,) for step in ways.Open.of(graph).direct(graph) if step.gives not in hopeless]
    sets = smallest(closers(one, cutting) for one in names)
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


def taught(found: Iterable[WayIn], cutting: Mapping[str, frozenset[str]]) -> Iterator[WayIn]:
    """The ways that are looked at from the start: the shortest ones to each goal, and those that only one action closes."""
    seen: dict[str, int] = defaultdict(int)
    for way in found:
        seen[way.goal] += 1
        if seen[way.goal] <= AT_FIRST or len(closers(way.via, cutting)) == 1:
            yield way


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
    cutting = cutters(graph.actions)
    return [closers([step.via for step in one], cutting) for one in uncovered(graph, done, skip)]


def priced(actions: frozenset[str], cost: Mapping[str, int]) -> Choice:
    """A choice that nobody has proven to be the cheapest."""
    return Choice(actions, sum(cost[name] for name in actions), proven=False)


def ordered(graph: Graph, chosen: frozenset[str], found: Sequence[WayIn]) -> tuple[tuple[str, ...], tuple[int, ...]]:
    """The actions by ways closed per minute, quieter ones first on a tie, and how many ways each closes in its turn.

    Sets of ways are bits of a number. What an action is worth never grows as ways are closed: the one that was worth most, and
    still is worth as much when it is asked again, is the next.
    """
    actions = {turn: action for turn, action in enumerate(graph.actions) if action.id in chosen}
    closing = bits(actions, found)
    to_home = sum(1 << number for number, way in enumerate(found) if way.goal == "home")
    left = (1 << len(found)) - 1
    heap = [(worth(action, closing[turn] & left, to_home), turn) for turn, action in actions.items()]
    heapq.heapify(heap)
    order, closes = [], []
    while heap:
        known, turn = heap[0]
        action, closed = actions[turn], closing[turn] & left
        now = worth(action, closed, to_home)
        if now != known:
            heapq.heapreplace(heap, (now, turn))
            continue
        heapq.heappop(heap)
        order.append(action.id)
        closes.append(closed.bit_count())
        left &= ~closed
    return tuple(order), tuple(closes)


def bits(actions: Mapping[int, Action], found: Sequence[WayIn]) -> dict[int, int]:
    """For each action the ways that it closes: bit n stands for way n."""
    through: dict[str, int] = defaultdict(int)
    for number, way in enumerate(found):
        for via in way.via:
            through[via] |= 1 << number
    return {
        turn: functools.reduce(operator.or_, (through[via] for via in action.cuts if via in through), 0)
        for turn, action in actions.items()
    }


def worth(action: Action, closed: int, to_home: int) -> tuple[float, int, int, int]:
    """By what the next action is chosen, the least first: ways closed per minute, how quiet it is, ways to the home, all ways."""
    loud, number = action.cost // action.minutes, closed.bit_count()
    return -number / action.minutes, loud, -(closed & to_home).bit_count(), -number


def witnesses(graph: Graph, chosen: frozenset[str], found: Sequence[WayIn]) -> list[WayIn]:
    """For each action that closes no listed way on its own one that closes with it: the list has no room for all.

    An action that is needed closes a way that the others leave open, so none is said to close nothing.
    """
    actions = {turn: action for turn, action in enumerate(graph.actions) if action.id in chosen}
    closing, opened = bits(actions, found), ways.Open.of(graph)
    once = more = 0
    for mine in closing.values():
        more |= once & mine
        once |= mine
    cutting = cutters(actions.values())
    direct = {step.via: step for step in opened.direct(graph) if len(cutting.get(step.via, ())) == 1}
    idle = [action for turn, action in actions.items() if not closing[turn] & ~more]
    asked = (witness(graph, opened, action, chosen, direct) for action in idle)
    return [one for one in asked if one is not None]


def witness(
    graph: Graph, opened: ways.Open, action: Action, chosen: frozenset[str], direct: Mapping[str, Step]
) -> WayIn | None:
    """A way in that only this action closes: one whose only link is one of `direct`, else one that the others leave open."""
    if only := min(action.cuts & direct.keys(), default=None):
        step = direct[only]
        return ways.way(graph, step.gives, {step, *ways.traced(opened.known, step.needs)})
    left = steps_left(graph, chosen - {action.id})
    for goal in sorted(graph.goals):
        steps = ways.chain(graph.starts, left, goal)
        one = ways.way(graph, goal, ways.slim(graph, opened, steps, goal)) if steps else None
        if one and action.cuts.intersection(one.via):
            return one
    return None


def cheapest(graph: Graph, *, seconds: float = SECONDS) -> Plan:
    """The cheapest plan for a graph.

    Cost is the sum of minutes times 1, 1, 2 or 4 for who notices. Goals that no set of actions closes are left out of
    the choice and their ways stand in `open`. `proven` is False where a bound came first: then it is the cheapest found so far.
    """
    end = time.monotonic() + seconds
    every = ways.ways_in(graph)
    choice = choose(graph, every.listed, Budget(end=end))
    found = every.listed
    if every.cut:
        found = ways.shortest_first([*found, *witnesses(graph, choice.actions, found)])
    actions, closes = ordered(graph, choice.actions, found)
    done = frozenset[str]().union(*(action.cuts for action in graph.actions if action.id in choice.actions))
    still = tuple(way for way in found if not done & set(way.via))
    return Plan(
        actions=actions, cost=choice.cost, proven=choice.proven, open=still, ways=found, closes=closes, cut=every.cut
    )
