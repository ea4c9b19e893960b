"""Older, newer and odd forms of the services' files. All are made after descriptions; no service gave a sample."""

from __future__ import annotations

import io
import json
from pathlib import Path

import pytest
from tests.exports.carfile import car
from tests.exports.made import LAT, LON, encoded, packed, read, spots, times, unpacked

from unlisted.sources.exports import Found, read_export

AT, ISO = 1_709_287_200, "2024-03-01T10:00:00+00:00"
HERE = {"latitude": LAT, "longitude": LON}
WRAP = 2**32


def said(found: Found) -> list[tuple[str, bool | None]]:
    """(text, public) of each post."""
    return [(post.text, post.public) for post in found.posts]


def when(found: Found) -> list[str]:
    """When the posts were."""
    return [post.at.isoformat() if post.at else "" for post in found.posts]


@pytest.mark.parametrize(
    "row",
    [
        {"timestampMs": str(AT * 1000), "latitudeE7": round(LAT * 1e7), "longitudeE7": round(LON * 1e7) + WRAP},
        {
            "timestamp": "2024-03-01T10:00:00.000Z",
            "latitudeE7": round(LAT * 1e7),
            "longitudeE7": round(LON * 1e7) + WRAP,
        },
        {"timestamp": "2024-03-01T11:00:00+01:00", "latitudeE7": LAT * 1e7, "longitudeE7": LON * 1e7, "source": "GPS"},
    ],
)
def test_rows_of_old_and_new_histories_are_one(tmp_path: Path, row: dict[str, object]) -> None:
    """Numbers that ran over 32 bits, times as text or as a count, a row that holds no place."""
    rows = [{"timestamp": "2024-03-01T09:00:00Z", "activeWifiScan": {"accessPoints": []}}, row]
    found = read(tmp_path, {"Takeout/Standortverlauf/Standortverlauf.json": {"locations": rows}})
    assert spots(found) == [(LAT, LON)]
    assert found.points[0].at is not None
    assert found.points[0].at.timestamp() == AT
    assert found.bad_points == 1


PHONE = {
    "rawSignals": [
        {"wifiScan": {"deliveryTime": "2024-03-01T10:00:00.000+01:00"}},
        {"position": {"LatLng": f"{LAT}°, {LON}°", "timestamp": "2024-03-01T11:00:00.000+01:00", "source": "WIFI"}},
    ],
    "semanticSegments": [
        {
            "startTime": "2024-03-01T11:00:00+01:00",
            "endTime": "2024-03-01T11:30:00+01:00",
            "timelineMemory": {"trip": {}},
        },
        {
            "startTime": "2024-03-01T10:00:00.000+01:00",
            "endTime": "2024-03-01T12:00:00.000+01:00",
            "timelinePath": [{"point": f"{LAT}°, {LON}°", "time": "2024-03-01T11:00:00.000+01:00"}],
        },
    ],
    "userLocationProfile": {"frequentPlaces": [{"placeLocation": f"{LAT}°, {LON}°", "label": "HOME"}]},
}


def test_a_phone_lists_its_parts_in_any_order(tmp_path: Path) -> None:
    """Timeline.json of 2024 and later, with a memory of a trip in it, beside the phone's own name for the file."""
    found = read(tmp_path, {"Zeitachse.json": PHONE})
    assert spots(found) == [(LAT, LON)] * 2
    assert times(found) == ["2024-03-01T11:00:00+01:00"] * 2
    assert found.private_points == 2


def test_an_iphone_writes_numbers_as_words(tmp_path: Path) -> None:
    """Minutes from the start of a segment, geo: addresses, a way without an end."""
    rows = [
        {"endTime": "2024-03-01T12:00:00.000+01:00", "startTime": "2024-03-01T11:00:00.000+01:00",
         "timelinePath": [{"point": f"geo:{LAT},{LON}", "durationMinutesOffsetFromStartTime": "15"}]},
        {"endTime": "2024-03-01T12:00:00.000+01:00", "startTime": "2024-03-01T11:00:00.000+01:00",
         "activity": {"start": f"geo:{LAT},{LON}", "probability": "0.000000", "topCandidate": {"type": "walking"}}},
    ]  # fmt: skip
    found = read(tmp_path, {"location-history.json": json.dumps(rows)})
    assert times(found) == ["2024-03-01T11:15:00+01:00", "2024-03-01T11:00:00+01:00"]


