"""From a page to mentions: declared facts first, and what nobody declared only where it is the person's own."""

from __future__ import annotations

import pytest

from unlisted.audit.lens import address_key, lens
from unlisted.audit.mentions import MAX_TEXT, Reader, first_person, joined
from unlisted.extract.page import read_page
from unlisted.model import Block, Fact, Locator, Mention, Source, SourceKind, Span, Subject

SUBJECT = Subject(
    facts=(
        Fact(kind="name", label="name", value="Odile Varnholt"),
        Fact(
            kind="address",
            label="home",
            street="27 Larch Row",
            town="Marrow Bay",
            state="ME",
            postcode="04000",
            lat=43.5,
            lon=-40.5,
        ),
        Fact(kind="phone", label="mobile", value="+1 207 555 0199"),
        Fact(kind="email", label="e-mail", value="odile@mail.example"),
        Fact(kind="place", label="class", lat=43.6, lon=-40.6),
    ),
    sources=(
        Source(label="blog", kind=SourceKind.PAGE, address="https://www.blog.example/", mine=True),
        Source(label="profile", kind=SourceKind.PAGE, address="https://social.example/@odivarn", mine=True),
        Source(label="club", kind=SourceKind.PAGE, address="https://club.example/list"),
    ),
)
LENS = lens(SUBJECT)


def mentions(html: str, *, source: str = "blog", kind: str = "page") -> list[Mention]:
    """The mentions of a page."""
    page = read_page(html.encode(), url="https://blog.example/")
    return list(Reader(LENS, SUBJECT.source(source), source_kind=kind).of_page(page))


def told(found: list[Mention]) -> set[tuple[str, str | None, str | None]]:
    """(kind, label, level) of each."""
    return {(item.kind, item.fact.label if item.fact else None, item.level) for item in found}


def test_a_declared_phone_in_text_is_a_mention_of_that_fact() -> None:
    """With its place in the page."""
    (found,) = mentions("<h2>Contact</h2><p>Hello.</p><p>Ring 207 555 0199 after six.</p>")
    assert (found.kind, found.fact and found.fact.label, found.level) == ("phone", "mobile", "same")
    assert (found.locator.heading, found.locator.paragraph) == ("Contact", 2)


def test_an_address_over_two_lines_is_found() -> None:
    """Blocks are read as one text."""
    assert ("address", "home", "same") in told(mentions("<p>27 Larch Row<br>Marrow Bay, ME 04000</p>"))


def test_the_number_of_a_shop_is_no_mention() -> None:
    """An undeclared number without a first-person word is left alone."""
    assert told(mentions("<p>The bakery on the corner takes orders at 207 555 0111 until noon.</p>")) == set()


@pytest.mark.parametrize("words", ["Call me at 207 555 0111.", "My number is 207 555 0111."])
def test_an_undeclared_number_that_the_writer_calls_theirs_is_told_by_kind(words: str) -> None:
    """It has no fact and no value."""
    assert told(mentions(f"<p>{words}</p>")) == {("phone", None, None)}


def test_hidden_data_counts() -> None:
    """What only search engines see is on the page too."""
    html = '<script type="application/ld+json">{"@type":"Person","telephone":"+1-207-555-0199"}</script>'
    (found,) = mentions(html)
    assert (found.fact and found.fact.label, found.locator.part) == ("mobile", "data")


@pytest.mark.parametrize(("lat", "lon", "label"), [(43.5, -40.5, "home"), (43.6, -40.6, "class"), (10.0, 10.0, None)])
def test_coordinates_are_compared_with_declared_places(lat: float, lon: float, label: str | None) -> None:
    """A point at a declared place is that place; another one is a point."""
    found = told(mentions(f'<meta name="geo.position" content="{lat};{lon}">'))
    assert ("position", label, "same" if label else None) in found


@pytest.mark.parametrize(
    ("link", "other"),
    [
        ("https://social.example/@odivarn", "profile"),
        ("http://www.social.example/@odivarn/", "profile"),
        ("https://blog.example/", None),
        ("https://news.example/", None),
    ],
)
def test_a_link_to_another_listed_page_joins_the_two(link: str, other: str | None) -> None:
    """Scheme, www. and the last slash do not matter; a link to the page itself joins nothing."""
    found = {item.other for item in mentions(f'<a href="{link}">here</a>') if item.kind == "join"}
    assert found - {None} == ({other} if other else set())


def test_a_town_alone_is_an_area() -> None:
    """It is roughly where, never the very house."""
    found = told(mentions('<meta property="og:locality" content="Marrow Bay">'))
    assert found == {("address", "home", "area")}


def test_a_listing_is_never_the_persons_own() -> None:
    """Also where somebody wrote mine = true."""
    (found,) = mentions("<p>207 555 0199</p>", kind="listing")
    assert not found.mine


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("Call me at X today.", True),
        ("It is mine. The shop has X there.", False),
        ("Ruf mich an: X", True),
        ("Appelle-moi au X", True),
        ("The hall has X.", False),
    ],
)
def test_the_first_person_is_looked_for_in_the_same_sentence(text: str, wanted: bool) -> None:
    """A word in the sentence before does not count."""
    at = text.index("X")
    assert first_person(text, Span(kind="phone", start=at, end=at + 1, certainty=1.0)) is wanted


def test_blocks_keep_their_places_in_the_joined_text() -> None:
    """Where each block begins."""
    blocks = [Block(text="ab", locator=Locator()), Block(text="c", locator=Locator())]
    assert joined(blocks) == ("ab\nc", [0, 3])
    assert joined([]) == ("", [0])


def test_a_huge_page_is_cut() -> None:
    """Text beyond two million characters is not joined."""
    blocks = [Block(text="x" * 1_000_000, locator=Locator()) for _ in range(5)]
    assert len(joined(blocks)[0]) < MAX_TEXT + 1_100_000


def test_an_address_key_survives_nonsense() -> None:
    """What is no address is compared as nothing."""
    assert address_key("https://[half") == ""
    assert address_key("https://WWW.Blog.example/a/") == "blog.example/a"
