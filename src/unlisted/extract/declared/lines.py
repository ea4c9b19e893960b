"""A declared address as a person writes it, in one line or over several: which piece is the street, which the town."""

from __future__ import annotations

import re

from unlisted.extract.declared.parts import DWELLINGS, Address, Pieces, assemble, umlauts
from unlisted.extract.text.fold import bag, fold, key
from unlisted.extract.text.lexicon import lexicon
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
QUARTERS = bag("col colonia barrio bairro urb urbanizacion fracc fraccionamiento ortsteil ot lieu")
"""Words before the name of a part of a town."""
_ALONE = re.compile(r"\W*(?:(?:[nN]|[hH]\W?[nN]o)\w{0,2}\W*|[pP]lot\W*)?(\d{1,5}(?:[-/]\d{1,5}){0,2}\s?[a-zA-Z]?)\W*")
_SUB_UNIT = re.compile(
    r"(?:\d{1,3} ?[oa]? ?)?(?:[a-z]|bajos?|atico|izq\w*|dcha|dch|der\w*|dto|esq\w*|tv|th|mf|puerta \w+|r c)?"
)
_STATE = re.compile(r"[A-Z]{2,3}")


def _is_unit(segment: str) -> bool:
    words = key(segment).split()
    if segment.lstrip().startswith("#") or _SUB_UNIT.fullmatch(" ".join(words)) or _ALONE.fullmatch(segment):
        return True
    return words[0] in lexicon().units and len(words) <= 4 and words[0] not in lexicon().before


def _town(text: str) -> tuple[str, ...]:
    """The words of a town, without a state's short form or a country after it."""
    words = re.sub(r"\([^)]{0,60}\)", " ", text).split()
    while len(words) > 1 and _STATE.fullmatch(words[-1]):
        words.pop()
    return tuple(key(" ".join(words).partition("/")[0]).split())


def _cut_postcode(segments: list[str], region: str) -> tuple[str, int, list[str]]:
    """The postcode, the place of the segment that held it, and the segments without it; the last that holds one wins."""
    shape = re.compile(r"(?<![a-z\d])(" + POSTCODES.get(region, r"\d{4,6}") + r")(?![a-z\d])")
    for index in range(len(segments) - 1, -1, -1):
        matches = [m for m in shape.finditer(fold(segments[index]).text) if index > 0 or m.start() > 0]
        if matches:
            found, text = matches[-1], segments[index]
            rest = [text[: found.start()].strip(" -"), text[found.end() :].strip(" -")]
            cut = [part for part in rest if part]
            code = re.sub(r"[\s-]", "", found.group(1))
            return code[:5] if region == "US" else code, index, segments[:index] + cut + segments[index + 1 :]
    return "", len(segments), segments


def _is_street(segments: list[str], index: int) -> int:
    """How much a segment looks like the street: a number and a word of streets, one of the two, neither."""
    lex, words = lexicon(), key(segments[index]).split()
    near = [segments[at] for at in (index - 1, index + 1) if 0 <= at < len(segments)]
    numbered = (any(word[0].isdigit() for word in words) and len(words) > 1) or any(_ALONE.fullmatch(s) for s in near)
    return numbered + (words[0] in lex.before or words[-1] in lex.types or any(w in lex.types for w in words[1:]))


def _street_index(segments: list[str]) -> int:
    """Which segment is the street: of those that are no unit and hold a letter, the one that looks most like one."""
    able = [i for i, segment in enumerate(segments) if re.search(r"[^\W\d]{2}", segment) and not _is_unit(segment)]
    return max(able, key=lambda index: (_is_street(segments, index), -index), default=0)


def _split_run(segment: str) -> tuple[str, str]:
    """A street and a town in one segment without a comma: the street ends with its type and a direction after it."""
    lex, words = lexicon(), segment.split()
    kinds = [key(word) for word in words]
    for index in range(2, len(words) - 1):
        if kinds[index] in lex.types and len(kinds[index]) > 1 and kinds[0][:1].isdigit():
            return " ".join(words[: index + 1]), " ".join(words[index + 1 :])
    return segment, ""


def _unit_of(segments: list[str]) -> str:
    """The number of the home within the house, from the first segment that names one."""
    for segment in segments:
        words = key(segment).split()
        if words and (segment.lstrip().startswith("#") or (words[0] in DWELLINGS and len(words) > 1)):
            return segment if segment.lstrip().startswith("#") else " ".join(w for w in words if w not in DWELLINGS)
        if re.fullmatch(r"\s*\d{1,2} ?[ºª°] ?-?[A-Za-z]\s*", segment):
            return segment.replace("º", " ").replace("ª", " ")
    return ""


def from_line(line: str, region: str) -> Address:
    """An address in one line, or over several."""
    segments = [part.strip() for part in re.split(r"[,;\n]| - ", line) if part.strip()]
    segments = segments[:1] + [s for s in segments[1:] if not set(key(s).split()) <= COUNTRIES]
    if not segments:
        return Address(region=region)
    single = len(segments) == 1
    postcode, coded, segments = _cut_postcode(segments, region)
    if not segments:
        return Address(region=region, postcode=postcode)
    at = _street_index(segments)
    street, rest = _split_run(segments[at]) if single and len(segments) == 1 else (segments[at], "")
    beside = [i for i in ((at - 1, at + 1) if street[:1].isalpha() else ()) if 0 <= i < len(segments)]
    alone = next((i for i in beside if _ALONE.fullmatch(segments[i])), None)
    found = _ALONE.fullmatch(segments[alone]) if alone is not None else None
    number = fold(found.group(1)).text if found and not re.search(r"\s\d{1,6}\s?[a-zA-Z]?$", street) else ""
    towns = [coded, *range(at + 1, len(segments)), *range(at)]
    named = [rest] + [segments[i] for i in dict.fromkeys(towns) if i < len(segments) and i not in {at, alone}]
    named = [s for s in named if s and _names_town(s)]
    places = frozenset(word for i, s in enumerate(segments) if i != at for word in key(s).split())
    pieces = Pieces(
        street=street, number=number, unit=_unit_of(segments), town=_town(named[0]) if named else (), postcode=postcode,
        places=places,
    )  # fmt: skip
    return assemble(region, pieces)


def _names_town(segment: str) -> bool:
    words = key(segment).split()
    return not _is_unit(segment) and not _STATE.fullmatch(segment) and words[0] not in QUARTERS


def from_fact(fact: Fact, *, spell: bool = False) -> Address:
    """The parts of a declared address; `spell` writes umlauts as two letters."""
    region = (fact.region or "US").upper()
    write = umlauts if spell else str
    if fact.value is not None or not fact.street:
        return from_line(write(fact.line), region)
    postcode = re.sub(r"[\s-]", "", fold(fact.postcode or "").text)
    town = tuple(key(write(fact.town or "")).split())
    places = frozenset((*town, *key(fact.state or "").split()))
    return assemble(
        region, Pieces(street=write(fact.street), unit=fact.unit or "", town=town, postcode=postcode, places=places)
    )
