"""Fetching an account: bounded, only from its own service, and what was left out is said."""

from __future__ import annotations

import json
from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from unlisted.errors import NotRead
from unlisted.model import Account, Field, Point, Post, Source
from unlisted.sources.account_fetch import (
    CUT,
    NEXT,
    NOTHING,
    NUMBER,
    WAIT,
    fetch_account,
    fetch_profile,
    merged,
    number_in,
)
from unlisted.sources.account_hosts import MAX_PAGES

Serve = Callable[[Any], AbstractContextManager[Any]]
Made = Callable[..., Source]
TOOT = "toots.example/api/v1/accounts/"
WREN = {
    "id": "77",
    "username": "wrenash",
    "display_name": "Wren",
    "note": "<p>Clay and tides.</p>",
    "created_at": "2022-11-06T00:00:00.000Z",
    "fields": [{"name": "Blog", "value": '<a href="https://clay.example/" rel="me">clay</a>'}],
}


def status(number: int) -> dict[str, Any]:
    """A post in Mastodon's shape; a greater number is a newer one."""
    at = f"2026-05-{number % 28 + 1:02d}T10:00:00.000Z"
    return {"id": str(number), "created_at": at, "content": f"<p>Pot {number}</p>", "account": WREN}


def first_page(last: str = "") -> str:
    """The path of a page of posts."""
    return TOOT + "77/statuses?limit=40&exclude_reblogs=true" + (f"&max_id={last}" if last else "")


def test_profile_and_posts_become_one_account(serve: Serve, account: Made, now: datetime) -> None:
    """The look-up gives the number, the number gives the posts; fields stand once though every post repeats them."""
    answers = {TOOT + "lookup?acct=wrenash": WREN, first_page(): [status(9), status(8)]}
    with serve(answers) as service:
        found = fetch_account(account("https://toots.example/@wrenash", "mastodon"), fetcher=service.fetcher, now=now)
    assert [item.value for item in found.fields if item.kind == "nickname"] == ["wrenash"]
    assert [post.text for post in found.posts] == ["Pot 9", "Pot 8"]
    assert found.about == ("Clay and tides.",)
    assert found.skipped == ()
    assert service.fetcher.contacted == ("toots.example",)


def test_pages_follow_each_other_until_one_is_not_full(serve: Serve, account: Made, now: datetime) -> None:
    """A full page is followed by the one below its last post; a shorter one is the end."""
    answers = {
        TOOT + "lookup?acct=wrenash": WREN,
        first_page(): [status(number) for number in range(200, 160, -1)],
        first_page("161"): [status(160), status(159)],
    }
    with serve(answers) as service:
        found = fetch_account(account("https://toots.example/@wrenash", "mastodon"), fetcher=service.fetcher, now=now)
    assert len(found.posts) == 42
    assert found.skipped == ()
    assert service.asked[-1] == first_page("161")


def test_endless_list_is_left_after_some_pages_and_that_is_said(serve: Serve, account: Made, now: datetime) -> None:
    """However many posts there are, a few pages are asked for, and the report says how many were read."""
    answers: dict[str, Any] = {TOOT + "lookup?acct=wrenash": WREN}
    for page in range(20):
        top = 1000 - page * 40
        answers[first_page(str(top + 1) if page else "")] = [status(top - step) for step in range(40)]
    with serve(answers) as service:
        found = fetch_account(account("https://toots.example/@wrenash", "mastodon"), fetcher=service.fetcher, now=now)
    assert len(service.asked) == 1 + MAX_PAGES
    assert len(found.posts) == 40 * MAX_PAGES
    assert found.skipped == (f"only the newest {40 * MAX_PAGES} entries of the posts were read",)


def test_list_that_repeats_itself_gives_each_post_once(serve: Serve, account: Made, now: datetime) -> None:
    """A service that answers every page with the same posts is not believed twice."""
    same = [status(number) for number in range(40, 0, -1)]
    answers = {TOOT + "lookup?acct=wrenash": WREN, first_page(): same, first_page("1"): same}
    with serve(answers) as service:
        found = fetch_account(account("https://toots.example/@wrenash", "mastodon"), fetcher=service.fetcher, now=now)
    assert len(found.posts) == 40
    assert len(service.asked) == 1 + MAX_PAGES


