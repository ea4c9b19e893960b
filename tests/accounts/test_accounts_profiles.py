"""Profiles that are one JSON object: each service's keys, and the little that a table cannot say."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import Any

import pytest

from unlisted.model import Account
from unlisted.sources.accounts import SERVICES, read_account

Found = set[tuple[str, str]]


def account(service: str, payload: Any) -> Account:
    return read_account(json.dumps(payload).encode(), service=service)


def found(service: str, payload: Any) -> Found:
    return {(item.kind, item.value) for item in account(service, payload).fields}


GITHUB = {
    "login": "tamoak",
    "name": "Tam Oakridge",
    "email": "tam@oak.example",
    "location": "Lower Wexmoor",
    "company": "@oak-mill",
    "blog": "oak.example/tam",
    "avatar_url": "https://pictures.example/u/1",
    "created_at": "2012-05-27T13:27:26Z",
    "updated_at": "2020-01-02T03:04:05Z",
    "twitter_username": "tam_oak",
    "followers": 3,
    "bio": "bells",
}


def test_github_gives_what_the_profile_shows() -> None:
    """A site without its scheme is completed; the other account becomes an address."""
    assert found("github", GITHUB) == {
        ("nickname", "tamoak"),
        ("name", "Tam Oakridge"),
        ("email", "tam@oak.example"),
        ("location_text", "Lower Wexmoor"),
        ("employer", "@oak-mill"),
        ("website", "https://oak.example/tam"),
        ("avatar", "https://pictures.example/u/1"),
        ("created_at", "2012-05-27T13:27:26Z"),
        ("last_active_at", "2020-01-02T03:04:05Z"),
        ("same_as", "https://twitter.com/tam_oak"),
    }


def test_github_social_accounts_and_events() -> None:
    """The list of other accounts gives addresses; public events give times only."""
    assert found("github", [{"provider": "mastodon", "url": "https://social.example/@tam"}]) == {
        ("same_as", "https://social.example/@tam")
    }
    events = [{"type": "PushEvent", "actor": {"login": "x"}, "id": "7", "created_at": "2024-01-02T03:04:05Z"}]
    assert [post.at for post in account("github", events).posts] == [datetime(2024, 1, 2, 3, 4, 5, tzinfo=UTC)]


@pytest.mark.parametrize("empty", [None, "", "  ", [], {}, False, 0.0])
def test_an_empty_value_is_no_value(empty: Any) -> None:
    """Services send null and empty text for what a person left out."""
    assert found(
        "github", {"login": "tamoak", "name": empty if empty != 0.0 else None, "email": empty, "blog": empty}
    ) == {("nickname", "tamoak")}


MASTODON = {
    "id": "1",
    "username": "tam",
    "display_name": "Tam",
    "avatar": "https://pictures.example/t.png",
    "created_at": "2019-04-02T00:00:00.000Z",
    "last_status_at": "2024-05-06",
    "note": "<p>bells <a href='https://free.example/'>x</a></p>",
    "noindex": True,
    "source": {"language": "en"},
    "moved": {"url": "https://new.example/@tam"},
    "fields": [
        {"name": "Web", "value": '<a href="https://oak.example/" rel="me">oak</a>'},
        {"name": "Location:", "value": "<b>Lower</b> Wexmoor"},
        {"name": "E-Mail", "value": "tam@oak.example"},
        {"name": "Birthday", "value": "3 March"},
        {"name": "Phone", "value": "07700 900456"},
        {"name": "Pronouns", "value": "she/her"},
    ],
}


def test_mastodon_gives_its_fields_rows_and_settings() -> None:
    """Rows with a link join accounts; rows with a telling label are what they say; the bio is left to the text reader."""
    assert found("mastodon", MASTODON) == {
        ("nickname", "tam"),
        ("name", "Tam"),
        ("avatar", "https://pictures.example/t.png"),
        ("created_at", "2019-04-02T00:00:00Z"),
        ("last_active_at", "2024-05-06T00:00:00Z"),
        ("page_noindex", "true"),
        ("language", "en"),
        ("same_as", "https://new.example/@tam"),
        ("same_as", "https://oak.example/"),
        ("location_text", "Lower Wexmoor"),
        ("email", "tam@oak.example"),
        ("birth_date", "3 March"),
        ("phone", "07700 900456"),
    }


def test_mastodon_statuses_are_posts_with_times() -> None:
    """The posts of the account, without their markup."""
    status = {
        "id": "9",
        "account": {"username": "tam"},
        "content": "<p>at the <b>fair</b></p>",
        "created_at": "2024-01-02T03:04:05Z",
    }
    posts = account("mastodon", [status]).posts
    assert [(post.text, post.id, post.public) for post in posts] == [("at the fair", "9", True)]


def test_reddit_opens_what_it_escapes() -> None:
    """Picture addresses come HTML-escaped; the first day as seconds."""
    data = {
        "name": "tam_oak",
        "created_utc": 1338125246.0,
        "icon_img": "https://pictures.example/i?a=1&amp;b=2",
        "snoovatar_img": "",
        "hide_from_robots": True,
    }
    assert found("reddit", {"kind": "t2", "data": data}) == {
        ("nickname", "tam_oak"),
        ("created_at", "2012-05-27T13:27:26Z"),
        ("avatar", "https://pictures.example/i?a=1&b=2"),
        ("page_noindex", "true"),
    }


BIRD = {
    "id_str": "1",
    "name": "Tam",
    "screen_name": "tam_oak",
    "location": "Lower Wexmoor",
    "created_at": "Sun May 27 13:27:26 +0000 2012",
    "lang": "en",
    "profile_image_url": "http://pictures.example/t.png",
    "profile_image_url_https": "https://pictures.example/t.png",
    "url": "https://short.example/x",
    "entities": {"url": {"urls": [{"expanded_url": "https://oak.example/"}]}},
}
PERSON = {
    ("name", "Tam"),
    ("nickname", "tam_oak"),
    ("location_text", "Lower Wexmoor"),
    ("created_at", "2012-05-27T13:27:26Z"),
    ("language", "en"),
    ("avatar", "https://pictures.example/t.png"),
    ("website", "https://oak.example/"),
}


def test_twitter_user_of_either_version() -> None:
    """Version 1.1 as it is; version 2 within "data" with its own key for the handle."""
    assert found("twitter", BIRD) == PERSON
    second = {key: value for key, value in BIRD.items() if key != "screen_name"} | {"username": "tam_oak"}
    assert found("twitter", {"data": second}) == PERSON
    assert ("website", "https://short.example/x") in found("twitter", BIRD | {"entities": {}})


def test_twitter_status_gives_its_place() -> None:
    """The user, the position (longitude first), the place in words; the post itself with its time."""
    status = {
        "id_str": "5",
        "user": BIRD,
        "text": "at the fair",
        "created_at": "Mon May 28 13:27:26 +0000 2012",
        "lang": "de",
        "coordinates": {"type": "Point", "coordinates": [-1.5, 51.25]},
        "place": {"full_name": "Lower Wexmoor, Wex", "country": "Nowhere"},
    }
    read = account("twitter", status)
    extra = {
        ("location_text", "Lower Wexmoor, Wex"),
        ("country", "Nowhere"),
        ("latitude", "51.25"),
        ("longitude", "-1.5"),
    }
    assert {(item.kind, item.value) for item in read.fields} == PERSON | extra
    assert [(point.lat, point.lon, point.id) for point in read.points] == [(51.25, -1.5, "5")]
    assert [(post.text, post.lat, post.at) for post in read.posts] == [
        ("at the fair", 51.25, datetime(2012, 5, 28, 13, 27, 26, tzinfo=UTC))
    ]


SKY = {
    "handle": "tam.example",
    "displayName": "Tam",
    "avatar": "https://pictures.example/t.jpg",
    "createdAt": "2023-07-01T10:20:30.000Z",
    "website": "https://oak.example/",
    "labels": [{"val": "!no-unauthenticated"}],
}
SKY_FOUND = {
    ("nickname", "tam.example"),
    ("name", "Tam"),
    ("avatar", "https://pictures.example/t.jpg"),
    ("created_at", "2023-07-01T10:20:30Z"),
    ("website", "https://oak.example/"),
    ("login_wall", "true"),
}


@pytest.mark.parametrize(
    "payload",
    [
        SKY,
        {"subject": SKY, "follows": [{"handle": "other.example", "displayName": "Other"}]},
        {"post": {"author": SKY}},
        {"thread": {"post": {"author": SKY}, "replies": [{"post": {"author": {"handle": "other.example"}}}]}},
        {"feed": [{"post": {"author": SKY, "record": {"text": "hi", "createdAt": "2024-01-01T00:00:00Z"}}}]},
    ],
)
def test_bluesky_finds_the_account_in_any_answer(payload: Any) -> None:
    """The people that an account follows, or who replied, are other people."""
    assert found("bluesky", payload) == SKY_FOUND


def test_bluesky_record_with_a_picture_that_is_no_address() -> None:
    """In the repository's own record the picture is a reference: it is no avatar."""
    record = {
        "$type": "app.bsky.actor.profile",
        "displayName": "Tam",
        "avatar": {"$type": "blob"},
        "createdAt": "2024-01-02T03:04:05Z",
    }
    assert found("bluesky", record) == {("name", "Tam"), ("created_at", "2024-01-02T03:04:05Z")}
    assert found("bluesky", {"uri": "at://x", "cid": "y", "value": record}) == found("bluesky", record)
    assert (
        found("bluesky", {"value": {"$type": "app.bsky.feed.post", "text": "hi", "createdAt": "2024-01-01T00:00:00Z"}})
        == set()
    )


def test_every_service_of_the_contract_can_be_read() -> None:
    """The list is the one that the corpus and the documentation name."""
    assert set(SERVICES) == {
        *("activitystreams", "bluesky", "feed", "github", "inaturalist"),
        *("mastodon", "openstreetmap", "orcid", "reddit", "twitter"),
        *("gitlab", "hackernews", "lichess", "stackexchange", "wikipedia"),
    }


def test_no_value_stands_in_the_text_of_an_account_object() -> None:
    """A traceback that shows it shows nobody's data."""
    shown = repr(account("github", GITHUB)) + repr(account("twitter", BIRD))
    assert "Wexmoor" not in shown
    assert "oak" not in shown.lower()
