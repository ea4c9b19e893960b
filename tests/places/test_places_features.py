"""What the numbers of a place mean."""

from __future__ import annotations

import math
from datetime import datetime

import numpy as np
import pytest
from tests.places.people import CLASS, HOME, PARK, WORK, Album, Spot, usual, when

from unlisted.places import Point
from unlisted.places.cluster import metres
from unlisted.places.dense import LEAST, MOST, SHARE, VOTES_A_DAY, spent
from unlisted.places.features import NAMES, WINDOWS, Table, table
from unlisted.places.rhythm import COMPARED, EIGHTHS, RHYTHM
from unlisted.places.scene import scene


def known(points: list[Point]) -> Table:
    """The features of one person."""
    view = scene(points)
    assert view is not None
    return table(view.votes, view.born)


def feature(points: list[Point], spot: Spot, name: str) -> float:
    """One number of the place at a spot."""
    view = scene(points)
    assert view is not None
    found = table(view.votes, view.born)
    apart = metres(view.lat[found.places], view.lon[found.places], np.array(spot[0]), np.array(spot[1]))
    return float(found.values[int(apart.argmin()), NAMES.index(name)])


def test_names_are_distinct() -> None:
    """Each feature has one name, two for each window and for each feature that is compared."""
    assert len(set(NAMES)) == len(NAMES)
    assert sum(name.startswith("in_") for name in NAMES) == len(WINDOWS)
    assert sum(name.startswith("rank_") for name in NAMES) == len(COMPARED)
    assert NAMES[-len(RHYTHM) :] == RHYTHM


@pytest.mark.parametrize(
    ("name", "times", "expected"),
    [
        ("log_votes", [when(0, 0, 9), when(0, 0, 9.1), when(0, 0, 12)], math.log(3)),
        ("log_days", [when(0, 0, 9), when(0, 0, 12), when(0, 1, 9)], math.log(3)),
        ("log_weeks", [when(0, 0, 9), when(0, 6, 12), when(3, 1, 9)], math.log(3)),
        ("log_span", [when(0, 0, 9), when(0, 6, 12)], math.log(8)),
        ("hours", [when(0, 0, 9), when(0, 1, 9.5), when(0, 2, 21)], 2 / 24),
        ("hour_entropy", [when(0, 0, 9), when(0, 1, 21)], math.log(2)),
        ("weekdays", [when(0, 0, 9), when(1, 0, 9), when(0, 4, 9)], 2 / 7),
        ("top_ratio", [when(0, 0, 9)], 0.0),
    ],
)
def test_amounts(name: str, times: list[datetime], expected: float) -> None:
    """Counts are of votes, days from five to five, weeks, hours and weekdays."""
    assert feature(Album().add(HOME, *times).points, HOME, name) == pytest.approx(expected)


def test_a_night_belongs_to_the_day_before() -> None:
    """A post at one in the morning and one the evening before are one day."""
    points = Album().add(HOME, when(0, 0, 22), when(0, 1, 1)).points
    assert feature(points, HOME, "log_days") == pytest.approx(math.log(2))


def test_who_opens_and_closes_the_day() -> None:
    """The first and last posts of the days are counted for their places."""
    album = Album()
    for day in range(4):
        album.add(HOME, when(0, day, 7)).add(WORK, when(0, day, 12)).add(PARK, when(0, day, 22))
    assert feature(album.points, HOME, "first_of_day") == 1
    assert feature(album.points, HOME, "last_of_day") == 0
    assert feature(album.points, PARK, "last_of_day") == 1
    assert feature(album.points, PARK, "before_night") == 1
    assert feature(album.points, HOME, "after_night") == 1
    assert feature(album.points, WORK, "before_night") == 0


def test_windows_are_shares_of_place_and_person() -> None:
    """A place that has all the nights has a high share of them, and its own votes are pulled to the usual by one."""
    points = (
        Album()
        .add(HOME, *(when(0, day, 23) for day in range(5)))
        .add(WORK, *(when(0, day, 10) for day in range(5)))
        .points
    )
    assert feature(points, HOME, "of_night") == pytest.approx(5 / 6)
    assert feature(points, HOME, "in_night") == pytest.approx(5.5 / 6)
    assert feature(points, WORK, "in_night") == pytest.approx(0.5 / 6)
    assert feature(points, WORK, "of_weekday_forenoon") == pytest.approx(5 / 6)


def test_coming_back_and_staying() -> None:
    """A second visit on one day is a return, two posts in a row are a stay."""
    away = Album().add(HOME, when(0, 0, 8)).add(WORK, when(0, 0, 12)).add(HOME, when(0, 0, 18), when(0, 0, 19)).points
    assert feature(away, HOME, "returns") > feature(away, WORK, "returns")
    assert feature(away, HOME, "again") > feature(away, WORK, "again")


def test_silence_around_a_place() -> None:
    """The place where the night's silence begins has the longer gap after its posts."""
    album = Album()
    for day in range(20):
        album.add(WORK, when(0, day, 10)).add(CLASS, when(0, day, 12)).add(HOME, when(0, day, 22))
    assert feature(album.points, HOME, "gap_after") > feature(album.points, WORK, "gap_after")
    assert feature(album.points, WORK, "gap_before") > feature(album.points, CLASS, "gap_before")


def three_days() -> list[Point]:
    """Home in the morning and at night, work twice by day; on the third day a park alone."""
    album = Album()
    for day in (0, 1):
        album.add(HOME, when(0, day, 7)).add(WORK, when(0, day, 10), when(0, day, 10.5)).add(HOME, when(0, day, 22))
    return album.add(PARK, when(0, 2, 15)).points


