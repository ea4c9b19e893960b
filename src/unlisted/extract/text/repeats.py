"""Runs of one piece that stands again and again: read in part, as the rest of the run says nothing new.

A page never says the same short thing a hundred times in a row, but a hostile one may, to keep its reader busy. Such a run is
read in its first and last `KEPT` characters; what stands in between is the same text, and is left out.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator

from unlisted.model.evidence import Span

LONG = 20_000
"""Characters of a text below which nothing is left out."""
STEP = 2_000
"""Characters between the places where a run is looked for; a run longer than two steps is never missed."""
PERIOD = 250
"""Characters of the longest piece whose run is seen."""
KEPT = 2_000
"""Characters that are read at each end of a run."""
PROBE = 500
"""Characters that must repeat for a run."""

Cut = tuple[int, int]


def cuts(text: str) -> list[Cut]:
    """(start, end) of each part of a text that only repeats what stands before it; none in a short text. Linear."""
    return list(_cuts(text)) if len(text) >= LONG else []


def _cuts(text: str) -> Iterator[Cut]:
    at = 0
    while at + STEP < len(text):
        period = _period(text, at)
        end = _end(text, at, period) if period else at
        if end - at > 2 * KEPT + period:
            left_out = (end - at - 2 * KEPT) // period * period
            yield at + KEPT, at + KEPT + left_out
        at = max(end, at + STEP)


def _period(text: str, at: int) -> int:
    """The length of the piece that repeats from `at` on for `PROBE` characters; 0 where none does."""
    probe = text[at : at + PROBE]
    again = text.find(probe, at + 1, at + PERIOD + PROBE)
    return again - at if again >= 0 else 0


def _end(text: str, at: int, period: int) -> int:
    """Where a run with this period ends, looked for in growing strides."""
    end, stride = at + period, STEP
    while stride >= 1:
        if end + stride <= len(text) and text[end - period : end + stride - period] == text[end : end + stride]:
            end, stride = end + stride, stride * 2
        else:
            stride //= 2
    return end


def without(text: str, left_out: list[Cut]) -> str:
    """A text without these parts."""
    ends = [0, *(end for _, end in left_out)]
    starts = [*(start for start, _ in left_out), len(text)]
    return "".join(text[end:start] for end, start in zip(ends, starts, strict=True))


def restored(spans: list[Span], left_out: list[Cut]) -> list[Span]:
    """Spans of the shortened text at their places in the whole one; those over a cut are left out."""
    seams, gone, total = [], [0], 0
    for start, end in left_out:
        seams.append(start - total)
        total += end - start
        gone.append(total)
    out = []
    for span in spans:
        cut = bisect_right(seams, span.start)
        if bisect_right(seams, span.end - 1) == cut:
            moved = gone[cut]
            out.append(Span(kind=span.kind, start=span.start + moved, end=span.end + moved, certainty=span.certainty))
    return out
