"""A declared address taken apart: number, street name and type, town, postcode. Parts are compared, never the line."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from unlisted.data.wordlists import languages_of, table
from unlisted.extract.text.fold import bag, fold, key
from unlisted.extract.text.lexicon import lexicon
from unlisted.extract.text.numbers import read_words
from unlisted.model.subject import Fact

POSTCODES = {
    "US": r"\d{5}(?:-\d{4})?", "CA": r"[a-z]\d[a-z][ -]?\d[a-z]\d", "GB": r"[a-z]{1,2}\d[a-z\d]? ?\d[a-z]{2}",
    "IE": r"[a-z]\d[\dw] ?[a-z\d]{4}", "AU": r"\d{4}", "NZ": r"\d{4}", "ZA": r"\d{4}", "IN": r"\d{3} ?\d{3}",
    "NL": r"(?!(?:19|20)\d\d (?:at|in|on|to|is|am|pm|by|he|we|it|my|so|of|or|an|as|be|do|go|if|me|no|up|us|rt))\d{4} ?[a-z]{2}",
    "BR": r"\d{5}-?\d{3}", "PT": r"\d{4}(?:-\d{3})?", "PL": r"\d{2}-?\d{3}", "CZ": r"\d{3} ?\d{2}",
    "SK": r"\d{3} ?\d{2}", "SE": r"\d{3} ?\d{2}", "AR": r"[a-z]?\d{4}(?:[a-z]{3})?",
    **dict.fromkeys(("AT", "CH", "BE", "LU", "DK", "NO"), r"\d{4}"),
    **dict.fromkeys(("DE", "FR", "ES", "IT", "FI", "MX"), r"\d{5}"),
}  # fmt: skip
"""Shape of a postcode by country, over folded text."""

COUNTRIES = bag(
    "usa us uk united kingdom states of america great britain england scotland wales ireland northern deutschland "
    "germany france frankreich espana spain italia italy nederland netherlands holland portugal brasil brazil "
    "canada australia new zealand india austria osterreich schweiz suisse switzerland belgique belgie belgium "
    "luxembourg danmark denmark sverige sweden norge norway suomi finland polska poland cesko czechia czech "
    "republic the mexico argentina south africa"
)
NUMBER_FIRST = frozenset({"en", "fr"})
_NUMBER = re.compile(r"\d{1,6}(?:[a-z]|[ ][a-df-h](?= ?[,;]|$)|[ ]?(?:bis|ter|quater))?(?:[-/–]\d{1,6}[a-z]?)?")
_ORDINAL = re.compile(r"\d{1,4}(?:st|nd|rd|th|e|er|eme|ieme|o|a)")
_UMLAUTS = str.maketrans(
    {"ä": "ae", "ö": "oe", "ü": "ue", "Ä": "Ae", "Ö": "Oe", "Ü": "Ue", "å": "aa", "Å": "Aa", "ø": "oe", "Ø": "Oe"}
)
_SUB_UNIT = re.compile(r"(?:\d{1,3} ?[oa]? ?[a-z]?|[a-z]|bajos?|atico|izq\w*|dcha|dch|derecha|puerta \w+|r c)")


@dataclass(frozen=True, slots=True, kw_only=True)
class Address:
    """The parts of a declared address as folded words; `types` and `directions` are canonical, the rest as written."""

    region: str
    number: str = field(default="", repr=False)
    name: tuple[str, ...] = field(default=(), repr=False)
    types: frozenset[str] = frozenset()
    glued: bool = False
    """The type is the end of the last word of the name ("Marktstraße" is "markt", glued to a type)."""
    directions: frozenset[str] = frozenset()
    town: tuple[str, ...] = field(default=(), repr=False)
    postcode: str = field(default="", repr=False)
    number_first: bool = True


def umlauts(text: str) -> str:
    """German and Nordic vowels written as two letters."""
    return text.translate(_UMLAUTS)


def read_number(text: str) -> str:
    """A house number in one form: "12 B" and "12b" are "12b"; "" where there is none."""
    match = _NUMBER.search(fold(text).text)
    return re.sub(r"\s", "", match.group()).lstrip("0") if match else ""


def cut_number(street: str, *, first: bool) -> tuple[str, str]:
    """A street line as (number, street without it)."""
    text = " ".join(fold(street).text.split()).strip(" ,.;")
    head = re.match(r"(?:no?[.°º ]+|nr[. ]+|number |#)?(" + _NUMBER.pattern + r")(?=[\s,]|$)", text)
    tail = re.search(r"[\s,]+(?:no?[.°ºo]* ?|nr\.? ?|num(?:ero)?\.? ?|#)?(" + _NUMBER.pattern + r")$", text)
    at_head = (head, text[head.end() :]) if head and not _ORDINAL.fullmatch(text.split()[0]) else None
    at_tail = (tail, text[: tail.start()]) if tail and len(text) > len(tail.group()) else None
    for found in (at_head, at_tail) if first else (at_tail, at_head):
        if found and _names_street(found[1]):
            return re.sub(r"\s", "", found[0].group(1)).lstrip("0"), found[1].strip(" ,.;")
    digits, used = read_words(tuple(key(text).split()))
    if digits and first and _names_street(" ".join(key(text).split()[used:])):
        return digits, " ".join(key(text).split()[used:])
    return "", text


def _names_street(text: str) -> bool:
    """Whether what remains beside a number names a street: more than its type ("calle 8" is all name)."""
    words = key(text).split()
    return any(word not in lexicon().types for word in words) or len(words) > 1


def cut_street(street: str, region: str) -> tuple[tuple[str, ...], frozenset[str], bool, frozenset[str]]:
    """A street without its number as (name, types, glued, directions)."""
    lex, words = lexicon(), key(street).split()
    directions: set[str] = set()
    while len(words) > 1 and words[-1] in lex.directions and words[-2] in lex.types:
        directions |= lex.directions[words.pop()]
    if len(words) > 2 and words[0] in lex.directions:
        directions |= lex.directions[words.pop(0)]
    before = any(table(name)["position"] == "before" for name in languages_of(region))
    types: frozenset[str] = frozenset()
    for front in (True, False) if before else (False, True):
        edge = words[0 if front else -1] if len(words) > 1 else ""
        if edge in lex.types and (not front or edge in lex.before or region in {"US", "CA", "IE", "GB"}):
            types = lex.types[edge]
            words = words[1:] if front else words[:-1]
            break
    name = tuple(word for word in words if word not in lex.articles) or tuple(words)
    if not types and name:
        ending = next(
            (e for e in sorted(lex.glued, key=len, reverse=True) if len(e) > 1 and name[-1].endswith(e)), None
        )
        if ending and len(name[-1]) - len(ending) >= 3:
            return (*name[:-1], name[-1][: -len(ending)]), lex.glued[ending], True, frozenset(directions)
    return name, types, False, frozenset(directions)


def _is_unit(segment: str) -> bool:
    words = key(segment).split()
    if not words:
        return True
    return segment.lstrip().startswith("#") or (
        words[0] in lexicon().units and len(words) <= 4 and words[0] not in lexicon().before
    )


def _town(text: str) -> tuple[str, ...]:
    """The words of a town, without a state's short form or a country after it."""
    words = text.split()
    while len(words) > 1 and re.fullmatch(r"[A-Z]{2,3}|\([^)]*\)", words[-1]):
        words.pop()
    return tuple(key(" ".join(words)).split())


