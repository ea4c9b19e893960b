"""Points in columns read like a list of points, and are concluded from alike."""

from __future__ import annotations

import math
from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from unlisted.model import Point, Points
from unlisted.places import intake

ZONES = st.none() | st.integers(-1439, 1439).map(lambda minutes: timezone(timedelta(minutes=minutes)))
TIMES = st.none() | st.datetimes(timezones=ZONES)
POINTS = st.builds(
    Point,
    st.floats(-95, 95),
    st.floats(-185, 185),
    TIMES,
    st.sampled_from(("", "a#1", "a#2", "b")),
    st.sampled_from(("", "a", "b")),
    st.booleans(),
    st.booleans(),
)
BASE = Point(43.5, -40.5, datetime(2024, 1, 1, 22, tzinfo=UTC), "a#1", "a")


@settings(max_examples=100, deadline=None, derandomize=True)
@given(st.lists(POINTS, max_size=20))
def test_columns_give_back_what_was_put_in(points: list[Point]) -> None:
    """One by one, in portions and from the end; times keep their instant, their clock and their offset."""
    held = Points(points)
    assert list(held) == points
    assert held[2:9:3] == points[2:9:3]
    assert [held[-1]] == points[-1:] if points else not held
    clocks = [point.at and (point.at.replace(tzinfo=None), point.at.utcoffset()) for point in points]
    assert [point.at and (point.at.replace(tzinfo=None), point.at.utcoffset()) for point in held] == clocks
    assert held.ids(range(len(points))) == [point.id for point in points]


@settings(max_examples=100, deadline=None, derandomize=True)
@given(st.lists(POINTS, max_size=20), st.sampled_from((None, "Europe/Berlin", "nowhere")))
def test_places_read_columns_as_they_read_points(points: list[Point], zone: str | None) -> None:
    """Same degrees, quarter hours and order."""
    one, other = intake.read(points, zone=zone), intake.read(Points(points), zone=zone)
    for name in ("lat", "lon", "quarter", "dated", "index"):
        assert getattr(one, name).tolist() == getattr(other, name).tolist(), name


@settings(max_examples=50, deadline=None, derandomize=True)
@given(st.lists(POINTS, max_size=12), st.lists(POINTS, max_size=12))
def test_columns_join_and_part(first: list[Point], more: list[Point]) -> None:
    """What is joined is one row after the other; what is parted keeps its order and its ids."""
    held = Points(first)
    held.extend(Points(more))
    both = [*first, *more]
    assert list(held) == both
    assert list(held.of(private=True)) == [point for point in both if point.private]
    assert list(held.of(private=False)) == [point for point in both if not point.private]


def test_a_million_points_of_one_file_share_their_id() -> None:
    """The id stands once, whatever the number of points."""
    held = Points(replace(BASE, lat=number / 100) for number in range(100))
    assert held.names == [("a#1", "a")]
    assert held.lat.itemsize * len(held) == 800


def test_columns_show_no_position() -> None:
    """A traceback or a log shows how many there are."""
    assert repr(Points([BASE, BASE])) == "Points(2 of them)"
    with pytest.raises(IndexError):
        Points([BASE])[1]


def test_a_point_that_is_no_number_stays_one() -> None:
    """It is for places to leave it out."""
    (held,) = Points([replace(BASE, lat=math.nan)])
    assert math.isnan(held.lat)
    assert not len(intake.read(Points([held])))
