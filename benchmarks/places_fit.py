"""Make the table of numbers by which `unlisted.places` tells home from work, and show how good it is on people it has not seen.

    python benchmarks/places_fit.py --data FOLDER                 cross-validation by person only
    python benchmarks/places_fit.py --data FOLDER --write         the same, then the table from everybody

FOLDER holds `checkins.csv.gz` and `checkins-jitter20.csv.gz` (user, at, lat, lon), `labels.csv` (user, kind, lat, lon) and
`home-hidden.csv.gz` (people whose posts from home were taken away). Aggregate figures only are printed. numpy only.

The score of a place is the mean of two linear models: one asks "is this place the home" of each place alone, the other "which of
these is the home" of all places of a person at once, with "none of them" as one more answer. The curve of certainty is fitted to
what the models said of people who were left out, over samples of 20, 50, 100 and all points.
"""

from __future__ import annotations

import argparse
import csv
import gzip
import json
import random
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import numpy as np
import numpy.typing as npt

from unlisted.places import Point
from unlisted.places.cluster import metres
from unlisted.places.features import NAMES, table
from unlisted.places.model import AREA_FROM, AREA_MOST, CLIP, KNOTS, MUCH, ROLES, log_odds, terms_of
from unlisted.places.scene import scene

Floats = npt.NDArray[np.float64]
Row = tuple[datetime, float, float]
Spot = tuple[float, float]

HIT = 100.0
SIZES = (10, 20, 50, 100, None)
JUDGED = (20, 50, 100, None)
FOLDS = 5
DRAWS = 3
TABLE = Path(__file__).resolve().parent.parent / "src" / "unlisted" / "places" / "model.json"

ALONE = 0.003
TOGETHER = 0.01
MIX = {"home": 0.15, "work": 0.5}
"""Penalties of the two models, and the weight of the second."""


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


@dataclass(frozen=True, slots=True, kw_only=True)
class Fit:
    """Scaling, weights and the score of "none" of one role."""

    mean: Floats
    scale: Floats
    weights: Floats
    none: tuple[float, float]

    def chances(self, case: Case) -> Floats:
        """As `model.Role.chances` reads them."""
        scores = np.clip((case.values - self.mean) / self.scale, -CLIP, CLIP) @ self.weights
        scores = np.append(scores, self.none[0] + self.none[1] * much(case))
        weights = np.exp(scores - scores.max())
        shares: Floats = weights / weights.sum()
        return shares


def much(case: Case) -> float:
    """How much there is to go by."""
    return float(np.log1p(min(case.total, MUCH)))


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
            for size, draw in ((wanted, draw) for wanted in SIZES for draw in range(DRAWS if wanted else 1)):
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


def newton(start: Floats, look: Callable[[Floats], tuple[float, Floats, Floats]], rounds: int = 40) -> Floats:
    """Climb a concave function; `look` gives value, gradient and the negative of the Hessian."""
    at = start
    for _ in range(rounds):
        value, gradient, curve = look(at)
        step, part = np.linalg.solve(curve, gradient), 1.0
        while look(at + part * step)[0] < value and part > 1e-4:
            part /= 2
        at = at + part * step
        if part * np.abs(step).max() < 1e-4:
            break
    return at


def logistic(rows: Floats, truth: Floats, weight: Floats, penalty: Floats) -> Floats:
    """Weights of a logistic regression."""

    def look(at: Floats) -> tuple[float, Floats, Floats]:
        score = np.clip(rows @ at, -30, 30)
        p = 1 / (1 + np.exp(-score))
        value = float(weight @ (truth * score - np.logaddexp(0, score)) - penalty @ (at * at) / 2)
        curve = (rows * (weight * p * (1 - p))[:, None]).T @ rows + np.diag(penalty + 1e-9)
        return value, rows.T @ (weight * (truth - p)) - penalty * at, curve

    return newton(np.zeros(rows.shape[1]), look)


def choice(rows: Floats, start: npt.NDArray[np.int64], chosen: npt.NDArray[np.int64], penalty: Floats) -> Floats:
    """Weights of a conditional logit: one of each block of rows (beginning at `start`) is chosen."""
    sizes, count = np.diff(start, append=len(rows)), len(start)

    def look(at: Floats) -> tuple[float, Floats, Floats]:
        score = rows @ at
        top = np.maximum.reduceat(score, start)
        p = np.exp(score - np.repeat(top, sizes))
        total = np.add.reduceat(p, start)
        p /= np.repeat(total, sizes)
        value = float((score[chosen] - top - np.log(total)).mean() - penalty @ (at * at) / 2)
        mean = np.add.reduceat(p[:, None] * rows, start, axis=0)
        curve = (rows * p[:, None]).T @ rows / count - mean.T @ mean / count + np.diag(penalty)
        return value, (rows[chosen] - mean).mean(axis=0) - penalty * at, curve

    return newton(np.zeros(rows.shape[1]), look)


