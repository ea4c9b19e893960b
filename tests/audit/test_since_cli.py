"""`unlisted audit --since` from the command line: from the subject file to the report."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from unlisted.cli import main

SUBJECT = """
country = "US"
[[fact]]
kind = "name"
label = "me"
value = "Wren Ashdown"
[[fact]]
kind = "phone"
label = "mobile"
value = "+1 207 555 0143"
[[fact]]
kind = "email"
label = "mail"
value = "wren@mail.example"
[[source]]
label = "saved profile"
file = "saved.html"
address = "https://forum.example/wren"
mine = true
"""
PAGE = "<html><body><h1>Wren Ashdown</h1>{}<p>I paint boats by the harbour.</p></body></html>"
PHONE, MAIL = "<p>Call me: 207-555-0143</p>", "<p>wren@mail.example</p>"


def audited(folder: Path, page: str, *more: str, name: str = "notes") -> int:
    """One audit of the saved page; its exit code."""
    (folder / "me.toml").write_text(SUBJECT)
    (folder / "saved.html").write_text(PAGE.format(page))
    out = ["--report", str(folder / f"{name}.html"), "--json", str(folder / f"{name}.json")]
    return main(["audit", str(folder / "me.toml"), *out, *more])


def test_what_was_taken_off_is_fixed_and_the_rest_is_still_there(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """The terminal, the report and the file say it; no value stands in any of them."""
    assert audited(tmp_path, PHONE + MAIL, name="old") == 0
    assert audited(tmp_path, MAIL, "--since", str(tmp_path / "old.json"), name="new") == 0
    told = json.loads((tmp_path / "new.json").read_text())["since"]
    by_fact = {change["fact"]: change["state"] for change in told["changes"]}
    assert by_fact["mobile"] == "fixed"
    assert by_fact["mail"] == "still there"
    report = (tmp_path / "new.html").read_text()
    assert "Since last time" in report
    shown = capsys.readouterr().out
    assert "1 fixed" in shown
    for text in (report, shown, json.dumps(told)):
        assert "0143" not in text
        assert "wren@mail" not in text


def test_a_wrong_file_is_one_line_before_anything_is_looked_at(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Exit code 2, no traceback, and no report."""
    (tmp_path / "old.json").write_text('{"call": "+1 207 555 0143"}')
    assert audited(tmp_path, PHONE, "--since", str(tmp_path / "old.json")) == 2
    told = capsys.readouterr().err
    assert len(told.strip().splitlines()) == 1
    assert "old.json" in told
    assert "0143" not in told
    assert not (tmp_path / "notes.html").exists()
