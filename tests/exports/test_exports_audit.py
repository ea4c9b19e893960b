"""Exports and tracks within an audit: what is told, what is counted, and what follows for places."""

from __future__ import annotations

import json
import random
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from tests.exports.made import LAT, LON, packed, unpacked

from unlisted.audit import audit
from unlisted.audit.drawn import draw
from unlisted.audit.exported import BATCH, at, batches, with_ends, within, zone
from unlisted.audit.observed import Observed
from unlisted.model import AuditResult, Fact, Place, PlaceSeen, Point, Points, Post, Source, SourceKind, Subject
from unlisted.sources.fetch import Fetcher

HOME = Fact(
    kind="address",
    label="home",
    street="27 Larch Row",
    town="Marrow Bay",
    state="ME",
    postcode="04000",
    lat=LAT,
    lon=LON,
)
PHONE = Fact(kind="phone", label="mobile", value="+1 207 555 0199")
NOW = datetime(2026, 11, 21, tzinfo=UTC)


def audited(*sources: Source, progress: list[tuple[str, int, int]] | None = None) -> AuditResult:
    """The audit of a person with these sources."""
    subject = Subject(facts=(HOME, PHONE), sources=sources)
    steps = progress if progress is not None else []
    with Fetcher() as fetcher:
        return audit(subject, now=NOW, rng=random.Random(1), fetcher=fetcher, progress=lambda *step: steps.append(step))


def export(path: Path, label: str = "my export", service: str | None = None) -> Source:
    """An export as a source."""
    return Source(label=label, kind=SourceKind.EXPORT, path=str(path), service=service)


def tracks(path: Path) -> Source:
    """A folder of tracks as a source."""
    return Source(label="my runs", kind=SourceKind.TRACKS, path=str(path))


def nights(days: int = 60) -> list[dict[str, object]]:
    """Stays at home every night, at work every weekday."""
    rows: list[dict[str, object]] = []
    for day in range(days):
        start = datetime(2024, 1, 1, tzinfo=UTC) + timedelta(days=day)
        home = {"latitudeE7": int(LAT * 1e7), "longitudeE7": int(LON * 1e7)}
        away = {"latitudeE7": int((LAT + 0.05) * 1e7), "longitudeE7": int(LON * 1e7)}
        rows += [
            {"placeVisit": {"location": home, "duration": span(start + timedelta(hours=22), 12)}},
            {"placeVisit": {"location": away, "duration": span(start + timedelta(hours=12), 8)}},
        ]
    return rows


def span(start: datetime, hours: int) -> dict[str, str]:
    """A duration as the service writes it."""
    return {"startTimestamp": start.isoformat(), "endTimestamp": (start + timedelta(hours=hours)).isoformat()}


def tweet(text: str, **more: object) -> dict[str, object]:
    """One post of an X archive."""
    return {"tweet": {"full_text": text, "created_at": "Fri Mar 01 10:00:00 +0000 2024", **more}}


def x_archive(*posts: dict[str, object]) -> dict[str, object]:
    """The files of an X archive."""
    return {"data/tweets.js": "window.YTD.tweets.part0 = " + json.dumps(posts)}


def checks_of(result: AuditResult) -> set[str]:
    """The checks that found something."""
    return {item.check for item in result.findings}


def reasons(result: AuditResult) -> str:
    """All that was not checked."""
    return "\n".join(item.reason for item in result.not_checked)


def test_a_declared_phone_in_a_public_post_is_found_with_its_number(tmp_path: Path) -> None:
    """The person can go to the post; the number of the phone is nowhere."""
    path = packed(tmp_path, x_archive(tweet("Good morning."), tweet("Ring me at 207 555 0199 tonight.")))
    result = audited(export(path))
    (found,) = [item for item in result.findings if item.check == "profiles/phone"]
    assert (found.fact, found.where) == ("mobile", "post 2 in the export")
    assert "555" not in repr(result)


def test_a_public_position_at_home_is_found(tmp_path: Path) -> None:
    """Each post with a position is compared with the declared places."""
    here = {"coordinates": {"type": "Point", "coordinates": [str(LON), str(LAT)]}}
    result = audited(export(packed(tmp_path, x_archive(tweet("Tea.", **here)))))
    assert [(item.kind, item.fact) for item in result.findings if item.kind == "position"] == [("position", "home")]


