"""A check's data: what a trainer can read and change without programming (SARIF's term: rule)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Any

from unlisted.model.finding import Priority


class Notice(StrEnum):
    """Who will notice a change."""

    NOBODY = "nobody"
    SITE = "the site"
    FOLLOWERS = "people who follow you"
    SHARED = "anyone sharing the account"

    @property
    def weight(self) -> int:
        """By what a plan multiplies minutes."""
        return {"nobody": 1, "the site": 1, "people who follow you": 2, "anyone sharing the account": 4}[self.value]


@dataclass(frozen=True, slots=True, kw_only=True)
class Fix:
    """The change that closes a finding.

    `do` is a word of a closed list: setting, edit, clean, remove, letter, rename. Findings with the same `do` and
    `group` on one source are closed by one action. `action` is the sentence of the plan; `{source}` stands for the label.
    """

    do: str
    action: str
    minutes: int
    notice: Notice
    check: str
    wait_days: int = 0
    steps: tuple[str, ...] = ()
    group: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Example:
    """One example of a card: evidence as plain data, and whether it must be flagged. It is test and documentation at once."""

    title: str
    flagged: bool
    evidence: Mapping[str, Any]
    subject: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Card:
    """Everything that a check is, but for its function. `on`: mention, photo, listing, page, account or place."""

    id: str
    title: str
    on: str
    severity: Priority
    learns: str
    last_verified: date
    references: tuple[str, ...]
    fix: Fix
    fine: str = ""
    """What is said where the check looked and found nothing."""
    gives: tuple[str, ...] = ()
    """What a stranger holds afterwards, of: home routine contact family name handle employer town birth_date."""
    needs: tuple[str, ...] = ()
    kind: str = ""
    """The JSON kind of its findings where the evidence has none of its own (photos, listings, places)."""
    asks: tuple[str, ...] = ()
    """Kinds of fact of which at least one must be declared, else the check cannot say that it found nothing."""
    category: str = ""
    """Personal-data category of the W3C Data Privacy Vocabulary, extension 2.2 (DPV-PD)."""
    certainty: float | None = None
    rule: Mapping[str, Mapping[str, Any]] | None = None
    examples: tuple[Example, ...] = ()
    meaning: str = ""
    matters: str = ""
    how_to_fix: str = ""
    ask_for_removal: str = ""
    file: str = ""
