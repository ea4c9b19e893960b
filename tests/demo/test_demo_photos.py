"""The demo's photos: real files with real notes, in the groups that the answer key speaks of."""

from __future__ import annotations

import importlib.util
import struct
import sys
from collections import Counter
from datetime import datetime
from functools import cache
from pathlib import Path
from types import ModuleType
from typing import Any

import exifread
import pytest
from PIL import Image

ROOT = Path(__file__).resolve().parents[2]
PHOTOS = ROOT / "src" / "unlisted" / "demo" / "person" / "photos"
FILES = sorted(PHOTOS.rglob("*.jpg"))
TIME = "%Y:%m:%d %H:%M:%S"


@cache
def generator() -> ModuleType:
    """The script that drew the photos."""
    spec = importlib.util.spec_from_file_location("make_demo_photos", ROOT / "benchmarks" / "make_demo_photos.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


@cache
def tags(path: Path) -> dict[str, Any]:
    """All notes of a photo, read by a library that shares nothing with the script."""
    with path.open("rb") as file:
        return dict(exifread.process_file(file))


@cache
def shots() -> dict[Path, Any]:
    """The plan of each photo, by its path."""
    return {PHOTOS / shot.album / shot.name: shot for shot in generator().shots()}


def degrees(found: dict[str, Any], axis: str) -> float:
    """A position's axis in degrees, as any reader would count it."""
    whole, minutes, seconds = (float(part) for part in found[f"GPS GPS{axis}"].values)
    sign = -1 if str(found[f"GPS GPS{axis}Ref"]) in "SW" else 1
    return sign * (whole + minutes / 60 + seconds / 3600)


def segments(data: bytes) -> list[tuple[int, bytes]]:
    """Marker and payload of every segment before the pixels."""
    found, at = [], 2
    while data[at] == 0xFF and data[at + 1] != 0xDA:
        length = struct.unpack_from(">H", data, at + 2)[0]
        found.append((data[at + 1], data[at + 4 : at + 2 + length]))
        at += 2 + length
    return found


def test_there_are_enough_photos_and_all_are_planned() -> None:
    """At least 40 photos, each one in the script's plan, and none of the plan missing."""
    assert len(FILES) >= 40
    assert set(FILES) == set(shots())


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_photo_is_a_real_small_jpeg(path: Path) -> None:
    """Pillow decodes every pixel, and the file is of the size of a small picture."""
    with Image.open(path) as image:
        image.load()
        assert image.format == "JPEG"
        assert image.getextrema() != ((0, 0), (0, 0), (0, 0))
    assert 4_000 <= path.stat().st_size <= 14_000


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_notes_say_what_the_plan_says(path: Path) -> None:
    """Time, zone, position, size and camera come out as planned, in both byte orders."""
    shot, found = shots()[path], tags(path)
    assert str(found["EXIF DateTimeOriginal"]) == shot.taken.replace("-", ":")
    assert str(found["Image Model"]) == shot.model
    assert str(found.get("EXIF OffsetTimeOriginal", "")) == ("" if shot.zone is None else f"{shot.zone:+03d}:00")
    assert ("GPS GPSLatitude" in found) == (shot.spot is not None)
    if shot.spot is not None:
        assert degrees(found, "Latitude") == pytest.approx(shot.spot[0], abs=1e-5)
        assert degrees(found, "Longitude") == pytest.approx(shot.spot[1], abs=1e-5)
    with Image.open(path) as image:
        assert (found["EXIF ExifImageWidth"].values[0], found["EXIF ExifImageLength"].values[0]) == image.size


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_script_writes_the_same_notes_again(path: Path) -> None:
    """From the plan and the thumbnail, the script writes the committed notes byte for byte, whatever Pillow draws today."""
    data = path.read_bytes()
    small = tags(path).get("JPEGThumbnail", b"")
    again = generator().notes(shots()[path], small)
    assert data[2 : 2 + len(again)] == again


def test_script_draws_the_same_file_twice(tmp_path: Path) -> None:
    """The script has no chance in it: two runs give the same bytes."""
    some = [shot for shot in generator().shots() if shot.name in {"IMG_2009.jpg", "IMG_2106.jpg", "DSC_0312.jpg"}]
    assert len(some) == 3
    for shot in some:
        assert generator().build(shot) == generator().build(shot)


def test_groups_are_as_large_as_the_key_says() -> None:
    """Home, work, class, park and holiday have their numbers; six of the camera roll have no position."""
    count = Counter(shot.scene for shot in shots().values() if shot.spot is not None and shot.album != "album")
    assert count == {"home": 13, "work": 8, "class": 7, "park": 4, "holiday": 8}
    assert sum(shot.spot is None for shot in shots().values() if shot.album == "roll") == 6


def local(scene: str) -> list[datetime]:
    """The camera's times of the placed photos of a scene."""
    placed = [
        shot for shot in shots().values() if shot.scene == scene and shot.spot is not None and shot.album != "album"
    ]
    return [datetime.fromisoformat(shot.taken) for shot in placed]


def test_times_fit_the_places() -> None:
    """Home is evenings, early mornings and weekends; work is weekdays by day; the class is Tuesday evenings."""
    assert all(at.weekday() >= 5 or at.hour >= 19 or at.hour < 7 for at in local("home"))
    assert all(at.weekday() < 5 and 9 <= at.hour < 17 for at in local("work"))
    assert all(at.weekday() == 1 and 18 <= at.hour <= 20 for at in local("class"))
    assert all(at.weekday() >= 5 for at in local("park"))
    days = sorted(at.date() for at in local("holiday"))
    assert (days[-1] - days[0]).days == 6


def test_nobody_is_at_home_during_the_holiday() -> None:
    """While the holiday photos were taken, no photo of the camera roll has a position."""
    away = [at.date() for at in local("holiday")]
    here = [at.date() for scene in ("home", "work", "class", "park") for at in local(scene)]
    assert not [day for day in here if min(away) <= day <= max(away)]


def test_satellite_time_agrees_with_the_zone() -> None:
    """Where a photo holds satellite time, it differs from the camera's clock by the zone that the photo names."""
    checked = 0
    for path in FILES:
        found = tags(path)
        if "GPS GPSTimeStamp" in found:
            hour, minute, second = (int(float(part)) for part in found["GPS GPSTimeStamp"].values)
            utc = datetime.strptime(f"{found['GPS GPSDate']} {hour}:{minute}:{second}", TIME)  # noqa: DTZ007  (UTC by definition)
            clock = datetime.strptime(str(found["EXIF DateTimeOriginal"]), TIME)  # noqa: DTZ007  (a camera has no zone)
            assert (clock - utc).total_seconds() == 3600 * int(str(found["EXIF OffsetTimeOriginal"])[:3])
            checked += 1
    assert checked >= 10


def test_one_thumbnail_shows_more_than_its_picture() -> None:
    """The small picture has the whole scene's shape while the picture was cut to another; all others have the same shape."""
    shapes = {}
    for path in FILES:
        with Image.open(path) as image:
            wide, high = image.size
        if "JPEGThumbnail" in tags(path):
            shapes[path.name] = wide / high == 160 / 120
    assert [name for name, same in shapes.items() if not same] == ["IMG_2106.jpg"]
    assert len(shapes) >= 30


def test_owner_serial_and_captions_stand_once() -> None:
    """One photo names its owner and the camera's number, another the place and a person, in both ways to write that."""
    owners = [path.name for path in FILES if "EXIF CameraOwnerName" in tags(path)]
    serials = [path.name for path in FILES if "EXIF BodySerialNumber" in tags(path)]
    assert owners == serials == ["DSC_0312.jpg"]
    captioned = [
        path
        for path in FILES
        if len(segments(path.read_bytes())) and any(m == 0xED for m, _ in segments(path.read_bytes()))
    ]
    assert [path.name for path in captioned] == ["IMG_2057.jpg"]
    xmp = next(
        data for marker, data in segments(captioned[0].read_bytes()) if marker == 0xE1 and data.startswith(b"http")
    )
    assert b"<rdf:li>Linnet Thornquill</rdf:li>" in xmp
    iptc = next(data for marker, data in segments(captioned[0].read_bytes()) if marker == 0xED)
    assert b"\x1c\x02\x5a\x00\x0aMarrow Bay" in iptc


def test_shared_album_gives_nothing_away() -> None:
    """The decoys hold no position but zero and zero, no serial number, and no owner but a default."""
    album = [path for path in FILES if path.parent.name == "album"]
    assert len(album) == 6
    placed = [path for path in album if "GPS GPSLatitude" in tags(path)]
    assert [(degrees(tags(path), "Latitude"), degrees(tags(path), "Longitude")) for path in placed] == [(0.0, 0.0)]
    assert [str(tags(path)["Image Artist"]) for path in album if "Image Artist" in tags(path)] == ["unknown"]
    assert not [path for path in album if "EXIF BodySerialNumber" in tags(path)]