def test_later_page_that_fails_keeps_what_was_read(serve: Serve, account: Made, now: datetime) -> None:
    """A limit that is met in the middle costs the rest of the list and is told with its reason."""
    answers = {
        TOOT + "lookup?acct=wrenash": WREN,
        first_page(): [status(number) for number in range(200, 160, -1)],
        first_page("161"): 429,
    }
    with serve(answers) as service:
        found = fetch_account(account("https://toots.example/@wrenash", "mastodon"), fetcher=service.fetcher, now=now)
    assert len(found.posts) == 40
    assert found.skipped == (
        "only the newest 40 entries of the posts were read: the site answered 429: too many requests",
    )


def test_profile_without_posts_is_still_a_profile(serve: Serve, account: Made, now: datetime) -> None:
    """Where the service shows posts to nobody, the profile is read and the gap is told."""
    with serve({TOOT + "lookup?acct=wrenash": WREN, first_page(): 401}) as service:
        found = fetch_account(account("https://toots.example/@wrenash", "mastodon"), fetcher=service.fetcher, now=now)
    assert found.fields
    assert found.skipped == ("the posts of this account were not read: the page is behind a login",)


@pytest.mark.parametrize(
    ("answer", "reason"),
    [
        (404, "the site answered 404: the page is not there"),
        ([], NOTHING),
        ({}, NOTHING),
        ("null", NOTHING),
        ("<html>please sign in</html>", "the answer is not the data that the service promises"),
        ('{"id": "77", "note": "' + "x" * 2_100_000 + '"}', CUT),
    ],
)
def test_account_without_an_answer_is_not_read(
    serve: Serve, account: Made, now: datetime, answer: Any, reason: str
) -> None:
    """Nobody there, a login page, an answer without end: one plain reason, and nothing is guessed."""
    source = account("https://toots.example/@wrenash", "mastodon")
    with serve({TOOT + "lookup?acct=wrenash": answer}) as service, pytest.raises(NotRead) as error:
        fetch_account(source, fetcher=service.fetcher, now=now)
    assert error.value.reason == reason
    assert "wrenash" not in str(error.value)


@pytest.mark.parametrize("number", ["../../admin", "7?x=1", "7&acct=other", "", "x" * 65, True, None, ["7"], {"a": 1}])
def test_number_that_is_none_is_not_put_into_a_question(
    serve: Serve, account: Made, now: datetime, number: object
) -> None:
    """What a hostile service calls the account's number never becomes part of an address."""
    with serve({TOOT + "lookup?acct=wrenash": {**WREN, "id": number}}) as service:
        fetch_account(account("https://toots.example/@wrenash", "mastodon"), fetcher=service.fetcher, now=now)
    assert service.asked == [TOOT + "lookup?acct=wrenash"]


def test_looking_for_words_reads_no_posts(serve: Serve, account: Made, now: datetime) -> None:
    """A look at the bio asks for the profile and nothing else."""
    with serve({TOOT + "lookup?acct=wrenash": WREN}) as service:
        found = fetch_profile(account("https://toots.example/@wrenash", "mastodon"), fetcher=service.fetcher, now=now)
    assert found.about == ("Clay and tides.",)
    assert len(service.asked) == 1


def test_looking_for_words_follows_a_profile_in_two_parts(serve: Serve, account: Made, now: datetime) -> None:
    """Where the bio stands behind the account's number, it is asked for too."""
    answers = {
        "lab.example/api/v4/users?username=wrenash": [{"id": 5, "username": "wrenash", "name": "Wren"}],
        "lab.example/api/v4/users/5": {"id": 5, "username": "wrenash", "bio": "Clay and tides."},
    }
    with serve(answers) as service:
        found = fetch_profile(account("https://lab.example/wrenash", "gitlab"), fetcher=service.fetcher, now=now)
    assert found.about == ("Clay and tides.",)


