"""Positions into places."""

from __future__ import annotations

import random

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.growth import grows_in_step
from tests.places.people import HOME, MONDAY, Album, moved, when

from unlisted.places import Point, cluster, infer
from unlisted.places.cluster import WIDEST, components, near_pairs, vote
from unlisted.places.intake import read
from unlisted.places.scene import scene


def line(count: int, step: float) -> list[Point]:
    """A chain of points, each `step` metres from the next, a quarter hour apart."""
    return [Point(*moved(HOME, 0, step * i), when(0, 0, i / 4), f"x#{i}") for i in range(count)]


@pytest.mark.parametrize(("apart", "places"), [(10, 1), (40, 1), (80, 2), (500, 2)])
def test_near_points_are_one_place(apart: float, places: int) -> None:
    """Points within about 47 metres are one place, others are two."""
    points = [Point(*HOME, when(0, 0, 10)), Point(*moved(HOME, apart, 0), when(0, 1, 10))]
    view = scene(points)
    assert view is not None
    assert len(view.lat) == places


def test_chains_are_split() -> None:
    """No place is wider than 150 metres, however long the chain of points is."""
    view = scene(line(400, 30))
    assert view is not None
    for place in range(len(view.lat)):
        lat = view.columns.lat[view.of_point == place]
        lon = view.columns.lon[view.of_point == place]
        wide = cluster.metres(lat.max()[None], lon.max()[None], lat.min()[None], lon.min()[None])[0]
        assert wide <= WIDEST + 2 * cluster.CELL


def test_chains_are_split_at_busy_spots() -> None:
    """A place that a track runs through stays whole."""
    points = Album().add(HOME, *(when(week, 2, 20) for week in range(20))).points
    places = infer([*points, *line(100, 30)])
    assert max(len(place.evidence) for place in places) >= 20


def test_a_dense_track_does_not_drown_photos() -> None:
    """A thousand points in one quarter hour are one vote."""
    burst = [Point(*HOME, when(0, 0, 10), f"x#{i}") for i in range(1000)]
    _, _, votes = vote(read([*burst, Point(*HOME, when(1, 0, 10))]))
    assert len(votes.place) == 2


def test_points_without_times_vote_a_few_times() -> None:
    """Untimed points of one place count one by one, up to ten."""
    points = [Point(*HOME, None, f"x#{i}") for i in range(30)]
    assert len(vote(read(points[:4]))[2].place) == 4
    assert len(vote(read(points))[2].place) == cluster.UNTIMED_MOST


@settings(max_examples=60, deadline=None, derandomize=True)
@given(
    st.lists(st.tuples(st.floats(-200, 200), st.floats(-200, 200)), min_size=1, max_size=40),
    st.sampled_from([0.0, 45.0, -70.0]),
)
def test_pairs_are_all_pairs(offsets: list[tuple[float, float]], lat: float) -> None:
    """The sorted search finds the same near pairs as comparing everything with everything, at any latitude."""
    spots = [moved((lat, 12.0), *offset) for offset in offsets]
    lats, lons = np.array([s[0] for s in spots]), np.array([s[1] for s in spots])
    left, right = near_pairs(lats, lons, 47.0)
    found = {frozenset((int(a), int(b))) for a, b in zip(left, right, strict=True)}
    everything = {
        frozenset((i, j))
        for i in range(len(spots))
        for j in range(i)
        if cluster.metres(lats[i : i + 1], lons[i : i + 1], lats[j : j + 1], lons[j : j + 1])[0] <= 47.0
    }
    assert found == everything
    assert len(left) == len(found)


def test_pairs_in_small_blocks_are_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    """The bound on memory changes no result."""
    rng = random.Random(3)
    spots = [moved(HOME, rng.uniform(0, 300), rng.uniform(0, 300)) for _ in range(200)]
    lat, lon = np.array([s[0] for s in spots]), np.array([s[1] for s in spots])
    whole = {frozenset(pair) for pair in zip(*(side.tolist() for side in near_pairs(lat, lon, 47.0)), strict=True)}
    monkeypatch.setattr(cluster, "PAIRS_AT_ONCE", 10)
    monkeypatch.setattr(cluster, "ROWS_AT_ONCE", 7)
    parts = {frozenset(pair) for pair in zip(*(side.tolist() for side in near_pairs(lat, lon, 47.0)), strict=True)}
    assert parts == whole


@settings(max_examples=60, deadline=None, derandomize=True)
@given(st.integers(1, 40), st.lists(st.tuples(st.integers(0, 39), st.integers(0, 39)), max_size=60))
def test_components_are_what_walking_finds(count: int, raw: list[tuple[int, int]]) -> None:
    """Two items have the same label exactly where a walk along the pairs leads from one to the other."""
    pairs = [(a % count, b % count) for a, b in raw]
    label = components(count, np.array([a for a, _ in pairs], np.int64), np.array([b for _, b in pairs], np.int64))
    walked = list(range(count))
    for _ in range(count):
        for a, b in pairs:
            walked[a] = walked[b] = min(walked[a], walked[b])
    assert label.tolist() == walked


@pytest.mark.parametrize("step", [0.0, 12.0, 35.0])
def test_time_grows_with_the_number_of_points(step: float) -> None:
    """Twice as long a chain, dense or sparse, takes at most three times as long."""
    grows_in_step(lambda count: line(count, step), infer, 30_000)


def test_a_crowded_square_is_bounded() -> None:
    """A hundred thousand points that all differ, packed into one square, give places of bounded width."""
    rng = random.Random(5)
    points = [
        Point(*moved(HOME, rng.uniform(0, 2000), rng.uniform(0, 2000)), MONDAY.replace(day=1 + i % 28), f"x#{i}")
        for i in range(20_000)
    ]
    assert max(place.radius_m for place in infer(points)) <= WIDEST
