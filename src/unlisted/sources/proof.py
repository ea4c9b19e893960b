"""Proof of control: three ordinary words that the audit draws, waits to see where the person speaks about themselves, and forgets.

Where the service publishes the account's keys, the words may be signed with one of them instead. Nothing is stored, and the words
say nothing about what they are for. Where there is nobody to ask, nothing is proven.
"""

from __future__ import annotations

import random
import re
import tomllib
from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime
from functools import cache
from importlib.resources import files
from typing import Protocol

from unlisted.errors import NotRead
from unlisted.model import Source, SourceKind, Subject
from unlisted.sources import pages, signature
from unlisted.sources.account_fetch import fetch_profile
from unlisted.sources.fetch import Fetcher

DRAWN = 3
TRIES = 3
"""Looks at one account: services keep old answers for a minute or two."""
BY_WORDS, BY_KEY = "words", "key"

PUT = (
    "Put these three words into the text about you on “{label}”:\n\n    {words}\n\n"
    "They mean nothing. People who follow you may see them for a minute.\n"
    "Press Enter when they are there. Type s and Enter to skip."
)
OR_SIGN = (
    "Or sign them with a key of this account. Nobody sees that. Run this in a terminal:\n\n    {command}\n\n"
    "Then type where the file words.sig is, and press Enter."
)
SIGNED = "The signature fits. You can delete the file words.sig now."
SEEN = "We saw the words. You can take them out again now."
NOT_SEEN = "We do not see the words yet. Some sites need a minute or two."
NO_LOOK = "We could not look: {reason}."
SKIPPED = "Skipped. You can take the words out again."


class Person(Protocol):
    """Whoever sits at the terminal."""

    def tell(self, text: str) -> None:
        """Show a few lines."""

    def answer(self) -> str | None:
        """Wait until the person did it: what they typed, "" for Enter alone, None where they skip."""


@cache
def plain_words() -> tuple[str, ...]:
    """The words that may be drawn."""
    text = files("unlisted.data.words").joinpath("plain.toml").read_text(encoding="utf-8")
    return tuple(str(tomllib.loads(text)["words"]).split())


def draw(rng: random.Random) -> tuple[str, ...]:
    """Three different words: one chance in a hundred million to stand there already."""
    return tuple(rng.sample(plain_words(), DRAWN))


def stands(words: Iterable[str], texts: Iterable[str]) -> bool:
    """Whether the words stand beside each other, in this order, in one of the texts."""
    wanted = list(words)
    for text in texts:
        said = re.findall(r"[^\W\d_]+", text.casefold())
        if any(said[at : at + len(wanted)] == wanted for at in range(len(said) - len(wanted) + 1)):
            return True
    return False


def texts_of(source: Source, *, fetcher: Fetcher, now: datetime) -> list[str]:
    """Where a person speaks about themselves: the profile of an account, the text of a page. Raises NotRead.

    Posts do not count: others may be quoted there.
    """
    if source.kind is SourceKind.ACCOUNT:
        account = fetch_profile(source, fetcher=fetcher, now=now)
        return [*account.about, *(field.value for field in account.fields)]
    artifact = fetcher.get(source.address or "", source=source.label, now=now, kind="page")
    page = pages.parse(artifact)
    return [page.title or "", *(block.text for block in page.blocks), *(field.value for field in page.fields)]


def prove(source: Source, *, fetcher: Fetcher, now: datetime, rng: random.Random, person: Person) -> str | None:
    """How control of this account or page was shown: "words", "key", or None. Draws words, waits, looks, and forgets them."""
    words = " ".join(draw(rng))
    person.tell(PUT.format(label=source.label, words=words))
    may_sign = signature.possible(source)
    if may_sign:
        person.tell(OR_SIGN.format(command=signature.command(words)))
    for _ in range(TRIES):
        typed = person.answer()
        if typed is None:
            break
        try:
            if typed and may_sign:
                signature.check(typed, words, source, fetcher=fetcher, now=now)
                person.tell(SIGNED)
                return BY_KEY
            seen = stands(words.split(), texts_of(source, fetcher=fetcher, now=now))
        except NotRead as error:
            person.tell(NO_LOOK.format(reason=error.reason))
            continue
        person.tell(SEEN if seen else NOT_SEEN)
        if seen:
            return BY_WORDS
    person.tell(SKIPPED)
    return None


def provable(subject: Subject) -> tuple[Source, ...]:
    """The accounts that the person calls their own."""
    return tuple(source for source in subject.sources if source.kind is SourceKind.ACCOUNT and source.mine)


def by_words(subject: Subject, *, fetcher: Fetcher, now: datetime, rng: random.Random, person: Person) -> Subject:
    """The subject, each of its own accounts marked as proven where the words were seen, or signed."""
    asked = provable(subject)
    shown = {source.label: prove(source, fetcher=fetcher, now=now, rng=rng, person=person) for source in asked}
    proven = {label: how for label, how in shown.items() if how}
    sources = tuple(replace(one, proven=proven.get(one.label, one.proven)) for one in subject.sources)
    return replace(subject, sources=sources)
