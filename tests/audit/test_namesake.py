"""People of one name on one page: a namesake's record is neither kept nor told."""

from __future__ import annotations

import random
from datetime import UTC, datetime

import pytest
from tests.shown import Shown

from unlisted.audit import Audited, examine
from unlisted.audit.namesake import OTHERS, years_told
from unlisted.model import Fact, Source, SourceKind, Subject

NOW = datetime(2026, 11, 21, 9, 0, tzinfo=UTC)
SOURCE = Source(label="the listing", kind=SourceKind.LISTING, address="https://peekabook.example/odile-varnholt")
FACTS = (
    Fact(kind="name", label="my name", value="Odile Varnholt"),
    Fact(kind="phone", label="mobile", value="+1 207 555 0199"),
    Fact(kind="address", label="home", value="17 Quillfeather Lane, Marrow Bay, ME 04999"),
    Fact(kind="birth_date", label="birthday", value="1991-04-17"),
)


def record(age: str, address: str, phone: str) -> str:
    """One person of the name."""
    return (
        f"<div class=card><h2>Odile Varnholt</h2><p>Age: {age}</p><p>Address: {address}</p>"
        f"<p>Phone: {phone}</p><p>Relatives: Zed Pellow</p></div>"
    )


ME = record("35", "17 Quillfeather Lane, Marrow Bay, ME 04999", "(207) 555-0199")
FAR = record("71", "4 Other St, Brookmere, OH 44000", "(216) 555-0101")
NEAR = record("20", "9 Else Ave, Marrow Bay, ME 04999", "(207) 555-0111")


def look(body: str, *facts: Fact) -> Audited:
    """One audit of the page."""
    subject = Subject(facts=facts or FACTS, sources=(SOURCE,))
    with Shown(body) as fetcher:
        return examine(subject, now=NOW, rng=random.Random(0), fetcher=fetcher)


def told(audited: Audited) -> bool:
    """Whether the page was said to show only namesakes."""
    return OTHERS in {one.reason for one in audited.result.not_checked}


def test_a_namesake_of_the_same_town_is_somebody_else() -> None:
    """The name and the town fit, the age does not: nothing of the record is kept, told or put into a letter."""
    audited = look(FAR + NEAR)
    assert told(audited)
    assert audited.listings == ()
    assert audited.result.findings == ()
    assert audited.result.letters == ()


@pytest.mark.parametrize(
    "page",
    [
        FAR + NEAR + ME,
        FAR + ME.replace("35", "20"),
        FAR + NEAR.replace("20", "34"),
        FAR + NEAR.replace("Age: 20", "Born: 1990"),
        FAR + NEAR.replace("<p>Age: 20</p>", ""),
        NEAR,
    ],
)
def test_a_record_that_may_be_the_subjects_is_kept(page: str) -> None:
    """Their own among others, their own with a wrong age, one of a likely age, one without an age, the only one of a page."""
    audited = look(page)
    assert not told(audited)
    assert len(audited.listings) == 1


def test_without_a_birthday_nobody_is_told_apart_by_age() -> None:
    """There is nothing to compare with."""
    assert not told(look(FAR + NEAR, *FACTS[:3]))


@pytest.mark.parametrize(
    ("text", "years"),
    [
        ("35", {1991}),
        ("35 years old", {1991}),
        ("Apr 1991", {1991}),
        ("17.4.1991", {1991}),
        ("30-39", set()),
        ("0", set()),
        ("500", set()),
        ("", set()),
        ("x" * 5_000 + "35", set()),
    ],
)
def test_a_year_of_birth_is_told_by_a_date_or_an_age(text: str, years: set[int]) -> None:
    """A span of ages tells none."""
    assert years_told(text, NOW) == years
