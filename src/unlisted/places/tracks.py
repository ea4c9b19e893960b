"""Sports tracks: what their cut ends give away of the place that a privacy zone hides, and which zone setting would have held.

A zone hides all of a track within a fixed distance of a place. So the visible ends of several tracks lie on one circle, and its
middle is the hidden place (Hassan, Hussain, Bates: Analysis of Privacy Protections in Fitness Tracking Social Networks, USENIX
Security 2018). This is a check on a person's own tracks: the middle stays inside the program.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np

from unlisted.places.cluster import METRES
from unlisted.places.intake import Bools, Floats

ZONES = (200.0, 400.0, 600.0, 800.0, 1000.0, 1200.0, 1400.0, 1600.0)
"""Radii that services offer, metres."""

LEAST = 3
"""Cut ends that are needed to see a circle."""

MOST = 2_000
"""Cut ends that are looked at, at most."""

FIT = 25.0
"""Ends lie on a circle where their root mean square miss is at most this: a point is noted every few seconds. Metres."""

LEANING = 0.08
"""The least share of the spread of directions that the lesser axis must have: below, the middle could be on either side."""

NEAR = 100.0
"""A middle within this many metres of the home gives it away."""

ROUNDS = 50

Spot = tuple[float, float]


@dataclass(frozen=True, slots=True, kw_only=True)
class Hidden:
    """The middle (degrees; never shown), the zone's radius and how far the ends lie off the circle, both in metres."""

    center: Spot = field(repr=False)
    radius_m: float
    miss_m: float
    ends: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ZoneAnswer:
    """One zone setting: how many ends it would have left, and whether the place behind them stays hidden."""

    radius_m: float
    ends: int
    held: bool


def recover(ends: Sequence[Spot]) -> Hidden | None:
    """The place that a zone hides, from the visible ends of tracks (degrees); None where they do not show one.

    The radius is one of `ZONES`: each is tried, and the one whose circle the ends miss least is taken.
    """
    usable = [end for end in ends if abs(end[0]) <= 89 and abs(end[1]) <= 180][:MOST]
    if len(usable) < LEAST:
        return None
    origin = usable[0]
    flat = _plane(usable, origin)
    fits = [fit for radius in ZONES for start in _starts(flat, radius) if (fit := _fit(flat, start, radius))]
    if not fits:
        return None
    miss, radius, middle = min(fits, key=lambda fit: fit[0])
    if miss > FIT or _leaning(flat - middle) < LEANING:
        return None
    return Hidden(center=_globe(middle, origin), radius_m=radius, miss_m=miss, ends=len(usable))


def cut(track: Sequence[Spot], center: Spot, radius: float) -> list[Spot]:
    """The visible ends of a track when everything within `radius` metres of `center` is hidden at its start and end."""
    if not track:
        return []
    outside: Bools = np.hypot(*_plane(track, center).T) > radius
    seen = np.flatnonzero(outside)
    if not len(seen):
        return []
    first, last = int(seen[0]), int(seen[-1])
    return [track[number] for number, is_cut in ((first, first > 0), (last, last < len(track) - 1)) if is_cut]


def settings(tracks: Sequence[Sequence[Spot]], home: Spot) -> tuple[ZoneAnswer, ...]:
    """For each zone radius around `home`: whether these tracks would still have led there."""
    out = []
    for radius in ZONES:
        ends = [end for track in tracks for end in cut(track, home, radius)]
        found = recover(ends)
        held = found is None or math.hypot(*_plane([found.center], home)[0]) > NEAR
        out.append(ZoneAnswer(radius_m=radius, ends=len(ends), held=held))
    return tuple(out)


def _plane(spots: Sequence[Spot], origin: Spot) -> Floats:
    """Metres north and east of the origin."""
    raw = np.array(spots, np.float64).reshape(-1, 2) - np.array(origin)
    flat: Floats = raw * METRES * np.array([1.0, math.cos(math.radians(origin[0]))])
    return flat


def _globe(middle: Floats, origin: Spot) -> Spot:
    north, east = float(middle[0]), float(middle[1])
    return origin[0] + north / METRES, origin[1] + east / METRES / math.cos(math.radians(origin[0]))


def _starts(flat: Floats, radius: float) -> list[Floats]:
    """Where the search begins: the mean of the ends, and one radius to each side of it."""
    mean: Floats = flat.mean(axis=0)
    steps = ((0.0, 0.0), (1.0, 0.0), (-1.0, 0.0), (0.0, 1.0), (0.0, -1.0))
    return [mean + radius * np.array(step) + 1e-3 for step in steps]


def _fit(flat: Floats, start: Floats, radius: float) -> tuple[float, float, Floats] | None:
    """Gauss-Newton for the middle of a circle of known radius: (root mean square miss, radius, middle)."""
    middle = start
    for _ in range(ROUNDS):
        away = middle - flat
        far = np.maximum(np.hypot(*away.T), 1e-6)
        slope = away / far[:, None]
        step = np.linalg.lstsq(slope, radius - far, rcond=None)[0]
        middle = middle + step
        if float(np.abs(step).max()) < 0.01:
            break
    miss = float(np.sqrt(np.mean((np.hypot(*(middle - flat).T) - radius) ** 2)))
    return (miss, radius, middle) if math.isfinite(miss) else None


def _leaning(away: Floats) -> float:
    """The smaller eigenvalue's share of the spread of directions: 0 where all ends lie on one line through the middle."""
    unit = away / np.maximum(np.hypot(*away.T), 1e-6)[:, None]
    values = np.linalg.eigvalsh(unit.T @ unit / len(unit))
    return float(values[0] / values.sum())
