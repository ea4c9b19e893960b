"""Opens an export as it lies on the disk: a folder, an archive, one file, or a folder that holds the parts of a download.

Read in place and never unpacked to the disk. Limits stop archives that swell; what is left out is said in `refused`.
"""

from __future__ import annotations

import os
import re
import stat
import zipfile
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import BinaryIO

from unlisted.errors import NotRead
from unlisted.sources.exports.container import MAX_LISTED, Budget, Container, Member, plain, reading
from unlisted.sources.exports.tarball import is_tar, of_tar
from unlisted.sources.exports.zipped import directory_size, of_zip

MAX_MEMBERS = 10_000
"""Files of an export that are read."""

MAX_DEPTH = 30
"""Depth of folders."""

MAX_PARTS = 100
"""Archives in one folder that are opened."""

MAX_COMPARED = 1_000_000_000
"""Bytes of an archive that are compared with those of another one which lists the same files."""

TOO_MANY = "the export holds more files than are read; the rest was left out"
TOO_MANY_PARTS = "the folder holds more archives than are opened; the rest was left out"
TWICE = "an archive in the folder is a copy of another one; it was read once"
NO_PART = "an archive in the folder was not read: {reason}"
MORE_PARTS = (
    "this looks like one part of a download in several parts; {count} more lie beside it and were not read: "
    "put them into a folder of their own and list the folder"
)
MISSING = "a part of the download seems to be missing: the numbers of its archives have a gap"
UNREADABLE = "this is no folder, archive (ZIP, TAR) or file of an export that this version can read"

Wanted = Callable[[str], bool]
_Names = tuple[tuple[str, int], ...]
_Sums = tuple[tuple[str, int], ...]

_ARCHIVE = re.compile(r"\.(?:zip|tar|tgz|tar\.gz)$", re.IGNORECASE)
_PART = re.compile(r"(?P<stem>.{1,200}[-_])(?P<number>\d{3})(?P<end>\.(?:zip|tgz|tar\.gz))", re.IGNORECASE)
"""Google numbers the parts of a download: takeout-20240101T000000Z-001.zip."""


@contextmanager
def opened(path: Path, *, wanted: Wanted) -> Iterator[Container]:
    """The export at `path`; `wanted` says by a plain name whether a file is of use. Raises NotRead."""
    budget = Budget()
    with reading():
        mode = path.stat().st_mode if path.exists() else 0
    if not (stat.S_ISDIR(mode) or stat.S_ISREG(mode)):
        raise NotRead("there is no such file or folder")
    with ExitStack() as held:
        if stat.S_ISDIR(mode):
            yield limited(_folder(path, budget, wanted, held))
            return
        inside = _archive(path, budget, wanted, held)
        if inside is None:
            yield _single(path, budget, wanted)
        else:
            yield limited([inside, Container(members=(), refused=_beside(path))])


def limited(parts: Iterable[Container]) -> Container:
    """Several containers as one, with no more files than are read."""
    members: list[Member] = []
    refused: dict[str, None] = {}
    listed = 0
    for part in parts:
        members += part.members
        refused |= dict.fromkeys(part.refused)
        listed += part.listed
    if len(members) > MAX_MEMBERS:
        refused[TOO_MANY] = None
    return Container(members=tuple(members[:MAX_MEMBERS]), refused=tuple(refused), listed=listed)


def _archive(path: Path, budget: Budget, wanted: Wanted, held: ExitStack) -> Container | None:
    """The files of an archive, None where it is none. Raises NotRead."""
    with reading():
        if is_tar(path):
            return of_tar(path, budget, wanted, held)
        if directory_size(path) is None:
            return None
        return of_zip(held.enter_context(zipfile.ZipFile(path)), budget, wanted)


