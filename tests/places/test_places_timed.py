"""Features counted a second time, slowly and by hand, on random people; and what must not change them."""

from __future__ import annotations

import math
import random
from collections import Counter
from dataclasses import replace
from datetime import datetime, timedelta
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.places.people import HOME, Spot, moved, when

from unlisted.model import Point
from unlisted.places.features import IN_WINDOW, NAMES, WINDOWS, table
from unlisted.places.rhythm import EIGHTHS, IN_EIGHTH, LONG, NIGHT, SHORT
from unlisted.places.scene import scene

Visit = tuple[int, datetime]


def visits(seed: int, count: int = 60, spots: int = 6) -> list[Visit]:
    """Which spot somebody was at, and when: one visit a quarter hour at most."""
    rng = random.Random(seed)
    quarters = sorted(rng.sample(range(40 * 96), count))
    return [(min(spots - 1, int(rng.expovariate(0.6))), when(0, 0, quarter / 4)) for quarter in quarters]


def points_of(some: list[Visit], *, start: Spot = HOME) -> list[Point]:
    """The visits as points, spots half a kilometre apart."""
    spots = [moved(start, 500 * number, 300 * (number % 3)) for number in range(10)]
    return [Point(*spots[number], at, f"a#{i}", "a") for i, (number, at) in enumerate(some, 1)]


def by_spot(some: list[Visit]) -> dict[int, dict[str, float]]:
    """The features of each spot, as the program counts them."""
    view = scene(points_of(some))
    assert view is not None
    found = table(view.votes, view.born)
    first: dict[int, int] = {}
    for row, (number, _) in enumerate(some):
        first.setdefault(number, row)
    spot_of = {row: number for number, row in first.items()}
    return {
        spot_of[int(view.born[place])]: dict(zip(NAMES, values, strict=True))
        for place, values in zip(found.places.tolist(), found.values.tolist(), strict=True)
    }


def day(at: datetime) -> int:
    """Days begin at five."""
    return (at - timedelta(hours=5)).toordinal()


def weekend(at: datetime) -> bool:
    return (at - timedelta(hours=5)).weekday() >= 5


def quarters(first: datetime, second: datetime) -> int:
    return round((second - first).total_seconds() / 900)


@pytest.mark.parametrize("seed", range(4))
def test_windows_and_eighths_by_hand(seed: int) -> None:
    """Each vote falls into the windows and the one eighth of the day that its hour and day name."""
    some = visits(seed)
    features = by_spot(some)
    for name, when_weekend, start, stop in WINDOWS:
        inside = [
            number
            for number, at in some
            if when_weekend in {None, weekend(at)}
            and (start <= at.hour < stop if start < stop else at.hour >= start or at.hour < stop)
        ]
        for number, values in features.items():
            assert values[f"of_{name}"] == pytest.approx(inside.count(number) / (len(inside) + 1))
    eighth = Counter((number, weekend(at), (at.hour - 5) % 24 // 3) for number, at in some)
    for number, values in features.items():
        for part, hour in enumerate(EIGHTHS):
            assert values[f"log_weekday_{hour}"] == pytest.approx(math.log1p(eighth[number, False, part]))
            assert values[f"log_weekend_{hour}"] == pytest.approx(math.log1p(eighth[number, True, part]))


@pytest.mark.parametrize("seed", range(4))
def test_days_by_hand(seed: int) -> None:
    """Days, weeks, span, and days on which there is nothing else."""
    some = visits(seed)
    alone = Counter(next(iter(here)) for here in daily(some).values() if len(here) == 1)
    for number, values in by_spot(some).items():
        mine = sorted({day(at) for spot, at in some if spot == number})
        assert values["log_days"] == pytest.approx(math.log1p(len(mine)))
        assert values["log_weeks"] == pytest.approx(math.log1p(len({(one - 1) // 7 for one in mine})))
        assert values["log_span"] == pytest.approx(math.log1p(mine[-1] - mine[0] + 1))
        assert values["days_share"] == pytest.approx(len(mine) / len(daily(some)))
        assert values["log_alone"] == pytest.approx(math.log1p(alone[number]))


def daily(some: list[Visit]) -> dict[int, set[int]]:
    """The spots of each day."""
    out: dict[int, set[int]] = {}
    for number, at in some:
        out.setdefault(day(at), set()).add(number)
    return out


@pytest.mark.parametrize("seed", range(4))
def test_steps_by_hand(seed: int) -> None:
    """Neighbours, nights, stays and quick steps, from each vote to the next."""
    some = visits(seed, count=150)
    steps = list(pairwise(some))
    beside: dict[int, set[int]] = {}
    counts: Counter[tuple[str, int]] = Counter()
    for (one, first), (two, second) in steps:
        if one != two:
            beside.setdefault(one, set()).add(two)
            beside.setdefault(two, set()).add(one)
        gap = quarters(first, second)
        night = day(first) != day(second) and gap <= NIGHT
        counts["night_last", one] += night
        counts["night_first", two] += night
        counts["night_both", one] += night and one == two
        counts["silence_after", one] += LONG[0] <= gap <= LONG[1]
        counts["quick_before", two] += gap < SHORT
    for number, values in by_spot(some).items():
        assert values["neighbours"] == pytest.approx(math.log1p(len(beside.get(number, ()))))
        for name in ("night_last", "night_first", "night_both", "silence_after", "quick_before"):
            assert values[f"log_{name}"] == pytest.approx(math.log1p(counts[name, number]))


def test_every_hour_has_its_windows() -> None:
    """The table of windows has each hour of weekdays and weekends where it belongs; each hour lies in one eighth."""
    assert IN_EIGHTH.sum(axis=1).tolist() == [1] * 48
    assert IN_EIGHTH.sum(axis=0).tolist() == [3] * 16
    for number, (_, only, start, stop) in enumerate(WINDOWS):
        hours = (stop - start) % 24
        assert IN_WINDOW[:, number].sum() == (hours if only is not None else 2 * hours)


@settings(max_examples=25, deadline=None, derandomize=True)
@given(st.integers(0, 10_000), st.integers(-40, 40), st.floats(1, 60), st.floats(-170, 170))
def test_neither_place_nor_season_matters(seed: int, weeks: int, lat: float, lon: float) -> None:
    """The same life elsewhere on the globe, or whole weeks later, has the same features."""
    some = visits(seed, count=30)
    later = [(number, at + timedelta(weeks=weeks)) for number, at in some]
    values = []
    for points in (points_of(some), points_of(later), points_of(some, start=(lat, lon))):
        view = scene(points)
        assert view is not None
        values.append(table(view.votes, view.born).values)
    assert np.allclose(values[0], values[1])
    assert np.allclose(values[0], values[2])


def test_unsure_times_count_for_no_hour() -> None:
    """A vote without a sure time adds to the votes and to nothing that knows hours or days."""
    some = visits(3, count=20)
    known = points_of(some)
    unsure = [replace(point, sure=False, id=f"b#{number}") for number, point in enumerate(known[:5])]
    features = []
    for points in (known, [*known, *unsure]):
        view = scene(points)
        assert view is not None
        found = table(view.votes, view.born)
        order = np.argsort(view.born[found.places])
        features.append(dict(zip(NAMES, found.values[order].T.tolist(), strict=True)))
    same = [name for name in NAMES if name not in {"log_votes", "top_ratio", "votes_a_day"}]
    for name in same:
        assert features[0][name] == pytest.approx(features[1][name])
    assert sum(features[1]["log_votes"]) > sum(features[0]["log_votes"])