def _cut_postcode(segments: list[str], region: str) -> tuple[str, list[str]]:
    """The postcode, and the segments without it; the last segment that holds one wins."""
    shape = re.compile(r"(?<![a-z\d])(" + POSTCODES.get(region, r"\d{4,6}") + r")(?![a-z\d])")
    for index in range(len(segments) - 1, -1, -1):
        matches = [m for m in shape.finditer(fold(segments[index]).text) if index > 0 or m.start() > 0]
        if matches:
            found, text = matches[-1], segments[index]
            parts = [text[: found.start()].strip(" -"), text[found.end() :].strip(" -")]
            cut = [part for part in parts if part]
            return re.sub(r"[\s-]", "", found.group(1)), segments[:index] + cut + segments[index + 1 :]
    return "", segments


def _street_index(segments: list[str]) -> int:
    """Which segment is the street: the first that is no unit and holds a letter, better with a number or a street word."""
    lex = lexicon()
    able = [i for i, segment in enumerate(segments) if re.search(r"[^\W\d]{2}", segment) and not _is_unit(segment)]
    for index in able:
        words = key(segments[index]).split()
        numbered = any(word[0].isdigit() for word in words) and len(words) > 1
        followed = index + 1 < len(segments) and re.fullmatch(
            r"\W*(?:n\w{0,2}\W*)?\d{1,5}\s?[a-zA-Z]?\W*", segments[index + 1]
        )
        if numbered or followed or words[0] in lex.before or words[-1] in lex.types:
            return index
    return able[0] if able else 0


