"""Archives and folders that somebody else made: limits hold, names do no harm, and what is left out is said."""

from __future__ import annotations

import gzip
import os
import struct
import zipfile
import zlib
from pathlib import Path

import pytest
from tests.exports.made import packed, unpacked

from unlisted.errors import Malformed, NotRead, TooLarge
from unlisted.sources.exports import opening, zipped
from unlisted.sources.exports.container import Budget, Container, Member, plain
from unlisted.sources.exports.opening import TOO_MANY, opened
from unlisted.sources.exports.zipped import LOCKED, SHARED, SWOLLEN


def everything(_name: str) -> bool:
    """All files are of use."""
    return True


def held(path: Path) -> tuple[dict[str, bytes], Container]:
    """The content of every file, by its plain name."""
    with opened(path, wanted=everything) as export:
        return {member.name: member.whole() for member in export.members}, export


def test_a_folder_is_read_in_name_order_without_hidden_files_and_links(tmp_path: Path) -> None:
    """A link could lead anywhere."""
    folder = unpacked(tmp_path / "export", {"b.json": b"2", "a/c.json": b"1", ".hidden/x.json": b"3"})
    (tmp_path / "secret.json").write_text("4")
    (folder / "link.json").symlink_to(tmp_path / "secret.json")
    (folder / "out").symlink_to(tmp_path)
    os.mkfifo(folder / "pipe.json")
    files, _ = held(folder)
    assert files == {"a/c.json": b"1", "b.json": b"2"}
    assert list(files) == ["a/c.json", "b.json"]


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("../../etc/a.json", "etc/a.json"),
        ("/abs/A.json", "abs/a.json"),
        ("C:\\Users\\a.json", "users/a.json"),
        ("a/\u202egnp.js", "a/gnp.js"),
        ("a\x00b/./c.json", "ab/c.json"),
        ("x" * 5000, "x" * 1000),
        ("", ""),
    ],
)
def test_names_are_made_harmless(name: str, shown: str) -> None:
    """They are only compared; nothing climbs, turns round or is cut in two."""
    assert plain(name) == shown


def test_nothing_is_written_beside_an_archive(tmp_path: Path) -> None:
    """Names that climb out of the archive are read like others, in place."""
    (tmp_path / "in").mkdir()
    path = packed(tmp_path / "in", {"../../out.json": b"{}"})
    files, _ = held(path)
    assert files == {"out.json": b"{}"}
    assert sorted(item.name for item in tmp_path.rglob("*")) == ["export.zip", "in"]


def test_a_file_that_swells_is_left_out(tmp_path: Path) -> None:
    """A million zeros in a thousand bytes are no export."""
    files, export = held(packed(tmp_path, {"big.json": b"0" * 5_000_000, "good.json": b"1"}))
    assert files == {"good.json": b"1"}
    assert export.refused == (f"1 {SWOLLEN}",)


def test_a_packed_file_that_swells_is_stopped(tmp_path: Path) -> None:
    """The size inside gzip is told by nobody: it is counted."""
    folder = unpacked(tmp_path, {"a.gpx.gz": gzip.compress(b"0" * 50_000_000)})
    with pytest.raises(TooLarge, match="swells"):
        held(folder)


def test_a_packed_file_is_opened(tmp_path: Path) -> None:
    """By its first bytes, whatever it is called."""
    files, _ = held(unpacked(tmp_path, {"a.gpx": gzip.compress(b"track")}))
    assert files == {"a.gpx": b"track"}


def test_a_locked_file_is_said(tmp_path: Path) -> None:
    """Its content is not guessed at."""
    path = packed(tmp_path, {"a.json": b"{}"})
    raw = bytearray(path.read_bytes())
    entry = raw.index(b"PK\x01\x02")
    raw[entry + 8] |= 1
    path.write_bytes(raw)
    files, export = held(path)
    assert (files, export.refused) == ({}, (f"1 {LOCKED}",))


def test_files_that_share_their_bytes_are_left_out(tmp_path: Path) -> None:
    """One packed block that is listed a thousand times swells without any single file doing so."""
    path = packed(tmp_path, {"a.json": b"[1]", "b.json": b"[2]", "c.json": b"[3]"})
    raw = bytearray(path.read_bytes())
    first = raw.index(b"PK\x01\x02")
    second = raw.index(b"PK\x01\x02", first + 4)
    raw[second + 42 : second + 46] = raw[first + 42 : first + 46]
    path.write_bytes(raw)
    files, export = held(path)
    assert (set(files), export.refused) == ({"c.json"}, (f"2 {SHARED}",))


def test_a_list_of_files_without_end_is_never_built(tmp_path: Path) -> None:
    """The end of the archive says how long its list is."""
    path = packed(tmp_path, {"a.json": b"{}"})
    raw = bytearray(path.read_bytes())
    end = raw.rindex(b"PK\x05\x06")
    raw[end + 12 : end + 16] = struct.pack("<I", zipped.MAX_DIRECTORY + 1)
    path.write_bytes(raw)
    with pytest.raises(TooLarge, match="lists more files"):
        held(path)


