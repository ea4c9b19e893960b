"""Memory of the whole chain from points to what is shown."""

from __future__ import annotations

import random
import tracemalloc

import pytest
from tests.places.people import HOME, WORK, declared, moved, when

from unlisted.model import Point
from unlisted.places import compare, infer, summarise
from unlisted.places.compare import unlike
from unlisted.places.fewest import Cut, fewest
from unlisted.places.summary import by_source

BYTES_A_POINT = 260
"""Small records pay the working space of a block of cells as well; a million points stay under 200 MB."""


def record(count: int, *, shape: str) -> list[Point]:
    """A phone that stays at two places, or points that are strewn about and never meet."""
    rng = random.Random(7)
    out = []
    for number in range(count):
        spot = (HOME, WORK)[number // 500 % 2] if shape == "dense" else moved(HOME, rng.uniform(0, 1e5), number * 3.0)
        lat, lon = moved(spot, rng.gauss(0, 6), rng.gauss(0, 6))
        out.append(Point(lat, lon, when(0, 0, number / 60), f"phone#{number + 1}", "phone"))
    return out


@pytest.mark.parametrize("shape", ["dense", "strewn"])
def test_the_chain_is_lean(shape: str) -> None:
    """From points to what is shown, each point costs a bounded number of bytes, whatever the record looks like."""
    points = record(30_000, shape=shape)
    subject = declared(HOME)
    infer(points[:50])
    tracemalloc.start()
    try:
        summarise(compare(infer(points), subject=subject, points=points), points=points)
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert peak < BYTES_A_POINT * len(points)


def test_ids_that_say_their_source_and_number_need_no_row() -> None:
    """Only what an id does not say itself is kept: another source, or no number."""
    points = [
        Point(*HOME, None, "album#7", "album"),
        Point(*HOME, None, "album#8"),
        Point(*HOME, None, "112233", "my account"),
        Point(*HOME, None, "445566", "my account"),
        Point(*HOME, None, "x#9", "other"),
        Point(*HOME, None, "445566", "my account"),
    ]
    odd = unlike(points)
    assert odd == {"112233": ("my account", 1), "445566": ("my account", 2), "x#9": ("other", 9)}
    shown = by_source(["album#8", "album#7", "445566", "112233", "x#9"], odd)
    assert shown == (("album", (7, 8)), ("my account", (1, 2)), ("other", (9,)))


def test_sources_of_a_place_by_id_or_by_point() -> None:
    """A place names the sources of its points, whether the id or the point says them."""
    timed = [when(week, 1, 20) for week in range(4)]
    mixed = [
        *(Point(*HOME, at, f"album#{i}", "album") for i, at in enumerate(timed, 1)),
        *(Point(*HOME, at, f"9{i}", "my account") for i, at in enumerate(timed, 1)),
    ]
    seen = compare(infer(mixed), subject=declared(HOME), points=mixed)
    assert seen[0].sources == ("album", "my account")
    alone = compare(infer(mixed[:4]), subject=declared(HOME), points=mixed[:4])
    assert alone[0].sources == ("album",)


def test_too_many_posts_are_not_bundled() -> None:
    """Where every post is a quarter hour of its own and there are too many to try, the answer is empty and not exact."""
    points = [Point(*HOME, when(week, day, 20), f"a#{7 * week + day}", "a") for week in range(60) for day in range(7)]
    homes = [place for place in infer(points) if place.kind == "home"]
    raised = [type(home)(kind="home", center=home.center, radius_m=20, certainty=0.9) for home in homes]
    assert fewest(raised, points)[0] == Cut(exact=False)
