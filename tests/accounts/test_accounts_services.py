"""Services whose answers were built from the published descriptions of their interfaces; nobody in them exists."""

from __future__ import annotations

import json
from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from unlisted.errors import NotRead
from unlisted.model import Account
from unlisted.sources.accounts import read_account
from unlisted.sources.accounts.gather import MAX_WORDS


def read(service: str, value: object) -> Account:
    return read_account(json.dumps(value).encode(), service=service)


def pairs(account: Account) -> set[tuple[str, str]]:
    return {(field.kind, field.value) for field in account.fields}


GITLAB = {
    "id": 5,
    "username": "wrenash",
    "name": "Wren Ash",
    "bio": "Clay and tides.",
    "location": "Marrow Bay",
    "public_email": "wren@clay.example",
    "linkedin": "",
    "website_url": "https://clay.example",
    "organization": "Harrow Clay",
    "job_title": "Potter",
    "created_at": "2015-03-01T08:00:00.000Z",
    "avatar_url": "https://lab.example/uploads/5.png",
}


def test_gitlab_user_gives_profile_and_words() -> None:
    """Every public field of a GitLab user has its kind, and the bio is kept as words."""
    account = read("gitlab", GITLAB)
    assert {
        ("name", "Wren Ash"),
        ("nickname", "wrenash"),
        ("email", "wren@clay.example"),
        ("location_text", "Marrow Bay"),
        ("employer", "Harrow Clay"),
        ("job_title", "Potter"),
        ("website", "https://clay.example"),
        ("created_at", "2015-03-01T08:00:00Z"),
    } <= pairs(account)
    assert account.about == ("Clay and tides.",)


def test_gitlab_events_are_posts() -> None:
    """An event gives its time, and the title of what was worked on."""
    events = [
        {
            "id": 1,
            "action_name": "pushed to",
            "created_at": "2026-05-01T10:00:00Z",
            "push_data": {"commit_title": "Glaze"},
        },
        {"id": 2, "action_name": "opened", "created_at": "2026-05-02T10:00:00Z", "target_title": "Kiln too hot"},
    ]
    assert [post.text for post in read("gitlab", events).posts] == ["Glaze", "Kiln too hot"]


def test_stack_exchange_user_and_posts() -> None:
    """Items are a user or posts; times are seconds since 1970."""
    user = {
        "user_id": 7,
        "display_name": "Wren",
        "location": "Marrow Bay, ME",
        "website_url": "https://clay.example",
        "profile_image": "https://pictures.example/7.png",
        "creation_date": 1338125246,
        "about_me": "<p>I throw <b>bowls</b>.</p>",
        "reputation": 31,
    }
    account = read("stackexchange", {"items": [user], "has_more": False})
    assert {("name", "Wren"), ("location_text", "Marrow Bay, ME"), ("created_at", "2012-05-27T13:27:26Z")} <= pairs(
        account
    )
    assert account.about == ("I throw bowls .",)
    posts = read("stackexchange", {"items": [{"post_id": 9, "post_type": "answer", "creation_date": 1338125246}]})
    assert posts.posts[0].at == datetime(2012, 5, 27, 13, 27, 26, tzinfo=UTC)


def test_hacker_news_user_gives_words_and_links() -> None:
    """The text about oneself is HTML; its links are the person's sites."""
    user = {"id": "wrenash", "created": 1338125246, "about": 'Clay. <a href="https:&#x2F;&#x2F;clay.example">mine</a>'}
    account = read("hackernews", user)
    assert ("website", "https://clay.example") in pairs(account)
    assert ("nickname", "wrenash") in pairs(account)
    assert account.about == ("Clay. mine",)


def test_wikipedia_edits_give_times_pages_and_comments() -> None:
    """Who edits which page when, and what they wrote beside it."""
    edits = [{"revid": 8, "title": "Marrow Bay", "timestamp": "2026-05-01T10:00:00Z", "comment": "my street"}]
    account = read("wikipedia", {"query": {"users": [{"name": "Wren Ash"}], "usercontribs": edits}})
    assert ("nickname", "Wren Ash") in pairs(account)
    assert account.posts[0].text == "Marrow Bay\nmy street"
    assert account.posts[0].at == datetime(2026, 5, 1, 10, tzinfo=UTC)


