"""JPEG: the segments that decode the picture are copied as they are, all others go; pictures behind the first are cleaned as well.

The end of the picture is found by its own markers, so what somebody hid behind it (a video, a trailer, another picture) is cut.
"""

from __future__ import annotations

import re
import struct
from typing import NamedTuple

from unlisted.errors import Malformed
from unlisted.extract.photo.found import shows_more
from unlisted.remedy.clean import exif, gain
from unlisted.remedy.clean.model import Job
from unlisted.remedy.clean.pieces import Keep, Piece, length_of
from unlisted.remedy.clean.source import Source

MAX_SEGMENTS = 20_000
"""Segments of one picture, scans included."""

MIN_SHAPE = 16
"""Pixels of the short side from which a shape can be compared."""

_SCAN_END = re.compile(rb"\xff[\xc0-\xcf\xd8-\xfe]")
_MARK = re.compile(rb"\xff[^\x00\xff]")
_ALONE = frozenset({0x01, *range(0xD0, 0xD8)})
_FRAMES = frozenset({*range(0xC0, 0xD0)} - {0xC4, 0xC8, 0xCC})
_PACKET = b"http://ns.adobe.com/xap/1.0/\0"
_PROFILE = b"ICC_PROFILE\0"
_ISO_GAIN = b"urn:iso:std:iso:ts:21496:-1\0"
_LIST = b"MPF\0"

KINDS = (
    (0xE1, b"Exif", "camera block"),
    (0xE1, b"http://ns.adobe.com/x", "packet"),
    (0xE0, b"JFXX", "thumbnail"),
    (0xED, b"", "newsroom block"),
    (0xEB, b"JP", "credentials"),
    (0xFE, b"", "comment"),
)
"""Marker, how the segment begins, and its kind in the manifest."""


class Segment(NamedTuple):
    """A marker with all that belongs to it; `data` is its content where it may be of interest."""

    mark: int
    start: int
    end: int
    data: bytes = b""


class Picture(NamedTuple):
    """One picture within a file: its segments in order, the offset behind its end marker, and its size in pixels."""

    segments: list[Segment]
    end: int
    size: tuple[int, int]


def walk(file: Source, start: int) -> Picture:
    """The picture that begins at an offset.

    Raises:
        Malformed: it is not built as a JPEG is, or its end is not there.
    """
    if file.need(start, 2) != b"\xff\xd8":
        raise Malformed("a picture inside it is broken")
    segments: list[Segment] = []
    size = (0, 0)
    at = start + 2
    while len(segments) < MAX_SEGMENTS:
        at = _marker(file, at)
        mark = file.need(at + 1, 1)[0]
        if mark == 0xD9:
            return Picture(segments, at + 2, size)
        part = _segment(file, mark, at)
        if mark in _FRAMES and len(part.data) >= 5:
            height, width = struct.unpack(">HH", part.data[1:5])
            size = size if all(size) else (width, height)
        segments.append(part)
        at = part.end
    raise Malformed("it has more parts than we follow")


def _marker(file: Source, at: int) -> int:
    """The next marker: fill bytes and bytes that belong to nothing are stepped over, as decoders do."""
    head = file.at(at, 2)
    if len(head) == 2 and head[0] == 0xFF and head[1] not in {0, 0xFF}:
        return at
    at = file.search(_MARK, at, 1)
    if at < 0:
        raise Malformed("the picture is cut short")
    return at


def _segment(file: Source, mark: int, at: int) -> Segment:
    """The segment of a marker; a scan reaches up to the next marker that is none of its own."""
    if mark in _ALONE:
        return Segment(mark, at, at + 2)
    length = int.from_bytes(file.need(at + 2, 2), "big")
    if length < 2 or mark == 0xD8:
        raise Malformed("a part of it is broken")
    end = at + 2 + length
    if mark == 0xDA:
        end = file.search(_SCAN_END, end, 1)
        if end < 0:
            raise Malformed("the picture is cut short")
        return Segment(mark, at, end)
    wanted = mark in _FRAMES or 0xE0 <= mark <= 0xEF or mark == 0xFE
    return Segment(mark, at, end, file.need(at + 4, length - 2) if wanted else b"")


def plan(job: Job) -> list[Piece]:
    """The copy of a JPEG.

    Raises:
        Malformed: it is not built as a JPEG is, or its end is not there.
    """
    first = walk(job.file, 0)
    if not all(first.size) or all(part.mark != 0xDA for part in first.segments):
        raise Malformed("it holds no picture")
    behind = _further(job, first)
    data = exif.block(job.photo, job.wanted, _look(first))
    packet = gain.directory(_packets(first), [length_of(part) for part in behind])
    head = [
        *([_app1(b"Exif\0\0" + data)] if data else []),
        *([_app1(_PACKET + packet)] if packet else []),
    ]
    pieces = _copy(job, first, head, further=len(behind))
    _announce(pieces, behind)
    job.pictures = len(behind)
    return [*pieces, *(piece for part in behind for piece in part)]


def _app1(data: bytes) -> bytes:
    return struct.pack(">HH", 0xFFE1, len(data) + 2) + data