@pytest.mark.parametrize(
    ("spot", "name", "expected"),
    [
        (HOME, "log_weekday_05", math.log(3)),
        (HOME, "part_weekday_05", 2 / 3),
        (WORK, "log_weekday_08", math.log(5)),
        (WORK, "log_weekend_08", 0.0),
        (HOME, "neighbours", math.log(3)),
        (HOME, "neighbours_share", 1.0),
        (WORK, "neighbours_share", 0.5),
        (PARK, "neighbours_a_vote", 0.5),
        (HOME, "part_night_last", 2 / 3),
        (HOME, "part_night_first", 1 / 3),
        (HOME, "log_night_both", math.log(2)),
        (PARK, "log_night_first", math.log(2)),
        (WORK, "log_silence_after", math.log(3)),
        (HOME, "log_silence_before", math.log(4)),
        (WORK, "log_quick_after", math.log(3)),
        (HOME, "log_quick_after", 0.0),
        (PARK, "log_alone", math.log(2)),
        (HOME, "log_alone", 0.0),
        (HOME, "weekday_entropy", math.log(2)),
        (PARK, "rank", math.log(3)),
        (HOME, "rank", 0.0),
        (WORK, "rank_of_night", math.log(2)),
        (HOME, "of_best_of_night", 1.0),
    ],
)
def test_rhythm(spot: Spot, name: str, expected: float) -> None:
    """Votes by eighth of the day, steps between places, nights, silences, days alone and ranks are counted by hand here."""
    assert feature(three_days(), spot, name) == pytest.approx(expected, abs=1e-4)


def test_the_clock_of_a_place() -> None:
    """Votes at one hour point one way on the face of the clock; votes at opposite hours cancel out."""
    one = Album().add(HOME, *(when(0, day, 6) for day in range(6))).points
    two = Album().add(HOME, *(when(0, day, 6 + 12 * (day % 2)) for day in range(6))).points
    assert feature(one, HOME, "clock_sin") == pytest.approx(6 / 7)
    assert feature(one, HOME, "clock_length") > 0.8
    assert feature(two, HOME, "clock_length") < 0.1
    assert len(EIGHTHS) == 8


def test_equal_places_share_a_rank() -> None:
    """Two places with the same counts stand side by side, whichever comes first."""
    album = Album()
    for day in range(4):
        album.add(HOME, when(0, day, 9)).add(WORK, when(0, day, 18))
    assert feature(album.points, HOME, "rank") == feature(album.points, WORK, "rank") == 0


def test_ties_go_by_the_first_post() -> None:
    """Places with equally many votes stand in the order of their first posts, wherever they are."""
    spots = [HOME, PARK, WORK, CLASS]
    for turn in range(4):
        order = spots[turn:] + spots[:turn]
        points = [Point(*spot, when(0, day, 12), f"x#{day}") for day, spot in enumerate(order)]
        view = scene(points)
        assert view is not None
        seats = table(view.votes, view.born).places
        assert view.born[seats].tolist() == [0, 1, 2, 3]


def test_a_person_of_one_post() -> None:
    """One post gives one candidate with finite numbers."""
    found = known(Album().add(HOME, when(0, 0, 12)).points)
    assert found.values.shape == (1, len(NAMES))
    assert np.isfinite(found.values).all()
    assert found.total == 1


def half_hours(spots: dict[Spot, range], days: int) -> list[Point]:
    """A phone that records every half hour: the first spot whose hours hold it."""
    album = Album(noise=0)
    for day in range(days):
        for half in range(48):
            here = next(spot for spot, hours in spots.items() if half // 2 in hours)
            album.add(here, when(0, day, half / 2))
    return album.points


def test_dense_needs_a_week() -> None:
    """Less than a week of nights is no rule."""
    spots = {WORK: range(9, 17), HOME: range(24)}
    assert known(half_hours(spots, LEAST - 2)).dense == {}
    assert set(known(half_hours(spots, 3 * LEAST)).dense) == {"home", "work"}


def test_dense_home_is_where_the_nights_are() -> None:
    """Most nights make the home, whatever the days are."""
    found = known(half_hours({PARK: range(7, 21), HOME: range(24)}, 30))
    view = scene(half_hours({PARK: range(7, 21), HOME: range(24)}, 30))
    assert view is not None
    seat = found.dense["home"].seat
    assert abs(view.lat[found.places[seat]] - HOME[0]) < 1e-6
    assert found.dense["home"].certainty <= MOST


def test_dense_at_home_all_day_has_no_workplace() -> None:
    """Who is at home by day too gets no second place for work."""
    assert set(known(half_hours({HOME: range(24)}, 30)).dense) == {"home"}


def test_dense_split_nights_are_not_called() -> None:
    """Nights in three places in turn make no home."""
    album = Album(noise=0)
    for day in range(30):
        for half in range(48):
            album.add((HOME, PARK, CLASS)[day % 3], when(0, day, 5 + half / 2))
    assert "home" not in known(album.points).dense
    assert SHARE > 1 / 3


def test_sparse_posts_are_not_dense() -> None:
    """A few posts a day are left to the table."""
    view = scene(usual())
    assert view is not None
    assert spent(view.votes, np.arange(len(view.lat)), len(view.lat)) == {}
    assert VOTES_A_DAY > 1
