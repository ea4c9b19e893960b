"""Files beside a photo: which belong to it by their names, and what they say."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.photos import build

from unlisted.extract.photo import read_photo, sidecar
from unlisted.extract.photo.found import Found


def takeout(**more: object) -> bytes:
    """A sidecar as the photo service writes it."""
    told = {
        "title": "IMG_0001.jpg",
        "photoTakenTime": {"timestamp": "1741955405"},
        "geoData": {"latitude": build.SEA[0], "longitude": build.SEA[1], "altitude": 3.0},
        "geoDataExif": {"latitude": 0.0, "longitude": 0.0, "altitude": 0.0},
        "people": [{"name": "Ada Lutt"}],
    }
    return json.dumps(told | more).encode()


@pytest.mark.parametrize(
    ("photo", "beside"),
    [
        ("IMG_0001.jpg", "IMG_0001.xmp"),
        ("IMG_0001.jpg", "IMG_0001.jpg.xmp"),
        ("IMG_0001.jpg", "IMG_0001.XMP"),
        ("IMG_0001.jpg", "IMG_0001.jpg.json"),
        ("IMG_0001.jpg", "IMG_0001.json"),
        ("IMG_0001.jpg", "IMG_0001.jpg.supplemental-metadata.json"),
        ("IMG_0001(1).jpg", "IMG_0001.jpg(1).json"),
        ("IMG_0001(1).jpg", "IMG_0001.jpg.supplemental-metadata(1).json"),
        ("IMG_0001-edited.jpg", "IMG_0001.jpg.json"),
        ("PXL_20250314_123005123.MOTION-01.COVER.jpg", "PXL_20250314_123005123.MOTION-01.COVER.jpg.sup.json"),
        ("a_name_that_is_so_long_that_it_was_cut_by_them.jpg", "a_name_that_is_so_long_that_it_was_cut_by_them.json"),
        ("Screenshot_20250314-123005_Lanternfish.jpg", "Screenshot_20250314-123005_Lanternfish.jpg.sup.json"),
    ],
)
def test_names_that_belong_together(photo: str, beside: str) -> None:
    """A sidecar is found by each of the odd rules for its name, whatever the case of its letters."""
    listing = {beside.lower(): beside}
    assert [path.name for path in sidecar.beside(Path("holiday") / photo, listing)] == [beside]


@pytest.mark.parametrize(
    "other", ["IMG_0002.json", "IMG_00011.jpg.json", "IMG_0001.png.json", "IMG_0001.jpg", "notes.json"]
)
def test_names_that_do_not(other: str) -> None:
    """A file of another name is not taken for the photo's sidecar, and a photo is not its own."""
    assert sidecar.beside(Path("IMG_0001.jpg"), {other.lower(): other}) == []


def test_what_a_takeout_file_says(tmp_path: Path) -> None:
    """Place, people and time of the JSON are told with the photo; 0,0 is no place; the time is UTC."""
    photo = tmp_path / "IMG_0001.jpg"
    photo.write_bytes(build.jpeg())
    beside = tmp_path / "IMG_0001.jpg.json"
    beside.write_bytes(takeout())
    told = read_photo(photo, sidecars=(beside,))
    assert [(p.lat, p.lon, p.origin, p.altitude) for p in told.positions] == [(*build.SEA, "sidecar", 3.0)]
    assert told.people == ("Ada Lutt",)
    assert told.taken_at == datetime(2025, 3, 14, 12, 30, 5, tzinfo=UTC)
    assert told.format == "JPEG"


def test_the_camera_comes_first(tmp_path: Path) -> None:
    """The photo's own time and place stand before those of a sidecar."""
    photo, beside = tmp_path / "IMG_0001.jpg", tmp_path / "IMG_0001.xmp"
    block = build.tiff(exif={0x9003: build.text("2025:03:14 12:30:05")}, gps=build.gps())
    photo.write_bytes(build.jpeg(build.exif_segment(block)))
    words = 'exif:GPSLatitude="38,15S" exif:GPSLongitude="77,30E" exif:DateTimeOriginal="2020-01-01T00:00:00"'
    beside.write_bytes(build.xmp(attributes=words))
    told = read_photo(photo, sidecars=(beside,))
    assert [(round(p.lat, 3), p.origin) for p in told.positions] == [(46.5, "exif"), (-38.25, "sidecar")]
    assert told.taken_at is not None
    assert told.taken_at.year == 2025
    assert told.position is not None
    assert told.position.origin == "exif"


