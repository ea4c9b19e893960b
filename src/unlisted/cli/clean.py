"""`unlisted clean`: copies of photos and videos without what they give away."""

from __future__ import annotations

import argparse
import contextlib
import json
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path, PurePath
from typing import Any

from unlisted.cli import refuse
from unlisted.cli.photos import command, no_photos, shown
from unlisted.cli.progress import bar
from unlisted.errors import BadInput, OutputError
from unlisted.remedy.clean import Cleaned, Refused, Wanted, clean, wanted
from unlisted.report.write import write_whole
from unlisted.sources.photos import find_photos

REFUSED = 1
"""The exit code where some files were not cleaned."""

MANIFEST = b'{\n "files": ['
"""How a manifest begins."""

AT_ONCE = 8
"""Files that are written at a time."""

ENDINGS = {".jpeg": ".jpg", ".jpe": ".jpg", ".jfif": ".jpg", ".tiff": ".tif"}
"""Endings that are written in another way in a neutral name."""

WORDS: Mapping[str, str] = {
    "position": "the place where it was taken",
    "place name": "names of places",
    "serial number": "the number of the camera or lens",
    "owner": "the name of its owner",
    "person": "names of people",
    "contact": "contact details",
    "caption": "words about the picture",
    "keyword": "keywords",
    "edit history": "how it was edited",
    "unique number": "its unique number",
    "credentials": "who signed it",
    "time": "the time",
    "satellite time": "the satellites' time",
    "device": "the camera or phone",
    "thumbnail": "the small picture inside",
    "video inside": "the video inside",
    "further picture": "another picture inside",
    "data behind the end": "data behind its end",
    "track": "a track of where the camera was, or of words",
}
"""What is gone, in plain words."""


def run(args: argparse.Namespace) -> int:
    """The command; its exit code: 0 all cleaned, 1 some refused."""
    asked = wanted(args.keep, args.drop, args.time)
    folder = Path(args.to)
    jobs = named(args.paths, neutral=args.neutral_names)
    refuse_originals(folder, args.paths, jobs)
    if args.manifest:
        refuse_manifest(Path(args.manifest), args.paths, folder, jobs)
    answers: list[Cleaned | Refused] = []
    later = sys.stderr.isatty()  # lines would break the bar
    try:
        with bar() as progress:
            for answer in every(jobs, folder, asked):
                answers.append(answer)
                progress("photos", len(answers), len(jobs))
                if not later:
                    sys.stdout.write(line(answer) + "\n")
    finally:  # also Ctrl-C: what was done is told
        sys.stdout.writelines(line(answer) + "\n" for answer in answers if later)
    if args.manifest:
        rows = [row(answer, folder) for answer in answers]
        text = json.dumps({"files": rows}, indent=1, ensure_ascii=False) + "\n"
        # a file name need not be UTF-8: its odd bytes stand as JSON escapes, by which programs find the file again
        write_whole(Path(args.manifest), text.encode(errors="backslashreplace"))
    sys.stdout.writelines(f"{each}\n" for each in no_photos(without(args.paths)))
    if not answers:
        return 0
    done = sum(isinstance(answer, Cleaned) for answer in answers)
    sys.stdout.write(f"\n{done} of {len(answers)} files cleaned. The copies are in {folder}.\n")
    return 0 if done == len(answers) else REFUSED


def without(names: Iterable[str]) -> list[str]:
    """The folders that hold no photo."""
    return [name for name in names if Path(name).is_dir() and next(iter(find_photos(Path(name))), None) is None]


def refuse_originals(folder: Path, given: Sequence[str], jobs: Iterable[tuple[Path, PurePath]]) -> None:
    """Copies among the originals: the next run would take them for originals, and nobody could tell them apart.

    Raises:
        BadInput: with the command to type instead.
    """
    if refuse.within(folder, given) is not None:
        why = "is in a folder to clean"
    elif any((folder / name).resolve() == original.resolve() for original, name in jobs):
        why = "is where the originals are"
    else:
        return
    raise BadInput(f"--to {folder}: that {why}, and originals stay as they are. You can type:  {command(given)}")


