"""The ends of the calendar: a time on its first or last day may be none at all elsewhere on the globe."""

from __future__ import annotations

from datetime import MAXYEAR, MINYEAR, UTC, datetime

_ENDS = frozenset({MINYEAR, MAXYEAR})


LATEST = 1e11
"""Seconds since 1970 that reach the year 5138: a greater count is one of thousandths, of millionths or of billionths."""


def since_1970(count: float) -> datetime | None:
    """The time of a count since 1970, in seconds or in a finer unit; None where it is none."""
    for _ in range(3):
        if abs(count) > LATEST:
            count /= 1_000
    try:
        return datetime.fromtimestamp(count, UTC)
    except (ValueError, OverflowError, OSError):
        return None


def within(at: datetime) -> datetime | None:
    """The time with a zone, UTC where it names none; None where it cannot be told in UTC: no year comes before 1 or after 9999."""
    if at.tzinfo is None:
        return at.replace(tzinfo=UTC)
    if at.year in _ENDS:
        try:
            at.astimezone(UTC)
        except OverflowError:
            return None
    return at
