"""Feeds: RSS, Atom and JSON Feed give the same things; what is no feed is said to be none."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.growth import grows_in_step

from unlisted.errors import Malformed, NotRead, TooLarge
from unlisted.model import Account, Artifact, Source, SourceKind
from unlisted.sources.feeds import MAX_PEOPLE, NO_ENTRIES, NO_FEED, TOO_LONG, fetch_feed, read_feed
from unlisted.sources.fetch import Fetcher

ATOM = b"""<feed xmlns="http://www.w3.org/2005/Atom" xmlns:georss="http://www.georss.org/georss">
<author><name>Wren Ash</name><email>wren@clay.example</email></author>
<entry><id>1</id><title>Pots</title><published>2026-05-01T10:00:00+02:00</published>
<georss:point>44.1 -68.2</georss:point><summary type="html">&lt;p&gt;Nine bowls.&lt;/p&gt;</summary></entry></feed>"""
RSS = b"""<rss version="2.0"><channel><managingEditor>wren@clay.example (Wren Ash)</managingEditor>
<item><guid>1</guid><title>Pots</title><pubDate>Fri, 01 May 2026 10:00:00 +0200</pubDate>
<geo:lat xmlns:geo="http://www.w3.org/2003/01/geo/wgs84_pos#">44.1</geo:lat>
<geo:long xmlns:geo="http://www.w3.org/2003/01/geo/wgs84_pos#">-68.2</geo:long>
<description>&lt;p&gt;Nine bowls.&lt;/p&gt;</description></item></channel></rss>"""
JSON: dict[str, Any] = {
    "version": "https://jsonfeed.org/version/1.1",
    "title": "Clay",
    "description": "Clay and tides.",
    "authors": [{"name": "Wren Ash", "url": "mailto:wren@clay.example"}],
    "items": [
        {
            "id": "1",
            "title": "Pots",
            "content_html": "<p>Nine bowls.</p>",
            "date_published": "2026-05-01T10:00:00+02:00",
            "_geo": {"latitude": 44.1, "longitude": -68.2},
        }
    ],
}


def kinds(account: Account) -> dict[str, str]:
    return {field.kind: field.value for field in account.fields}


@pytest.mark.parametrize("payload", [ATOM, RSS, json.dumps(JSON).encode()], ids=["atom", "rss", "json"])
def test_three_formats_say_the_same(payload: bytes) -> None:
    """Author, e-mail, entry, time and position come out alike whichever format the site has chosen."""
    feed = read_feed(payload)
    assert kinds(feed)["name"] == "Wren Ash"
    assert kinds(feed)["email"] == "wren@clay.example"
    (post,) = feed.posts
    assert post.text == "Pots\nNine bowls."
    assert post.at == datetime(2026, 5, 1, 8, tzinfo=UTC)
    assert (post.lat, post.lon) == (44.1, -68.2)
    assert [(point.lat, point.lon) for point in feed.points] == [(44.1, -68.2)]


def test_json_feed_of_the_first_version() -> None:
    """Version 1 has one author, and an entry may be plain text with a date of change only."""
    feed = read_feed(
        json.dumps(
            {
                "version": "https://jsonfeed.org/version/1",
                "author": {"name": "Wren", "url": "https://clay.example/", "avatar": "https://clay.example/a.png"},
                "items": [{"id": 7, "content_text": "Bowls.", "date_modified": "2026-05-01"}],
            }
        ).encode()
    )
    assert kinds(feed) == {"name": "Wren", "website": "https://clay.example/", "avatar": "https://clay.example/a.png"}
    assert (feed.posts[0].id, feed.posts[0].text) == ("7", "Bowls.")


def test_feed_with_a_mark_or_space_before_it() -> None:
    """A byte order mark and white space before the first sign do not hide the format."""
    assert read_feed(b"\xef\xbb\xbf \r\n" + json.dumps(JSON).encode()).posts
    assert read_feed(b"\xef\xbb\xbf" + ATOM).posts


@pytest.mark.parametrize(
    "payload",
    [
        b'{"items": [{"id": 1}]}',
        b'{"version": "1.1"}',
        b"[1, 2]",
        b"<opml><body><outline text='Clay' author='Wren'/></body></opml>",
        b"<html><body><p>Not found</p></body></html>",
    ],
)
def test_what_is_no_feed_is_said_to_be_none(payload: bytes) -> None:
    """JSON of another kind, a list of feeds, a page: one plain reason."""
    with pytest.raises(Malformed) as error:
        read_feed(payload)
    assert error.value.reason == NO_FEED


@pytest.mark.parametrize("payload", [b"", b"plain", b"{", b"<feed", b"<!DOCTYPE x [<!ENTITY a 'b'>]><rss/>"])
def test_broken_feed_is_malformed(payload: bytes) -> None:
    """Cut or hostile bytes raise nothing but Malformed."""
    with pytest.raises(Malformed):
        read_feed(payload)


def test_only_the_listed_address_is_asked_for() -> None:
    """The one address that the person typed; a feed that is cut is not half read."""

    class Cut(Fetcher):
        def get(self, address: str, *, source: str, now: datetime, kind: str = "page") -> Artifact:
            asked.append(address)
            return Artifact(source=source, at=now, sha256="", media_type="application/rss+xml", body=RSS, truncated=cut)

    asked: list[str] = []
    source = Source(label="feed", kind=SourceKind.FEED, address="https://clay.example/feed")
    now = datetime(2026, 11, 21, tzinfo=UTC)
    cut = False
    assert fetch_feed(source, fetcher=Cut(), now=now).posts
    cut = True
    with pytest.raises(TooLarge) as error:
        fetch_feed(source, fetcher=Cut(), now=now)
    assert error.value.reason == TOO_LONG
    assert asked == ["https://clay.example/feed"] * 2


def test_people_of_one_entry_are_bounded() -> None:
    """A list of authors without end costs no more than its beginning."""
    people = [{"name": f"Person {number}"} for number in range(MAX_PEOPLE * 4)]
    feed = read_feed(json.dumps({**JSON, "authors": people, "items": []}).encode())
    assert len([field for field in feed.fields if field.kind == "name"]) == MAX_PEOPLE - 1


@given(
    st.binary(max_size=200)
    | st.text(max_size=100).map(
        lambda text: b'{"version":"https://jsonfeed.org/version/1","items":[' + text.encode("utf-8", "replace") + b"]}"
    )
)
@settings(max_examples=100, deadline=None, derandomize=True)
def test_no_bytes_stop_the_reader(payload: bytes) -> None:
    """Whatever is served, it is a feed or a plain reason."""
    try:
        feed = read_feed(payload)
    except NotRead:
        return
    assert feed.service == "feed"


VALUES = st.none() | st.booleans() | st.integers() | st.text(max_size=6) | st.lists(st.integers(), max_size=2)
KEYS = ("id", "title", "content_text", "content_html", "date_published", "_geo", "authors", "author", "summary")


@given(st.lists(st.dictionaries(st.sampled_from(KEYS), VALUES, max_size=5), max_size=4))
@settings(max_examples=100, deadline=None, derandomize=True)
def test_entries_of_any_shape_are_counted(items: list[dict[str, object]]) -> None:
    """Every entry is a post, whatever the types of its values."""
    assert len(read_feed(json.dumps({**JSON, "items": items}).encode()).posts) == len(items)


def test_twice_as_many_entries_cost_about_twice_as_much() -> None:
    """Growth stays linear, so that a long feed is no trap."""

    def entries(count: int) -> bytes:
        return json.dumps({**JSON, "items": JSON["items"] * count}).encode()

    grows_in_step(entries, read_feed, 2_000)


@pytest.mark.parametrize(
    "payload",
    [
        b"<rss><channel></channel></rss>",
        b"<rss><channel><managingEditor>wren@clay.example (Wren)</managingEditor></channel></rss>",
        b"<feed xmlns='http://www.w3.org/2005/Atom'><author><name>Wren</name></author></feed>",
        json.dumps({**JSON, "items": []}).encode(),
    ],
)
def test_a_feed_without_an_entry_is_not_seen(payload: bytes) -> None:
    """Its own author counts; that no entry is there says nothing about those of before."""
    assert read_feed(payload).unseen == NO_ENTRIES
    assert read_feed(ATOM).unseen is None


XHTML = """<feed xmlns="http://www.w3.org/2005/Atom" xml:base="https://clay.example/log/"><title>Wren at the kiln</title>
<subtitle type="html">&lt;b&gt;Call&lt;/b&gt; 207 555 0143</subtitle><rights>Wren Ash</rights>
<author><name>Wren</name><uri>../me</uri></author><entry><id>1</id><title>Pots</title>
<content type="xhtml">
<div xmlns="http://www.w3.org/1999/xhtml"><p>Write to <b>wren@clay.example</b></p><p>Nine bowls</p></div></content>
</entry></feed>"""


def test_entries_in_xhtml_are_read() -> None:
    """Words that are elements of the feed itself count as much as those that are written as text."""
    feed = read_feed(XHTML.encode())
    assert [post.text.replace("  ", " ") for post in feed.posts] == ["Pots\nWrite to wren@clay.example Nine bowls"]


def test_a_feed_speaks_of_itself() -> None:
    """Its title, its line below, its rights; in JSON the title too."""
    assert read_feed(XHTML.encode()).about == ("Wren at the kiln", "Call 207 555 0143", "Wren Ash")
    assert read_feed(RSS.replace(b"<item>", b"<description>Tea</description><item>")).about == ("Tea",)
    assert read_feed(json.dumps(JSON).encode()).about == ("Clay", "Clay and tides.")


@pytest.mark.parametrize(
    "payload",
    [
        XHTML,
        XHTML.replace(' xml:base="https://clay.example/log/"', "").replace(
            "<title>", '<link href="https://clay.example/log/"/><title>', 1
        ),
        "<rss><channel><link>https://clay.example/log/</link><author><name>Wren</name><uri>../me</uri></author><item/></channel></rss>",
        json.dumps({**JSON, "authors": [{"url": "../me"}], "home_page_url": "https://clay.example/log/"}),
        json.dumps({**JSON, "authors": [{"url": "/me"}], "feed_url": "https://clay.example/feed.json"}),
    ],
)
def test_links_are_those_of_the_site(payload: str) -> None:
    """A relative address belongs to the feed's base, or to the site that it names."""
    assert kinds(read_feed(payload.encode()))["website"] == "https://clay.example/me"


