"""`unlisted clean`: copies of photos and videos without what they give away."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path, PurePath
from typing import Any

from unlisted.cli.progress import bar
from unlisted.errors import BadInput, OutputError
from unlisted.remedy.clean import Cleaned, Refused, Wanted, clean, wanted
from unlisted.report.write import write_whole
from unlisted.sources.photos import find_photos

REFUSED = 1
"""The exit code where some files were not cleaned."""

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
    answers = []
    with bar() as progress:
        for number, (path, name) in enumerate(jobs, 1):
            progress("photos", number, len(jobs))
            answers.append(one(path, folder / name, asked))
            sys.stdout.write(line(answers[-1]) + "\n")
    if args.manifest:
        rows = [row(answer, folder) for answer in answers]
        write_whole(Path(args.manifest), (json.dumps({"files": rows}, indent=1, ensure_ascii=False) + "\n").encode())
    done = sum(isinstance(answer, Cleaned) for answer in answers)
    sys.stdout.write(f"\n{done} of {len(answers)} files cleaned. The copies are in {folder}.\n")
    return 0 if done == len(answers) else REFUSED


def named(paths: list[str], *, neutral: bool) -> list[tuple[Path, PurePath]]:
    """Each file and the name of its copy below the new folder.

    Raises:
        BadInput: a path does not exist, or two copies would have one name.
    """
    jobs = list(_every(paths))
    if neutral:
        return [(path, _neutral(path, number)) for number, (path, _) in enumerate(jobs, 1)]
    seen: dict[str, Path] = {}
    for path, name in jobs:
        key = str(name).casefold()  # some disks do not tell letters of two cases apart
        if key in seen:
            raise BadInput(f"{seen[key]} and {path} would both become {name}: clean them apart, or use --neutral-names")
        seen[key] = path
    return jobs


def _every(paths: list[str]) -> Iterator[tuple[Path, PurePath]]:
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


def one(path: Path, to: Path, asked: Wanted) -> Cleaned | Refused:
    """One copy; its folder is made where it is not there, and taken away again where nothing came of it.

    Raises:
        OutputError: nothing can be written there.
    """
    made = [folder for folder in (to.parent, *to.parent.parents) if not folder.exists()]
    try:
        to.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as error:
        raise OutputError(f"{to.parent} cannot be made: {error.strerror}") from None
    answer = clean(path, to=to, asked=asked)
    if isinstance(answer, Refused):
        for folder in made:
            folder.rmdir()
    return answer


def line(answer: Cleaned | Refused) -> str:
    """What came of one file, in one line."""
    if isinstance(answer, Refused):
        return f"{answer.path}: not cleaned ({answer.reason})"
    gone = [words for kind, words in WORDS.items() if kind in answer.fields or kind in answer.removed]
    said = "Gone: " + ", ".join(gone) if gone else "We found nothing to take out"
    stays = f". Still there: {', '.join(answer.stays)}" if answer.stays else ""
    return f"{answer.path}: cleaned. {said}{stays}."


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
