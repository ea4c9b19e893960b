"""The answer key of the demo: what is planted, and what only looks as if it were.

A test holds the audit against it; a trainer holds a class's answers against it.
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from importlib.resources import files
from typing import Any, TypeVar


@dataclass(frozen=True, slots=True, kw_only=True)
class Exposure:
    """Something planted that must be found. `fact` and `level` are None where any will do; `text` stands in the page's file."""

    source: str
    kind: str
    where: str
    fact: str | None = None
    level: str | None = None
    text: str | None = None
    photo: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Decoy:
    """Something that must not be flagged. What is None is not compared; `facts` "any": no declared fact at all."""

    source: str
    why: str
    kind: str | None = None
    fact: str | None = None
    facts: str | None = None
    level: str | None = None
    text: str | None = None
    photo: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PlaceAnswer:
    """What a declared place must come out as."""

    fact: str
    role: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Unread:
    """A source that cannot be looked at."""

    source: str
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Key:
    """The whole answer key."""

    exposures: tuple[Exposure, ...]
    decoys: tuple[Decoy, ...]
    places: tuple[PlaceAnswer, ...]
    unread: tuple[Unread, ...]


Row = TypeVar("Row", Exposure, Decoy, PlaceAnswer, Unread)


def answers() -> Key:
    """The answer key, in the order of its file."""
    table = tomllib.loads((files(__package__) / "person" / "answers.toml").read_text(encoding="utf-8"))
    return Key(
        exposures=_rows(Exposure, table["exposure"]),
        decoys=_rows(Decoy, table["decoy"]),
        places=_rows(PlaceAnswer, table["place"]),
        unread=_rows(Unread, table["unread"]),
    )


def _rows(row: type[Row], tables: list[dict[str, Any]]) -> tuple[Row, ...]:
    return tuple(row(**table) for table in tables)
