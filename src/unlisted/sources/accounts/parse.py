"""Payloads as values: JSON and XML from strangers, bounded in size and depth before anything is built."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any
from xml.etree.ElementTree import Element, ParseError, TreeBuilder, XMLParser

from unlisted.errors import Malformed, TooLarge
from unlisted.extract.page.jsontext import too_deep

MAX_PAYLOAD = 10_000_000
"""Bytes of one answer."""

MAX_ELEMENTS = 200_000
MAX_XML_DEPTH = 100

_DOCTYPE = re.compile(rb"<!\s{0,10}(?:DOCTYPE|ENTITY)", re.IGNORECASE)


def json_of(payload: bytes) -> Any:
    """The value of a JSON answer."""
    _refuse_large(payload)
    try:
        text = payload.decode("utf-8-sig")
        if too_deep(text):
            raise Malformed("the answer is nested too deep")
        return json.loads(text, parse_int=_number)
    except (ValueError, RecursionError):
        raise Malformed("the answer is not the data that the service promises") from None


def _number(digits: str) -> int | str:
    return int(digits) if len(digits) <= 40 else digits[:40]


def xml_of(payload: bytes) -> Element:
    """The root of an XML answer. A document type is refused: entities could blow up or read files."""
    _refuse_large(payload)
    if _DOCTYPE.search(payload.replace(b"\x00", b"")):
        raise Malformed("the answer declares its own abbreviations, which are not opened")
    payload = payload.lstrip(
        b" \t\r\n"
    )  # many feeds have empty lines before the XML line, which the standard does not allow
    builder = _Bounded()
    parser = XMLParser(target=builder)  # noqa: S314  (document types are refused above; the builder bounds depth and number)
    try:
        parser.feed(payload)
        root = parser.close()
    except (ParseError, ValueError, LookupError, RecursionError, AssertionError):
        raise Malformed("the answer is not the data that the service promises") from None
    if not isinstance(root, Element):
        raise Malformed("the answer is empty")
    return root


class _Bounded(TreeBuilder):
    """Builds a tree until it is too deep or too large."""

    def __init__(self) -> None:
        super().__init__()
        self.depth = 0
        self.count = 0

    def start(self, tag: str, attrs: dict[str, str], /) -> Element:
        self.depth += 1
        self.count += 1
        if self.depth > MAX_XML_DEPTH:
            raise Malformed("the answer is nested too deep")
        if self.count > MAX_ELEMENTS:
            raise TooLarge("the answer is too large")
        return super().start(tag, attrs)

    def end(self, tag: str, /) -> Element:
        self.depth -= 1
        return super().end(tag)


def _refuse_large(payload: bytes) -> None:
    if len(payload) > MAX_PAYLOAD:
        raise TooLarge("the answer is too large")


def local(element: Element) -> str:
    """The name of an element without its namespace."""
    return str(element.tag).rpartition("}")[2]


def children(element: Element, *names: str) -> Iterator[Element]:
    """The children of these local names."""
    return (child for child in element if local(child) in names)


def text_of(element: Element | None) -> str:
    """The text of an element, without that of its children."""
    return (element.text or "").strip() if element is not None else ""


def child_text(element: Element, name: str) -> str:
    """The text of the first child of this local name."""
    return text_of(next(children(element, name), None))
