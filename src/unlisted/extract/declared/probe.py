"""What looks for one fact: the words at which to look, and what to do there."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from functools import cache
from typing import TYPE_CHECKING

from unlisted.data.wordlists import LANGUAGES, table
from unlisted.extract.text.fold import key
from unlisted.extract.text.tokens import View
from unlisted.model.subject import Fact

if TYPE_CHECKING:
    from unlisted.extract.declared.area import Scene


@dataclass(frozen=True, slots=True)
class Found:
    """A level over the words `first` to `last`, both included."""

    level: str
    first: int
    last: int
    certainty: float = 1.0
    street_named: bool = False
    """At level area: it is the name of the street, and not the town."""


@dataclass(frozen=True, slots=True)
class Probe:
    """`look(view, index)` is called wherever the text holds the word `anchor`."""

    fact: Fact = field(repr=False)
    anchor: str = field(repr=False)
    look: Callable[[Scene, int], Found | None] = field(repr=False)


@cache
def words_of(name: str) -> frozenset[str]:
    """The folded words of a list over all languages."""
    return frozenset(key(word) for language in LANGUAGES for word in table(language).get(name, ()))


def one_edit(one: str, other: str, *, least: int = 5, loose: bool = False) -> bool:
    """Whether two words of at least `least` letters differ by one letter left out, put in or swapped with its neighbour.

    A letter put in place of another counts only in words of six letters and more: "berg" and "burg" are two streets.
    The first letter must agree: people seldom mistype it, and many names differ in nothing else. `loose`, where more
    speaks for it, takes five letters for a letter in another's place, and another beginning for the other slips.
    """
    if one == other:
        return True
    if min(len(one), len(other)) < least - 1 or max(len(one), len(other)) < least or (one[0] != other[0] and not loose):
        return False
    if len(one) > len(other):
        one, other = other, one
    at = next((i for i, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), len(one))
    if len(one) + 1 == len(other):
        return one[at:] == other[at + 1 :]
    if len(one) != len(other):
        return False
    if one[at + 1 :] == other[at + 1 :]:
        return at > 0 and len(one) > least - loose
    return one[at : at + 2] == other[at : at + 2][::-1] and one[at + 2 :] == other[at + 2 :]


def join_forward(view: View, index: int, wanted: str, *, glue: str = " -./·_") -> int | None:
    """The last word such that the words from `index` on, put together, are `wanted`; None where they are not."""
    words, built, at = view.words, view.words[index], index
    while len(built) < len(wanted) and wanted.startswith(built) and at + 1 < len(words):
        if view.gaps[at].strip(glue):
            return None
        at += 1
        built += words[at]
    return at if built == wanted else None


def anchors_of(compact: str, *, least: int = 1) -> Iterable[str]:
    """Every word that a code can begin with when it is written with gaps: all its beginnings."""
    return {compact[:length] for length in range(least, len(compact) + 1)}
