"""Feeds that the person listed: RSS, Atom and JSON Feed, with GeoRSS. A feed that a page only links to is never asked for.

A feed is one answer: it holds the newest entries, and what is older stands on the pages. Formats: RSS 2.0, RFC 4287, JSON Feed 1.1.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import Any

from unlisted.errors import Malformed, TooLarge
from unlisted.model import Account, Source
from unlisted.sources.accounts import feed
from unlisted.sources.accounts.gather import Gatherer, degrees, first, node, nodes, when
from unlisted.sources.accounts.parse import json_of, local, xml_of
from unlisted.sources.accounts.profiles import text_in
from unlisted.sources.fetch import Fetcher

SERVICE = "feed"
TOO_LONG = "the feed is too large"
NO_FEED = "the address does not lead to a feed"
NO_ENTRIES = "the feed holds no entries"
VERSION = "https://jsonfeed.org/version/"
ROOTS = frozenset({"rss", "rdf", "channel", "feed", "entry"})
"""The names of the whole: RSS 0.9 to 2.0, Atom, and one entry of Atom by itself."""
LAT, LON = ("latitude", "lat"), ("longitude", "lon", "lng")
LINKS = ("home_page_url", "feed_url")
MAX_PEOPLE = 50
"""Authors of one feed or entry."""


def fetch_feed(source: Source, *, fetcher: Fetcher, now: datetime) -> Account:
    """What a feed says. Raises NotRead."""
    artifact = fetcher.get(source.address or "", source=source.label, now=now, kind="page")
    if artifact.truncated:
        raise TooLarge(TOO_LONG)
    return read_feed(artifact.body)


def read_feed(payload: bytes) -> Account:
    """The authors, entries and positions of a feed in any of the three formats. Raises Malformed or TooLarge."""
    start = payload[:100].lstrip(b"\xef\xbb\xbf \t\r\n")
    written = start.startswith((b"{", b"["))
    account = _json_feed(json_of(payload)) if written else _xml_feed(payload)
    return account if account.posts else replace(account, unseen=NO_ENTRIES)


def _xml_feed(payload: bytes) -> Account:
    """RSS in all its versions, or Atom, by the name of the whole."""
    root = xml_of(payload)
    if local(root).lower() not in ROOTS:
        raise Malformed(NO_FEED)
    found = Gatherer()
    feed.read(root, found)
    return found.account(SERVICE)


def _json_feed(payload: object) -> Account:
    whole = node(payload)
    if not str(whole.get("version", "")).startswith(VERSION):
        raise Malformed(NO_FEED)
    found = Gatherer()
    found.add("language", whole.get("language"), "language")
    found.base = next((link for key in LINKS if isinstance(link := whole.get(key), str)), "")
    for key in ("title", "description"):
        found.tell(whole.get(key))
    _people(whole, found)
    for item in nodes(whole.get("items") or []):
        _people(item, found)
        _item(item, found)
    return found.account(SERVICE)


def _people(holder: dict[str, Any], found: Gatherer) -> None:
    """The authors of a feed or an entry: version 1.1 has a list, version 1 one."""
    people = [node(holder.get("author")), *nodes(holder.get("authors") or [])]
    for person in people[:MAX_PEOPLE]:
        found.add("name", person.get("name"), "author")
        found.site("avatar", person.get("avatar"), "author")
        link = person.get("url")
        if isinstance(link, str) and link.lower().startswith("mailto:"):
            found.add("email", link, "author")
        else:
            found.site("website", link, "author")


def _item(item: dict[str, Any], found: Gatherer) -> None:
    """One entry: its words and time; positions stand in the extension that names latitude and longitude."""
    texts = [item.get("title"), item.get("content_text"), text_in(item.get("content_html")), item.get("summary")]
    text = "\n".join(dict.fromkeys(one for one in texts if isinstance(one, str) and one))
    at, key = when(first(item, "date_published", "date_modified")), str(item.get("id", ""))
    geo = node(item.get("_geo") or item.get("_location"))
    lat, lon = (next((geo[key] for key in keys if key in geo), None) for keys in (LAT, LON))
    found.position(lat, lon, "geo", at=at, key=key)
    found.post(text, at, key, pair=degrees(lat, lon))
