"""The fewest photos and posts to take down, so that a place is no longer "fairly sure"; and what a stranger knows from how many.

Everything that stands in one quarter hour counts once, so it goes together. A role (home, work) is asked for again without what is
taken away. A first answer is found step by step; it is exact where all smaller ones could be tried.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from itertools import combinations
from math import comb

import numpy as np

from unlisted.model import Place, Point
from unlisted.places.cluster import metres, votes_of
from unlisted.places.features import table
from unlisted.places.infer import PARTS, habit, home_part
from unlisted.places.intake import NO_TIME, Bools, Ints, day_of, ids, named, week_of
from unlisted.places.scene import Scene, scene

TARGET = 0.60
"""Below this a place is no longer "fairly sure"."""

TRIALS = 300
"""How often the table is asked for one place, at most."""

WORK = 2_000_000
"""Votes that are counted over for one place, at most: with very many points there are fewer trials."""

STEPWISE = 24
"""Up to so many bundles each step tries all that are left; beyond, they go in the order of their first effect."""

SIZES = (5, 10, 20, 50, 100, 200, 500)
"""Numbers of posts of which the curve tells."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Cut:
    """Ids to take down, and whether there is surely no smaller set. No ids: nothing to do, or too much to try."""

    ids: tuple[str, ...] = ()
    exact: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class _Bundle:
    """Points that go together."""

    ids: tuple[str, ...]
    rows: Ints


def fewest(places: Sequence[Place], points: Sequence[Point], *, zone: str | None = None) -> list[Cut]:
    """For each place the fewest ids to take down; without any where it is a visit or not fairly sure as it stands."""
    worth = [place.kind != "visited" and place.certainty >= TARGET for place in places]
    view = scene(points, zone=zone) if any(worth) else None
    if view is None or not named(points):
        return [Cut() for _ in places]
    return [_cut(place, points, view) if good else Cut() for place, good in zip(places, worth, strict=True)]