def test_github_reads_profile_links_and_signed_changes(serve: Serve, account: Made, now: datetime) -> None:
    """The three answers become one account; a service without linked accounts is no gap."""
    event = {
        "id": "1",
        "type": "PushEvent",
        "actor": {"login": "wrenash"},
        "created_at": "2026-05-01T10:00:00Z",
        "payload": {"commits": [{"author": {"name": "Wren Ash", "email": "wren@clay.example"}}]},
    }
    answers = {
        "api.github.com/users/wrenash": {"login": "wrenash", "id": 9, "bio": "Clay."},
        "api.github.com/users/wrenash/events/public?per_page=50": [event],
    }
    with serve(answers) as service:
        found = fetch_account(account("https://github.com/wrenash", "github"), fetcher=service.fetcher, now=now)
    assert found.posts[0].text == "Wren Ash <wren@clay.example>"
    assert found.skipped == ()
    assert service.fetcher.contacted == ("api.github.com",)


def test_people_who_are_shared_are_not_the_account(serve: Serve, account: Made, now: datetime) -> None:
    """Words and names of others that stand in a list of posts are neither posts nor fields of the account."""
    other = {"handle": "stranger.example", "displayName": "A Stranger"}
    own = {"handle": "wren.example", "displayName": "Wren", "description": "Clay."}
    feed = [
        {"post": {"uri": "1", "author": own, "record": {"text": "mine", "createdAt": "2026-05-02T10:00:00Z"}}},
        {
            "post": {"uri": "2", "author": other, "record": {"text": "theirs", "createdAt": "2026-05-01T10:00:00Z"}},
            "reason": {"$type": "app.bsky.feed.defs#reasonRepost"},
        },
    ]
    base = "public.api.bsky.app/xrpc/app.bsky."
    answers = {
        base + "actor.getProfile?actor=wren.example": own,
        base + "feed.getAuthorFeed?actor=wren.example&limit=100&filter=posts_with_replies": {"feed": feed},
    }
    with serve(answers) as service:
        source = account("https://bsky.app/profile/wren.example", "bluesky")
        found = fetch_account(source, fetcher=service.fetcher, now=now)
    assert [post.text for post in found.posts] == ["mine"]
    assert "stranger.example" not in {field.value for field in found.fields}


def test_boosted_words_are_not_the_accounts(serve: Serve, account: Made, now: datetime) -> None:
    """A server that lists boosts although it was asked not to does not make them the person's posts."""
    boost = {**status(8), "reblog": {**status(3), "account": {"id": "5", "username": "stranger"}}}
    with serve({TOOT + "lookup?acct=wrenash": WREN, first_page(): [status(9), boost]}) as service:
        found = fetch_account(account("https://toots.example/@wrenash", "mastodon"), fetcher=service.fetcher, now=now)
    assert [post.text for post in found.posts] == ["Pot 9"]


def test_map_changes_go_on_before_the_oldest(serve: Serve, account: Made, now: datetime) -> None:
    """A hundred changes are a full page; the next question ends where this page began."""
    rows = "".join(
        f'<changeset id="{n}" created_at="2026-03-{n % 28 + 1:02d}T08:00:00Z" user="wren" min_lat="1" min_lon="2" '
        'max_lat="1.0001" max_lon="2.0001"/>'
        for n in range(100)
    )
    base = "api.openstreetmap.org/api/0.6/changesets?display_name=wren"
    onward = base + "&time=2001-01-01,2026-03-01T08%3A00%3A00Z"
    answers = {base: f"<osm>{rows}</osm>", onward: '<osm><changeset id="x" user="wren"/></osm>'}
    with serve(answers) as service:
        source = account("https://www.openstreetmap.org/user/wren", "openstreetmap")
        found = fetch_account(source, fetcher=service.fetcher, now=now)
    assert service.asked[:2] == [base, onward]
    assert len(found.posts) == 101


