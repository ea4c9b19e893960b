"""`unlisted track FILE`: what was asked, what is due, what came of it."""

from __future__ import annotations

import io
import os
import sqlite3
import stat
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import pytest

from unlisted.cli import main, track
from unlisted.demo.server import Reply, serve
from unlisted.remedy.tracker import DENIALS
from unlisted.sources.fetch import Fetcher

ME = """country = "AT"
[[fact]]
kind = "name"
label = "my name"
value = "Odile Varnholt"
[[source]]
label = "the listing"
listing = "https://peekabook.example/4711"
"""
ADD = ("add", "ABCDE23456", "--kind", "erasure", "--recipient", "Peekabook", "--record", "the listing")
FIRST = "2026-11-21"
Capture = pytest.CaptureFixture[str]


@pytest.fixture(autouse=True)
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with a subject file; nobody sits at the terminal."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr("sys.stdin", io.StringIO())
    (tmp_path / "me.toml").write_text(ME, encoding="utf-8")
    return tmp_path


@pytest.fixture
def kept(capsys: Capture) -> None:
    """A file with one request under the law of the EU."""
    assert main(["track", "asked.sqlite", *ADD, "--law", "eu-gdpr", "--on", FIRST]) == 0
    capsys.readouterr()


def told(capsys: Capture, *more: str, on: str = FIRST) -> str:
    """What `unlisted track` prints on that day."""
    assert main(["track", "asked.sqlite", *more, "--on", on]) == 0
    return capsys.readouterr().out


def failed(capsys: Capture, *more: str) -> str:
    """The one line of a command that ends with 2."""
    assert main(["track", "asked.sqlite", *more]) == 2
    out, err = capsys.readouterr()
    assert (out, err.count("\n")) == ("", 1)
    return err


def test_only_add_makes_a_file(here: Path, capsys: Capture) -> None:
    """Looking at a file that is not there does not leave one."""
    assert "there is no such file yet" in failed(capsys, "list")
    assert not (here / "asked.sqlite").exists()


def test_what_is_added_is_listed(here: Path, capsys: Capture) -> None:
    """A request has a line with its reference, recipient, label and days; the file is its owner's alone."""
    assert told(capsys, *ADD, "--law", "eu-gdpr") == "Kept: ABCDE23456\n"
    assert told(capsys, "list") == (
        "ABCDE23456  Peekabook about “the listing”: asked on 2026-11-21; open; look again on 2026-12-22\n"
    )
    assert stat.S_IMODE((here / "asked.sqlite").stat().st_mode) == 0o600


@pytest.mark.usefixtures("kept")
def test_what_is_due(capsys: Capture) -> None:
    """Nothing before the day; then a reminder; two weeks after it a complaint; after that nothing."""
    assert told(capsys, "due", on="2026-12-21") == "Nothing is due.\n"
    assert "remind ABCDE23456" in told(capsys, "due", on="2026-12-22")
    out = told(capsys, "remind", "ABCDE23456", "--subject", "me.toml", on="2026-12-22")
    assert "The reference was ABCDE23456" in " ".join(out.split())
    assert "To: Peekabook\n" in out
    assert told(capsys, "due", on="2027-01-04") == "Nothing is due.\n"
    assert "complain to your own supervisory authority" in told(capsys, "due", on="2027-01-05")
    out = told(capsys, "complain", "ABCDE23456", "--subject", "me.toml", on="2027-01-05")
    assert "Artikel 77" in out
    assert "peekabook" not in out
    assert told(capsys, "due", on="2027-06-01") == "Nothing is due.\n"


@pytest.mark.usefixtures("kept")
def test_a_complaint_goes_to_whoever_is_named(capsys: Capture) -> None:
    """Where no authority of the country is known, the person names one."""
    out = told(capsys, "complain", "ABCDE23456", "--subject", "me.toml", "--recipient", "State Office", on="2027-01-05")
    assert "State Office" in out
    assert "peekabook" not in out


@pytest.mark.usefixtures("kept")
@pytest.mark.parametrize(("word", "status"), track.ANSWERS.items())
def test_answers(capsys: Capture, word: str, status: str) -> None:
    """Every answer can be kept by the word that the help shows; a denial says why."""
    reason = ("--reason", DENIALS[0]) if word == "denied" else ()
    assert word.replace("-", " ") in told(capsys, "answer", "ABCDE23456", word, *reason)
    assert word.replace("-", " ") in told(capsys, "list")


