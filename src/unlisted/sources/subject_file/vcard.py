"""Reads the person's own vCard into facts (RFC 2426, RFC 6350, and what phones write).

Only single lines are given to the vCard library: its reader of whole files prints the lines that it cannot read.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import date
from itertools import islice
from string import ascii_lowercase
from typing import Any

from vobject.base import textLineToContentLine

from unlisted.errors import FetchError, SubjectError
from unlisted.model.subject import Fact, Source, SourceKind
from unlisted.sources.fetch.address import parse
from unlisted.sources.subject_file.countries import calling, code_of
from unlisted.sources.subject_file.labels import judge
from unlisted.sources.subject_file.position import from_link
from unlisted.sources.subject_file.schema import MAX_ALIASES, MAX_TEXT, complaint_of, unseen

MAX_BYTES = 2_000_000
"""A card with its picture; the picture is left out unread."""
MAX_LINE = 4000
"""Longest line of interest in characters, unfolded."""
MAX_LINES = 500
"""Lines of interest that are read."""
MAX_FACTS = 100
"""Facts that are taken from a card."""
MAX_PAGES = 20
"""Web addresses that are taken from a card."""
MAX_URL = 2000
"""Characters of a web address."""

_HEAD = re.compile(r"(?:[A-Za-z0-9-]{1,40}\.)?([A-Za-z-]{1,40})[;:]")
_BEGIN = re.compile(r"BEGIN:VCARD[ \t]{0,10}", re.IGNORECASE)
_DAY = re.compile(r"([0-9]{4})-?([0-9]{2})-?([0-9]{2})(?:T.{0,40})?")
_SPARE = ("detail", "entry", "line", "item")
"""Words for labels where the ordinary ones hold a value; with a letter each, they name more facts than are taken."""
_KIN = (
    "spouse",
    "partner",
    "child",
    "parent",
    "mother",
    "father",
    "sibling",
    "sister",
    "brother",
    "kin",
    "friend",
    "emergency",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Line:
    """One property: name in capitals, types in small letters, value as it stands (still escaped)."""

    name: str
    types: frozenset[str]
    value: str = field(repr=False)


def _decode(data: bytes) -> str:
    """UTF-8, or UTF-16 with its mark; old cards in Latin-1."""
    for encoding in ("utf-8-sig",) if not data.startswith((b"\xff\xfe", b"\xfe\xff")) else ("utf-16",):
        with suppress(UnicodeDecodeError):
            return data.decode(encoding)
    return data.decode("latin-1")


def _unfold(text: str) -> Iterator[str]:
    """Whole lines, none longer than the limit: what is folded beyond it is dropped with its line."""
    parts: list[str] = []
    length = 0
    for line in re.split(r"\r\n|\n|\r", text):
        soft = bool(parts) and parts[-1].endswith("=") and "QUOTED-PRINTABLE" in parts[0][:200].upper()
        if parts and (soft or line[:1] in {" ", "\t"}):
            length += len(line)
            if length <= MAX_LINE:
                parts[-1] = parts[-1][:-1] if soft else parts[-1]
                parts.append(line if soft else line[1:])
            continue
        if parts and length <= MAX_LINE:
            yield "".join(parts)
        parts, length = [line], len(line)
    if parts and length <= MAX_LINE:
        yield "".join(parts)


def _types(params: Mapping[str, Iterable[str]], bare: Iterable[str]) -> frozenset[str]:
    words = (word for value in params.get("TYPE", ()) for word in str(value).split(","))
    return frozenset(word.strip().lower() for word in (*words, *bare))


def _parse(line: str) -> _Line | None:
    """One property, or None where the library cannot read it."""
    with suppress(Exception):  # the library raises whatever it meets: a line that it cannot read is left out
        found: Any = textLineToContentLine(line)
        return _Line(
            name=str(found.name).upper(), types=_types(found.params, found.singletonparams), value=str(found.value)
        )
    return None


def _parsed(lines: Iterable[str], names: frozenset[str]) -> Iterator[_Line]:
    """The properties of interest, no more than the limit."""
    wanted = (line for line in lines if (head := _HEAD.match(line)) and head[1].upper() in names)
    return filter(None, map(_parse, islice(wanted, MAX_LINES)))


def _split(value: str, at: str) -> list[str]:
    """The parts of a value: cut at each `at` without a backslash, escapes undone, lines joined by commas."""
    parts = re.split(rf"(?<!\\){at}", value)
    return [_clean(part.replace("\\n", ", ").replace("\\N", ", ").replace("\\", "")) for part in parts]


def _clean(text: str) -> str:
    """One line of text that a subject file can hold, or ""."""
    line = ", ".join(part.strip(" ,\t") for part in re.split(r"[\r\n]{1,10}", text)).strip(" ,\t").strip()
    return "" if len(line) > MAX_TEXT or unseen(line) else line


def _which(line: _Line, names: Mapping[str, str], otherwise: str) -> str:
    return next((label for word, label in names.items() if word in line.types), otherwise)


def _address(line: _Line) -> Iterator[Fact]:
    label = _which(line, {"home": "home address", "work": "work address"}, "address")
    _, unit, street, town, state, postcode, country = [*_split(line.value, ";"), *[""] * 7][:7]
    if street or town or postcode:
        yield Fact(
            kind="address",
            label=label,
            street=street or None,
            unit=unit or None,
            town=town or None,
            state=state or None,
            postcode=postcode or None,
            region=code_of(country),
        )


def _phone(line: _Line) -> Iterator[Fact]:
    label = _which(line, {"fax": "fax", "cell": "mobile", "work": "work phone", "home": "home phone"}, "phone")
    value = _split(line.value, ";")[0].removeprefix("tel:")
    if sum(sign.isdecimal() for sign in value) >= 3:
        yield Fact(kind="phone", label=label, value=value)


def _email(line: _Line) -> Iterator[Fact]:
    value = _clean(line.value).removeprefix("mailto:")
    if "@" in value:
        yield Fact(kind="email", label=_which(line, {"work": "work email"}, "email"), value=value)


def _birthday(line: _Line) -> Iterator[Fact]:
    found = _DAY.fullmatch(line.value.strip()[:60])
    if found:
        with suppress(ValueError):
            day = date(int(found[1]), int(found[2]), int(found[3]))
            yield Fact(kind="birth_date", label="birth date", value=day.isoformat())


def _relative(line: _Line) -> Iterator[Fact]:
    value = _split(line.value, ";")[0]
    if value and ":" not in value:
        yield Fact(
            kind="relative", label=next((kin for kin in _KIN if kin in line.types), "family member"), value=value
        )


def _place(line: _Line) -> Iterator[Fact]:
    found = from_link(line.value.replace(";", ",").removeprefix("geo:"))
    if found:
        yield Fact(kind="place", label="place", lat=found[0], lon=found[1])


def _first(kind: str, label: str, at: str) -> Callable[[_Line], Iterator[Fact]]:
    """Reads one text value as a fact."""

    def read(line: _Line) -> Iterator[Fact]:
        value = _split(line.value, at)[0]
        if value:
            yield Fact(kind=kind, label=label, value=value)

    return read


def _nicknames(line: _Line) -> Iterator[Fact]:
    for value in _split(line.value, ","):
        if value:
            yield Fact(kind="handle", label="nickname", value=value)


def _structured(line: _Line) -> Iterator[Fact]:
    family, given = [*_split(line.value, ";"), "", ""][:2]
    value = _clean(f"{given} {family}")
    if value:
        yield Fact(kind="name", label="name", value=value)


_READ: Mapping[str, Callable[[_Line], Iterator[Fact]]] = {
    "FN": _first("name", "name", ";"),
    "N": _structured,
    "NICKNAME": _nicknames,
    "ADR": _address,
    "TEL": _phone,
    "EMAIL": _email,
    "BDAY": _birthday,
    "ORG": _first("employer", "employer", ";"),
    "GEO": _place,
    "RELATED": _relative,
    "X-ABRELATEDNAMES": _relative,
}


def _one_name(facts: list[Fact]) -> list[Fact]:
    """FN and N say the same person twice: one fact, the other spelling beside it."""
    names = list(dict.fromkeys(fact.value for fact in facts if fact.kind == "name" and fact.value))
    rest = [fact for fact in facts if fact.kind != "name"]
    if not names:
        return rest
    return [Fact(kind="name", label="name", value=names[0], aliases=tuple(names[1 : MAX_ALIASES + 1])), *rest]


def _placed(facts: list[Fact]) -> list[Fact]:
    """A card's position is that of its address, where there is one of each."""
    places = [fact for fact in facts if fact.kind == "place"]
    homes = [fact for fact in facts if fact.kind == "address"]
    if len(places) != 1 or len(homes) != 1:
        return facts
    at = replace(homes[0], lat=places[0].lat, lon=places[0].lon)
    return [at if fact is homes[0] else fact for fact in facts if fact is not places[0]]


