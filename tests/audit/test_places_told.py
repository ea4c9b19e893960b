"""What is told of places that hardly show: that they came up, and no role."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from unlisted import registry
from unlisted.audit.drawn import LEAST_VOTES, draw, rare
from unlisted.audit.judge import judge
from unlisted.audit.lens import lens
from unlisted.audit.observed import Observed
from unlisted.model import Fact, Place, Point, Points, Subject
from unlisted.places.summary import looks_like

SPOT = (43.5, -40.5)
HOME = Fact(kind="address", label="home", value="27 Larch Row, Marrow Bay, ME 04000", lat=SPOT[0], lon=SPOT[1])
MONDAY = datetime(2026, 3, 2, 10, 0, tzinfo=UTC)


def seen(*times: datetime | None) -> Observed:
    """Photos at one place."""
    return Observed(points=Points([Point(*SPOT, at, f"roll#{number}", "roll") for number, at in enumerate(times, 1)]))


def checks_of(observed: Observed, subject: Subject) -> set[str]:
    """The checks that find something in the places."""
    observed.places, _ = draw(observed, subject)
    return {item.check for item in judge(observed, registry.checks(), subject, lens(subject).redactor)[0]}


@pytest.mark.parametrize(
    "times",
    [
        (MONDAY,),
        (MONDAY.replace(hour=23),),
        (None,),
        (MONDAY, MONDAY + timedelta(hours=1), MONDAY + timedelta(hours=2)),
        (MONDAY, MONDAY + timedelta(days=1)),
    ],
)
def test_a_place_that_hardly_shows_has_no_role(times: tuple[datetime | None, ...]) -> None:
    """One photo, one day, or two photos are no home, no work and no habit."""
    observed = seen(*times)
    assert checks_of(observed, Subject()) == set()
    _, shown = draw(observed, Subject())
    assert {one.role for one in shown} <= {"visited"}


def test_a_declared_place_keeps_its_finding() -> None:
    """The person said what it is."""
    observed = seen(MONDAY.replace(hour=23), MONDAY.replace(hour=23, minute=30))
    places, _ = draw(observed, Subject(facts=(HOME,)))
    assert places[0].fact is not None
    assert (places[0].fact.label, places[0].place.kind) == ("home", "home")
    without, _ = draw(observed, Subject())
    assert without[0].place.kind == "visited"


def test_a_place_that_shows_often_keeps_its_role() -> None:
    """Nights of three weeks are a pattern."""
    nights = [MONDAY.replace(hour=22) + timedelta(days=day, minutes=15 * (day % 4)) for day in range(21)]
    assert "places/home-like" in checks_of(seen(*nights), Subject())


def test_votes_and_days_both_count() -> None:
    """Three quarter hours on two days are the least."""
    row = tuple(LEAST_VOTES if hour == 22 else 0 for hour in range(24))
    place = Place(
        kind="home",
        center=SPOT,
        radius_m=20.0,
        certainty=0.7,
        routine=(row, *[(0,) * 24] * 6),
        days=2,
        evidence=("a#1",),
    )
    assert not rare(place)
    assert rare(replace(place, days=1))
    assert rare(replace(place, routine=((1,) * 2 + (0,) * 22, *[(0,) * 24] * 6)))


def test_times_that_are_not_known_are_not_said_beside_days() -> None:
    """Clocks that contradict themselves still tell a day."""
    place = Place(kind="visited", center=SPOT, radius_m=20.0, certainty=0.5, days=1)
    assert looks_like(place) == "Somewhere you were on one day."
    assert looks_like(replace(place, days=3, kind="regular")) == "Somewhere you were on a few days."
    assert looks_like(replace(place, days=0)) == "Somewhere you were; the times are not known."


def test_one_photo_is_told_as_one() -> None:
    """The number and its word agree."""
    home = Place(kind="home", center=SPOT, radius_m=20.0, certainty=0.7, evidence=("roll#1",), days=1)
    subject = Subject(facts=(HOME,))
    observed = seen(MONDAY)
    observed.places = [replace(draw(observed, subject)[0][0], place=home)]
    (one,) = judge(observed, registry.checks(), subject, lens(subject).redactor)[0]
    assert one.where == "1 photo or post"
