"""MP4 and MOV: notes become free space, clocks zero, tracks that are neither picture nor sound go with their samples.

Media data stays where it is, so that no offset changes.
"""

from __future__ import annotations

import itertools
import struct
from collections.abc import Iterator
from typing import NamedTuple

from unlisted.errors import Malformed
from unlisted.remedy.clean.boxes import Box, inside, number
from unlisted.remedy.clean.model import Job
from unlisted.remedy.clean.pieces import Patch, Zeros, gaps

MAX_ROWS = 4_000_000
"""Rows of one table of samples: a day of video has fewer."""

DAY = 86_400
MEDIA = frozenset({b"vide", b"soun", b"pict", b"auxv"})
"""Kinds of tracks that stay."""

STAYS = {
    b"moov": frozenset({b"mvhd", b"trak", b"mvex", b"iods", b"pssh", b"ctab"}),
    b"trak": frozenset({b"tkhd", b"edts", b"mdia", b"tref", b"tapt", b"load", b"clip", b"matt", b"imap", b"txas"}),
    b"mdia": frozenset({b"mdhd", b"hdlr", b"minf", b"elng"}),
    b"minf": frozenset({b"vmhd", b"smhd", b"nmhd", b"gmhd", b"hdlr", b"dinf", b"stbl"}),
    b"stbl": frozenset({
        b"stsd", b"stts", b"ctts", b"cslg", b"stss", b"stps", b"stsc", b"stsz", b"stz2", b"stco", b"co64", b"sdtp", b"sbgp",
        b"sgpd", b"subs", b"saiz", b"saio", b"stsh", b"padb", b"stdp",
    }),
}  # fmt: skip
"""Boxes that stay in each list; the others are emptied."""

KINDS = {b"udta": "list of notes", b"meta": "list of notes", b"uuid": "packet", b"free": "", b"skip": "", b"wide": ""}
CODED = frozenset({b"avc1", b"avc3", b"hvc1", b"hev1", b"av01", b"mp4v", b"vp09"})
"""Sample descriptions in which the name of the encoder has no meaning for players."""


class _Film(NamedTuple):
    """The `moov` box in memory: `base` is where `data` begins in the file."""

    job: Job
    data: bytes
    base: int

    def number(self, at: int, length: int) -> int:
        """A number at an offset of the file."""
        return number(self.data, at - self.base, length)

    def inside(self, box: Box, skip: int = 0) -> Iterator[Box]:
        """The boxes within a box."""
        return inside(self.data, self.base, box, skip)

    def parts(self, *boxes: Box) -> dict[bytes, Box]:
        """The boxes within some boxes, by type."""
        return {child.kind: child for box in boxes for child in self.inside(box)}


class _Track(NamedTuple):
    """One track: its box, the boxes it is made of by type, its number, and the kind of its media."""

    box: Box
    parts: dict[bytes, Box]
    number: int
    media: bytes


def patches(job: Job, box: Box, media: list[tuple[int, int]], others: frozenset[bytes]) -> list[Patch]:
    """What is overwritten for a `moov` box; `media` are the parts of the file that hold samples.

    `others` are the types of the boxes beside it: fragments and items have parts in the media data that no track names.

    Raises:
        Malformed: it is not built as such a box is, or a track that must go lies in fragments.
    """
    film = _Film(job, job.file.need(box.start, box.end - box.start), box.start)
    tracks = [_track(film, child) for child in film.inside(box) if child.kind == b"trak"]
    out = _level(film, box, b"moov")
    for child in film.inside(box):
        if child.kind == b"cmov":
            raise Malformed("its list of contents is packed")
        if child.kind == b"mvhd":
            out += _clock(film, child)
    kept = [track for track in tracks if track.media in MEDIA]
    gone = [track for track in tracks if track.media not in MEDIA]
    if b"mvhd" not in film.parts(box):
        raise Malformed("it holds no picture and no sound")
    if gone and b"moof" in others:
        raise Malformed("a track that must go lies in many pieces")
    for track in kept:
        out += _kept(film, track, media, {other.number for other in gone})
    whole = bool(kept) and not others & {b"moof", b"meta"} and all(_is_exact(film, track) for track in kept)
    return out + _wiped(film, gone, kept, media, whole=whole)


