"""All words of a post and of a profile that everybody can read are kept: they are where addresses and numbers stand."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from tests.exports.carfile import car
from tests.exports.made import read

from unlisted.sources.accounts import read_account
from unlisted.sources.accounts.profiles import MAX_ROWS, sky_words

NOTHING: list[Any] = [None, 7, "x", [], {}, [None, 7], [{"alt": 7, "description": None, "title": [], "name": 3}]]


def status(**more: Any) -> list[dict[str, Any]]:
    """A post of a Mastodon account."""
    return [{"id": "1", "account": {"username": "wren"}, "content": "<p>Tea</p>", **more}]


def said(service: str, payload: Any) -> str:
    """The words of the first post."""
    return read_account(json.dumps(payload).encode(), service=service).posts[0].text


@pytest.mark.parametrize(
    ("more", "words"),
    [
        ({}, "Tea"),
        ({"spoiler_text": "my street"}, "my street\nTea"),
        (
            {"media_attachments": [{"description": "Our door, 27 Larch Row"}, {"description": None}]},
            "Tea\nOur door, 27 Larch Row",
        ),
        ({"poll": {"options": [{"title": "at the mill"}, {"title": "at home"}]}}, "Tea\nat the mill\nat home"),
        ({"place": {"name": "Marrow Bay", "country": "US"}}, "Tea\nMarrow Bay\nUS"),
    ],
)
def test_a_status_is_read_whole(more: dict[str, Any], words: str) -> None:
    """The warning before it, the poll, and what is written for those who do not see the pictures."""
    assert said("mastodon", status(**more)) == words


@pytest.mark.parametrize("wrong", NOTHING)
def test_parts_of_a_status_of_another_type_are_passed_over(wrong: Any) -> None:
    """A service may leave anything out."""
    more = dict.fromkeys(("spoiler_text", "media_attachments", "poll", "place"), wrong)
    assert said("mastodon", status(**more)) in {"Tea", "x\nTea"}


SKY = [
    ({"text": "Tea"}, "Tea"),
    ({"text": "Tea", "embed": {"images": [{"alt": "Our door"}, {"alt": ""}]}}, "Tea\nOur door"),
    ({"text": "Tea", "embed": {"alt": "A walk home"}}, "Tea\nA walk home"),
    ({"text": "Tea", "embed": {"media": {"images": [{"alt": "Our door"}]}, "record": {"uri": "x"}}}, "Tea\nOur door"),
    (
        {"text": "Tea", "embed": {"external": {"title": "My shop", "description": "in Marrow Bay"}}},
        "Tea\nMy shop\nin Marrow Bay",
    ),
    ({"text": "Tea", "tags": ["marrowbay", 7]}, "Tea\nmarrowbay"),
]


@pytest.mark.parametrize(("record", "words"), SKY)
def test_a_post_of_bluesky_is_read_whole(tmp_path: Path, record: dict[str, Any], words: str) -> None:
    """Asked for, and in the copy of the account."""
    entry = {"post": {"uri": "at://x/1", "author": {"handle": "wren.example"}, "record": record}}
    assert said("bluesky", {"feed": [entry]}) == words
    assert [post.text for post in read(tmp_path, {"a.car": car({"$type": "app.bsky.feed.post", **record})}).posts] == [
        words
    ]


@pytest.mark.parametrize("wrong", NOTHING)
def test_parts_of_a_post_of_another_type_are_passed_over(wrong: Any) -> None:
    """Whatever stands where pictures and links stand."""
    assert sky_words({"text": "Tea", "embed": wrong, "tags": wrong}) == "Tea"
    assert sky_words({"text": "Tea", "embed": dict.fromkeys(("images", "media", "external", "alt"), wrong)}) in {
        "Tea",
        "Tea\nx",
    }
    assert len(sky_words({"tags": ["a"] * 10_000}).split()) == MAX_ROWS


def test_a_post_in_an_archive_is_read_whole(tmp_path: Path) -> None:
    """Pictures and polls as ActivityStreams names them."""
    note = {
        "summary": "my street",
        "content": "<p>Tea</p>",
        "attachment": [{"type": "Document", "name": "Our door"}, {"name": None}, 7],
        "oneOf": [{"type": "Note", "name": "at the mill"}],
        "to": ["https://www.w3.org/ns/activitystreams#Public"],
    }
    found = read(tmp_path, {"outbox.json": {"orderedItems": [{"object": note}]}})
    assert [post.text for post in found.posts] == ["my street\nTea\nOur door\nat the mill"]


def test_the_life_in_a_record_of_a_researcher_is_read() -> None:
    """What the person wrote there is as public as the employers."""
    record = (
        b"<r><person><biography><content>I teach in Marrow Bay.</content></biography><keywords><keyword><content>tides"
        b"</content></keyword></keywords></person></r>"
    )
    assert read_account(record, service="orcid").about == ("I teach in Marrow Bay.", "tides")


def test_signs_of_html_in_plain_lines_are_taken_for_what_they_mean() -> None:
    """One service writes them into names and places."""
    user = {
        "user_id": 7,
        "display_name": "Zo&#235; &amp; Wren",
        "location": "K&#246;ln",
        "website_url": "https://a.example/?a=1&amp;b=2",
    }
    account = read_account(json.dumps({"items": [user]}).encode(), service="stackexchange")
    found = {field.kind: field.value for field in account.fields}
    assert found == {"name": "Zoë & Wren", "location_text": "Köln", "website": "https://a.example/?a=1&b=2"}


def test_names_on_other_services_are_words_of_the_profile() -> None:
    """As the person wrote them; what is empty or of another type is none."""
    user = {
        "id": 7,
        "username": "wren",
        "skype": "wren.s",
        "discord": "",
        "mastodon": None,
        "bluesky": 7,
        "twitter": "wren_t",
    }
    assert read_account(json.dumps(user).encode(), service="gitlab").about == ("wren.s", "wren_t")


@pytest.mark.parametrize(
    ("row", "told"),
    [
        ({"name": "Phone", "value": "207 555 0143"}, ("Phone: 207 555 0143",)),
        ({"name": None, "value": "tea"}, ("tea",)),
        ({"name": "tea", "value": None}, ("tea",)),
        ({"name": None, "value": None}, ()),
    ],
)
def test_rows_of_a_profile_are_read_as_they_stand(row: dict[str, Any], told: tuple[str, ...]) -> None:
    """A label or a value may be missing."""
    profile = {"username": "wren", "note": "", "fields": [row]}
    assert read_account(json.dumps(profile).encode(), service="mastodon").about == told