@pytest.mark.parametrize(
    "data", [b"", b"{", b"[1]", b"{}", b'{"photoTakenTime": 3}', b"[" * 100_000, b"\xff\xfe\xff", b"<html>"]
)
def test_what_is_no_sidecar(tmp_path: Path, data: bytes) -> None:
    """A file of the right name but another content adds nothing and breaks nothing."""
    photo = tmp_path / "IMG_0001.jpg"
    photo.write_bytes(build.jpeg())
    for name in ("IMG_0001.jpg.json", "IMG_0001.xmp"):
        (tmp_path / name).write_bytes(data)
    told = read_photo(photo, sidecars=(tmp_path / "IMG_0001.jpg.json", tmp_path / "IMG_0001.xmp"))
    assert (told.status, told.positions, told.people) == ("read", (), ())


@pytest.mark.parametrize(
    "more",
    [
        {"geoData": None}, {"geoData": [1, 2]}, {"geoData": {"latitude": "46.5", "longitude": None}}, {"people": "Ada"},
        {"people": [{"name": 3}, "Ada", None]}, {"photoTakenTime": {"timestamp": "soon"}},
        {"photoTakenTime": {"timestamp": "9" * 400}}, {"photoTakenTime": {"timestamp": "--5"}}, {"description": 5},
        {"geoData": {"latitude": 1e999, "longitude": 2}}, {"geoData": {"latitude": True, "longitude": 10**400}},
    ],
)  # fmt: skip
def test_odd_values_in_json(tmp_path: Path, more: dict[str, object]) -> None:
    """Values of the wrong kind are left out, and nothing breaks."""
    path = tmp_path / "IMG_0001.jpg.json"
    path.write_bytes(takeout(**more))
    told = read_photo(path)
    assert (told.format, told.status) == ("TAKEOUT", "read")


def test_sidecar_that_cannot_be_read(tmp_path: Path) -> None:
    """A sidecar that is gone is named with the photo as not read."""
    photo = tmp_path / "IMG_0001.jpg"
    photo.write_bytes(build.jpeg())
    told = read_photo(photo, sidecars=(tmp_path / "IMG_0001.xmp",))
    assert told.skipped == ("a file beside it was not read: the file is not there",)


def test_sidecar_read_by_itself(tmp_path: Path) -> None:
    """A sidecar that is read alone gives its place under its own kind."""
    path = tmp_path / "IMG_0001.jpg.json"
    path.write_bytes(takeout())
    told = read_photo(path)
    assert (told.status, told.format, [p.origin for p in told.positions]) == ("read", "TAKEOUT", ["sidecar"])


@given(st.text(max_size=60))
@settings(max_examples=80, deadline=None, derandomize=True)
def test_any_name(name: str) -> None:
    """Any name gives a list of names, each in lower case and once."""
    names = sidecar.names(name)
    assert len(set(names)) == len(names)
    assert all(item == item.lower() for item in names)


@given(
    st.recursive(
        st.none() | st.floats() | st.text(max_size=5),
        lambda inner: st.dictionaries(st.text(max_size=5), inner, max_size=3),
    )
)
@settings(max_examples=60, deadline=None, derandomize=True)
def test_any_json(value: object) -> None:
    """Any JSON under the known keys is read or left out; what is read as a place is on the globe."""
    keys = ("geoData", "geoDataExif", "people", "photoTakenTime", "description")
    for key in keys:
        found = Found()
        sidecar.read_json(json.dumps({"photoTakenTime": {"timestamp": 1}, key: value}).encode(), found)
        assert all(abs(place.lat) <= 90 and abs(place.lon) <= 180 for place in found.positions)
