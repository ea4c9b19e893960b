"""A street found in a text, before it is known what stands around it; shapes that its readers share."""

from __future__ import annotations

import re
from dataclasses import dataclass

from unlisted.extract.text.fold import bag

MAX_NAME = 6
"""Words of a street's name."""
LAST_NUMBER = re.compile(r"\d{1,4}(?:[a-z]|bis|ter)?")
ORDINAL = re.compile(r"\d{1,4}(?:st|nd|rd|th|e|er|eme|d)")
SPELLED = bag("one two three four five six seven eight nine ten eleven twelve fifteen twenty thirty forty fifty")
"""Numbers in words that open an address ("One Harbour Place")."""

NTH = bag("first second third fourth fifth sixth ground")
"""Floors in words."""


@dataclass(frozen=True, slots=True)
class Core:
    """A street with its number over the words `first` to `last`; `score` before anything else is known.

    `coded`: it has no street word, so that only a postcode behind it or words like "live at" make it a street.
    `opened`: it is a flat, a plot or a house, and the street comes behind it.
    """

    first: int
    last: int
    score: float
    coded: bool = False
    opened: bool = False
