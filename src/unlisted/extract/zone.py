"""Local time at a point, offline: the zone by tzfpy's bundled borders, its offsets by the IANA data of zoneinfo.

A camera's clock is local time as it stands; a satellite's clock and most exports are UTC and are moved to the zone AT THE POINT,
never to the zone of this machine. Where a photo holds both, they must tell the same story to the quarter of an hour.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import numpy as np
import numpy.typing as npt
import tzfpy

from unlisted.model import Photo

QUARTER = 900
"""Seconds. All offsets in use today are whole quarters of an hour."""

GRID = 100
"""Zones are looked up once for a square of 1/100 degree (about a kilometre): nothing finer is needed."""

START = datetime(1970, 1, 1, tzinfo=UTC)

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True, kw_only=True)
class Moment:
    """When a photo was taken: naive local wall time, and whether its clocks agree."""

    at: datetime = field(repr=False)
    sure: bool = True


def zone_at(lat: float, lon: float) -> str | None:
    """The IANA zone at a point in degrees (at sea: the nautical one); None where the point is not on the globe."""
    if not (math.isfinite(lat) and math.isfinite(lon) and abs(lat) <= 90 and abs(lon) <= 180):
        return None
    return tzfpy.get_tz(lon, lat) or None


@lru_cache(maxsize=512)
def known(zone: str) -> ZoneInfo | None:
    """The rules of a zone, or None where the name is not one."""
    try:
        return ZoneInfo(zone)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return None


def local(at: datetime, lat: float, lon: float) -> datetime:
    """Naive wall time at the point. A naive `at` is local already; without a zone there, the wall time that `at` itself carries."""
    if at.tzinfo is None:
        return at
    name = zone_at(lat, lon)
    rules = known(name) if name else None
    try:
        return (at.astimezone(rules) if rules else at).replace(tzinfo=None)
    except (OverflowError, ValueError):  # the first and the last day of the calendar
        return at.replace(tzinfo=None)


def offsets(seconds: Ints, zone: str) -> Ints:
    """What to add to each UTC time (seconds since 1970) to get wall time in the zone, in seconds (0: no such zone).

    Rules change on the quarter hour at the finest: each distinct quarter is asked for once.
    """
    rules = known(zone)
    if rules is None:
        return np.zeros(len(seconds), np.int64)
    quarters, back = np.unique(seconds // QUARTER, return_inverse=True)
    found = [_offset_of(int(quarter) * QUARTER, rules) for quarter in quarters]
    return np.array(found, np.int64)[back]


def _offset_of(seconds: int, rules: ZoneInfo) -> int:
    """The offset at so many seconds since 1970; 0 where no calendar has such a day."""
    try:
        return _offset(START + timedelta(seconds=seconds), rules)
    except OverflowError:
        return 0


def _offset(at: datetime, rules: ZoneInfo) -> int:
    try:
        shift = at.astimezone(rules).utcoffset()
    except (OverflowError, ValueError):
        return 0
    return int(shift.total_seconds()) if shift else 0


def zones_at(lat: Floats, lon: Floats) -> tuple[list[str | None], Ints]:
    """The distinct zones of many points (degrees, finite), and for each point the index of its zone."""
    rows, columns = np.floor(lat * GRID).astype(np.int64), np.floor(lon * GRID).astype(np.int64)
    _, first, back = np.unique(rows * 100_000 + columns, return_index=True, return_inverse=True)
    names = [zone_at(float(lat[i]), float(lon[i])) for i in first]
    distinct = list(dict.fromkeys(names))
    number = {name: i for i, name in enumerate(distinct)}
    return distinct, np.array([number[name] for name in names], np.int64)[back]


def from_photo(photo: Photo) -> Moment | None:
    """When a photo was taken, in local time, by all that its clocks say; None where it has none.

    The camera's own clock wins. A satellite stamp beside it must differ from it by the offset of the zone at the point;
    where it does not (a camera that was never set, a trip with the old time), the moment is not sure.
    """
    here = photo.position
    if photo.taken_at is None:
        return (
            None if photo.gps_at is None or here is None else Moment(at=local(_utc(photo.gps_at), here.lat, here.lon))
        )
    wall = photo.taken_at.replace(tzinfo=None)
    if photo.gps_at is None or here is None:
        return Moment(at=wall)
    return Moment(at=wall, sure=_agree(wall, _utc(photo.gps_at), here.lat, here.lon))


def _utc(at: datetime) -> datetime:
    return at.replace(tzinfo=UTC) if at.tzinfo is None else at


def _agree(wall: datetime, stamp: datetime, lat: float, lon: float) -> bool:
    """Whether wall time less UTC is, to the quarter hour, what the zone at the point says."""
    name = zone_at(lat, lon)
    rules = known(name) if name else None
    if rules is None:
        return False
    apart = (wall - stamp.astimezone(UTC).replace(tzinfo=None)).total_seconds()
    return round(apart / QUARTER) * QUARTER == _offset(stamp, rules)
