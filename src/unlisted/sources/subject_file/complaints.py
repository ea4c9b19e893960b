"""What is wrong with a subject file, in words that a person can act on and that repeat no value."""

from __future__ import annotations

import difflib
import re
from collections.abc import Mapping, Sequence
from typing import Any

from pydantic_core import ErrorDetails

from unlisted.sources.subject_file.schema import allowed_keys, kinds

_KEY = re.compile(r"[A-Za-z0-9_-]{1,40}")
_MEANT: Mapping[str, Mapping[str, str]] = {
    "": {
        "facts": "fact", "sources": "source", "letter": "letters", "language": "languages", "time_zone": "timezone",
        "region": "country",
    },
    "fact": {
        "zip": "postcode", "zipcode": "postcode", "postal_code": "postcode", "city": "town", "type": "kind",
        "name": "label", "latitude": "lat", "longitude": "lon", "lng": "lon", "number": "value", "country": "region",
        "photo": "taken", "alias": "aliases", "plus_code": "pluscode", "house": "street", "apartment": "unit",
        "county": "state", "private": "secret", "link": "map",
    },
    "source": {
        "url": "page", "name": "label", "folder": "photos", "path": "file", "title": "label", "site": "page", "own": "mine",
    },
    "letters": {"allowed": "allow", "disclose": "allow"},
}  # fmt: skip
"""Keys that people try first, by table, and what they mean here."""

_KINDS_MEANT = {
    "telephone": "phone", "mobile": "phone", "tel": "phone", "mail": "email", "e-mail": "email", "birthday": "birth_date",
    "dob": "birth_date", "birthdate": "birth_date", "nickname": "handle", "username": "handle", "user": "handle",
    "work": "employer", "company": "employer", "job": "employer", "family": "relative", "car": "plate",
    "number_plate": "plate", "home": "address", "location": "place", "gym": "place", "university": "school",
    "child": "relative", "partner": "relative",
}  # fmt: skip
"""Likewise for the kinds of fact."""

_SAYS = {
    "string_type": 'must be text in quotes ("...")',
    "bool_type": "must be true or false, without quotes",
    "float_type": "must be a number, without quotes",
    "finite_number": "must be a number",
    "list_type": "must be a list in square brackets",
    "model_type": "must be a table",
    "dict_type": "must be a table",
}


def suggestion(given: str, known: Sequence[str], meant: Mapping[str, str]) -> str:
    """The words "; did you mean 'town'?" or nothing."""
    small = given.strip().lower()[:60]
    found = meant.get(small) or next(iter(difflib.get_close_matches(small, known, n=1, cutoff=0.7)), None)
    return f"; did you mean '{found}'?" if found else ""


def place(loc: Sequence[int | str]) -> tuple[str, str, str]:
    """(the table's name, how the spot is called, the key) of a place in the file."""
    table = loc[0] if loc and loc[0] in {"fact", "source", "letters"} and len(loc) > 1 else ""
    if not table:
        return "", "top of the file", _shown(loc[0] if loc else "") + _entry(loc, 1)
    if table == "letters":
        return "letters", "[letters]", _shown(loc[1]) + _entry(loc, 2)
    number = loc[1] + 1 if isinstance(loc[1], int) else 1
    key = _shown(loc[2]) if len(loc) > 2 else ""
    return str(table), f"[[{table}]] number {number}", key + _entry(loc, 3)


def _entry(loc: Sequence[int | str], at: int) -> str:
    """Which entry of a list, counted from 1, where a place leads into one."""
    step = loc[at] if len(loc) > at else None
    return f", entry {step + 1}" if isinstance(step, int) else ""


def _shown(key: int | str) -> str:
    """A key as it may be repeated: one that is no plain word could be a value at the wrong side of the sign."""
    text = str(key)
    return f"key '{text}'" if _KEY.fullmatch(text) and sum(sign.isdigit() for sign in text) < 4 else "a key"


def _given(data: object, loc: Sequence[int | str]) -> str:
    """What the person wrote at a place, to look for the nearest known word; "" where it is no text."""
    at: Any = data
    for step in loc:
        try:
            at = at[step]
        except (KeyError, IndexError, TypeError):
            return ""
    return at if isinstance(at, str) else ""


def _range(error: ErrorDetails) -> str:
    most = 90 if error["loc"][-1] == "lat" else 180
    return f"must lie between -{most} and {most}"


def _unknown_key(table: str, key: str, error: ErrorDetails) -> str:
    known = allowed_keys(table)
    hint = suggestion(str(error["loc"][-1]), known, _MEANT[table])
    return f"{key} is not known{hint}; allowed are {', '.join(known)}"


def _unknown_kind(key: str, error: ErrorDetails, data: object) -> str:
    """The key is right and its word is not: said apart from a key that is not known."""
    known = kinds()
    hint = suggestion(_given(data, error["loc"]), known, _KINDS_MEANT)
    return f"the word after {key} is not known{hint}; the known ones are {', '.join(known)}"


def _says(error: ErrorDetails) -> str:
    kind, context = error["type"], error.get("ctx", {})
    if kind == "said":
        return str(context["text"])
    if kind in {"greater_than_equal", "less_than_equal"}:
        return _range(error)
    if kind == "string_too_long":
        return f"is longer than {context['max_length']} signs"
    if kind == "too_long":
        return f"has more than {context['max_length']} entries"
    return _SAYS.get(kind, "is not what is expected here")


def complaint(error: ErrorDetails, data: object) -> str:
    """One sentence for one mistake: table, position, key, and what is allowed."""
    loc = error["loc"]
    table, spot, key = place(loc)
    if error["type"] == "extra_forbidden":
        return f"{spot}: {_unknown_key(table, key, error)}"
    if error["type"] == "literal_error":
        return f"{spot}: {_unknown_kind(key, error, data)}"
    if error["type"] == "missing":
        return f"{spot}: {key} is missing"
    if not table and loc and loc[0] in {"fact", "source"}:
        says = "must be written with two brackets" if error["type"] == "list_type" else _says(error)
        return f"[[{loc[0]}]]: {says}"
    return f"{spot}: {key + ' ' if key else ''}{_says(error)}"
