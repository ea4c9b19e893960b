"""One run from the demo's listing to its end: audit, letter, tracker, reminder, look, complaint; with a clock that stands still."""

from __future__ import annotations

import random
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from importlib.resources import as_file, files
from pathlib import Path

from unlisted.audit import Audited, examine, recheck
from unlisted.data.loader import Register
from unlisted.demo import NOW
from unlisted.demo.play import register
from unlisted.demo.server import Reply, serve, sites
from unlisted.model import LetterOffer, Subject
from unlisted.remedy import forms, single
from unlisted.remedy.directories import letters
from unlisted.remedy.letters import Letter
from unlisted.remedy.single import Wish
from unlisted.remedy.tracker import Seen, Status, Tracker
from unlisted.sources.fetch import Fetcher
from unlisted.sources.subject_file import load

LISTING = "people directory"
PAGE = ("peoplelantern.example", "/name/thornquill/me")


@dataclass(frozen=True, slots=True, kw_only=True)
class Start:
    """What the audit and the letters gave."""

    subject: Subject
    audited: Audited
    offer: LetterOffer
    letter: Letter


@contextmanager
def fetching(pages: Mapping[tuple[str, str], Reply], subject: Subject) -> Iterator[Fetcher]:
    """A fetcher that finds these pages on this machine."""
    typed = [source.address for source in subject.sources if source.address]
    with serve(pages) as dial, Fetcher(dial=dial, typed=typed, sleep=lambda _: None) as fetcher:
        yield fetcher


def begin(country: str, *, everywhere: bool) -> Start:
    """The audit of the demo's listing for a person of this country, and the letter about it."""
    with as_file(files("unlisted.demo") / "person") as folder:
        loaded = load(str(folder / "me.toml"))
        known: Register = register(folder)
    entry = known.by_id("peoplelantern")
    assert entry is not None
    if everywhere:
        known = known.plus(entry.model_copy(update={"countries": ("all",)}))
    source = loaded.source(LISTING)
    subject = replace(loaded, country=country, sources=(source,))
    with fetching(sites(), subject) as fetcher:
        audited = examine(subject, now=NOW, rng=random.Random(1), fetcher=fetcher, register=known)
    ((offer, letter),) = letters(audited.listings, subject=subject, register=known, now=NOW, rng=random.Random(1))
    return Start(subject=subject, audited=audited, offer=offer, letter=letter)


def on(days: int) -> datetime:
    """So many days after the letter."""
    return NOW + timedelta(days=days)


def what(tracker: Tracker, days: int) -> list[str]:
    """What is to do so many days after the letter."""
    return [each.action for each in tracker.due(on(days))]


def look(start: Start, body: bytes | None, days: int) -> Seen:
    """What the listing's page shows that day: as the demo has it, or this body; an empty one stands for "not there"."""
    pages = dict(sites())
    if body is not None:
        pages[PAGE] = Reply(body=body or b"x", status=200 if body else 404)
    source = start.subject.source(LISTING)
    with fetching(pages, start.subject) as fetcher:
        return recheck.look(source, subject=start.subject, fetcher=fetcher, now=on(days)).seen


def test_from_the_listing_to_the_complaint(tmp_path: Path) -> None:
    """Under a law: letter, a month, reminder, two weeks, complaint to the authority of the person's country; then gone."""
    start = begin("AT", everywhere=True)
    assert (start.letter.kind, start.letter.law) == ("erasure", "eu-gdpr")
    assert start.letter.disclosed == ()
    assert start.letter.answer_by == date(2026, 12, 21)
    assert start.letter.to == "removal@peoplelantern.example"
    assert "https://peoplelantern.example/name/thornquill/me" in start.letter.text
    with Tracker(tmp_path / "requests.sqlite") as tracker:
        tracker.add(start.offer, start.letter, now=NOW)
        assert what(tracker, 30) == []
        assert what(tracker, 31) == ["remind"]
        reminder = single.draft(
            again(start, "reminder"), subject=start.subject, now=on(31), reference=start.letter.reference
        )
        assert f"on 21 November 2026. The reference was {start.letter.reference}" in " ".join(reminder.text.split())
        tracker.reminded(reminder.reference, now=on(31))
        assert what(tracker, 44) == []
        assert what(tracker, 45) == ["complain"]
        assert look(start, None, 45) is Seen.STILL_THERE
        complaint = single.draft(
            again(start, "complaint"), subject=start.subject, now=on(45), reference=reminder.reference
        )
        assert "Article 77" in complaint.text
        assert complaint.disclosed == ()
        assert "Thornquill" not in complaint.text
        assert "thornquill" not in complaint.text
        tracker.complained(complaint.reference, now=on(45))
        assert what(tracker, 400) == []
        tracker.look(complaint.reference, look(start, b"", 60), now=on(60))
        (kept,) = tracker.requests()
        assert (kept.words, kept.complained_on) == ("gone on 2027-01-20", date(2027, 1, 5))
    stored = b"".join(path.read_bytes() for path in tmp_path.iterdir())
    assert [fact.label for fact in start.subject.facts if fact.value and fact.value.encode() in stored] == []


def again(start: Start, kind: str) -> Wish:
    """The letter that follows the first one."""
    recipient = single.authority_of(start.subject, None)
    records = start.audited.listings
    if kind == "reminder":
        recipient = replace(recipient, name=start.offer.recipient, hosts=(records[0].host,))
    return Wish(
        kind=kind,
        recipient=recipient,
        records=records,
        law=start.letter.law,
        language="en",
        earlier=(start.letter.reference, NOW.date()),
    )


def test_from_the_listing_to_a_look_where_no_law_helps(tmp_path: Path) -> None:
    """As the demo is: a polite letter, a reminder after two weeks, then a look; no complaint and no threat."""
    start = begin("US", everywhere=False)
    assert (start.letter.kind, start.letter.law, start.letter.answer_by) == ("delisting", None, None)
    with Tracker(tmp_path / "requests.sqlite") as tracker:
        tracker.add(start.offer, start.letter, now=NOW)
        assert what(tracker, 14) == ["remind"]
        tracker.reminded(start.letter.reference, now=on(14))
        assert what(tracker, 28) == ["look again"]
        tracker.answer(start.letter.reference, Status.FULFILLED, now=on(28))
        tracker.look(start.letter.reference, look(start, b"<p>This record was removed</p>", 29), now=on(29))
        assert tracker.requests()[0].words == "gone on 2026-12-20"
        assert what(tracker, 60) == []


def test_the_calendar_of_the_run() -> None:
    """The reminder in the calendar is for the day after the last day, and names the reference alone."""
    start = begin("AT", everywhere=True)
    calendar = forms.ics([start.letter], now=NOW).decode()
    assert "DTSTART;VALUE=DATE:20261222" in calendar
    assert start.offer.recipient not in calendar
