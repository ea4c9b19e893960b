"""Coordinates or a map link at a declared place."""

from __future__ import annotations

from collections.abc import Iterator

from unlisted.model import Hit, Mention, Priority


def check(mention: Mention) -> Iterator[Hit]:
    """One hit for a point at a declared place; an address leads home, another place to a routine."""
    if mention.kind != "position" or mention.fact is None:
        return
    if mention.fact.kind == "address":
        yield Hit(kind="position", fact=mention.fact)
    else:
        yield Hit(kind="position", fact=mention.fact, severity=Priority.SOON, gives=("routine",))
