"""Exports with values that cannot be right, in odd encodings, or with nothing in them."""

from __future__ import annotations

import json
import random
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from tests.exports.made import LAT, LON, packed, read, spots, unpacked
from tests.growth import grows_in_step

from unlisted.audit import examine
from unlisted.errors import NotRead
from unlisted.model import AuditResult, Fact, Source, SourceKind, Subject
from unlisted.sources.accounts.gather import when
from unlisted.sources.calendar import since_1970
from unlisted.sources.exports import read_export, read_tracks, times
from unlisted.sources.exports.container import is_shadow
from unlisted.sources.exports.found import LONG, MANY, MAX_FIELDS, MAX_TEXT
from unlisted.sources.exports.read import EMPTY
from unlisted.sources.exports.stream import MAX_DIGITS, elements
from unlisted.sources.fetch import Fetcher
from unlisted.sources.tracks import xml

RECORDS = "Takeout/Location History/Records.json"
HERE = {"latitudeE7": round(LAT * 1e7), "longitudeE7": round(LON * 1e7), "timestamp": "2024-01-01T10:00:00Z"}
POSTS = "id,date,title,body\n1,2024-01-01 10:00:00 UTC,café,tea\n"


def records(*rows: str) -> str:
    """A history of these rows and a good one behind them."""
    return '{"locations": [' + ", ".join((*rows, json.dumps(HERE))) + "]}"


def row(**more: Any) -> str:
    """A row."""
    return json.dumps({**HERE, **more})


def audited(path: Path, kind: SourceKind = SourceKind.EXPORT) -> AuditResult:
    """A whole audit of one file of the person."""
    home = Fact(kind="address", label="home", value="27 Larch Row, Marrow Bay, ME 04000", lat=LAT, lon=LON)
    subject = Subject(facts=(home,), sources=(Source(label="mine", kind=kind, path=str(path)),))
    with Fetcher() as fetcher:
        return examine(subject, now=datetime(2026, 11, 21, tzinfo=UTC), rng=random.Random(0), fetcher=fetcher).result


@pytest.mark.parametrize(
    "bad",
    [
        '{"latitudeE7": 1' + "0" * 400 + ', "longitudeE7": 1}',
        '{"latitudeE7": 1' + "0" * 9_000 + ', "longitudeE7": 1}',
        '{"latitudeE7": -1' + "0" * 400 + ', "longitudeE7": 1}',
        '{"latitudeE7": NaN, "longitudeE7": Infinity}',
        '{"latitudeE7": true, "longitudeE7": 1}',
        '{"latitudeE7": null, "longitudeE7": 1}',
        '{"latitudeE7": 910000000, "longitudeE7": 1}',
    ],
)
def test_a_row_that_cannot_be_right_costs_itself_alone(tmp_path: Path, bad: str) -> None:
    """The good row behind it is read, and the bad one is counted and told."""
    found = read(tmp_path, {RECORDS: records(bad)})
    assert (spots(found), found.bad_points, found.skipped) == ([(LAT, LON)], 1, [])
    reasons = [one.reason for one in audited(tmp_path / "export.zip").not_checked]
    assert "positions in it that cannot be right: 1, left out" in reasons


@pytest.mark.parametrize(
    "moment",
    [
        "0001-01-01T00:00:00+14:00",
        "9999-12-31T23:59:59-12:00",
        "1700-01-01T00:00:00Z",
        "9999-12-31T24:00:00Z",
        10**30,
        "x",
    ],
)
def test_a_time_at_the_ends_of_the_calendar_stops_no_audit(tmp_path: Path, moment: object) -> None:
    """Whatever the clock of the phone said."""
    rows = [row(timestamp=moment, timestampMs=moment)] * 30
    result = audited(packed(tmp_path, {RECORDS: records(*rows)}))
    assert [(one.read, one.found) for one in result.sources] == [(1, 1)]
    assert not [one.reason for one in result.not_checked if "error" in one.reason]


