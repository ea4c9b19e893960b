"""The small camera block of a copy: written anew from a few known fields, so that nothing else can slip through.

What shows the picture as it is stays always: the turn and the colour space. The rest is there only where a group of fields is kept.
"""

from __future__ import annotations

import re
import struct
from collections.abc import Mapping
from datetime import datetime
from typing import NamedTuple

from unlisted.extract.photo.ifd import Entry, Tiff, in_memory, opened
from unlisted.model.evidence import Photo
from unlisted.remedy.clean.model import Wanted

MAX_TEXT = 1_000
"""Bytes of a text that is kept."""

Value = tuple[int, int, bytes]
"""TIFF type, count, bytes."""

_TURN = re.compile(rb"tiff:Orientation(?:=[\"']|>)([1-8])[\"'<]")
_ADOBE = b"R03\0"


class Look(NamedTuple):
    """How the picture is to be shown: turn (1 to 8) and colour space (1 is usual), and whether the latter is Adobe's."""

    turn: int = 1
    colour: int = 1
    adobe: bool = False


def look(blocks: list[bytes], packets: list[bytes]) -> Look:
    """The turn and colour space that a file's camera blocks tell, else the turn of a packet: what viewers go by."""
    for block in blocks:
        tiff = opened(in_memory(block))
        if tiff is not None and len(block) >= 8:
            told = _look(tiff, block)
            if told is not None:
                return told
    hits = [hit for packet in packets if (hit := _TURN.search(packet))]
    return Look(turn=int(hits[0][1])) if hits else Look()


def _look(tiff: Tiff, block: bytes) -> Look | None:
    """The look by one block; None where it does not speak of it."""
    main, _, _ = tiff.directory(tiff.u32.unpack(block[4:8])[0])
    inner = _directory(tiff, main.get(0x8769))
    turn = tiff.number(main[0x112]) if 0x112 in main else 0
    colour = tiff.number(inner[0xA001]) if 0xA001 in inner else 0
    usage = _directory(tiff, inner.get(0xA005)).get(1)
    adobe = usage is not None and tiff.value(usage, 4)[:3] == _ADOBE[:3]
    if not turn and not colour and not adobe:
        return None
    return Look(turn=turn if 1 <= turn <= 8 else 1, colour=colour or 1, adobe=adobe)


def _directory(tiff: Tiff, entry: Entry | None) -> dict[int, Entry]:
    """The directory that an entry leads to; empty where there is none."""
    return tiff.directory(tiff.number(entry))[0] if entry is not None else {}


def block(photo: Photo, wanted: Wanted, seen: Look) -> bytes:
    """The new block; empty where nothing has to be said."""
    main: dict[int, Value] = {}
    inner: dict[int, Value] = {}
    if seen.turn != 1:
        main[0x112] = _short(seen.turn)
    if seen.colour != 1:
        inner[0xA001] = _short(seen.colour)
    usage = {1: (2, 4, _ADOBE)} if seen.adobe else {}
    if wanted.keeps("device"):
        _device(photo, main, inner)
    if wanted.keeps("identity"):
        main |= _texts({0x13B: "; ".join(photo.owners)})
        inner |= _texts({0xA431: next(iter(photo.serials), "")})
    if wanted.keeps("time") and photo.taken_at is not None:
        inner |= _time(photo.taken_at, wanted.time)
    spot = _position(photo) if wanted.keeps("place") else {}
    return _tiff(main, inner, spot, usage) if main or inner or spot or usage else b""


def empty() -> bytes:
    """A block that says nothing, for containers whose list of parts must stay as it is."""
    return _tiff({}, {}, {}, {})


def _device(photo: Photo, main: dict[int, Value], inner: dict[int, Value]) -> None:
    """Make, model, lens and software."""
    if photo.device is not None:
        main |= _texts(
            {0x10F: photo.device.make or "", 0x110: photo.device.model or "", 0x131: photo.device.software or ""}
        )
        inner |= _texts({0xA434: photo.device.lens or ""})


def _time(when: datetime, much: str) -> dict[int, Value]:
    """When it was taken: to the second and with its zone, or only the day."""
    if much == "day":
        return _texts({0x9003: f"{when:%Y:%m:%d} 00:00:00"})
    zone = when.strftime("%z")
    return _texts({0x9003: f"{when:%Y:%m:%d %H:%M:%S}", 0x9011: f"{zone[:3]}:{zone[3:5]}" if zone else ""})


def _position(photo: Photo) -> dict[int, Value]:
    """Where it was taken, as the camera told it."""
    spot = photo.position
    if spot is None:
        return {}
    return {
        **_texts({1: "S" if spot.lat < 0 else "N", 3: "W" if spot.lon < 0 else "E"}),
        2: _angle(spot.lat),
        4: _angle(spot.lon),
    }


def _angle(degrees: float) -> Value:
    """Degrees as three fractions, of which the first says all."""
    return 5, 3, struct.pack(">6I", round(abs(degrees) * 10_000_000), 10_000_000, 0, 1, 0, 1)


def _short(number: int) -> Value:
    return 3, 1, struct.pack(">H", number)


def _texts(words: Mapping[int, str]) -> dict[int, Value]:
    """Text entries; blanks are left out."""
    out: dict[int, Value] = {}
    for tag, text in words.items():
        raw = text.encode("utf-8", "replace")[:MAX_TEXT].replace(b"\0", b" ") + b"\0"
        if len(raw) > 1:
            out[tag] = (2, len(raw), raw)
    return out


def _tiff(
    main: Mapping[int, Value], inner: Mapping[int, Value], spot: Mapping[int, Value], usage: Mapping[int, Value]
) -> bytes:
    """A big-endian structure of up to four directories."""
    top, second = dict(main), dict(inner)
    if usage:
        second[0xA005] = _long(0)
    for tag, there in ((0x8769, second), (0x8825, spot)):
        if there:
            top[tag] = _long(0)
    at = 8 + len(_pack(top, 8))
    tail = b""
    if second:
        top[0x8769] = _long(at)
        size = len(_pack(second, at))
        if usage:
            second[0xA005] = _long(at + size)
        tail += _pack(second, at) + (_pack(usage, at + size) if usage else b"")
    if spot:
        top[0x8825] = _long(at + len(tail))
        tail += _pack(spot, at + len(tail))
    return b"MM\0*" + struct.pack(">I", 8) + _pack(top, 8) + tail


def _long(number: int) -> Value:
    return 4, 1, struct.pack(">I", number)


def _pack(entries: Mapping[int, Value], at: int) -> bytes:
    """One directory at an offset, its long values behind it."""
    rows, values = b"", b""
    free = at + 2 + 12 * len(entries) + 4
    for tag in sorted(entries):
        kind, count, data = entries[tag]
        held = data.ljust(4, b"\0") if len(data) <= 4 else struct.pack(">I", free + len(values))
        if len(data) > 4:
            values += data + b"\0" * (len(data) & 1)
        rows += struct.pack(">HHI", tag, kind, count) + held
    return struct.pack(">H", len(entries)) + rows + bytes(4) + values
