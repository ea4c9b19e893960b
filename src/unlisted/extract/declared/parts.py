"""A declared address taken apart: number, unit, street name and type, town, postcode. Parts are compared, never the line."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import cache

from unlisted.data.wordlists import languages_of, table
from unlisted.extract.text.fold import bag, fold, key
from unlisted.extract.text.lexicon import Meanings, lexicon
from unlisted.extract.text.numbers import read_words, value_of

NUMBER_FIRST = frozenset({"en", "fr"})
UNIT_FIRST = frozenset({"AU", "NZ"})
"""Where "4/27" is unit 4 of number 27."""
STAIRS = frozenset({"AT", "PL", "FI", "HU", "RO", "GR"})
"""Where "9/3/12" is number 9, and stairs and door follow."""
DWELLINGS = bag(
    "apartment apartments apt apts unit suite ste flat wohnung whg app appt appartement apto ap apartamento piso "
    "puerta pta depto dpto departamento int interno interior lgh leil lejl bus boite bte top tur byt lok lokal kamer"
)
"""Words before the number of a home within a house."""
MIN_CUT = 2
"""Words of a street whose type is cut in two by a full stop, at the least three with its name."""
_LETTER = r"(?:[a-z](?![a-z\d])|[ ][a-df-h](?= ?[,;]|$)|[ ]?(?:bis|ter|quater)(?![a-z]))"
_NUMBER = re.compile(rf"\d{{1,6}}{_LETTER}?(?:[-/–](?:\d{{1,6}}[a-z]?|[a-z]{{1,2}})(?![a-z\d])){{0,2}}")
_ORDINAL = re.compile(r"\d{1,4}(?:st|nd|rd|th|e|er|eme|ieme|o|a)")
_HEAD = re.compile(rf"(?:h?\.?no?[.°º ]+|nr[. ]+|number |#|plot )?({_NUMBER.pattern})(?=[\s,]|$)")
_TAIL = re.compile(
    rf"[\s,]+(?:no?[.°ºo]* ?|nr\.? ?|num(?:ero)?\.? ?|#)?({_NUMBER.pattern}|\d{{1,4}} [a-h] \d{{1,3}}|\d{{1,4}} hs)$"
)
_DOTTED = re.compile(r"[^\W\d_]{3}([^\W\d_])\.\s*$")
_POSSESSIVE = re.compile(r"['’`´]s\b")
_UMLAUTS = str.maketrans(
    {"ä": "ae", "ö": "oe", "ü": "ue", "Ä": "Ae", "Ö": "Oe", "Ü": "Ue", "å": "aa", "Å": "Aa", "ø": "oe", "Ø": "Oe"}
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Address:
    """The parts of a declared address as folded words; `types` and `directions` are canonical, the rest as written."""

    region: str
    number: str = field(default="", repr=False)
    unit: frozenset[str] = field(default=frozenset(), repr=False)
    """What the unit's number is made of: "4b" is "4" and "b"."""
    name: tuple[str, ...] = field(default=(), repr=False)
    types: frozenset[str] = frozenset()
    glued: bool = False
    """The type is the end of the last word of the name ("Marktstraße" is "markt", glued to a type)."""
    directions: frozenset[str] = frozenset()
    town: tuple[str, ...] = field(default=(), repr=False)
    postcode: str = field(default="", repr=False)
    places: frozenset[str] = field(default=frozenset(), repr=False)
    """Every word of the declared address that is not its street: a suburb or a county is no other town."""
    number_first: bool = True


def umlauts(text: str) -> str:
    """German and Nordic vowels written as two letters."""
    return text.translate(_UMLAUTS)


def number_first(region: str) -> bool:
    """Whether a country writes the number before the street."""
    return languages_of(region)[0] in NUMBER_FIRST or region == "LU"


def atoms(unit: str) -> frozenset[str]:
    """A unit's number as a set of numbers and letters: "4B" and "4, b" are the same."""
    return frozenset(re.findall(r"\d+|[a-z]+", key(unit)))


def read_house(raw: str, region: str) -> tuple[str, str]:
    """A house number as written as (number, unit): what stands behind a stroke is a unit in some countries, before it in others."""
    text = " ".join(raw.split())
    stairs = re.fullmatch(r"(\d+) ([a-h] \d+|hs)", text)
    if stairs:
        return stairs.group(1), stairs.group(2)
    text = re.sub(r"\s", "", text).lstrip("0")
    first, _, rest = text.partition("/")
    if rest and (region in UNIT_FIRST or region in STAIRS):
        return (rest, first) if region in UNIT_FIRST else (first, rest)
    if re.fullmatch(r"\d+[-/][a-z]", text):
        return text[:-2] + text[-1], ""
    first, _, rest = text.partition("-")
    if rest.isdigit() and first.isdigit() and int(rest) < int(first) and region in {"NL", "BE"}:
        return first, rest
    return (rest, first) if rest.isdigit() and region == "CA" and not text.startswith("0") else (text, "")


