"""Home, work, regular and visited places, and how surely."""

from __future__ import annotations

import csv
import gzip
import json
from collections import defaultdict
from datetime import datetime
from importlib.resources import files
from pathlib import Path

import numpy as np
import pytest
from tests.places.people import CLASS, HOLIDAY, HOME, PARK, WORK, Album, Spot, at_home, at_work, moved, usual, when

from unlisted.model import FLOOR, Place
from unlisted.places import Point, infer
from unlisted.places.compare import great_circle
from unlisted.places.dense import VOTES_A_DAY
from unlisted.places.features import CANDIDATES, NAMES, table
from unlisted.places.model import AREA_MOST, CLIP, KNOTS, MUCH, NEVER, Linear, Role, Trees, chances, grown, model, parse
from unlisted.places.scene import scene


def at(places: list[Place], spot: Spot) -> Place:
    """The place within 100 m of a spot that comes first."""
    return next(place for place in places if great_circle(place.center, spot) < 100)


@pytest.mark.parametrize("seed", range(5))
def test_the_usual_person(seed: int) -> None:
    """Evenings make a home, office hours a workplace, a weekly class and a park are regular, a holiday is a visit."""
    places = infer(usual(seed))
    assert [place.kind for place in places].count("home") == 1
    assert [place.kind for place in places].count("work") == 1
    assert {spot: at(places, spot).kind for spot in (HOME, WORK, CLASS, PARK, HOLIDAY)} == {
        HOME: "home",
        WORK: "work",
        CLASS: "regular",
        PARK: "regular",
        HOLIDAY: "visited",
    }
    assert at(places, HOME).certainty >= 0.6
    assert at(places, WORK).certainty >= 0.6
    assert not at(places, HOME).area_only


def test_every_usable_point_is_evidence_once() -> None:
    """The evidence of the places is all the points, each in one place."""
    points = usual()
    names = sorted(name for place in infer(points) for name in place.evidence)
    assert names == sorted(point.id for point in points)


def test_counts_of_a_place() -> None:
    """A place says its days, first and last time, and its week."""
    work = at(infer(usual()), WORK)
    assert work.days == 8
    assert sum(map(sum, work.routine)) == 8
    assert [len(day) for day in work.routine] == [24] * 7
    assert sum(map(sum, work.routine[5:])) == 0
    assert work.first == when(0, 0, 9)
    assert work.last == when(7, 2, 16)


@pytest.mark.parametrize("count", [1, 2, 5])
def test_few_points_are_a_guess_at_most(count: int) -> None:
    """A handful of points gives an answer, and never a sure one."""
    places = infer(Album().add(HOME, *at_home()[:count]).points)
    assert places[0].kind == "home"
    assert all(place.certainty < 0.9 for place in places if place.kind in {"home", "work"})


def test_one_place_can_be_both() -> None:
    """Somebody who is only ever in one place gets that place for home and for work; other places are none of these."""
    places = infer(Album().add(HOME, *at_home(), *at_work()).points)
    assert [place.kind for place in places] == ["home", "work"]
    assert places[0].center == places[1].center


def test_without_times_nothing_is_regular() -> None:
    """Positions without times give visits, and no sure home."""
    places = infer(Album().add(HOME, *[None] * 20).points)
    assert places[0].certainty < 0.6
    assert set(places[0].extras) == {"visited"}
    assert (places[0].days, places[0].first, places[0].last) == (0, None, None)


def test_unsure_clocks_make_no_night() -> None:
    """Hours of clocks that contradict themselves leave home unsaid, days are still counted."""
    sure = infer(usual())[0]
    points = Album().add(HOME, *at_home(), sure=False).add(WORK, *at_work()).points
    home = at(infer(points), HOME)
    assert home.days == sure.days
    assert sum(map(sum, home.routine)) == 0


def test_two_weeks_are_no_habit() -> None:
    """A week away with a daily photo at one spot is a visit; the same count over weeks is a habit."""
    week = Album().add(HOME, *at_home()).add(PARK, *(when(3, day, 15) for day in range(7))).points
    weeks = Album().add(HOME, *at_home()).add(PARK, *(when(number, 6, 15) for number in range(7))).points
    assert at(infer(week), PARK).kind in {"visited", "work"}
    assert "visited" in {at(infer(week), PARK).kind, *at(infer(week), PARK).extras}
    assert "regular" in {at(infer(weeks), PARK).kind, *at(infer(weeks), PARK).extras}


