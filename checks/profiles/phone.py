"""A declared phone number on a page; one that was marked secret comes first."""

from __future__ import annotations

from collections.abc import Iterator

from unlisted.model import Hit, Mention, Priority


def check(mention: Mention) -> Iterator[Hit]:
    """One hit for a declared number outside directories."""
    if mention.kind == "phone" and mention.fact is not None and mention.source_kind != "listing":
        severity = Priority.NOW if mention.fact.secret else None
        yield Hit(kind="phone", fact=mention.fact, severity=severity)
