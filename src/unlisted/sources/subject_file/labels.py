"""A label stands in every report, so it may not hold what it stands for.

A simple comparison, on the careful side: both texts are folded to small letters and digits without accents, and a label
is refused where the words of a declared value stand in it. What is found is never repeated.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator

from unlisted.model.subject import Fact

MAX_FOLDED = 600
"""Characters of a value that are compared."""

_WORDS = re.compile(r"[^\W_]{1,600}")
_DECIMAL = re.compile(r"[0-9]{1,3}[.,][0-9]{2,15}")
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_FEWEST_DIGITS = 6
"""Digits in a row that make a part of a phone number."""


def fold(text: str) -> list[str]:
    """The words of a text: compatibility forms and accents taken off, case folded."""
    plain = unicodedata.normalize("NFKD", text[:MAX_FOLDED]).casefold().replace("ß", "ss")
    bare = "".join(sign for sign in plain if not unicodedata.combining(sign))
    return _WORDS.findall(unicodedata.normalize("NFKC", bare))


def _digits(text: str) -> str:
    return "".join(str(unicodedata.decimal(sign)) for sign in text[:MAX_FOLDED] if sign.isdecimal())


def _squash(text: str) -> str:
    return "".join(fold(text))


def _phrase(value: str, label: str, *, least: int = 3) -> bool:
    """Whether the words of `value` stand in `label` in a row; values of fewer signs than `least` are not compared."""
    wanted, words = fold(value), fold(label)
    if len("".join(wanted)) < least:
        return False
    return any(words[at : at + len(wanted)] == wanted for at in range(len(words) - len(wanted) + 1))


def _any_word(value: str, label: str) -> bool:
    """Names: each word of three letters or more counts for itself."""
    words = set(fold(label))
    return any(len(word) >= 3 and not word.isdecimal() and word in words for word in fold(value)) or _phrase(
        value, label
    )


def _handle(value: str, label: str) -> bool:
    bare = _squash(value)
    return _phrase(value, label) or (len(bare) >= 5 and bare in _squash(label))


def _phone(value: str, label: str) -> bool:
    own, shown = _digits(value), _digits(label)
    if len(own) < _FEWEST_DIGITS or len(shown) < _FEWEST_DIGITS:
        return False
    return shown in own or own[-7:] in shown


def _email(value: str, label: str) -> bool:
    local = value.partition("@")[0]
    return _phrase(value, label) or _squash(value) in _squash(label) or (len(fold(local)) > 1 and _phrase(local, label))


def _street(value: str, label: str) -> bool:
    """A street with its number, or its name alone."""
    name = " ".join(word for word in fold(value) if not any(sign.isdecimal() for sign in word))
    return _phrase(value, label) or _phrase(name, label, least=5)


def _line(value: str, label: str) -> bool:
    """An address in one line: each piece between commas, and each number of four digits or more."""
    numbers = (word for word in fold(value) if len(word) >= 4 and any(sign.isdecimal() for sign in word))
    return any(_street(piece, label) for piece in re.split(r"[,\n;]", value)) or any(
        _phrase(word, label) for word in numbers
    )


def _postcode(value: str, label: str) -> bool:
    bare = _squash(value)
    return len(bare) >= 3 and (_phrase(value, label) or (len(bare) >= 5 and bare in _squash(label)))


def _plate(value: str, label: str) -> bool:
    bare = _squash(value)
    return len(bare) >= 4 and bare in _squash(label)


def _birth_date(value: str, label: str) -> bool:
    numbers = re.findall(r"[0-9]{1,4}", value[:40])
    if len(numbers) != 3 or len(numbers[0]) != 4:
        return _phrase(value, label)
    year, month, day = numbers[0], numbers[1].zfill(2), numbers[2].zfill(2)
    shown = _digits(label)
    written = [
        y.join(pair) for y in (year, year[2:]) for pair in (("", month + day), (month + day, ""), (day + month, ""))
    ]
    if any(form in shown for form in written):
        return True
    words = fold(label)
    name = _MONTHS[int(month) - 1] if 1 <= int(month) <= 12 else None
    return (
        name is not None and any(word.startswith(name) for word in words) and bool({day, day.lstrip("0")} & set(words))
    )


_BY_KIND: dict[str, Callable[[str, str], bool]] = {
    "name": _any_word,
    "relative": _any_word,
    "handle": _handle,
    "phone": _phone,
    "email": _email,
    "address": _line,
    "birth_date": _birth_date,
    "plate": _plate,
}
_BY_PART: dict[str, Callable[[str, str], bool]] = {"street": _street, "town": _phrase, "postcode": _postcode}


def _tests(fact: Fact) -> Iterator[tuple[str, Callable[[str, str], bool]]]:
    """Each value of a fact and how it is compared."""
    compare = _BY_KIND.get(fact.kind, _phrase)
    for value in (fact.value, *fact.aliases):
        if value:
            yield value, compare
    for part, test in _BY_PART.items():
        value = getattr(fact, part)
        if value:
            yield value, test


def _near(fact: Fact, label: str) -> bool:
    """Whether a label holds a number that is the latitude or longitude to two places."""
    if fact.position is None:
        return False
    shown = [float(number.replace(",", ".")) for number in _DECIMAL.findall(label)]
    return any(abs(abs(own) - number) < 0.01 for own in fact.position for number in shown)


def holds_value(label: str, facts: Iterable[Fact]) -> bool:
    """Whether a label holds a value, or a telling part of one, of any of the facts."""
    return any(_near(fact, label) or any(test(value, label) for value, test in _tests(fact)) for fact in facts)
