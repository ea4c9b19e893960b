"""The page "If someone is bothering you": every step and sign of the sources, the law of the country, in plain words."""

from __future__ import annotations

import importlib.util
import random
from datetime import UTC, datetime
from pathlib import Path
from types import ModuleType

import pytest

from unlisted.audit import audit
from unlisted.data.loader import laws
from unlisted.model import Fact, Guide, Subject, Support
from unlisted.remedy.support import NO_LAW, support_for
from unlisted.sources.fetch import Fetcher

NOW = datetime(2026, 11, 21, tzinfo=UTC)
STATES = {"AL", "AK", "AZ", "CA", "CT", "FL", "HI", "IL", "MO", "NH", "NY", "OK", "TX", "WY"}
"""The US states whose law the project's source texts name."""
COUNTRIES = ("US", "AU", "CA", "PH", "PL", "ES", "GB")
STEPS = {
    "an adult that a young person trusts": "parent or a teacher",
    "a complaint to the provider": "unlisted letter provider-complaint",
    "a log": "write down each event",
    "the police": "unlisted letter police-sheet",
    "a new e-mail address": "new email address",
    "stricter settings": "harder to see for strangers",
    "software": "software that keeps others from following you",
    "directories": "sites that list people",
    "no meeting": "advise against a meeting",
}
SIGNS = {
    "false accusations": "accuses you of things that are not true",
    "fake accounts": "account in your name",
    "asking around": "friends, family or coworkers",
    "watching and tracing": "trace your computer",
    "setting others on": "gets others to bother you",
    "claiming to be the victim": "you are the one who bothers them",
    "attacks on data and equipment": "harms your files, your computer",
    "orders": "orders things or services in your name",
    "a meeting": "wants to meet you",
    "defamation": "writes bad things about you",
    "publishing the home": "home address or an ID number",
    "a partner who follows": "phone, a tag or a car",
}


def told(guides: tuple[Guide, ...]) -> str:
    """All of it as one text."""
    return "\n\n".join(line for guide in guides for line in (guide.title, *guide.sentences))


@pytest.fixture(scope="module")
def counter(root: Path) -> ModuleType:
    """The counter of words that the tests of the report use."""
    path = root / "tests" / "report" / "plain_words.py"
    spec = importlib.util.spec_from_file_location("plain_words_for_support", path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.mark.parametrize(("what", "words"), STEPS.items())
def test_every_step_is_there(what: str, words: str) -> None:
    """Each step of the advice that the page follows has its sentence."""
    assert words in told(support_for("US").steps), what


@pytest.mark.parametrize(("what", "words"), SIGNS.items())
def test_every_way_it_shows_has_a_card(what: str, words: str) -> None:
    """Each way in which it shows has a card, and each card says what can be done."""
    (card,) = [guide for guide in support_for("US").signs if words in guide.title]
    assert card.sentences, what


def test_the_page_reads_easily(counter: ModuleType) -> None:
    """Grade six at most, twenty words a sentence at most, no command, blame, alarm or promise."""
    found = support_for("US")
    for guides in (found.steps, found.signs):
        sentences = counter.sentences(told(guides))
        assert counter.grade(sentences) <= counter.MOST_GRADE
        assert counter.too_long(sentences) == []
        assert counter.found_in(told(guides)) == []
        assert counter.found_in(told(guides), counter.COMMANDS) == []


def test_every_jurisdiction_of_the_sources_has_a_card() -> None:
    """Seven countries, and in the United States the federal law and fourteen states; each says that it is not verified."""
    assert {country: len(support_for(country).laws) for country in COUNTRIES} == {
        **dict.fromkeys(COUNTRIES, 1),
        "US": 1 + len(STATES),
    }
    cards = support_for("US").laws
    assert cards[0].place == "US"
    assert {card.place.removeprefix("US-") for card in cards[1:]} == STATES
    for country in COUNTRIES:
        known = support_for(country).laws_known
        assert len(known) == 1
        assert "not verified" in known[0]
        assert "date unknown" in known[0]


@pytest.mark.parametrize(
    ("country", "words"),
    [
        ("US", ("47 U.S.C. § 223", "18 U.S.C. § 2261A")),
        ("AU", ("Stalking Amendment Act 1999",)),
        ("PL", ("6 June 2011",)),
        ("GB", ("Protection from Harassment Act 1997", "2012")),
        ("CA", ("not verified",)),
        ("PH", ("not verified",)),
    ],
)
def test_what_a_card_says(country: str, words: tuple[str, ...]) -> None:
    """Each card names its law, or says that none is known."""
    card = support_for(country).laws[0]
    text = " ".join((card.title, *card.sentences))
    assert [word for word in words if word not in text] == []


def test_who_takes_reports() -> None:
    """Spain's card names the four bodies; where nobody is known, no name is made up."""
    (spain,) = support_for("es").laws
    bodies = ("Guardia Civil", "national police", "Mossos d'Esquadra", "Ertzaintza")
    assert [body for body in bodies if not any(body in one for one in spain.takes_reports)] == []
    others = {card.id for card in laws().values() if card.kind == "information" and card.reports_to}
    assert others == {"info-es"}


def test_a_country_without_a_card_says_so() -> None:
    """Where the sources name no law, the page says that it is not verified."""
    found = support_for("DE")
    assert (found.laws, found.no_law) == ((), NO_LAW)
    assert support_for("PL").no_law is None


def test_every_audit_brings_it() -> None:
    """Nobody has to declare being in danger, and two people of different states get the same words."""
    results = []
    for state in ("CA", "TX"):
        home = Fact(kind="address", label="home", street="27 Larch Row", state=state)
        with Fetcher(typed=[]) as fetcher:
            made = audit(Subject(country="US", facts=(home,)), now=NOW, rng=random.Random(1), fetcher=fetcher)
        results.append(made.support)
    assert results[0] == results[1] == support_for("US")
    assert results[0] != Support()
