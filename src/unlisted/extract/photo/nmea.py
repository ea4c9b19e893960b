"""Sentences of satellite receivers, as dash cameras log them: positions by "RMC", with the day and time, UTC."""

from __future__ import annotations

import re
from datetime import UTC, datetime

from unlisted.extract.photo.found import Found
from unlisted.model.evidence import Position

MAX_SENTENCES = 200
"""Sentences told of one log, evenly spread."""

_RMC = re.compile(
    rb"\$[A-Z]{2}RMC,(\d{6})(?:\.\d{1,6})?,A,(\d{2})(\d{2}\.\d{1,8}),([NS]),(\d{3})(\d{2}\.\d{1,8}),([EW]),[^,]{0,12},[^,]{0,12},(\d{6})"
)


def read(data: bytes, found: Found) -> None:
    """Add the positions of a log."""
    rows = _RMC.findall(data)
    for clock, lat, lat_minutes, north, lon, lon_minutes, east, day in rows[:: max(1, -(-len(rows) // MAX_SENTENCES))]:
        y, x = int(lat) + float(lat_minutes) / 60, int(lon) + float(lon_minutes) / 60
        spot = Position(
            lat=-y if north == b"S" else y, lon=-x if east == b"W" else x, origin="track", at=_time(day, clock)
        )
        found.put(spot)


def _time(day: bytes, clock: bytes) -> datetime | None:
    """Day and time of a sentence."""
    try:
        return datetime.strptime((day + clock).decode("ascii"), "%d%m%y%H%M%S").replace(tzinfo=UTC)
    except ValueError:
        return None
