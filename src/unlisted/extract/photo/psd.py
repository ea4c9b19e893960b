"""Photoshop files: the size, and the resource list with Exif, XMP and IPTC."""

from __future__ import annotations

from unlisted.extract.photo import iptc
from unlisted.extract.photo.found import Found
from unlisted.extract.photo.reader import MAX_BLOCK, Reader


def read(file: Reader, found: Found) -> None:
    """The header and the resource list."""
    head = file.head
    found.format = "PSB" if head[4:6] == b"\0\2" else "PSD"
    found.size(int.from_bytes(head[18:22], "big"), int.from_bytes(head[14:18], "big"))
    at = 30 + int.from_bytes(head[26:30], "big")
    length = int.from_bytes(file.at(at, 4), "big")
    data = file.at(at + 4, min(length, MAX_BLOCK))
    if len(data) < min(length, MAX_BLOCK):
        found.hurt("it ends too early")
    iptc.resources(data, found)
