"""XMP packets: what they say about place, people, owner, times and edits.

The packet is read by expat with entity declarations refused, so that nothing can grow; elements and depth are capped. A packet
that is no well-formed XML is read again by one linear pattern, without structures. Names are compared without their namespace:
programs use any prefix, and some misspell the address.
"""

from __future__ import annotations

import html
import re
from xml.parsers import expat

from unlisted.extract.photo.found import Found
from unlisted.extract.photo.words import MAX_TEXT, time_of
from unlisted.model.evidence import Embedded

MAX_PACKET = 4_000_000
"""Bytes of one packet that are read."""

MAX_LOOSE = 1_000_000
"""Bytes read by pattern of a packet that is no well-formed XML."""

LOOSE_STEP = 20
"""Bytes read by pattern that count as one step."""

MAX_ELEMENTS = 20_000
"""Elements of one packet."""

MAX_DEPTH = 64
"""Depth of elements."""

_RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
_LEAF = re.compile(
    rb"<[\w.-]{1,40}:([\w.-]{1,60})(?:\s[^<>]{0,300})?>([^<>]{1,2000})</|\s[\w.-]{1,40}:([\w.-]{1,60})\s{0,4}=\s{0,4}"
    rb"(?:\"([^\"<]{1,2000})\"|'([^'<]{1,2000})')"
)
_PLACE = (b"atitude", "atitude".encode("utf-16-le"), b"MicroVideo", b"MotionPhoto")
_PARTS = re.compile(r"[+-]?\d{1,12}(?:\.\d{1,20})?")


def _by_name(words: str, field: str) -> dict[str, str]:
    """Names that go to one list."""
    return dict.fromkeys(words.split(), field)


LISTS = {
    **_by_name("action softwareAgent CreatorTool changed parameters", "history"),
    **_by_name("DocumentID OriginalDocumentID InstanceID DigImageGUID ImageUniqueID RawFileName", "ids"),
    **_by_name(
        "rights Credit CiAdrExtadr CiAdrCity CiAdrRegion CiAdrPcode CiAdrCtry CiTelWork CiEmailWork CiUrlWork",
        "contacts",
    ),
    **_by_name(
        "Author CaptionWriter ImageCreatorName CopyrightOwnerName LicensorName LicensorEmail LicensorTelephone1",
        "contacts",
    ),
    **_by_name("LicensorStreetAddress LicensorCity WebStatement UsageTerms Source", "contacts"),
    **_by_name(
        "title description Headline UserComment ImageDescription Caption Notes AltTextAccessibility", "captions"
    ),
    **_by_name("subject hierarchicalSubject TagsList LastKeywordXMP CatalogSets Keywords", "keywords"),
    **_by_name("PersonInImage PersonName PersonDisplayName", "people"),
    **_by_name("City State Country Location Sublocation CountryName ProvinceState LocationName", "place_names"),
    **_by_name("creator Artist OwnerName CameraOwnerName ByLine Owner", "owners"),
}
"""Names, and the list that their values go to."""

SERIALS = frozenset(
    {"SerialNumber", "LensSerialNumber", "BodySerialNumber", "CameraSerialNumber", "InternalSerialNumber"}
)
NAMES = {"Make": "make", "Model": "model", "Lens": "lens", "LensModel": "lens"}
TIMES = {"DateTimeOriginal": 1, "DateCreated": 3, "CreateDate": 4, "DateTimeDigitized": 4, "CreationDate": 4}
"""Names of times at which the picture may have been taken, and their rank."""

OTHER_TIMES = frozenset({"ModifyDate", "MetadataDate"})
REGIONS = frozenset({"RegionList", "Regions", "RegionInfo"})
SPOTS = {"LocationShown": "xmp-shown", "LocationCreated": "xmp-created"}
PAIRS = {
    "GPSLatitude": ("exif", 0), "GPSLongitude": ("exif", 1), "GpsLatitude": ("dji", 0), "GpsLongitude": ("dji", 1),
    "GpsLongtitude": ("dji", 1), "Latitude": ("own", 0), "Longitude": ("own", 1),
}  # fmt: skip
"""Names of the numbers of a position: which pair, and which axis. DJI misspells one."""

VIDEO = frozenset({"MicroVideo", "MotionPhoto"})
VIDEO_OFFSETS = frozenset({"MicroVideoOffset", "Length"})
"""Bytes from the end at which a motion photo's video begins (the last item of a container is the video)."""

KNOWN = frozenset({"Name", *LISTS, *SERIALS, *NAMES, *TIMES, *OTHER_TIMES, *PAIRS, *VIDEO, *VIDEO_OFFSETS})
"""Every name that is looked at."""


