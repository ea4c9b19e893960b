"""Each service's export in its own shape: posts, points, who sees them, and what is only counted."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from tests.exports.made import LAT, LON, packed, read, spots, times, unpacked

from unlisted.errors import NotRead
from unlisted.sources.exports import SERVICES, Found, read_export
from unlisted.sources.exports.found import MAX_SHOWN
from unlisted.sources.exports.services import RULES, rule_for

HERE = {"latitude": LAT, "longitude": LON}
EXIF = {"media_metadata": {"photo_metadata": {"exif_data": [{"iso": 100}, HERE]}}}
AT = 1709287200
ISO = "2024-03-01T10:00:00+00:00"


def posts(found: Found) -> list[tuple[str, bool | None]]:
    """(text, public) of each post."""
    return [(post.text, post.public) for post in found.posts]


def fields(found: Found) -> set[tuple[str, str]]:
    """(kind, value) of each line of the profile."""
    return {(field.kind, field.value) for field in found.fields}


def script(name: str, rows: object) -> str:
    """A file of an X archive."""
    return f"window.YTD.{name}.part0 = {json.dumps(rows)}"


X_POST = {"full_text": "Tea.", "created_at": "Fri Mar 01 10:00:00 +0000 2024", "id_str": "1"}


def test_an_x_archive_gives_posts_and_profile(tmp_path: Path) -> None:
    """Repeats are left out, messages are counted, the e-mail address of the account is nobody's to see."""
    message: dict[str, object] = {"dmConversation": {"messages": [{"messageCreate": {}}, {"messageCreate": {}}]}}
    files = {
        "data/account.js": script("account", [{"account": {"email": "a@mail.example", "username": "odivarn"}}]),
        "data/profile.js": script("profile", [{"profile": {"description": {"bio": "Hi", "location": "Marrow Bay"}}}]),
        "data/tweets.js": script("tweets", [{"tweet": X_POST}, {"tweet": {**X_POST, "full_text": "RT @a: b"}}]),
        "data/direct-messages.js": script("direct_messages", [message]),
        "data/ip-audit.js": script("ip_audit", [{"ipAudit": {"loginIp": "192.0.2.1"}}]),
    }
    found = read(tmp_path, files)
    assert posts(found) == [("Tea.", True)]
    assert found.posts[0].at is not None
    assert found.posts[0].at.isoformat() == ISO
    assert fields(found) == {("nickname", "odivarn"), ("bio", "Hi"), ("location_text", "Marrow Bay")}
    assert dict(found.hidden) == {"messages": 2, "sign-ins": 1}


@pytest.mark.parametrize(
    ("where", "spot"),
    [
        ({"coordinates": {"type": "Point", "coordinates": [str(LON), str(LAT)]}}, [(LAT, LON)]),
        ({"geo": {"type": "Point", "coordinates": [str(LAT), str(LON)]}}, [(LAT, LON)]),
        ({"geo": {"coordinates": []}}, []),
        ({"geo": None, "coordinates": None}, []),
    ],
)
def test_positions_of_x_in_both_orders(
    tmp_path: Path, where: dict[str, object], spot: list[tuple[float, float]]
) -> None:
    """One key has the longitude first, the other the latitude."""
    found = read(tmp_path, {"data/tweet.js": script("tweet", [{"tweet": {**X_POST, **where}}])})
    assert spots(found) == spot
    assert [point.id for point in found.shown] == [found.posts[0].id] * len(spot)


def test_protected_posts_of_x_are_private(tmp_path: Path) -> None:
    """The last change counts."""
    changes = [
        {"protectedHistory": {"protectedAt": "2024-02-01T00:00:00Z", "action": "Protect"}},
        {"protectedHistory": {"protectedAt": "2024-01-01T00:00:00Z", "action": "Unprotect"}},
    ]
    files = {
        "data/tweets-part1.js": script("tweets", [{"tweet": X_POST}]),
        "data/protected-history.js": script("protected_history", changes),
    }
    assert posts(read(tmp_path, files)) == [("Tea.", False)]