@pytest.mark.usefixtures("kept")
def test_the_calendar(here: Path, capsys: Capture) -> None:
    """Reminders go to standard output or to a file, with the reference alone; none for what was answered."""
    out = told(capsys, "ics")
    assert "SUMMARY:Look again: ABCDE23456" in out
    assert "DTSTART;VALUE=DATE:20261222" in out
    assert "Peekabook" not in out
    told(capsys, "ics", "--out", "days.ics")
    assert (here / "days.ics").read_bytes().startswith(b"BEGIN:VCALENDAR\r\n")
    told(capsys, "answer", "ABCDE23456", "fulfilled")
    assert "VEVENT" not in told(capsys, "ics")


@pytest.fixture
def site(monkeypatch: pytest.MonkeyPatch) -> Iterator[dict[tuple[str, str], Reply]]:
    """The listing's site on this machine; a test puts pages into it."""
    pages = {("peekabook.example", "/"): Reply(body=b"<html>A directory</html>")}
    with serve(pages) as dial:

        def near(*, typed: list[str]) -> Fetcher:
            return Fetcher(dial=dial, typed=typed, sleep=lambda _: None)

        monkeypatch.setattr(track, "Fetcher", near)
        yield pages


@pytest.mark.usefixtures("kept")
def test_a_look_is_kept(site: dict[tuple[str, str], Reply], capsys: Capture) -> None:
    """Still there, then gone: each look is said and kept, and a page that is gone is not opened again."""
    site["peekabook.example", "/4711"] = Reply(body=b"<html><h1>Odile Varnholt</h1></html>")
    out = told(capsys, "look", "ABCDE23456", "--subject", "me.toml", on="2026-12-01")
    assert out == "ABCDE23456  still there: the page still shows you\n"
    assert "asked on 2026-11-21, still there on 2026-12-01" in told(capsys, "list")
    del site["peekabook.example", "/4711"]
    assert "gone" in told(capsys, "look", "--subject", "me.toml", on="2026-12-05")
    assert "gone on 2026-12-05" in told(capsys, "list")
    assert told(capsys, "look", "--subject", "me.toml", on="2026-12-06") == ""
    assert "deleted" not in told(capsys, "list")


SAVED = '\nfile = "saved.html"\n'


