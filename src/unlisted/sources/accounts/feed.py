"""RSS and Atom with their usual extensions: authors, times, positions. Contributors and web masters are other people."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from xml.etree.ElementTree import Element

from unlisted.sources.accounts.gather import Gatherer, degrees, when
from unlisted.sources.accounts.parse import child_text, children, local, text_of
from unlisted.sources.accounts.profiles import text_in

PEOPLE = {"author", "owner", "managingEditor", "creator"}
OTHERS = {"contributor", "webMaster", "line", "box", "polygon"}
_MAIL = re.compile(r"[^\s()<>\[\],;:\"]{1,64}@[^\s()<>\[\],;:\"]{1,250}")
_EPSG = re.compile(r"(?:^|[:/#])(\d{3,6})$")


def read(root: Element, found: Gatherer) -> None:
    """The whole feed: its own author and those of its entries."""
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
        _position(element, name, found)
        waiting.extend(reversed(element))


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
    texts = [text_in(child_text(element, name)) for name in ("title", "summary", "description", "content", "encoded")]
    found.post("\n".join(text for text in texts if text), _moment(written), key, pair=_pair_of(element))


def _moment(text: str) -> datetime | None:
    """ISO 8601, or the form of mail (RFC 2822) that RSS uses."""
    if (at := when(text)) is not None or not text or len(text) > 60:
        return at
    try:
        at = parsedate_to_datetime(text)
        return (at if at.tzinfo else at.replace(tzinfo=UTC)).astimezone(UTC)
    except (ValueError, TypeError, OverflowError, IndexError):
        return None


def _pair_of(element: Element) -> tuple[float, float] | None:
    """The position of an entry, if it has one."""
    return next((pair for child in element.iter() if (pair := _degrees(child))), None)


def _degrees(element: Element) -> tuple[float, float] | None:
    halves = _halves(element)
    return degrees(*halves) if halves else None


def _halves(element: Element) -> tuple[str, str] | None:
    """Latitude and longitude as written in this element: georss:point, a gml:pos of a Point, or geo:lat beside geo:long."""
    name = local(element)
    if name == "point" or (name == "Point" and next(children(element, "pos"), None) is not None):
        if not _wgs84(element):
            return None
        text = text_of(element) if name == "point" else text_of(next(children(element, "pos"), None))
        parts = re.split(r"[\s,]+", text[:200].strip())
        return (parts[0], parts[1]) if len(parts) >= 2 else None
    lat, lon = child_text(element, "lat"), child_text(element, "long") or child_text(element, "lon")
    return (lat, lon) if lat and lon else None


def _wgs84(element: Element) -> bool:
    """Whether coordinates are degrees: no reference system named, or EPSG 4326."""
    inner = next(children(element, "pos"), None)
    system = element.get("srsName") or (inner.get("srsName") if inner is not None else None) or ""
    code = _EPSG.search(system[-60:])
    return not system or system.endswith("CRS84") or (code is not None and code[1] == "4326")


def _position(element: Element, name: str, found: Gatherer) -> None:
    halves = _halves(element)
    if halves is not None:
        found.position(halves[0], halves[1], "georss" if name in {"point", "Point"} else "geo")
