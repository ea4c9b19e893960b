"""The week as it looks from times."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from unlisted.model import Point
from unlisted.places.intake import DAY, NO_TIME, hour_of, read, weekday_of

LEAST = 10
"""A week drawn from fewer quarter hours says nothing."""

Week = tuple[tuple[int, ...], ...]


def week(points: Sequence[Point], *, zone: str | None = None) -> Week | None:
    """How many distinct quarter hours have a point, by weekday (0 Monday) and hour: 7 x 24; None where they are too few.

    A quarter hour counts once, so that a track does not drown single photos. Unsure clocks are left out.
    """
    quarter = read(points, zone=zone).quarter
    quarter = np.unique(quarter[quarter != NO_TIME])
    if len(quarter) < LEAST:
        return None
    slot = weekday_of(quarter // DAY) * 24 + hour_of(quarter)
    return tuple(tuple(day) for day in np.bincount(slot, minlength=168).reshape(7, 24).tolist())
