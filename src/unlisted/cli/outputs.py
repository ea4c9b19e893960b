"""What a command writes: planned before anything is looked at, so that an hour of looking is not lost to a typing error."""

from __future__ import annotations

import argparse
import random
import sys
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from unlisted.audit import Audited
from unlisted.cli import refuse
from unlisted.data.loader import directories
from unlisted.errors import BadInput, OutputError
from unlisted.model import AuditResult, Subject
from unlisted.remedy import forms
from unlisted.remedy.directories import letters
from unlisted.remedy.forms import Written
from unlisted.report import html, json, text
from unlisted.report.write import default_name, write_whole

PRINTED = "-"
STARTS = {
    "report": b'<!doctype html>\n<html lang="en" dir="ltr">\n<head>\n<meta charset="utf-8">\n'
    b'<meta http-equiv="Content-Security-Policy" content="default-src &#39;none&#39;; style-src &#39;sha256-',
    "json": b'{\n  "version": ',
    "text": b"Notes ",
}
"""How each output begins: a file that begins so may be written anew, any other is somebody's."""
ONLY_STEPS = (
    "No letter was written: for your listings there are steps instead. The report of `unlisted audit` gives them."
)
LETTERS = "letters"
"""The folder for letters of a second run, where the first run's have no folder of a name."""
MOST_NAMES = 99
"""How many reports of one day may lie in one folder."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Outputs:
    """The files of an audit (None: not wanted), what goes to standard output, and the folder of letters."""

    report: Path | None = None
    json: Path | None = None
    text: Path | None = None
    printed: str | None = None
    letters: Path | None = None


def plan(args: argparse.Namespace, now: datetime) -> Outputs:
    """What the arguments ask for. Without any wish: the report, here; from standard input: the text, printed.

    Raises BadInput where two wishes get in each other's way, OutputError where something cannot be written there.
    """
    wishes = {"report": args.report, "json": args.json, "text": args.text}
    if args.report == PRINTED:
        raise BadInput("--report needs a file; --text - and --json - write to standard output")
    printed = [name for name, wish in wishes.items() if wish == PRINTED]
    if len(printed) > 1:
        raise BadInput("--json - and --text - both ask for standard output; give one of them a file")
    files = {name: Path(wish) for name, wish in wishes.items() if wish and wish != PRINTED}
    nothing_asked = not files and not printed and not args.letters
    if nothing_asked and args.file == PRINTED:
        printed = ["text"]
    elif nothing_asked or (args.letters and not files and not printed):
        files["report"] = free_name(Path(), default_name(now))
    refuse_collisions(files, args.file)
    folder = Path(args.letters) if args.letters else None
    holds = [folder.parent if is_zip(folder) else folder] if folder else []
    refuse.unwritable([*(path.parent for path in files.values()), *holds])
    return Outputs(**files, printed=printed[0] if printed else None, letters=folder)


def is_zip(path: Path) -> bool:
    """Whether letters go into one file of this name, and not into a folder."""
    return path.suffix.lower() == ".zip"


def refuse_collisions(files: dict[str, Path], subject_file: str) -> None:
    """Two outputs in one file, or an output over the subject file or any other file that is not an earlier output."""
    taken = {} if subject_file == PRINTED else {Path(subject_file).resolve(): "the subject file"}
    for name, path in files.items():
        refuse.taken(name, path, taken)
        refuse.strange(name, path, STARTS[name])
        taken[path.resolve()] = f"also --{name}"


def free_name(folder: Path, stem: str, suffix: str = ".html") -> Path:
    """The first name of this stem that is not taken: "notes-2026-11-21", then "-2", "-3". Raises OutputError."""
    names = (f"{stem}{suffix}", *(f"{stem}-{number}{suffix}" for number in range(2, MOST_NAMES + 1)))
    found = next((folder / name for name in names if not (folder / name).exists()), None)
    if found is None:
        raise OutputError(f"{folder}: {MOST_NAMES} files of the name {stem} lie here already; choose another folder")
    return found


def write(result: AuditResult, wanted: Outputs) -> Iterator[str]:
    """Write and print what was planned; a line a file, then what failed. One failure does not lose the others."""
    failures = []
    renders = (
        ("report", wanted.report, html.render),
        ("json", wanted.json, json.render),
        ("text", wanted.text, text.render),
    )
    for name, path, render in renders:
        if wanted.printed == name:
            sys.stdout.write(render(result))
        if path is not None:
            try:
                write_whole(path, render(result).encode())
                yield f"Written: {path}"
            except OutputError as error:
                failures.append(error)
    if failures:
        raise failures[0]


def write_letters(audited: Audited, subject: Subject, args: argparse.Namespace, now: datetime) -> Iterator[str]:
    """The letters with reminders and a table, in a folder or as one ZIP; then what to know before they go out.

    What lies there already is kept, and stays apart: a letter may have been filled in by hand.
    """
    if not args.letters:
        return
    made = letters(
        audited.listings,
        subject=subject,
        register=directories(),
        now=now,
        rng=random.SystemRandom(),
        their_language=not args.english,
    )
    target = Path(args.letters)
    yield from as_zip(target, made, args.pdf, now) if is_zip(target) else as_files(target, made, args.pdf, now)
    yield from dict.fromkeys(note for _, letter in made for note in letter.notes)


def as_zip(target: Path, made: Sequence[Written], paper: str | None, now: datetime) -> Iterator[str]:
    """All of it as one file, under the first name that is free."""
    files = forms.files(made, now=now, paper=paper)
    path = free_name(target.parent, target.stem, target.suffix)
    write_whole(path, forms.bundle(files))
    if path != target:
        yield f"{target} is there already. The new letters are in {path}."
    yield f"Written: {path}"
    yield from no_pdf(made, files, paper)


def as_files(folder: Path, made: Sequence[Written], paper: str | None, now: datetime) -> Iterator[str]:
    """Each file in the folder; where letters of an earlier run lie there, in a new folder beside it, and that is said."""
    files = forms.files(made, now=now, paper=paper)
    target = free_folder(folder, files)
    ready(target)
    if target != folder:
        here = (
            folder if folder.name not in {"", ".."} else folder.resolve()
        )  # "in .." would be another folder than "in ."
        yield f"Letters of an earlier run lie in {here}. The new ones are in {target}."
    for name, data in files.items():
        write_whole(target / name, data)
        yield f"Written: {target / name}"
    yield from no_pdf(made, files, paper)


def free_folder(folder: Path, names: Iterable[str]) -> Path:
    """The folder, or the first one of its name and a number where any of the files lies there: one run, one folder."""
    if not any((folder / name).exists() for name in names):
        return folder
    named = folder.name not in {"", ".."}
    return free_name(folder.parent, folder.name, "") if named else free_name(folder, LETTERS, "")


def no_pdf(made: Sequence[Written], files: Iterable[str], paper: str | None) -> Iterator[str]:
    """Which letters have no PDF though one was wanted."""
    for name in forms.without_pdf(made, files) if paper is not None else ():
        yield f"No PDF of {name}: the fonts at hand lack a sign that is in it. Its text and its draft are whole."


def ready(folder: Path) -> None:
    """The folder, made for its owner alone where it is not there. Raises OutputError."""
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as error:
        raise OutputError(f"{folder}: this folder cannot be made ({error.strerror})") from None
