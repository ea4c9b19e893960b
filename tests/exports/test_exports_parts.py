"""A download in several parts: the folder that holds them is read as one export; a part by itself says that there are more."""

from __future__ import annotations

import json
import shutil
import zlib
from dataclasses import replace
from pathlib import Path

import pytest
from tests.exports.made import LAT, LON, packed, spots, unpacked
from tests.exports.test_exports_tar import tarred

from unlisted.errors import Malformed, NotRead
from unlisted.sources.exports import opening, read_export, read_tracks
from unlisted.sources.exports.container import Budget, Member
from unlisted.sources.exports.opening import MISSING, MORE_PARTS, NO_PART, TOO_MANY_PARTS, TWICE
from unlisted.sources.exports.tarball import BROKEN

E7 = {"latitudeE7": round(LAT * 1e7), "longitudeE7": round(LON * 1e7), "timestamp": "2024-01-01T10:00:00Z"}
GPX = "<gpx><trk><trkseg><trkpt lat='43.5' lon='-40.5'/></trkseg></trk></gpx>"


def part(number: int, end: str = ".zip") -> str:
    """The name that Google gives to a part."""
    return f"takeout-20240101T000000Z-{number:03}{end}"


def history(count: int) -> dict[str, object]:
    """Records.json with so many rows."""
    return {"Takeout/Location History/Records.json": {"locations": [E7] * count}}


def test_a_folder_of_parts_is_one_export(tmp_path: Path) -> None:
    """ZIP and TAR parts, and files beside them; nothing is unpacked."""
    packed(tmp_path, history(2), name=part(1))
    note = {"photoTakenTime": {}, "geoData": {"latitude": LAT, "longitude": LON}}
    packed(tmp_path, {"Takeout/Photos/a.jpg.json": note}, name=part(2))
    tarred(tmp_path / "second.tgz", [("Takeout/Records.json", {"locations": [E7]})])
    unpacked(tmp_path, {"more/run.gpx": GPX})
    before = sorted(item.name for item in tmp_path.rglob("*"))
    found = read_export(tmp_path, label="x")
    assert spots(found) == [(LAT, LON)] * 5
    assert found.skipped == []
    assert sorted(item.name for item in tmp_path.rglob("*")) == before


def test_one_part_says_that_there_are_more(tmp_path: Path) -> None:
    """It is read by itself, and how many were not read is said."""
    for number in (1, 2, 3):
        packed(tmp_path, history(number), name=part(number))
    packed(tmp_path, history(1), name="takeout-20230101T000000Z-004.zip")
    found = read_export(tmp_path / part(2), label="x")
    assert len(found.points) == 2
    assert found.skipped == [MORE_PARTS.format(count=2)]


@pytest.mark.parametrize("name", ["export-2024.zip", "takeout.zip", "takeout-20240101T000000Z-001.zip"])
def test_an_archive_without_others_says_nothing(tmp_path: Path, name: str) -> None:
    """A year is no part, and a single part is whole."""
    packed(tmp_path, history(1), name=name)
    packed(tmp_path, history(1), name="export-2023.zip")
    assert read_export(tmp_path / name, label="x").skipped == []


@pytest.mark.parametrize(("numbers", "said"), [((1, 2, 4), [MISSING]), ((2, 3), [MISSING]), ((1, 2), []), ((1,), [])])
def test_a_part_that_is_missing_is_said(tmp_path: Path, numbers: tuple[int, ...], said: list[str]) -> None:
    """The numbers of a download go from one to their count."""
    for number in numbers:
        packed(tmp_path, history(number), name=part(number))
    found = read_export(tmp_path, label="x")
    assert (len(found.points), found.skipped) == (sum(numbers), said)


def test_a_copy_of_a_part_counts_once(tmp_path: Path) -> None:
    """Browsers save a second download beside the first."""
    packed(tmp_path, history(3), name="takeout.zip")
    shutil.copy(tmp_path / "takeout.zip", tmp_path / "takeout (1).zip")
    found = read_export(tmp_path, label="x")
    assert (len(found.points), found.skipped) == (3, [TWICE])


def row(lat: float) -> bytes:
    """Records.json with one row, of one length for each position."""
    return json.dumps({"locations": [{**E7, "latitudeE7": round(lat * 1e7)}]}).encode()


NAME = "Takeout/Location History/Records.json"


