"""Videos, alone or inside a photo, that hold a place which nobody declared."""

from __future__ import annotations

from collections.abc import Iterator

from unlisted.model import Hit, PhotoSeen

VIDEO = frozenset({"quicktime", "track"})
"""Origins of a place in a video: its header, and a track beside the picture."""


def check(seen: PhotoSeen) -> Iterator[Hit]:
    """One hit for a video whose place is not a declared one."""
    if not seen.near and any(spot.origin in VIDEO for spot in seen.photo.positions):
        yield Hit(kind="position")
