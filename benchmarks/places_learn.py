"""How the numbers of `unlisted.places` are learned: weighted sums and small trees. numpy only; `places_fit.py` calls it.

The rows of all candidates of all samples stand one below the other; `start` says where each sample's begin. One candidate of a
sample is the true one, or none is.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from unlisted.places.model import CLIP, LEAVES, MUCH, QUESTIONS, Linear, Trees

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]
Bools = npt.NDArray[np.bool_]
Look = Callable[[Floats], tuple[float, Floats, Floats]]

ALONE, TOGETHER = 0.003, 0.01
"""Penalties of the two weighted sums."""

BINS = 24
"""Each feature is asked about at so many different numbers, less one."""

TREES, RATE, DEPTH = 60, 0.16, 3
LAMBDA, LIGHTEST = 1.0, 0.3
"""What holds leaves back, and the least curvature in a leaf."""

COLUMNS, PEOPLE = 0.25, 0.7
"""The share of features, and of people, that each tree sees."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Rows:
    """Samples to learn from: features, sizes, the true candidate of each (-1: none), votes in all, weight, person."""

    values: Floats
    size: Ints
    truth: Ints
    total: Floats
    weight: Floats
    person: Ints

    @property
    def start(self) -> Ints:
        return np.cumsum(self.size) - self.size

    @property
    def much(self) -> Floats:
        """How much there is to go by."""
        return np.log1p(np.minimum(self.total, MUCH))

    @property
    def share(self) -> Floats:
        return self.weight / self.weight.sum()

    @property
    def true_rows(self) -> Ints:
        named = self.truth >= 0
        return (self.start + self.truth)[named]


def newton(start: Floats, look: Look, rounds: int = 40) -> Floats:
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


def choice(rows: Floats, start: Ints, chosen: Ints, penalty: Floats, weight: Floats | None = None) -> Floats:
    """Weights of a conditional logit: one of each block of rows (beginning at `start`) is chosen."""
    sizes = np.diff(start, append=len(rows))
    each: Floats = np.full(len(start), 1 / len(start)) if weight is None else weight / weight.sum()

    def look(at: Floats) -> tuple[float, Floats, Floats]:
        score = rows @ at
        top = np.maximum.reduceat(score, start)
        p = np.exp(score - np.repeat(top, sizes))
        total = np.add.reduceat(p, start)
        p /= np.repeat(total, sizes)
        value = float(each @ (score[chosen] - top - np.log(total)) - penalty @ (at * at) / 2)
        mean = np.add.reduceat(p[:, None] * rows, start, axis=0)
        spread = (rows * (p * np.repeat(each, sizes))[:, None]).T @ rows - (mean * each[:, None]).T @ mean
        return value, each @ (rows[chosen] - mean) - penalty * at, spread + np.diag(penalty)

    return newton(np.zeros(rows.shape[1]), look)


def linear(some: Rows, columns: Ints, mix: float) -> Linear:
    """The mean of two weighted sums, `mix` parts of the second.

    One asks "is this the one" of each candidate alone, the other "which of these" of all candidates at once.
    """
    values = some.values[:, columns]
    mean, scale = values.mean(axis=0), values.std(axis=0) + 1e-6
    scaled = np.clip((values - mean) / scale, -CLIP, CLIP)
    both = (1 - mix) * _alone(some, scaled) + mix * _together(some, scaled)
    none = float(both[-2]), float(both[-1])
    return Linear(columns=columns, mean=mean, scale=scale, weights=both[:-2], none=none)


def _alone(some: Rows, scaled: Floats) -> Floats:
    rows = np.column_stack([scaled, np.ones(len(scaled)), np.repeat(some.much, some.size)])
    truth = np.zeros(len(scaled))
    truth[some.true_rows] = 1
    penalty = np.append(np.full(scaled.shape[1], ALONE), [1e-4, 1e-4])
    found = logistic(rows, truth, np.repeat(some.share, some.size), penalty)
    return np.append(found[:-2], -found[-2:])  # what lowers every place raises "none"


def _together(some: Rows, scaled: Floats) -> Floats:
    size, width = some.size + 1, scaled.shape[1]
    start = np.cumsum(size) - size
    none = start + some.size
    rows = np.zeros((int(size.sum()), width + 2))
    places = np.ones(len(rows), np.bool_)
    places[none] = False
    rows[places, :width] = scaled
    rows[none, width], rows[none, width + 1] = 1, some.much
    chosen = np.where(some.truth >= 0, start + some.truth, none)
    penalty = np.append(np.full(width, TOGETHER), [1e-3, 1e-3])
    return choice(rows, start, chosen, penalty, some.weight)