def fit(some: Sequence[Case], role: str) -> Fit:
    """The weighted mean of both models, as one table."""
    every = np.concatenate([case.values for case in some])
    mean, scale = every.mean(axis=0), every.std(axis=0) + 1e-6
    scaled = [np.clip((case.values - mean) / scale, -CLIP, CLIP) for case in some]
    alone, together = _alone(some, scaled, role), _together(some, scaled, role)
    both = (1 - MIX[role]) * alone + MIX[role] * together
    return Fit(mean=mean, scale=scale, weights=both[:-2], none=(float(both[-2]), float(both[-1])))


def _alone(some: Sequence[Case], scaled: Sequence[Floats], role: str) -> Floats:
    rows = np.concatenate(
        [np.column_stack([x, np.ones(len(x)), np.full(len(x), much(c))]) for x, c in zip(scaled, some, strict=True)]
    )
    truth = np.concatenate([np.arange(len(x)) == case.truth[role] for x, case in zip(scaled, some, strict=True)])
    penalty = np.append(np.full(len(NAMES), ALONE), [1e-4, 1e-4])
    found = logistic(rows, truth.astype(np.float64), np.full(len(rows), 1 / len(some)), penalty)
    return np.append(found[:-2], -found[-2:])  # what lowers every place raises "none"


def _together(some: Sequence[Case], scaled: Sequence[Floats], role: str) -> Floats:
    rows, start, chosen, at = [], [], [], 0
    for x, case in zip(scaled, some, strict=True):
        block = np.zeros((len(x) + 1, len(NAMES) + 2))
        block[:-1, :-2], block[-1, -2:] = x, (1, much(case))
        truth = case.truth[role]
        rows.append(block)
        start.append(at)
        chosen.append(at + (truth if truth >= 0 else len(x)))
        at += len(block)
    penalty = np.append(np.full(len(NAMES), TOGETHER), [1e-3, 1e-3])
    return choice(np.concatenate(rows), np.array(start), np.array(chosen), penalty)


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """What was said of one held-out case: the chance of the best place, and whether it was right."""

    size: int | None
    copy: str
    odds: float
    terms: Floats
    hit: bool


def told(model: Fit, case: Case, role: str) -> Told:
    """Ask a fitted table."""
    chances = model.chances(case)[:-1]
    best = int(chances.argmax())
    return Told(
        size=case.size,
        copy=case.copy,
        odds=log_odds(float(chances[best])),
        terms=terms_of(chances, case.total),
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
    """The share that was right around each knot, pooled so that more chance never means less certainty."""
    judged = [item for item in said if item.size in JUDGED and item.copy != "hidden"]
    odds, hit = np.array([item.odds for item in judged]), np.array([float(item.hit) for item in judged])
    hats = np.array([np.interp(odds, KNOTS, row) for row in np.eye(len(KNOTS))])
    weight = hats.sum(axis=1)
    pools = [(share, w, 1) for share, w in zip((hats @ hit) / np.maximum(weight, 1e-9), weight, strict=True)]
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
    sure, hit = np.array([certainty(item, curve, area) for item in kept]), np.array([item.hit for item in kept])
    edges = (0.0, 0.2, 0.4, 0.6, 0.8, 0.9, 1.01)
    bins = np.digitize(sure, edges)
    gaps = [abs(float(sure[bins == b].sum() - hit[bins == b].sum())) for b in range(1, len(edges))]
    top = hit[sure >= 0.9]
    right = f"{100 * top.mean():.1f} % right of {len(top)}" if len(top) else "none"
    print(f"      ECE {sum(gaps) / len(sure):.3f}; at 0.9 and above: {right} (n={len(sure)})")
    without = np.array([certainty(item, curve, area) for item in said if item.copy == "hidden" and item.size is None])
    if len(without):
        for name, values in (("never posted", without), ("posted", sure)):
            print(
                f"      home {name}: "
                + "  ".join(f">={edge}: {100 * (values >= edge).mean():.0f} %" for edge in (0.3, 0.6, 0.8))
            )


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
    every, gone = list(cases(args.data, labels)), hidden(args.data, labels)
    out: dict[str, object] = {"features": list(NAMES)}
    for role in ROLES:
        said = held_out(every, gone, role, args.seeds)
        curve = curve_of(said)
        area = area_of(said) if role == "home" else np.zeros(1)
        show(role, said, curve, area)
        model = fit([case for case in every if role in case.truth], role)
        out[role] = {
            "mean": rounded(model.mean),
            "scale": rounded(model.scale),
            "weights": rounded(model.weights),
            "none": rounded(model.none),
            "curve": rounded(curve),
        }
        if role == "home":
            show_area(said, area)
            out["area"] = rounded(area)
    if args.write:
        TABLE.write_text(json.dumps(out, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