@pytest.mark.parametrize(("private", "public"), [("False", True), ("True", False), ("", None)])
def test_instagram_says_whether_the_account_is_private(tmp_path: Path, private: str, public: bool | None) -> None:
    """Its posts are what the profile is; stories are gone; positions of photos are never shown beside them."""
    profile = {
        "Username": {"value": "odivarn"},
        "Bio": {"value": "Ol\u00c3\u00a9"},
        "Private Account": {"value": private},
    }
    files = {
        "personal_information/personal_information/personal_information.json": {
            "profile_user": [{"string_map_data": profile}]
        },
        "your_instagram_activity/media/posts_1.json": [
            {"media": [{"uri": "a.jpg", "creation_timestamp": AT, "title": "Caf\u00c3\u00a9", **EXIF}]},
            {"title": "Two", "creation_timestamp": AT, "media": [{"uri": "a.jpg"}, {"uri": "b.jpg", **EXIF}]},
        ],
        "your_instagram_activity/media/stories.json": {"ig_stories": [{"uri": "c.jpg", "creation_timestamp": AT}]},
    }
    found = read(tmp_path, files)
    assert posts(found) == [("Café", public), ("Two", public), ("", False)]
    assert spots(found) == [(LAT, LON)] * 2
    assert times(found) == [ISO] * 2
    assert (found.private_points, found.shown) == (2, [])
    assert fields(found) == {("nickname", "odivarn"), ("bio", "Olé")}


def test_facebook_does_not_say_who_sees(tmp_path: Path) -> None:
    """Posts with check-ins and photos; the history is private; messages are counted."""
    place = {"data": [{"place": {"name": "x", "coordinate": HERE}}]}
    files = {
        "your_facebook_activity/posts/your_posts__check_ins__photos_and_videos_1.json": [
            {"timestamp": AT, "data": [{"post": "Caf\u00c3\u00a9"}], "attachments": [place]},
            {"timestamp": AT, "attachments": [{"data": [{"media": {"description": "Sea", **EXIF}}]}]},
        ],
        "logged_information/location/location_history.json": {
            "location_history_v2": [{"coordinate": HERE, "creation_timestamp": AT}, {}]
        },
        "messages/inbox/anna_1/message_1.json": {"participants": [], "messages": [{}, {}, {}]},
    }
    found = read(tmp_path, files)
    assert sorted(posts(found)) == [("Café", None), ("Sea", None)]
    assert spots(found) == [(LAT, LON)] * 3
    assert (found.private_points, found.bad_points, found.hidden["messages"]) == (1, 1, 3)


@pytest.mark.parametrize(
    ("receivers", "public"),
    [
        ({"to": ["https://www.w3.org/ns/activitystreams#Public"]}, True),
        ({"to": "as:Public"}, True),
        ({"to": ["https://a.example/f"], "cc": ["https://www.w3.org/ns/activitystreams#Public"]}, True),
        ({"to": ["https://a.example/f"], "cc": []}, False),
        ({"to": [{"id": 1}]}, False),
        ({}, False),
    ],
)
def test_mastodon_names_the_receivers(tmp_path: Path, receivers: dict[str, object], public: bool) -> None:
    """Public and unlisted posts are for everybody."""
    note = {"type": "Note", "content": "<p>Tea<br>now</p>", "published": "2024-03-01T10:00:00Z", **receivers}
    items = [{"type": "Create", "object": note}, {"type": "Announce", "object": "https://a.example/1"}]
    actor = {"preferredUsername": "odi", "summary": "<p>Hi</p>", "attachment": [{"value": "Marrow Bay"}], "name": "O"}
    found = read(tmp_path, {"actor.json": actor, "outbox.json": {"type": "OrderedCollection", "orderedItems": items}})
    assert posts(found) == [("Tea now", public)]
    assert fields(found) == {("name", "O"), ("nickname", "odi"), ("bio", "Hi"), ("bio", "Marrow Bay")}


def test_reddit_tables_are_public_and_sign_ins_are_counted(tmp_path: Path) -> None:
    """Cells may hold line breaks."""
    files = {
        "posts.csv": 'id,permalink,date,ip,subreddit,title,url,body\n1,x,2024-03-01 10:00:00 UTC,,a,Tea,,"One\nTwo"\n',
        "comments.csv": "id,date,ip,body\n2,2024-03-01 10:00:00 UTC,,Three\n",
        "ip_logs.csv": "date,ip\n2024-03-01 10:00:00 UTC,192.0.2.1\n",
    }
    found = read(tmp_path, files)
    assert sorted(posts(found)) == [("Tea\nOne\nTwo", True), ("Three", True)]
    assert {post.at.isoformat() for post in found.posts if post.at} == {ISO}
    assert found.hidden["sign-ins"] == 1