def _track(film: _Film, box: Box) -> _Track:
    """What a track is."""
    parts = film.parts(box)
    for kind in (b"mdia", b"minf", b"stbl"):
        if kind not in parts:
            raise Malformed("a track in it is broken")
        inner = film.parts(parts[kind])
        inner.pop(b"hdlr", None) if kind == b"minf" else None
        parts |= inner
    if b"tkhd" not in parts or b"hdlr" not in parts:
        raise Malformed("a track in it is broken")
    head = parts[b"tkhd"].start
    at = parts[b"hdlr"].start + 8 - film.base
    return _Track(box, parts, film.number(head + (20 if film.number(head, 1) else 12), 4), film.data[at : at + 4])


def _level(film: _Film, box: Box, kind: bytes) -> list[Patch]:
    """Empty what does not belong into a list."""
    out: list[Patch] = []
    for child in film.inside(box):
        if child.kind not in STAYS[kind]:
            name = KINDS.get(child.kind, "other part")
            if name:
                film.job.removed[name] += 1
            out += child.emptied()
    return out


def _clock(film: _Film, box: Box) -> list[Patch]:
    """The two times of a header: zero, or the day's beginning."""
    much = film.job.wanted.time
    width = 8 if film.number(box.start, 1) else 4
    times = [film.number(box.start + 4 + width * place, width) for place in (0, 1)]
    if much == "exact" or not any(times):
        return []
    film.job.removed["clock"] += 1
    kept = [when - when % DAY if much == "day" else 0 for when in times]
    return [(box.start + 4, b"".join(when.to_bytes(width, "big") for when in kept))]


# ---- tracks that stay ----


def _kept(film: _Film, track: _Track, media: list[tuple[int, int]], gone: set[int]) -> list[Patch]:
    """A track of pictures or sound without its notes."""
    out = _level(film, track.box, b"trak")
    for kind in (b"mdia", b"minf", b"stbl"):
        out += _level(film, track.parts[kind], kind)
    for kind in (b"tkhd", b"mdhd"):
        out += _clock(film, track.parts[kind]) if kind in track.parts else []
    if b"tref" in track.parts:
        out += _references(film, track.parts[b"tref"], gone)
    if b"dref" in film.parts(*([track.parts[b"dinf"]] if b"dinf" in track.parts else [])):
        out += _sources(film, film.parts(track.parts[b"dinf"])[b"dref"])
    if not film.job.wanted.keeps("device"):
        out += _names(film, track)
    for offset in _offsets(film, track):
        if not any(start <= offset <= end for start, end in media):
            raise Malformed("a part that it names is not there")
    return out


def _references(film: _Film, box: Box, gone: set[int]) -> list[Patch]:
    """Forget references to tracks that go."""
    out: list[Patch] = []
    for child in film.inside(box):
        if any(film.number(at, 4) in gone for at in range(child.start, child.end - 3, 4)):
            out += child.emptied()
    return out


def _sources(film: _Film, box: Box) -> list[Patch]:
    """Where the media lies: this file. An alias may still name a disk and its owner."""
    out: list[Patch] = []
    for child in film.inside(box, 8):
        if not film.number(child.start, 4) & 1:
            raise Malformed("its sound or picture lies in another file")
        if child.end > child.start + 4:
            out.append((child.start + 4, Zeros(child.end - child.start - 4)))
    return out


def _names(film: _Film, track: _Track) -> list[Patch]:
    """The names that a camera gives to its tracks and its encoder."""
    out: list[Patch] = []
    title = track.parts[b"hdlr"]
    if title.end > title.start + 24:
        out.append((title.start + 24, Zeros(title.end - title.start - 24)))
    if track.media == b"vide" and b"stsd" in track.parts:
        entries = film.inside(track.parts[b"stsd"], 8)
        out += [(box.start + 42, Zeros(32)) for box in entries if box.kind in CODED and box.end >= box.start + 74]
    return out


