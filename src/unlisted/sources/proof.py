"""Proof of control: three ordinary words that the audit draws, waits to see where the person speaks about themselves, and forgets.

Nothing is stored, and the words say nothing about what they are for. Where there is nobody to ask, nothing is proven.
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
from unlisted.sources import pages
from unlisted.sources.account_fetch import fetch_profile
from unlisted.sources.fetch import Fetcher

DRAWN = 3
TRIES = 3
"""Looks at one account: services keep old answers for a minute or two."""
BY_WORDS = "words"

PUT = (
    "Put these three words into the text about you on “{label}”:\n\n    {words}\n\n"
    "They mean nothing. People who follow you may see them for a minute.\n"
    "Press Enter when they are there. Type s and Enter to skip."
)
SEEN = "We saw the words. You can take them out again now."
NOT_SEEN = "We do not see the words yet. Some sites need a minute or two."
NO_LOOK = "We could not look: {reason}."
SKIPPED = "Skipped. You can take the words out again."


class Person(Protocol):
    """Whoever sits at the terminal."""

    def tell(self, text: str) -> None:
        """Show a few lines."""

    def ready(self) -> bool:
        """Wait until the person did it; False where they skip."""


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


def prove(source: Source, *, fetcher: Fetcher, now: datetime, rng: random.Random, person: Person) -> bool:
    """Whether the person can write on this account or page: draws words, waits, looks, and forgets them."""
    words = draw(rng)
    person.tell(PUT.format(label=source.label, words=" ".join(words)))
    for _ in range(TRIES):
        if not person.ready():
            person.tell(SKIPPED)
            return False
        try:
            seen = stands(words, texts_of(source, fetcher=fetcher, now=now))
        except NotRead as error:
            person.tell(NO_LOOK.format(reason=error.reason))
            continue
        person.tell(SEEN if seen else NOT_SEEN)
        if seen:
            return True
    person.tell(SKIPPED)
    return False


def provable(subject: Subject) -> tuple[Source, ...]:
    """The accounts that the person calls their own."""
    return tuple(source for source in subject.sources if source.kind is SourceKind.ACCOUNT and source.mine)


def by_words(subject: Subject, *, fetcher: Fetcher, now: datetime, rng: random.Random, person: Person) -> Subject:
    """The subject, each of its own accounts marked as proven where the words were seen."""
    asked = provable(subject)
    shown = {source.label for source in asked if prove(source, fetcher=fetcher, now=now, rng=rng, person=person)}
    sources = tuple(replace(source, proven=BY_WORDS) if source.label in shown else source for source in subject.sources)
    return replace(subject, sources=sources)
