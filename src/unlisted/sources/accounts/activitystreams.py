"""ActivityStreams 1 and 2: actors, and the place of what they did. People in tags and replies are other people."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from unlisted.sources.accounts.gather import Gatherer, degrees, first, node, nodes, when
from unlisted.sources.accounts.profiles import links_in, text_in

ACTORS = {"person", "organization", "group", "service", "application"}
ADDRESS = {
    "streetAddress": "street_address",
    "street-address": "street_address",
    "locality": "locality",
    "region": "region",
    "postalCode": "postal_code",
    "postal-code": "postal_code",
    "country": "country",
    "country-name": "country",
}
_ISO_6709 = re.compile(
    r"([+-]\d{2}(?:\.\d{1,12})?)([+-]\d{3}(?:\.\d{1,12})?|[+-]\d{1,2}(?:\.\d{1,12})?)(?:[+-]\d{1,6}(?:\.\d{1,6})?)?/?"
)


def read(payload: object, found: Gatherer) -> None:
    """One object or a collection's items."""
    for root in nodes(payload):
        items = next((root[key] for key in ("orderedItems", "items") if isinstance(root.get(key), list)), None)
        for item in nodes(items if items is not None and not _is_actor(root) else root):
            _read(item, found)


def _read(root: dict[str, Any], found: Gatherer) -> None:
    inner = node(root.get("object"))
    for actor in _accounts(root, inner):
        _actor(actor, found)
    at = when(root.get("published")) or when(inner.get("published"))
    places = [place for thing in (root, inner) for place in _things(thing.get("location"))]
    for place in places:
        _place(place, found)
    if not _is_actor(root):
        content = first(root, "content", "summary") or first(inner, "content", "summary")
        found.post(text_in(content), at, first(root, "id") or "", pair=next(filter(None, map(_pair, places)), None))


def _accounts(root: dict[str, Any], inner: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """The root if it is an actor; else who did it, and the object where that is an actor written or changed."""
    if _is_actor(root):
        yield root
        return
    keys = ("actor", "author", "attributedTo")
    named = [thing for key in keys for thing in _things(root.get(key))]
    if not named:
        named = [thing for key in keys for thing in _things(inner.get(key))]
    yield from named
    if _is_actor(inner) and (_kinds(root) & {"create", "update"} or not any(root.get(key) for key in keys)):
        yield inner


def _things(value: object) -> list[dict[str, Any]]:
    return list(nodes(value))[:50]


def _kinds(thing: dict[str, Any]) -> set[str]:
    """The types of a thing, lower case, without a prefix."""
    values = [thing.get(key) for key in ("type", "@type", "objectType", "verb")]
    flat = [kind for value in values for kind in (value[:20] if isinstance(value, list) else [value])]
    return {re.split(r"[/#:]", kind)[-1].lower() for kind in flat if isinstance(kind, str)}


def _is_actor(thing: dict[str, Any]) -> bool:
    return not ACTORS.isdisjoint(_kinds(thing))


def _actor(actor: dict[str, Any], found: Gatherer) -> None:
    found.add("name", first(actor, "displayName", "name"), "name")
    found.add("nickname", first(actor, "username", "preferredUsername"), "preferredUsername")
    found.add("email", actor.get("email"), "email")
    found.time("created_at", actor.get("published"), "published")
    for link in (*_links(actor.get("url")), *_links(actor.get("urls"))):
        found.site("website", link, "url")
    pictures = list(_links(actor.get("icon"))) or list(_links(actor.get("image")))
    for link in pictures:
        found.site("avatar", link, "icon")
    for place in _things(actor.get("location")):
        _place(place, found)
    if isinstance(actor.get("location"), str):
        found.add("location_text", actor["location"], "location")
    for row in _things(actor.get("attachment")):
        for link in links_in(row.get("value")) if "propertyvalue" in _kinds(row) else ():
            found.add("same_as", link, "attachment")
    for key in ("alsoKnownAs", "movedTo"):
        for link in _links(actor.get(key)):
            found.site("same_as", link, key)


def _links(value: object) -> Iterator[str]:
    """The addresses of a link in any of its forms: text, object with href, url or value, or a list of these."""
    for item in value[:50] if isinstance(value, list) else [value]:
        inner = first(item, "href", "url", "value", "id") if isinstance(item, dict) else item
        if isinstance(inner, list | dict):
            inner = next((link for link in nodes(inner)), {}).get("href")
        if isinstance(inner, str):
            yield inner


def _pair(place: dict[str, Any]) -> tuple[float, float] | None:
    return next((pair for lat, lon in _positions(place) if (pair := degrees(lat, lon))), None)


def _positions(place: dict[str, Any]) -> Iterator[tuple[object, object]]:
    if "latitude" in place and "longitude" in place:
        yield place["latitude"], place["longitude"]
    written = place.get("position")
    if isinstance(written, str) and (found := _ISO_6709.fullmatch(written.strip()[:60])):
        yield found[1], found[2]
    elif isinstance(written, dict):
        yield written.get("latitude"), written.get("longitude")


def _place(place: dict[str, Any], found: Gatherer) -> None:
    name = first(place, "displayName", "name")
    found.add("location_text", name, "location")
    for lat, lon in _positions(place):
        found.position(lat, lon, "location")
    address = place.get("address")
    if isinstance(address, str):
        found.add("location_text", address, "address")
    for part in nodes(address):
        found.table(part, ADDRESS)
        if isinstance(part.get("formatted"), str):
            found.add("location_text", part["formatted"], "address")
