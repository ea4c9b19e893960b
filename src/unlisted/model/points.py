"""Very many points in columns: forty bytes each instead of two hundred. Reads like a list of `Point`."""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, datetime, timedelta, timezone
from typing import overload

from unlisted.model.evidence import Point

NAIVE = 1 << 30
"""In place of an offset from UTC: the time is what the clock on the wall said."""

UNKNOWN = NAIVE + 1
"""In place of an offset: there is no time."""

SURE, PRIVATE = 1, 2
"""Bits of `flags`."""

_ZERO = datetime(1970, 1, 1)  # noqa: DTZ001  (clock times are counted from it, with and without a zone)
_TICK = timedelta(microseconds=1)
_ZONES: dict[int, timezone] = {0: UTC}


class Points(Sequence[Point]):
    """Points as columns of the same length, in the order in which they came.

    `lat`, `lon`: degrees. `clock`: microseconds from 1970 to what the clock showed, `offset`: seconds from UTC, or `NAIVE`, or
    `UNKNOWN`. `name`: number in `names`, pairs of an id and a source. `flags`: `SURE`, `PRIVATE`.
    """

    __slots__ = ("_known", "clock", "flags", "lat", "lon", "name", "names", "offset")

    def __init__(self, points: Iterable[Point] = ()) -> None:
        self.lat, self.lon = array("d"), array("d")
        self.clock, self.offset, self.name, self.flags = array("q"), array("i"), array("i"), array("B")
        self.names: list[tuple[str, str]] = []
        self._known: dict[tuple[str, str], int] = {}
        self.extend(points)

    def __repr__(self) -> str:
        return f"Points({len(self)} of them)"

    def add(
        self,
        lat: float,
        lon: float,
        at: datetime | None,
        name: tuple[str, str],
        *,
        sure: bool = True,
        private: bool = False,
    ) -> None:
        """One more point; `name` is its id and its source."""
        clock, offset = _counted(at)
        self.lat.append(lat)
        self.lon.append(lon)
        self.clock.append(clock)
        self.offset.append(offset)
        self.name.append(self._number(name))
        self.flags.append(SURE * sure | PRIVATE * private)

    def append(self, point: Point) -> None:
        """One more point."""
        name = point.id, point.source
        self.add(point.lat, point.lon, point.at, name, sure=point.sure, private=point.private)

    def extend(self, points: Iterable[Point]) -> None:
        """More points; those that are in columns already stay in columns."""
        if not isinstance(points, Points):
            for point in points:
                self.append(point)
            return
        numbers = [self._number(name) for name in points.names]
        self.name.extend(array("i", (numbers[number] for number in points.name)))
        self.lat.extend(points.lat)
        self.lon.extend(points.lon)
        self.clock.extend(points.clock)
        self.offset.extend(points.offset)
        self.flags.extend(points.flags)

    def of(self, *, private: bool) -> Points:
        """The points that only the account shows, or those that others see too; these very points where all of them are that."""
        kinds = {flags for flags in set(self.flags) if bool(flags & PRIVATE) == private}
        if kinds == set(self.flags):
            return self
        rows = [row for row, flags in enumerate(self.flags) if flags in kinds]
        out = Points()
        out.names, out._known = self.names, self._known
        out.lat, out.lon = (array("d", map(column.__getitem__, rows)) for column in (self.lat, self.lon))
        out.clock = array("q", map(self.clock.__getitem__, rows))
        out.offset, out.name = (array("i", map(column.__getitem__, rows)) for column in (self.offset, self.name))
        out.flags = array("B", map(self.flags.__getitem__, rows))
        return out

    def ids(self, rows: Iterable[int]) -> list[str]:
        """The ids of some points."""
        return [self.names[self.name[row]][0] for row in rows]

    def __len__(self) -> int:
        return len(self.lat)

    @overload
    def __getitem__(self, row: int) -> Point: ...
    @overload
    def __getitem__(self, row: slice) -> list[Point]: ...
    def __getitem__(self, row: int | slice) -> Point | list[Point]:
        if isinstance(row, slice):
            return [self._point(number) for number in range(*row.indices(len(self)))]
        return self._point(row)

    def __iter__(self) -> Iterator[Point]:
        return map(self._point, range(len(self)))

    def _point(self, row: int) -> Point:
        label, source = self.names[self.name[row]]
        flags = self.flags[row]
        at = _moment(self.clock[row], self.offset[row])
        return Point(self.lat[row], self.lon[row], at, label, source, bool(flags & SURE), bool(flags & PRIVATE))

    def _number(self, name: tuple[str, str]) -> int:
        number = self._known.setdefault(name, len(self.names))
        if number == len(self.names):
            self.names.append(name)
        return number


def _counted(at: datetime | None) -> tuple[int, int]:
    """(microseconds on the clock, offset from UTC in seconds) of a time."""
    if at is None:
        return 0, UNKNOWN
    shift = at.utcoffset()
    return (at.replace(tzinfo=None) - _ZERO) // _TICK, NAIVE if shift is None else int(shift.total_seconds())


def _moment(clock: int, offset: int) -> datetime | None:
    """The time that was counted."""
    if offset == UNKNOWN:
        return None
    at = _ZERO + clock * _TICK
    if offset == NAIVE:
        return at
    zone = _ZONES.get(offset) or timezone(timedelta(seconds=offset))
    return at.replace(tzinfo=zone)
