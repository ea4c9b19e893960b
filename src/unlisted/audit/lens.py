"""What every source is looked at through: the declared facts, the regions, and the other sources that a link can lead to."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from unlisted.audit.where import Redactor
from unlisted.data.domains import host_of
from unlisted.extract.declared import Matcher
from unlisted.extract.geo import metres
from unlisted.model import Fact, Source, Subject
from unlisted.sources.subject_file.labels import judge

SAME_PLACE_M = 100.0
SAME_STREET_M = 500.0
SHORT = re.compile(r"(?<![0-9])[0-9]{1,3}(?![0-9])")
"""A number as houses have it."""


def address_key(address: str) -> str:
    """The form in which two addresses are compared: host without www., path without its last slash."""
    try:
        path = urlsplit(address).path
    except ValueError:
        path = ""
    host = (host_of(address) or "").removeprefix("www.")
    return host + path.rstrip("/")


@dataclass(frozen=True, slots=True, kw_only=True)
class Lens:
    """The declared facts in the forms that looking needs."""

    subject: Subject
    matcher: Matcher = field(repr=False)
    redactor: Redactor
    others: Mapping[str, str] = field(repr=False)
    """Address key to source label."""

    @property
    def regions(self) -> tuple[str, ...]:
        """The ISO countries of the subject and of the facts, the subject's first."""
        return self.redactor.regions

    def leads_to(self, address: str, *, from_source: str) -> str | None:
        """The label of the other source that a link leads to, or None."""
        label = self.others.get(address_key(address))
        return label if label != from_source else None

    def near(self, lat: float, lon: float, *, within: float = SAME_PLACE_M) -> list[tuple[float, Fact]]:
        """The declared places within a distance in metres, nearest first."""
        found = [(metres(lat, lon, *fact.position), fact) for fact in self.subject.placed if fact.position is not None]
        return sorted((pair for pair in found if pair[0] <= within), key=lambda pair: pair[0])


def regions_of(subject: Subject) -> tuple[str, ...]:
    """The subject's country, then those of the facts."""
    return tuple(dict.fromkeys([subject.country, *(fact.region for fact in subject.facts if fact.region)]))


def numbers_of(facts: Iterable[Fact]) -> frozenset[str]:
    """The short numbers in declared addresses: a house, a flat, a floor."""
    parts = (part or "" for fact in facts if fact.kind == "address" for part in (fact.value, fact.street, fact.unit))
    return frozenset(number for part in parts for number in SHORT.findall(part))


def lens(subject: Subject) -> Lens:
    """The lens for a subject."""
    matcher = Matcher(subject.facts)
    links = {address_key(source.address): source.label for source in subject.sources if source.address}
    redactor = Redactor(
        matcher=matcher, holds=judge(subject.facts), regions=regions_of(subject), numbers=numbers_of(subject.facts)
    )
    return Lens(subject=subject, matcher=matcher, redactor=redactor, others=links)


def shown_host(source: Source, redactor: Redactor) -> str | None:
    """The host of a source, masked where it holds a declared fact."""
    return redactor.host(host_of(source.address)) if source.address else None
