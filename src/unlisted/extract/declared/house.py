"""The number beside a street: which one it is, in digits, spaced out, with a letter, as a range or in words."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from unlisted.extract.declared.parts import POSTCODES, Address
from unlisted.extract.text.lexicon import lexicon
from unlisted.extract.text.numbers import digit_words, spelled
from unlisted.extract.text.tokens import View

MAX_SPACED = 6
"""Digits of a number that is written with spaces between them."""
MAX_STEPS = 4
"""Small words between a number and its street."""
_HOUSE = re.compile(r"\d{1,6}[a-z]?(?:bis|ter)?")
_MONEY = frozenset("$€£¥₹%")
_LARGE = frozenset({"hundred", "thousand", "cent", "mil", "mille", "hundert", "cento", "cien", "ciento"})
_LETTERS = frozenset("abcdefgh") | {"bis", "ter", "quater"}


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
    forms: frozenset[tuple[str, ...]] = field(repr=False)
    postcode: re.Pattern[str] = field(repr=False)

    @classmethod
    def of(cls, address: Address) -> NumberReader:
        """A reader for an address; numbers of up to five digits are also known in words."""
        forms = spelled(address.number) if address.number.isdigit() and len(address.number) <= 5 else frozenset()
        shape = (
            POSTCODES.get(address.region, r"\d{4,6}")
            .replace("[ -]?", "")
            .replace(" ?", "")
            .replace("-?", "")
            .replace("-", "")
        )
        return cls(address, forms, re.compile(shape))

    def _is(self, *numbers: str) -> bool:
        return self.address.number in {number.lstrip("0") for number in numbers}

    def before(self, view: View, index: int) -> House | None:
        """The number that stands before the word `index`, past small words ("41 on the ...")."""
        lex, at = lexicon(), index - 1
        for _ in range(MAX_STEPS):
            if at >= 0 and (
                view.words[at] in lex.between or view.words[at] in lex.articles or view.words[at] in lex.directions
            ):
                if self._words_end(view, at):
                    break
                at -= 1
        if at < 0 or set(view.gap(at)) & set('!?;:"@$€£'):
            return None
        if length := self._words_end(view, at):
            return House(self._clear(view, at - length, at - length), at - length + 1, at)
        letter = (
            view.words[at]
            if view.words[at] in _LETTERS and at and view.words[at - 1].isdigit() and view.gap(at - 1) in {"", " ", "-"}
            else ""
        )
        digits = at - 1 if letter else at
        if not _HOUSE.fullmatch(view.words[digits]) or _MONEY & set(view.before(digits)[-2:]):
            return None
        return self._spread_back(view, digits, letter, at)

    def _spread_back(self, view: View, at: int, letter: str, last: int) -> House:
        """A number that ends at `at`: single digits before it belong to it, and "185-187" is both its ends."""
        words, first, number = view.words, at, view.words[at]
        if len(number) == 1:
            while (
                first > 0
                and at - first < MAX_SPACED
                and len(words[first - 1]) == 1
                and words[first - 1].isdigit()
                and view.gap(first - 1) == " "
            ):
                first -= 1
        elif at > 0 and words[at - 1].isdigit() and view.gap(at - 1) in {"-", "–"}:
            low = words[at - 1]
            ours = self._is(number, f"{low}-{number}", low + number) or (
                self._is(low) and low.zfill(6) < number.zfill(6)
            )
            return House(ours, at - 1, last)
        number = "".join(words[first : at + 1]) + letter
        return House(self._is(number), first, last)

    def _words_end(self, view: View, at: int) -> int:
        """How many words up to `at` say our number; 0 where they do not."""
        return next(
            (len(f) for f in self.forms if at + 1 >= len(f) and tuple(view.words[at + 1 - len(f) : at + 1]) == f), 0
        )

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
        if at >= len(view.words) or set(view.gap(at - 1)) & set('!?;$€£@"('):
            return None
        length = next((len(f) for f in self.forms if tuple(view.words[at : at + len(f)]) == f), 0)
        if length:
            return House(self._clear(view, at + length, at + length - 1), at, at + length - 1)
        word = view.words[at]
        if not _HOUSE.fullmatch(word) or (self.postcode.fullmatch(word) and not self._is(word)):
            return None
        if not self._is(word) and self.address.postcode and self.address.postcode.startswith(word) and len(word) > 2:
            return None
        return self._spread_on(view, at)

    def _spread_on(self, view: View, at: int) -> House:
        words, last, number = view.words, at, view.words[at]
        if len(number) == 1:
            while (
                last + 1 < len(words)
                and last - at < MAX_SPACED
                and len(words[last + 1]) == 1
                and words[last + 1].isdigit()
                and view.gap(last) == " "
            ):
                last += 1
        elif (
            at + 1 < len(words)
            and words[at + 1].isdigit()
            and view.gap(at) in {"-", "–"}
            and len(words[at + 1]) <= len(number)
        ):
            return House(self._is(number, f"{number}-{words[at + 1]}"), at, at + 1)
        number = "".join(words[at : last + 1])
        after = words[last + 1] if last + 1 < len(words) else ""
        if (
            number.isdigit()
            and after in _LETTERS
            and view.gap(last) in {"", " ", "-"}
            and self._letter_ends(view, last + 1)
        ):
            return House(self._is(number + after), at, last + 1)
        return House(self._is(number), at, last)

    def _letter_ends(self, view: View, at: int) -> bool:
        """Whether a single letter after a number belongs to it: it is declared so, or the line or clause ends there."""
        if self.address.number.endswith(view.words[at]):
            return True
        return (
            view.words[at] != "a" or view.gap(at)[:1] in {",", "\n", "", ";", ")"} or view.words[at + 1][:1].isdigit()
        )
