"""Places beside short versions of what other programs do, speed, and the promise that no answer is finer than its class.

    python benchmarks/places.py --data FOLDER            hits within 100 m, all methods
    python benchmarks/places.py --speed                  CPU time and memory, 10,000 to 1,000,000 made-up points
    python benchmarks/places.py --tracks                 made-up tracks behind a hidden zone: how often the middle is found
    python benchmarks/places.py --cases 100000           places moved within their distance class: outputs that change (must be 0)

FOLDER is that of `places_fit.py`. The shipped table was made from the same people: read its figures for people left out there.
The peers follow published rules, not the programs' code. Nothing positional is printed.
"""

from __future__ import annotations

import argparse
import contextlib
import gc
import math
import random
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from pathlib import Path
from unittest import mock

import numpy as np
from places_fit import DRAWS, Row, Spot, read_labels, read_rows

from unlisted.model import Fact, Place, Subject
from unlisted.places import Point, compare, infer, summarise, summary
from unlisted.places.compare import great_circle
from unlisted.places.fewest import Cut
from unlisted.places.scene import scene
from unlisted.places.tracks import cut, recover

Guess = dict[str, Spot]
Method = Callable[[Sequence[Row]], Guess]

METRE = 1 / 111_195
MONDAY = datetime(2024, 1, 1)  # noqa: DTZ001  (naive local time)


def night(at: datetime) -> bool:
    return at.hour >= 22 or at.hour < 7


def small_hours(at: datetime) -> bool:
    return at.hour < 6


def office(at: datetime) -> bool:
    return at.weekday() < 5 and 9 <= at.hour < 17


def exact(rows: Sequence[Row]) -> list[object]:
    """Every coordinate is a place of its own."""
    return [(lat, lon) for _, lat, lon in rows]


def grid(rows: Sequence[Row]) -> list[object]:
    """Squares of 100 metres."""
    wide = math.cos(math.radians(rows[0][1]))
    return [(math.floor(lat / METRE / 100), math.floor(lon / METRE * wide / 100)) for _, lat, lon in rows]


def linked(rows: Sequence[Row]) -> list[object]:
    """Our own places, without the table."""
    view = scene([Point(lat, lon, at) for at, lat, lon in rows])
    return [] if view is None else list(view.of_point.tolist())


def rule(label: Callable[[Sequence[Row]], list[object]], when: Callable[[datetime], bool]) -> Method:
    """Home is where most rows of these hours are, work where most of office hours are."""

    def method(rows: Sequence[Row]) -> Guess:
        labels = label(rows)
        return {"home": busiest(rows, labels, when), "work": busiest(rows, labels, office)}

    return method


def busiest(rows: Sequence[Row], labels: Sequence[object], when: Callable[[datetime], bool]) -> Spot:
    """The median position of the label with most rows in these hours (of all rows where none is in them)."""
    inside = Counter(label for row, label in zip(rows, labels, strict=True) if when(row[0])) or Counter(labels)
    top = inside.most_common(1)[0][0]
    mine = [row for row, label in zip(rows, labels, strict=True) if label == top]
    return float(np.median([row[1] for row in mine])), float(np.median([row[2] for row in mine]))


def most_visited(rows: Sequence[Row]) -> Guess:
    """The most frequent coordinate is home, the second is work."""
    top = [spot for spot, _ in Counter((lat, lon) for _, lat, lon in rows).most_common(2)]
    return {"home": top[0], "work": top[-1]}


def ours(rows: Sequence[Row]) -> Guess:
    """What `infer` says."""
    places = infer([Point(lat, lon, at) for at, lat, lon in rows])
    return {place.kind: place.center for place in reversed(places) if place.kind in {"home", "work"}}


METHODS: dict[str, Method] = {
    "unlisted": ours,
    "most visited coordinate": most_visited,
    "night 22-7, coordinate (scikit-mobility)": rule(exact, night),
    "night 0-6, 100 m grid": rule(grid, small_hours),
    "night 22-7, linked places": rule(linked, night),
}


def accuracy(folder: Path) -> None:
    """Hits within 100 m in percent, by number of points."""
    labels = read_labels(folder / "labels.csv")
    for copy in ("checkins", "checkins-jitter20"):
        rows = read_rows(folder / f"{copy}.csv.gz")
        for role in ("home", "work"):
            print(
                f"\n{role}, {copy}: within 100 m, percent" + "".join(f"{f'N={size}':>8}" for size in (5, 20, 50, "all"))
            )
            for name, method in METHODS.items():
                rates = [hits(method, rows, labels[role], role, size) for size in (5, 20, 50, None)]
                print(f"  {name:42}" + "".join(f"{100 * rate:8.1f}" for rate in rates))


