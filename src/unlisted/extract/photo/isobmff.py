"""Files made of boxes (ISO base media): HEIC, HEIF, AVIF, MP4, MOV, CR3, JPEG XL and JPEG 2000.

Boxes are followed by small reads; media data is never read. A box that claims more than the file holds is cut to what is there.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from unlisted.extract.photo import c2pa, heif, iptc, nmea, quicktime, xmp
from unlisted.extract.photo.boxes import Box, in_file
from unlisted.extract.photo.found import Found
from unlisted.extract.photo.reader import MAX_BLOCK, Part, Reader
from unlisted.model.evidence import Embedded

XMP_ID = bytes.fromhex("be7acfcb97a942e89c71999491e3afac")
EXIF_ID = b"JpgTiffExif->JP2"
IPTC_ID = bytes.fromhex("33c7a4d2b81d4723a0baf1a3e097ad38")
C2PA_ID = bytes.fromhex("d8fec3d61b0e483c92975828877ec481")

BRANDS = (
    (b"crx ", "CR3"), (b"avif", "AVIF"), (b"avis", "AVIF"), (b"heic", "HEIC"), (b"heix", "HEIC"), (b"hevc", "HEIC"),
    (b"mif1", "HEIF"), (b"msf1", "HEIF"), (b"qt  ", "MOV"), (b"M4A ", "M4A"), (b"jxl ", "JXL"), (b"jp2 ", "JP2"),
)  # fmt: skip
"""Brands of the file type box and the format that each means; the first that is there counts."""


class _Context(NamedTuple):
    """What a box's reader needs."""

    file: Reader
    found: Found


def read(file: Reader, found: Found) -> None:
    """All of a file of boxes."""
    found.format = _form(file.head)
    _top(_Context(file, found), 0, file.size)


def read_video(file: Reader, found: Found, start: int, end: int) -> None:
    """A video that lies inside of another file: its offsets count from its own start."""
    part = Part(file, start, end - start)
    _top(_Context(part, found), 0, part.size)


def _form(head: bytes) -> str:
    """The format by the brands of the file type box."""
    if head[4:8] in {b"JXL ", b"jP  "}:
        return "JXL" if head[4:8] == b"JXL " else "JP2"
    brands = {head[8:12], *(head[at : at + 4] for at in range(16, min(int.from_bytes(head[:4], "big"), 128), 4))}
    if head[4:8] != b"ftyp":
        return "MOV"
    return next((name for brand, name in BRANDS if brand in brands), "MP4")


def _top(context: _Context, start: int, end: int) -> None:
    """The boxes of the top level, each by its type."""
    stop = start
    for box in in_file(context.file, start, end):
        handler = _TOP.get(box.kind)
        if handler is not None:
            handler(context, box)
        stop = box.end
        if not box.whole:
            context.found.hurt("a part of it is cut short")
    if stop < min(end, context.file.size) - 8:
        context.found.hurt("it is broken behind what was read")


def _content(context: _Context, box: Box) -> bytes:
    """The content of a box, at most a block; a box that is cut by the end of the file is damage."""
    data = context.file.at(box.start, min(box.end - box.start, MAX_BLOCK))
    if len(data) < min(box.end - box.start, MAX_BLOCK):
        context.found.hurt("a part of it is cut short")
    return data


def _meta(context: _Context, box: Box) -> None:
    data = _content(context, box)
    if b"keys" in data[:4_096]:
        quicktime.meta(context.found, data)
    heif.read(context.file, context.found, data)


def _moov(context: _Context, box: Box) -> None:
    quicktime.read(context.file, context.found, box.start, box.end)


def _user(context: _Context, box: Box) -> None:
    quicktime.user(context.found, _content(context, box))


def _free(context: _Context, box: Box) -> None:
    """Dash cameras keep their log of places in a box that is called free."""
    for part in in_file(context.file, box.start, min(box.end, box.start + MAX_BLOCK), 20):
        if part.kind == b"gps ":
            nmea.read(_content(context, part), context.found)


def _exif(context: _Context, box: Box) -> None:
    heif.exif(_content(context, box), context.found)


def _xml(context: _Context, box: Box) -> None:
    xmp.read(_content(context, box), context.found)


def _brotli(context: _Context, box: Box) -> None:
    kind = context.file.at(box.start, 4)
    if kind in {b"Exif", b"xml "}:
        context.found.skipped["a packed part of it was not read"] = None


def _uuid(context: _Context, box: Box) -> None:
    name = context.file.at(box.start, 16)
    inside = box._replace(start=box.start + 16)
    if name == XMP_ID:
        xmp.read(_content(context, inside), context.found)
    elif name == EXIF_ID:
        heif.exif(_content(context, inside), context.found)
    elif name == IPTC_ID:
        iptc.read(_content(context, inside), context.found)
    elif name == C2PA_ID:
        c2pa.read(_content(context, inside), context.found)


def _motion(context: _Context, box: Box) -> None:
    """Samsung puts the whole video of a motion photo into one box."""
    context.found.embedded.append(Embedded(kind="video", length=box.end - box.start))
    inner = Found()
    read_video(context.file, inner, box.start, box.end)
    context.found.absorb(inner)


def _header(context: _Context, box: Box) -> None:
    """JPEG 2000: the picture's size."""
    for part in in_file(context.file, box.start, box.end, 20):
        data = context.file.at(part.start, 8)
        if part.kind == b"ihdr" and len(data) == 8:
            context.found.size(int.from_bytes(data[4:8], "big"), int.from_bytes(data[:4], "big"))


def _list(context: _Context, box: Box) -> None:
    """Boxes that only hold boxes."""
    for part in in_file(context.file, box.start, box.end, 200):
        if part.kind in {b"uuid", b"xml ", b"Exif"}:
            _TOP[part.kind](context, part)


_TOP: dict[bytes, Callable[[_Context, Box], None]] = {
    b"meta": _meta,
    b"moov": _moov,
    b"udta": _user,
    b"free": _free,
    b"Exif": _exif,
    b"xml ": _xml,
    b"brob": _brotli,
    b"uuid": _uuid,
    b"mpvd": _motion,
    b"jp2h": _header,
    b"asoc": _list,
}
