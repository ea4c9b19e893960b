"""Make the table of numbers by which `unlisted.places` tells home from work, and show how good it is on people it has not seen.

    python benchmarks/places_fit.py --data FOLDER                 cross-validation by person only
    python benchmarks/places_fit.py --data FOLDER --write         the same, then the table from everybody

FOLDER holds `checkins.csv.gz` and `checkins-jitter20.csv.gz` (user, at, lat, lon), `labels.csv` (user, kind, lat, lon) and
`home-hidden.csv.gz` (people whose posts from home were taken away). Aggregate figures only are printed. numpy only.

Work is told by a weighted sum of features, home by the mean of three sets of small trees (see `places_learn.py`); each was the best
of what was tried, in folds by person. The curve of certainty is fitted to what was said of people who were left out, over samples
of 20, 50, 100 and all points; it is judged on people who were left out of the curve as well.
"""

from __future__ import annotations

import argparse
import csv
import gzip
import json
import random
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import numpy as np
import numpy.typing as npt
from places_learn import Rows, boosted, linear, logistic

from unlisted.places import Point
from unlisted.places.cluster import metres
from unlisted.places.features import NAMES, table
from unlisted.places.model import AREA_FROM, AREA_MOST, KNOTS, NEVER, ROLES, Linear, Voice, chances, log_odds, terms_of
from unlisted.places.scene import scene

Floats = npt.NDArray[np.float64]
Row = tuple[datetime, float, float]
Spot = tuple[float, float]

HIT = 100.0
SIZES = (10, 20, 50, 100, None)
JUDGED = (20, 50, 100, None)
FOLDS = 5
DRAWS = 3
"""Samples of each person and number of points in the tables that stand beside other methods."""

LEARNED = {10: 4, 20: 8, 50: 8, 100: 6, None: 1}
"""Samples of each person to learn from, by number of points."""

TABLE = Path(__file__).resolve().parent.parent / "src" / "unlisted" / "places" / "model.json"

WORK_MIX = 0.5
DOUBT = 1.0
"""Made-up people that hold the curve of certainty back."""

PLAIN = 36
"""So many features, the first, go into weighted sums: with the others these do no better."""

