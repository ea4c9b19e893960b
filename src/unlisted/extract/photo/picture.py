"""The size of a small picture in memory from its own header: JPEG frames and PNG; no pixel is decoded."""

from __future__ import annotations

MAX_SEGMENTS = 200
"""Segments followed in a small JPEG."""

FRAMES = frozenset({0xC0, 0xC1, 0xC2, 0xC3, 0xC5, 0xC6, 0xC7, 0xC9, 0xCA, 0xCB, 0xCD, 0xCE, 0xCF})
"""Markers of a JPEG frame, which tells the size."""


def jpeg_size(data: bytes) -> tuple[int, int] | None:
    """Width and height of the JPEG or PNG that begins `data`; None where it is neither or cut too early."""
    if data[:8] == b"\x89PNG\r\n\x1a\n":
        size = int.from_bytes(data[16:20], "big"), int.from_bytes(data[20:24], "big")
        return size if all(size) else None
    if data[:2] != b"\xff\xd8":
        return None
    at = 2
    for _ in range(MAX_SEGMENTS):
        if at + 9 > len(data) or data[at] != 0xFF:
            return None
        mark = data[at + 1]
        if mark in FRAMES:
            height, width = int.from_bytes(data[at + 5 : at + 7], "big"), int.from_bytes(data[at + 7 : at + 9], "big")
            return (width, height) if width and height else None
        if mark == 0xDA:
            return None
        at += 1 if mark == 0xFF else 2 + int.from_bytes(data[at + 2 : at + 4], "big")
    return None
