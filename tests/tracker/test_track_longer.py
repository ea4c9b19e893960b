"""More time that a law gives, requests to someone who does not show the page, and a program that is killed."""

from __future__ import annotations

import io
import signal
import subprocess
import sys
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from unlisted.cli import main
from unlisted.errors import BadInput
from unlisted.model import LetterOffer
from unlisted.remedy.letters import Letter
from unlisted.remedy.tracker import Seen, Status, Tracker

NOW = datetime(2026, 11, 21, 9, 30, tzinfo=UTC)
ME = """country = "{country}"
[[source]]
label = "the listing"
listing = "https://peekabook.example/4711"
"""
KEEPS = 12
WRITER = """
import sys
from datetime import UTC, datetime
from pathlib import Path
from unlisted.model import LetterOffer
from unlisted.remedy.letters import Letter
from unlisted.remedy.tracker import Status, Tracker
now = datetime(2026, 11, 21, tzinfo=UTC)
with Tracker(Path(sys.argv[1])) as tracker:
    number = 0
    while True:
        number += 1
        reference = f"REF{number:07}"
        offer = LetterOffer(recipient="Peekabook", kind="erasure", source="the listing", file_name="x.txt")
        letter = Letter(kind="erasure", recipient="P", to=None, subject_line="s", text="t", reference=reference)
        tracker.add(offer, letter, now=now)
        tracker.answer(reference, Status.IN_PROGRESS, now=now)
        print(reference, flush=True)
"""
"""Keeps one request after the other, and says so after each, until it is killed."""


def letter(kind: str, law: str | None) -> Letter:
    """A letter as the tracker sees it."""
    return Letter(
        kind=kind,
        recipient="Peekabook",
        to=None,
        subject_line="s",
        text="t",
        reference="ABCDE23456",
        answer_by=date(2026, 12, 21) if law else None,
        law=law,
    )


def opened(path: Path, kind: str = "erasure", law: str | None = "eu-gdpr") -> Tracker:
    """A file with one request."""
    tracker = Tracker(path / "asked.sqlite")
    offer = LetterOffer(recipient="Peekabook", kind=kind, source="the listing", file_name="x.txt")
    tracker.add(offer, letter(kind, law), now=NOW)
    return tracker


def on(days: int) -> datetime:
    """So many days after the letter."""
    return NOW + timedelta(days=days)


def test_longer_time_moves_the_day(tmp_path: Path) -> None:
    """Who says in time that they need longer gets no reminder before the later day."""
    with opened(tmp_path) as tracker:
        tracker.extended("ABCDE23456", now=on(20))
        (kept,) = tracker.requests()
        assert (kept.extended, kept.status, kept.look_on) == (True, Status.IN_PROGRESS, date(2027, 2, 22))
        assert tracker.due(on(92)) == ()
        assert [each.action for each in tracker.due(on(93))] == ["remind"]


@pytest.mark.parametrize(("kind", "law"), [("delisting", None), ("erasure", "ch-fadp"), ("state-delete", "us-co")])
def test_no_longer_time_is_made_up(tmp_path: Path, kind: str, law: str | None) -> None:
    """Where no law gives a longer time that we know of, the day stays, and that is said."""
    with opened(tmp_path, kind, law) as tracker:
        before = tracker.requests()
        with pytest.raises(BadInput, match="no longer time"):
            tracker.extended("ABCDE23456", now=on(3))
        assert tracker.requests() == before
        with pytest.raises(BadInput, match="no request"):
            tracker.extended("NOTTHERE22", now=on(3))


def test_hidden_is_not_gone(tmp_path: Path) -> None:
    """What a search engine leaves out is hidden on a day; that the page still stands calls for no reminder to it."""
    with opened(tmp_path, "search-delisting", None) as tracker:
        tracker.answer("ABCDE23456", Status.FULFILLED, now=on(6))
        tracker.look("ABCDE23456", Seen.STILL_THERE, now=on(15))
        (kept,) = tracker.requests()
        assert kept.words == "asked on 2026-11-21, hidden on 2026-11-27"
        assert tracker.due(on(60)) == ()
        tracker.look("ABCDE23456", Seen.GONE, now=on(70))
        assert tracker.requests()[0].words == "gone on 2027-01-30"


def test_a_no_can_be_complained_of_at_once(tmp_path: Path) -> None:
    """After a no, nobody waits: the complaint is due on that day where the law names someone, and once only."""
    with opened(tmp_path) as tracker:
        tracker.answer("ABCDE23456", Status.DENIED, now=on(5), reason="not covered")
        assert tracker.due(on(4)) == ()
        (due,) = tracker.due(on(5))
        assert (due.action, due.since) == ("complain", date(2026, 11, 26))
        tracker.complained("ABCDE23456", now=on(5))
        assert tracker.due(on(90)) == ()


