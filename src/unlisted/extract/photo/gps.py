"""The GPS directory of Exif: position with its letters, height, direction and the satellites' clock."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, timedelta

from unlisted.extract.photo.found import Found
from unlisted.extract.photo.ifd import Entry, Tiff
from unlisted.extract.photo.words import text_of, time_of
from unlisted.model.evidence import Position

_NUMBER = re.compile(r"-?\d{1,12}(?:\.\d{1,12})?")


def degrees(parts: Sequence[float | None]) -> float | None:
    """Degrees of one to three numbers (degrees, minutes, seconds); None where the first is missing.

    Cameras write 0/0 for seconds that they do not know: the parts in front stand.
    """
    if not parts or parts[0] is None:
        return None
    total = 0.0
    for part, unit in zip(parts, (1, 60, 3600), strict=False):
        if part is None:
            return None if unit == 60 and parts[0] == 0 else total
        total += part / unit
    return total


def read(tiff: Tiff, entries: Mapping[int, Entry], found: Found) -> None:
    """Add what the directory says to `found`."""
    when = _clock(tiff, entries)
    if when is not None and found.gps_at is None:
        found.gps_at = when
    if 2 not in entries or 4 not in entries:
        return
    north, lat = _axis(tiff, entries, 1)
    east, lon = _axis(tiff, entries, 3)
    if lat is None or lon is None:
        return
    spot = Position(
        lat=-lat if north == "S" else lat,
        lon=-lon if east == "W" else lon,
        origin="exif",
        altitude=_altitude(tiff, entries),
        direction=_first(tiff, entries, 0x11),
        at=when,
        sure=bool(north and east) or lat < 0 or lon < 0,
    )
    found.put(spot)
    if 0x1C in entries:
        found.add(found.place_names, _area(tiff.value(entries[0x1C])))


def _axis(tiff: Tiff, entries: Mapping[int, Entry], letter: int) -> tuple[str, float | None]:
    """The hemisphere's letter ("" where it is missing) and the degrees of one axis."""
    mark = text_of(tiff.value(entries[letter]))[:1].upper() if letter in entries else ""
    entry = entries[letter + 1]
    parts = tiff.ratios(entry, 3)
    if not parts:  # some programs write the numbers as text
        parts = [float(number) for number in _NUMBER.findall(tiff.text(entry)[:80])[:3]]
    return mark if mark in "NSEW" else "", degrees(parts)


def _first(tiff: Tiff, entries: Mapping[int, Entry], tag: int) -> float | None:
    """The one number of a tag, or None."""
    parts = tiff.ratios(entries[tag], 1) if tag in entries else []
    return parts[0] if parts else None


def _altitude(tiff: Tiff, entries: Mapping[int, Entry]) -> float | None:
    """Metres above the sea; below it where the reference says 1."""
    height = _first(tiff, entries, 6)
    below = 5 in entries and tiff.value(entries[5])[:1] in {b"\x01", b"1"}
    return -height if height is not None and below else height


def _clock(tiff: Tiff, entries: Mapping[int, Entry]) -> datetime | None:
    """The satellites' date and time, UTC."""
    if 0x1D not in entries or 7 not in entries:
        return None
    day = time_of(tiff.text(entries[0x1D]))
    parts = tiff.ratios(entries[7], 3)
    if day is None or len(parts) < 3 or any(part is None or not 0 <= part < 61 for part in parts):
        return None
    hour, minute, second = (part or 0.0 for part in parts)
    return day.replace(hour=0, minute=0, second=0, tzinfo=UTC) + timedelta(
        hours=hour, minutes=minute, seconds=int(second)
    )


def _area(data: bytes) -> str:
    """The name of the area: text behind an eight-byte word for its character set."""
    if data[:7] == b"UNICODE":
        return data[8:].decode("utf-16", "replace").split("\0", 1)[0].strip()
    return text_of(data[8:]) if data[:5] == b"ASCII" else ""