def test_reviews_of_places_are_public(tmp_path: Path) -> None:
    """GeoJSON has the longitude first; a review without words is still a place."""
    shown = {"date": "2024-03-01T10:00:00Z", "five_star_rating_published": 5, "review_text_published": "Good tea."}
    rows = [
        {"geometry": {"coordinates": [LON, LAT], "type": "Point"}, "properties": shown, "type": "Feature"},
        {"geometry": {"coordinates": []}, "properties": {"date": "2024-03-01T10:00:00Z"}, "type": "Feature"},
    ]
    found = read(tmp_path, {"Takeout/Maps (your places)/Reviews.json": {"type": "FeatureCollection", "features": rows}})
    assert said(found) == [("Good tea.", True), ("", True)]
    assert [(round(point.lat, 6), round(point.lon, 6)) for point in found.shown] == [(LAT, LON)]


def test_the_newer_note_beside_a_photo_is_known_by_its_content(tmp_path: Path) -> None:
    """Google renamed them in 2024."""
    note = {"title": "a.jpg", "photoTakenTime": {"timestamp": str(AT)}, "geoData": {**HERE, "altitude": 0.0}}
    found = read(tmp_path, {"Takeout/Google Fotos/a.jpg.supplemental-metadata.json": note})
    assert (spots(found), times(found)) == ([(LAT, LON)], [ISO])


def test_an_archive_of_x_in_several_parts(tmp_path: Path) -> None:
    """The first part, further parts, long posts in a file of their own, and the older name and form."""
    files = {
        "twitter-2024/data/tweets.js": 'window.YTD.tweets.part0 = [ {"tweet": {"full_text": "One."}} ]',
        "twitter-2024/data/tweets-part1.js": 'window.YTD.tweets.part1 = [ {"tweet": {"full_text": "Two."}} ]',
        "twitter-2024/data/note-tweet.js": "window.YTD.note_tweet.part0 = "
        '[ {"noteTweet": {"createdAt": "2024-03-01T10:00:00.000Z", "core": {"text": "A long one."}}} ]',
        "old/data/tweet.js": '\ufeffwindow.YTD.tweet.part0 =\n[ {"full_text": "Old.", "geo": {"coordinates": ["43.5", "-40.5"]}} ]',
    }
    found = read(tmp_path, files)
    assert sorted(said(found)) == [("A long one.", True), ("Old.", True), ("One.", True), ("Two.", True)]
    assert spots(found) == [(LAT, LON)]
    assert ISO in when(found)


def test_letters_that_were_torn_are_mended(tmp_path: Path) -> None:
    """Instagram and Facebook write each byte as a letter; what was never torn stays as it is."""
    torn = "Tee im Garten – Grüße 🍵".encode().decode("latin-1")
    rows = [
        {"media": [{"creation_timestamp": AT, "title": torn}]},
        {"media": [{"creation_timestamp": AT, "title": "Grüße 🍵"}]},
        {"media": [{"creation_timestamp": AT, "title": "caf\u00e9"}]},
        {"media": []},
    ]
    found = read(tmp_path, {"your_instagram_activity/media/posts_1.json": rows})
    assert [text for text, _ in said(found)] == ["Tee im Garten – Grüße 🍵", "Grüße 🍵", "café", ""]


def test_instagram_before_2021(tmp_path: Path) -> None:
    """One list of media; stories were gone after a day."""
    media = {
        "photos": [{"caption": "Tea.", "taken_at": "2019-03-01T10:00:00", "path": "photos/1.jpg", "location": "Bay"}],
        "stories": [{"caption": "Rain.", "taken_at": "2019-03-02T10:00:00+00:00"}],
        "profile": [{"caption": "", "taken_at": "2019-03-01T10:00:00", "is_active_profile": True}],
    }
    found = read(tmp_path, {"media.json": media, "media_1.json": {"videos": [{"caption": "Two.", "taken_at": "odd"}]}})
    assert sorted(said(found), key=str) == [("Rain.", False), ("Tea.", None), ("Two.", None)]
    assert set(when(found)) == {"2019-03-01T10:00:00+00:00", "2019-03-02T10:00:00+00:00", ""}


