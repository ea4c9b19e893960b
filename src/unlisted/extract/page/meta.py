"""Fields of meta elements: OpenGraph, geo, author, robots."""

from __future__ import annotations

import re

from unlisted.extract.page.fields import Fields
from unlisted.model import Locator

MAX_META = 2_000

DIRECT = {
    "author": "name",
    "profile:username": "nickname",
    "geo.placename": "location_text",
    "geo.region": "region",
    "og:street-address": "street_address",
    "og:locality": "locality",
    "og:region": "region",
    "og:postal-code": "postal_code",
    "og:country-name": "country",
    "og:email": "email",
    "og:phone_number": "phone",
    "og:latitude": "latitude",
    "og:longitude": "longitude",
    "business:contact_data:street_address": "street_address",
    "business:contact_data:locality": "locality",
    "business:contact_data:region": "region",
    "business:contact_data:postal_code": "postal_code",
    "business:contact_data:country_name": "country",
    "business:contact_data:email": "email",
    "business:contact_data:phone_number": "phone",
    "business:contact_data:website": "website",
    "place:location:latitude": "latitude",
    "place:location:longitude": "longitude",
}
TEXTS = ("description", "og:description", "twitter:description", "og:title", "twitter:title")
"""Meta texts that are read as text, since real profiles name the home region there."""

TIMES = ("article:published_time", "article:modified_time", "og:updated_time", "date", "dc.date")

_HANDLE = re.compile(r"@?\w{1,30}")
_WEB = re.compile(r"(?:https?:|www\.|//)", re.IGNORECASE)


def read_meta(metas: list[tuple[str, str]], fields: Fields) -> None:
    """Take the fields of (lower-case key, content) pairs."""
    first_last: dict[str, str] = {}
    fields.full |= len(metas) > MAX_META
    for key, content in metas[:MAX_META]:
        if key in DIRECT and not (key == "author" and _WEB.match(content.strip())):
            fields.add(DIRECT[key], content, Locator(part="meta", name=key))
        elif key == "twitter:creator" and _HANDLE.fullmatch(content.strip()):
            fields.add("nickname", content, Locator(part="meta", name=key))
        elif key in ("geo.position", "icbm"):
            _pair(content, fields, Locator(part="meta", name=key))
        elif key in ("robots", "googlebot") and {"noindex", "none"} & set(re.split(r"[\s,]+", content.lower()[:500])):
            fields.add("page_noindex", "true", Locator(part="meta", name=key))
        elif key in ("profile:first_name", "profile:last_name"):
            first_last.setdefault(key, content.strip())
    fields.add(
        "name", " ".join(first_last[key] for key in sorted(first_last)), Locator(part="meta", name="profile:first_name")
    )


def _pair(content: str, fields: Fields, where: Locator) -> None:
    parts = re.split(r"[;,]", content[:100])
    if len(parts) == 2:
        fields.add("latitude", parts[0].strip(), where)
        fields.add("longitude", parts[1].strip(), where)
