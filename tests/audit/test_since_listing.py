"""A listing that was looked at again: nothing is fixed where the record was not seen."""

from __future__ import annotations

import random
from datetime import UTC, datetime

import pytest
from tests.shown import Shown

from unlisted.audit import examine
from unlisted.audit.held import HELD
from unlisted.audit.since import SHAPELESS
from unlisted.model import AuditResult, Fact, Source, SourceKind, State, Subject
from unlisted.report import json
from unlisted.report.schema import AuditShape

THEN, NOW = datetime(2026, 10, 2, 8, 0, tzinfo=UTC), datetime(2026, 11, 21, 9, 0, tzinfo=UTC)
SOURCE = Source(label="the listing", kind=SourceKind.LISTING, address="https://peekabook.example/4711")
SUBJECT = Subject(
    facts=(
        Fact(kind="name", label="my name", value="Odile Varnholt"),
        Fact(kind="phone", label="mobile", value="+1 207 555 0199"),
        Fact(kind="address", label="home", value="17 Quillfeather Lane, Marrow Bay, ME 04999"),
    ),
    sources=(SOURCE,),
)
RECORD = (
    "<h1>Odile Varnholt</h1><p>Age 35</p><p>Phone: 207 555 0199</p>"
    "<p>Address: 17 Quillfeather Lane, Marrow Bay, ME 04999</p>"
)


def audited(body: str, now: datetime, since: AuditShape | None = None) -> AuditResult:
    """One audit of the listing as it is now."""
    with Shown(body) as fetcher:
        return examine(SUBJECT, now=now, rng=random.Random(0), fetcher=fetcher, since=since).result


@pytest.fixture(scope="module")
def old() -> AuditShape:
    """The audit of the whole record."""
    shape = AuditShape.model_validate_json(json.render(audited(RECORD, THEN)))
    assert {"listings/birth-date", "listings/phone", "listings/record"} <= {one.check for one in shape.findings}
    return shape


def states(body: str, old: AuditShape) -> dict[str, State]:
    """Check to what became of its finding."""
    since = audited(body, NOW, old).since
    assert since is not None
    return {change.check: change.state for change in since.changes}


@pytest.mark.parametrize(
    "body",
    [
        "<h1>Back soon</h1><p>Our records are unavailable today. Come back later.</p>",
        "<h1>This page is not available in your region</h1>",
        "<h1>Find people</h1><p>We could not find this record for you. Please try again.</p>",
        "<h1>Record not found</h1><p>Something went wrong.</p>",
        "<h1>Odile Varnholt</h1><p>Accept our terms to go on.</p><p>Results not available in preview.</p>",
        "<h1>We value your privacy</h1><p>Accept all</p>",
    ],
)
def test_what_stands_in_place_of_the_record_fixes_nothing(body: str, old: AuditShape) -> None:
    """Not read is never fixed."""
    assert State.FIXED not in states(body, old).values()


def test_a_site_that_says_so_in_a_whole_sentence_fixes_all(old: AuditShape) -> None:
    """The record was removed, and nothing of it is shown."""
    assert set(states("<h1>Not here</h1><p>This record is no longer available.</p>", old).values()) == {State.FIXED}


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        ("<h1>Odile Varnholt</h1><p>Age 35. Marrow Bay, ME.</p><p>See the full report for $1</p>", HELD),
        ("<h1>Odile Varnholt</h1><p>Age 35.</p><footer>Want your record removed? Opt out</footer>", SHAPELESS),
    ],
)
def test_what_nobody_declared_is_not_fixed_where_no_record_was_made_out(
    body: str, reason: str, old: AuditShape
) -> None:
    """An age was found by its place in the record: where there is no such place any more, nobody looked for it."""
    since = audited(body, NOW, old).since
    assert since is not None
    found = {change.check: change for change in since.changes}
    assert found["listings/birth-date"].state is State.UNSEEN
    assert found["listings/birth-date"].reason == reason
    assert found["listings/record"].state is not State.FIXED


def test_what_nobody_declared_is_fixed_where_the_record_is_still_made_out(old: AuditShape) -> None:
    """The same record without its age."""
    found = states(RECORD.replace("<p>Age 35</p>", ""), old)
    assert found["listings/birth-date"] is State.FIXED
