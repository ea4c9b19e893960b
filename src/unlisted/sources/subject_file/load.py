"""Reads a subject file: TOML in, Subject out, and one clear line where that cannot be."""

from __future__ import annotations

import difflib
import re
import tomllib
import zoneinfo
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from unlisted.errors import FetchError, SubjectError
from unlisted.model.subject import Fact, Source, SourceKind, Subject
from unlisted.sources.fetch.address import parse
from unlisted.sources.subject_file.complaints import complaint
from unlisted.sources.subject_file.labels import judge
from unlisted.sources.subject_file.position import from_link, from_plus_code, valid
from unlisted.sources.subject_file.schema import FactTable, SourceTable, SubjectTable

MAX_BYTES = 1_000_000
MAX_DOTS = 20
"""Dots before the equals sign of a line: the work of the TOML reader grows with their square."""

_WHERE = re.compile(r"\(at line ([0-9]{1,9}), column ([0-9]{1,9})\)")
_ZONE = re.compile(r"[A-Za-z0-9_+-]{1,30}(?:/[A-Za-z0-9_+-]{1,30}){0,2}")
_PARTS = ("street", "unit", "town", "state", "postcode")
_PLACED = frozenset({"address", "place"})
_KINDS = tuple(kind.value for kind in SourceKind)
_WEB = frozenset({"page", "listing", "account", "feed"})

Complain = Callable[[str], SubjectError]


def load(path: str, *, stdin: bytes | None = None) -> Subject:
    """The subject of a file, or of `stdin` where the path is "-". Raises SubjectError, one line, without values."""
    if path == "-":
        if stdin is None:
            raise SubjectError("standard input: nothing came; give the subject file there")
        return loads(_decode(stdin, "standard input"), name="standard input", folder=Path.cwd())
    file = Path(path)
    return loads(_decode(_read(file, path), path), name=path, folder=file.parent)


def _read(file: Path, name: str) -> bytes:
    problem = "it cannot be read"
    try:
        with file.open("rb") as stream:
            return stream.read(MAX_BYTES + 1)
    except FileNotFoundError:
        problem = "there is no such file"
    except IsADirectoryError:
        problem = "this is a folder, not a file"
    except PermissionError:
        problem = "you may not read this file"
    except (OSError, ValueError):
        problem = "it cannot be read"
    raise SubjectError(f"{name}: {problem}")


def _decode(data: bytes, name: str) -> str:
    if len(data) > MAX_BYTES:
        raise SubjectError(f"{name}: is larger than 1 MB; a subject file is a page or two of text")
    with suppress(UnicodeDecodeError):
        return data.decode("utf-8-sig")
    raise SubjectError(f"{name}: is not UTF-8 text; save it as plain text in UTF-8")


def loads(text: str, *, name: str, folder: Path) -> Subject:
    """The subject of a TOML text; paths in it are taken from `folder`. Raises SubjectError naming `name`, table, position, key."""
    data = _toml(text, name)
    return _subject(_validated(data, name), name=name, folder=folder)


def _validated(data: dict[str, Any], name: str) -> SubjectTable:
    problem = ""
    try:
        return SubjectTable.model_validate(data)
    except ValidationError as error:
        problem = complaint(error.errors(include_url=False, include_input=False)[0], data)
    raise SubjectError(f"{name}: {problem}")  # outside: pydantic's own error holds what was written


def _toml(text: str, name: str) -> dict[str, Any]:
    if len(text) > MAX_BYTES:
        raise SubjectError(f"{name}: is larger than 1 MB; a subject file is a page or two of text")
    if any(_dots(line) > MAX_DOTS for line in text.splitlines()):
        raise SubjectError(f"{name}: is nested too deeply")
    problem = ""
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        problem = _syntax(str(error), text)
    except RecursionError:
        problem = "is nested too deeply"
    except (ValueError, OverflowError):
        problem = "holds a number that is too large"
    raise SubjectError(f"{name}: {problem}")


