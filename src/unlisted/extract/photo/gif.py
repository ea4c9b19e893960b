"""GIF: comments and the XMP extension; picture data is stepped over block by block."""

from __future__ import annotations

from unlisted.extract.photo import xmp
from unlisted.extract.photo.found import Found
from unlisted.extract.photo.reader import Reader
from unlisted.extract.photo.words import text_of

MAX_BLOCKS = 30_000
"""Blocks followed in one file; a file with more is read as far as that."""

MAX_PACKET = 1_000_000
"""Bytes of an XMP packet."""


def read(file: Reader, found: Found) -> None:
    """All extensions, as far as `MAX_BLOCKS` reach."""
    head = file.head
    found.size(int.from_bytes(head[6:8], "little"), int.from_bytes(head[8:10], "little"))
    at = 13 + _table(head[10:11])
    for _ in range(MAX_BLOCKS):
        mark = file.at(at, 2)
        if mark[:1] == b";":
            return
        if mark[:1] == b"!" and len(mark) == 2:
            at = _extension(file, found, mark[1], at + 2)
        elif mark[:1] == b",":
            at = _skip(file, at + 11 + _table(file.at(at + 9, 1)))
        else:
            found.hurt("it ends too early")
            return


def _table(flags: bytes) -> int:
    """Bytes of the colour table that these flags announce."""
    return 3 << (flags[0] & 7) + 1 if flags and flags[0] & 0x80 else 0


def _extension(file: Reader, found: Found, label: int, at: int) -> int:
    """One extension; the offset behind it."""
    if label == 0xFF and file.at(at, 12)[1:] == b"XMP DataXMP":
        packet = file.at(at + 12, MAX_PACKET)
        end = packet.find(b"<?xpacket end")
        xmp.read(packet[: packet.find(b">", end) + 1] if end >= 0 else packet, found)
    elif label == 0xFE:
        length = file.at(at, 1)
        found.add(found.captions, text_of(file.at(at + 1, length[0] if length else 0)))
    return _skip(file, at)


def _skip(file: Reader, at: int) -> int:
    """The offset behind a chain of sub-blocks."""
    for _ in range(MAX_BLOCKS):
        length = file.at(at, 1)
        if not length or not length[0]:
            return at + 1
        at += 1 + length[0]
    return at
