"""Ways to reach the person who made a photo: e-mail addresses and phone numbers in its notes."""

from __future__ import annotations

from collections.abc import Iterator

from unlisted.model import Hit, Photo

DIGITS = range(9, 16)
"""Digits of a phone number with its area; two years have eight."""


def check(photo: Photo) -> Iterator[Hit]:
    """One hit for addresses, one for numbers; a web address is neither."""
    lines = [text for text in photo.contacts if "://" not in text]
    if any("@" in text.strip("@ ") for text in lines):
        yield Hit(kind="email")
    if any(sum(map(str.isdecimal, text)) in DIGITS and "@" not in text for text in lines):
        yield Hit(kind="phone")
