"""Positioned, bounded reads of one file: the only place of the package that touches a disk.

The first 64 KB are read once; everything else is a small read at an offset that the container names. Reads beyond the file give
what is there. A budget of reads and bytes stops a file that leads in circles.
"""

from __future__ import annotations

import os
import stat
from types import TracebackType
from typing import Self

from unlisted.errors import NotRead, TooLarge

HEAD = 65_536
"""Bytes read at once from the start."""

WINDOW = 16_384
"""Bytes read ahead where a container is followed in small steps."""

MAX_READS = 60_000
"""Reads of one file."""

MAX_BYTES = 24_000_000
"""Bytes read of one file, head included."""

MAX_STEPS = 300_000
"""Parts asked for of one file, whether they are read anew or are at hand."""

MAX_BLOCK = 4_000_000
"""Bytes of one block (an Exif block, a packet, a box) held in memory."""

_FLAGS = os.O_RDONLY | getattr(os, "O_CLOEXEC", 0) | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)


def _seek_and_read(fd: int, length: int, offset: int) -> bytes:
    """What `os.pread` does, for systems that lack it."""
    os.lseek(fd, offset, os.SEEK_SET)
    return os.read(fd, length)


_pread = getattr(os, "pread", _seek_and_read)


class Reader:
    """An open file: `size` in bytes, `head` its first 64 KB, `at` any part. A context manager.

    Raises:
        NotRead: the file is not there, is no regular file, or may not be read.
        TooLarge: (from `at`) the budget is used up.
    """

    __slots__ = ("_bytes", "_fd", "_reads", "_steps", "_window", "_window_at", "head", "size")

    def __init__(self, path: str | os.PathLike[str]) -> None:
        try:
            self._fd = os.open(path, _FLAGS)
        except (OSError, ValueError) as error:
            raise NotRead(_why(error)) from None
        try:
            self.size = _size(self._fd)
            self.head: bytes = _pread(self._fd, HEAD, 0)
        except OSError as error:
            os.close(self._fd)
            raise NotRead(_why(error)) from None
        except NotRead:
            os.close(self._fd)
            raise
        self._reads = self._steps = 0
        self._bytes = 0
        self._window = b""
        self._window_at = 0

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        os.close(self._fd)

    def at(self, offset: int, length: int, ahead: int = WINDOW) -> bytes:
        """Up to `length` bytes from `offset`; fewer where the file ends, none outside of it. `ahead` bytes are read in one go."""
        self._steps += 1
        if self._steps > MAX_STEPS:
            raise TooLarge("it has more parts than we follow")
        if offset < 0 or length <= 0 or offset >= self.size:
            return b""
        end = offset + length
        if end <= len(self.head):
            return self.head[offset:end]
        start = offset - self._window_at
        if start >= 0 and start + length <= len(self._window):
            return self._window[start : start + length]
        if length > MAX_BLOCK:
            raise TooLarge("one part of it is larger than we read")
        return self._fill(offset, max(length, ahead))[:length]

    def _fill(self, offset: int, length: int) -> bytes:
        """Read a window at `offset`, within the budget."""
        self._reads += 1
        self._bytes += length
        if self._reads > MAX_READS or self._bytes > MAX_BYTES:
            raise TooLarge("it has more parts than we follow")
        try:
            self._window = _pread(self._fd, length, offset)
        except OSError as error:
            raise NotRead(_why(error)) from None
        self._window_at = offset
        return self._window

    def tail(self, length: int) -> bytes:
        """The last `length` bytes."""
        return self.at(max(0, self.size - length), min(length, self.size))


class Part(Reader):
    """A file within a file: the same bytes, counted from another start."""

    __slots__ = ("_base", "_outer")

    def __init__(self, outer: Reader, base: int, length: int) -> None:
        self._outer, self._base = outer, base
        self.size = max(0, min(length, outer.size - base))
        self.head = outer.at(base, min(self.size, 65_536), 65_536)

    def at(self, offset: int, length: int, ahead: int = 0) -> bytes:
        """Up to `length` bytes, none outside of the part."""
        if offset < 0 or offset >= self.size:
            return b""
        return self._outer.at(self._base + offset, min(length, self.size - offset), ahead or 16_384)


def _size(fd: int) -> int:
    """Bytes of an ordinary file."""
    about = os.fstat(fd)
    if not stat.S_ISREG(about.st_mode):
        raise NotRead("it is a folder" if stat.S_ISDIR(about.st_mode) else "it is not an ordinary file")
    return about.st_size


def _why(error: OSError | ValueError) -> str:
    """A plain reason without the file's name."""
    reasons: dict[type[Exception], str] = {
        FileNotFoundError: "the file is not there",
        PermissionError: "you may not read this file",
        IsADirectoryError: "it is a folder",
        ValueError: "its name cannot be used",
    }
    return next((text for kind, text in reasons.items() if isinstance(error, kind)), "the disk did not give it")
