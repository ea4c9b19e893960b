"""Positions in feeds: GeoRSS in its simple and its GML form, W3C geo and its older kin.

After the GeoRSS encodings (OGC 17-002r1) and the W3C Basic Geo vocabulary. Latitude comes first. A line,
a box, a polygon or a circle is an area: its middle is a position only where all of it is one spot.
"""

from __future__ import annotations

import re
from xml.etree.ElementTree import Element

from unlisted.extract.geo import metres
from unlisted.sources.accounts.gather import degrees
from unlisted.sources.accounts.parse import child_text, children, local, text_of

SPOT_M = 1_000.0
"""An area that is wider is no spot where somebody was."""
MAX_NUMBERS = 2_000
"""Numbers of one line or polygon that are looked at."""

AREAS = frozenset({"line", "box", "polygon", "circle", "posList", "Envelope", "CircleByCenterPoint"})
_EPSG = re.compile(r"(?:^|[:/#])(\d{3,6})$")
_APART = re.compile(r"[\s,]+")

Pair = tuple[float, float]


def halves(element: Element) -> tuple[str, str] | None:
    """Latitude and longitude as written in this element: a point, or two numbers beside each other."""
    name = local(element)
    if name in {"point", "lat_long"} or (name == "Point" and _inner(element) is not None):
        inner = _inner(element) if name == "Point" else element
        parts = _APART.split(text_of(inner)[:200].strip()) if _wgs84(element) else []
        return (parts[0], parts[1]) if len(parts) >= 2 else None
    lat = child_text(element, "lat") or child_text(element, "latitude")
    lon = next((text for key in ("long", "lon", "longitude") if (text := child_text(element, key))), "")
    return (lat, lon) if lat and lon else _attributes(element) if name == "Point" else None


def pair_of(element: Element) -> Pair | None:
    """The position of an entry: one that it names, else the middle of an area that is one spot."""
    exact = (degrees(*both) for child in element.iter() if (both := halves(child)))
    named = next((pair for pair in exact if pair), None)
    if named is not None:
        return named
    areas = (_middle(child) for child in element.iter() if local(child) in AREAS and _wgs84(child))
    return next((pair for pair in areas if pair), None)


def _inner(element: Element) -> Element | None:
    """What holds the numbers of a GML point."""
    return next(children(element, "pos", "coordinates"), None)


def _attributes(element: Element) -> tuple[str, str] | None:
    """The numbers of a point that is written in one line."""
    found = {key.rpartition("}")[2]: value for key, value in element.attrib.items()}
    return (found["lat"], found["long"]) if found.keys() >= {"lat", "long"} else None


def _middle(element: Element) -> Pair | None:
    """The middle of an area, None where it is too wide or no area."""
    name = local(element)
    if name == "CircleByCenterPoint":
        text = f"{child_text(element, 'pos')} {child_text(element, 'radius')}"
    elif name == "Envelope":
        text = f"{child_text(element, 'lowerCorner')} {child_text(element, 'upperCorner')}"
    else:
        text = text_of(element)
    try:
        numbers = [float(part) for part in _APART.split(text.strip())[: MAX_NUMBERS + 1]]
    except ValueError:
        return None
    round_ = name in {"circle", "CircleByCenterPoint"}
    if len(numbers) > MAX_NUMBERS or (round_ and (len(numbers) != 3 or not 0 <= 2 * numbers[2] <= SPOT_M)):
        return None
    return _spot(numbers[:2] if round_ else numbers)


def _spot(numbers: list[float]) -> Pair | None:
    """The middle of some positions in a row, where they lie together."""
    pairs = [degrees(*both) for both in zip(numbers[::2], numbers[1::2], strict=False)]
    known = [pair for pair in pairs if pair is not None]
    if not known or len(known) < len(pairs) or len(numbers) % 2:
        return None
    lats, lons = zip(*known, strict=True)
    south, north, west, east = min(lats), max(lats), min(lons), max(lons)
    return ((south + north) / 2, (west + east) / 2) if metres(south, west, north, east) <= SPOT_M else None


def _wgs84(element: Element) -> bool:
    """Whether coordinates are degrees: no reference system named, or EPSG 4326."""
    inner = _inner(element)
    system = element.get("srsName") or (inner.get("srsName") if inner is not None else None) or ""
    code = _EPSG.search(system[-60:])
    return not system or system.endswith("CRS84") or (code is not None and code[1] == "4326")
