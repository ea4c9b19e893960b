"""Reading photos, measured in one run: what is found beside other programs, how fast, and a campaign of damaged files.

    python benchmarks/photos.py FOLDER                    what is found, by format, beside exiftool, exiv2 and exifread
    python benchmarks/photos.py FOLDER --speed DIR        also files a second on DIR, beside the same and the floor
    python benchmarks/photos.py FOLDER --mutate 100000    also seeded mutations: what raises, is slow, or needs memory
    python benchmarks/photos.py FOLDER --many 100000      also the command on a folder of so many files: time and memory
    python benchmarks/photos.py FOLDER --look             also small pictures compared by their look, and made cuts

The floor is reading both ends of each file. Programs that are not installed are left out. Every candidate runs in a fresh process
on the same files; imports are not counted; CPU seconds include child processes, best of three (other programs: once). FOLDER may
hold real people's photos: only counts are printed.
"""

from __future__ import annotations

import argparse
import importlib.metadata
import io
import json
import logging
import os
import random
import re
import resource
import shutil
import struct
import subprocess
import sys
import tempfile
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable
from functools import partial
from pathlib import Path
from typing import Any

from photo_wounds import mutate

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
    if name in OTHERS:
        done = subprocess.run(
            [OTHERS[name], "-ver" if name != "exiv2" else "-V"], capture_output=True, check=False, text=True
        )
        return done.stdout.split("\n")[0].removeprefix("exiv2 ").strip()
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
            start = time.process_time()  # a busy machine takes no CPU from a file
            states[wounded(hurt, raised)] += 1
            slow += time.process_time() - start > SLOW
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


RUN = """
import resource, sys
from pathlib import Path
from unlisted.cli import main
main(["photos", sys.argv[1]])
cpu = sum(use.ru_utime + use.ru_stime for use in map(resource.getrusage, (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)))
status = Path("/proc/self/status")
peak = [line.split()[1] for line in status.read_text().splitlines() if line.startswith("VmHWM")] if status.exists() else []
print(f"{cpu:.0f} s CPU, peak {int(peak[0]) // 1024 if peak else '?'} MB", file=sys.stderr)
"""
"""The command in a process of its own, which then tells its peak memory."""


def many(folder: Path, count: int) -> None:
    """The command on a folder of `count` files (links to the small ones of FOLDER), its time and peak memory."""
    paths = [path for path in files_of(folder) if 16 < Path(path).stat().st_size < 200_000]
    with tempfile.TemporaryDirectory() as scratch:
        for number in range(count):
            source = Path(paths[number % len(paths)])
            target = Path(scratch) / f"{number // 1000:04}" / f"{number:06}.jpg"
            target.parent.mkdir(exist_ok=True)
            try:
                os.link(source, target)
            except OSError:  # another disk
                shutil.copyfile(source, target)
        start = time.perf_counter()
        with tempfile.TemporaryFile() as out:
            done = subprocess.run([sys.executable, "-c", RUN, scratch], stdout=out, stderr=subprocess.PIPE, check=True)
            out.seek(0)
            told = next(line for line in out if b"files read" in line).decode()
    print(
        f"a folder of {count} files: {told.split('.')[0]}; {time.perf_counter() - start:.0f} s, {done.stderr.decode()}\n"
    )


def show_look(folder: Path, cuts: int = 60) -> None:
    """What the look says of real small pictures, and of cuts made of real photos that keep their shape."""
    from PIL import Image  # noqa: PLC0415  (the `images` extra)

    verdicts: Counter[str] = Counter()
    start = spent()
    for path in files_of(folder):
        small = read_photo(path, decode=True).thumbnail
        if small is not None:
            verdicts[{True: "more", False: "no more", None: "not known"}[small.shows_more]] += 1
    print(f"small pictures by shape and look: {dict(verdicts)}, {spent() - start:.1f} s CPU")
    chance, seen, made = random.Random(1), 0, 0
    with tempfile.TemporaryDirectory() as scratch:
        for path in chance.sample(paths := files_of(folder), len(paths)):
            try:
                with Image.open(path, formats=["JPEG"]) as opened:
                    picture = opened.convert("RGB")
            except (OSError, ValueError, Image.DecompressionBombError):
                continue
            if min(picture.size) < 300 or made >= cuts:
                continue
            made += 1
            seen += cut_seen(picture, Path(scratch) / "cut.jpg", chance)
    print(f"made cuts that keep the shape: seen {seen} of {made}\n")


def cut_seen(picture: Any, path: Path, chance: random.Random) -> bool:
    """Whether a cut of this picture, which keeps the small picture of the whole, is seen."""
    small = io.BytesIO()
    whole = picture.copy()
    whole.thumbnail((160, 160))
    whole.save(small, "JPEG", quality=70)
    part = chance.uniform(0.4, 0.9)
    size = [round(side * part) for side in picture.size]
    left, top = (chance.randrange(side - cut + 1) for side, cut in zip(picture.size, size, strict=True))
    block = b"II*\0" + struct.pack("<IHI", 8, 0, 14) + directory_of(small.getvalue())
    picture.crop((left, top, left + size[0], top + size[1])).save(path, "JPEG", exif=b"Exif\0\0" + block)
    told = read_photo(path, decode=True).thumbnail
    return bool(told and told.shows_more)


def directory_of(small: bytes) -> bytes:
    """A second directory, at offset 14, with this thumbnail."""
    rows = struct.pack("<HHII", 0x201, 4, 1, 14 + 2 + 24 + 4) + struct.pack("<HHII", 0x202, 4, 1, len(small))
    return struct.pack("<H", 2) + rows + struct.pack("<I", 0) + small


def main() -> None:
    """The command."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--speed", type=Path, metavar="DIR")
    parser.add_argument("--mutate", type=int, default=0, metavar="N")
    parser.add_argument("--many", type=int, default=0, metavar="N")
    parser.add_argument("--look", action="store_true")
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
    if options.many:
        many(options.folder, options.many)
    if options.look:
        show_look(options.folder)


if __name__ == "__main__":
    main()
