"""Habits and trips from times."""

from __future__ import annotations

import importlib
import random
import re
from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import numpy as np
import pytest
from tests.places import people
from tests.places.people import HOLIDAY, HOME, MONDAY, Album, at_home, moved, when

from unlisted.model import Point
from unlisted.places import habits, infer, trips, week
from unlisted.places.routine import MOST, habit_chance, usual


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


@pytest.mark.parametrize("seed", range(10))
def test_busy_weekends_are_no_appointment(seed: int) -> None:
    """Somebody who posts three times as much at weekends has busy days, not a habit at one hour."""
    rng = random.Random(seed)
    days = rng.choices(range(7), weights=[1, 1, 1, 1, 1, 3, 3], k=160)
    assert habits(when(rng.randrange(26), day, rng.uniform(8, 23)) for day in days) == ()


def test_shifts_in_turn_are_no_weekly_habit() -> None:
    """Early, late and night shifts in turn: the hours move, and no weekday has any of its own."""
    starts = (6.0, 14.0, 22.0)
    assert habits(when(number, day, starts[number % 3] + 1) for number in range(18) for day in range(5)) == ()


def test_a_class_among_shifts() -> None:
    """A class on Thursday evenings stands out from work in three shifts."""
    shifts = [when(number, day, (6.0, 14.0, 22.0)[number % 3] + 1) for number in range(18) for day in (0, 2, 4)]
    found = habits([*shifts, *(when(number, 3, 18.5) for number in range(0, 18, 2)), when(1, 3, 18.5)])
    assert [(habit.weekday, habit.block) for habit in found] == [(3, 4)]


def test_clocks_that_change_move_no_habit() -> None:
    """A class at seven stays at seven when the clocks change, since times are read on the clock of the place."""
    zone = ZoneInfo("Europe/Berlin")
    first = datetime(2025, 1, 7, 19, 30, tzinfo=zone)
    weekly = [(first + timedelta(weeks=number)).astimezone(UTC) for number in range(40)]
    points = [Point(52.5, 13.4, at, f"a#{number}") for number, at in enumerate(weekly, 1)]
    found = habits(at.astimezone(zone) for at in weekly)
    assert [(habit.weekday, habit.block, habit.weeks) for habit in found] == [(1, 4, 40)]
    drawn = week(points)
    assert drawn is not None
    assert drawn[1][19] == 40


def test_a_stay_abroad_keeps_the_clock_of_the_place() -> None:
    """Four weeks at the other side of the world: dinner at seven is at seven there, not in the morning at home."""
    home = [Point(52.5, 13.4, datetime(2025, 1, 7, 18, tzinfo=UTC) + timedelta(weeks=n), f"a#{n}") for n in range(8)]
    away = [Point(35.7, 139.7, datetime(2025, 3, 4, 10, tzinfo=UTC) + timedelta(weeks=n), f"b#{n}") for n in range(4)]
    drawn = week([*home, *away])
    assert drawn is not None
    assert drawn[1][19] == 12
    assert sum(map(sum, drawn)) == 12


@pytest.mark.parametrize(("count", "of", "share", "low", "high"), [
    (0, 10, 0.1, 0.0, 0.01),
    (10, 10, 0.1, 0.99, 1.0),
    (3, 10, 0.25, 0.0, 0.2),
    (2000, 2000, 0.5, 0.99, 1.0),
    (1000, 2000, 0.5, 0.0, 0.01),
])  # fmt: skip
def test_chance_of_a_habit(count: int, of: int, share: float, low: float, high: float) -> None:
    """What is no more than usual is hardly a habit, what is far more surely is; decades of weeks do not overflow."""
    assert low <= habit_chance(count, of, share) <= high


def test_more_weeks_with_a_post_make_a_habit_surer() -> None:
    """The chance rises with every further week."""
    chances = [habit_chance(count, 20, 0.1) for count in range(21)]
    assert chances == sorted(chances)


def test_what_is_usual_follows_hours_and_days() -> None:
    """The usual share of a block comes from the same hours of other days, and rises with a busy day."""
    flat = np.full((7, 6), 5.0)
    assert usual(flat, 2, 3, 20) == pytest.approx(0.25, abs=0.03)
    busy = flat.copy()
    busy[2] = 15.0
    assert usual(busy, 2, 3, 20) == pytest.approx(0.75, abs=0.05)
    assert usual(flat * 100, 2, 3, 20) == 0.95


def test_benchmark_of_habits(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    """On made-up people with known habits nearly all that is told is true, and most of what there is in half a year is found."""
    folder = Path(__file__).resolve().parents[2] / "benchmarks"
    monkeypatch.syspath_prepend(str(folder))
    bench = importlib.import_module("places_habits")
    monkeypatch.setattr("sys.argv", ["places_habits.py", "--people", "6"])
    bench.main()
    line = next(line for line in capsys.readouterr().out.splitlines() if line.startswith("everybody    at 0.60"))
    right, found, alarmed = (float(part) for part in re.findall(r"([\d.]+) %", line))
    assert right >= 85
    assert found >= 45
    assert alarmed <= 10


def test_a_holiday_is_a_trip() -> None:
    """Days in a row far from home are one trip, told by days and posts."""
    points = people.usual()
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
