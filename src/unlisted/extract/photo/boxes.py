"""Boxes of the ISO base media format: in a file, by small reads, and in a block that is already in memory."""

from __future__ import annotations

import struct
from collections.abc import Iterator
from typing import NamedTuple

from unlisted.extract.photo.reader import Reader

MAX_BOXES = 5_000
"""Boxes followed on one level."""


class Box(NamedTuple):
    """One box: its type, where its content begins and ends, and whether all of it is there."""

    kind: bytes
    start: int
    end: int
    whole: bool = True


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


def in_file(file: Reader, start: int, end: int, limit: int = MAX_BOXES) -> Iterator[Box]:
    """The boxes between two offsets; stops at the first that makes no sense."""
    for _ in range(limit):
        head = file.at(start, 16) if end - start >= 16 else file.at(start, end - start)
        if len(head) < 8:
            return
        size, skip = int.from_bytes(head[:4], "big"), 8
        if size == 1 and len(head) == 16:
            size, skip = int.from_bytes(head[8:], "big"), 16
        stop = start + size if size else end
        if stop < start + skip:
            return
        yield Box(head[4:8], start + skip, min(stop, end), stop <= end)
        start = stop
        if start >= end:
            return
