"""Fields of schema.org nodes: one reader for JSON-LD and microdata, which both become plain dictionaries.

A node is a dictionary with "@type" (text or list), perhaps "@id", and properties that are text, numbers, nodes or lists of them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

from unlisted.extract.page.fields import Fields
from unlisted.extract.page.jsontext import Cut, unsaid
from unlisted.model import Locator

MAX_NODES = 20_000
MAX_LIST = 2_000

Node = Mapping[str, Any]

ANY_NODE = {
    "email": "email",
    "telephone": "phone",
    "streetAddress": "street_address",
    "addressLocality": "locality",
    "addressRegion": "region",
    "postalCode": "postal_code",
    "addressCountry": "country",
    "latitude": "latitude",
    "longitude": "longitude",
}
PLACES = ("homeLocation", "workLocation", "location", "contentLocation", "birthPlace", "locationCreated")
_TELLING = frozenset((*ANY_NODE, *PLACES, "address"))
_OWN_KINDS = frozenset({"Person", "ProfilePage"})
PERSON = {"birthDate": "birth_date", "jobTitle": "job_title", "alternateName": "nickname"}
NAMED = {"worksFor": "employer", "affiliation": "employer", "alumniOf": "school", "knowsLanguage": "language"}
ADDRESSES = {"url": "website", "sameAs": "same_as"}
PICTURES = {"image": "avatar"}
RELATIVES = dict.fromkeys(("spouse", "children", "parent", "parents", "sibling", "siblings", "relatedTo"), "relative")


def types(node: Node) -> set[str]:
    """The last parts of the node's types."""
    return {re.split(r"[/#:]", kind.strip())[-1] for kind in listed(node.get("@type")) if isinstance(kind, str)}


def listed(value: Any) -> list[Any]:
    """A value as a list, without empty ones, bounded."""
    values = value if isinstance(value, list) else [value]
    return [item for item in values[:MAX_LIST] if item is not None]


def texts(value: Any) -> Iterator[str]:
    """The texts of a property: text, number, or {"@value": ...}."""
    for item in () if value is None else listed(value):
        inner = item.get("@value") if isinstance(item, dict) else item
        if isinstance(inner, str | int | float) and not isinstance(inner, bool):
            yield str(inner)


def references(value: Any) -> Iterator[str]:
    """The texts of a property that is an address; a node with nothing but an id is that address (JSON-LD, "node references")."""
    for item in listed(value):
        if isinstance(item, dict) and set(item) == {"@id"} and isinstance(item["@id"], str):
            yield item["@id"]
        else:
            yield from texts(item)


class SchemaReader:
    """Reads nodes into `fields`; `index` holds nodes by their id, so that a bare reference stands for its node."""

    def __init__(self, fields: Fields) -> None:
        self.fields = fields
        self.index: dict[str, Node] = {}
        self.budget = MAX_NODES
        self.full = False
        """Whether a limit left something out."""

    def _cut(self) -> None:
        self.full = True

    def learn(self, value: Any) -> list[Node]:
        """Note the ids of all nodes below `value`; gives those nodes."""
        nodes = list(walk(value, self._cut))
        for node in nodes:
            if isinstance(identity := node.get("@id"), str) and len(node) > 1:
                self.index.setdefault(identity, node)
        return nodes

    def read(self, value: Any, locator: Locator) -> None:
        """Take the fields of every node below `value`."""
        waiting = [value]
        while waiting and self.budget > 0:
            current = waiting.pop()
            if isinstance(current, list):
                waiting.extend(reversed(current[:MAX_LIST]))
            elif isinstance(current, dict):
                self.budget -= 1
                kinds = types(current) if "@type" in current else set()
                if kinds & _OWN_KINDS or not _TELLING.isdisjoint(current):
                    self._node(current, locator, kinds)
                skip = RELATIVES if "Person" in kinds else ()
                waiting.extend(reversed([inner for key, inner in current.items() if key not in skip]))
        self.full |= bool(waiting)

    def _add(self, kind: str, value: object, locator: Locator, name: str) -> None:
        self.fields.add(kind, value, replace(locator, name=name))

    def _node(self, node: Node, locator: Locator, kinds: set[str]) -> None:
        for key, kind in ANY_NODE.items():
            if key in node:
                for text in self._words(node[key]) if key == "addressCountry" else texts(node[key]):
                    self._add(kind, text, locator, key)
        for text in texts(node.get("address")):
            self._add("location_text", text, locator, "address")
        for key in PLACES:
            for text in self._words(node.get(key), never="VirtualLocation"):
                self._add("location_text", text, locator, key)
        if "Person" in kinds:
            self._person(node, locator)
        if "ProfilePage" in kinds:
            for text in texts(node.get("dateCreated")):
                self._add("created_at", text, locator, "dateCreated")

    def _person(self, node: Node, locator: Locator) -> None:
        for text in person_names(node):
            self._add("name", text, locator, "name")
        readers = ((PERSON, texts), (ADDRESSES, references), (NAMED, self._words), (PICTURES, self._pictures))
        for table, reader in (*readers, (RELATIVES, self._words)):
            for key in table:
                for text in reader(node.get(key)):
                    self._add(table[key], text, locator, key)

    def _node_of(self, value: Any) -> Any:
        """The node that a bare {"@id": ...} stands for, else the value itself."""
        if isinstance(value, dict) and set(value) == {"@id"} and isinstance(value["@id"], str):
            return self.index.get(value["@id"], value)
        return value

    def _words(self, value: Any, *, never: str = "") -> Iterator[str]:
        """A property in words: its text, or the name of the node that it is."""
        for item in map(self._node_of, listed(value)):
            if isinstance(item, dict) and "@value" not in item:
                if never not in types(item):
                    yield from person_names(item)
            else:
                yield from texts(item)

    def _pictures(self, value: Any) -> Iterator[str]:
        for item in map(self._node_of, listed(value)):
            if isinstance(item, dict):
                yield from texts(item.get("url")) if item.get("url") else texts(item.get("contentUrl"))
            else:
                yield from texts(item)


def person_names(node: Node) -> list[str]:
    """The names of a node: `name`, else given and family name together."""
    names = [text for text in texts(node.get("name")) if text.strip()]
    if names:
        return names
    parts = [next(texts(node.get(key)), "") for key in ("givenName", "familyName")]
    whole = " ".join(part for part in parts if part.strip())
    return [whole] if whole else []


def walk(value: Any, cut: Cut = unsaid) -> Iterator[Node]:
    """Every dictionary below `value`, bounded; `cut` is called where there are more."""
    waiting, left = [value], MAX_NODES
    while waiting and left > 0:
        current = waiting.pop()
        if isinstance(current, list):
            waiting.extend(current[:MAX_LIST])
            if len(current) > MAX_LIST:
                cut()
        elif isinstance(current, dict):
            left -= 1
            yield current
            waiting.extend(current.values())
    if waiting:
        cut()
