"""Leaving, being away, coming back: what writers say about the days when they are not at home, in four languages."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from unlisted.extract.text.fold import bag
from unlisted.extract.text.sentence import Sentence
from unlisted.extract.text.talk import TALKED, phrases_in, said, said_in
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


@dataclass(frozen=True, slots=True)
class Phrase:
    """A phrase of the list `name` over the words `start` to `end` of a sentence."""

    sentence: Sentence
    start: int
    end: int
    name: str
    language: str


@cache
def _phrases() -> dict[str, tuple[tuple[str, str, tuple[str, ...]], ...]]:
    """(list, language, words) of every phrase by its first word, the longest first."""
    out: dict[str, list[tuple[str, str, tuple[str, ...]]]] = {}
    for language in TALKED:
        for name in ASKS:
            for words in phrases_in(language, name):
                out.setdefault(words[0], []).append((name, language, words))
    return {word: tuple(sorted(found, key=lambda item: -len(item[2]))) for word, found in out.items()}


def phrases() -> Iterator[tuple[str, ...]]:
    """Every phrase, as its words."""
    return (words for found in _phrases().values() for _, _, words in found)


def announced(sentence: Sentence, index: int) -> Found | None:
    """The words of an announcement that begins with a phrase at `index` in a sentence."""
    words = sentence.view.words
    for name, language, said_words in _phrases().get(words[index], ()):
        if tuple(words[index : index + len(said_words)]) != said_words:
            continue
        phrase = Phrase(sentence, index, index + len(said_words) - 1, name, language)
        if sentence.present.isdisjoint(said_in(language, "past")) and _meant(phrase) and (found := _complete(phrase)):
            return found
    return None


def _meant(phrase: Phrase) -> bool:
    """Whether a phrase has the sense of travel: "we are back on", not "put it back on"."""
    sentence, start, at = phrase.sentence, phrase.start, phrase.end + 1
    words = sentence.view.words
    behind = words[at] if at <= sentence.last else ""
    if behind in _ELSEWHERE.get(words[start], ()) and not (behind == "a" and place_at(sentence, at)):
        return False
    if behind in _HOME and words[phrase.end] in _TOWARDS:
        return False
    if words[start] in _AGAIN and at - start <= 2 and start > sentence.first:
        return words[start - 1] in _AND or "," in sentence.view.gap(start - 1)
    if phrase.language == "de" and phrase.name == "back":
        return bool(sentence.present & _BE and sentence.present & said_in("de", "me"))
    spoken = phrase.language in {"fr", "es"} and phrase.name != "stay" and start > sentence.first
    return not (spoken and words[start - 1] in _AUX)


def place_at(sentence: Sentence, at: int) -> int | None:
    """The word of a place's name behind a preposition at `at`."""
    view, place = sentence.view, at + 1
    while place <= sentence.last and view.words[place] in _ARTICLES:
        place += 1
    if place > sentence.last or len(view.words[place]) < LEAST_PLACE or not view.words[place].isalpha():
        return None
    return place if view.capital(place) and view.words[place] not in _HOME | said("soon") else None


def _near(phrase: Phrase, pattern: re.Pattern[str]) -> list[tuple[int, int]]:
    low, high = phrase.start - REACH, phrase.end + REACH
    return [hit for hit in phrase.sentence.hits(pattern) if hit[0] >= low and hit[1] <= high]


def _times(phrase: Phrase) -> list[tuple[int, int]]:
    ask, times = ASKS[phrase.name], _near(phrase, coming(phrase.language))
    if ask.ends:
        limits = _near(phrase, limit(phrase.language))
        times = [t for t in times if any(0 < t[0] - b <= NEXT or a <= t[0] <= b for a, b in limits)]
    if ask.lasts:
        times = times + _near(phrase, lasting(phrase.language))
    return [t for t in times if t[1] < phrase.start or t[1] > phrase.end]


def _complete(phrase: Phrase) -> Found | None:
    """The phrase with its time and its place, where it has what it needs."""
    times, sentence = _times(phrase), phrase.sentence
    if not times:
        return None
    near = min(times, key=lambda t: min(abs(t[0] - phrase.end), abs(phrase.start - t[1])))
    parts = [phrase.start, phrase.end, *near]
    if ASKS[phrase.name].place:
        to, words = said_in(phrase.language, "to"), sentence.view.words
        around = range(max(sentence.first, phrase.start - REACH), min(sentence.last, phrase.end + REACH))
        places = [p for at in around if words[at] in to and (p := place_at(sentence, at))]
        if not places:
            return None
        parts.append(min(places, key=lambda p: abs(p - phrase.end)))
    return min(parts), max(parts), ASKS[phrase.name].certainty
