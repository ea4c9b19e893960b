"""Words of addresses, numbers and dates by language, read once from the tables in `words/`."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import Any

LANGUAGES = ("en", "de", "fr", "es", "it", "pt", "nl", "da", "sv", "no", "fi", "pl", "cs", "ga", "cy")


@cache
def table(language: str) -> Mapping[str, Any]:
    """The table of a language as it stands in its file. Raises KeyError for a language without one."""
    if language not in LANGUAGES:
        raise KeyError(language)
    text = files("unlisted.data.words").joinpath(f"{language}.toml").read_text(encoding="utf-8")
    return tomllib.loads(text)


def languages_of(region: str) -> tuple[str, ...]:
    """The languages of a country that have a table; English where none has."""
    found = tuple(name for name in LANGUAGES if region.upper() in table(name)["regions"])
    return found or ("en",)