def hits(method: Method, rows: dict[str, list[Row]], truth: dict[str, Spot], role: str, size: int | None) -> float:
    """The share of samples whose guess is within 100 m."""
    found = []
    for user, spot in truth.items():
        for draw in range(DRAWS if size else 1):
            if size and len(rows[user]) < size:
                continue
            rng = random.Random(f"benchmark:{user}:{size}:{draw}")
            some = sorted(rng.sample(rows[user], size)) if size else rows[user]
            found.append(great_circle(method(some).get(role, (0.0, 0.0)), spot) < 100)
    return sum(found) / len(found)


def recorded(count: int) -> list[Point]:
    """A phone at open sea that records a point every few minutes: nights, days, errands, and the ways between."""
    rng = random.Random(1)
    spots = [(7 + rng.gauss(0, 4000) * METRE, -29 + rng.gauss(0, 4000) * METRE) for _ in range(40)]
    points: list[Point] = []
    at, here = MONDAY, 0
    while len(points) < count:
        asleep, working = at.hour >= 21 or at.hour < 6, at.weekday() < 5 and 8 <= at.hour < 17
        there = 0 if asleep else 1 if working else min(39, int(rng.expovariate(0.15)))
        steps = 60 if there != here else 0
        for step in range(steps + 20):
            part = min(1.0, step / steps) if steps else 1.0
            lat = spots[here][0] + (spots[there][0] - spots[here][0]) * part + rng.gauss(0, 6) * METRE
            lon = spots[here][1] + (spots[there][1] - spots[here][1]) * part + rng.gauss(0, 6) * METRE
            points.append(Point(lat, lon, at, f"phone#{len(points) + 1}", "phone"))
            at += timedelta(seconds=10 if step < steps else 60)
        at, here = at + timedelta(minutes=rng.randrange(20, 120)), there
    return points[:count]


def strewn(count: int) -> list[Point]:
    """The worst case for memory: no two points share a place."""
    rng = random.Random(1)
    times = (MONDAY + timedelta(minutes=minute) for minute in range(count))
    return [Point(7 + rng.random(), -29 + rng.random(), at, f"phone#{n}", "phone") for n, at in enumerate(times, 1)]


def speed() -> None:
    """CPU time of a warm call, least of three; then the memory of everything from points to what is shown."""
    for make in (recorded, strewn):
        for count in (10_000, 100_000, 1_000_000):
            points = make(count)
            infer(points[:1000])
            gc.collect()
            gc.freeze()
            runs = []
            for _ in range(3):
                start = time.process_time()
                infer(points)
                runs.append(time.process_time() - start)
            print(f"{make.__name__:9}{count:>9} points: {1000 * min(runs):7.0f} ms of CPU", flush=True)
            subprocess.run([sys.executable, __file__, "--memory", make.__name__, "--count", str(count)], check=True)


def memory(make: Callable[[int], list[Point]], count: int) -> None:
    """How much the peak of this process rises above the points themselves: for `infer`, and for all that follows too."""
    points = make(count)
    subject = Subject(facts=(Fact(kind="place", label="declared", lat=7.0, lon=-29.0),))
    infer(points[:1000])
    gc.collect()
    gc.freeze()
    Path("/proc/self/clear_refs").write_text("5", encoding="ascii")  # the peak starts again from here (Linux only)
    before = peak()
    places = infer(points)
    alone = peak() - before
    summarise(compare(places, subject=subject, points=points), points=points)
    print(f"{'':9}{count:>9} points: infer adds {alone:.0f} MB, the whole chain {peak() - before:.0f} MB")


def peak() -> float:
    """Largest resident memory in MB since the last reset."""
    return int(Path("/proc/self/status").read_text(encoding="ascii").split("VmHWM:")[1].split()[0]) / 1024


def tracks() -> None:
    """How often the place behind a zone is found within 100 m, by zone and number of tracks, and how often a wrong one is told."""
    rng = random.Random(5)
    print("tracks:        " + "".join(f"{count:>16}" for count in (2, 3, 5, 10, 20)))
    for radius in (200.0, 400.0, 800.0, 1600.0):
        cells = []
        for count in (2, 3, 5, 10, 20):
            found = [behind(count, radius, rng) for _ in range(100)]
            cells.append(f"{found.count(True):>6} % ({found.count(False)} % wrong)")
        print(f"zone {radius:6.0f} m  " + "".join(f"{cell:>16}" for cell in cells), flush=True)


