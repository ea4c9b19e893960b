"""The week as it looks from times; no position is needed for most of it, and none is given out."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

import numpy as np

from unlisted.model import Place, Point
from unlisted.places.compare import GLOBE
from unlisted.places.intake import DAY, NO_TIME, Floats, day_of, hour_of, ids, read, weekday_of

LEAST = 10
"""A week drawn from fewer quarter hours says nothing."""

HABIT_WEEKS = 4
"""A habit needs at least so many different weeks."""

BLOCKS = 42
"""Four-hour blocks in a week: so many chances there are to be struck by accident."""

MOST = 0.97

AWAY_M = 50_000.0
"""Further from home than this is away."""

TRIP_DAYS = 2
"""Days with posts, all of them from away, that make a trip."""

Week = tuple[tuple[int, ...], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Habit:
    """A four-hour block (0 begins at midnight) of a weekday (0 Monday) that stands out: in `weeks` of `of` weeks with posts."""

    weekday: int
    block: int
    weeks: int
    of: int
    certainty: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Trip:
    """Days in a row with posts from far away, and the posts: while they are new, they say that nobody is at home."""

    days: int
    posts: tuple[str, ...]


def week(points: Sequence[Point], *, zone: str | None = None) -> Week | None:
    """How many distinct quarter hours have a point, by weekday (0 Monday) and hour: 7 x 24; None where they are too few.

    A quarter hour counts once, so that a track does not drown single photos. Unsure clocks are left out.
    """
    quarter = read(points, zone=zone).quarter
    quarter = np.unique(quarter[quarter != NO_TIME])
    if len(quarter) < LEAST:
        return None
    slot = weekday_of(quarter // DAY) * 24 + hour_of(quarter)
    return tuple(tuple(day) for day in np.bincount(slot, minlength=168).reshape(7, 24).tolist())


def habits(times: Iterable[datetime]) -> tuple[Habit, ...]:
    """Blocks of the week in which posts come again and again, against the person's own other days. Times are local wall times.

    A block stands out where as many weeks have a post in it as would rarely happen if weekdays did not matter (binomial tail,
    times the number of blocks). Surest first; only "fairly sure" ones and better.
    """
    seen = {((at.toordinal() - 1) // 7, at.weekday(), at.hour // 4) for at in times}
    of = len({number for number, _, _ in seen})
    weeks: dict[tuple[int, int], int] = defaultdict(int)
    for _, weekday, block in seen:
        weeks[weekday, block] += 1
    found = []
    for (weekday, block), count in weeks.items():
        others = sum(weeks.get((day, block), 0) for day in range(7) if day != weekday)
        usual = (others + 1) / (6 * of + 2)
        certainty = min(MOST, 1 - BLOCKS * tail(of, count, usual))
        if len(seen) >= LEAST and count >= HABIT_WEEKS and certainty >= 0.60:
            found.append(Habit(weekday=weekday, block=block, weeks=count, of=of, certainty=certainty))
    return tuple(sorted(found, key=lambda habit: (-habit.certainty, -habit.weeks, habit.weekday, habit.block)))


def tail(count: int, least: int, chance: float) -> float:
    """The chance of at least `least` hits in `count` tries."""
    up, down = math.log(chance), math.log1p(-chance)
    terms = (
        math.lgamma(count + 1)
        - math.lgamma(hits + 1)
        - math.lgamma(count - hits + 1)
        + hits * up
        + (count - hits) * down
        for hits in range(least, count + 1)
    )
    return min(1.0, math.fsum(math.exp(term) for term in terms))


def trips(points: Sequence[Point], home: Place, *, zone: str | None = None) -> tuple[Trip, ...]:
    """Runs of at least two days with posts that are all more than 50 km from home, in order of time."""
    columns = read(points, zone=zone)
    rows = np.flatnonzero(columns.dated != NO_TIME)
    if not len(rows):
        return ()
    rows = rows[np.argsort(columns.dated[rows], kind="stable")]
    days, number = np.unique(day_of(columns.dated[rows]), return_inverse=True)
    near = far_from(columns.lat[rows], columns.lon[rows], home.center) <= AWAY_M
    away = np.bincount(number, near, len(days)) == 0
    turns = np.flatnonzero(np.diff(away.astype(np.int8), prepend=0, append=0))
    out = []
    for start, stop in zip(turns[::2].tolist(), turns[1::2].tolist(), strict=True):
        if stop - start >= TRIP_DAYS:
            inside = rows[(number >= start) & (number < stop)]
            out.append(Trip(days=stop - start, posts=tuple(ids(points, columns.index[inside]))))
    return tuple(out)


def far_from(lat: Floats, lon: Floats, center: tuple[float, float]) -> Floats:
    """Metres from many positions to one, on a sphere."""
    north, south = np.radians(lat), math.radians(center[0])
    wide = np.sin(np.radians(lon - center[1]) / 2) ** 2 * np.cos(north) * math.cos(south)
    h: Floats = np.minimum(1.0, np.sin((north - south) / 2) ** 2 + wide)
    out: Floats = GLOBE * np.arcsin(np.sqrt(h))
    return out
