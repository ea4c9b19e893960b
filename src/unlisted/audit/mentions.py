"""From a page to mentions: every statement about the person, declared or not, with where it stands."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence

from unlisted.audit.lens import SAME_STREET_M, Lens
from unlisted.extract.text import find
from unlisted.model import Block, Fact, Field, Locator, Match, Mention, Page, Source, Span

FIELD_KINDS = {
    "name": "name",
    "nickname": "handle",
    "street_address": "address",
    "locality": "address",
    "region": "address",
    "postal_code": "address",
    "location_text": "address",
    "email": "email",
    "phone": "phone",
    "birth_date": "birth_date",
    "employer": "employer",
    "school": "school",
    "relative": "relative",
    "website": "join",
    "same_as": "join",
}
SPAN_KINDS = {
    "street_address": "address",
    "coordinates": "position",
    "plus_code": "position",
    "map_link": "position",
    "number_plate": "plate",
}
AREA_FIELDS = frozenset({"locality", "postal_code", "location_text"})
CONTACT_FIELDS = frozenset({"street_address", "email", "phone"})
"""Fields that are told also where nobody declared their value."""
OWN_KINDS = frozenset({"routine", "travel", "relative", "birth_date", "position"})
"""Span kinds whose patterns speak of the writer; the others need a first-person word nearby."""
FIRST_PERSON = re.compile(
    r"\b(?:i|i'm|me|my|mine|our|us|we|ich|mich|mir|mein\w{0,2}|unser\w{0,2}|je|j'|moi|mon|ma|mes|notre|nos|yo|mi|mis|"
    r"nuestr[oa]s?|nosotros|ik|mij|mijn|onze?|eu|meu|minha|io|mio|mia)\b",
    re.IGNORECASE,
)
BEFORE, AFTER = 90, 40
"""Characters around an undeclared span in which a first-person word makes it the writer's."""
FIELD_SCORE = 0.5
"""Certainty of an undeclared value in a contact card or hidden data: a fact of the page, not surely of the person."""
COORDINATE = re.compile(r"\d{1,3}\.\d{3,12}")
"""A number as coordinates have it."""
MAX_TEXT = 2_000_000


def overlaps(span: Span | Match, others: Iterable[Match]) -> bool:
    """Whether a span shares a character with a match."""
    return any(span.start < other.end and other.start < span.end for other in others)


def first_person(text: str, span: Span) -> bool:
    """Whether the sentence around a span speaks in the first person."""
    before = re.split(r"[.!?\n]\s", text[max(0, span.start - BEFORE) : span.start])[-1]
    after = re.split(r"[.!?\n](?:\s|$)", text[span.end : span.end + AFTER])[0]
    return FIRST_PERSON.search(before + " " + after) is not None


