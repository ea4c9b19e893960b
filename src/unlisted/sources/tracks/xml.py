"""GPX, TCX and KML in one pass without a tree: a file of a million positions takes no more memory than its positions.

GPX 1.1 (topografix.com), TCX 2 (Garmin's TrainingCenterDatabase), KML 2.2 with Google's gx:Track (developers.google.com/kml).
A document type is refused: abbreviations could blow up or read files.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from datetime import datetime
from xml.etree.ElementTree import ParseError, XMLParser

from unlisted.errors import Malformed, NotRead, TooLarge
from unlisted.sources.calendar import within
from unlisted.sources.tracks.track import MAX_FIXES, Track, Tracks

MAX_DEPTH = 100
MAX_VALUE = 5_000_000
"""Characters of one element: a line of a KML file holds all its positions."""

MAX_ELEMENTS = 30_000_000

DAMAGED = "the file is not a track that can be read"

KEPT = frozenset({"time", "Time", "LatitudeDegrees", "LongitudeDegrees", "when", "begin", "coord", "coordinates"})
POINTS = frozenset({"trkpt", "rtept", "wpt"})
OUTINGS = frozenset({"trk", "rte", "Activity", "Course", "Placemark", "Track"})
ROOTS = frozenset({"gpx", "TrainingCenterDatabase", "kml", "Document", "Folder", "Placemark"})
"""The names of the whole. A page in place of a track holds none of its positions."""
_GAP = re.compile(r",\s{1,100}")
"""Some programs put a blank behind the comma between two numbers."""


def moment(text: str) -> datetime | None:
    """An aware time from ISO 8601; without a zone it is UTC, as the formats say. None where it cannot be read."""
    try:
        at = datetime.fromisoformat(text)
    except ValueError:
        return None
    return within(at)


class _Target:
    """What the parser tells; keeps only the texts that hold a time or a position."""

    def __init__(self) -> None:
        self.found = Tracks()
        self.depth = self.count = self.size = 0
        self.text: list[str] | None = None
        self.values: dict[str, str] = {}
        self.whens: list[str] = []
        self.coords: list[str] = []
        self.spot: tuple[str, str] | None = None

    def doctype(self, _name: str, _public: str | None, _system: str | None) -> None:
        raise Malformed("the file declares its own abbreviations, which are not opened")

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        name = tag.rpartition("}")[2]
        if not self.count and name not in ROOTS:
            raise Malformed(DAMAGED)
        self.depth += 1
        self.count += 1
        if self.depth > MAX_DEPTH or self.count > MAX_ELEMENTS:
            raise TooLarge("the file is nested too deep or too large")
        if name in KEPT:
            self.text, self.size = [], 0
        elif name in POINTS:
            self.values = attributes
        elif name == "Trackpoint":
            self.values = {}
        elif name in OUTINGS:
            self.found.begin()
            self.whens, self.coords = [], []

    def data(self, text: str) -> None:
        if self.text is not None:
            self.size += len(text)
            if self.size > MAX_VALUE:
                raise TooLarge("the file is too large")
            self.text.append(text)

    def end(self, tag: str) -> None:
        self.depth -= 1
        name = tag.rpartition("}")[2]
        if name in KEPT and self.text is not None:
            self._kept(name, "".join(self.text).strip())
            self.text = None
        elif action := ENDS.get(name):
            action(self)

    def _kept(self, name: str, value: str) -> None:
        if name == "coordinates":
            self._line(value)
        elif name in {"when", "begin", "coord"}:
            kept = self.coords if name == "coord" else self.whens
            if len(kept) >= MAX_FIXES:
                raise TooLarge("the file holds more positions than are read")
            kept.append(value)
        else:
            self.values[name] = value

    def gpx_point(self) -> None:
        """A point of a GPX file ends."""
        self.found.add(self.values.get("lat"), self.values.get("lon"), moment(self.values.get("time", "")))
        self.values = {}

    def tcx_point(self) -> None:
        """A point of a TCX file ends; those indoors have no position."""
        if "LatitudeDegrees" in self.values:
            lat, lon = self.values["LatitudeDegrees"], self.values.get("LongitudeDegrees")
            self.found.add(lat, lon, moment(self.values.get("Time", "")))
        self.values = {}

    def kml_track(self) -> None:
        """A gx:Track ends: its times and its positions stand in two equal rows."""
        for number, coord in enumerate(self.coords):
            parts = coord.split()
            at = moment(self.whens[number]) if number < len(self.whens) else None
            self.found.add(parts[1] if len(parts) > 1 else None, parts[0] if parts else None, at)
        self.whens, self.coords = [], []

    def _line(self, value: str) -> None:
        """The points of a line have no times; a single point waits for the time of its Placemark."""
        self._mark(None)
        pairs = [triple.split(",", 2)[:2] for triple in _GAP.sub(",", value).split()]
        for lon, lat in ((pair[0], pair[-1] if len(pair) > 1 else "") for pair in pairs):
            if len(pairs) == 1:
                self.spot = lat, lon
            else:
                self.found.add(lat, lon, None)

    def _mark(self, at: datetime | None) -> None:
        if self.spot is not None:
            self.found.add(*self.spot, at)
        self.spot = None

    def kml_mark(self) -> None:
        """A Placemark ends."""
        self._mark(moment(self.whens[0]) if len(self.whens) == 1 else None)
        self.whens = []

    def close(self) -> None:
        """The file ends; the parser asks for this."""


ENDS: dict[str, Callable[[_Target], None]] = {
    **dict.fromkeys(POINTS, _Target.gpx_point),
    "Trackpoint": _Target.tcx_point,
    "Track": _Target.kml_track,
    "Placemark": _Target.kml_mark,
}


def read(pieces: Iterable[bytes]) -> list[Track]:
    """The tracks of a file in any of the three forms: what was read before damage counts. Raises NotRead where nothing was."""
    target = _Target()
    problem: NotRead | None = None
    parser = XMLParser(target=target)  # noqa: S314  (document types are refused; depth, number and size are bounded)
    try:
        for piece in pieces:
            parser.feed(piece)
        parser.close()
    except NotRead as found:
        problem = found
    except (ParseError, ValueError, LookupError, AssertionError):
        problem = Malformed(DAMAGED)
    target.kml_mark()
    return target.found.done(problem)
