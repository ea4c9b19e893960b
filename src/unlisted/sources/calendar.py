"""The ends of the calendar: a time on its first or last day may be none at all elsewhere on the globe."""

from __future__ import annotations

from datetime import MAXYEAR, MINYEAR, UTC, datetime

_ENDS = frozenset({MINYEAR, MAXYEAR})


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
