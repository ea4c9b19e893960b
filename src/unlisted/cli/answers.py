"""Answers that look like something else than what was asked for: an e-mail address where a home address should stand."""

from __future__ import annotations

from collections.abc import Callable, Mapping

WEB = "a web address"
MAIL = "an e-mail address"
NUMBER = "a number"
POSTAL = "a postal address"
LEAST_WORDS = 3
"""Words of the shortest postal address with a house number."""


def _web(value: str) -> bool:
    return "://" in value or value.lower().startswith("www.")


def _mail(value: str) -> bool:
    name, at, host = value.rpartition("@")
    return bool(name and at) and "." in host.strip(".") and not any(sign.isspace() for sign in value)


def _number(value: str) -> bool:
    return any(sign.isdecimal() for sign in value) and not any(sign.isalpha() for sign in value)


def _postal(value: str) -> bool:
    """Words and a number among them, with more letters than digits (a phone number with "extension" is none)."""
    words = value.replace(",", " , ").split()
    letters, digits = sum(map(str.isalpha, value)), sum(map(str.isdecimal, value))
    return len(words) >= LEAST_WORDS and letters > digits and any(word[0].isdecimal() for word in words)


SHAPES: Mapping[str, Callable[[str], bool]] = {WEB: _web, MAIL: _mail, NUMBER: _number, POSTAL: _postal}
"""What an answer can look like; the first that fits counts."""
REFUSED: Mapping[str, tuple[str, frozenset[str]]] = {
    "name": ("a name", frozenset({WEB, MAIL, NUMBER, POSTAL})),
    "handle": ("a user name", frozenset({WEB, POSTAL})),
    "address": ("a home address", frozenset({WEB, MAIL, NUMBER})),
    "phone": ("a phone number", frozenset({WEB, MAIL, POSTAL})),
    "email": ("an e-mail address", frozenset({WEB, POSTAL})),
    "employer": ("a place of work", frozenset({WEB, MAIL, NUMBER})),
    "school": ("a school", frozenset({WEB, MAIL, NUMBER})),
    "relative": ("a name", frozenset({WEB, MAIL, NUMBER, POSTAL})),
}
"""By kind of fact: its words, and what it never looks like."""


def looks_wrong(kind: str, value: str) -> str | None:
    """What an answer looks like where that is plainly not what was asked for; None where it may be right."""
    wanted, refused = REFUSED.get(kind, ("", frozenset[str]()))
    found = next((shape for shape, fits in SHAPES.items() if fits(value)), None)
    if found is None or found not in refused:
        return None
    return f"This looks like {found}, and here we ask for {wanted}. Type it again to keep it as it is."
