"""Timed tracks of a video: GoPro's telemetry, Android's camera motion, and the size of the picture track.

Samples are found by the track's tables; at most `MAX_SAMPLES` of them, evenly spread, are read.
"""

from __future__ import annotations

import struct
from collections.abc import Callable

from unlisted.extract.photo import gpmf
from unlisted.extract.photo.boxes import boxes, number
from unlisted.extract.photo.found import Found
from unlisted.extract.photo.reader import Reader

MAX_SAMPLES = 200
"""Samples read of one track."""

MAX_SAMPLE = 65_536
"""Bytes read of one sample."""

MAX_ROWS = 50_000
"""Rows of a table that are followed."""

_TABLES = (b"stsd", b"stsz", b"stsc", b"stco", b"co64")
_INSIDE = (b"mdia", b"minf", b"stbl")


def read(file: Reader, found: Found, data: bytes, start: int, end: int) -> None:
    """One `trak` box in `data`: the positions of a telemetry track, or the picture's size."""
    tables = _tables(found, data, start, end)
    handler = _FORMATS.get(tables.get(b"stsd", b"")[12:16])
    if handler is None:
        return
    samples = _samples(tables)
    step = max(1, -(-len(samples) // MAX_SAMPLES))
    found.spend(len(samples))
    for offset, length in samples[::step]:
        handler(file.at(offset, min(length, MAX_SAMPLE)), found)


def _tables(found: Found, data: bytes, start: int, end: int) -> dict[bytes, bytes]:
    """The sample tables of a track."""
    tables: dict[bytes, bytes] = {}
    waiting = [(start, end)]
    while waiting:
        first, last = waiting.pop()
        for kind, at, stop in boxes(data, first, last):
            if kind in _INSIDE:
                waiting.append((at, stop))
            elif kind in _TABLES:
                tables[kind] = data[at:stop]
            elif kind == b"tkhd":
                found.size(number(data, stop - 8, 4) >> 16, number(data, stop - 4, 4) >> 16)
    return tables


def _samples(tables: dict[bytes, bytes]) -> list[tuple[int, int]]:
    """Offset and length of the first sample of each chunk, which is enough."""
    large = b"co64" in tables
    table = tables.get(b"co64" if large else b"stco", b"")
    width = 8 if large else 4
    count = min(number(table, 4, 4), (len(table) - 8) // width, MAX_ROWS)
    if count <= 0:
        return []
    offsets = struct.unpack_from(f">{count}{'Q' if large else 'I'}", table, 8)
    lengths = _lengths(tables.get(b"stsz", b""), tables.get(b"stsc", b""), count)
    return [(offset, length) for offset, length in zip(offsets, lengths, strict=False) if length]


def _lengths(sizes: bytes, runs: bytes, chunks: int) -> list[int]:
    """The length of the first sample of each chunk."""
    fixed = number(sizes, 4, 4)
    if fixed:
        return [fixed] * chunks
    count = min(number(sizes, 8, 4), (len(sizes) - 12) // 4, MAX_ROWS)
    table = struct.unpack_from(f">{count}I", sizes, 12) if count > 0 else ()
    rows = min(number(runs, 4, 4), (len(runs) - 8) // 12, MAX_ROWS)
    steps = [struct.unpack_from(">II", runs, 8 + 12 * row) for row in range(max(rows, 0))]
    out: list[int] = []
    sample, row, each = 0, 0, 1
    for chunk in range(1, chunks + 1):
        while row < len(steps) and steps[row][0] <= chunk:
            each = steps[row][1]
            row += 1
        if sample >= len(table):
            break
        out.append(table[sample])
        sample += each
    return out


def _motion(data: bytes, found: Found) -> None:
    """Android's camera motion: little-endian, type 5 (a position) or 6 (with the satellites' clock)."""
    kind = int.from_bytes(data[2:4], "little")
    if kind == 5 and len(data) >= 28:
        lat, lon, height = struct.unpack_from("<3d", data, 4)
        found.place(lat, lon, "track", height)
    elif kind == 6 and len(data) >= 36:
        lat, lon = struct.unpack_from("<2d", data, 16)
        found.place(lat, lon, "track")


_FORMATS: dict[bytes, Callable[[bytes, Found], None]] = {b"gpmd": gpmf.read, b"camm": _motion}
