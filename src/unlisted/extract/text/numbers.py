"""Numbers in words, ordinals and Roman numerals: every usual way to write a number, folded."""

from __future__ import annotations

import re
from functools import cache
from typing import Any

from unlisted.data.wordlists import LANGUAGES, table
from unlisted.extract.text.fold import key

MAX_NUMBER = 99_999
"""House and street numbers above this are compared as digits only."""

_ROMAN = tuple(
    zip(
        (1000, 900, 500, 400, 100, 90, 50, 40, 10, 9, 5, 4, 1),
        ("m", "cm", "d", "cd", "c", "xc", "l", "xl", "x", "ix", "v", "iv", "i"),
        strict=True,
    )
)
_ROMAN_SHAPE = re.compile(r"m{0,3}(?:cm|cd|d?c{0,3})(?:xc|xl|l?x{0,3})(?:ix|iv|v?i{0,3})")
SPOKEN = tuple(name for name in LANGUAGES if name in {"en", "de", "fr", "es", "it", "pt", "nl"})


def roman(number: int) -> str:
    """Roman numeral in small letters; 1 to 3999."""
    out = ""
    for value, letters in _ROMAN:
        count, number = divmod(number, value)
        out += letters * count
    return out


def from_roman(word: str) -> int | None:
    """The value of a Roman numeral of at least two letters, else None ("i", "v", "x" are too often something else)."""
    if not 2 <= len(word) <= 15 or not _ROMAN_SHAPE.fullmatch(word):
        return None
    values = {"i": 1, "v": 5, "x": 10, "l": 50, "c": 100, "d": 500, "m": 1000}
    digits = [values[letter] for letter in word]
    return sum(-a if a < b else a for a, b in zip(digits, [*digits[1:], 0], strict=True))


def _hundreds(data: dict[str, Any], count: int, rest: int) -> list[str]:
    words: list[str] = data["words"]
    if "hundreds" in data:
        if rest == 0 and count == 1:
            return [str(data["exact_hundred"])]
        return [str(data["hundreds"][count - 1])]
    one = {data.get("one", words[1]), words[1]} if count == 1 else {words[count]}
    if count == 1:
        one.add("")
    glue = "" if data["glue"] == "yes" else " "
    return [f"{unit}{glue}{data['hundred']}".strip() for unit in sorted(one)]


def _below_thousand(data: dict[str, Any], number: int) -> list[str]:
    count, rest = divmod(number, 100)
    if count == 0:
        return [data["words"][rest]]
    heads = _hundreds(data, count, rest)
    if rest == 0:
        return heads
    glue = "" if data["glue"] == "yes" else " "
    joins = [" ", glue] + ([f"{glue}{data['link']}{glue}"] if data["link"] else [])
    return [f"{head}{join}{data['words'][rest]}" for head in heads for join in dict.fromkeys(joins)]


def _cardinals(data: dict[str, Any], number: int) -> list[str]:
    thousands, rest = divmod(number, 1000)
    if thousands == 0:
        return _below_thousand(data, rest)
    word = data.get("thousands", data["thousand"]) if thousands > 1 else data["thousand"]
    glue = "" if data["glue"] == "yes" else " "
    heads = [f"{head}{glue}{word}" for head in _below_thousand(data, thousands)]
    if thousands == 1:
        heads.append(word)
    if rest == 0:
        return heads
    joins = [" ", glue] + ([f" {data['link']} "] if data["link"] else [])
    return [
        f"{head}{join}{tail}" for head in heads for join in dict.fromkeys(joins) for tail in _below_thousand(data, rest)
    ]


def _pairs(data: dict[str, Any], number: int) -> list[str]:
    """Pairs like "nineteen oh one", "twelve fifty", "nineteen hundred": how English reads long house numbers; "one twenty" too."""
    head, rest = divmod(number, 100)
    if not 1 <= head <= 99:
        return []
    words = data["words"]
    if rest == 0:
        return [f"{words[head]} {data['hundred']}"] if "hundred" in data else []
    tails = [words[rest]] if rest > 9 else [f"{zero} {words[rest]}" for zero in [words[0], *data["zero"]]]
    return [f"{words[head]} {tail}" for tail in tails]


def _digit_by_digit(data: dict[str, Any], digits: str) -> list[str]:
    zeros = [data["words"][0], *data["zero"]] if "0" in digits else [data["words"][0]]
    return [" ".join(zero if d == "0" else data["words"][int(d)] for d in digits) for zero in zeros]


@cache
def spelled(digits: str) -> frozenset[tuple[str, ...]]:
    """Every way to say a number of up to five digits in words, as folded words; "71" gives ("seventy", "one") and more."""
    out: set[str] = set()
    number = int(digits)
    for language in SPOKEN:
        data = table(language)["numbers"]
        out.update(_digit_by_digit(data, digits))
        if number <= MAX_NUMBER and str(number) == digits:
            out.update(_cardinals(data, number))
            out.update(_pairs(data, number))
    return frozenset(tuple(key(form).split()) for form in out)


@cache
def ordinals(number: int) -> frozenset[tuple[str, ...]]:
    """Every way to write "96th": with its suffix, in words, as a Roman numeral."""
    out: set[str] = set()
    for language in SPOKEN:
        data = table(language)["numbers"]
        out.update(f"{number}{suffix}" for suffix in data["suffixes"])
        if number < len(data["ordinals"]):
            out.add(data["ordinals"][number])
    if 0 < number < 4000:
        out.add(roman(number))
    return frozenset(tuple(key(form).split()) for form in out)


@cache
def digit_words() -> dict[str, str]:
    """Words that stand for digits when a number is read out: "zero", "oh", "neuf", "dreißig"; multi-word ones left out."""
    out: dict[str, str] = {}
    for language in reversed(SPOKEN):  # English last: it wins where two languages share a word
        data = table(language)["numbers"]
        out |= {key(word): str(value) for value, word in enumerate(data["words"]) if " " not in key(word)}
        out |= {key(word): "0" for word in data["zero"]}
    return out


@cache
def _values() -> dict[tuple[str, ...], int]:
    out: dict[tuple[str, ...], int] = {}
    for language in SPOKEN:
        data = table(language)["numbers"]
        for words in (data["words"], data["ordinals"]):
            for value, word in enumerate(words):
                out.setdefault(tuple(key(word).split()), value)
    return out


def value_of(words: tuple[str, ...]) -> int | None:
    """The number that a cardinal or ordinal of 0 to 99 in words, a digit ordinal ("96th") or a Roman numeral stands for."""
    found = _values().get(words)
    if found is not None or len(words) != 1:
        return found
    match = re.fullmatch(r"(\d{1,4})[a-z]{0,4}", words[0])
    if match and (match.group(1) == words[0] or (words[0][len(match.group(1)) :],) in _suffixes()):
        return int(match.group(1))
    return from_roman(words[0])


def read_words(words: tuple[str, ...]) -> tuple[str, int]:
    """A number in at least two words at the start of these ("nineteen oh one"), as digits, and how many words it takes."""
    digits, used = "", 0
    while used < len(words) and len(digits) < 5:
        size = next(
            (n for n in (3, 2, 1) if words[used].isalpha() and _values().get(words[used : used + n]) is not None), 0
        )
        if size:
            digits += str(_values()[words[used : used + size]])
        elif words[used] in {"oh", "o"} and digits:
            digits, size = digits + "0", 1
        else:
            break
        used += size
    return (digits, used) if used >= 2 else ("", 0)


@cache
def _suffixes() -> frozenset[tuple[str, ...]]:
    return frozenset((key(s),) for language in SPOKEN for s in table(language)["numbers"]["suffixes"])
