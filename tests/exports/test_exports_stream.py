"""JSON piece by piece, and times as services write them."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.growth import grows_in_step

from unlisted.errors import Malformed, NotRead
from unlisted.sources.exports import stream
from unlisted.sources.exports.stream import elements
from unlisted.sources.exports.times import iso, seconds, words
from unlisted.sources.exports.values import unmixed

VALUES = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**60), 2**60) | st.floats(allow_nan=False) | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=5), inner, max_size=4),
    max_leaves=20,
)


def pieces(text: str, size: int) -> list[bytes]:
    """The bytes of a text in pieces."""
    raw = text.encode()
    return [raw[at : at + size] for at in range(0, len(raw), size)]


def flat(value: Any) -> list[tuple[str, Any]]:
    """What must come out of a whole value."""
    if isinstance(value, list):
        return [("", item) for item in value]
    return [
        pair
        for key, inner in value.items()
        for pair in ([(key, item) for item in inner] if isinstance(inner, list) else [(key, inner)])
    ]


@settings(max_examples=100, deadline=None, derandomize=True)
@given(
    value=st.lists(VALUES, max_size=6) | st.dictionaries(st.text(max_size=6), VALUES, max_size=6),
    size=st.sampled_from([1, 3, 17, 1000]),
    indent=st.sampled_from([None, 2]),
    plain=st.booleans(),
)
def test_pieces_of_any_size_give_what_the_whole_gives(value: Any, size: int, indent: int | None, plain: bool) -> None:
    """Numbers, letters of several bytes and escapes may be cut anywhere."""
    text = json.dumps(value, indent=indent, ensure_ascii=plain)
    assert list(elements(pieces(text, size))) == flat(value)


@settings(max_examples=100, deadline=None, derandomize=True)
@given(
    raw=st.binary(max_size=200),
    head=st.sampled_from([b"", b"[", b"{", b'{"a": [', b'{"a": [1, {"b": "', b"window.YTD.a ="]),
)
def test_bytes_of_any_kind_raise_malformed_or_nothing(raw: bytes, head: bytes) -> None:
    """No other error comes out."""
    try:
        list(elements([head + raw]))
    except NotRead as error:
        assert error.reason == stream.DAMAGED  # noqa: PT017  (either way is right)


@pytest.mark.parametrize("head", ["window.YTD.tweets.part0 = ", "\ufeff", "  \n", "\ufeffwindow.YTD.a.part12="])
def test_what_stands_before_the_data_is_passed_over(head: str) -> None:
    """A mark of the encoding, spaces, or the script's own words."""
    assert list(elements([(head + "[1, 2]").encode()])) == [("", 1), ("", 2)]


@pytest.mark.parametrize("text", ["", "1", '"a"', "[1, 2", '{"a": [1', '{"a" 1}', "{1: 2}", '{"a": x}', "[" * 100_000])
def test_what_breaks_off_is_malformed(text: str) -> None:
    """What came before it was given out."""
    with pytest.raises(Malformed):
        list(elements([text.encode()]))


def test_what_came_before_the_break_is_kept() -> None:
    """A file that was cut off still tells."""
    walk = elements([b'{"a": [1, 2, {"b": '])
    assert [next(walk), next(walk)] == [("a", 1), ("a", 2)]
    with pytest.raises(Malformed):
        next(walk)


def test_an_element_has_a_limit(monkeypatch: pytest.MonkeyPatch) -> None:
    """One that never ends does not fill the memory."""
    monkeypatch.setattr(stream, "MAX_ELEMENT", 1_000)
    endless = (b'["' + b"x" * 100 if number == 0 else b"x" * 100 for number in range(10**9))
    with pytest.raises(Malformed):
        list(elements(endless))


ROW = '{"latitudeE7": 1, "longitudeE7": 2, "timestamp": "2024-03-01T10:00:00Z"}'


def count(cut: list[bytes]) -> int:
    """How many elements there are."""
    return sum(1 for _ in elements(cut))


def test_time_grows_with_the_length() -> None:
    """Twice the rows cost at most three times as much."""

    def rows(number: int) -> list[bytes]:
        return pieces("[" + ",".join([ROW] * number) + "]", 65536)

    assert count(rows(1_000)) == 1_000
    grows_in_step(rows, count, 50_000)


def test_one_long_text_in_many_pieces_is_no_trap() -> None:
    """It is tried again with twice as much each time, not with one piece more."""

    def long(length: int) -> list[bytes]:
        return pieces('["' + "x" * length + '"]', 4096)

    assert count(long(2_000_000)) == 1
    grows_in_step(long, count, 1_000_000, largest=2_000_000)


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("2024-03-01T10:00:00Z", "2024-03-01T10:00:00+00:00"),
        ("2024-03-01T10:00:00.123456789Z", "2024-03-01T10:00:00.123456+00:00"),
        ("2024-03-01T10:00:00.000-05:00", "2024-03-01T10:00:00-05:00"),
        ("2024-03-01 10:00:00 UTC", "2024-03-01T10:00:00+00:00"),
        ("2024/03/01 10:00:00", "2024-03-01T10:00:00+00:00"),
        ("2024-03-01", "2024-03-01T00:00:00+00:00"),
        ("Fri Mar 01 10:00:00 +0200 2024", "2024-03-01T10:00:00+02:00"),
        ("Mar 1, 2024, 10:00:00 PM", "2024-03-01T22:00:00+00:00"),
    ],
)
def test_times_are_aware(text: str, shown: str) -> None:
    """Without a zone they are UTC, as the services say; an offset stays."""
    at = words(text)
    assert at is not None
    assert at.isoformat() == shown


@pytest.mark.parametrize(
    "value", [None, 5, True, "", "yesterday", "2024-13-45T00:00:00Z", "9" * 70, "0000-00-00", [], {}]
)
def test_what_is_no_time_is_none(value: object) -> None:
    """No form is guessed."""
    assert (iso(value), words(value)) == (None, None)


@pytest.mark.parametrize(
    ("value", "per", "at"),
    [
        (0, 1, datetime(1970, 1, 1, tzinfo=UTC)),
        ("1709287200000", 1000, datetime(2024, 3, 1, 10, tzinfo=UTC)),
        (1709287200.5, 1, datetime(2024, 3, 1, 10, 0, 0, 500_000, tzinfo=UTC)),
        (True, 1, None),
        ("x", 1, None),
        (1e300, 1, None),
        (float("nan"), 1, None),
        (None, 1, None),
        ("9" * 100, 1, None),
    ],
)
def test_seconds_since_1970(value: object, per: int, at: datetime | None) -> None:
    """As a number or as digits; what is out of the calendar is none."""
    assert seconds(value, per=per) == at


@pytest.mark.parametrize(
    ("text", "right"), [("Caf\u00c3\u00a9", "Café"), ("Café", "Café"), ("tea", "tea"), (5, ""), ("☕", "☕")]
)
def test_mixed_up_letters_are_put_right(text: object, right: str) -> None:
    """Text that was right stays."""
    assert unmixed(text) == right
