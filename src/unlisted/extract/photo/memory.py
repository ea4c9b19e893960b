"""Boxes in a block that is already in memory."""

from __future__ import annotations

import struct
from collections.abc import Iterator

MAX_BOXES = 5_000
"""Boxes followed on one level."""


_HEAD = struct.Struct(">I4s").unpack_from


def boxes(data: bytes, start: int = 0, end: int | None = None) -> Iterator[tuple[bytes, int, int]]:
    """Type, start and end of the content of each box; stops at the first that makes no sense."""
    end = len(data) if end is None else min(end, len(data))
    for _ in range(MAX_BOXES):
        if end - start < 8:
            return
        size, kind = _HEAD(data, start)
        skip = 8
        if size == 1:
            size, skip = number(data, start + 8, 8), 16
        stop = start + size if size else end
        if stop < start + skip:
            return
        yield kind, min(start + skip, end), min(stop, end)
        start = stop


def number(data: bytes, at: int, length: int) -> int:
    """A whole number, big-endian; what lies outside counts as nothing."""
    return int.from_bytes(data[at : at + length], "big")
