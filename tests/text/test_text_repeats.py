"""Runs of one piece are read in part, and what is found keeps its place."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from unlisted.extract.text import find
from unlisted.extract.text.boxes import MAX_FOUND as MAX_BOXES
from unlisted.extract.text.repeats import KEPT, LONG, PERIOD, cuts, restored, without
from unlisted.extract.text.streets import MAX_FOUND, PATIENCE
from unlisted.model.evidence import Span

ADDRESS = "I live at 27 Larch Row, Marrow Bay, ME 04000. "
PROSE = "".join(
    f"On day {n} the weather was a little worse than on the day before, number {n * 7}. " for n in range(900)
)


@pytest.mark.parametrize("unit", ["1 2 3 ", "n 52 ", "-", "Calle A ", "<b", "12 Oak Street, Marrow Bay, ME 04000\n"])
def test_a_long_run_is_read_at_both_ends_only(unit: str) -> None:
    """What is left out of a run is a whole number of its pieces, and only little remains."""
    text = unit * (LONG * 3 // len(unit))
    left_out = cuts(text)
    assert len(left_out) == 1
    start, end = left_out[0]
    assert (end - start) % len(unit) == 0
    assert len(without(text, left_out)) <= 2 * KEPT + 2 * PERIOD
    assert without(text, left_out) == text[: len(without(text, left_out))]


def test_a_short_text_and_prose_are_read_whole() -> None:
    """Nothing is left out of a text that is short, or long without a run."""
    assert cuts("1 " * (LONG // 2 - 1)) == []
    assert len(PROSE) > LONG
    assert cuts(PROSE) == []


@pytest.mark.parametrize("place", ["before", "behind", "between"])
def test_what_stands_beside_a_run_is_found_at_its_place(place: str) -> None:
    """A run hides nothing before it and nothing behind it."""
    run = "1 1 1 " * LONG
    text = {"before": ADDRESS + run, "behind": run + ADDRESS, "between": run + ADDRESS + run}[place]
    found = [text[s.start : s.end] for s in find(text) if s.kind == "street_address"]
    assert "27 Larch Row, Marrow Bay, ME 04000" in found


def test_a_span_over_a_cut_is_left_out() -> None:
    """A span that begins before a cut and ends behind it stands nowhere in the whole text."""
    spans = [Span(kind="phone", start=start, end=start + 10, certainty=0.9) for start in (5, 95, 100, 150)]
    assert [span.start for span in restored(spans, [(100, 400)])] == [5, 400, 450]


@settings(max_examples=50, deadline=None, derandomize=True)
@given(
    st.text(max_size=40),
    st.text(min_size=1, max_size=30),
    st.integers(min_value=1, max_value=3000),
    st.text(max_size=40),
)
def test_cuts_lie_in_order_inside_the_text_and_only_repeat(head: str, unit: str, times: int, tail: str) -> None:
    """Each part that is left out equals what stands right before it, over and over."""
    text = head + unit * times + tail + PROSE[:LONG]
    last = 0
    for start, end in cuts(text):
        assert last <= start - KEPT < start < end <= len(text)
        last = end
        assert text[end - KEPT : end] == text[start - KEPT : start]


def test_streets_of_one_text_are_bounded() -> None:
    """A text made of different addresses gives at most the limit."""
    text = "".join(f"{n} Oak Street, Marrow Bay, ME 04{n % 1000:03}\n" for n in range(1, MAX_FOUND + 200))
    assert len([s for s in find(text) if s.kind == "street_address"]) == MAX_FOUND


def test_boxes_of_one_text_are_bounded() -> None:
    """A text made of different boxes gives at most the limit."""
    text = "".join(f"write to P.O. Box {n} now! " for n in range(1000, 1000 + MAX_BOXES + 200))
    assert len([s for s in find(text) if s.kind == "street_address"]) == MAX_BOXES


def test_an_address_behind_a_long_table_is_still_found() -> None:
    """Thousands of numbers that come to nothing do not hide an address with a sure street word."""
    table = "".join(f"{n * 37 % 1000} {n * 91 % 1000}\n" for n in range(PATIENCE * 2))
    text = table + "\nMeet me at 27 Larch Street, Marrow Bay, ME 04000 on Sunday."
    assert [text[s.start : s.end] for s in find(text) if s.kind == "street_address"] == [
        "27 Larch Street, Marrow Bay, ME 04000"
    ]
