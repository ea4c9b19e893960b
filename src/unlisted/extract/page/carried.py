"""Page state that scripts carry as text within text: what they parse or push at run time, and tables of references.

The forms are those of `JSON.parse` (ECMAScript), of the rows that Next.js pushes, and of the tables that devalue writes (Nuxt,
SvelteKit). Nothing is run: what is not plain JSON within is left out.
"""

from __future__ import annotations

import re
from typing import Any

from unlisted.extract.page import jsontext
from unlisted.extract.page.jsontext import Cut, unsaid

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


def parsed(script: str, cut: Cut = unsaid) -> list[Any]:
    """The values of the texts that a script hands to JSON.parse. Here and below `cut` is called where a limit leaves some out."""
    return [value for text in _texts(script, _PARSED, cut) for value in _values(text, cut)]


def pushed(script: str, cut: Cut = unsaid) -> str:
    """The text that a script pushes for the page to be built of; a row of it may go on in the next script."""
    return "".join(_texts(script, _PUSHED, cut))


def rows(text: str, cut: Cut = unsaid) -> list[Any]:
    """The JSON values in rows of pushed text."""
    found: list[Any] = []
    for mark in _ROW.finditer(text):
        if mark.start() >= jsontext.MAX_JSON or len(found) >= MAX_TEXTS:
            cut()
            break
        end = text.find("\n", mark.end())
        found.extend(_values(text[mark.end() : end if end >= 0 else len(text)], cut))
    return found


def resolved(value: Any, cut: Cut = unsaid) -> Any:
    """A table of references as the texts and numbers of its objects, since each of those stands for itself; else the value."""
    if not isinstance(value, list):
        return value
    if len(value) > MAX_TABLE:
        cut()
        return value
    objects = [entry for entry in value if isinstance(entry, dict)]
    if not objects or not all(_is_reference(inner, value) for entry in objects for inner in entry.values()):
        return value
    named = ([(key, value[inner]) for key, inner in entry.items() if inner >= 0] for entry in objects)
    return [{key: inner for key, inner in pairs if not isinstance(inner, dict | list)} for pairs in named]


def _is_reference(inner: Any, table: list[Any]) -> bool:
    """Whether this stands for an entry of the table; negative ones stand for nothing, or for numbers that JSON has not."""
    return isinstance(inner, int) and not isinstance(inner, bool) and -10 < inner < len(table)


def _values(text: str, cut: Cut) -> list[Any]:
    """The value of a text, none where it is no JSON."""
    try:
        return [jsontext.loads(text)]
    except ValueError:
        if len(text) > jsontext.MAX_JSON or jsontext.too_deep(text):
            cut()
        return []


def _texts(script: str, call: str, cut: Cut) -> list[str]:
    """The texts that are given to a call, as first argument or within one list."""
    found: list[str] = []
    at = script.find(call)
    calls = MAX_CALLS if len(script) <= jsontext.MAX_JSON else 0
    while at >= 0 and calls > 0 and len(found) <= MAX_TEXTS:
        calls -= 1
        text, at = _argument(script, at + len(call), cut)
        found.extend(text)
        at = script.find(call, at)
    if at >= 0 or len(found) > MAX_TEXTS:
        cut()
    return found[:MAX_TEXTS]


def _argument(script: str, start: int, cut: Cut) -> tuple[list[str], int]:
    """(the texts of the argument that begins here, where it ends)."""
    if single := _SINGLE.match(script, start):
        return [_ESCAPED.sub(_character, single[1])], single.end()
    try:
        value, end = jsontext.DECODER.raw_decode(script, start + (script[start : start + 1] == " "))
    except ValueError:
        return [], start
    except RecursionError:
        cut()
        return [], start
    return [item for item in (value if isinstance(value, list) else [value]) if isinstance(item, str)], end


def _character(found: re.Match[str]) -> str:
    return found[3] or chr(int(found[1] or found[2], 16))
