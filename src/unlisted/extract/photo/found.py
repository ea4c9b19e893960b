"""What has been gathered of one file while its blocks are read, and the `Photo` made of it at the end."""

from __future__ import annotations

import math
from dataclasses import replace
from datetime import datetime

from unlisted.errors import TooLarge
from unlisted.extract.photo.words import MAX_TEXT, says_something
from unlisted.model.evidence import Device, Embedded, Photo, Position, Thumbnail

MAX_VALUES = 300
"""Values kept of one field of one file."""

MAX_POSITIONS = 500
"""Positions kept of one file."""

MAX_SMALLS = 4
"""Small pictures told of one file."""

MAX_WORK = 150_000
"""Small things (entries, elements, items, samples) looked at in one file, whichever part they stand in."""

SAME = 1e-6
"""Degrees within which two positions of one origin are one."""

NOWHERE = 1e-4
"""Degrees around 0,0 that mean "no place"."""

SHAPE = 0.04
"""Part by which the shape of thumbnail and picture may differ: small pictures are rounded to whole pixels and blocks of 8."""

SHAPES = (1.0, 4 / 3, 3 / 2, 16 / 9, 2.0, 18.5 / 9, 19.5 / 9, 20 / 9)
"""Shapes that cameras take pictures in: long side by short side."""

_FIELDS = (
    "serials",
    "owners",
    "people",
    "place_names",
    "captions",
    "keywords",
    "contacts",
    "history",
    "ids",
    "credentials",
    "skipped",
)