def test_private_words_are_counted_and_not_read(tmp_path: Path) -> None:
    """A message to followers only is no finding."""
    note = {
        "content": "<p>Ring me at 207 555 0199</p>",
        "published": "2024-03-01T10:00:00Z",
        "to": ["https://a.example/f"],
    }
    result = audited(export(packed(tmp_path, {"outbox.json": {"orderedItems": [{"type": "Create", "object": note}]}})))
    assert checks_of(result) == set()
    assert "posts in it that are private there: 1," in reasons(result)


def test_what_the_export_does_not_say_is_said(tmp_path: Path) -> None:
    """Facebook leaves out who sees a post."""
    files = {"posts/your_posts_1.json": [{"timestamp": 1709287200, "data": [{"post": "Ring me at 207 555 0199"}]}]}
    result = audited(export(packed(tmp_path, files)))
    assert checks_of(result) == set()
    assert "does not say who sees them: 1;" in reasons(result)


def test_a_private_history_shows_home_to_those_who_sign_in_only(tmp_path: Path) -> None:
    """It is a place of the report, within a distance class, and no way in for strangers."""
    path = packed(tmp_path, {"2024/2024_JANUARY.json": {"timelineObjects": nights()}})
    result = audited(export(path))
    assert ("home", True, "within 100 m") in {(place.role, place.declared, place.distance) for place in result.places}
    assert "places/history" in checks_of(result)
    assert not checks_of(result) & {"places/home", "places/home-like", "places/work", "places/regular"}
    assert result.ways_in == ()
    assert "who else can sign in was not checked" in reasons(result)


def test_an_export_is_shown_as_access(tmp_path: Path) -> None:
    """Not as proof that the account is the person's alone."""
    result = audited(export(packed(tmp_path, x_archive(tweet("Tea.")))))
    assert [(one.kind, one.control, one.read, one.found) for one in result.sources] == [("export", "access", 1, 1)]


def test_a_private_history_makes_nothing_surer_that_others_see() -> None:
    """Three photos stay three photos, however long the history beside them."""
    start = datetime(2024, 1, 1, 22, tzinfo=UTC)
    photos = [Point(LAT, LON, start + timedelta(days=day), f"photos#{day}", "photos") for day in (0, 9, 20)]
    history = [
        Point(LAT, LON, start + timedelta(hours=hour), "history#1", "history", private=True) for hour in range(2000)
    ]
    alone, _ = draw(Observed(points=Points(photos)), Subject(facts=(HOME,)))
    both, shown = draw(Observed(points=Points(photos + history)), Subject(facts=(HOME,)))
    assert [item for item in both if not item.private] == alone
    assert {item.place.kind for item in both if item.private} >= {"home"}
    assert len({item.rank for item in both}) == len(both)
    assert len(shown) >= 2


def test_letters_go_on_from_the_shared_to_the_private() -> None:
    """No two places bear one letter."""
    start = datetime(2024, 1, 1, 22, tzinfo=UTC)
    points = [Point(LAT, LON, start, "a#1", "a"), Point(LAT + 1, LON, start, "b#1", "b", private=True)]
    found, _ = draw(Observed(points=Points(points)), Subject())
    assert [(item.letter, item.private) for item in found] == [("A", False), ("B", True)]


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04 no archive", b"\x00" * 100])
def test_a_file_that_is_no_export_is_not_checked(tmp_path: Path, content: bytes) -> None:
    """It stops nothing, and its reason is said."""
    path = tmp_path / "export.zip"
    path.write_bytes(content)
    result = audited(export(path), export(tmp_path / "absent.zip", label="other"))
    assert [(one.read, one.found) for one in result.sources] == [(0, 1), (0, 1)]
    assert len(result.not_checked) == 2


def test_a_service_that_is_not_known_is_said(tmp_path: Path) -> None:
    """With what to do."""
    result = audited(export(packed(tmp_path, x_archive(tweet("Tea."))), service="friendbook"))
    assert "leave out service" in reasons(result)


def test_progress_is_told_by_the_label_only(tmp_path: Path) -> None:
    """While points come in and while posts are looked at."""
    rows = [{"latitudeE7": 1, "longitudeE7": 1, "timestampMs": str(1709287200000 + n)} for n in range(6000)]
    posts = [
        tweet(" ".join(random.Random(n).sample(["tea", "rain", "bus", "cat", "book"] * 6, 30))) for n in range(3500)
    ]
    path = unpacked(tmp_path, {"Records.json": {"locations": rows}} | x_archive(*posts))
    steps: list[tuple[str, int, int]] = []
    audited(export(path), progress=steps)
    assert ("my export", 8500, 0) in steps
    assert any(total == 3500 for _, _, total in steps)
    assert {what for what, _, _ in steps} == {"my export", ""}