def test_a_link_without_a_site_is_none() -> None:
    """It could be anybody's."""
    feed = read_feed(json.dumps({**JSON, "authors": [{"name": "Wren", "url": "/me", "avatar": "/a.png"}]}).encode())
    assert set(kinds(feed)) & {"website", "avatar"} == set()


def test_empty_lines_before_a_feed_do_no_harm() -> None:
    """Many programs write them, though the standard does not allow it."""
    declared = b"\r\n \n<?xml version='1.0'?>" + RSS
    assert read_feed(declared).posts == read_feed(RSS).posts


def test_a_long_entry_is_kept() -> None:
    """More tags than are built into a tree."""
    long = "<p>tea</p>" * 5_000 + "<p>wren@clay.example</p>"
    feed = read_feed(json.dumps({**JSON, "items": [{"id": "1", "content_html": long}]}).encode())
    assert feed.posts[0].text.endswith("tea wren@clay.example")


@pytest.mark.parametrize("lat", [0, 0.0, "0"])
def test_a_place_on_the_equator_is_one(lat: object) -> None:
    """0 is a number."""
    item = {"id": "1", "content_text": "tea", "_geo": {"latitude": lat, "longitude": -40.5}}
    assert read_feed(json.dumps({**JSON, "items": [item]}).encode()).posts[0].lat == 0


MEDIA = "xmlns:media='http://search.yahoo.com/mrss/'"


@pytest.mark.parametrize(
    ("inside", "words"),
    [
        ("<media:description>Our door</media:description><description>Tea</description>", "Pots\nOur door\nTea"),
        (
            "<media:group><media:title>Pots</media:title><media:description>Our door</media:description></media:group>",
            "Pots\nOur door",
        ),
        ("<description>Tea</description><content:encoded xmlns:content='urn:c'>Tea</content:encoded>", "Pots\nTea"),
    ],
)
def test_every_description_of_an_entry_is_read_once(inside: str, words: str) -> None:
    """That of a picture or a film stands beside the entry's own, or in a group."""
    feed = read_feed(f"<rss {MEDIA}><channel><item><title>Pots</title>{inside}</item></channel></rss>".encode())
    assert feed.posts[0].text == words
