"""Whose footprint is audited: declared facts, and the sources to look at (the field's term: data subject)."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from enum import StrEnum


class FactKind(StrEnum):
    """The kinds of fact that a person can declare."""

    NAME = "name"
    HANDLE = "handle"
    ADDRESS = "address"
    PHONE = "phone"
    EMAIL = "email"
    BIRTH_DATE = "birth_date"
    EMPLOYER = "employer"
    SCHOOL = "school"
    RELATIVE = "relative"
    PLATE = "plate"
    PLACE = "place"


class Control(StrEnum):
    """What is known of who controls a source."""

    PROVEN = "proven"
    CLAIMED = "claimed"
    ABOUT_ME = "about-me"


class SourceKind(StrEnum):
    """What a source is, by the key that names it in the subject file."""

    PAGE = "page"
    FILE = "file"
    LISTING = "listing"
    ACCOUNT = "account"
    FEED = "feed"
    PHOTOS = "photos"
    EXPORT = "export"
    TRACKS = "tracks"


LOCAL_SOURCES = frozenset({SourceKind.PHOTOS, SourceKind.EXPORT, SourceKind.TRACKS})
"""Sources that lie on the person's own machine: places are drawn from them without further proof."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Fact:
    """One declared fact.

    `value` alone does (an address in one line, a phone as written), or the parts. `region` is an ISO country code
    (None: the subject's). `secret` facts are matched and never stand in a letter. `lat`, `lon`: degrees, WGS 84.
    """

    kind: str
    label: str
    value: str | None = field(default=None, repr=False)
    region: str | None = None
    secret: bool = False
    street: str | None = field(default=None, repr=False)
    unit: str | None = field(default=None, repr=False)
    town: str | None = field(default=None, repr=False)
    state: str | None = field(default=None, repr=False)
    postcode: str | None = field(default=None, repr=False)
    lat: float | None = field(default=None, repr=False)
    lon: float | None = field(default=None, repr=False)
    aliases: tuple[str, ...] = field(default=(), repr=False)
    """Other spellings that the person declares: nicknames, a maiden name, an old handle."""
    photo: str | None = field(default=None, repr=False)
    """A file that was taken there ("this photo was taken at home"): its position is read later, nothing else of it."""

    @property
    def position(self) -> tuple[float, float] | None:
        """(latitude, longitude) in degrees, or None."""
        return None if self.lat is None or self.lon is None else (self.lat, self.lon)

    @property
    def line(self) -> str:
        """The fact in one line, however it was declared."""
        if self.value is not None:
            return self.value
        house = ", ".join(part for part in (self.street, self.unit) if part)
        place = " ".join(part for part in (self.state, self.postcode) if part)
        return ", ".join(part for part in (house, self.town, place) if part)


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """One thing to look at. `address` is the web address (None for local ones), `path` the local file or folder."""

    label: str
    kind: SourceKind
    address: str | None = field(default=None, repr=False)
    path: str | None = field(default=None, repr=False)
    service: str | None = None
    mine: bool = False
    note: str | None = field(default=None, repr=False)
    proven: str | None = None
    """By what control was shown in this run ("words", "links"); never from the subject file."""

    @property
    def control(self) -> Control:
        """What can be said of it before any proof: local files are the person's own, a listing is about them."""
        if self.kind in LOCAL_SOURCES or self.proven:
            return Control.PROVEN
        return Control.CLAIMED if self.mine and self.kind is not SourceKind.LISTING else Control.ABOUT_ME


@dataclass(frozen=True, slots=True, kw_only=True)
class Subject:
    """The one person whose footprint is audited."""

    country: str = "US"
    languages: tuple[str, ...] = ("en",)
    facts: tuple[Fact, ...] = ()
    sources: tuple[Source, ...] = ()
    allow: tuple[str, ...] = ()
    """Labels of facts that letters may newly disclose."""
    timezone: str | None = None
    """IANA name, for times that come without a place; None where the person gave none."""

    def __post_init__(self) -> None:
        """A fact that names no country is of the subject's: how its phone, date or address is read depends on it."""
        facts = tuple(fact if fact.region else replace(fact, region=self.country) for fact in self.facts)
        object.__setattr__(self, "facts", facts)

    def of_kind(self, *kinds: str) -> tuple[Fact, ...]:
        """The declared facts of these kinds, in the order of the file."""
        return tuple(fact for fact in self.facts if fact.kind in kinds)

    def source(self, label: str) -> Source:
        """The source of this label; raises KeyError where there is none."""
        found = next((source for source in self.sources if source.label == label), None)
        if found is None:
            raise KeyError(label)
        return found

    @property
    def placed(self) -> tuple[Fact, ...]:
        """The declared facts that have a position, at most five (an answer about more would be a map)."""
        return tuple(fact for fact in self.facts if fact.position is not None)[:5]
