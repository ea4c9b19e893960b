"""Hostile answers: one kind of error, limits that hold."""

from __future__ import annotations

import contextlib
import json
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from unlisted.errors import Malformed, NotRead, TooLarge
from unlisted.sources.accounts import SERVICES, gather, parse, read_account
from unlisted.sources.accounts.gather import degrees, when

XML = ("feed", "openstreetmap", "orcid")
JSON = tuple(service for service in SERVICES if service not in XML)


def test_a_service_that_is_not_known_is_refused() -> None:
    """With a plain reason."""
    with pytest.raises(NotRead, match="service"):
        read_account(b"{}", service="nowhere")


@pytest.mark.parametrize("service", SERVICES)
@pytest.mark.parametrize(
    "payload",
    [b"", b"\xff\xfe", b"{", b"<", b"<a>", b"not data", b'"\\ud800', b"[" * 100_000, b"<a>" * 100_000, b"NaN "],
)
def test_broken_answers_are_malformed(service: str, payload: bytes) -> None:
    """Or read without a field: never another exception."""
    with contextlib.suppress(Malformed):
        assert read_account(payload, service=service).fields == ()


@pytest.mark.parametrize("service", XML)
def test_document_types_and_entities_are_refused(service: str) -> None:
    """Laughs and outside files: nothing is opened, in any encoding of the mark."""
    laughs = '<!DOCTYPE l [<!ENTITY a "ha"><!ENTITY b "&a;&a;">]><l>&b;</l>'
    outside = '<!DOCTYPE l [<!ENTITY a SYSTEM "file:///etc/hostname">]><l>&a;</l>'
    for text in (laughs, outside):
        for payload in (text.encode(), text.encode("utf-16"), b"  " + text.lower().encode()):
            with pytest.raises(Malformed):
                read_account(payload, service=service)


@pytest.mark.parametrize("service", SERVICES)
def test_an_answer_that_is_too_large_is_refused(service: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Before anything is built."""
    monkeypatch.setattr(parse, "MAX_PAYLOAD", 100)
    with pytest.raises(TooLarge):
        read_account(b" " * 101, service=service)


def test_xml_depth_and_number_are_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    """One more than the limit is refused, the limit itself is read."""
    monkeypatch.setattr(parse, "MAX_ELEMENTS", 50)
    assert read_account(b"<a>" + b"<b/>" * 49 + b"</a>", service="feed").fields == ()
    with pytest.raises(TooLarge):
        read_account(b"<a>" + b"<b/>" * 50 + b"</a>", service="feed")
    deep = parse.MAX_XML_DEPTH
    monkeypatch.setattr(parse, "MAX_ELEMENTS", 10_000)
    assert read_account(b"<a>" * deep + b"</a>" * deep, service="feed").fields == ()
    with pytest.raises(Malformed, match="deep"):
        read_account(b"<a>" * (deep + 1) + b"</a>" * (deep + 1), service="feed")


def test_posts_are_bounded_and_said(monkeypatch: pytest.MonkeyPatch) -> None:
    """More than the limit is left out, and the account says so."""
    monkeypatch.setattr(gather, "MAX_POSTS", 5)
    read = read_account(b"<rss>" + b"<item><title>t</title></item>" * 9 + b"</rss>", service="feed")
    assert len(read.posts) == 5
    assert read.skipped == (gather.TOO_MANY,)


@pytest.mark.parametrize(
    "value",
    [
        "x" * 100,
        "Foo May 99 99:99:99 +0000 2012",
        "9999-12-31T23:59:59-23:00",
        1e30,
        -1e30,
        float("nan"),
        True,
        None,
        [],
        "0001-01-01T00:00:00+14:00",
    ],
)
def test_what_is_no_time_is_none(value: Any) -> None:
    """Impossible dates, numbers out of range, other types."""
    assert when(value) is None


@pytest.mark.parametrize(
    "pair", [("91", "0"), ("0", "181"), ("nan", "0"), ("inf", "0"), (None, None), (True, False), ("", ""), ([], {})]
)
def test_what_is_no_position_is_none(pair: tuple[object, object]) -> None:
    """Out of range, not a number, other types."""
    assert degrees(*pair) is None


KEYS = st.sampled_from(
    [
        "login",
        "name",
        "email",
        "user",
        "account",
        "fields",
        "value",
        "location",
        "coordinates",
        "geojson",
        "type",
        "Point",
        "place",
        "data",
        "screen_name",
        "entities",
        "url",
        "urls",
        "object",
        "actor",
        "author",
        "attributedTo",
        "position",
        "latitude",
        "longitude",
        "address",
        "icon",
        "image",
        "labels",
        "post",
        "thread",
        "feed",
        "subject",
        "handle",
        "record",
        "created_at",
        "createdAt",
        "orderedItems",
        "attachment",
        "source",
        "moved",
        "results",
        "private_location",
        "provider",
        "$type",
        "id",
        "content",
        "published",
    ]
)

VALUES: st.SearchStrategy[Any] = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=12),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(KEYS, inner, max_size=5),
    max_leaves=20,
)


@settings(max_examples=120, deadline=None, derandomize=True)
@given(st.dictionaries(KEYS, VALUES, max_size=8) | st.lists(VALUES, max_size=4), st.sampled_from(JSON))
def test_any_json_is_read_or_refused(payload: Any, service: str) -> None:
    """Keys of the right name with values of the wrong type raise nothing else."""
    try:
        read = read_account(json.dumps(payload).encode(), service=service)
    except NotRead:
        return
    assert all(item.value.encode() for item in read.fields)


@settings(max_examples=60, deadline=None, derandomize=True)
@given(st.binary(max_size=200), st.sampled_from(SERVICES))
def test_any_bytes_are_read_or_refused(payload: bytes, service: str) -> None:
    """No other exception than ours."""
    with contextlib.suppress(NotRead):
        assert read_account(payload, service=service).service == service


@pytest.mark.corpus
def test_recall_and_precision_of_every_kind_on_recorded_answers(corpora: Path, recordings: Any) -> None:
    """At least .98 of each kind is found, and at least .98 of what is found stands in the answer."""
    tally: Counter[tuple[str, str]] = Counter()
    count = 0
    for item in recordings.recordings(corpora / "pages", lambda row: row["service"] is not None):
        count += 1
        tally += recordings.count(item, read_account(item.body, service=item.service).fields)
    assert count > 250
    assert not {kind: pair for kind, pair in recordings.rates(tally).items() if min(pair) < 0.98}
