"""Google Takeout: location history in its three forms, the notes that stand beside photos, and reviews of places.

Forms: Records.json (and the older "Location History.json"), the monthly Semantic Location History, and the Timeline that a phone
exports. File names are translated into the person's language, so that the first bytes tell what a file is.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from typing import Any, TypeGuard

from unlisted.sources.exports.container import Member
from unlisted.sources.exports.found import Found, Pair
from unlisted.sources.exports.stream import decoded, elements
from unlisted.sources.exports.times import iso, seconds

MAX_STAY = 24
"""Full hours of one stay that count."""

MAX_PATH = 5_000
"""Points of one segment."""

WRAP = 4_294_967_296
"""Older exports hold numbers that ran over 32 bits."""

_LAT_LNG = re.compile(r"(?:geo:)?\s{0,3}(-?\d{1,3}(?:\.\d{1,20})?)\s{0,3}°?,\s{0,3}(-?\d{1,3}(?:\.\d{1,20})?)\s{0,3}°?")


def node(value: object) -> dict[str, Any]:
    """The value if it is an object, else an empty one."""
    return value if isinstance(value, dict) else {}


def rows(value: object) -> Iterator[dict[str, Any]]:
    """The objects in a list."""
    return (item for item in value[:MAX_PATH] if isinstance(item, dict)) if isinstance(value, list) else iter(())


def e7(place: dict[str, Any]) -> Pair | None:
    """The degrees of a pair in ten millionths; None where there is none."""
    lat, lon = place.get("latitudeE7"), place.get("longitudeE7")
    if not is_number(lat) or not is_number(lon):
        return None
    lat = lat - WRAP if lat > 900_000_000 else lat
    lon = lon - WRAP if lon > 1_800_000_000 else lon
    return lat / 1e7, lon / 1e7


def is_number(value: object) -> TypeGuard[int | float]:
    """Whether a value is a number that can stand for degrees; `True` is none, and neither is one with hundreds of digits."""
    return isinstance(value, int | float) and not isinstance(value, bool) and abs(value) <= WRAP


def lat_lng(value: object) -> Pair | None:
    """The degrees of "44.1°, -40.2°" or "geo:44.1,-40.2"; None where there is none."""
    text = value.get("latLng", value.get("LatLng")) if isinstance(value, dict) else value
    found = _LAT_LNG.fullmatch(text.strip()) if isinstance(text, str) and len(text) <= 80 else None
    return (found[1], found[2]) if found else None


def when(row: dict[str, Any], *names: str) -> datetime | None:
    """The first of these times that can be read: as text, or in milliseconds under the name with "Ms"."""
    for name in names:
        if at := iso(row.get(name)) or seconds(row.get(f"{name}Ms"), per=1_000):
            return at
    return None


def stay(found: Found, pair: Pair | None, start: datetime | None, end: datetime | None, key: str) -> None:
    """A stay counts when it begins, at each hour of it, and when it ends: so that a night at home is a night."""
    moments = [start]
    if start is not None and end is not None and end > start:
        hours = min(MAX_STAY, int((end - start) / timedelta(hours=1)))
        moments += [start + timedelta(hours=number) for number in range(1, hours + 1)]
        moments.append(end)
    for at in moments:
        if not found.point(pair, at, key, public=False):
            return


def records(member: Member, found: Found) -> None:
    """Records.json: one point a row."""
    key = found.number()
    for name, row in elements(member.stream()):
        if name != "locations" or not isinstance(row, dict):
            continue
        pair = e7(row)
        found.point(pair, when(row, "timestamp"), key, public=False)


def semantic(member: Member, found: Found) -> None:
    """A month of Semantic Location History: stays, and the ends of ways."""
    key = found.number()
    for name, row in elements(member.stream()):
        if name != "timelineObjects" or not isinstance(row, dict):
            continue
        visit, way = node(row.get("placeVisit")), node(row.get("activitySegment"))
        time = node((visit or way).get("duration"))
        start, end = when(time, "startTimestamp"), when(time, "endTimestamp")
        if visit:
            stay(found, e7(node(visit.get("location"))), start, end, key)
        for place, at in ((way.get("startLocation"), start), (way.get("endLocation"), end)):
            if pair := e7(node(place)):
                found.point(pair, at, key, public=False)


def timeline(member: Member, found: Found) -> None:
    """The Timeline of a phone: of Android an object with segments and raw positions, of an iPhone a list of segments."""
    key = found.number()
    for name, row in elements(member.stream()):
        if name == "rawSignals":
            position = node(node(row).get("position"))
            if position:
                pair = lat_lng(position)
                found.point(pair, when(position, "timestamp"), key, public=False)
        elif name in {"", "semanticSegments"}:
            _segment(node(row), found, key)


def _segment(row: dict[str, Any], found: Found, key: str) -> None:
    start, end = when(row, "startTime"), when(row, "endTime")
    visit, way = node(row.get("visit")), node(row.get("activity"))
    if visit:
        stay(found, lat_lng(node(visit.get("topCandidate")).get("placeLocation")), start, end, key)
    for place, at in ((way.get("start"), start), (way.get("end"), end)):
        if pair := lat_lng(place):
            found.point(pair, at, key, public=False)
    for step in rows(row.get("timelinePath")):
        pair = lat_lng(step.get("point"))
        found.point(pair, when(step, "time") or _later(start, step), key, public=False)


def _later(start: datetime | None, step: dict[str, Any]) -> datetime | None:
    """The time of a step that counts its minutes from the start of its segment."""
    minutes = step.get("durationMinutesOffsetFromStartTime")
    try:
        return start + timedelta(minutes=float(str(minutes)[:20])) if start is not None else None
    except (ValueError, OverflowError):
        return None


def sidecar(member: Member, found: Found) -> None:
    """The note beside a photo: where and when it was taken. (0, 0) stands for no place."""
    row: dict[str, Any] = {}
    for name, value in elements([member.whole()]):
        row.setdefault(name, value)
    at = seconds(node(row.get("photoTakenTime")).get("timestamp"))
    key = found.number()
    for name in ("geoDataExif", "geoData"):
        place = node(row.get(name))
        if place.get("latitude") or place.get("longitude"):
            found.point((place.get("latitude"), place.get("longitude")), at, key)
            return


def reviews(member: Member, found: Found) -> None:
    """Reviews.json of Maps: what the person wrote about places, for everybody to read. GeoJSON has the longitude first."""
    for name, row in elements(member.stream()):
        about, spot = node(node(row).get("properties")), node(node(row).get("geometry")).get("coordinates")
        if name == "features" and about:
            pair = (spot[1], spot[0]) if isinstance(spot, list) and len(spot) >= 2 else None
            found.post(about.get("review_text_published"), when(about, "date"), public=True, pair=pair)


Reader = Callable[[Member, Found], None]

KEYS: tuple[tuple[str, Reader], ...] = (
    ('"locations"', records),
    ('"timelineObjects"', semantic),
    ('"semanticSegments"', timeline),
    ('"rawSignals"', timeline),
    ('"photoTakenTime"', sidecar),
    ('"timelinePath"', timeline),
    ('"topCandidate"', timeline),
    ('"timelineMemory"', timeline),
    ('"five_star_rating_published"', reviews),
    ('"review_text_published"', reviews),
)
"""A key among the first bytes tells the form."""


def by_content(member: Member) -> Reader | None:
    """The reader for a JSON file whose name is in the person's language."""
    head = decoded(member.head())
    found = [(head.index(key), reader) for key, reader in KEYS if key in head]
    return min(found, key=lambda item: item[0])[1] if found else None
