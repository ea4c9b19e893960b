"""Photos that hold a place which nobody declared; places in a video are another check's."""

from __future__ import annotations

from collections.abc import Iterator

from unlisted.model import Hit, PhotoSeen

VIDEO = frozenset({"quicktime", "track"})
"""Origins of a place in a video."""


def check(seen: PhotoSeen) -> Iterator[Hit]:
    """One hit for a photo whose place is not a declared one."""
    if not seen.near and any(spot.origin not in VIDEO for spot in seen.photo.positions):
        yield Hit(kind="position")
