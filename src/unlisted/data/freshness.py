"""How old a fact is, in words: every entry says when it was last looked at, or that nobody knows."""

from __future__ import annotations

from datetime import date, datetime

from unlisted.data.schema import Directory, earliest

STALE_DAYS = 90
OLD_DAYS = 365
"""An entry older than this is never called verified."""


def age_days(last_verified: str | date | None, now: datetime) -> int | None:
    """Whole days since the earliest day that the date can mean; None where it is not known, 0 where it lies ahead."""
    if last_verified is None:
        return None
    day = earliest(last_verified) if isinstance(last_verified, str) else last_verified
    return max(0, (now.date() - day).days)


def age_words(last_verified: str | date | None, now: datetime) -> str:
    """The age as reports show it: "checked 7 months ago", or "date unknown"."""
    days = age_days(last_verified, now)
    if days is None:
        return "date unknown"
    sizes = ((OLD_DAYS, "year"), (30, "month"), (7, "week"), (1, "day"))
    count, unit = next(((days // size, unit) for size, unit in sizes if days >= size), (0, ""))
    return f"checked {count} {unit}{'s' if count > 1 else ''} ago" if count else "checked today"


def stale(last_verified: str | date | None, now: datetime) -> bool:
    """Whether an entry has to be shown as possibly out of date."""
    days = age_days(last_verified, now)
    return days is None or days > STALE_DAYS


def quality_words(entry: Directory, now: datetime) -> str:
    """The quality that may be shown: an entry older than a year, or of unknown age, was only ever imported."""
    days = age_days(entry.last_verified, now)
    claimed = entry.quality
    return "imported" if claimed in {"tested", "verified"} and (days is None or days > OLD_DAYS) else claimed
