"""Shapes of the pictures: pure functions from a result to numbers and words. The templates draw them, and escape every word."""

from __future__ import annotations

import math
import textwrap
from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass

from unlisted.model.plan import Step
from unlisted.model.result import AuditResult, PlaceSummary
from unlisted.report import words
from unlisted.risk.graph import TOGETHER, at, source_reached

MOST_BOXES = 9
"""Boxes in a column of the graph; the rest stands in the list under it."""

MOST_DOTS = 14
"""Places in the diagram; the rest stands in the table under it."""

BOX_WIDTH, BOX_HEIGHT, GAP, COLUMN = 200, 58, 22, 320
LINE_LENGTH = 20
STEPS = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class Box:
    """A box of the graph: its corner, its words in at most two lines, and whether it leads home."""

    x: float
    y: float
    lines: tuple[str, ...]
    tone: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """A line of the graph as an SVG path; `tone` is "home", "back" or "other"."""

    path: str
    tone: str


@dataclass(frozen=True, slots=True, kw_only=True)
class GraphPicture:
    """Three columns. `left_out` counts the boxes that had no room."""

    width: int
    height: int
    boxes: tuple[Box, ...]
    links: tuple[Link, ...]
    left_out: int


Edge = tuple[str, str, str, str]
"""From (column, name) to (column, name)."""


def graph(result: AuditResult) -> GraphPicture | None:
    """Who you are, where it is, what it gives away. None where there is no way in."""
    if not result.ways_in:
        return None
    home_edges = set(_edges(result, goal="home"))
    edges = sorted(set(_edges(result)))
    weight = Counter(end for a, b, c, d in (*edges, *home_edges) for end in ((a, b), (c, d)))
    columns = _columns(weight, edges)
    shown = {(key, name) for key, names in columns.items() for name in names}
    height = max(len(names) for names in columns.values()) * (BOX_HEIGHT + GAP) + 56
    home_ends = {end for a, b, c, d in home_edges for end in ((a, b), (c, d))}
    corners = {end: _corner(columns, end, height) for end in shown}
    boxes = tuple(_box(end, corners[end], home=end in home_ends) for end in sorted(shown))
    drawn = [edge for edge in edges if edge[:2] in shown and edge[2:] in shown]
    links = tuple(
        _link(edge, corners, home=edge in home_edges) for edge in sorted(drawn, key=lambda edge: edge in home_edges)
    )
    return GraphPicture(
        width=2 * COLUMN + BOX_WIDTH + 4,
        height=height,
        boxes=boxes,
        links=links,
        left_out=len(weight) - len(shown),
    )


def _edges(result: AuditResult, goal: str | None = None) -> Iterator[Edge]:
    """The lines of all ways in, or of those to one goal: from the graph where there is one, else from the chains alone."""
    chains = [way for way in result.ways_in if goal is None or way.goal == goal]
    goals = {way.goal for way in chains}
    source_of = {one.fingerprint: one.source for one in result.findings}
    used = _used(result, goals)
    drawn = set()
    for step in result.graph.steps if result.graph else ():
        source = source_of.get(step.via) or source_reached(step.via) or step.via
        if step.via in used and (step.gives not in words.GOALS or step.gives in goals):
            drawn.add(step.via)
            yield from _step_edges(step, ("where", source))
    for way in chains:
        if not drawn.intersection(way.findings):
            yield from (("who", "anyone", "where", source) for source in way.sources[:1])
            yield from (("where", source, "what", way.goal) for source in way.sources)


def _used(result: AuditResult, goals: Collection[str]) -> set[str]:
    """The names of all steps that are part of a way in to one of these goals, and of those that help to open its sources."""
    planned = {
        name for way in (result.cheapest.ways if result.cheapest else ()) if way.goal in goals for name in way.via
    }
    helping = {TOGETHER + source for name in planned if (source := source_reached(name)) is not None}
    return planned | helping | {name for way in result.ways_in if way.goal in goals for name in way.findings}


def _step_edges(step: Step, here: tuple[str, str]) -> Iterator[Edge]:
    """From what a step needs to its source, and from there to what it gives; coming to a source is one line only."""
    ends = [_end(need) for need in sorted(step.needs)] or [("who", "anyone")]
    gives = _end(step.gives)
    yield from ((*end, *here) for end in ends if end != here)
    if gives != here:
        yield (*here, *gives)


