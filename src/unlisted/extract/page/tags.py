"""Elements by the parser's number for their name.

A name is made anew as text at each look, the number is not: that counts where a look is taken at every node of a page.
"""

from __future__ import annotations

from collections.abc import Iterable

from selectolax.lexbor import LexborHTMLParser

_PARSER = LexborHTMLParser("")

TEXT = 2
"""The number of text, which no element has."""


def number(name: str) -> int:
    """The number of an element's name, the same in every page; only for names that HTML knows."""
    return _PARSER.create_node(name).tag_id


def numbers(names: Iterable[str]) -> frozenset[int]:
    """The numbers of names that HTML knows."""
    return frozenset(map(number, names))
