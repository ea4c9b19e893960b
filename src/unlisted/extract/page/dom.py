"""The few things done with a parsed tree, without recursion and with a budget for text."""

from __future__ import annotations

from collections.abc import Iterator

from bs4 import Tag
from bs4.element import AttributeValueList, NavigableString
from selectolax.lexbor import LexborNode

from unlisted.extract.page.tags import TEXT, numbers

SILENT = frozenset({"script", "style"})
"""Elements whose text is never shown."""

_SILENT = numbers(SILENT)
_SPACED = numbers({"br", "p", "div", "li", "td"})

MAX_SOUP_NODES = 3_000
MAX_SOUP_DEPTH = 60
MAX_ATTRIBUTES = 1_024
"""Attributes of one element: more than fit into a tag that `flatten` leaves as it is, so that none is lost here."""


def events(root: LexborNode) -> Iterator[tuple[LexborNode, str, bool]]:
    """(node, tag, entering) in reading order; text, comments and silent elements are only entered."""
    stack: list[tuple[LexborNode, str]] = []
    node: LexborNode | None = root
    while node is not None:
        tag = node.tag or ""
        yield node, tag, True
        child = None if tag in SILENT or tag[:1] == "-" else node.first_child
        if child is not None:
            stack.append((node, tag))
            node = child
            continue
        if tag[:1] != "-":
            yield node, tag, False
        following = node.next if stack else None
        while following is None and stack:
            done, name = stack.pop()
            yield done, name, False
            following = done.next if stack else None
        node = following


class TextBudget:
    """Text of subtrees, at most `limit` characters in all: nested properties would otherwise cost the square of the page."""

    def __init__(self, limit: int) -> None:
        self.left = limit
        self.empty = False

    def text(self, node: LexborNode) -> str:
        """The text below a node, without scripts and styles; "" once the budget is used up."""
        if self.left <= 0:
            self.empty = True
            return ""
        pieces: list[str] = []
        silent = False
        for inner in node.traverse(include_text=True):
            tag = inner.tag_id
            if tag == TEXT:
                if not silent:
                    pieces.append(inner.text_content or "")
                silent = False
            else:
                silent = tag in _SILENT
                self.left -= 1
                if tag in _SPACED:
                    pieces.append(" ")
        text = "".join(pieces)
        self.left -= len(text)
        return text


def soup_of(node: LexborNode, *, limit: int = MAX_SOUP_NODES) -> Tag | None:
    """A subtree as BeautifulSoup's tree, without parsing it again; None where it is too large or too deep."""
    top = _tag(node)
    waiting: list[tuple[LexborNode, Tag, int]] = [(node, top, 0)]
    count = 0
    while waiting:
        parent, made, depth = waiting.pop()
        child = parent.first_child
        while child is not None:
            count += 1
            if count > min(MAX_SOUP_NODES, limit) or depth > MAX_SOUP_DEPTH:
                return None
            if child.is_text_node:
                made.append(NavigableString(child.text_content or ""))
            elif child.is_element_node and child.tag:
                inner = _tag(child)
                made.append(inner)
                waiting.append((child, inner, depth + 1))
            child = child.next
    return top


def _tag(node: LexborNode) -> Tag:
    return element(node.tag or "span", dict(list(node.attributes.items())[:MAX_ATTRIBUTES]))


class CardTag(Tag):
    """An element for mf2py, which asks each for `original` and otherwise copies the whole subtree, once for each of its rules.

    The copy only serves to give embedded markup as its author wrote it, which is not read here.
    """

    @property
    def original(self) -> Tag:
        return self


def element(name: str, attributes: dict[str, str | None]) -> Tag:
    """An element as BeautifulSoup makes it: class and rel are lists."""
    made: dict[str, str | AttributeValueList] = {
        key: AttributeValueList((value or "").split()) if key in ("class", "rel") else value or ""
        for key, value in attributes.items()
    }
    return CardTag(name=name, attrs=made, is_xml=False)
