"""Positions into places: small cells, one vote per cell and quarter hour, linked by nearness, chains split.

Distances are metres on a sphere of 6371 km. Everything is sorted arrays: time and memory grow with the number of points.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from unlisted.places.intake import NO_TIME, Bools, Columns, Floats, Ints, numbered, starts_of

METRES = 111_194.93
"""Metres in one degree of latitude."""

CELL = 20.0
"""Side of a cell, metres."""

LINK = 47.0
"""Cells whose middles lie within this many metres belong together."""

WIDEST = 150.0
"""No place is wider than this; a chain of cells that is wider is split at its busiest spots. Metres."""

UNTIMED_MOST = 10
"""So many votes at most for the points of one place that have no time to be trusted."""

PAIRS_AT_ONCE = 1_000_000
ROWS_AT_ONCE = 200_000
"""Candidate pairs, and cells, looked at in one go, to bound memory."""

_COLUMNS = 1 << 21
_FAR_NORTH = 0.01
_NONE = np.empty(0, np.int64)
_TIME_BITS = 28  # quarter hours up to the year 2100 take 27


@dataclass(frozen=True, slots=True, kw_only=True)
class Cells:
    """Where cells are (degrees, the mean of their points), and for each point the number of its cell."""

    lat: Floats
    lon: Floats
    of_point: Ints


@dataclass(frozen=True, slots=True, kw_only=True)
class Votes:
    """One row for each place and quarter hour in which it has a point; points without a time vote one by one, a few at most."""

    place: Ints
    quarter: Ints


def cells_of(columns: Columns) -> Cells:
    """Square cells of about 20 metres."""
    _, of_point = numbered(_squares(columns.lat, columns.lon, CELL))
    counts = np.bincount(of_point)
    lat = np.bincount(of_point, columns.lat) / counts
    lon = np.bincount(of_point, columns.lon) / counts
    return Cells(lat=lat, lon=lon, of_point=of_point)


def _squares(lat: Floats, lon: Floats, side: float) -> Ints:
    """The number of the square of so many metres that each position lies in. Works in place: points may be a million."""
    row = np.floor(lat * (METRES / side))
    column = row + 0.5
    column *= math.radians(side / METRES)
    np.maximum(np.cos(column, out=column), _FAR_NORTH, out=column)
    column *= METRES / side
    column *= lon + 180.0
    key = row.astype(np.int64)
    del row
    key *= _COLUMNS
    key += np.floor(column, out=column).astype(np.int64)
    return key


def metres(lat: Floats, lon: Floats, lat2: Floats, lon2: Floats) -> Floats:
    """Distance of near points (flat approximation; good to a metre within kilometres)."""
    east = (lon - lon2) * np.cos(np.radians((lat + lat2) / 2))
    return np.hypot(lat - lat2, east) * METRES


def near_pairs(lat: Floats, lon: Floats, reach: float) -> tuple[Ints, Ints]:
    """All pairs of positions within `reach` metres, each once."""
    key = np.floor(lat * (METRES / reach)).astype(np.int64)
    key <<= 34
    key += ((lon + 180.0) * 1e7).astype(np.int64)
    order = np.argsort(key)
    key, lat, lon = key[order], lat[order], lon[order]
    left, right = [_NONE], [_NONE]
    for begin in range(0, len(key), ROWS_AT_ONCE):
        mine = np.arange(begin, min(begin + ROWS_AT_ONCE, len(key)))
        for start, stop in _reached(key, lat, mine, reach):
            for a, b in _expand(start, stop):
                first = a + begin
                close = metres(lat[first], lon[first], lat[b], lon[b]) <= reach
                left.append(order[first[close]])
                right.append(order[b[close]])
    return np.concatenate(left), np.concatenate(right)


def _reached(key: Ints, lat: Floats, mine: Ints, reach: float) -> Iterator[tuple[Ints, Ints]]:
    """For each of these rows where its neighbours begin and end: those further east in its strip, then those in the next strip."""
    own = key[mine]
    wide = (reach * 1e7 / METRES / np.maximum(np.cos(np.radians(lat[mine])), _FAR_NORTH)).astype(np.int64) + 1
    yield mine + 1, np.searchsorted(key, own + wide, "right")
    own += 1 << 34
    yield np.searchsorted(key, own - wide), np.searchsorted(key, own + wide, "right")


def _expand(start: Ints, stop: Ints) -> Iterator[tuple[Ints, Ints]]:
    """Index pairs (i, j) for j from start[i] to stop[i], in blocks of bounded size."""
    count = np.maximum(stop - start, 0)
    total = np.cumsum(count)
    begin = 0
    while begin < len(count):
        done = int(total[begin - 1]) if begin else 0
        end = max(begin + 1, int(np.searchsorted(total, done + PAIRS_AT_ONCE, "right")))
        some = count[begin:end]
        a = np.repeat(np.arange(begin, end), some)
        yield a, np.arange(len(a)) - np.repeat(np.cumsum(some) - some - start[begin:end], some)
        begin = end


def components(count: int, left: Ints, right: Ints) -> Ints:
    """The lowest member of each item's connected component: hooking and pointer jumping, about log(count) rounds."""
    label = np.arange(count)
    while True:
        a, b = label[left], label[right]
        apart = a != b
        if not apart.any():
            return label
        left, right, a, b = left[apart], right[apart], a[apart], b[apart]
        label[np.maximum(a, b)] = np.minimum(a, b)
        label = _roots(label)


