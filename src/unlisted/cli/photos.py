"""`unlisted photos`: what photos and videos give away, in words and counts."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

from unlisted.cli.progress import bar
from unlisted.errors import BadInput
from unlisted.model import NotChecked, Photo
from unlisted.report.write import write_whole
from unlisted.sources.photos import find_photos, read_photos

GIVES: Mapping[str, Callable[[Photo], bool]] = {
    "the place where it was taken": lambda photo: bool(photo.positions),
    "the name of a place": lambda photo: bool(photo.place_names),
    "the time": lambda photo: photo.taken_at is not None,
    "the camera or phone": lambda photo: photo.device is not None,
    "the number of the camera or lens": lambda photo: bool(photo.serials),
    "the name of its owner": lambda photo: bool(photo.owners),
    "names of people": lambda photo: bool(photo.people),
    "a small picture that shows more": lambda photo: bool(photo.thumbnail and photo.thumbnail.shows_more),
    "a video inside": lambda photo: any(item.kind == "video" for item in photo.embedded),
    "how it was edited": lambda photo: bool(photo.history),
}


def run(args: argparse.Namespace) -> int:
    """The command; its exit code."""
    paths = list(every(args.paths))
    rows = []
    with bar() as progress:
        for number, (path, photo) in enumerate(zip(paths, read_photos(paths), strict=True), 1):
            progress("photos", number, len(paths))
            rows.append(row(path, photo))
    report = json.dumps({"photos": rows}, indent=1, ensure_ascii=False) + "\n"
    if args.json and args.json != "-":
        write_whole(Path(args.json), report.encode())
    sys.stdout.write(report if args.json == "-" else table(rows))
    return 0


def every(paths: list[str]) -> Iterator[Path]:
    """The files that were named, and those in the folders that were named."""
    for name in paths:
        path = Path(name)
        if not path.exists():
            raise BadInput(f"{name}: there is no such file or folder")
        yield from find_photos(path) if path.is_dir() else [path]


def row(path: Path, photo: Photo | NotChecked) -> dict[str, Any]:
    """One file, without any value."""
    if isinstance(photo, NotChecked):
        return {"file": str(path), "status": "not checked", "reason": photo.reason, "gives": []}
    gives = [words for words, holds in GIVES.items() if holds(photo)]
    return {"file": str(path), "status": photo.status, "reason": photo.reason, "gives": gives}


def table(rows: list[dict[str, Any]]) -> str:
    """A line for each file, then the counts."""
    lines = []
    for item in rows:
        said = ", ".join(item["gives"]) or "nothing that we know of"
        reason = f" ({item['status']}: {item['reason']})" if item["reason"] else ""
        lines.append(f"{item['file']}: {said if item['status'] in {'read', 'damaged'} else 'not checked'}{reason}")
    counts = [f"{sum(words in item['gives'] for item in rows):>7}  {words}" for words in GIVES]
    read = sum(item["status"] == "read" for item in rows)
    return "\n".join([*lines, "", f"{read} of {len(rows)} files read. They give away:", *counts, ""])
