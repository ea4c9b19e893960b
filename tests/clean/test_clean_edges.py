"""Edges: files that are built right but hold nothing, disks that fail, and parts that lie where none should."""

from __future__ import annotations

import errno
import os
import struct
from collections.abc import Callable
from pathlib import Path

import pytest
from tests.clean import made
from tests.clean.conftest import Answer, Copy
from tests.clean.test_clean_boxes import PIXELS, film, track
from tests.clean.test_clean_layouts import heic
from tests.photos import build

from unlisted.errors import Malformed, NotRead, OutputError
from unlisted.remedy.clean import Cleaned, Refused, clean, heif, source
from unlisted.remedy.clean.boxes import number
from unlisted.remedy.clean.source import Source
from unlisted.remedy.clean.write import write_checked

HEAD = build.box(b"ftyp", b"heic", bytes(4), b"mif1", b"heic")
TWICE = heic([(b"hvc1", b"", [PIXELS]), (b"hvc1", b"", [b"second"])])
EMPTY = {
    "a GIF without a frame": build.gif()[:19] + b";",
    "a HEIC without items": HEAD
    + build.full(b"meta", build.full(b"hdlr", bytes(4), b"pict", bytes(13)))
    + build.box(b"mdat", b"x"),
    "a video without a header": build.movie(media=b"abc"),
    "a JPEG XL without a picture": build.box(b"JXL ", b"\r\n\x87\n") + build.box(b"Exif", bytes(4), made.NOTES),
}


@pytest.mark.parametrize("kind", EMPTY)
def test_files_without_a_picture_are_refused(answer: Answer, kind: str) -> None:
    """There is nothing to vouch for."""
    told = answer(EMPTY[kind])
    assert isinstance(told, Refused)
    assert told.reason.startswith("it holds no picture")


def named(data: bytes, change: Callable[[bytes, int], bytes]) -> bytes:
    """A HEIC whose last entry in the list of places is changed."""
    at = data.index(b"iloc") + 4 + 8 + 16
    return data[:at] + change(data[at : at + 16], at) + data[at + 16 :]


def test_a_place_without_a_name_is_refused(answer: Answer) -> None:
    """What kind of part it is cannot be known."""
    told = answer(named(TWICE, lambda row, _: struct.pack(">H", 77) + row[2:]))
    assert isinstance(told, Refused)
    assert told.reason == "it holds a part without a name"


def test_a_part_made_of_other_parts_has_no_bytes(copy: Copy) -> None:
    """It is left as it is."""
    data = named(TWICE, lambda row, _: row[:2] + b"\0\2" + row[4:8] + bytes(8))
    assert PIXELS in copy(data)


def test_pieces_are_bounded(answer: Answer, monkeypatch: pytest.MonkeyPatch) -> None:
    """All items together."""
    monkeypatch.setattr(heif, "MAX_ITEMS", 5)
    told = answer(heic([(b"hvc1", b"", [b"piece"] * 6)]))
    assert isinstance(told, Refused)
    assert told.reason == "it has more parts than we follow"


def test_other_kinds_of_boxed_files_are_refused(answer: Answer) -> None:
    """Canon's raw files look like videos."""
    told = answer(build.box(b"ftyp", b"crx ", bytes(4), b"crx ", b"isom") + film()[20:])
    assert isinstance(told, Refused)
    assert told.reason == "we cannot clean this kind of file"


def test_the_words_of_an_alias_are_emptied(copy: Copy, tmp_path: Path) -> None:
    """QuickTime's reference to the file itself may name a disk and its owner."""
    head = build.box(b"ftyp", b"qt  ", bytes(4), b"qt  ")
    own = track(b"vide", [(len(head) + 8, 30)])
    old = build.full(b"dref", struct.pack(">I", 1), build.box(b"url ", b"\0\0\0\1"))
    new = build.full(b"dref", struct.pack(">I", 1), build.box(b"alis", b"\0\0\0\1", made.SECRET.encode()))
    for kind in (b"dinf", b"minf", b"mdia", b"trak"):
        at = own.index(kind) - 4
        own = (
            own[:at] + struct.pack(">I", int.from_bytes(own[at : at + 4], "big") + len(new) - len(old)) + own[at + 4 :]
        )
    own = own.replace(old, new)
    data = build.movie(build.movie_header(0), own, brand=b"qt  ", media=b"m" * 30)
    out = copy(data)
    assert made.SECRET.encode() in data
    assert made.SECRET.encode() not in out
    assert b"alis\0\0\0\1" in out


