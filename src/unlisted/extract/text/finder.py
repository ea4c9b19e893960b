"""All detectors over one text."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from functools import cache
from itertools import pairwise

from unlisted.extract.text import boxes, contact, plans, said, where
from unlisted.extract.text.grammar import grammar, regions_key
from unlisted.extract.text.repeats import cuts, restored, without
from unlisted.extract.text.streets import Streets
from unlisted.extract.text.talk import birth_words, first_words
from unlisted.extract.text.talk import said as talk_words
from unlisted.extract.text.tokens import View
from unlisted.model.evidence import Span


def find(text: str, *, regions: Sequence[str] = ("US",)) -> list[Span]:
    """Personal data in a text, in the order of the text; offsets are code points, `regions` ISO countries of the subject."""
    left_out = cuts(text)
    if left_out:
        return restored(_find(without(text, left_out), regions), left_out)
    return _find(text, regions)


def _find(text: str, regions: Sequence[str]) -> list[Span]:
    view = View(text)
    found = _all(view, regions_key(tuple(regions))) if view.words else []
    return sorted(_settle(found), key=lambda span: (span.start, span.end, span.kind)) if len(found) > 1 else found


def _all(view: View, regions: tuple[str, ...]) -> list[Span]:
    """Every detector's spans, the surest kinds first; detectors without any of their words in the text are not run."""
    present, words, figures, out = _present(view), grammar(regions), view.figures, list[Span]()
    out += where.positions(view, linked="map" in present, labelled="position" in present)
    if (
        "@" in view.folded.text
        or "mail" in present
        or ("a" in view.vocabulary and contact.WRAPPED_A.search(view.folded.text))
    ):
        out += contact.emails(view)
    phones = list(contact.phones(view, regions)) if figures else []
    if figures and "birth" in present:
        out += said.births(view)
    if figures and "plate" in present:
        out += said.plates(view)
    out += [span for span in phones if span.certainty >= contact.TOLD]
    out += Streets(view, words).find()
    if "box" in present:
        out += boxes.boxes(view, words)
    out += [span for span in phones if span.certainty < contact.TOLD]
    for name, look in _SAID if present else ():
        if name in present:
            out += look(view)
    return out


_SAID = (
    ("kin", said.relatives), ("work", said.workplaces), ("study", said.schools), ("routine", plans.routines),
    ("travel", plans.travel),
)  # fmt: skip


def _present(view: View) -> set[str]:
    """The detectors whose words stand in a text."""
    triggers = _triggers()
    return {name for word in view.vocabulary & _trigger_words() for name in triggers[word]}


@cache
def _trigger_words() -> frozenset[str]:
    return frozenset(_triggers())


@cache
def _triggers() -> dict[str, tuple[str, ...]]:
    """Which detectors each word may start."""
    out: dict[str, tuple[str, ...]] = {}
    sets = {
        "birth": birth_words(),
        "plate": talk_words("plate"),
        "kin": talk_words("kin"),
        "box": boxes.WORDS,
        "map": where.LINK_WORDS,
        "position": where.LABELS,
        "mail": contact.AT,
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
