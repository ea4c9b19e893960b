"""What was observed in an artifact: one typed fact with a locator (the field's term: observation).

Degrees are WGS 84, distances metres, times aware datetimes; a camera's clock without a zone is naive. Offsets are code points.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from unlisted.model.subject import Fact


@dataclass(frozen=True, slots=True, kw_only=True)
class Locator:
    """Where in an artifact: a person can go there.

    `part` is a word of a closed list: text, meta, card (h-card), data (JSON-LD, microdata, state), link, head, photo, record.
    `heading` is as read (masked before it is shown), `heading_number` and `paragraph` count from 1.
    """

    part: str = "text"
    heading: str | None = field(default=None, repr=False)
    heading_number: int | None = None
    paragraph: int | None = None
    name: str | None = None
    """The technical place, from a fixed vocabulary: "og:locality", "telephone", "tel"."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Field:
    """One field of a page or an account; `kind` is a page field kind of the design."""

    kind: str
    value: str = field(repr=False)
    locator: Locator = Locator()


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """One paragraph of visible text."""

    text: str = field(repr=False)
    locator: Locator = Locator()


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """What a page says: fields, visible text in reading order, and what could not be read of it (`skipped`, plain reasons)."""

    url: str = field(repr=False)
    title: str | None = field(default=None, repr=False)
    fields: tuple[Field, ...] = ()
    blocks: tuple[Block, ...] = ()
    links: tuple[str, ...] = field(default=(), repr=False)
    images: tuple[str, ...] = field(default=(), repr=False)
    feeds: tuple[str, ...] = field(default=(), repr=False)
    times: tuple[datetime, ...] = field(default=(), repr=False)
    skipped: tuple[str, ...] = ()
    language: str | None = None

    def of_kind(self, *kinds: str) -> tuple[Field, ...]:
        """The fields of these kinds, in reading order."""
        return tuple(item for item in self.fields if item.kind in kinds)


@dataclass(frozen=True, slots=True, kw_only=True)
class Account:
    """What a service's public answer says about one account."""

    service: str
    fields: tuple[Field, ...] = ()
    posts: tuple[Post, ...] = ()
    points: tuple[Point, ...] = ()
    skipped: tuple[str, ...] = ()
    about: tuple[str, ...] = field(default=(), repr=False)
    """What the person says about themselves in their own words."""
    unseen: str | None = None
    """Why what is not there must not count as gone: the service closed or limited the account, or answered with a shell."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Post:
    """One post: its text, time and, where it has them, its position and the people who can see it."""

    text: str = field(repr=False)
    at: datetime | None = field(default=None, repr=False)
    lat: float | None = field(default=None, repr=False)
    lon: float | None = field(default=None, repr=False)
    id: str | None = field(default=None, repr=False)
    public: bool | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Position:
    """A place that a photo or video holds; `origin` is one of the words of the design (exif, xmp, ... sidecar)."""

    lat: float = field(repr=False)
    lon: float = field(repr=False)
    origin: str
    altitude: float | None = field(default=None, repr=False)
    direction: float | None = field(default=None, repr=False)
    at: datetime | None = field(default=None, repr=False)
    sure: bool = True
    """False where the hemisphere letter is missing."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Device:
    """The camera or phone, as it names itself."""

    make: str | None = None
    model: str | None = None
    lens: str | None = None
    software: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Thumbnail:
    """The small picture inside a photo: size in pixels where known, and whether it shows more than the picture does.

    `offset` is from the start of the file. `shows_more` None: not compared.
    """

    width: int | None = None
    height: int | None = None
    length: int = 0
    shows_more: bool | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Embedded:
    """A file within the file: `kind` is video, picture or audio."""

    kind: str
    length: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Photo:
    """What a photo or video file gives away; `status` is read, unsupported or damaged (then `reason` says how far it got).

    `taken_at` is aware where the file says its zone, else naive: the camera's local clock. `gps_at` is UTC.
    """

    status: str
    path: str = field(default="", repr=False)
    format: str | None = None
    reason: str | None = None
    positions: tuple[Position, ...] = field(default=(), repr=False)
    taken_at: datetime | None = field(default=None, repr=False)
    gps_at: datetime | None = field(default=None, repr=False)
    times: tuple[datetime, ...] = field(default=(), repr=False)
    device: Device | None = None
    serials: tuple[str, ...] = field(default=(), repr=False)
    owners: tuple[str, ...] = field(default=(), repr=False)
    people: tuple[str, ...] = field(default=(), repr=False)
    place_names: tuple[str, ...] = field(default=(), repr=False)
    captions: tuple[str, ...] = field(default=(), repr=False)
    keywords: tuple[str, ...] = field(default=(), repr=False)
    contacts: tuple[str, ...] = field(default=(), repr=False)
    history: tuple[str, ...] = field(default=(), repr=False)
    ids: tuple[str, ...] = field(default=(), repr=False)
    credentials: tuple[str, ...] = field(default=(), repr=False)
    skipped: tuple[str, ...] = ()
    """Parts that were not read, as plain reasons without a value: "nothing found" is not said of them."""
    thumbnail: Thumbnail | None = None
    embedded: tuple[Embedded, ...] = ()
    width: int | None = None
    height: int | None = None
    orientation: int | None = None

    @property
    def position(self) -> Position | None:
        """The position that says best where the camera stood, or None: the camera's own before words about the picture."""
        order = ("exif", "xmp", "quicktime", "track", "png-text", "sidecar")
        ranked = sorted((p for p in self.positions if p.origin in order), key=lambda p: order.index(p.origin))
        return ranked[0] if ranked else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Span:
    """Personal data found in text that nobody declared; offsets are code points, end exclusive; certainty 0 to 1."""

    kind: str
    start: int
    end: int
    certainty: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Match:
    """A declared fact found in text; `level` is same (the very house, number, date), street or area."""

    fact: Fact
    level: str
    start: int
    end: int
    certainty: float = 1.0
    street_named: bool = False
    """At level area: the name of the street stands there, and nothing says in which town."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Mention:
    """One statement about the person at one spot: what checks look at.

    `kind` is the JSON kind of the design; `detail` the span or field kind it came from; `fact` the declared fact, or None where the
    value was not declared; `level` the match level, or None. Many equal ones on one source are one with `count`.
    """

    source: str
    source_kind: str
    kind: str
    detail: str
    locator: Locator
    certainty: float
    fact: Fact | None = None
    level: str | None = None
    mine: bool = False
    directory: str | None = None
    other: str | None = None
    """The label of the other source that a link leads to, or None."""
    street_named: bool = False
    """At level area: it is the name of the street, and not the town."""
    count: int = 1

    @property
    def declared(self) -> bool:
        """Whether the person declared this fact."""
        return self.fact is not None


@dataclass(frozen=True, slots=True, kw_only=True)
class PageSeen:
    """A page within the audit: who can find it. Page checks look at this.

    `indexable` False where the page asks search engines to stay away; `login` True where strangers meet a login wall.
    """

    source: str
    source_kind: str
    page: Page
    indexable: bool = True
    login: bool = False
    mine: bool = False
    names: tuple[Fact, ...] = ()
    """The declared names that the page shows."""
    handles: tuple[Fact, ...] = ()
    """The declared user names that the page shows."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Listing:
    """One record of a directory about the person: the kinds that it shows, never the values of others.

    `directory` is the id of the register's entry, None where the site is not known; `kinds` are JSON kinds; `matched` are the
    declared facts that the record shows; `others` counts records of other people that were left alone.
    """

    source: str
    directory: str | None
    host: str = field(repr=False)
    kinds: tuple[str, ...] = ()
    matched: tuple[Fact, ...] = ()
    fields: tuple[Field, ...] = ()
    locator: Locator = Locator(part="record")
    others: int = 0
    indexable: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class PhotoSeen:
    """A photo within the audit: its source, the number within it, and what it gives away. Photo checks look at this.

    `near` are the declared facts within 100 m of its position; `joins` counts other sources that show the same serial number.
    """

    source: str
    number: int
    photo: Photo
    name: str | None = field(default=None, repr=False)
    near: tuple[Fact, ...] = ()
    owners_declared: tuple[Fact, ...] = ()
    people_declared: tuple[Fact, ...] = ()
    joins: int = 0


