"""Page state that scripts carry as text within text: what they parse or push at run time, and tables of references.

The forms are those of `JSON.parse` (ECMAScript), of the rows that Next.js pushes, and of the tables that devalue writes (Nuxt,
SvelteKit). Nothing is run: what is not plain JSON within is left out.
"""

from __future__ import annotations

import json
import re
from typing import Any

from unlisted.extract.page import jsontext

MAX_TEXTS = 500
"""Texts that are taken from one script."""

MAX_CALLS = 500
"""Calls of one script that are looked at: each that cannot be read costs a look at all that stands before it."""

MAX_TABLE = 100_000
"""Entries of a table of references."""

_PARSED, _PUSHED = "JSON.parse(", "__next_f.push("
_SINGLE = re.compile(r"\s{0,5}'((?:[^'\\\n]++|\\.)*+)'")
_ESCAPED = re.compile(r"\\(?:u([0-9a-fA-F]{4})|x([0-9a-fA-F]{2})|(['\"\\/`]))")
_ROW = re.compile(r"^[0-9a-f]{1,8}:(?=[\[{])", re.MULTILINE)


def parsed(script: str) -> list[Any]:
    """The values of the texts that a script hands to JSON.parse."""
    found = []
    for text in _texts(script, _PARSED):
        try:
            found.append(jsontext.loads(text))
        except ValueError:
            continue
    return found


def pushed(script: str) -> str:
    """The text that a script pushes for the page to be built of; a row of it may go on in the next script."""
    return "".join(_texts(script, _PUSHED))


def rows(text: str) -> list[Any]:
    """The JSON values in rows of pushed text."""
    found = []
    for mark in _ROW.finditer(text[: jsontext.MAX_JSON]):
        end = text.find("\n", mark.end())
        try:
            found.append(jsontext.loads(text[mark.end() : end if end >= 0 else len(text)]))
        except ValueError:
            continue
        if len(found) >= MAX_TEXTS:
            break
    return found


def resolved(value: Any) -> Any:
    """A table of references as the texts and numbers of its objects, since each of those stands for itself; else the value."""
    if not isinstance(value, list) or len(value) > MAX_TABLE:
        return value
    objects = [entry for entry in value if isinstance(entry, dict)]
    if not objects or not all(_is_reference(inner, value) for entry in objects for inner in entry.values()):
        return value
    named = ([(key, value[inner]) for key, inner in entry.items() if inner >= 0] for entry in objects)
    return [{key: inner for key, inner in pairs if not isinstance(inner, dict | list)} for pairs in named]


def _is_reference(inner: Any, table: list[Any]) -> bool:
    """Whether this stands for an entry of the table; negative ones stand for nothing, or for numbers that JSON has not."""
    return isinstance(inner, int) and not isinstance(inner, bool) and -10 < inner < len(table)


def _texts(script: str, call: str) -> list[str]:
    """The texts that are given to a call, as first argument or within one list."""
    found: list[str] = []
    at = script.find(call) if len(script) <= jsontext.MAX_JSON else -1
    for _ in range(MAX_CALLS):
        if at < 0:
            break
        text, at = _argument(script, at + len(call))
        found.extend(text)
        at = script.find(call, at)
    return found[:MAX_TEXTS]


def _argument(script: str, start: int) -> tuple[list[str], int]:
    """(the texts of the argument that begins here, where it ends)."""
    if single := _SINGLE.match(script, start):
        return [_ESCAPED.sub(_character, single[1])], single.end()
    try:
        value, end = json.JSONDecoder(strict=False).raw_decode(script, start + (script[start : start + 1] == " "))
    except (ValueError, RecursionError):
        return [], start
    return [item for item in (value if isinstance(value, list) else [value]) if isinstance(item, str)], end


def _character(found: re.Match[str]) -> str:
    return found[3] or chr(int(found[1] or found[2], 16))
