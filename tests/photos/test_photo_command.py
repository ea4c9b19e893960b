"""`unlisted photos`: lines and counts, names that would steer a terminal, Ctrl-C, memory, and the command at the end."""

from __future__ import annotations

import io
import json
import shlex
import subprocess
import sys
import tracemalloc
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.photos import build
from tqdm import tqdm

from unlisted.cli import main, photos
from unlisted.model import NotChecked, Photo, Position, Thumbnail
from unlisted.model.evidence import Device, Embedded
from unlisted.sources.photos import read_photos

PLACED = build.jpeg(build.exif_segment(build.tiff({0x10F: build.text("Canon")}, gps=build.gps())))
PLAIN = build.jpeg(build.segment(0xE0, b"JFIF\0\1\1\0\0\1\0\1\0\0"))


@pytest.fixture(autouse=True)
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty folder."""
    monkeypatch.chdir(tmp_path)
    return tmp_path


def told(capsys: pytest.CaptureFixture[str], *argv: str, code: int = 0) -> str:
    """What the command writes."""
    assert main(["photos", *argv]) == code
    return capsys.readouterr().out


def test_a_line_a_file_then_counts(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Each file has its line, in name order; then come the counts."""
    (here / "b.jpg").write_bytes(PLAIN)
    (here / "a.jpg").write_bytes(PLACED)
    lines = told(capsys, ".").splitlines()
    assert lines[:2] == ["a.jpg: the place where it was taken, the camera or phone", "b.jpg: nothing that we know of"]
    assert "2 of 2 files read. They give away:" in lines
    assert "      1  the place where it was taken" in lines
    assert "      0  names of people" in lines


@pytest.mark.parametrize(
    ("words", "photo"),
    [
        (
            "the place where it was taken",
            Photo(status="read", positions=(Position(lat=46.5, lon=-7.25, origin="exif"),)),
        ),
        ("the name of a place", Photo(status="read", place_names=("Marrow Bay",))),
        ("the camera or phone", Photo(status="read", device=Device(make="Canon"))),
        ("the number of the camera or lens", Photo(status="read", serials=("A1B2C3",))),
        ("the name of its owner", Photo(status="read", owners=("Odo Finch",))),
        ("names of people", Photo(status="read", people=("Odo Finch",))),
        ("contact details", Photo(status="read", contacts=("odo@finch.example",))),
        ("words about the picture", Photo(status="read", captions=("garden",))),
        ("words about the picture", Photo(status="read", keywords=("garden",))),
        ("its unique number", Photo(status="read", ids=("4711",))),
        ("who signed it", Photo(status="read", credentials=("content credentials",))),
        ("a small picture that shows more", Photo(status="read", thumbnail=Thumbnail(shows_more=True))),
        ("a video inside", Photo(status="read", embedded=(Embedded(kind="video"),))),
        ("how it was edited", Photo(status="read", history=("saved",))),
    ],
)
def test_each_field_has_its_words_and_no_value(words: str, photo: Photo) -> None:
    """A row says what is there and never what it says."""
    made = photos.row(Path("a.jpg"), photo)
    assert made["gives"] == [words]
    assert not any(value in json.dumps(made) for value in ("Odo", "Marrow", "A1B2", "46.5", "garden", "4711"))


def test_every_word_is_tried() -> None:
    """The table above leaves out only the time."""
    assert len(photos.GIVES) == 14


def test_small_picture_that_shows_the_same() -> None:
    """No finding."""
    assert photos.row(Path("a.jpg"), Photo(status="read", thumbnail=Thumbnail(shows_more=False)))["gives"] == []


def test_what_was_not_read_is_said(capsys: pytest.CaptureFixture[str]) -> None:
    """A part that was not read stands beside what was: "nothing" is not said alone."""
    partly = photos.row(Path("a.jxl"), Photo(status="read", skipped=("a packed part of it was not read",)))
    assert photos.line(partly) == "a.jxl: nothing that we know of (a packed part of it was not read)"
    lost = photos.row(Path("a.jpg"), NotChecked(source="", reason="you may not read this file"))
    assert photos.line(lost) == "a.jpg: not checked (not checked: you may not read this file)"
    hurt = photos.row(Path("a.jpg"), Photo(status="damaged", reason="it ends before the picture", serials=("1234",)))
    assert photos.line(hurt) == "a.jpg: the number of the camera or lens (damaged: it ends before the picture)"


