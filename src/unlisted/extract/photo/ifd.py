"""The parts of a TIFF structure: header, directories, entries and their values; every offset is checked by the reading function."""

from __future__ import annotations

import struct
from collections.abc import Callable

from unlisted.extract.photo.words import text_of

MAX_ENTRIES = 1_000
"""Entries read of one directory."""

MAX_VALUE = 65_536
"""Bytes read of one value."""

Get = Callable[[int, int], bytes]

SIZES = (0, 1, 1, 2, 4, 8, 1, 1, 2, 4, 8, 4, 8, 4, 0, 0, 8, 8, 8)
"""Bytes of one item by TIFF type."""

MAGIC = {42: False, 43: True, 85: False, 0x4F52: False, 0x5352: False}
"""The second word of the header, and whether offsets have eight bytes: TIFF, BigTIFF, Panasonic, Olympus (two)."""


Entry = tuple[int, int, int, bytes]
"""One directory entry: tag, TIFF type, count of items, and the field that holds the value or its offset."""


class Tiff:
    """One TIFF structure: byte order, offset size, and `get(offset, length)` that reads from its start."""

    __slots__ = ("entry", "get", "large", "order", "u16", "u32", "wide")

    def __init__(self, get: Get, order: str, *, large: bool = False) -> None:
        self.get = get
        self.order = order
        self.large = large
        self.u16 = struct.Struct(order + "H")
        self.u32 = struct.Struct(order + "I")
        self.wide = struct.Struct(order + ("Q" if large else "I"))
        self.entry = struct.Struct(order + ("HHQ8s" if large else "HHI4s"))

    def directory(self, offset: int) -> tuple[dict[int, Entry], int, bool]:
        """Entries by tag (the first of each), the offset of the next directory, and whether it is whole."""
        head, step = (8, 20) if self.large else (2, 12)
        start = self.get(offset, head)
        if len(start) < head:
            return {}, 0, False
        count = int.from_bytes(start, "little" if self.order == "<" else "big")
        whole = count <= MAX_ENTRIES
        count = min(count, MAX_ENTRIES)
        data = self.get(offset + head, count * step + self.wide.size)
        usable = min(count, len(data) // step)
        rows: list[Entry] = [*self.entry.iter_unpack(data[: usable * step])]
        entries = {row[0]: row for row in reversed(rows)}
        rest = data[usable * step : usable * step + self.wide.size]
        following = self.wide.unpack(rest)[0] if len(rest) == self.wide.size else 0
        return entries, following, whole and usable == count

    def value(self, entry: Entry, limit: int = MAX_VALUE) -> bytes:
        """The bytes of a value, at most `limit`; fewer or none where they lie outside of the block."""
        _, kind, items, raw = entry
        size = SIZES[kind] * items if kind < len(SIZES) else 0
        if size <= len(raw):
            return raw[:size]
        return self.get(self.wide.unpack(raw)[0], min(size, limit))

    def number(self, entry: Entry) -> int:
        """The first item of a whole-number value; 0 where there is none."""
        numbers = self.numbers(entry, 1)
        return numbers[0] if numbers else 0

    def numbers(self, entry: Entry, limit: int) -> tuple[int, ...]:
        """The items of a whole-number value, at most `limit`."""
        letter = {1: "B", 3: "H", 4: "I", 6: "b", 8: "h", 9: "i", 13: "I", 16: "Q", 18: "Q"}.get(entry[1])
        if letter is None:
            return ()
        size = SIZES[entry[1]]
        data = self.value(entry, limit * size)
        count = min(len(data) // size, limit)
        return struct.unpack_from(f"{self.order}{count}{letter}", data)

    def ratios(self, entry: Entry, limit: int) -> list[float | None]:
        """The items of a rational (or plain number) value; None where the divisor is 0."""
        if entry[1] not in {5, 10}:
            return self._plain(entry, limit)
        data = self.value(entry, limit * 8)
        pairs = struct.iter_unpack(self.order + ("II" if entry[1] == 5 else "ii"), data[: len(data) // 8 * 8])
        return [top / bottom if bottom else None for top, bottom in pairs]

    def _plain(self, entry: Entry, limit: int) -> list[float | None]:
        """The items of a value of whole or floating numbers."""
        letter, size = {11: ("f", 4), 12: ("d", 8)}.get(entry[1], ("", 1))
        if not letter:
            return [*map(float, self.numbers(entry, limit))]
        data = self.value(entry, limit * size)
        return [*struct.unpack_from(f"{self.order}{len(data) // size}{letter}", data)]

    def text(self, entry: Entry) -> str:
        """A text value up to its first NUL."""
        return text_of(self.value(entry)) if entry[1] in {1, 2, 6, 7, 129} else ""


def opened(get: Get) -> Tiff | None:
    """The structure whose header `get` gives, or None."""
    head = get(0, 4)
    order = {b"II": "<", b"MM": ">"}.get(head[:2])
    if order is None or len(head) < 4:
        return None
    large = MAGIC.get(struct.unpack(order + "H", head[2:])[0])
    return None if large is None else Tiff(get, order, large=large)


def in_memory(data: bytes) -> Get:
    """A reading function for a block in memory."""
    return lambda offset, length: data[offset : offset + length]
