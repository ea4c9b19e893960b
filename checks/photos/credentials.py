"""Signatures (content credentials) that name a person; that a photo is signed tells nothing by itself."""

from __future__ import annotations

from collections.abc import Iterator

from unlisted.model import Hit, Photo

PRESENT = "content credentials"
"""What stands among the credentials of every signed photo; the other entries are names."""


def check(photo: Photo) -> Iterator[Hit]:
    """One hit for a signature that names somebody."""
    if any(text != PRESENT for text in photo.credentials):
        yield Hit(kind="owner")