def test_a_stay_at_the_end_of_the_calendar_stops_no_audit(tmp_path: Path) -> None:
    """From the first year to the last, and one that ends before it begins."""
    ends = [
        ("0001-01-01T00:00:00Z", "9999-12-31T23:59:59Z"),
        ("9999-12-31T20:00:00-12:00", "9999-12-31T23:59:59-12:00"),
    ]
    stays = [
        {"placeVisit": {"location": HERE, "duration": {"startTimestamp": start, "endTimestamp": end}}}
        for start, end in (*ends, ends[0][::-1])
    ]
    result = audited(packed(tmp_path, {"2024_JANUARY.json": {"timelineObjects": stays}}))
    assert [(one.read, one.found) for one in result.sources] == [(1, 1)]


def test_a_track_with_bad_points_says_so(tmp_path: Path) -> None:
    """Off the globe, no number, the middle of nowhere."""
    points = "".join(f"<trkpt lat='{lat}' lon='1'/>" for lat in ("43.5", "91", "x", "NaN"))
    path = tmp_path / "a.gpx"
    path.write_text(f"<gpx><trk><trkseg>{points}</trkseg></trk></gpx>")
    reasons = [one.reason for one in audited(path, SourceKind.TRACKS).not_checked]
    assert "positions in it that cannot be right: 3, left out" in reasons


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le-mark", "utf-16-be-mark"])
def test_json_is_read_in_the_encodings_that_programs_save_it_in(tmp_path: Path, encoding: str) -> None:
    """By its mark; a history whose name is in another language is known by its first bytes all the same."""
    text = records()
    raw = ("\ufeff" + text).encode(encoding[:9]) if encoding.endswith("mark") else text.encode(encoding)
    assert spots(read(tmp_path, {"Takeout/Historique/Positions.json": raw})) == [(LAT, LON)]


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        (POSTS, "utf-8"),
        (POSTS, "utf-16"),
        (POSTS, "cp1252"),
        (POSTS.replace(",", ";"), "cp1252"),
        (POSTS.replace(",", "\t"), "utf-16"),
        ('"id","date","title","body"\n1,2024-01-01 10:00:00 UTC,"café","tea"\n', "utf-8"),
        ('Notes:\n"one; two, three; four; five"\n\n' + POSTS, "utf-8"),
    ],
)
def test_tables_are_read_as_programs_for_tables_save_them(tmp_path: Path, text: str, encoding: str) -> None:
    """In another encoding, with another sign between cells, with quotes or notes before the headings."""
    found = read(tmp_path, {"posts.csv": text.encode(encoding)})
    assert [(post.text, str(post.at)[:10]) for post in found.posts] == [("café\ntea", "2024-01-01")]


@pytest.mark.parametrize(
    "files",
    [
        {RECORDS: {"locations": []}},
        {RECORDS: {"locations": None}},
        {"posts.csv": ""},
        {"posts.csv": "id,date,title,body\n", "comments.csv": "\n\n"},
        {"data/tweets.js": "window.YTD.tweets.part0 = []", "data/account.js": "window.YTD.account.part0 = []"},
        {"outbox.json": {"orderedItems": []}, "actor.json": {}},
    ],
)
def test_an_export_with_nothing_in_it_is_not_read(tmp_path: Path, files: dict[str, object]) -> None:
    """It is not clear of anything: nobody knows whether it is the right one."""
    with pytest.raises(NotRead) as error:
        read(tmp_path, files)
    assert error.value.reason == EMPTY
    result = audited(packed(tmp_path, files))
    assert [(one.read, one.found) for one in result.sources] == [(0, 1)]
    assert result.clear == ()


def test_messages_alone_are_something(tmp_path: Path) -> None:
    """What is only counted counts."""
    assert read(tmp_path, {"message_requests/a/message_1.json": {"messages": [{}]}}).hidden["messages"] == 1