def behind(count: int, radius: float, rng: random.Random) -> bool | None:
    """Whether the middle that such tracks show is right; None where they show none. Streets go four to ten ways from home."""
    home = (rng.uniform(-50, 50), rng.uniform(-170, 170))
    ways = [rng.uniform(0, 2 * math.pi) for _ in range(rng.randint(4, 10))]
    ends = [end for _ in range(count) for end in cut(walk(home, rng.choice(ways), rng), home, radius)]
    hidden = recover(ends)
    return None if hidden is None else great_circle(hidden.center, home) <= 100


def walk(home: Spot, way: float, rng: random.Random) -> list[Spot]:
    """From home for three kilometres, a point every 10 metres with 4 metres of noise, in a direction that drifts a little."""
    north, east, out = 0.0, 0.0, []
    for _ in range(300):
        out.append(
            (
                home[0] + (north + rng.gauss(0, 4)) * METRE,
                home[1] + (east + rng.gauss(0, 4)) * METRE / math.cos(math.radians(home[0])),
            )
        )
        way += rng.gauss(0, 0.05)
        north, east = north + 10 * math.cos(way), east + 10 * math.sin(way)
    return out


RINGS = ((0.0, 95.0), (105.0, 490.0), (510.0, 1990.0), (2010.0, 40_000.0))


def around(spot: Spot, rng: random.Random, ring: tuple[float, float]) -> Spot:
    """Somewhere in a ring around a spot."""
    far, angle = rng.uniform(*ring), rng.uniform(0, 2 * math.pi)
    east = METRE / math.cos(math.radians(spot[0]))
    return spot[0] + far * math.cos(angle) * METRE, spot[1] + far * math.sin(angle) * east


def never_finer(cases: int, seed: int, *, within: bool = True) -> int:
    """How many of so many random cases show a difference when a place moves within its distance class, or else to another one.

    Every tenth case also asks for the fewest posts to take down, which takes most of the time.
    """
    rng = random.Random(seed)
    changed = 0
    for case in range(cases):
        anchor = (rng.uniform(-50, 50), rng.uniform(-170, 170))
        times = [MONDAY + timedelta(days=rng.randrange(60), hours=rng.uniform(0, 24)) for _ in range(rng.randint(1, 6))]
        beside = [
            MONDAY + timedelta(days=rng.randrange(60), hours=rng.uniform(0, 24)) for _ in range(rng.randint(1, 6))
        ]
        subject = Subject(facts=(Fact(kind="place", label="declared", lat=anchor[0], lon=anchor[1]),))
        ring, far = rng.choice(RINGS), (anchor[0] + 2, anchor[1])
        if case and case % 10_000 == 0:
            print(f"{case} cases, {changed} changed", flush=True)
        rings = (ring, ring if within else rng.choice([other for other in RINGS if other != ring]))
        with contextlib.nullcontext() if case % 10 == 0 else mock.patch.object(summary, "fewest", nothing_to_do):
            outputs = {shown(around(anchor, rng, one), times, far, beside, subject) for one in rings}
        changed += len(outputs) > 1
    return changed


def nothing_to_do(places: Sequence[Place], points: Sequence[Point], *, zone: str | None = None) -> list[Cut]:
    """In place of `fewest`."""
    del points, zone
    return [Cut() for _ in places]


def shown(spot: Spot, times: Sequence[datetime], far: Spot, beside: Sequence[datetime], subject: Subject) -> str:
    """Everything that would be shown."""
    rows = [(spot, at) for at in times] + [(far, at) for at in beside]
    points = [Point(where[0], where[1], at, f"album#{i}", "album") for i, (where, at) in enumerate(rows, 1)]
    return repr(summarise(compare(infer(points), subject=subject, points=points), points=points))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path)
    parser.add_argument("--speed", action="store_true")
    parser.add_argument("--tracks", action="store_true")
    parser.add_argument("--cases", type=int, default=0)
    parser.add_argument("--seed", type=int, default=11, help="of the cases")
    parser.add_argument("--memory", choices=["recorded", "strewn"], help=argparse.SUPPRESS)
    parser.add_argument("--count", type=int, default=1_000_000, help=argparse.SUPPRESS)
    args = parser.parse_args()
    if args.data:
        accuracy(args.data)
    if args.memory:
        memory({"recorded": recorded, "strewn": strewn}[args.memory], args.count)
    if args.speed:
        speed()
    if args.tracks:
        tracks()
    if args.cases:
        control = never_finer(200, args.seed, within=False)
        print(f"control, moved to another distance class: {control} of 200 cases changed an output", flush=True)
        print(
            f"moved within a distance class: {never_finer(args.cases, args.seed)} of {args.cases} cases changed an output"
        )


if __name__ == "__main__":
    main()
