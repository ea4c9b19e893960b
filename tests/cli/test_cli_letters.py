"""Letters on the command line: after an audit, as a folder or one ZIP; one letter as a link; options that would do nothing."""

from __future__ import annotations

import csv
import io
import stat
import zipfile
from datetime import UTC, datetime
from pathlib import Path
from random import Random
from urllib.parse import parse_qs, urlsplit

import pytest
from tests.cli.shared import FACTS, alone

from unlisted.audit import examine
from unlisted.cli import main
from unlisted.data.loader import directories
from unlisted.demo.server import Reply, serve
from unlisted.model import Fact, Source, SourceKind, Subject
from unlisted.remedy.directories import letters
from unlisted.remedy.kinds import KINDS
from unlisted.sources.fetch import Fetcher

ME = f"""{FACTS}[[source]]
label = "book"
file = "saved.html"
address = "https://www.whitepages.com/name/x"
"""
STEM = "letter-01-whitepages-com"
Capture = pytest.CaptureFixture[str]


@pytest.fixture(autouse=True)
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with a subject file and a saved record; nobody sits at the terminal."""
    (tmp_path / "me.toml").write_text(ME, encoding="utf-8")
    return alone(tmp_path, monkeypatch)


def audit(*more: str) -> None:
    """An audit that writes a report and what is asked for."""
    assert main(["audit", "me.toml", "--report", "notes.html", *more]) == 0


def failed(capsys: Capture, *argv: str) -> str:
    """The one line of a command that ends with 2."""
    assert main(argv) == 2
    out, err = capsys.readouterr()
    assert (out, err.count("\n")) == ("", 1)
    return err


def test_an_audit_writes_reminders_and_a_table(here: Path, capsys: Capture) -> None:
    """Beside each letter and its draft lie a calendar and a table without any value; the table names the file as it is called."""
    audit("--letters", "out", "--pdf", "us-letter")
    names = sorted(path.name for path in (here / "out").iterdir())
    assert names == [f"{STEM}.eml", f"{STEM}.pdf", f"{STEM}.txt", "letters.csv", "look-again.ics"]
    assert {stat.S_IMODE(path.stat().st_mode) for path in (here / "out").iterdir()} == {0o600}
    (row,) = csv.DictReader(io.StringIO((here / "out" / "letters.csv").read_text(encoding="utf-8")))
    assert (row["file"], row["kind"], row["told"]) == (f"{STEM}.txt", "delisting", "")
    assert row["reference"] in (here / "out" / f"{STEM}.txt").read_text(encoding="utf-8")
    assert row["reference"] in (here / "out" / "look-again.ics").read_text(encoding="utf-8")
    for name in ("letters.csv", "look-again.ics"):
        assert "Varnholt" not in (here / "out" / name).read_text(encoding="utf-8")
    assert capsys.readouterr().out.count("Written: out") == len(names)


def test_a_second_audit_keeps_what_was_filled_in(here: Path, capsys: Capture) -> None:
    """Nothing that lies there is written over: the second set has a folder of its own, and it is said which is which."""
    audit("--letters", "out")
    (here / "out" / f"{STEM}.txt").write_text("filled in by hand", encoding="utf-8")
    first = {path: path.read_bytes() for path in (here / "out").iterdir()}
    assert "earlier run" not in capsys.readouterr().out
    for name in ("out-2", "out-3"):
        audit("--letters", "out")
        said = capsys.readouterr().out
        assert f"Letters of an earlier run lie in out. The new ones are in {name}." in said
        assert f"Written: {Path(name, STEM)}.txt" in said
        (row,) = csv.DictReader(io.StringIO((here / name / "letters.csv").read_text(encoding="utf-8")))
        assert row["file"] == f"{STEM}.txt"
    assert {path: path.read_bytes() for path in (here / "out").iterdir()} == first
    assert sorted(path.name for path in (here / "out-2").iterdir()) == sorted(path.name for path in first)
    assert stat.S_IMODE((here / "out-2").stat().st_mode) == 0o700


def test_the_folder_here_is_told_by_its_path(here: Path, capsys: Capture) -> None:
    """A dot before the full stop reads as the folder above."""
    audit("--letters", ".")
    capsys.readouterr()
    audit("--letters", ".")
    assert f"lie in {here.resolve()}. The new ones are in letters." in capsys.readouterr().out


def test_letters_into_a_file_are_refused(here: Path, capsys: Capture) -> None:
    """The line says that it is a file, not that it is missing."""
    (here / "out").write_text("x", encoding="utf-8")
    assert (
        failed(capsys, "audit", "me.toml", "--letters", "out") == "unlisted: out is a file: give the name of a folder\n"
    )


@pytest.mark.parametrize(("to", "second"), [(".", "letters"), ("a/..", "a/../letters"), ("a/b", "a/b-2")])
def test_the_folder_of_a_second_set(here: Path, to: str, second: str) -> None:
    """Beside a folder that has a name, in one that has none; what else lies in the first folder is no trouble."""
    (here / "a" / "b").mkdir(parents=True)
    (here / "a" / "b" / "words.txt").write_text("mine", encoding="utf-8")
    audit("--letters", to)
    assert (here / to / f"{STEM}.txt").is_file()
    audit("--letters", to)
    assert (here / second / f"{STEM}.txt").is_file()


def test_all_letters_twice(here: Path, capsys: Capture) -> None:
    """The same without an audit."""
    for _ in range(2):
        assert main(["letter", "all", "--subject", "me.toml", "--out", "out"]) == 0
    assert "The new ones are in out-2." in capsys.readouterr().out
    assert (here / "out-2" / "letters.csv").is_file()


@pytest.mark.parametrize("where", [("--zip", "all.zip"), ("--out", "out")])
def test_all_letters_where_there_is_none(
    here: Path, capsys: Capture, monkeypatch: pytest.MonkeyPatch, where: tuple[str, str]
) -> None:
    """A site that takes no letter: it is said, and no empty ZIP, folder or file of requests is made."""
    monkeypatch.setattr("unlisted.cli.letter.letters", lambda *_, **__: ())
    before = sorted(here.iterdir())
    assert main(["letter", "all", "--subject", "me.toml", *where, "--track", "asked.sqlite"]) == 0
    assert capsys.readouterr().out.startswith("No letter was written: for your listings there are steps instead.")
    assert sorted(here.iterdir()) == before


def test_an_audit_writes_one_zip(here: Path, capsys: Capture) -> None:
    """A name that ends with .zip gets all of it as one file, and nothing lies beside it; a second one takes the next name."""
    for _ in range(2):
        capsys.readouterr()
        audit("--letters", "all.zip")
    assert "all.zip is there already. The new letters are in all-2.zip.\nWritten: all-2.zip" in capsys.readouterr().out
    assert sorted(path.name for path in here.iterdir()) == [
        "all-2.zip",
        "all.zip",
        "me.toml",
        "notes.html",
        "saved.html",
    ]
    assert stat.S_IMODE((here / "all.zip").stat().st_mode) == 0o600
    with zipfile.ZipFile(here / "all.zip") as archive:
        assert archive.namelist() == [f"{STEM}.txt", f"{STEM}.eml", "look-again.ics", "letters.csv"]


def test_a_zip_where_nothing_can_be_written(capsys: Capture) -> None:
    """A folder that is not there is told before anything is looked at."""
    assert "there is no folder" in failed(capsys, "audit", "me.toml", "--letters", "no/such/all.zip")


def test_no_record_no_files(here: Path) -> None:
    """Without a record there is no letter, no empty table and no empty folder."""
    (here / "saved.html").write_text("<p>Nothing of anybody</p>", encoding="utf-8")
    (here / "me.toml").write_text(ME.replace("www.whitepages.com", "page.example"), encoding="utf-8")
    audit("--letters", "out")
    assert not (here / "out").exists()


def test_a_record_that_shows_one_thing_gets_a_letter() -> None:
    """A listing on a site that nobody knows, in no known shape and with one declared fact: a polite letter and a note."""
    source = Source(label="book", kind=SourceKind.LISTING, address="https://peekabook.example/4711")
    phone = Fact(kind="phone", label="mobile", value="+1 207 555 0199")
    subject = Subject(facts=(phone,), sources=(source,))
    page = Reply(body=b"<html><body><p>Call 207 555 0199 for more.</p></body></html>")
    now = datetime(2026, 11, 21, tzinfo=UTC)
    with (
        serve({("peekabook.example", "/4711"): page}) as dial,
        Fetcher(dial=dial, typed=[source.address or ""], sleep=lambda _: None) as fetcher,
    ):
        seen = examine(subject, now=now, rng=Random(1), fetcher=fetcher)
    (offer,) = seen.result.letters
    assert (offer.kind, offer.checked) == ("delisting", "This site is not in our list.")
    ((_, letter),) = letters(seen.listings, subject=subject, register=directories(), now=now, rng=Random(1))
    assert "https://peekabook.example/4711" in letter.text
    assert "0199" not in letter.text
    assert letter.law is None


def test_a_letter_that_no_font_can_set_is_named(here: Path, capsys: Capture) -> None:
    """A name in signs that no font has gives text and draft, and a line that says why there is no PDF."""
    odd = "\u5f20\u4f1f"
    (here / "me.toml").write_text(ME.replace("Odile Varnholt", odd), encoding="utf-8")
    assert main(["letter", "all", "--subject", "me.toml", "--allow", "name", "--out", "out", "--pdf", "a4"]) == 0
    assert odd in (here / "out" / f"{STEM}.txt").read_text(encoding="utf-8")
    assert not (here / "out" / f"{STEM}.pdf").exists()
    out = capsys.readouterr().out
    assert f"No PDF of {STEM}.txt" in out
    assert odd not in out


def test_one_letter_as_one_zip(here: Path) -> None:
    """A single letter can be packed too, with its reminder."""
    assert (
        main(["letter", "delisting", "--subject", "me.toml", "--record", "book", "--zip", "one.zip", "--pdf", "a4"])
        == 0
    )
    stem = "letter-delisting-whitepages-com"
    with zipfile.ZipFile(here / "one.zip") as archive:
        assert sorted(archive.namelist()) == [
            f"{stem}.eml",
            f"{stem}.pdf",
            f"{stem}.txt",
            "letters.csv",
            "look-again.ics",
        ]


def test_a_letter_as_a_link(capsys: Capture) -> None:
    """The link opens a mail program with one recipient, the subject and the whole letter."""
    argv = ["letter", "erasure", "--recipient", "Peekabook", "--email", "privacy@peekabook.example", "--mailto"]
    assert main(argv) == 0
    parts = urlsplit(capsys.readouterr().out.strip())
    query = parse_qs(parts.query)
    assert (parts.scheme, parts.path) == ("mailto", "privacy@peekabook.example")
    assert sorted(query) == ["body", "subject"]
    assert "Please erase what you hold about me" in query["body"][0]


def test_a_letter_too_long_for_a_link_is_printed(capsys: Capture) -> None:
    """Where a mail program would cut it, the letter itself is printed, and a draft is named as the way."""
    assert (
        main(["letter", "police-sheet", "--recipient", "The police", "--email", "desk@police.example", "--mailto"]) == 0
    )
    out, err = capsys.readouterr()
    assert out.startswith("Name")
    assert "--eml" in err


def test_a_link_needs_an_address(capsys: Capture) -> None:
    """None is guessed: it is asked for."""
    assert "--email ADDRESS" in failed(capsys, "letter", "club", "--recipient", "Rowing club", "--mailto")


@pytest.mark.parametrize(
    ("kind", "more", "words"),
    [
        ("all", ("--to", "192-com"), "--to goes with one letter"),
        ("all", ("--record", "book"), "--record goes with one letter"),
        ("all", ("--law", "eu-gdpr"), "--law goes with one letter"),
        ("all", ("--language", "de"), "--language goes with one letter"),
        ("all", ("--mailto",), "--mailto goes with one letter"),
        ("all", ("--after", "ABCDE23456", "2026-11-01"), "--after goes with one letter"),
        ("erasure", ("--english",), "--english goes with `letter all`"),
    ],
)
def test_an_option_that_would_do_nothing_is_a_mistake(
    capsys: Capture, kind: str, more: tuple[str, ...], words: str
) -> None:
    """It is told in one line, and nothing is written."""
    assert words in failed(capsys, "letter", kind, "--subject", "me.toml", "--out", "x", *more)


def test_every_kind_has_a_row_in_the_list(capsys: Capture) -> None:
    """The list of kinds names each."""
    assert main(["letter", "list"]) == 0
    assert len(capsys.readouterr().out.splitlines()) == len(KINDS)


def test_letters_follow_the_recipient_unless_english_is_asked_for(here: Path) -> None:
    """A German directory gets German with a copy to read beside it; with --english the letter is in English and needs none."""
    (here / "me.toml").write_text(ME.replace("www.whitepages.com", "www.dastelefonbuch.de"), encoding="utf-8")
    assert main(["letter", "all", "--subject", "me.toml", "--out", "theirs"]) == 0
    assert main(["letter", "all", "--subject", "me.toml", "--out", "ours", "--english"]) == 0
    stem = "letter-01-dastelefonbuch"
    assert "Guten Tag," in (here / "theirs" / f"{stem}.txt").read_text(encoding="utf-8")
    assert "Hello," in (here / "theirs" / f"{stem}-to-read.txt").read_text(encoding="utf-8")
    assert "Hello," in (here / "ours" / f"{stem}.txt").read_text(encoding="utf-8")
    assert not (here / "ours" / f"{stem}-to-read.txt").exists()


def test_a_letter_on_the_screen_comes_with_its_copy(here: Path, capsys: Capture) -> None:
    """The letter goes to standard output, the copy to read to standard error."""
    (here / "me.toml").write_text(ME.replace("www.whitepages.com", "www.dastelefonbuch.de"), encoding="utf-8")
    assert main(["letter", "erasure", "--subject", "me.toml", "--record", "book"]) == 0
    out, err = capsys.readouterr()
    assert ("Guten Tag," in out, "Hello," in out) == (True, False)
    assert "The same for you to read:" in err
    assert "Hello," in err