EXIF = {"media_metadata": {"photo_metadata": {"exif_data": [{"iso": 50}, HERE]}}}


@pytest.mark.parametrize("root", ["", "your_activity_across_facebook/", "your_facebook_activity/", "facebook-me/"])
def test_facebook_in_each_of_its_folders(tmp_path: Path, root: str) -> None:
    """Posts, loose photos, videos, albums with their cover, messages of both kinds."""
    photo = {"uri": "a.jpg", "creation_timestamp": AT, "description": "Tea.", **EXIF}
    files = {
        f"{root}posts/your_posts__check_ins__photos_and_videos_1.json": [
            {"timestamp": AT, "data": [{"post": "Rain."}, {"update_timestamp": AT}], "tags": []}
        ],
        f"{root}posts/your_uncategorized_photos.json": {"other_photos_v2": [photo]},
        f"{root}posts/your_videos.json": {"videos_v2": [{"uri": "b.mp4", "creation_timestamp": AT}]},
        f"{root}posts/album/0.json": {"name": "Walks", "photos": [photo], "cover_photo": photo, "description": ""},
        f"{root}messages/e2ee_cutover/a_1/message_1.json": {"messages": [{}, {}]},
        f"{root}messages/inbox/b_2/message_1.json": {"messages": [{}]},
    }
    found = read(tmp_path, files)
    assert sorted(text for text, _ in said(found)) == ["", "Rain.", "Tea.", "Tea."]
    assert spots(found) == [(LAT, LON)] * 2
    assert set(times(found)) == {ISO}
    assert dict(found.hidden) == {"messages": 3}


def test_a_mastodon_poll_is_a_post_and_an_update_of_others_is_not(tmp_path: Path) -> None:
    """Receivers stand in a list or alone; a repeat holds an address."""
    public = "https://www.w3.org/ns/activitystreams#Public"
    items = [
        {"type": "Create", "object": {"type": "Question", "content": "<p>Tea?</p>", "to": public, "published": ISO}},
        {"type": "Create", "object": {"type": "Note", "content": None, "summary": "Rain", "cc": [public]}},
        {"type": "Announce", "object": "https://toots.example/1"},
    ]
    found = read(
        tmp_path, {"outbox.json": {"@context": "x", "orderedItems": items}, "likes.json": {"orderedItems": []}}
    )
    assert said(found) == [("Tea?", True), ("Rain", True)]


def test_a_repository_of_bluesky_with_records_of_other_kinds(tmp_path: Path) -> None:
    """Likes, lists and records of programs that nobody knows are passed over."""
    post = {"$type": "app.bsky.feed.post", "text": "Tea.", "createdAt": "2024-03-01T10:00:00.123Z", "langs": ["en"]}
    like = {"$type": "app.bsky.feed.like", "subject": {"uri": "x"}}
    blocks = [post, like, {"$type": "com.example.odd", "value": [1, None, True]}]
    assert said(read(tmp_path, {"repo.car": car(*blocks)})) == [("Tea.", True)]


def test_tables_of_reddit_with_lines_in_cells(tmp_path: Path) -> None:
    """A post over several lines, a mark at the start of the file, the newer file of messages."""
    table = '\ufeffid,permalink,date,ip,subreddit,title,body\r\n1,/r/x,2024-03-01 10:00:00 UTC,,x,Tea,"One\nTwo, ""three"""\r\n'
    messages = "id,from,to,body\n1,a,b,hi\n2,a,b,ho\n"
    found = read(tmp_path, {"posts.csv": table, "messages_archive.csv": messages})
    assert said(found) == [('Tea\nOne\nTwo, "three"', True)]
    assert (when(found), dict(found.hidden)) == ([ISO], {"messages": 2})


def test_linkedin_with_notes_before_the_table(tmp_path: Path) -> None:
    """Some tables begin with a line of explanation."""
    table = 'Notes:\n"About this file"\n\nCompany Name,Title,Description,Location\nHarbour Works,Potter,,Marrow Bay\n'
    found = read(tmp_path, {"Basic_LinkedInDataExport/Positions.csv": table})
    assert {(field.kind, field.value) for field in found.fields} == {
        ("employer", "Harbour Works"),
        ("location_text", "Marrow Bay"),
    }


