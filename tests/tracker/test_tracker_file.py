"""The tracker's file: whole after a crash, for its owner only, and steady whatever is kept in it."""

from __future__ import annotations

import shutil
import stat
import subprocess
import sys
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from unlisted.errors import BadInput
from unlisted.model import LetterOffer
from unlisted.remedy.letters import Letter
from unlisted.remedy.tracker import DENIALS, REMINDER_DAYS, Seen, Status, Tracked, Tracker, due_of

NOW = datetime(2026, 11, 21, 9, 30, tzinfo=UTC)
ACTIONS = {"remind", "complain", "look again"}


def letter(reference: str = "ABCDE23456", *, law: str | None = "eu-gdpr") -> Letter:
    """A letter as the tracker sees it."""
    return Letter(
        kind="erasure",
        recipient="Peekabook",
        to=None,
        subject_line="s",
        text="My name is Wren Halloway",
        reference=reference,
        answer_by=date(2026, 12, 21) if law else None,
        law=law,
    )


def offer(recipient: str = "Peekabook", source: str = "the listing") -> LetterOffer:
    """What may be shown of it."""
    return LetterOffer(recipient=recipient, kind="erasure", source=source, file_name="letter-01.txt")


def test_what_was_kept_survives_a_crash(tmp_path: Path) -> None:
    """Files that are copied away while the program still runs, as a crash leaves them, hold every request."""
    with Tracker(tmp_path / "asked.sqlite") as tracker:
        for number in range(20):
            tracker.add(offer(), letter(f"REF{number:07}"), now=NOW)
            crashed = tmp_path / f"crash{number}"
            crashed.mkdir()
            for path in tmp_path.glob("asked.sqlite*"):
                shutil.copy(path, crashed / path.name)
            with Tracker(crashed / "asked.sqlite") as found:
                assert len(found.requests()) == number + 1


def test_files_beside_it_are_its_owners_too(tmp_path: Path) -> None:
    """The database makes files beside the one that was named while it is open: they are for the owner only, and go away."""
    with Tracker(tmp_path / "asked.sqlite") as tracker:
        tracker.add(offer(), letter(), now=NOW)
        beside = list(tmp_path.iterdir())
        assert len(beside) > 1
        assert {stat.S_IMODE(path.stat().st_mode) for path in beside} == {0o600}
    assert [path.name for path in tmp_path.iterdir()] == ["asked.sqlite"]


def test_two_windows_at_once(tmp_path: Path) -> None:
    """What one keeps, another that has the file open sees."""
    with Tracker(tmp_path / "asked.sqlite") as one, Tracker(tmp_path / "asked.sqlite") as other:
        one.add(offer(), letter(), now=NOW)
        other.answer("ABCDE23456", Status.IN_PROGRESS, now=NOW)
        assert [request.status for request in one.requests()] == [Status.IN_PROGRESS]


@pytest.mark.parametrize(
    "words", ["'; DROP TABLE request; --", '"', "\u202egnp", "x" * 10_000, "", "مريم الحسن", "a\nb\x00c"]
)
def test_words_stay_words(tmp_path: Path, words: str) -> None:
    """Whatever stands in a name or a label is kept as it is, and the file still works."""
    with Tracker(tmp_path / "asked.sqlite") as tracker:
        tracker.add(offer(recipient=words, source=words), letter(), now=NOW)
        (kept,) = tracker.requests()
        assert (kept.recipient, kept.source) == (words, words)
        with pytest.raises(BadInput, match="no request"):
            tracker.answer(words[:50] or "'", Status.FULFILLED, now=NOW)


def test_the_same_reference_is_kept_once(tmp_path: Path) -> None:
    """A second letter of the same reference does not change what was asked first."""
    with Tracker(tmp_path / "asked.sqlite") as tracker:
        tracker.add(offer("First"), letter(), now=NOW)
        tracker.add(offer("Second"), letter(), now=NOW + timedelta(days=9))
        (kept,) = tracker.requests()
    assert (kept.recipient, kept.asked_on) == ("First", date(2026, 11, 21))


def test_a_folder_or_a_missing_one_is_one_line(tmp_path: Path) -> None:
    """A path that can be no such file is refused without a traceback and without the path's folders."""
    for path in (tmp_path, tmp_path / "no" / "asked.sqlite"):
        with pytest.raises(BadInput, match="cannot be used to keep track") as caught:
            Tracker(path)
        assert str(tmp_path) not in str(caught.value)


