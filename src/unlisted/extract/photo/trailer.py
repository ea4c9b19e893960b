"""What stands behind the first picture of a JPEG: further pictures (MPF, gain maps), Samsung's trailer, a motion photo's video."""

from __future__ import annotations

import re
import struct

from unlisted.extract.photo import isobmff, tiff
from unlisted.extract.photo.found import Found
from unlisted.extract.photo.ifd import in_memory, opened
from unlisted.extract.photo.reader import Reader
from unlisted.model.evidence import Embedded

MAX_PICTURES = 16
"""Pictures of one multi-picture list."""

TAIL = 256
"""Bytes looked at from the end: a picture that ends there ends with its marker, or a known word."""

LONG_TAIL = 65_536
"""Bytes in which the picture's end marker is looked for where something unknown stands behind it."""

MAX_SEARCH = 16_000_000
"""Bytes searched for a video that nothing announces, from the end."""

STEP = 1_000_000
"""Bytes searched at a time."""


_VIDEO = re.compile(rb"\0\0\0[\x08-\xff]ftyp[0-9A-Za-z]{3}")
"""The start of an MP4 or MOV file."""


def pictures(data: bytes, base: int) -> list[tuple[int, int]]:
    """Offset in the file and length of the further pictures of a multi-picture list; `base` is where the list's block starts."""
    structure = opened(in_memory(data))
    if structure is None or len(data) < 8:
        return []
    entries, _, _ = structure.directory(structure.u32.unpack(data[4:8])[0])
    if 0xB002 not in entries:
        return []
    table = structure.value(entries[0xB002], MAX_PICTURES * 16)
    rows = struct.iter_unpack(structure.order + "IIIHH", table[: len(table) // 16 * 16])
    return [(base + offset, length) for _, length, offset, _, _ in rows if offset]


def read(file: Reader, found: Found, scan: int, further: list[tuple[int, int]]) -> None:
    """Add what stands behind the picture whose scan begins at `scan`."""
    for offset, length in further[:MAX_PICTURES]:
        _picture(file, found, offset, length)
    tail = file.tail(TAIL)
    bare = tail.rstrip(b"\0\n\r ")
    video = any(item.kind == "video" for item in found.embedded)
    if not bare.endswith(b"\xff\xd9") or video:
        _video(file, found, scan, announced=video)
        if not found.embedded and b"\xff\xd9" not in file.tail(LONG_TAIL):
            found.hurt("the picture is cut short")


def _picture(file: Reader, found: Found, offset: int, length: int) -> None:
    """A further picture: its own Exif may hold what the first one lost."""
    start = file.at(offset, min(length, 65_536), 65_536)
    if start[:2] != b"\xff\xd8":
        return
    found.embedded.append(Embedded(kind="picture", length=length))
    at = start.find(b"Exif\0\0", 2, 4_096)
    if at > 0:
        inner = Found()
        tiff.read_block(start[at + 6 :], inner, packets=False)
        found.absorb(inner)


def _video(file: Reader, found: Found, scan: int, *, announced: bool) -> None:
    """A video behind the picture: where the packet says it begins, else wherever a file type box stands in the last part."""
    told = file.size - found.video_tail if found.video_tail else 0
    start = told if told > scan and _VIDEO.match(file.at(told, 16)) else _search(file, scan)
    if start is None:
        return
    if announced:
        found.embedded[:] = [item for item in found.embedded if item.kind != "video"]
    found.embedded.append(Embedded(kind="video", length=file.size - start))
    inner = Found()
    isobmff.read_video(file, inner, start, file.size)
    found.absorb(inner)


def _search(file: Reader, scan: int) -> int | None:
    """The first file type box within the searched part of the end; None where there is none."""
    first, at = max(scan, file.size - MAX_SEARCH), file.size
    where: int | None = None
    while at > first:
        start = max(first, at - STEP)
        data = file.at(start, at - start + 16)
        hit = _VIDEO.search(data)
        where = start + hit.start() if hit else where
        at = start
    return where
