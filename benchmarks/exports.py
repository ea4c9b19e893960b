"""How long a large export takes and how much memory: a million places, a hundred thousand posts, a million points of tracks.

    python benchmarks/exports.py [places|posts|tracks] [--count N] [--seed 1]

Makes the export of nobody (random positions at sea, random words) in a temporary folder. Reads it as an audit does, and then runs
a whole audit with all its places, each in a process of its own, so that the memory is that of one source. Prints CPU and wall
seconds, the largest memory of the process, and the number of steps of progress. Exit code 1 where a target is missed: 60 s, 500 MB.
"""

from __future__ import annotations

import argparse
import json
import random
import resource
import subprocess
import sys
import tempfile
import time
import zipfile
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

from unlisted.audit import Progress, audit
from unlisted.audit.exported import read_export, read_tracks
from unlisted.audit.lens import lens
from unlisted.audit.observed import Observed
from unlisted.audit.tools import Tools
from unlisted.data.loader import directories
from unlisted.model import Fact, Source, SourceKind, Subject
from unlisted.sources.fetch import Fetcher

SECONDS, MEGABYTES = 60.0, 500.0
"""Targets, for a whole audit."""

COUNTS = {"places": 1_000_000, "posts": 100_000, "tracks": 1_000_000}
START = datetime(2015, 1, 1, tzinfo=UTC)
HOME = Fact(
    kind="address",
    label="home",
    street="27 Larch Row",
    town="Marrow Bay",
    state="ME",
    postcode="04000",
    lat=43.5,
    lon=-40.5,
)
FACTS = (
    HOME,
    Fact(kind="phone", label="mobile", value="+1 207 555 0199"),
    Fact(kind="name", label="name", value="Odile Varnholt"),
)
WORDS = (
    "the",
    "a",
    "today",
    "walk",
    "coffee",
    "rain",
    "train",
    "book",
    "home",
    "dog",
    "and",
    "for",
    "I",
    "my",
    "we",
    "very",
    "July",
)


def places(count: int, rng: random.Random) -> Iterator[bytes]:
    """Records.json of Google Takeout, a row a minute."""
    yield b'{"locations": ['
    for number in range(count):
        row = {
            "latitudeE7": round((43 + rng.random()) * 1e7),
            "longitudeE7": round((-41 + rng.random()) * 1e7),
            "accuracy": rng.randrange(5, 200),
            "source": "WIFI",
            "deviceTag": 123456789,
            "timestamp": (START + timedelta(minutes=number)).isoformat().replace("+00:00", "Z"),
            "activity": [{"activity": [{"type": "STILL", "confidence": 100}], "timestamp": "2015-01-01T00:00:00.123Z"}],
        }
        yield (", " if number else "").encode() + json.dumps(row, indent=1).encode()
    yield b"]}"


def posts(count: int, rng: random.Random) -> Iterator[bytes]:
    """tweets.js of an X archive, about 130 characters a post."""
    yield b"window.YTD.tweets.part0 = ["
    for number in range(count):
        text = " ".join(rng.choices(WORDS, k=24)) + "."
        at = (START + timedelta(hours=number)).strftime("%a %b %d %H:%M:%S +0000 %Y")
        row = {"tweet": {"id_str": str(number), "created_at": at, "full_text": text, "lang": "en", "retweeted": False}}
        yield (", " if number else "").encode() + json.dumps(row, indent=1).encode()
    yield b"]"


def track(count: int, rng: random.Random) -> Iterator[bytes]:
    """One GPX track of a thousand points."""
    yield b"<gpx><trk><trkseg>"
    lat, lon, start = (
        43.5 + rng.random() / 10,
        -40.5 + rng.random() / 10,
        START + timedelta(hours=rng.randrange(50_000)),
    )
    for number in range(count):
        lat, lon = lat + rng.gauss(0, 1e-4), lon + rng.gauss(0, 1e-4)
        at = (start + timedelta(seconds=3 * number)).strftime("%Y-%m-%dT%H:%M:%SZ")
        yield f'<trkpt lat="{lat:.7f}" lon="{lon:.7f}"><ele>12.4</ele><time>{at}</time></trkpt>\n'.encode()
    yield b"</trkseg></trk></gpx>"


def written(kind: str, count: int, folder: Path, seed: int) -> Path:
    """An export of this kind as a ZIP archive."""
    rng = random.Random(seed)
    path = folder / "export.zip"
    names = {"places": "Takeout/Location History/Records.json", "posts": "data/tweets.js"}
    make: dict[str, Callable[[int, random.Random], Iterator[bytes]]] = {"places": places, "posts": posts}
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        if kind == "tracks":
            for number in range(count // 1000):
                archive.writestr(f"{number}.gpx", b"".join(track(1000, rng)))
            return path
        with archive.open(names[kind], "w", force_zip64=True) as file:
            for piece in make[kind](count, rng):
                file.write(piece)
    return path


def subject_of(kind: str, path: Path) -> Subject:
    """Somebody whose only source is this export."""
    source = Source(label="it", kind=SourceKind.TRACKS if kind == "tracks" else SourceKind.EXPORT, path=str(path))
    return Subject(facts=FACTS, sources=(source,))


def source_alone(subject: Subject, fetcher: Fetcher, progress: Progress) -> str:
    """Reading and matching, without places."""
    seen, (source,) = Observed(), subject.sources
    tools = Tools(lens=lens(subject), register=directories(), fetcher=fetcher, now=START, progress=progress)
    (read_tracks if source.kind is SourceKind.TRACKS else read_export)(source, tools, seen)
    return f"{len(seen.points):9,} points  {len(seen.mentions):7,} mentions"


def whole_audit(subject: Subject, fetcher: Fetcher, progress: Progress) -> str:
    """The one call behind every face."""
    result = audit(subject, now=START, rng=random.Random(1), fetcher=fetcher, progress=progress)
    return f"{len(result.places):9,} places  {len(result.findings):7,} findings"


STAGES = {"source": source_alone, "audit": whole_audit}


def measured(kind: str, stage: str, path: Path) -> int:
    """Run one stage and print its figures. Exit code."""
    steps: list[tuple[str, int, int]] = []
    with Fetcher() as fetcher:
        cpu, wall = time.process_time(), time.perf_counter()
        words = STAGES[stage](subject_of(kind, path), fetcher, lambda *step: steps.append(step))
        cpu, wall = time.process_time() - cpu, time.perf_counter() - wall
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(
        f"{kind:7} {stage:6} {path.stat().st_size / 1e6:6.0f} MB packed  {words}  cpu {cpu:5.1f} s"
        f"  wall {wall:5.1f} s  memory {most:4.0f} MB  progress {len(steps)} steps"
    )
    return int(cpu > SECONDS or most > MEGABYTES)


def main() -> int:
    """Each kind and stage in a process of its own."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("kind", nargs="?", choices=sorted(COUNTS))
    parser.add_argument("--count", type=int)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--path", type=Path, help=argparse.SUPPRESS)
    parser.add_argument("--stage", choices=sorted(STAGES), help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.path:
        return measured(options.kind, options.stage, options.path)
    missed = 0
    for kind in [options.kind] if options.kind else sorted(COUNTS):
        with tempfile.TemporaryDirectory() as folder:
            path = written(kind, options.count or COUNTS[kind], Path(folder), options.seed)
            for stage in STAGES:
                command = [sys.executable, __file__, kind, "--path", str(path), "--stage", stage]
                missed |= subprocess.run(command, check=False).returncode
    return missed


if __name__ == "__main__":
    sys.exit(main())
