"""What folded words can mean in an address, over all languages together.

One word can mean several things ("st" is street and saint, "pl" place, Platz and plein), so meanings are sets and two words agree
where their sets meet.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from unlisted.data.wordlists import LANGUAGES, table
from unlisted.extract.text.fold import key

Meanings = dict[str, frozenset[str]]


@dataclass(frozen=True, slots=True)
class Lexicon:
    """Tables over folded words."""

    types: Meanings
    before: frozenset[str]
    """Type words that stand before the name ("rue")."""
    glued: dict[str, frozenset[str]]
    """Endings of compounds and their canonical type ("str" -> {"strasse", "straat"})."""
    directions: Meanings
    names: Meanings
    articles: frozenset[str]
    qualifiers: frozenset[str]
    units: frozenset[str]
    signs: frozenset[str]
    between: frozenset[str]
    all: Meanings = field(default_factory=dict)

    def meanings(self, word: str) -> frozenset[str]:
        """What a word can stand for, itself included."""
        return self.all.get(word, frozenset((word,)))

    def agree(self, one: str, other: str) -> bool:
        """Whether two words can stand for the same."""
        return one == other or not self.meanings(one).isdisjoint(self.meanings(other))


def _entries(entry: Any) -> Iterable[tuple[str, list[str]]]:
    """A table, or a list of "canonical=variant|variant", as pairs of folded words."""
    if isinstance(entry, list):
        pairs = [(item.partition("=")[0], item.partition("=")[2].split("|")) for item in entry]
    else:
        pairs = list(entry.items())
    for canonical, variants in pairs:
        yield key(canonical), [key(variant) for variant in variants if variant]


def _collect(name: str) -> Meanings:
    out: dict[str, set[str]] = {}
    for language in LANGUAGES:
        for canonical, variants in _entries(table(language).get(name, [])):
            for word in (canonical, canonical.replace(" ", ""), *variants, *(v.replace(" ", "") for v in variants)):
                out.setdefault(word, set()).add(canonical)
    return {word: frozenset(meanings) for word, meanings in out.items()}


def _words(name: str) -> frozenset[str]:
    return frozenset(key(word) for language in LANGUAGES for word in table(language).get(name, []))


@cache
def lexicon() -> Lexicon:
    """The tables, built once."""
    types, directions, names = _collect("types"), _collect("directions"), _collect("names")
    merged: dict[str, set[str]] = {}
    for part in (types, directions, names):
        for word, meanings in part.items():
            merged.setdefault(word, {word}).update(meanings)
    before = frozenset(
        word
        for language in LANGUAGES
        if table(language)["position"] == "before"
        for canonical, variants in _entries(table(language)["types"])
        for word in (canonical, *variants)
    )
    return Lexicon(
        types=types, before=before, glued=_collect("glued"), directions=directions, names=names,
        articles=_words("articles"), qualifiers=_words("qualifiers"), units=_words("units"), signs=_words("signs"),
        between=frozenset(word for phrase in _words("between") for word in phrase.split()),
        all={word: frozenset(meanings) for word, meanings in merged.items()},
    )  # fmt: skip
