"""What an export gives: posts, points and fields, each bounded, with the number of what could not be used."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, overload

from unlisted.model import Field, Locator, Point, Points, Post

MAX_POINTS = 2_000_000
MAX_POSTS = 200_000
MAX_FIELDS = 500
MAX_TEXT = 20_000
"""Characters of one post."""

MAX_PICTURES = 6
"""Pictures of the account."""

MAX_SHOWN = 500
"""Public positions that are told one by one."""

EVERY = 5_000
"""So many points or posts make a step of progress."""

Pair = tuple[Any, Any]
"""Latitude and longitude in degrees, as they were written: numbers, text or anything."""

LONG = "texts in the export are longer than is read; their ends were left out"
MANY = "the profile in the export has more lines than are read"
FULL = "the export holds more places or posts than are read"


class Way(Sequence[tuple[float, float]]):
    """The positions of one outing in degrees, in order: a stretch of the points that were taken."""

    __slots__ = ("_points", "_rows")

    def __init__(self, points: Points, rows: range) -> None:
        self._points, self._rows = points, rows

    def __len__(self) -> int:
        return len(self._rows)

    @overload
    def __getitem__(self, at: int) -> tuple[float, float]: ...
    @overload
    def __getitem__(self, at: slice) -> Sequence[tuple[float, float]]: ...
    def __getitem__(self, at: int | slice) -> tuple[float, float] | Sequence[tuple[float, float]]:
        if isinstance(at, slice):
            return Way(self._points, self._rows[at])
        row = self._rows[at]
        return self._points.lat[row], self._points.lon[row]


def silent(_done: int) -> None:
    """No progress is shown."""


@dataclass(slots=True)
class Found:
    """Takes what the readers of an export find. `label` names the source: ids are "label#number"."""

    label: str
    tick: Callable[[int], None] = field(default=silent, repr=False)
    posts: list[Post] = field(default_factory=list, repr=False)
    points: Points = field(default_factory=Points, repr=False)
    fields: list[Field] = field(default_factory=list, repr=False)
    public: bool | None = None
    """Whether the account shows its posts to everyone, where the export says it for all of them."""
    hidden: Counter[str] = field(default_factory=Counter)
    """What is private there, by a plain word: messages, posts, searches. Counted and not read."""
    outings: list[Way] = field(default_factory=list, repr=False)
    """The positions of each sports track, in order."""
    private_points: int = 0
    bad_points: int = 0
    skipped: list[str] = field(default_factory=list)
    items: int = 0
    files: Counter[str] = field(default_factory=Counter)
    """Files that were read, by service."""
    broken: int = 0
    """Files of these that were not read to their end."""
    others: int = 0
    """Files that hold nothing we know."""
    unread: int = 0
    """Files of data among these: what stands in them was not looked at."""

    shown: list[Point] = field(default_factory=list, repr=False)
    """Positions that everybody can see, the first `MAX_SHOWN`."""

    pictures: list[bytes] = field(default_factory=list, repr=False)
    """The account's own picture, and the one behind it, as files."""

    @property
    def holds_anything(self) -> bool:
        """Whether any file gave a post, a place, a line or at least something to count."""
        held = (self.posts, self.fields, self.pictures, +self.hidden, len(self.points), self.bad_points)
        return any(held)

    def posts_where(self, *, public: bool | None) -> Counter[str]:
        """How many posts with words are public, private or (None) not said to be either."""
        return Counter(posts=sum(1 for post in self.posts if post.text and post.public is public))

    def number(self) -> str:
        """The id of the next item: one post, one photo, one track, or one file of a history."""
        self.items += 1
        return f"{self.label}#{self.items}"

    def skip(self, reason: str) -> None:
        """Take down once why something was not read."""
        if reason not in self.skipped:
            self.skipped.append(reason)

    def point(self, pair: Pair | None, at: datetime | None, key: str, *, public: bool | None = None) -> bool:
        """Take a position in degrees; whether it was one. Bad ones are counted."""
        try:
            north, east = (float(pair[0]), float(pair[1])) if pair else (math.nan, math.nan)
        except (TypeError, ValueError, OverflowError):
            self.bad_points += 1
            return False
        if not (abs(north) <= 90 and abs(east) <= 180) or not (north or east):  # NaN fails the comparison
            self.bad_points += 1
            return False
        if len(self.points) >= MAX_POINTS:
            self.skip(FULL)
            return False
        self.points.add(north, east, at, (key, self.label), private=public is False)
        if public and len(self.shown) < MAX_SHOWN:
            self.shown.append(self.points[-1])
        self.private_points += public is False
        if not len(self.points) % EVERY:
            self.tick(len(self.points) + len(self.posts))
        return True

    def post(
        self,
        text: object,
        at: datetime | None,
        *,
        public: bool | None = None,
        pair: Pair | None = None,
        pair_public: bool | None = None,
    ) -> None:
        """Take one post. A public account makes its posts public where they do not say it themselves.

        `pair_public` False: the service does not show the position beside the post.
        """
        key = self.number()
        seen = self.public if public is None else public
        if pair is not None and pair != (None, None):
            self.point(pair, at, key, public=seen if pair_public is None else pair_public)
        if len(self.posts) >= MAX_POSTS:
            self.skip(FULL)
            return
        words = self._cut(text) if isinstance(text, str) else ""
        self.posts.append(Post(text=words, at=at, id=key, public=seen))
        if not len(self.posts) % EVERY:
            self.tick(len(self.points) + len(self.posts))

    def picture(self, data: bytes) -> None:
        """Take a picture of the account."""
        if len(self.pictures) < MAX_PICTURES:
            self.pictures.append(data)

    def field(self, kind: str, value: object, name: str) -> None:
        """Take one line of the profile; `name` is the service's own word for it."""
        text = str(value).strip() if isinstance(value, str | int) and not isinstance(value, bool) else ""
        if text and len(self.fields) >= MAX_FIELDS:
            self.skip(MANY)
        elif text:
            self.fields.append(Field(kind=kind, value=self._cut(text), locator=Locator(part="profile", name=name)))

    def _cut(self, text: str) -> str:
        """The text as far as it is read; what is left out is said."""
        if len(text) > MAX_TEXT:
            self.skip(LONG)
        return text[:MAX_TEXT]
