"""What cut tracks give away, and which zone would have held."""

from __future__ import annotations

import math
import random

import pytest
from hypothesis import given
from hypothesis import settings as tried
from hypothesis import strategies as st
from tests.places.people import HOME, Spot, moved

from unlisted.places import recover, settings
from unlisted.places.compare import great_circle
from unlisted.places.tracks import LEAST, MOST, ZONES, cut


def run(angle: float, length: float = 4000, seed: int = 1, wobble: float = 4) -> list[Spot]:
    """A track that leaves home in one direction (degrees), a point every 8 metres, and ends far away."""
    rng = random.Random(f"{seed}:{angle}")
    north, east = math.cos(math.radians(angle)), math.sin(math.radians(angle))
    return [
        moved(HOME, step * north + rng.gauss(0, wobble), step * east + rng.gauss(0, wobble))
        for step in range(0, int(length), 8)
    ]


def ends(radius: float, angles: list[float]) -> list[Spot]:
    """The visible ends when a zone of this radius lies around home."""
    return [end for angle in angles for end in cut(run(angle), HOME, radius)]


@pytest.mark.parametrize("radius", ZONES)
def test_the_hidden_place_is_found(radius: float) -> None:
    """Tracks in several directions give away the middle of a zone of any size, and the size."""
    found = recover(ends(radius, [10, 80, 150, 230, 300]))
    assert found is not None
    assert found.radius_m == radius
    assert great_circle(found.center, HOME) < 30


def test_a_quarter_of_the_circle_is_enough() -> None:
    """Ends need not lie all around."""
    found = recover(ends(600, [0, 25, 50, 75, 100]))
    assert found is not None
    assert great_circle(found.center, HOME) < 100


def test_few_ends_show_nothing() -> None:
    """Two ends fit many circles."""
    assert recover(ends(600, [0, 90])) is None
    assert LEAST == 3
    assert recover([]) is None


def test_the_same_way_every_day_shows_little() -> None:
    """Tracks that all leave by one street leave the side open."""
    assert recover(ends(600, [40, 40.5, 41, 41.5])) is None


def test_scattered_ends_show_nothing() -> None:
    """Ends that lie on no circle of the sizes on offer give nothing."""
    rng = random.Random(2)
    assert recover([moved(HOME, rng.uniform(-9000, 9000), rng.uniform(-9000, 9000)) for _ in range(12)]) is None


def test_cut_leaves_the_far_part() -> None:
    """Both ends of a round trip are cut; a track that never comes near is not, nor is one that stays inside."""
    there = run(0)
    both = cut([*there, *there[::-1]], HOME, 400)
    assert len(both) == 2
    assert all(abs(great_circle(end, HOME) - 400) < 20 for end in both)
    assert cut([moved(spot, 20_000, 0) for spot in there], HOME, 400) == []
    assert cut(there[:5], HOME, 400) == []
    assert cut([], HOME, 400) == []


def test_settings_say_which_zone_holds() -> None:
    """Short runs in all directions are given away by small zones and not by those that hide them whole."""
    answers = settings([run(angle, 900) for angle in (0, 70, 140, 210, 280)], HOME)
    assert [answer.radius_m for answer in answers] == list(ZONES)
    assert [answer.held for answer in answers] == [False] * 4 + [True] * 4
    assert [answer.ends for answer in answers] == [5] * 4 + [0] * 4


def test_no_place_in_a_repr() -> None:
    """What was found does not show where."""
    found = recover(ends(400, [10, 80, 150, 230]))
    assert found is not None
    assert "31.2" not in repr(found)


def test_many_ends_are_bounded() -> None:
    """Only so many ends are looked at."""
    found = recover(ends(400, [10, 80, 150, 230]) * MOST)
    assert found is not None
    assert found.ends == MOST


@tried(max_examples=50, deadline=None, derandomize=True)
@given(st.lists(st.tuples(st.floats(), st.floats()), max_size=12))
def test_any_ends_give_an_answer(raw: list[Spot]) -> None:
    """Whatever the numbers are, nothing is raised, and a found place is on the globe or near it."""
    found = recover(raw)
    assert found is None or all(math.isfinite(part) for part in found.center)
