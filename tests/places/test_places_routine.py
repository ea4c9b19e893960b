"""Habits and trips from times."""

from __future__ import annotations

import random
from datetime import datetime, timedelta

import pytest
from tests.places.people import HOLIDAY, HOME, MONDAY, Album, at_home, moved, usual, when

from unlisted.places import habits, infer, trips
from unlisted.places.routine import MOST, tail


def noise(count: int, weeks: int, seed: int = 1) -> list[datetime]:
    """Posts at any waking hour of any day."""
    rng = random.Random(seed)
    return [MONDAY + timedelta(days=rng.randrange(7 * weeks), hours=rng.uniform(8, 23)) for _ in range(count)]


def test_a_weekly_class_stands_out() -> None:
    """A post every Tuesday evening is found among others, with weekday and four-hour block."""
    times = [*noise(40, 12), *(when(number, 1, 18.6) for number in range(12))]
    found = habits(times)
    assert (found[0].weekday, found[0].block) == (1, 4)
    assert found[0].weeks == 12
    assert 0.9 <= found[0].certainty <= MOST


@pytest.mark.parametrize("seed", range(10))
def test_no_pattern_no_habit(seed: int) -> None:
    """Somebody who posts at all hours of all days has no habit."""
    assert habits(noise(80, 12, seed)) == ()


def test_an_hour_of_every_day_is_no_weekly_habit() -> None:
    """A post every evening singles out no weekday."""
    assert habits(when(number, day, 20) for number in range(10) for day in range(7)) == ()


def test_few_times_say_nothing() -> None:
    """Three weeks, or nine posts, are too few; so is nothing."""
    assert habits(when(number, 1, 18) for number in range(3)) == ()
    assert habits(when(number, 1, 18) for number in range(9)) == ()
    assert habits([]) == ()


def test_sunday_belongs_to_its_week() -> None:
    """Monday to Sunday is one week: a Sunday habit is counted once a week."""
    found = habits([*(when(number, 6, 10) for number in range(10)), *(when(number, 0, 20) for number in range(3))])
    assert [(habit.weekday, habit.weeks, habit.of) for habit in found] == [(6, 10, 10)]


@pytest.mark.parametrize(
    ("count", "least", "chance", "expected"),
    [(3, 0, 0.5, 1.0), (3, 3, 0.5, 0.125), (2, 1, 0.5, 0.75), (5000, 5000, 0.5, 0.0)],
)
def test_tail_of_the_binomial(count: int, least: int, chance: float, expected: float) -> None:
    """The tail is that of the textbook, and large numbers do not overflow."""
    assert tail(count, least, chance) == pytest.approx(expected)


def test_a_holiday_is_a_trip() -> None:
    """Days in a row far from home are one trip, told by days and posts."""
    points = usual()
    found = trips(points, infer(points)[0])
    assert [(trip.days, len(trip.posts)) for trip in found] == [(7, 8)]


def test_a_day_out_is_no_trip() -> None:
    """One day far away, or many days in town, are no trip; an unfinished trip at the end counts."""
    album = Album().add(HOME, *at_home())
    home = infer(album.points)[0]
    assert trips(album.points, home) == ()
    assert trips(album.add(HOLIDAY, when(9, 0, 12), when(9, 0, 13)).points, home) == ()
    ended = album.add(moved(HOLIDAY, 100, 0), when(9, 1, 12)).points
    assert [trip.days for trip in trips(ended, home)] == [2]


def test_posts_without_times_make_no_trip() -> None:
    """A trip needs days."""
    home = infer(Album().add(HOME, *at_home()).points)[0]
    assert trips(Album().add(HOLIDAY, *[None] * 5).points, home) == ()
