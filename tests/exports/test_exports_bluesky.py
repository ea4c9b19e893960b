"""The repository of a Bluesky account, and the binary form of its records."""

from __future__ import annotations

import math
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.exports.carfile import address, car, cbor, head, link, section, varint
from tests.exports.made import read

from unlisted.errors import Malformed, NotRead
from unlisted.sources.exports import bluesky
from unlisted.sources.exports.bluesky import blocks
from unlisted.sources.exports.cbor import MAX_DEPTH, decode

POST = {"$type": "app.bsky.feed.post", "text": "Tea ☕", "createdAt": "2024-03-01T10:00:00.000Z", "langs": ["en"]}
PROFILE = {"$type": "app.bsky.actor.profile", "displayName": "Odi", "description": "Hi"}
PLAIN = st.none() | st.booleans() | st.integers(-(2**63), 2**63) | st.floats(allow_nan=False)
VALUES = st.recursive(
    PLAIN | st.text(max_size=30) | st.binary(max_size=30),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=5), inner, max_size=4),
    max_leaves=20,
)


def test_posts_and_profile_of_a_repository_are_public(tmp_path: Path) -> None:
    """The tree and likes are passed over."""
    like = {"$type": "app.bsky.feed.like", "createdAt": "2024-03-01T10:00:00.000Z"}
    tree = {"e": [{"k": b"app", "p": 0, "v": None}], "l": None}
    found = read(tmp_path, {"repo.car": car(tree, POST, like, PROFILE)})
    assert [(post.text, post.public) for post in found.posts] == [("Tea ☕", True)]
    assert found.posts[0].at is not None
    assert found.posts[0].at.isoformat() == "2024-03-01T10:00:00+00:00"
    assert {(field.kind, field.value) for field in found.fields} == {("name", "Odi"), ("bio", "Hi")}


def test_a_damaged_record_stops_no_other(tmp_path: Path) -> None:
    """It is said once."""
    found = read(tmp_path, {"repo.car": car(b"\xff", POST, b"\xff\xff")})
    assert len(found.posts) == 1
    assert found.skipped == ["a record in the export is damaged"]


@pytest.mark.parametrize("cut", [1, 5, 64, 4096])
def test_pieces_of_any_size_give_the_same_blocks(cut: int) -> None:
    """A file is read as it comes."""
    raw = car(POST, PROFILE, {"$type": "x", "text": "y" * 3000})
    assert list(blocks(raw[at : at + cut] for at in range(0, len(raw), cut))) == list(blocks([raw]))


@pytest.mark.parametrize(
    "raw",
    [
        b"",
        b"\x00",
        b"\xff" * 20,
        section(cbor({"version": 2})),
        section(cbor([1])),
        car(POST)[:-1],
        car(POST) + b"\x80",
        section(cbor({"version": 1})) + section(b"\x05\x00"),
        section(cbor({"version": 1})) + varint(bluesky.MAX_BLOCK + 1),
    ],
)
def test_what_is_no_repository_is_said(raw: bytes) -> None:
    """A false length fills no memory."""
    with pytest.raises(NotRead):
        list(blocks([raw]))


def test_addresses_of_the_first_version_are_passed_over() -> None:
    """A bare SHA-256 of 34 bytes."""
    old = b"\x12\x20" + address(b"")[4:]
    assert list(blocks([section(cbor({"version": 1})) + section(old + b"\x01")])) == [b"\x01"]


def test_a_repository_without_end_ends(monkeypatch: pytest.MonkeyPatch) -> None:
    """So many records and no more."""
    monkeypatch.setattr(bluesky, "MAX_BLOCKS", 2)
    with pytest.raises(NotRead, match="more records"):
        list(blocks([car(POST, POST, POST)]))


@settings(max_examples=100, deadline=None, derandomize=True)
@given(value=VALUES)
def test_values_come_back_as_they_were(value: object) -> None:
    """All kinds of the format."""
    assert decode(cbor(value)) == value


def test_a_link_comes_as_its_bytes() -> None:
    """With the zero that the format puts before it."""
    assert decode(link(b"x")) == b"\x00" + address(b"x")


@settings(max_examples=150, deadline=None, derandomize=True)
@given(raw=st.binary(max_size=80))
def test_bytes_of_any_kind_raise_malformed_or_nothing(raw: bytes) -> None:
    """No other error comes out."""
    for work in (
        decode,
        lambda data: list(blocks([data])),
        lambda data: list(blocks([car(data, data)[: len(data) * 3]])),
    ):
        try:
            work(raw)
        except NotRead as error:
            assert error.reason  # noqa: PT017  (either way is right)


@pytest.mark.parametrize(
    "raw",
    [
        b"\x81" * (MAX_DEPTH + 2) + b"\x01",
        b"\xd8\x2a" * (MAX_DEPTH + 2) + b"\x01",
        head(4, 2**40),
        head(5, 2**40),
        head(2, 2**60),
        head(5, 1) + b"\x01\x01",
        b"\x9f\xff",
        b"\xf7",
        b"\xc1\x01",
        b"\xf9\x00\x00",
        b"\x01\x01",
        b"",
    ],
)
def test_what_the_format_forbids_is_malformed(raw: bytes) -> None:
    """Depth, false counts, keys that are no text, endless values, other tags, short floats, and what is left over."""
    with pytest.raises(Malformed):
        decode(raw)


def test_floats_of_eight_bytes_are_read() -> None:
    """The only ones that the format has."""
    assert math.isclose(decode(b"\xfb\x40\x09\x21\xfb\x54\x44\x2d\x18"), math.pi)
