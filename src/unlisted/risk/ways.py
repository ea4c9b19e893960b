"""Ways in: minimal chains of steps from what a stranger starts with to a goal, in an AND/OR graph.

A step needs all of its `needs` (AND); a thing may be given by several steps (OR). The links of a chain are what shows somewhere: a
finding. Opening a page is no link, since nothing is taken out there. A way in is a set of links that derives a goal and from which
none can be left out, however the pages are opened.
"""

from __future__ import annotations

import heapq
from collections import defaultdict, deque
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import count

from unlisted.model import Graph, Step, WayIn
from unlisted.risk.graph import source_reached

MAX_WAYS = 2_500
"""Ways to one goal that are listed one by one; where there are more, the list says so. The plan does not depend on the list."""
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
    return traced(first, [goal])


def traced(first: Mapping[str, Step | None], things: Iterable[str]) -> frozenset[Step]:
    """The steps by which these things come to be known, each by its first one."""
    used: dict[Step, None] = {}
    wanted = list(things)
    while wanted:
        step = first[wanted.pop()]
        if step is not None and step not in used:
            used[step] = None
            wanted += step.needs
    return frozenset(used)


def _order(step: Step) -> tuple[str, str, tuple[str, ...]]:
    return (step.gives, step.via, tuple(sorted(step.needs)))


@dataclass(frozen=True, slots=True, kw_only=True)
class Ways:
    """The ways in that are listed, and the goals to which there are, or may be, more."""

    listed: tuple[WayIn, ...]
    cut: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class Open:
    """What stands open without any link: the names of opening steps, what they open, those that still wait for a link."""

    free: frozenset[str]
    known: Mapping[str, Step | None]
    late: tuple[Step, ...]

    @classmethod
    def of(cls, graph: Graph) -> Open:
        """What is open in this graph."""
        cut = frozenset[str]().union(*(action.cuts for action in graph.actions))
        opening = [step for step in graph.steps if source_reached(step.via) is not None and step.via not in cut]
        known = first_steps(graph.starts, opening)
        late = tuple(step for step in opening if not known.keys() >= step.needs)
        return cls(free=frozenset(step.via for step in opening), known=known, late=late)

    def direct(self, graph: Graph) -> list[Step]:
        """The steps that give a goal with nothing but what is open: each is the only link of a way, listed or not."""
        return [step for step in graph.steps if step.gives in graph.goals and self.known.keys() >= step.needs]

    def leads(self, steps: Iterable[Step], goal: str) -> bool:
        """Whether these steps lead to the goal, with all that can be opened: what none of them asks for is not looked at."""
        every = [*self.late, *steps]
        asked = {need for step in every for need in step.needs} | {goal}
        return goal in first_steps(asked & self.known.keys(), every, goal)

    def no_idle_link(self, steps: Iterable[Step], goal: str) -> bool:
        """Whether the goal is out of reach as soon as any one link is gone."""
        links = [step for step in steps if step.via not in self.free]
        return not any(
            self.leads((step for step in links if step.via != gone), goal) for gone in {step.via for step in links}
        )


def distances(can: Mapping[str, Step | None]) -> dict[str, int]:
    """How many steps away each thing is, by its first step; what a step needs stands before what it gives."""
    far: dict[str, int] = {}
    for gives, first in can.items():
        far[gives] = 0 if first is None else 1 + max((far[need] for need in first.needs), default=0)
    return far


def chains(graph: Graph, goal: str) -> tuple[list[frozenset[Step]], bool]:
    """The minimal chains to a goal, each set of links once, the shortest first, at most `MAX_WAYS`; whether these are all.

    From the goal backwards, the most promising first: for each thing that is still needed one of the steps that give it. What
    can be opened without any link is opened so. A circle, which gives nothing, and a chain that holds with fewer links are left
    out at the end.
    """
    can, opened = first_steps(graph.starts, graph.steps), Open.of(graph)
    far = distances(can)
    givers: dict[str, list[Step]] = defaultdict(list)
    for step in sorted(set(graph.steps), key=_order):
        if opened.known.get(step.gives, step) == step and can.keys() >= step.needs:
            givers[step.gives].append(step)
    found, turn = dict[frozenset[str], frozenset[Step]](), count()
    heap: list[tuple[int, int, int, frozenset[Step], frozenset[str]]] = [(0, 0, 0, frozenset(), frozenset({goal}))]
    for _ in range(MAX_WORK):
        if not heap:
            break
        _, _, _, chosen, needed = heapq.heappop(heap)
        wanted = min(needed, default=None)
        if wanted is None:
            hangs_on = frozenset(step.via for step in chosen) - opened.free
            fresh = hangs_on not in found and goal in reached(graph.starts, chosen)
            if fresh and opened.no_idle_link(chosen, goal):
                if len(found) == MAX_WAYS:
                    return list(found.values()), False
                found[hangs_on] = chosen
            continue
        given = {step.gives for step in chosen} | {wanted}
        for step in givers[wanted]:
            more = needed.union(step.needs) - given - graph.starts
            size = len(chosen) + 1
            total = size + max((far[need] for need in more), default=0)
            heapq.heappush(heap, (total, -size, next(turn), chosen | {step}, more))
    return list(found.values()), not heap


def ways_in(graph: Graph) -> Ways:
    """The ways in, shortest first, each named by its goal and the `via` names of its steps in the order of use."""
    found = {goal: chains(graph, goal) for goal in sorted(graph.goals)}
    listed = (way(graph, goal, steps) for goal, (every, _) in found.items() for steps in every)
    return Ways(
        listed=shortest_first(listed),
        cut=frozenset(goal for goal, (_, whole) in found.items() if not whole),
    )


def shortest_first(found: Iterable[WayIn]) -> tuple[WayIn, ...]:
    """Each way once."""
    return tuple(sorted(set(found), key=lambda one: (len(one.via), one.goal, one.via)))


def way(graph: Graph, goal: str, steps: Iterable[Step]) -> WayIn:
    """A chain as a way in."""
    return WayIn(goal=goal, via=tuple(step.via for step in in_order(graph.starts, steps)))


def slim(graph: Graph, opened: Open, steps: Iterable[Step], goal: str) -> frozenset[Step]:
    """Of steps that lead to the goal one way in: opened as far as can be without a link, and without links that are not needed."""
    links = sorted((step for step in steps if step.via not in opened.free), key=_order)
    for gone in sorted({step.via for step in links}):
        fewer = [step for step in links if step.via != gone]
        links = fewer if opened.leads(fewer, goal) else links
    opening = (step for step in graph.steps if step.via in opened.free)
    return chain(graph.starts, [*opening, *links], goal) or frozenset()


def in_order(starts: Iterable[str], steps: Iterable[Step]) -> list[Step]:
    """The steps so that each comes after what it needs."""
    known, left, ordered = set(starts), sorted(steps, key=_order), []
    while left:
        step = next((item for item in left if item.needs <= known), left[0])
        left.remove(step)
        known.add(step.gives)
        ordered.append(step)
    return ordered
