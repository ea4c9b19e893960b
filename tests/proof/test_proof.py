"""Three words: drawn by chance, looked for where only the owner can write, and forgotten."""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from unlisted.errors import FetchError, SubjectError
from unlisted.model import Account, Artifact, Control, Field, Post, Source, SourceKind, Subject
from unlisted.sources import proof
from unlisted.sources.fetch import Fetcher
from unlisted.sources.subject_file import dumps, loads

NOW = datetime(2026, 11, 21, 9, 0, tzinfo=UTC)
MINE = Source(
    label="my toots", kind=SourceKind.ACCOUNT, address="https://toots.example/@wren", service="mastodon", mine=True
)


class Somebody:
    """A person at a terminal: says yes as often as told, and keeps what was shown."""

    def __init__(self, yes: int) -> None:
        self.yes = yes
        self.told: list[str] = []

    def tell(self, text: str) -> None:
        self.told.append(text)

    def answer(self) -> str | None:
        self.yes -= 1
        return "" if self.yes >= 0 else None


@pytest.fixture
def bio(monkeypatch: pytest.MonkeyPatch) -> list[object]:
    """What successive looks at the account find: texts, or an error."""
    looks: list[object] = []

    def look(_source: Source, *, fetcher: Fetcher, now: datetime) -> list[str]:
        found = looks.pop(0)
        if isinstance(found, Exception):
            raise found
        assert isinstance(found, list)
        return found

    monkeypatch.setattr(proof, "texts_of", look)
    return looks


def prove(person: Somebody, seed: int = 1) -> str | None:
    return proof.prove(MINE, fetcher=Fetcher(), now=NOW, rng=random.Random(seed), person=person)


def words(seed: int = 1) -> tuple[str, ...]:
    return proof.draw(random.Random(seed))


def test_words_are_plain_many_and_different() -> None:
    """Five hundred words in small letters, none twice; three of them make more than a hundred million ways."""
    found = proof.plain_words()
    assert len(found) >= 500
    assert len(set(found)) == len(found)
    assert all(word.isascii() and word.isalpha() and word.islower() and 2 <= len(word) <= 12 for word in found)
    assert not {"unlisted", "audit", "proof", "privacy", "token", "verify"} & set(found)


def test_chance_is_the_only_source_of_the_words() -> None:
    """The same chance draws the same three different words, another one others."""
    assert words(1) == words(1)
    assert len({words(seed) for seed in range(200)}) == 200
    assert all(len(set(words(seed))) == proof.DRAWN for seed in range(200))


@pytest.mark.parametrize(
    ("text", "seen"),
    [
        ("Potter. acorn BADGE cabin", True),
        ("acorn, badge & cabin!", True),
        ("acorn\nbadge\tcabin", True),
        ("cabin badge acorn", False),
        ("acorn badge", False),
        ("acorn my badge cabin", False),
        ("acornbadgecabin", False),
        ("acorns badge cabin", False),
        ("", False),
    ],
)
def test_words_count_only_beside_each_other_and_in_order(text: str, seen: bool) -> None:
    """Capitals and signs between them do not matter; other words, another order or a part do."""
    assert proof.stands(("acorn", "badge", "cabin"), [text]) is seen


def test_words_in_two_texts_are_not_together() -> None:
    """A word in the bio and two in a field are no proof."""
    assert not proof.stands(("acorn", "badge", "cabin"), ["acorn", "badge cabin"])


@given(st.lists(st.text(max_size=30), max_size=5), st.integers(0, 1000))
@settings(max_examples=100, deadline=None, derandomize=True)
def test_words_are_found_in_any_surroundings(texts: list[str], seed: int) -> None:
    """Whatever else a bio says, the words are seen where they stand, and not where they do not."""
    drawn = words(seed)
    assert not proof.stands(drawn, texts)
    assert proof.stands(drawn, [*texts, "x. " + " ".join(drawn) + " ." + "".join(texts)])


def test_proof_is_told_and_says_that_the_words_may_go(bio: list[object]) -> None:
    """The person is shown three words, the look sees them, and they are told to take them out again."""
    bio.append(["Potter " + " ".join(words())])
    person = Somebody(1)
    assert prove(person)
    assert " ".join(words()) in person.told[0]
    assert person.told[-1] == proof.SEEN
    assert "take them out" in proof.SEEN


