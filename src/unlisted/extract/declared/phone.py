"""Declared phone numbers: every grouping, national and international, spelled out, with letters for digits, split over words."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cache
from itertools import pairwise

from unlisted.data.wordlists import table
from unlisted.extract.declared.numerals import digit_words, long_numbers, value_of
from unlisted.extract.text.fold import fold, key
from unlisted.extract.text.numbers import SPOKEN
from unlisted.extract.text.tokens import View
from unlisted.model.evidence import Match
from unlisted.model.subject import Fact

LEAST_DIGITS = 6
"""A declared number with fewer digits is not looked for: it would be found in any text."""
HEAD = 4
"""Figures by which most places are ruled out."""
MAX_FILLER = 3
"""Words between two groups of digits ("555, then 0123")."""
_LEET = str.maketrans("oilzsb", "011258")
_LEET_LETTERS = frozenset("oilzsb")
_LEET_WORDS = frozenset({"oo", "ooo", "ll", "lll", "ii", "iii", "ol", "oi"})
MAX_GAP = 8
"""Signs between two groups of digits."""
_LED = re.compile(r"(?:tel|telefon|phone|ph|call|mob|mobil|mobile|cell|fax|text|sms|whatsapp|wa)(\d{6,20})")
MOBILE = {"AR": "9", "MX": "1"}
"""A figure that some countries put before mobile numbers only when called from abroad."""
ABROAD = ("00", "011")
"""How a number begins that is dialled from another country."""
MAX_CODE = 4
"""Figures of an international prefix."""


@cache
def _spoken(name: str) -> frozenset[str]:
    return frozenset(key(word) for language in SPOKEN for word in table(language)["numbers"].get(name, []))


@cache
def _filler() -> frozenset[str]:
    """Words that people say between groups of digits."""
    return _spoken("filler") | {"then", "and", "dash", "dot"}


def forms_of(fact: Fact) -> frozenset[str]:
    """Every run of digits that is this number."""
    import phonenumbers  # noqa: PLC0415  (half of this package's import time, and needed for phone facts alone)

    region = (fact.region or "US").upper()
    written = fact.value or ""
    plain = "".join(c for c in fold(written).text if c.isdigit())
    try:
        number = phonenumbers.parse(written, region)
    except phonenumbers.NumberParseException:
        return frozenset({plain}) if len(plain) >= LEAST_DIGITS else frozenset()
    code, nsn = str(number.country_code), phonenumbers.national_significant_number(number)
    meta = phonenumbers.PhoneMetadata.metadata_for_region(phonenumbers.region_code_for_number(number) or region)
    trunk = (meta.national_prefix if meta else None) or "0"
    extra = MOBILE.get(region, "")
    bare = nsn.removeprefix(extra) if len(nsn) > LEAST_DIGITS + len(extra) else nsn
    local = {lead + number for number in (nsn, bare) for lead in ("", trunk, "0")}
    abroad = {prefix + code + gap + nsn for prefix in ("", "00", "011", "0011") for gap in ("", "0", trunk)}
    return frozenset(form for form in local | abroad if len(form) >= LEAST_DIGITS)


def _digits(word: str) -> str | None:
    """The digits that a word stands for, if any: itself, "o" for zero, a number word."""
    if word.isdigit():
        return word
    said = digit_words().get(word)
    if said is not None:
        return said
    if led := _LED.fullmatch(word):
        return led.group(1)
    letters = {c for c in word if not c.isdigit()}
    if letters <= _LEET_LETTERS and (len(letters) < len(set(word)) or letters <= {"o", "i", "l"}):
        return word.translate(_LEET)
    return None


@dataclass(frozen=True, slots=True)
class _Run:
    """Digits that belong together: `starts[i]` is the place in `digits` of the word `words[i]`."""

    digits: str = field(repr=False)
    starts: list[int]
    words: list[int]


@dataclass(frozen=True, slots=True)
class PhoneReader:
    """Looks for all declared phone numbers at once."""

    forms: dict[str, tuple[Fact, ...]] = field(repr=False)
    numeric: frozenset[str] = field(repr=False)
    lengths: tuple[int, ...] = ()
    heads: frozenset[str] = field(default=frozenset(), repr=False)
    """With which figures a number can begin."""

    @classmethod
    def of(cls, facts: Iterable[Fact]) -> PhoneReader:
        """A reader for these facts."""
        forms: dict[str, tuple[Fact, ...]] = {}
        for fact in facts:
            for form in forms_of(fact):
                forms[form] = (*forms.get(form, ()), fact)
        numeric = frozenset(digit_words()) | _spoken("repeat") | _LEET_WORDS if forms else frozenset[str]()
        heads = frozenset(form[:HEAD] for form in forms)
        return cls(forms, numeric, tuple(sorted({len(form) for form in forms}, reverse=True)), heads)

    def find(self, view: View) -> Iterator[Match]:
        """Every declared number in a text."""
        if not self.forms:
            return
        numeric = self.numeric
        hits = [
            i
            for i, word in enumerate(view.words)
            if word[0] <= "9" or word[-1] <= "9" or word in numeric or (word[0] == "o" and not word.isalpha())
        ]
        for run in self._runs(view, hits):
            yield from self._in_run(view, run)

    def _runs(self, view: View, hits: list[int]) -> Iterator[_Run]:
        group: list[int] = []
        for index in hits:
            if group and not self._joined(view, group[-1], index):
                yield from self._run(view, group)
                group = []
            group.append(index)
        yield from self._run(view, group)

    def _joined(self, view: View, one: int, other: int) -> bool:
        """Whether two words with digits can be of one number: nothing but signs and small words stands between them."""
        gap = view.gaps[one]
        if len(gap) >= MAX_GAP or "\n\n" in gap:
            return False
        return other == one + 1 or (other - one <= MAX_FILLER + 1 and _filler().issuperset(view.words[one + 1 : other]))

    def _run(self, view: View, group: list[int]) -> Iterator[_Run]:
        """The digits of a group of words, if there are enough."""
        if len(group) < LEAST_DIGITS and sum(len(view.words[i]) for i in group) < LEAST_DIGITS:
            return
        digits: list[str] = []
        starts, words = [], []
        size, skip, times = 0, 0, 1
        for place, index in enumerate(group):
            if skip:
                skip -= 1
                continue
            word = view.words[index]
            if word in _spoken("repeat"):
                times = 3 if word.startswith("tr") else 2
                continue
            value, used = self._value(view, group, place)
            if value is None:
                continue
            starts.append(size)
            words.append(index)
            digits.append(value * times)
            size, skip, times = size + len(value) * times, used - 1, 1
        if size >= LEAST_DIGITS:
            yield _Run("".join(digits), starts, words)

    def _value(self, view: View, group: list[int], place: int) -> tuple[str | None, int]:
        """The digits at a place of the group and how many words they take ("thirty nine" is 39)."""
        word = view.words[group[place]]
        if word.isdigit():
            return word, 1
        for length in (4, 3, 2) if word in long_numbers() else ():
            indices = group[place : place + length]
            if len(indices) == length and indices[-1] - indices[0] == length - 1:
                value = value_of(tuple(view.words[i] for i in indices))
                if value is not None:
                    return str(value), length
        return _digits(word), 1

    def _in_run(self, view: View, run: _Run) -> Iterator[Match]:
        """The declared numbers among the digits, each once: they begin and end with a word."""
        ends = {*run.starts[1:], len(run.digits)}
        seen: set[str] = set()
        for place, start in enumerate(run.starts):
            for length in self.lengths if run.digits[start : start + HEAD] in self.heads else ():
                form = run.digits[start : start + length]
                if form not in self.forms or form in seen or start + length not in ends:
                    continue
                abroad = not form.startswith(ABROAD) and self._abroad(view, run, start)
                if abroad or self._inside(view, run, start, start + length):
                    continue
                seen.add(form)
                last = run.words[bisect_right(run.starts, start + length - 1) - 1]
                first_at, end_at = view.span(run.words[place], last)
                yield from (Match(fact=fact, level="same", start=first_at, end=end_at) for fact in self.forms[form])

    def _abroad(self, view: View, run: _Run, start: int) -> bool:
        """Whether a "+" and the prefix of a country stand before a place: then it is no national number."""
        at = bisect_right(run.starts, start) - 1
        before = [i for i in range(max(0, at - MAX_CODE), at) if start - run.starts[i] <= MAX_CODE]
        return any(view.before(run.words[i])[-1:] == "+" for i in before)

    def _heart(self, view: View, run: _Run, start: int) -> bool:
        """Whether the figure before a place is a picture of signs: "<3", ":3"."""
        at = bisect_right(run.starts, start) - 2
        before = view.before(run.words[at]) if at >= 0 else ""
        return before.rstrip()[-1:] == "<" or before[-1:] in {":", ";", "="}

    def _inside(self, view: View, run: _Run, start: int, end: int) -> bool:
        """Whether digits written one by one go on before or after: then it is a part of a longer number."""
        singles = {a for a, b in pairwise([*run.starts, len(run.digits)]) if b - a == 1}

        def close(place: int) -> bool:
            at = bisect_right(run.starts, place) - 1
            one, other = view.words[run.words[at - 1]], view.words[run.words[at]]
            same_style = one.isdigit() == other.isdigit() and other not in {"oh", "o"}
            return same_style and view.gap(run.words[at] - 1) == " " and run.words[at] - run.words[at - 1] == 1

        before = start in singles and start - 1 in singles and close(start) and not self._heart(view, run, start)
        after = end < len(run.digits) and end - 1 in singles and end in singles and close(end)
        return before or after
