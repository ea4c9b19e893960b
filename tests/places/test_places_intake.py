"""What counts as a usable point, and when."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.places.people import HOME, Album, usual, when

from unlisted.places import Point, dropped, infer
from unlisted.places.intake import DAY, NO_TIME, day_of, hour_of, numbered, read, weekday_of

NOON = when(0, 0, 12)
FIRST, LAST = datetime.min.replace(tzinfo=UTC), datetime.max.replace(tzinfo=UTC)
BAD = [
    (float("nan"), 1.0),
    (1.0, float("nan")),
    (float("inf"), 1.0),
    (90.5, 1.0),
    (1.0, 180.5),
    (0.0, 0.0),
    (0.0005, -0.0005),
]


@pytest.mark.parametrize(("lat", "lon"), BAD)
def test_bad_positions_are_dropped_and_counted(lat: float, lon: float) -> None:
    """A point that is nowhere is left out, and counted."""
    points = [*usual(), Point(lat, lon, NOON, "bad#1")]
    assert dropped(points) == 1
    assert all("bad#1" not in place.evidence for place in infer(points))


@pytest.mark.parametrize("year", [1904, 1970, 1980, 1989, 2107])
def test_clocks_that_were_never_set_are_dropped(year: int) -> None:
    """A point of a year before digital cameras, or of the far future, is left out."""
    point = Point(*HOME, NOON.replace(year=year), "bad#1")
    assert dropped([point]) == 1
    assert infer([point]) == []


@pytest.mark.parametrize("spot", [(-HOME[0], HOME[1]), (HOME[0], -HOME[1]), (-HOME[0], -HOME[1]), (HOME[1], HOME[0])])
def test_lost_signs_and_swapped_axes_are_dropped(spot: tuple[float, float]) -> None:
    """A lone point whose mirror image is where the person lives was misread."""
    assert dropped([*usual(), Point(*spot, NOON, "bad#1")]) == 1


def test_a_trip_is_no_misreading() -> None:
    """A far place that mirrors nothing stays."""
    assert dropped([*usual(), Point(-12.0, 77.0, NOON, "trip#1")]) == 0


def test_nothing_in_nothing_out() -> None:
    """No points give no places."""
    assert infer([]) == []
    assert dropped([]) == 0


def test_day_starts_at_five() -> None:
    """What comes before five in the morning belongs to the day before."""
    columns = read([Point(*HOME, when(0, 2, hour)) for hour in (4.9, 5.0, 23.9)])
    assert weekday_of(day_of(columns.quarter)).tolist() == [1, 2, 2]
    assert hour_of(columns.quarter).tolist() == [4, 5, 23]


def test_unsure_times_only_date() -> None:
    """A clock that contradicts itself gives a date and no hour."""
    columns = read(Album().add(HOME, NOON, sure=False).points)
    assert columns.quarter.tolist() == [NO_TIME]
    assert columns.dated.tolist() == [NOON.toordinal() * DAY + 48]


def test_points_without_times_are_kept() -> None:
    """A point without a time has a place and no hour, beside points that have one."""
    columns = read(Album().add(HOME, None, NOON, None).points)
    assert columns.quarter.tolist() == [NO_TIME, NOON.toordinal() * DAY + 48, NO_TIME]


def test_aware_times_use_the_zone_at_the_point_or_the_given_one() -> None:
    """UTC becomes wall time where the point is, unless a zone is given; a zone that is none is as good as no zone."""
    at = datetime(2025, 7, 1, 12, 0, tzinfo=UTC)
    points = [Point(38.7, -9.1, at), Point(27.7, 85.3, at), Point(38.7, -9.1, datetime(2025, 7, 1, 12, 0))]  # noqa: DTZ001
    assert hour_of(read(points).quarter).tolist() == [13, 17, 12]
    assert hour_of(read(points, zone="Asia/Tokyo").quarter).tolist() == [21, 21, 12]
    assert hour_of(read(points, zone="Nowhere/Town").quarter).tolist() == [13, 17, 12]


def test_the_ends_of_the_calendar_do_not_overflow() -> None:
    """The first and the last moment there are give no error: they are dropped."""
    ends = [FIRST, LAST, *(end.replace(tzinfo=None) for end in (FIRST, LAST))]
    assert dropped([Point(*HOME, at) for at in ends]) == 4


@settings(max_examples=100, deadline=None, derandomize=True)
@given(
    st.lists(
        st.tuples(
            st.floats(width=32), st.floats(width=32), st.none() | st.datetimes() | st.datetimes(timezones=st.just(UTC))
        ),
        max_size=30,
    )
)
def test_no_point_breaks_anything(rows: list[tuple[float, float, datetime | None]]) -> None:
    """Whatever the points are, the places are on the globe, their numbers add up and nothing is raised."""
    points = [Point(lat, lon, at, f"x#{i}", "x") for i, (lat, lon, at) in enumerate(rows)]
    places = infer(points)
    inside = {name for place in places for name in place.evidence}
    assert len(inside) == len(points) - dropped(points)
    assert all(abs(place.center[0]) <= 90 and abs(place.center[1]) <= 180 for place in places)
    assert all(0 <= place.certainty <= 1 for place in places)


@settings(max_examples=50, deadline=None, derandomize=True)
@given(st.lists(st.integers(-50, 50), min_size=1, max_size=60))
def test_numbered_gives_back_the_keys(keys: list[int]) -> None:
    """Distinct keys and numbers together are the keys again."""
    distinct, number = numbered(np.array(keys))
    assert distinct.tolist() == sorted(set(keys))
    assert distinct[number].tolist() == keys


def test_order_of_input_does_not_matter_for_what_is_said() -> None:
    """The same points in another order give the same roles and counts."""
    points = usual()
    one, two = infer(points), infer(points[::-1])
    assert sorted((p.kind, len(p.evidence), p.days) for p in one) == sorted(
        (p.kind, len(p.evidence), p.days) for p in two
    )
    assert timedelta(0) == abs((one[0].first or NOON) - (two[0].first or NOON))