@pytest.mark.skipif(sys.platform == "win32", reason="a limit on the size of files")
def test_a_full_disk_leaves_no_file_behind(tmp_path: Path) -> None:
    """The line says that there is no room, and neither an empty file nor a journal stays."""
    code = (
        "import resource, sys; resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0));"
        "from unlisted.cli import main; sys.exit(main(sys.argv[1:]))"
    )
    add = ("track", str(tmp_path / "t.db"), "add", "AAAA-1111", "--kind", "erasure", "--recipient", "X")
    told = subprocess.run([sys.executable, "-c", code, *add], check=False, capture_output=True, text=True)
    assert (told.returncode, told.stderr) == (2, "unlisted: t.db: nothing can be written there; is the disk full?\n")
    assert list(tmp_path.iterdir()) == []


EVENTS = st.lists(
    st.tuples(
        st.integers(0, 400),
        st.one_of(
            st.sampled_from(list(Status)), st.sampled_from(list(Seen)), st.sampled_from(["reminded", "complained"])
        ),
    ),
    max_size=8,
)


@settings(max_examples=60, deadline=None, derandomize=True)
@given(events=EVENTS, lawful=st.booleans(), today=st.integers(0, 800))
def test_whatever_happens_one_thing_at_most_is_due(
    tmp_path_factory: pytest.TempPathFactory, events: list[tuple[int, Status | Seen | str]], today: int, *, lawful: bool
) -> None:
    """After any run of answers, looks and letters: at most one thing to do, none early, none where the page is gone."""
    day = NOW + timedelta(days=today)
    with Tracker(tmp_path_factory.mktemp("t") / "asked.sqlite") as tracker:
        tracker.add(offer(), letter(law="eu-gdpr" if lawful else None), now=NOW)
        for number, event in sorted(events, key=lambda pair: pair[0]):
            happen(tracker, event, NOW + timedelta(days=number))
        (kept,) = tracker.requests()
        found = tracker.due(day)
    assert len(found) <= 1
    assert "deleted" not in kept.words
    assert kept.words.startswith(("asked on ", "gone on "))
    for each in found:
        assert each.action in ACTIONS
        assert each.since <= day.date()
        assert kept.seen is not Seen.GONE
        assert kept.complained_on is None
        denied = kept.status is Status.DENIED
        assert each.action != "complain" or (lawful and (denied or kept.reminded_on is not None))


def happen(tracker: Tracker, event: Status | Seen | str, day: datetime) -> None:
    """Keep one event."""
    if isinstance(event, Status):
        tracker.answer("ABCDE23456", event, now=day, reason=DENIALS[0] if event is Status.DENIED else None)
    elif isinstance(event, Seen):
        tracker.look("ABCDE23456", event, now=day)
    elif event == "reminded":
        tracker.reminded("ABCDE23456", now=day)
    else:
        tracker.complained("ABCDE23456", now=day)


@pytest.mark.parametrize(
    ("change", "action"),
    [
        ({}, "remind"),
        ({"reminded_on": date(2026, 12, 22)}, "complain"),
        ({"reminded_on": date(2026, 12, 22), "law": None}, "look again"),
        ({"status": Status.DENIED, "reason": "other", "answered_on": date(2026, 12, 1)}, "complain"),
        ({"status": Status.DENIED, "reason": "other", "answered_on": date(2026, 12, 1), "law": None}, "look again"),
        ({"kind": "complaint", "reminded_on": date(2026, 12, 22)}, "look again"),
        ({"kind": "search-delisting", "status": Status.FULFILLED, "seen": Seen.STILL_THERE}, None),
        ({"law": "uk-gdpr", "reminded_on": date(2026, 12, 22)}, None),
        ({"law": "uk-gdpr", "reminded_on": date(2026, 12, 5)}, "complain"),
        ({"status": Status.FULFILLED, "seen": Seen.CHANGED, "seen_on": date(2026, 12, 30)}, None),
        ({"status": Status.FULFILLED, "seen": Seen.STILL_THERE, "seen_on": date(2026, 12, 30)}, "remind"),
        ({"status": Status.DENIED, "law": None, "seen": Seen.STILL_THERE, "seen_on": date(2026, 12, 30)}, None),
        ({"seen": Seen.GONE}, None),
        ({"status": Status.REVOKED}, None),
        ({"reminded_on": date(2026, 12, 22), "complained_on": date(2027, 1, 6)}, None),
    ],
)
def test_the_order_of_what_is_due(change: dict[str, Any], action: str | None) -> None:
    """Remind, then complain where the law names someone, else look again; nothing once it is gone or taken back."""
    plain: dict[str, Any] = {
        "reference": "ABCDE23456",
        "kind": "erasure",
        "recipient": "Peekabook",
        "source": "the listing",
        "law": "eu-gdpr",
        "asked_on": date(2026, 11, 21),
        "look_on": date(2026, 12, 22),
    }
    request = Tracked(**{**plain, **change})
    found = due_of(request, date(2026, 12, 22) + timedelta(days=REMINDER_DAYS))
    assert (found.action if found else None) == action
