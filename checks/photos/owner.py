"""Photos that name the owner in their hidden notes: the declared one by its label, others without."""

from __future__ import annotations

from collections.abc import Iterator

from unlisted.model import Hit, PhotoSeen


def check(seen: PhotoSeen) -> Iterator[Hit]:
    """One hit for each declared name, or one for names that nobody declared."""
    for fact in seen.owners_declared:
        yield Hit(kind="owner", fact=fact)
    if seen.photo.owners and not seen.owners_declared:
        yield Hit(kind="owner")
