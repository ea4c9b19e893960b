"""Routines and travel: where the writer will be, as they say it themselves, in English, German, French and Spanish."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from unlisted.extract.text.fold import bag
from unlisted.extract.text.talk import TALKED, first_words, phrase_at, said, said_in
from unlisted.extract.text.tokens import View
from unlisted.model.evidence import Span

MAX_LOOKS = 20_000
"""Words like "every" or "away" looked at in one text."""
MAX_SENTENCE = 24
"""Words before and after a word like "every" that count as its sentence."""
_STOP = re.compile(r"[.!?;]\s|[.!?;]$|\n|[.!?]{2}")
_EACH = bag("every each most jeden jede jedes jedem chaque cada todos todas tous toutes los las le les on am immer")
_BETWEEN = bag("les los las other second single first ersten zweiten le la week week s des")
_PLURAL_LEAD = bag("on auf")
_HOUR = re.compile(r"\d{1,2}(?:h|am|pm|uhr)?|\d{1,2}h\d{2}")
_OTHERS = bag(
    "he she they it his their er sie es il elle ils elles ellos ellas the der die das la el das le lo un una a an"
)
_HOME = bag("hause haus casa maison home bed bett dormir work arbeit i you we me it the ich du wir je tu yo god")
_THIRD = bag("he she they his her their er il elle ils")
_DAYS = re.compile(r"\d{1,2}(?:st|nd|rd|th|er|\.)?")


def _sentence(view: View, index: int) -> tuple[int, int]:
    """The first and last word of the sentence around a word."""
    first = last = index
    while first > 0 and index - first < MAX_SENTENCE and not _ends(view, first - 1):
        first -= 1
    while last + 1 < len(view.words) and last - index < MAX_SENTENCE and not _ends(view, last):
        last += 1
    return first, last


def _ends(view: View, index: int) -> bool:
    """Whether a sentence ends behind a word; the point of an ordinal ("am 14. im") does not end one."""
    gap = view.gap(index)
    return bool(_STOP.search(gap)) and not (gap == ". " and view.words[index].isdigit() and len(view.words[index]) <= 2)


def routines(view: View) -> Iterator[Span]:
    """What the writer does again and again at a time: "every Tuesday at the gym"."""
    plural, weekdays = said("plural_days"), said("weekdays")
    taken = -1
    for index in view.at(routine_words())[:MAX_LOOKS]:
        if index <= taken:
            continue
        when = _recurring(view, index, weekdays, plural)
        if when is None:
            continue
        first, last = _sentence(view, index)
        span = _routine(view, first, last, when)
        if span:
            taken = last
            yield _span(view, "routine", *span)


def _recurring(view: View, index: int, weekdays: frozenset[str], plural: frozenset[str]) -> tuple[int, int] | None:
    """The words that say how often: "every Tuesday", "tous les mardis", "montags"."""
    words = view.words
    if words[index] in plural and words[index] not in _EACH:
        return index, index
    at = index + 1
    while at < len(words) and at - index <= 2 and words[at] in _BETWEEN:
        at += 1
    if at >= len(words) or words[at] not in weekdays:
        return None
    weak = words[index] in {"on", "am", "los", "las", "le", "les"}
    if weak and not (words[at] in plural or (words[index] in {"los", "las", "le"} and words[at] in _SPANISH_FRENCH)):
        return None
    return index, at


_SPANISH_FRENCH = bag(
    "lunes martes miercoles jueves viernes sabados domingos lundi mardi mercredi jeudi vendredi samedi dimanche"
)


def _routine(view: View, first: int, last: int, when: tuple[int, int]) -> tuple[int, int, float] | None:
    words = view.words[first : last + 1]
    present = set(words)
    if present & said("veto"):
        return None
    doing = [i for i in range(first, last + 1) if view.words[i] in said("activities") and not when[0] <= i <= when[1]]
    mine = bool(present & said("me"))
    hour = any(
        _HOUR.fullmatch(view.words[i]) and any(c.isdigit() for c in view.words[i])
        for i in range(when[1] + 1, min(last, when[1] + 3) + 1)
    )
    opening = first if view.words[first] not in _OTHERS else None
    if not doing and not (mine and hour) and not ({"find", "meet", "trefft", "retrouvez"} & present and mine):
        return None
    if not mine and (opening is None or not doing or last - first > 12):
        return None
    near = min(doing, key=lambda i: min(abs(i - when[0]), abs(i - when[1])), default=when[0])
    return min(when[0], near), max(when[1], near), 0.85 if mine and doing else 0.7


def _span(view: View, kind: str, first: int, last: int, certainty: float) -> Span:
    start, end = view.span(first, last)
    return Span(kind=kind, start=start, end=end, certainty=certainty)


def travel(view: View) -> Iterator[Span]:
    """That the writer is or will be away: "away until the 14th", "landing in Lisbon tomorrow"."""
    trips = said("trips")
    taken = -1
    for index in view.at(travel_words())[:MAX_LOOKS]:
        if index <= taken:
            continue
        first, last = _sentence(view, index)
        found = _away(view, index, first, last) or (
            _trip(view, index, first, last) if view.words[index] in trips else None
        )
        if found:
            taken = found[1]
            yield _span(view, "travel", *found)


@cache
def routine_words() -> frozenset[str]:
    """Words that may say that something happens again and again."""
    return said("plural_days") | _EACH


@cache
def travel_words() -> frozenset[str]:
    """Words that may say that somebody travels."""
    return said("trips") | first_words("away")


def _mine(view: View, first: int, last: int, index: int) -> bool:
    """Whether the sentence is about the writer: a first person, or no subject at all before the word."""
    before = view.words[first:index]
    if set(view.words[first : last + 1]) & said("me"):
        return not (before and before[0] in _THIRD)
    return len(before) <= 2 and not set(before) & _OTHERS


def _when(view: View, low: int, high: int, language: str) -> list[int]:
    """The words that say a coming time: a weekday, "tomorrow", "next week"."""
    return [i for i in range(low, high + 1) if view.words[i] in said_in(language, "soon")]


def _away(view: View, index: int, first: int, last: int) -> tuple[int, int, float] | None:
    length = phrase_at(view, index, "away")
    if not length or not _mine(view, first, last, index):
        return None
    low, high = max(first, index - 6), min(last, index + length + 8)
    word = view.words[index]
    for language in TALKED:
        if word not in said_in(language, "away") and length == 1:
            continue
        until = said_in(language, "until")
        limits = [i for i in range(low, high + 1) if view.words[i] in until and not index <= i < index + length]
        ends = [*_when(view, low, high, language), *(i for i in range(low, high + 1) if _DAYS.fullmatch(view.words[i]))]
        if limits and ends:
            return min(index, *limits, *ends), max(index + length - 1, *limits, *ends), 0.85
    return None


def _trip(view: View, index: int, first: int, last: int) -> tuple[int, int, float] | None:
    """A verb of travel, then a place's name, and a time in the same sentence."""
    if not _mine(view, first, last, index):
        return None
    start, end = view.span(first, last)
    if view.text[start:end].isupper():
        return None
    for language in (name for name in TALKED if view.words[index] in said_in(name, "trips")):
        found = _headed(view, index, first, last, language)
        if found:
            return found
    return None


def _headed(view: View, index: int, first: int, last: int, language: str) -> tuple[int, int, float] | None:
    to = said_in(language, "to")
    for at in range(index + 1, min(last, index + 5)):
        if view.words[at] not in to:
            continue
        place = at + 1
        while place <= last and view.words[place] in {
            "the",
            "la",
            "el",
            "le",
            "les",
            "los",
            "las",
            "die",
            "den",
            "der",
        }:
            place += 1
        if place > last or not view.capital(place) or view.words[place] in _HOME or view.words[place] in said("soon"):
            continue
        times = [i for i in _when(view, first, last, language) if i != place]
        if not times or not view.words[place].isalpha() or len(view.words[place]) < 3:
            continue
        near = min(times, key=lambda i: abs(i - place))
        return min(index, near), max(place, near), 0.85
    return None
