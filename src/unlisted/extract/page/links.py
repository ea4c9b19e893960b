"""Fields of links: mailto, tel, geo, rel=me and the family relations of XFN."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from urllib.parse import unquote

from unlisted.extract.page.fields import Fields
from unlisted.model import Locator

FAMILY = frozenset({"spouse", "parent", "child", "sibling", "kin"})
FEEDS = frozenset({"application/rss+xml", "application/atom+xml", "application/feed+json"})
MAX_ADDRESSES = 50
"""Addresses in one mailto link."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """One link; `text` is filled only where a family relation stands on it."""

    href: str = field(repr=False)
    rel: frozenset[str] = frozenset()
    type: str = ""
    text: str = field(default="", repr=False)
    locator: Locator = field(default_factory=lambda: Locator(part="link"))


def read_link(link: Link, fields: Fields) -> None:
    """Take the fields of one link."""
    href = link.href.strip()
    scheme, _, rest = href.partition(":")
    scheme = scheme.lower()
    where = replace(link.locator, part="link", name=scheme if scheme in ("mailto", "tel", "geo", "sms") else "rel")
    if scheme == "mailto":
        named = re.split(r"[,;]", rest.partition("?")[0])
        fields.full |= len(named) > MAX_ADDRESSES
        for address in named[:MAX_ADDRESSES]:
            fields.add("email", unquote(address), where)
    elif scheme == "tel" or (scheme == "sms" and "me" in link.rel):
        fields.add("phone", unquote(rest.partition(";")[0].partition("?")[0]), where)
    elif scheme == "geo":
        _coordinates(rest, fields, where)
    if "me" in link.rel:
        fields.add("same_as", href, replace(where, name="rel=me"))
    if not FAMILY.isdisjoint(link.rel):
        fields.add("relative", link.text.strip() or href, replace(where, name="rel"))


def _coordinates(rest: str, fields: Fields, where: Locator) -> None:
    parts = unquote(re.split(r"[;?]", rest)[0]).split(",")
    if len(parts) >= 2:
        fields.add("latitude", parts[0].strip(), where)
        fields.add("longitude", parts[1].strip(), where)
