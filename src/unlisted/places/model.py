"""The table of numbers that tells home from work, and how it is read. `benchmarks/places_fit.py` makes it; nothing is learned here.

For each role one or more voices give every candidate a score, and one to "none of these". The softmax of the scores is the chance
of each, the mean over the voices the chance that counts; a last curve corrects it to what held-out people showed. A voice is a
weighted sum of features, or a sum over small decision trees of three questions each ("is this feature above that number?").
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

import numpy as np

from unlisted.places.features import NAMES, Table
from unlisted.places.intake import Floats, Ints

ROLES = ("home", "work")

CLIP = 4.0
"""Standard deviations: what lies further out than anything the table was made from counts as this far."""

KNOTS = (-3.0, -2.0, -1.0, -0.25, 0.5, 1.25, 2.0, 3.0)
"""Log odds at which the curve of certainty is given; straight lines between, level beyond."""

AREA_FROM = 0.5
"""Log odds of "never posted from home" from which only an area is named."""

AREA_MOST = 0.59
"""A home that looks like those of people who never posted from home is never "fairly sure"."""

MUCH = 2_000
"""Votes: more than this makes nothing surer."""


NEVER = 1e9
"""Stands for infinity in the table: no feature is above it."""

QUESTIONS, LEAVES = 7, 8
"""Of a tree of depth three: the first question, then one for each answer, then one for each answer to those."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Linear:
    """Weights of some features (`columns` of the table), how these are scaled, and the score of "none" by the amount of posts."""

    columns: Ints
    mean: Floats
    scale: Floats
    weights: Floats
    none: tuple[float, float]

    def scores(self, values: Floats, total: int) -> Floats:
        """The score of each candidate, and last of all of "none"."""
        scaled = np.clip((values[:, self.columns] - self.mean) / self.scale, -CLIP, CLIP)
        return np.append(scaled @ self.weights, self.none[0] + self.none[1] * np.log1p(min(total, MUCH)))


@dataclass(frozen=True, slots=True, kw_only=True)
class Trees:
    """Decision trees: for each the columns it asks about, the numbers they are held against (7), and what the answers add (8)."""

    columns: Ints
    above: Floats
    leaves: Floats
    none: float

    def scores(self, values: Floats, total: int) -> Floats:
        """The score of each candidate, and last of all of "none"; these do not hang on `total`."""
        del total
        return np.append(grown(values, self.columns, self.above, self.leaves), self.none)


def grown(values: Floats, columns: Ints, above: Floats, leaves: Floats) -> Floats:
    """The sum over all trees of the leaf that each row of values ends in."""
    yes = (values[:, columns] > above).astype(np.int64)
    rows, trees = np.arange(len(yes))[:, None], np.arange(len(columns))[None, :]
    first = yes[:, :, 0]
    second = yes[rows, trees, 1 + first]
    third = yes[rows, trees, 3 + 2 * first + second]
    out: Floats = leaves[trees, 4 * first + 2 * second + third].sum(axis=1)
    return out


Voice = Linear | Trees


@dataclass(frozen=True, slots=True, kw_only=True)
class Role:
    """What is asked of one role: the voices and the curve of certainty."""

    voices: tuple[Voice, ...]
    curve: Floats

    def chances(self, table: Table) -> Floats:
        """The chance of each candidate, and last of all the chance that it is none of them; they add up to 1."""
        return chances(self.voices, table.values, table.total)

    def certainty(self, chance: float) -> float:
        """The share of cases with such a chance that were right among people whom the table had not seen."""
        return float(np.interp(log_odds(chance), KNOTS, self.curve))


def chances(voices: Sequence[Voice], values: Floats, total: int) -> Floats:
    """The mean of what the voices say of each candidate, and last of "none"."""
    said = np.array([voice.scores(values, total) for voice in voices])
    weights = np.exp(said - said.max(axis=1, keepdims=True))
    out: Floats = (weights / weights.sum(axis=1, keepdims=True)).mean(axis=0)
    return out


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
    if not isinstance(raw, dict) or not raw["voices"]:
        raise ValueError("a role is voices and a curve of numbers")
    curve = np.array(raw["curve"], np.float64)
    if len(curve) != len(KNOTS):
        raise ValueError("a curve has one number for each knot")
    return Role(
        voices=tuple(_trees(voice) if "leaves" in voice else _linear(voice) for voice in raw["voices"]), curve=curve
    )


def _linear(raw: Mapping[str, Any]) -> Linear:
    columns = _columns(raw["columns"])
    mean, scale, weights = (np.array(raw[key], np.float64) for key in ("mean", "scale", "weights"))
    low, slope = raw["none"]
    if not len(mean) == len(scale) == len(weights) == len(columns):
        raise ValueError("a weighted sum has as many numbers of each kind as features")
    return Linear(columns=columns, mean=mean, scale=scale, weights=weights, none=(float(low), float(slope)))


def _trees(raw: Mapping[str, Any]) -> Trees:
    columns = _columns(raw["columns"])
    above, leaves = (np.array(raw[key], np.float64) for key in ("above", "leaves"))
    count = len(leaves)
    if columns.shape != (count, QUESTIONS) or above.shape != columns.shape or leaves.shape != (count, LEAVES):
        raise ValueError("a tree has seven features, seven numbers and eight leaves")
    return Trees(columns=columns, above=above, leaves=leaves, none=float(raw["none"]))


def _columns(raw: object) -> Ints:
    columns = np.array(raw, np.int64)
    if columns.size and not (columns.min() >= 0 and columns.max() < len(NAMES)):
        raise ValueError("there is no such feature")
    return columns


@cache
def model() -> Model:
    """The shipped table."""
    return parse(json.loads(files("unlisted.places").joinpath("model.json").read_text(encoding="utf-8")))
