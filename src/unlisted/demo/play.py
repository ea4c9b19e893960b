"""Audits the fictional person through the same pipeline that a real audit takes, and writes the report."""

from __future__ import annotations

import random
from datetime import UTC, datetime
from importlib.resources import as_file, files
from pathlib import Path

from unlisted.audit import audit
from unlisted.data.loader import Register, directories, parse
from unlisted.data.schema import Directory
from unlisted.demo.server import serve, sites
from unlisted.errors import OutputError
from unlisted.model import AuditResult, Subject
from unlisted.report import html, json, text
from unlisted.report.write import default_name, write_whole
from unlisted.sources.fetch import Fetcher
from unlisted.sources.subject_file import load

NOW = datetime(2026, 11, 21, 9, 0, tzinfo=UTC)
"""The demo's own date: the same bytes on every day."""
MOST_NAMES = 99
"""How many reports of one day may lie in one folder."""


def run(out: Path | None, *, now: datetime | None = None, colour: bool = False) -> int:
    """Audits the fictional person and writes report and JSON into `out`, or into the current folder; gives the exit code.

    Raises OutputError where that folder cannot be written to. A file of the same name that holds something else is kept.
    """
    result = result_of(now or NOW)
    folder = _ready(out or Path())
    pages = {".html": html.render(result).encode(), ".json": json.render(result).encode()}
    stem = _free(folder, default_name(result.made_on), pages)
    for ending, data in pages.items():
        write_whole(folder / f"{stem}{ending}", data)
    print("This is a made-up person. Nothing left this computer.")
    print(f"Report: {folder / stem}.html")
    print(f"Data:   {folder / stem}.json")
    print()
    print(text.summary(result, colour=colour), end="")
    return 0


def result_of(now: datetime) -> AuditResult:
    """The audit of the fictional person on this day."""
    with as_file(files(__package__) / "person") as folder:
        subject = load(str(folder / "me.toml"))
        with serve(sites()) as dial, Fetcher(dial=dial, typed=_typed(subject), sleep=_at_once) as fetcher:
            chance = random.Random(0)  # noqa: S311  (no secret: repeatable)
            return audit(subject, now=now, rng=chance, fetcher=fetcher, register=register(folder))


def register(folder: Path) -> Register:
    """The shipped directories and the one that the fictional person stands in."""
    file = folder / "directory.toml"
    return directories([parse(file.read_text(encoding="utf-8"), Directory, name=file.name)])


def _typed(subject: Subject) -> tuple[str, ...]:
    return tuple(source.address for source in subject.sources if source.address)


def _at_once(_seconds: float) -> None:
    """Our own server needs no politeness."""


def _ready(folder: Path) -> Path:
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as error:
        raise OutputError(f"{folder}: this folder cannot be made ({error.strerror}). Choose another one.") from error
    return folder


def _free(folder: Path, stem: str, pages: dict[str, bytes]) -> str:
    """The first name under which nothing else would be overwritten."""
    names = [stem, *(f"{stem}-{count}" for count in range(2, MOST_NAMES + 1))]
    found = next(
        (name for name in names if all(_may_write(folder / f"{name}{end}", data) for end, data in pages.items())), None
    )
    if found is None:
        raise OutputError(f"{folder}: this folder holds {MOST_NAMES} reports of one day already. Choose another one.")
    return found


def _may_write(path: Path, data: bytes) -> bool:
    try:
        return not path.exists() or path.read_bytes() == data
    except OSError:
        return False
