"""The script that makes the table."""

from __future__ import annotations

import csv
import gzip
import importlib
import json
import random
import sys
from pathlib import Path
from types import ModuleType

import numpy as np
import pytest
from tests.places.people import Spot, at_home, at_work, moved, when

from unlisted.places.model import KNOTS, NEVER, Linear, Trees, parse

PEOPLE = 10


@pytest.fixture
def script(root: Path, monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    """`benchmarks/places_fit.py` as a module, with few and small sets of trees."""
    monkeypatch.syspath_prepend(str(root / "benchmarks"))
    module = importlib.import_module("places_fit")
    monkeypatch.setattr(importlib.import_module("places_learn"), "TREES", 12)
    monkeypatch.setattr(module, "SETS", 1)
    monkeypatch.setattr(module, "LEARNED", dict.fromkeys(module.LEARNED, 2))
    return module


@pytest.fixture
def learn(script: ModuleType) -> ModuleType:
    """`benchmarks/places_learn.py` as a module."""
    return sys.modules[script.boosted.__module__]


def person(number: int) -> tuple[dict[str, Spot], list[tuple[str, str, float, float]]]:
    """Labels and rows of somebody made up: evenings at home, days at work, shops at any hour."""
    rng = random.Random(number)
    home = moved((30.0 + number / 10, -40.0), 0, 0)
    work = moved(home, 4000, 1000)
    shops = [moved(home, rng.gauss(0, 3000), rng.gauss(0, 3000)) for _ in range(6)]
    visits = [(home, at) for at in at_home(14)] + [(work, at) for at in at_work(14)]
    visits += [(rng.choice(shops), when(rng.randrange(14), rng.randrange(7), rng.uniform(8, 22))) for _ in range(30)]
    return {"home": home, "work": work}, [
        (f"p{number}", at.isoformat(), *spot) for spot, at in sorted(visits, key=lambda v: v[1])
    ]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A data folder of made-up people at sea."""
    people = {f"p{number}": person(number) for number in range(PEOPLE)}
    rows = [row for _, found in people.values() for row in found]
    away = [row for labels, found in people.values() for row in found if (row[2], row[3]) != labels["home"]]
    for name, some in (("checkins", rows), ("checkins-jitter20", rows), ("home-hidden", away)):
        with gzip.open(tmp_path / f"{name}.csv.gz", "wt", newline="") as handle:
            csv.writer(handle).writerows([("user", "at", "lat", "lon"), *some])
    with (tmp_path / "labels.csv").open("w", newline="") as handle:
        spots = [(user, kind, *spot) for user, (labels, _) in people.items() for kind, spot in labels.items()]
        csv.writer(handle).writerows([("user", "kind", "lat", "lon"), *spots])
    return tmp_path


def test_a_table_is_made_and_fits(
    script: ModuleType, folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """From labelled data the script makes a table that the program reads, and prints hit rates and no position."""
    target = folder / "model.json"
    monkeypatch.setattr(script, "TABLE", target)
    monkeypatch.setattr(sys, "argv", ["places_fit.py", "--data", str(folder), "--write", "--seeds", "1"])
    monkeypatch.setattr(script, "SIZES", (20, 50, None))
    script.main()
    made = parse(json.loads(target.read_text(encoding="utf-8")))
    assert isinstance(made.home.voices[0], Trees)
    assert isinstance(made.work.voices[0], Linear)
    assert (np.diff(made.home.curve) >= 0).all()
    shown = capsys.readouterr().out
    assert "hit@100 m" in shown
    assert "-40.0" not in shown


def test_regular_people_are_found(script: ModuleType, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Made-up people with plain habits are nearly all found when they are left out of the fit."""
    monkeypatch.setattr(script, "SIZES", (50, None))
    every = list(script.cases(folder, script.read_labels(folder / "labels.csv")))
    for role in ("home", "work"):
        said = script.held_out(every, [], role, 1)
        assert np.mean([item.hit for item in said if item.size is None]) >= 0.8


def test_left_out_means_left_out(script: ModuleType, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """No model is asked about a person whom it was made from."""
    monkeypatch.setattr(script, "SIZES", (None,))
    every = list(script.cases(folder, script.read_labels(folder / "labels.csv")))
    trained: list[set[str]] = []
    real = script.fit

    def spy(some: list[object], role: str) -> object:
        trained.append({case.user for case in some})  # type: ignore[attr-defined]
        return real(some, role)

    monkeypatch.setattr(script, "fit", spy)
    said = script.held_out(every, [], "home", 1)
    assert len(said) == len(every)
    assert all(len(users) == PEOPLE - PEOPLE // script.FOLDS for users in trained)


def test_logistic_finds_the_weights(learn: ModuleType) -> None:
    """The regression finds the odds of a simple table."""
    rows = np.array([[1.0, 0.0]] * 10 + [[1.0, 1.0]] * 10)
    truth = np.array([1.0] * 2 + [0.0] * 8 + [1.0] * 7 + [0.0] * 3)
    found = learn.logistic(rows, truth, np.full(20, 1 / 20), np.zeros(2))
    assert found[0] == pytest.approx(np.log(2 / 8), abs=1e-3)
    assert found.sum() == pytest.approx(np.log(7 / 3), abs=1e-3)


def test_choice_finds_the_weights(learn: ModuleType) -> None:
    """The choice model finds how much more often one kind of row is chosen: four times of five is a weight of log 4."""
    rows = np.array([[0.0], [1.0]] * 5)
    chosen = np.array([1, 3, 5, 7, 8])
    found = learn.choice(rows, np.arange(0, 10, 2), chosen, np.zeros(1))
    assert found[0] == pytest.approx(np.log(4), abs=1e-3)


def test_curve_never_falls(script: ModuleType) -> None:
    """More chance never means less certainty, even where the left-out answers say so by accident."""
    said = [
        script.Told(user="a", size=None, copy="exact", odds=odds, terms=np.zeros(4), hit=hit)
        for odds, hit in [(-3.0, True), (-2.0, False), (-1.0, True), (0.5, False), (2.0, True), (3.0, True)]
    ]
    curve = script.curve_of(said)
    assert len(curve) == len(KNOTS)
    assert (np.diff(curve) >= 0).all()


def rows_where(learn: ModuleType, rule: str, people: int = 60) -> object:
    """Samples of five candidates with three features; the true one follows the rule."""
    rng = np.random.default_rng(5)
    values = rng.random((people, 5, 3))
    best = {
        "first": values[:, :, 0],
        "both": np.minimum(values[:, :, 0], values[:, :, 1]),
        "middle": -abs(values[:, :, 2] - 0.5),
    }
    return learn.Rows(
        values=values.reshape(-1, 3),
        size=np.full(people, 5),
        truth=best[rule].argmax(axis=1) if rule in best else np.full(people, -1),
        total=np.full(people, 30.0),
        weight=np.ones(people),
        person=np.arange(people),
    )


def hits(scores: np.ndarray[tuple[int, ...], np.dtype[np.float64]], rows: object) -> float:
    """How often the highest score is that of the true candidate."""
    found = scores[:-1].reshape(-1, 5).argmax(axis=1) == rows.truth  # type: ignore[attr-defined]
    return float(found.mean())


@pytest.mark.parametrize("rule", ["first", "both", "middle"])
def test_trees_learn_what_a_sum_cannot(learn: ModuleType, monkeypatch: pytest.MonkeyPatch, rule: str) -> None:
    """Trees find a rule of one feature, of two at once, and of a middle value, where a weighted sum fails."""
    monkeypatch.setattr(learn, "TREES", 80)
    monkeypatch.setattr(learn, "COLUMNS", 1.0)
    rows = rows_where(learn, rule)
    assert hits(learn.boosted(rows, 1).scores(rows.values, 30), rows) >= 0.85  # type: ignore[attr-defined]
    plain = hits(learn.linear(rows, np.arange(3), 0.5).scores(rows.values, 30), rows)  # type: ignore[attr-defined]
    assert plain >= 0.9 if rule == "first" else plain < 0.95


def test_trees_learn_that_it_is_none(learn: ModuleType) -> None:
    """Where none of the candidates is the one, "none" gets the highest score."""
    rows = rows_where(learn, "none")
    scores = learn.boosted(rows, 1).scores(rows.values, 30)  # type: ignore[attr-defined]
    assert scores[-1] > scores[:-1].max()


def test_the_same_seed_makes_the_same_trees(learn: ModuleType) -> None:
    """Chance comes from the seed alone."""
    rows = rows_where(learn, "both")
    first, again, other = (learn.boosted(rows, seed) for seed in (1, 1, 2))
    assert np.array_equal(first.leaves, again.leaves)
    assert not np.array_equal(first.leaves, other.leaves)


def test_rounding_keeps_the_answers(script: ModuleType, learn: ModuleType) -> None:
    """Numbers lie midway between values that occur: written with five digits, they ask the same."""
    rows = rows_where(learn, "both")
    trees = learn.boosted(rows, 1)
    written = script.numbers(trees)
    read = Trees(
        columns=np.array(written["columns"]),
        above=np.array(written["above"]),
        leaves=np.array(written["leaves"]),
        none=written["none"],
    )
    values = rows.values  # type: ignore[attr-defined]
    assert np.allclose(read.scores(values, 30), trees.scores(values, 30), atol=1e-3)
    assert np.isfinite(read.above).all()
    assert read.above.max() <= NEVER


def test_curves_are_judged_without_the_person(script: ModuleType) -> None:
    """A person who is always right lifts the certainty of others, not their own."""
    said = [
        script.Told(user=user, size=None, copy="exact", odds=KNOTS[-1], terms=np.zeros(4), hit=user == "a")
        for user in "abcde"
    ]
    own, others = script.left_out(said, said[:2], with_area=False)
    assert own < 0.5 < others + 0.25
    assert others == pytest.approx((1 + 0.5) / 5, abs=0.2)
    assert own < others


def test_a_curve_counts_people(script: ModuleType) -> None:
    """Somebody with a hundred cases counts as much as somebody with one; with few people nothing is sure."""
    said = [
        script.Told(user=user, size=None, copy="exact", odds=KNOTS[-1], terms=np.zeros(4), hit=user == "a")
        for user in "a" * 100 + "b"
    ]
    assert script.curve_of(said)[-1] == pytest.approx(0.5)
    assert script.curve_of([item for item in said if item.hit])[-1] == pytest.approx(0.75)
