"""JSON as pages really hold it: in comment or CDATA marks, with comments and trailing commas; bounded in size and depth."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from typing import Any

MAX_JSON = 1_500_000
"""Characters of one block."""

MAX_JSON_DEPTH = 100

Cut = Callable[[], None]
"""Called where a limit leaves a part of a page unread, so that it can be said."""

_LEADING = re.compile(r"^\s*+<!--[^\n]{0,2000}?-->(?=\s*+[{\[])")
_MARKS = re.compile(
    r"^\s*+(?:<!--|//\s{0,5}<!\[CDATA\[|/\*\s{0,5}<!\[CDATA\[\s{0,5}\*/|<!\[CDATA\[)|(?://\s{0,5}\]\]>|/\*\s{0,5}\]\]>\s{0,5}\*/|\]\]>|-->)\s{0,1000}$"
)
_BEGINS, _ENDS = ("<!--", "//", "/*", "<![CDATA["), ("]]>", "*/", "-->")
"""What marks begin and end with: most blocks have none, and a search for them takes longer than all else."""

_STRING = re.compile(r'"(?:[^"\\]++|\\.)*+"?', re.DOTALL)
_COMMENTS = re.compile(r'"(?:[^"\\]++|\\.)*+"?|//[^\n]*+|/\*(?:[^*]++|\*(?!/))*+(?:\*/)?', re.DOTALL)
_COMMAS = re.compile(r'"(?:[^"\\]++|\\.)*+"?|,(?=\s*+[\]}])', re.DOTALL)
"""Strings (kept), and what is dropped; what is not closed runs to the end, so that the search stays linear."""


def unsaid() -> None:
    """For callers to whom it is all the same whether a limit cuts."""


def loads(text: str) -> Any:
    """The value of a block; ValueError where it cannot be read, is too large or too deep."""
    if len(text) > MAX_JSON or too_deep(text):
        raise ValueError("too large or too deep")
    bare = text.strip()
    if bare.startswith(_BEGINS) or bare.endswith(_ENDS):
        bare = _MARKS.sub(" ", _LEADING.sub("", text)).strip()
    try:
        return _read(bare)
    except ValueError:
        return _read(_COMMAS.sub(_strings_only, _COMMENTS.sub(_strings_only, bare)))


def _strings_only(found: re.Match[str]) -> str:
    return found[0] if found[0].startswith('"') else ""


def _read(text: str) -> Any:
    try:
        return DECODER.decode(text)
    except RecursionError as error:
        raise ValueError("too deep") from error


def _number(digits: str) -> int | str:
    """Whole numbers; absurdly long ones stay text, since turning them takes time with the square of their length."""
    return int(digits) if len(digits) <= 40 else digits[:40]


DECODER = json.JSONDecoder(strict=False, parse_int=_number)
"""Reads a value, also one that stands in other text; long numbers stay text."""


def too_deep(text: str) -> bool:
    """Whether brackets outside strings stand deeper than allowed, found without building anything."""
    if text.count("{") + text.count("[") <= MAX_JSON_DEPTH:
        return False
    depth = 0
    for mark in re.findall(r"[\[\]{}]", _STRING.sub("", text)):
        depth += 1 if mark in "[{" else -1
        if depth > MAX_JSON_DEPTH:
            return True
    return False
