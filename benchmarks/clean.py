"""Cleaning copies, measured in one run beside exiftool and mat2 where they are installed.

    python benchmarks/clean.py FOLDER [--most N]

Every program cleans the same files (photos and videos of FOLDER, numbered, N at most, a seeded choice) into a folder of its own, in
one call, with its own start counted in. Then each copy is held against its original: what our reader and `exiftool -ee` still
find in it, whether the decoded first frame is the same when shown upright, whether the colour profile is. exiftool keeps the
turn and the profile here, which it does not do by itself. FOLDER may hold real people's photos: only counts are printed.
"""

from __future__ import annotations

import argparse
import hashlib
import io
import json
import random
import re
import resource
import shutil
import subprocess
import sys
import tempfile
import time
import warnings
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

from PIL import Image, ImageOps

from unlisted.errors import NotRead
from unlisted.extract.photo import read_photo
from unlisted.model.evidence import Photo

KINDS = frozenset({
    ".jpg", ".jpeg", ".png", ".webp", ".gif", ".heic", ".heif", ".hif", ".avif", ".tif", ".tiff", ".mp4", ".mov",
})  # fmt: skip
VIDEO = re.compile(rb"ftyp(?:mp4[0-9]|isom|avc1|qt  |3gp[0-9]|M4V )")
GRAVE = re.compile(
    r"GPS(?:Latitude|Longitude|Coordinates)|SerialNumber|OwnerName|Artist|By-line|Creator|PersonInImage|City|Location"
)


class Outcome(NamedTuple):
    """One program's run: the copies by number, seconds on the wall and of the processor."""

    copies: dict[str, Path]
    wall: float
    cpu: float


def spent() -> float:
    """CPU seconds of ended child processes."""
    use = resource.getrusage(resource.RUSAGE_CHILDREN)
    return use.ru_utime + use.ru_stime


def ours(files: list[Path], out: Path) -> list[str]:
    """This package's command."""
    return [sys.executable, "-m", "unlisted", "clean", *map(str, files), "--to", str(out)]


def exiftool(files: list[Path], out: Path) -> list[str]:
    """All fields away, then the turn and the profile copied back."""
    back = ["-all=", "-tagsfromfile", "@", "-Orientation", "-ICC_Profile"]
    return ["exiftool", "-q", "-q", "-m", *back, "-o", f"{out}/", *map(str, files)]


def mat2(files: list[Path], _: Path) -> list[str]:
    """Its light mode, which does not decode pictures again; it writes beside the files."""
    return ["mat2", "--lightweight", *map(str, files)]


PROGRAMS: dict[str, Callable[[list[Path], Path], list[str]]] = {"unlisted": ours, "exiftool": exiftool, "mat2": mat2}


def version(name: str) -> str:
    """What a program calls itself; empty for our own."""
    options = {"exiftool": "-ver", "mat2": "--version"}
    if name not in options:
        return ""
    told = subprocess.run([name, options[name]], capture_output=True, check=False, text=True).stdout
    return " ".join(re.findall(r"\d[\d.]*", told)[:1])


def run(name: str, files: list[Path], scratch: Path) -> Outcome:
    """One program on copies of the files."""
    place, out = scratch / name, scratch / f"{name}-out"
    place.mkdir()
    out.mkdir()
    inputs = [Path(shutil.copyfile(path, place / path.name)) for path in files]
    start, cpu = time.perf_counter(), spent()
    subprocess.run(PROGRAMS[name](inputs, out), capture_output=True, check=False)
    wall, cpu = time.perf_counter() - start, spent() - cpu
    if name == "mat2":
        made = {path.stem: place / f"{path.stem}.cleaned{path.suffix}" for path in inputs}
    else:
        made = {path.stem: out / path.name for path in inputs}
    return Outcome({key: path for key, path in made.items() if path.is_file()}, wall, cpu)


def left(path: Path) -> bool:
    """Whether our reader finds a place, number, name or person in a copy."""
    try:
        photo = read_photo(path)
    except NotRead:
        return False
    return holds(photo)


def holds(photo: Photo) -> bool:
    """Whether a photo gives away what cleaning is for."""
    return any((photo.positions, photo.serials, photo.owners, photo.people, photo.place_names))


