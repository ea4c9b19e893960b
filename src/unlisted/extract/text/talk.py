"""Words around personal data ("call me at", "my daughter", "away until"), folded, over all languages that have them."""

from __future__ import annotations

from functools import cache

from unlisted.data.wordlists import LANGUAGES, table
from unlisted.extract.text.fold import key
from unlisted.extract.text.tokens import View


@cache
def said(name: str) -> frozenset[str]:
    """The single words of a list of the tables' [talk] part."""
    return frozenset(word for phrase in _phrases(name) if len(word := " ".join(phrase)) and " " not in word)


@cache
def said_in(language: str, name: str) -> frozenset[str]:
    """The single words of a list in one language."""
    found = (key(word) for word in table(language).get("talk", {}).get(name, []))
    return frozenset(word for word in found if word and " " not in word)


TALKED = ("en", "de", "fr", "es")
"""The languages that have a [talk] part."""


@cache
def _phrases(name: str) -> tuple[tuple[str, ...], ...]:
    return tuple(
        tuple(key(word).split()) for language in LANGUAGES for word in table(language).get("talk", {}).get(name, [])
    )


@cache
def openings(name: str) -> dict[str, tuple[tuple[str, ...], ...]]:
    """The phrases of a list by their first word."""
    out: dict[str, list[tuple[str, ...]]] = {}
    for phrase in _phrases(name):
        out.setdefault(phrase[0], []).append(phrase)
    return {word: tuple(sorted(set(phrases), key=lambda p: -len(p))) for word, phrases in out.items()}


@cache
def phrases_in(language: str, name: str) -> tuple[tuple[str, ...], ...]:
    """The phrases of a list in one language, each as its words."""
    return tuple(tuple(key(phrase).split()) for phrase in table(language).get("talk", {}).get(name, []))


@cache
def last_words(language: str, name: str) -> frozenset[str]:
    """The words with which the phrases of a list end in one language."""
    return frozenset(phrase[-1] for phrase in phrases_in(language, name))


@cache
def first_words(name: str) -> frozenset[str]:
    """The words with which the phrases of a list begin."""
    return frozenset(openings(name))


def phrase_at(view: View, index: int, name: str) -> int:
    """How many words a phrase of the list takes at `index`; 0 where none stands there."""
    for phrase in openings(name).get(view.words[index], ()):
        if tuple(view.words[index : index + len(phrase)]) == phrase:
            return len(phrase)
    return 0


@cache
def birth_words() -> frozenset[str]:
    """Words that say that a birth date follows; of single letters only the last of "D.O.B."."""
    found = (key(word) for language in LANGUAGES for word in table(language).get("dates", {}).get("birth", []))
    return frozenset(word for word in found if len(word) > 1 and " " not in word) | {"b"}


@cache
def month_names() -> frozenset[str]:
    """The months' names and short forms, folded, in all languages."""
    return frozenset(
        key(name)
        for language in LANGUAGES
        for names in table(language).get("dates", {}).get("months", [])
        for name in names
    )
