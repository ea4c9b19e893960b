"""The items of HEIC and AVIF: those that hold pictures stay where they are, notes are overwritten in place.

What lies in the media data and belongs to no picture is overwritten with zeros.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from unlisted.errors import Malformed
from unlisted.extract.photo.found import shows_more
from unlisted.remedy.clean import exif, gain
from unlisted.remedy.clean.boxes import Box, inside, number
from unlisted.remedy.clean.model import Job
from unlisted.remedy.clean.pieces import Patch, Zeros, gaps

MAX_ITEMS = 100_000
"""Items of one file, and pieces of them."""

MAX_NOTE = 1 << 22
"""Bytes of a note that is looked into before it goes."""

PREFIX = 64
"""Bytes searched for the start of a camera block."""

STAYS = frozenset({b"hdlr", b"pitm", b"iinf", b"iloc", b"iprp", b"iref", b"idat", b"grpl", b"dinf"})
PICTURES = frozenset({
    b"hvc1", b"hev1", b"lhv1", b"av01", b"avc1", b"vvc1", b"evc1", b"jpeg", b"j2k1", b"unci", b"grid", b"iden", b"iovl", b"tmap",
    b"mski", b"hvt1", b"sato",
})  # fmt: skip
WORDS = frozenset({b"udes", b"crtt", b"mdft", b"altt", b"uuid"})
"""Properties that describe the picture in words or times."""

EMPTY_PACKET = b'<x:xmpmeta xmlns:x="adobe:ns:meta/"/>'


class Item(NamedTuple):
    """One item: its type, its pieces in the file (offset, length), and for notes what kind of text it is."""

    kind: bytes
    pieces: list[tuple[int, int]]
    text: bytes = b""


class _Meta(NamedTuple):
    """The box in memory: `base` is where `data` begins in the file."""

    data: bytes
    base: int
    parts: Mapping[bytes, Box]

    def number(self, at: int, length: int) -> int:
        """A number at an offset of the file."""
        return number(self.data, at - self.base, length)


def patches(job: Job, box: Box, media: list[tuple[int, int]]) -> list[Patch]:
    """What is overwritten for a `meta` box; in `media`, all that belongs to no picture.

    Raises:
        Malformed: it is not built as such a box is.
    """
    data = job.file.need(box.start, box.end - box.start)
    children = list(inside(data, box.start, box, 0 if data[4:8] == b"hdlr" else 4))
    meta = _Meta(data, box.start, {child.kind: child for child in children})
    out: list[Patch] = []
    for child in children:
        if child.kind not in STAYS:
            job.removed["other part"] += child.kind not in {b"free", b"skip"}
            out += child.emptied()
    items = _items(job, meta)
    out += _properties(job, meta)
    pictures = [piece for item in items.values() if item.kind in PICTURES for piece in item.pieces]
    gone = [item for item in items.values() if item.kind not in PICTURES]
    if media and not pictures:
        raise Malformed("it holds no picture")
    _must_be_apart(pictures, [piece for item in gone for piece in item.pieces])
    _thumbnails(job, meta)
    out += _notes(job, gone)
    taken = pictures + [piece for item in gone for piece in item.pieces]
    return out + [(at, Zeros(length)) for span in media for at, length in gaps(span, taken)]


def _must_be_apart(pictures: list[tuple[int, int]], gone: list[tuple[int, int]]) -> None:
    """A note that shares bytes with a picture cannot be overwritten."""
    marks = sorted(
        [(at, at + length, False) for at, length in pictures] + [(at, at + length, True) for at, length in gone]
    )
    reach = {False: 0, True: 0}
    for at, end, note in marks:
        if at < reach[not note] and end > at:
            raise Malformed("a note in it shares its place with the picture")
        reach[note] = max(reach[note], end)


# ---- the list of items ----


def _items(job: Job, meta: _Meta) -> dict[int, Item]:
    """Every item by its number."""
    if b"iinf" not in meta.parts or b"iloc" not in meta.parts:
        return {}
    kinds = _kinds(meta)
    places = _places(job, meta)
    unknown = places.keys() - kinds.keys()
    if unknown:
        raise Malformed("it holds a part without a name")
    return {key: Item(kind, places.get(key, []), text) for key, (kind, text) in kinds.items()}


def _kinds(meta: _Meta) -> dict[int, tuple[bytes, bytes]]:
    """Type and words of each item."""
    box = meta.parts[b"iinf"]
    out: dict[int, tuple[bytes, bytes]] = {}
    for entry in inside(meta.data, meta.base, box, 6 if meta.number(box.start, 1) == 0 else 8):
        version = meta.number(entry.start, 1)
        if entry.kind != b"infe":
            continue
        if version < 2:
            raise Malformed("it is of an older kind that we do not clean")
        width = 2 if version == 2 else 4
        at = entry.start + 6 + width - meta.base
        out[meta.number(entry.start + 4, width)] = (meta.data[at : at + 4], meta.data[at + 4 : entry.end - meta.base])
    return out


def _places(job: Job, meta: _Meta) -> dict[int, list[tuple[int, int]]]:
    """The pieces of each item: offset in the file, and length."""
    box = meta.parts[b"iloc"]
    version = meta.number(box.start, 1)
    sizes = meta.number(box.start + 4, 2)
    offset, length, base, index = (sizes >> shift & 15 for shift in (12, 8, 4, 0))
    index = index if version else 0
    wide = 4 if version == 2 else 2
    count = meta.number(box.start + 6, wide)
    at = box.start + 6 + wide
    out: dict[int, list[tuple[int, int]]] = {}
    left = MAX_ITEMS
    for _ in range(min(count, MAX_ITEMS)):
        key = meta.number(at, wide)
        method = meta.number(at + wide, 2) & 15 if version else 0
        at += wide + (2 if version else 0)
        if meta.number(at, 2):
            raise Malformed("a part of it lies in another file")
        first = meta.number(at + 2, base)
        rows = meta.number(at + 2 + base, 2)
        at += 4 + base
        left -= rows
        if left < 0:
            raise Malformed("it has more parts than we follow")
        step = index + offset + length
        out[key] = [
            _piece(
                job, meta, method, (first + meta.number(row + index, offset), meta.number(row + index + offset, length))
            )
            for row in range(at, at + step * rows, step or 1)
        ]
        at += step * rows
    return out


def _piece(job: Job, meta: _Meta, method: int, where: tuple[int, int]) -> tuple[int, int]:
    """One piece as offset in the file and length; a length of 0 is all that follows."""
    offset, length = where
    end = job.file.size
    if method == 1 and b"idat" in meta.parts:
        offset += meta.parts[b"idat"].start
        end = meta.parts[b"idat"].end
    elif method:
        return 0, 0  # made of other items
    length = length or max(0, end - offset)
    if offset + length > end:
        raise Malformed("a part that it names is not there")
    return offset, length


# ---- notes ----


def _notes(job: Job, gone: list[Item]) -> list[Patch]:
    """New bytes for items that are no pictures: a camera block that says what stays, empty packets, zeros."""
    blocks = [_block(job, item) for item in gone if item.kind == b"Exif"]
    new = exif.block(job.photo, job.wanted, exif.look(blocks, [])) or exif.empty()
    out: list[Patch] = []
    seen: set[tuple[tuple[int, int], ...]] = set()
    for item in gone:
        if tuple(item.pieces) in seen:
            continue
        seen.add(tuple(item.pieces))
        if item.kind == b"Exif":
            job.removed["camera block"] += 1
            out += _laid(item, bytes(4) + new, b"\0")
        elif item.kind == b"mime" and b"rdf+xml" in item.text:
            job.removed["packet"] += 1
            out += _laid(item, gain.values([_bytes(job, item)]) or EMPTY_PACKET, b" ")
        else:
            job.removed["other part"] += 1
            out += _laid(item, b"", b"\0")
    return out


def _bytes(job: Job, item: Item) -> bytes:
    """The content of a note, at most `MAX_NOTE` bytes of each piece."""
    return b"".join(job.file.at(at, min(length, MAX_NOTE)) for at, length in item.pieces)


def _block(job: Job, item: Item) -> bytes:
    """The camera block of an item: its own offset is often wrong, so the block is looked for."""
    data = _bytes(job, item)
    starts = [at for mark in (b"II*\0", b"MM\0*") if (at := data.find(mark, 0, PREFIX)) >= 0]
    return data[min(starts) :] if starts else b""


def _laid(item: Item, data: bytes, fill: bytes) -> list[Patch]:
    """`data` over the pieces of an item, the rest filled up."""
    room = sum(length for _, length in item.pieces)
    if room < len(data) and room:
        raise Malformed("there is no room in it for what stays")
    out: list[Patch] = []
    for at, length in item.pieces:
        part, data = data[:length], data[length:]
        if fill == b"\0":
            out += [(at, part)] if part else []
            out += [(at + len(part), Zeros(length - len(part)))] if length > len(part) else []
        else:
            out.append((at, part.ljust(length, fill)))
    return out


# ---- properties and small pictures ----


def _properties(job: Job, meta: _Meta) -> list[Patch]:
    """Empty the properties that hold words or times; their places in the list stay."""
    if b"iprp" not in meta.parts:
        return []
    out: list[Patch] = []
    for box in _property_boxes(meta):
        if box.kind in WORDS:
            job.removed["text"] += 1
            out += box.emptied()
    return out


def _property_boxes(meta: _Meta) -> list[Box]:
    """The properties in their order."""
    lists = [box for box in inside(meta.data, meta.base, meta.parts[b"iprp"]) if box.kind == b"ipco"]
    return [box for found in lists for box in inside(meta.data, meta.base, found)]


def _thumbnails(job: Job, meta: _Meta) -> None:
    """Small pictures are items among the others and stay where they are of the same cut.

    Raises:
        Malformed: one shows more than the picture.
    """
    if b"iref" not in meta.parts or b"iprp" not in meta.parts:
        return
    wide = 4 if meta.number(meta.parts[b"iref"].start, 1) else 2
    sizes = _sizes(meta)
    for box in inside(meta.data, meta.base, meta.parts[b"iref"], 4):
        if box.kind != b"thmb":
            continue
        small = sizes.get(meta.number(box.start, wide))
        large = sizes.get(meta.number(box.start + wide + 2, wide))
        if small and large and all((*small, *large)) and shows_more(small, large):
            raise Malformed("it holds a small picture that shows more than the picture")
        job.stays["a small picture of the same cut"] = None


def _sizes(meta: _Meta) -> dict[int, tuple[int, int]]:
    """Width and height of the items that tell them."""
    boxes = _property_boxes(meta)
    out: dict[int, tuple[int, int]] = {}
    for box in inside(meta.data, meta.base, meta.parts[b"iprp"]):
        if box.kind != b"ipma":
            continue
        head = meta.number(box.start, 4)
        wide, large = (4 if head >> 24 else 2), head & 1
        at = box.start + 8
        for _ in range(min(meta.number(box.start + 4, 4), MAX_ITEMS)):
            key, count = meta.number(at, wide), meta.number(at + wide, 1)
            at += wide + 1
            for row in range(count):
                index = meta.number(at + row * (1 + large), 1 + large) & (0x7FFF if large else 0x7F)
                if 0 < index <= len(boxes) and boxes[index - 1].kind == b"ispe":
                    start = boxes[index - 1].start
                    out[key] = meta.number(start + 4, 4), meta.number(start + 8, 4)
            at += count * (1 + large)
    return out