def written(path: Path, lat: float) -> None:
    """An archive of the kind that its name says."""
    if path.suffix == ".zip":
        packed(path.parent, {NAME: row(lat)}, name=path.name)
    else:
        tarred(path, [(NAME, row(lat))])


@pytest.mark.parametrize("end", [".zip", ".tar", ".tgz"])
def test_archives_that_list_the_same_files_may_hold_others(tmp_path: Path, end: str) -> None:
    """The same names and sizes are no copy: the bytes decide. Of two that are alike, among three, one is left out."""
    for name, lat in (("a", 43.5), ("b", 44.5), ("c", 45.5), ("d", 44.5)):
        written(tmp_path / f"{name}{end}", lat)
    found = read_export(tmp_path, label="x")
    assert sorted(lat for lat, _ in spots(found)) == [43.5, 44.5, 45.5]
    assert found.skipped == [TWICE]


def test_a_copy_is_known_in_another_packing(tmp_path: Path) -> None:
    """A ZIP archive and a TAR archive of the same files."""
    for end in (".zip", ".tar", ".tgz"):
        written(tmp_path / f"a{end}", 43.5)
    found = read_export(tmp_path, label="x")
    assert (spots(found), found.skipped) == ([(43.5, LON)], [TWICE])


def test_what_is_too_much_to_compare_is_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Better twice than not at all."""
    monkeypatch.setattr(opening, "MAX_COMPARED", 10)
    for name in ("a.tar", "b.tar"):
        written(tmp_path / name, 43.5)
    found = read_export(tmp_path, label="x")
    assert (len(found.points), found.skipped) == (2, [])


def test_the_bytes_of_a_file_are_summed_as_far_as_it_claims(tmp_path: Path) -> None:
    """The sum is the archive's own where it has one; a file that grew meanwhile has none."""
    path = tmp_path / "a.bin"
    path.write_bytes(b"x" * 200_000)
    member = Member(name="a.bin", size=200_000, source=lambda: path.open("rb"), budget=Budget())
    assert member.crc_now() == zlib.crc32(b"x" * 200_000)
    assert replace(member, crc=7).crc_now() == 7
    with pytest.raises(Malformed):
        replace(member, size=199_999).crc_now()


def test_what_breaks_off_is_no_copy(tmp_path: Path) -> None:
    """Nobody knows what it held."""
    written(tmp_path / "a.tar", 43.5)
    (tmp_path / "b.tar").write_bytes((tmp_path / "a.tar").read_bytes()[:1_100])
    found = read_export(tmp_path, label="x")
    assert (len(found.points), TWICE in found.skipped, BROKEN in found.skipped) == (1, False, True)


def test_a_part_that_cannot_be_opened_stops_nothing(tmp_path: Path) -> None:
    """It is said without its name, and the others are read."""
    packed(tmp_path, history(1), name=part(1))
    (tmp_path / part(2)).write_bytes(b"no archive")
    found = read_export(tmp_path, label="x")
    assert len(found.points) == 1
    assert found.skipped == [NO_PART.format(reason="the file is damaged or no archive")]


def test_so_many_archives_are_opened(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each holds a file of the system open."""
    monkeypatch.setattr(opening, "MAX_PARTS", 2)
    for number in (1, 2, 3):
        packed(tmp_path, history(number), name=part(number))
    found = read_export(tmp_path, label="x")
    assert (len(found.points), found.skipped) == (3, [TOO_MANY_PARTS])


def test_the_parts_share_one_budget(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Ten archives are not read ten times as far as one."""
    monkeypatch.setattr(opening, "Budget", lambda: Budget(stream=200))
    for number in (1, 2):
        packed(tmp_path, history(1), name=part(number))
    found = read_export(tmp_path, label="x")
    assert len(found.points) == 1


def test_archives_deeper_in_a_folder_are_left_alone(tmp_path: Path) -> None:
    """Only what lies directly in the listed folder is a part of it."""
    (tmp_path / "deep").mkdir()
    packed(tmp_path / "deep", history(1), name=part(1))
    with pytest.raises(NotRead):
        read_export(tmp_path, label="x")


def test_tracks_may_lie_in_archives_too(tmp_path: Path) -> None:
    """A folder with an archive of outings and one outing."""
    packed(tmp_path, {"a.gpx": GPX, "b.gpx": GPX}, name="old.zip")
    unpacked(tmp_path, {"c.gpx": GPX})
    found = read_tracks(tmp_path, label="runs")
    assert [point.id for point in found.points] == ["runs#1", "runs#2", "runs#3"]
