"""A declared birth date in every usual order; certainty falls where day and month could be either."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache, partial

from unlisted.data.wordlists import LANGUAGES, table
from unlisted.extract.declared.numerals import compact_forms, name_forms, number_words, value_of
from unlisted.extract.declared.probe import Found, Probe
from unlisted.extract.text.fold import bag, fold, key
from unlisted.extract.text.numbers import roman
from unlisted.extract.text.tokens import View
from unlisted.model.subject import Fact

MONTH_FIRST = frozenset({"US", "PH", "FM", "PW"})
SMALL = bag("of de del do the le el der den am on a in im year jahr")
MAX_SMALL = 2
MAX_GAP = 4
MAX_YEAR = 6
"""Words that a year in words may take."""
MAX_DAY = 2
"""Words that a day in words may take."""
ROMAN = {roman(number): number for number in range(1, 13)}
"""Months as some countries write them ("17.V.1986")."""
_LEET = str.maketrans("ol", "01")
_DAY = re.compile(r"(\d{1,4})(?:st|nd|rd|th|e|er|o|a|de|ste|t\d{2})?")


@dataclass(frozen=True, slots=True)
class Day:
    """A calendar day."""

    year: int
    month: int
    day: int


@cache
def months() -> dict[str, int]:
    """Month names and their short forms, folded, in all languages."""
    return {
        key(name): number
        for language in LANGUAGES
        for number, names in enumerate(table(language).get("dates", {}).get("months", []), start=1)
        for name in names
    }


def read_day(value: str, region: str) -> Day | None:
    """A declared date as a day: ISO first, then words, then the order of the country."""
    words = key(value).split()
    numbers = [int(word) for word in words if word.isdigit()]
    named = next((months()[word] for word in words if word in months()), None)
    values = [v for v in (value_of((word,)) for word in words if word not in months()) if v is not None]
    if named and len(values) >= 2:
        year = max(values)
        return _day(year, named, min(values))
    if len(numbers) != 3:
        return None
    if numbers[0] > 31:
        return _day(*numbers)
    first, second, year = numbers
    if region in MONTH_FIRST and first <= 12 and "." not in value:
        first, second = second, first
    return _day(year, second, first) or _day(year, first, second)


def _day(year: int, month: int, day: int) -> Day | None:
    return Day(year, month, day) if 1 <= month <= 12 and 1 <= day <= 31 and year > 31 else None


@dataclass(frozen=True, slots=True)
class DateReader:
    """Looks for one day."""

    day: Day
    month_first: bool
    said: frozenset[str] = field(repr=False)
    """The year in words, without spaces."""
    days: frozenset[tuple[str, ...]] = field(repr=False)
    """The day in words."""
    years: frozenset[str] = field(repr=False)
    """Words with which our year can begin: a text without one of them names no such date."""

    @classmethod
    def of(cls, day: Day, region: str) -> DateReader:
        """A reader for a day as it is written in a country."""
        said = compact_forms(str(day.year))
        first = number_words() & {form[:size] for form in said for size in range(len(form))}
        years = frozenset({str(day.year), f"{day.year % 100:02d}", *first})
        return cls(day, region in MONTH_FIRST, said, name_forms(day.day), years)

    def _number(self, word: str) -> int | None:
        match = _DAY.fullmatch(word) or (_DAY.fullmatch(word.translate(_LEET)) if word[-1].isdigit() else None)
        return int(match.group(1)) if match else None

    def at_month(self, view: View, index: int) -> Found | None:
        """A date with the name of our month at `index`: day and year in digits or in words, in any usual order."""
        if view.places.keys().isdisjoint(self.years):
            return None
        before, after = self._day(view, index, -1), self._day(view, index, 1)
        for first, last in ((before, index), (index, after)):
            if first is None or last is None:
                continue
            end = self._year_at(view, last)
            if end is not None:
                return Found("same", first, end)
        return None

    def _day(self, view: View, index: int, step: int) -> int | None:
        """The far end of our day beside the month, if it stands there."""
        at = _past(view, index, step)
        for size in range(MAX_DAY, 0, -1):
            first, last = (at - size + 1, at) if step < 0 else (at, at + size - 1)
            if first < 0 or last >= len(view.words):
                continue
            words = tuple(view.words[first : last + 1])
            if words in self.days or (size == 1 and self._number(words[0]) == self.day.day):
                return first if step < 0 else last
        return None

    def _year_at(self, view: View, last: int) -> int | None:
        """The last word of our year, if it follows the word `last`."""
        at = _past(view, last, 1)
        if at >= len(view.words) or len(view.words[at]) == 1:
            return None
        if self._year(view.words[at]) and (len(view.words[at]) > 2 or view.gap(at)[:1] not in {":", "%"}):
            return at
        if view.words[at] not in self.years:
            return None
        sizes = range(min(MAX_YEAR, len(view.words) - at), 1, -1)
        return next((at + size - 1 for size in sizes if "".join(view.words[at : at + size]) in self.said), None)

    def _year(self, word: str) -> bool:
        return word in {str(self.day.year), f"{self.day.year % 100:02d}"}

    def at_year(self, view: View, index: int) -> Found | None:
        """A date whose year stands at `index`, as its last or first part."""
        for step in (-1, 1):
            places = self._two(view, index, step)
            if places is None:
                continue
            near, far = places
            if len(view.words[index]) == 2 and (step > 0 or not self._tight(view, min(far, index), max(far, index))):
                continue
            certainty = self._read(view, far, near) if step < 0 else self._read(view, near, far, iso=True)
            if certainty:
                return Found("same", min(far, index), max(far, index), certainty)
        return None

    def _tight(self, view: View, first: int, last: int) -> bool:
        """Whether a date with a two-digit year is written as one: "17/05/86", or with the month in letters."""
        gaps = {view.gap(i).strip() for i in range(first, last)}
        named = any(view.words[i] in months() for i in range(first, last))
        return named or (len(gaps) == 1 and gaps <= {"/", ".", "-"})

    def _two(self, view: View, index: int, step: int) -> tuple[int, int] | None:
        """The two words of a date beside its year, small words passed over."""
        out: list[int] = []
        at, passed = index + step, 0
        while 0 <= at < len(view.words) and len(out) < 2:
            if len(view.gap(min(at, at - step))) > 4 or "\n" in view.gap(min(at, at - step)):
                return None
            if view.words[at] not in SMALL:
                out.append(at)
            elif (passed := passed + 1) > 2 * MAX_SMALL:
                return None
            at += step
        return (out[0], out[1]) if len(out) == 2 else None

    def _read(self, view: View, first: int, second: int, *, iso: bool = False) -> float:
        """How certain it is that two words are our day and month; 0 where they are not."""
        one, two = view.words[first], view.words[second]
        named = months()
        for word, other in ((one, two), (two, one)):
            if word in named or word in ROMAN:
                right = named.get(word, ROMAN.get(word)) == self.day.month and self._number(other) == self.day.day
                return (1.0 if word in named else 0.9) if right else 0.0
        a, b = self._number(one), self._number(two)
        if a is None or b is None or not (a <= 31 and b <= 31):
            return 0.0
        month_day, day_month = (a, b) == (self.day.month, self.day.day), (b, a) == (self.day.month, self.day.day)
        if iso or a == b:
            return 1.0 if month_day else 0.0
        if max(a, b) > 12:
            return 1.0 if month_day or day_month else 0.0
        if "." in view.gap(first):
            return 0.95 if day_month else 0.0
        expected = month_day if self.month_first else day_month
        return 0.8 if expected else 0.5 if month_day or day_month else 0.0


def probes(fact: Fact) -> Iterator[Probe]:
    """What looks for a declared birth date."""
    region = (fact.region or "US").upper()
    day = read_day(fold(fact.value or "").text, region)
    if day is None:
        return
    reader = DateReader.of(day, region)
    for anchor in (str(day.year), f"{day.year % 100:02d}"):
        yield Probe(fact, anchor, reader.at_year)
    named = [name for name, number in months().items() if number == day.month]
    for name in named:
        yield Probe(fact, name, reader.at_month)
    parts = f"{day.year:04d}", f"{day.month:02d}", f"{day.day:02d}"
    glued = {f"{number}{name}{day.year}" for name in named for number in (day.day, parts[2])}
    for compact, certainty in {
        "".join(parts): 0.8,
        "".join(parts[::-1]): 0.8,
        **dict.fromkeys(sorted(glued), 0.9),
    }.items():
        yield Probe(fact, compact, partial(_whole, certainty))


def _whole(certainty: float, _view: View, index: int) -> Found:
    """A date in one word."""
    return Found("same", index, index, certainty)


def _past(view: View, index: int, step: int) -> int:
    """The next word in a direction, small words passed over; out of the text where a blank line or a sentence's end parts them."""
    at = index + step
    for _ in range(MAX_SMALL + 1):
        gap = view.gap(min(at, at - step))
        if "\n\n" in gap or len(gap) > MAX_GAP or set(gap) & set("!?;:()"):
            return len(view.words) if step > 0 else -1
        if not 0 <= at < len(view.words) or view.words[at] not in SMALL:
            break
        at += step
    return at
