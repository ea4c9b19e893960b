"""PNG: Exif, text and profile chunks, wherever they stand; pixel data is stepped over."""

from __future__ import annotations

import re
import zlib

from unlisted.extract.photo import c2pa, gps, iptc, tiff, xmp
from unlisted.extract.photo.found import Found
from unlisted.extract.photo.reader import MAX_BLOCK, Reader
from unlisted.extract.photo.words import text_of, time_of
from unlisted.model.evidence import Position

MAX_CHUNKS = 30_000
"""Chunks followed in one file."""

MAX_INFLATED = 4_000_000
"""Bytes that the packed texts of one file may grow to."""

STEP = 65_536
"""Bytes unpacked at a time: what stands in front of a broken part is kept."""

TEXT_STEPS = 20
"""Steps of work that one text counts as."""

_HEX = re.compile(rb"[^0-9a-fA-F]+")
_RATIO = re.compile(r"(\d{1,12})/(\d{1,12})")
_READ = frozenset({b"eXIf", b"iTXt", b"tEXt", b"zTXt", b"IHDR", b"tIME", b"zxIf", b"caBX"})


def read(file: Reader, found: Found, start: int = 8) -> None:
    """All chunks up to IEND."""
    text = _Texts()
    at = start
    for _ in range(MAX_CHUNKS):
        head = file.at(at, 8, 32)
        if len(head) < 8:
            found.hurt("it ends too early")
            break
        length, kind = int.from_bytes(head[:4], "big"), head[4:8]
        if length > 1 << 31 or not kind.isalpha():
            found.hurt("a part of it is broken")
            break
        if kind in _READ:
            data = file.at(at + 8, min(length, MAX_BLOCK))
            _chunk(found, kind, data, text)
        at += 12 + length
        if kind == b"IEND":
            break
    _magick(found, text.gps)


class _Texts:
    """What the text chunks of one file may still grow to, how many there may be, and the pieces of a position in them."""

    __slots__ = ("gps", "room")

    def __init__(self) -> None:
        self.gps: dict[str, str] = {}
        self.room = MAX_INFLATED

    def inflate(self, data: bytes) -> bytes:
        """Unpacked bytes, within what is left for the file."""
        out = inflate(data, self.room)
        self.room -= len(out)
        return out


def _chunk(found: Found, kind: bytes, data: bytes, text: _Texts) -> None:
    """One chunk by its type."""
    if kind == b"IHDR":
        found.size(int.from_bytes(data[:4], "big"), int.from_bytes(data[4:8], "big"))
    elif kind == b"eXIf":
        if not tiff.read_block(data.removeprefix(b"Exif\0\0"), found):
            found.hurt("the camera's block inside it is broken")
    elif kind == b"zxIf":
        tiff.read_block(text.inflate(data[5:]), found)
    elif kind == b"tIME":
        found.other_time(
            time_of(
                f"{int.from_bytes(data[:2], 'big'):04}-"
                + "{:02}-{:02}T{:02}:{:02}:{:02}".format(*data[2:7].ljust(5, b"\0"))
            )
        )
    elif kind == b"caBX":
        c2pa.read(data, found)
    else:
        _text(found, kind, data, text)


def _text(found: Found, kind: bytes, data: bytes, text: _Texts) -> None:
    """A text chunk: packet, profile or plain words."""
    found.spend(TEXT_STEPS)
    key, _, value = data.partition(b"\0")
    if kind == b"zTXt":
        value = text.inflate(value[1:])
    elif kind == b"iTXt":
        packed = value[:1] == b"\1"
        value = value[2:].split(b"\0", 2)[-1]
        value = text.inflate(value) if packed else value
    if key == b"XML:com.adobe.xmp":
        xmp.read(value, found)
    elif key.startswith(b"Raw profile type "):
        _profile(found, key[17:], value)
    else:
        _plain(found, text_of(key), text_of(value), text.gps)


def inflate(data: bytes, room: int = MAX_INFLATED) -> bytes:
    """Unpacked bytes, at most `room`; what could be unpacked where the stream is broken."""
    stream = zlib.decompressobj()
    out = b""
    try:
        for at in range(0, len(data), STEP):
            if len(out) >= room:
                break
            out += stream.decompress(stream.unconsumed_tail + data[at : at + STEP], room - len(out))
    except zlib.error:
        return out
    return out


def _profile(found: Found, name: bytes, value: bytes) -> None:
    """ImageMagick's way: a name and a length in text, then the block in hex digits."""
    lines = value.lstrip().split(b"\n", 2)
    digits = _HEX.sub(b"", lines[2] if len(lines) == 3 else b"")[:MAX_BLOCK]
    block = bytes.fromhex(digits[: len(digits) // 2 * 2].decode("ascii"))
    if name in {b"exif", b"APP1"}:
        if block.startswith(b"http://ns.adobe.com/xap/1.0/\0"):
            xmp.read(block[29:], found)
        elif not tiff.read_block(block.removeprefix(b"Exif\0\0"), found):
            found.hurt("the camera's block inside it is broken")
    elif name == b"xmp":
        xmp.read(block, found)
    elif name in {b"iptc", b"8bim"}:
        (iptc.resources if b"8BIM" in block[:64] else iptc.read)(block, found)


def _plain(found: Found, key: str, value: str, text: dict[str, str]) -> None:
    """Words under a key of the standard, or of a program."""
    name = key.removeprefix("exif:")
    if key.startswith("exif:GPS"):
        text.setdefault(name, value)
    elif name in {"Make", "Model", "Software"}:
        setattr(found, name.lower(), getattr(found, name.lower()) or value)
    elif name in {"DateTimeOriginal", "DateTimeDigitized", "Creation Time", "create-date"}:
        found.time(6, time_of(value))
    elif name in {"Artist", "Author", "CameraOwnerName"}:
        found.add(found.owners, value)
    elif name in {"BodySerialNumber", "LensSerialNumber"}:
        found.add_serial(value)
    elif name in {"Title", "Description", "Comment", "parameters", "prompt", "workflow"}:
        found.add(found.captions, value)
    elif name == "Copyright":
        found.add(found.contacts, value)


def _magick(found: Found, text: dict[str, str]) -> None:
    """A position in ImageMagick's text chunks: ratios, and letters that may be missing."""
    spot: list[float | None] = []
    letters = ""
    for axis in ("Latitude", "Longitude"):
        pairs = _RATIO.findall(text.get(f"GPS{axis}", "")[:120])
        value = gps.degrees([int(top) / int(bottom) if int(bottom) else None for top, bottom in pairs[:3]])
        mark = text.get(f"GPS{axis}Ref", "")[:1].upper()
        letters += mark
        spot.append(-value if value is not None and mark in {"S", "W"} else value)
    if spot[0] is not None and spot[1] is not None:
        found.put(Position(lat=spot[0], lon=spot[1], origin="png-text", sure=len(letters) == 2))
