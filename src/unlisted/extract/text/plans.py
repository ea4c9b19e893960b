"""Routines and travel: where the writer will be, as they say it themselves, in English, German, French and Spanish."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from unlisted.extract.text.fold import bag
from unlisted.extract.text.talk import TALKED, first_words, phrase_at, said, said_in
from unlisted.extract.text.tokens import View
from unlisted.extract.text.trips import announced, trip_words
from unlisted.model.evidence import Span

MAX_LOOKS = 20_000
"""Words like "every" or "away" looked at in one text."""
MAX_SENTENCE = 24
"""Words before and after a word like "every" that count as its sentence."""
_SPANISH_FRENCH_LEAD = bag("los las la le du")
_SPANISH_FRENCH = bag(
    "lunes martes miercoles jueves viernes sabados domingos lundi mardi mercredi jeudi vendredi samedi dimanche"
)
_GUESS = 0.7
_NEAR = 10
"""Words between what is done and how often."""
_STOP = re.compile(r"[.!?;]\s|[.!?;]$|\n|[.!?]{2}")
_EACH = bag("every each most jeden jede jedes jedem chaque cada todos todas tous toutes los las le les on am immer du")
_BETWEEN = bag("les los las other second single first ersten zweiten le la week week s des")
_WEAK = bag("on am los las le les la du de")
_FIRST_DAY = bag("monday mon montag lundi lunes")
_LAST_DAY = bag(
    "thursday friday saturday fri sat donnerstag freitag samstag jeudi vendredi samedi jueves viernes sabado"
)
_TO = bag("to through till bis au a")
_PARTS = bag("mornings evenings nights afternoons lunchtimes")
_AT = bag("at by around about after before from until um gegen ab nach vor a vers des las la sobre")
_HOURS = bag(
    "one two three four five six seven eight nine ten eleven twelve half noon midnight midday quarter sunrise "
    "eins zwei drei vier funf sechs sieben acht neun zehn elf zwolf halb viertel mittag mitternacht "
    "midi minuit una dos tres cuatro cinco seis siete ocho nueve diez once doce mediodia"
)
_HOUR = re.compile(r"\d{1,2}(?:h|am|pm|uhr)?|\d{1,2}h\d{2}")
_OTHERS = bag(
    "he she they it his their er sie es il elle ils elles ellos ellas the der die das la el das le lo un una a an"
)
_HOME = bag("hause haus casa maison home bed bett dormir work arbeit i you we me it the ich du wir je tu yo god")
_SELF = bag("i ich je j yo")
_PREMISES = bag(
    "shop store museum open opens opening closed leaves laden museo tienda musee magasin offen geoffnet ouvre abre"
)
"""Words of shops that somebody who says "I" may work in."""
_FRENCH_AND = bag(
    "et puis ou mais dimanche lundi mardi mercredi jeudi vendredi samedi prochaine demain ete week end soir que qu l"
)
_NOT_FRENCH = bag(
    "the my our your his her this that a an all weekdays weekends monday tuesday wednesday thursday friday saturday sunday "
    "mondays tuesdays wednesdays thursdays fridays saturdays sundays"
)
_THIRD = bag("he she they his her their er il elle ils")
_ARTICLES = bag("the la el le les los las die den der")
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
    """The words that say how often: "every Tuesday", "tous les mardis", "montags", "Monday to Friday"."""
    words = view.words
    if words[index] in plural and words[index] not in _EACH:
        return index, index
    if words[index] in _FIRST_DAY:
        week = index + 2 < len(words) and words[index + 1] in _TO and words[index + 2] in _LAST_DAY
        return (index, index + 2) if week else None
    at = index + 1
    while at < len(words) and at - index <= 2 and words[at] in _BETWEEN:
        at += 1
    if at >= len(words) or words[at] not in weekdays:
        return None
    if words[index] not in _WEAK or words[at] in plural:
        return index, at
    if words[index] in _SPANISH_FRENCH_LEAD and words[at] in _SPANISH_FRENCH:
        return index, at
    parted = words[index] == "on" and at + 1 < len(words) and words[at + 1] in _PARTS
    return (index, at + 1) if parted else None


def _told_hour(view: View, first: int, last: int, when: tuple[int, int]) -> bool:
    """Whether an hour stands near the words that say how often: "at 6", "um halb acht", "à midi"."""
    words = view.words
    if any(_HOUR.fullmatch(words[i]) and words[i][0].isdigit() for i in range(when[1] + 1, min(last, when[1] + 3) + 1)):
        return True
    return any(
        words[i] in _AT and (words[i + 1][0].isdigit() or words[i + 1] in _HOURS) and len(words[i + 1]) <= 8
        for i in range(max(first, when[0] - 6), min(last - 1, when[1] + 6) + 1)
    )


def _routine(view: View, first: int, last: int, when: tuple[int, int]) -> tuple[int, int, float] | None:
    words = view.words
    present = set(words[first : last + 1])
    if present & (said("veto") - _PREMISES if present & _SELF else said("veto")):
        return None
    doing = [i for i in range(first, last + 1) if words[i] in said("activities") and not when[0] <= i <= when[1]]
    mine, hour = _first_person(view, first, last), _told_hour(view, first, last, when)
    certainty = _habit(usually=bool(present & said("habit")), doing=bool(doing), mine=mine, hour=hour)
    if not certainty and not ({"find", "meet", "trefft", "retrouvez"} & present and mine):
        return None
    if not mine and (words[first] in _OTHERS or (last - first > 12 and certainty <= _GUESS)):
        return None
    near = min(doing, key=lambda i: min(abs(i - when[0]), abs(i - when[1])), default=when[0])
    if abs(near - when[0]) > _NEAR:
        near = when[0]
    return min(when[0], near), max(when[1], near), certainty or _GUESS


def _habit(*, usually: bool, doing: bool, mine: bool, hour: bool) -> float:
    """How sure a habit is by what the sentence says; 0 for none. A habit of somebody else needs an hour as well."""
    if mine and doing:
        return 0.85
    if mine and (hour or usually):
        return 0.75
    if usually and hour:
        return 0.75
    return _GUESS if doing and not mine else 0.0


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
        if not _mine(view, first, last, index):
            continue
        found = _away(view, index, first, last)
        if not found and not _shouted(view, first, last):
            found = announced(view, index, first, last)
            found = found or (_trip(view, index, first, last) if view.words[index] in trips else None)
        if found:
            taken = found[1]
            yield _span(view, "travel", *found)


@cache
def routine_words() -> frozenset[str]:
    """Words that may say that something happens again and again."""
    return said("plural_days") | _EACH | _FIRST_DAY


@cache
def travel_words() -> frozenset[str]:
    """Words that may say that somebody travels."""
    return said("trips") | first_words("away") | trip_words()


def _first_person(view: View, first: int, last: int) -> bool:
    """Whether a sentence holds a word like "I" or "unser"; "on" is one only where it is the French one."""
    words = view.words[first : last + 1]
    spoken = said("me").intersection(words)
    if spoken != {"on"}:
        return bool(spoken)
    at = words.index("on")
    return (
        (at == 0 or words[at - 1] in _FRENCH_AND) and words[at + 1 : at + 2] != [] and not _NOT_FRENCH & {words[at + 1]}
    )


def _mine(view: View, first: int, last: int, index: int) -> bool:
    """Whether the sentence is about the writer: a first person, or no subject at all before the word."""
    before = view.words[first:index]
    if _first_person(view, first, last):
        return not (before and before[0] in _THIRD)
    return len(before) <= 2 and not set(before) & _OTHERS


def _shouted(view: View, first: int, last: int) -> bool:
    """Whether a sentence is a headline, all in capitals."""
    start, end = view.span(first, last)
    return view.text[start:end].isupper()


def _when(view: View, low: int, high: int, language: str) -> list[int]:
    """The words that say a coming time: a weekday, "tomorrow", "next week"."""
    return [i for i in range(low, high + 1) if view.words[i] in said_in(language, "soon")]


def _away(view: View, index: int, first: int, last: int) -> tuple[int, int, float] | None:
    length = phrase_at(view, index, "away")
    if not length:
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
        while place <= last and view.words[place] in _ARTICLES:
            place += 1
        if place > last or not view.capital(place) or view.words[place] in _HOME or view.words[place] in said("soon"):
            continue
        times = [i for i in _when(view, first, last, language) if i != place]
        if not times or not view.words[place].isalpha() or len(view.words[place]) < 3:
            continue
        near = min(times, key=lambda i: abs(i - place))
        return min(index, near), max(place, near), 0.85
    return None
