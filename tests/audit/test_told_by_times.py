"""What follows from times and counts: the week, habits, trips, and with how many posts a stranger knows the home."""

from __future__ import annotations

import random
from datetime import UTC, datetime, timedelta

import pytest

from unlisted.audit import drawn, hours
from unlisted.audit.observed import Observed
from unlisted.model import Certainty, Fact, Photo, PhotoSeen, Point, Points, Subject

HOME, WORK, AWAY = (44.1, -68.2), (44.13, -68.24), (41.0, -72.5)
MONDAY = datetime(2026, 3, 2, tzinfo=UTC)
ZONED = Subject(timezone="America/New_York")


def points(spot: tuple[float, float], times: list[datetime], label: str = "photos", **more: bool) -> list[Point]:
    """A point at each of these times; ids count on within a label."""
    return [
        Point(lat=spot[0], lon=spot[1], at=at, id=f"{label}#{number}", source=label, **more)
        for number, at in enumerate(times, 1)
    ]


def evenings(weeks: int, *days: int, hour: int = 21) -> list[datetime]:
    """Naive evenings of these weekdays, week after week."""
    start = MONDAY.replace(tzinfo=None)
    return [start + timedelta(weeks=week, days=day, hours=hour) for week in range(weeks) for day in days]


def at_home() -> Observed:
    """Three weeks of every half hour, at home but for work, then four days away."""
    start = MONDAY.replace(tzinfo=None)
    every = [start + timedelta(minutes=30 * half) for half in range(48 * 21)]
    working = [at for at in every if at.weekday() < 5 and 9 <= at.hour < 17]
    seen = Observed()
    seen.points.extend(points(HOME, sorted(set(every) - set(working)), "photos"))
    seen.points.extend(points(WORK, working, "office"))
    seen.points.extend(points(AWAY, [start + timedelta(days=30 + day, hours=12) for day in range(4)], "holiday"))
    return seen


def test_a_class_stands_out_by_the_times_of_posts_alone() -> None:
    """Posts without a position: the block is told on the clock of the person's zone, with its weeks and how sure it is."""
    times = [MONDAY + timedelta(weeks=week, days=1, hours=22, minutes=30) for week in range(10)]
    (found,) = hours.habits([], times, ZONED)
    assert (found.weekday, found.block, found.weeks, found.of) == (
        1,
        4,
        10,
        10,
    )  # half past five in the afternoon there
    assert found.certainty is Certainty.QUITE


def test_too_few_weeks_are_no_habit() -> None:
    """Three weeks, or a single week with many posts, say nothing."""
    few = [MONDAY + timedelta(weeks=week, days=1, hours=22) for week in range(3)]
    once = [MONDAY + timedelta(minutes=20 * step) for step in range(12)]
    assert hours.habits([], few, ZONED) == ()
    assert hours.habits([], once, ZONED) == ()


def test_without_a_zone_times_of_posts_are_left_out() -> None:
    """Nobody can say which hour it was; photos bring their own clock."""
    times = [MONDAY + timedelta(weeks=week, days=1, hours=22) for week in range(10)]
    assert hours.habits([], times, Subject()) == ()
    (found,) = hours.habits(points(HOME, evenings(10, 1)), [], Subject())
    assert (found.weekday, found.block) == (1, 5)


def test_the_ends_of_the_calendar_cost_only_themselves() -> None:
    """A time that no clock of the zone can show is passed over."""
    times = [MONDAY + timedelta(weeks=week, days=1, hours=22) for week in range(10)]
    assert len(hours.habits([], [datetime.min.replace(tzinfo=UTC), *times], ZONED)) == 1


def test_private_points_draw_no_week_and_no_habit() -> None:
    """The week says what a stranger could see: a history that only the account shows is no part of it."""
    hidden = points(HOME, evenings(10, 1), private=True)
    assert hours.week(hidden, [], Subject()) is None
    assert hours.habits(hidden, [], Subject()) == ()
    assert hours.week(points(HOME, evenings(10, 1)), [], Subject()) is not None


def test_unsure_clocks_make_no_habit() -> None:
    """A camera that contradicts its own satellite stamp is no witness for hours."""
    assert hours.habits(points(HOME, evenings(10, 1), sure=False), [], Subject()) == ()