def test_unsupported_file_is_not_checked(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A file of no known kind is never said to hold nothing."""
    (here / "a.jpg").write_bytes(b"no picture")
    assert told(capsys, "a.jpg").startswith("a.jpg: not checked (unsupported: ")


@pytest.mark.parametrize(
    "name", ["\x1b[2Jclear.jpg", "line\nbreak.jpg", "bell\x07.jpg", "turn\u202egpj.exe.jpg", "c1\x9b31m.jpg"]
)
def test_names_do_not_steer_the_terminal(here: Path, capsys: pytest.CaptureFixture[str], name: str) -> None:
    """Control characters and letters that turn text around are written as numbers, in lines and in the command."""
    (here / name).write_bytes(PLACED)
    out = told(capsys, name)
    assert "\\x" in out or "\\u" in out
    assert not [letter for letter in out.replace("\n", "") if not letter.isprintable()]
    assert len(out.splitlines()) == 1 + 2 + len(photos.GIVES) + 3


def test_name_that_is_no_text(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Bytes that are no letters do not stop the command, in words or in JSON."""
    name = b"bad\xff.jpg".decode("utf-8", "surrogateescape")
    try:
        (here / name).write_bytes(PLACED)
    except OSError:
        pytest.skip("this disk takes no such names")
    assert told(capsys, ".").startswith("bad\\udcff.jpg: the place")
    assert json.loads(told(capsys, ".", "--json", "-"))["photos"][0]["file"] == name
    assert told(capsys, ".", "--json", "out.json")
    assert json.loads((here / "out.json").read_bytes())["photos"][0]["file"] == name


@pytest.mark.parametrize("name", ["Ferien am Meer ä.jpg", "写真.jpg", "5\u202f00 PM.jpg"])
def test_ordinary_letters_stay(name: str) -> None:
    """Letters of any script, and spaces of any width, are shown as they are."""
    assert photos.shown(name) == name


def test_terminal_of_few_letters(monkeypatch: pytest.MonkeyPatch) -> None:
    """What the terminal cannot show is written as a number instead of stopping the command."""
    monkeypatch.setattr(sys, "stdout", io.TextIOWrapper(io.BytesIO(), encoding="ascii"))
    assert photos.shown("ä写.jpg") == "\\xe4\\u5199.jpg"


@settings(max_examples=100, deadline=None, derandomize=True)
@given(st.text(max_size=30))
def test_shown_names_are_one_visible_line(name: str) -> None:
    """Whatever a name holds, what is shown is one line without control characters, and UTF-8 can carry it."""
    shown = photos.shown(name)
    assert len(shown.splitlines()) <= 1
    assert all(letter.isprintable() or letter.isspace() for letter in shown)
    shown.encode()


NAMES = st.text(st.characters(exclude_characters="\0", exclude_categories=["Cs"]), min_size=1, max_size=20)


@settings(max_examples=40, deadline=None, derandomize=True)
@given(NAMES)
def test_a_shell_reads_the_name_back(name: str) -> None:
    """Any file name in the command at the end is one word of a shell that means this very file."""
    word = photos.quoted(name)
    assert len(word.splitlines()) == 1
    done = subprocess.run(["bash", "-c", f"printf %s {word}"], capture_output=True, check=True)
    assert done.stdout.decode().removeprefix("./") == name.removeprefix("./")


def test_name_that_looks_like_an_option() -> None:
    """It is given as a path."""
    assert photos.command(["-rf.jpg"]) == "unlisted clean ./-rf.jpg --to cleaned"


def test_the_command_names_what_was_asked_for(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The last line cleans the same paths, quoted for a shell."""
    (here / "my photos").mkdir()
    (here / "my photos" / "a.jpg").write_bytes(PLACED)
    last = told(capsys, "my photos").splitlines()[-1]
    assert shlex.split(last) == ["unlisted", "clean", "my photos", "--to", "cleaned"]


def test_the_command_works(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """What it makes gives nothing away."""
    (here / "a.jpg").write_bytes(PLACED)
    argv = shlex.split(told(capsys, "a.jpg").splitlines()[-1])
    assert main(argv[1:]) == 0
    capsys.readouterr()
    assert told(capsys, "cleaned").startswith("cleaned/a.jpg: nothing that we know of")


def test_nothing_found_needs_no_command(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Where nothing was found, nothing is advised."""
    (here / "a.jpg").write_bytes(PLAIN)
    assert "unlisted clean" not in told(capsys, "a.jpg")


def test_many_paths_become_their_folders(here: Path) -> None:
    """A shell's list of hundreds of files is named by its folders; the copies lie in none of them."""
    names = [f"roll/{n}.jpg" for n in range(300)]
    assert photos.command(names) == "unlisted clean roll --to cleaned"
    assert photos.command([*names, "one.jpg"]) == f"unlisted clean roll . --to ../{here.name}-cleaned"


def test_json_holds_a_row_a_file(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Standard output holds nothing but JSON; a file holds the same."""
    (here / "a.jpg").write_bytes(PLACED)
    (here / "b.jpg").write_bytes(b"")
    data = json.loads(told(capsys, ".", "--json", "-"))
    assert [item["file"] for item in data["photos"]] == ["a.jpg", "b.jpg"]
    assert [item["status"] for item in data["photos"]] == ["read", "unsupported"]
    told(capsys, ".", "--json", "out.json")
    assert json.loads((here / "out.json").read_bytes()) == data


def test_no_file_at_all(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """An empty folder is said to be so, and its JSON is whole."""
    assert "there are no photos or videos in this folder" in told(capsys, ".")
    assert json.loads(told(capsys, ".", "--json", "-")) == {"photos": []}


def test_path_that_is_not_there_stops_before_reading(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """One line on standard error, nothing on standard output."""
    (here / "a.jpg").write_bytes(PLACED)
    assert main(["photos", "a.jpg", "gone\x1b.jpg"]) == 2
    out, err = capsys.readouterr()
    assert out == ""
    assert err == "unlisted: gone\\x1b.jpg: there is no such file or folder\n"


def interrupted(monkeypatch: pytest.MonkeyPatch, after: int) -> None:
    """Ctrl-C while the file behind so many is read."""
    real = read_photos

    def stop(paths: Iterator[Path], **options: bool) -> Iterator[Photo | NotChecked]:
        for number, photo in enumerate(real(paths, **options)):
            if number == after:
                raise KeyboardInterrupt
            yield photo

    monkeypatch.setattr(photos, "read_photos", stop)


def test_ctrl_c_tells_what_was_read(
    here: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Lines, counts and the command of what was read until then; the exit code is 130."""
    for number in range(5):
        (here / f"{number}.jpg").write_bytes(PLACED)
    interrupted(monkeypatch, 3)
    assert main(["photos", "."]) == 130
    out, err = capsys.readouterr()
    assert [line.split(":")[0] for line in out.splitlines()[:3]] == ["0.jpg", "1.jpg", "2.jpg"]
    assert "3 of 3 files read" in out
    assert "unlisted clean" in out
    assert err == "unlisted: stopped; what was read until then is told\n"


@pytest.mark.parametrize("to", ["-", "out.json"])
def test_ctrl_c_leaves_whole_json(
    here: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, to: str
) -> None:
    """JSON that was begun is ended."""
    for number in range(5):
        (here / f"{number}.jpg").write_bytes(PLACED)
    interrupted(monkeypatch, 2)
    assert main(["photos", ".", "--json", to]) == 130
    out = capsys.readouterr().out
    assert len(json.loads(out if to == "-" else (here / to).read_text())["photos"]) == 2


def test_memory_does_not_grow_with_the_folder(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Ten times the files need no more memory: no photo and no row is kept."""
    photo = Photo(status="read", captions=("x" * 2_000,), positions=(Position(lat=46.5, lon=-7.25, origin="exif"),))

    def many(count: int) -> int:
        monkeypatch.setattr(photos, "every", lambda *_names: (Path("a.jpg") for _ in range(count)))
        monkeypatch.setattr(photos, "read_photos", lambda paths, **_: (photo for _ in paths))
        monkeypatch.setattr(sys, "stdout", io.StringIO())
        monkeypatch.setattr(tqdm, "write", lambda text, file: None)
        tracemalloc.start()
        assert main(["photos", "."]) == 0
        peak = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        return peak

    many(50)
    assert many(5_000) < many(500) + 50_000


def test_a_bar_on_a_terminal_tells_rate_and_rest(here: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """On a terminal the bar counts the files, with files a second and the time left; it goes when all is read."""

    class Terminal(io.StringIO):
        def isatty(self) -> bool:
            return True

    for number in range(3):
        (here / f"{number}.jpg").write_bytes(PLACED)
    terminal = Terminal()
    monkeypatch.setattr(sys, "stderr", terminal)
    rows = list(photos.rows(["."], look=False))
    assert len(rows) == 3
    assert "0/3" in terminal.getvalue()
    assert "files/s" in terminal.getvalue()
    assert "<" in terminal.getvalue()  # time passed < time left


def test_no_bar_elsewhere(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A log or a pipe gets no bar."""
    (here / "a.jpg").write_bytes(PLACED)
    assert main(["photos", "."]) == 0
    assert capsys.readouterr().err == ""


def test_look_without_the_library(
    here: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """`--look` says what to install instead of leaving the comparison out."""
    monkeypatch.setattr(photos, "available", lambda: False)
    (here / "a.jpg").write_bytes(PLACED)
    assert main(["photos", "a.jpg", "--look"]) == 2
    assert "unlisted[images]" in capsys.readouterr().err


@pytest.mark.parametrize(("argv", "decode"), [(["a.jpg"], False), (["a.jpg", "--look"], True)])
def test_pixels_are_decoded_only_on_request(
    here: Path, monkeypatch: pytest.MonkeyPatch, argv: list[str], decode: bool
) -> None:
    """Without `--look` no picture is decoded."""
    asked: list[bool] = []

    def note(paths: Iterator[Path], *, decode: bool) -> Iterator[Photo]:
        asked.append(decode)
        return (Photo(status="read") for _ in paths)

    (here / "a.jpg").write_bytes(PLACED)
    monkeypatch.setattr(photos, "read_photos", note)
    assert main(["photos", *argv]) == 0
    assert asked == [decode]
