"""Where an output may not go: asked before anything is done, and light, so that no command waits for it."""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from unlisted.errors import BadInput, OutputError


def taken(name: str, path: Path, uses: Mapping[Path, str]) -> None:
    """An output (its option, its file) over a file that is there for something else: `uses` says for what, by whole path."""
    real = path.resolve()
    if real in uses:
        raise BadInput(f"--{name} {path}: that is {uses[real]}; give another name")
    if path.is_dir():
        raise OutputError(f"{path} is a folder: give the name of a file")


def strange(name: str, path: Path, start: bytes) -> None:
    """An output over a file that does not begin as this program begins it: somebody wants to keep it, unless it is empty."""
    if path.exists() and not path.is_file():  # a pipe would never answer
        raise OutputError(f"{path} is not an ordinary file: give the name of a file")
    try:
        with path.open("rb") as file:
            ours = file.read(len(start))
    except FileNotFoundError:
        return
    except OSError as error:
        raise OutputError(f"{path} cannot be looked at: {error.strerror}") from None
    if ours not in {b"", start}:
        raise BadInput(f"--{name} {path}: that file is there already, and is none of ours; give another name")


def unwritable(folders: Iterable[Path]) -> None:
    """A folder that is missing, no folder, or closed. A folder of letters may be missing: it is made."""
    for folder in folders:
        here = folder if folder.exists() else folder.parent
        try:
            if folder.exists() and not folder.is_dir():
                raise OutputError(f"{folder} is a file: give the name of a folder")
            if not here.is_dir():
                raise OutputError(f"{folder}: there is no folder {here}")
            if not os.access(here, os.W_OK | os.X_OK):
                raise OutputError(f"{here}: nothing can be written into this folder")
        except OSError as error:
            raise OutputError(f"{folder}: cannot be looked at ({error.strerror})") from None


def within(folder: Path, names: Iterable[str]) -> Path | None:
    """The folder among those named that is `folder` or holds it, or None."""
    real = folder.resolve()
    return next(
        (Path(name) for name in names if Path(name).is_dir() and real.is_relative_to(Path(name).resolve())), None
    )


def apart(names: Sequence[str], wanted: str) -> str:
    """A folder for copies that is none of the named folders and in none of them: `wanted`, else one beside the folder."""
    found = within(Path(wanted), names)
    if found is None:
        return wanted
    real = found.resolve()
    up = found.parent if found.name not in {"", ".."} else found / ".."
    beside = [str(up / f"{real.name}-{wanted}"), str(real.parent / f"{real.name}-{wanted}")]
    return next((name for name in beside if within(Path(name), names) is None), beside[-1])
