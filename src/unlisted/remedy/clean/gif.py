"""GIF: frames, their timing and the loop stay; comments, packets, texts and unknown extensions go."""

from __future__ import annotations

from unlisted.errors import Malformed
from unlisted.remedy.clean.model import Job
from unlisted.remedy.clean.pieces import Keep, Piece
from unlisted.remedy.clean.source import Source

MAX_BLOCKS = 2_000_000
"""Blocks of one file, those of 255 bytes that hold the pixels included."""

CONTROL, APPLICATION, COMMENT, WORDS = 0xF9, 0xFF, 0xFE, 0x01
PICTURE = (b"NETSCAPE2.0", b"ANIMEXTS1.0", b"ICCRGBG1012")
"""Applications whose extensions say how the picture looks: the loop, and the colour profile."""


class _Walk:
    """Where the walk stands, and how many blocks it has seen."""

    def __init__(self, file: Source) -> None:
        self.file = file
        self.left = MAX_BLOCKS

    def behind(self, at: int) -> int:
        """The offset behind a chain of small blocks."""
        while True:
            self.left -= 1
            if self.left < 0:
                raise Malformed("it has more parts than we follow")
            length = self.file.need(at, 1)[0]
            at += 1 + length
            if not length:
                return at


def plan(job: Job) -> list[Piece]:
    """The copy of a GIF.

    Raises:
        Malformed: it is not built as a GIF is.
    """
    walk = _Walk(job.file)
    at = 13 + _table(job.file.need(10, 1)[0])
    kept: list[Piece] = [Keep(0, at)]
    control: list[Piece] = []
    while True:
        mark, label = job.file.need(at, 1)[0], job.file.at(at + 1, 1)
        if mark == 0x3B and len(kept) == 1:
            raise Malformed("it holds no picture")
        if mark == 0x3B:
            job.removed["data behind the end"] += at + 1 < job.file.size
            return [*kept, b";"]
        if mark == 0x2C:
            end = walk.behind(at + 11 + _table(job.file.need(at + 9, 1)[0]))
            kept += [*control, Keep(at, end)]
            control = []
        elif mark == 0x21 and label:
            end = walk.behind(at + 2)
            control = _extension(job, label[0], (at, end), kept, control)
        else:
            raise Malformed("a part of it is broken")
        at = end


def _table(flags: int) -> int:
    """Bytes of the colour table that these flags announce."""
    return 3 << (flags & 7) + 1 if flags & 0x80 else 0


def _extension(job: Job, label: int, where: tuple[int, int], kept: list[Piece], control: list[Piece]) -> list[Piece]:
    """One extension; the timing that waits for the next frame."""
    if label == CONTROL:
        return [Keep(*where)]
    if label == APPLICATION and job.file.at(where[0] + 3, 11) in PICTURE:
        kept.append(Keep(*where))
        return control
    packet = label == APPLICATION and job.file.at(where[0] + 3, 11) == b"XMP DataXMP"
    job.removed["packet" if packet else {COMMENT: "comment", WORDS: "text"}.get(label, "other part")] += 1
    return [] if label == WORDS else control