def _labelled(facts: list[Fact]) -> tuple[Fact, ...]:
    """Every label once, none that holds a value: "mobile", "mobile 2", else "detail c"; without any label a fact is left out."""
    used: set[str] = set()
    holds_value = judge(facts)
    done: list[Fact] = []
    for fact in facts:
        names = (fact.label, *(f"{fact.label} {count}" for count in range(2, len(facts) + 2)))
        spare = (f"{word} {sign}" for word in _SPARE for sign in ascii_lowercase)
        free = (name for name in (spare if holds_value(fact.label) else names) if name not in used)
        label = next((name for name in free if not holds_value(name)), None)
        if label is not None:
            used.add(label)
            done.append(replace(fact, label=label))
    return tuple(done)


def _lines(data: bytes) -> list[str]:
    """The whole lines of one person's vCard; raises SubjectError."""
    if len(data) > MAX_BYTES:
        raise SubjectError("the vCard is larger than 2 MB; export it without its picture")
    lines = list(_unfold(_decode(data)))
    people = sum(1 for line in lines if _BEGIN.fullmatch(line))
    if people != 1:
        raise SubjectError(
            "this is not a vCard" if not people else "the vCard holds more than one person; export only your own card"
        )
    return lines


def _address_of(value: str) -> str | None:
    """The web address in the value of a line, or None where it is no http(s) address."""
    text = value.strip().replace("\\", "")
    with suppress(FetchError):
        parse(text)
        return None if unseen(text) or len(text) > MAX_URL else text
    return None


