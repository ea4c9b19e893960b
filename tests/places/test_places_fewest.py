"""The fewest photos and posts to take down."""

from __future__ import annotations

import random
from itertools import combinations

import pytest
from tests.places.people import CLASS, HOME, WORK, Album, Spot, at_home, at_work, declared, usual, when

from unlisted.model import Place, Point
from unlisted.places import compare, infer, summarise
from unlisted.places.compare import great_circle
from unlisted.places.fewest import STEPWISE, TARGET, Cut, fewest, knows


def place_at(points: list[Point], spot: Spot, kind: str) -> Place | None:
    """The place of this kind within 100 m of a spot."""
    return next((p for p in infer(points) if p.kind == kind and great_circle(p.center, spot) < 100), None)


def cut_of(points: list[Point], spot: Spot, kind: str) -> Cut:
    """The fewest for one place."""
    place = place_at(points, spot, kind)
    assert place is not None
    return fewest([place], points)[0]


def without(points: list[Point], gone: tuple[str, ...]) -> list[Point]:
    """What is left."""
    return [point for point in points if point.id not in gone]


def sure_of(points: list[Point], spot: Spot, kind: str) -> float:
    """How sure the role still is at this spot."""
    place = place_at(points, spot, kind)
    return place.certainty if place else 0.0


@pytest.mark.parametrize(("spot", "kind"), [(HOME, "home"), (WORK, "work"), (CLASS, "regular")])
def test_taking_them_down_is_enough(spot: Spot, kind: str) -> None:
    """Without the fewest posts the place is not fairly sure any more; with them it was."""
    points = usual()
    cut = cut_of(points, spot, kind)
    assert cut.ids
    assert sure_of(points, spot, kind) >= TARGET
    assert sure_of(without(points, cut.ids), spot, kind) < TARGET


@pytest.mark.parametrize(("spot", "kind"), [(HOME, "home"), (CLASS, "regular")])
def test_exact_means_no_smaller_set_does(spot: Spot, kind: str) -> None:
    """Where the answer is called exact, no set with one post fewer is enough."""
    points = usual()
    cut = cut_of(points, spot, kind)
    place = place_at(points, spot, kind)
    assert cut.exact
    assert place is not None
    for some in combinations(place.evidence, len(cut.ids) - 1):
        assert sure_of(without(points, some), spot, kind) >= TARGET


def test_bursts_go_together() -> None:
    """Photos of one quarter hour are one piece of evidence: all of them must go."""
    points = usual()
    twice = [*points, *(Point(p.lat, p.lon, p.at, f"copies#{i}", "copies") for i, p in enumerate(points, 1))]
    one, two = cut_of(points, HOME, "home"), cut_of(twice, HOME, "home")
    assert sure_of(without(twice, two.ids), HOME, "home") < TARGET
    assert len(two.ids) == 2 * len(one.ids)


def test_visits_and_unsure_places_need_nothing() -> None:
    """What is not fairly sure, or no habit, has nothing to take down."""
    points = usual()
    places = [place for place in infer(points) if place.kind == "visited"]
    assert all(cut == Cut() for cut in fewest(places, points))
    unsure = Place(kind="home", center=HOME, radius_m=20, certainty=0.5, evidence=("x#1",))
    assert fewest([unsure], points) == [Cut()]


def test_points_without_ids_have_no_answer() -> None:
    """Where posts cannot be named none is named."""
    points = [Point(p.lat, p.lon, p.at) for p in usual()]
    assert fewest(infer(points), points) == [Cut()] * len(infer(points))


def test_no_points_no_answer() -> None:
    """A place whose points are gone has nothing to take down."""
    place = Place(kind="home", center=HOME, radius_m=20, certainty=0.9, evidence=("x#1",))
    assert fewest([place], []) == [Cut()]


def test_many_posts_are_answered_without_a_claim() -> None:
    """With more evidence than can be tried in every way, the answer is enough, and not called exact."""
    weeks = STEPWISE + 8
    album = Album().add(HOME, *at_home(weeks)).add(WORK, *at_work(weeks))
    points = album.add(CLASS, *(when(number, 1, 18.5) for number in range(weeks))).points
    cut = cut_of(points, HOME, "home")
    assert not cut.exact
    assert sure_of(without(points, cut.ids), HOME, "home") < TARGET


def test_too_much_to_try_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where nothing can be tried the answer is empty and not exact."""
    monkeypatch.setattr("unlisted.places.fewest.TRIALS", 5)
    assert cut_of(usual(), HOME, "home") == Cut(exact=False)


def test_the_summary_names_them_by_source() -> None:
    """What is shown names source and ordinals, and whether it is exact."""
    points = usual()
    out = summarise(compare(infer(points), subject=declared(HOME), points=points), points=points)
    label, numbers = out[0].fewest[0]
    assert label == "holiday photos"
    assert set(numbers) <= set(range(1, 11))
    assert out[0].fewest_exact


def test_a_stranger_knows_more_from_more() -> None:
    """The curve runs from a few posts to all, ends at what all show, and starts lower."""
    points = usual()
    curve = knows(points, rng=random.Random(1), draws=10)
    assert [count for count, _ in curve] == [5, 10, 20, len(points)]
    assert curve[-1][1] == pytest.approx(infer(points)[0].certainty)
    assert curve[0][1] < curve[-1][1]


def test_the_curve_is_the_same_twice() -> None:
    """The same random source gives the same curve; nothing gives none."""
    assert knows(usual(), rng=random.Random(7)) == knows(usual(), rng=random.Random(7))
    assert knows([], rng=random.Random(7)) == ()
