"""The item list of HEIC, HEIF and AVIF: where Exif and XMP stand, and the picture's size."""

from __future__ import annotations

import struct

from unlisted.extract.photo import tiff, xmp
from unlisted.extract.photo.boxes import boxes, number
from unlisted.extract.photo.found import Found
from unlisted.extract.photo.reader import MAX_BLOCK, Reader

MAX_ITEMS = 10_000
"""Items of one list; a large picture has some hundred tiles."""

MAX_EXTENTS = 64
"""Pieces of one item."""

MAX_WANTED = 20
"""Items that are read."""

PREFIX = 64
"""Bytes searched for the start of a TIFF block."""


def read(file: Reader, found: Found, data: bytes) -> None:
    """A `meta` box: `data` is its content with the version word."""
    first = 0 if data[4:8] == b"hdlr" else 4  # QuickTime's own kind lacks the version word
    parts = {kind: (start, end) for kind, start, end in boxes(data, first)}
    wanted = _items(data, *parts[b"iinf"]) if b"iinf" in parts else {}
    if b"iprp" in parts:
        _size(found, data, *parts[b"iprp"])
    if not wanted or b"iloc" not in parts:
        return
    store = parts.get(b"idat", (0, 0))
    places = _places(data, *parts[b"iloc"], wanted)
    for item, kind in list(wanted.items())[:MAX_WANTED]:
        block = _bytes(file, data[store[0] : store[1]], places.get(item))
        if not block:
            found.hurt("a part that it names is not there")
        elif kind == b"Exif":
            exif(block, found)
        else:
            xmp.read(block, found)


def exif(block: bytes, found: Found) -> None:
    """An Exif item: its four-byte offset is often wrong, so the block is looked for."""
    start = min((at for at in (block.find(b"II", 0, PREFIX), block.find(b"MM", 0, PREFIX)) if at >= 0), default=-1)
    while start >= 0:
        if tiff.read_block(block[start:], found):
            return
        start = min(
            (at for at in (block.find(b"II", start + 1, PREFIX), block.find(b"MM", start + 1, PREFIX)) if at >= 0),
            default=-1,
        )
    found.hurt("the camera's block inside it is broken")


def _items(data: bytes, start: int, end: int) -> dict[int, bytes]:
    """Id and kind of the Exif and XMP items of an `iinf` box."""
    wide = data[start] > 0 if start < end else False
    first = start + (8 if wide else 6)
    wanted: dict[int, bytes] = {}
    for count, (kind, at, stop) in enumerate(boxes(data, first, end)):
        if count >= MAX_ITEMS:
            break
        version = data[at] if at < stop else 0
        if kind != b"infe" or version < 2:
            continue
        width = 2 if version == 2 else 4
        name = data[at + 6 + width : at + 10 + width]
        text = data[at + 10 + width : stop]
        if name == b"Exif" or (name == b"mime" and b"rdf+xml" in text):
            wanted[number(data, at + 4, width)] = name
    return wanted


_LETTERS = {0: "", 4: "I", 8: "Q"}


def _places(
    data: bytes, start: int, end: int, wanted: dict[int, bytes]
) -> dict[int, tuple[int, list[tuple[int, int]]]]:
    """Method and (offset, length) pieces of the wanted items of an `iloc` box."""
    places: dict[int, tuple[int, list[tuple[int, int]]]] = {}
    version, sizes = data[start] if start < end else 0, number(data, start + 4, 2)
    widths = [_LETTERS.get(sizes >> shift & 15) for shift in (12, 8, 4, 0)]
    if version > 2 or None in widths:
        return places
    offset, length, base, index = (letter or "" for letter in widths)
    piece = struct.Struct(">" + (index if version else "") + offset + length)
    large = "I" if version == 2 else "H"
    head = struct.Struct(f">{large}{'H' if version else ''}H{base}H")
    count = number(data, start + 6, 4 if version == 2 else 2)
    at = start + (10 if version == 2 else 8)
    for _ in range(min(count, MAX_ITEMS)):
        if at + head.size > end or len(places) == len(wanted):
            break
        parts = head.unpack_from(data, at)
        at += head.size
        if parts[0] in wanted:
            method = parts[1] & 15 if version else 0
            rows = data[at : at + piece.size * min(parts[-1], MAX_EXTENTS)]
            whole = rows[: len(rows) // piece.size * piece.size] if piece.size else b""
            first = parts[-2] if base else 0
            places[parts[0]] = (
                method,
                [_piece(row, first, offset, length) for row in piece.iter_unpack(whole)] if whole else [(first, 0)],
            )
        at += piece.size * parts[-1]
    return places


def _piece(row: tuple[int, ...], base: int, offset: str, length: str) -> tuple[int, int]:
    """Offset and length of one piece; either may have no width."""
    size = row[-1] if length else 0
    where = row[-2 if length else -1] if offset else 0
    return base + where, size


def _bytes(file: Reader, store: bytes, place: tuple[int, list[tuple[int, int]]] | None) -> bytes:
    """The bytes of an item: in the file, or in the box's own store."""
    if place is None or place[0] > 1:
        return b""
    method, pieces = place
    out: list[bytes] = []
    left = MAX_BLOCK
    for offset, length in pieces:
        wanted = min(length or left, left)
        part = store[offset : offset + wanted] if method == 1 else file.at(offset, min(wanted, file.size))
        out.append(part)
        left -= len(part)
    return b"".join(out)


def _size(found: Found, data: bytes, start: int, end: int) -> None:
    """The largest picture of the property list."""
    for kind, at, stop in boxes(data, start, end):
        if kind == b"ipco":
            for name, inner, _ in boxes(data, at, stop):
                if name == b"ispe":
                    found.size(number(data, inner + 4, 4), number(data, inner + 8, 4))
