"""Map links and plus codes: a place without asking anybody."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openlocationcode import openlocationcode
from tests.growth import grows_in_step

from unlisted.sources.subject_file import from_link, from_plus_code
from unlisted.sources.subject_file.position import MAX_TEXT, valid


@pytest.mark.parametrize(
    "link",
    [
        "https://www.google.com/maps/place/X/@40.0,-60.0,17z/data=!3m1!4b1!4m5!3m4!1s0x0!8m2!3d44.1!4d-68.2",
        "https://www.google.com/maps/@44.1,-68.2,15z",
        "https://maps.google.com/?q=44.1,-68.2",
        "https://www.google.com/maps/search/?api=1&query=44.1%2C-68.2",
        "https://www.google.com/maps/search/44.1,+-68.2",
        "https://maps.google.com/maps?q=loc:44.1,-68.2",
        "https://maps.apple.com/?ll=44.1,-68.2&q=Pin",
        "https://maps.apple.com/place?coordinate=44.1,-68.2&name=Pin",
        "https://www.openstreetmap.org/?mlat=44.1&mlon=-68.2#map=17/40.0/-60.0",
        "https://www.openstreetmap.org/#map=17/44.1/-68.2",
        "https://www.bing.com/maps?cp=44.1~-68.2&lvl=16",
        "geo:44.1,-68.2?z=17",
        "geo:44.1,-68.2;u=35",
        "44.1, -68.2",
        "44.1 -68.2",
    ],
)
def test_links(link: str) -> None:
    """The pin of a map link is read, whatever the maker of the map."""
    assert from_link(link) == (44.1, -68.2)


@pytest.mark.parametrize(
    "link",
    [
        "", "https://maps.app.goo.gl/abc123", "https://maps.example/", "https://maps.google.com/?q=Larch+Row+27", "geo:0,0",
        "https://maps.google.com/?q=0,0", "geo:91,0.5", "geo:1.5,181", "27, 4, 9", "https://w3w.co/one.two.three",
        "https://maps.google.com/?q=4444.1,-68.2", "44.1", "geo:٤,٥", " " * (MAX_TEXT + 1),
    ],
)  # fmt: skip
def test_no_place(link: str) -> None:
    """A short link, words, numbers out of range and the empty (0, 0) are no place."""
    assert from_link(link) is None


def test_longest_link() -> None:
    """A link of exactly the longest length is read."""
    link = "geo:44.1,-68.2?"
    assert from_link(link + "x" * (MAX_TEXT - len(link))) == (44.1, -68.2)
    assert from_link(link + "x" * (MAX_TEXT - len(link) + 1)) is None


@pytest.mark.parametrize(
    "code",
    ["", "7V+JM", "7V+JM Marrow", "8FG22222JM", "8FG22222+J!", "+", "0" * 21, "8FG22222+J\u0130", "６FG22222+22"],
)
def test_no_plus_code(code: str) -> None:
    """A short code, or what is none, is no place."""
    assert from_plus_code(code) is None


@settings(max_examples=60, deadline=None, derandomize=True)
@given(st.floats(min_value=-89.9, max_value=89.9), st.floats(min_value=-179.9, max_value=179.9))
def test_plus_codes(lat: float, lon: float) -> None:
    """A full plus code, in capitals or not, leads back to within its own width (0.000125 degrees)."""
    code = openlocationcode.encode(lat, lon)
    found = from_plus_code(f" {code.lower()} ")
    assert found is not None
    assert found == pytest.approx((lat, lon), abs=0.0001)


@settings(max_examples=100, deadline=None, derandomize=True)
@given(st.text(max_size=60) | st.text(alphabet="geo:@?q=&0123456789.,-+%!d /#map", max_size=60))
def test_any_text(text: str) -> None:
    """Any text is a place within range, or none."""
    for found in (from_link(text), from_plus_code(text)):
        assert found is None or valid(*found)


@pytest.mark.parametrize("unit", ["@1", "?q=1,", "1.1", "!3d1!4d", "#map=1", "%2C", " ", "&ll=1.1111 ,"])
def test_work_grows_with_the_text(unit: str) -> None:
    """Twice the link takes at most three times the work."""
    grows_in_step(lambda length: (unit * length)[:length], from_link, MAX_TEXT // 2, largest=MAX_TEXT)