_MISSING = "look for a missing quote, bracket or equals sign"
_CURLY = 'the quotes must be straight ones ("), not curly ones'
_HINTS = {"“": _CURLY, "”": _CURLY, "„": _CURLY, "\\": "write / in the place of \\, or put the path in single quotes"}
"""What is most often wrong in a line that holds such a sign."""


def _dots(line: str) -> int:
    """Dots in the key of a line; a comment has none."""
    return 0 if line.lstrip().startswith("#") else line.partition("=")[0].count(".")


def _syntax(said: str, text: str) -> str:
    """What the reader said, without what it quotes: where, and what to look for."""
    found = _WHERE.search(said)
    where = f"line {found[1]}, column {found[2]}" if found else "the end of the file"
    twice = said.startswith(("Cannot overwrite", "Cannot declare", "Cannot mutate"))
    line = text.splitlines()[int(found[1]) - 1] if found and int(found[1]) <= len(text.splitlines()) else ""
    usual = next((hint for sign, hint in _HINTS.items() if sign in line), _MISSING)
    hint = "a key or a table stands there twice" if twice else usual
    return f"{where}: this is not valid TOML; {hint}"


def _at(name: str, table: str, number: int) -> Complain:
    """Makes the errors of one table."""
    return lambda text: SubjectError(f"{name}: [[{table}]] number {number}: {text}")


def _subject(table: SubjectTable, *, name: str, folder: Path) -> Subject:
    facts = tuple(_fact(each, folder, _at(name, "fact", at)) for at, each in enumerate(table.fact, 1))
    sources = tuple(_source(each, folder, _at(name, "source", at)) for at, each in enumerate(table.source, 1))
    subject = Subject(
        country=table.country,
        languages=tuple(table.languages),
        facts=facts,
        sources=sources,
        allow=tuple(table.letters.allow),
        timezone=_zone(table.timezone, name),
    )
    check_labels(subject, name=name)
    _check_allow(subject, name)
    return subject


def _zone(zone: str | None, name: str) -> str | None:
    if zone is None:
        return None
    with suppress(zoneinfo.ZoneInfoNotFoundError, ValueError, OSError):
        if _ZONE.fullmatch(zone):
            zoneinfo.ZoneInfo(zone)
            return zone
    near = difflib.get_close_matches(zone[:60], sorted(zoneinfo.available_timezones()), n=1)
    hint = f"did you mean '{near[0]}'?" if near else "write it as in 'Europe/Paris'"
    raise SubjectError(f"{name}: top of the file: key 'timezone' is not a time zone; {hint}")


def _fact(table: FactTable, folder: Path, wrong: Complain) -> Fact:
    parts = {part: getattr(table, part) for part in _PARTS}
    if table.kind not in _PLACED:
        for part in _PARTS:
            if parts[part] is not None:
                raise wrong(f"key '{part}' is only for the kinds address and place")
    lat, lon = _position(table, wrong)
    bare = table.value is None and not any(parts.values()) and lat is None and table.taken is None
    if bare or (table.kind not in _PLACED and table.value is None):
        raise wrong("key 'value' is missing")
    return Fact(
        kind=table.kind,
        label=table.label,
        value=table.value,
        region=table.region,
        secret=table.secret,
        lat=lat,
        lon=lon,
        aliases=tuple(table.aliases),
        photo=None if table.taken is None else _path(table.taken, folder, "taken", wrong),
        **parts,
    )


def _position(table: FactTable, wrong: Complain) -> tuple[float, float] | tuple[None, None]:
    """Where a fact is, by the one way in which it is given."""
    if (table.lat is None) != (table.lon is None):
        raise wrong(f"key '{'lat' if table.lat is None else 'lon'}' is missing; the two go together")
    ways = [key for key in ("lat", "map", "pluscode", "taken") if getattr(table, key) is not None]
    if ways and table.kind not in _PLACED:
        raise wrong(f"key '{ways[0]}' is only for the kinds address and place")
    if len(ways) > 1:
        raise wrong(f"keys '{ways[0]}' and '{ways[1]}' both say where it is; keep one")
    if table.lat is not None and table.lon is not None:
        if not valid(table.lat, table.lon):
            raise wrong("keys 'lat' and 'lon' are both 0, which is in the sea")
        return table.lat, table.lon
    return _written(table, wrong)


