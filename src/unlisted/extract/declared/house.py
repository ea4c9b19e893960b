"""The number beside a street: which one it is, in digits, spaced out, with a letter, as a range or in words; and the unit."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from unlisted.extract.declared.dates import months
from unlisted.extract.declared.lines import POSTCODES
from unlisted.extract.declared.numerals import compact_forms, digit_words
from unlisted.extract.declared.parts import DWELLINGS, STAIRS, UNIT_FIRST, Address, atoms
from unlisted.extract.declared.probe import words_of
from unlisted.extract.text.lexicon import lexicon
from unlisted.extract.text.tokens import View

MAX_SPACED = 6
"""Digits of a number that is written with spaces between them."""
MAX_STEPS = 4
"""Small words between a number and its street."""
MAX_WORDS = 8
"""Words that a number in words may take."""
MAX_UNIT = 4
"""Words within which a unit stands beside the number or the street."""
MAX_RANGE = 10
"""Numbers that one house may have ("27-29"); in Canada "4-127" is unit 4 of number 127."""
NOUNS = frozenset({"DE", "AT", "CH", "LI", "LU"})
"""Where every noun has a capital."""
_HOUSE = re.compile(r"\d{1,6}[a-z]?(?:bis|ter)?")
_UNIT = re.compile(r"\d{1,4}[a-z]?|[a-z]\d{0,3}")
_SAID_NUMBER = re.compile(r"(\d{1,5})((?:bis|ter|quater)?)")
"""Numbers that are also known in words: "14", "14 bis"."""
_MONEY = frozenset("$€£¥₹%")
_LARGE = frozenset({"hundred", "thousand", "cent", "mil", "mille", "hundert", "cento", "cien", "ciento"})
_LETTERS = frozenset("abcdefgh") | {"bis", "ter", "quater"}
_DASH = frozenset("-–")
_JOINTS = frozenset(("-", "–", "/", ""))
_PARTS = re.compile(r"\d+|[a-z]+")
LEAST_PARTS = 2


@dataclass(frozen=True, slots=True)
class House:
    """A number beside a street: `ours` says whether it is the declared one; the words that it takes."""

    ours: bool
    first: int
    last: int


@dataclass(frozen=True, slots=True)
class NumberReader:
    """Reads the number beside a street of one declared address."""

    address: Address
    forms: frozenset[str] = field(repr=False)
    """Our number in words, without spaces."""
    postcode: re.Pattern[str] = field(repr=False)

    @classmethod
    def of(cls, address: Address) -> NumberReader:
        """A reader for an address; numbers of up to five digits are also known in words."""
        said = _SAID_NUMBER.fullmatch(address.number)
        forms = (
            frozenset(f"{form}{said.group(2)}" for form in compact_forms(said.group(1))) if said else frozenset[str]()
        )
        shape = re.sub(r"\[ -\]\?| \?|-\??", "", POSTCODES.get(address.region, r"\d{4,6}"))
        return cls(address, forms, re.compile(shape))

    def _is(self, *numbers: str) -> bool:
        return self.address.number in {number.lstrip("0") for number in numbers}

    def before(self, view: View, index: int) -> House | None:
        """The number that stands before the word `index`, past small words ("41 on the ...")."""
        lex, at = lexicon(), index - 1
        for _ in range(MAX_STEPS):
            word = view.words[at] if at >= 0 else ""
            if word in lex.between or word in lex.articles or word in lex.directions:
                if self._words_end(view, at) or (len(word) > 1 and self._is_letter(view, at)):
                    break
                at -= 1
        if at < 0 or set(view.gap(at)) & set('!?:"@$€£%'):
            return None
        if length := self._words_end(view, at):
            return House(self._clear(view, at - length, at - length), at - length + 1, at)
        letter = view.words[at] if self._is_letter(view, at) else ""
        digits = at - 1 if letter else at
        if not _HOUSE.fullmatch(view.words[digits]) or _MONEY & set(view.before(digits)[-2:]):
            return None
        return None if self._led(view, digits) else self._spread_back(view, digits, letter, at)

    def _is_letter(self, view: View, at: int) -> bool:
        """Whether the word at `at` is the letter behind a number ("12 b", "12/b")."""
        return (
            view.words[at] in _LETTERS
            and at > 0
            and view.words[at - 1].isdigit()
            and view.gap(at - 1) in {"", " ", "-", "/"}
        )

    def _led(self, view: View, at: int) -> bool:
        """Whether what stands before a number makes it another thing: "age 27", "bus 27", "May 27"."""
        if at == 0 or view.gap(at - 1).strip(" ") not in {"", ":"}:
            return False
        return view.words[at - 1] in words_of("led") or view.words[at - 1] in months()

    def _compound(self, view: View, at: int, *, backwards: bool) -> House | None:
        """Our number where it has several parts ("12/3", "71-21"), if it ends or starts at `at`."""
        parts = _PARTS.findall(self.address.number)
        first = at - len(parts) + 1 if backwards else at
        last = first + len(parts) - 1
        if len(parts) < LEAST_PARTS or first < 0 or view.words[first : last + 1] != parts:
            return None
        joined = all(view.gap(i).strip() in _JOINTS for i in range(first, last))
        return House(ours=True, first=first, last=last) if joined else None

    def _spread_back(self, view: View, at: int, letter: str, last: int) -> House:
        """A number that ends at `at`: single digits before it belong to it, and "185-187" is both its ends."""
        whole = self._compound(view, last, backwards=True)
        if whole is not None:
            return whole
        words, first, number = view.words, at, view.words[at]
        if len(number) == 1:
            while first > 0 and at - first < MAX_SPACED and _is_digit(words[first - 1]) and view.gap(first - 1) == " ":
                if "<" in view.before(first - 1):  # "<3" is a heart
                    break
                first -= 1
        low = words[at - 1] if at > 0 else ""
        if first == at and low.isdigit() and view.gap(at - 1) in _DASH and view.gap(last) != "-":
            unit = self.address.region == "CA" and self._is(number) and int(number) - int(low) > MAX_RANGE
            return House(unit or self._is(f"{low}-{number}", low + number), at - 1, last)
        number = "".join(words[first : at + 1]) + letter
        return House(self._is(number), first, last)

    def _words_end(self, view: View, at: int) -> int:
        """How many words up to `at` say our number; 0 where they do not. The longest reading counts."""
        return self._said([view.words[i] for i in range(at, max(-1, at - MAX_WORDS), -1)], backwards=True)

    def _said(self, words: list[str], *, backwards: bool) -> int:
        """How many of these words, put together, say our number."""
        built, best = "", 0
        for count, word in enumerate(words, start=1):
            if not self.forms or not word.isalpha():
                break
            built = word + built if backwards else built + word
            if built in self.forms:
                best = count
        return best

    def _clear(self, view: View, at: int, gap: int) -> bool:
        """Whether the word at `at` is no further part of a number in words; `gap` parts it from ours."""
        if not 0 <= at < len(view.words) or view.gap(gap).strip() not in {"", "-"} or "\n" in view.gap(gap):
            return True
        return view.words[at] not in digit_words() and view.words[at] not in _LARGE

    def after(self, view: View, index: int) -> House | None:
        """The number that stands after the word `index`, past a sign ("nº", "No.")."""
        lex, at = lexicon(), index + 1
        for _ in range(MAX_STEPS):
            if (
                at < len(view.words)
                and (view.words[at] in lex.signs or view.words[at] in {"at", "en"})
                and "\n\n" not in view.gap(at - 1)
            ):
                at += 1
        gap = view.gap(at - 1)
        if at >= len(view.words) or set(gap) & set('!?$€£@"('):
            return None
        if ";" in gap and gap != ";" and view.gap(at)[:1] not in {";", ","}:  # a list with semicolons, no new thought
            return None
        if length := self._said(view.words[at : at + MAX_WORDS], backwards=False):
            return House(self._clear(view, at + length, at + length - 1), at, at + length - 1)
        word = view.words[at]
        if not _HOUSE.fullmatch(word) or (self.postcode.fullmatch(word) and not self._is(word)):
            return None
        if not self._is(word) and self.address.postcode and self.address.postcode.startswith(word) and len(word) > 2:
            return None
        return None if self._counts(view, at) else self._spread_on(view, at)

    def _counts(self, view: View, at: int) -> bool:
        """Whether a number counts what follows ("27 years ago") or is the day of a month."""
        if view.gap(at).strip(" ") or at + 1 >= len(view.words):
            return view.gap(at) == "%"
        named = view.cased and view.capital(at + 1) and self.address.region not in NOUNS
        return not named and (view.words[at + 1] in words_of("counted") or view.words[at + 1] in months())

    def _spread_on(self, view: View, at: int) -> House:
        whole = self._compound(view, at, backwards=False)
        if whole is not None:
            return whole
        words, last, number = view.words, at, view.words[at]
        following = words[at + 1] if at + 1 < len(words) else ""
        if len(number) == 1:
            while (
                last + 1 < len(words)
                and last - at < MAX_SPACED
                and _is_digit(words[last + 1])
                and view.gap(last) == " "
            ):
                last += 1
        if last == at and following.isdigit() and self._is_range(view, at, number, following):
            return House(self._is(f"{number}-{following}"), at, at + 1)
        number = "".join(words[at : last + 1])
        after = words[last + 1] if last + 1 < len(words) else ""
        if number.isdigit() and after in _LETTERS and view.gap(last) in {"", " ", "-", "/"}:
            stairs = (
                self.address.region in STAIRS
                and last + 2 < len(words)
                and words[last + 2].isdigit()
                and view.gap(last + 1) == " "
            )
            if self._letter_ends(view, last + 1) and not (stairs and self._is(number)):
                return House(self._is(number + after), at, last + 1)
        return House(self._is(number), at, last)

    def _is_range(self, view: View, at: int, low: str, high: str) -> bool:
        """Whether "21-23" or "21/23" are two houses: the second number is the higher one, and no stairs or flat."""
        if view.gap(at - 1) == "-":  # all words of an address in a web address are joined so
            return False
        signs = _DASH if self.address.region in STAIRS else _DASH | {"/"}
        return view.gap(at) in signs and len(high) <= len(low) + 1 and int(high) > int(low)

    def _letter_ends(self, view: View, at: int) -> bool:
        """Whether a single letter after a number belongs to it: it is declared so, or the line or clause ends there."""
        if self.address.number.endswith(view.words[at]) or view.gap(at - 1) == "":
            return True
        return (
            view.words[at] != "a" or view.gap(at)[:1] in {",", "\n", "", ";", ")"} or view.words[at + 1][:1].isdigit()
        )

    def other_unit(self, view: View, first: int, last: int) -> bool:
        """Whether a home in the same house is named, and it is not ours."""
        unit = self.address.unit
        if not unit:
            return False
        if (
            self.address.region in UNIT_FIRST
            and first > 0
            and view.words[first - 1].isdigit()
            and view.gap(first - 1) == "/"
        ):
            return not atoms(view.words[first - 1]) <= unit
        if self.address.region in STAIRS and view.gap(last) == "/" and last + 1 < len(view.words):
            return not atoms(view.words[last + 1]) <= unit
        for at in (*range(last + 1, last + MAX_UNIT), *range(first - 2, first - MAX_UNIT, -1)):
            told = self._unit_at(view, at)
            if told:
                return not atoms(told) <= unit
            if not 0 <= at < len(view.words) or "\n\n" in view.gap(at) or set(view.gap(at)) & set(".!?;"):
                continue
        return False

    def _unit_at(self, view: View, at: int) -> str:
        """The number of a unit whose word, or "#", stands at `at`."""
        if not 0 <= at < len(view.words):
            return ""
        if view.before(at)[-1:] == "#" and _UNIT.fullmatch(view.words[at]):
            return view.words[at]
        if view.words[at].isdigit() and view.gap(at).strip() == "°" and len(view.words[at + 1]) == 1:
            return view.words[at] + view.words[at + 1]
        named = view.words[at] in DWELLINGS and at + 1 < len(view.words) and view.gap(at) in {" ", ". ", ".", " #"}
        return view.words[at + 1] if named and _UNIT.fullmatch(view.words[at + 1]) else ""


def _is_digit(word: str) -> bool:
    return len(word) == 1 and word.isdigit()
