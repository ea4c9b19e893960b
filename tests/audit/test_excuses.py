"""What sites say in place of a page, and what they say of a record that is not there."""

from __future__ import annotations

import tomllib
from importlib.resources import files

import pytest
from tests.growth import grows_in_step

from unlisted.audit.doubt import FEW_WORDS, LONGEST_BANNER, MOST_BLOCKS, SHORT_GONE, SHORT_PAGE, excuse, hinted, removed
from unlisted.data.excuses import LONGEST_SENTENCE, hints, phrases, plain, says, says_absent, tables
from unlisted.model import Block, Locator, Page

CONTENT = "Odile paints boats in Marrow Bay and sells them at the fair when the spring comes round again. " * 3


def page(*texts: str, title: str | None = None, part: str = "text") -> Page:
    """A page of these paragraphs."""
    blocks = tuple(Block(text=text, locator=Locator(part=part)) for text in texts)
    return Page(url="https://page.example/", title=title, blocks=blocks)


def test_every_language_has_every_list_and_each_phrase_as_it_is_compared() -> None:
    """A phrase with a sign or an accent in it could never be met."""
    raw = tomllib.loads(files("unlisted.data").joinpath("excuses.toml").read_text(encoding="utf-8"))
    names = {frozenset(lists) for lists in raw.values()}
    assert len(names) == 1
    assert set(raw) == set(tables())
    wrong = [one for lists in raw.values() for words in lists.values() for one in words if plain(one).strip() != one]
    assert wrong == []
    twice = [name for lists in raw.values() for name, words in lists.items() if len(set(words)) != len(words)]
    assert twice == []


def test_words_alone_are_compared() -> None:
    """Case, signs, accents and line ends make no difference; the parts of a word are no word."""
    assert plain("Vérification\n de  SÉCURITÉ!") == " verification de securite "
    assert says(plain("Oops – you've been: BLOCKED. Access   denied!"), phrases("instead"))
    assert not says(plain("captchas"), phrases("instead"))


@pytest.mark.parametrize(
    "text",
    [
        "This record is no longer available.",
        "Sorry, the page you are looking for doesn't exist.",
        "404 - Page not found",
        "We couldn't find that person.",
        "No record found",
        "Record removed",
        "Odile. This profile does not exist or has been removed.",
        "Dieses Profil existiert nicht mehr.",
        "Wir konnten diesen Eintrag nicht finden.",
        "Cette page n'existe plus.",
        "Este perfil ya no existe",
        "Questa pagina non esiste.",
        "Página não encontrada",
        "Deze pagina bestaat niet meer.",
    ],
)
def test_a_whole_sentence_says_that_a_record_is_not_there(text: str) -> None:
    """In seven languages, with or without politeness."""
    assert says_absent(text)


@pytest.mark.parametrize(
    "text",
    [
        "Want your record removed? Go here",
        "Record removed?",
        "Once a record is removed it may come back.",
        "Reports removed at your request take 48 hours.",
        "This page is no longer available in your region.",
        "This profile is not available right now.",
        "Our records are unavailable today.",
        "Service not found.",
        "No results found yet.",
        "Is this page not found",
        "Es gibt diese Seite",
        "The page was removed " + "and again " * (LONGEST_SENTENCE // 10) + ".",
        "",
    ],
)
def test_any_other_sentence_does_not(text: str) -> None:
    """Questions, conditions, offers, and what holds for some people or for now."""
    assert not says_absent(text)


def test_only_a_short_page_and_only_what_it_shows() -> None:
    """The same words in a long page, or only in its head, say nothing."""
    said = "This record was removed."
    assert removed(page(said))
    assert not removed(page(said, "x" * SHORT_GONE))
    assert not removed(page(said, part="head"))


def test_a_banner_beside_real_content_hides_nothing() -> None:
    """The banner's own paragraphs do not count, whatever their number."""
    banner = ("We value your privacy", "We and our 842 partners store and read cookies on your device.", "Accept all")
    assert excuse(page(*banner))
    assert excuse(page(*banner, *["We use cookies for advertising and our partners do too."] * 60))
    assert excuse(page(*banner, "Home", "Contact"))
    assert not excuse(page(*banner, CONTENT))
    assert not excuse(page(CONTENT, *banner))


@pytest.mark.parametrize(
    "text",
    [
        "Human Verification. Please solve this puzzle so that we know you are a real person.",
        "This content isn't available right now",
        "Login required",
        "Join to see more. Create new account",
        "Acceptez-vous les cookies ?",
        "Questo sito usa i cookie. Accetta",
        "Ihr Browser wird gepr\u00fcft. Einen Moment bitte",
        "Je hebt geen toegang",
        "Website em manuten\u00e7\u00e3o",
        "This video is private",
    ],
)
def test_a_page_of_nothing_but_an_excuse(text: str) -> None:
    """In other words and other languages; beside real content the small ones hide nothing."""
    assert excuse(page(text))
    assert not excuse(page(CONTENT * 30, text))


@pytest.mark.parametrize(("words", "hidden"), [(FEW_WORDS - 1, True), (FEW_WORDS, False)])
def test_how_many_words_are_real_content(words: int, hidden: bool) -> None:
    """From this number on a page shows more than its banner."""
    assert excuse(page("We use cookies", " ".join(["boat"] * words))) is hidden


def test_a_long_paragraph_is_no_banner() -> None:
    """A text about privacy is content; so is no part of it beyond the paragraphs that are looked at."""
    long = "I write about cookies and what people think of them. " * (LONGEST_BANNER // 40)
    assert not excuse(page("We use cookies", long))
    assert excuse(page("We use cookies", *["cookies"] * MOST_BLOCKS, CONTENT))


def test_a_page_that_may_mean_that_something_is_not_there() -> None:
    """Such words are enough not to trust a short page, and never enough to call a record gone."""
    for text in ("Our records are unavailable today.", "This profile is not available to guests."):
        assert hinted(page(text))
        assert not removed(page(text))
    assert not hinted(page("Odile paints boats."))
    assert not hinted(page("This profile is not available.", "x" * SHORT_PAGE))
    assert " record not found " in hints()


def test_hostile_pages_cost_in_step() -> None:
    """Twice the paragraphs of a banner take at most three times as long."""

    def look(hostile: Page) -> None:
        excuse(hostile)
        removed(hostile)
        hinted(hostile)

    grows_in_step(lambda count: page("We use cookies", *["cookie record was removed " * 20] * count), look, 400)
