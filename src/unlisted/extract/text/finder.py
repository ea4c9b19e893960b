"""All detectors over one text."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from itertools import pairwise

from unlisted.extract.text import boxes, contact, plans, said, where
from unlisted.extract.text.grammar import grammar, regions_key
from unlisted.extract.text.marks import (
    BIRTH,
    BOX,
    DIGIT,
    KIN,
    KIND,
    LONE,
    MAIL,
    PLATE,
    ROUTINE,
    STUDY,
    TRAVEL,
    WORK,
    Marked,
)
from unlisted.extract.text.meanings import marks
from unlisted.extract.text.repeats import cuts, restored, without
from unlisted.extract.text.streets import Streets
from unlisted.model.evidence import Span


def find(text: str, *, regions: Sequence[str] = ("US",)) -> list[Span]:
    """Personal data in a text, in the order of the text; offsets are code points, `regions` ISO countries of the subject."""
    left_out = cuts(text)
    if left_out:
        return restored(_find(without(text, left_out), regions), left_out)
    return _find(text, regions)


def _find(text: str, regions: Sequence[str]) -> list[Span]:
    countries = regions_key(tuple(regions))
    view = Marked(text, marks(countries))
    found = _all(view, countries) if view.words else []
    return sorted(_settle(found), key=lambda span: (span.start, span.end, span.kind)) if len(found) > 1 else found


def _all(view: Marked, regions: tuple[str, ...]) -> list[Span]:
    """Every detector's spans, the surest kinds first; detectors without any of their words in the text are not run."""
    present, words, out = view.present, grammar(regions), list(where.positions(view))
    if "@" in view.folded.text or present & MAIL or (present & LONE and contact.WRAPPED_A.search(view.folded.text)):
        out += contact.emails(view)
    phones = list(contact.phones(view, regions)) if present & DIGIT else []
    for mark, look in _FIGURED if present & DIGIT else ():
        if present & mark:
            out += look(view)
    out += [span for span in phones if span.certainty >= contact.TOLD]
    if present & (KIND | DIGIT):
        out += Streets(view, words).find()
    if present & BOX:
        out += boxes.boxes(view, words)
    out += [span for span in phones if span.certainty < contact.TOLD]
    for mark, look in _SAID:
        if present & mark:
            out += look(view)
    return out


_FIGURED = ((BIRTH, said.births), (PLATE, said.plates))
"""What is looked for where its words and a figure stand in the text."""
_SAID = (
    (KIN, said.relatives), (WORK, said.workplaces), (STUDY, said.schools), (ROUTINE, plans.routines), (TRAVEL, plans.travel),
)  # fmt: skip


EXCLUSIVE = frozenset(
    {"coordinates", "plus_code", "map_link", "email", "birth_date", "number_plate", "street_address", "phone"}
)
"""Kinds of which only the first stands where two overlap: a position is no phone."""


def _settle(spans: list[Span]) -> list[Span]:
    kept: dict[Span, None] = {}
    fixed: list[tuple[int, int, str]] = []
    for span in _widest(spans):
        if span.kind in EXCLUSIVE:
            at = bisect_left(fixed, (span.start, span.end, span.kind))
            if any(
                a < span.end and span.start < b and kind != span.kind for a, b, kind in fixed[max(0, at - 2) : at + 2]
            ):
                continue
            fixed.insert(at, (span.start, span.end, span.kind))
        kept[span] = None
    return list(kept)


def _widest(spans: list[Span]) -> list[Span]:
    """The spans without the addresses that lie within a surer one."""
    streets = {s for s in spans if s.kind == "street_address"}
    if len(streets) == 1:
        return spans
    sure = sorted(streets, key=lambda s: (s.start, -s.end, -s.certainty))
    inner = {b for a, b in pairwise(sure) if b.end <= a.end and b.certainty <= a.certainty}
    return [span for span in spans if span not in inner] if inner else spans