def told(paths: list[Path]) -> set[str]:
    """The copies in which exiftool finds such fields, embedded tracks included."""
    if not paths or not shutil.which("exiftool"):
        return set()
    command = ["exiftool", "-ee", "-j", "-G1", "-n", "-q", "-q", *map(str, paths)]
    rows = json.loads(subprocess.run(command, capture_output=True, check=False).stdout or b"[]", strict=False)
    return {row["SourceFile"] for row in rows if any(grave(name, value) for name, value in row.items())}


def grave(name: str, value: object) -> bool:
    """Whether a field of exiftool's says who or where."""
    group, _, field = name.partition(":")
    words = str(value).strip()
    return group not in {"System", "File"} and bool(GRAVE.match(field)) and words not in {"", "0", "0 0", "0 0 0"}


def picture(path: Path) -> tuple[str, bytes] | None:
    """A hash of the first frame as shown, and the profile; None where it does not open."""
    try:
        with Image.open(io.BytesIO(path.read_bytes())) as image:
            shown = ImageOps.exif_transpose(image)
            digest = hashlib.sha256(repr(shown.size).encode() + shown.convert("RGBA").tobytes()).hexdigest()
            return digest, image.info.get("icc_profile") or b""
    except Exception:  # noqa: BLE001  (the decoder raises many kinds on odd files; all mean "does not open")
        return None


def row(name: str, files: dict[str, Path], outcome: Outcome, fastest: float | None) -> list[str]:
    """One line of the table."""
    ours_left = {str(path) for path in outcome.copies.values() if left(path)}
    theirs = told(list(outcome.copies.values()))
    hidden = sum(
        path.suffix not in {".mp4", ".mov"} and bool(VIDEO.search(path.read_bytes(), 32))
        for path in outcome.copies.values()
    )
    pairs = [(picture(files[key]), picture(path)) for key, path in outcome.copies.items()]
    opened = [(before, after) for before, after in pairs if before is not None]
    same = sum(after is not None and before[0] == after[0] for before, after in opened)
    profiles = sum(after is not None and before[1] == after[1] for before, after in opened)
    rate = len(outcome.copies) / max(outcome.wall, 1e-9)
    return [
        f"{name} {version(name)}".strip(),
        f"{len(outcome.copies)} of {len(files)}",
        str(len(ours_left | theirs)),
        str(hidden),
        f"{same} of {len(opened)}",
        f"{profiles} of {len(opened)}",
        f"{outcome.wall:.1f}",
        f"{outcome.cpu:.1f}",
        f"{rate:.0f}",
        f"{rate / fastest:.1f}" if fastest else "-",
    ]


def main() -> None:
    """The command."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--most", type=int, default=300, metavar="N")
    options = parser.parse_args()
    warnings.simplefilter("ignore")
    found = sorted(path for path in options.folder.rglob("*") if path.suffix.lower() in KINDS and path.is_file())
    chosen = random.Random(1).sample(found, min(options.most, len(found)))
    with tempfile.TemporaryDirectory() as folder:
        scratch = Path(folder)
        (scratch / "in").mkdir()
        files: dict[str, Path] = {}
        for number, path in enumerate(chosen):
            files[f"{number:05}"] = scratch / "in" / f"{number:05}{path.suffix.lower()}"
            shutil.copyfile(path, files[f"{number:05}"])
        size = sum(path.stat().st_size for path in files.values()) / 1e6
        names = [name for name in PROGRAMS if name == "unlisted" or shutil.which(name)]
        outcomes = {name: run(name, list(files.values()), scratch) for name in names}
        other = outcomes.get("exiftool")
        slow = len(other.copies) / other.wall if other else None
        print(f"{len(files)} files, {size:.0f} MB\n")
        head = "program|copies|something left|video inside|same picture|same profile|s|CPU s|copies/s|times exiftool"
        print(f"| {' | '.join(head.split('|'))} |")
        print("|" + "---|" * 10)
        for name, outcome in outcomes.items():
            print(f"| {' | '.join(row(name, files, outcome, slow))} |", flush=True)


if __name__ == "__main__":
    main()
