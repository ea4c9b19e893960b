"""`unlisted photos`: what photos and videos give away, in words and counts.

One line a file is written as soon as the file is read, so that memory does not grow with the folder (but by the text of a JSON
file, where one is asked for), and stopping with Ctrl-C loses nothing: the counts of what was read follow.
"""

from __future__ import annotations

import argparse
import json
import os
import shlex
import sys
import textwrap
import unicodedata
from collections import Counter, deque
from collections.abc import Callable, Generator, Iterator, Mapping, Sequence
from contextlib import closing
from pathlib import Path
from typing import Any

from tqdm import tqdm

from unlisted.cli import refuse
from unlisted.errors import BadInput
from unlisted.extract.photo.look import available
from unlisted.model import NotChecked, Photo
from unlisted.report.write import write_whole
from unlisted.sources.photos import MEDIA, find_photos, read_photos

INTERRUPTED = 130

START = b'{"photos": ['
"""How a file of rows begins."""

MANY = 6
"""Paths up to which the command at the end names each; beyond it names their folders."""

COPIES = "cleaned"
"""The folder that the command at the end names for the copies."""

WIDTH = 80

GIVES: Mapping[str, Callable[[Photo], bool]] = {
    "the place where it was taken": lambda photo: bool(photo.positions),
    "the name of a place": lambda photo: bool(photo.place_names),
    "the time": lambda photo: photo.taken_at is not None,
    "the camera or phone": lambda photo: photo.device is not None,
    "the number of the camera or lens": lambda photo: bool(photo.serials),
    "the name of its owner": lambda photo: bool(photo.owners),
    "names of people": lambda photo: bool(photo.people),
    "contact details": lambda photo: bool(photo.contacts),
    "words about the picture": lambda photo: bool(photo.captions or photo.keywords),
    "its unique number": lambda photo: bool(photo.ids),
    "who signed it": lambda photo: bool(photo.credentials),
    "a small picture that shows more": lambda photo: bool(photo.thumbnail and photo.thumbnail.shows_more),
    "a video inside": lambda photo: any(item.kind == "video" for item in photo.embedded),
    "how it was edited": lambda photo: bool(photo.history),
}

Row = dict[str, Any]


def run(args: argparse.Namespace) -> int:
    """The command; its exit code."""
    look = bool(getattr(args, "look", False))
    if look and not available():
        raise BadInput('comparing small pictures needs Pillow: install it with  pip install "unlisted[images]"')
    check(args.paths)
    if args.json and args.json != "-":
        refuse.taken("json", Path(args.json), {Path(name).resolve(): "what to look at" for name in args.paths})
        refuse.strange("json", Path(args.json), START)
        refuse.unwritable([Path(args.json).parent])
    out = Output(args.json)
    try:
        with closing(rows(args.paths, look=look, bare=out.bare)) as found:
            for item in found:
                out.row(item)
    except KeyboardInterrupt:
        out.end(args.paths, stopped=True)
        return INTERRUPTED
    out.end(args.paths, stopped=False)
    return 0


def check(names: Sequence[str]) -> None:
    """Raises BadInput for a path that is not there or a folder that may not be listed, before anything is read."""
    for name in names:
        if not Path(name).exists():
            raise BadInput(f"{shown(name)}: there is no such file or folder")
        if Path(name).is_dir() and not os.access(name, os.R_OK | os.X_OK):
            raise BadInput(f"{shown(name)}: it is no folder that you may read")


def every(names: Sequence[str], bare: Callable[[str], object] = str) -> Iterator[Path]:
    """The files that were named, and those in the folders that were named; `bare` is told a folder without any."""
    for name in names:
        path = Path(name)
        if not path.is_dir():
            yield path
            continue
        found = False
        for each in find_photos(path):
            found = True
            yield each
        if not found:
            bare(name)


def rows(names: Sequence[str], *, look: bool, bare: Callable[[str], object] = str) -> Generator[Row, None, None]:
    """One row a file in the order of the folders, with a bar that tells rate and time left on a terminal.

    `bare` is told each folder that holds no photo.
    """
    waiting: deque[Path] = deque()

    def noted() -> Iterator[Path]:
        for path in every(names, bare):
            waiting.append(path)
            yield path

    quiet = not sys.stderr.isatty()
    total = None if quiet else sum(1 for _ in every(names))
    with tqdm(total=total, unit=" files", desc="photos", leave=False, disable=quiet) as bar:
        for photo in read_photos(noted(), decode=look):
            bar.update()
            yield row(waiting.popleft(), photo)


