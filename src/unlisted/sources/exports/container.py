"""An export as it lies on the disk: a folder or a ZIP archive, read in place and never unpacked.

Names inside are only compared, never opened as paths and never shown, so that "../", an absolute name or a character that turns
the text around does no harm. Limits stop archives that swell; what is left out is said in `refused`.
"""

from __future__ import annotations

import gzip
import io
import os
import re
import stat
import zipfile
import zlib
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import Path
from typing import BinaryIO

from unlisted.errors import Malformed, NotRead, TooLarge

MAX_MEMBERS = 10_000
"""Files of an export that are read."""

MAX_LISTED = 200_000
"""Files that are looked at by name; beyond, an archive is refused."""

MAX_DIRECTORY = 40_000_000
"""Bytes of an archive's own list of files."""

MAX_WHOLE = 25_000_000
"""Bytes of one file that is read whole."""

MAX_ALL = 200_000_000
"""Bytes of all files that are read whole."""

MAX_STREAM = 4_000_000_000
"""Bytes that are read piece by piece: memory does not grow with them."""

MAX_RATIO = 100
"""A file that is packed tighter than this is made to swell."""

MAX_DEPTH = 30
"""Depth of folders."""

MAX_NAME = 1_000
CHUNK = 1 << 16

TOO_MANY = "the export holds more files than are read; the rest was left out"
LOCKED = "files in the export are locked with a password; unpack it yourself and list the folder"
SWOLLEN = "files in the export were left out, because they are packed in a way that is made to swell"
SHARED = "files in the export were left out, because they share their bytes with others"

_END = b"PK\x05\x06"
_END_SIZE = 22
_FAR = 0xFFFFFFFF
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

    def stream(self) -> Iterator[bytes]:
        """The bytes in chunks, unpacked where the file itself is gzip; raises NotRead."""
        with reading(), self.source() as raw:
            head = raw.read(CHUNK)
            pieces = _gunzipped(head, raw) if head[:2] == b"\x1f\x8b" else _pieces(head, raw)
            for piece in pieces:
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
    """The files of an export that may be read, in name order, and what was left out (plain reasons)."""

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
    except (OSError, EOFError, zipfile.BadZipFile, zlib.error, ValueError, RuntimeError, NotImplementedError, KeyError):
        raise Malformed("a file in the export is damaged") from None


def _pieces(head: bytes, raw: BinaryIO) -> Iterator[bytes]:
    while head:
        yield head
        head = raw.read(CHUNK)


def _gunzipped(head: bytes, raw: BinaryIO) -> Iterator[bytes]:
    """A gzip file's content, as long as it does not swell."""
    packed = _Counted(head, raw)
    given = 0
    with gzip.GzipFile(fileobj=io.BufferedReader(packed, CHUNK)) as inner:
        while piece := inner.read(CHUNK):
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


@contextmanager
def opened(path: Path, *, wanted: Callable[[str], bool]) -> Iterator[Container]:
    """The export at `path`; `wanted` says by a plain name whether a file is of use. Raises NotRead."""
    budget = Budget()
    with reading():
        mode = path.stat().st_mode if path.exists() else 0
    if stat.S_ISDIR(mode):
        yield _folder(path, budget, wanted)
        return
    if not stat.S_ISREG(mode):
        raise NotRead("there is no such file or folder")
    with reading():
        is_zip = _directory_size(path) is not None
    if not is_zip:
        yield _single(path, budget, wanted)
        return
    with reading():
        archive = zipfile.ZipFile(path)
    with archive:
        yield _archive(archive, budget, wanted)


def _single(path: Path, budget: Budget, wanted: Callable[[str], bool]) -> Container:
    """One file of an export by itself."""
    name = plain(path.name)
    if not wanted(name):
        raise NotRead("this is no folder, ZIP archive or file of an export that this version can read")
    member = Member(name=name, size=path.stat().st_size, source=_opener(path), budget=budget)
    return Container(members=(member,), listed=1)


