"""Writes a subject as TOML that reads back as the same subject."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from unlisted.model.subject import Fact, Source, SourceKind, Subject

_FACT_KEYS = (
    "kind",
    "label",
    "value",
    "street",
    "unit",
    "town",
    "state",
    "postcode",
    "lat",
    "lon",
    "region",
    "secret",
    "aliases",
)
_SHORT = {"\b": "\\b", "\t": "\\t", "\n": "\\n", "\f": "\\f", "\r": "\\r", '"': '\\"', "\\": "\\\\"}

Value = str | bool | float | Sequence[str]


def _sign(sign: str) -> str:
    if sign in _SHORT:
        return _SHORT[sign]
    code = ord(sign)
    return f"\\u{code:04x}" if code < 0x20 or code == 0x7F else sign


def _write(value: Value) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str):
        return '"' + "".join(map(_sign, value)) + '"'
    if isinstance(value, (int, float)):
        return repr(float(value))
    return "[" + ", ".join(map(_write, value)) + "]"


def _lines(pairs: Mapping[str, Value | None]) -> Iterator[str]:
    """What is not given is left out; so is what is false."""
    for key, value in pairs.items():
        if value is not None and value is not False and value != ():
            yield f"{key} = {_write(value)}"


def _fact(fact: Fact, country: str) -> Iterator[str]:
    yield "[[fact]]"
    own = {"region": fact.region if fact.region != country else None, "taken": fact.photo}
    yield from _lines({key: getattr(fact, key) for key in _FACT_KEYS} | own)
    yield ""


def _source(source: Source) -> Iterator[str]:
    yield "[[source]]"
    where: dict[str, Value | None] = {source.kind.value: source.path, "address": source.address}
    if source.path is None or source.kind is SourceKind.LISTING:
        where = {source.kind.value: source.address, "file": source.path}
    pairs: dict[str, Value | None] = {
        "label": source.label,
        **where,
        "service": source.service,
        "mine": source.mine,
        "note": source.note,
    }
    yield from _lines(pairs)
    yield ""


def dumps(subject: Subject) -> str:
    """The subject file of a subject, as text; `loads` makes an equal subject of it."""
    lines = [f"country = {_write(subject.country)}", f"languages = {_write(subject.languages)}"]
    lines += [*_lines({"timezone": subject.timezone}), ""]
    for fact in subject.facts:
        lines += _fact(fact, subject.country)
    for source in subject.sources:
        lines += _source(source)
    lines += ["[letters]", f"allow = {_write(subject.allow)}"]
    return "\n".join(lines) + "\n"
