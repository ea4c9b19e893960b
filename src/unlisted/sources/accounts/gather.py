"""What is gathered of an account: fields, posts, positions, each bounded."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from typing import Any
from urllib.parse import urljoin

from unlisted.extract.page.fields import Fields, moment
from unlisted.model import Account, Locator, Point, Post
from unlisted.sources.calendar import since_1970

MAX_POSTS = 20_000
MAX_ITEMS = 20_000
"""Entries of one list that are read."""

MAX_WORDS = 200
"""Passages in which a person speaks about themselves."""

MAX_ABOUT = 50_000
"""Characters of one such passage."""

LONG = "the words of the profile are longer than is read"
FULL = "the answer holds more or longer lines than are read"
TOO_MANY = "the answer holds more posts than are read"

MAX_COUNT = 1e20
"""No count of time is greater, in whatever unit."""
_RELATIVE = ("/", ".", "?", "#")
_SCHEME = re.compile(r"[a-zA-Z][a-zA-Z0-9+.\-]{0,20}:")
_BIRD = "%a %b %d %H:%M:%S %z %Y"


class Gatherer:
    """Takes fields, posts and positions; `account` gives them."""

    def __init__(self) -> None:
        self.fields = Fields("")
        self.posts: list[Post] = []
        self.points: list[Point] = []
        self.skipped: list[str] = []
        self.about: list[str] = []
        self.unseen: str | None = None
        self.base = ""
        """The address that relative ones belong to, where the answer names it."""

    def add(self, kind: str, value: object, name: str) -> None:
        """Take one value; `name` is the service's own word for it."""
        self.fields.add(kind, value, Locator(part="data", name=name))

    def site(self, kind: str, value: object, name: str) -> None:
        """Take an address; people write their own without "https://"."""
        text = value.strip() if isinstance(value, str) else ""
        if text.startswith(_RELATIVE) and not text.startswith("//"):
            text = joined(self.base, text)
        if text:
            self.add(kind, text if _SCHEME.match(text) else f"https://{text.lstrip('/')}", name)

    def time(self, kind: str, value: object, name: str) -> None:
        """Take a time in any of the forms that services use."""
        at = when(value)
        if at is not None:
            self.add(kind, at.strftime("%Y-%m-%dT%H:%M:%SZ"), name)

    def position(
        self, lat: object, lon: object, name: str, *, at: datetime | None = None, key: str = "", exact: bool = True
    ) -> bool:
        """Take a position as two fields and, where it is exact, a point; whether it was one."""
        pair = degrees(lat, lon)
        if pair is None:
            return False
        self.add("latitude", str(lat).strip(), name)
        self.add("longitude", str(lon).strip(), name)
        if exact and len(self.points) < MAX_POSTS:
            self.points.append(Point(pair[0], pair[1], at, key))
        return True

    def post(
        self, text: object, at: datetime | None, key: object = "", *, pair: tuple[float, float] | None = None
    ) -> None:
        """Take one post."""
        if len(self.posts) >= MAX_POSTS:
            if TOO_MANY not in self.skipped:
                self.skipped.append(TOO_MANY)
            return
        lat, lon = pair or (None, None)
        self.posts.append(
            Post(text=text if isinstance(text, str) else "", at=at, lat=lat, lon=lon, id=str(key)[:200], public=True)
        )

    def tell(self, words: object) -> None:
        """Take what the person says about themselves."""
        text = said(words)
        if len(text) > MAX_ABOUT and LONG not in self.skipped:
            self.skipped.append(LONG)
        if text and len(self.about) < MAX_WORDS and text[:MAX_ABOUT] not in self.about:
            self.about.append(text[:MAX_ABOUT])

    def table(self, node: Mapping[str, Any], kinds: Mapping[str, str]) -> None:
        """Take the fields that a table names: the service's key -> the kind."""
        for key, kind in kinds.items():
            value = node.get(key)
            if kind in ("website", "same_as", "avatar"):
                self.site(kind, value, key)
            elif kind in ("created_at", "last_active_at"):
                self.time(kind, value, key)
            else:
                self.add(kind, value, key)

    def account(self, service: str) -> Account:
        """All of it."""
        return Account(
            service=service,
            fields=self.fields.all(),
            posts=tuple(self.posts),
            points=tuple(self.points),
            skipped=(*self.skipped, *((FULL,) if self.fields.full else ())),
            about=tuple(self.about),
            unseen=self.unseen,
        )


def said(words: object) -> str:
    """Words with white space folded; half surrogates and NUL, which break every output, are replaced."""
    text = words.encode("utf-8", "replace").decode().replace("\x00", " ") if isinstance(words, str) else ""
    return " ".join(text.split())


def joined(base: str, address: str) -> str:
    """A relative address at its base; nothing where that is no web address."""
    try:
        return urljoin(base, address) if base.startswith(("https://", "http://")) else ""
    except ValueError:
        return ""


def when(value: object) -> datetime | None:
    """An aware UTC time from ISO 8601, seconds since 1970, or the form of Twitter's first interface."""
    if isinstance(value, bool):
        return None
    if isinstance(value, int | float):
        return since_1970(float(value)) if abs(value) < MAX_COUNT else None
    if not isinstance(value, str) or len(value) > 60:
        return None
    text = value.strip()
    if (at := moment(text)) is not None:
        return at
    try:
        return datetime.strptime(text, _BIRD).astimezone(UTC)
    except (ValueError, OverflowError):
        return None


def degrees(lat: object, lon: object) -> tuple[float, float] | None:
    """Two numbers in range, or None."""
    try:
        pair = float(str(lat)), float(str(lon))
    except ValueError:
        return None
    fine = all(map(math.isfinite, pair)) and abs(pair[0]) <= 90 and abs(pair[1]) <= 180
    return pair if fine and not isinstance(lat, bool) else None


def node(value: object) -> dict[str, Any]:
    """The value if it is an object, else an empty one."""
    return value if isinstance(value, dict) else {}


def nodes(value: object) -> Iterator[dict[str, Any]]:
    """The objects of a list, or the object itself."""
    items = value[:MAX_ITEMS] if isinstance(value, list) else [value]
    return (item for item in items if isinstance(item, dict))


def first(value: Mapping[str, Any], *keys: str) -> Any:
    """The first of these that holds something."""
    return next((value[key] for key in keys if value.get(key)), None)
