"""Boxes (ISO base media) with the place of their headers, and how one is made empty without moving anything."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from unlisted.errors import Malformed
from unlisted.remedy.clean.pieces import Patch, Zeros
from unlisted.remedy.clean.source import Source

MAX_BOXES = 20_000
"""Boxes of one level."""


class Box(NamedTuple):
    """One box: its type, and where its header, its content and what follows begin in the file."""

    kind: bytes
    at: int
    start: int
    end: int

    def emptied(self) -> list[Patch]:
        """Patches that leave a free space of the same size."""
        return [(self.at + 4, b"free"), (self.start, Zeros(self.end - self.start))]


def top(file: Source, stays: frozenset[bytes]) -> Iterator[Box]:
    """The boxes of a file, up to the first bytes that are none.

    Raises:
        Malformed: one of a type in `stays` is cut short, or there are too many.
    """
    at = 0
    for _ in range(MAX_BOXES):
        box = _box(file.at(at, 16), at, file.size)
        if box is not None and box.end > file.size and box.kind in stays:
            raise Malformed("it ends too early")
        if box is None or box.end > file.size or not box.kind.isascii() or box.kind == bytes(4):
            return
        yield box
        at = box.end
    raise Malformed("it has more parts than we follow")


def inside(data: bytes, base: int, box: Box, skip: int = 0) -> Iterator[Box]:
    """The boxes within a box whose bytes are in `data`, which begins at `base` in the file; the first `skip` bytes are none.

    Raises:
        Malformed: one reaches out of the box that it is in.
    """
    at = box.start + skip
    for _ in range(MAX_BOXES):
        if box.end - at < 8:  # QuickTime may end a list with four zeros
            return
        found = _box(data[at - base : at - base + 16], at, box.end)
        if found is None or found.end > box.end:
            raise Malformed("a part of it is broken")
        yield found
        at = found.end
    raise Malformed("it has more parts than we follow")


def _box(head: bytes, at: int, end: int) -> Box | None:
    """The box whose header this is; None where it makes no sense."""
    if len(head) < 8:
        return None
    size, skip = int.from_bytes(head[:4], "big"), 8
    if size == 1 and len(head) == 16:
        size, skip = int.from_bytes(head[8:], "big"), 16
    stop = at + size if size else end
    return Box(head[4:8], at, at + skip, stop) if stop >= at + skip else None


def number(data: bytes, at: int, length: int) -> int:
    """A whole number.

    Raises:
        Malformed: it lies outside of the data.
    """
    if at < 0 or at + length > len(data):
        raise Malformed("a part of it is broken")
    return int.from_bytes(data[at : at + length], "big")
