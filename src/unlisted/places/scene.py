"""All that is known before anything is concluded: usable points, cells, places and votes of one person."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from unlisted.model import Point
from unlisted.places.cluster import CELL, Votes, metres, vote
from unlisted.places.intake import Columns, Floats, Ints, read


@dataclass(frozen=True, slots=True, kw_only=True)
class Scene:
    """The usable points, the place of each, the votes; for each place its middle (mean of its points, degrees) and reach (metres).

    `born` says for each place which usable point came first: it settles ties without looking at where a place is.
    """

    columns: Columns
    of_point: Ints
    votes: Votes
    lat: Floats
    lon: Floats
    radius: Floats
    born: Ints


def scene(points: Sequence[Point], *, zone: str | None = None) -> Scene | None:
    """The scene of one person; None where no point can be used."""
    columns = read(points, zone=zone)
    if not len(columns):
        return None
    cells, place, votes = vote(columns)
    weight = np.bincount(cells.of_point)
    total = np.bincount(place, weight)
    lat, lon = np.bincount(place, weight * cells.lat) / total, np.bincount(place, weight * cells.lon) / total
    radius = np.full(len(total), CELL)
    np.maximum.at(radius, place, metres(cells.lat, cells.lon, lat[place], lon[place]))
    of_point = place[cells.of_point]
    born = np.empty(len(total), np.int64)
    born[of_point[::-1]] = np.arange(len(of_point))[::-1]
    return Scene(columns=columns, of_point=of_point, votes=votes, lat=lat, lon=lon, radius=radius, born=born)
