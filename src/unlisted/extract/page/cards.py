"""Microformats (h-card, h-adr, h-geo and the classic classes): mf2py on the subtree of each outermost card only.

mf2py on whole pages takes seconds; a card takes milliseconds. The subtree is handed over as a tree, not parsed again.
"""

from __future__ import annotations

import copy
import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import mf2py
from bs4 import Tag
from selectolax.lexbor import LexborNode

from unlisted.extract.page.dom import element, soup_of
from unlisted.extract.page.fields import Fields
from unlisted.model import Locator

MAX_PAGE_NODES = 12_000
MAX_WORK = 10_000
"""Readings of single elements that one card may cost."""

CARD_ROOTS = frozenset({"h-card", "h-adr", "h-geo", "vcard", "adr", "geo"})
CLASSIC_ROOTS = frozenset(
    {"hentry", "hfeed", "vevent", "hreview", "hreview-aggregate", "hproduct", "hrecipe", "hresume", "hnews"}
)
KNOWN_ROOTS = CARD_ROOTS | CLASSIC_ROOTS
NESTED = ["adr", "geo"]
"""Classic addresses and positions within a card: mf2py gives their text only (it takes them for the newer kind)."""

IMPLIED = {
    "hentry": {"author"},
    "hrecipe": {"author"},
    "hreview": {"reviewer"},
    "hreview-aggregate": {"reviewer"},
    "hresume": {"affiliation", "contact"},
    "vevent": {"location"},
}
"""Classes that are cards or locations within a classic root."""

LOCATIONS = frozenset({"p-location", "u-location", "p-checkin", "u-checkin"})
TELLING = KNOWN_ROOTS.union(LOCATIONS, *IMPLIED.values())
"""Classes that mean something to `is_target` and `other_root`, beside those that begin with "h-"."""

TOO_LARGE = "one card of the page is too large to be read"
NOT_UNDERSTOOD = "one card of the page could not be read"

_ROOT = re.compile(r"h-(?:[a-z0-9]{1,20}-)?[a-z]{1,30}(?:-[a-z]{1,30}){0,5}")

ANYWHERE = {
    "street-address": "street_address",
    "locality": "locality",
    "region": "region",
    "postal-code": "postal_code",
    "country-name": "country",
    "latitude": "latitude",
    "longitude": "longitude",
    "adr": "location_text",
    "label": "location_text",
}
CONTACT = {"email": "email", "tel": "phone", "url": "website", "photo": "avatar"}
OWN = {
    "name": "name",
    "nickname": "nickname",
    "bday": "birth_date",
    "job-title": "job_title",
    "role": "job_title",
    "org": "employer",
    "affiliation": "employer",
}
OTHERS = frozenset({"org", "affiliation", "location", "checkin"})
"""A card in one of these properties is an organisation or a place, not a person."""


def begins_root(classes: list[str]) -> bool:
    """Whether any root class may be among these."""
    return any(c in KNOWN_ROOTS or c[:2] == "h-" for c in classes)


def other_root(classes: list[str]) -> str | None:
    """The root class (but no card) among these: what a location within it belongs to."""
    return next(
        (c for c in classes if c in CLASSIC_ROOTS or (c[:2] == "h-" and _ROOT.fullmatch(c) and c not in CARD_ROOTS)),
        None,
    )


def is_target(classes: list[str], root: str | None) -> bool:
    """Whether an outermost card, or a location of the root around it, begins here."""
    if not CARD_ROOTS.isdisjoint(classes):
        return True
    if root is None:
        return False
    return not (IMPLIED.get(root, set()) if root in CLASSIC_ROOTS else LOCATIONS).isdisjoint(classes)


class CardReader:
    """Reads cards into `fields`; `skipped` says what was too large."""

    def __init__(self, fields: Fields) -> None:
        self.fields = fields
        self.left = MAX_PAGE_NODES
        self.skipped: list[str] = []

    def read(self, node: LexborNode, root: str | None, locator: Locator) -> None:
        """Take the fields of one outermost card or location; `root` is the class of the root around it."""
        tree = soup_of(node, limit=self.left) if _is_affordable(node) else None
        if tree is None:
            self.skipped.append(TOO_LARGE)
            return
        self.left -= len(list(tree.descendants))
        self._parse(tree, root, locator)
        for inner in tree.find_all(class_=NESTED):
            if inner is not tree:
                self._parse(copy.copy(inner), None, locator)

    def _parse(self, tree: Tag, root: str | None, locator: Locator) -> None:
        holder = element("div", {"class": root or ""})
        holder.append(tree)
        try:
            parsed = mf2py.parse(doc=holder, url=self.fields.base)
        except (ValueError, KeyError, TypeError, AttributeError, IndexError, RecursionError):
            self.skipped.append(NOT_UNDERSTOOD)
            return
        for item in parsed["items"]:
            self._item(item, None, locator)

    def _item(self, item: dict[str, Any], role: str | None, locator: Locator) -> None:
        """The fields of an item and of those within it; depth is bounded by that of the tree."""
        kinds = set(item.get("type") or ())
        properties: dict[str, list[Any]] = item.get("properties") or {}
        card = "h-card" in kinds
        table = dict(ANYWHERE) if kinds & {"h-card", "h-adr", "h-geo"} else {}
        table |= CONTACT if card else {}
        table |= OWN if card and role not in OTHERS else {}
        for key, values in sorted(properties.items()):  # mf2py gives them in the order of a set
            for value in values:
                self._value(key, value, table, locator)
        for child in item.get("children") or ():
            self._item(child, None, locator)

    def _value(self, key: str, value: Any, table: dict[str, str], locator: Locator) -> None:
        nested = isinstance(value, dict) and "properties" in value
        where = replace(locator, part="card", name=key)
        if key == "geo" and not nested and table:
            self._pair(_text(value), where)
        elif key in ("location", "checkin"):
            for text in _names(value):
                self.fields.add("location_text", text, where)
        elif key in table and not (nested and key in ("adr", "label")):
            for text in _names(value):
                self.fields.add(table[key], text, where)
        if nested:
            self._item(value, key, locator)

    def _pair(self, text: str, where: Locator) -> None:
        parts = re.split(r"[;,]", text.removeprefix("geo:"), maxsplit=2)
        if len(parts) >= 2:
            self.fields.add("latitude", parts[0].strip(), where)
            self.fields.add("longitude", parts[1].strip(), where)


def _is_affordable(node: LexborNode) -> bool:
    """Whether mf2py can read this subtree in time.

    It reads a card once for each property that the card is, and the cards within it each of those times: nested cards with
    several property classes cost the product of their numbers.
    """
    work = 0
    left: list[tuple[LexborNode, int]] = [(node, 1)]
    while left and work <= MAX_WORK:
        current, times = left.pop()
        names = (current.attributes.get("class") or "").split()
        if begins_root(names):
            times *= max(1, sum(not begins_root([name]) for name in names))
        work += times
        child = current.first_child
        while child is not None:
            if child.is_element_node:
                left.append((child, times))
            child = child.next
    return work <= MAX_WORK


def _text(value: Any) -> str:
    if isinstance(value, dict):
        value = value.get("value")
    return value if isinstance(value, str) else ""


def _names(value: Any) -> Iterator[str]:
    """A property in words: its text, or the name of the card that it is."""
    if isinstance(value, dict) and "properties" in value:
        names = value["properties"].get("name") or [value.get("value")]
        yield from map(_text, names)
    else:
        yield _text(value)
