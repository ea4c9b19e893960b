"""Reading photos, measured in one run: what is found beside other programs, how fast, and a campaign of damaged files.

    python benchmarks/photos.py FOLDER                    what is found, by format, beside exiftool, exiv2 and exifread
    python benchmarks/photos.py FOLDER --speed DIR        also files a second on DIR, beside the same and the floor
    python benchmarks/photos.py FOLDER --mutate 100000    also seeded mutations: what raises, is slow, or needs memory

The floor is reading both ends of each file. Programs that are not installed are left out. Every candidate runs in a fresh process
on the same files; imports are not counted; CPU seconds include child processes, best of three (other programs: once). FOLDER may
hold real people's photos: only counts are printed.
"""

from __future__ import annotations

import argparse
import importlib.metadata
import json
import logging
import os
import random
import re
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable
from functools import partial
from pathlib import Path

from unlisted.errors import NotRead
from unlisted.extract.photo import read_photo, walk
from unlisted.extract.photo.found import Found
from unlisted.extract.photo.reader import Reader
from unlisted.model.evidence import Photo
from unlisted.sources.photos import read_photos

EDGE = 65_536
SLOW = 1.0
SKIP = frozenset({"truth.jsonl.gz", "README.md"})
TAGS = (
    "GPSLatitude", "GPSLongitude", "GPSLatitudeRef", "GPSLongitudeRef", "GPSCoordinates", "LocationInformation",
    "DateTimeOriginal", "CreateDate", "CreationDate", "OffsetTimeOriginal", "Make", "Model", "SerialNumber",
    "LensSerialNumber", "InternalSerialNumber", "OwnerName", "Artist", "XPAuthor", "By-line", "Creator", "Copyright",
    "RegionInfo", "RegionInfoMP", "PersonInImage", "City", "State", "Country", "Location", "Sub-location",
    "LocationShown", "LocationCreated", "ThumbnailImage",
)  # fmt: skip
"""The fields that exiftool is asked for: those that this package reads."""


def files_of(folder: Path) -> list[str]:
    """Every ordinary file, in name order."""
    return [str(path) for path in sorted(folder.rglob("*")) if path.is_file() and path.name not in SKIP]


def floor(paths: list[str]) -> list[str]:
    """Read both ends and do nothing."""
    for path in paths:
        fd = os.open(path, os.O_RDONLY)
        os.pread(fd, EDGE, 0)
        os.pread(fd, EDGE, max(0, os.fstat(fd).st_size - EDGE))
        os.close(fd)
    return []


def ours(paths: list[str], *, workers: int = 1, places_only: bool = False) -> list[str]:
    """This package; the files in which it finds a position."""
    answers = read_photos(map(Path, paths), workers=workers, places_only=places_only)
    return [answer.path for answer in answers if isinstance(answer, Photo) and answer.positions]


def exifread(paths: list[str]) -> list[str]:
    """Exifread by itself, details off."""
    import exifread as library  # noqa: PLC0415  (its import is not part of the others' memory)

    logging.disable(logging.CRITICAL)
    found = []
    for path in paths:
        with Path(path).open("rb") as file:
            try:
                tags = library.process_file(file, details=False)
            except Exception:  # noqa: BLE001  (it raises on some files)
                tags = {}
        if "GPS GPSLatitude" in tags:
            found.append(path)
    return found


def listed(paths: Iterable[str]) -> str:
    """A file that lists these paths, for programs that take one."""
    with tempfile.NamedTemporaryFile("w", suffix=".args", delete=False, encoding="utf-8") as listing:
        listing.writelines(f"{path}\n" for path in paths)
    return listing.name


def exiftool(paths: list[str]) -> list[str]:
    """Exiftool -fast with the same fields, one process for all files."""
    listing = listed(paths)
    command = ["exiftool", "-fast", "-n", "-j", "-struct", "-q", "-q", *(f"-{tag}" for tag in TAGS), "-@", listing]
    done = subprocess.run(command, capture_output=True, check=False)
    Path(listing).unlink()
    rows = json.loads(done.stdout.decode("utf-8", "replace") or "[]", strict=False)
    keys = ("GPSLatitude", "GPSCoordinates", "LocationInformation", "LocationShown", "LocationCreated")
    return [row["SourceFile"] for row in rows if any(has_place(row.get(key)) for key in keys)]


def has_place(value: object) -> bool:
    """Whether a value of exiftool's holds a position other than zero."""
    if isinstance(value, list | dict):
        return "GPSLatitude" in json.dumps(value)
    return any(float(part) for part in re.findall(r"-?\d+(?:\.\d+)?", str(value)))


