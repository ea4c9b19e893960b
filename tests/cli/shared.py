"""What the tests of the command line share: two declared facts, and a saved record that shows them."""

from __future__ import annotations

import io
from pathlib import Path

import pytest

FACTS = """country = "US"
[[fact]]
kind = "name"
label = "name"
value = "Odile Varnholt"
[[fact]]
kind = "phone"
label = "mobile"
value = "+1 207 555 0199"
"""
RECORD = "<h1>People</h1><div class=card><h2>Odile Varnholt</h2><p>Age: 35</p><p>Phone: 207 555 0199</p></div>"


def alone(folder: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Go to a folder with the saved record; nobody sits at the terminal."""
    monkeypatch.chdir(folder)
    monkeypatch.setattr("sys.stdin", io.StringIO())
    (folder / "saved.html").write_text(RECORD, encoding="utf-8")
    return folder
