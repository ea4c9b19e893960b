"""Folders of photos: which files count, and reading many of them in order with bounded memory.

A few hundred files are read in this process; more by worker processes, each of which can be lost without losing more than the
file that it was reading. Ctrl-C stops at once: what was given out until then stands.
"""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Iterable, Iterator
from functools import partial
from itertools import chain, islice
from pathlib import Path, PurePath

from unlisted.errors import NotRead
from unlisted.extract.photo import sidecar as sidecars
from unlisted.model.evidence import Photo
from unlisted.model.finding import NotChecked
from unlisted.sources import photo_pool

FEW = 400
"""Files up to which no worker process is started."""

MAX_FILES = 1_000_000
"""Files found in one folder."""

CLOSED = "a folder in it cannot be opened"
LINKED = "a link in it leads to a folder; links are not followed"
ODD = "something in it is named like a photo and is no file in this folder"
"""Why something that might have been a photo was passed over."""

MAX_DEPTH = 40
"""Depth of folders."""

PICTURES = frozenset({
    ".jpg", ".jpeg", ".jpe", ".jfif", ".mpo", ".png", ".apng", ".webp", ".gif", ".heic", ".heif", ".hif", ".avif", ".avifs", ".jxl",
    ".jp2", ".jpx", ".tif", ".tiff", ".dng", ".psd", ".psb", ".nef", ".nrw", ".arw", ".srf", ".sr2", ".cr2", ".cr3", ".crw", ".raf",
    ".orf", ".rw2", ".pef", ".mrw", ".x3f", ".gpr", ".srw", ".3fr", ".iiq", ".exv", ".insp",
})  # fmt: skip
VIDEOS = frozenset({".mp4", ".m4v", ".mov", ".qt", ".3gp", ".3g2", ".m4a", ".avi", ".360", ".lrv", ".insv"})
MEDIA = PICTURES | VIDEOS
SIDECARS = frozenset({".xmp", ".json"})


def find_photos(folder: Path, *, left_out: Counter[str] | None = None) -> Iterator[Path]:
    """The photos and videos under `folder`, in name order; hidden files and folders and other kinds of files are left out.

    Links are followed where they stay within the folder, files only; a folder that cannot be listed is left out. A sidecar is given
    only where no photo beside it claims it.
    `left_out` counts, by reason, what was passed over and might have been a photo.

    Raises:
        NotRead: `folder` is no folder that can be listed.
    """
    root = Path(folder)
    left_out = Counter() if left_out is None else left_out
    try:
        real = root.resolve(strict=True)
        entries = _entries(root)
    except OSError:
        raise NotRead("it is no folder that you may read") from None
    waiting: list[tuple[Path, int]] = []
    here, depth, given = root, 0, 0
    while True:
        for path in _media(here, entries, real, left_out):
            given += 1
            if given > MAX_FILES:
                return
            yield path
        if depth < MAX_DEPTH:
            waiting += reversed([(path, depth + 1) for path in _folders(here, entries, left_out)])
        entries = []  # one folder's list is held at a time
        while waiting and not entries:
            here, depth = waiting.pop()
            entries = _listed(here, left_out)
        if not entries:
            return


def _entries(folder: Path) -> list[os.DirEntry[str]]:
    """What a folder holds and does not hide, in name order."""
    with os.scandir(folder) as found:
        return sorted(
            (entry for entry in found if not entry.name.startswith((".", "@eaDir"))), key=lambda entry: entry.name
        )


def _listed(folder: Path, left_out: Counter[str]) -> list[os.DirEntry[str]]:
    """What a folder within holds; nothing where it cannot be listed, or has become a link by now."""
    try:
        return [] if folder.is_symlink() else _entries(folder)
    except OSError:
        left_out[CLOSED] += 1
        return []


def _folders(here: Path, entries: list[os.DirEntry[str]], left_out: Counter[str]) -> Iterator[Path]:
    """The folders within a folder; a link to one is not followed."""
    for entry in entries:
        try:
            if entry.is_dir(follow_symlinks=False):
                yield here / entry.name
            elif entry.is_symlink() and entry.is_dir():
                left_out[LINKED] += 1
        except OSError:
            continue


def _media(here: Path, entries: list[os.DirEntry[str]], root: Path, left_out: Counter[str]) -> Iterator[Path]:
    """The photos and videos right in a folder, and sidecars that stand alone."""
    files = [entry.name for entry in entries if _is_file(entry, here, root)]
    odd = {entry.name for entry in entries if PurePath(entry.name).suffix.lower() in MEDIA} - set(files)
    if odd:
        left_out[ODD] += len(odd)
    media = [name for name in files if PurePath(name).suffix.lower() in MEDIA]
    beside = {name.lower() for name in files if PurePath(name).suffix.lower() in SIDECARS}
    claimed = {claim for name in media for claim in sidecars.names(name) if claim in beside} if beside else set()
    alone = [name for name in files if name.lower().endswith(".xmp") and name.lower() not in claimed]
    yield from (here / name for name in sorted(media + alone))


def _is_file(entry: os.DirEntry[str], here: Path, root: Path) -> bool:
    """Whether an entry is an ordinary file, or a link to one that lies within the folder that was asked for."""
    try:
        if not entry.is_symlink():
            return entry.is_file(follow_symlinks=False)
        target = (here / entry.name).resolve(strict=True)
        return target.is_file() and target.is_relative_to(root)
    except (OSError, RuntimeError):
        return False


def read_photos(
    paths: Iterable[Path],
    *,
    workers: int | None = None,
    maker_notes: bool = False,
    places_only: bool = False,
    decode: bool = False,
) -> Iterator[Photo | NotChecked]:
    """Each photo in the order of `paths`, or why it was not checked; never raises for a file.

    `workers` is the most processes that are used, None one a core and at most four; a few hundred files are read in this process
    whatever it is. `maker_notes`, `places_only` and `decode` are those of `read_photo`. Memory does not grow with the number of
    files. A `NotChecked` has an empty source (the caller knows it) and the file's name as `where`; its reason holds no value.
    """
    stream = iter(paths)
    first = list(islice(stream, FEW + 1))
    most = min(4, os.cpu_count() or 1) if workers is None else workers
    listings = _Listings()
    jobs = ((path, listings.beside(path)) for path in chain(first, stream))
    reader = partial(photo_pool.read_one, maker_notes=maker_notes, places_only=places_only, decode=decode)
    if most <= 1 or len(first) <= FEW:
        for path, beside in jobs:
            yield reader(path, beside)
        return
    yield from photo_pool.run(jobs, reader, workers=most)


class _Listings:
    """The sidecars of the folder that is being read; only the last folder's names are kept."""

    def __init__(self) -> None:
        self._folder: Path | None = None
        self._names: dict[str, str] = {}

    def beside(self, path: Path) -> list[Path]:
        """The sidecars of a photo."""
        folder = path.parent
        if folder != self._folder:
            self._folder = folder
            try:
                with os.scandir(folder) as found:
                    names = [entry.name for entry in found if entry.name[-5:].lower().endswith((".xmp", ".json"))]
            except OSError:
                names = []
            self._names = {name.lower(): name for name in names}
        return sidecars.beside(path, self._names) if self._names else []


__all__ = ["find_photos", "read_photos"]
