"""A download in several parts: the folder that holds them is read as one export; a part by itself says that there are more."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from tests.exports.made import LAT, LON, packed, spots, unpacked
from tests.exports.test_exports_tar import tarred

from unlisted.errors import NotRead
from unlisted.sources.exports import opening, read_export, read_tracks
from unlisted.sources.exports.container import Budget
from unlisted.sources.exports.opening import MISSING, MORE_PARTS, NO_PART, TOO_MANY_PARTS, TWICE

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
