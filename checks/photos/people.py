"""Photos that name a person in their hidden notes: the declared one by its label, others without."""

from __future__ import annotations

from collections.abc import Iterator

from unlisted.model import Hit, PhotoSeen


def check(seen: PhotoSeen) -> Iterator[Hit]:
    """One hit for each declared name, or one for names that nobody declared."""
    for fact in seen.people_declared:
        yield Hit(kind="people", fact=fact)
    if seen.photo.people and not seen.people_declared:
        yield Hit(kind="people")
