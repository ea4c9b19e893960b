"""MP4 and MOV: what the `moov` box says of place, time, device and owner, its timed tracks, and CR3's Exif blocks."""

from __future__ import annotations

import re
from collections.abc import Callable

from unlisted.extract.photo import gpmf, iptc, notes, tiff, tracks, xmp
from unlisted.extract.photo.boxes import boxes, in_file, number
from unlisted.extract.photo.found import Found
from unlisted.extract.photo.ifd import in_memory, opened
from unlisted.extract.photo.reader import MAX_BLOCK, Reader
from unlisted.extract.photo.words import since_1904, text_of, time_of

MAX_TRACKS = 32
"""Tracks looked at in one file."""

CANON_ID = bytes.fromhex("85c0b687820f11e08111f4ce462b6a48")
XMP_ID = bytes.fromhex("be7acfcb97a942e89c71999491e3afac")

_ISO6709 = re.compile(
    r"\s{0,4}([+-])(\d{1,7}(?:\.\d{1,12})?)([+-])(\d{1,8}(?:\.\d{1,12})?)(?:([+-]\d{1,6}(?:\.\d{1,9})?))?"
)
_DECIMAL = re.compile(r"\s{0,4}(-?\d{1,3}\.\d{1,12})[\s,]{1,3}(-?\d{1,3}\.\d{1,12})")


def read(file: Reader, found: Found, start: int, end: int) -> None:
    """The `moov` box whose content lies between two offsets."""
    seen = 0
    for box in in_file(file, start, end):
        if box.kind != b"trak" and box.kind not in _MOOV:
            continue
        seen += box.kind == b"trak"
        data = file.at(box.start, min(box.end - box.start, MAX_BLOCK)) if seen <= MAX_TRACKS else b""
        if not box.whole or box.end > file.size:
            found.hurt("a part of it is cut short")
        if box.kind in _MOOV:
            _MOOV[box.kind](found, data)
        else:
            _track(file, found, data)


def _track(file: Reader, found: Found, data: bytes) -> None:
    """One track: its samples, and texts of its own."""
    tracks.read(file, found, data, 0, len(data))
    for kind, at, stop in boxes(data):
        if kind in {b"udta", b"meta"}:
            _MOOV[kind](found, data[at:stop])


def _movie(found: Found, data: bytes) -> None:
    """The movie header: when it was made, seconds since 1904."""
    seconds = number(data, 4, 8) if data[:1] == b"\x01" else number(data, 4, 4)
    found.time(5, since_1904(seconds))


def user(found: Found, data: bytes) -> None:
    """The user data list: texts behind a length and a language, and boxes."""
    for kind, at, stop in boxes(data):
        handler = _USER.get(kind)
        if handler is not None:
            handler(found, data[at:stop])
        elif kind[:1] == b"\xa9" and kind in _TEXTS:
            length = number(data, at, 2)
            _text(found, kind, text_of(data[at + 4 : min(at + 4 + length, stop)]))


def _text(found: Found, key: bytes, text: str) -> None:
    """One text by its key."""
    what = _TEXTS.get(key)
    if not text or what is None:
        return
    if what == "place":
        place(found, text)
    elif what == "time":
        found.time(1, time_of(text))
    elif what in {"make", "model", "software", "lens"}:
        setattr(found, what, getattr(found, what) or text)
    elif what == "serials":
        found.add_serial(text)
    else:
        found.add(getattr(found, what), text)


def place(found: Found, text: str) -> None:
    """A place by ISO 6709, or two plain decimals."""
    hit = _ISO6709.match(text)
    if hit:
        lat, lon = _angle(hit[1], hit[2], 2), _angle(hit[3], hit[4], 3)
        found.place(lat, lon, "quicktime", float(hit[5]) if hit[5] else None)
        return
    hit = _DECIMAL.match(text)
    if hit:
        found.place(float(hit[1]), float(hit[2]), "quicktime")


def _angle(sign: str, digits: str, width: int) -> float:
    """Degrees of DD.D, DDMM.M or DDMMSS.S (`width` digits of degrees)."""
    whole = len(digits.partition(".")[0])
    value = float(digits)
    if whole > width + 2:
        rest = value % 10_000
        value = value // 10_000 + rest // 100 / 60 + rest % 100 / 3600
    elif whole > width:
        value = value // 100 + value % 100 / 60
    return -value if sign == "-" else value


