"""Files of boxes: HEIC, AVIF, MP4 and MOV are cleaned in place, so that no offset changes; JPEG XL box by box."""

from __future__ import annotations

import re

from unlisted.errors import Malformed
from unlisted.remedy.clean import heif, movie
from unlisted.remedy.clean.boxes import Box, top
from unlisted.remedy.clean.model import Job
from unlisted.remedy.clean.pieces import Keep, Patch, Piece, patched

STAYS = frozenset({b"ftyp", b"styp", b"meta", b"moov", b"mdat", b"moof", b"mfra", b"sidx", b"ssix", b"pdin", b"prft"})
"""Boxes of the top level that stay; all others are emptied, or cut where nothing stays behind them."""

SPACE = frozenset({b"free", b"skip", b"wide"})
KINDS = {b"mpvd": "video", b"udta": "list of notes", b"sefd": "data behind the end"}
FORMATS = frozenset({"HEIC", "HEIF", "AVIF", "MP4", "MOV", "M4A"})

JXL_STAYS = frozenset({b"JXL ", b"ftyp", b"jxlc", b"jxlp", b"jxll", b"jhgm"})
NOTES = re.compile(rb"ftyp|Exif\0|x:xmpmeta|Photoshop|\xff\xd8\xff[\xe0-\xef]|SEFT")
"""What begins a video, a camera block, a packet, records, another picture or a trailer."""

JXL_KINDS = {b"Exif": "camera block", b"xml ": "packet", b"brob": "packet", b"jumb": "credentials"}


def plan(job: Job) -> list[Piece]:
    """The copy of a file of boxes.

    Raises:
        Malformed: it is not built as such a file is, or not of a kind that we clean.
    """
    if job.photo.format not in FORMATS:
        raise Malformed("we cannot clean this kind of file")
    boxes = list(top(job.file, STAYS))
    kinds = {box.kind for box in boxes}
    if not kinds & {b"meta", b"moov"}:
        raise Malformed("it holds no picture")
    end = max((box.end for box in boxes if box.kind in STAYS), default=0)
    patches: list[Patch] = []
    for box in boxes:
        if box.kind not in STAYS:
            patches += _emptied(job, box, inside=box.at < end)
    media = [(box.start, box.end) for box in boxes if box.kind == b"mdat"]
    for box in boxes:
        if box.kind == b"meta":
            patches += heif.patches(job, box, [] if b"moov" in kinds else media)
        elif box.kind == b"moov":
            patches += movie.patches(job, box, media, frozenset(kinds))
    if boxes[-1].end < job.file.size and job.file.holds_something(boxes[-1].end, job.file.size):
        job.removed["data behind the end"] += 1
    return patched(patches, end)


def _emptied(job: Job, box: Box, *, inside: bool) -> list[Patch]:
    """A box that goes: emptied where something stays behind it, else cut by the end of the copy."""
    if box.kind in SPACE:
        if not job.file.holds_something(box.start, box.end):
            return []
        job.removed["data in free space"] += 1
    else:
        job.removed[KINDS.get(box.kind, "other part")] += 1
    return box.emptied() if inside else []


def jxl(job: Job) -> list[Piece]:
    """The copy of a JPEG XL: the bare picture as it is, or the boxes that hold it.

    Raises:
        Malformed: it is not built as such a file is.
    """
    if job.file.at(0, 2) == b"\xff\x0a":
        if job.file.search(NOTES, 0, 16) >= 0:  # its end cannot be found without decoding it
            raise Malformed("it holds something behind the picture")
        return [Keep(0, job.file.size)]
    kept: list[Piece] = []
    end = 0
    for box in top(job.file, JXL_STAYS):
        if box.kind in JXL_STAYS:
            kept.append(Keep(box.at, box.end))
        else:
            job.removed[JXL_KINDS.get(box.kind, "other part")] += 1
        end = box.end
    if end < job.file.size:
        raise Malformed("a part of it is broken")
    if not any(isinstance(piece, Keep) for piece in kept[2:]):
        raise Malformed("it holds no picture")
    return kept