def _single(path: Path, budget: Budget, wanted: Wanted) -> Container:
    """One file of an export by itself."""
    name = plain(path.name)
    if not wanted(name):
        raise NotRead(UNREADABLE)
    member = Member(name=name, size=path.stat().st_size, source=_opener(path), budget=budget)
    return Container(members=(member,), listed=1)


def _folder(path: Path, budget: Budget, wanted: Wanted, held: ExitStack) -> Iterator[Container]:
    """The files of a folder in name order, then those of the archives that lie in it."""
    members: list[Member] = []
    parts: list[Path] = []
    count = 0
    for relative, file, size in _files(path):
        count += 1
        if count > MAX_LISTED:
            break
        name = plain(relative)
        if "/" not in relative and _ARCHIVE.search(relative):
            parts.append(file)
        elif wanted(name):
            members.append(Member(name=name, size=size, source=_opener(file), budget=budget))
    members.sort(key=lambda member: member.name)
    yield Container(
        members=tuple(members), refused=(TOO_MANY,) if count > MAX_LISTED else (), listed=count - len(parts)
    )
    yield from _parts(parts, budget, wanted, held)


def _parts(parts: list[Path], budget: Budget, wanted: Wanted, held: ExitStack) -> Iterator[Container]:
    """The archives of a folder, each one once. One that cannot be opened is said and stops nothing."""
    known = _Known()
    for part in parts[:MAX_PARTS]:
        try:
            inside = _archive(part, budget, wanted, held)
        except NotRead as error:
            yield Container(members=(), refused=(NO_PART.format(reason=error.reason),), listed=1)
            continue
        if inside is None:
            yield Container(members=(), refused=(NO_PART.format(reason="the file is damaged or no archive"),), listed=1)
            continue
        yield Container(members=(), refused=(TWICE,)) if known.copied(inside) else inside
    said = [TOO_MANY_PARTS] if len(parts) > MAX_PARTS else []
    said += [MISSING] if _gap(part.name for part in parts) else []
    yield Container(members=(), refused=tuple(said))


@dataclass(slots=True)
class _Known:
    """The archives of a folder so far, by the names and sizes in them. Bytes are compared where those agree, each once."""

    first: dict[_Names, Container] = field(default_factory=dict)
    contents: dict[_Names, set[_Sums | None]] = field(default_factory=dict)

    def copied(self, one: Container) -> bool:
        """Whether an archive before held the same files; this one is known from now on."""
        names = tuple(sorted((member.name, member.size) for member in one.members))
        if not names or self.first.setdefault(names, one) is one:
            return False
        if names not in self.contents:
            self.contents[names] = {_sums(self.first[names])}
        this, before = _sums(one), self.contents[names]
        copied = this is not None and this in before
        before.add(this)
        return copied


def _sums(one: Container) -> _Sums | None:
    """Name and CRC-32 of each file; None where that is too much to read, or cannot be read."""
    if sum(member.size for member in one.members if member.crc is None) > MAX_COMPARED:
        return None
    try:
        return tuple(sorted((member.name, member.crc_now()) for member in one.members))
    except NotRead:
        return None


def _gap(names: Iterable[str]) -> bool:
    """Whether the numbers of parts do not go from one to their count."""
    numbers: dict[tuple[str, str], set[int]] = defaultdict(set)
    for name in names:
        if found := _PART.fullmatch(name):
            numbers[found["stem"], found["end"]].add(int(found["number"]))
    return any(found != set(range(1, len(found) + 1)) for found in numbers.values())


def _beside(path: Path) -> tuple[str, ...]:
    """A word about further parts of the same download in the same folder."""
    mine = _PART.fullmatch(path.name)
    if mine is None:
        return ()
    with reading(), os.scandir(path.parent) as found:
        others = [_PART.fullmatch(entry.name) for entry, _ in zip(found, range(MAX_LISTED), strict=False)]
    count = sum(1 for one in others if one and one["stem"] == mine["stem"] and one["number"] != mine["number"])
    return (MORE_PARTS.format(count=count),) if count else ()


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
