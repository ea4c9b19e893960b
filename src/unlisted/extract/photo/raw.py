"""Camera files of their own kinds: Fujifilm RAF, Minolta MRW, Sigma X3F, Canon CRW; and plain packets in PDF."""

from __future__ import annotations

import struct
from collections.abc import Callable
from datetime import UTC, datetime

from unlisted.extract.photo import jpeg, tiff, xmp
from unlisted.extract.photo.found import Found
from unlisted.extract.photo.picture import jpeg_size
from unlisted.extract.photo.reader import MAX_BLOCK, Part, Reader
from unlisted.extract.photo.words import text_of

MAX_PARTS = 200
"""Parts of one list."""

MAX_DEPTH = 6
"""Depth of Canon's nested lists."""

MAX_PART = 65_536
"""Bytes read of one of Canon's parts."""


def fujifilm(file: Reader, found: Found) -> None:
    """RAF: a whole JPEG at a place named in the header."""
    start, length = struct.unpack(">II", file.head[84:92].ljust(8, b"\0"))
    part = Part(file, start, length)
    if part.head[:2] == b"\xff\xd8":
        jpeg.read(part, found)
    else:
        found.hurt("its preview is not there")


def minolta(file: Reader, found: Found) -> None:
    """MRW: blocks, one of them a TIFF structure."""
    at = 8
    end = 8 + int.from_bytes(file.head[4:8], "big")
    for _ in range(MAX_PARTS):
        head = file.at(at, 8)
        length = int.from_bytes(head[4:8], "big")
        if len(head) < 8 or at >= end:
            return
        if head[:4] == b"\0TTW":
            tiff.read_block(file.at(at + 8, min(length, MAX_BLOCK)), found)
        at += 8 + length


def sigma(file: Reader, found: Found) -> None:
    """X3F: a list at the end names its parts: properties as UTF-16 pairs, and a JPEG."""
    start = int.from_bytes(file.tail(4), "little")
    head = file.at(start, 12)
    if head[:4] != b"SECd":
        found.hurt("its list of parts is not there")
        return
    count = min(int.from_bytes(head[8:12], "little"), MAX_PARTS)
    table = file.at(start + 12, count * 12)
    for offset, length, kind in struct.iter_unpack("<II4s", table[: len(table) // 12 * 12]):
        data = file.at(offset, min(length, MAX_BLOCK))
        if kind == b"PROP":
            _properties(data, found)
        elif data[28:30] == b"\xff\xd8":
            jpeg.read(Part(file, offset + 28, length - 28), found)


def _properties(data: bytes, found: Found) -> None:
    """Pairs of names and values."""
    count = min(int.from_bytes(data[8:12], "little"), MAX_PARTS)
    words = data[24 + 8 * count :]

    def word(at: int) -> str:
        return words[2 * at : 2 * at + 400].decode("utf-16-le", "replace").split("\0", 1)[0]

    table = data[24 : 24 + 8 * count]
    told = {word(name): word(value) for name, value in struct.iter_unpack("<II", table[: len(table) // 8 * 8])}
    found.make = found.make or told.get("CAMMANUF", "")
    found.model = found.model or told.get("CAMMODEL", "")
    found.add_serial(told.get("CAMSERIAL", ""))
    if told.get("TIME", "").isdecimal() and len(told["TIME"]) < 11:
        found.time(2, datetime.fromtimestamp(int(told["TIME"]), UTC).replace(tzinfo=None))


def canon(file: Reader, found: Found) -> None:
    """CRW: nested lists, each at the end of its part."""
    order = {b"II": "<", b"MM": ">"}.get(file.head[:2], "<")
    start = struct.unpack(order + "I", file.head[2:6].ljust(4, b"\0"))[0]
    waiting = [(start, file.size, 0)]
    steps = 0
    while waiting and steps < MAX_PARTS:
        begin, end, depth = waiting.pop()
        steps += 1
        last = file.at(end - 4, 4)
        table = begin + struct.unpack(order + "I", last)[0] if len(last) == 4 else end
        count = struct.unpack(order + "H", file.at(table, 2).ljust(2, b"\0"))[0]
        rows = file.at(table + 2, 10 * min(count, MAX_PARTS))
        for tag, length, offset in struct.iter_unpack(order + "HII", rows[: len(rows) // 10 * 10]):
            if tag & 0x3800 in {0x2800, 0x3000} and depth < MAX_DEPTH:
                waiting.append((begin + offset, begin + offset + length, depth + 1))
            elif tag in _CANON:
                _CANON[tag](found, file.at(begin + offset, min(length, MAX_PART)), order)


def _canon_model(found: Found, data: bytes, _order: str) -> None:
    make, _, model = data.partition(b"\0")
    found.make, found.model = text_of(make), text_of(model)


def _canon_owner(found: Found, data: bytes, _order: str) -> None:
    found.add(found.owners, text_of(data))


def _canon_time(found: Found, data: bytes, order: str) -> None:
    if len(data) >= 4:
        seconds = struct.unpack(order + "I", data[:4])[0]
        if seconds:
            found.time(1, datetime.fromtimestamp(seconds, UTC).replace(tzinfo=None))


def _canon_thumbnail(found: Found, data: bytes, _order: str) -> None:
    if len(data) < 100:
        return
    found.small_picture(jpeg_size(data), len(data))


_CANON: dict[int, Callable[[Found, bytes, str], None]] = {
    0x080A: _canon_model,
    0x0810: _canon_owner,
    0x180E: _canon_time,
    0x2008: _canon_thumbnail,
}


def pdf(file: Reader, found: Found) -> None:
    """PDF: plain XMP packets in the first and last part; packed ones are not read."""
    packets = 0
    for data in dict.fromkeys((file.head, file.tail(65_536))):
        start = data.find(b"<x:xmpmeta")
        end = data.find(b"</x:xmpmeta>", start)
        if 0 <= start < end:
            xmp.read(data[start : end + 12], found)
            packets += 1
    if not packets:
        found.skipped["a packed part of it was not read"] = None