def test_service_that_is_slow_is_looked_at_again(bio: list[object]) -> None:
    """An old answer or a fault costs a try and is told; the words stay the same."""
    bio += [["Potter"], FetchError("the server did not answer in time"), [" ".join(words())]]
    person = Somebody(3)
    assert prove(person)
    assert person.told[1:] == [
        proof.NOT_SEEN,
        proof.NO_LOOK.format(reason="the server did not answer in time"),
        proof.SEEN,
    ]


def test_tries_are_few(bio: list[object]) -> None:
    """After some looks the proof is given up, and nothing is proven."""
    bio += [["Potter"]] * 10
    assert not prove(Somebody(10))
    assert len(bio) == 10 - proof.TRIES


def test_person_may_skip(bio: list[object]) -> None:
    """Who skips is not looked at."""
    bio.append([" ".join(words())])
    assert not prove(Somebody(0))
    assert len(bio) == 1


def test_only_the_persons_own_accounts_are_asked_for(bio: list[object]) -> None:
    """A page, a listing and an account that the person does not call theirs are never part of a proof."""
    others = (
        replace(MINE, label="somebody's", mine=False),
        Source(label="blog", kind=SourceKind.PAGE, address="https://blog.example/", mine=True),
        Source(label="record", kind=SourceKind.LISTING, address="https://people.example/1", mine=True),
    )
    subject = Subject(sources=(MINE, *others))
    assert proof.provable(subject) == (MINE,)
    bio.append([" ".join(words())])
    shown = proof.by_words(subject, fetcher=Fetcher(), now=NOW, rng=random.Random(1), person=Somebody(1))
    assert [source.control for source in shown.sources] == [
        Control.PROVEN,
        Control.ABOUT_ME,
        Control.CLAIMED,
        Control.ABOUT_ME,
    ]
    assert shown.source("my toots").proven == proof.BY_WORDS


def test_proof_is_never_stored(bio: list[object]) -> None:
    """A subject that is written down again holds neither the words nor that they were seen."""
    bio.append([" ".join(words())])
    subject = proof.by_words(
        Subject(sources=(MINE,)), fetcher=Fetcher(), now=NOW, rng=random.Random(1), person=Somebody(1)
    )
    text = dumps(subject)
    assert "proven" not in text
    assert not [word for word in words() if word in text]


def test_a_subject_file_cannot_claim_a_proof() -> None:
    """The key that marks a proof is no key of the file."""
    text = '[[source]]\nlabel = "x"\npage = "https://blog.example/"\nproven = "words"\n'
    with pytest.raises(SubjectError, match="proven"):
        loads(text, name="me.toml", folder=Path())


def test_words_are_looked_for_in_the_profile_and_not_in_posts(monkeypatch: pytest.MonkeyPatch) -> None:
    """Anybody can be quoted in a post: only what the owner says about themselves counts."""
    account = Account(
        service="mastodon",
        about=("Potter.",),
        fields=(Field(kind="name", value="Wren"),),
        posts=(Post(text="acorn badge cabin"),),
    )
    monkeypatch.setattr(proof, "fetch_profile", lambda *_a, **_k: account)
    assert proof.texts_of(MINE, fetcher=Fetcher(), now=NOW) == ["Potter.", "Wren"]


def test_words_may_stand_on_a_page() -> None:
    """A page is its own text: what a reader sees there counts."""

    class Site(Fetcher):
        def get(self, address: str, *, source: str, now: datetime, kind: str = "page") -> Artifact:
            body = b"<html><title>Wren</title><body><p>acorn badge cabin</p></body></html>"
            return Artifact(source=source, at=now, sha256="", media_type="text/html", body=body, address=address)

    page = Source(label="blog", kind=SourceKind.PAGE, address="https://blog.example/", mine=True)
    assert proof.stands(("acorn", "badge", "cabin"), proof.texts_of(page, fetcher=Site(), now=NOW))


def test_sentences_shown_are_short_and_plain() -> None:
    """What a person reads at the terminal has at most twenty words a sentence and no big words about security."""
    for text in (proof.PUT, proof.OR_SIGN, proof.SIGNED, proof.SEEN, proof.NOT_SEEN, proof.NO_LOOK, proof.SKIPPED):
        for sentence in text.replace("\n", " ").replace("?", ".").split(". "):
            assert len(sentence.split()) <= 20, sentence
        assert not {"safe", "secure", "verify", "token", "anonymous"} & set(text.casefold().split())