def test_what_a_mac_writes_beside_each_file_is_no_file_of_the_export(tmp_path: Path) -> None:
    """In an archive and in a folder, of posts and of tracks."""
    shadow = b"\x00\x05\x16\x07\x00\x02\x00\x00Mac OS X        "
    track = f"<gpx><trk><trkseg><trkpt lat='{LAT}' lon='{LON}'/></trkseg></trk></gpx>"
    files = {
        "runs/a.gpx": track,
        "__MACOSX/runs/._a.gpx": shadow,
        "__MACOSX/runs/b.gpx": shadow,
        "posts.csv": POSTS,
        "__MACOSX/._posts.csv": shadow,
    }
    for path in (packed(tmp_path, files), unpacked(tmp_path / "open", files)):
        for found in (read_export(path, label="mine"), read_tracks(path, label="mine")):
            assert (found.skipped, found.broken, len(found.points)) == ([], 0, 1)
    assert not is_shadow("macosx/a.gpx")
    assert not is_shadow("a._b.gpx")


def test_numbers_without_end_are_cut() -> None:
    """The digits that count are kept, and reading goes on."""
    found = list(elements([b'{"a": [1' + b"0" * 20_000 + b", 2]}"]))
    assert found == [("a", 10 ** (MAX_DIGITS - 1)), ("a", 2)]


def test_numbers_without_end_cost_what_they_are_long() -> None:
    """Many of them in one element."""
    grows_in_step(
        lambda size: b'{"a": [[' + b",".join([b"9" * 5_000] * size) + b"]]}", lambda raw: list(elements([raw])), 20
    )


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("2024-01-01T10:00:00", "2024-01-01 10:00:00+00:00"),
        ("2024-01-01T10:00:00+02:00", "2024-01-01 10:00:00+02:00"),
        ("0001-01-01T00:00:00+14:00", "None"),
        ("0001-01-01T00:00:00-14:00", "0001-01-01 00:00:00-14:00"),
        ("9999-12-31T23:59:59-12:00", "None"),
        ("9999-12-31T23:59:59+12:00", "9999-12-31 23:59:59+12:00"),
    ],
)
def test_a_time_that_no_other_zone_can_tell_is_none(text: str, shown: str) -> None:
    """In tables, histories and tracks alike."""
    assert {str(read_time(text)) for read_time in (times.iso, times.words, xml.moment)} == {shown}


def test_files_of_data_that_nobody_knows_are_told(tmp_path: Path) -> None:
    """What somebody wrote may stand in them: comments, lists, drafts. Pictures and pages for looking are no data."""
    files: dict[str, object] = {
        "posts.csv": POSTS,
        "drafts.csv": POSTS,
        "comments_and_reactions/comments.json": {"comments_v2": []},
        "media/a.jpg": b"\xff\xd8",
        "start.html": "<html></html>",
    }
    assert read(tmp_path, files).unread == 2
    reasons = [one.reason for one in audited(tmp_path / "export.zip").not_checked]
    assert "files of data in it that this version does not know: 2, not read" in reasons
    assert read(tmp_path, {"posts.csv": POSTS, "a.gpx": "<gpx/>"}).unread == 0


@pytest.mark.parametrize(
    "name",
    [
        *(
            "likes.json",
            "bookmarks.json",
            "following_accounts.csv",
            "data/like.js",
            "data/follower.js",
            "data/manifest.js",
        ),
        *(
            "data/ad-engagements.js",
            "post_votes.csv",
            "saved_posts.csv",
            "Connections.csv",
            "followers_1.json",
            "friends.csv",
        ),
    ],
)
def test_lists_of_what_others_made_are_no_gap(tmp_path: Path, name: str) -> None:
    """The docs say that they are not read; no words of the person stand in them."""
    assert read(tmp_path, {"posts.csv": POSTS, name: "[]"}).unread == 0


