"""Advice for a source that is on a known service names the settings of that service, and how old that knowledge is."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from unlisted.audit.advise import MAX_STEPS, on_platform
from unlisted.model import Advice, Certainty, Finding, Priority, Source, SourceKind

NOW = datetime(2026, 11, 21, tzinfo=UTC)
GENERIC = ("Open the settings of the site.", "Look for maps, places or privacy zones.")


def finding(kind: str) -> Finding:
    """A finding of this kind on the runs page."""
    return Finding(
        check="profiles/position",
        source="my runs",
        where="a link on the page",
        kind=kind,
        fact=None,
        priority=Priority.NOW,
        certainty=Certainty.TOLD,
        score=1.0,
        title="t",
        learns="l",
        fingerprint="f",
    )


def advised(kind: str, address: str | None, *, do: str = "setting", service: str | None = None) -> tuple[str, ...]:
    """The steps for a finding of this kind on a source at this address."""
    source = Source(label="my runs", kind=SourceKind.PAGE, address=address, service=service)
    generic = Advice(
        id="a", title="t", source="my runs", minutes=5, notice="nobody", check="c", steps=GENERIC, closes=1, do=do
    )
    return on_platform(generic, [finding(kind)], source, NOW).steps


@pytest.mark.parametrize(
    ("address", "service"), [("https://www.strava.com/athletes/1", None), ("https://runs.example/", "strava")]
)
def test_a_known_service_has_its_own_settings(address: str, service: str | None) -> None:
    """The service is known by its host or by the word of the subject file; its steps stand in place of the general ones."""
    steps = advised("position", address, service=service)
    assert "“Map visibility”" in " ".join(steps)
    assert not set(GENERIC) & set(steps)
    assert steps[-1] == "For Strava, this is from the help pages of the service (date unknown). Names may have changed."


def test_an_edit_stays_the_first_step() -> None:
    """What is taken off a page by editing it is still taken off there; the settings come after it."""
    steps = advised("phone", "https://x.com/someone", do="edit")
    assert steps[:2] == GENERIC
    assert "Discoverability" in steps[2]


@pytest.mark.parametrize(
    ("kind", "address", "do"),
    [
        ("position", "https://blog.example/", "setting"),
        ("position", None, "setting"),
        ("position", "https://www.strava.com.evil.example/", "setting"),
        ("employer", "https://www.strava.com/", "setting"),
        ("position", "https://www.strava.com/", "clean"),
    ],
)
def test_elsewhere_the_general_steps_stay(kind: str, address: str | None, do: str) -> None:
    """A host, a kind or a change for which no setting is known keeps the steps of its card."""
    assert advised(kind, address, do=do) == GENERIC


def test_never_more_steps_than_a_list_shows() -> None:
    """At most seven steps, and the last says how far to trust them."""
    steps = advised("position", "https://www.instagram.com/someone", do="edit")
    assert 2 < len(steps) <= MAX_STEPS
    assert "Names may have changed." in steps[-1]
