"""The words that a heading may be made of to be named in a report."""

from __future__ import annotations

import re
import tomllib
from functools import cache
from importlib import resources

LONGEST = 60
"""A longer heading is named by its number, whatever its words."""


@cache
def ordinary_words() -> frozenset[str]:
    """Every ordinary heading word, lower case."""
    text = resources.files("unlisted.data").joinpath("headings.toml").read_text(encoding="utf-8")
    return frozenset(word for words in tomllib.loads(text).values() for word in words.split())


def is_ordinary(heading: str) -> bool:
    """Whether a heading is short and made of ordinary words only, so that naming it tells nothing about a person."""
    if not heading or len(heading) > LONGEST:
        return False
    words = re.findall(r"[^\W\d_]+", heading.casefold())
    rest = re.sub(r"[^\W\d_]+|[\s,.:;!?&'’/()-]", "", heading)
    return bool(words) and not rest and all(word in ordinary_words() for word in words)
