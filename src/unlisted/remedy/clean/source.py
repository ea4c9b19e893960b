"""Positioned reads of the file that is cleaned: small steps through a window, long searches in pieces; never the whole file."""

from __future__ import annotations

import errno
import os
import re
import stat
from collections.abc import Iterator
from types import TracebackType
from typing import Self

from unlisted.errors import Malformed, NotRead

WINDOW = 65_536
"""Bytes read ahead."""

STEP = 1 << 20
"""Bytes read at a time where a long part is copied or searched."""

MAX_PART = 1 << 24
"""Bytes of one part that is held in memory."""

_FLAGS = os.O_RDONLY | getattr(os, "O_CLOEXEC", 0) | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)


_FULL = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG, errno.EIO})
_copy = getattr(os, "copy_file_range", None)


def write_all(handle: int, data: bytes) -> None:
    """Every byte: a write may take fewer than it is given."""
    view = memoryview(data)
    while view:
        view = view[os.write(handle, view) :]


class Source:
    """An open file of `size` bytes. A context manager.

    Raises:
        NotRead: the file is not there, is no ordinary file, or may not be read.
    """

    __slots__ = ("_fd", "_window", "_window_at", "size")

    def __init__(self, path: str | os.PathLike[str]) -> None:
        try:
            self._fd = os.open(path, _FLAGS)
        except (OSError, ValueError):
            raise NotRead("it cannot be opened") from None
        about = os.fstat(self._fd)
        if not stat.S_ISREG(about.st_mode):
            os.close(self._fd)
            raise NotRead("it is not an ordinary file")
        self.size = about.st_size
        self._window = b""
        self._window_at = 0

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        os.close(self._fd)

    def _read(self, offset: int, length: int) -> bytes:
        """Bytes straight from the disk."""
        try:
            os.lseek(self._fd, offset, os.SEEK_SET)
            return os.read(self._fd, length)
        except OSError:
            raise NotRead("the disk did not give it") from None

    def pour(self, offset: int, length: int, into: int) -> None:
        """Copy `length` bytes from `offset` to the open file `into`: by the system itself where it can, else in pieces.

        Raises:
            Malformed: the file ends before.
            OSError: `into` cannot be written.
        """
        while length and _copy is not None:
            try:
                done = _copy(self._fd, into, length, offset)
            except OSError as error:
                if error.errno in _FULL:
                    raise
                break  # disks of two kinds, or a kind that cannot do it
            if not done:
                break
            offset, length = offset + done, length - done
        for part in self.parts(offset, length):
            write_all(into, part)

    def at(self, offset: int, length: int) -> bytes:
        """Up to `length` bytes from `offset`; fewer where the file ends.

        Raises:
            Malformed: more is asked for than one part may have.
        """
        if offset < 0 or length <= 0 or offset >= self.size:
            return b""
        start = offset - self._window_at
        if start >= 0 and start + length <= len(self._window):
            return self._window[start : start + length]
        if length > MAX_PART:
            raise Malformed("one part of it is larger than we read")
        self._window, self._window_at = self._read(offset, max(length, WINDOW)), offset
        return self._window[:length]

    def need(self, offset: int, length: int) -> bytes:
        """Exactly `length` bytes.

        Raises:
            Malformed: the file ends before.
        """
        data = self.at(offset, length)
        if len(data) < length:
            raise Malformed("it ends too early")
        return data

    def parts(self, offset: int, length: int) -> Iterator[bytes]:
        """`length` bytes from `offset` in pieces of at most `STEP`.

        Raises:
            Malformed: the file ends before.
        """
        end = offset + length
        while offset < end:
            data = self._read(offset, min(STEP, end - offset))
            if not data:
                raise Malformed("it ends too early")
            yield data
            offset += len(data)

    def search(self, pattern: re.Pattern[bytes], offset: int, overlap: int) -> int:
        """Where a pattern of at most `overlap` + 1 bytes stands next; -1 where it does not."""
        while offset < self.size:
            data = self._read(offset, STEP)
            hit = pattern.search(data)
            if hit:
                return offset + hit.start()
            if len(data) <= overlap:
                return -1
            offset += len(data) - overlap
        return -1

    def holds_something(self, start: int, end: int) -> bool:
        """Whether a part of the file has bytes other than zero."""
        return any(part.count(0) != len(part) for part in self.parts(start, end - start))
