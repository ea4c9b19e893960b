"""The script that makes the table."""

from __future__ import annotations

import csv
import gzip
import importlib.util
import json
import random
import sys
from pathlib import Path
from types import ModuleType

import numpy as np
import pytest
from tests.places.people import Spot, at_home, at_work, moved, when

from unlisted.places.features import NAMES
from unlisted.places.model import KNOTS, parse

PEOPLE = 10


@pytest.fixture(scope="module")
def script(root: Path) -> ModuleType:
    """`benchmarks/places_fit.py` as a module."""
    spec = importlib.util.spec_from_file_location("places_fit", root / "benchmarks" / "places_fit.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


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
    assert len(made.home.weights) == len(NAMES)
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


def test_logistic_finds_the_weights(script: ModuleType) -> None:
    """The regression finds the odds of a simple table."""
    rows = np.array([[1.0, 0.0]] * 10 + [[1.0, 1.0]] * 10)
    truth = np.array([1.0] * 2 + [0.0] * 8 + [1.0] * 7 + [0.0] * 3)
    found = script.logistic(rows, truth, np.full(20, 1 / 20), np.zeros(2))
    assert found[0] == pytest.approx(np.log(2 / 8), abs=1e-3)
    assert found.sum() == pytest.approx(np.log(7 / 3), abs=1e-3)


def test_choice_finds_the_weights(script: ModuleType) -> None:
    """The choice model finds how much more often one kind of row is chosen: four times of five is a weight of log 4."""
    rows = np.array([[0.0], [1.0]] * 5)
    chosen = np.array([1, 3, 5, 7, 8])
    found = script.choice(rows, np.arange(0, 10, 2), chosen, np.zeros(1))
    assert found[0] == pytest.approx(np.log(4), abs=1e-3)


def test_curve_never_falls(script: ModuleType) -> None:
    """More chance never means less certainty, even where the left-out answers say so by accident."""
    said = [
        script.Told(size=None, copy="exact", odds=odds, terms=np.zeros(4), hit=hit)
        for odds, hit in [(-3.0, True), (-2.0, False), (-1.0, True), (0.5, False), (2.0, True), (3.0, True)]
    ]
    curve = script.curve_of(said)
    assert len(curve) == len(KNOTS)
    assert (np.diff(curve) >= 0).all()
