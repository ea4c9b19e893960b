"""What an audit concludes: finding, clear, not checked; and the fixed words in which it says so (SARIF: result)."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from enum import StrEnum

from unlisted.model.subject import Fact


class Priority(StrEnum):
    """How soon; the word that the report shows is its title case."""

    NOW = "now"
    SOON = "soon"
    LATER = "later"
    FINE = "fine"

    @property
    def word(self) -> str:
        """The fixed word."""
        return self.value.capitalize()


class Certainty(StrEnum):
    """How sure, in four fixed words."""

    TOLD = "You told us"
    QUITE = "Quite sure"
    FAIRLY = "Fairly sure"
    GUESS = "A guess"


JSON_KINDS = frozenset(
    (
        "name",
        "handle",
        "address",
        "phone",
        "email",
        "birth_date",
        "employer",
        "school",
        "relative",
        "plate",
        "position",
        "routine",
        "travel",
        "join",
        "visibility",
        "serial",
        "owner",
        "people",
        "thumbnail",
        "embedded",
        "history",
        "place",
    )
)
"""Every word that a finding's `kind` can be: a value of a page or a file never becomes one."""

FLOOR = 0.30
"""A score below this is not shown at all."""


def certainty_word(score: float) -> Certainty | None:
    """The fixed word for a score of 0 to 1; None where it is too low to be shown."""
    steps = ((0.90, Certainty.QUITE), (0.60, Certainty.FAIRLY), (FLOOR, Certainty.GUESS))
    return next((word for least, word in steps if score >= least), None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Hit:
    """What a check's function yields: one thing worth telling.

    `kind` is a JSON kind; `fact` the declared fact; `certainty` a score; None takes the evidence's or the card's. `severity`
    overrides the card's.
    """

    kind: str
    fact: Fact | None = None
    certainty: float | None = None
    severity: Priority | None = None
    gives: tuple[str, ...] | None = None
    """What a stranger holds afterwards, where it is not what the card says."""
    count: int = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One exposure, without any value. `where` is a sentence part that names no value; `fact` is a label or None."""

    check: str
    source: str
    where: str
    kind: str
    fact: str | None
    priority: Priority
    certainty: Certainty
    score: float
    title: str
    learns: str
    fingerprint: str
    level: str | None = None
    count: int = 1
    detail: str | None = None
    gives: tuple[str, ...] = ()
    other: str | None = None
    """The label of the source that a link leads to, for findings that join two."""
    evidence: tuple[str, ...] = field(default=(), repr=False)
    """Names of the evidence within the run ("holiday photos#12"); no value."""


@dataclass(frozen=True, slots=True, kw_only=True)
class NotChecked:
    """Something that could not be looked at, and the reason. `check` is None where the whole source was not read."""

    source: str
    reason: str
    check: str | None = None
    where: str | None = None
    count: int = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Clear:
    """A check that looked at a source and found nothing there."""

    check: str
    source: str
    title: str


def fingerprint(*, check: str, source: str, locator: str, fact: str | None, ordinal: int) -> str:
    """SHA-256 over labels and places, never over a value: the same exposure in two audits has the same one."""
    parts = "\x1f".join((check, source, locator, fact or "", str(ordinal)))
    return hashlib.sha256(parts.encode()).hexdigest()