def _directory_size(path: Path) -> int | None:
    """The bytes of a ZIP archive's list of files; None where it is no archive.

    Raises TooLarge, so that a list that was made to fill the memory is never built.
    """
    size = path.stat().st_size
    with path.open("rb") as file:
        file.seek(max(0, size - 65_557))
        tail = file.read()
    at = tail.rfind(_END)
    if at < 0 or len(tail) - at < _END_SIZE:
        return None
    count, length = int.from_bytes(tail[at + 10 : at + 12], "little"), int.from_bytes(tail[at + 12 : at + 16], "little")
    far = tail.rfind(b"PK\x06\x06", 0, at)
    if (length == _FAR or count == 0xFFFF) and far >= 0:
        count = int.from_bytes(tail[far + 32 : far + 40], "little")
        length = int.from_bytes(tail[far + 40 : far + 48], "little")
    if length > MAX_DIRECTORY or count > MAX_LISTED:
        raise TooLarge("the archive lists more files than are looked at; unpack it and list a part of it")
    return length


def _archive(archive: zipfile.ZipFile, budget: Budget, wanted: Callable[[str], bool]) -> Container:
    entries = [entry for entry in archive.infolist() if not entry.is_dir()]
    refused = []
    alone = _apart(entries)
    useful = [entry for entry in entries if wanted(plain(entry.filename))]
    for reason, keep in (
        (SHARED, lambda entry: entry.header_offset in alone),
        (LOCKED, lambda entry: not entry.flag_bits & 1),
        (SWOLLEN, lambda entry: entry.file_size <= MAX_RATIO * max(entry.compress_size, 1_000)),
    ):
        kept = [entry for entry in useful if keep(entry)]
        if len(kept) < len(useful):
            refused.append(f"{len(useful) - len(kept)} {reason}")
        useful = kept
    members = [
        Member(name=plain(entry.filename), size=entry.file_size, source=_unpacker(archive, entry), budget=budget)
        for entry in useful
    ]
    return _container(members, refused, len(entries))


def _apart(entries: Iterable[zipfile.ZipInfo]) -> set[int]:
    """The offsets of entries that share no byte with another one."""
    ordered = sorted((entry.header_offset, entry.compress_size) for entry in entries)
    shared = set()
    for (start, size), (then, _) in pairwise(ordered):
        if start + size > then or start == then:
            shared |= {start, then}
    return {start for start, _ in ordered} - shared


def _unpacker(archive: zipfile.ZipFile, entry: zipfile.ZipInfo) -> Callable[[], BinaryIO]:
    return lambda: io.BufferedReader(archive.open(entry))  # type: ignore[type-var]  # ZipExtFile is a raw stream in all but name


def _folder(path: Path, budget: Budget, wanted: Callable[[str], bool]) -> Container:
    members, count = [], 0
    for relative, file, size in _files(path):
        count += 1
        if count > MAX_LISTED:
            break
        name = plain(relative)
        if wanted(name):
            members.append(Member(name=name, size=size, source=_opener(file), budget=budget))
    refused = [TOO_MANY] if count > MAX_LISTED else []
    return _container(members, refused, count)


def _container(members: list[Member], refused: list[str], listed: int) -> Container:
    members.sort(key=lambda member: member.name)
    if len(members) > MAX_MEMBERS:
        refused = [*refused, TOO_MANY]
    return Container(members=tuple(members[:MAX_MEMBERS]), refused=tuple(dict.fromkeys(refused)), listed=listed)


def _files(root: Path) -> Iterator[tuple[str, Path, int]]:
    """(path within the folder, path, size) of ordinary files. Links and hidden files are left alone."""
    waiting = [(root, "", 0)]
    while waiting:
        folder, prefix, depth = waiting.pop()
        with reading(), os.scandir(folder) as found:
            entries = sorted((entry for entry in found if not entry.name.startswith(".")), key=lambda entry: entry.name)
        for entry in entries:
            if entry.is_dir(follow_symlinks=False):
                if depth < MAX_DEPTH:
                    waiting.append((folder / entry.name, f"{prefix}{entry.name}/", depth + 1))
            elif entry.is_file(follow_symlinks=False):
                yield f"{prefix}{entry.name}", folder / entry.name, entry.stat(follow_symlinks=False).st_size


def _opener(path: Path) -> Callable[[], BinaryIO]:
    return lambda: path.open("rb")
