"""Leaving, being away, coming back: what writers say about the days when they are not at home, in four languages."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from unlisted.extract.text.fold import bag
from unlisted.extract.text.talk import TALKED, openings_in, said, said_in
from unlisted.extract.text.tokens import View
from unlisted.extract.text.when import coming, lasting, limit

Found = tuple[int, int, float]

_ARTICLES = bag("the la el le les los las die den der")
_HOME = bag(
    "hause haus casa maison home bed bett dormir work arbeit i you we me it the ich du wir je tu yo god school schule ecole"
)
_AND = bag("and then i we und dann ich wir et puis y luego home again")
_BE = bag("bin sind komme kommen kehre kehren fliege fliegen fahre fahren reise reisen werde werden")
_AUX = bag("suis sommes est sont etes ai avons a he hemos ha han")
_ELSEWHERE = {
    "reviens": ("sur", "vers"), "revenons": ("sur", "vers"), "vuelvo": ("a",), "volvemos": ("a",), "regreso": ("a",),
    "salgo": ("de", "del"),
}  # fmt: skip
"""Words behind a verb that make it no journey ("vuelvo a decirlo")."""
_TOWARDS = bag("for nach a to")
_AGAIN = bag("back return returning")
REACH = 10
"""Words between a word of travel and its time."""
NEXT = 3
"""Words between "until" and its day."""
LEAST_PLACE = 3
"""Letters of a place's name."""


@dataclass(frozen=True, slots=True)
class Ask:
    """What a kind of phrase needs beside it to be an announcement."""

    place: bool
    lasts: bool
    ends: bool
    certainty: float


ASKS = {
    "leave": Ask(place=False, lasts=True, ends=False, certainty=0.85),
    "back": Ask(place=False, lasts=False, ends=False, certainty=0.85),
    "stay": Ask(place=True, lasts=True, ends=True, certainty=0.85),
    "meet": Ask(place=True, lasts=False, ends=False, certainty=0.75),
}
"""The lists of phrases in the word tables, and what each needs."""


@cache
def trip_words() -> frozenset[str]:
    """Words with which the phrases begin."""
    return frozenset(word for language in TALKED for name in ASKS for word in openings_in(language, name))


@dataclass(frozen=True, slots=True)
class Phrase:
    """A phrase over the words `start` to `end` of the sentence from `first` to `last`."""

    view: View
    start: int
    end: int
    first: int
    last: int
    language: str

    def has(self, words: frozenset[str]) -> bool:
        """Whether the sentence holds one of some words."""
        return not words.isdisjoint(self.view.words[self.first : self.last + 1])


def announced(view: View, index: int, first: int, last: int) -> Found | None:
    """The words of an announcement that begins with a phrase at `index` in the sentence from `first` to `last`."""
    for language in TALKED:
        for name, ask in ASKS.items():
            length = _length(view, index, openings_in(language, name))
            phrase = Phrase(view, index, index + length - 1, first, last, language)
            if length and not phrase.has(said_in(language, "past")) and _meant(phrase, name):
                found = _complete(phrase, ask)
                if found:
                    return found
    return None


def _length(view: View, index: int, phrases: dict[str, tuple[tuple[str, ...], ...]]) -> int:
    for phrase in phrases.get(view.words[index], ()):
        if tuple(view.words[index : index + len(phrase)]) == phrase:
            return len(phrase)
    return 0


def _meant(phrase: Phrase, name: str) -> bool:
    """Whether a phrase has the sense of travel: "we are back on", not "put it back on"."""
    words, start, at = phrase.view.words, phrase.start, phrase.end + 1
    behind = words[at] if at <= phrase.last else ""
    if behind in _ELSEWHERE.get(words[start], ()) and not (behind == "a" and _place_at(phrase, at)):
        return False
    if behind in _HOME and words[phrase.end] in _TOWARDS:
        return False
    if words[start] in _AGAIN and at - start <= 2 and start > phrase.first:
        return words[start - 1] in _AND or "," in phrase.view.gap(start - 1)
    if phrase.language == "de" and name == "back":
        return phrase.has(_BE) and phrase.has(said_in("de", "me"))
    spoken = phrase.language in {"fr", "es"} and name != "stay" and start > phrase.first
    return not (spoken and words[start - 1] in _AUX)


def _place_at(phrase: Phrase, at: int) -> int | None:
    """The word of a place's name behind a preposition at `at`."""
    view, place = phrase.view, at + 1
    while place <= phrase.last and view.words[place] in _ARTICLES:
        place += 1
    if place > phrase.last or len(view.words[place]) < LEAST_PLACE:
        return None
    if not view.words[place].isalpha() or not view.capital(place):
        return None
    return None if view.words[place] in _HOME | said("soon") else place


def _hits(phrase: Phrase, pattern: re.Pattern[str]) -> list[tuple[int, int]]:
    """The first and last word of each place that a pattern takes near the phrase."""
    view = phrase.view
    low, high = max(phrase.first, phrase.start - REACH), min(phrase.last, phrase.end + REACH)
    out = []
    for match in pattern.finditer(view.folded.text, view.starts[low], min(view.end(high) + 1, len(view.folded.text))):
        inside = [i for i in range(low, high + 1) if view.starts[i] < match.end() and match.start() < view.end(i)]
        if inside:
            out.append((inside[0], inside[-1]))
    return out


def _times(phrase: Phrase, ask: Ask) -> list[tuple[int, int]]:
    times = _hits(phrase, coming(phrase.language))
    if ask.ends:
        limits = _hits(phrase, limit(phrase.language))
        times = [t for t in times if any(0 < t[0] - b <= NEXT or a <= t[0] <= b for a, b in limits)]
    if ask.lasts:
        times += _hits(phrase, lasting(phrase.language))
    return [t for t in times if t[1] < phrase.start or t[1] > phrase.end]


def _complete(phrase: Phrase, ask: Ask) -> Found | None:
    """The phrase with its time and its place, where it has what it needs."""
    times = _times(phrase, ask)
    if not times:
        return None
    near = min(times, key=lambda t: min(abs(t[0] - phrase.end), abs(phrase.start - t[1])))
    parts = [phrase.start, phrase.end, *near]
    if ask.place:
        to, words = said_in(phrase.language, "to"), phrase.view.words
        around = range(max(phrase.first, phrase.start - REACH), min(phrase.last, phrase.end + REACH))
        places = [p for at in around if words[at] in to and (p := _place_at(phrase, at))]
        if not places:
            return None
        parts.append(min(places, key=lambda p: abs(p - phrase.end)))
    return min(parts), max(parts), ask.certainty
