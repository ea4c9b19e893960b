"""Files that lie beside a photo and speak about it: XMP, and Google Takeout's JSON with its cut names.

`beside` says which files belong to a photo by their names; `apply` adds what they hold.
"""

from __future__ import annotations

import json
import re
from datetime import UTC, datetime
from pathlib import Path

from unlisted.errors import NotRead
from unlisted.extract.photo import xmp
from unlisted.extract.photo.found import Found
from unlisted.extract.photo.reader import Reader

MAX_SIDECAR = 2_000_000
"""Bytes read of a sidecar."""

CUTS = (46, 51)
"""Letters to which Takeout cuts a sidecar's name in front of ".json"."""

_NUMBERED = re.compile(r"^(.{1,200})\((\d{1,4})\)(\.[^.]{1,10})$")
_SECONDS = re.compile(r"-?[0-9]{1,11}")
_LABEL = ".supplemental-metadata"


def is_xmp(head: bytes) -> bool:
    """Whether a file begins like an XMP packet, in any of the encodings that occur."""
    start = head[:8_192].replace(b"\0", b"")
    return b"<x:xmpmeta" in start or b"<?xpacket begin" in start or b"<rdf:RDF" in start or b"<x:xapmeta" in start


def read_xmp(data: bytes, found: Found) -> None:
    """An XMP file."""
    found.format = "XMP"
    xmp.read(data, found)


def read_json(data: bytes, found: Found) -> bool:
    """A Takeout sidecar; False for any other JSON."""
    try:
        told = json.loads(data)
    except (ValueError, RecursionError):
        return False
    if not isinstance(told, dict) or not isinstance(told.get("photoTakenTime"), dict):
        return False
    found.format = "TAKEOUT"
    for key in ("geoData", "geoDataExif"):
        _spot(told.get(key), found)
    people = told.get("people")
    for person in people[:200] if isinstance(people, list) else ():
        if isinstance(person, dict) and isinstance(person.get("name"), str):
            found.add(found.people, person["name"])
    seconds = _SECONDS.fullmatch(str(told["photoTakenTime"].get("timestamp", ""))[:20])
    if seconds:
        found.time(8, datetime.fromtimestamp(int(seconds[0]), UTC))
    if isinstance(told.get("description"), str):
        found.add(found.captions, told["description"])
    return True


def _spot(spot: object, found: Found) -> None:
    """One of the two positions."""
    if not isinstance(spot, dict):
        return
    lat, lon, height = (_number(spot.get(key)) for key in ("latitude", "longitude", "altitude"))
    found.place(lat, lon, "sidecar", height)


def _number(value: object) -> float | None:
    """A number of a size that a place may have, or None."""
    return float(value) if isinstance(value, int | float) and abs(value) < 1e6 else None


def names(name: str) -> tuple[str, ...]:
    """The names, in lower case, that a sidecar of a photo of this name may have."""
    stem, dot, ending = name.rpartition(".")
    stem = stem if dot else name
    out = [f"{name}.xmp", f"{stem}.xmp", f"{stem}.json"]
    plain = [(name, "")]
    numbered = _NUMBERED.match(name)
    if numbered:  # IMG(1).jpg has IMG.jpg(1).json
        plain.append((numbered[1] + numbered[3], f"({numbered[2]})"))
    edited = re.sub(r"-(?:edited|bearbeitet|modifié|editado)$", "", stem)
    if edited != stem:
        plain.append((f"{edited}.{ending}", ""))
    for base, number in plain:
        full = base + _LABEL
        out += [f"{base}{number}.json", f"{full}{number}.json"]
        out += [f"{full[:cut]}{number}.json" for cut in CUTS if len(base) < cut < len(full)]
        out += [f"{base[:cut]}{number}.json" for cut in CUTS if cut <= len(base)]
    return tuple(dict.fromkeys(item.lower() for item in out))


def beside(path: Path, listing: dict[str, str]) -> list[Path]:
    """The sidecars of a photo; `listing` holds the names in its folder by their lower case."""
    return [
        path.with_name(listing[name]) for name in names(path.name) if name in listing and listing[name] != path.name
    ]


def apply(paths: list[Path], found: Found) -> None:
    """Add what the sidecars of a photo say; their positions have the origin "sidecar". One that cannot be read is named."""
    for path in paths:
        told = Found()
        try:
            with Reader(path) as file:
                data = file.head if file.size <= len(file.head) else file.at(0, min(file.size, MAX_SIDECAR))
            if not (read_json(data, told) if path.suffix.lower() == ".json" else _packet(data, told)):
                continue
        except NotRead as error:
            found.skipped[f"a file beside it was not read: {error.reason}"] = None
            continue
        for spot in told.positions:
            found.place(spot.lat, spot.lon, "sidecar", spot.altitude)
        told.positions.clear()
        found.absorb(told)


def _packet(data: bytes, told: Found) -> bool:
    if not is_xmp(data):
        return False
    read_xmp(data, told)
    return True
