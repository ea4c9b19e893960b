"""`unlisted clean`: where copies go, what is refused, what is said, and what is left on the disk."""

from __future__ import annotations

import errno
import json
import os
import stat
import sys
from pathlib import Path

import pytest
from tests.clean import made
from tests.photos import build

from unlisted.cli import main
from unlisted.errors import Malformed, OutputError
from unlisted.remedy.clean.write import write_checked

PHOTO = made.jpeg(build.exif_segment(made.NOTES))
PLAIN = made.png()


@pytest.fixture(autouse=True)
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with photos in folders."""
    monkeypatch.chdir(tmp_path)
    for name, data in (
        ("a.jpg", PHOTO),
        ("trip/a.jpg", PHOTO),
        ("trip/day one/b.png", PLAIN),
        ("trip/c.psd", build.psd()),
    ):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_bytes(data)
    return tmp_path


def below(folder: Path) -> list[str]:
    """Files below a folder, hidden ones included."""
    return sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file())


def test_a_file_goes_into_the_folder(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Under its own name, and one line says what is gone."""
    assert main(["clean", "a.jpg", "--to", "out"]) == 0
    assert below(here / "out") == ["a.jpg"]
    said = capsys.readouterr().out
    assert said.startswith("a.jpg: cleaned. Gone: the place where it was taken, the number of the camera or lens")
    assert said.endswith("1 of 1 files cleaned. The copies are in out.\n")
    assert (here / "a.jpg").read_bytes() == PHOTO


