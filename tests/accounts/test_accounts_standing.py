"""Whether an answer is about an account that strangers see."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from unlisted.sources.accounts import read_account
from unlisted.sources.accounts.parse import json_of
from unlisted.sources.accounts.standing import (
    ABSENT,
    CLOSED,
    DEEPEST,
    FAULTS,
    LIMITED,
    MOST,
    PRIVATE,
    SHELL,
    SIGNS,
    fault,
    is_list,
    standing,
)

SHOWN: dict[str, Any] = {
    "mastodon": {"id": "7", "username": "wrenash", "note": "", "suspended": False, "limited": None},
    "github": {"login": "wrenash", "id": 7, "bio": None, "suspended_at": None},
    "gitlab": [{"id": 7, "username": "wrenash", "state": "active", "private_profile": False}],
    "bluesky": {"handle": "wren.example", "did": "did:plc:x", "labels": []},
    "stackexchange": {"items": [{"user_id": 7, "user_type": "registered", "display_name": "Wren"}]},
    "hackernews": {"id": "wrenash", "created": 1_600_000_000},
    "lichess": {"id": "wrenash", "username": "wrenash", "disabled": False},
    "wikipedia": {"query": {"users": [{"userid": 7, "name": "Wrenash"}]}},
    "inaturalist": {"results": [{"id": 1, "user": {"login": "wrenash", "suspended": False}}]},
}
HIDDEN: list[tuple[str, Any, str]] = [
    ("mastodon", {"id": "7", "username": "wrenash", "note": "", "suspended": True}, CLOSED),
    ("mastodon", {"id": "7", "username": "wrenash", "note": "", "limited": True}, LIMITED),
    ("mastodon", {"id": "7", "username": "wrenash"}, SHELL),
    ("github", {"login": "wrenash", "suspended_at": "2026-05-01T00:00:00Z"}, CLOSED),
    ("gitlab", [{"id": 7, "username": "wrenash", "state": "blocked"}], CLOSED),
    ("gitlab", {"id": 7, "username": "wrenash", "private_profile": True}, PRIVATE),
    ("bluesky", {"handle": "wren.example", "labels": [{"uri": "at://x", "val": "!takedown"}]}, CLOSED),
    ("bluesky", {"handle": "wren.example", "labels": [{"uri": "at://x", "val": "!warn"}]}, LIMITED),
    ("stackexchange", {"items": [{"user_type": "does_not_exist", "display_name": "user7"}]}, ABSENT),
    ("stackexchange", {"items": [{"user_id": 7, "timed_penalty_date": 1_800_000_000}]}, LIMITED),
    ("hackernews", {"id": "wrenash", "deleted": True}, CLOSED),
    ("lichess", {"id": "wrenash", "username": "wrenash", "disabled": True}, CLOSED),
    ("wikipedia", {"query": {"users": [{"name": "Wrenash", "missing": ""}]}}, ABSENT),
    ("wikipedia", {"query": {"users": [{"name": "Wren/ash", "invalid": True}]}}, ABSENT),
    ("inaturalist", {"results": [{"id": 1, "user": {"login": "wrenash", "suspended": True}}]}, CLOSED),
]


@pytest.mark.parametrize("service", SHOWN)
def test_an_account_that_strangers_see_has_no_reason(service: str) -> None:
    """Each service's plain answer."""
    assert standing(SHOWN[service], service) is None


@pytest.mark.parametrize(("service", "value", "reason"), HIDDEN)
def test_an_account_that_is_closed_or_hidden_has_its_reason(service: str, value: Any, reason: str) -> None:
    """The service's own sign says it, and reading the answer keeps it."""
    assert standing(value, service) == reason
    assert read_account(json.dumps(value).encode(), service=service).unseen == reason


def test_every_service_with_signs_is_tried_both_ways() -> None:
    """No sign without an example."""
    assert set(SIGNS) == set(SHOWN) == {service for service, _, _ in HIDDEN}


@pytest.mark.parametrize(
    "value",
    [
        {"labels": 3},
        {"labels": [{"val": "!takedown"}]},
        {"suspended": 1},
        {"suspended": "True"},
        [],
        None,
        7,
        "x",
        [[{}]],
    ],
)
def test_a_sign_of_another_type_is_none(value: Any) -> None:
    """A number is no yes, and a person's own label is no service's."""
    assert {standing(value, service) for service in ("bluesky", "mastodon", "x")} == {None}


def test_a_record_that_was_given_up_says_so() -> None:
    """The history of a researcher's record names the day."""
    record = "<record><history><submission-date>2015-01-01T00:00:00Z</submission-date>{}</history></record>"
    gone = record.format("<deactivation-date>2026-01-01T00:00:00Z</deactivation-date>").encode()
    assert read_account(gone, service="orcid").unseen == CLOSED
    assert read_account(record.format("").encode(), service="orcid").unseen is None
    late = b"<record>" + b"<a/>" * (DEEPEST + 1) + b"<deactivation-date/></record>"
    assert read_account(late, service="orcid").unseen is None


def test_only_the_first_entries_are_looked_at() -> None:
    """A long list costs no more."""
    users = [{"username": "x", "note": ""}] * MOST
    assert standing([*users, {"username": "x"}], "mastodon") is None
    assert standing([*users[1:], {"username": "x"}], "mastodon") == SHELL


@pytest.mark.parametrize("key", sorted(FAULTS))
def test_an_answer_that_is_an_error_is_a_fault(key: str) -> None:
    """Whatever the service calls it; an empty one is none."""
    assert fault({key: "no", "id": 7})
    assert not fault({key: None, "id": 7})
    assert not fault([{key: "no"}])


@pytest.mark.parametrize(
    ("value", "there"),
    [
        ([], True),
        ({"feed": []}, True),
        ({"items": []}, True),
        ({"results": []}, True),
        ({"query": {"usercontribs": []}}, True),
        ({}, False),
        ({"feed": None}, False),
        ({"query": []}, False),
        (None, False),
        ("none", False),
    ],
)
def test_a_list_is_known_where_services_put_it(value: Any, there: bool) -> None:
    """An empty list is one, an object without it is none."""
    assert is_list(value) is there


@settings(max_examples=100, deadline=None, derandomize=True)
@given(
    st.recursive(
        st.none() | st.booleans() | st.integers() | st.text(max_size=5),
        lambda inner: (
            st.lists(inner, max_size=3)
            | st.dictionaries(
                st.sampled_from(["items", "results", "query", "users", "user", "labels", "suspended", "state"]), inner
            )
        ),
        max_leaves=12,
    ),
    st.sampled_from(sorted(SIGNS)),
)
def test_nothing_that_a_service_says_breaks_the_look(value: Any, service: str) -> None:
    """Any value in any place."""
    assert standing(json_of(json.dumps(value).encode()), service) in {None, CLOSED, LIMITED, PRIVATE, ABSENT, SHELL}
