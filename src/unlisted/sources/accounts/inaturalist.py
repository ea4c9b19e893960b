"""iNaturalist: observations and users (interfaces v0, v1, v2). Who identifies or comments is somebody else."""

from __future__ import annotations

from typing import Any

from unlisted.sources.accounts.gather import Gatherer, degrees, first, node, nodes, when
from unlisted.sources.accounts.profiles import point

HIDDEN = frozenset({"obscured", "private"})
"""Positions that the service moves to a random spot: shown as fields, and no place to draw a conclusion from."""
USER = {
    "login": "nickname",
    "name": "name",
    "created_at": "created_at",
    "last_active": "last_active_at",
    "orcid": "same_as",
}


def read(payload: object, found: Gatherer) -> None:
    """A list of results, a list, or one object."""
    results = payload["results"] if isinstance(payload, dict) and "results" in payload else payload
    for item in nodes(results):
        if "login" in item:
            _user(item, found)
        else:
            _observation(item, found)


def _user(user: dict[str, Any], found: Gatherer) -> None:
    found.table(user, USER)
    found.site("avatar", first(user, "icon_url", "icon"), "icon_url")


def _observation(item: dict[str, Any], found: Gatherer) -> None:
    at = when(first(item, "time_observed_at", "observed_on"))
    key = str(item.get("uuid") or item.get("id") or "")
    exact = item.get("obscured") is not True and item.get("geoprivacy") not in HIDDEN
    for prefix in ("", "private_"):
        for lat, lon in _pairs(item, prefix):
            found.position(lat, lon, f"{prefix}location", at=at, key=key, exact=exact or bool(prefix))
        found.add("location_text", item.get(f"{prefix}place_guess"), f"{prefix}place_guess")
    if "user" in item:
        _user(node(item["user"]), found)
    if at is not None:
        pairs = (degrees(*both) for both in _pairs(item, "")) if exact else ()
        pair = next((pair for pair in pairs if pair), None)
        found.post(item.get("description"), at, key, pair=pair)


def _pairs(item: dict[str, Any], prefix: str) -> list[tuple[object, object]]:
    """The places where an observation says its position, each as (latitude, longitude)."""
    location = item.get(f"{prefix}location")
    halves = location.split(",") if isinstance(location, str) else location if isinstance(location, list) else []
    lon, lat = point(item.get(f"{prefix}geojson"))
    pairs = [(lat, lon), (item.get(f"{prefix}latitude"), item.get(f"{prefix}longitude"))]
    return ([(halves[0], halves[1])] if len(halves) == 2 else []) + pairs
