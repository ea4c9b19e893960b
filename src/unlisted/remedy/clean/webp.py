"""WebP: the chunks of the picture are copied as they are; the camera block, packets and unknown chunks go."""

from __future__ import annotations

import struct

from unlisted.errors import Malformed
from unlisted.remedy.clean import exif
from unlisted.remedy.clean.model import Job
from unlisted.remedy.clean.pieces import Keep, Piece, length_of

MAX_CHUNKS = 200_000
"""Chunks of one file: animations have one a frame."""

MAX_NOTE = 1 << 22
"""Bytes of a chunk that is looked into before it goes."""

PICTURE = frozenset({b"VP8X", b"VP8 ", b"VP8L", b"ALPH", b"ANIM", b"ANMF", b"ICCP"})
SHOWN = frozenset({b"VP8 ", b"VP8L", b"ANMF"})
INSIDE = frozenset({b"ALPH", b"VP8 ", b"VP8L"})
KINDS = {b"EXIF": "camera block", b"XMP ": "packet", b"_PMX": "packet"}
CAMERA, PACKET = 0x08, 0x04
"""Bits of the extended header."""


def plan(job: Job) -> list[Piece]:
    """The copy of a WebP.

    Raises:
        Malformed: it is not built as a WebP is.
    """
    end = min(8 + int.from_bytes(job.file.need(4, 4), "little"), job.file.size)
    kept: list[Piece] = []
    extended = False
    blocks: list[bytes] = []
    packets: list[bytes] = []
    for kind, at, stop in _chunks(job, 12, end):
        length = stop - at
        if kind == b"VP8X":
            extended = True
        elif kind in PICTURE:
            kept += [struct.pack("<4sI", kind, length), Keep(at, stop), bytes(length & 1)]
            if kind == b"ANMF":
                _frame(job, at, stop)
        else:
            job.removed[KINDS.get(kind, "other part")] += 1
            (blocks if kind == b"EXIF" else packets).append(job.file.at(at, min(length, MAX_NOTE)))
    if not any(piece[:4] in SHOWN for piece in kept if isinstance(piece, bytes)):
        raise Malformed("it holds no picture")
    job.removed["data behind the end"] += end + 1 < job.file.size
    if extended:
        blocks = [data.removeprefix(b"Exif\0\0") for data in blocks]
        kept = _extended(job, kept, exif.block(job.photo, job.wanted, exif.look(blocks, packets)))
    return [struct.pack("<4sI4s", b"RIFF", 4 + length_of(kept), b"WEBP"), *kept]


def _chunks(job: Job, at: int, end: int) -> list[tuple[bytes, int, int]]:
    """Type, start and end of the content of each chunk."""
    out: list[tuple[bytes, int, int]] = []
    while at + 8 <= end:
        head = job.file.need(at, 8)
        stop = at + 8 + int.from_bytes(head[4:], "little")
        if stop > job.file.size or len(out) >= MAX_CHUNKS:
            raise Malformed("a part of it is broken")
        out.append((head[:4], at + 8, stop))
        at = stop + (stop - at & 1)
    return out


def _frame(job: Job, at: int, stop: int) -> None:
    """A frame holds nothing but picture data."""
    if any(kind not in INSIDE for kind, _, _ in _chunks(job, at + 16, stop)):
        raise Malformed("a frame of it holds something that we do not know")


def _extended(job: Job, kept: list[Piece], data: bytes) -> list[Piece]:
    """The extended header with its bits set right, and the new camera block where there is one."""
    head = bytearray(job.file.need(12, 18))
    if head[:4] != b"VP8X" or head[4:8] != b"\x0a\0\0\0":
        raise Malformed("a part of it is broken")
    head[8] = head[8] & ~(CAMERA | PACKET) | (CAMERA if data else 0)
    tail = [struct.pack("<4sI", b"EXIF", len(data)), data, bytes(len(data) & 1)] if data else []
    return [bytes(head), *kept, *tail]