# ---- tracks that go ----


def _wiped(
    film: _Film, gone: list[_Track], kept: list[_Track], media: list[tuple[int, int]], *, whole: bool
) -> list[Patch]:
    """Tracks that go, with their samples: positions, words and the like. With `whole`, all that is no sample of a kept track.

    Cameras hide positions between the samples, where no track names them.
    """
    film.job.removed["track"] += len(gone)
    out = [patch for track in gone for patch in track.box.emptied()]
    if not gone and not whole:
        return out
    spans = _merged([span for track in gone for span in _samples(film, track)])
    for offset, length in spans:
        if not any(start <= offset and offset + length <= end for start, end in media):
            raise Malformed("a part that it names is not there")
    stays = _merged([span for track in kept for span in _samples(film, track)])
    ordered = sorted([(*span, False) for span in spans] + [(*span, True) for span in stays])
    for (offset, length, _), (following, _, _) in itertools.pairwise(ordered):
        if offset + length > following:
            raise Malformed("a track that must go shares its place with the picture")
    if whole:
        hidden = [gap for span in media for gap in gaps(span, [*stays, *spans])]
        film.job.removed["data between the samples"] += sum(
            film.job.file.holds_something(at, at + length) for at, length in hidden
        )
        spans += hidden
    return out + [(offset, Zeros(length)) for offset, length in spans]


def _is_exact(film: _Film, track: _Track) -> bool:
    """Whether the tables say of every byte of a track where it is: old sound counts in units of its own."""
    if b"stsz" not in track.parts or b"saio" in track.parts:
        return False
    return not film.number(track.parts[b"stsz"].start + 4, 4)


def _merged(spans: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Spans (offset, length) that touch or overlap as one; empty ones are left out."""
    out: list[tuple[int, int]] = []
    for offset, length in sorted(span for span in spans if span[1]):
        if out and offset <= sum(out[-1]):
            out[-1] = out[-1][0], max(sum(out[-1]), offset + length) - out[-1][0]
        else:
            out.append((offset, length))
    return out


def _offsets(film: _Film, track: _Track) -> tuple[int, ...]:
    """Where the chunks of a track begin."""
    box = track.parts.get(b"co64") or track.parts.get(b"stco")
    if box is None:
        return ()
    return _rows(film, box, 4, "Q" if box.kind == b"co64" else "I")


def _rows(film: _Film, box: Box, at: int, letters: str) -> tuple[int, ...]:
    """All numbers of a table whose count stands at an offset within it.

    Raises:
        Malformed: it has more rows than fit, or than we follow.
    """
    count = film.number(box.start + at, 4)
    row = struct.Struct(">" + letters)
    if count > MAX_ROWS or box.start + at + 4 + count * row.size > box.end:
        raise Malformed("a table in it is broken")
    first = box.start + at + 4 - film.base
    return struct.unpack(f">{letters * count}", film.data[first : first + count * row.size])


def _samples(film: _Film, track: _Track) -> list[tuple[int, int]]:
    """Offset and length of each chunk."""
    offsets = _offsets(film, track)
    runs = _rows(film, track.parts[b"stsc"], 4, "III") if b"stsc" in track.parts else ()
    if not offsets:
        return []
    if b"stsz" not in track.parts or not runs:
        raise Malformed("a table in it is broken")
    fixed = film.number(track.parts[b"stsz"].start + 4, 4)
    sizes = () if fixed else _rows(film, track.parts[b"stsz"], 8, "I")
    out: list[tuple[int, int]] = []
    sample, row = 0, 0
    for chunk, offset in enumerate(offsets, 1):
        while row + 3 < len(runs) and runs[row + 3] <= chunk:
            row += 3
        each = runs[row + 1]
        out.append((offset, fixed * each if fixed else sum(sizes[sample : sample + each])))
        sample += each
    return out
