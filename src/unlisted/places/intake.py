"""Points into columns: bad ones out, times as local quarter hours."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from operator import attrgetter

import numpy as np
import numpy.typing as npt

from unlisted.extract.zone import known, offsets, zones_at
from unlisted.model import Point, Points
from unlisted.model.points import NAIVE, SURE, UNKNOWN

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]
Bools = npt.NDArray[np.bool_]

NO_TIME = -1
"""Stands for a point without a time, or with one that is not to be trusted."""

DAY = 96
"""Quarter hours."""

MORNING = 20
"""A day starts at five in the morning: what comes before belongs to the night before. In quarter hours."""

FIRST_YEAR, LAST_YEAR = 1990, 2100
"""Outside of these a clock was never set."""

NULL_ISLAND = 0.001
"""Degrees around (0, 0) where programs put photos that have no position."""

MIRROR_SHARE = 10
"""A point counts as misread where its mirror image (a lost sign, swapped axes) has this many times as many points."""

MIRROR_APART = 1.0
"""Degrees: nearer to a mirror's axis than this, both sides are one neighbourhood."""

_LAT, _LON, _AT, _SURE = (attrgetter(name) for name in ("lat", "lon", "at", "sure"))
_HOUR, _MINUTE, _YEAR_ZONE = attrgetter("hour"), attrgetter("minute"), attrgetter("tzinfo")
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC).toordinal()


@dataclass(frozen=True, slots=True, kw_only=True)
class Columns:
    """The usable points: degrees, local quarter hours since day 0 of the calendar, and where each stood in the input.

    `quarter` is `NO_TIME` where there is no time or it is not sure; `dated` has the unsure ones too: good for a date.
    """

    lat: Floats
    lon: Floats
    quarter: Ints
    dated: Ints
    index: Ints

    def __len__(self) -> int:
        return len(self.lat)


def read(points: Sequence[Point], *, zone: str | None = None) -> Columns:
    """The usable points as columns. Aware times become wall time in `zone`, or in the zone at the point."""
    raw = _of_columns(points) if isinstance(points, Points) else _of_points(points)
    lat, lon = raw.lat, raw.lon
    good = _on_globe(lat, lon)
    dated = _local(raw, good, zone)
    good &= (dated == NO_TIME) | ((dated >= _year(FIRST_YEAR)) & (dated < _year(LAST_YEAR)))
    good &= ~_misread(lat, lon, good)
    index = np.flatnonzero(good)
    quarter = np.where(raw.sure, dated, NO_TIME)
    return Columns(lat=lat[index], lon=lon[index], quarter=quarter[index], dated=dated[index], index=index)


def dropped(points: Sequence[Point], *, zone: str | None = None) -> int:
    """How many points cannot be used: no place on the globe, null island, a clock that was never set, a misread position."""
    return len(points) - len(read(points, zone=zone))


def ids(points: Sequence[Point], rows: Ints) -> list[str]:
    """The ids of some points."""
    return points.ids(rows.tolist()) if isinstance(points, Points) else [points[row].id for row in rows.tolist()]


def named(points: Sequence[Point]) -> bool:
    """Whether every point has an id."""
    return all(name for name, _ in points.names) if isinstance(points, Points) else all(point.id for point in points)


def day_of(quarter: Ints) -> Ints:
    """The number of the day (the ordinal of the calendar), from five to five."""
    return (quarter - MORNING) // DAY


def week_of(day: Ints) -> Ints:
    """The number of the week, Monday to Sunday."""
    return (day - 1) // 7


def weekday_of(day: Ints) -> Ints:
    """0 Monday to 6 Sunday."""
    return (day + 6) % 7


def hour_of(quarter: Ints) -> Ints:
    """The hour on the clock."""
    return quarter % DAY // 4


def starts_of(keys: Ints) -> Ints:
    """Where runs of equal keys begin."""
    new = np.ones(len(keys), np.bool_)
    np.not_equal(keys[1:], keys[:-1], out=new[1:])
    return np.flatnonzero(new)


def numbered(keys: Ints) -> tuple[Ints, Ints]:
    """The distinct keys, sorted, and for each its number among them. Runs of equal keys cost next to nothing."""
    starts = starts_of(keys)
    distinct, of_run = np.unique(keys[starts], return_inverse=True)
    return distinct, np.repeat(of_run, np.diff(starts, append=len(keys)))


def _year(year: int) -> int:
    return datetime(year, 1, 1, tzinfo=UTC).toordinal() * DAY


def _on_globe(lat: Floats, lon: Floats) -> Bools:
    """Not NaN, not infinite, not out of range, not null island."""
    with np.errstate(invalid="ignore"):
        good: Bools = (np.abs(lat) <= 90) & (np.abs(lon) <= 180)
        good &= ~((np.abs(lat) < NULL_ISLAND) & (np.abs(lon) < NULL_ISLAND))
    return good


@dataclass(frozen=True, slots=True, kw_only=True)
class _Raw:
    """All points as they came: degrees, quarter hours of the clock (or `NO_TIME`); for the rows `aware` also seconds UTC."""

    lat: Floats
    lon: Floats
    wall: Ints
    aware: Ints
    utc: Ints
    sure: Bools


