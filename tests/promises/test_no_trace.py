"""Promise 8, no trace by default: nothing is written but what was asked for; the same input gives the same bytes."""

from __future__ import annotations

import io
import os
import stat
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from unlisted.audit import Audited
from unlisted.cli import main
from unlisted.model import Fact, Source, SourceKind, Subject
from unlisted.report import html, json, text

PAGE = "<html><body><h1>Odile Varnholt</h1><p>Call me at 207 555 0199.</p></body></html>"
ME = """country = "US"
[[fact]]
kind = "phone"
label = "mobile"
value = "+1 207 555 0199"
[[source]]
label = "saved page"
file = "saved.html"
address = "https://page.example/"
mine = true
"""


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A whole world of its own: home, temp, cache and the current folder."""
    for name in ("HOME", "TMPDIR", "XDG_CACHE_HOME", "XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_STATE_HOME"):
        folder = tmp_path / name.lower()
        folder.mkdir()
        monkeypatch.setenv(name, str(folder))
    work = tmp_path / "work"
    work.mkdir()
    (work / "me.toml").write_text(ME, encoding="utf-8")
    (work / "saved.html").write_text(PAGE, encoding="utf-8")
    monkeypatch.chdir(work)
    return tmp_path


def below(folder: Path) -> set[str]:
    """Every file below a folder."""
    return {str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file()}


def test_an_audit_writes_the_report_and_nothing_else(home: Path) -> None:
    """One file, where the person is; no cache, log, history or temporary file."""
    before = below(home)
    assert main(["audit", "me.toml"]) == 0
    (new,) = below(home) - before
    assert new.startswith("work/notes-")
    assert new.endswith(".html")


@pytest.mark.skipif(os.name == "nt", reason="file modes are POSIX")
def test_what_is_written_is_for_the_person_alone(home: Path) -> None:
    """Mode 0600, whatever the umask."""
    assert main(["audit", "me.toml", "--report", "a.html", "--json", "a.json", "--text", "a.txt"]) == 0
    for name in ("a.html", "a.json", "a.txt"):
        assert stat.S_IMODE((home / "work" / name).stat().st_mode) == 0o600


def test_nothing_is_written_when_only_standard_output_is_asked_for(
    home: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """`audit - --json -` reads from standard input and leaves no file at all."""
    before = below(home)
    here = ME.replace("saved.html", str(home / "work" / "saved.html"))
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(here.encode())))
    assert main(["audit", "-", "--json", "-"]) == 0
    assert capsys.readouterr().out.startswith("{")
    assert below(home) == before


def test_a_report_that_cannot_be_written_leaves_nothing_behind(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Whole or not at all, and one clear line."""
    before = below(home)
    assert main(["audit", "me.toml", "--report", "no/such/folder/a.html"]) == 2
    assert below(home) == before
    error = capsys.readouterr().err
    assert error.startswith("unlisted: ")
    assert error.count("\n") == 1


def test_the_same_input_gives_the_same_bytes(run: Callable[..., Audited]) -> None:
    """HTML, text and JSON are equal twice."""
    subject = Subject(
        facts=(Fact(kind="phone", label="mobile", value="+1 207 555 0199"),),
        sources=(Source(label="page", kind=SourceKind.PAGE, address="https://page.example/", mine=True),),
    )
    first, second = (run(subject, {"page.example/": PAGE}).result for _ in range(2))
    for render in (html.render, text.render, json.render):
        assert render(first) == render(second)