def cut_number(street: str, *, first: bool) -> tuple[str, str]:
    """A street line as (number as written, street without it)."""
    text = " ".join(fold(street).text.split()).strip(" ,.;")
    head, tail = _HEAD.match(text), _TAIL.search(text)
    at_head = (head, text[head.end() :]) if head and not _ORDINAL.fullmatch(text.split()[0]) else None
    at_tail = (tail, text[: tail.start()]) if tail and len(text) > len(tail.group()) else None
    for found in (at_head, at_tail) if first else (at_tail, at_head):
        if found and _names_street(found[1]):
            return found[0].group(1), found[1].strip(" ,;")
    digits, used = read_words(tuple(key(text).split()))
    if digits and first and _names_street(" ".join(key(text).split()[used:])):
        return digits, " ".join(key(text).split()[used:])
    return "", text


def _names_street(text: str) -> bool:
    """Whether what remains beside a number names a street: more than its type ("calle 8" is all name)."""
    words = key(text).split()
    return any(word not in lexicon().types for word in words) or len(words) > 1


@cache
def _of_region(region: str, name: str) -> frozenset[str]:
    """The words of a list of the languages of a country."""
    listed = (key(word.partition("=")[0]) for code in (*languages_of(region), "en") for word in table(code)[name])
    return frozenset(listed)


@cache
def directions_of(region: str) -> Meanings:
    """What words can mean as a direction in a country: "st" is no Swedish "stora" in Britain."""
    own = _of_region(region, "directions")
    return {word: means & own for word, means in lexicon().directions.items() if means & own}


def cut_unit(street: str, region: str) -> tuple[str, str]:
    """A street line as (line, unit): "12 Mill Lane Flat 3", "Rua A 59 apto 31", "27 Larch Row #4"."""
    line, _, sign = street.partition(" #")
    if sign and len(key(line).split()) > 1 and (key(line).split()[-1] in lexicon().types or line[:1].isdigit()):
        return line.strip(" ,"), sign
    words = street.split()
    kinds = [key(word) for word in words]
    for index in range(2, len(words) - 1):
        settled = kinds[index - 1][:1].isdigit() or kinds[index - 1] in lexicon().types
        if settled and kinds[index] in DWELLINGS | _of_region(region, "units") and kinds[index + 1][:1].isdigit():
            return " ".join(words[:index]).strip(" ,"), " ".join(words[index + 1 :])
    return street, ""


def _one_letter_types(street: str, region: str) -> frozenset[str]:
    """The types that the last letter of a street stands for if a full stop follows it ("Storg."), in the country's languages."""
    match = _DOTTED.search(fold(street).text)
    tables = [table(code) for code in languages_of(region) if code != "en" and table(code)["position"] == "after"]
    return frozenset(
        key(kind) for words in tables for kind, short in words["types"].items() if match and match.group(1) in short
    )


def cut_street(street: str, region: str) -> tuple[tuple[str, ...], frozenset[str], bool, frozenset[str]]:
    """A street without its number as (name, types, glued, directions)."""
    lex, words = lexicon(), key(_POSSESSIVE.sub("s", street)).split()
    if len(words) > MIN_CUT and len(words[0]) == 1 and words[0] + words[1] in lex.before:  # "V.le", "P.zza"
        words[:2] = ["".join(words[:2])]
    compass, directions = directions_of(region), set[str]()
    while len(words) > 1 and words[-1] in compass and words[-2] in lex.types:
        directions |= compass[words.pop()]
    if len(words) > 2 and words[0] in compass:
        directions |= compass[words.pop(0)]
    before = any(table(name)["position"] == "before" for name in languages_of(region))
    types: frozenset[str] = frozenset()
    for front in (True, False) if before else (False, True):
        edge = words[0 if front else -1] if len(words) > 1 else ""
        if edge in lex.types and (not front or edge in lex.before or region in {"US", "CA", "IE", "GB"}):
            types = lex.types[edge]
            words = words[1:] if front else words[:-1]
            break
    small = _of_region(region, "articles")
    foreign = {w for w in words if len(w) > 1 and w in lex.articles and value_of((w,)) is None}
    name = tuple(w for w in words if w not in small | foreign) or tuple(words)
    if not types and name:
        ending = next(
            (e for e in sorted(lex.glued, key=len, reverse=True) if len(e) > 1 and name[-1].endswith(e)), None
        )
        short = _one_letter_types(street, region)
        if short:
            return (*name[:-1], name[-1][:-1]), short, True, frozenset(directions)
        if ending and len(name[-1]) - len(ending) >= 3:
            return (*name[:-1], name[-1][: -len(ending)]), lex.glued[ending], True, frozenset(directions)
    return name, types, False, frozenset(directions)


@dataclass(frozen=True, slots=True, kw_only=True)
class Pieces:
    """What a declared address is made of, as written: `street` may hold its number and unit."""

    street: str = field(repr=False)
    number: str = field(default="", repr=False)
    unit: str = field(default="", repr=False)
    town: tuple[str, ...] = field(default=(), repr=False)
    postcode: str = field(default="", repr=False)
    places: frozenset[str] = field(default=frozenset(), repr=False)


def assemble(region: str, pieces: Pieces) -> Address:
    """The address of these pieces."""
    street, number = pieces.street, pieces.number
    street, within = cut_unit(street, region)
    if not number:
        number, street = cut_number(street, first=number_first(region))
    number, behind = read_house(number, region)
    name, types, glued, directions = cut_street(street, region)
    return Address(
        region=region, number=number, unit=atoms(within or pieces.unit or behind), name=name, types=types, glued=glued,
        directions=directions, town=pieces.town, postcode=pieces.postcode, places=pieces.places,
        number_first=number_first(region),
    )  # fmt: skip
