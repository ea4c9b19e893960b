"""Boxes in a block that is already in memory."""

from __future__ import annotations

from collections.abc import Iterator

MAX_BOXES = 5_000
"""Boxes followed on one level."""


def boxes(data: bytes, start: int = 0, end: int | None = None) -> Iterator[tuple[bytes, int, int]]:
    """Type, start and end of the content of each box; stops at the first that makes no sense."""
    end = len(data) if end is None else min(end, len(data))
    for _ in range(MAX_BOXES):
        if end - start < 8:
            return
        size, skip = int.from_bytes(data[start : start + 4], "big"), 8
        if size == 1:
            size, skip = int.from_bytes(data[start + 8 : start + 16], "big"), 16
        stop = start + size if size else end
        if stop < start + skip:
            return
        yield data[start + 4 : start + 8], min(start + skip, end), min(stop, end)
        start = stop


def number(data: bytes, at: int, length: int) -> int:
    """A whole number, big-endian; what lies outside counts as nothing."""
    return int.from_bytes(data[at : at + length], "big")
