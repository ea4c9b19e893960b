"""A label stands in every report, so it may not hold what it stands for.

Refused is a label in which the matcher of the audit finds a declared fact, and, on the careful side, one in which a telling
part stands: a word of a name, a street without its number, the last digits of a phone. What is found is never repeated.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator

from unlisted.extract.declared import Matcher
from unlisted.model.subject import Fact

MAX_FOLDED = 600
"""Characters of a value that are compared."""

_WORDS = re.compile(r"[^\W_]{1,600}")
_DECIMAL = re.compile(r"[0-9]{1,3}[.,][0-9]{2,15}")
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_ORDINAL = re.compile(r"^([0-9]{1,2})(?:st|nd|rd|th)$")
_COMMON = frozenset({
    "school", "primary", "high", "middle", "elementary", "college", "university", "academy", "institute", "nursery",
    "kindergarten", "of", "the", "and", "for", "at", "in", "st", "saint", "company", "co", "corp", "inc", "ltd", "llc", "gmbh",
    "ag", "group", "limited", "partners", "services", "shop", "store",
})  # fmt: skip
"""Words that stand in the names of many schools and firms."""
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
    """A street with its number, its name alone, or the number with the first word of the name."""
    words = fold(value)
    name = [word for word in words if not any(sign.isdecimal() for sign in word)]
    short = len(words) > 2 and words[0].isdecimal() and _phrase(" ".join(words[:2]), label)
    return short or _phrase(value, label) or _phrase(" ".join(name), label, least=5)


def _institution(value: str, label: str) -> bool:
    """The whole name, or what is left of it without words that any such name has."""
    own = " ".join(word for word in fold(value) if word not in _COMMON)
    return _phrase(value, label) or _phrase(own, label, least=5)


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
    words = [_ORDINAL.sub(r"\1", word) for word in fold(label)]
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
    "employer": _institution,
    "school": _institution,
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


def judge(facts: Iterable[Fact]) -> Callable[[str], bool]:
    """What says of a label whether it holds a value, or a telling part of one, of any of the facts."""
    own = tuple(facts)
    matcher = Matcher(own)
    tests = [pair for fact in own for pair in _tests(fact)]

    def holds(label: str) -> bool:
        return (
            any(test(value, label) for value, test in tests)
            or any(_near(fact, label) for fact in own)
            or bool(matcher.find(label))
        )

    return holds


def holds_value(label: str, facts: Iterable[Fact]) -> bool:
    """Whether a label holds a value of any of the facts; see `judge`, which is quicker for many labels."""
    return judge(facts)(label)
