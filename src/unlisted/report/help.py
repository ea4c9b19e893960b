"""Organisations that help, from `helplines.toml` beside this file: names only, no number, no automatic choice of country."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

EVERYWHERE = "all"
EEA = frozenset(
    [
        *("AT", "BE", "BG", "CY", "CZ", "DE", "DK", "EE", "ES", "FI", "FR", "GR", "HR", "HU", "IE", "IS", "IT", "LI"),
        *("LT", "LU", "LV", "MT", "NL", "NO", "PL", "PT", "RO", "SE", "SI", "SK"),
    ],
)
"""ISO codes of the states whose people can complain to a data protection authority under the same law."""


@dataclass(frozen=True, slots=True, kw_only=True)
class HelpLine:
    """One organisation. `checked` is a date or empty where none is known."""

    country: str
    name: str
    what: str
    checked: str = ""


@cache
def _all() -> tuple[HelpLine, ...]:
    table = tomllib.loads(files("unlisted.report").joinpath("helplines.toml").read_text(encoding="utf-8"))
    return tuple(HelpLine(**entry) for entry in table["organisation"])


def lines_for(country: str) -> tuple[HelpLine, ...]:
    """The organisations of the declared country (ISO code), then those that help everywhere."""
    wanted = [country.upper(), *(["EEA"] if country.upper() in EEA else []), EVERYWHERE]
    return tuple(line for code in wanted for line in _all() if line.country == code)
