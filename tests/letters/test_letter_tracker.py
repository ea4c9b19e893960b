"""What was asked and what became of it."""

from __future__ import annotations

import stat
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from unlisted.errors import BadInput
from unlisted.model import LetterOffer
from unlisted.remedy.letters import Letter
from unlisted.remedy.tracker import DENIALS, REMINDER_DAYS, Seen, Status, Tracker

NOW = datetime(2026, 11, 21, 9, 30, tzinfo=UTC)
OFFER = LetterOffer(recipient="Peekabook", kind="erasure", source="the listing", file_name="letter-01-peekabook.txt")
LETTER = Letter(
    kind="erasure",
    recipient="Peekabook",
    to="privacy@peekabook.example",
    subject_line="Request (ABCDE23456)",
    text="My name is Wren Halloway",
    reference="ABCDE23456",
    answer_by=date(2026, 12, 21),
    law="eu-gdpr",
)
POLITE = replace(LETTER, reference="ZZZZZ77777", answer_by=None, law=None)


@pytest.fixture
def tracker(tmp_path: Path) -> Iterator[Tracker]:
    """A new file with one request under law and one polite one."""
    with Tracker(tmp_path / "notes.db") as opened:
        opened.add(OFFER, LETTER, now=NOW)
        opened.add(OFFER, POLITE, now=NOW)
        yield opened


def day(number: int) -> datetime:
    """So many days after the letters."""
    return NOW + timedelta(days=number)


def actions(tracker: Tracker, number: int) -> list[tuple[str, str]]:
    """What is to do so many days after the letters."""
    return [(each.reference, each.action) for each in tracker.due(day(number))]


def test_from_letter_to_reminder_to_complaint(tracker: Tracker) -> None:
    """Nothing is due before the day; then a reminder, two weeks later a complaint to whom the law names."""
    assert actions(tracker, 13) == []
    assert actions(tracker, 14) == [("ZZZZZ77777", "remind")]
    assert actions(tracker, 31) == [("ZZZZZ77777", "remind"), ("ABCDE23456", "remind")]
    tracker.reminded("ABCDE23456", now=day(31))
    assert ("ABCDE23456", "complain") not in actions(tracker, 31 + REMINDER_DAYS - 1)
    (due,) = [each for each in tracker.due(day(31 + REMINDER_DAYS)) if each.reference == "ABCDE23456"]
    assert (due.action, due.complain_to) == ("complain", "your own supervisory authority")


def test_no_complaint_without_law(tracker: Tracker) -> None:
    """A polite request that was not answered ends in looking again, not in a threat."""
    tracker.reminded("ZZZZZ77777", now=day(14))
    assert ("ZZZZZ77777", "look again") in actions(tracker, 28)


@pytest.mark.parametrize("status", [Status.FULFILLED, Status.EXPIRED])
def test_an_answer_ends_reminders(tracker: Tracker, status: Status) -> None:
    """After an answer there is one thing left: to look whether it is so."""
    tracker.answer("ZZZZZ77777", status, now=day(3))
    assert actions(tracker, 14) == [("ZZZZZ77777", "look again")]
    tracker.look("ZZZZZ77777", Seen.GONE, now=day(14))
    assert actions(tracker, 15) == []


@pytest.mark.parametrize("status", [Status.IN_PROGRESS, Status.ASKED_FOR_MORE])
def test_waiting_goes_on(tracker: Tracker, status: Status) -> None:
    """While they work on it or ask for more, the reminder still comes."""
    tracker.answer("ZZZZZ77777", status, now=day(3))
    assert actions(tracker, 14) == [("ZZZZZ77777", "remind")]


def test_a_request_that_was_taken_back(tracker: Tracker) -> None:
    """Nothing is due for what the person took back."""
    tracker.answer("ZZZZZ77777", Status.REVOKED, now=day(3))
    assert actions(tracker, 20) == []


@pytest.mark.parametrize(
    ("seen", "words"),
    [
        (None, "asked on 2026-11-21"),
        (Seen.GONE, "gone on 2026-11-26"),
        (Seen.STILL_THERE, "asked on 2026-11-21, still there on 2026-11-26"),
        (Seen.CHANGED, "asked on 2026-11-21, changed on 2026-11-26"),
        (Seen.COULD_NOT_LOOK, "asked on 2026-11-21, could not look on 2026-11-26"),
    ],
)
def test_words(tracker: Tracker, seen: Seen | None, words: str) -> None:
    """It says what was seen, and on which day; "deleted" is never said."""
    if seen is not None:
        tracker.look("ABCDE23456", seen, now=day(5))
    assert tracker.requests()[0].words == words
    assert "deleted" not in words