def _cut(place: Place, points: Sequence[Point], view: Scene) -> Cut:
    seat = int(metres(view.lat, view.lon, np.array(place.center[0]), np.array(place.center[1])).argmin())
    mine = np.flatnonzero(view.of_point == seat)
    if place.kind == "regular":
        return _habit_cut(mine, points, view)
    trials = min(TRIALS, WORK // max(1, len(view.votes.place)))
    if _at_least(mine, points, view) + 1 > trials or len(bundles := _bundles(mine, points, view)) + 1 > trials:
        return Cut(exact=False)
    return _role_cut(bundles, _Asked(view=view, seat=seat, kind=place.kind), trials)


def _habit_cut(mine: Ints, points: Sequence[Point], view: Scene) -> Cut:
    """A habit ends where only its two fullest weeks are left: that is exact as long as each id is one point."""
    dated = view.columns.dated[mine]
    weeks, back = np.unique(week_of(day_of(dated)), return_inverse=True)
    full = np.bincount(back, dated != NO_TIME)
    keep = np.argsort(-full, kind="stable")[:2]
    gone = mine[~np.isin(back, keep) & (dated != NO_TIME)]
    names = dict.fromkeys(ids(points, view.columns.index[gone]))
    return Cut(
        ids=tuple(names),
        exact=len(names) == len(gone) and habit(dated[np.isin(back, keep)])[0] == "visited" and len(weeks) > 2,
    )


def _at_least(mine: Ints, points: Sequence[Point], view: Scene) -> int:
    """How many bundles there will be at least, for little: where each id is one point, each quarter hour is a bundle."""
    quarters = view.columns.quarter[mine]
    if len(mine) <= TRIALS or len(set(ids(points, view.columns.index[mine]))) < len(mine):
        return 0
    return len(np.unique(quarters[quarters != NO_TIME])) + int((quarters == NO_TIME).sum())


def _bundles(mine: Ints, points: Sequence[Point], view: Scene) -> list[_Bundle]:
    """Ids that fill the same quarter hours of this place, with all their rows."""
    quarters: dict[str, set[int]] = {}
    rows: dict[str, list[int]] = {}
    for row, name in zip(mine.tolist(), ids(points, view.columns.index[mine]), strict=True):
        quarter = int(view.columns.quarter[row])
        quarters.setdefault(name, set()).add(quarter if quarter != NO_TIME else -row - 2)
        rows.setdefault(name, []).append(row)
    groups: dict[frozenset[int], list[str]] = {}
    for name, filled in quarters.items():
        groups.setdefault(frozenset(filled), []).append(name)
    return [
        _Bundle(ids=tuple(names), rows=np.array([row for name in names for row in rows[name]], np.int64))
        for names in groups.values()
    ]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Asked:
    """Asks how sure a place still is in its role when some rows are gone; what was asked before is known."""

    view: Scene
    seat: int
    kind: str
    known: dict[frozenset[str], float] = field(default_factory=dict, repr=False)

    def without(self, gone: Sequence[_Bundle]) -> float:
        names = frozenset(bundle.ids[0] for bundle in gone)
        if names not in self.known:
            keep = np.ones(len(self.view.of_point), np.bool_)
            for bundle in gone:
                keep[bundle.rows] = False
            self.known[names] = self.certainty(keep)
        return self.known[names]

    def certainty(self, keep: Bools) -> float:
        """0 where the place no longer plays the role."""
        votes = votes_of(self.view.of_point[keep], self.view.columns.quarter[keep])
        if not len(votes.place):
            return 0.0
        known = table(votes, self.view.born)
        part = PARTS[self.kind](known)
        return part.certainty if known.places[part.seat] == self.seat else 0.0


def _role_cut(bundles: list[_Bundle], asked: _Asked, trials: int) -> Cut:
    step = _stepwise if len(bundles) <= STEPWISE else _ordered
    found = _pruned(step(bundles, asked), asked)
    size = sum(len(bundle.ids) for bundle in found)
    smaller = sum(comb(len(bundles), count) for count in range(1, len(found)))
    if any(len(bundle.ids) > 1 for bundle in bundles):
        smaller = sum(comb(len(bundles), count) for count in range(1, min(size, len(bundles) + 1)))
    if smaller > trials:
        return Cut(ids=_names(found), exact=False)
    for count in range(1, min(size, len(bundles) + 1)):
        for some in combinations(bundles, count):
            weight = sum(len(bundle.ids) for bundle in some)
            if weight < size and asked.without(some) < TARGET:
                found, size = list(some), weight
    return Cut(ids=_names(found))


def _names(found: Sequence[_Bundle]) -> tuple[str, ...]:
    return tuple(name for bundle in found for name in bundle.ids)


def _stepwise(bundles: list[_Bundle], asked: _Asked) -> list[_Bundle]:
    """Take away, again and again, what lowers the certainty most for each id."""
    gone: list[_Bundle] = []
    left, now = list(bundles), asked.without(())
    while left and now >= TARGET:
        after = [asked.without([*gone, bundle]) for bundle in left]
        best = min(range(len(left)), key=lambda i: (after[i] - now) / len(left[i].ids))
        now = after[best]
        gone.append(left.pop(best))
    return gone


def _ordered(bundles: list[_Bundle], asked: _Asked) -> list[_Bundle]:
    """In the order of what each does alone; how many are needed is found by halving."""
    order = sorted(bundles, key=lambda bundle: asked.without([bundle]))
    low, high = 1, len(order)
    while low < high:
        middle = (low + high) // 2
        if asked.without(order[:middle]) < TARGET:
            high = middle
        else:
            low = middle + 1
    return order[:low]


def _pruned(found: list[_Bundle], asked: _Asked) -> list[_Bundle]:
    """Without those that turn out not to be needed."""
    for bundle in list(found):
        rest = [other for other in found if other is not bundle]
        if rest and asked.without(rest) < TARGET:
            found = rest
    return found


def knows(
    points: Sequence[Point], *, rng: random.Random, draws: int = 5, zone: str | None = None
) -> tuple[tuple[int, float], ...]:
    """How sure a stranger is of the home, on average, with 5, 10, 20 ... of the posts drawn at random: (posts, certainty 0 to 1).

    The home is the one that all the posts show; the last entry has them all. Empty where no point can be used.
    """
    view = scene(points, zone=zone)
    if view is None:
        return ()
    known = table(view.votes, view.born)
    home = home_part(known)
    ask = _Asked(view=view, seat=int(known.places[home.seat]), kind="home").certainty
    count = len(view.of_point)
    sizes = [size for size in SIZES if size < count]
    return (*((size, _mean(ask, count, size, rng, draws)) for size in sizes), (count, home.certainty))


def _mean(ask: Callable[[Bools], float], count: int, size: int, rng: random.Random, draws: int) -> float:
    total = 0.0
    for _ in range(draws):
        keep = np.zeros(count, np.bool_)
        keep[rng.sample(range(count), size)] = True
        total += ask(keep)
    return total / draws
