"""RIFF: WebP's Exif and XMP chunks, and AVI's information list."""

from __future__ import annotations

import re
from datetime import datetime

from unlisted.extract.photo import tiff, xmp
from unlisted.extract.photo.found import Found
from unlisted.extract.photo.reader import MAX_BLOCK, Reader
from unlisted.extract.photo.words import text_of, time_of

MAX_CHUNKS = 5_000
"""Chunks followed in one file."""

_SPOKEN = re.compile(r"[A-Za-z]{3} ([A-Za-z]{3}) {1,2}(\d{1,2}) (\d{2}:\d{2}:\d{2}) (\d{4})")
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_LISTS = frozenset({b"INFO", b"hdrl", b"exif", b"odml", b"strl", b"ncdt"})


def read(file: Reader, found: Found) -> None:
    """All chunks of a RIFF file; lists that may hold text are entered."""
    found.format = {b"WEBP": "WEBP", b"AVI ": "AVI"}.get(file.head[8:12], "RIFF")
    at, end = 12, file.size
    for _ in range(MAX_CHUNKS):
        head = file.at(at, 12) if at + 12 <= end else file.at(at, 8)
        if len(head) < 8:
            break
        kind, length = head[:4], int.from_bytes(head[4:8], "little")
        if kind == b"LIST" and head[8:12] in _LISTS:
            at += 12
            continue
        if at + 8 + length > end:
            found.hurt("it ends too early")
        if kind in _CHUNKS:
            _chunk(found, kind, file.at(at + 8, min(length, MAX_BLOCK)))
        at += 8 + length + (length & 1)


def _chunk(found: Found, kind: bytes, data: bytes) -> None:
    """One chunk by its type."""
    what = _CHUNKS[kind]
    if what == "exif":
        block = data[data.find(b"Exif\0\0") + 6 :] if data[:6] == b"Exif\0\0" else data
        if not tiff.read_block(block, found):
            found.hurt("the camera's block inside it is broken")
    elif what == "xmp":
        xmp.read(data, found)
    elif what == "size":
        found.size(int.from_bytes(data[4:7], "little") + 1, int.from_bytes(data[7:10], "little") + 1)
    elif what == "lossy":
        found.size(int.from_bytes(data[6:8], "little") & 0x3FFF, int.from_bytes(data[8:10], "little") & 0x3FFF)
    elif what == "lossless":
        bits = int.from_bytes(data[1:5], "little")
        found.size((bits & 0x3FFF) + 1, (bits >> 14 & 0x3FFF) + 1)
    elif what == "time":
        found.time(5, time_of(text_of(data)) or _spoken(text_of(data)))
    elif what in {"make", "model", "software"}:
        setattr(found, what, getattr(found, what) or text_of(data))
    else:
        found.add(getattr(found, what), text_of(data))


def _spoken(text: str) -> datetime | None:
    """A time as C prints it: "Mon Mar 10 15:04:43 2003"."""
    hit = _SPOKEN.match(text)
    if not hit or hit[1].casefold() not in _MONTHS:
        return None
    month = _MONTHS.index(hit[1].casefold()) + 1
    return time_of(f"{hit[4]}-{month:02}-{int(hit[2]):02}T{hit[3]}")


_CHUNKS = {
    b"EXIF": "exif",
    b"XMP ": "xmp",
    b"_PMX": "xmp",
    b"VP8X": "size",
    b"VP8 ": "lossy",
    b"VP8L": "lossless",
    b"IDIT": "time",
    b"ICRD": "time",
    b"IART": "owners",
    b"ICMT": "captions",
    b"INAM": "captions",
    b"ISFT": "software",
    b"ICOP": "contacts",
    b"IKEY": "keywords",
    b"emnt": "captions",
    b"ecor": "make",
    b"emdl": "model",
}
"""Chunks that are read, and what each holds."""