def _split_run(segment: str) -> tuple[str, str]:
    """A street and a town in one segment without a comma: the street ends with its type and a direction after it."""
    lex, words = lexicon(), segment.split()
    kinds = [key(word) for word in words]
    for index in range(2, len(words) - 1):
        if kinds[index] in lex.types and len(kinds[index]) > 1 and kinds[0][:1].isdigit():
            return " ".join(words[: index + 1]), " ".join(words[index + 1 :])
    return segment, ""


def from_line(line: str, region: str) -> Address:
    """An address in one line, or over several."""
    segments = [part.strip() for part in re.split(r"[,;\n]| - ", line) if part.strip()]
    segments = segments[:1] + [s for s in segments[1:] if not set(key(s).split()) <= COUNTRIES]
    if not segments:
        return Address(region=region)
    single = len(segments) == 1
    postcode, segments = _cut_postcode(segments, region)
    if not segments:
        return Address(region=region, postcode=postcode)
    at = _street_index(segments)
    street, rest = segments[at], ""
    if single and len(segments) == 1:
        street, rest = _split_run(street)
    first = _number_first(region)
    number, street = cut_number(street, first=first)
    after = segments[at + 1 :]
    if not number and after and re.fullmatch(r"\W*(?:n\w{0,2}\W*)?\d{1,5}\s?[a-zA-Z]?\W*", after[0]):
        number, after = read_number(after[0]), after[1:]
    towns = [s for s in [rest, *after, *segments[:at]] if s and not _is_unit(s) and not _SUB_UNIT.fullmatch(key(s))]
    towns = [s for s in towns if not re.fullmatch(r"[A-Z]{2,3}", s)]
    return _address(region, number, street, _town(towns[0]) if towns else (), postcode)


def _number_first(region: str) -> bool:
    return languages_of(region)[0] in NUMBER_FIRST or region == "LU"


def _address(region: str, number: str, street: str, town: tuple[str, ...], postcode: str) -> Address:
    name, types, glued, directions = cut_street(street, region)
    return Address(region=region, number=number, name=name, types=types, glued=glued, directions=directions, town=town,
                   postcode=postcode, number_first=_number_first(region))  # fmt: skip


def from_fact(fact: Fact, *, spell: bool = False) -> Address:
    """The parts of a declared address; `spell` writes umlauts as two letters."""
    region = (fact.region or "US").upper()
    write = umlauts if spell else str
    if fact.value is not None or not fact.street:
        return from_line(write(fact.line), region)
    number, street = cut_number(write(fact.street), first=_number_first(region))
    postcode = re.sub(r"[\s-]", "", fold(fact.postcode or "").text)
    return _address(region, number, street, tuple(key(write(fact.town or "")).split()), postcode)