def row(path: Path, photo: Photo | NotChecked) -> Row:
    """One file, without any value."""
    if isinstance(photo, NotChecked):
        return {"file": str(path), "status": "not checked", "reason": photo.reason, "gives": [], "not_read": []}
    gives = [words for words, holds in GIVES.items() if holds(photo)]
    return {
        "file": str(path),
        "status": photo.status,
        "reason": photo.reason,
        "gives": gives,
        "not_read": list(photo.skipped),
    }


class Output:
    """Where rows go: lines on the terminal, or JSON on standard output or in a file; only counts and JSON's text are kept."""

    def __init__(self, to: str | None) -> None:
        self._to = to
        self._json = bytearray()
        self._between = "\n"
        self._counts: Counter[str] = Counter()
        self._all = self._read = 0
        self._bare: list[str] = []
        if to == "-":
            sys.stdout.write(START.decode())

    def row(self, item: Row) -> None:
        """One file."""
        self._all += 1
        self._read += item["status"] == "read"
        self._counts.update(item["gives"])
        data = self._between + json.dumps(item)
        self._between = ",\n"
        if self._to == "-":
            sys.stdout.write(data)
        else:
            # the bar, where there is one, is taken away for the moment that the line needs
            tqdm.write(line(item), file=sys.stdout)
            self._json += data.encode() if self._to else b""

    def bare(self, name: str) -> None:
        """A folder without photos: it is told at the end, with the endings that are read."""
        self._bare.append(name)

    def end(self, names: Sequence[str], *, stopped: bool) -> None:
        """The counts, the command that cleans, and the file of JSON."""
        if self._to == "-":
            sys.stdout.write("\n]}\n")
            sys.stderr.writelines(f"{each}\n" for each in no_photos(self._bare))
        else:
            parts = (*(self._summary() if self._all else ()), *no_photos(self._bare), *self._advice(names))
            sys.stdout.write("\n".join([*parts, ""]))
        if self._to and self._to != "-":
            write_whole(Path(self._to), START + bytes(self._json) + b"\n]}\n")
        if stopped:
            sys.stderr.write("unlisted: stopped; what was read until then is told\n")

    def _summary(self) -> list[str]:
        counts = [f"{self._counts[words]:>7}  {words}" for words in GIVES]
        return ["", f"{self._read} of {self._all} files read. They give away:", *counts]

    def _advice(self, names: Sequence[str]) -> list[str]:
        if not self._counts:
            return []
        return ["", "To make copies without all this:", f"  {command(names)}"]


def no_photos(folders: Sequence[str]) -> Iterator[str]:
    """The folders that hold no photo, and by which endings photos are known; nothing where there is no such folder."""
    for name in folders:
        yield f"{shown(name)}: there are no photos or videos in this folder."
    if folders:
        endings = f"In a folder, files with these endings are read: {' '.join(sorted(MEDIA))}"
        yield from textwrap.wrap(endings, WIDTH, break_on_hyphens=False)


def line(item: Row) -> str:
    """What one file gives away, in one line."""
    said = ", ".join(item["gives"]) or "nothing that we know of"
    reason = f" ({item['status']}: {item['reason']})" if item["reason"] else ""
    partly = f" ({'; '.join(item['not_read'])})" if item["not_read"] else ""
    return f"{shown(item['file'])}: {said if item['status'] in {'read', 'damaged'} else 'not checked'}{reason}{partly}"


def command(names: Sequence[str]) -> str:
    """The one command that cleans these paths."""
    if len(names) > MANY:
        names = list(dict.fromkeys(str(Path(name) if Path(name).is_dir() else Path(name).parent) for name in names))
    return f"unlisted clean {' '.join(map(quoted, names))} --to {quoted(refuse.apart(names, COPIES))}"


def quoted(name: str) -> str:
    """A path as a shell takes it, in letters that a terminal shows."""
    name = f"./{name}" if name.startswith("-") else name
    if shown(name) == name:
        return shlex.quote(name)
    plain = (chr(byte) if 32 <= byte < 127 and byte not in b"'\\" else f"\\x{byte:02x}" for byte in os.fsencode(name))
    return f"$'{''.join(plain)}'"


UNSHOWN = frozenset({"Cc", "Cf", "Cs", "Cn", "Co", "Zl", "Zp"})
"""Unicode's categories of what steers a terminal or turns text around instead of being seen."""


def shown(text: str) -> str:
    """A name as it can be shown: what is not to be seen is written as a number, and so is what the terminal cannot show."""
    plain = "".join(_number(letter) if unicodedata.category(letter) in UNSHOWN else letter for letter in text)
    encoding = getattr(sys.stdout, "encoding", None) or "utf-8"
    return plain.encode(encoding, "backslashreplace").decode(encoding)


def _number(letter: str) -> str:
    """A letter as the number that Python writes for it."""
    return f"\\x{ord(letter):02x}" if ord(letter) < 256 else letter.encode("ascii", "backslashreplace").decode()
