"""Services that give positions: OpenStreetMap, iNaturalist, ActivityStreams, feeds; and ORCID's addresses."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import Any

import pytest

from unlisted.extract.geo import metres
from unlisted.model import Account
from unlisted.sources.accounts import read_account
from unlisted.sources.accounts.georss import MAX_NUMBERS, SPOT_M

Found = set[tuple[str, str]]


def fields(read: Account) -> Found:
    return {(item.kind, item.value) for item in read.fields}


def js(service: str, payload: Any) -> Account:
    return read_account(json.dumps(payload).encode(), service=service)


def xml(service: str, text: str) -> Account:
    return read_account(text.encode(), service=service)


POSITION = {("latitude", "51.25"), ("longitude", "-1.5")}


def test_openstreetmap_changeset_gives_the_corners_of_its_box() -> None:
    """A box is the home region by a published method; who comments is somebody else."""
    read = xml(
        "openstreetmap",
        """<osm><changeset id="5" user="tamoak" created_at="2024-01-02T03:04:05Z" min_lat="51.25" min_lon="-1.5" max_lat="51.5"
        max_lon="-1.25"><tag k="comment" v="bench"/><discussion><comment user="other"><text>no</text></comment></discussion>
        </changeset></osm>""",
    )
    assert fields(read) == POSITION | {("latitude", "51.5"), ("longitude", "-1.25"), ("nickname", "tamoak")}
    assert [point.id for point in read.points] == ["5", "5"]
    assert [(post.text, post.at) for post in read.posts] == [("bench", datetime(2024, 1, 2, 3, 4, 5, tzinfo=UTC))]


def test_openstreetmap_user_and_note() -> None:
    """A user's name and first day; a note's position without its commenters."""
    assert fields(
        xml("openstreetmap", '<osm><user display_name="tamoak" account_created="2011-02-03T04:05:06Z"/></osm>')
    ) == {
        ("nickname", "tamoak"),
        ("created_at", "2011-02-03T04:05:06Z"),
    }
    note = '<osm><note lat="51.25" lon="-1.5"><comments><comment><user>other</user></comment></comments></note></osm>'
    assert fields(xml("openstreetmap", note)) == POSITION


USER = {"login": "tamoak", "name": "Tam", "created_at": "2015-01-01T00:00:00+00:00", "icon": "https://p.example/s.png"}
USER_FOUND = {
    ("nickname", "tamoak"),
    ("name", "Tam"),
    ("created_at", "2015-01-01T00:00:00Z"),
    ("avatar", "https://p.example/s.png"),
}


@pytest.mark.parametrize(
    "where",
    [
        {"location": "51.25,-1.5"},
        {"location": [51.25, -1.5]},
        {"geojson": {"type": "Point", "coordinates": [-1.5, 51.25]}},
        {"latitude": "51.25", "longitude": "-1.5"},
        {"private_location": "51.25,-1.5"},
        {"private_latitude": 51.25, "private_longitude": -1.5, "geoprivacy": "obscured"},
    ],
)
def test_inaturalist_position_in_every_form(where: dict[str, Any]) -> None:
    """Three interfaces, public and private forms."""
    item = {
        "id": 1,
        "user": USER,
        "time_observed_at": "2024-01-02T03:04:05+01:00",
        "identifications": [{"user": {"login": "other"}}],
    }
    read = js("inaturalist", {"results": [item | where]})
    assert fields(read) == POSITION | USER_FOUND
    assert [(point.lat, point.lon, point.at) for point in read.points] == [
        (51.25, -1.5, datetime(2024, 1, 2, 2, 4, 5, tzinfo=UTC))
    ]


def test_inaturalist_user_and_list() -> None:
    """A user alone, with a larger picture and an ORCID; and a plain list of observations."""
    user = USER | {
        "icon_url": "https://p.example/l.png",
        "orcid": "https://orcid.example/1",
        "last_active": "2024-05-06",
    }
    assert fields(js("inaturalist", user)) >= {
        ("avatar", "https://p.example/l.png"),
        ("same_as", "https://orcid.example/1"),
        ("last_active_at", "2024-05-06T00:00:00Z"),
    }
    assert ("location_text", "Lower Wexmoor") in fields(js("inaturalist", [{"id": 1, "place_guess": "Lower Wexmoor"}]))


ACTOR = {
    "type": "Person",
    "preferredUsername": "tam",
    "name": "Tam",
    "url": ["https://oak.example/", {"type": "Link", "href": "https://oak.example/about"}],
    "published": "2019-04-02T00:00:00Z",
    "icon": {"type": "Image", "url": "https://p.example/t.png"},
    "attachment": [{"type": "PropertyValue", "name": "Blog", "value": '<a href="https://blog.example/">b</a>'}],
    "alsoKnownAs": ["https://old.example/users/tam"],
    "tag": [{"type": "Person", "name": "Other"}],
}
ACTOR_FOUND = {
    ("nickname", "tam"),
    ("name", "Tam"),
    ("website", "https://oak.example/"),
    ("website", "https://oak.example/about"),
    ("created_at", "2019-04-02T00:00:00Z"),
    ("avatar", "https://p.example/t.png"),
    ("same_as", "https://blog.example/"),
    ("same_as", "https://old.example/users/tam"),
}


@pytest.mark.parametrize(
    "payload",
    [
        ACTOR,
        {"type": "Update", "actor": "https://oak.example/users/tam", "object": ACTOR},
        {"type": "Create", "object": ACTOR},
        {
            "type": "Note",
            "attributedTo": ACTOR,
            "replies": {"items": [{"author": {"type": "Person", "name": "Other"}}]},
        },
        {"type": "Announce", "actor": ACTOR, "object": {"type": "Person", "name": "Other"}},
        {"type": "Like", "object": {"type": "Note", "author": ACTOR}},
        {"type": "OrderedCollection", "orderedItems": [{"type": "Create", "actor": ACTOR, "object": {"type": "Note"}}]},
    ],
)
def test_activitystreams_finds_whose_account_it_is(payload: Any) -> None:
    """The actor, wherever the object names it; people in tags, replies and reposts are other people."""
    assert fields(js("activitystreams", payload)) == ACTOR_FOUND


@pytest.mark.parametrize(
    ("place", "expected"),
    [
        ({"displayName": "Fair", "latitude": 51.25, "longitude": -1.5}, POSITION | {("location_text", "Fair")}),
        ({"position": "+51.25-001.5/"}, {("latitude", "+51.25"), ("longitude", "-001.5")}),
        ({"position": "somewhere"}, set()),
        ({"address": {"locality": "Wexmoor", "postalCode": "WX1"}}, {("locality", "Wexmoor"), ("postal_code", "WX1")}),
        ({"address": "1 Oak Row"}, {("location_text", "1 Oak Row")}),
    ],
)
def test_activitystreams_place_of_an_object(place: Any, expected: Found) -> None:
    """Names, degrees, ISO 6709 and parts of an address."""
    read = js("activitystreams", {"objectType": "note", "content": "<p>hi</p>", "location": place})
    assert fields(read) == expected
    assert [post.text for post in read.posts] == ["hi"]


PEOPLE = [
    ("<author>Tam Oak</author>", {("name", "Tam Oak")}),
    ("<author>tam@oak.example (Tam Oak)</author>", {("name", "Tam Oak"), ("email", "tam@oak.example")}),
    (
        "<managingEditor>Tam Oak &lt;tam@oak.example&gt;</managingEditor>",
        {("name", "Tam Oak"), ("email", "tam@oak.example")},
    ),
    (
        "<author><name>Tam</name><email>tam@oak.example</email><uri>oak.example</uri></author>",
        {("name", "Tam"), ("email", "tam@oak.example"), ("website", "https://oak.example")},
    ),
    ("<d:creator xmlns:d='http://purl.org/dc/elements/1.1/'>Tam</d:creator>", {("name", "Tam")}),
    ("<webMaster>other@oak.example</webMaster><contributor><name>Other</name></contributor>", set()),
]


@pytest.mark.parametrize(("inside", "expected"), PEOPLE)
def test_feed_authors_in_every_form(inside: str, expected: Found) -> None:
    """A name, a mail address, both in either order; those who only help are other people."""
    assert fields(xml("feed", f"<rss><channel>{inside}<item>{inside}</item></channel></rss>")) == expected


SPACES = (
    "xmlns:georss='http://www.georss.org/georss' xmlns:gml='http://www.opengis.net/gml' "
    "xmlns:geo='http://www.w3.org/2003/01/geo/wgs84_pos#'"
)
GML = "<georss:where><gml:Point{}><gml:pos>51.25 -1.5</gml:pos></gml:Point></georss:where>"


@pytest.mark.parametrize(
    ("inside", "expected"),
    [
        ("<georss:point>51.25 -1.5</georss:point>", POSITION),
        ("<georss:point>51.25, -1.5</georss:point>", POSITION),
        ("<geo:lat>51.25</geo:lat><geo:long>-1.5</geo:long>", POSITION),
        ("<geo:Point><geo:lat>51.25</geo:lat><geo:long>-1.5</geo:long></geo:Point>", POSITION),
        (GML.format(""), POSITION),
        (
            GML.format(" srsName='urn:ogc:def:crs:EPSG::4326'"),
            POSITION,
        ),
        (
            GML.format(" srsName='EPSG:27700'"),
            set(),
        ),
        ("<georss:line>51.25 -1.5 52 -1</georss:line><georss:box>1 2 3 4</georss:box>", set()),
        ("<georss:where><gml:Point><gml:coordinates>51.25,-1.5</gml:coordinates></gml:Point></georss:where>", POSITION),
        ("<geo:Point geo:lat='51.25' geo:long='-1.5'/>", POSITION),
        ("<geo:lat_long>51.25,-1.5</geo:lat_long>", POSITION),
        ("<geo:latitude>51.25</geo:latitude><geo:longitude>-1.5</geo:longitude>", POSITION),
        ("<georss:point>north</georss:point>", set()),
        ("<geo:Point geo:lat='51.25'/>", set()),
        ("<georss:where><gml:Point/></georss:where>", set()),
        ("<georss:point>151.25 -1.5</georss:point>", set()),
    ],
)
def test_feed_positions_in_every_form(inside: str, expected: Found) -> None:
    """GeoRSS simple and GML, W3C geo; lines and boxes and other reference systems are no position."""
    read = xml("feed", f"<feed {SPACES}><entry><title>t</title>{inside}</entry></feed>")
    assert fields(read) == expected
    assert len(read.points) == (1 if expected else 0)
    assert (read.posts[0].lat == 51.25) is bool(expected)


@pytest.mark.parametrize(
    ("written", "at"),
    [
        ("<pubDate>Tue, 02 Jan 2024 03:04:05 +0100</pubDate>", datetime(2024, 1, 2, 2, 4, 5, tzinfo=UTC)),
        ("<published>2024-01-02T03:04:05Z</published>", datetime(2024, 1, 2, 3, 4, 5, tzinfo=UTC)),
        ("<pubDate>soon</pubDate>", None),
        ("", None),
    ],
)
def test_feed_entries_are_posts_with_their_time(written: str, at: datetime | None) -> None:
    """Title and text without markup; the time in either form."""
    read = xml(
        "feed",
        f"<rss><item><title>Fair</title>{written}<description>&lt;p&gt;We came.&lt;/p&gt;</description></item></rss>",
    )
    assert [(post.text, post.at) for post in read.posts] == [("Fair\nWe came.", at)]


SMALL, WIDE = "51.25 -1.5 51.252 -1.502", "51.25 -1.5 51.35 -1.6"
RING = "<georss:where><gml:Polygon><gml:exterior><gml:LinearRing><gml:posList{}>{}</gml:posList></gml:LinearRing></gml:exterior>{}"
CORNERS = (
    "<gml:Envelope><gml:lowerCorner>51.25 -1.5</gml:lowerCorner><gml:upperCorner>{}</gml:upperCorner></gml:Envelope>"
)
CIRCLE = "<gml:CircleByCenterPoint><gml:pos>51.25 -1.5</gml:pos><gml:radius>{}</gml:radius></gml:CircleByCenterPoint>"


@pytest.mark.parametrize(
    ("area", "spot"),
    [
        (f"<georss:line>{SMALL}</georss:line>", True),
        (f"<georss:box>{SMALL}</georss:box>", True),
        (f"<georss:polygon>{SMALL} 51.251 -1.5 51.25 -1.5</georss:polygon>", True),
        ("<georss:circle>51.25 -1.5 500</georss:circle>", True),
        (RING.format("", SMALL, "</gml:Polygon></georss:where>"), True),
        (CORNERS.format("51.252 -1.502"), True),
        (CIRCLE.format("200"), True),
        (f"<georss:line>{WIDE}</georss:line>", False),
        (f"<georss:box>{WIDE}</georss:box>", False),
        ("<georss:circle>51.25 -1.5 501</georss:circle>", False),
        ("<georss:circle>51.25 -1.5 -5</georss:circle>", False),
        ("<georss:circle>51.25 -1.5</georss:circle>", False),
        (RING.format(" srsName='EPSG:27700'", SMALL, "</gml:Polygon></georss:where>"), False),
        (CORNERS.format("51.35 -1.6"), False),
        (CIRCLE.format("far"), False),
        ("<georss:line>51.25 -1.5 north</georss:line>", False),
        ("<georss:line>51.25 -1.5 51.25</georss:line>", False),
        ("<georss:line>NaN 1e999</georss:line>", False),
        ("<georss:line></georss:line>", False),
        (f"<georss:line>{'51.25 -1.5 ' * (MAX_NUMBERS // 2 + 1)}</georss:line>", False),
    ],
)
def test_an_area_in_a_feed_is_a_position_only_where_it_is_one_spot(area: str, spot: bool) -> None:
    """A walk around the block tells as much as a point; a county tells nothing. It is never a field of the account."""
    read = xml("feed", f"<feed {SPACES}><entry><title>t</title>{area}</entry></feed>")
    assert fields(read) == set()
    post = read.posts[0]
    assert (post.lat is not None) is spot
    assert post.lat is None or metres(post.lat, post.lon or 0.0, 51.25, -1.5) < SPOT_M


def test_a_point_of_an_entry_goes_before_its_areas() -> None:
    """The most exact position that it names."""
    both = f"<georss:box>{SMALL}</georss:box><georss:point>51.3 -1.5</georss:point>"
    assert xml("feed", f"<feed {SPACES}><entry>{both}</entry></feed>").posts[0].lat == 51.3


ORCID = """<r xmlns:c="http://x.example/common"><person><name><given-names>Tam</given-names><family-name>Oak</family-name>
<credit-name>T. Oak</credit-name></name><other-names><other-name><source><source-name>Other</source-name></source>
<content>Tamsin</content></other-name></other-names>
<researcher-urls><researcher-url><url>https://oak.example/</url></researcher-url></researcher-urls>
<emails><email><source>x</source><email>tam@oak.example</email></email></emails>
<addresses><address><country>GB</country></address></addresses>
<external-identifiers><external-identifier><c:external-id-url>https://id.example/1</c:external-id-url></external-identifier>
</external-identifiers></person><preferences><locale>en</locale></preferences>
<history><submission-date>2012-05-27T13:27:26Z</submission-date><last-modified-date>2020-01-02T00:00:00Z</last-modified-date></history>
<employments><employment-summary><role-title>baker</role-title><organization><c:name>Mill</c:name><c:address><c:city>Wexmoor</c:city>
<c:region>WX</c:region><c:country>GB</c:country></c:address></organization></employment-summary></employments>
<education><role-title>BSc</role-title><organization><name>Ash School</name></organization></education>
<works><work><title>no</title><contributors><contributor><credit-name>Other</credit-name></contributor></contributors></work></works></r>"""


def test_orcid_by_local_names() -> None:
    """Names, addresses, work and school; works and the record's sources name other people."""
    assert fields(xml("orcid", ORCID)) == {
        ("name", "Tam Oak"),
        ("name", "T. Oak"),
        ("nickname", "Tamsin"),
        ("website", "https://oak.example/"),
        ("email", "tam@oak.example"),
        ("country", "GB"),
        ("same_as", "https://id.example/1"),
        ("language", "en"),
        ("created_at", "2012-05-27T13:27:26Z"),
        ("last_active_at", "2020-01-02T00:00:00Z"),
        ("job_title", "baker"),
        ("employer", "Mill"),
        ("locality", "Wexmoor"),
        ("region", "WX"),
        ("school", "Ash School"),
    }