def test_a_track_without_chunks_is_fine(copy: Copy) -> None:
    """Cameras list empty ones."""
    assert len(copy(film(tracks=[track(b"meta", [], number=3)]))) == len(film(tracks=[track(b"meta", [], number=3)]))


def test_a_marker_that_stands_alone_stays(copy: Copy) -> None:
    """It has no length; decoders step over it."""
    data = made.jpeg(b"\xff\x01")
    assert copy(data) == data


def test_a_tiff_of_another_maker_is_refused(answer: Answer) -> None:
    """Raw files say so in their second word, or behind it."""
    for head in (b"IIRO", b"IIU\0", b"II*\0\x10\0\0\0CR\2\0"):
        assert isinstance(answer(head + bytes(100)), Refused)


def test_numbers_outside_are_damage() -> None:
    """Every one is checked."""
    assert number(b"\1\2\3", 1, 2) == 0x203
    for at, length in ((2, 2), (-1, 2), (9, 1)):
        with pytest.raises(Malformed):
            number(b"\1\2\3", at, length)


# ---- disks ----


def test_names_that_cannot_be_opened(tmp_path: Path) -> None:
    """One plain reason, without the name."""
    for path in (tmp_path / "no", Path("a\0b"), tmp_path):
        with pytest.raises(NotRead) as caught:
            Source(path)
        assert str(tmp_path) not in caught.value.reason


def test_a_disk_that_fails_is_a_refusal(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """While the original is read."""
    (tmp_path / "x").write_bytes(made.jpeg())

    def broken(*_: int) -> bytes:
        raise OSError(errno.EIO, "Input/output error")

    with Source(tmp_path / "x") as file:
        monkeypatch.setattr(os, "read", broken)
        with pytest.raises(NotRead, match="the disk did not give it"):
            file.at(0, 10)


def test_a_file_that_becomes_shorter_is_a_refusal(tmp_path: Path) -> None:
    """Between the look at it and the copy."""
    (tmp_path / "x").write_bytes(b"0123456789")
    with Source(tmp_path / "x") as file, (tmp_path / "y").open("wb", buffering=0) as out:
        (tmp_path / "x").write_bytes(b"01234")
        with pytest.raises(Malformed):
            file.pour(0, 10, out.fileno())


def test_a_full_disk_goes_through(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """It is no reason to try in another way."""

    def full(*_: int) -> int:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(source, "_copy", full)
    (tmp_path / "x").write_bytes(made.jpeg())
    with pytest.raises(OutputError, match="No space left on device"):
        clean(tmp_path / "x", to=tmp_path / "y")
    assert [path.name for path in tmp_path.iterdir()] == ["x"]


def test_a_name_that_cannot_be_given(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The draft goes."""

    def refused(*_: object) -> None:
        raise OSError(errno.EACCES, "Permission denied")

    monkeypatch.setattr(Path, "replace", refused)
    with pytest.raises(OutputError, match="Permission denied"):
        write_checked(tmp_path / "x", lambda _: None, lambda _: None)
    assert list(tmp_path.iterdir()) == []


def test_a_copy_does_not_tell_by_its_repr(tmp_path: Path) -> None:
    """Names of files may be values."""
    path = tmp_path / f"{made.SECRET}.jpg"
    path.write_bytes(made.jpeg())
    told = clean(path, to=tmp_path / "y.jpg")
    assert isinstance(told, Cleaned)
    assert made.SECRET not in repr(told)
    assert made.SECRET not in repr(clean(path, to=tmp_path / "y.jpg"))
