"""Runs one check on examples: for this project's tests, for other people's checks, and for `unlisted checks test`."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from pydantic import TypeAdapter, ValidationError

from unlisted.errors import CardError
from unlisted.model import EVIDENCE, Check, Example, Fact, Hit, Subject

PLAIN: Mapping[str, Mapping[str, Any]] = {
    "mention": {
        "source": "my page",
        "source_kind": "page",
        "detail": "text",
        "locator": {},
        "certainty": 1.0,
        "mine": True,
    },
    "photo": {"source": "my photos", "number": 1},
    "page": {"source": "my page", "source_kind": "page", "mine": True},
    "listing": {"source": "a listing", "directory": None, "host": "listing.example"},
    "place": {"rank": 1},
}
"""What an example need not say."""

INNER_PLAIN: Mapping[str, Mapping[str, Any]] = {
    "photo": {"status": "read"},
    "page": {"url": "https://page.example/"},
    "place": {"kind": "regular", "center": (0.1, -30.0), "radius_m": 30.0, "certainty": 0.9},
}
FACT_KEYS = ("fact",)
FACT_LISTS = ("near", "matched", "names", "handles", "owners_declared", "people_declared")


def subject_of(example: Example) -> Subject:
    """The subject that an example speaks of."""
    return TypeAdapter(Subject).validate_python(dict(example.subject))


def evidence_of(on: str, data: Mapping[str, Any], subject: Subject) -> Any:
    """Evidence from plain data; facts are named by their labels. Raises ValueError where it does not fit."""
    facts = {fact.label: fact for fact in subject.facts}
    plain: dict[str, Any] = {**PLAIN[on], **data}
    if on in INNER_PLAIN:
        plain[on] = {**INNER_PLAIN[on], **plain.get(on, {})}
    for key in FACT_KEYS:
        if isinstance(plain.get(key), str):
            plain[key] = fact_named(facts, plain[key])
    for key in FACT_LISTS:
        if key in plain:
            plain[key] = tuple(fact_named(facts, label) for label in plain[key])
    return TypeAdapter(EVIDENCE[on]).validate_python(plain)


def fact_named(facts: Mapping[str, Fact], label: str) -> Fact:
    """The fact with this label; raises ValueError."""
    if label not in facts:
        raise ValueError(f"no fact of the example's subject has the label {label!r}")
    return facts[label]


def hits(check: Check, example: Example) -> list[Hit]:
    """What a check says of one of its examples. Raises CardError where the example does not fit its evidence."""
    try:
        subject = subject_of(example)
        seen = evidence_of(check.card.on, example.evidence, subject)
    except (ValidationError, ValueError) as error:
        raise CardError(f"{check.card.file}: example {example.title!r}: {error}") from None
    return list(check.run(seen, subject))


def verify(check: Check) -> None:
    """Run every example of a check; raises AssertionError that says which one is wrong."""
    for example in check.card.examples:
        found = hits(check, example)
        if bool(found) != example.flagged:
            wanted = "flagged" if example.flagged else "clear"
            raise AssertionError(f"{check.card.file}: example {example.title!r} should be {wanted}")
