"""No output goes over what somebody has: an original, a copy, a file of another kind."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest
from tests.clean import made
from tests.photos import build

from unlisted.cli import main

PHOTO = made.jpeg(build.exif_segment(made.NOTES))
WORDS = b"my own words"


@pytest.fixture(autouse=True)
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A photo, a folder with one, and a file of words."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "trip").mkdir()
    (tmp_path / "v.jpg").write_bytes(PHOTO)
    (tmp_path / "trip" / "a.jpg").write_bytes(PHOTO)
    (tmp_path / "words.txt").write_bytes(WORDS)
    (tmp_path / "link.json").symlink_to("v.jpg")
    os.mkfifo(tmp_path / "pipe")
    return tmp_path


def refused(capsys: pytest.CaptureFixture[str], *argv: str) -> str:
    """The one line of a command that ends with 2 and prints nothing."""
    assert main(argv) == 2
    out, err = capsys.readouterr()
    assert (out, err.count("\n")) == ("", 1)
    return err


@pytest.mark.parametrize(
    ("manifest", "why"),
    [
        ("v.jpg", "a file to clean"),
        ("trip/../v.jpg", "a file to clean"),
        ("link.json", "a file to clean"),
        ("trip/a.jpg", "a file to clean"),
        ("trip/new.json", "in a folder to clean"),
        ("out/v.jpg", "the name of a copy"),
        ("words.txt", "none of ours"),
        ("trip", "is a folder"),
        ("pipe", "not an ordinary file"),
        ("none/m.json", "there is no folder none"),
        ("words.txt/m.json", "cannot be looked at"),
    ],
)
def test_a_manifest_destroys_nothing(here: Path, capsys: pytest.CaptureFixture[str], manifest: str, why: str) -> None:
    """A manifest over an original, a copy or another file, or among the originals, is refused before anything is written."""
    argv = ("clean", "v.jpg", "trip", "--to", "out", "--manifest", manifest)
    assert why in refused(capsys, *argv)
    assert not (here / "out").exists()
    assert [(here / name).read_bytes() for name in ("v.jpg", "trip/a.jpg")] == [PHOTO, PHOTO]
    assert (here / "words.txt").read_bytes() == WORDS


@pytest.mark.usefixtures("here")
def test_a_manifest_may_be_made_again_and_lie_with_the_copies() -> None:
    """A manifest of an earlier run is replaced; one beside the copies is no trouble, also where those lie among the originals."""
    for to, manifest in (("out", "m.json"), ("more", "m.json"), ("trip/new", "trip/new/m.json")):
        assert main(["clean", "trip", "--to", to, "--manifest", manifest]) == 0
        assert [row["copy"] for row in json.loads(Path(manifest).read_text(encoding="utf-8"))["files"]] == ["a.jpg"]


@pytest.mark.parametrize(("to", "why"), [("v.jpg", "what to look at"), ("words.txt", "none of ours"), ("trip", "is a")])
def test_rows_of_photos_destroy_nothing(here: Path, capsys: pytest.CaptureFixture[str], to: str, why: str) -> None:
    """The data of `photos` goes neither over a photo nor over another file; over its own of earlier it does."""
    assert why in refused(capsys, "photos", "v.jpg", "--json", to)
    assert ((here / "v.jpg").read_bytes(), (here / "words.txt").read_bytes()) == (PHOTO, WORDS)
    for _ in range(2):
        assert main(["photos", "v.jpg", "--json", "p.json"]) == 0
    assert len(json.loads((here / "p.json").read_text(encoding="utf-8"))["photos"]) == 1


def test_a_calendar_destroys_nothing(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A calendar goes neither over the file that keeps track nor over another one; over its own of earlier it does."""
    assert main(["track", "t.db", "add", "ABCDE23456", "--kind", "club", "--recipient", "Rowing club"]) == 0
    capsys.readouterr()
    kept = (here / "t.db").read_bytes()
    for name in ("t.db", "words.txt"):
        assert "none of ours" in refused(capsys, "track", "t.db", "ics", "--out", name)
    assert ((here / "t.db").read_bytes()[:16], (here / "words.txt").read_bytes()) == (kept[:16], WORDS)
    for _ in range(2):
        assert main(["track", "t.db", "ics", "--out", "due.ics"]) == 0
    assert (here / "due.ics").read_bytes().startswith(b"BEGIN:VCALENDAR")
