"""Distances on the globe, and the classes in which they are told."""

from __future__ import annotations

import math

EARTH_RADIUS_M = 6_371_008.8
CLASSES = ((100.0, "within 100 m"), (500.0, "within 500 m"), (2000.0, "within 2 km"))


def metres(lat: float, lon: float, other_lat: float, other_lon: float) -> float:
    """Great-circle distance in metres between two positions in degrees (haversine)."""
    a, b = math.radians(lat), math.radians(other_lat)
    half = math.sin((b - a) / 2) ** 2 + math.cos(a) * math.cos(b) * math.sin(math.radians(other_lon - lon) / 2) ** 2
    return 2 * EARTH_RADIUS_M * math.asin(min(1.0, math.sqrt(half)))


def distance_class(distance: float) -> str:
    """The class of a distance in metres: no finer answer leaves the program."""
    return next((word for limit, word in CLASSES if distance <= limit), "further")