def _written(table: FactTable, wrong: Complain) -> tuple[float, float] | tuple[None, None]:
    """The position in a map link or plus code."""
    if table.map is not None:
        found = from_link(table.map)
        if found is None:
            raise wrong(
                "key 'map' holds no place; open a short link first and copy the long address, or write lat and lon"
            )
        return found
    if table.pluscode is not None:
        found = from_plus_code(table.pluscode)
        if found is None:
            raise wrong("key 'pluscode' must be a full plus code, with eight signs before the plus sign")
        return found
    return None, None


def _path(given: str, folder: Path, key: str, wrong: Complain) -> str:
    """A local path, taken from the folder of the subject file."""
    with suppress(RuntimeError, ValueError, OSError):
        return str(folder / Path(given).expanduser())
    raise wrong(f"key '{key}' is not a path")


def _web(given: str, key: str, wrong: Complain) -> str:
    """A web address as it was typed, checked."""
    problem = ""
    try:
        parse(given)
    except FetchError as error:
        problem = error.reason
    if problem:
        raise wrong(f"key '{key}': {problem}")
    return given


def _source(table: SourceTable, folder: Path, wrong: Complain) -> Source:
    key = _key(table, wrong)
    saved = table.file if key == "listing" else None
    given: str = getattr(table, key)
    address: str | None = None
    path: str | None = None
    if table.address is not None and key != "file":
        raise wrong("key 'address' is only for a saved file" + ("; 'listing' says it already" if saved else ""))
    if table.service is None and key == "account":
        raise wrong("key 'service' is missing; an account needs the name of its service")
    if table.service is not None and key not in {"account", "export"}:
        raise wrong("key 'service' is only for an account or an export")
    if key in _WEB:
        address = _web(given, key, wrong)
        path = None if saved is None else _path(saved, folder, "file", wrong)
    else:
        address = None if table.address is None else _web(table.address, "address", wrong)
        path = _path(given, folder, key, wrong)
    return Source(
        label=table.label,
        kind=SourceKind(key),
        address=address,
        path=path,
        service=table.service,
        mine=table.mine,
        note=table.note,
    )


def _key(table: SourceTable, wrong: Complain) -> str:
    """The one key that says what a source is. A listing may have a saved file beside it: that is read, nothing is fetched."""
    keys = [key for key in _KINDS if getattr(table, key) is not None]
    if not keys:
        raise wrong(f"says not what it is; give one of {', '.join(_KINDS)}")
    if set(keys) == {"file", "listing"}:
        return "listing"
    if len(keys) > 1:
        raise wrong(
            f"keys '{keys[0]}' and '{keys[1]}' stand together; keep one and make another [[source]] of the other"
        )
    return keys[0]


def _labels(subject: Subject) -> Iterator[tuple[str, Sequence[str]]]:
    yield "fact", [fact.label for fact in subject.facts]
    yield "source", [source.label for source in subject.sources]


def check_labels(subject: Subject, *, name: str) -> None:
    """Raises SubjectError where a label is used twice or holds a value; neither is repeated."""
    holds_value = judge(subject.facts)
    for table, labels in _labels(subject):
        seen: dict[str, int] = {}
        for number, label in enumerate(labels, 1):
            wrong = _at(name, table, number)
            first = seen.setdefault(label.casefold(), number)
            if first != number:
                raise wrong(f"key 'label' is the same as in number {first}; each needs its own")
            if holds_value(label):
                raise wrong(
                    'key \'label\' holds one of your details; choose words that give nothing away, such as "home" or "my blog"'
                )


def _check_allow(subject: Subject, name: str) -> None:
    secret = {fact.label: fact.secret for fact in subject.facts}
    for number, label in enumerate(subject.allow, 1):
        where = f"{name}: [letters]: key 'allow', entry {number}"
        if label not in secret:
            raise SubjectError(f"{where}: no [[fact]] has this label")
        if secret[label]:
            raise SubjectError(f"{where}: this fact is marked secret, so it never stands in a letter")