def test_posts_come_in_batches_that_leave_nothing_out() -> None:
    """Only those that everybody can read."""
    posts = [Post(text="x" * 1000, id=f"e#{n}", public=n % 2 == 0) for n in range(1, 1500)]
    made = list(batches(posts))
    assert len(made) == 2
    assert sum(len(blocks) for _, blocks in made) == 749
    assert all(sum(len(block.text) for block in blocks) <= BATCH + 1000 for _, blocks in made)
    assert made[0][1][0].locator.paragraph == 2


def run(turn: int, length: int = 60) -> str:
    """A GPX track that leaves home in one of several directions."""
    north, east = ((1, 0), (0, 1), (-1, 0), (0, -1), (0.7, 0.7), (-0.7, 0.7))[turn % 6]
    points = "".join(
        f'<trkpt lat="{LAT + north * step * 0.0005:.6f}" lon="{LON + east * step * 0.0007:.6f}">'
        f"<time>2024-03-{turn + 1:02d}T18:{step % 60:02d}:00Z</time></trkpt>"
        for step in range(length)
    )
    return f"<gpx><trk><trkseg>{points}</trkseg></trk></gpx>"


def test_tracks_that_begin_at_home_are_told(tmp_path: Path) -> None:
    """In all directions no zone would have kept the address back."""
    unpacked(tmp_path, {f"{turn:02d}.gpx": run(turn) for turn in range(12)})
    result = audited(tracks(tmp_path))
    assert [(item.check, item.fact) for item in result.findings if "track" in item.check] == [
        ("places/track-zones", "home")
    ]
    assert result.sources[0].read == 12


def test_tracks_that_stay_within_a_zone_would_have_been_kept_back(tmp_path: Path) -> None:
    """A short walk is hidden whole."""
    unpacked(tmp_path, {f"{turn:02d}.gpx": run(turn, length=20) for turn in range(12)})
    assert {item.check for item in audited(tracks(tmp_path)).findings if "track" in item.check} == {"places/track-ends"}


def seen_at_home() -> PlaceSeen:
    """A place at the declared home."""
    return PlaceSeen(place=Place(kind="home", center=(LAT, LON), radius_m=20, certainty=0.9), rank=1, fact=HOME)


@pytest.mark.parametrize(("outings", "ends"), [([], 0), ([[(LAT, LON), (LAT + 1, LON)]], 1), ([[], [(LAT, LON)]], 2)])
def test_few_ends_are_counted_and_no_zone_is_asked(outings: list[list[tuple[float, float]]], ends: int) -> None:
    """Two are no habit."""
    (found,) = with_ends([seen_at_home()], outings)
    assert (found.tracks_end_here, found.zone_m) == (ends, None)


def test_only_the_first_place_of_a_declared_fact_is_asked_about() -> None:
    """The others near it would say the same; places that nobody declared are left alone."""
    outings = [[(LAT, LON), (LAT + 1, LON)]]
    found = with_ends([seen_at_home(), seen_at_home(), replace(seen_at_home(), fact=None, letter="A")], outings)
    assert [item.tracks_end_here for item in found] == [1, 0, 0]


def test_the_smallest_zone_that_holds_is_named() -> None:
    """It and each wider one hides the whole walk."""
    ways = [[(LAT, LON), (LAT + n * 0.004, LON + e * 0.005)] for n, e in ((1, 0), (0, 1), (-1, 0), (0, -1))]
    dense: list[Sequence[tuple[float, float]]] = [
        [(a[0] + (b[0] - a[0]) * k / 50, a[1] + (b[1] - a[1]) * k / 50) for k in range(51)] for a, b in ways
    ]
    assert zone(dense, (LAT, LON)) == 600.0
    assert zone([], (LAT, LON)) == 200.0


def test_an_end_is_near_within_150_metres() -> None:
    """A hundred metres is near, two hundred is not."""
    assert at((LAT + 0.0009, LON), (LAT, LON))
    assert not at((LAT + 0.0018, LON), (LAT, LON))


def test_zones_are_tried_on_so_many_positions_only() -> None:
    """The rest is left out."""
    assert len(list(within([[(LAT, LON)] * 90_000] * 5))) == 2
