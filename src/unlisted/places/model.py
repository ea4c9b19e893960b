"""The table of numbers that tells home from work, and how it is read. `benchmarks/places_fit.py` makes it; nothing is learned here.

For each role every candidate has a score (a weighted sum of its features), and so has "none of these", which depends on how much
there is to go by. Their softmax is the chance of each; a last curve corrects it to what held-out people showed.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

import numpy as np

from unlisted.places.features import NAMES, Table
from unlisted.places.intake import Floats

ROLES = ("home", "work")

CLIP = 4.0
"""Standard deviations: what lies further out than anything the table was made from counts as this far."""


KNOTS = (-3.0, -2.0, -1.0, -0.25, 0.5, 1.25, 2.0, 3.0)
"""Log odds at which the curve of certainty is given; straight lines between, level beyond."""

AREA_FROM = 0.25
"""Log odds of "never posted from home" from which only an area is named."""

AREA_MOST = 0.59
"""A home that looks like those of people who never posted from home is never "fairly sure"."""

MUCH = 2_000
"""Votes: more than this makes nothing surer."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Role:
    """The numbers of one role: how features are scaled, their weights, the score of "none" and the curve of certainty."""

    mean: Floats
    scale: Floats
    weights: Floats
    none: tuple[float, float]
    curve: Floats

    def chances(self, table: Table) -> Floats:
        """The chance of each candidate, and last of all the chance that it is none of them; they add up to 1."""
        values = np.clip((table.values - self.mean) / self.scale, -CLIP, CLIP)
        scores = np.append(values @ self.weights, self.none[0] + self.none[1] * np.log1p(min(table.total, MUCH)))
        weights = np.exp(scores - scores.max())
        shares: Floats = weights / weights.sum()
        return shares

    def certainty(self, chance: float) -> float:
        """The share of cases with such a chance that were right among people whom the table had not seen."""
        return float(np.interp(log_odds(chance), KNOTS, self.curve))


def log_odds(chance: float) -> float:
    """The logarithm of the odds, bounded."""
    chance = min(max(chance, 1e-4), 1 - 1e-4)
    return float(np.log(chance / (1 - chance)))


def terms_of(chances: Floats, total: int) -> Floats:
    """What tells a home that was never posted: the best chance, its lead over the next, and how much there is to go by."""
    best = np.append(np.sort(chances)[::-1], [0.0, 0.0])[:2] + 1e-4
    return np.array([1.0, log_odds(float(best[0])), np.log(best[0] / best[1]), np.log1p(min(total, MUCH))])


@dataclass(frozen=True, slots=True, kw_only=True)
class Model:
    """The whole table: each role, and the weights that say "home is not among these"."""

    home: Role
    work: Role
    area: Floats

    def area_only(self, chances: Floats, total: int) -> bool:
        """Whether the best candidate for home looks like those of people who never posted from home."""
        return bool(terms_of(chances, total) @ self.area > AREA_FROM)


def parse(raw: Mapping[str, object]) -> Model:
    """The table from its JSON; ValueError where it does not fit the features."""
    if raw.get("features") != list(NAMES):
        raise ValueError("the table was made for other features")
    area = np.array(raw["area"], np.float64)
    if len(area) != len(terms_of(np.ones(1), 0)):
        raise ValueError("the area weights do not fit")
    return Model(home=_role(raw["home"]), work=_role(raw["work"]), area=area)


def _role(raw: object) -> Role:
    if not isinstance(raw, dict):
        raise ValueError("a role is a table of numbers")  # noqa: TRY004  (one kind of error for a wrong file)
    mean, scale, weights, curve = (np.array(raw[key], np.float64) for key in ("mean", "scale", "weights", "curve"))
    if not len(mean) == len(scale) == len(weights) == len(NAMES) or len(curve) != len(KNOTS):
        raise ValueError("a role has one number for each feature and one for each knot")
    low, slope = raw["none"]
    return Role(mean=mean, scale=scale, weights=weights, none=(float(low), float(slope)), curve=curve)


@cache
def model() -> Model:
    """The shipped table."""
    return parse(json.loads(files("unlisted.places").joinpath("model.json").read_text(encoding="utf-8")))