def refuse_manifest(path: Path, given: Sequence[str], folder: Path, jobs: Iterable[tuple[Path, PurePath]]) -> None:
    """A manifest in the place of an original or of a copy, among the originals, or over a file that is no manifest."""
    taken = {}
    for original, name in jobs:
        taken[(folder / name).resolve()] = "the name of a copy"
        taken[original.resolve()] = "a file to clean"
    refuse.taken("manifest", path, taken)
    real, copies = path.resolve(), folder.resolve()
    for root in (Path(text).resolve() for text in given if Path(text).is_dir()):
        if real.is_relative_to(root):
            raise BadInput(f"--manifest {path}: that is in a folder to clean, which stays as it is; give another place")
    refuse.strange("manifest", path, MANIFEST)
    if not path.parent.exists() and real.parent != copies:  # the folder of the copies is made, no other
        raise OutputError(f"{path} cannot be written: there is no folder {path.parent}")
    refuse.unwritable([path.parent])


def every(jobs: list[tuple[Path, PurePath]], folder: Path, asked: Wanted) -> Iterator[Cleaned | Refused]:
    """The copies in their order, a few at a time: most of the time goes into waiting for the disk.

    Folders are made before, and taken away again where nothing came of them.

    Raises:
        OutputError: nothing can be written there.
    """
    made = _folders({(folder / name).parent for _, name in jobs})
    pool = ThreadPoolExecutor(AT_ONCE)
    try:
        yield from pool.map(lambda job: clean(job[0], to=folder / job[1], asked=asked), jobs)
    finally:  # also Ctrl-C: what is being written is finished, nothing else begins
        pool.shutdown(cancel_futures=True)
        _forget(made)


def _folders(needed: set[Path]) -> list[Path]:
    """Make folders for their owner only; those that were not there before, outer ones first.

    Raises:
        OutputError: one cannot be made.
    """
    made: list[Path] = []
    for folder in sorted(needed):
        for path in reversed([path for path in (folder, *folder.parents) if not path.exists()]):
            try:
                path.mkdir(mode=0o700)
            except OSError as error:
                _forget(made)
                raise OutputError(f"{path} cannot be made: {error.strerror}") from None
            made.append(path)
    return made


def _forget(folders: list[Path]) -> None:
    """Take folders away again, but those that hold something."""
    for path in reversed(folders):
        with contextlib.suppress(OSError):
            path.rmdir()


def named(paths: list[str], *, neutral: bool) -> list[tuple[Path, PurePath]]:
    """Each file and the name of its copy below the new folder.

    Raises:
        BadInput: a path does not exist, or two copies would have one name.
    """
    jobs = list(_found(paths))
    if neutral:
        return [(path, _neutral(path, number)) for number, (path, _) in enumerate(jobs, 1)]
    seen: dict[str, Path] = {}
    for path, name in jobs:
        key = str(name).casefold()  # some disks do not tell letters of two cases apart
        if key in seen:
            raise BadInput(f"{seen[key]} and {path} would both become {name}: clean them apart, or use --neutral-names")
        seen[key] = path
    return jobs


def _found(paths: list[str]) -> Iterator[tuple[Path, PurePath]]:
    """The files that were named, and those in the folders that were named."""
    for text in paths:
        path = Path(text)
        if not path.exists():
            raise BadInput(f"{text}: there is no such file or folder")
        if path.is_dir():
            yield from ((found, found.relative_to(path)) for found in list(find_photos(path)))
        else:
            yield path, PurePath(path.name)


def _neutral(path: Path, number: int) -> PurePath:
    """A name that says nothing, with the usual ending."""
    ending = path.suffix.lower()
    return PurePath(f"photo-{number:04}{ENDINGS.get(ending, ending)}")


def line(answer: Cleaned | Refused) -> str:
    """What came of one file, in one line."""
    name = shown(str(answer.path))
    if isinstance(answer, Refused):
        return f"{name}: not cleaned ({answer.reason})"
    gone = [words for kind, words in WORDS.items() if kind in answer.fields or kind in answer.removed]
    said = "Gone: " + ", ".join(gone) if gone else "We found nothing to take out"
    stays = f". Still there: {', '.join(answer.stays)}" if answer.stays else ""
    return f"{name}: cleaned. {said}{stays}."


def row(answer: Cleaned | Refused, folder: Path) -> dict[str, Any]:
    """One file of the manifest: kinds and counts, no values."""
    if isinstance(answer, Refused):
        return {"file": str(answer.path), "copy": None, "reason": answer.reason}
    return {
        "file": str(answer.path),
        "copy": str(answer.to.relative_to(folder)),
        "format": answer.format,
        "gave": dict(answer.fields),
        "parts": dict(answer.removed),
        "stays": list(answer.stays),
    }
