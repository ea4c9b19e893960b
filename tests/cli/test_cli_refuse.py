"""No output goes over what somebody has: an original, a copy, a file of another kind."""

from __future__ import annotations

import json
import os
import shlex
import stat
from pathlib import Path
from unittest.mock import Mock

import pytest
from tests.clean import made
from tests.photos import build

from unlisted.cli import main
from unlisted.sources.photos import MEDIA

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
    """A manifest of an earlier run is replaced; one beside the copies is no trouble."""
    for to, manifest in (("out", "m.json"), ("more", "m.json"), ("new", "new/m.json")):
        assert main(["clean", "trip", "--to", to, "--manifest", manifest]) == 0
        assert [row["copy"] for row in json.loads(Path(manifest).read_text(encoding="utf-8"))["files"]] == ["a.jpg"]


@pytest.mark.parametrize(
    ("paths", "to", "instead"),
    [
        (("trip",), "trip", "unlisted clean trip --to cleaned"),
        (("trip",), "trip/../trip/", "unlisted clean trip --to cleaned"),
        (("trip",), "trip/new", "unlisted clean trip --to cleaned"),
        (("trip", "--neutral-names"), "trip/new", "unlisted clean trip --to cleaned"),
        (("trip", "v.jpg"), "trip/new/more", "unlisted clean trip v.jpg --to cleaned"),
        (("trip/a.jpg",), "trip", "unlisted clean trip/a.jpg --to cleaned"),
        (("v.jpg",), ".", "unlisted clean v.jpg --to cleaned"),
        (("trip",), "into", "unlisted clean trip --to cleaned"),
        ((".", "--neutral-names"), "new", "unlisted clean . --to ../{here}-cleaned"),
    ],
)
def test_copies_never_go_among_the_originals(
    here: Path, capsys: pytest.CaptureFixture[str], paths: tuple[str, ...], to: str, instead: str
) -> None:
    """The folder to clean, one inside of it, or a link to it: one line says why, and the command to type instead, which works."""
    (here / "into").symlink_to("trip")
    before = sorted(here.rglob("*"))
    line = refused(capsys, "clean", *paths, "--to", to)
    assert "originals stay as they are" in line
    assert line.endswith(f"You can type:  {instead.format(here=here.name)}\n")
    assert sorted(here.rglob("*")) == before
    typed = shlex.split(line.partition("type:  unlisted ")[2])
    assert main([*typed, "--neutral-names"]) in {0, 1}  # a link or a broken file in the folder is refused for itself


def test_copies_may_lie_beside_files_that_were_named(here: Path) -> None:
    """Where each copy gets a name of its own, no original is in the way."""
    assert main(["clean", "v.jpg", "--to", ".", "--neutral-names"]) == 0
    assert (here / "photo-0001.jpg").is_file()
    assert (here / "v.jpg").read_bytes() == PHOTO


@pytest.mark.parametrize(
    "argv", [("photos", "bare"), ("clean", "bare", "--to", "out"), ("photos", "bare", "--json", "j")]
)
def test_a_folder_without_photos_says_so(here: Path, capsys: pytest.CaptureFixture[str], argv: tuple[str, ...]) -> None:
    """It names the folder and the endings that are read, shows no table of zeros, makes no folder, and ends with 0."""
    (here / "bare").mkdir()
    (here / "bare" / "words.txt").write_bytes(WORDS)
    assert main(argv) == 0
    out = capsys.readouterr().out
    assert out.startswith("bare: there are no photos or videos in this folder.\n")
    assert set(out.split("are read: ")[1].split()) == MEDIA
    assert "0" not in out.split("are read: ")[0]
    assert not (here / "out").exists()


def test_a_stopped_run_leaves_no_manifest(here: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A list that ends in the middle would read as if the rest had been forgotten; an earlier one stays as it is."""
    argv = ["clean", "trip", "--to", "out", "--manifest", "m.json"]
    assert main(argv) == 0
    before = (here / "m.json").read_bytes()
    monkeypatch.setattr("unlisted.cli.clean.clean", Mock(side_effect=KeyboardInterrupt))
    for manifest in ("m.json", "new.json"):
        assert main([*argv[:-1], manifest]) == 130
    assert (here / "m.json").read_bytes() == before
    assert not (here / "new.json").exists()


def test_a_manifest_says_what_the_page_says(here: Path) -> None:
    """The keys of both kinds of rows, no value, and nobody else may read it."""
    main(["clean", "v.jpg", "words.txt", "--to", "out", "--neutral-names", "--manifest", "m.json"])
    cleaned, refused_one = json.loads((here / "m.json").read_text(encoding="utf-8"))["files"]
    assert [*cleaned] == ["file", "copy", "format", "gave", "parts", "stays"]
    assert (cleaned["file"], cleaned["copy"]) == ("v.jpg", "photo-0001.jpg")
    assert [*refused_one] == ["file", "copy", "reason"]
    assert refused_one["copy"] is None
    assert stat.S_IMODE((here / "m.json").stat().st_mode) == 0o600


def test_a_folder_without_photos_among_others(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """What the others give away is told as ever; the data on standard output stays data."""
    (here / "bare").mkdir()
    assert main(["photos", "bare", "trip"]) == 0
    out = capsys.readouterr().out
    assert "1 of 1 files read" in out
    assert "bare: there are no photos" in out
    assert "trip: there are no photos" not in out
    assert main(["photos", "bare", "--json", "-"]) == 0
    out, err = capsys.readouterr()
    assert json.loads(out) == {"photos": []}
    assert "bare: there are no photos" in err


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
