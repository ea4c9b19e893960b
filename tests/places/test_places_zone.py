"""Local time at a point, and clocks that contradict each other."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from unlisted.extract import zone
from unlisted.extract.zone import from_photo, local, zone_at
from unlisted.model import Photo, Position

LISBON = (38.7, -9.1)
KATHMANDU = (27.7, 85.3)
NAIVE = datetime(2025, 7, 1, 18, 0)  # noqa: DTZ001
SPOT = Position(lat=LISBON[0], lon=LISBON[1], origin="exif")


def utc(*parts: int) -> datetime:
    return datetime(*parts, tzinfo=UTC)  # type: ignore[arg-type,misc]


def photo(taken: datetime | None, stamp: datetime | None, position: Position | None = SPOT) -> Photo:
    return Photo(status="read", taken_at=taken, gps_at=stamp, positions=(position,) if position else ())


@pytest.mark.parametrize(
    ("spot", "name"), [(LISBON, "Europe/Lisbon"), (KATHMANDU, "Asia/Kathmandu"), ((31.2, -40.5), "Etc/GMT+3")]
)
def test_zone_of_a_point(spot: tuple[float, float], name: str) -> None:
    """A point on land or at sea has the zone of its place."""
    assert zone_at(*spot) == name


@pytest.mark.parametrize("spot", [(float("nan"), 0.0), (91.0, 0.0), (0.0, -181.0), (float("inf"), 1.0)])
def test_no_zone_off_the_globe(spot: tuple[float, float]) -> None:
    """A point that is not on the globe has no zone."""
    assert zone_at(*spot) is None


def test_local_follows_summer_time() -> None:
    """UTC becomes the wall time of the season."""
    assert local(utc(2025, 7, 1, 12), *LISBON) == datetime(2025, 7, 1, 13)  # noqa: DTZ001
    assert local(utc(2025, 1, 1, 12), *LISBON) == datetime(2025, 1, 1, 12)  # noqa: DTZ001


def test_local_of_naive_stays() -> None:
    """A camera's naive clock is local as it is."""
    assert local(NAIVE, *KATHMANDU) == NAIVE


def test_local_at_the_end_of_the_calendar() -> None:
    """The last day of the calendar does not overflow."""
    last = datetime.max.replace(tzinfo=UTC)
    assert local(last, *KATHMANDU) == last.replace(tzinfo=None)


def test_camera_and_satellite_agree() -> None:
    """A camera clock that differs from the satellite's by the zone's offset is sure."""
    moment = from_photo(photo(NAIVE, utc(2025, 7, 1, 17, 3)))
    assert moment is not None
    assert (moment.at, moment.sure) == (NAIVE, True)


@pytest.mark.parametrize("minutes", [-60, 60, 300, 24 * 60])
def test_camera_and_satellite_contradict(minutes: int) -> None:
    """A clock that was never set to the place is kept, and is not sure."""
    moment = from_photo(photo(NAIVE + timedelta(minutes=minutes), utc(2025, 7, 1, 17)))
    assert moment is not None
    assert not moment.sure


def test_quarter_hour_zones_agree() -> None:
    """Offsets of three quarters of an hour are told apart."""
    spot = Position(lat=KATHMANDU[0], lon=KATHMANDU[1], origin="exif")
    right = from_photo(photo(NAIVE, utc(2025, 7, 1, 12, 15), spot))
    wrong = from_photo(photo(NAIVE, utc(2025, 7, 1, 12, 30), spot))
    assert right is not None
    assert wrong is not None
    assert (right.sure, wrong.sure) == (True, False)


def test_aware_camera_time_becomes_wall_time() -> None:
    """A time with its own offset gives the wall time it says."""
    moment = from_photo(photo(NAIVE.replace(tzinfo=timezone(timedelta(hours=9))), None))
    assert moment is not None
    assert moment.at == NAIVE


def test_satellite_time_alone() -> None:
    """Without a camera clock the satellite's UTC is moved to the place."""
    moment = from_photo(photo(None, datetime(2025, 7, 1, 12)))  # noqa: DTZ001
    assert moment is not None
    assert (moment.at, moment.sure) == (datetime(2025, 7, 1, 13), True)  # noqa: DTZ001


def test_no_clock_or_no_place() -> None:
    """A photo without a clock, or with UTC and no place, has no moment; a camera clock alone has one."""
    assert from_photo(photo(None, None)) is None
    assert from_photo(photo(None, utc(2025, 7, 1, 12), None)) is None
    alone = from_photo(photo(NAIVE, utc(2025, 7, 1, 12), None))
    assert alone is not None
    assert alone.sure


def test_a_moment_shows_no_time() -> None:
    """The time of a photo stands in no repr."""
    assert "2025" not in repr(from_photo(photo(NAIVE, None)))


@settings(max_examples=50, deadline=None, derandomize=True)
@given(
    st.lists(st.integers(0, 2**31), min_size=1, max_size=20),
    st.sampled_from(["Europe/Lisbon", "Asia/Kathmandu", "America/St_Johns"]),
)
def test_offsets_are_those_of_the_zone(seconds: list[int], name: str) -> None:
    """Offsets in bulk are the offsets one by one."""
    rules = zone.known(name)
    single = [datetime.fromtimestamp(s, tz=rules).utcoffset() for s in seconds]
    expected = [shift.total_seconds() for shift in single if shift is not None]
    assert zone.offsets(np.array(seconds), name).tolist() == expected


def test_unknown_zone_shifts_nothing() -> None:
    """A name that is no zone gives no offset and no error."""
    assert zone.known("Nowhere/Town") is None
    assert zone.known("../../etc") is None
    assert zone.offsets(np.array([0, 1]), "Nowhere/Town").tolist() == [0, 0]


def test_zones_of_many_points() -> None:
    """Each point of a list gets its own zone."""
    lat, lon = np.array([LISBON[0], KATHMANDU[0], LISBON[0]]), np.array([LISBON[1], KATHMANDU[1], LISBON[1]])
    names, which = zone.zones_at(lat, lon)
    assert [names[i] for i in which] == ["Europe/Lisbon", "Asia/Kathmandu", "Europe/Lisbon"]


@pytest.mark.parametrize("seconds", [-(10**14), -62_135_596_801, 253_402_300_800, 10**14])
def test_a_time_that_no_calendar_has_is_not_moved(seconds: int) -> None:
    """A planted time before the year 1 or after 9999 stops nothing: it stays where it is, and the others are moved."""
    moved = zone.offsets(np.array([seconds, 0], np.int64), "Europe/Vienna")
    assert list(moved) == [0, 3600]