def _roots(parent: Ints) -> Ints:
    """Follow each pointer to its end."""
    while True:
        further = parent[parent]
        if np.array_equal(further, parent):
            return parent
        parent = further


def _too_wide(label: Ints, lat: Floats, lon: Floats) -> Bools:
    """For each cell, whether its component is wider than a place may be."""
    order = np.argsort(label, kind="stable")
    start = np.flatnonzero(np.diff(label[order], prepend=-1))
    high = [np.maximum.reduceat(axis[order], start) for axis in (lat, lon)]
    low = [np.minimum.reduceat(axis[order], start) for axis in (lat, lon)]
    wide = metres(high[0], high[1], low[0], low[1]) > WIDEST
    out = np.zeros(len(label), np.bool_)
    out[order] = np.repeat(wide, np.diff(start, append=len(label)))
    return out


def _uphill(weight: Ints, left: Ints, right: Ints, among: Bools) -> Ints:
    """For each cell the busiest spot that is reached by always stepping to the busiest neighbour (itself where it is one)."""
    inside = among[left] & among[right]
    left, right = left[inside], right[inside]
    count = len(weight)
    crowd = weight + np.bincount(left, weight[right], count) + np.bincount(right, weight[left], count)
    order = np.lexsort((np.arange(count), weight, crowd))
    rank = np.empty(count, np.int64)
    rank[order] = np.arange(count)
    best = rank.copy()
    np.maximum.at(best, left, rank[right])
    np.maximum.at(best, right, rank[left])
    return _roots(order[best])


def places_of(cells: Cells, weight: Ints) -> Ints:
    """For each cell the number of its place (0 to count - 1). `weight`: votes of each cell."""
    left, right = near_pairs(cells.lat, cells.lon, LINK)
    count = len(weight)
    label = components(count, left, right)
    wide = _too_wide(label, cells.lat, cells.lon)
    if wide.any():
        label = _split(cells, weight, (left, right), label, wide)
    return np.unique(label, return_inverse=True)[1]


def _split(cells: Cells, weight: Ints, pairs: tuple[Ints, Ints], label: Ints, wide: Bools) -> Ints:
    """Give the cells of too wide components to their busiest spot; what is still too far from it goes by a fixed grid."""
    top = _uphill(weight, *pairs, wide)
    count = len(label)
    far = wide & (metres(cells.lat, cells.lon, cells.lat[top], cells.lon[top]) > WIDEST / 2)
    step = WIDEST / 1.5
    squares = _squares(cells.lat, cells.lon, step)
    out = np.where(wide, count + top, label)
    out[far] = 2 * count + np.unique(squares[far], return_inverse=True)[1]
    return out


def vote(columns: Columns) -> tuple[Cells, Ints, Votes]:
    """Cells, the place of each cell, and the votes of the places."""
    cells = cells_of(columns)
    ballots = _distinct(cells.of_point, columns.quarter)
    place = places_of(cells, np.bincount(ballots[0], minlength=len(cells.lat)))
    untimed = np.bincount(place[cells.of_point[columns.quarter == NO_TIME]])
    return cells, place, _counted(place[ballots[0]], ballots[1], untimed)


def votes_of(place: Ints, quarter: Ints) -> Votes:
    """The votes of points whose places are known."""
    return _counted(place, quarter, np.bincount(place[quarter == NO_TIME]))


def _counted(place: Ints, quarter: Ints, untimed: Ints) -> Votes:
    """One vote for each place and quarter hour; of `untimed` points (a count for each place) a few at most."""
    timed = quarter != NO_TIME
    seats, quarters = _distinct(place[timed], quarter[timed])
    loose = np.repeat(np.arange(len(untimed)), np.minimum(untimed, UNTIMED_MOST))
    silent = np.full(len(loose), NO_TIME, np.int64)
    return Votes(place=np.concatenate((seats, loose)), quarter=np.concatenate((quarters, silent)))


def _distinct(number: Ints, quarter: Ints) -> tuple[Ints, Ints]:
    """The distinct pairs, sorted; runs of equal neighbours (a dense track) go first, since they are most of the work."""
    key = (number << _TIME_BITS) + (quarter - NO_TIME)
    key = key[starts_of(key)]
    key.sort()
    key = key[starts_of(key)]
    return key >> _TIME_BITS, (key & ((1 << _TIME_BITS) - 1)) + NO_TIME
