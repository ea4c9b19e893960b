"""Small pieces that the readers of several services share."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Iterator
from itertools import islice
from typing import Any

from unlisted.errors import Malformed, TooLarge
from unlisted.sources.exports.container import Member
from unlisted.sources.exports.stream import DAMAGED, decoded, encoding_of

MAX_ROWS = 500_000
"""Rows of one table."""

MAX_LIST = 10_000
"""Entries of a list within one element."""

MAX_JSON = 25_000_000

_MARKS = frozenset(",;\t")
_QUOTED = re.compile(r'"[^"]{0,2000}"')
HEAD = 2_000
"""Characters in which the sign between cells is looked for."""


def node(value: object) -> dict[str, Any]:
    """The value if it is an object, else an empty one."""
    return value if isinstance(value, dict) else {}


def rows(value: object) -> Iterator[dict[str, Any]]:
    """The objects in a list, at most `MAX_LIST`; the object itself where it is one."""
    items = value[:MAX_LIST] if isinstance(value, list) else [value]
    return (item for item in items if isinstance(item, dict))


def text(value: object) -> str:
    """The value if it is text, else nothing."""
    return value if isinstance(value, str) else ""


def whole(member: Member) -> Any:
    """The value of a small JSON file; raises NotRead."""
    try:
        return json.loads(decoded(member.whole(most=MAX_JSON)), strict=False)
    except (ValueError, RecursionError):
        raise Malformed(DAMAGED) from None


def unmixed(value: object) -> str:
    """Text of Facebook and Instagram, whose exports write each byte of UTF-8 as a character of its own."""
    words = text(value)
    try:
        return words.encode("latin-1").decode("utf-8")
    except UnicodeError:
        return words


def table(member: Member) -> Iterator[dict[str, str]]:
    """The rows of a CSV file by their headings (lower case); lines before the headings (notes) are left out. Raises NotRead."""
    text = _text_of(member.whole())
    reader = csv.reader(_unbroken(io.StringIO(text, newline="")), delimiter=_mark(text))
    heading: list[str] = []
    try:
        for row in islice(reader, MAX_ROWS + 1):
            if not heading:
                heading = [cell.strip().casefold() for cell in row] if len(row) > 1 else []
            elif row:
                yield dict(zip(heading, row, strict=False))
        if next(reader, None) is not None:
            raise TooLarge("a table in the export holds more rows than are read")
    except csv.Error:
        raise Malformed("a table in the export is damaged") from None


def _text_of(raw: bytes) -> str:
    """The text of a table: programs for tables save it in UTF-16, or in the code page of Western Windows."""
    try:
        return raw.decode(encoding_of(raw))
    except UnicodeDecodeError:
        return raw.decode("cp1252" if encoding_of(raw) == "utf-8-sig" else "utf-16", "replace")


def _mark(text: str) -> str:
    """What stands between two cells in the line of headings: programs for tables change it."""
    lines = (_QUOTED.sub("", line) for line in text[:HEAD].splitlines())
    heading = next((line for line in lines if _MARKS.intersection(line)), "")
    return max(_MARKS, key=heading.count) if heading else ","


def _unbroken(lines: io.StringIO) -> Iterator[str]:
    """Lines without the character that stops the reader of tables."""
    return (line.replace("\x00", "") for line in lines)