def boosted(some: Rows, seed: int) -> Trees:
    """Trees of depth three, one after the other, each for what the ones before leave open.

    Each sees some of the features and some of the people, drawn with the seed. What falls is the surprise at the true candidate
    when all candidates of a sample, and "none", share one softmax.
    """
    rng = np.random.default_rng(seed)
    edges, bins = _binned(some.values)
    scores, none = np.zeros(len(bins)), 0.0
    columns: Ints = np.zeros((TREES, QUESTIONS), np.int64)
    above, leaves = np.full((TREES, QUESTIONS), np.inf), np.zeros((TREES, LEAVES))
    for tree in range(TREES):
        pull, curve, aside = _open(some, scores, none)
        none += RATE * aside
        features = np.sort(rng.choice(bins.shape[1], max(2, int(COLUMNS * bins.shape[1])), replace=False))
        seen = np.repeat((rng.random(int(some.person.max()) + 1) < PEOPLE)[some.person], some.size)
        node: Ints = np.zeros(len(bins), np.int64)
        for depth in range(DEPTH):
            asked, cut = _best(bins[seen][:, features], node[seen], pull[seen], curve[seen], 2**depth)
            first = 2**depth - 1
            for number, (feature, level) in enumerate(zip(features[asked].tolist(), cut.tolist(), strict=True)):
                columns[tree, first + number] = feature
                above[tree, first + number] = edges[feature][level] if level < len(edges[feature]) else np.inf
            mine = columns[tree, first + node]
            node = 2 * node + (some.values[np.arange(len(node)), mine] > above[tree, first + node])
        leaves[tree] = RATE * _sum(node[seen], pull[seen], LEAVES) / (_sum(node[seen], curve[seen], LEAVES) + LAMBDA)
        scores += leaves[tree][node]
    return Trees(columns=columns, above=above, leaves=leaves, none=none)


def _binned(values: Floats) -> tuple[list[Floats], Ints]:
    """For each feature the numbers it may be held against (midway between values that occur), and the bins of all rows."""
    edges = []
    for column in values.T:
        ranks = np.unique(np.quantile(column, np.linspace(0, 1, BINS + 1)[1:-1], method="nearest"))
        there = np.unique(column)
        below = there[np.maximum(np.searchsorted(there, ranks) - 1, 0)]
        edges.append(((ranks + below) / 2)[ranks > there[0]])
    bins = [np.searchsorted(cuts, column) for cuts, column in zip(edges, values.T, strict=True)]
    return edges, np.column_stack(bins).astype(np.int64)


def _open(some: Rows, scores: Floats, none: float) -> tuple[Floats, Floats, float]:
    """Gradient and curvature for each row, and the step for "none"."""
    start = some.start
    top = np.maximum(np.maximum.reduceat(scores, start), none)
    p = np.exp(scores - np.repeat(top, some.size))
    aside = np.exp(none - top)
    total = np.add.reduceat(p, start) + aside
    p /= np.repeat(total, some.size)
    aside /= total
    truth = np.zeros(len(p))
    truth[some.true_rows] = 1
    weight = np.repeat(some.weight, some.size)
    step = float(some.weight @ ((some.truth < 0) - aside) / (some.weight @ (aside * (1 - aside)) + LAMBDA))
    return weight * (truth - p), weight * np.maximum(p * (1 - p), 1e-6), step


def _best(bins: Ints, node: Ints, pull: Floats, curve: Floats, nodes: int) -> tuple[Ints, Ints]:
    """For each node the feature (its place among those given) and the bin after which to cut; a bin past the last for no cut."""
    width = bins.shape[1]
    key = ((node * width)[:, None] + np.arange(width)) * BINS + bins
    left = [
        _sum(key.ravel(), np.repeat(each, width), nodes * width * BINS).reshape(nodes, width, BINS).cumsum(axis=2)
        for each in (pull, curve)
    ]
    right = [each[:, :, -1:] - each for each in left]
    gain = sum((a * a / (b + LAMBDA) for a, b in (left, right)), np.zeros(1))
    gain = gain - left[0][:, :, -1:] ** 2 / (left[1][:, :, -1:] + LAMBDA)
    gain[(left[1] < LIGHTEST) | (right[1] < LIGHTEST)] = -1
    flat = gain.reshape(nodes, -1)
    best = flat.argmax(axis=1)
    cut = np.where(flat[np.arange(nodes), best] > 0, best % BINS, BINS)
    return best // BINS, cut


def _sum(key: Ints, weight: Floats, size: int) -> Floats:
    return np.bincount(key, weight, size)
