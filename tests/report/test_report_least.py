"""Ways in by the hundred, and lists of ways that are cut: every count says what it is, in the page, the text and the file."""

from __future__ import annotations

import json as reader
from collections import Counter
from dataclasses import replace
from pathlib import Path

import pytest
from selectolax.lexbor import LexborHTMLParser

from unlisted.model.plan import Plan
from unlisted.model.result import AuditResult, WayInSummary
from unlisted.report import charts, html, json, schema, since, text, view, words


def with_ways(result: AuditResult, number: int, *cut: str) -> AuditResult:
    """The result with so many ways to its person, each through one finding, before one that leads home."""
    found = result.findings
    reached = tuple(
        WayInSummary(
            goal="contact",
            steps=(f"Page {index} shows your phone.",),
            sources=(found[index % len(found)].source,),
            findings=(found[index % len(found)].fingerprint,),
        )
        for index in range(number)
    )
    home = WayInSummary(
        goal="home",
        steps=("One.", "Two."),
        sources=(found[0].source,),
        findings=(found[0].fingerprint, found[1].fingerprint),
    )
    return replace(
        result, ways_in=(*reached, home), cheapest=Plan(actions=("a",), cost=1, cut=frozenset(cut), proven=True)
    )


@pytest.fixture
def cut(rich: AuditResult) -> AuditResult:
    """2,501 ways, those to the person cut."""
    return with_ways(rich, 2_500, "contact")


@pytest.fixture
def whole(rich: AuditResult) -> AuditResult:
    """601 ways, all of them listed."""
    return with_ways(rich, 600)


def page(result: AuditResult) -> LexborHTMLParser:
    """The page of a result."""
    return LexborHTMLParser(html.render(result))


def flat(words_of: str) -> str:
    """One line of what is wrapped over some."""
    return " ".join(words_of.split())


def test_a_list_that_is_cut_is_at_least_so_long_everywhere(cut: AuditResult) -> None:
    """The sentence on top, the tile, the list, the steps and what has no room say "at least"; a goal that is whole does not."""
    shown, told = view.view(cut), flat(text.render(cut))
    assert shown.sentence.endswith("at least 2,501 ways in.")
    for output in (flat(page(cut).text()), told, flat(text.summary(cut))):
        assert "at least 2,501 ways in" in output
    for output in (flat(page(cut).text()), told):
        assert "Yes, in at least 2,500 ways" in output
        assert "Yes, in 1 way" in output
        assert "How to reach you: at least 2,500 ways in" in output
        assert "Where you live: 1 way in" in output
        assert "no room here for at least 2,441 more ways in. The JSON file has some of them." in output
    assert {task.effect.split(" ", 1)[1] for task in shown.first if task.advice.closes} == {
        f"{task.advice.closes} or more of at least 2,501 ways in" for task in shown.first if task.advice.closes
    }


def test_a_whole_list_is_counted_to_the_last(whole: AuditResult) -> None:
    """Six hundred ways are six hundred: nothing says "at least", and no number has a plus."""
    for output in (flat(page(whole).text()), flat(text.render(whole))):
        assert "601 ways in" in output
        assert "Yes, in 600 ways" in output
        assert "How to reach you: 600 ways in" in output
        assert "no room here for 541 more ways in. The JSON file has them all." in output
        assert "at least" not in output.split("Words and help lines")[0]
        assert "+" not in output.split("What to do", maxsplit=1)[0]


def test_bars_of_a_cut_list_have_a_plus_that_is_explained(cut: AuditResult, whole: AuditResult) -> None:
    """A number that may be higher has a plus, in the page and the text, and a sentence says what it means."""
    bars = view.view(cut).bars
    assert bars[0].shown == "2,501+"
    assert [bar.shown for bar in charts.meter([("a", "b", 3), ("c", "d", 0)], least=True)] == ["3+", "0"]
    assert view.view(whole).bars[0].shown == "601"
    for output in (page(cut).text(), text.render(cut)):
        assert "2,501+" in output
        assert words.PLUS in flat(output)
    assert words.PLUS not in flat(page(whole).text())


def test_counts_by_source_say_what_they_count(cut: AuditResult, whole: AuditResult) -> None:
    """How many ways go through a source is counted in the list, and is said so where the list is cut."""
    assert words.NOT_ALL.strip() in flat(page(cut).text())
    assert words.NOT_ALL.strip() in flat(text.render(cut))
    assert words.NOT_ALL.strip() not in flat(text.render(whole))
    assert words.through((), least=True) == ""


def test_the_file_names_the_goals_that_are_cut(cut: AuditResult, whole: AuditResult) -> None:
    """The JSON file lists the goals with more ways than it holds, and says nothing where there are none."""
    read = reader.loads(json.render(cut))
    assert read["ways_cut"] == ["contact"]
    assert schema.AuditShape.model_validate(read).ways_cut == ("contact",)
    assert "ways_cut" not in reader.loads(json.render(whole))


def test_two_cut_lists_are_both_at_least(cut: AuditResult, results: dict[str, AuditResult]) -> None:
    """Beside an earlier audit: a count that was or is cut is never set beside another as if it were exact."""
    earlier = results["again"].since
    assert earlier is not None
    before = replace(earlier, ways_then=2_600, ways_then_least=True)
    assert since.ways(cut, before) == "Last time: at least 2,600 ways in. This time: at least 2,501 ways in."
    exact = replace(earlier, ways_then=600)
    assert since.ways(cut, exact) == "Last time: 600 ways in. This time: at least 2,501 ways in."
    told = reader.loads(json.render(replace(cut, since=before)))["since"]
    assert told["ways_then_least"] is True
    assert "ways_then_least" not in reader.loads(json.render(replace(cut, since=exact)))["since"]


def test_every_goal_has_room_in_the_list(whole: AuditResult) -> None:
    """The one way home stands in the list, though six hundred shorter ones lead to the person; and the list is no longer for it."""
    counted = Counter(chain.goal for chain in view.view(whole).chains for _ in range(chain.times))
    assert counted == {"contact": view.MOST_WAYS - 1, "home": 1}
    order = [chain.goal for chain in view.view(whole).chains]
    assert order == sorted(order)


def test_what_the_page_counts_with_is_bounded(rich: AuditResult) -> None:
    """Ways beyond the bound are not in the page's data; the page then knows that its count is the least."""
    exact = view.view(with_ways(rich, view.MOST_COUNTED - 1)).data
    assert exact["least"] is False
    more = view.view(with_ways(rich, view.MOST_COUNTED)).data
    ways = more["ways"]
    assert isinstance(ways, list)
    assert len(ways) == view.MOST_COUNTED
    assert more["least"] is True


def test_large_numbers_of_a_step_are_readable() -> None:
    """Thousands have a comma; a step that closes nothing says what it does."""
    assert words.effect(1_200, 2_500) == "Closes 1,200 of 2,500 ways in"
    assert words.effect(1, 2_500, least=True) == "Closes 1 or more of at least 2,500 ways in"
    assert words.effect(0, 2_500, least=True) == "Shows less of you"


def test_remarks_stay_in_the_source_of_the_script() -> None:
    """The page carries no remark of the script, and every line that does something."""
    assert "/*" not in html.script()
    source = (Path(__file__).resolve().parents[2] / "templates/report/script.js").read_text(encoding="utf-8")
    told = [line.strip() for line in source.splitlines() if line.strip()]
    assert html.script().splitlines() == [line for line in told if not (line.startswith("/*") and line.endswith("*/"))]