def test_linkedin_shows_the_profile_and_keeps_the_address(tmp_path: Path) -> None:
    """Notes before the headings are passed over; an audience that is not known is not guessed."""
    files = {
        "Profile.csv": "First Name,Last Name,Address,Birth Date,Headline,Geo Location,Zip Code\n"
        "Odile,Varnholt,27 Larch Row,Mar 1,Baker,Marrow Bay,\n",
        "Positions.csv": "Notes:\n\nCompany Name,Title,Location\nHarbour Bakery,Baker,Marrow Bay\n",
        "Education.csv": "School Name,Degree Name\nBay School,\n",
        "Shares.csv": "Date,ShareLink,ShareCommentary,Visibility\n2024-03-01 10:00:00,x,Tea,MEMBER_NETWORK\n"
        "2024-03-01 10:00:00,x,Open,PUBLIC\n2024-03-01 10:00:00,x,Few,CONNECTIONS\n",
    }
    found = read(tmp_path, files)
    assert posts(found) == [("Tea", None), ("Open", True), ("Few", False)]
    assert fields(found) == {
        ("name", "Odile Varnholt"),
        ("bio", "Baker"),
        ("location_text", "Marrow Bay"),
        ("employer", "Harbour Bakery"),
        ("school", "Bay School"),
    }
    assert found.hidden["lines of your profile"] == 2


@pytest.mark.parametrize(
    "row",
    [
        {"Time": "2024/03/01 10:00:00 UTC", "Latitude, Longitude": f"{LAT} ± 14.2, {LON} ± 14.2"},
        ["2024/03/01 10:00:00 UTC", f"{LAT}, {LON}"],
    ],
)
def test_snapchat_keeps_memories_and_a_history(tmp_path: Path, row: object) -> None:
    """All of it private."""
    memory = {
        "Date": "2024-03-01 10:00:00 UTC",
        "Media Type": "Image",
        "Location": f"Latitude, Longitude: {LAT}, {LON}",
    }
    files = {
        "json/memories_history.json": {"Saved Media": [memory, {"Date": "x", "Location": "Latitude, Longitude: "}]},
        "json/location_history.json": {"Frequent Locations": [], "Location History": [row]},
    }
    found = read(tmp_path, files)
    assert spots(found) == [(LAT, LON)] * 2
    assert times(found) == [ISO] * 2
    assert found.private_points == 2


@pytest.mark.parametrize(
    "row",
    [
        {"createdAt": AT, "venue": {"location": {"lat": LAT, "lng": LON}}},
        {"createdAt": "2024-03-01 10:00:00.000000", "lat": LAT, "lng": LON, "venue": {"name": "x"}},
        {"timeArrived": "2024-03-01 10:00:00.000000", "lat": LAT, "lng": LON},
    ],
)
def test_swarm_in_its_older_and_newer_form(tmp_path: Path, row: dict[str, object]) -> None:
    """Friends see a check-in; the export does not say who else."""
    found = read(tmp_path, {"checkins.json": {"count": 1, "items": [{**row, "shout": "Tea"}]}})
    assert spots(found) == [(LAT, LON)]
    assert times(found) == [ISO]
    assert posts(found) == [("Tea", None)]


def gpx(count: int = 2) -> str:
    """A small track."""
    point = f'<trkpt lat="{LAT}" lon="{LON}"/>'
    return f"<gpx><trk><trkseg>{point * count}</trkseg></trk></gpx>"


def test_strava_has_a_table_and_tracks(tmp_path: Path) -> None:
    """Headings in another language keep their order."""
    files = {
        "activities.csv": 'Aktivitäts-ID,Aktivitätsdatum,Name,Art,Beschreibung\n1,"Mar 1, 2024, 10:00:00 AM",Run,Run,Far\n',
        "activities/1.gpx": gpx(),
    }
    found = read(tmp_path, files)
    assert posts(found) == [("Run\nFar", None)]
    assert found.posts[0].at is not None
    assert found.posts[0].at.isoformat() == ISO
    assert len(found.points) == 2
    assert len(found.outings) == 1


def test_apple_health_gives_private_routes(tmp_path: Path) -> None:
    """The large table beside them is left alone."""
    files = {"apple_health_export/workout-routes/route_2024.gpx": gpx(3), "apple_health_export/export.xml": "<x/>"}
    found = read(tmp_path, files)
    assert (len(found.points), found.private_points) == (3, 3)
    assert found.others == 1


