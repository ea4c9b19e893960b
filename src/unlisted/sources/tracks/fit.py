"""FIT, the binary form of sports watches: only the positions and times of its records.

After the published protocol (Garmin FIT SDK, "Flexible and Interoperable Data Transfer Protocol"): a header, then definition
messages that name the fields of the data messages that follow. Positions are in units of 180 / 2^31 degrees, times in seconds since
the end of 1989, UTC.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from unlisted.errors import Malformed, NotRead
from unlisted.sources.tracks.track import Track, Tracks

EPOCH = datetime(1989, 12, 31, tzinfo=UTC)
DEGREES = 180 / 2**31
RECORD = 20
"""The message that holds a position."""

LAT, LON, TIME = 0, 1, 253
NO_POSITION = 0x7FFFFFFF
NO_TIME = 0xFFFFFFFF
DAMAGED = "the file is not a track that can be read"


@dataclass(frozen=True, slots=True, kw_only=True)
class _Layout:
    """How data messages of one kind lie: the field number with offset and size, and the whole length in bytes."""

    message: int
    big: bool
    fields: dict[int, tuple[int, int]]
    length: int


class _Reader:
    """Walks through the messages of one file."""

    def __init__(self, data: bytes) -> None:
        self.data = data
        self.at = 0
        self.layouts: dict[int, _Layout] = {}
        self.clock = 0
        self.found = Tracks()

    def take(self, count: int) -> bytes:
        """The next bytes; raises Malformed where they are missing."""
        piece = self.data[self.at : self.at + count]
        if len(piece) < count:
            raise Malformed(DAMAGED)
        self.at += count
        return piece

    def file(self) -> None:
        """One file; several may stand one behind the other."""
        size = self.take(1)[0]
        head = self.take(size - 1) if size >= 12 else b""
        if head[7:11] != b".FIT":
            raise Malformed(DAMAGED)
        end = self.at + int.from_bytes(head[3:7], "little")
        self.layouts.clear()
        self.found.begin()
        while self.at < end:
            self.message(self.take(1)[0])
        self.at += 2  # the checksum

    def message(self, head: int) -> None:
        """One message by its first byte."""
        if head & 0x80:  # the last five bits are those of the time
            self.clock += ((head & 0x1F) - self.clock) & 0x1F
            self.values((head >> 5) & 3, packed=True)
        elif head & 0x40:
            self.define(head & 15, more=bool(head & 0x20))
        else:
            self.values(head & 15)

    def define(self, kind: int, *, more: bool) -> None:
        """A definition: what the data messages of this kind hold."""
        start = self.take(5)
        big = bool(start[1])
        fields: dict[int, tuple[int, int]] = {}
        length = 0
        for number, size, _ in self.triples(start[4]):
            fields[number] = (length, size)
            length += size
        if more:
            length += sum(size for _, size, _ in self.triples(self.take(1)[0]))
        message = int.from_bytes(start[2:4], "big" if big else "little")
        self.layouts[kind] = _Layout(message=message, big=big, fields=fields, length=length)

    def triples(self, count: int) -> list[tuple[int, int, int]]:
        """Fields as (number, size, base type)."""
        raw = self.take(3 * count)
        return [(raw[at], raw[at + 1], raw[at + 2]) for at in range(0, len(raw), 3)]

    def values(self, kind: int, *, packed: bool = False) -> None:
        """A data message; only records are looked at."""
        layout = self.layouts.get(kind)
        if layout is None:
            raise Malformed(DAMAGED)
        raw = self.take(layout.length)
        stamp = _number(raw, layout, TIME)
        if stamp is not None and stamp != NO_TIME:
            self.clock = stamp
        if layout.message != RECORD:
            return
        lat, lon = _number(raw, layout, LAT, signed=True), _number(raw, layout, LON, signed=True)
        if lat is None or lon is None or NO_POSITION in {lat, lon}:
            return
        timed = packed or stamp not in {None, NO_TIME}
        self.found.add(lat * DEGREES, lon * DEGREES, EPOCH + timedelta(seconds=self.clock) if timed else None)


def _number(raw: bytes, layout: _Layout, field: int, *, signed: bool = False) -> int | None:
    """A field of four bytes; None where the message has none."""
    at, size = layout.fields.get(field, (0, 0))
    if size != 4:
        return None
    return int.from_bytes(raw[at : at + 4], "big" if layout.big else "little", signed=signed)


def read(data: bytes) -> list[Track]:
    """The tracks of a FIT file: what was read before damage counts. Raises NotRead where nothing was."""
    reader = _Reader(data)
    try:
        while reader.at < len(data):
            reader.file()
    except NotRead as problem:
        return reader.found.done(problem)
    return reader.found.done()
