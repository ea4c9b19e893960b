"""Shapes of the pictures: pure functions from a result to numbers and words. The templates draw them, and escape every word."""

from __future__ import annotations

import math
import textwrap
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from unlisted.model.plan import Step
from unlisted.model.result import AuditResult, PlaceSummary
from unlisted.report import words

MOST_BOXES = 7
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
    weight = Counter(end for a, b, c, d in edges for end in ((a, b), (c, d)))
    columns = _columns(weight, edges)
    shown = {(key, name) for key, names in columns.items() for name in names}
    height = max(len(names) for names in columns.values()) * (BOX_HEIGHT + GAP) + 56
    home_ends = {end for a, b, c, d in home_edges for end in ((a, b), (c, d))}
    at = {end: _corner(columns, end, height) for end in shown}
    boxes = tuple(_box(end, at[end], home=end in home_ends) for end in sorted(shown))
    drawn = [edge for edge in edges if edge[:2] in shown and edge[2:] in shown]
    links = tuple(
        _link(edge, at, home=edge in home_edges) for edge in sorted(drawn, key=lambda edge: edge in home_edges)
    )
    return GraphPicture(
        width=2 * COLUMN + BOX_WIDTH + 4,
        height=height,
        boxes=boxes,
        links=links,
        left_out=len(weight) - len(shown),
    )


def _edges(result: AuditResult, goal: str | None = None) -> Iterable[Edge]:
    """The lines of all ways in, or of those to one goal: from the graph where there is one, else from the chains alone."""
    chains = [way for way in result.ways_in if goal is None or way.goal == goal]
    used = {name for way in chains for name in way.findings}
    source_of = {one.fingerprint: one.source for one in result.findings}
    steps = result.graph.steps if result.graph else ()
    known = [step for step in steps if step.via in used and step.via in source_of]
    for step in known:
        yield from _step_edges(step, source_of[step.via], chains_goal={way.goal for way in chains})
    told = {step.via for step in known}
    for way in chains:
        if not told.intersection(way.findings):
            yield from (("who", "anyone", "where", source) for source in way.sources[:1])
            yield from (("where", source, "what", way.goal) for source in way.sources)


def _step_edges(step: Step, source: str, *, chains_goal: set[str]) -> Iterable[Edge]:
    yield from (("who", need, "where", source) for need in sorted(step.needs) or ["anyone"])
    if step.gives in words.GOALS:
        yield from [("where", source, "what", step.gives)] * (step.gives in chains_goal)
    else:
        yield ("where", source, "who", step.gives)


def _columns(weight: Counter[tuple[str, str]], edges: Sequence[Edge]) -> dict[str, list[str]]:
    """The names of each column, the most linked ones where there is no room, in an order in which few lines cross."""
    what = [goal for goal in words.GOALS if ("what", goal) in weight]
    where = _ordered(weight, "where", what, edges)
    return {"who": _ordered(weight, "who", where, edges), "where": where, "what": what}


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


def _link(edge: Edge, at: dict[tuple[str, str], tuple[float, float]], *, home: bool) -> Link:
    """A curve from the right side of a box to the left side of the next; a dashed one goes back to the first column."""
    (x1, y1), (x2, y2) = at[edge[:2]], at[edge[2:]]
    back = x2 < x1
    start = (x1, y1 + BOX_HEIGHT / 2 + 12) if back else (x1 + BOX_WIDTH, y1 + BOX_HEIGHT / 2)
    stop = (x2 + BOX_WIDTH, y2 + BOX_HEIGHT / 2 + 12) if back else (x2, y2 + BOX_HEIGHT / 2)
    middle = (start[0] + stop[0]) / 2
    path = f"M{start[0]:g} {start[1]:g}C{middle:g} {start[1]:g} {middle:g} {stop[1]:g} {stop[0]:g} {stop[1]:g}"
    return Link(path=path, tone="back" if back else "home" if home else "other")


RINGS = (
    ("100", 62, "under 100 m"),
    ("500", 108, "under 500 m"),
    ("2 km", 154, "under 2 km"),
    ("further", 200, "further"),
)
"""Word in the distance class, radius in the picture, name of the ring."""

FREE = 45
"""Degrees on both sides of the top where no dot stands."""

BESIDE = 23
"""A dot lies half a ring inside of the line that bounds its class."""

OUTER = 246
"""Radius of the ring of places that were not declared."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Dot:
    """A place in the diagram: centre, radius, its short name, and where the name stands."""

    x: float
    y: float
    r: float
    name: str
    declared: bool
    role: str
    inside: bool


def rings(places: Sequence[PlaceSummary]) -> tuple[Dot, ...]:
    """The places round the middle: the ring is the distance class, the angle the order, the area the count."""
    shown = places[:MOST_DOTS]
    most = max((place.points for place in shown), default=1) or 1
    return tuple(_dot(place, index, len(shown), most) for index, place in enumerate(shown))


def _dot(place: PlaceSummary, index: int, total: int, most: int) -> Dot:
    # the top stays free for the names of the rings
    angle = math.radians(FREE + (360 - 2 * FREE) * (index + 0.5) / total - 90)
    distance = ring_of(place)
    r = round(10 + 20 * math.sqrt(max(place.points, 0) / most), 1)
    return Dot(
        x=round(300 + distance * math.cos(angle), 1),
        y=round(280 + distance * math.sin(angle), 1),
        r=r,
        name=words.clean(place.name, 18),
        declared=place.declared,
        role=place.role,
        inside=len(place.name) * 10 <= 2 * r - 6,
    )


def ring_of(place: PlaceSummary) -> int:
    """The radius for a place: its distance class where it was declared, else the outer ring."""
    if not place.declared:
        return OUTER
    near = (radius for word, radius, _ in RINGS if word in (place.distance or ""))
    return next(near, RINGS[-1][1]) - BESIDE


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
    """One line of the progress picture; `width` in hundredths of the whole."""

    key: str
    name: str
    number: int
    width: float


def meter(counts: Sequence[tuple[str, str, int]]) -> tuple[Bar, ...]:
    """Bars for (key, name, number), the highest as wide as the picture."""
    most = max((number for _, _, number in counts), default=0) or 1
    return tuple(
        Bar(key=key, name=name, number=number, width=round(100 * number / most, 1)) for key, name, number in counts
    )
