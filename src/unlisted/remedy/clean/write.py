"""Writes a copy whole or not at all, for its owner only: a file beside the target, checked, then given its name."""

from __future__ import annotations

import contextlib
import os
import tempfile
from collections.abc import Callable
from pathlib import Path

from unlisted.errors import OutputError

OWNER_ONLY = 0o600


def write_checked(target: Path, fill: Callable[[int], None], check: Callable[[Path], None]) -> None:
    """Write `target`, which must not exist: `fill` gets the open file, `check` sees the whole copy before it gets its name.

    Raises:
        OutputError: it cannot be written there. What else `fill` or `check` raise goes through; nothing stays in either case.
    """
    try:
        # mkstemp makes the file for its owner only and follows no link
        handle, name = tempfile.mkstemp(prefix=".", suffix=".part", dir=target.parent)
    except OSError as error:
        raise OutputError(f"{target.parent} cannot be written to: {error.strerror}") from None
    draft = Path(name)
    try:
        _fill(handle, draft, fill, target)
        check(draft)
        _settle(draft, target)
    except BaseException:  # also Ctrl-C: nothing half written stays
        with contextlib.suppress(OSError):
            draft.unlink()
        raise


def _fill(handle: int, draft: Path, fill: Callable[[int], None], target: Path) -> None:
    """The bytes, down to the disk."""
    try:
        draft.chmod(OWNER_ONLY)
        fill(handle)
        os.fsync(handle)
    except OSError as error:
        raise OutputError(f"{target} cannot be written: {error.strerror}") from None
    finally:
        os.close(handle)


def _settle(draft: Path, target: Path) -> None:
    """The copy gets its name; a file that has come there meanwhile is not written over."""
    try:
        if target.exists() or target.is_symlink():
            raise OutputError(f"{target}: there is already a file of this name")
        draft.replace(target)
    except OSError as error:
        raise OutputError(f"{target} cannot be written: {error.strerror}") from None