def test_a_folder_and_an_archive_give_the_same(tmp_path: Path) -> None:
    """Read in place, both ways."""
    files = {"data/tweets.js": script("tweets", [{"tweet": X_POST}]), "runs/a.gpx": gpx()}
    one = read_export(packed(tmp_path, files), label="x")
    two = read_export(unpacked(tmp_path / "folder", files), label="x")
    assert (one.posts, list(one.points)) == (two.posts, list(two.points))


def test_a_single_file_is_read_too(tmp_path: Path) -> None:
    """Records.json by itself."""
    (tmp_path / "Records.json").write_text('{"locations": [{"latitudeE7": 1, "longitudeE7": 1}]}')
    assert len(read_export(tmp_path / "Records.json", label="x").points) == 1
    (tmp_path / "a.txt").write_text("x")
    with pytest.raises(NotRead):
        read_export(tmp_path / "a.txt", label="x")


def test_a_named_service_leaves_the_others_out(tmp_path: Path) -> None:
    """Only its own files are looked at."""
    files = {"data/tweets.js": script("tweets", [{"tweet": X_POST}]), "posts.csv": "id,body\n1,Tea\n"}
    assert len(read(tmp_path, files).posts) == 2
    assert len(read(tmp_path, files, service="reddit").posts) == 1


def test_an_export_without_anything_known_is_said(tmp_path: Path) -> None:
    """The HTML form of an export is a usual reason."""
    with pytest.raises(NotRead, match="JSON, not as HTML"):
        read(tmp_path, {"start_here.html": "<html>"})


def test_a_damaged_file_stops_no_other(tmp_path: Path) -> None:
    """What it gave before it broke off counts, and that is said."""
    cut = script("tweets", [{"tweet": X_POST}, {"tweet": X_POST}])[:-30]
    found = read(tmp_path, {"data/tweets.js": cut, "posts.csv": "id,body\n1,Tea\n"})
    assert len(found.posts) == 2
    assert found.broken == 1
    assert found.skipped == ["a file in the export is not the data that the service promises"]


def test_public_positions_are_kept_up_to_a_number() -> None:
    """The points all stay."""
    found = Found(label="x")
    for _ in range(MAX_SHOWN + 5):
        found.point((LAT, LON), None, "x#1", public=True)
    assert (len(found.shown), len(found.points)) == (MAX_SHOWN, MAX_SHOWN + 5)


@pytest.mark.parametrize("limit", ["MAX_POINTS", "MAX_POSTS", "MAX_FIELDS"])
def test_more_than_the_limits_is_left_out_and_said(monkeypatch: pytest.MonkeyPatch, limit: str) -> None:
    """Memory has an end."""
    monkeypatch.setattr(f"unlisted.sources.exports.found.{limit}", 2)
    found = Found(label="x")
    for number in range(4):
        found.post("Tea", None, pair=(LAT, LON))
        found.field("bio", f"line {number}", "bio")
    kept = {"MAX_POINTS": len(found.points), "MAX_POSTS": len(found.posts), "MAX_FIELDS": len(found.fields)}
    assert kept.pop(limit) == 2
    assert set(kept.values()) == {4}
    assert found.skipped


@pytest.mark.parametrize("service", SERVICES)
def test_every_service_has_a_row_in_the_documentation(root: Path, service: str) -> None:
    """docs/sources.md names them all."""
    text = (root / "docs" / "sources.md").read_text(encoding="utf-8").casefold()
    assert {"takeout": "google takeout", "x": "| x archive", "apple": "apple health"}.get(service, service) in text


def test_the_first_rule_that_fits_counts() -> None:
    """Names that two services share are told apart by their folders."""
    names = {
        "json/location_history.json": "snapchat",
        "location/location_history.json": "facebook",
        "activities/1.fit.gz": "strava",
        "other/1.fit.gz": "tracks",
        "x/media/posts_1.json": "instagram",
        "posts/your_posts_1.json": "facebook",
        "repo.car": "bluesky",
        "data/profile_media/1.jpg": "x",
        "x/media/profile/202401/1.jpg": "instagram",
        "avatar.png": "mastodon",
    }
    for name, service in names.items():
        rule = rule_for(name, None)
        assert rule is not None
        assert rule.service == service
    assert len({rule.name.pattern for rule in RULES}) == len(RULES)
