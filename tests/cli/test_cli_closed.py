"""Closed streams, odd days, files of other programs, folders that take nothing: one clear line, and nothing left behind."""

from __future__ import annotations

import io
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

from unlisted.cli import main
from unlisted.remedy.tracker import FIRST_YEAR, LAST_YEAR, day_of

ADD = ("add", "AAAA-1111", "--kind", "erasure", "--recipient", "X")
COLUMNS = "request(reference, kind, recipient, source, law, asked_on, look_on)"
EVENT = "event(number, reference, day, what, reason)"


@pytest.fixture(autouse=True)
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty folder."""
    monkeypatch.chdir(tmp_path)
    return tmp_path


def refused(capsys: pytest.CaptureFixture[str], *argv: str) -> str:
    """The one line of a command that ends with 2 and prints nothing."""
    assert main(argv) == 2
    out, err = capsys.readouterr()
    assert (out, err.count("\n")) == ("", 1)
    return err


@pytest.mark.parametrize("day", ["9999-12-31", "0001-01-01", f"{LAST_YEAR + 1}-01-01", f"{FIRST_YEAR - 1}-12-31", "x"])
@pytest.mark.parametrize("law", [(), ("--law", "eu-gdpr")])
def test_a_day_beyond_the_calendar(
    here: Path, capsys: pytest.CaptureFixture[str], day: str, law: tuple[str, ...]
) -> None:
    """A day from which no time for an answer can be counted is refused, and no file is made."""
    assert "a day is written like 2026-11-21" in refused(capsys, "track", "t.db", *ADD, "--on", day, *law)
    assert list(here.iterdir()) == []
    assert "a day is written" in refused(capsys, "letter", "reminder", "--recipient", "x", "--after", "AAAA-1111", day)


@pytest.mark.parametrize("day", [f"{FIRST_YEAR}-01-01", f"{LAST_YEAR}-12-31"])
def test_the_last_days_that_are_taken(capsys: pytest.CaptureFixture[str], day: str) -> None:
    """At the ends of what is taken all of it still counts."""
    assert day_of(day).isoformat() == day
    for action in (ADD, ("list",), ("due",), ("ics",), ("answer", "AAAA-1111", "needs-longer"), ("due",)):
        law = ("--law", "eu-gdpr") if action is ADD else ()
        assert main(["track", "t.db", *action, *law, "--on", day]) == 0
    assert "AAAA-1111" in capsys.readouterr().out


@pytest.mark.parametrize("wrong", [("--law", "no-law"), ("--kind", "poem")])
def test_a_failed_command_leaves_no_file(
    here: Path, capsys: pytest.CaptureFixture[str], wrong: tuple[str, str]
) -> None:
    """A file that this command made and that holds nothing is taken away; one that holds something stays."""
    refused(capsys, "track", "t.db", *ADD, *wrong)
    assert list(here.iterdir()) == []
    assert main(["track", "t.db", *ADD]) == 0
    capsys.readouterr()
    refused(capsys, "track", "t.db", *ADD, *wrong)
    assert main(["track", "t.db", "list"]) == 0
    assert "AAAA-1111" in capsys.readouterr().out


@pytest.mark.parametrize(
    "tables",
    [
        ("request(x)",),
        ("request(x)", "event(x)"),
        (COLUMNS, "event(x)"),
        ("bookmarks(x)",),
        (COLUMNS.replace("look_on", "look_on CHECK (look_on = 1)"), EVENT),
    ],
)
def test_a_file_of_another_program(here: Path, capsys: pytest.CaptureFixture[str], tables: tuple[str, ...]) -> None:
    """A database that another program made is refused, with all that is in it as it was."""
    with sqlite3.connect(here / "t.db") as made:
        for table in tables:
            made.execute(f"CREATE TABLE {table}")
    made.close()
    assert "name a new one" in refused(capsys, "track", "t.db", *ADD)
    with sqlite3.connect(here / "t.db") as again:
        names = [name for (name,) in again.execute("SELECT name FROM sqlite_master")]
    again.close()
    assert names == [table.partition("(")[0] for table in tables]


@pytest.mark.parametrize(
    "values",
    [
        (1, 2, 3, 4, 5, 6, 7),
        ("A", "erasure", "X", "", 5, "2026-11-21", "2026-12-21"),
        ("A", "erasure", "X", "", "eu-gdpr", "2026-11-21", "9999-12-31"),
        ("A", "erasure", b"X", "", None, "2026-11-21", "2026-12-21"),
        ("A", "erasure", "X", None, None, "2026-11-21", "2026-12-21"),
    ],
)
@pytest.mark.parametrize("action", ["list", "due", "ics"])
def test_values_that_we_did_not_write(
    here: Path, capsys: pytest.CaptureFixture[str], values: tuple[object, ...], action: str
) -> None:
    """Values of another type, and days beyond the calendar, are one clear line."""
    with sqlite3.connect(here / "t.db") as made:
        made.execute(f"CREATE TABLE {COLUMNS}")
        made.execute(f"CREATE TABLE {EVENT}")
        made.execute("INSERT INTO request VALUES (?, ?, ?, ?, ?, ?, ?)", values)
    made.close()
    assert "did not write" in refused(capsys, "track", "t.db", action)


@pytest.mark.parametrize("action", [("letter", "erasure", "--recipient", "x"), ("track", "t.db", "look")])
def test_a_closed_input(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, action: tuple[str, ...]
) -> None:
    """A subject that cannot come is one clear line; without one, nobody is asked and the letter is written."""
    assert main(["track", "t.db", *ADD]) == 0
    capsys.readouterr()
    monkeypatch.setattr(sys, "stdin", None)
    assert refused(capsys, *action, "--subject", "-") == "unlisted: -: standard input is closed\n"
    assert main(["letter", "erasure", "--recipient", "x"]) == 0


def test_closed_outputs(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    """Where nothing can be told, nothing is done; where only remarks cannot be, the rest is."""
    with monkeypatch.context() as closed:
        closed.setattr(sys, "stdout", None)
        assert main(["track", "t.db", *ADD]) == 2
    assert capsys.readouterr().err == "unlisted: standard output is closed\n"
    assert not Path("t.db").exists()
    with monkeypatch.context() as closed:
        closed.setattr(sys, "stderr", None)
        assert main(["letter", "list"]) == 0
        sys.stderr.close()
    assert "erasure" in capsys.readouterr().out


@pytest.mark.skipif(sys.platform == "win32", reason="a shell that closes streams")
def test_streams_that_a_shell_closed() -> None:
    """The same from a shell, with all three closed."""
    line = 'exec "$0" -m unlisted letter list <&- >&- 2>&-'
    assert subprocess.run(["/bin/sh", "-c", line, sys.executable], check=False).returncode == 2


class _Gone(io.StringIO):
    """Standard error whose reader has gone."""

    def write(self, _text: str) -> int:
        raise BrokenPipeError

    def flush(self) -> None:
        raise BrokenPipeError


@pytest.mark.parametrize(
    ("argv", "code"),
    [
        (("audit", "none.toml"), 2),
        (("clean", "none", "--to", "copies"), 2),
        (("photos", "empty", "--json", "-"), 0),
        (("letter", "erasure", "--recipient", "x"), 0),
    ],
)
def test_remarks_that_nobody_reads_change_no_exit_code(
    here: Path, monkeypatch: pytest.MonkeyPatch, argv: tuple[str, ...], code: int
) -> None:
    """Bad input stays 2, never the 1 of --fail-on, and work that only has a remark is done to its end."""
    (here / "empty").mkdir()
    monkeypatch.setattr(sys, "stderr", _Gone())
    assert main(argv) == code


@pytest.mark.skipif(sys.platform == "win32", reason="a shell that closes streams")
def test_bad_input_whose_line_nobody_reads() -> None:
    """The same from a shell: neither a traceback nor the interpreter's own code at its end."""
    line = '{ "$0" -m unlisted audit none.toml 2>&3 >/dev/null; echo $? >&4; } 3>&1 4>&2 | true'
    told = subprocess.run(["/bin/sh", "-c", line, sys.executable], check=False, capture_output=True, text=True)
    assert told.stderr == "2\n"


def test_a_check_where_nothing_can_be_made(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A new check in a folder that takes none is one clear line; where a file has the family's name, too."""
    (here / "a").write_text("", encoding="utf-8")
    assert "cannot be made" in refused(capsys, "checks", "new", "a/b", "--in", ".")
    assert "no such folder" in refused(capsys, "checks", "new", "a/b", "--in", "a")