def recorded(days: int) -> list[Point]:
    """A phone that records every half hour for so many days."""
    album = Album(noise=5)
    for day in range(days):
        for half in range(48):
            hour = half / 2
            office = day % 7 < 5 and 9 <= hour < 17
            album.add(WORK if office else HOME if hour < 18 or hour >= 20 else PARK, when(0, day, hour))
    return album.points


def test_a_record_of_day_and_night() -> None:
    """A phone that records all the time leaves little doubt about home and work, and gets no less sure with more."""
    short, long = infer(recorded(30)), infer(recorded(120))
    for spot, kind in ((HOME, "home"), (WORK, "work")):
        assert at(short, spot).kind == kind
        assert 0.9 <= at(short, spot).certainty <= at(long, spot).certainty < 0.99


def test_a_sparse_record_is_not_called_dense() -> None:
    """The rule of nights is not used where there are a few points a day."""
    view = scene(usual())
    assert view is not None
    assert table(view.votes, view.born).dense == {}
    assert len(usual()) / 30 < VOTES_A_DAY


def test_moving_everything_changes_nothing_but_where() -> None:
    """No certainty, count or kind depends on where on the globe the places are."""
    here = infer(usual())
    there = infer([Point(p.lat - 20, p.lon + 9, p.at, p.id, p.source) for p in usual()])
    assert [(p.kind, p.certainty, p.days, p.evidence) for p in here] == [
        (p.kind, p.certainty, p.days, p.evidence) for p in there
    ]


def test_at_most_so_many_places() -> None:
    """A long journey gives the busiest places, not thousands."""
    points = [Point(*moved(HOME, 300 * i, 0), when(0, i % 7, 12), f"x#{i}") for i in range(400)]
    assert len({place.center for place in infer(points)}) == CANDIDATES


def test_features_are_finite() -> None:
    """Every feature of every candidate is a number, also where nothing has a time."""
    for points in (usual(), Album().add(HOME, None).points, recorded(20)):
        view = scene(points)
        assert view is not None
        values = table(view.votes, view.born).values
        assert values.shape[1] == len(NAMES)
        assert np.isfinite(values).all()


def test_the_table_fits_the_features() -> None:
    """The shipped table asks about features that there are, and its curves rise and stay below certainty."""
    for role in (model().home, model().work):
        assert len(role.curve) == len(KNOTS)
        assert (np.diff(role.curve) >= 0).all()
        assert 0 <= role.curve[0] <= role.curve[-1] < 1
        for voice in role.voices:
            assert voice.columns.max() < len(NAMES)
            assert not isinstance(voice, Linear) or (voice.scale > 0).all()


def test_a_wrong_table_is_refused() -> None:
    """A table that was made for other features, or is cut short, is an error and not a wrong answer."""
    raw = json.loads(files("unlisted.places").joinpath("model.json").read_text(encoding="utf-8"))
    trees, plain = raw["home"]["voices"][0], raw["work"]["voices"][0]

    def home(**changed: object) -> dict[str, object]:
        return {**raw, "home": {**raw["home"], "voices": [{**trees, **changed}]}}

    def work(**changed: object) -> dict[str, object]:
        return {**raw, "work": {**raw["work"], "voices": [{**plain, **changed}]}}

    for broken in (
        {**raw, "features": raw["features"][:-1]},
        home(leaves=trees["leaves"][:-1]),
        home(above=[row[:-1] for row in trees["above"]]),
        home(columns=[[len(NAMES)] * 7 for _ in trees["columns"]]),
        work(weights=plain["weights"][:-1]),
        work(columns=[-1, *plain["columns"][1:]]),
        {**raw, "work": {**raw["work"], "curve": []}},
        {**raw, "work": {**raw["work"], "voices": []}},
        {**raw, "work": []},
        {**raw, "area": [1.0]},
    ):
        with pytest.raises(ValueError, match=r"feature|numbers|number for each knot|fit|voices|leaves"):
            parse(broken)


