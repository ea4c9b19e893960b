"""The files of an export, wherever they lie: each is opened on demand, within what may be read of the whole.

Names are only compared, never opened as paths and never shown, so that "../", an absolute name or a character that turns the text
around does no harm.
"""

from __future__ import annotations

import gzip
import io
import re
import tarfile
import zipfile
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import BinaryIO

from unlisted.errors import Malformed, NotRead, TooLarge

MAX_WHOLE = 25_000_000
"""Bytes of one file that is read whole."""

MAX_ALL = 200_000_000
"""Bytes of all files that are read whole."""

MAX_STREAM = 4_000_000_000
"""Bytes that are read piece by piece: memory does not grow with them."""

MAX_RATIO = 100
"""A file that is packed tighter than this is made to swell."""

MAX_LISTED = 200_000
"""Files that are looked at by name; beyond, an archive is refused."""

MAX_NAME = 1_000
CHUNK = 1 << 16
GZIP = b"\x1f\x8b"

_ODD = re.compile(r"[\x00-\x1f\x7f-\x9f\u200b-\u200f\u202a-\u202e\u2066-\u2069\ufeff]")
"""Characters that are not seen or turn the text around."""


@dataclass(slots=True)
class Budget:
    """The bytes that may still be read of one export."""

    whole: int = MAX_ALL
    stream: int = MAX_STREAM

    def take_whole(self, size: int) -> None:
        """Count bytes that are held at once; raises TooLarge."""
        self.whole -= size
        if self.whole < 0:
            raise TooLarge("the export is larger than is read; the rest was left out")

    def take_stream(self, size: int) -> None:
        """Count bytes that pass through; raises TooLarge."""
        self.stream -= size
        if self.stream < 0:
            raise TooLarge("the export is larger than is read; the rest was left out")


@dataclass(frozen=True, slots=True, kw_only=True)
class Member:
    """One file of an export. `name` is in lower case with forward slashes, for comparing only; `size` in bytes as claimed."""

    name: str = field(repr=False)
    size: int
    source: Callable[[], BinaryIO] = field(repr=False)
    budget: Budget = field(repr=False)
    crc: int | None = field(default=None, repr=False)
    """The CRC-32 of the bytes, where the archive says it."""

    def crc_now(self) -> int:
        """The CRC-32 of the bytes as they lie there; raises NotRead, also where they are more than claimed."""
        if self.crc is not None:
            return self.crc
        total = size = 0
        with reading(), self.source() as raw:
            while piece := raw.read(CHUNK):
                total, size = zlib.crc32(piece, total), size + len(piece)
                if size > self.size:
                    raise Malformed("a file in the export is damaged")
        return total

    def stream(self) -> Iterator[bytes]:
        """The bytes in chunks, unpacked where the file itself is gzip; raises NotRead."""
        with reading(), self.source() as raw:
            for piece in pieces_of(raw):
                self.budget.take_stream(len(piece))
                yield piece

    def whole(self, *, most: int = MAX_WHOLE) -> bytes:
        """All bytes; raises NotRead, TooLarge beyond `most`."""
        parts, size = [], 0
        for piece in self.stream():
            size += len(piece)
            if size > most:
                raise TooLarge("a file in the export is too large to be read whole")
            parts.append(piece)
        self.budget.take_whole(size)
        return b"".join(parts)

    def head(self, size: int = 4096) -> bytes:
        """The first bytes; raises NotRead."""
        with reading(), self.source() as raw:
            return raw.read(size)


@dataclass(frozen=True, slots=True, kw_only=True)
class Container:
    """The files of an export that may be read, in the order in which they are best read, and what was left out (plain reasons)."""

    members: tuple[Member, ...]
    refused: tuple[str, ...] = ()
    listed: int = 0
    """Files of any kind that it holds."""


@contextmanager
def reading() -> Iterator[None]:
    """Turns whatever a damaged file raises into Malformed."""
    try:
        yield
    except NotRead:
        raise
    except (
        OSError,
        EOFError,
        zipfile.BadZipFile,
        tarfile.TarError,
        zlib.error,
        ValueError,
        RuntimeError,
        NotImplementedError,
        KeyError,
    ):
        raise Malformed("a file in the export is damaged") from None


def pieces_of(raw: BinaryIO) -> Iterator[bytes]:
    """The bytes of a file in chunks, unpacked where it is gzip."""
    head = raw.read(CHUNK)
    return unpacked(head, raw) if head[:2] == GZIP else plain_pieces(head, raw)


def plain_pieces(head: bytes, raw: BinaryIO) -> Iterator[bytes]:
    while head:
        yield head
        head = raw.read(CHUNK)


def unpacked(head: bytes, raw: BinaryIO) -> Iterator[bytes]:
    """A gzip file's content, as long as it does not swell."""
    packed = _Counted(head, raw)
    given = 0
    with gzip.GzipFile(fileobj=io.BufferedReader(packed, CHUNK)) as inner:
        # one packed block at a time, so that where the file breaks off all that stands before is given
        while piece := inner.read1(CHUNK):
            given += len(piece)
            if given > MAX_RATIO * max(packed.count, CHUNK):
                raise TooLarge("a file in the export swells when it is opened")
            yield piece


class _Counted(io.RawIOBase):
    """Bytes already read, then the rest of a file; counts them."""

    def __init__(self, head: bytes, raw: BinaryIO) -> None:
        super().__init__()
        self._head, self._raw, self.count = head, raw, 0

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]  # the stub asks for a wider buffer type
        piece = self._head[: len(buffer)] if self._head else self._raw.read(len(buffer))
        self._head = self._head[len(piece) :]
        buffer[: len(piece)] = piece
        self.count += len(piece)
        return len(piece)


def plain(name: str) -> str:
    """A name for comparing: lower case, forward slashes, without ".", "..", drive letters and unseen characters."""
    parts = _ODD.sub("", name[-MAX_NAME:]).replace("\\", "/").casefold().split("/")
    return "/".join(part for part in parts if part not in {"", ".", ".."} and not part.endswith(":"))


def is_shadow(name: str) -> bool:
    """Whether a file of this plain name is what a Mac writes beside each file of an archive: no data of the service."""
    return name.startswith("__macosx/") or name.rpartition("/")[2].startswith("._")
