"""Places that a person saved or checked in to: Snapchat and Swarm. After the files that the services give out."""

from __future__ import annotations

import re
from typing import Any

from unlisted.sources.exports.container import Member
from unlisted.sources.exports.found import Found
from unlisted.sources.exports.stream import elements
from unlisted.sources.exports.times import iso, seconds
from unlisted.sources.exports.values import node, text

_NUMBER = r"(-?\d{1,3}(?:\.\d{1,20})?)"
_PAIR = re.compile(rf"{_NUMBER}\s{{0,3}}(?:±\s{{0,3}}[\d.]{{1,20}}\s{{0,3}})?,\s{{0,3}}{_NUMBER}")
MAX_TEXT = 200


def _pair(value: object) -> tuple[str, str] | None:
    """The degrees of "Latitude, Longitude: 44.1, -40.2" or "44.1 ± 14.2, -40.2 ± 14.2"."""
    found = _PAIR.search(text(value)[:MAX_TEXT])
    return (found[1], found[2]) if found else None


def snapchat_memories(member: Member, found: Found) -> None:
    """memories_history.json: photos that were kept, for nobody else to see."""
    for key, item in elements(member.stream()):
        row = node(item)
        if key == "Saved Media":
            found.post("", iso(row.get("Date")), public=False, pair=_pair(row.get("Location")))


def snapchat_history(member: Member, found: Found) -> None:
    """location_history.json: rows of a time and a position, in either of two forms."""
    number = found.number()
    for key, item in elements(member.stream()):
        if key != "Location History":
            continue
        when, where = item[:2] if isinstance(item, list) and len(item) >= 2 else _named(node(item))
        found.point(_pair(where), iso(when), number, public=False)


def _named(row: dict[str, Any]) -> tuple[object, object]:
    return row.get("Time"), row.get("Latitude, Longitude")


def swarm(member: Member, found: Found) -> None:
    """checkins.json, visits.json: friends see check-ins, and the export does not say who else."""
    for key, item in elements(member.stream()):
        if key not in {"items", ""}:
            continue
        row = node(item)
        place = node(node(row.get("venue")).get("location"))
        at = _moment(row.get("createdAt") or row.get("timeArrived"))
        lat, lon = row.get("lat", place.get("lat")), row.get("lng", place.get("lng"))
        public = False if row.get("private") is True or row.get("visibility") == "private" else None
        found.post(row.get("shout"), at, public=public, pair=(lat, lon))


def _moment(value: object) -> Any:
    return seconds(value) if isinstance(value, int | float) else iso(value)
