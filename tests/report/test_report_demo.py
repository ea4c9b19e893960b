"""The demo's report before and after its first three steps: what the plan promises is what a second audit finds."""

from __future__ import annotations

from types import ModuleType

import pytest

from unlisted.model import AuditResult, State
from unlisted.report import html, text, view

Pair = tuple[AuditResult, AuditResult]


@pytest.fixture(scope="module")
def pair(demo_again: ModuleType, tmp_path_factory: pytest.TempPathFactory) -> Pair:
    """The two audits."""
    made: Pair = demo_again.before_and_after(tmp_path_factory.mktemp("demo"))
    return made


def test_the_first_three_steps_are_the_ones_that_are_done(demo_again: ModuleType, pair: Pair) -> None:
    """The plan begins with the steps that the second audit has behind it."""
    assert tuple(advice.id for advice in pair[0].plan[:3]) == demo_again.FIRST


def test_the_second_audit_finds_what_the_plan_promised(pair: Pair) -> None:
    """What "After the first 3" says in the first report is what the second one finds, way by way.

    Photos that are left may draw a new place, which nobody could foresee; nothing else is new.
    """
    before, after = pair
    gone = {name for advice in before.plan[:3] for name in advice.findings}
    left = {(way.goal, way.findings) for way in before.ways_in if not gone.intersection(way.findings)}
    promised = {bar.key: bar.number for bar in view.view(before).bars}
    assert promised["then"] == len(before.ways_in)
    assert promised["first"] == len(left) < len(before.ways_in)
    assert sum(advice.closes for advice in before.plan[:3]) == len(before.ways_in) - len(left)
    found = {(way.goal, way.findings) for way in after.ways_in}
    assert left <= found
    drawn = {one.fingerprint for one in after.findings if one.check.startswith("places/")}
    assert all(drawn.intersection(findings) for _, findings in found - left)


def test_what_was_done_is_called_fixed_and_nothing_else(pair: Pair) -> None:
    """Everything that is told as fixed lies in the three sources, and no way in goes through the cleaned photos or the record."""
    since = pair[1].since
    assert since is not None
    fixed = {change.source for change in since.of(State.FIXED)}
    assert {"camera roll", "people directory"} <= fixed
    assert fixed <= {"camera roll", "my blog", "people directory"}
    assert not any("people directory" in way.sources or "camera roll" in way.sources for way in pair[1].ways_in)


def test_both_reports_say_their_counts(pair: Pair) -> None:
    """On top, in the page and in the text."""
    for result in pair:
        line = f"{len(result.ways_in)} ways in"
        assert line in html.render(result)
        assert line in text.render(result)


def test_no_way_in_of_the_demo_holds_with_fewer_links(pair: Pair) -> None:
    """Ways hang on what shows: no finding is a link that could be left out, and no two ways hang on the same."""
    before = pair[0]
    hung = [(way.goal, frozenset(way.findings)) for way in before.ways_in]
    assert len(set(hung)) == len(hung)
    assert not any(goal == other and one < more for goal, one in hung for other, more in hung)