def test_a_folder_keeps_its_shape_and_refusals_are_named(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Relative paths stay; a kind that cannot be cleaned is named, leaves no copy, and the exit code says so."""
    assert main(["clean", "trip", "--to", "out"]) == 1
    assert below(here / "out") == ["a.jpg", "day one/b.png"]
    said = capsys.readouterr().out
    assert "trip/c.psd: not cleaned (we cannot clean this kind of file)\n" in said
    assert "We found nothing to take out." in said
    assert "2 of 3 files cleaned." in said


def test_two_files_of_one_name_are_bad_input(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Before anything is written."""
    assert main(["clean", "a.jpg", "trip", "--to", "out"]) == 2
    assert not (here / "out").exists()
    assert "--neutral-names" in capsys.readouterr().err


def test_letters_of_two_cases_are_one_name(here: Path) -> None:
    """Some disks do not tell them apart."""
    (here / "other").mkdir()
    (here / "other" / "A.JPG").write_bytes(PHOTO)
    assert main(["clean", "a.jpg", "other/A.JPG", "--to", "out"]) == 2


def test_neutral_names(here: Path) -> None:
    """In their order, in one folder, with the usual endings."""
    (here / "Marrow Bay.JPEG").write_bytes(PHOTO)
    assert (
        main(["clean", "a.jpg", "Marrow Bay.JPEG", "trip/a.jpg", "trip/day one", "--to", "out", "--neutral-names"]) == 0
    )
    assert below(here / "out") == ["photo-0001.jpg", "photo-0002.jpg", "photo-0003.jpg", "photo-0004.png"]


def test_nothing_is_written_over(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Neither the original nor an older copy."""
    assert main(["clean", "a.jpg", "--to", "."]) == 2
    assert (here / "a.jpg").read_bytes() == PHOTO
    assert main(["clean", "a.jpg", "--to", "out"]) == 0
    before = (here / "out" / "a.jpg").stat().st_mtime_ns
    assert main(["clean", "a.jpg", "--to", "out"]) == 1
    assert (here / "out" / "a.jpg").stat().st_mtime_ns == before
    assert "there is already a file of this name" in capsys.readouterr().out


def test_what_was_done_before_a_stop_stays(here: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Ctrl-C ends the run; copies that are whole stay, and no draft does."""
    files = [f"{number:03}.jpg" for number in range(40)]
    for name in files:
        (here / name).write_bytes(PHOTO)

    def stopped(answer: object) -> str:
        raise KeyboardInterrupt

    monkeypatch.setattr("unlisted.cli.clean.line", stopped)
    assert main(["clean", *files, "--to", "out"]) == 130
    done = below(here / "out")
    assert done
    assert set(done) <= set(files)


def test_on_a_terminal_the_lines_come_behind_the_bar(
    here: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """All of them, once."""
    monkeypatch.setattr("sys.stderr.isatty", lambda: True)
    assert main(["clean", "trip", "--to", "out"]) == 1
    said = capsys.readouterr().out
    assert said.count(": cleaned. ") == 2
    assert said.count(": not cleaned (") == 1
    assert said.endswith("2 of 3 files cleaned. The copies are in out.\n")


def test_a_link_is_not_written_through(here: Path) -> None:
    """Somebody may have put one where the copy goes."""
    (here / "out").mkdir()
    (here / "out" / "a.jpg").symlink_to(here / "elsewhere.jpg")
    assert main(["clean", "a.jpg", "--to", "out"]) == 1
    assert not (here / "elsewhere.jpg").exists()


@pytest.mark.skipif(os.name == "nt", reason="file modes are POSIX")
def test_copies_are_for_their_owner(here: Path) -> None:
    """Mode 0600, and a new folder 0700, whatever the original has."""
    (here / "a.jpg").chmod(0o644)
    assert main(["clean", "a.jpg", "--to", "out"]) == 0
    assert stat.S_IMODE((here / "out" / "a.jpg").stat().st_mode) == 0o600
    assert stat.S_IMODE((here / "out").stat().st_mode) == 0o700


def test_a_refused_file_leaves_no_folder(here: Path) -> None:
    """Nothing at all comes of it."""
    assert main(["clean", "trip/c.psd", "--to", "out/deep/down"]) == 1
    assert not (here / "out").exists()


def test_the_manifest_counts_kinds_and_holds_no_value(here: Path) -> None:
    """What was removed from which file."""
    assert main(["clean", "trip", "--to", "out", "--manifest", "m.json"]) == 1
    text = (here / "m.json").read_text(encoding="utf-8")
    rows = json.loads(text)["files"]
    assert [row["copy"] for row in rows] == ["a.jpg", None, "day one/b.png"]
    assert rows[0]["parts"] == {"camera block": 1}
    assert rows[0]["gave"]["position"] == 1
    assert rows[1]["reason"] == "we cannot clean this kind of file"
    for value in (made.SECRET, "46.5", "SER-4711", "Pinhole", "2024"):
        assert value not in text


@pytest.mark.skipif(sys.platform in {"win32", "darwin"}, reason="file names there are Unicode")
def test_the_manifest_names_files_whose_name_is_no_utf8(here: Path) -> None:
    """Old disks have such names: the manifest is whole, and the name leads to the file."""
    odd = os.fsdecode(b"trip/caf\xe9.jpg")
    (here / odd).write_bytes(PHOTO)
    assert main(["clean", "trip", "--to", "out", "--manifest", "m.json"]) == 1
    rows = json.loads((here / "m.json").read_text(encoding="utf-8"))["files"]
    assert odd in [row["file"] for row in rows]


@pytest.mark.skipif(sys.platform == "win32", reason="no such file names")
def test_a_file_name_steers_no_terminal(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Signs that move the cursor or turn the line around are written as numbers, in what is done and in what went wrong."""
    for name in ("a\x1b[31mb.jpg", "a\u202egpj.jpg", "a\x1b[2J.psd"):
        (here / "trip" / name).write_bytes(PHOTO if name.endswith("jpg") else build.psd())
    assert main(["clean", "trip", "--to", "out"]) == 1
    assert main(["clean", "none/a\x1b[31mb.jpg", "--to", "out"]) == 2
    said = "".join(capsys.readouterr())
    assert "\x1b" not in said
    assert "\u202e" not in said
    assert said.count(r"a\x1b[31mb.jpg") >= 2


def test_what_is_said_holds_no_value(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Fields by their kind only."""
    main(["clean", "a.jpg", "--to", "out"])
    said = capsys.readouterr().out
    for value in (made.SECRET, "46.5", "SER-4711", "Pinhole", "2024"):
        assert value not in said


def test_groups_are_taken_from_the_command(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """What is kept is not said to be gone."""
    assert main(["clean", "a.jpg", "--to", "out", "--keep", "device", "--time", "day"]) == 0
    said = capsys.readouterr().out
    assert "the camera or phone" not in said
    assert "the place where it was taken" in said


@pytest.mark.parametrize(
    "argv",
    [
        ["no.jpg"],
        ["a.jpg", "--keep", "colour"],
        ["a.jpg", "--keep", "time", "--drop", "place"],
        ["a.jpg", "--drop", "x"],
    ],
)
def test_bad_input_is_one_line(here: Path, capsys: pytest.CaptureFixture[str], argv: list[str]) -> None:
    """And nothing is written."""
    assert main(["clean", *argv, "--to", "out"]) == 2
    said = capsys.readouterr().err
    assert said.startswith("unlisted: ")
    assert said.count("\n") == 1
    assert not (here / "out").exists()


def test_a_folder_that_cannot_be_made_is_bad_input(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A file stands in its way."""
    assert main(["clean", "a.jpg", "--to", "a.jpg/out"]) == 2
    assert capsys.readouterr().err.count("\n") == 1
    (here / "wide").mkdir()
    (here / "wide" / "day one").write_bytes(b"")
    assert main(["clean", "trip/day one", "--to", "wide/day one/in"]) == 2
    assert below(here / "wide") == ["day one"]


def test_words_are_plain(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """No promise that cannot be kept, and no word that people do not use."""
    main(["clean", "trip", "--to", "out"])
    said = capsys.readouterr().out.casefold()
    for word in ("safe", "secure", "anonymous", "exif", "metadata", "xmp", "iptc", "geotag", "error", "failed"):
        assert word not in said


# ---- writing ----


def nothing_wrong(_: Path) -> None:
    """A check that finds nothing."""


def three(handle: int) -> None:
    """Fill a file with three bytes."""
    os.write(handle, b"abc")


def test_a_copy_is_checked_before_it_gets_its_name(here: Path, synced: list[int]) -> None:
    """Whole, under another name, and on the disk."""
    seen = []

    def look(draft: Path) -> None:
        assert len(synced) == 1
        seen.append((draft.name, draft.read_bytes(), (here / "x.bin").exists()))

    write_checked(here / "x.bin", three, look)
    ((name, data, there),) = seen
    assert name.startswith(".")
    assert (data, there) == (b"abc", False)
    assert (here / "x.bin").read_bytes() == b"abc"


def test_what_the_check_refuses_leaves_nothing(here: Path) -> None:
    """Neither the name nor the draft."""
    before = below(here)

    def wrong(_: Path) -> None:
        raise Malformed("something is left")

    with pytest.raises(Malformed):
        write_checked(here / "x.bin", three, wrong)
    assert below(here) == before


@pytest.mark.parametrize("stop", [KeyboardInterrupt, Malformed("it ends too early")])
def test_a_stop_in_the_middle_leaves_nothing(here: Path, stop: BaseException) -> None:
    """Ctrl-C too."""
    before = below(here)

    def broken(handle: int) -> None:
        three(handle)
        raise stop

    with pytest.raises((KeyboardInterrupt, Malformed)):
        write_checked(here / "x.bin", broken, nothing_wrong)
    assert below(here) == before


def test_a_full_disk_is_one_line(here: Path) -> None:
    """And nothing half written stays."""
    before = below(here)

    def full(_: int) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    with pytest.raises(OutputError, match="No space left"):
        write_checked(here / "x.bin", full, nothing_wrong)
    assert below(here) == before


def test_a_folder_that_is_not_there_is_one_line(here: Path) -> None:
    """It is named."""
    with pytest.raises(OutputError, match="cannot be written to"):
        write_checked(here / "no" / "x.bin", three, nothing_wrong)


def test_a_file_that_came_meanwhile_is_not_written_over(here: Path) -> None:
    """Between the look and the name."""

    def meanwhile(_: Path) -> None:
        (here / "x.bin").write_bytes(b"other")

    with pytest.raises(OutputError, match="already a file"):
        write_checked(here / "x.bin", three, meanwhile)
    assert (here / "x.bin").read_bytes() == b"other"
