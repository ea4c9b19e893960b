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


IN_PLACE = (
    "<h1>We value your privacy</h1><p>We and our 842 partners store and access information. Accept all.</p><b>Accept all</b>",
    "<h1>Before you continue</h1><p>We use cookies and data to deliver and maintain services. Reject all.</p>",
    "<title>Attention Required! | Cloudflare</title><h1>Sorry, you have been blocked</h1><p>Ray ID: 83ab</p>",
    "<h1>Checking your browser before accessing the site.</h1><p>This process is automatic. DDoS protection.</p>",
    "<h1>site.example</h1><p>Performing security verification. We protect against malicious bots.</p>",
    "<h1>Press &amp; Hold to confirm you are a human (and not a bot).</h1><p>Reference ID 1234-5678</p>",
    "<h1>Pardon Our Interruption</h1><p>Something about your browser made us think you were a bot.</p>",
    "<h1>Access to this page has been denied</h1><p>because we believe you are using automation tools.</p>",
    "<h1>Unavailable in your region</h1><p>You come from a country in the European Economic Area.</p>",
    "<h1>This account is private</h1><p>Follow to see their photos and videos and more of it.</p>",
    "<h1>This domain is for sale</h1><p>Buy it today at the registrar for a low price and more.</p>",
    "<h1>Under construction</h1><p>Please come back soon, we work on our systems tonight.</p>",
    "<h1>We'll be right back</h1><p>We are performing scheduled maintenance.</p>",
    "<h1>Oops! 500</h1><p>An unexpected error occurred while processing your request. Error id 8932.</p>",
    "<h1>Are you over 18?</h1><p>You must confirm your age to enter this site and view its content.</p>",
    "<h1>Wir und unsere Partner</h1><p>verarbeiten Daten. Alle akzeptieren. Werbefrei lesen mit Abo.</p>",
    "<h1>Wartungsarbeiten</h1><p>Die Seite ist bald wieder da. Wir bitten um etwas Geduld.</p>",
    "<h1>V\u00e9rification de s\u00e9curit\u00e9</h1><p>Veuillez confirmer que vous \u00eates humain pour continuer.</p>",
    "<h1>P\u00e1gina en mantenimiento</h1><p>Vuelva a intentarlo m\u00e1s tarde.</p>",
    "<h1>People search</h1><p>No results found for what you typed. Look for another name here.</p>",
)
"""What sites answer with 200 in place of a page."""


@pytest.mark.parametrize("kind", [SourceKind.PAGE, SourceKind.LISTING])
def test_what_stands_in_place_of_a_page_is_not_checked(run: Callable[..., Audited], kind: SourceKind) -> None:
    """A wall, a block, a banner or an excuse is never clear, and the reason is said."""
    sources = tuple(Source(label=f"s{n}", kind=kind, address=f"https://s{n}.example/me") for n in range(len(IN_PLACE)))
    result = run(
        Subject(facts=FACTS, sources=sources), {f"s{n}.example/me": body for n, body in enumerate(IN_PLACE)}
    ).result
    assert result.clear == ()
    assert {item.source for item in result.not_checked if item.reason} == {source.label for source in sources}
    assert [source.read for source in result.sources] == [0] * len(sources)


def test_a_page_with_content_beside_a_banner_is_read(run: Callable[..., Audited]) -> None:
    """The banner of a page that shows what it is about takes nothing away."""
    text = "<p>I bake bread on the coast, walk the dog along the harbour and write about boats and the weather.</p>" * 3
    page = f"<div><h2>We value your privacy</h2><p>We use cookies. Accept all.</p></div><h1>Bread</h1>{text}"
    source = Source(label="bread", kind=SourceKind.PAGE, address="https://bread.example/", mine=True)
    audited = run(Subject(facts=FACTS, sources=(source,)), {"bread.example/": page})
    assert outcomes(audited, "bread", "profiles/phone") == {"clear"}


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