class Found:
    """The mutable side of a `Photo`: readers add, `photo` makes the frozen thing.

    Times have a rank: 0 says best when the picture was taken. `exif` is the first Exif block, kept for maker notes; `brief` lets
    readers leave out all but positions, `look` lets them keep the small pictures' bytes in `smalls`; `video_tail` is how far from
    the end a packet says that a motion photo's video begins.
    """

    __slots__ = (
        "_more", "_seen", "_times", "_work", "brief", "damage", "embedded", "exif", "format", "gps_at", "height", "lens",
        "look", "make", "model", "orientation", "positions", "smalls", "software", "video_tail", "width", *_FIELDS,
    )  # fmt: skip

    def __init__(self, *, brief: bool = False, look: bool = False) -> None:
        self.format: str | None = None
        self.brief = brief
        self.look = look
        self.smalls: list[tuple[Thumbnail, bytes]] = []
        self.damage: str | None = None
        self.positions: list[Position] = []
        self._seen: set[tuple[str, int, int]] = set()
        self._times: list[tuple[int, datetime]] = []
        self._more: list[datetime] = []
        self.gps_at: datetime | None = None
        self.make = self.model = self.lens = self.software = ""
        self.serials: dict[str, None] = {}
        self.owners: dict[str, None] = {}
        self.people: dict[str, None] = {}
        self.place_names: dict[str, None] = {}
        self.captions: dict[str, None] = {}
        self.keywords: dict[str, None] = {}
        self.contacts: dict[str, None] = {}
        self.history: dict[str, None] = {}
        self.ids: dict[str, None] = {}
        self.credentials: dict[str, None] = {}
        self.skipped: dict[str, None] = {}
        self.embedded: list[Embedded] = []
        self.width: int | None = None
        self.height: int | None = None
        self.orientation: int | None = None
        self.exif: bytes | None = None
        self.video_tail = 0
        self._work = 0

    def spend(self, steps: int) -> None:
        """Count the work done on one file.

        Raises:
            TooLarge: more than any picture needs.
        """
        self._work += steps
        if self._work > MAX_WORK:
            raise TooLarge("it has more parts than we follow")

    def add(self, into: dict[str, None], text: str) -> None:
        """One value, once, unless it says nothing."""
        if len(into) < MAX_VALUES and text and says_something(text):
            into[text[:MAX_TEXT]] = None

    def add_serial(self, text: str) -> None:
        """A serial number: at least three letters or digits."""
        if sum(map(str.isalnum, text)) >= 3:
            self.add(self.serials, text)

    def place(self, lat: float | None, lon: float | None, origin: str, altitude: float | None = None) -> None:
        """One position, where both numbers are known."""
        if lat is not None and lon is not None:
            self.put(Position(lat=lat, lon=lon, origin=origin, altitude=altitude))

    def put(self, spot: Position) -> None:
        """One position, unless it is a placeholder (0,0 or out of range) or known from this origin."""
        if not is_place(spot.lat, spot.lon) or len(self.positions) >= MAX_POSITIONS:
            return
        key = (spot.origin, round(spot.lat / SAME), round(spot.lon / SAME))
        if key not in self._seen:
            self._seen.add(key)
            self.positions.append(spot)

    def time(self, rank: int, when: datetime | None) -> None:
        """A time at which the picture may have been taken; the lowest rank wins, the first among equals."""
        if when is not None and len(self._times) < MAX_VALUES:
            self._times.append((rank, when))

    def other_time(self, when: datetime | None) -> None:
        """A time that the file holds but that does not say when the picture was taken."""
        if when is not None and len(self._more) < MAX_VALUES:
            self._more.append(when)

    def size(self, width: int, height: int) -> None:
        """The size of the picture: the largest that is told."""
        if 0 < width < 1 << 31 and 0 < height < 1 << 31 and width * height > (self.width or 0) * (self.height or 0):
            self.width, self.height = width, height

    def absorb(self, inner: Found) -> None:
        """What a file within the file gives away: places, names and numbers, but not its size, thumbnail or damage."""
        for spot in inner.positions:
            self.put(spot)
        for name in _FIELDS:
            into = getattr(self, name)
            for text in getattr(inner, name):
                self.add(into, text)
        self._times += [(rank + 10, when) for rank, when in inner._times]
        self._more += inner._more
        self.gps_at = self.gps_at or inner.gps_at
        for name in ("make", "model", "lens", "software"):
            setattr(self, name, getattr(self, name) or getattr(inner, name))

    def small_picture(self, size: tuple[int, int] | None, length: int, data: bytes = b"") -> None:
        """A small picture inside the file, and its bytes, which are kept only for a comparison of its look."""
        width, height = size or (None, None)
        if len(self.smalls) < MAX_SMALLS:
            self.smalls.append((Thumbnail(width=width, height=height, length=length), data if self.look else b""))

    def hurt(self, reason: str) -> None:
        """The file is damaged; the first reason stays."""
        self.damage = self.damage or reason

    def _taken(self) -> datetime | None:
        """The best time; a zone is taken over from a time of the same second on the wall that knows it."""
        if not self._times:
            return None
        best = min(self._times, key=lambda item: item[0])[1]
        if best.tzinfo is None:
            return next((t for _, t in self._times if t.tzinfo and t.replace(tzinfo=None) == best), best)
        return best

    def photo(self, path: str) -> Photo:
        """The frozen result."""
        lists = {name: tuple(getattr(self, name)) for name in _FIELDS if getattr(self, name)}
        device = None
        if self.make or self.model or self.lens or self.software:
            device = Device(
                make=self.make or None, model=self.model or None, lens=self.lens or None, software=self.software or None
            )
        return Photo(
            status="damaged" if self.damage else "read",
            path=path,
            format=self.format,
            reason=self.damage,
            positions=tuple(self.positions),
            taken_at=self._taken(),
            gps_at=self.gps_at,
            times=tuple(dict.fromkeys([*(t for _, t in self._times), *self._more])),
            device=device,
            thumbnail=self._compared(),
            embedded=tuple(self.embedded),
            width=self.width,
            height=self.height,
            orientation=self.orientation,
            **lists,
        )

    def _compared(self) -> Thumbnail | None:
        """The thumbnail, the first whose shape says that it shows more than the picture."""
        told = [self._shaped(small) for small, _ in self.smalls]
        return next((small for small in told if small.shows_more), told[0] if told else None)

    def _shaped(self, small: Thumbnail) -> Thumbnail:
        """One small picture compared with the picture by its shape, where both are known."""
        if not (small.width and small.height and self.width and self.height):
            return small
        return replace(small, shows_more=shows_more((small.width, small.height), (self.width, self.height)))


def is_place(lat: float, lon: float) -> bool:
    """False for 0,0, for numbers out of range and for what is no number."""
    finite = math.isfinite(lat) and math.isfinite(lon)
    return finite and abs(lat) <= 90 and abs(lon) <= 180 and not (abs(lat) < NOWHERE and abs(lon) < NOWHERE)


def shows_more(small: tuple[int, int], large: tuple[int, int]) -> bool | None:
    """Whether the shapes differ so much that the thumbnail is of another cut of the picture; None where that cannot be told.

    The standard asks for 160 x 120, and many cameras fit their other shapes into it with black bars: for a picture of such a
    shape it tells nothing. A turned picture may have a thumbnail that was not turned.
    """
    shape, want = small[0] / small[1], large[0] / large[1]
    if min(small) < 16:
        return None
    if any(abs(shape / other - 1) <= SHAPE for other in (want, 1 / want)):
        return False
    boxed = small in {(160, 120), (120, 160)} and any(abs(max(want, 1 / want) / usual - 1) <= SHAPE for usual in SHAPES)
    return None if boxed else True
