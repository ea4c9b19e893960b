"""The few plain tags of maker notes that join accounts or name somebody: one directory, by a table of makers.

Everything beyond the table is left to exifread (see `maker`). Offsets in a note count from the block's start or from the note's,
by maker.
"""

from __future__ import annotations

from typing import NamedTuple

from unlisted.extract.photo.found import Found
from unlisted.extract.photo.ifd import Entry, Get, Tiff, in_memory, opened
from unlisted.extract.photo.words import text_of

MAX_ENTRIES = 300
"""Entries that a maker's directory may have."""


class Maker(NamedTuple):
    """How one maker writes.

    `start` is what the note begins with, `skip` where its directory stands. `base` is what its offsets count from: "block", "note",
    or "header" where a whole TIFF header stands at `skip`. `inner` leads to a directory of body and lens.
    """

    start: bytes
    skip: int
    base: str
    serials: tuple[int, ...] = ()
    owners: tuple[int, ...] = ()
    inner: int = 0


MAKERS = (
    Maker(b"Nikon\0\x02", 10, "header", (0x1D, 0xA0)),
    Maker(b"FUJIFILM", 12, "note", (0x10,)),
    Maker(b"Panasonic\0", 12, "block", (0x25, 0x52)),
    Maker(b"OLYMPUS\0", 12, "note", inner=0x2010),
    Maker(b"OM SYSTEM\0", 16, "note", inner=0x2010),
    Maker(b"OLYMP\0", 8, "block", (0x404,), inner=0x2010),
    Maker(b"SIGMA\0", 10, "block", (0x02,)),
    Maker(b"FOVEON\0", 10, "block", (0x02,)),
    Maker(b"AOC\0", 6, "block", (0x229, 0x215)),
    Maker(b"PENTAX \0", 10, "note", (0x229, 0x215)),
)
"""Makers whose notes begin with a word of their own."""

CANON = Maker(b"", 0, "block", (0x0C, 0x96), (0x09,))
"""Canon's notes have no word: they are known by the camera's make."""

EQUIPMENT = (0x101, 0x102, 0x202)
"""Serial numbers in Olympus' directory of equipment."""

CAMERA_INFO = 0x215
"""Pentax keeps an inner number as the fifth of five."""


def read(tiff: Tiff, entry: Entry, found: Found) -> None:
    """Add the serial numbers and owner of the maker's part of a block."""
    offset = tiff.wide.unpack(entry[3])[0]
    note = tiff.get(offset, 32)
    known = next((maker for maker in MAKERS if note.startswith(maker.start)), None)
    if known is None and found.make.startswith("Canon"):
        known = CANON
    if known is None or entry[2] < 18:
        return
    inside = _structure(tiff, known, offset)
    if inside is not None:
        _fields(*inside, known, found)


def canon(block: bytes, found: Found) -> None:
    """Canon's note as a structure of its own, as CR3 files have it."""
    structure = opened(in_memory(block))
    if structure is not None and len(block) >= 8:
        _fields(structure, structure.u32.unpack(block[4:8])[0], CANON, found)


def _fields(directory: Tiff, first: int, known: Maker, found: Found) -> None:
    """The directory of a note."""
    entries, _, _ = directory.directory(first)
    if len(entries) > MAX_ENTRIES:
        return
    for tag in known.serials:
        if tag in entries:
            found.add_serial(_number(directory, entries[tag]))
    for tag in known.owners:
        if tag in entries:
            found.add(found.owners, directory.text(entries[tag]))
    if known.inner in entries and known.inner:
        _equipment(directory, entries[known.inner], found)


def _structure(tiff: Tiff, maker: Maker, offset: int) -> tuple[Tiff, int] | None:
    """The note as a TIFF structure, and where its directory stands."""
    if maker.base == "header":
        inner = opened(_shifted(tiff.get, offset + maker.skip))
        head = inner.get(4, 4) if inner is not None else b""
        return (inner, inner.u32.unpack(head)[0]) if inner is not None and len(head) == 4 else None
    own = maker.base == "note"
    count = tiff.get(offset + maker.skip, 2)
    # the byte order that a note names is often not the one it has: the number of its entries tells
    order = "<" if int.from_bytes(count, "little") < int.from_bytes(count, "big") else ">"
    return Tiff(_shifted(tiff.get, offset) if own else tiff.get, order), maker.skip if own else offset + maker.skip


def _shifted(get: Get, base: int) -> Get:
    """A reading function whose offsets count from `base`."""
    return lambda offset, length: get(base + offset, length) if offset >= 0 else b""


def _number(tiff: Tiff, entry: Entry) -> str:
    """A serial number: text, one number, or the last of five."""
    if entry[0] == CAMERA_INFO:
        numbers = tiff.numbers(entry, 5)
        return str(numbers[4]) if len(numbers) == 5 else ""
    if entry[1] in {2, 7}:
        return text_of(tiff.value(entry, 200).lstrip(b"\0"))
    number = tiff.number(entry)
    return str(number) if number else ""


def _equipment(tiff: Tiff, entry: Entry, found: Found) -> None:
    """Olympus' directory of body and lens; older files hold it in the value itself."""
    offset = tiff.wide.unpack(entry[3])[0]
    entries, _, _ = tiff.directory(offset)
    for tag in EQUIPMENT:
        if tag in entries:
            found.add_serial(_number(tiff, entries[tag]))