def test_a_killed_program_loses_nothing_that_it_said_was_kept(tmp_path: Path) -> None:
    """Killed in the middle of its work, the file is whole: every request that was said to be kept is there, with its answer."""
    path = tmp_path / "asked.sqlite"
    with subprocess.Popen([sys.executable, "-c", WRITER, str(path)], stdout=subprocess.PIPE, text=True) as running:
        assert running.stdout is not None
        said = [running.stdout.readline().strip() for _ in range(KEEPS)]
        running.kill()
        said += [line.strip() for line in running.stdout if line.endswith("\n")]
    assert running.returncode == -signal.SIGKILL
    with Tracker(path) as tracker:
        kept = {each.reference: each.status for each in tracker.requests()}
        assert [reference for reference in said if kept.get(reference) is not Status.IN_PROGRESS] == []
        assert len(kept) - len(said) in {0, 1}
        tracker.answer(said[0], Status.FULFILLED, now=NOW)
        assert tracker.requests()[0].status is Status.FULFILLED


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder to work in; nobody sits at the terminal."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr("sys.stdin", io.StringIO())
    return tmp_path


def told(capsys: pytest.CaptureFixture[str], *more: str) -> str:
    """What `unlisted track` prints."""
    assert main(["track", "asked.sqlite", *more]) == 0
    return capsys.readouterr().out


def add(kind: str, recipient: str, *more: str) -> tuple[str, ...]:
    """The words of a command that keeps a request."""
    about = ("--record", "the listing", "--on", "2026-11-21")
    return ("add", "ABCDE23456", "--kind", kind, "--recipient", recipient, *about, *more)


def test_the_command_takes_needs_longer(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The answer "needs-longer" moves the day that the list shows; a law without one is one clear line."""
    told(capsys, *add("erasure", "Peekabook", "--law", "eu-gdpr"))
    assert "look again on 2027-02-22" in told(capsys, "answer", "ABCDE23456", "needs-longer", "--on", "2026-12-01")
    assert main(["track", "other.sqlite", *add("delisting", "Peekabook")]) == 0
    assert main(["track", "other.sqlite", "answer", "ABCDE23456", "needs-longer"]) == 2
    assert "no longer time" in capsys.readouterr().err
    assert (here / "other.sqlite").exists()


@pytest.mark.parametrize(
    ("kind", "recipient", "to", "told_address"),
    [
        ("search-delisting", "A search engine", "To: A search engine", False),
        ("archive-exclusion", "A web archive", "To: A web archive", False),
        ("delisting", "the site of the listing", "To: peekabook.example", True),
        ("delisting", "peekabook.example", "To: peekabook.example", True),
        ("delisting", "The club itself", "To: The club itself", False),
    ],
)
def test_a_reminder_goes_to_who_got_the_letter(
    here: Path, capsys: pytest.CaptureFixture[str], kind: str, recipient: str, to: str, told_address: bool
) -> None:
    """Not to the site where somebody else was asked; and someone who does not show the page is not told its address."""
    (here / "me.toml").write_text(ME.format(country="US"), encoding="utf-8")
    told(capsys, *add(kind, recipient))
    out = told(capsys, "remind", "ABCDE23456", "--subject", "me.toml", "--on", "2026-12-10")
    assert to in out
    assert ("https://peekabook.example/4711" in out) is told_address
    assert "The reference was ABCDE23456." in " ".join(out.split())


def test_a_reminder_to_an_owner_goes_to_the_owner(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Where a letter went to the owner of several sites, so does the reminder, with the owner's address."""
    (here / "me.toml").write_text(ME.format(country="US"), encoding="utf-8")
    told(capsys, *add("delisting", "192.com"))
    out = told(capsys, "remind", "ABCDE23456", "--subject", "me.toml", "--on", "2026-12-10")
    assert "To: 192.com\n" in out
    assert "peekabook" not in out.split("Hello,")[0]


def test_the_uk_from_letter_to_authority(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """There the reminder is the complaint to the firm; the authority comes after the time that the firm has for it."""
    (here / "me.toml").write_text(ME.format(country="GB"), encoding="utf-8")
    told(capsys, *add("erasure", "peekabook.example", "--law", "uk-gdpr"))
    assert "remind" in told(capsys, "due", "--on", "2026-12-22")
    out = told(capsys, "remind", "ABCDE23456", "--subject", "me.toml", "--on", "2026-12-22")
    assert "Please take this as a complaint" in out
    assert told(capsys, "due", "--on", "2027-01-21") == "Nothing is due.\n"
    assert "then the Information Commissioner" in told(capsys, "due", "--on", "2027-01-22")
    out = told(capsys, "complain", "ABCDE23456", "--subject", "me.toml", "--on", "2027-01-22")
    assert "Article 77 of the UK General Data Protection Regulation" in " ".join(out.split())
