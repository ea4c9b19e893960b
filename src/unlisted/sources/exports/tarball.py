"""The files in a TAR archive (.tar, .tar.gz, .tgz) that may be read: it is gone through from its beginning and never unpacked.

Headers after POSIX 1003.1 (ustar, pax) and GNU tar, one at a time, so that a header cannot ask for more memory than it gets. Links,
devices and sparse files are left out and counted.
"""

from __future__ import annotations

import io
import tarfile
import zlib
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path
from typing import BinaryIO

from unlisted.errors import Malformed, NotRead, TooLarge
from unlisted.sources.exports.container import MAX_LISTED, Budget, Container, Member, pieces_of, plain

BLOCK = 512
MAX_NOTE = 64_000
"""Bytes of a note that stands before a file: its long name, its time."""

MAX_UNPACKED = 16_000_000_000
"""Bytes of the archive when it is unpacked: it is gone through two or three times."""

SPECIAL = "links, devices or files with holes in the archive were left out"
BROKEN = "the archive breaks off or is damaged; what stands before that was read"
BEHIND = "something that is no file stands behind the end of the archive; it was not read"
TOO_LONG = "the archive is longer than is read; what stands before that was read"

_NOTES = frozenset({tarfile.XHDTYPE, tarfile.SOLARIS_XHDTYPE, tarfile.GNUTYPE_LONGNAME})
_SILENT = frozenset({tarfile.XGLTYPE, tarfile.GNUTYPE_LONGLINK, b"V", b"M", b"N"})
_FILES = frozenset({tarfile.REGTYPE, tarfile.AREGTYPE, tarfile.CONTTYPE})


@dataclass(slots=True)
class Tape:
    """An archive that is read forwards; going back means to start anew."""

    path: Path = field(repr=False)
    at: int = 0
    _file: BinaryIO | None = field(default=None, repr=False)
    _pieces: Iterator[bytes] = field(default=iter(()), repr=False)
    _held: bytes = field(default=b"", repr=False)

    def take(self, count: int) -> bytes:
        """The next bytes, fewer at the end."""
        parts, size = [self._held[:count]], min(count, len(self._held))
        self._held = self._held[count:]
        while size < count and (piece := next(self._pieces, None)) is not None:
            parts.append(piece[: count - size])
            self._held = piece[count - size :]
            size += len(parts[-1])
        self.at += size
        if self.at > MAX_UNPACKED:
            raise TooLarge(TOO_LONG)
        return b"".join(parts)

    def go(self, to: int) -> bool:
        """Go to a place; whether the archive is that long."""
        if to < self.at or self._file is None:
            self.rewind()
        while self.at < to and self.take(min(1 << 16, to - self.at)):
            pass
        return self.at == to

    def rewind(self) -> None:
        """Start anew."""
        self.close()
        self._file = self.path.open("rb")
        self._pieces, self._held, self.at = pieces_of(self._file), b"", 0

    def close(self) -> None:
        """Let go of the file."""
        if self._file is not None:
            self._file.close()


class _Slice(io.RawIOBase):
    """One file of the archive."""

    def __init__(self, tape: Tape, start: int, size: int) -> None:
        super().__init__()
        self._tape, self._at, self._end = tape, start, start + size

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]  # the stub asks for a wider buffer type
        count = min(len(buffer), self._end - self._at)
        piece = self._tape.take(count) if self._tape.go(self._at) else b""
        if len(piece) < count:
            raise EOFError
        buffer[: len(piece)] = piece
        self._at += len(piece)
        return len(piece)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Entry:
    """One file: its name as written, where its bytes begin, and how many they are. `special`: it is no ordinary file."""

    name: str = field(repr=False)
    start: int
    size: int
    special: bool


def is_tar(path: Path) -> bool:
    """Whether a file begins with a header whose sum is right."""
    with path.open("rb") as file:
        try:
            first = next(pieces_of(file), b"")[:BLOCK]
            tarfile.TarInfo.frombuf(first, "utf-8", "replace")
        except (tarfile.TarError, NotRead, OSError, EOFError, ValueError):
            return False
    return True


