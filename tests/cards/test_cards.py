"""The card of a check: what it must hold, and how its mistakes are told."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from unlisted.data.cards import HEADINGS, parse_card
from unlisted.errors import CardError

FRONT = """title = "Photos hold a word"
on = "photo"
kind = "owner"
severity = "later"
learns = "A stranger learns a word."
fine = "No photo holds a word"
last_verified = 2026-11-21
references = ["our own knowledge"]

[rule]
"photo.keywords" = { present = true }

[fix]
do = "clean"
action = "Clean them"
minutes = 5
notice = "nobody"
check = "Look again."
steps = ["One."]

[[examples]]
title = "with"
flagged = true
evidence = { photo = { keywords = ["a"] } }

[[examples]]
title = "without"
flagged = false
evidence = { photo = {} }
"""
PROSE = "\n## What it means\n\nIt is so.\n\n## Why it matters\n\nSo it is.\n\n## How to fix\n\nLike this.\n"


def card(front: str = FRONT, prose: str = PROSE) -> str:
    """The text of a card."""
    return f"+++\n{front}+++\n{prose}"


def problem(text: str) -> str:
    """The message of the error that a card raises."""
    with pytest.raises(CardError) as caught:
        parse_card(text, id="photos/word", file="photos/word.md")
    return str(caught.value)


def test_a_whole_card_is_read() -> None:
    """A card gives its data, its fix and its prose."""
    found = parse_card(card(), id="photos/word", file="photos/word.md")
    assert (found.id, found.on, found.kind, found.fix.minutes) == ("photos/word", "photo", "owner", 5)
    assert (found.meaning, found.how_to_fix, found.ask_for_removal) == ("It is so.", "Like this.", "")
    assert [example.flagged for example in found.examples] == [True, False]


def test_windows_line_ends_are_read_alike() -> None:
    """A card saved with CR LF is the same card."""
    text = card()
    unix = parse_card(text, id="a/b", file="a/b.md")
    assert parse_card(text.replace("\n", "\r\n"), id="a/b", file="a/b.md") == unix


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ('on = "photo"', 'on = "smell"', "on:"),
        ('severity = "later"', 'severity = "urgent"', "severity:"),
        ('kind = "owner"', 'kind = "gossip"', "kind:"),
        ('notice = "nobody"', 'notice = "the cat"', "fix.notice"),
        ("minutes = 5", "minutes = 0", "fix.minutes"),
        ('title = "Photos hold a word"\n', "", "title:"),
        ('do = "clean"', 'do = "shout"', "fix.do"),
        ("flagged = false", "flagged = true", "examples:"),
        ("last_verified = 2026-11-21", 'last_verified = "some day"', "last_verified:"),
        ('"photo.keywords" = { present = true }', "colour = { present = true }", "rule:"),
        ('"photo.keywords" = { present = true }', "photo = { smells = true }", "rule:"),
        ('references = ["our own knowledge"]', "references = []", "references:"),
        ('references = ["our own knowledge"]', 'references = ["a"]\nmood = "good"', "mood:"),
        ('title = "Photos', "title = Photos", "not TOML"),
    ],
)
def test_a_mistake_names_the_file_and_the_key(old: str, new: str, told: str) -> None:
    """Each mistake is one line that names the card and the key."""
    message = problem(card(FRONT.replace(old, new)))
    assert message.startswith("photos/word.md: ")
    assert told in message
    assert "\n" not in message


def test_a_card_without_front_matter_is_refused() -> None:
    """Prose alone is no card."""
    assert "+++" in problem("# hello\n")


def test_an_unknown_heading_is_refused() -> None:
    """Only the four fixed headings may stand."""
    assert "Opinion" in problem(card(prose=PROSE + "\n## Opinion\n\nHm.\n"))


def test_an_empty_section_is_refused() -> None:
    """What it means, why it matters and how to fix must say something."""
    assert "Why it matters" in problem(card(prose=PROSE.replace("So it is.", "")))


def test_a_huge_card_is_refused() -> None:
    """A card is at most 64 KB."""
    assert "64 KB" in problem(card(prose=PROSE + "x" * 70_000))


def test_gains_are_of_the_closed_list() -> None:
    """`gives` and `needs` name only what the graph knows."""
    assert "gives" in problem(card('gives = ["the moon"]\n' + FRONT))


@given(st.text(max_size=300))
@settings(max_examples=80, deadline=None, derandomize=True)
def test_any_text_is_a_card_or_a_card_error(text: str) -> None:
    """Nothing but CardError comes out of a text that is no card."""
    with pytest.raises(CardError):
        parse_card("+++\n" + text, id="a/b", file="a/b.md")


def test_the_headings_are_those_of_the_design() -> None:
    """The four headings are fixed."""
    assert list(HEADINGS) == ["What it means", "Why it matters", "How to fix", "Ask for removal"]
