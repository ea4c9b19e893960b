"""Ways in: minimal chains of steps from what a stranger starts with to a goal, in an AND/OR graph.

A step needs all of its `needs` (AND); a thing may be given by several steps (OR). A way in is a set of steps' `via` names
that derives a goal and from which none can be left out.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator

from unlisted.model import Graph, Step, WayIn

MAX_WAYS = 400
"""More ways in than this are not listed one by one; the plan does not depend on the list."""
MAX_WORK = 20_000
"""Partial chains that are looked at for one goal before the list is called cut."""


def reached(starts: Iterable[str], steps: Collection[Step]) -> frozenset[str]:
    """Everything that follows from the starts by these steps."""
    known = set(starts)
    left = list(steps)
    while True:
        ready = [step for step in left if step.needs <= known]
        if not ready:
            return frozenset(known)
        left = [step for step in left if not step.needs <= known]
        known |= {step.gives for step in ready}


def chain(starts: Iterable[str], steps: Collection[Step], goal: str) -> frozenset[Step] | None:
    """One minimal set of steps that derives the goal, or None. The same graph gives the same set."""
    known, first = set(starts), dict[str, Step]()
    left = list(steps)
    while goal not in known:
        step = next((item for item in left if item.needs <= known and item.gives not in known), None)
        if step is None:
            return None
        known.add(step.gives)
        first[step.gives] = step
        left.remove(step)
    used: list[Step] = []
    wanted = [goal]
    while wanted:
        name = wanted.pop()
        if name in first and first[name] not in used:
            used.append(first[name])
            wanted += sorted(first[name].needs)
    return minimal(starts, frozenset(used), goal)


def minimal(starts: Iterable[str], steps: frozenset[Step], goal: str) -> frozenset[Step]:
    """The steps without those that the goal does not need."""
    kept = set(steps)
    for step in sorted(steps, key=_order):
        if goal in reached(starts, kept - {step}):
            kept.discard(step)
    return frozenset(kept)


def _order(step: Step) -> tuple[str, str, tuple[str, ...]]:
    return (step.gives, step.via, tuple(sorted(step.needs)))


def chains(graph: Graph, goal: str) -> Iterator[frozenset[Step]]:
    """The minimal chains to a goal, each once, at most `MAX_WAYS`: by forbidding, in turn, one step of a known chain."""
    seen: set[frozenset[Step]] = set()
    tried: set[frozenset[Step]] = set()
    queue: list[frozenset[Step]] = [frozenset()]
    while queue and len(seen) < MAX_WAYS and len(tried) < MAX_WORK:
        without = queue.pop(0)
        found = chain(graph.starts, [step for step in graph.steps if step not in without], goal)
        if found is None:
            continue
        if found not in seen:
            seen.add(found)
            yield found
        for step in sorted(found, key=_order):
            wider = without | {step}
            if wider not in tried:
                tried.add(wider)
                queue.append(wider)


def ways_in(graph: Graph) -> tuple[WayIn, ...]:
    """Every way in, shortest first, each named by its goal and the `via` names of its steps in the order of use."""
    found = {
        WayIn(goal=goal, via=tuple(step.via for step in in_order(graph.starts, steps)))
        for goal in sorted(graph.goals)
        for steps in chains(graph, goal)
    }
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
