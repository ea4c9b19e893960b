"""Confirm, never reveal: what is said of places."""

from __future__ import annotations

import math
import re
from dataclasses import asdict

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.places.people import CLASS, HOME, WORK, Album, Spot, at_home, declared, moved, usual, when

from unlisted.model import Certainty, Fact, Place, PlaceSummary, Point, Subject
from unlisted.places import SHOWN, compare, infer, summarise, week
from unlisted.places.compare import distance_class, great_circle, letter, nearest, split_id
from unlisted.places.summary import SENTENCES, blocks, looks_like


def told(points: list[Point], subject: Subject) -> tuple[PlaceSummary, ...]:
    """From points to what is shown."""
    return summarise(compare(infer(points), subject=subject, points=points), points=points)


def test_declared_and_undeclared() -> None:
    """A declared place has its label and class, an undeclared one a letter by rank."""
    out = told(usual(), declared(HOME))
    assert (out[0].name, out[0].declared, out[0].role, out[0].distance) == ("place 1", True, "home", "within 100 m")
    assert [item.name for item in out[1:]] == ["A", "B", "C", "D", "E", "F"]
    assert [item.rank for item in out] == [1, 2, 3, 4, 5, 6, 7]
    assert {item.distance for item in out[1:]} <= {"within 2 km", "further"}


def test_nothing_declared_no_distance() -> None:
    """Without a declared position there is no distance class."""
    out = told(usual(), Subject(facts=(Fact(kind="phone", label="mobile", value="x"),)))
    assert all(item.distance is None and not item.declared for item in out)


@pytest.mark.parametrize(
    ("apart", "word"),
    [(0, "within 100 m"), (99, "within 100 m"), (101, "within 500 m"), (1999, "within 2 km"), (2001, "further")],
)
def test_distance_classes(apart: float, word: str) -> None:
    """There are four classes and no finer answer."""
    assert distance_class(apart) == word
    assert distance_class(math.nan) == "further"


def test_at_most_five_declared_places_answer() -> None:
    """The sixth declared position is not looked at."""
    spots = [moved(HOME, 20_000 * (i + 1), 0) for i in range(5)]
    assert told(usual(), declared(*spots, HOME))[0].declared is False
    assert told(usual(), declared(*spots[:4], HOME))[0].declared is True


def test_the_nearest_declared_place_counts() -> None:
    """Of two declared places the nearer one gives the label."""
    fact, apart = nearest(HOME, declared(moved(HOME, 300, 0), moved(HOME, 50, 0)))
    assert fact is not None
    assert fact.label == "place 2"
    assert apart == pytest.approx(50, abs=1)
    assert nearest(HOME, Subject()) == (None, math.inf)


def test_letters_go_on_after_z() -> None:
    """The 27th undeclared place is AA."""
    assert [letter(n) for n in (1, 2, 26, 27, 52, 53, 703)] == ["A", "B", "Z", "AA", "AZ", "BA", "AAA"]


@pytest.mark.parametrize(
    ("name", "parts"),
    [
        ("my blog#12", ("my blog", 12)),
        ("a#b#3", ("a#b", 3)),
        ("x", ("", None)),
        ("x#", ("x", None)),
        ("x#²", ("x", None)),
    ],
)
def test_ids_name_source_and_ordinal(name: str, parts: tuple[str, int | None]) -> None:
    """An id splits at its last mark; what is no plain number is none."""
    assert split_id(name) == parts


def test_sources_and_ordinals() -> None:
    """What is seen where is told by source label and ordinals, sorted."""
    points = [
        *Album(1, "old photos").add(HOME, *at_home()).points,
        *Album(2, "club page").add(HOME, when(9, 1, 20)).points,
    ]
    home = told(points, declared(HOME))[0]
    assert home.seen_in == (("old photos", tuple(range(1, 11))), ("club page", (1,)))
    seen = compare(infer(points), subject=declared(HOME), points=points)[0]
    assert seen.sources == ("old photos", "club page")


def test_ids_without_ordinals_are_counted() -> None:
    """Points whose ids have no number are numbered within their source."""
    points = [
        Point(p.lat, p.lon, p.at, f"name {i}", "album") for i, p in enumerate(Album().add(HOME, *at_home()).points)
    ]
    assert told(points, declared(HOME))[0].seen_in == (("album", tuple(range(1, 11))),)


def test_no_output_holds_a_coordinate() -> None:
    """Neither the repr nor the fields of what is shown hold a piece of any position."""
    points = usual()
    seen = compare(infer(points), subject=declared(HOME), points=points)
    text = (
        repr(told(points, declared(HOME))) + repr(seen) + repr([asdict(item) for item in told(points, declared(HOME))])
    )
    for point in points:
        assert f"{point.lat:.3f}" not in text
        assert f"{abs(point.lon):.3f}" not in text
    assert not re.search(r"\d\.\d{3}", repr(told(points, declared(HOME))))


class_of = st.sampled_from([(0.0, 90.0), (110.0, 480.0), (600.0, 1900.0), (2200.0, 30_000.0)])


@settings(max_examples=12, deadline=None, derandomize=True)
@given(class_of, st.floats(0, 1), st.floats(0, 1), st.floats(0, 360), st.floats(0, 360))
def test_moving_within_a_distance_class_changes_no_output(
    ring: tuple[float, float], one: float, two: float, angle: float, other: float
) -> None:
    """Wherever within its class a place lies, declared or not, every output is the same: no answer is finer than the class."""

    def at(part: float, degrees: float) -> Spot:
        far = ring[0] + part * (ring[1] - ring[0])
        return moved(CLASS, far * math.cos(math.radians(degrees)), far * math.sin(math.radians(degrees)))

    def points(spot: Spot) -> list[Point]:
        album = Album(noise=0).add(spot, *(when(number, 1, 18.5) for number in range(6)))
        return (
            album.add((36.0, -30.0), *at_home())
            .add((36.1, -30.0), *(when(number, 2, 11) for number in range(8)))
            .points
        )

    subject = declared(CLASS)
    assert told(points(at(one, angle)), subject) == told(points(at(two, other)), subject)


