"""Points into places with roles: home, work, regular, visited."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

import numpy as np

from unlisted.model import Place, Point
from unlisted.places.dense import Spent
from unlisted.places.features import Table, table
from unlisted.places.intake import DAY, NO_TIME, Ints, day_of, hour_of, ids, week_of, weekday_of
from unlisted.places.model import AREA_MOST, model
from unlisted.places.scene import Scene, scene

REGULAR_DAYS, REGULAR_WEEKS = 3, 3
"""Fewer distinct days, or weeks, are a visit."""


def infer(points: Sequence[Point], *, zone: str | None = None) -> list[Place]:
    """The places of one person, most certain homes first, then by weight of evidence; at most `features.CANDIDATES`.

    Aware times become wall time in `zone` (an IANA name), or in the zone at the point. Points that cannot be used are left out.
    """
    view = scene(points, zone=zone)
    if view is None:
        return []
    known = table(view.votes, view.born)
    drawn = _draw(points, view, known)
    parts = cast(known)
    plain = set(range(len(drawn))) - {part.seat for part in parts}
    return [_with_role(drawn[part.seat], part) for part in parts] + [drawn[seat] for seat in sorted(plain)]


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """A role, and the candidate that plays it."""

    seat: int
    kind: str
    certainty: float
    area_only: bool = False


def cast(known: Table) -> list[Part]:
    """The best candidate for each role, and how surely it is the one.

    Each role is asked for by itself: somebody who works at home has one place in both. (Making the two differ found
    fewer of either.)
    """
    return [home_part(known), work_part(known)]


def home_part(known: Table) -> Part:
    """The best candidate for home; a mere area is never "fairly sure"."""
    by = model()
    home = by.home.chances(known)[:-1]
    seat = int(home.argmax())
    area = by.area_only(home, known.total)
    sure = by.home.certainty(float(home[seat]))
    part = Part(seat=seat, kind="home", certainty=min(sure, AREA_MOST) if area else sure, area_only=area)
    return _surer(part, known.dense.get("home"))


def work_part(known: Table) -> Part:
    """The best candidate for work."""
    by = model()
    work = by.work.chances(known)[:-1]
    seat = int(work.argmax())
    return _surer(Part(seat=seat, kind="work", certainty=by.work.certainty(float(work[seat]))), known.dense.get("work"))


PARTS = {"home": home_part, "work": work_part}


def _surer(part: Part, dense: Spent | None) -> Part:
    """What the nights and weekdays of a dense record say, where that is surer."""
    if dense is None or dense.certainty <= part.certainty:
        return part
    return Part(seat=dense.seat, kind=part.kind, certainty=dense.certainty)


def _draw(points: Sequence[Point], view: Scene, known: Table) -> list[Place]:
    """The candidates as places, not yet cast: regular or visited."""
    seat = np.full(len(view.born), -1, np.int64)
    seat[known.places] = np.arange(len(known.places))
    weeks = _routines(seat[view.votes.place], view.votes.quarter, len(known.places))
    of_point = seat.astype(np.int16)[view.of_point]  # small numbers are sorted by counting
    order = np.argsort(of_point, kind="stable")
    bounds = np.searchsorted(of_point[order], np.arange(len(known.places) + 1, dtype=np.int16))
    out = []
    for number, place in enumerate(known.places.tolist()):
        mine = order[bounds[number] : bounds[number + 1]]
        dated = view.columns.dated[mine]
        kind, certainty, days = habit(dated)
        out.append(
            Place(
                kind=kind,
                center=(float(view.lat[place]), float(view.lon[place])),
                radius_m=float(view.radius[place]),
                certainty=certainty,
                evidence=tuple(ids(points, view.columns.index[mine])),
                routine=weeks[number],
                days=days,
                first=_moment(dated, first=True),
                last=_moment(dated, first=False),
            )
        )
    return out


def _routines(seat: Ints, quarter: Ints, size: int) -> list[tuple[tuple[int, ...], ...]]:
    """Votes by weekday (of the calendar) and hour, for each candidate."""
    mine = (seat >= 0) & (quarter != NO_TIME)
    slot = seat[mine] * 168 + weekday_of(quarter[mine] // DAY) * 24 + hour_of(quarter[mine])
    counts = np.bincount(slot, minlength=size * 168).reshape(size, 7, 24).tolist()
    return [tuple(tuple(row) for row in week) for week in counts]


def habit(dated: Ints) -> tuple[str, float, int]:
    """What repeated visits look like without a role: kind, certainty, distinct days.

    A habit needs several weeks; each further one leaves four tenths less doubt. A visit is as sure as the positions that show it.
    """
    timed = dated[dated != NO_TIME]
    days = np.unique(day_of(timed))
    weeks = len(np.unique(week_of(days)))
    if len(days) >= REGULAR_DAYS and weeks >= REGULAR_WEEKS:
        return "regular", min(0.97, 1 - 0.6 ** (weeks - 1)), len(days)
    return "visited", min(0.97, 1 - 0.5 ** len(dated)), len(days)


def _moment(dated: Ints, *, first: bool) -> datetime | None:
    timed = dated[dated != NO_TIME]
    if not len(timed):
        return None
    quarter = int(timed.min() if first else timed.max())
    return datetime.fromordinal(quarter // DAY) + timedelta(minutes=15 * (quarter % DAY))


def _with_role(item: Place, part: Part) -> Place:
    """The place in its role; what it was without one stays in `extras`, for when the role is too unsure to be shown."""
    extras = {item.kind: item.certainty}
    return replace(item, kind=part.kind, certainty=part.certainty, area_only=part.area_only, extras=extras)
