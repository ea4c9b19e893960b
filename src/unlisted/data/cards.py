"""Reads the card of a check: TOML between `+++` lines, then prose under four fixed headings."""

from __future__ import annotations

import tomllib
from dataclasses import fields
from datetime import date
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError, field_validator

from unlisted.data import rules
from unlisted.errors import CardError
from unlisted.model import EVIDENCE, JSON_KINDS, Card, Example, FactKind, Fix, Notice, Priority

HEADINGS = {
    "What it means": "meaning",
    "Why it matters": "matters",
    "How to fix": "how_to_fix",
    "Ask for removal": "ask_for_removal",
}
GIVES = frozenset(["home", "routine", "contact", "family", "name", "handle", "employer", "town", "birth_date"])
MAX_BYTES = 64 * 1024
Line = Annotated[str, Field(min_length=1, max_length=300)]


class FixIn(BaseModel):
    """The `[fix]` table."""

    model_config = ConfigDict(extra="forbid")

    do: Literal["setting", "edit", "clean", "remove", "letter", "rename"]
    action: Line
    minutes: Annotated[int, Field(ge=1, le=600)]
    notice: Notice
    check: Line
    wait_days: Annotated[int, Field(ge=0, le=400)] = 0
    steps: Annotated[list[Line], Field(min_length=1, max_length=7)]
    group: str = ""


class ExampleIn(BaseModel):
    """One `[[examples]]` table."""

    model_config = ConfigDict(extra="forbid")

    title: Line
    flagged: bool
    evidence: dict[str, Any]
    subject: dict[str, Any] = {}


class CardIn(BaseModel):
    """The front matter."""

    model_config = ConfigDict(extra="forbid")

    title: Line
    on: str
    kind: str = ""
    severity: Priority
    learns: Line
    fine: Line
    last_verified: date
    references: Annotated[list[Line], Field(min_length=1)]
    fix: FixIn
    gives: list[str] = []
    needs: list[str] = []
    asks: list[FactKind] = []
    category: str = ""
    certainty: Annotated[float | None, Field(ge=0.3, le=1)] = None
    rule: dict[str, dict[str, Any]] | None = None
    examples: Annotated[list[ExampleIn], Field(min_length=2)]

    @field_validator("on")
    @classmethod
    def known_evidence(cls, on: str) -> str:
        """`on` is an evidence kind."""
        if on not in EVIDENCE:
            raise ValueError(f"must be one of {', '.join(sorted(EVIDENCE))}")
        return on

    @field_validator("kind")
    @classmethod
    def known_kind(cls, kind: str) -> str:
        """`kind`, where given, is a JSON kind."""
        if kind and kind not in JSON_KINDS:
            raise ValueError(f"must be one of {', '.join(sorted(JSON_KINDS))}")
        return kind

    @field_validator("gives", "needs")
    @classmethod
    def known_gains(cls, names: list[str]) -> list[str]:
        """What a stranger gains or needs is of a closed list."""
        if strange := sorted(set(names) - GIVES):
            raise ValueError(f"{strange[0]!r} is not known; allowed are {', '.join(sorted(GIVES))}")
        return names


def split(text: str, file: str) -> tuple[str, str]:
    """(front matter, prose); raises CardError."""
    if len(text.encode()) > MAX_BYTES:
        raise CardError(f"{file}: larger than {MAX_BYTES // 1024} KB")
    parts = text.replace("\r\n", "\n").split("+++\n", 2)
    if len(parts) != 3 or parts[0].strip():
        raise CardError(f"{file}: a card begins with a line '+++', its TOML, and a second line '+++'")
    return parts[1], parts[2]


def sections(prose: str, file: str) -> dict[str, str]:
    """The text under each fixed heading, by the card's field; raises CardError."""
    found: dict[str, str] = {}
    for part in prose.split("\n## ")[1:] if not prose.startswith("## ") else prose[3:].split("\n## "):
        heading, _, body = part.partition("\n")
        name = HEADINGS.get(heading.strip())
        if name is None:
            raise CardError(f"{file}: the heading {heading.strip()!r} is not known; there are {', '.join(HEADINGS)}")
        found[name] = body.strip()
    missing = [heading for heading, name in HEADINGS.items() if not found.get(name) and name != "ask_for_removal"]
    if missing:
        raise CardError(f"{file}: nothing stands under {missing[0]!r}")
    return found


def front_matter(toml: str, file: str) -> CardIn:
    """The checked front matter; raises CardError that names file and key."""
    try:
        card = CardIn.model_validate(tomllib.loads(toml))
    except tomllib.TOMLDecodeError as error:
        raise CardError(f"{file}: not TOML: {error}") from None
    except ValidationError as error:
        first = error.errors(include_url=False, include_input=False)[0]
        place = ".".join(str(part) for part in first["loc"]) or "front matter"
        raise CardError(f"{file}: {place}: {first['msg']}") from None
    if len({example.flagged for example in card.examples}) != 2:
        raise CardError(f"{file}: examples: needs one that is flagged and one that is clear")
    return card


def parse_card(text: str, *, id: str, file: str) -> Card:  # noqa: A002
    """Read one card.

    Args:
        text: the whole file.
        id: family and name, from the path.
        file: what error messages call it.

    Raises:
        CardError: names the file, the key and what is allowed.
    """
    toml, prose = split(text, file)
    card = front_matter(toml, file)
    if card.rule is not None:
        known = frozenset(item.name for item in fields(EVIDENCE[card.on])) | {"declared"}
        if wrong := rules.problem(card.rule, known):
            raise CardError(f"{file}: rule: {wrong}")
    plain: dict[str, Any] = card.model_dump(exclude={"fix", "examples", "gives", "needs", "asks", "references", "kind"})
    plain |= sections(prose, file)
    return Card(
        id=id,
        file=file,
        fix=Fix(**{**card.fix.model_dump(), "steps": tuple(card.fix.steps)}),
        examples=tuple(Example(**example.model_dump()) for example in card.examples),
        gives=tuple(card.gives),
        needs=tuple(card.needs),
        asks=tuple(card.asks),
        references=tuple(card.references),
        kind=card.kind,
        **plain,
    )