SETS = 3
"""Sets of trees."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """One sample of one person: features of the places, the place that has each role (-1: none), hits within 100 m."""

    user: str
    size: int | None
    copy: str
    values: Floats
    total: int
    truth: dict[str, int]
    hits: dict[str, npt.NDArray[np.bool_]]


def read_rows(path: Path) -> dict[str, list[Row]]:
    """Time-ordered rows by person."""
    rows: dict[str, list[Row]] = defaultdict(list)
    with gzip.open(path, "rt", newline="") as handle:
        for row in csv.DictReader(handle):
            rows[row["user"]].append((datetime.fromisoformat(row["at"]), float(row["lat"]), float(row["lon"])))
    return {user: sorted(found) for user, found in rows.items()}


def read_labels(path: Path) -> dict[str, dict[str, Spot]]:
    """Labelled positions: role, then person."""
    labels: dict[str, dict[str, Spot]] = defaultdict(dict)
    with path.open(newline="") as handle:
        for row in csv.DictReader(handle):
            labels[row["kind"]][row["user"]] = (float(row["lat"]), float(row["lon"]))
    return labels


def case_of(user: str, size: int | None, copy: str, rows: Sequence[Row], spots: dict[str, Spot]) -> Case:
    """Features and truth of one sample."""
    view = scene([Point(lat, lon, at) for at, lat, lon in rows])
    if view is None:
        raise SystemExit("a sample without a usable point")
    known = table(view.votes, view.born)
    lat, lon = view.lat[known.places], view.lon[known.places]
    apart = {role: metres(lat, lon, np.array(at[0]), np.array(at[1])) for role, at in spots.items()}
    truth = {role: int(far.argmin()) if far.min() < HIT else -1 for role, far in apart.items()}
    hits = {role: far < HIT for role, far in apart.items()}
    return Case(user=user, size=size, copy=copy, values=known.values, total=known.total, truth=truth, hits=hits)


def cases(folder: Path, labels: dict[str, dict[str, Spot]]) -> Iterator[Case]:
    """Samples of every labelled person, of both copies of the data."""
    for copy, name in (("exact", "checkins.csv.gz"), ("jitter20", "checkins-jitter20.csv.gz")):
        rows = read_rows(folder / name)
        for user in sorted({user for role in ROLES for user in labels[role]}):
            spots = {role: labels[role][user] for role in ROLES if user in labels[role]}
            for size, draw in ((wanted, draw) for wanted in SIZES for draw in range(LEARNED[wanted])):
                if size is None:
                    yield case_of(user, None, copy, rows[user], spots)
                elif size <= len(rows[user]):
                    some = sorted(random.Random(f"fit:{user}:{size}:{draw}").sample(rows[user], size))
                    yield case_of(user, size, copy, some, spots)


def hidden(folder: Path, labels: dict[str, dict[str, Spot]]) -> list[Case]:
    """People whose home was taken away: all that is left, and samples of it."""
    out = []
    for user, rows in read_rows(folder / "home-hidden.csv.gz").items():
        for size in (size for size in JUDGED if len(rows) >= (size or 1)):
            some = sorted(random.Random(f"hidden:{user}:{size}").sample(rows, size or len(rows)))
            out.append(case_of(user, size, "hidden", some, {"home": labels["home"][user]}))
    return out


def rows_of(some: Sequence[Case], role: str) -> Rows:
    """Samples as one block to learn from; all samples of one person, size and copy weigh one together."""
    same = Counter((case.user, case.size, case.copy) for case in some)
    people = {user: number for number, user in enumerate(dict.fromkeys(case.user for case in some))}
    return Rows(
        values=np.concatenate([case.values for case in some]),
        size=np.array([len(case.values) for case in some]),
        truth=np.array([case.truth[role] for case in some]),
        total=np.array([case.total for case in some], np.float64),
        weight=np.array([1 / same[case.user, case.size, case.copy] for case in some]),
        person=np.array([people[case.user] for case in some]),
    )


def fit(some: Sequence[Case], role: str) -> tuple[Voice, ...]:
    """The voices of a role."""
    rows = rows_of(some, role)
    if role == "work":
        return (linear(rows, np.arange(PLAIN), WORK_MIX),)
    return tuple(boosted(rows, seed) for seed in range(SETS))


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """What was said of one held-out case: the chance of the best place, and whether it was right."""

    user: str
    size: int | None
    copy: str
    odds: float
    terms: Floats
    hit: bool


def told(voices: Sequence[Voice], case: Case, role: str) -> Told:
    """Ask what was fitted."""
    said = chances(voices, case.values, case.total)[:-1]
    best = int(said.argmax())
    return Told(
        user=case.user,
        size=case.size,
        copy=case.copy,
        odds=log_odds(float(said[best])),
        terms=terms_of(said, case.total),
        hit=bool(case.hits[role][best]),
    )


def held_out(every: Sequence[Case], gone: Sequence[Case], role: str, seeds: int) -> list[Told]:
    """Cross-validation by person."""
    users = sorted({case.user for case in every if role in case.truth})
    out = []
    for seed in range(seeds):
        random.Random(seed).shuffle(users)
        for fold in range(FOLDS):
            away = set(users[fold::FOLDS])
            model = fit([case for case in every if role in case.truth and case.user not in away], role)
            out += [told(model, case, role) for case in (*every, *gone) if role in case.truth and case.user in away]
    return out


def curve_of(said: Sequence[Told]) -> Floats:
    """The share that was right around each knot, pooled so that more chance never means less certainty.

    People count, not cases: each person's cases weigh one in sum. Made-up people (`DOUBT`), right as often as the chance says but
    never more than half of the time, hold every knot back: one that rests on a handful of people would promise too much.
    """
    kept = [item for item in said if item.size in JUDGED and item.copy != "hidden"]
    odds, hit = np.array([item.odds for item in kept]), np.array([float(item.hit) for item in kept])
    cases_of = Counter(item.user for item in kept)
    people = np.array([1 / cases_of[item.user] for item in kept])
    hats = np.array([np.interp(odds, KNOTS, row) for row in np.eye(len(KNOTS))]) * people
    weight, doubt = hats.sum(axis=1) + DOUBT, DOUBT * np.minimum(0.5, 1 / (1 + np.exp(-np.array(KNOTS))))
    pools = [(share, w, 1) for share, w in zip((hats @ hit + doubt) / weight, weight, strict=True)]
    done: list[tuple[float, float, int]] = []
    for pool in pools:
        done.append(pool)
        while len(done) > 1 and done[-2][0] > done[-1][0]:
            (a, wa, na), (b, wb, nb) = done[-2:]
            done[-2:] = [((a * wa + b * wb) / (wa + wb), wa + wb, na + nb)]
    return np.concatenate([np.full(count, share) for share, _, count in done])


def area_of(said: Sequence[Told]) -> Floats:
    """Weights that tell a home that was never posted from one that was, all points of the same people on both sides."""
    both = [item for item in said if item.copy in {"hidden", "exact"} and item.size in JUDGED]
    rows, truth = np.array([item.terms for item in both]), np.array([float(item.copy == "hidden") for item in both])
    weight = np.where(truth > 0, 0.5 / max(1, truth.sum()), 0.5 / max(1, (1 - truth).sum()))
    return logistic(rows, truth, weight, np.full(rows.shape[1], 1e-4))


def show(role: str, said: Sequence[Told], curve: Floats, area: Floats) -> None:
    """Hits, calibration, and what is said of a home that was never posted."""
    for copy in ("exact", "jitter20"):
        rates = [(size, np.mean([t.hit for t in said if t.copy == copy and t.size == size])) for size in SIZES]
        print(
            f"{role:5} {copy:9} hit@100 m  " + "  ".join(f"N={size or 'all'} {100 * rate:.1f}" for size, rate in rates)
        )
    kept = [item for item in said if item.size in JUDGED and item.copy != "hidden"]
    calibration("the curve's own people", np.array([certainty(item, curve, area) for item in kept]), kept)
    calibration("people left out of the curve", left_out(said, kept, with_area=len(area) > 1), kept)
    sure = np.array([certainty(item, curve, area) for item in kept])
    without = np.array([certainty(item, curve, area) for item in said if item.copy == "hidden" and item.size is None])
    if len(without):
        for name, values in (("never posted", without), ("posted", sure)):
            print(
                f"      home {name}: "
                + "  ".join(f">={edge}: {100 * (values >= edge).mean():.0f} %" for edge in (0.3, 0.6, 0.8))
            )


def calibration(name: str, sure: Floats, kept: Sequence[Told]) -> None:
    """How far certainty is from the share that was right, and how often the surest were right."""
    hit = np.array([item.hit for item in kept])
    edges = (0.0, 0.2, 0.4, 0.6, 0.8, 0.9, 1.01)
    bins = np.digitize(sure, edges)
    gaps = [abs(float(sure[bins == b].sum() - hit[bins == b].sum())) for b in range(1, len(edges))]
    top = hit[sure >= 0.9]
    right = f"{percent(top)} right (n={len(top)} of {len(sure)})"
    print(f"      {name}: ECE {sum(gaps) / len(sure):.3f}; at 0.9 and above {right}")


def left_out(said: Sequence[Told], kept: Sequence[Told], *, with_area: bool) -> Floats:
    """Certainty from curves that were fitted without the person."""
    users = sorted({item.user for item in said})
    part = {user: number % FOLDS for number, user in enumerate(users)}
    by: list[tuple[Floats, Floats]] = []
    for fold in range(FOLDS):
        rest = [item for item in said if part[item.user] != fold]
        by.append((curve_of(rest), area_of(rest) if with_area else np.zeros(1)))
    return np.array([certainty(item, *by[part[item.user]]) for item in kept])


def show_area(said: Sequence[Told], area: Floats) -> None:
    """How often "an area, not an address" is said where home was never posted, and where it was."""
    for name, some in (
        ("never posted", [item for item in said if item.copy == "hidden" and item.size is None]),
        ("posted, all points", [item for item in said if item.copy == "exact" and item.size is None]),
    ):
        flagged = np.array([item.terms @ area > AREA_FROM for item in some])
        hit = np.array([item.hit for item in some])
        rates = f"right where flagged {percent(hit[flagged])}, where not {percent(hit[~flagged])}"
        print(f"      area: {name}: {100 * flagged.mean():.0f} % flagged; {rates}")


def percent(hits: npt.NDArray[np.bool_]) -> str:
    """A share in words."""
    return f"{100 * hits.mean():.0f} %" if len(hits) else "(none)"


def certainty(item: Told, curve: Floats, area: Floats) -> float:
    """As `model.Role.certainty`, with the ceiling that a mere area has."""
    sure = float(np.interp(item.odds, KNOTS, curve))
    return min(sure, AREA_MOST) if len(area) > 1 and item.terms @ area > AREA_FROM else sure


def numbers(voice: Voice) -> dict[str, object]:
    """A voice as JSON."""
    if isinstance(voice, Linear):
        names = ("mean", "scale", "weights", "none")
        return {"columns": voice.columns.tolist(), **{name: rounded(getattr(voice, name)) for name in names}}
    above = np.where(np.isfinite(voice.above), voice.above, NEVER)
    return {
        "columns": voice.columns.tolist(),
        "above": [rounded(row) for row in above],
        "leaves": [rounded(row) for row in voice.leaves],
        "none": round(voice.none, 5),
    }


def rounded(values: Sequence[float] | Floats) -> list[float]:
    """Five digits are plenty."""
    return [round(float(value), 5) for value in values]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--write", action="store_true")
    parser.add_argument("--seeds", type=int, default=3)
    args = parser.parse_args()
    labels = read_labels(args.data / "labels.csv")
    made = judged(list(cases(args.data, labels)), hidden(args.data, labels), args.seeds, write=args.write)
    if args.write:
        TABLE.write_text(json.dumps(made, separators=(",", ":")) + "\n", encoding="utf-8")


def judged(every: Sequence[Case], gone: Sequence[Case], seeds: int, *, write: bool) -> dict[str, object]:
    """Print what left-out people show of each role; the whole table, fitted to everybody, where it is to be written."""
    out: dict[str, object] = {"features": list(NAMES)}
    for role in ROLES:
        said = held_out(every, gone, role, seeds)
        curve = curve_of(said)
        area = area_of(said) if role == "home" else np.zeros(1)
        show(role, said, curve, area)
        if write:
            voices = fit([case for case in every if role in case.truth], role)
            out[role] = {"voices": [numbers(voice) for voice in voices], "curve": rounded(curve)}
        if role == "home":
            show_area(said, area)
            out["area"] = rounded(area)
    return out


if __name__ == "__main__":
    main()
