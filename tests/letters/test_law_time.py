"""Deadlines and sources of law entries."""

from __future__ import annotations

from datetime import date

import pytest

from unlisted.data.loader import laws
from unlisted.errors import DataError
from unlisted.remedy.laws import deadline, for_places, law, source_words


@pytest.mark.parametrize(
    ("law_id", "start", "end"),
    [
        ("eu-gdpr", date(2026, 11, 21), date(2026, 12, 21)),
        ("eu-gdpr", date(2027, 1, 31), date(2027, 2, 28)),
        ("us-ca-ccpa", date(2026, 11, 21), date(2027, 1, 5)),
        ("us-ia", date(2026, 11, 21), date(2027, 2, 19)),
        ("us-nj-daniels-law", date(2026, 11, 20), date(2026, 12, 4)),
        ("us-nj-daniels-law", date(2026, 11, 21), date(2026, 12, 4)),
        ("nz-privacy", date(2026, 11, 23), date(2027, 1, 4)),
        ("eu-dsa-16", date(2026, 11, 21), None),
        ("au-privacy", date(2026, 11, 21), None),
    ],
)
def test_deadline(law_id: str, start: date, end: date | None) -> None:
    """Months, calendar days and weekdays are counted as the entry says; where it names no days there is no deadline."""
    assert deadline(law(law_id), start) == end


def test_weekdays_only() -> None:
    """A deadline in business days never falls on a weekend, and is later with each day of start."""
    ends = [deadline(law("us-nj-daniels-law"), date(2026, 11, day)) for day in range(1, 31)]
    assert all(end is not None and end.weekday() < 5 for end in ends)
    assert ends == sorted(ends, key=str)


def test_no_such_law() -> None:
    """A law that is not in the register is an error that lists what there is."""
    with pytest.raises(DataError, match="eu-gdpr"):
        law("no-such-law")


@pytest.mark.parametrize(
    ("law_id", "words"),
    [
        ("eu-gdpr", "2026-07-21"),
        ("uk-gdpr", "not checked in the law itself"),
        ("info-us", "not verified"),
        ("us-ca-ccpa", "date unknown"),
    ],
)
def test_source_words(law_id: str, words: str) -> None:
    """Source, date and how sure we are stand together; an unknown date is told."""
    assert words in source_words(law(law_id))


def test_every_law_says_where_it_is_from() -> None:
    """Each entry has words for its source."""
    assert all(source_words(entry) for entry in laws().values())


def test_laws_of_a_place() -> None:
    """The laws of a place are found by the rights that they give."""
    assert [entry.id for entry in for_places("US-CA", having=("optout",))] == ["us-ca-ccpa"]
    assert {entry.id for entry in for_places("EU", having=("erasure",))} == {"eu-gdpr"}
    assert for_places("XX") == ()