def test_lichess_player_gives_profile_and_last_visit() -> None:
    """Times are milliseconds; each line of the links is another page of the person."""
    player = {
        "username": "wrenash",
        "createdAt": 1338125246000,
        "seenAt": 1338125247000,
        "profile": {
            "realName": "Wren Ash",
            "location": "Marrow Bay",
            "bio": "e4",
            "links": "clay.example\r\nhttps://b.example",
        },
    }
    account = read("lichess", player)
    assert {
        ("name", "Wren Ash"),
        ("location_text", "Marrow Bay"),
        ("created_at", "2012-05-27T13:27:26Z"),
        ("last_active_at", "2012-05-27T13:27:27Z"),
        ("same_as", "https://clay.example"),
        ("same_as", "https://b.example"),
    } <= pairs(account)


def test_github_events_tell_who_signed_the_changes() -> None:
    """Names and addresses of commits are the words of the event; an event without commits is a time."""
    push = {
        "id": "1",
        "type": "PushEvent",
        "actor": {},
        "created_at": "2026-05-01T10:00:00Z",
        "payload": {"commits": [{"author": {"name": "Wren", "email": "wren@clay.example"}}] * 3},
    }
    watch = {"id": "2", "type": "WatchEvent", "actor": {}, "created_at": "2026-05-02T10:00:00Z", "payload": {}}
    account = read("github", [push, watch])
    assert [post.text for post in account.posts] == ["Wren <wren@clay.example>", ""]
    assert not account.fields


def test_own_words_of_older_services_are_kept() -> None:
    """Bio, note and description are words about oneself; a row of a Mastodon profile without a link is too."""
    assert read("github", {"login": "wren", "bio": " Clay \n and tides. "}).about == ("Clay and tides.",)
    mastodon = {"username": "wren", "note": "<p>Clay.</p>", "fields": [{"name": "Work", "value": "Harrow &amp; Clay"}]}
    assert read("mastodon", mastodon).about == ("Clay.", "Work: Harrow & Clay")
    assert read("bluesky", {"handle": "wren.example", "description": "Tides."}).about == ("Tides.",)


@pytest.mark.parametrize("hidden", [{"obscured": True}, {"geoprivacy": "obscured"}, {"geoprivacy": "private"}])
def test_position_that_the_service_moved_is_no_point(hidden: dict[str, object]) -> None:
    """An obscured observation lies somewhere in twenty kilometres: it is shown as a field, and nothing follows from it."""
    seen = {"id": 1, "location": "44.1,-68.2", "time_observed_at": "2026-05-01T10:00:00Z"}
    open_, moved = read("inaturalist", seen), read("inaturalist", {**seen, **hidden})
    assert pairs(open_) == pairs(moved)
    assert len(open_.points) == 1
    assert open_.posts[0].lat == 44.1
    assert not moved.points
    assert moved.posts[0].lat is None


def test_words_are_bounded() -> None:
    """However many rows a profile has, a bounded number of passages is kept."""
    rows = [{"username": "w", "note": f"<p>{number}</p>"} for number in range(MAX_WORDS * 2)]
    assert len(read("mastodon", rows).about) == MAX_WORDS


SMALL = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=8),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(
                [
                    "id",
                    "items",
                    "user_id",
                    "post_id",
                    "query",
                    "users",
                    "usercontribs",
                    "profile",
                    "links",
                    "about",
                    "bio",
                ]
            )
            | st.sampled_from(
                ["username", "action_name", "push_data", "createdAt", "linkedin", "title", "created_at", "name"]
            ),
            inner,
            max_size=4,
        )
    ),
    max_leaves=12,
)


@pytest.mark.parametrize("service", ["gitlab", "hackernews", "lichess", "stackexchange", "wikipedia"])
@given(value=SMALL)
@settings(max_examples=60, deadline=None, derandomize=True)
def test_no_value_of_any_shape_stops_a_reader(service: str, value: object) -> None:
    """Values of the wrong type are left out; nothing but the package's own errors comes out."""
    try:
        account = read(service, value)
    except NotRead:
        return
    assert account.service == service