def _loci(found: Found, data: bytes) -> None:
    """3GPP's place: a name, then longitude and latitude in 16.16 fixed point."""
    end = data.find(b"\0", 6)
    if end < 0 or end + 14 > len(data):
        return
    found.add(found.place_names, text_of(data[6:end]))
    lon, lat, height = (int.from_bytes(data[end + at : end + at + 4], "big", signed=True) / 65_536 for at in (2, 6, 10))
    found.place(lat, lon, "quicktime", height)


def meta(found: Found, data: bytes) -> None:
    """Keys and values (Apple's two lists), and XMP."""
    first = 0 if data[4:8] in {b"hdlr", b"keys", b"mhdr"} else 4
    keys: list[bytes] = []
    for kind, at, stop in boxes(data, first):
        if kind == b"keys":
            keys = [data[start:end] for _, start, end in boxes(data, at + 8, stop)]
        elif kind == b"ilst":
            _values(found, data, at, stop, keys)
        elif kind == b"XMP_":
            xmp.read(data[at:stop], found)


def _values(found: Found, data: bytes, start: int, end: int, keys: list[bytes]) -> None:
    """The values of a list; its entries are named by number (of a key) or by four letters."""
    for kind, at, stop in boxes(data, start, end):
        index = number(kind, 0, 4)
        key = keys[index - 1] if 0 < index <= len(keys) else kind
        for name, inner, last in boxes(data, at, stop):
            if name == b"data" and number(data, inner, 4) in {0, 1, 2}:
                utf16 = number(data, inner, 4) == 2
                raw = data[inner + 8 : last]
                _text(found, key, raw[:4000].decode("utf-16-be", "replace") if utf16 else text_of(raw))


def _uuid(found: Found, data: bytes) -> None:
    """Canon's box with Exif in four parts, or XMP."""
    if data[:16] == XMP_ID:
        xmp.read(data[16:], found)
    elif data[:16] == CANON_ID:
        for kind, at, stop in boxes(data, 16):
            if kind in {b"CMT1", b"CMT2", b"CMT4"}:
                canon(data[at:stop], found, satellites=kind == b"CMT4")
            elif kind == b"CMT3":
                notes.canon(data[at:stop], found)
            elif kind == b"THMB":
                width, height, length = number(data, at + 4, 2), number(data, at + 6, 2), number(data, at + 8, 4)
                if length >= 100:
                    found.small_picture((width, height), length)


def canon(block: bytes, found: Found, *, satellites: bool) -> None:
    """One of Canon's TIFF structures; the fourth is a bare GPS directory."""
    if not satellites:
        tiff.read_block(block, found)
        return
    structure = opened(in_memory(block))
    if structure is not None and len(block) >= 8:
        tiff.read_gps(structure, structure.u32.unpack(block[4:8])[0], found)


def _packet(found: Found, data: bytes) -> None:
    xmp.read(data, found)


def _records(found: Found, data: bytes) -> None:
    iptc.read(data, found)


def _gopro(found: Found, data: bytes) -> None:
    gpmf.read(data, found, origin="quicktime")


_TEXTS = {
    b"\xa9xyz": "place",
    b"com.apple.quicktime.location.ISO6709": "place",
    b"com.apple.quicktime.make": "make",
    b"com.apple.quicktime.model": "model",
    b"com.apple.quicktime.software": "software",
    b"com.apple.quicktime.creationdate": "time",
    b"com.apple.quicktime.author": "owners",
    b"com.apple.quicktime.artist": "owners",
    b"com.apple.quicktime.location.name": "place_names",
    b"com.apple.quicktime.content.identifier": "ids",
    b"com.apple.quicktime.camera.lens_model": "lens",
    b"com.android.manufacturer": "make",
    b"com.android.model": "model",
    b"\xa9mak": "make",
    b"\xa9mod": "model",
    b"\xa9swr": "software",
    b"\xa9too": "software",
    b"\xa9day": "time",
    b"\xa9ART": "owners",
    b"\xa9aut": "owners",
    b"\xa9nam": "captions",
    b"\xa9cmt": "captions",
    b"\xa9des": "captions",
    b"\xa9key": "keywords",
    b"\xa9cpy": "contacts",
    b"make": "make",
    b"modl": "model",
    b"SNum": "serials",
}
"""Texts by key, and the field each goes to."""

_USER: dict[bytes, Callable[[Found, bytes], None]] = {
    b"loci": _loci,
    b"meta": meta,
    b"GPMF": _gopro,
    b"XMP_": _packet,
    b"uuid": _uuid,
    b"IPTC": _records,
}

_MOOV: dict[bytes, Callable[[Found, bytes], None]] = {b"mvhd": _movie, b"udta": user, b"meta": meta, b"uuid": _uuid}