def test_unsure_roles_are_not_shown() -> None:
    """A home that is not even a guess is shown as what it is without that role."""
    points = Album().add(HOME, when(0, 1, 12)).add(WORK, when(0, 2, 12)).add(CLASS, when(0, 3, 12)).points
    assert {item.role for item in told(points, Subject())} <= {"visited", "home", "work"}
    weak = [
        Place(kind="home", center=HOME, radius_m=20, certainty=0.2, evidence=("x#1",), extras={"regular": 0.7}, days=3)
    ]
    seen = compare(weak, subject=Subject(), points=[])
    assert (seen[0].place.kind, seen[0].place.certainty) == ("regular", 0.7)
    bare = [Place(kind="home", center=HOME, radius_m=20, certainty=0.2, evidence=("x#1",))]
    assert summarise(compare(bare, subject=Subject(), points=[]), points=[]) == ()


def test_a_place_in_two_roles_is_shown_once() -> None:
    """The best home that is also the best workplace is one line, in the surer role."""
    points = Album().add(HOME, *at_home()).points
    assert len(infer(points)) == 2
    assert len(told(points, Subject())) == 1


def test_so_many_places_at_most() -> None:
    """The list is cut by rank."""
    points = [Point(*moved(HOME, 400 * i, 0), when(0, i % 7, 12), f"x#{i}", "x") for i in range(40)]
    assert len(told(points, Subject())) <= SHOWN


def test_blocks_need_ten_votes_and_a_pattern() -> None:
    """The routine is shown in four-hour blocks where there is enough, and where something stands out."""
    thin, flat = [[0] * 24 for _ in range(7)], [[1] * 24 for _ in range(7)]
    thin[0][9] = 9
    assert blocks(tuple(map(tuple, thin))) is None
    assert blocks(tuple(map(tuple, flat))) is None
    thin[1][10] = 1
    assert blocks(tuple(map(tuple, thin))) == ((0, 0, 9, 0, 0, 0), (0, 0, 1, 0, 0, 0), *[(0,) * 6] * 5)


def habit(kind: str, hours: range, days: range, count: int = 7) -> Place:
    """A place with equal counts in these hours of these weekdays."""
    rows = tuple(tuple(int(hour in hours and day in days) for hour in range(24)) for day in range(7))
    return Place(kind=kind, center=HOME, radius_m=20, certainty=0.9, routine=rows, days=count)


@pytest.mark.parametrize(
    ("place", "sentence"),
    [
        (habit("home", range(24), range(7)), "Somewhere you often were at night."),
        (habit("home", range(17, 22), range(7)), "Somewhere you often began or ended the day."),
        (habit("work", range(9, 17), range(5)), "Somewhere you often were on weekdays."),
        (habit("regular", range(18, 20), range(1, 2)), "Somewhere you often went on the same day of the week."),
        (habit("regular", range(10, 16), range(5, 7)), "Somewhere you often went at weekends."),
        (habit("regular", range(19, 22), range(7)), "Somewhere you often were in the evening."),
        (habit("regular", range(6, 21), range(7)), "Somewhere you went again and again."),
        (habit("visited", range(9, 17), range(5)), "Somewhere you were on a few days."),
        (habit("visited", range(9, 17), range(1), 1), "Somewhere you were on one day."),
        (habit("visited", range(0), range(0), 0), "Somewhere you were; the times are not known."),
    ],
)
def test_sentences(place: Place, sentence: str) -> None:
    """A place is put into one plain sentence about the past."""
    assert looks_like(place) == sentence


def test_sentences_are_plain() -> None:
    """Sentences are short, in the past, and say no hour and no name."""
    for _, sentence in SENTENCES:
        assert len(sentence.split()) <= 12
        assert re.search(r"\b(were|went|began)\b", sentence)
        assert not re.search(r"\d|\bwill\b|\bare often\b", sentence)


def test_certainty_is_a_fixed_word() -> None:
    """Every shown place carries one of the four words."""
    assert {item.certainty for item in told(usual(), declared(HOME))} <= set(Certainty)


def test_week_counts_quarter_hours() -> None:
    """The week counts each quarter hour once, and needs ten."""
    few = Album().add(HOME, *(when(0, 0, 9 + i / 4) for i in range(9))).points
    assert week(few) is None
    assert week([*few, few[0]]) is None
    more = [*few, *Album().add(HOME, when(0, 6, 23)).points]
    counts = week(more)
    assert counts is not None
    assert counts[0][9:12] == (4, 4, 1)
    assert counts[6][23] == 1
    assert sum(map(sum, counts)) == 10


def test_week_leaves_unsure_times_out() -> None:
    """Clocks that contradict themselves do not count."""
    assert week(Album().add(HOME, *(when(0, 0, i) for i in range(20)), sure=False).points) is None


def test_great_circle() -> None:
    """A degree of latitude is about 111 km, also across the date line."""
    assert great_circle((0.0, 0.0), (1.0, 0.0)) == pytest.approx(111_195, rel=0.001)
    assert great_circle((0.0, 179.9), (0.0, -179.9)) == pytest.approx(22_239, rel=0.001)