@pytest.mark.parametrize(
    ("rule", "answer", "onward"),
    [
        ("page", [{"id": 1}, {"id": 2}], "page=2"),
        ("page", [{"id": 1}], None),
        ("max_id", [{"id": "8"}, {"id": "7"}], "max_id=7"),
        ("max_id", [{"id": "8"}, {"id": "7/../x"}], None),
        ("id_below", {"results": [{"id": 8}, {"id": 7}]}, "id_below=7"),
        ("cursor", {"feed": [], "cursor": "2026-05::a b"}, None),
        ("cursor", {"feed": [], "cursor": "2026-05::a&b"}, "cursor=2026-05%3A%3Aa%26b"),
        ("cursor", {"feed": []}, None),
        ("uccontinue", {"continue": {"uccontinue": "2026|7"}}, "uccontinue=2026%7C7"),
        ("uccontinue", {"batchcomplete": ""}, None),
        ("has_more", {"items": [], "has_more": True}, "page=2"),
        ("has_more", {"items": [], "has_more": "yes"}, None),
    ],
)
def test_next_page_is_found_by_the_rule_of_its_service(rule: str, answer: object, onward: str | None) -> None:
    """Numbers and marks are checked and written so that they stay one part of the question."""
    assert NEXT[rule](json.dumps(answer).encode(), 1, 2) == onward


@given(st.text(max_size=80))
@settings(max_examples=100, deadline=None, derandomize=True)
def test_a_mark_never_becomes_a_second_part_of_a_question(mark: str) -> None:
    """Whatever a service gives as the mark of its next page, no sign of it ends the question or begins another."""
    onward = NEXT["cursor"](json.dumps({"cursor": mark}).encode(), 1, 0)
    assert onward is None or not set(onward.removeprefix("cursor=")) & set("&?#/ \r\n{}")
    number = number_in([(json.dumps({"id": mark}).encode(), Account(service="x"))])
    assert number == "" or NUMBER.fullmatch(number)


def test_merging_keeps_each_thing_once_and_in_order() -> None:
    """Fields by value, posts and points by what they are, gaps by their words."""
    at = datetime(2026, 5, 1, tzinfo=UTC)
    one = Account(
        service="x",
        fields=(Field(kind="name", value="Wren"),),
        posts=(Post(text="a", at=at, id="1"),),
        points=(Point(1.0, 2.0, at, "1"),),
        about=("Clay.",),
        skipped=("first",),
    )
    two = Account(
        service="x", fields=(Field(kind="name", value="Ash"), *one.fields), posts=one.posts, points=one.points
    )
    whole = merged("x", [one, two, one], ["second", "first"])
    assert [field.value for field in whole.fields] == ["Wren", "Ash"]
    assert (len(whole.posts), len(whole.points), whole.about) == (1, 1, ("Clay.",))
    assert whole.skipped == ("first", "second")


@pytest.mark.parametrize(("pause", "asked"), [(10, 1), (0.5, 1), (0, 2), (None, 2), ("10", 2), (True, 2)])
def test_a_service_that_asks_to_wait_is_left_alone(
    serve: Serve, account: Made, now: datetime, pause: object, asked: int
) -> None:
    """What came so far is kept, and the rest is said to be missing."""
    base = "api.stackexchange.com/2.3/users/7"
    posts = base + "/posts?site=stackoverflow.com&order=desc&sort=creation&pagesize=100"
    answers = {
        base + "?site=stackoverflow.com": {"items": [{"user_id": 7, "display_name": "Wren"}], "backoff": 10},
        posts: {"items": [{"post_id": 1, "creation_date": 1_700_000_000}], "has_more": True, "backoff": pause},
        posts + "&page=2": {"items": [{"post_id": 2, "creation_date": 1_600_000_000}], "has_more": False},
    }
    source = account("https://stackoverflow.com/users/7", "stackexchange")
    with serve(answers) as service:
        found = fetch_account(source, fetcher=service.fetcher, now=now)
    assert len(found.posts) == asked
    assert sum("/posts" in one for one in service.asked) == asked
    said = f"only the newest 1 entries of the posts were read: {WAIT}"
    assert (said in found.skipped) is (asked == 1)