@pytest.mark.parametrize(
    "name", ["comments.json", "data/article.js", "unlikely.json", "my-list-of-days.json", "notes.csv"]
)
def test_other_data_is_a_gap(tmp_path: Path, name: str) -> None:
    """A name that only looks like that of a list counts."""
    assert read(tmp_path, {"posts.csv": POSTS, name: "[]"}).unread == 1


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("data/community-tweet.js", 'window.YTD.community_tweet.part0 = [{"tweet": {"full_text": "tea"}}]'),
        ("your_instagram_activity/media/other_content.json", {"ig_other_media": [{"media": [{"title": "tea"}]}]}),
        (
            "your_instagram_activity/threads/threads_and_replies.json",
            {"text_post_app_text_posts": [{"media": [{"title": "tea"}]}]},
        ),
    ],
)
def test_posts_in_newer_files_are_read(tmp_path: Path, name: str, content: object) -> None:
    """Groups of X, what else Instagram keeps, and Threads."""
    assert [post.text for post in read(tmp_path, {name: content}).posts] == ["tea"]


@pytest.mark.parametrize(
    ("cell", "links"),
    [
        ("[PERSONAL:https://a.example/]", ["https://a.example/"]),
        ('"[COMPANY:https://a.example/x,OTHER:http://b.example]"', ["https://a.example/x", "http://b.example"]),
        ("https://a.example", ["https://a.example"]),
        ("a.example", []),
        ("", []),
    ],
)
def test_the_links_of_a_profile_are_taken_one_by_one(tmp_path: Path, cell: str, links: list[str]) -> None:
    """The table writes their kind before each."""
    found = read(tmp_path, {"Profile.csv": f"First Name,Last Name,Websites\nWren,Ash,{cell}\n"})
    assert [field.value for field in found.fields if field.kind == "website"] == links


@pytest.mark.parametrize("unit", [1, 1_000, 1_000_000, 1_000_000_000])
@pytest.mark.parametrize("written", [int, float, str])
def test_counts_of_time_are_read_in_any_unit(unit: int, written: Callable[[int], object]) -> None:
    """Seconds, thousandths, millionths, billionths: no service counts seconds of the year 5138."""
    shown = {
        str(times.seconds(written(1_700_000_000 * unit)))[:19],
        str(times.seconds(written(1_700_000_000_000), per=1_000))[:19],
    }
    assert shown == {"2023-11-14 22:13:20"}
    assert str(when(1_700_000_000 * unit))[:19] == "2023-11-14 22:13:20"


@pytest.mark.parametrize("count", [float("nan"), float("inf"), -float("inf"), 10**400, -(10**400), 1e300, True])
def test_counts_that_are_no_time_are_none(count: Any) -> None:
    """Whatever a file claims."""
    assert times.seconds(count) is None
    assert when(count) is None


@pytest.mark.parametrize(("count", "year"), [(0, 1970), (-2_000_000_000, 1906), (99_999_999_999, 5138), (-1e12, 1938)])
def test_counts_before_1970_and_far_after_it_are_times(count: float, year: int) -> None:
    """Old photos have them."""
    at = since_1970(count)
    assert at is not None
    assert at.year == year


def test_a_text_that_is_longer_than_is_read_is_said(tmp_path: Path) -> None:
    """The end of it may hold anything."""
    for length, said in ((MAX_TEXT, []), (MAX_TEXT + 1, [LONG])):
        words = "".join(random.Random(1).choices("abcdefghij ", k=length - 2)) + "zz"
        tweets = "window.YTD.tweets.part0 = " + json.dumps([{"tweet": {"full_text": words}}])
        found = read(tmp_path, {"data/tweets.js": tweets})
        assert (len(found.posts[0].text), found.skipped) == (MAX_TEXT, said)


def test_a_profile_with_more_lines_than_are_read_is_said(tmp_path: Path) -> None:
    """The first ones are kept."""
    lines = "".join(f"School {number}\n" for number in range(MAX_FIELDS + 1))
    found = read(tmp_path, {"Education.csv": "School Name,Notes\n" + lines.replace("\n", ",x\n")})
    assert (len(found.fields), found.skipped) == (MAX_FIELDS, [MANY])
