"""A video inside a photo; a second picture, such as one for bright screens, shows nothing new."""

from __future__ import annotations

from collections.abc import Iterator

from unlisted.model import Hit, Photo


def check(photo: Photo) -> Iterator[Hit]:
    """One hit for a photo that carries a video or sound."""
    if any(item.kind in {"video", "audio"} for item in photo.embedded):
        yield Hit(kind="embedded")