def _of_columns(points: Points) -> _Raw:
    offset = np.frombuffer(points.offset, np.int32)
    seconds = np.frombuffer(points.clock, np.int64) // 1_000_000
    aware = np.flatnonzero(offset < NAIVE)
    return _Raw(
        lat=np.frombuffer(points.lat, np.float64),
        lon=np.frombuffer(points.lon, np.float64),
        wall=np.where(offset == UNKNOWN, NO_TIME, seconds // 900 + _EPOCH * DAY),
        aware=aware,
        utc=seconds[aware] - offset[aware],
        sure=(np.frombuffer(points.flags, np.uint8) & SURE) > 0,
    )


def _of_points(points: Sequence[Point]) -> _Raw:
    count = len(points)
    ats = list(map(_AT, points))
    wall = np.full(count, NO_TIME, np.int64)
    has = np.fromiter((at is not None for at in ats), np.bool_, count)
    known = [at for at in ats if at is not None]
    wall[has] = _walls(known)
    zones = set(map(_YEAR_ZONE, known))
    aware = [row for row, at in enumerate(ats) if at is not None and at.tzinfo is not None] if zones - {None} else []
    return _Raw(
        lat=np.fromiter(map(_LAT, points), np.float64, count),
        lon=np.fromiter(map(_LON, points), np.float64, count),
        wall=wall,
        aware=np.array(aware, np.int64),
        utc=np.fromiter((_utc_seconds(at) for at in ats if at and at.tzinfo is not None), np.int64, len(aware)),
        sure=np.fromiter(map(_SURE, points), np.bool_, count),
    )


def _walls(ats: list[datetime]) -> Ints:
    """Quarter hours as the clock showed them."""
    count = len(ats)
    out = np.fromiter(map(datetime.toordinal, ats), np.int64, count) * DAY
    out += np.fromiter(map(_HOUR, ats), np.int64, count) * 4
    out += np.fromiter(map(_MINUTE, ats), np.int64, count) // 15
    return out


def _local(raw: _Raw, good: Bools, zone: str | None) -> Ints:
    """Local quarter hours; `NO_TIME` where there is no time."""
    usable = good[raw.aware]
    rows, utc = raw.aware[usable], raw.utc[usable]
    out = raw.wall.copy()
    out[rows] = (utc + _shift(utc, raw.lat[rows], raw.lon[rows], zone)) // 900 + _EPOCH * DAY
    return out


def _utc_seconds(at: datetime) -> int:
    """Seconds since 1970, without the overflow that `timestamp` has at the calendar's ends."""
    shift = at.utcoffset()
    naive = (at.toordinal() - _EPOCH) * 86400 + at.hour * 3600 + at.minute * 60 + at.second
    return naive - int(shift.total_seconds()) if shift else naive


def _shift(utc: Ints, lat: Floats, lon: Floats, zone: str | None) -> Ints:
    """Offsets from UTC in seconds: one zone for all where it is given and known, else each point's own."""
    if zone and known(zone):
        return offsets(utc, zone)
    names, which = zones_at(lat, lon)
    out = np.zeros(len(utc), np.int64)
    for number, name in enumerate(names):
        mine = which == number
        out[mine] = offsets(utc[mine], name or "UTC")
    return out


def _misread(lat: Floats, lon: Floats, good: Bools) -> Bools:
    """Points that lost a sign or have their axes swapped: alone where they stand, while their mirror image is where the rest is."""
    out = np.zeros(len(lat), np.bool_)
    if good.sum() <= MIRROR_SHARE:  # too few for a mirror image to be so much busier
        return out
    tenths = np.floor(lat[good] * 10).astype(np.int64)
    tenths *= 10_000
    tenths += np.floor(lon[good] * 10).astype(np.int64)
    keys, back = numbered(tenths)
    counts = np.bincount(back)
    row, column = keys // 10_000, keys % 10_000
    column = np.where(column > 5_000, column - 10_000, column)
    row = (keys - column) // 10_000
    images = ((-row - 1, column), (row, -column - 1), (-row - 1, -column - 1), (column, row), (column, -row - 1))
    bad = np.zeros(len(keys), np.bool_)
    for r, c in images:
        apart = np.maximum(np.abs(r - row), np.abs(c - column)) > MIRROR_APART * 10
        bad |= apart & (_near(keys, counts, r, c) >= MIRROR_SHARE * counts)
    out[np.flatnonzero(good)] = bad[back]
    return out


def _near(keys: Ints, counts: Ints, row: Ints, column: Ints) -> Ints:
    """How many points lie in this tenth of a degree and the eight around it."""
    total = np.zeros(len(row), np.int64)
    for dr in (-1, 0, 1):
        for dc in (-1, 0, 1):
            key = (row + dr) * 10_000 + column + dc
            at = np.minimum(np.searchsorted(keys, key), len(keys) - 1)
            total += np.where(keys[at] == key, counts[at], 0)
    return total
