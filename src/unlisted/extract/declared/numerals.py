"""Numbers in words as they stand in texts: every spacing ("ein und zwanzig"), regional words ("septante"), forms of ordinals."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from unlisted.data.wordlists import table
from unlisted.extract.text import numbers
from unlisted.extract.text.fold import bag, key
from unlisted.extract.text.numbers import SPOKEN

LINKS = bag("and und et y e en i")
"""Words within a number that a street's name, whose small words are dropped, does not keep."""
MAX_ORDINAL = 299
"""Street numbers up to here are also known as English ordinals in words."""
_CENT = re.compile(r"cent(?![aos])")
LETTERS = {"v": 5, "x": 10, "i": 1}
"""Roman numerals of one letter: they count behind a name only ("Carlos V")."""


@cache
def _also(name: str) -> dict[int, list[str]]:
    """Other words for a number, by its value, over all languages."""
    out: dict[int, list[str]] = {}
    for language in SPOKEN:
        for entry in table(language)["numbers"].get(name, []):
            value, _, word = entry.partition("=")
            out.setdefault(int(value), []).append(key(word))
    return out


@cache
def digit_words() -> dict[str, str]:
    """Single words that stand for a number when it is read out, as digits."""
    also = {word: str(value) for value, words in _also("also").items() for word in words if " " not in word}
    return also | numbers.digit_words()


@cache
def compact_forms(digits: str) -> frozenset[str]:
    """Every way to say a number, as letters without spaces: however it is cut into words, it is the same."""
    out = {"".join(form) for form in numbers.spelled(digits)}
    value = int(digits)
    out.update("".join(word.split()) for word in _also("also").get(value, ()))
    out.update(_hundreds(value))
    if digits == str(value) and value % 100 and value > 100:  # "ciento" + "uma", "cent" + "septante-cinq"
        rest = value % 100
        heads = {"".join(f) for f in numbers.spelled(str(value - rest))}
        out |= {head + "".join(word.split()) for head in heads for word in _also("also").get(rest, ())}
    out |= set(_read_out(digits)) | set(_french_hundreds(value)) | _gendered(out, value)
    out |= {one + form for form in out for one in ("ein", "een") if form.startswith(("tausend", "duizend", "hundert"))}
    out |= {_CENT.sub("cents", form) for form in out} | {form.replace("tay", "tai") for form in out}
    return frozenset(form for form in out if form.isalpha())


def _gendered(forms: set[str], value: int) -> set[str]:
    """The same numbers with another word for their last digit ("noventa e duas")."""
    last = value % 10
    plain = [key(table(language)["numbers"]["words"][last]) for language in SPOKEN]
    other = [word for word in _also("also").get(last, ()) if " " not in word]
    return {form[: -len(end)] + word for form in forms for end in plain if form.endswith(end) for word in other}


def _french_hundreds(value: int) -> Iterator[str]:
    """How French may read 1100 to 1999: "douze cents"."""
    head, rest = divmod(value, 100)
    words = [key(word).replace(" ", "") for word in table("fr")["numbers"]["words"]]
    if 11 <= head <= 19:
        yield f"{words[head]}cent{words[rest] if rest else ''}"


def _read_out(digits: str) -> Iterator[str]:
    """Digits one by one with their other words ("meia", "zwo"), in one language each."""
    for language in SPOKEN:
        data = table(language)["numbers"]
        other = {int(v): key(w) for v, _, w in (e.partition("=") for e in data.get("also", [])) if " " not in w}
        yield "".join(other.get(int(d), key(data["words"][int(d)])) for d in digits)


def _hundreds(value: int) -> list[str]:
    """How English reads long house numbers: "forty-five hundred and one", "fourteen oh oh", "a hundred and one"."""
    head, rest = divmod(value, 100)
    if not 1 <= head <= 99:
        return []
    words = [key(word).replace(" ", "") for word in table("en")["numbers"]["words"]]
    tails = ["", *(f"{a}{b}" for a in ("oh", "zero", "o") for b in ("oh", "zero", "o"))] if rest == 0 else []
    named = [f"{words[head]}hundred{link}{words[rest]}" for link in ("", "and")] if rest else []
    named += [f"ahundred{link}{words[rest]}" for link in ("", "and")] if head == 1 and rest else []
    return named + [f"{words[head]}{tail}" for tail in tails if tail] + (["ahundred"] if value == 100 else [])


@cache
def name_forms(value: int) -> frozenset[tuple[str, ...]]:
    """Every way to write a number within the name of a street, as folded words."""
    forms = {(str(value),), *numbers.spelled(str(value)), *numbers.ordinals(value)}
    forms |= {tuple(word.split()) for name in ("also", "ordinals_also") for word in _also(name).get(value, ())}
    return frozenset(forms | set(_english_ordinals().get(value, ())))


@cache
def _english_ordinals() -> dict[int, list[tuple[str, ...]]]:
    """English ordinals above 99: "one hundred (and) twenty-fifth", "one twenty-fifth"."""
    data = table("en")["numbers"]
    words, ordinals = data["words"], data["ordinals"]
    out: dict[int, list[tuple[str, ...]]] = {}
    for value in range(100, MAX_ORDINAL + 1):
        head, rest = divmod(value, 100)
        tails = (
            [f"hundred {ordinals[rest]}", f"hundred and {ordinals[rest]}", ordinals[rest]] if rest else ["hundredth"]
        )
        out[value] = [tuple(key(f"{words[head]} {tail}").split()) for tail in tails]
    return out


@cache
def _values() -> dict[tuple[str, ...], int]:
    """What number words stand for, with their linking words and without."""
    out: dict[tuple[str, ...], int] = {}
    listed = [
        (value, word.split()) for name in ("also", "ordinals_also") for value, ws in _also(name).items() for word in ws
    ]
    for language in SPOKEN:
        data = table(language)["numbers"]
        for words in (data["words"], data["ordinals"]):
            listed += [(value, key(word).split()) for value, word in enumerate(words)]
    listed += [(value, list(form)) for value, forms in _english_ordinals().items() for form in forms]
    for value, form in listed:
        out.setdefault(tuple(form), value)
        out.setdefault(tuple(word for word in form if word not in LINKS), value)
    out.pop((), None)
    return out


@cache
def number_words() -> frozenset[str]:
    """The words with which a number in words begins."""
    return frozenset(words[0] for words in _values())


@cache
def long_numbers() -> frozenset[str]:
    """The words with which a number of several words begins."""
    return frozenset(words[0] for words in _values() if len(words) > 1)


def value_of(words: tuple[str, ...]) -> int | None:
    """The number that words, a digit ordinal or a Roman numeral stand for; None where they stand for none."""
    found = _values().get(words)
    return found if found is not None else numbers.value_of(words)


def number_at(words: tuple[str, ...], at: int) -> tuple[int, int] | None:
    """The number in the name of a street that starts at a word, and how many words it takes; the longest reading wins."""
    for size in range(min(5, len(words) - at), 0, -1):
        value = value_of(words[at : at + size])
        if value is not None:
            return value, size
    return (LETTERS[words[at]], 1) if at and words[at] in LETTERS else None
