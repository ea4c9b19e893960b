"""Small pieces that the readers of several services share."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator
from itertools import islice
from typing import Any

from unlisted.errors import Malformed, TooLarge
from unlisted.sources.exports.container import Member
from unlisted.sources.exports.stream import DAMAGED

MAX_ROWS = 500_000
"""Rows of one table."""

MAX_CELL = 200_000
"""Characters of one cell."""

MAX_LIST = 10_000
"""Entries of a list within one element."""

MAX_JSON = 25_000_000


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
        return json.loads(member.whole(most=MAX_JSON).decode("utf-8-sig", "replace"), strict=False)
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
    lines = io.StringIO(member.whole().decode("utf-8-sig", "replace"), newline="")
    reader = csv.reader(_unbroken(lines))
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


def _unbroken(lines: io.StringIO) -> Iterator[str]:
    """Lines without the character that stops the reader of tables."""
    return (line.replace("\x00", "") for line in lines)
