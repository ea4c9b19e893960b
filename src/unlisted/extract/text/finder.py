"""All detectors over one text."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from functools import cache

from unlisted.extract.text import boxes, contact, plans, said, where
from unlisted.extract.text.grammar import grammar, regions_key
from unlisted.extract.text.streets import Streets
from unlisted.extract.text.talk import birth_words, first_words
from unlisted.extract.text.talk import said as talk_words
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
    """Every detector's spans, the surest kinds first; detectors without any of their words in the text are not run."""
    present = _present(view)
    phones = list(contact.phones(view, regions))
    words = grammar(regions)
    yield from where.positions(view)
    yield from contact.emails(view)
    yield from said.births(view) if "birth" in present else ()
    yield from said.plates(view) if "plate" in present else ()
    yield from (span for span in phones if span.certainty >= contact.TOLD)
    yield from Streets(view, words).find()
    yield from boxes.boxes(view, words) if "box" in present else ()
    yield from (span for span in phones if span.certainty < contact.TOLD)
    yield from said.relatives(view) if "kin" in present else ()
    yield from said.workplaces(view) if "work" in present else ()
    yield from said.schools(view) if "study" in present else ()
    yield from plans.routines(view) if "routine" in present else ()
    yield from plans.travel(view) if "travel" in present else ()


def _present(view: View) -> set[str]:
    """The detectors whose words stand in a text."""
    triggers = _triggers()
    found: set[str] = set()
    for word in view.places:
        if word in triggers:
            found.update(triggers[word])
    return found


@cache
def _triggers() -> dict[str, tuple[str, ...]]:
    """Which detectors each word may start."""
    out: dict[str, tuple[str, ...]] = {}
    sets = {
        "birth": birth_words(),
        "plate": talk_words("plate"),
        "kin": talk_words("kin"),
        "box": boxes.WORDS,
        "work": first_words("work"),
        "study": first_words("study"),
        "routine": plans.routine_words(),
        "travel": plans.travel_words(),
    }
    for name, words in sets.items():
        for word in words:
            out[word] = (*out.get(word, ()), name)
    return out


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
