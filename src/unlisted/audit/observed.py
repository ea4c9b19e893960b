"""What has been observed so far, source by source: the middle of the pipeline."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

from unlisted.model import (
    Account,
    Listing,
    Mention,
    NotChecked,
    PageSeen,
    PhotoSeen,
    PlaceSeen,
    Points,
    Source,
    SourceSummary,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class AccountSeen:
    """An account or a feed, with the source that it was read from."""

    source: Source
    account: Account


@dataclass(frozen=True, slots=True, kw_only=True)
class Pictured:
    """The pictures of an account as an export holds them, with the services that the export is of."""

    source: Source
    services: frozenset[str]
    pictures: tuple[bytes, ...] = field(repr=False)


@dataclass(slots=True, kw_only=True)
class Observed:
    """All evidence of one audit. Collected in the order of the subject file; nothing in it is written anywhere."""

    mentions: list[Mention] = field(default_factory=list, repr=False)
    pages: list[PageSeen] = field(default_factory=list, repr=False)
    listings: list[Listing] = field(default_factory=list, repr=False)
    photos: list[PhotoSeen] = field(default_factory=list, repr=False)
    points: Points = field(default_factory=Points, repr=False)
    places: list[PlaceSeen] = field(default_factory=list, repr=False)
    not_checked: list[NotChecked] = field(default_factory=list)
    sources: list[SourceSummary] = field(default_factory=list)
    accounts: list[AccountSeen] = field(default_factory=list, repr=False)
    pictured: list[Pictured] = field(default_factory=list, repr=False)
    times: list[datetime] = field(default_factory=list, repr=False)
    """When posts without a position were made, of sources whose control was shown: for the week."""
    outings: list[Sequence[tuple[float, float]]] = field(default_factory=list, repr=False)
    """The person's own sports tracks: positions in order, degrees."""
    gone: set[str] = field(default_factory=set)
    """Listings whose page says in words that the record is not there."""
    shapeless: set[str] = field(default_factory=set)
    """Listings in which no record was made out: what nobody declared was not looked for."""
    held: set[str] = field(default_factory=set)
    """Directories' pages that keep something back for those who pay."""

    def of(self, on: str) -> list[object]:
        """The evidence of a kind that a card can be on."""
        kinds: dict[str, list[object]] = {
            "mention": [*self.mentions],
            "page": [*self.pages],
            "listing": [*self.listings],
            "photo": [*self.photos],
            "place": [*self.places],
        }
        return kinds[on]
