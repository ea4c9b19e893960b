"""Advice on very many findings costs as much more as there are more of them; a step that stands for several names them."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from tests.growth import grows_in_step

from unlisted.audit import advise
from unlisted.model import (
    Card,
    Certainty,
    Finding,
    Fix,
    Graph,
    Notice,
    Plan,
    Priority,
    Source,
    SourceKind,
    Step,
    Subject,
    WayIn,
)

NOW = datetime(2026, 11, 21, tzinfo=UTC)
FIX = Fix(
    do="edit",
    action="Take the link to {other} out of {source}",
    minutes=5,
    notice=Notice.NOBODY,
    check="c",
    group="links",
)
CARD = Card(
    id="accounts/linked",
    title="t",
    on="mention",
    severity=Priority.LATER,
    learns="l",
    last_verified=date(2026, 11, 21),
    references=(),
    fix=FIX,
)
CARDS = {CARD.id: CARD}


def finding(number: int, *, source: str = "my blog", other: str | None = None) -> Finding:
    """One of many findings, each of its own fingerprint."""
    return Finding(
        check=CARD.id,
        source=source,
        where="a link on the page",
        kind="join",
        fact=None,
        priority=Priority.LATER,
        certainty=Certainty.QUITE,
        score=0.95,
        title="t",
        learns="l",
        fingerprint=f"print {number}",
        other=other,
    )


def apart(number: int) -> tuple[list[Finding], Subject]:
    """So many findings, each in a source of its own."""
    found = [finding(one, source=f"page {one}", other="my profile") for one in range(number)]
    subject = Subject(sources=tuple(Source(label=one.source, kind=SourceKind.PAGE) for one in found))
    return found, subject


def joined(number: int) -> tuple[Graph, Plan, list[Finding]]:
    """So many ways in, each through a source of its own."""
    found, _ = apart(number)
    steps = [Step(needs=frozenset({"name"}), gives=f"at:{one.source}", via=f"reach:{one.source}") for one in found]
    ways = tuple(WayIn(goal="home", via=(f"reach:{one.source}", one.fingerprint)) for one in found)
    graph = Graph(starts=frozenset({"name"}), steps=tuple(steps), goals=frozenset({"home"}))
    return graph, Plan(actions=(), cost=0, ways=ways), found


def test_the_cost_of_advice_grows_with_the_number_of_findings() -> None:
    """Twice the findings and sources, at most three times the work."""
    grows_in_step(apart, lambda made: advise.advice(Plan(actions=(), cost=0), made[0], CARDS, made[1], now=NOW), 500)


def test_the_cost_of_telling_ways_grows_with_their_number() -> None:
    """Twice the ways and steps, at most three times the work."""
    grows_in_step(joined, lambda made: advise.ways(*made), 500)


def test_each_finding_stands_in_one_piece_of_advice_in_order() -> None:
    """Findings of one change stay in their order, whatever stands between them."""
    found = [finding(one, source=("my blog", "my site")[one % 2], other="my profile") for one in range(6)]
    advice = advise.advice(Plan(actions=(), cost=0), found, CARDS, Subject(), now=NOW)
    assert [one.source for one in advice] == ["my blog", "my site"]
    assert [one.findings for one in advice] == [
        ("print 0", "print 2", "print 4"),
        ("print 1", "print 3", "print 5"),
    ]


def test_the_first_step_that_reaches_a_source_says_how() -> None:
    """A source that two things open is told by the one that comes first."""
    graph, plan, found = joined(1)
    second = replace(graph.steps[0], needs=frozenset({"handle"}))
    told = advise.ways(replace(graph, steps=(*graph.steps, second)), plan, found)
    assert told[0].steps == ("Someone who knows your name opens “page 0”.", LINK)


LINK = "From there a link leads to “my profile”."


@pytest.mark.parametrize(
    ("others", "wanted"),
    [
        (["my profile"], "Take the link to “my profile” out of “my blog”"),
        (["my profile"] * 2, "Take the link to “my profile” out of “my blog”"),
        (["my profile", "my runs"], "Take the link to “my profile” and “my runs” out of “my blog”"),
        (["a", "b", "c"], "Take the link to “a”, “b” and “c” out of “my blog”"),
        (["a", "b", "c", "d", "e"], "Take the link to “a”, “b”, “c” and 2 more out of “my blog”"),
    ],
)
def test_a_step_for_several_links_names_them_all(others: list[str], wanted: str) -> None:
    """A title that named only the first would leave the others where they are."""
    found = [finding(number, other=other) for number, other in enumerate(others)]
    (advice,) = advise.advice(Plan(actions=(), cost=0), found, CARDS, Subject(), now=NOW)
    assert advice.title == wanted
