"""The plain text and the lines that end a run."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace

import pytest

from unlisted.model import NotChecked
from unlisted.model.result import AuditResult
from unlisted.report import text, words

HEADINGS = (
    "Before you change anything",
    "Can a stranger ...",
    "Ways in, then and now",
    "What to do, in this order",
    "How the pieces join",
    "Places that show",
    "Your week, as it showed",
    "Everything we found",
    "What is already fine",
    "What we did not check",
    "Letters you can send",
    "Words and help lines",
)
NAMES = ("rich", "empty", "nothing", "unread", "small", "many")


def test_text_has_every_part_in_order(rich: AuditResult) -> None:
    """The parts of the page stand in the text in the same order."""
    lines = text.render(rich).splitlines()
    assert [line for line in lines if line in HEADINGS] == list(HEADINGS)


@pytest.mark.parametrize("name", NAMES)
def test_no_part_of_the_text_is_empty(results: dict[str, AuditResult], name: str) -> None:
    """Each part says something, also where nothing was found."""
    lines = text.render(results[name]).splitlines()
    for heading in HEADINGS:
        assert lines[lines.index(heading) + 2].strip()


@pytest.mark.parametrize("name", NAMES)
def test_lines_are_at_most_eighty_wide(results: dict[str, AuditResult], name: str) -> None:
    """No line is wider than 80 columns, in the text and at the end of a run."""
    for shown in (text.render(results[name]), text.summary(results[name])):
        assert max(map(len, shown.splitlines())) <= text.WIDTH
        assert shown.endswith("\n")
        assert not shown.endswith("\n\n")


def test_long_words_are_broken(worded: Callable[[str], AuditResult]) -> None:
    """A word without a break does not leave the page."""
    assert max(map(len, text.render(worded("x" * 5_000)).splitlines())) <= text.WIDTH


def test_colour_only_where_asked(rich: AuditResult) -> None:
    """Without colour there is no escape; with colour the words are the same."""
    plain, coloured = text.render(rich), text.render(rich, colour=True)
    assert "\x1b" not in plain
    assert "\x1b[1m" in coloured
    assert re.sub(r"\x1b\[[\d;]*m", "", coloured) == plain
    assert re.sub(r"\x1b\[[\d;]*m", "", text.summary(rich, colour=True)) == text.summary(rich)


def test_summary_of_a_rich_result(rich: AuditResult) -> None:
    """The end of a run: one true sentence with the ways in, three steps with minutes and who notices, what was not checked."""
    assert text.summary(rich).splitlines() == [
        "We looked at 8 sources. We found 25 things to know and 8 ways in.",
        "",
        "Do these 3 first:",
        "1. Ask the people finder to take you out",
        "   Closes 3 of 8 ways in. About 5 minutes, then wait 10 days. The site knows.",
        "2. Clean the photos before you share them (holiday photos)",
        "   Closes 1 of 8 ways in. About 3 minutes. Nobody notices.",
        "3. Ask the choir to hide its list (choir member list)",
        "   Closes 1 of 8 ways in. About 10 minutes, then wait 7 days. People who follow",
        "   you may notice.",
        "",
        "5 things were not checked. The report says which, and why.",
        "",
        "We looked at what you gave us. There may be more.",
    ]


def test_summary_of_an_empty_result(empty: AuditResult) -> None:
    """Nothing found is said with the number of sources, and there is nothing to do."""
    assert text.summary(empty).splitlines() == [
        "We found nothing in the 4 sources that you gave us.",
        "",
        "We looked at what you gave us. There may be more.",
    ]


def test_a_summary_does_not_contradict_itself(results: dict[str, AuditResult]) -> None:
    """Where nothing was looked at, no line says that something was; a source that was not read at all counts as one."""
    assert text.summary(results["unread"]).splitlines() == [
        "We could not look at any source that you gave us.",
        "",
        "2 sources were not checked. The report says which, and why.",
        "",
        "There may be more than this shows.",
    ]
    assert text.summary(results["nothing"]).splitlines() == [
        "You gave us no source yet, so we looked at nothing.",
        "",
        "There may be more than this shows.",
    ]


def test_how_much_was_not_checked(rich: AuditResult, empty: AuditResult) -> None:
    """Every file that was left out counts, not the line that tells of them; what lies in an unread source goes with it."""
    read, other = (one.label for one in rich.sources[:2])
    many = NotChecked(source=read, reason="the file is damaged", count=2500)
    assert words.unchecked(replace(rich, not_checked=(many,))) == "2,500 things were not checked"
    assert words.unchecked(replace(rich, not_checked=(replace(many, count=1),))) == "1 thing was not checked"
    whole = NotChecked(source=other, reason="no file in it is one that this version can read")
    sources = tuple(replace(one, read=0, found=2500) if one.label == other else one for one in rich.sources)
    part = replace(rich, sources=sources, not_checked=(whole,))
    assert words.unchecked(part) == "1 source was not checked"
    both = replace(part, not_checked=(many, whole, replace(whole, where="a file", count=9)))
    assert words.unchecked(both) == "1 source and 2,500 things were not checked"
    assert words.unchecked(empty) == ""


def test_every_finding_is_in_the_text(rich: AuditResult) -> None:
    """Each spot and its certainty stand in the text."""
    plain = " ".join(text.render(rich).split())
    for one in rich.findings:
        times = f" ({one.count} times)" if one.count > 1 else ""
        assert f"- {one.where}{times}. {one.certainty.value}." in plain


def test_progress_leaves_the_ticks_to_the_page(rich: AuditResult) -> None:
    """What needs a tick is not printed."""
    plain = text.render(rich)
    assert "When we looked:            8" in plain
    assert "After the first 3:         3" in plain
    assert "with your ticks" not in plain


def test_places_and_letters_in_the_text(rich: AuditResult) -> None:
    """Places, the photos that give them away, and letters are told in words."""
    plain = " ".join(text.render(rich).split())
    assert "home: looks like a home. Quite sure. Seen 19 times on 14 days. How near: under 100 m." in plain
    assert "Take these out, and it no longer stands out: holiday photos: 3, 7, 12 and 16" in plain
    assert "Place A: somewhere you often are on Tuesday evenings." in plain
    assert "Opt out of sale: Peoplefinder Example Inc., in the file letter-01.txt." in plain


def test_nothing_is_called_fine_where_nothing_was_read(results: dict[str, AuditResult]) -> None:
    """Where no source could be read, every part says so instead of good news."""
    plain = text.render(results["unread"])
    assert plain.count(words.UNREAD) == 8
    assert "we looked at." not in plain