@pytest.fixture
def offline(here: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The listing is given as a saved file, and whoever asks a site fails the test."""

    def asked(*_: object, **__: object) -> None:
        pytest.fail("a page that was given as a saved file was fetched")

    monkeypatch.setattr(Fetcher, "get", asked)
    (here / "me.toml").write_text(ME + SAVED, encoding="utf-8")
    return here / "saved.html"


def saved(file: Path, body: str, day: str) -> None:
    """The page, saved on that day."""
    file.write_text(f"<html><h1>{body}</h1></html>", encoding="utf-8")
    at = datetime.fromisoformat(f"{day}T12:00:00+00:00").timestamp()
    os.utime(file, (at, at))


@pytest.mark.usefixtures("kept")
@pytest.mark.parametrize(
    ("body", "day", "wanted"),
    [
        ("Odile Varnholt", "2026-12-01", "still there: the page still shows you"),
        ("Nothing of anybody", "2026-12-01", "changed: "),
        ("This record was removed.", "2026-12-01", "gone: the page says that the record is not there"),
        ("Odile Varnholt", FIRST, "could not look: you gave this page as a saved file"),
        ("This record was removed.", "2026-11-01", "could not look: you gave this page as a saved file"),
    ],
)
def test_a_saved_page_is_looked_at_where_it_lies(
    offline: Path, capsys: Capture, body: str, day: str, wanted: str
) -> None:
    """Nothing is fetched; a file that is no newer than the letter says nothing about the answer."""
    saved(offline, body, day)
    out = told(capsys, "look", "ABCDE23456", "--subject", "me.toml", on="2026-12-05")
    assert out.startswith(f"ABCDE23456  {wanted}")
    assert wanted.partition(":")[0] in told(capsys, "list", on="2026-12-05")


@pytest.mark.usefixtures("kept", "offline")
def test_a_saved_page_that_is_not_there(capsys: Capture) -> None:
    """It is told, and nothing is fetched in its place."""
    assert "could not look: the file is not there" in told(capsys, "look", "--subject", "me.toml", on="2026-12-05")


@pytest.mark.usefixtures("kept")
def test_a_look_online_is_told_before(
    site: dict[tuple[str, str], Reply], capsys: Capture, monkeypatch: pytest.MonkeyPatch
) -> None:
    """On a terminal it is said that pages are opened; in a pipe nobody is told."""
    site["peekabook.example", "/4711"] = Reply(body=b"<html><h1>Odile Varnholt</h1></html>")
    assert main(["track", "asked.sqlite", "look", "--subject", "me.toml"]) == 0
    assert capsys.readouterr().err == ""
    monkeypatch.setattr("sys.stderr.isatty", lambda: True)
    assert main(["track", "asked.sqlite", "look", "--subject", "me.toml"]) == 0
    assert "Looking at 1 address that you listed, and nowhere else." in capsys.readouterr().err


@pytest.mark.usefixtures("site")
def test_a_request_without_a_page(capsys: Capture) -> None:
    """A request that is about no source has no page to look at, and its reminder goes to whoever got the letter."""
    told(capsys, "add", "ZZZZZ77777", "--kind", "club", "--recipient", "Rowing club")
    assert "no page is kept" in told(capsys, "look", "--subject", "me.toml")
    assert "To: Rowing club" in told(capsys, "remind", "ZZZZZ77777", "--subject", "me.toml")


@pytest.mark.usefixtures("kept")
@pytest.mark.parametrize(
    ("argv", "words"),
    [
        (("answer", "NOTTHERE22", "fulfilled"), "no request with this reference"),
        (("answer",), "the reference of a request"),
        (("answer", "ABCDE23456"), "an answer: open"),
        (("answer", "ABCDE23456", "perhaps"), "there is no such answer"),
        (("answer", "ABCDE23456", "denied"), "one of these reasons"),
        (("answer", "ABCDE23456", "denied", "--reason", "because"), "one of these reasons"),
        (("look", "ABCDE23456"), "--subject"),
        (("remind", "ABCDE23456"), "--subject"),
        (("due", "--on", "soon"), "a day is written like"),
        (("add", "a b", "--kind", "erasure", "--recipient", "x"), "a letter's reference is"),
        (("add", "ABCDE99999", "--kind", "poem", "--recipient", "x"), "no letter of this kind"),
        (("add", "ABCDE99999", "--kind", "erasure"), "--recipient"),
        (("add", "ABCDE99999", "--recipient", "x"), "--kind"),
        (("add", "ABCDE99999", "--kind", "erasure", "--recipient", "x", "--law", "no-law"), "no law entry"),
    ],
)
def test_mistakes_are_one_line(capsys: Capture, argv: tuple[str, ...], words: str) -> None:
    """Each mistake is told in one line that says what is allowed."""
    assert words in failed(capsys, *argv)


@pytest.mark.parametrize("broken", ["not a database", ""])
def test_another_file_is_refused_or_empty(here: Path, capsys: Capture, broken: str) -> None:
    """A file that is something else is refused in one line and stays as it is; an empty one has no requests."""
    (here / "asked.sqlite").write_text(broken, encoding="utf-8")
    if broken:
        assert "cannot be used" in failed(capsys, "list")
        assert (here / "asked.sqlite").read_text(encoding="utf-8") == broken
    else:
        assert told(capsys, "list") == ""


@pytest.mark.usefixtures("kept")
@pytest.mark.parametrize(
    "change",
    [
        "UPDATE request SET asked_on = 'yesterday'",
        "UPDATE request SET look_on = 7",
        "INSERT INTO event (reference, day, what) VALUES ('ABCDE23456', 'x', 'gone')",
    ],
)
def test_a_file_that_was_tampered_with(here: Path, capsys: Capture, change: str) -> None:
    """A file with nonsense in it is one line and no traceback."""
    other = sqlite3.connect(here / "asked.sqlite")
    other.execute(change)
    other.commit()
    other.close()
    assert "did not write" in failed(capsys, "list")
