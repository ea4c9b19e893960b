"""The fewest photos and posts to take down, so that a place is no longer fairly sure."""

from __future__ import annotations

from collections.abc import Sequence

from unlisted.model import Place, Point
from unlisted.places.infer import infer

TARGET = 0.60
"""Below this a place is no longer "fairly sure"."""

TRIES = 60
"""Evidence that is tried at most for one place."""


def fewest(places: Sequence[Place], points: Sequence[Point]) -> list[tuple[str, ...]]:
    """For each place the ids to take down, latest first tried; empty where it is not fairly sure as it stands."""
    return [_one(place, points) if place.kind in {"home", "work", "regular"} else () for place in places]


def _one(place: Place, points: Sequence[Point]) -> tuple[str, ...]:
    if place.certainty < TARGET:
        return ()
    for count in range(1, min(TRIES, len(place.evidence)) + 1):
        gone = frozenset(place.evidence[-count:])
        rest = infer([point for point in points if point.id not in gone])
        if not any(
            other.kind == place.kind and other.certainty >= TARGET and gone.isdisjoint(other.evidence) for other in rest
        ):
            return tuple(gone)
    return ()