def read_pages(data: bytes) -> tuple[Source, ...]:
    """The web addresses of one person's vCard as pages: theirs, but for those that the card calls those of their work.

    Raises SubjectError as `read_vcard` does.
    """
    found: dict[str, bool] = {}
    for line in _parsed(_lines(data), frozenset({"URL"})):
        address = _address_of(line.value)
        if address is not None:
            found[address] = found.get(address, False) or "work" not in line.types
    return tuple(
        Source(label=f"page {number}", kind=SourceKind.PAGE, address=address, mine=mine)
        for number, (address, mine) in enumerate(islice(found.items(), MAX_PAGES), 1)
    )


def country_of(facts: Iterable[Fact]) -> str | None:
    """The country of a person by what their card gave: that of the home address, of another one, else of a phone number."""
    given = list(facts)
    homes = sorted((fact for fact in given if fact.kind == "address"), key=lambda fact: "home" not in fact.label)
    phones = (calling(fact.value) for fact in given if fact.kind == "phone" and fact.value)
    return next(filter(None, (*(fact.region for fact in homes), *phones)), None)


def read_vcard(data: bytes) -> tuple[Fact, ...]:
    """The facts of one person's vCard, each with a label; lines that cannot be read are left out.

    Raises SubjectError where it is no vCard, holds several people, or is too large.
    """
    found: list[Fact] = []
    for parsed in _parsed(_lines(data), frozenset(_READ)):
        found += (fact for fact in _READ[parsed.name](parsed) if not complaint_of(fact.kind, fact.value))
    unique = list({(fact.kind, fact.line, fact.position): fact for fact in reversed(found)}.values())[::-1]
    return _labelled(_placed(_one_name(unique[:MAX_FACTS])))
