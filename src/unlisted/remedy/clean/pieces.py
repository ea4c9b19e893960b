"""A copy as a list of pieces: parts of the original, new bytes, and zeros. Media data is never held in memory."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from unlisted.errors import Malformed
from unlisted.remedy.clean.source import STEP, Source, write_all


class Keep(NamedTuple):
    """A part of the original."""

    start: int
    end: int


class Zeros(NamedTuple):
    """Bytes without a meaning."""

    length: int


Piece = Keep | Zeros | bytes


def length_of(pieces: Iterable[Piece]) -> int:
    """Bytes of these pieces."""
    return sum(_length(piece) for piece in pieces)


def _length(piece: Piece) -> int:
    if isinstance(piece, Keep):
        return piece.end - piece.start
    return piece.length if isinstance(piece, Zeros) else len(piece)


def pour(file: Source, pieces: Iterable[Piece], into: int) -> None:
    """Write the copy to the open file `into`.

    Raises:
        Malformed: the original has become shorter meanwhile.
        OSError: `into` cannot be written.
    """
    for piece in pieces:
        if isinstance(piece, Keep):
            file.pour(piece.start, piece.end - piece.start, into)
        elif isinstance(piece, Zeros):
            for at in range(0, piece.length, STEP):
                write_all(into, bytes(min(STEP, piece.length - at)))
        else:
            write_all(into, piece)


Patch = tuple[int, bytes | Zeros]
"""An offset and what stands there instead."""


def patched(patches: Iterable[Patch], end: int) -> list[Piece]:
    """The original up to `end` with parts of it replaced by as many bytes, so that no offset changes.

    Raises:
        Malformed: two patches overlap, or one lies outside.
    """
    pieces: list[Piece] = []
    at = 0
    for offset, new in sorted(patches, key=lambda patch: patch[0]):
        if offset >= end:
            continue
        if offset < at or offset + _length(new) > end:
            raise Malformed("parts of it lie upon each other")
        if offset > at:
            pieces.append(Keep(at, offset))
        pieces.append(new)
        at = offset + _length(new)
    if at < end:
        pieces.append(Keep(at, end))
    return pieces


def gaps(span: tuple[int, int], taken: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    """Offset and length of what is in a span (start, end) and in none of the parts (offset, length) that are taken."""
    out: list[tuple[int, int]] = []
    at, end = span
    for start, length in sorted(taken):
        if start >= end:
            break
        if start > at:
            out.append((at, start - at))
        at = max(at, start + length)
    if at < end:
        out.append((at, end - at))
    return out
