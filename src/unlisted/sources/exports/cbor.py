"""DAG-CBOR, the binary form of Bluesky's records, within bounds: no values without end, no tags but links.

After RFC 8949 and the DAG-CBOR specification (ipld.io). Depth is counted.
"""

from __future__ import annotations

import struct
from typing import Any

from unlisted.errors import Malformed

MAX_DEPTH = 64
DAMAGED = "a file in the export is not the data that the service promises"

_SIMPLE = {20: False, 21: True, 22: None}
_LINK = 42
"""The only tag: what follows is the address of another block."""


class _Bytes:
    """Bytes with a place in them."""

    def __init__(self, data: bytes) -> None:
        self.data, self.at = data, 0

    def take(self, count: int) -> bytes:
        """The next bytes; raises Malformed where they are missing."""
        piece = self.data[self.at : self.at + count]
        if len(piece) < count:
            raise Malformed(DAMAGED)
        self.at += count
        return piece

    def head(self) -> tuple[int, int, int]:
        """(kind, short form, number) of the value that begins here."""
        first = self.take(1)[0]
        kind, short = first >> 5, first & 31
        if short < 24:
            return kind, short, short
        if short > 27:
            raise Malformed(DAMAGED)
        return kind, short, int.from_bytes(self.take(1 << (short - 24)), "big")


def decode(data: bytes) -> Any:
    """The one value that `data` holds; raises Malformed. Bytes and links come as bytes."""
    source = _Bytes(data)
    value = _value(source, 0)
    if source.at != len(data):
        raise Malformed(DAMAGED)
    return value


def _value(source: _Bytes, depth: int) -> Any:
    if depth > MAX_DEPTH:
        raise Malformed(DAMAGED)
    kind, short, number = source.head()
    if kind in {0, 1}:
        return number if kind == 0 else -1 - number
    if kind in {2, 3}:
        raw = source.take(number)
        return raw if kind == 2 else raw.decode("utf-8", "replace")
    if kind == 6 and number == _LINK:
        return _value(source, depth + 1)
    if kind == 7:
        return _simple(short, number)
    return _many(source, kind, number, depth)


def _simple(short: int, number: int) -> Any:
    if short == 27:
        return struct.unpack(">d", number.to_bytes(8, "big"))[0]
    if short not in _SIMPLE:
        raise Malformed(DAMAGED)
    return _SIMPLE[short]


def _many(source: _Bytes, kind: int, count: int, depth: int) -> Any:
    """A list (kind 4) or a map (kind 5). Each entry takes a byte at least, so that a false count ends with the bytes."""
    if kind not in {4, 5} or count > len(source.data) - source.at:
        raise Malformed(DAMAGED)
    if kind == 4:
        return [_value(source, depth + 1) for _ in range(count)]
    out: dict[str, Any] = {}
    for _ in range(count):
        key = _value(source, depth + 1)
        if not isinstance(key, str):
            raise Malformed(DAMAGED)
        out[key] = _value(source, depth + 1)
    return out
