"""The week as it looks from times; no position is needed for most of it, and none is given out."""

from __future__ import annotations

import math
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

BEFOREHAND = 2 / 42
"""The chance of a habit in a block before anything is known of it: two in a week of 42 blocks."""

LIFT = 0.15
"""A habit shows in at least this share of weeks more than it would without one."""

SPREAD = 120.0
"""How far the days of one person differ without a habit: as much as shares of so many weeks do by accident."""

STEPS = 40
"""Shares of weeks that stand for all that a habit may have."""

MOST = 0.97
LIKELY = 0.60
"""Habits less sure than this are not told."""

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
    """Blocks of the week in which posts come again and again, against the person's own pattern. Times are local wall times.

    What is usual for a block is what this weekday and these hours have in general. How sure a habit is follows by Bayes' rule from
    the number of weeks that have a post in the block: either no more than usual, or at least `LIFT` more. Surest first; only
    "fairly sure" ones and better.
    """
    seen = {((at.toordinal() - 1) // 7, at.weekday(), at.hour // 4) for at in times}
    of = len({number for number, _, _ in seen})
    if len(seen) < LEAST:
        return ()
    weeks = np.zeros((7, 6))
    np.add.at(weeks, tuple(zip(*((day, block) for _, day, block in seen), strict=True)), 1.0)
    found = []
    for weekday, block in np.argwhere(weeks >= HABIT_WEEKS).tolist():
        count = int(weeks[weekday, block])
        certainty = min(MOST, habit_chance(count, of, usual(weeks, weekday, block, of)))
        if certainty >= LIKELY:
            found.append(Habit(weekday=weekday, block=block, weeks=count, of=of, certainty=certainty))
    return tuple(sorted(found, key=lambda habit: (-habit.certainty, -habit.weeks, habit.weekday, habit.block)))


def usual(weeks: Floats, weekday: int, block: int, of: int) -> float:
    """The share of weeks in which a block would have a post without a habit. `weeks`: how many have one, 7 x 6.

    The larger of two answers: what other days have in these hours, and the same scaled by how busy this weekday is at other hours.
    """
    hours = float(weeks[:, block].sum() - weeks[weekday, block])
    day = float(weeks[weekday].sum() - weeks[weekday, block])
    rest = float(weeks.sum()) - hours - day - float(weeks[weekday, block])
    scaled = (hours + 1) * (day + 1) / (rest + 1) / of
    return min(0.95, max((hours + 1) / (6 * of + 2), scaled))


def habit_chance(count: int, of: int, share: float) -> float:
    """The chance that `count` of `of` weeks are more than the usual `share`, and no accident."""
    fewest = min(share + LIFT, 0.98)
    raised = fewest + (np.arange(STEPS) + 0.5) / STEPS * (1 - fewest)
    each = count * np.log(raised) + (of - count) * np.log1p(-raised)
    best = float(each.max())
    with_habit = best + math.log(float(np.exp(each - best).mean()))
    a, b = SPREAD * share, SPREAD * (1 - share)
    without = _log_beta(count + a, of - count + b) - _log_beta(a, b)
    odds = math.log(BEFOREHAND / (1 - BEFOREHAND)) + with_habit - without
    return 1 / (1 + math.exp(min(700.0, -odds)))


def _log_beta(a: float, b: float) -> float:
    return math.lgamma(a) + math.lgamma(b) - math.lgamma(a + b)


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
