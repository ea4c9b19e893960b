"""Ways in: minimal chains of steps from what a stranger starts with to a goal, in an AND/OR graph.

A step needs all of its `needs` (AND); a thing may be given by several steps (OR). The links of a chain are what shows somewhere: a
finding. Opening a page is no link, since nothing is taken out there. A way in is a set of links that derives a goal and from which
none can be left out, however the pages are opened.
"""

from __future__ import annotations

import heapq
from collections import defaultdict, deque
from collections.abc import Iterable, Iterator
from itertools import count

from unlisted.model import Graph, Step, WayIn
from unlisted.risk.graph import source_reached

MAX_WAYS = 400
"""More ways in than this are not listed one by one; the plan does not depend on the list."""
MAX_WORK = 20_000
"""Partial chains that are looked at for one goal before the list is called cut."""


def reached(starts: Iterable[str], steps: Iterable[Step]) -> frozenset[str]:
    """Everything that follows from the starts by these steps."""
    return frozenset(first_steps(starts, steps))


def first_steps(starts: Iterable[str], steps: Iterable[Step], goal: str | None = None) -> dict[str, Step | None]:
    """What follows from the starts, each with the first step that gives it; ends early once the goal is there."""
    known: dict[str, Step | None] = dict.fromkeys(starts)
    waiting: dict[str, list[int]] = defaultdict(list)
    every = list(steps)
    missing = [0] * len(every)
    ready: deque[Step] = deque()
    for number, step in enumerate(every):
        open_needs = [need for need in step.needs if need not in known]
        missing[number] = len(open_needs)
        for need in open_needs:
            waiting[need].append(number)
        if not open_needs:
            ready.append(step)
    while ready and (goal is None or goal not in known):
        step = ready.popleft()
        if step.gives in known:
            continue
        known[step.gives] = step
        for number in waiting.pop(step.gives, ()):
            missing[number] -= 1
            if not missing[number]:
                ready.append(every[number])
    return known


def chain(starts: Iterable[str], steps: Iterable[Step], goal: str) -> frozenset[Step] | None:
    """One minimal set of steps that derives the goal, or None. The same graph gives the same set.

    Each thing comes from one step only, and each step is needed for the next: none can be left out.
    """
    first = first_steps(starts, steps, goal)
    if goal not in first:
        return None
    used: dict[Step, None] = {}
    wanted = [goal]
    while wanted:
        step = first[wanted.pop()]
        if step is not None and step not in used:
            used[step] = None
            wanted += step.needs
    return frozenset(used)


def _order(step: Step) -> tuple[str, str, tuple[str, ...]]:
    return (step.gives, step.via, tuple(sorted(step.needs)))


def chains(graph: Graph, goal: str) -> Iterator[frozenset[Step]]:
    """The minimal chains to a goal, each set of links once, the shortest first, at most `MAX_WAYS`.

    From the goal backwards, the most promising first: for each thing that is still needed one of the steps that give it. What
    can be opened without any link is opened so. A circle, which gives nothing, and a chain that holds with fewer links are left
    out at the end.
    """
    can = first_steps(graph.starts, graph.steps)
    free = openings(graph)
    opened = first_steps(graph.starts, (step for step in graph.steps if step.via in free))
    far = dict.fromkeys(graph.starts, 0)
    for (
        gives,
        first,
    ) in can.items():  # in the order in which things come to be known: what a step needs stands before it
        if first is not None:
            far[gives] = 1 + max((far[need] for need in first.needs), default=0)
    givers: dict[str, list[Step]] = defaultdict(list)
    for step in sorted(set(graph.steps), key=_order):
        if opened.get(step.gives, step) == step and can.keys() >= step.needs:
            givers[step.gives].append(step)
    found, turn = set[frozenset[str]](), count()
    heap: list[tuple[int, int, int, frozenset[Step], frozenset[str]]] = [(0, 0, 0, frozenset(), frozenset({goal}))]
    for _ in range(MAX_WORK):
        if not heap or len(found) == MAX_WAYS:
            return
        _, _, _, chosen, needed = heapq.heappop(heap)
        wanted = min(needed, default=None)
        if wanted is None:
            hangs_on = frozenset(step.via for step in chosen) - free
            fresh = hangs_on not in found and goal in reached(graph.starts, chosen)
            if fresh and no_idle_link(graph, chosen, goal, free):
                found.add(hangs_on)
                yield chosen
            continue
        given = {step.gives for step in chosen} | {wanted}
        for step in givers[wanted]:
            more = needed.union(step.needs) - given - graph.starts
            size = len(chosen) + 1
            total = size + max((far[need] for need in more), default=0)
            heapq.heappush(heap, (total, -size, next(turn), chosen | {step}, more))


def openings(graph: Graph) -> frozenset[str]:
    """The names of steps that are no link of a chain: they open a source, and no action cuts them."""
    cut = frozenset[str]().union(*(action.cuts for action in graph.actions))
    return frozenset(step.via for step in graph.steps if source_reached(step.via) is not None) - cut


def no_idle_link(graph: Graph, steps: frozenset[Step], goal: str, free: frozenset[str]) -> bool:
    """Whether the goal is out of reach as soon as any one link is gone; `free` names the steps that are none."""
    opening = [step for step in graph.steps if step.via in free]
    return all(
        goal not in reached(graph.starts, [*opening, *(step for step in steps if step.via != link)])
        for link in {step.via for step in steps} - free
    )


def ways_in(graph: Graph) -> tuple[WayIn, ...]:
    """Every way in, shortest first, each named by its goal and the `via` names of its steps in the order of use."""
    found = [
        WayIn(goal=goal, via=tuple(step.via for step in in_order(graph.starts, steps)))
        for goal in sorted(graph.goals)
        for steps in chains(graph, goal)
    ]
    return tuple(sorted(found, key=lambda way: (len(way.via), way.goal, way.via)))


def in_order(starts: Iterable[str], steps: Iterable[Step]) -> list[Step]:
    """The steps so that each comes after what it needs."""
    known, left, ordered = set(starts), sorted(steps, key=_order), []
    while left:
        step = next((item for item in left if item.needs <= known), left[0])
        left.remove(step)
        known.add(step.gives)
        ordered.append(step)
    return ordered
