"""GoPro's telemetry: keys, lengths and values, nested; one position of each sample is enough."""

from __future__ import annotations

import struct
from collections.abc import Iterator
from datetime import UTC, datetime

from unlisted.extract.photo.found import Found
from unlisted.extract.photo.words import text_of
from unlisted.model.evidence import Position

MAX_ITEMS = 5_000
"""Items followed in one block, nested ones included."""

MAX_DEPTH = 8
"""Depth of nested items."""


def _items(data: bytes) -> Iterator[tuple[bytes, bytes, int, bytes]]:
    """Key, type, size of one element and bytes of each item, nested ones in place, in order."""
    stack = [(0, len(data))]
    for _ in range(MAX_ITEMS):
        while stack and stack[-1][1] - stack[-1][0] < 8:
            stack.pop()
        if not stack:
            return
        at, end = stack.pop()
        key, kind, size = data[at : at + 4], data[at + 4 : at + 5], data[at + 5]
        length = size * int.from_bytes(data[at + 6 : at + 8], "big")
        stop = min(at + 8 + length, end)
        stack.append((at + 8 + (length + 3 & ~3), end))
        if kind == b"\0" and len(stack) < MAX_DEPTH:
            stack.append((at + 8, stop))
            yield key, kind, size, b""
        else:
            yield key, kind, size, data[at + 8 : stop]


def read(data: bytes, found: Found, origin: str = "track") -> None:
    """Serial number, and the first position of each stream that has a fix."""
    scale: list[int] = []
    fix, when = 0, None
    for key, kind, size, value in _items(data):
        found.spend(1)
        if key == b"STRM":
            scale, fix, when = [], 0, None
        elif key == b"SCAL":
            scale = _whole(kind, value)
        elif key == b"GPSF":
            fix = int.from_bytes(value[:4], "big")
        elif key == b"GPSU":
            when = _clock(value)
        elif key == b"CASN":
            found.add_serial(text_of(value))
        elif key == b"MINF" and not found.model:
            found.model = text_of(value)
        elif key == b"GPS5" and fix:
            _five(found, scale, value, when, origin)
        elif key == b"GPS9":
            _nine(found, scale, value, size, origin)


def _whole(kind: bytes, value: bytes) -> list[int]:
    """The items of a list of whole numbers."""
    letter, size = {b"l": ("i", 4), b"L": ("I", 4), b"s": ("h", 2), b"S": ("H", 2)}.get(kind, ("", 1))
    count = min(len(value) // size, 32)
    return list(struct.unpack_from(f">{count}{letter}", value)) if letter else []


def _clock(value: bytes) -> datetime | None:
    """The satellites' time, "yymmddhhmmss.sss", UTC."""
    try:
        return datetime.strptime(value[:12].decode("ascii"), "%y%m%d%H%M%S").replace(tzinfo=UTC)
    except ValueError:
        return None


def _five(found: Found, scale: list[int], value: bytes, when: datetime | None, origin: str) -> None:
    """Latitude, longitude, height and speeds as five scaled whole numbers."""
    if len(scale) >= 3 and all(scale[:3]) and len(value) >= 20:
        lat, lon, height = (part / unit for part, unit in zip(struct.unpack_from(">3i", value), scale, strict=False))
        found.put(Position(lat=lat, lon=lon, origin=origin, altitude=height, at=when))


def _nine(found: Found, scale: list[int], value: bytes, size: int, origin: str) -> None:
    """The newer form, with its own clock and fix: seven numbers, then precision and fix as short ones."""
    if len(scale) < 9 or not all(scale[:3]) or size < 32 or len(value) < 32:
        return
    lat, lon, height = (part / unit for part, unit in zip(struct.unpack_from(">3i", value), scale, strict=False))
    if int.from_bytes(value[30:32], "big"):
        found.place(lat, lon, origin, height)