class _Packet:
    """The state of one packet: where in its structures we are, and pairs of numbers that belong together."""

    def __init__(self, found: Found) -> None:
        self.found = found
        self.path: list[str] = []
        self.rdf = "rdf:"
        self.text: list[str] = []
        self.spots: list[dict[str, str]] = [{}]
        self.elements = 0
        self.numbers: dict[str, str] = {}

    def start(self, name: str, attributes: list[str]) -> None:
        """An element begins: its attributes are values too. The path holds the nearest name that is not RDF's."""
        self.elements += 1
        self.found.spend(1)
        path = self.path
        if self.elements > MAX_ELEMENTS or len(path) >= MAX_DEPTH:
            raise _EnoughError
        if attributes and _RDF in attributes:
            self.rdf = attributes[attributes.index(_RDF) - 1].removeprefix("xmlns:") + ":"
        rdf = name.startswith(self.rdf)
        local = (path[-1] if path else "") if rdf else name.rpartition(":")[2]
        if local in SPOTS:
            self.flush()
        path.append(local)
        if self.text:
            self.text.clear()
        if attributes:
            self.attributes(attributes, local)

    def attributes(self, attributes: list[str], local: str) -> None:
        """The values of an element's attributes: names and texts in turn."""
        names = iter(attributes)
        for name, text in zip(names, names, strict=False):
            bare = name.rpartition(":")[2]
            if bare in KNOWN:
                self.value(bare, text)
            elif bare == "resource":
                self.value(local, text)

    def end(self, _name: str) -> None:
        """An element ends: the text gathered since its start is a value of the nearest name that is not RDF's."""
        local = self.path.pop() if self.path else ""
        if self.text:
            text = "".join(self.text).strip()
            self.text.clear()
            if text and local in KNOWN:
                self.value(local, text)
        if local in SPOTS:
            self.flush()

    def data(self, text: str) -> None:
        """Characters; long ones are cut."""
        if len(self.text) < 50 and not text.isspace():
            self.text.append(text[: MAX_TEXT * 4])

    def spot(self) -> str | None:
        """The origin of an enclosing place structure."""
        return next((SPOTS[name] for name in self.path if name in SPOTS), None)

    def value(self, local: str, text: str) -> None:
        """One value by its name."""
        if local in PAIRS:
            origin = self.spot()
            into = self.spots[-1] if origin else self.numbers
            into.setdefault(local, text)
            if origin:
                into["origin"] = origin
        elif local == "Name" and not REGIONS.isdisjoint(self.path):
            self.found.add(self.found.people, text)
        elif local in LISTS:
            self.found.add(getattr(self.found, LISTS[local]), text)
        else:
            self.single(local, text)

    def single(self, local: str, text: str) -> None:
        """One value that goes to no list."""
        found = self.found
        if local in TIMES:
            found.time(TIMES[local], time_of(text))
        elif local in OTHER_TIMES:
            found.other_time(time_of(text))
        elif local in SERIALS:
            found.add_serial(text)
        elif local in NAMES:
            if not getattr(found, NAMES[local]):
                setattr(found, NAMES[local], text[:MAX_TEXT])
        elif local in VIDEO_OFFSETS:
            if text.strip().isdecimal() and len(text) < 12:
                found.video_tail = int(text)
        elif local in VIDEO and text.strip() == "1" and not found.embedded:
            found.embedded.append(Embedded(kind="video"))

    def flush(self) -> None:
        """A place structure is whole: its numbers become a position."""
        last = self.spots[-1]
        if len(last) > 1:
            self.spots.append({})

    def finish(self) -> None:
        """Positions of the numbers gathered."""
        _positions(self.found, self.numbers, "xmp")
        for spot in self.spots[:200]:
            _positions(self.found, spot, spot.get("origin", "xmp-shown"))


class _EnoughError(Exception):
    """The packet is longer or deeper than we follow, or declares entities."""


def read(data: bytes, found: Found) -> None:
    """Add what a packet says."""
    if found.brief and not any(word in data for word in _PLACE):
        return
    data = data[:MAX_PACKET].strip(b"\0 \r\n\t")
    packet = _Packet(found)
    try:
        if not _parsed(data, packet):
            found.hurt("a text block inside it is broken")
            _loosely(data[:MAX_LOOSE], packet)
    finally:
        packet.finish()


def _parsed(data: bytes, packet: _Packet) -> bool:
    """Whether the packet was read as XML up to the end of its outermost element."""
    parser = expat.ParserCreate()
    parser.ordered_attributes = True
    parser.buffer_text = True
    parser.StartElementHandler = packet.start
    parser.EndElementHandler = packet.end
    parser.CharacterDataHandler = packet.data
    parser.StartDoctypeDeclHandler = _refuse
    try:
        parser.Parse(data, True)  # noqa: FBT003  (expat takes it by position only)
    except (expat.ExpatError, ValueError):
        return packet.elements > 0 and not packet.path
    except _EnoughError:
        return True
    return True


def _refuse(*_: object) -> None:
    """A document type could declare entities: no packet has one."""
    raise _EnoughError


def _loosely(data: bytes, packet: _Packet) -> None:
    """Single values of a packet that is no XML, without structures."""
    packet.path.clear()
    packet.found.spend(len(data) // LOOSE_STEP)
    for count, hit in enumerate(_LEAF.finditer(data)):
        if count > MAX_ELEMENTS:
            return
        name = (hit[1] or hit[3]).decode("ascii", "replace")
        raw = hit[2] or hit[4] or hit[5] or b""
        text = html.unescape(raw.decode("utf-8", "replace")).strip()
        if text and name in KNOWN:
            packet.value(name, text)


def _positions(found: Found, numbers: dict[str, str], origin: str) -> None:
    """A position of each pair of names that is whole."""
    pairs: dict[str, list[float | None]] = {}
    for name, text in numbers.items():
        if name in PAIRS:
            kind, axis = PAIRS[name]
            pairs.setdefault(kind, [None, None])[axis] = degrees(text)
    for lat, lon in pairs.values():
        found.place(lat, lon, origin)


def degrees(text: str) -> float | None:
    """Degrees of "52,31.5N", "52,31,30N", "-38.40" or "52 31 30 N"; None where there is no number."""
    text = text.strip()[:80]
    parts = [float(part) for part in _PARTS.findall(text)[:3]]
    if not parts:
        return None
    total = sum(abs(part) / unit for part, unit in zip(parts, (1, 60, 3600), strict=False))
    return -total if text.startswith("-") or text[-1:].upper() in {"S", "W"} else total
