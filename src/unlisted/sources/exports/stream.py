"""JSON of any length, one element at a time: a file of a gigabyte takes a few megabytes of memory.

Reads the outer object or list of a file and gives the elements of its lists, each with the key that the list stands under ("" for
an outer list). Values that are no lists come whole.
"""

from __future__ import annotations

import codecs
import json
import re
from collections.abc import Iterable, Iterator
from itertools import chain
from typing import Any

from unlisted.errors import Malformed

MAX_ELEMENT = 4_000_000
"""Characters of one element."""

MAX_DIGITS = 400
"""Digits of a number that count: what has more is no position and no time in any case."""

DAMAGED = "a file in the export is not the data that the service promises"

_DECODER = json.JSONDecoder(strict=False)
_PATIENT = json.JSONDecoder(strict=False, parse_int=lambda digits: int(digits[:MAX_DIGITS]))
"""For the rare text with a number of thousands of digits, at which the quick one stops."""
_SPACE = re.compile(r"[ \t\n\r]*+")
_COMMA = re.compile(r"[ \t\n\r,]*+")
_SCRIPT = re.compile(r"window\.[\w.]{1,200}+\s{0,20}+=")
"""Before its data, an archive of X says where a page should keep them."""


def encoding_of(head: bytes) -> str:
    """The encoding that the first bytes of a file show: UTF-8, unless they are the mark of another one."""
    return "utf-16" if head[:2] in {codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE} else "utf-8-sig"


def decoded(head: bytes) -> str:
    """The beginning of a file as text."""
    return head.decode(encoding_of(head), "replace")


class _Text:
    """A window on decoded text that moves forward."""

    def __init__(self, pieces: Iterable[bytes]) -> None:
        self._pieces = iter(pieces)
        first = next(self._pieces, b"")
        self._pieces = chain([first], self._pieces)
        self._decode = codecs.getincrementaldecoder(encoding_of(first))(errors="replace").decode
        self.text = ""
        self.at = 0
        self.ended = False

    def more(self, least: int = 1) -> bool:
        """Take in at least so many characters more; False where there are none."""
        parts, size = [self.text[self.at :]], 0
        self.at = 0
        while size < least and not self.ended:
            piece = next(self._pieces, None)
            self.ended = piece is None
            parts.append(self._decode(piece or b"", final=self.ended))
            size += len(parts[-1])
        self.text = "".join(parts)
        return size > 0

    def skip(self, what: re.Pattern[str] = _SPACE) -> str:
        """Pass over what matches; the character that follows, "" at the end."""
        while True:
            if found := what.match(self.text, self.at):
                self.at = found.end()
            if self.at < len(self.text):
                return self.text[self.at]
            if not self.more():
                return ""

    def value(self) -> Any:
        """The value that begins here; raises Malformed.

        What the window's end cuts off is tried again with twice as much, so that the time stays in proportion to the length.
        """
        while True:
            try:
                value, end = self._decoded()
            except ValueError:
                value, end = None, 0
            except RecursionError:
                raise Malformed(DAMAGED) from None
            # a number that ends where the window ends may go on behind it
            if end and (end < len(self.text) or self.ended):
                self.at = end
                return value
            held = len(self.text) - self.at
            if held > MAX_ELEMENT or (not self.more(held + 1) and not end):
                raise Malformed(DAMAGED)

    def _decoded(self) -> tuple[Any, int]:
        """(value, where it ends); raises ValueError, RecursionError."""
        try:
            return _DECODER.raw_decode(self.text, self.at)
        except json.JSONDecodeError:
            raise
        except ValueError:
            return _PATIENT.raw_decode(self.text, self.at)


def elements(pieces: Iterable[bytes]) -> Iterator[tuple[str, Any]]:
    """(key, element) for all lists of the outer object, (key, value) for its other values; raises Malformed where it breaks off."""
    text = _Text(pieces)
    text.more(300)
    text.skip()
    if found := _SCRIPT.match(text.text, text.at):
        text.at = found.end()
    opening = text.skip()
    text.at += 1
    if opening == "[":
        yield from _items(text, "")
    elif opening == "{":
        yield from _members(text)
    else:
        raise Malformed(DAMAGED)


def _members(text: _Text) -> Iterator[tuple[str, Any]]:
    while (mark := text.skip(_COMMA)) == '"':
        key = text.value()
        if text.skip() != ":":
            raise Malformed(DAMAGED)
        text.at += 1
        if text.skip() == "[":
            text.at += 1
            yield from _items(text, key)
        else:
            yield key, text.value()
    if mark != "}":
        raise Malformed(DAMAGED)


def _items(text: _Text, key: str) -> Iterator[tuple[str, Any]]:
    while (mark := text.skip(_COMMA)) not in {"]", ""}:
        yield key, text.value()
    if not mark:
        raise Malformed(DAMAGED)
    text.at += 1
