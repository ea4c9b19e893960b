"""The repository of a Bluesky account as a CAR file: a row of blocks, each a record in DAG-CBOR.

After the CAR version 1 and AT Protocol repository specifications (ipld.io, atproto.com). The tree that orders the records is not
walked: what is a post says so itself. All of a repository is public.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from unlisted.errors import Malformed, TooLarge
from unlisted.sources.accounts.profiles import sky_words
from unlisted.sources.exports import cbor
from unlisted.sources.exports.container import Member
from unlisted.sources.exports.found import Found
from unlisted.sources.exports.times import iso
from unlisted.sources.exports.values import node, text

MAX_BLOCK = 2_000_000
"""Bytes of one block; the protocol allows one million for a record."""

MAX_BLOCKS = 2_000_000


class _Window:
    """Bytes that come in pieces."""

    def __init__(self, pieces: Iterable[bytes]) -> None:
        self._pieces = iter(pieces)
        self._held = b""
        self._at = 0

    def take(self, count: int) -> bytes:
        """The next bytes, fewer at the end."""
        if self._at + count > len(self._held):
            parts = [self._held[self._at :]]
            size = len(parts[0])
            while size < count and (piece := next(self._pieces, None)) is not None:
                parts.append(piece)
                size += len(piece)
            self._held, self._at = b"".join(parts), 0
        out = self._held[self._at : self._at + count]
        self._at += len(out)
        return out

    def length(self) -> int | None:
        """A number of seven bits a byte, least first; None at the end. Raises Malformed."""
        number = 0
        for place in range(5):
            byte = self.take(1)
            if not byte:
                break
            number |= (byte[0] & 127) << (7 * place)
            if byte[0] < 128:
                return number
        else:
            raise Malformed(cbor.DAMAGED)
        if place:
            raise Malformed(cbor.DAMAGED)
        return None


def blocks(pieces: Iterable[bytes]) -> Iterator[bytes]:
    """The content of each block of a CAR file; raises Malformed, TooLarge."""
    window = _Window(pieces)
    first = window.length() or 0
    if not 0 < first <= MAX_BLOCK or node(cbor.decode(window.take(first))).get("version") != 1:
        raise Malformed(cbor.DAMAGED)
    for _ in range(MAX_BLOCKS):
        size = window.length()
        if size is None:
            return
        if size > MAX_BLOCK:
            raise TooLarge("a file in the export holds a record that is too large")
        block = window.take(size)
        if len(block) < size:
            raise Malformed(cbor.DAMAGED)
        yield block[_address(block) :]
    raise TooLarge("the export holds more records than are read")


def _address(block: bytes) -> int:
    """The length of a block's address: version, content type and hash type of a byte each, then the hash with its length."""
    if block[:2] == b"\x12\x20":  # the first version of addresses: a bare SHA-256
        return 34
    if len(block) < 4 or block[0] != 1 or block[1] > 127 or block[2] > 127:
        raise Malformed(cbor.DAMAGED)
    return 4 + block[3]


def repository(member: Member, found: Found) -> None:
    """Posts and profile of a repository. A block that is no record (pictures, the tree) is passed over."""
    for block in blocks(member.stream()):
        try:
            record = node(cbor.decode(block))
        except Malformed:
            found.skip("a record in the export is damaged")
            continue
        kind = text(record.get("$type"))
        if kind == "app.bsky.feed.post":
            found.post(sky_words(record), iso(record.get("createdAt")), public=True)
        elif kind == "app.bsky.actor.profile":
            found.field("name", record.get("displayName"), "displayName")
            found.field("bio", record.get("description"), "description")