def test_the_curve_ends_with_all_posts_and_starts_low() -> None:
    """More posts tell more: the last entry has all of them; the same chance draws the same curve."""
    seen = at_home()
    curve = drawn.knows(seen, Subject(), random.Random(1))
    assert [count for count, _ in curve] == [5, 10, 20, 50, 100, 200, 500, len(seen.points)]
    assert curve[0][1] < curve[-1][1]
    assert all(0 <= score <= 1 for _, score in curve)
    assert curve == drawn.knows(seen, Subject(), random.Random(1))


def test_private_points_make_no_stranger_surer() -> None:
    """Only what others see is counted in."""
    seen = at_home()
    hidden = (Point(p.lat, p.lon, p.at, p.id, private=True) for p in seen.points)
    seen.points = Points([*points(AWAY, evenings(3, 1)), *hidden])
    assert drawn.knows(seen, Subject(), random.Random(1)) == ()


@pytest.mark.parametrize("bad", [0.0, float("nan")])
def test_points_that_cannot_be_used_do_not_count_as_evidence(bad: float) -> None:
    """Ten spots on null island and nine at home are nine."""
    seen = Observed()
    seen.points.extend(points((bad, bad), evenings(10, 0), "bad") + points(HOME, evenings(9, 0)))
    assert drawn.knows(seen, Subject(), random.Random(1)) == ()


def test_a_trip_is_told_by_its_days_and_its_posts() -> None:
    """Four days away from a home that the photos themselves show: no date, no place, the ordinals of the posts."""
    seen = at_home()
    seen.places, _ = drawn.draw(seen, Subject())
    (trip,) = drawn.trips(seen, Subject())
    assert (trip.days, trip.posts) == (4, 4)
    assert trip.seen_in == (("holiday", (1, 2, 3, 4)),)
    assert trip.score == round(next(item.place.certainty for item in seen.places if item.place.kind == "home"), 2)


def test_where_the_photos_show_no_home_there_is_no_trip() -> None:
    """A declared address is never measured from: asking again with another one would find any place."""
    seen = Observed()
    seen.points.extend(points(AWAY, evenings(2, 0, 1, 2, 3)))
    subject = Subject(facts=(Fact(kind="address", label="home", lat=HOME[0], lon=HOME[1]),))
    seen.places, _ = drawn.draw(seen, subject)
    assert drawn.home_of(seen.places) is None
    assert drawn.trips(seen, subject) == ()


def test_trips_are_the_same_whatever_home_was_declared() -> None:
    """Declaring another address moves no answer."""
    told = []
    for spot in (HOME, AWAY):
        seen = at_home()
        subject = Subject(facts=(Fact(kind="address", label="home", lat=spot[0], lon=spot[1]),))
        seen.places, _ = drawn.draw(seen, subject)
        told.append(drawn.trips(seen, subject))
    assert told[0] == told[1] != ()


def test_names_without_a_number_are_kept_under_nought() -> None:
    """An id that no reader numbered still counts for its source."""
    assert drawn.ordinals(["a#2", "a#1", "b#x"]) == (("a", (1, 2)), ("b", (0,)))


def test_the_curve_names_the_sources_that_it_counts() -> None:
    """Each source with a point that others see, once; what only the account shows is none of them."""
    seen = at_home()
    seen.points.extend(points(HOME, evenings(1, 0), "history", private=True))
    assert drawn.knows_of(seen) == ("photos", "office", "holiday")


def test_photos_that_a_place_or_a_trip_counts_are_told_by_name() -> None:
    """Of the photos of a source those that are listed, as the report names them; posts and other photos are left out."""
    seen = at_home()
    seen.places, shown = drawn.draw(seen, Subject())
    far = drawn.trips(seen, Subject())
    seen.photos = [
        PhotoSeen(source=label, number=number, photo=Photo(status="read"), name=name)
        for label, number, name in (
            ("holiday", 1, "IMG_1.jpg"),
            ("holiday", 2, "photo 2"),
            ("holiday", 3, None),
            ("holiday", 99, "IMG_99.jpg"),
            ("other", 1, "IMG_1.jpg"),
        )
    ]
    told = drawn.photo_names(seen, (), far)
    assert told == (("holiday", 1, "IMG_1.jpg"), ("holiday", 2, "photo 2"))
    assert drawn.photo_names(seen, shown, ()) == told
    assert drawn.photo_names(seen, (), ()) == ()
