"""Writes a file whole or not at all, readable by its owner only."""

from __future__ import annotations

import contextlib
import os
import tempfile
from datetime import datetime
from pathlib import Path

from unlisted.errors import OutputError

OWNER_ONLY = 0o600


def default_name(now: datetime) -> str:
    """A file name without a suffix that says nothing about its content: `notes-2026-11-21`."""
    return f"notes-{now:%Y-%m-%d}"


def write_whole(path: Path, data: bytes) -> None:
    """Write `data` to `path`, mode 0600: the old file stays whole until the new one is. Raises OutputError in one line."""
    try:
        _refuse_what_is_no_file(path)
        _replace(path, data)
    except (OSError, ValueError) as error:  # ValueError: a name that no file can have
        reason = getattr(error, "strerror", None) or str(error)
        raise OutputError(f"{path} cannot be written: {reason}") from error


def _refuse_what_is_no_file(path: Path) -> None:
    if path.is_dir():
        raise OutputError(f"{path} is a folder: give the name of a file")
    if path.exists() and not path.is_file():  # a rename would put a file in the place of a device
        raise OutputError(f"{path} is not an ordinary file: give the name of a file")
    if not path.parent.is_dir():
        raise OutputError(f"{path} cannot be written: there is no folder {path.parent}")


def _replace(path: Path, data: bytes) -> None:
    """The new file lies in the same folder until it is complete (a rename across disks is not one step)."""
    # mkstemp makes the file 0600 and refuses to follow a link that someone else has put there
    handle, name = tempfile.mkstemp(prefix=".", suffix=".part", dir=path.parent)
    try:
        with os.fdopen(handle, "wb") as file:
            os.chmod(name, OWNER_ONLY)  # noqa: PTH101  (mkstemp's name is a string; on some systems its mode is not 0600)
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        os.replace(name, path)  # noqa: PTH105
    except BaseException:  # also Ctrl-C: nothing half written stays
        with contextlib.suppress(OSError):
            os.unlink(name)  # noqa: PTH108
        raise
    _settle(path.parent)


def _settle(folder: Path) -> None:
    """The rename itself reaches the disk; systems that cannot open a folder are left as they are."""
    with contextlib.suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