def exiv2(paths: list[str]) -> list[str]:
    """exiv2's command, many files a call."""
    found: set[str] = set()
    for at in range(0, len(paths), 200):
        command = ["exiv2", "-q", "-g", "GPSLatitude", "-Pkv", *paths[at : at + 200]]
        done = subprocess.run(command, capture_output=True, check=False)
        told = done.stdout.decode("utf-8", "replace")
        found.update(path for path in paths[at : at + 200] if path in told)
    return sorted(found)


RUNS: dict[str, Callable[[list[str]], list[str]]] = {
    "floor": floor,
    "unlisted": ours,
    "unlisted, 2 processes": partial(ours, workers=2),
    "unlisted, places only": partial(ours, places_only=True),
    "exifread": exifread,
    "exiftool -fast": exiftool,
    "exiv2": exiv2,
}
OTHERS = {"exiftool -fast": "exiftool", "exiv2": "exiv2"}


def spent() -> float:
    """CPU seconds of this process and its ended children."""
    return sum(
        use.ru_utime + use.ru_stime for use in map(resource.getrusage, (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    )


def peak_mb() -> float:
    """Peak resident memory of this process alone, MB."""
    status = Path("/proc/self/status")
    told = re.search(r"VmHWM:\s+(\d+)", status.read_text()) if status.exists() else None
    return (int(told[1]) if told else resource.getrusage(resource.RUSAGE_SELF).ru_maxrss) / 1024


def child(name: str, listing: str) -> None:
    """In a fresh process: one candidate, its best time, as JSON."""
    paths = Path(listing).read_text(encoding="utf-8").splitlines()
    run = RUNS[name]
    run(paths[:2])
    best, found = float("inf"), []
    for _ in range(1 if name in OTHERS else 3):
        start = spent()
        found = run(paths)
        best = min(best, spent() - start)
    print(json.dumps({"cpu": best, "found": found, "mb": peak_mb()}))


def measure(name: str, paths: list[str]) -> dict[str, object] | None:
    """One candidate on these files; None where it is not installed."""
    if name in OTHERS and not shutil.which(OTHERS[name]):
        return None
    listing = listed(paths)
    command = [sys.executable, __file__, ".", "--child", name, listing]
    done = subprocess.run(command, capture_output=True, check=True, text=True)
    Path(listing).unlink()
    told: dict[str, object] = json.loads(done.stdout)
    return told


def version(name: str) -> str:
    """The version of a candidate, where it tells one."""
    if name == "exiftool -fast":
        return subprocess.run(["exiftool", "-ver"], capture_output=True, check=False, text=True).stdout.strip()
    if name == "exiv2":
        return (
            subprocess.run(["exiv2", "-V"], capture_output=True, check=False, text=True)
            .stdout.split("\n")[0]
            .removeprefix("exiv2 ")
        )
    return importlib.metadata.version("exifread") if name == "exifread" else ""


def show_found(folder: Path) -> None:
    """Files by format and status, and in how many each program finds a position."""
    paths = files_of(folder)
    states: dict[str, Counter[str]] = defaultdict(Counter)
    formats = {}
    for path in paths:
        photo = read_photo(path)
        formats[path] = photo.format or "other"
        states[formats[path]][photo.status] += 1
    names = [
        name
        for name in ("unlisted", "exiftool -fast", "exiv2", "exifread")
        if name not in OTHERS or shutil.which(OTHERS[name])
    ]
    places = {name: Counter(formats[path] for path in told_of(name, paths)) for name in names}
    print("files with a position\n")
    print(
        "| format | files | read | damaged | unsupported | "
        + " | ".join(f"{name} {version(name)}".strip() for name in names)
        + " |"
    )
    print("|---|" + "---|" * (4 + len(names)))
    for form, count in sorted(states.items(), key=lambda item: -item[1].total()):
        row = [
            count.total(),
            count["read"],
            count["damaged"],
            count["unsupported"],
            *(places[name][form] for name in names),
        ]
        print(f"| {form} | " + " | ".join(map(str, row)) + " |")
    print(f"| all | {len(paths)} | | | | " + " | ".join(str(places[name].total()) for name in names) + " |\n")


def told_of(name: str, paths: list[str]) -> list[str]:
    """The files in which a candidate finds a position."""
    told = measure(name, paths)
    found = told["found"] if told else []
    return found if isinstance(found, list) else []


def show_speed(folder: Path) -> None:
    """Files a second of every candidate, in one table."""
    paths = files_of(folder)
    size = sum(Path(path).stat().st_size for path in paths) / 1e6
    print(f"speed on {len(paths)} files, {size:.0f} MB, CPU\n")
    print("| candidate | files/s | with a position | peak MB | times exiftool -fast | times the floor's time |")
    print("|---|---|---|---|---|---|")
    told = {name: answer for name in RUNS if (answer := measure(name, paths)) is not None}
    rate = {name: len(paths) / max(float(str(answer["cpu"])), 1e-9) for name, answer in told.items()}
    slowest = rate.get("exiftool -fast")
    for name, answer in told.items():
        found = answer["found"]
        cells = [
            f"{rate[name]:.0f}",
            str(len(found)) if isinstance(found, list) and name != "floor" else "-",
            f"{float(str(answer['mb'])):.0f}" if name not in OTHERS else "-",
            f"{rate[name] / slowest:.1f}" if slowest else "-",
            f"{rate['floor'] / rate[name]:.1f}",
        ]
        print(f"| {name} {version(name)} | " + " | ".join(cells) + " |")
    print()


def mutate(data: bytes, chance: random.Random) -> bytes:
    """One to six wounds, mostly where the headers stand."""
    out = bytearray(data)
    for _ in range(chance.randint(1, 6)):
        if len(out) < 24:
            break
        at = chance.randrange(min(len(out) - 8, chance.choice([64, 1024, 16_384, len(out)])))
        chance.choice(WOUNDS)(out, at, chance)
    return bytes(out)


def flip(out: bytearray, at: int, chance: random.Random) -> None:
    """One byte."""
    out[at] = chance.randrange(256)


def number(out: bytearray, at: int, chance: random.Random) -> None:
    """An extreme number, or one that points here."""
    here = [at.to_bytes(4, "little"), at.to_bytes(4, "big")]
    out[at : at + 4] = chance.choice([b"\0\0\0\0", b"\xff" * 4, b"\x7f\xff\xff\xff", b"\x80\0\0\0", b"\0\0\0\1", *here])


def short(out: bytearray, at: int, chance: random.Random) -> None:
    """An extreme short number."""
    out[at : at + 2] = chance.choice([b"\xff\xff", b"\0\0", b"\0\1"])


def drop(out: bytearray, at: int, chance: random.Random) -> None:
    """Some bytes, or the rest."""
    del out[at : len(out) if chance.random() < 0.3 else at + chance.randint(1, 64)]


def repeat(out: bytearray, at: int, chance: random.Random) -> None:
    """A part again and again."""
    out[at:at] = out[at : at + chance.randint(8, 2048)] * chance.randint(1, 8)


def move(out: bytearray, at: int, chance: random.Random) -> None:
    """Eight bytes from elsewhere."""
    other = chance.randrange(len(out) - 8)
    out[at : at + 8] = out[other : other + 8]


WOUNDS = (flip, number, short, drop, repeat, move)


def campaign(folder: Path, count: int, seed: int) -> None:
    """Seeded mutations, read below the outermost net, so that a mistake of ours shows."""
    paths = [path for path in files_of(folder) if 16 < Path(path).stat().st_size < 600_000]
    chance = random.Random(seed)
    raised: Counter[str] = Counter()
    states: Counter[str] = Counter()
    slow = 0
    with tempfile.TemporaryDirectory() as scratch:
        hurt = Path(scratch) / "hurt.bin"
        for number in range(count):
            hurt.write_bytes(mutate(Path(chance.choice(paths)).read_bytes(), random.Random(seed * 1_000_003 + number)))
            start = time.perf_counter()
            states[wounded(hurt, raised)] += 1
            slow += time.perf_counter() - start > SLOW
    print(f"{count} mutations (seed {seed}): {raised.total()} raised {dict(raised)}")
    print(f"{slow} over {SLOW:.0f} s, peak {peak_mb():.0f} MB")
    print(f"states: {dict(states)}\n")


def wounded(path: Path, raised: Counter[str]) -> str:
    """The state of one damaged file; an error that is none of ours is counted."""
    found = Found()
    with Reader(path) as file:
        try:
            kind = walk(file, found)
        except NotRead:
            return "limit"
        except Exception as error:  # noqa: BLE001  (counting them is the point)
            raised[type(error).__name__] += 1
            return "raised"
    return found.photo("").status if kind else "unsupported"


def main() -> None:
    """The command."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--speed", type=Path, metavar="DIR")
    parser.add_argument("--mutate", type=int, default=0, metavar="N")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--child", nargs=2, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.child:
        child(*options.child)
        return
    show_found(options.folder)
    if options.speed:
        show_speed(options.speed)
    if options.mutate:
        campaign(options.folder, options.mutate, options.seed)


if __name__ == "__main__":
    main()
