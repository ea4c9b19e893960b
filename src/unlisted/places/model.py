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


@dataclass(frozen=True, slots=True, kw_only=True)
class Role:
    """The numbers of one role: how features are scaled, their weights, the score of "none" and the curve of certainty."""

    mean: Floats
    scale: Floats
    weights: Floats
    none: tuple[float, float]
    curve: tuple[float, float]

    def chances(self, table: Table) -> Floats:
        """The chance of each candidate, and last of all the chance that it is none of them; they add up to 1."""
        values = np.clip((table.values - self.mean) / self.scale, -CLIP, CLIP)
        scores = np.append(values @ self.weights, self.none[0] + self.none[1] * np.log1p(table.total))
        weights = np.exp(scores - scores.max())
        shares: Floats = weights / weights.sum()
        return shares

    def certainty(self, chance: float) -> float:
        """The share of such cases that were right among people whom the table had not seen."""
        chance = min(max(chance, 1e-6), 1 - 1e-6)
        odds = self.curve[0] + self.curve[1] * np.log(chance / (1 - chance))
        return float(1 / (1 + np.exp(-odds)))


def parse(raw: Mapping[str, object]) -> dict[str, Role]:
    """Roles from the table's JSON; ValueError where it does not fit the features."""
    if raw.get("features") != list(NAMES):
        raise ValueError("the table was made for other features")
    return {name: _role(raw[name]) for name in ROLES}


def _role(raw: object) -> Role:
    if not isinstance(raw, dict):
        raise ValueError("a role is a table of numbers")  # noqa: TRY004  (one kind of error for a wrong file)
    mean, scale, weights = (np.array(raw[key], np.float64) for key in ("mean", "scale", "weights"))
    if not len(mean) == len(scale) == len(weights) == len(NAMES):
        raise ValueError("a role has one number for each feature")
    return Role(mean=mean, scale=scale, weights=weights, none=tuple(raw["none"]), curve=tuple(raw["curve"]))


@cache
def roles() -> dict[str, Role]:
    """The shipped table."""
    return parse(json.loads(files("unlisted.places").joinpath("model.json").read_text(encoding="utf-8")))
