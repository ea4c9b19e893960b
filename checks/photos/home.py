"""A photo whose stored place lies at a declared place."""

from __future__ import annotations

from collections.abc import Iterator

from unlisted.model import Hit, PhotoSeen, Priority


def check(seen: PhotoSeen) -> Iterator[Hit]:
    """One hit for each declared place that the photo was taken at; an address comes before other places."""
    for fact in seen.near:
        severity = None if fact.kind == "address" else Priority.SOON
        yield Hit(kind="position", fact=fact, severity=severity, certainty=0.95)