class Reader:
    """Makes the mentions of one source."""

    def __init__(self, lens: Lens, source: Source, *, source_kind: str, directory: str | None = None) -> None:
        self.lens = lens
        self.source = source
        self.source_kind = source_kind
        self.directory = directory
        self.mine = source.mine and source_kind != "listing"

    def mention(
        self,
        kind: str,
        detail: str,
        locator: Locator,
        certainty: float,
        *,
        fact: Fact | None = None,
        level: str | None = None,
        other: str | None = None,
        street_named: bool = False,
    ) -> Mention:
        """A mention of this source."""
        return Mention(
            source=self.source.label,
            source_kind=self.source_kind,
            kind=kind,
            detail=detail,
            locator=locator,
            certainty=certainty,
            fact=fact,
            level=level,
            mine=self.mine,
            directory=self.directory,
            other=other,
            street_named=street_named,
        )

    def declared(self, text: str, detail: str, locator: Locator) -> list[Mention]:
        """The declared facts in a short text."""
        return [self.of_match(match, text, detail, locator) for match in told(self.lens.matcher.find(text), text)]

    def of_match(self, match: Match, text: str, detail: str, locator: Locator) -> Mention:
        """The mention that a declared fact in a text is."""
        kind = match_kind(match, text)
        return self.mention(
            kind,
            detail,
            locator,
            match.certainty,
            fact=match.fact,
            level=match.level,
            street_named=match.street_named,
        )

    def of_blocks(self, blocks: Sequence[Block], *, undeclared: bool = True) -> Iterator[Mention]:
        """The mentions in visible text: one pass over all of it, so that an address over two lines is found."""
        text, starts = joined(blocks)
        matches = self.lens.matcher.find(text)
        for match in told(matches, text):
            yield self.of_match(match, text, "text", blocks[bisect_right(starts, match.start) - 1].locator)
        for span in find(text, regions=self.lens.regions) if undeclared else ():
            if not overlaps(span, matches) and (span.kind in OWN_KINDS or first_person(text, span)):
                locator = blocks[bisect_right(starts, span.start) - 1].locator
                yield self.mention(SPAN_KINDS.get(span.kind, span.kind), span.kind, locator, span.certainty)

    def of_field(self, field: Field, *, undeclared: bool = True) -> Iterator[Mention]:
        """The mentions in one field of a page or an account."""
        kind = FIELD_KINDS.get(field.kind)
        if kind is None:
            return
        if kind == "join":
            other = self.lens.leads_to(field.value, from_source=self.source.label)
            yield self.mention("join", field.kind, field.locator, 0.95, other=other)
        found = self.declared(field.value, field.kind, field.locator)
        if not found and field.kind in AREA_FIELDS:
            found = self.areas(field)
        yield from found
        if not found and undeclared and field.kind in CONTACT_FIELDS:
            yield self.mention(kind, field.kind, field.locator, FIELD_SCORE)

    def areas(self, field: Field) -> list[Mention]:
        """A town or postcode line all of whose words stand in a declared address: level "area"."""
        words = set(re.findall(r"\w+", field.value.casefold()))
        return [
            self.mention("address", field.kind, field.locator, 0.8, fact=fact, level="area")
            for fact in self.lens.subject.of_kind("address")
            if words and words <= set(re.findall(r"\w+", fact.line.casefold()))
        ]

    def positions(self, fields: Sequence[Field]) -> Iterator[Mention]:
        """Latitude and longitude fields in pairs, compared with the declared places."""
        pairs = zip(
            [field for field in fields if field.kind == "latitude"],
            [field for field in fields if field.kind == "longitude"],
            strict=False,
        )
        for lat, lon in pairs:
            near = self.lens.near(float(lat.value), float(lon.value), within=SAME_STREET_M)
            fact = near[0][1] if near else None
            yield self.mention("position", "latitude", lat.locator, 0.95, fact=fact, level="same" if fact else None)

    def of_page(self, page: Page, *, undeclared: bool = True) -> Iterator[Mention]:
        """Every mention of a page."""
        yield from self.of_blocks(page.blocks, undeclared=undeclared)
        for field in page.fields:
            yield from self.of_field(field, undeclared=undeclared)
        yield from self.positions(page.fields)
        for link in page.links:
            other = self.lens.leads_to(link, from_source=self.source.label)
            if other is not None:
                yield self.mention("join", "link", Locator(part="link"), 0.95, other=other)


def match_kind(match: Match, text: str) -> str:
    """The JSON kind of a declared fact in a text: a place, or an address met as coordinates, is a position."""
    written = text[match.start : match.end]
    as_point = match.fact.kind == "address" and COORDINATE.search(written)
    return "position" if match.fact.kind == "place" or as_point else match.fact.kind


def told(matches: Iterable[Match], text: str) -> list[Match]:
    """The matches without positions that only lie in the same area: half a town does."""
    return [match for match in matches if match.level != "area" or match_kind(match, text) != "position"]


def joined(blocks: Sequence[Block]) -> tuple[str, list[int]]:
    """(all blocks in one text, a line each; where each begins), cut at `MAX_TEXT` characters."""
    starts, parts, size = [], [], 0
    for block in blocks:
        if size > MAX_TEXT:
            break
        starts.append(size)
        parts.append(block.text)
        size += len(block.text) + 1
    return "\n".join(parts), starts or [0]
