"""A photo whose stored place lies at a declared place."""

from __future__ import annotations

from collections.abc import Iterator

from unlisted.model import Hit, PhotoSeen, Priority


def check(seen: PhotoSeen) -> Iterator[Hit]:
    """One hit for each declared place that the photo was taken at; an address leads home, another place to a routine."""
    for fact in seen.near:
        if fact.kind == "address":
            yield Hit(kind="position", fact=fact, certainty=0.95)
        else:
            yield Hit(kind="position", fact=fact, certainty=0.95, severity=Priority.SOON, gives=("routine",))
