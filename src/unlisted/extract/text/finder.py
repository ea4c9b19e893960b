"""All detectors over one text."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence

from unlisted.extract.text import boxes, contact, plans, said, where
from unlisted.extract.text.grammar import grammar, regions_key
from unlisted.extract.text.streets import Streets
from unlisted.extract.text.tokens import View
from unlisted.model.evidence import Span


def find(text: str, *, regions: Sequence[str] = ("US",)) -> list[Span]:
    """Personal data in a text, in the order of the text; offsets are code points, `regions` ISO countries of the subject."""
    view = View(text)
    if not view.words:
        return []
    countries = regions_key(regions)
    return sorted(_settle(_all(view, countries)), key=lambda span: (span.start, span.end, span.kind))


def _all(view: View, regions: tuple[str, ...]) -> Iterator[Span]:
    yield from where.positions(view)
    yield from contact.emails(view)
    yield from said.births(view)
    yield from said.plates(view)
    phones = list(contact.phones(view, regions))
    yield from (span for span in phones if span.certainty >= contact.TOLD)
    words = grammar(regions)
    yield from Streets(view, words).find()
    yield from boxes.boxes(view, words)
    yield from (span for span in phones if span.certainty < contact.TOLD)
    yield from said.relatives(view)
    yield from said.workplaces(view)
    yield from said.schools(view)
    yield from plans.routines(view)
    yield from plans.travel(view)


EXCLUSIVE = frozenset(
    {"coordinates", "plus_code", "map_link", "email", "birth_date", "number_plate", "street_address", "phone"}
)
"""Kinds of which only the first stands where two overlap: a position is no phone."""


def _settle(spans: Iterator[Span]) -> list[Span]:
    kept: dict[Span, None] = {}
    fixed: list[tuple[int, int, str]] = []
    for span in spans:
        if span.kind in EXCLUSIVE:
            at = bisect_left(fixed, (span.start, span.end, span.kind))
            if any(
                a < span.end and span.start < b and kind != span.kind for a, b, kind in fixed[max(0, at - 2) : at + 2]
            ):
                continue
            fixed.insert(at, (span.start, span.end, span.kind))
        kept[span] = None
    return list(kept)
