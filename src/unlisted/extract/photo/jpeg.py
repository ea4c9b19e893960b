"""JPEG: all segments up to the first scan, pictures behind the first (MPF), and what stands behind the end.

Exif may stand in any segment, twice, or behind a broken prefix. Extended XMP comes in chunks, in any order. The same walk serves
Exiv2's own container, which is JPEG segments behind another first marker.
"""

from __future__ import annotations

import re

from unlisted.extract.photo import c2pa, iptc, tiff, trailer, xmp
from unlisted.extract.photo.found import Found
from unlisted.extract.photo.picture import FRAMES, jpeg_size
from unlisted.extract.photo.reader import Reader
from unlisted.extract.photo.words import text_of

MAX_SEGMENTS = 2_000
"""Segments followed in one file."""

MAX_SPREAD = 4_000_000
"""Bytes of one block that are put together from several segments."""

MAX_GAP = 4_096
"""Bytes between two segments that are stepped over."""

LONG = 65_000
"""Bytes of a segment that may go on in the next one: a segment holds 65,533."""

_MARKER = re.compile(rb"\xff[\xc0\xc2\xc4\xda-\xdd\xe0-\xef\xfe]")
_PACKET = b"http://ns.adobe.com/xap/1.0/\0"
_EXTENDED = b"http://ns.adobe.com/xmp/extension/\0"
_ALONE = frozenset({0x01, 0xFF, *range(0xD0, 0xD8)})
_ENDS = frozenset({0xD9, 0xDA})


class _Parts:
    """Pieces of blocks that are spread over several segments."""

    __slots__ = ("exif", "extended", "photoshop", "pictures", "scan")

    def __init__(self) -> None:
        self.exif = b""
        self.extended: dict[bytes, dict[int, bytes]] = {}
        self.photoshop: list[bytes] = []
        self.pictures: list[tuple[int, int]] = []
        self.scan = 0


def read(file: Reader, found: Found, start: int = 2) -> None:
    """All of a JPEG whose segments begin at `start`."""
    parts = _Parts()
    _segments(file, found, parts, start)
    if parts.photoshop:
        iptc.resources(b"".join(parts.photoshop), found)
    for chunks in parts.extended.values():
        xmp.read(b"".join(chunks[at] for at in sorted(chunks)), found)
    if parts.scan:
        trailer.read(file, found, parts.scan, parts.pictures)


def _next_marker(file: Reader, at: int) -> int:
    """Where the segments go on behind bytes that belong to none; -1 where they do not soon."""
    hit = _MARKER.search(file.at(at, MAX_GAP))
    return at + hit.start() if hit else -1


def _segments(file: Reader, found: Found, parts: _Parts, at: int) -> None:
    """Follow the segments up to the scan or to what is none."""
    for _ in range(MAX_SEGMENTS):
        head = file.at(at, 4)
        mark = head[1] if len(head) > 1 else 0xD9
        if mark in _ENDS and head[:1] in {b"\xff", b""}:
            parts.scan = at
            break
        if head[0] != 0xFF or (length := int.from_bytes(head[2:4], "big")) < 2:
            found.hurt("a part before the picture is broken")
            at = _next_marker(file, at)
            if at < 0:
                return
        elif mark in _ALONE:
            at += 1 if mark == 0xFF else 2
        else:
            if 0xE0 <= mark <= 0xEF or mark in FRAMES or mark == 0xFE:
                _segment(found, parts, mark, _data(file, found, at + 4, length - 2), at + 4)
            at += 2 + length
    else:
        found.hurt("it has more parts than we follow")
    if at >= file.size:
        found.hurt("it ends before the picture")


def _data(file: Reader, found: Found, at: int, length: int) -> bytes:
    """The content of a segment; one that the end of the file cuts is damage."""
    data = file.at(at, length)
    if len(data) < length:
        found.hurt("it ends before the picture")
    return data


def _segment(found: Found, parts: _Parts, mark: int, data: bytes, at: int) -> None:
    """One segment by its marker."""
    if mark == 0xE1:
        _app1(found, parts, data)
    elif mark == 0xE0 and data[:6] == b"JFXX\0\x10":
        if not found.smalls:  # else the camera's block has one
            found.small_picture(jpeg_size(data[6:]), len(data) - 6, data[6:])
    elif mark == 0xED:
        if sum(map(len, parts.photoshop)) < MAX_SPREAD:
            parts.photoshop.append(data.removeprefix(b"Photoshop 3.0\0"))
    elif mark == 0xE2 and data.startswith(b"MPF\0"):
        parts.pictures += trailer.pictures(data[4:], at + 4)
    elif mark == 0xEB and data[:2] == b"JP":
        c2pa.read(data, found)
    elif mark == 0xFE:
        found.add(found.captions, text_of(data))
    elif mark in FRAMES and found.width is None and len(data) >= 5:
        found.size(int.from_bytes(data[3:5], "big"), int.from_bytes(data[1:3], "big"))


def _app1(found: Found, parts: _Parts, data: bytes) -> None:
    """Exif, XMP or a chunk of extended XMP."""
    if data[:4] == b"Exif" or data[:2] in {b"II", b"MM"}:
        skip = 6 if data[:4] == b"Exif" else 0
        block = data[skip:]
        if parts.exif and block[:2] not in {b"II", b"MM"}:  # a block too long for one segment goes on in the next
            block = parts.exif + block
        parts.exif = block if len(data) > LONG else b""
        if not tiff.read_block(block, found):
            found.hurt("the camera's block inside it is broken")
    elif data.startswith(_PACKET):
        xmp.read(data[len(_PACKET) :], found)
    elif data.startswith(_EXTENDED) and len(data) > 75:
        at = int.from_bytes(data[71:75], "big")
        chunks = parts.extended.setdefault(data[35:67], {}) if len(parts.extended) < 4 else {}
        if sum(map(len, chunks.values())) + len(data) < MAX_SPREAD:
            chunks[at] = data[75:]
    elif b"<x:xmpmeta" in data[:200] or b"<rdf:RDF" in data[:400]:
        xmp.read(data[data.find(b"<") :], found)
