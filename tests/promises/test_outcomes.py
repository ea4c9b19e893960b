"""Promise 5 and 6: finding, clear, not checked, never two; certainty and priority in fixed words."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from unlisted.audit import Audited
from unlisted.model import Certainty, Fact, Priority, Source, SourceKind, Subject, certainty_word

FACTS = (
    Fact(kind="name", label="name", value="Odile Varnholt"),
    Fact(kind="phone", label="mobile", value="+1 207 555 0199"),
)
PAGES = {
    "shows.example/": "<h1>Odile Varnholt</h1><p>Call 207 555 0199.</p>",
    "clean.example/": "<h1>Odile Varnholt</h1><p>Tea and biscuits.</p>",
    "down.example/": (503, "text/html", b""),
    "wall.example/": "<h1>Sign in</h1><form><input type=password></form>",
    "shell.example/": "<div id=root></div><script src=/app.js></script>",
}


@pytest.fixture
def audited(run: Callable[..., Audited]) -> Audited:
    """One page that shows a number, one that does not, one that is down."""
    sources = tuple(
        Source(label=name.split(".")[0], kind=SourceKind.PAGE, address=f"https://{name}", mine=True) for name in PAGES
    )
    return run(Subject(facts=FACTS, sources=sources), PAGES)


def outcomes(audited: Audited, source: str, check: str) -> set[str]:
    """Which of the three a source has for a check."""
    result = audited.result
    return {
        *("finding" for item in result.findings if (item.source, item.check) == (source, check)),
        *("clear" for item in result.clear if (item.source, item.check) == (source, check)),
        *("not checked" for item in result.not_checked if item.source == source and item.check in {None, check}),
    }


@pytest.mark.parametrize(
    ("source", "wanted"),
    [
        ("shows", "finding"),
        ("clean", "clear"),
        ("down", "not checked"),
        ("wall", "not checked"),
        ("shell", "not checked"),
    ],
)
def test_each_source_has_exactly_one_of_three_outcomes(audited: Audited, source: str, wanted: str) -> None:
    """A page that could not be read is never clear."""
    assert outcomes(audited, source, "profiles/phone") == {wanted}


def test_nothing_is_clear_where_nothing_was_read(audited: Audited) -> None:
    """No check at all says that it found nothing on a page that is down, behind a wall, or a shell of scripts."""
    assert not [item for item in audited.result.clear if item.source in {"down", "wall", "shell"}]


@pytest.mark.parametrize(
    ("score", "word"),
    [
        (1.0, "Quite sure"),
        (0.9, "Quite sure"),
        (0.89, "Fairly sure"),
        (0.6, "Fairly sure"),
        (0.59, "A guess"),
        (0.3, "A guess"),
    ],
)
def test_certainty_is_said_in_fixed_words(score: float, word: str) -> None:
    """The word follows the score."""
    assert certainty_word(score) == word


def test_what_is_less_than_a_guess_is_not_shown() -> None:
    """Below .30 there is no word."""
    assert certainty_word(0.29) is None


def test_the_words_are_the_four_of_the_design(audited: Audited) -> None:
    """No other word is ever said."""
    assert {finding.certainty for finding in audited.result.findings} <= set(Certainty)
    assert [priority.word for priority in Priority] == ["Now", "Soon", "Later", "Fine"]


def test_every_action_says_who_will_notice_how_long_and_how_to_check(audited: Audited) -> None:
    """Promise 7."""
    words = {"nobody", "the site", "people who follow you", "anyone sharing the account"}
    assert audited.result.plan
    for advice in audited.result.plan:
        assert advice.notice in words
        assert advice.minutes > 0
        assert advice.check
        assert advice.steps