def _end(name: str) -> tuple[str, str]:
    """The column and name of a node of the graph: a goal, a source that a stranger has before them, or a fact."""
    if name in words.GOALS:
        return "what", name
    source = name.removeprefix(at(""))
    return ("who", name) if source == name else ("where", source)


def _columns(weight: Counter[tuple[str, str]], edges: Sequence[Edge]) -> dict[str, list[str]]:
    """The names of each column, the most linked ones where there is no room, in an order in which few lines cross."""
    what = [goal for goal in words.GOALS if ("what", goal) in weight]
    where = _ordered(weight, "where", what, edges)
    near = {b for a, b, _, d in edges if a == "who" and d in where} | {
        d for _, b, c, d in edges if c == "who" and b in where
    }
    who = [name for name in _ordered(weight, "who", where, edges) if name in near]
    return {"who": who, "where": where, "what": what}


def _ordered(weight: Counter[tuple[str, str]], key: str, right: Sequence[str], edges: Sequence[Edge]) -> list[str]:
    """By the middle of what each name leads to in the column on its right; what leads nowhere stands on top."""
    names = sorted((name for column, name in weight if column == key), key=lambda name: (-weight[key, name], name))[
        :MOST_BOXES
    ]
    leads = {name: [right.index(d) for a, b, _, d in edges if (a, b) == (key, name) and d in right] for name in names}
    return sorted(names, key=lambda name: sum(leads[name]) / len(leads[name]) if leads[name] else 0)


def _corner(columns: dict[str, list[str]], end: tuple[str, str], height: int) -> tuple[float, float]:
    key, name = end
    names = columns[key]
    top = 40 + (height - 40 - len(names) * (BOX_HEIGHT + GAP) + GAP) / 2
    return 2 + list(columns).index(key) * COLUMN, round(top + names.index(name) * (BOX_HEIGHT + GAP), 1)


def _box(end: tuple[str, str], corner: tuple[float, float], *, home: bool) -> Box:
    key, name = end
    text = words.GOALS[name].name if key == "what" else words.label(name, words.STARTS) if key == "who" else name
    tone = "home" if home and (key == "where" or name == "home") else "plain"
    return Box(x=corner[0], y=corner[1], lines=two_lines(text), tone=tone)


def two_lines(text: str, width: int = LINE_LENGTH) -> tuple[str, ...]:
    """At most two lines; a word without a break is broken, and what is cut ends in an ellipsis."""
    first, *rest = textwrap.wrap(words.clean(text, 4 * width), width) or [""]
    if len(rest) > 1:
        rest = [rest[0][: width - 1] + "…"]
    return (first, *rest)


def _link(edge: Edge, corners: dict[tuple[str, str], tuple[float, float]], *, home: bool) -> Link:
    """A curve from the right side of a box to the left side of the next; a link within a column or back is dashed."""
    (x1, y1), (x2, y2) = corners[edge[:2]], corners[edge[2:]]
    middle = BOX_HEIGHT / 2
    if edge[0] == edge[2]:  # a bow on the right side
        bend, start, stop = x1 + BOX_WIDTH + 44, (x1 + BOX_WIDTH, y1 + middle + 8), (x2 + BOX_WIDTH, y2 + middle - 8)
        return Link(path=_curve(start, stop, bend), tone="back")
    if x2 < x1:
        start, stop = (x1, y1 + middle + 12), (x2 + BOX_WIDTH, y2 + middle + 12)
        return Link(path=_curve(start, stop, (start[0] + stop[0]) / 2), tone="back")
    start, stop = (x1 + BOX_WIDTH, y1 + middle), (x2, y2 + middle)
    return Link(path=_curve(start, stop, (start[0] + stop[0]) / 2), tone="home" if home else "other")


def _curve(start: tuple[float, float], stop: tuple[float, float], bend: float) -> str:
    return f"M{start[0]:g} {start[1]:g}C{bend:g} {start[1]:g} {bend:g} {stop[1]:g} {stop[0]:g} {stop[1]:g}"


RINGS = (
    ("100", 112, 68, "under 100 m"),
    ("500", 156, 134, "under 500 m"),
    ("2 km", 198, 177, "under 2 km"),
    ("further", 238, 218, "further"),
)
"""Word in the distance class, radius of the ring, radius at which its dots stand, name.

The inner ring is wide: most declared places stand there.
"""

OUTER = 268
"""Radius of the ring of places that were not declared."""