def of_tar(path: Path, budget: Budget, wanted: Callable[[str], bool], held: ExitStack) -> Container:
    """The useful files of an archive, in the order in which they stand in it. `held` closes it."""
    tape = Tape(path)
    held.callback(tape.close)
    tape.rewind()
    members, refused, listed, special = [], [], 0, 0
    try:
        for entry in _entries(tape):
            listed += 1
            special += entry.special
            name = plain(entry.name)
            if wanted(name) and not entry.special:
                members.append(Member(name=name, size=entry.size, source=_opener(tape, entry), budget=budget))
    except NotRead as error:
        refused.append(error.reason)
    except (OSError, EOFError, zlib.error):
        # packed with gzip, and the packing itself breaks off
        refused.append(BROKEN)
    if special:
        refused.append(f"{special} {SPECIAL}")
    return Container(members=tuple(members), refused=tuple(refused), listed=listed)


def _opener(tape: Tape, entry: _Entry) -> Callable[[], BinaryIO]:
    return lambda: io.BufferedReader(_Slice(tape, entry.start, entry.size))


def _entries(tape: Tape) -> Iterator[_Entry]:
    """Every file of the archive. Raises Malformed where it breaks off, TooLarge where it is too long."""
    notes: dict[str, str] = {}
    for _ in range(MAX_LISTED):
        header, ended = _header(tape)
        notes = {} if ended else notes
        if header is None:
            return
        start, size = tape.at, header.size
        if header.type in _NOTES:
            notes |= _note(tape, header)
        elif header.type == tarfile.DIRTYPE:
            notes, size = {}, 0
        elif header.type not in _SILENT:
            size = _number(notes.get("size"), size)
            holes = any(key.startswith("GNU.sparse.") for key in notes)
            special = header.type not in _FILES or holes
            yield _Entry(name=notes.get("path", header.name), start=start, size=size, special=special)
            # what is no file has no bytes, whatever its header says of a size
            size = size if header.type in _FILES or header.type == tarfile.GNUTYPE_SPARSE else 0
            notes = {}
        if not tape.go(start + -(-size // BLOCK) * BLOCK):
            raise Malformed(BROKEN)
    raise TooLarge(TOO_LONG)


def _header(tape: Tape) -> tuple[tarfile.TarInfo | None, bool]:
    """(the next header, None where nothing follows; whether the archive said before that it ends). Raises Malformed.

    An archive ends with blocks of zeros. What stands behind them is read all the same, as `tar -i` does: archives may be joined.
    """
    block, ended = tape.take(BLOCK), False
    while block and not block.strip(b"\0"):
        block, ended = tape.take(BLOCK), True
    if ended and not block:
        return None, True
    try:
        header = tarfile.TarInfo.frombuf(block, "utf-8", "replace")
    except (tarfile.TarError, ValueError):
        raise Malformed(BEHIND if ended else BROKEN) from None
    if header.size < 0:
        raise Malformed(BROKEN)
    return header, ended


def _note(tape: Tape, header: tarfile.TarInfo) -> dict[str, str]:
    """What a note says of the file that follows: its name under "path", and the rest of a pax header."""
    if header.size > MAX_NOTE:
        raise TooLarge(TOO_LONG)
    data = tape.take(header.size)
    if header.type == tarfile.GNUTYPE_LONGNAME:
        return {"path": data.partition(b"\0")[0].decode("utf-8", "replace")}
    return dict(_pax(data))


def _pax(data: bytes) -> Iterator[tuple[str, str]]:
    """The lines of a pax header: "27 path=..." with the length of the line. Raises Malformed."""
    at = 0
    while at < len(data) and data[at]:
        digits = data[at : at + 8].partition(b" ")[0]
        length = _number(digits.decode("ascii", "replace"), 0)
        if length <= len(digits) + 1 or at + length > len(data):
            raise Malformed(BROKEN)
        key, _, value = data[at + len(digits) + 1 : at + length - 1].partition(b"=")
        yield key.decode("utf-8", "replace"), value.decode("utf-8", "replace")
        at += length


def _number(text: str | None, other: int) -> int:
    """The number that a text says, or the other one."""
    return int(text) if text is not None and text.isascii() and text.isdigit() and len(text) <= 15 else other
