"""The words of cards that stand side by side: none denies what another tells, and steps fit posts as well as profiles."""

from __future__ import annotations

import pytest

from unlisted import registry
from unlisted.model import PlaceSummary
from unlisted.model.finding import Certainty
from unlisted.report import words

CARDS = {check.id: check.card for check in registry.checks().values()}


@pytest.mark.parametrize(
    ("undeclared", "declared"),
    [
        ("profiles/other-relative", "profiles/relative"),
        ("profiles/other-address", "profiles/address"),
        ("profiles/other-contact", "profiles/phone"),
        ("profiles/other-contact", "profiles/email"),
        ("profiles/position", "profiles/home-position"),
    ],
)
def test_what_was_listed_and_what_was_not_are_told_apart(undeclared: str, declared: str) -> None:
    """One of the two may be found while the other is fine."""
    assert " other " in CARDS[undeclared].fine
    assert any(word in CARDS[declared].fine for word in ("that you listed", "your places"))


@pytest.mark.parametrize(
    "name", ["profiles/town", "profiles/position", "profiles/home-position", "profiles/employer", "profiles/school"]
)
def test_steps_fit_a_post_and_a_profile(name: str) -> None:
    """What stands in a post is not taken out in the settings."""
    first = CARDS[name].fix.steps[0]
    assert first.startswith("Find the ")
    assert "Hide the start and the end" not in " ".join(CARDS[name].fix.steps)


def test_no_days_are_counted_where_none_are_known() -> None:
    """Photos without a time show no day."""
    place = PlaceSummary(
        name="A", declared=False, role="visited", certainty=Certainty.GUESS, score=0.5, rank=1, points=1, days=0
    )
    assert words.seen(place) == "1 time"


def test_telling_us_a_place_says_how() -> None:
    """In the report and on the card of the check."""
    assert '[[fact]] of kind "place"' in words.TELL_PLACE
    assert '[[fact]] of kind "place"' in CARDS["places/home-like"].how_to_fix
