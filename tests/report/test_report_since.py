"""What the report says of an earlier audit: in the page, the text, the terminal and the JSON file."""

from __future__ import annotations

import json as reader
from dataclasses import replace

import pytest
from selectolax.lexbor import LexborHTMLParser

from unlisted.model.result import AuditResult, Change, Since, State
from unlisted.report import html, json, since, text


@pytest.fixture
def again(results: dict[str, AuditResult]) -> AuditResult:
    """The rich result beside an earlier one."""
    return results["again"]


def compared(result: AuditResult) -> Since:
    """Its comparison."""
    assert result.since is not None
    return result.since


def with_changes(result: AuditResult, *changes: Change, ways_then: int | None = None) -> AuditResult:
    """The result with another comparison."""
    return replace(result, since=replace(compared(result), changes=changes, ways_then=ways_then))


def test_without_an_earlier_audit_nothing_is_said(rich: AuditResult) -> None:
    """No empty part, and no key in the file."""
    assert "Since" not in text.render(rich)
    assert LexborHTMLParser(html.render(rich)).css_first("#since") is None
    assert "since" not in reader.loads(json.render(rich))


def test_the_five_states_stand_in_their_order(again: AuditResult) -> None:
    """The good news first; each list says its number; what is fixed and what is new is open."""
    page = LexborHTMLParser(html.render(again))
    folds = page.css("details.since")
    assert [fold.css("summary")[0].text() for fold in folds] == [
        "Fixed: 10",
        "Still there: 10",
        "Changed: 10",
        "Could not look: 10",
        "New: 10",
    ]
    assert ["open" in fold.attributes for fold in folds] == [True, False, False, False, True]


def test_it_stands_below_the_progress_and_above_the_steps(again: AuditResult) -> None:
    """In the page and in the text."""
    heads = [head.attributes["id"] for head in LexborHTMLParser(html.render(again)).css("main h2")]
    assert heads[heads.index("since") - 1 : heads.index("since") + 2] == ["progress", "since", "first"]
    told = text.render(again)
    assert told.index("Ways in, then and now") < told.index("Since last time") < told.index("What to do, in this order")


def test_the_sentence_counts_and_sets_ways_side_by_side(again: AuditResult) -> None:
    """Only where both audits looked at the same things are the ways in compared."""
    one = compared(again)
    assert since.sentence(one) == "Since 2026-10-02: 10 fixed, 10 still there, 10 changed, 10 could not look, 10 new."
    assert since.ways(again, one) == "Last time: 11 ways in. This time: 8 ways in."
    assert "Not every source" in since.ways(again, replace(one, ways_then=None))
    assert since.sentence(replace(one, changes=())) == "Since 2026-10-02: nothing to compare."


def test_a_finding_that_nobody_could_look_at_says_why(again: AuditResult) -> None:
    """In the page and in the text, and never under fixed."""
    change = replace(compared(again).of(State.UNSEEN)[0], reason="there is no proof that this page is yours")
    result = with_changes(again, change)
    (fold,) = LexborHTMLParser(html.render(result)).css("details.since")
    assert fold.css("li .soft")[0].text() == "There is no proof that this page is yours."
    told = " ".join(text.render(result).split())
    assert "There is no proof that this page is yours." in told
    assert "Fixed:" not in told


def test_what_is_told_in_the_same_words_is_one_line(again: AuditResult) -> None:
    """It says how often."""
    change = compared(again).of(State.STILL)[0]
    (part,) = since.parts(compared(with_changes(again, change, change, change)))
    assert (part.number, len(part.lines), part.lines[0].times) == (3, 1, 3)


def test_more_lines_than_there_is_room_for_are_counted(again: AuditResult) -> None:
    """The page says how many are left out; the file has them all."""
    change = compared(again).of(State.NEW)[0]
    many = [replace(change, where=f"paragraph {number}") for number in range(since.MOST + 30)]
    result = with_changes(again, *many)
    (part,) = since.parts(compared(result))
    assert (part.number, len(part.lines), part.cut) == (since.MOST + 30, since.MOST, 30)
    assert "30 more lines" in html.render(result)
    assert len(reader.loads(json.render(result))["since"]["changes"]) == since.MOST + 30


def test_the_terminal_says_the_counts(again: AuditResult) -> None:
    """One line after the first steps."""
    assert since.sentence(compared(again)) in " ".join(text.summary(again).split())


def test_the_file_holds_labels_and_words_only(again: AuditResult) -> None:
    """The keys that the schema names, and no other."""
    told = reader.loads(json.render(again))["since"]
    assert list(told) == ["made_on", "ways_then", "changes"]
    assert set(told["changes"][0]) == {"state", "source", "check", "fact", "title", "where", "reason", "fingerprint"}
