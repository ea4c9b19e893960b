"""PNG and APNG: the chunks that make the picture are copied as they are; text, camera blocks, times and unknown ones go."""

from __future__ import annotations

import struct
import zlib

from unlisted.errors import Malformed
from unlisted.remedy.clean import exif
from unlisted.remedy.clean.model import Job
from unlisted.remedy.clean.pieces import Keep, Piece

START = b"\x89PNG\r\n\x1a\n"
MAX_CHUNKS = 1_000_000
"""Chunks of one file: animations have some thousand."""

MAX_NOTE = 1 << 22
"""Bytes of a chunk that is looked into before it goes."""

PICTURE = frozenset({
    b"IHDR", b"PLTE", b"IDAT", b"IEND", b"tRNS", b"cHRM", b"gAMA", b"iCCP", b"sRGB", b"sBIT", b"cICP", b"mDCV", b"cLLI",
    b"bKGD", b"hIST", b"pHYs", b"sPLT", b"acTL", b"fcTL", b"fdAT",
})  # fmt: skip
"""Chunks that say how the picture looks."""

KINDS = {
    b"eXIf": "camera block", b"zxIf": "camera block", b"tEXt": "text", b"zTXt": "text", b"iTXt": "text", b"tIME": "clock",
    b"caBX": "credentials",
}  # fmt: skip


def plan(job: Job) -> list[Piece]:
    """The copy of a PNG.

    Raises:
        Malformed: it is not built as a PNG is.
    """
    kept: list[Piece] = [START]
    blocks: list[bytes] = []
    packets: list[bytes] = []
    at, first, shown = len(START), 0, False
    for _ in range(MAX_CHUNKS):
        head = job.file.need(at, 8)
        length, kind = int.from_bytes(head[:4], "big"), head[4:]
        end = at + 12 + length
        if not kind.isalpha() or end > job.file.size:
            raise Malformed("a part of it is broken")
        if kind in PICTURE:
            kept.append(Keep(at, end))
        else:
            job.removed[KINDS.get(kind, "other part")] += 1
            _note(job.file.at(at + 8, min(length, MAX_NOTE)), kind, blocks, packets)
        first = first or (len(kept) if kind == b"IHDR" else 0)
        shown = shown or kind == b"IDAT"
        at = end
        if kind == b"IEND":
            break
    else:
        raise Malformed("it has more parts than we follow")
    if not first or not shown:
        raise Malformed("it holds no picture")
    job.removed["data behind the end"] += at < job.file.size
    return _with_block(job, kept, first, exif.look(blocks, packets))


def _note(data: bytes, kind: bytes, blocks: list[bytes], packets: list[bytes]) -> None:
    """What a chunk that goes says of the picture's look."""
    if kind == b"eXIf":
        blocks.append(data.removeprefix(b"Exif\0\0"))
    elif kind == b"iTXt" and data.startswith(b"XML:com.adobe.xmp\0\0"):
        packets.append(data)


def _with_block(job: Job, kept: list[Piece], first: int, seen: exif.Look) -> list[Piece]:
    """The new camera block, where there is one, right behind the header."""
    data = exif.block(job.photo, job.wanted, seen)
    if not data:
        return kept
    chunk = struct.pack(">I", len(data)) + b"eXIf" + data
    return [*kept[:first], chunk + struct.pack(">I", zlib.crc32(chunk[4:])), *kept[first:]]