def test_a_tree_asks_three_questions() -> None:
    """Each row goes to the leaf that its three answers lead to, and trees add up."""
    columns = np.array([[0, 1, 1, 0, 0, 0, 0]])
    above = np.array([[0.5, 0.2, 0.8, 0.1, 0.3, 0.7, NEVER]])
    leaves = np.arange(8.0)[None, :]
    rows = np.array([[0.0, 0.0], [0.2, 0.0], [0.4, 0.5], [0.6, 0.5], [0.9, 0.5], [0.9, 0.9]])
    assert grown(rows, columns, above, leaves).tolist() == [0, 1, 3, 4, 5, 6]
    twice = (np.repeat(part, 2, axis=0) for part in (columns, above, leaves))
    assert grown(rows, *twice).tolist() == [0, 2, 6, 8, 10, 12]


def test_a_sum_weighs_scaled_features() -> None:
    """A weighted sum scales and cuts off its own columns, and "none" rises with the amount of posts."""
    sums = Linear(
        columns=np.array([1]), mean=np.array([1.0]), scale=np.array([2.0]), weights=np.array([0.5]), none=(1.0, 2.0)
    )
    assert sums.scores(np.array([[9.0, 3.0], [9.0, 100.0]]), 0).tolist() == [0.5, 0.5 * CLIP, 1.0]
    assert sums.scores(np.ones((1, 2)), 9)[-1] == pytest.approx(1 + 2 * np.log(10))
    assert sums.scores(np.ones((1, 2)), MUCH)[-1] == sums.scores(np.ones((1, 2)), 10 * MUCH)[-1]


def test_voices_are_averaged() -> None:
    """The chance is the mean of what the voices say, however far their scores run."""
    sure = Trees(
        columns=np.zeros((1, 7), np.int64), above=np.full((1, 7), 0.5), leaves=np.full((1, 8), 900.0), none=0.0
    )
    unsure = Trees(columns=sure.columns, above=sure.above, leaves=np.zeros((1, 8)), none=0.0)
    assert chances([sure, unsure], np.zeros((1, 1)), 5).tolist() == [0.75, 0.25]


def test_chances_add_up() -> None:
    """The chances of all candidates and of none are one in sum."""
    view = scene(usual())
    assert view is not None
    roles: list[Role] = [model().home, model().work]
    for role in roles:
        chances = role.chances(table(view.votes, view.born))
        assert chances.sum() == pytest.approx(1)
        assert (chances >= 0).all()


def rows_of(path: Path) -> dict[str, list[Point]]:
    """Check-ins by person."""
    rows: dict[str, list[Point]] = defaultdict(list)
    with gzip.open(path, "rt", newline="") as handle:
        for row in csv.DictReader(handle):
            rows[row["user"]].append(Point(float(row["lat"]), float(row["lon"]), datetime.fromisoformat(row["at"])))
    return rows


@pytest.mark.corpus
@pytest.mark.parametrize("name", ["checkins.csv.gz", "checkins-jitter20.csv.gz"])
def test_homes_and_workplaces_of_labelled_people(corpora: Path, name: str) -> None:
    """Of people with a known home and workplace most are found within 100 m (they also made the table)."""
    rows = rows_of(corpora / "places" / name)
    with (corpora / "places" / "labels.csv").open(newline="") as handle:
        labels = [row for row in csv.DictReader(handle) if row["kind"] in {"home", "work"}]
    found = {user: infer(rows[user]) for user in {row["user"] for row in labels}}
    hits: dict[str, list[bool]] = defaultdict(list)
    for row in labels:
        best = max((p for p in found[row["user"]] if p.kind == row["kind"]), key=lambda p: p.certainty)
        hits[row["kind"]].append(great_circle(best.center, (float(row["lat"]), float(row["lon"]))) < 100)
    assert sum(hits["home"]) >= 0.72 * len(hits["home"])
    assert sum(hits["work"]) >= 0.80 * len(hits["work"])


@pytest.mark.corpus
def test_home_that_was_never_posted(corpora: Path) -> None:
    """Where posts from home were taken away, most people get an area only, and few are told of a home fairly surely."""
    people = rows_of(corpora / "places" / "home-hidden.csv.gz").values()
    homes = [next(place for place in infer(points) if place.kind == "home") for points in people]
    assert sum(home.area_only for home in homes) >= 0.55 * len(homes)
    assert sum(home.certainty >= 0.6 for home in homes) <= 0.4 * len(homes)
    assert all(home.certainty <= AREA_MOST for home in homes if home.area_only)
    assert FLOOR < AREA_MOST