@dataclass(frozen=True, slots=True)
class Point:
    """Somewhere at some time; `at` is local wall time where naive. `id` names the photo or post it came from."""

    lat: float = field(repr=False)
    lon: float = field(repr=False)
    at: datetime | None = field(default=None, repr=False)
    id: str = ""
    source: str = ""
    sure: bool = True
    """False where the clock contradicts itself: left out of night features."""
    private: bool = False
    """True where the service shows it to the person alone: a history of places, not a post."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """A place that comes up often: stays inside the program, since `center` says where it is.

    `kind` is home, work, regular or visited; `center` (latitude, longitude); `evidence` the ids of its points; `routine` counts by
    weekday (0 Monday) and hour, 7 x 24; `days` the number of distinct days.
    """

    kind: str
    center: tuple[float, float] = field(repr=False)
    radius_m: float
    certainty: float
    evidence: tuple[str, ...] = ()
    routine: tuple[tuple[int, ...], ...] = field(default=(), repr=False)
    days: int = 0
    first: datetime | None = field(default=None, repr=False)
    last: datetime | None = field(default=None, repr=False)
    area_only: bool = False
    extras: Mapping[str, float] = field(default_factory=dict, repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class PlaceSeen:
    """A place within the audit, compared with what was declared. Place checks look at this.

    `fact` is the nearest declared fact where it lies within 500 m, `distance` a class: "within 100 m", "within 500 m",
    "within 2 km", "further", or None where nothing with a position was declared. `letter` names an undeclared place.
    """

    place: Place
    rank: int
    fact: Fact | None = None
    distance: str | None = None
    letter: str | None = None
    sources: tuple[str, ...] = ()
    private: bool = False
    """True where all that shows this place is private to the account."""
    tracks_end_here: int = 0
    """How many of the person's tracks begin or end here."""
    zone_m: float | None = None
    """The smallest hidden zone (metres) that, like every wider one, would have kept this place back; None: none would."""
