"""Whether a small picture shows what a large one shows, or more: difference hashes of the whole and of many cuts.

A hash holds, for each cell of a grid, whether it is lighter than its neighbours to the right and below: it stays when a picture
is made smaller, lighter or packed anew. Cells that hardly differ in the wanted picture do not count. Pictures are arrays of grey
levels (0 to 255), rows first; nothing here decodes a file.
"""

from __future__ import annotations

from itertools import product

import numpy as np
from numpy.typing import NDArray

Grey = NDArray[np.float64]
Cuts = NDArray[np.float64]
"""Rows of left, top, width and height, as parts of the picture (0 to 1)."""

COARSE, FINE = 8, 16
"""Cells on a side: to look for a cut, and to judge it."""

PLAIN = 3.0
"""Grey levels by which two cells must differ to count."""

LEAST = 60
"""Pairs of cells that must count, of 480: of a picture with fewer nothing is said."""

SAME = 0.94
"""Part of the pairs that must agree where two pictures show the same: no cut is looked for."""

GOOD = 0.88
"""Part of the pairs that must agree for a cut to be told."""

MARGIN = 0.08
"""By how much a cut must agree better than the whole."""

SMALLEST, STEP = 0.32, 0.04
"""The smallest cut, as a part of the side, and the step between cuts."""

BEST = 6
"""Cuts that are judged closely."""

FLAT = 6.0
"""Spread of grey levels below which what lies around a cut is a bar."""

EDGE = 3
"""Pixels around a cut that belong to neither side."""

WHOLE: Cuts = np.array([[0.0, 0.0, 1.0, 1.0]])


def compare(small: Grey, large: Grey) -> str:
    """What the small picture shows beside the large one: same, more, less, or unknown where that cannot be told."""
    if min(*small.shape, *large.shape) < FINE or not tells(large):
        return "unknown"
    turned = [np.rot90(small, turn) for turn in range(4)]
    whole = max(float(agreement(picture, WHOLE, large, FINE)[0]) for picture in turned)
    if whole >= SAME:
        return "same"
    enough = max(GOOD, whole + MARGIN)
    for picture in turned:
        score, cut = best_cut(picture, large)
        if score >= enough:
            return "more" if beyond(picture, cut) else "same"
    if tells(small) and best_cut(large, small)[0] >= enough:
        return "less"
    return "same" if whole >= GOOD else "unknown"


def tells(picture: Grey) -> bool:
    """Whether a picture has enough light and dark to be compared."""
    return int((np.abs(_steps(cells(picture, WHOLE, FINE)))[0] > PLAIN).sum()) >= LEAST


def cells(picture: Grey, cuts: Cuts, grid: int) -> NDArray[np.float64]:
    """The mean grey level of each cell of each cut: cuts x grid x grid."""
    height, width = picture.shape
    table = np.zeros((height + 1, width + 1))
    table[1:, 1:] = picture.cumsum(0).cumsum(1)
    steps = np.linspace(0, 1, grid + 1)
    across = np.clip((cuts[:, :1] + cuts[:, 2:3] * steps) * width, 0, width)
    down = np.clip((cuts[:, 1:2] + cuts[:, 3:4] * steps) * height, 0, height)
    sums = _between(table, down, across)
    area = np.diff(down)[:, :, None] * np.diff(across)[:, None, :]
    whole: NDArray[np.float64] = np.diff(np.diff(sums, axis=1), axis=2) / np.maximum(area, 1e-9)
    return whole


def _between(table: NDArray[np.float64], down: Cuts, across: Cuts) -> NDArray[np.float64]:
    """The table's values between its whole rows and columns."""
    top = np.minimum(down.astype(int), table.shape[0] - 2)
    left = np.minimum(across.astype(int), table.shape[1] - 2)
    low, right = (down - top)[:, :, None], (across - left)[:, None, :]
    rows, columns = top[:, :, None], left[:, None, :]
    upper = table[rows, columns] * (1 - right) + table[rows, columns + 1] * right
    lower = table[rows + 1, columns] * (1 - right) + table[rows + 1, columns + 1] * right
    mixed: NDArray[np.float64] = upper * (1 - low) + lower * low
    return mixed


def _steps(grid: NDArray[np.float64]) -> NDArray[np.float64]:
    """Differences to the right and below of each grid, in one row."""
    flat = (np.diff(grid, axis=2), np.diff(grid, axis=1))
    return np.concatenate([part.reshape(len(grid), -1) for part in flat], axis=1)


def agreement(picture: Grey, cuts: Cuts, wanted: Grey, grid: int) -> NDArray[np.float64]:
    """For each cut of the picture, the part of the wanted picture's hash that it shares (0 to 1)."""
    want = _steps(cells(wanted, WHOLE, grid))[0]
    counts = np.abs(want) > PLAIN
    if not counts.any():
        return np.zeros(len(cuts))
    have = _steps(cells(picture, cuts, grid))[:, counts]
    shared: NDArray[np.float64] = ((have > 0) == (want[counts] > 0)).mean(axis=1)
    return shared


def best_cut(picture: Grey, wanted: Grey) -> tuple[float, Cuts]:
    """The cut of the picture that looks most like the wanted one, and how much."""
    shape = (wanted.shape[1] / wanted.shape[0]) / (picture.shape[1] / picture.shape[0])
    coarse = _grid(shape)
    found = coarse[np.argsort(-agreement(picture, coarse, wanted, COARSE), kind="stable")[:BEST]]
    near = [_around(cut, shape) for cut in found]
    fine = np.concatenate(near) if near else WHOLE
    scores = agreement(picture, fine, wanted, FINE)
    at = int(scores.argmax())
    return float(scores[at]), fine[at]


def _grid(shape: float) -> Cuts:
    """Cuts of all sizes and places; `shape` is the cut's width by its height, in parts of the picture."""
    rows = []
    for size in np.arange(SMALLEST, 1.0001, STEP):
        width, height = (size, size / shape) if shape >= 1 else (size * shape, size)
        lefts, tops = np.arange(0, 1.0001 - width, STEP), np.arange(0, 1.0001 - height, STEP)
        rows += [(left, top, width, height) for left, top in product(lefts, tops)]
    return np.array(rows)


def _around(cut: Cuts, shape: float) -> Cuts:
    """Cuts a little beside, smaller and larger."""
    moves = np.array([-0.02, -0.01, 0.0, 0.01, 0.02])
    rows = []
    for more in (-0.02, 0.0, 0.02):
        width = float(cut[2]) + more * min(shape, 1.0)
        height = width / shape
        left, top = cut[0] + (cut[2] - width) / 2, cut[1] + (cut[3] - height) / 2
        rows += [(left + across, top + down, width, height) for across, down in product(moves, moves)]
    near: Cuts = np.clip(np.array(rows), 0.0, 1.0)
    return near


def beyond(picture: Grey, cut: Cuts) -> bool:
    """Whether there is more than a bar around a cut; the rows next to the cut may still be of it."""
    height, width = picture.shape
    left, top = round(float(cut[0]) * width) - EDGE, round(float(cut[1]) * height) - EDGE
    right, low = round(float(cut[0] + cut[2]) * width) + EDGE, round(float(cut[1] + cut[3]) * height) + EDGE
    strips = (picture[: max(top, 0)], picture[low:], picture[:, : max(left, 0)], picture[:, right:])
    return any(min(strip.shape) >= 2 and float(strip.std()) > FLAT for strip in strips)
