"""RSS and Atom with their usual extensions: authors, times, positions. Contributors and web masters are other people."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from itertools import islice
from xml.etree.ElementTree import Element

from unlisted.sources.accounts.gather import Gatherer, when
from unlisted.sources.accounts.georss import halves, pair_of
from unlisted.sources.accounts.parse import child_text, children, local, text_of
from unlisted.sources.accounts.profiles import text_in

PEOPLE = {"author", "owner", "managingEditor", "creator"}
OTHERS = {"contributor", "webMaster", "line", "box", "polygon"}
SAID = ("title", "summary", "description", "content", "encoded", "featurename", "featureName")
"""What an entry says, with the name of a place that GeoRSS gives it."""
XML_BASE = "{http://www.w3.org/XML/1998/namespace}base"
SITE = frozenset({None, "alternate"})
HEADS = ("title", "subtitle", "tagline", "description", "rights", "copyright")
MAX_PIECES, MAX_WORDS = 5_000, 200_000
"""Texts and characters of one passage in XHTML."""
_MAIL = re.compile(r"[^\s()<>\[\],;:\"]{1,64}@[^\s()<>\[\],;:\"]{1,250}")


def read(root: Element, found: Gatherer) -> None:
    """The whole feed: its own author and those of its entries."""
    found.base = _base(root)
    waiting = [root]
    while waiting:
        element = waiting.pop()
        name = local(element)
        if name in OTHERS:
            continue
        if name in PEOPLE:
            _person(element, found)
            continue
        if name in {"entry", "item"}:
            _entry(element, found)
        elif name in {"channel", "feed"}:
            _whole(element, found)
        _position(element, name, found)
        waiting.extend(reversed(element))


def _base(root: Element) -> str:
    """The address that the feed's links belong to: the one it names as its base, else its site's."""
    holder = next(children(root, "channel"), root)
    links = (link.get("href") or text_of(link) for link in children(holder, "link") if link.get("rel") in SITE)
    return root.get(XML_BASE) or next(filter(None, links), "")


def _person(element: Element, found: Gatherer) -> None:
    for child in element:
        value, name = text_of(child), local(child)
        if name == "name":
            _words(value, found)
        elif name == "email":
            found.add("email", value, "author")
        elif name in {"uri", "url", "homepage"}:
            found.site("website", value, "author")
    _words(text_of(element), found)


def _words(text: str, found: Gatherer) -> None:
    """A name, an e-mail address, or both: "Name (mail)", "mail (Name)", "Name <mail>"."""
    text = text[:500]
    for mail in _MAIL.findall(text):
        found.add("email", mail, "author")
    found.add("name", re.sub(r"mailto:|[()<>\[\]]", " ", _MAIL.sub(" ", text)).strip(" ,;:-"), "author")


def _entry(element: Element, found: Gatherer) -> None:
    written = next(
        (text for name in ("published", "pubDate", "date", "updated", "issued") if (text := child_text(element, name))),
        "",
    )
    key = child_text(element, "id") or child_text(element, "guid")
    holders = (element, *children(element, "group"))
    texts = dict.fromkeys(_said(child) for name in SAID for holder in holders for child in children(holder, name))
    found.post("\n".join(text for text in texts if text), _moment(written), key, pair=pair_of(element))


def _said(element: Element) -> str:
    """The words of an element: text, HTML written as text, or the elements of XHTML themselves."""
    if len(element):
        return " ".join("".join(_pieces(element)).split())
    return text_in(text_of(element))


def _pieces(element: Element) -> Iterator[str]:
    """The texts within an element, with a blank where a part ends."""
    size = 0
    for text in islice(element.itertext(), MAX_PIECES):
        size += len(text)
        if size > MAX_WORDS:
            return
        yield f"{text} "


def _whole(element: Element, found: Gatherer) -> None:
    """What the feed says of itself."""
    for child in children(element, *HEADS):
        found.tell(_said(child))


def _moment(text: str) -> datetime | None:
    """ISO 8601, or the form of mail (RFC 2822) that RSS uses."""
    if (at := when(text)) is not None or not text or len(text) > 60:
        return at
    try:
        at = parsedate_to_datetime(text)
        return (at if at.tzinfo else at.replace(tzinfo=UTC)).astimezone(UTC)
    except (ValueError, TypeError, OverflowError, IndexError):
        return None


def _position(element: Element, name: str, found: Gatherer) -> None:
    both = halves(element)
    if both is not None:
        found.position(both[0], both[1], "georss" if name in {"point", "Point"} else "geo")
