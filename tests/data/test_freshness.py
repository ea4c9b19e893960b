"""Facts age, and say so."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from unlisted.data.freshness import OLD_DAYS, STALE_DAYS, age_days, age_words, quality_words, stale
from unlisted.data.loader import directories
from unlisted.data.schema import Directory, From

NOW = datetime(2026, 11, 21, 9, 30, tzinfo=UTC)


def aged(quality: str, last_verified: str | None) -> Directory:
    """A made-up directory of this quality and date."""
    fields = {"id": "a", "names": ("A",), "kind": "other", "countries": ("US",), "source": (From(name="made up"),)}
    return Directory.model_validate(fields | {"quality": quality, "last_verified": last_verified})


@pytest.mark.parametrize(
    ("last_verified", "words"),
    [
        (None, "date unknown"),
        ("2026-11-21", "checked today"),
        ("2026-11-22", "checked today"),
        ("2026-11-20", "checked 1 day ago"),
        ("2026-11-12", "checked 1 week ago"),
        ("2026-10-30", "checked 3 weeks ago"),
        ("2026-04-21", "checked 7 months ago"),
        ("2026-02", "checked 9 months ago"),
        ("2025-11-21", "checked 1 year ago"),
        ("2018", "checked 8 years ago"),
    ],
)
def test_age_in_words(last_verified: str | None, words: str) -> None:
    """The age is told in the largest whole unit; an unknown date is told as that."""
    assert age_words(last_verified, NOW) == words


def test_a_day_may_be_a_date() -> None:
    """A date is taken as well as its words."""
    assert age_days((NOW - timedelta(days=40)).date(), NOW) == 40


@pytest.mark.parametrize(("days", "is_stale"), [(STALE_DAYS, False), (STALE_DAYS + 1, True)])
def test_stale_after_ninety_days(days: int, is_stale: bool) -> None:
    """An entry is stale from the day after the ninetieth; one without date always is."""
    assert stale((NOW - timedelta(days=days)).date(), NOW) is is_stale
    assert stale(None, NOW)


@pytest.mark.parametrize(
    ("quality", "days", "shown"),
    [
        ("verified", OLD_DAYS, "verified"),
        ("verified", OLD_DAYS + 1, "imported"),
        ("tested", OLD_DAYS + 1, "imported"),
        ("scraped", OLD_DAYS + 1, "scraped"),
        ("imported", 1, "imported"),
    ],
)
def test_old_is_never_verified(quality: str, days: int, shown: str) -> None:
    """After a year nothing is called verified or tested."""
    day = (NOW - timedelta(days=days)).date().isoformat()
    assert quality_words(aged(quality, day), NOW) == shown


def test_an_unknown_date_is_never_verified() -> None:
    """Without a date, an entry is never called verified."""
    assert quality_words(aged("verified", None), NOW) == "imported"


def test_none_of_the_shipped_is_called_verified_for_ever() -> None:
    """Two years on, no entry that is shipped would be shown as verified."""
    later = NOW + timedelta(days=730)
    assert {quality_words(entry, later) for entry in directories()} <= {"imported", "scraped"}