@pytest.mark.parametrize(
    ("place", "count"),
    [
        (f"Latitude, Longitude: {LAT}, {LON}", 1),
        (f"{LAT} ± 14.2, {LON} ± 14.2", 1),
        ("Latitude, Longitude: 0.0, 0.0", 0),
        ("", 0),
        (None, 0),
    ],
)
def test_memories_of_snapchat_with_and_without_a_place(tmp_path: Path, place: str | None, count: int) -> None:
    """0/0 stands for none."""
    row = {
        "Date": "2024-03-01 10:00:00 UTC",
        "Media Type": "Image",
        "Location": place,
        "Download Link": "https://x.example",
    }
    found = read(tmp_path, {"mydata/json/memories_history.json": {"Saved Media": [row]}})
    assert (len(found.points), said(found), when(found)) == (count, [("", False)], [ISO])


def test_swarm_beside_other_lists(tmp_path: Path) -> None:
    """Check-ins in several files; friends are not read."""
    row = {"createdAt": "2024-03-01 10:00:00.000000", "lat": LAT, "lng": LON, "shout": "Tea."}
    found = read(
        tmp_path, {f"data/checkins{number}.json": {"items": [row]} for number in (1, 2)} | {"friends.json": {}}
    )
    assert said(found) == [("Tea.", None)] * 2


@pytest.mark.parametrize(
    "date",
    ["Mar 1, 2024, 10:00:00 AM", "Mar 1, 2024, 10:00:00\u202fAM", "1 Mar 2024, 10:00:00", "01.03.2024, 10:00:00"],
)
def test_dates_of_strava_in_the_words_of_the_person(tmp_path: Path, date: str) -> None:
    """Headings come twice and in any language; their order is fixed. The tracks beside the table have numbers for names."""
    table = f'Aktivitäts-ID,Aktivitätsdatum,Name,Art,Beschreibung,Distanz,Distanz\n7,"{date}",Tea run,Run,,5,5000\n'
    track = f"<gpx><trk><trkseg><trkpt lat='{LAT}' lon='{LON}'><time>{ISO}</time></trkpt></trkseg></trk></gpx>"
    found = read(tmp_path, {"export_7/activities.csv": table, "export_7/activities/7.gpx": track})
    assert (said(found), when(found), times(found)) == ([("Tea run", None)], [ISO], [ISO])


def test_routes_of_apple_health_with_its_own_additions(tmp_path: Path) -> None:
    """Speed and course stand in a part that others do not know; the folder may be given by itself."""
    more = "<extensions><speed>1.2</speed><course>90</course><hAcc>4</hAcc></extensions>"
    point = f'<trkpt lon="{LON}" lat="{LAT}"><ele>3</ele><time>2024-03-01T10:00:00Z</time>{more}</trkpt>'
    route = (
        '<?xml version="1.0" encoding="UTF-8"?>\n<gpx version="1.1" creator="Apple Health Export" '
        f'xmlns="http://www.topografix.com/GPX/1/1"><trk><name>Route</name><trkseg>{point}</trkseg></trk></gpx>'
    )
    folder = unpacked(tmp_path / "x", {"apple_health_export/workout-routes/route_2024-03-01_10.00am.gpx": route})
    for path in (folder, folder / "apple_health_export"):
        found = read_export(path, label="x")
        assert (spots(found), times(found), found.private_points) == ([(LAT, LON)], [ISO], 1)


def test_a_file_in_the_letters_of_windows(tmp_path: Path) -> None:
    """UTF-16 cannot be read as a table or as JSON: it is said, or gives nothing, and stops nothing."""
    out = io.StringIO("id,date,title,body\n1,2024-03-01,Tea,x\n").getvalue().encode("utf-16")
    path = packed(
        tmp_path, {"posts.csv": out, "comments.csv": encoded("id,date,body\n1,2024-03-01 10:00:00 UTC,Rain\n")}
    )
    assert ("Rain", True) in said(read_export(path, label="x"))