def test_the_long_form_of_the_list_is_looked_at_too(tmp_path: Path) -> None:
    """Where the short form says "see there"."""
    path = packed(tmp_path, {"a.json": b"{}"})
    raw = bytearray(path.read_bytes())
    end = raw.rindex(b"PK\x05\x06")
    raw[end + 10 : end + 16] = b"\xff" * 6
    far = b"PK\x06\x06" + struct.pack("<QHHIIQQQQ", 44, 45, 45, 0, 0, 1, 10**12, 10**12, 0)
    path.write_bytes(raw[:end] + far + raw[end:])
    with pytest.raises(TooLarge, match="lists more files"):
        held(path)


@pytest.mark.parametrize("folder", [True, False])
def test_more_files_than_the_limit_are_left_out_and_said(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, folder: bool
) -> None:
    """The first by name are read."""
    monkeypatch.setattr(opening, "MAX_MEMBERS", 3)
    made = {f"{number}.json": b"1" for number in range(5)}
    path = unpacked(tmp_path / "f", made) if folder else packed(tmp_path, made)
    files, export = held(path)
    assert list(files) == ["0.json", "1.json", "2.json"]
    assert export.refused == (TOO_MANY,)


def test_a_folder_of_too_many_files_is_left(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Looking at names ends too."""
    monkeypatch.setattr(opening, "MAX_LISTED", 3)
    _, export = held(unpacked(tmp_path, {f"{number}.json": b"1" for number in range(5)}))
    assert export.refused == (TOO_MANY,)


def test_a_folder_that_is_too_deep_is_not_entered(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A folder in a folder in a folder."""
    monkeypatch.setattr(opening, "MAX_DEPTH", 1)
    files, _ = held(unpacked(tmp_path, {"a/1.json": b"1", "a/b/2.json": b"2"}))
    assert list(files) == ["a/1.json"]


def member(content: bytes, budget: Budget | None = None, *, folder: Path) -> Member:
    """A file of an export."""
    path = folder / "m.json"
    path.write_bytes(content)
    return Member(name="m.json", size=len(content), source=lambda: path.open("rb"), budget=budget or Budget())


def test_a_file_read_whole_has_a_limit(tmp_path: Path) -> None:
    """One byte over is too many; in pieces it may be longer."""
    long = member(b"x" * 101, folder=tmp_path)
    with pytest.raises(TooLarge):
        long.whole(most=100)
    assert long.whole(most=101) == b"x" * 101
    assert b"".join(long.stream()) == b"x" * 101
    assert long.head(3) == b"xxx"


@pytest.mark.parametrize("budget", [Budget(whole=100), Budget(stream=100)])
def test_all_files_together_have_a_limit(tmp_path: Path, budget: Budget) -> None:
    """The second file goes over."""
    one = member(b"x" * 60, budget, folder=tmp_path)
    one.whole()
    with pytest.raises(TooLarge, match="larger than is read"):
        one.whole()


@pytest.mark.parametrize("at", range(0, 120, 7))
def test_a_damaged_archive_gives_its_files_or_a_reason(tmp_path: Path, at: int) -> None:
    """Any byte may be wrong; nothing else is raised."""
    path = packed(tmp_path, {"a.json": b'{"a": "some text of a file that is long enough"}'})
    raw = bytearray(path.read_bytes())
    raw[at % len(raw)] ^= 0xFF
    path.write_bytes(raw)
    try:
        held(path)
    except NotRead as error:
        assert error.reason  # noqa: PT017  (either way is right)


def test_a_method_that_is_not_known_is_damage(tmp_path: Path) -> None:
    """As is a sum that does not fit."""
    path = packed(tmp_path, {"a.json": b"{}"})
    raw = bytearray(path.read_bytes())
    raw[8] = 99
    raw[raw.index(b"PK\x01\x02") + 10] = 99
    path.write_bytes(raw)
    with pytest.raises(Malformed):
        held(path)


def test_a_folder_that_is_not_there_is_said(tmp_path: Path) -> None:
    """So is a pipe."""
    os.mkfifo(tmp_path / "pipe")
    for name in ("absent", "pipe"):
        with pytest.raises(NotRead, match="no such file"):
            held(tmp_path / name)


def test_deflated_and_stored_files_are_alike(tmp_path: Path) -> None:
    """Both ways of packing that exports use."""
    with zipfile.ZipFile(tmp_path / "a.zip", "w", zipfile.ZIP_STORED) as archive:
        archive.writestr("a.json", b"[1, 2]")
    assert held(tmp_path / "a.zip")[0] == held(packed(tmp_path, {"a.json": b"[1, 2]"}))[0]
    assert zlib.crc32(b"[1, 2]") == zlib.crc32(held(tmp_path / "a.zip")[0]["a.json"])