def _look(picture: Picture) -> exif.Look:
    """How the picture is to be shown."""
    blocks = [part.data[6:] for part in picture.segments if part.mark == 0xE1 and part.data[:4] == b"Exif"]
    return exif.look(blocks, _packets(picture))


def _packets(picture: Picture) -> list[bytes]:
    """The packets of a picture."""
    return [part.data for part in picture.segments if part.mark == 0xE1 and part.data.startswith(_PACKET)]


def _copy(job: Job, picture: Picture, head: list[bytes], *, further: int) -> list[Piece]:
    """The picture without what goes, `head` in front, and room for the list of `further` pictures."""
    pieces: list[Piece] = [b"\xff\xd8"]
    rest: list[Piece] = []
    listed = False
    for part in picture.segments:
        if part.mark == 0xE2 and part.data.startswith(_LIST):
            if further and not listed:
                rest.append(_list(further))
                listed = True
            continue
        kept = _kept(part)
        if kept is None:
            job.removed[_kind(part)] += 1
        elif part.mark == 0xE0 and len(pieces) == 1:
            pieces.append(kept)
        else:
            rest.append(kept)
    return [*pieces, *head, *rest, b"\xff\xd9"]


def _kept(part: Segment) -> Piece | None:
    """A segment as it stays; None where it goes."""
    data = part.data
    if part.mark == 0xFE or 0xE0 <= part.mark <= 0xEF:
        if part.mark == 0xE0 and data.startswith(b"JFIF\0") and len(data) >= 14:
            return b"\xff\xe0\0\x10" + data[:12] + b"\0\0"  # without its small picture
        if part.mark == 0xEE and data.startswith(b"Adobe") and len(data) >= 12:
            return b"\xff\xee\0\x0e" + data[:12]
        if part.mark != 0xE2 or not data.startswith((_PROFILE, _ISO_GAIN)):
            return None
    return Keep(part.start, part.end)


def _kind(part: Segment) -> str:
    """The kind of a segment that goes."""
    kinds = (kind for mark, start, kind in KINDS if mark == part.mark and part.data.startswith(start))
    return next(kinds, "other part")


# ---- pictures behind the first ----


def _further(job: Job, first: Picture) -> list[list[Piece]]:
    """The pictures behind the first that stay, cleaned; what stands there besides is counted and goes."""
    kept: list[list[Piece]] = []
    end = first.end
    for offset in _offsets(first):
        try:
            picture = walk(job.file, offset) if offset >= first.end else None
        except Malformed:
            picture = None
        end = max(end, picture.end if picture else 0)
        if picture is None or not all(picture.size) or _is_another_cut(picture, first):
            job.removed["further picture"] += 1
            continue
        packet = gain.values(_packets(picture))
        role = gain.is_gain(_packets(picture)) or any(part.data.startswith(_ISO_GAIN) for part in picture.segments)
        job.stays["the layer for bright screens" if role else "a second picture, cleaned"] = None
        kept.append(_copy(job, picture, [_app1(_PACKET + packet)] if packet else [], further=0))
    _count_rest(job, end)
    return kept


def _is_another_cut(picture: Picture, first: Picture) -> bool:
    """Whether a further picture shows more than the first, by its shape; a few pixels have no shape that can be compared."""
    return min(first.size) >= MIN_SHAPE and bool(shows_more(picture.size, first.size))


def _offsets(first: Picture) -> list[int]:
    """Where the list of pictures says that the further ones begin, each once."""
    lists = [part for part in first.segments if part.mark == 0xE2 and part.data.startswith(_LIST)]
    return gain.offsets(lists[0].data[4:], lists[0].start + 8) if lists else []


def _count_rest(job: Job, end: int) -> None:
    """Note what is cut."""
    if any(item.kind == "video" for item in job.photo.embedded):
        job.removed["video"] += 1
    elif end < job.file.size and job.file.holds_something(end, job.file.size):
        job.removed["data behind the end"] += 1


def _list(further: int) -> bytes:
    """A list of pictures whose sizes are not yet known: all that it says is filled in by `_announce`."""
    return struct.pack(">HH", 0xFFE2, 2 + 4 + 50 + 16 * (further + 1)) + _LIST + bytes(50 + 16 * (further + 1))


def _announce(pieces: list[Piece], behind: list[list[Piece]]) -> None:
    """Fill in where the further pictures stand: offsets count from the list's own block."""
    at = next((number for number, piece in enumerate(pieces) if isinstance(piece, bytes) and piece[4:8] == _LIST), -1)
    if at < 0:
        return
    lengths = [length_of(pieces), *map(length_of, behind)]
    base = length_of(pieces[:at]) + 8
    rows = struct.pack(">IIIHH", 0x20030000, lengths[0], 0, 0, 0)
    for number in range(1, len(lengths)):
        rows += struct.pack(">IIIHH", 0, lengths[number], sum(lengths[:number]) - base, 0, 0)
    block = b"MM\0*" + struct.pack(">IH", 8, 3)
    block += struct.pack(">HHI4s", 0xB000, 7, 4, b"0100")
    block += struct.pack(">HHII", 0xB001, 4, 1, len(lengths))
    block += struct.pack(">HHIII", 0xB002, 7, len(rows), 50, 0) + rows
    old = pieces[at]
    if isinstance(old, bytes):
        pieces[at] = old[:8] + block
