"""What `audit` says at its end: after all files are written, and with what helps next."""

from __future__ import annotations

import io
import json
import os
import subprocess
import sys
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from tests.cli.shared import FACTS, RECORD, alone

from unlisted.audit import Audited, examine
from unlisted.cli import main
from unlisted.cli.parser import parser
from unlisted.errors import FetchError
from unlisted.sources.fetch import Fetcher
from unlisted.sources.fetch.limits import NO_CONNECTION, NOT_FOUND

SAVED = '[[source]]\nlabel = "saved page"\nfile = "saved.html"\naddress = "https://page.example/"\n'
PAGE = '[[source]]\nlabel = "page {0}"\npage = "https://page-{0}.example/"\n'
LISTING = '[[source]]\nlabel = "book"\nlisting = "https://book.example/x"\nfile = "saved.html"\n'
Capture = pytest.CaptureFixture[str]


@pytest.fixture(autouse=True)
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with a saved page; nobody sits at the terminal."""
    return alone(tmp_path, monkeypatch)


def subject(*sources: str) -> None:
    """Write the subject file."""
    Path("me.toml").write_text(FACTS + "".join(sources), encoding="utf-8")


class Gone(io.StringIO):
    """Standard output whose reader has gone after some signs."""

    def __init__(self, room: int) -> None:
        super().__init__()
        self.room = room

    def write(self, text: str) -> int:
        """Takes what fits; a closed pipe after that."""
        self.room -= len(text)
        if self.room < 0:
            raise BrokenPipeError
        return len(text)


@pytest.mark.parametrize("room", [0, 60])
def test_a_closed_pipe_loses_no_file(room: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """All files and letters are there although nobody reads the summary to its end."""
    subject(LISTING)
    monkeypatch.setattr("sys.stdout", Gone(room))
    monkeypatch.setattr("unlisted.cli.silence_output", lambda: None)
    main(["audit", "me.toml", "--text", "a", "--json", "b", "--report", "c", "--letters", "letters"])
    assert [name for name in ("a", "b", "c") if not Path(name).is_file()] == []
    assert list(Path("letters").glob("*.txt"))


@pytest.mark.parametrize(("wanted", "code"), [((), 0), (("--fail-on", "now"), 0), (("--fail-on", "soon"), 1)])
@pytest.mark.parametrize("room", [0, 60])
def test_a_closed_pipe_keeps_the_exit_code(
    wanted: tuple[str, ...], code: int, room: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What was found was found, also where only the first line is read."""
    subject(LISTING)
    monkeypatch.setattr("sys.stdout", Gone(room))
    monkeypatch.setattr("unlisted.cli.silence_output", lambda: None)
    assert main(["audit", "me.toml", "--text", "-", *wanted]) == code


def test_a_real_pipe_that_closes_keeps_the_exit_code(here: Path) -> None:
    """As a shell does it: no traceback, and 1 where a finding is pressing enough."""
    subject(LISTING)
    command = [sys.executable, "-m", "unlisted", "audit", "me.toml", "--text", "-", "--fail-on", "soon"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, cwd=here) as ran:
        assert ran.stdout is not None
        assert ran.stderr is not None
        ran.stdout.close()
        said = ran.stderr.read().decode()
    assert (ran.returncode, "Traceback" in said, "Error" in said) == (1, False, False)


def test_what_is_printed_does_not_come_before_the_files(monkeypatch: pytest.MonkeyPatch) -> None:
    """The same where standard output is one of the wishes."""
    subject(SAVED)
    monkeypatch.setattr("sys.stdout", Gone(0))
    monkeypatch.setattr("unlisted.cli.silence_output", lambda: None)
    main(["audit", "me.toml", "--json", "-", "--text", "a"])
    assert Path("a").is_file()


def test_a_failure_is_told_after_what_was_written(capsys: Capture, monkeypatch: pytest.MonkeyPatch) -> None:
    """One file that cannot be written hides neither the summary nor the other files."""
    subject(SAVED)
    real = os.replace

    def full(old: str | Path, new: str | Path) -> None:
        if Path(new).name == "a":
            raise OSError(28, "No space left on device")
        real(old, new)

    monkeypatch.setattr("os.replace", full)
    assert main(["audit", "me.toml", "--text", "a", "--json", "b"]) == 2
    out, err = capsys.readouterr()
    assert "Written: b" in out
    assert err.startswith("unlisted: a")


def test_no_letter_is_said(capsys: Capture) -> None:
    """Letters were wished for and nothing that was read asks for one: no folder, and a line that says so."""
    subject(SAVED)
    assert main(["audit", "me.toml", "--report", "r", "--letters", "letters"]) == 0
    assert "No letter was written: no listing of yours was read." in capsys.readouterr().out
    assert not Path("letters").exists()
    subject(LISTING)
    assert main(["audit", "me.toml", "--report", "r", "--letters", "letters"]) == 0
    assert "No letter was written" not in capsys.readouterr().out


