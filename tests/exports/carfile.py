"""CAR files with DAG-CBOR records, written for tests after the published descriptions."""

from __future__ import annotations

import hashlib
import struct


def cbor(value: object) -> bytes:
    """The DAG-CBOR form of a value."""
    if isinstance(value, dict):
        return head(5, len(value)) + b"".join(cbor(key) + cbor(inner) for key, inner in value.items())
    if isinstance(value, list):
        return head(4, len(value)) + b"".join(map(cbor, value))
    return plain(value)


def plain(value: object) -> bytes:
    """The DAG-CBOR form of a value that holds no others."""
    if value is None or isinstance(value, bool):
        return {False: b"\xf4", True: b"\xf5", None: b"\xf6"}[value]
    if isinstance(value, int):
        return head(0, value) if value >= 0 else head(1, -1 - value)
    if isinstance(value, float):
        return b"\xfb" + struct.pack(">d", value)
    raw = value.encode() if isinstance(value, str) else value
    assert isinstance(raw, bytes)
    return head(3 if isinstance(value, str) else 2, len(raw)) + raw


def head(kind: int, number: int) -> bytes:
    """The first bytes of a value."""
    if number < 24:
        return bytes([kind << 5 | number])
    for short, size in ((24, 1), (25, 2), (26, 4), (27, 8)):
        if number < 1 << (8 * size):
            return bytes([kind << 5 | short]) + number.to_bytes(size, "big")
    raise ValueError


def link(block: bytes) -> bytes:
    """A tagged address of a block."""
    return b"\xd8\x2a" + cbor(b"\x00" + address(block))


def address(block: bytes) -> bytes:
    """Version 1, DAG-CBOR, SHA-256."""
    return b"\x01\x71\x12\x20" + hashlib.sha256(block).digest()


def varint(number: int) -> bytes:
    """Seven bits a byte, least first."""
    out = b""
    while number > 127:
        out += bytes([number & 127 | 128])
        number >>= 7
    return out + bytes([number])


def section(data: bytes) -> bytes:
    """Data with its length before it."""
    return varint(len(data)) + data


def car(*records: object) -> bytes:
    """A CAR file of these records; bytes stand as they are."""
    blocks = [record if isinstance(record, bytes) else cbor(record) for record in records]
    root = head(5, 2) + cbor("roots") + head(4, 1) + link(blocks[0] if blocks else b"") + cbor("version") + cbor(1)
    return section(root) + b"".join(section(address(block) + block) for block in blocks)
