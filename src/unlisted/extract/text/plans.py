"""Routines and travel: where the writer will be, as they say it themselves, in English, German, French and Spanish."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from functools import cache

from unlisted.extract.text.fold import bag
from unlisted.extract.text.marks import ROUTINE, TIME, TRAVEL, Marked
from unlisted.extract.text.sentence import Sentence, sentences
from unlisted.extract.text.talk import (
    TALKED,
    last_words,
    month_names,
    phrase_at,
    phrases_in,
    said,
    said_in,
)
from unlisted.extract.text.tokens import View
from unlisted.extract.text.trips import announced, phrases, place_at
from unlisted.extract.text.when import coming
from unlisted.model.evidence import Span

MAX_LOOKS = 20_000
"""Words like "every" or "away" looked at in one text."""
_SPANISH_FRENCH_LEAD = bag("los las la le du")
_SPANISH_FRENCH = bag(
    "lunes martes miercoles jueves viernes sabados domingos lundi mardi mercredi jeudi vendredi samedi dimanche"
)
_GUESS = 0.7
_GATHER = bag("find meet trefft retrouvez")
MAX_OTHERS = 12
"""Words of a sentence without "I" that may still be a habit."""
_NEAR = 10
"""Words between what is done and how often."""
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
_SELF = bag("i ich je j yo")
_FROM = bag("home the my our work town here house office desk keyboard today tonight")
_UNREAL = bag("wish could ojala wunschte aimerais")
"""Words that say that a journey is only dreamt of."""
_PREMISES = bag(
    "shop store museum open opens opening closed leaves laden museo tienda musee magasin offen geoffnet ouvre abre"
)
"""Words of shops that somebody who says "I" may work in."""
DAYS = re.compile(r"\d{1,2}(?:st|nd|rd|th|er|\.)?")


def routines(view: Marked) -> Iterator[Span]:
    """What the writer does again and again at a time: "every Tuesday at the gym"."""
    plural, weekdays = said("plural_days"), said("weekdays")
    found = ((index, _recurring(view, index, weekdays, plural)) for index in view.where(ROUTINE)[:MAX_LOOKS])
    told = {index: when for index, when in found if when is not None}
    for sentence in sentences(view, told):
        whens = [when for index in range(sentence.first, sentence.last + 1) if (when := told.get(index))]
        inside = sorted(whens, key=lambda when: view.words[when[0]] in said("habit"))  # a day says more than "usually"
        span = next((span for when in inside if when[1] <= sentence.last and (span := _routine(sentence, when))), None)
        if span:
            yield _span(view, "routine", *span)


def _recurring(view: Marked, index: int, weekdays: frozenset[str], plural: frozenset[str]) -> tuple[int, int] | None:
    """The words that say how often: "every Tuesday", "tous les mardis", "montags", "Monday to Friday"."""
    words = view.words
    if (words[index] in plural or words[index] in said("habit")) and words[index] not in _EACH:
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


def _told_hour(sentence: Sentence, when: tuple[int, int]) -> bool:
    """Whether an hour stands near the words that say how often: "at 6", "um halb acht", "à midi"."""
    words, last = sentence.view.words, sentence.last
    if any(_HOUR.fullmatch(words[i]) for i in range(when[1] + 1, min(last, when[1] + 3) + 1)):
        return True
    clock = sentence.view.gap
    if any(words[i].isdigit() and clock(i) == ":" and words[i + 1].isdigit() for i in range(sentence.first, last)):
        return True  # "the 07:42"
    return any(
        words[i] in _AT and (words[i + 1][0].isdigit() or words[i + 1] in _HOURS)
        for i in range(max(sentence.first, when[0] - 6), min(last - 1, when[1] + 6) + 1)
    )


def _routine(sentence: Sentence, when: tuple[int, int]) -> tuple[int, int, float] | None:
    words, first, last = sentence.view.words, sentence.first, sentence.last
    present = sentence.present
    if present & (said("veto") - _PREMISES if present & _SELF else said("veto")):
        return None
    doing = [i for i in range(first, last + 1) if words[i] in said("activities") and not when[0] <= i <= when[1]]
    mine, hour = sentence.first_person, _told_hour(sentence, when)
    if words[when[0]] in said("habit") and not (mine and hour):
        return None  # "I always forget it" is no routine, "I always run at seven" is
    certainty = _habit(usually=bool(present & said("habit")), doing=bool(doing), mine=mine, hour=hour)
    if not certainty and not (present & _GATHER and mine):
        return None
    if not mine and (sentence.others or (last - first > MAX_OTHERS and certainty <= _GUESS)):
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


def _span(view: Marked, kind: str, first: int, last: int, certainty: float) -> Span:
    start, end = view.span(first, last)
    return Span(kind=kind, start=start, end=end, certainty=certainty)


def travel(view: Marked) -> Iterator[Span]:
    """That the writer is or will be away: "away until the 14th", "landing in Lisbon tomorrow"."""
    if not view.present & TIME:
        return
    heads, following = _heads(), [*view.words[1:], ""]
    opened = [i for i in view.where(TRAVEL) if not (after := heads[view.words[i]]) or following[i] in after]
    del opened[MAX_LOOKS:]
    timed = view.where(TIME)
    for sentence in sentences(view, opened):
        taken = -1
        at = bisect_left(timed, sentence.first)
        if at == len(timed) or timed[at] > sentence.last:
            continue
        for index in opened[bisect_left(opened, sentence.first) : bisect_right(opened, sentence.last)]:
            found = _trip_at(sentence, index) if index > taken and sentence.mine(index) else None
            if found:
                taken = found[1]
                yield _span(view, "travel", *found)


@cache
def _heads() -> dict[str, frozenset[str]]:
    """The first words of what says that somebody travels, each with the words that may follow; none where any may."""
    longer = [*phrases(), *(phrase for language in TALKED for phrase in phrases_in(language, "away"))]
    alone = said("trips") | {phrase[0] for phrase in longer if len(phrase) == 1}
    seconds: dict[str, set[str]] = {}
    for phrase in longer:
        seconds.setdefault(phrase[0], set()).update(phrase[1:2])
    return {word: frozenset() if word in alone else frozenset(seconds[word]) for word in alone | seconds.keys()}


def _trip_at(sentence: Sentence, index: int) -> tuple[int, int, float] | None:
    found = _away(sentence, index)
    if not found and not sentence.shouted:
        found = announced(sentence, index)
        found = found or (_trip(sentence, index) if sentence.view.words[index] in said("trips") else None)
    return found


@cache
def routine_words() -> frozenset[str]:
    """Words that may say that something happens again and again."""
    return said("plural_days") | _EACH | _FIRST_DAY | said("habit")


@cache
def travel_words() -> frozenset[str]:
    """Words that may say that somebody travels."""
    return frozenset(_heads())


@cache
def time_words() -> frozenset[str]:
    """Words without which, or without a day in figures, no sentence says when somebody travels."""
    names = ("soon", "days", "lengths", "until", "limits")
    ends = {word for language in TALKED for word in last_words(language, "whens")}
    return frozenset(ends.union(*(said(name) for name in names), month_names()))


def _when(view: View, low: int, high: int, language: str) -> list[int]:
    """The words that say a coming time: a weekday, "tomorrow", "next week"."""
    soon = said_in(language, "soon")
    return [i for i in range(low, high + 1) if view.words[i] in soon and not _morning(view, i)]


def _morning(view: View, index: int) -> bool:
    """Whether "mañana" is a morning: "cada mañana", "por la mañana"."""
    return view.words[index] == "manana" and view.words[max(0, index - 1)] in {"cada", "la", "esta"}


def _away(sentence: Sentence, index: int) -> tuple[int, int, float] | None:
    view = sentence.view
    length = phrase_at(view, index, "away")
    if not length or _from_things(view, index):
        return None
    low, high = max(sentence.first, index - 6), min(sentence.last, index + length + 8)
    word = view.words[index]
    for language in TALKED:
        if word not in said_in(language, "away") and length == 1:
            continue
        if not sentence.present.isdisjoint(said_in(language, "past")):
            continue
        until = said_in(language, "until")
        limits = [i for i in range(low, high + 1) if view.words[i] in until and not index <= i < index + length]
        ends = [*_when(view, low, high, language), *(i for i in range(low, high + 1) if DAYS.fullmatch(view.words[i]))]
        if limits and ends:
            return min(index, *limits, *ends), max(index + length - 1, *limits, *ends), 0.85
    return None


def _from_things(view: View, index: int) -> bool:
    """Whether "away from" leads to a thing: "moving away from plastic next week"; from home or a day on it is a stay."""
    if view.words[index : index + 2] != ["away", "from"] or index + 2 >= len(view.words):
        return False
    behind = view.words[index + 2]
    return not (behind[0].isdigit() or behind in said("soon") | month_names() | _FROM)


def _trip(sentence: Sentence, index: int) -> tuple[int, int, float] | None:
    """A verb of travel, then a place's name, and a time in the same sentence."""
    if sentence.present & _UNREAL:
        return None
    for language in (name for name in TALKED if sentence.view.words[index] in said_in(name, "trips")):
        found = _headed(sentence, index, language)
        if found:
            return found
    return None


def _headed(sentence: Sentence, index: int, language: str) -> tuple[int, int, float] | None:
    view, last, to = sentence.view, sentence.last, said_in(language, "to")
    for at in range(index + 1, min(last, index + 5)):
        place = place_at(sentence, at) if view.words[at] in to else None
        if place is None:
            continue
        dates = [hit[0] for hit in sentence.hits(coming(language))]
        times = [i for i in [*_when(view, sentence.first, last, language), *dates] if i != place]
        if times:
            near = min(times, key=lambda i: abs(i - place))
            return min(index, near), max(place, near), 0.85
    return None