MIDDLE = 300
FREE = 45
"""Degrees on both sides of the top where no dot stands: the names of the rings do."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Dot:
    """A place in the diagram: centre, radius, and the key under which it stands in the table."""

    x: float
    y: float
    r: float
    key: str
    role: str


def keys(places: Sequence[PlaceSummary]) -> tuple[str, ...]:
    """A number for each declared place, the letter of each other: labels would cover each other in the picture."""
    numbers = iter(range(1, len(places) + 1))
    return tuple(str(next(numbers)) if place.declared else words.clean(place.name, 3) for place in places)


def rings(places: Sequence[PlaceSummary]) -> tuple[Dot, ...]:
    """The places round the middle: the ring is the distance class, the angle the order, the area the count."""
    shown = places[:MOST_DOTS]
    most = max((place.points for place in shown), default=1) or 1
    by_ring: dict[int, list[int]] = {}
    for index, place in enumerate(shown):
        by_ring.setdefault(ring_of(place), []).append(index)
    spots = {index: (ring, turn, len(same)) for ring, same in by_ring.items() for turn, index in enumerate(same)}
    return tuple(
        _dot(place, key, *spots[index], most) for index, (place, key) in enumerate(zip(shown, keys(shown), strict=True))
    )


def _dot(place: PlaceSummary, key: str, ring: int, turn: int, total: int, most: int) -> Dot:
    angle = math.radians(FREE + (360 - 2 * FREE) * (turn + 0.5) / total - 90)
    return Dot(
        x=round(MIDDLE + ring * math.cos(angle), 1),
        y=round(MIDDLE + ring * math.sin(angle), 1),
        r=round(14 + 14 * math.sqrt(max(place.points, 0) / most), 1),
        key=key,
        role=place.role,
    )


def ring_of(place: PlaceSummary) -> int:
    """The radius for a place: its distance class where it was declared, else the outer ring."""
    if not place.declared:
        return OUTER
    near = (radius for word, _, radius, _ in RINGS if word in (place.distance or ""))
    return next(near, RINGS[-1][2])


CELL, FIRST_X, FIRST_Y = 26, 54, 26


@dataclass(frozen=True, slots=True, kw_only=True)
class WeekPicture:
    """The corners of the squares of each step of shade, and the dots of the top step (readable in grey)."""

    squares: tuple[tuple[tuple[int, int], ...], ...]
    dots: tuple[tuple[int, int], ...]
    hours: tuple[tuple[int, str], ...]
    days: tuple[tuple[int, str], ...]


def week(counts: Sequence[Sequence[int]] | None) -> WeekPicture | None:
    """7 x 24 squares in five steps of shade; None where there is nothing to show."""
    most = max((number for day in counts or () for number in day), default=0)
    if not counts or most <= 0:
        return None
    squares: list[list[tuple[int, int]]] = [[] for _ in range(STEPS + 1)]
    dots = []
    for row, day in enumerate(counts[:7]):
        for hour, number in enumerate(day[:24]):
            x, y, step = FIRST_X + hour * CELL, FIRST_Y + row * CELL, shade(number, most)
            squares[step].append((x, y))
            dots += [(x + 11, y + 11)] * (step == STEPS)
    return WeekPicture(
        squares=tuple(tuple(step) for step in squares),
        dots=tuple(dots),
        hours=tuple((FIRST_X + hour * CELL, f"{hour:02}") for hour in range(0, 24, 3)),
        days=tuple((FIRST_Y + row * CELL + 17, day[:3]) for row, day in enumerate(words.DAYS)),
    )


def shade(number: int, most: int) -> int:
    """0 for none, then 1 to 5 in equal parts of the highest count."""
    return min(STEPS, math.ceil(max(number, 0) * STEPS / most))


@dataclass(frozen=True, slots=True, kw_only=True)
class Bar:
    """One line of the progress picture; `width` in hundredths of the whole; `shown`: the number, with a plus if it is the least."""

    key: str
    name: str
    number: int
    width: float
    shown: str


def meter(counts: Sequence[tuple[str, str, int]], *, least: bool = False) -> tuple[Bar, ...]:
    """Bars for (key, name, number), the highest as wide as the picture. `least`: a number that is not 0 may be higher."""
    most = max((number for _, _, number in counts), default=0) or 1
    return tuple(
        Bar(
            key=key,
            name=name,
            number=number,
            width=round(100 * number / most, 1),
            shown=f"{number:,}{'+' if least and number else ''}",
        )
        for key, name, number in counts
    )
