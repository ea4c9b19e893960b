"""TIFF: every page is written anew with the tags that decode it and its strips or tiles; all else is left behind.

Camera raw files use the same container: what looks like one is refused.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator, Mapping
from typing import NamedTuple

from unlisted.errors import Malformed
from unlisted.extract.photo.found import shows_more
from unlisted.extract.photo.ifd import SIZES, Entry, Tiff, opened
from unlisted.remedy.clean import jpeg
from unlisted.remedy.clean.model import Job
from unlisted.remedy.clean.pieces import Keep, Piece
from unlisted.remedy.clean.source import MAX_PART

MAX_PAGES = 5_000
"""Pages of one file."""

MAX_CHUNKS = 500_000
"""Strips or tiles of one page."""

WIDTH, HEIGHT, COMPRESSION, PHOTOMETRIC, SUBFILE, SUB_DIRECTORIES = 256, 257, 259, 262, 254, 330
OFFSETS = {273: 279, 324: 325}
"""Tags of offsets, and of the lengths that belong to them: strips, tiles."""

STAYS = frozenset({
    254, 255, 256, 257, 258, 259, 262, 263, 266, 274, 277, 278, 279, 280, 281, 282, 283, 284, 286, 287, 290, 291, 292, 293,
    296, 297, 301, 317, 318, 319, 320, 321, 322, 323, 325, 332, 334, 336, 338, 339, 340, 341, 347, 529, 530, 531, 532, 34675,
    50674,
})  # fmt: skip
"""Tags that say how to decode and show a page."""

KINDS = {
    700: "packet", 33723: "newsroom block", 34377: "newsroom block", 34665: "camera block", 34853: "camera block",
    270: "text", 305: "text", 315: "text", 33432: "text", 306: "clock", 330: "further picture", 37724: "layers",
}  # fmt: skip
PACKED = frozenset({1, 2, 3, 4, 5, 7, 8, 32773, 32946, 34887, 34925, 50000, 50001})
COLOURS = frozenset({0, 1, 2, 3, 4, 5, 6, 8, 9, 10, 32844, 32845})
RAW = frozenset({0xC612, 0x828D, 0x828E, 0xC5D8})
"""Tags of camera raw files: DNG's version, colour filters, Canon's."""

NOTES = frozenset({0xE1, 0xED, 0xFE})
"""JPEG segments that hold words; a strip that is a JPEG must have none."""


class Page(NamedTuple):
    """One page: its tags, and the chunks that its pixels lie in (offset, length)."""

    entries: dict[int, Entry]
    size: tuple[int, int]
    chunks: list[tuple[int, int]]


def plan(job: Job) -> list[Piece]:
    """The copy of a TIFF.

    Raises:
        Malformed: it is not built as a TIFF is, or is a camera's raw file.
    """
    tiff = opened(job.file.at)
    if tiff is None or job.file.at(2, 2) not in {b"*\0", b"\0*", b"+\0", b"\0+"} or job.file.at(8, 2) == b"CR":
        raise Malformed("we cannot clean this kind of file")
    pages = list(_pages(job, tiff))
    if sum(length for page in pages for _, length in page.chunks) > job.file.size:
        raise Malformed("parts of it lie upon each other")
    return _written(tiff, pages)


def _pages(job: Job, tiff: Tiff) -> Iterator[Page]:
    """The pages that stay."""
    at = tiff.wide.unpack(job.file.need(8 if tiff.large else 4, tiff.wide.size))[0]
    seen: set[int] = set()
    first: Page | None = None
    while at:
        if at in seen or len(seen) >= MAX_PAGES:
            raise Malformed("its pages lead in circles")
        seen.add(at)
        entries, at, whole = tiff.directory(at)
        if not whole or not entries:
            raise Malformed("a part of it is broken")
        if first is not None and _is_small(tiff, entries, first):
            job.removed["thumbnail"] += 1
            continue
        page = _page(job, tiff, entries)
        first = first or page
        yield page
    if first is None:
        raise Malformed("a part of it is broken")


def _numbers(tiff: Tiff, entry: Entry | None, limit: int = 1) -> tuple[int, ...]:
    """The whole numbers of a tag; empty where it is not there."""
    return tiff.numbers(entry, limit) if entry is not None else ()


def _number(tiff: Tiff, entries: Mapping[int, Entry], tag: int, usual: int) -> int:
    return next(iter(_numbers(tiff, entries.get(tag))), usual)


def _is_small(tiff: Tiff, entries: Mapping[int, Entry], first: Page) -> bool:
    """Whether a further page is a thumbnail that is packed in the old way, or of another cut of the first page."""
    if _number(tiff, entries, COMPRESSION, 1) == 6 or not OFFSETS.keys() & entries.keys():
        return True
    size = _number(tiff, entries, WIDTH, 0), _number(tiff, entries, HEIGHT, 0)
    reduced = _number(tiff, entries, SUBFILE, 0) & 1
    return bool(reduced and all((*size, *first.size)) and shows_more(size, first.size))


def _page(job: Job, tiff: Tiff, entries: dict[int, Entry]) -> Page:
    """One page, checked."""
    size = _number(tiff, entries, WIDTH, 0), _number(tiff, entries, HEIGHT, 0)
    packed = _number(tiff, entries, COMPRESSION, 1)
    colours = _number(tiff, entries, PHOTOMETRIC, 0)
    if entries.keys() & RAW or packed not in PACKED or colours not in COLOURS or _has_larger(tiff, entries, size):
        raise Malformed("we cannot clean this kind of file")
    for tag in entries.keys() - STAYS - OFFSETS.keys():
        job.removed[KINDS.get(tag, "other part")] += 1
    chunks = _chunks(job, tiff, entries)
    if packed == 7:
        for offset, _ in chunks:
            if any(part.mark in NOTES for part in jpeg.walk(job.file, offset).segments):
                raise Malformed("its pixels lie among words that cannot be taken out")
    return Page(entries, size, chunks)


def _has_larger(tiff: Tiff, entries: Mapping[int, Entry], size: tuple[int, int]) -> bool:
    """Whether a directory below a page holds the real picture, as in raw files."""
    for offset in _numbers(tiff, entries.get(SUB_DIRECTORIES), 16):
        inner, _, _ = tiff.directory(offset)
        if _number(tiff, inner, WIDTH, 0) * _number(tiff, inner, HEIGHT, 0) > size[0] * size[1]:
            return True
    return False


def _chunks(job: Job, tiff: Tiff, entries: Mapping[int, Entry]) -> list[tuple[int, int]]:
    """Where the pixels lie."""
    tag = next((tag for tag in OFFSETS if tag in entries), None)
    if tag is None:
        raise Malformed("a part of it is broken")
    offsets = _numbers(tiff, entries[tag], MAX_CHUNKS)
    lengths = _numbers(tiff, entries.get(OFFSETS[tag]), MAX_CHUNKS)
    if not offsets or len(offsets) != len(lengths) or len(offsets) != entries[tag][2]:
        raise Malformed("a part of it is broken")
    chunks = list(zip(offsets, lengths, strict=True))
    if any(offset + length > job.file.size for offset, length in chunks):
        raise Malformed("a part that it names is not there")
    return chunks


# ---- writing ----


def _written(tiff: Tiff, pages: list[Page]) -> list[Piece]:
    """The header, then each page: its directory, its values, its pixels."""
    head = tiff.get(0, 4)
    start = 16 if tiff.large else 8
    if tiff.large:
        head += struct.pack(tiff.order + "HH", 8, 0)
    pieces: list[Piece] = [head + tiff.wide.pack(start)]
    at = start
    for number, page in enumerate(pages):
        values = _values(tiff, page)
        size = len(_directory(tiff, values, at, 0))
        places, end = _placed(page.chunks, at + size)
        tag = next(tag for tag in OFFSETS if tag in page.entries)
        values[tag] = _table(tiff, places)
        pieces.append(_directory(tiff, values, at, end if number + 1 < len(pages) else 0))
        for offset, length in page.chunks:
            pieces += [Keep(offset, offset + length), bytes(length & 1)]
        at = end
    return pieces


Value = tuple[int, int, bytes]
"""TIFF type, count, bytes."""


def _values(tiff: Tiff, page: Page) -> dict[int, Value]:
    """The tags that stay, and room for the offsets."""
    out: dict[int, Value] = {}
    for tag, entry in page.entries.items():
        if tag in OFFSETS:
            out[tag] = _table(tiff, [0] * len(page.chunks))
        elif tag in STAYS:
            data = tiff.value(entry, MAX_PART)
            size = SIZES[entry[1]] if entry[1] < len(SIZES) else 0
            if len(data) != size * entry[2]:
                raise Malformed("a part of it is broken")
            out[tag] = entry[1], entry[2], data
    return out


def _table(tiff: Tiff, places: list[int]) -> Value:
    """A tag of offsets."""
    letter = "Q" if tiff.large else "I"
    if not tiff.large and max(places, default=0) >= 1 << 32:
        raise Malformed("it is larger than its kind can be")
    return (16 if tiff.large else 4), len(places), struct.pack(f"{tiff.order}{len(places)}{letter}", *places)


def _placed(chunks: list[tuple[int, int]], at: int) -> tuple[list[int], int]:
    """The new offset of each chunk, on even numbers, and what follows."""
    places = []
    for _, length in chunks:
        places.append(at)
        at += length + (length & 1)
    return places, at


def _directory(tiff: Tiff, values: Mapping[int, Value], at: int, following: int) -> bytes:
    """One directory at an offset, its long values behind it, up to an even offset."""
    count = struct.pack(tiff.order + ("Q" if tiff.large else "H"), len(values))
    free = at + len(count) + tiff.entry.size * len(values) + tiff.wide.size
    rows, tail = b"", b""
    for tag in sorted(values):
        kind, items, data = values[tag]
        if len(data) <= tiff.wide.size:
            held = data.ljust(tiff.wide.size, b"\0")
        else:
            held = tiff.wide.pack(free + len(tail))
            tail += data + bytes(len(data) & 1)
        rows += tiff.entry.pack(tag, kind, items, held)
    block = count + rows + tiff.wide.pack(following) + tail
    return block + bytes(len(block) & 1)