def test_steps_in_the_place_of_letters_are_said(capsys: Capture, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where a directory takes no letter: no empty folder, no empty ZIP."""
    real = examine

    def steps_only(*args: Any, **more: Any) -> Audited:
        audited = real(*args, **more)
        offered = tuple(replace(offer, file_name="") for offer in audited.result.letters)
        assert offered
        return replace(audited, result=replace(audited.result, letters=offered))

    monkeypatch.setattr("unlisted.cli.audit.examine", steps_only)
    subject(LISTING)
    assert main(["audit", "me.toml", "--report", "r", "--letters", "letters.zip"]) == 0
    assert "there are steps instead" in capsys.readouterr().out
    assert not Path("letters.zip").exists()


@pytest.mark.parametrize(
    ("reasons", "told"),
    [
        ((NOT_FOUND, NOT_FOUND), True),
        ((NOT_FOUND, NO_CONNECTION), False),
        ((NO_CONNECTION, NO_CONNECTION), False),
    ],
)
def test_a_computer_without_a_network_is_asked_about(
    reasons: tuple[str, str], told: bool, capsys: Capture, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where the name of no site was found; a saved page beside them changes nothing."""
    why = {f"page {number}": reason for number, reason in enumerate(reasons)}

    def refuse(_self: Fetcher, _address: str, *, source: str, **_more: object) -> None:
        raise FetchError(why[source])

    monkeypatch.setattr(Fetcher, "get", refuse)
    subject(SAVED, PAGE.format(0), PAGE.format(1))
    assert main(["audit", "me.toml", "--report", "r"]) == 0
    assert ("Is this computer online?" in capsys.readouterr().out) is told


def test_saved_pages_alone_need_no_network(capsys: Capture) -> None:
    """Nothing is asked for, so nothing is said of being online."""
    subject(SAVED.replace("saved.html", "nowhere.html"))
    assert main(["audit", "me.toml", "--report", "r"]) == 0
    assert "online" not in capsys.readouterr().out


def test_a_folder_is_no_earlier_audit(capsys: Capture) -> None:
    """It is said to be a folder, not to be missing."""
    subject(SAVED)
    assert main(["audit", "me.toml", "--since", "."]) == 2
    assert "this is a folder" in capsys.readouterr().err


@pytest.mark.parametrize("paper", ["A4", "US-Letter", "a4"])
def test_the_name_of_a_paper_in_any_case(paper: str) -> None:
    """As people write it; everything else is still an error."""
    assert parser().parse_args(["audit", "me.toml", "--pdf", paper]).pdf == paper.lower()
    assert parser().parse_args(["letter", "all", "--pdf", paper]).pdf == paper.lower()
    with pytest.raises(SystemExit):
        parser().parse_args(["audit", "me.toml", "--pdf", "A9"])


def test_a_saved_record_is_read_and_nothing_is_fetched(monkeypatch: pytest.MonkeyPatch) -> None:
    """What stands in the file counts as the listing of the address that was given."""

    def refuse(*_args: object, **_more: object) -> None:
        raise AssertionError("nothing may be fetched")

    monkeypatch.setattr(Fetcher, "get", refuse)
    subject(LISTING)
    assert main(["audit", "me.toml", "--json", "b"]) == 0
    told = json.loads(Path("b").read_text(encoding="utf-8"))
    assert [(one["kind"], one["read"], one["host"]) for one in told["sources"]] == [("listing", 1, "book.example")]
    assert told["findings"]
    assert not told["not_checked"]


@pytest.mark.parametrize("option", ["--report", "--json", "--text"])
def test_an_output_never_goes_over_a_file_of_somebody(capsys: Capture, option: str) -> None:
    """A photo, a saved page, another person's file: named as an output by a slip, each stays as it is."""
    subject(SAVED)
    Path("saved.html").write_text(f"<!doctype html>\n{RECORD}", encoding="utf-8")
    before = Path("saved.html").read_bytes()
    assert main(["audit", "me.toml", option, "saved.html"]) == 2
    assert Path("saved.html").read_bytes() == before
    assert "is none of ours" in capsys.readouterr().err


@pytest.mark.parametrize(("option", "name"), [("--report", "a.html"), ("--json", "a.json"), ("--text", "a.txt")])
def test_an_earlier_output_or_an_empty_file_is_written_anew(option: str, name: str) -> None:
    """The same command twice gives the file of the second time."""
    subject(SAVED)
    Path(name).touch()
    assert main(["audit", "me.toml", option, name]) == 0
    assert main(["audit", "me.toml", option, name]) == 0
    assert Path(name).stat().st_size > 1_000