def test_the_last_look_counts(tracker: Tracker) -> None:
    """A page that is back is no longer gone."""
    tracker.look("ABCDE23456", Seen.GONE, now=day(5))
    tracker.look("ABCDE23456", Seen.STILL_THERE, now=day(9))
    assert tracker.requests()[0].seen is Seen.STILL_THERE


@pytest.mark.parametrize("reason", DENIALS)
def test_a_denial_has_a_reason(tracker: Tracker, reason: str) -> None:
    """The reason of a denial is kept."""
    tracker.answer("ABCDE23456", Status.DENIED, now=day(5), reason=reason)
    kept = tracker.requests()[0]
    assert (kept.status, kept.reason) == (Status.DENIED, reason)


@pytest.mark.parametrize(
    ("status", "reason"), [(Status.DENIED, None), (Status.DENIED, "because"), (Status.FULFILLED, "other")]
)
def test_other_reasons_are_refused(tracker: Tracker, status: Status, reason: str | None) -> None:
    """A denial without a known reason, or a reason without a denial, is one clear line."""
    with pytest.raises(BadInput, match="no match"):
        tracker.answer("ABCDE23456", status, now=NOW, reason=reason)


def test_an_unknown_reference(tracker: Tracker) -> None:
    """Nothing can be kept about a request that is not there."""
    with pytest.raises(BadInput, match="no request"):
        tracker.look("NOTTHERE22", Seen.GONE, now=NOW)


def test_it_is_still_there_after_closing(tmp_path: Path) -> None:
    """What was kept is read again from the file; adding it twice keeps it once."""
    path = tmp_path / "notes.db"
    for _ in range(2):
        with Tracker(path) as tracker:
            tracker.add(OFFER, LETTER, now=NOW)
    with Tracker(path) as tracker:
        (kept,) = tracker.requests()
    assert (kept.reference, kept.source, kept.asked_on, kept.look_on) == (
        "ABCDE23456",
        "the listing",
        date(2026, 11, 21),
        date(2026, 12, 22),
    )


def test_a_crash_loses_nothing(tmp_path: Path) -> None:
    """What was kept before a crash is in the file, though it was never closed."""
    crashed = Tracker(tmp_path / "notes.db")
    crashed.add(OFFER, LETTER, now=NOW)
    for name in ("notes.db", "notes.db-wal"):
        (tmp_path / f"copy-{name}").write_bytes((tmp_path / name).read_bytes())
    crashed.__exit__(None, None, None)
    with Tracker(tmp_path / "copy-notes.db") as tracker:
        assert len(tracker.requests()) == 1


def test_the_file_is_for_its_owner_and_holds_no_value(tmp_path: Path) -> None:
    """Only its owner may read the file; neither the letter nor the person's name is in it, and nothing lies beside it."""
    path = tmp_path / "notes.db"
    with Tracker(path) as tracker:
        tracker.add(OFFER, LETTER, now=NOW)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert b"Halloway" not in path.read_bytes()
    assert [item.name for item in tmp_path.iterdir()] == ["notes.db"]


@pytest.mark.parametrize(
    "content", [b"not a database, but long enough to be read as one" * 40, b"SQLite format 3\x00" + b"\xff" * 200]
)
def test_another_file_is_refused(tmp_path: Path, content: bytes) -> None:
    """A file of another kind is one clear line, and stays as it was."""
    path = tmp_path / "other.txt"
    path.write_bytes(content)
    with pytest.raises(BadInput, match=r"other\.txt"):
        Tracker(path)
    assert path.read_bytes() == content


def test_a_folder_that_is_not_there(tmp_path: Path) -> None:
    """A place that cannot be written to is one clear line."""
    with pytest.raises(BadInput, match=r"notes\.db"):
        Tracker(tmp_path / "nowhere" / "notes.db")


def test_text_stays_text(tmp_path: Path) -> None:
    """A label that looks like a command to the file is kept as it is."""
    label = "x'); DROP TABLE request; --"
    with Tracker(tmp_path / "notes.db") as tracker:
        tracker.add(replace(OFFER, source=label), LETTER, now=NOW)
        assert tracker.requests()[0].source == label
