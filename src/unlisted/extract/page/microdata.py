"""Microdata items as plain nodes (HTML Standard, "Microdata"; values of attributes as published examples use them).

Only items of schema.org, or of no named kind, are given; items of other vocabularies only as holders of such ones.
"""

from __future__ import annotations

from collections.abc import Container
from typing import Any
from urllib.parse import urljoin

from selectolax.lexbor import LexborHTMLParser, LexborNode

from unlisted.extract.page.dom import SILENT, TextBudget
from unlisted.extract.page.tags import numbers

MAX_ITEMS = 5_000
MAX_PROPERTIES = 20_000
MAX_REFERRED, MAX_NAMES = 50, 20
"""Elements that an item names from elsewhere, and names of one property."""

MAX_DEPTH = 40
"""Items within items."""

_SOURCES = {
    **dict.fromkeys(("audio", "embed", "iframe", "img", "source", "track", "video"), "src"),
    **dict.fromkeys(("a", "area", "link"), "href"),
    "object": "data",
}
_VALUES = {"meta": "content", "data": "value", "meter": "value", "time": "datetime"}

_NOT_ENTERED = numbers(SILENT | {"title"})
"""Elements within which the pass over the page may mark nothing; only those of drawings hold others."""

Item = dict[str, Any]


def ids_of(tree: LexborHTMLParser) -> dict[str, LexborNode]:
    """The first element of each id."""
    found: dict[str, LexborNode] = {}
    for node in tree.css("[id]"):
        found.setdefault(node.attributes.get("id") or "", node)
    return found


def _is_known(kinds: list[str]) -> bool:
    """Whether an item is of schema.org, or of no named kind."""
    return not kinds or any("schema.org/" in kind for kind in kinds)


def _items_within(item: Item) -> Item:
    """An item of another vocabulary: its words mean other things, but schema.org items may stand within it."""
    lists = {
        key: [inner for inner in value if isinstance(inner, dict)]
        for key, value in item.items()
        if isinstance(value, list)
    }
    return {"@type": [], **{key: value for key, value in lists.items() if value}}


def _elements(node: LexborNode) -> list[LexborNode]:
    """The elements right below a node, the last one first."""
    found = []
    child = node.last_child
    while child is not None:
        if child.is_element_node:
            found.append(child)
        child = child.prev
    return found


class Microdata:
    """Reads items of one page. `ids` gives elements by id, for itemref.

    `marked` holds the numbers of all that may be items or properties, as far as the pass over the page went; without it, and
    once elements are met where that pass does not go, each one is looked at.
    """

    def __init__(
        self, base: str, text: TextBudget, ids: dict[str, LexborNode], marked: Container[int] | None = None
    ) -> None:
        self.base = base
        self.text = text
        self.ids = ids
        self.marked = marked
        self.seen: set[int] = set()
        self.properties = 0
        self.full = False
        """Whether a limit left something out."""

    def item(self, node: LexborNode, depth: int = 0) -> Item | None:
        """The item that begins at this element; None where it was read already or a limit was reached."""
        if node.mem_id in self.seen:
            return None
        if len(self.seen) >= MAX_ITEMS or depth > MAX_DEPTH:
            self.full = True
            return None
        self.seen.add(node.mem_id)
        attributes = node.attributes
        result: Item = {"@type": (attributes.get("itemtype") or "").split()}
        if identity := (attributes.get("itemid") or "").strip():
            result["@id"] = identity
        for inner in (*reversed(_elements(node)), *self._referred(attributes.get("itemref"))):
            self._gather(inner, result, depth)
        return result if _is_known(result["@type"]) else _items_within(result)

    def _referred(self, refs: str | None) -> list[LexborNode]:
        """The elements that an item names as its own although they stand elsewhere."""
        named = (refs or "").split()
        self.full |= len(named) > MAX_REFERRED
        return [self.ids[ref] for ref in named[:MAX_REFERRED] if ref in self.ids]

    def _gather(self, start: LexborNode, result: Item, depth: int) -> None:
        """Properties at and below an element, but not those of items within it."""
        waiting = [start]
        while waiting and self.properties < MAX_PROPERTIES:
            node = waiting.pop()
            unmarked = self.marked is not None and node.mem_id not in self.marked
            if unmarked or not self._take(node, result, depth):
                inner = _elements(node)
                if inner and node.tag_id in _NOT_ENTERED:
                    self.marked = None
                waiting.extend(inner)
        self.full |= bool(waiting)

    def _take(self, node: LexborNode, result: Item, depth: int) -> bool:
        """The properties that this element is; gives whether it is an item of its own."""
        attributes = node.attributes
        scoped = "itemscope" in attributes
        if names := (attributes.get("itemprop") or "").split():
            self.properties += 1
            value = self.item(node, depth + 1) if scoped else self._value(node, attributes)
            self.full |= len(names) > MAX_NAMES
            for name in names[:MAX_NAMES] if value is not None else ():
                result.setdefault(name, []).append(value)
        return scoped

    def _value(self, node: LexborNode, attributes: dict[str, str | None]) -> str:
        tag = node.tag or ""
        if tag in _SOURCES:
            return self._resolved((attributes.get(_SOURCES[tag]) or "").strip())
        if tag in _VALUES:
            return attributes.get(_VALUES[tag]) or ""
        return attributes.get("content") or self.text.text(node)

    def _resolved(self, address: str) -> str:
        try:
            return urljoin(self.base, address)
        except ValueError:
            return ""
