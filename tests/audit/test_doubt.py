"""What of a page speaks against "fixed"."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from tests.growth import grows_in_step

from unlisted.audit.doubt import CUT, EXCUSE, LOGIN, MOVED, SHORT_PAGE, SKIPPED, Signs, doubt, removed
from unlisted.audit.observed import Observed
from unlisted.model import Artifact, Block, Fact, Field, Listing, Locator, Mention, Page, Source, SourceKind

TYPED = "https://finder.example/record?id=4"
SOURCE = Source(label="finder", kind=SourceKind.LISTING, address=TYPED)
LONG = "The harbour was quiet and the boats were painted. " * (SHORT_PAGE // 40)


def read(text: str = "Wren Ashdown paints boats.", *, title: str | None = None, **more: object) -> Page:
    """A page of one paragraph."""
    return Page(url=TYPED, title=title, blocks=(Block(text=text),), **more)  # type: ignore[arg-type]


def doubted(page: Page, *, address: str | None = TYPED, truncated: bool = False) -> str | None:
    """The doubt about a page that came from this address."""
    artifact = Artifact(
        source="finder",
        at=datetime(2026, 11, 21, tzinfo=UTC),
        sha256="0" * 64,
        media_type="text/html",
        body=b"",
        address=address,
        truncated=truncated,
    )
    return doubt(SOURCE, artifact, page)


def test_an_ordinary_page_raises_no_doubt() -> None:
    """Nor does the same address with another beginning or a last slash, or one that is not known."""
    same = ("https://www.finder.example/record?id=4", "http://finder.example/record/?id=4", None)
    assert [doubted(read(), address=address) for address in (TYPED, *same)] == [None] * 4


@pytest.mark.parametrize(
    "address",
    ["https://finder.example/search", "https://finder.example/record?id=5", "https://m.finder.example/record?id=4"],
)
def test_another_address_is_another_page(address: str) -> None:
    """Another path, another record, another host."""
    assert doubted(read(), address=address) == MOVED


def test_logins_cuts_and_gaps_raise_doubt() -> None:
    """Each with its own reason."""
    wall = read(fields=(Field(kind="login_wall", value="true"),))
    assert doubted(wall) == LOGIN
    assert doubted(read(), truncated=True) == CUT
    assert doubted(read(skipped=("one block of hidden data could not be read",))) == SKIPPED


@pytest.mark.parametrize(
    "text",
    [
        "Verify you are human",
        "Please enable JavaScript to view this page.",
        "Something went wrong. Please try again.",
        "Our systems have detected unusual traffic",
        "Access denied",
        "Sign in to see more of Wren",
        "This site is under maintenance",
        "Bitte anmelden",
    ],
)
def test_an_excuse_is_not_the_page(text: str) -> None:
    """In the text or in the title of a short page; a long page may say such words in passing."""
    assert doubted(read(text)) == EXCUSE
    assert doubted(read(title=text)) == EXCUSE
    assert doubted(read(f"{LONG} {text}")) is None


@pytest.mark.parametrize(
    "text",
    [
        "This record is no longer available.",
        "Record not found",
        "Kein Eintrag gefunden",
        "Page introuvable",
        "La p\u00e1gina no existe.",
        "We could not find that person",
        "This listing has been removed.",
        "Der Eintrag wurde nicht gefunden",
    ],
)
def test_a_page_can_say_that_the_record_is_not_there(text: str) -> None:
    """Only a short one: a long page speaks of other things too."""
    assert removed(read(text))
    assert not removed(read(f"{LONG} {text}"))
    assert not removed(read("Wren Ashdown paints boats and has found no rest."))


def test_signs_name_the_sources_that_still_show_something() -> None:
    """A declared fact or a matched record; what was not declared is no sign."""
    fact = Fact(kind="name", label="me", value="Wren Ashdown")

    def mention(source: str, known: Fact | None) -> Mention:
        return Mention(
            source=source, source_kind="page", kind="name", detail="name", locator=Locator(), certainty=1.0, fact=known
        )

    listings = [
        Listing(source="a", directory=None, host="a.example", matched=(fact,)),
        Listing(source="b", directory=None, host=""),
    ]
    seen = Observed(mentions=[mention("c", fact), mention("d", None)], listings=listings, gone={"e"}, shapeless={"f"})
    signs = Signs.of(seen)
    assert set(signs.known) == {"a", "c", "e"}
    assert set(signs.gone) == {"e"}
    assert set(signs.shapeless) == {"f"}


def test_hostile_text_costs_in_step() -> None:
    """Twice the text takes at most three times as long: only the beginning is looked at."""

    def look(page: Page) -> None:
        doubted(page)
        removed(page)

    grows_in_step(lambda length: read(" ".join(["record has been"] * length)), look, 10_000)
