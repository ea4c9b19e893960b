"""Coordinates in every notation, plus codes, and links to the usual maps."""

from __future__ import annotations

import re
import string
from collections.abc import Iterator

from unlisted.extract.text.marks import DIGIT, GRID, MAP, POSITION, Marked
from unlisted.model.evidence import Span

MAX_HITS = 2_000
_DECIMAL = re.compile(
    r"(?<![\w.+-])([+-]?\d{1,3}\.\d{3,15})(\s?°?\s?[nsew]?)\s{0,2}[,;/|]?\s{0,3}(?:lon(?:gitude)?|lng|long)?[:=\s]{0,3}"
    r"([+-]?\d{1,3}\.\d{3,15})(\s?°?\s?[nsew]?)(?![\w.]\d)(?!\w)"
)
_COARSE = re.compile(
    r"(?<![\w.])(\d{1,2}(?:\.\d{1,8})?)\s?°?\s?([ns])[\s,;]{1,3}(\d{1,3}(?:\.\d{1,8})?)\s?°?\s?([ewo])(?!\w)"
)
_NORTH = r"(n(?:ord|orth|orte)?|s(?:ud|outh|ur)?)"
_EAST = r"(e(?:st|ast|ste)?|w(?:est)?|o(?:st|uest|este|vest)?)"
_FRONT = re.compile(r"(?<!\w)[ns]\s?(\d{1,2}\.\d{3,8})\s?°?[\s,;/]{1,4}[ewo]\s?(\d{1,3}\.\d{3,8})(?!\w)")
_SPACED = re.compile(
    r"(?<![\w.])(\d{1,2})[ :]([0-5]\d)[ :]([0-5]\d(?:\.\d{1,4})?)\s?[ns][\s,;/]{1,4}"
    r"(\d{1,3})[ :]([0-5]\d)[ :]([0-5]\d(?:\.\d{1,4})?)\s?[ewo](?!\w)"
)
_COMMAS = re.compile(
    r"(?<![\w.,-])(-?\d{1,2},\d{4,8})\s?°?(?:\s?[ns],?)?[ ;/]{1,3}(-?\d{1,3},\d{4,8})\s?°?(?:\s?[ewo](?!\w))?(?![\d,.])"
)
_UTM = re.compile(
    r"(?<!\w)\d{1,2}[c-hj-np-x][ ,]{1,2}\d{6}(?:\.\d{1,3})?\s?m?e?[ ,]{1,2}\d{7}(?:\.\d{1,3})?(?:\s?m?n)?(?!\w)"
)
_MGRS = re.compile(
    r"(?<!\w)\d{1,2}[c-hj-np-x][ ]?[a-hj-np-z]{2}(?:\d{4}|\d{6}|\d{8}|\d{10}|[ ]?\d{4}[ ]\d{4}|[ ]?\d{5}[ ]\d{5})(?!\w)"
)
_DMS = re.compile(
    r"(?<![\w.])(\d{1,2})\s?[°º]\s?(\d{1,2}(?:\.\d{1,8})?)\s?['′’]?\s?(?:(\d{1,2}(?:\.\d{1,8})?)\s?(?:[\"″”]|'')?)?\s?"
    + _NORTH
    + r"[\s,;/]{0,4}"
    r"(\d{1,3})\s?[°º]\s?(\d{1,2}(?:\.\d{1,8})?)\s?['′’]?\s?(?:(\d{1,2}(?:\.\d{1,8})?)\s?(?:[\"″”]|'')?)?\s?"
    + _EAST
    + r"(?!\w)"
)
_DMS_FRONT = re.compile(
    r"(?<!\w)([ns])\s?(\d{1,2})\s?[°º]?\s?(\d{1,2}(?:\.\d{1,8})?)\s?['′’]?\s?(?:(\d{1,2}(?:\.\d{1,8})?)\s?(?:[\"″”]|'')?)?[\s,;/]{1,4}"
    r"([ewo])\s?(\d{1,3})\s?[°º]?\s?(\d{1,2}(?:\.\d{1,8})?)\s?['′’]?\s?(?:(\d{1,2}(?:\.\d{1,8})?)\s?(?:[\"″”]|'')?)?(?!\w)"
)
_LABELLED = re.compile(
    r"(?<!\w)(?:lat(?:itude?|itudine)?|breite|breitengrad|breddegrad)[\"']?[\s:=]{1,4}([+-]?\d{1,2}(?:\.\d{1,15})?)[^\w]{1,6}"
    r"(?:lon(?:gitude?|gitudine)?|lng|long|laenge|lange|langengrad|lengdegrad)[\"']?[\s:=]{1,4}([+-]?\d{1,3}(?:\.\d{1,15})?)"
)
_PLUS = re.compile(
    r"(?<![0-9A-Za-zÀ-ɏ+])(?:[2-9CFGHJMPQRVWX]{8}|[2-9CFGHJMPQRVWX]{4,6})\+[2-9CFGHJMPQRVWX]{2,5}(?![0-9A-Za-zÀ-ɏ+])",
    re.IGNORECASE,
)
_LINK = re.compile(
    r"(?:https?://)?(?:[\w-]{1,40}\.){0,3}(?:"
    r"google\.[a-z.]{2,6}/maps|goo\.gl/maps|maps\.app\.goo\.gl/|maps\.google\.[a-z.]{2,6}/?\?|maps\.apple(?:\.com)?/|openstreetmap\.org/"
    r"|osm\.org/(?:go/|\?|#)|bing\.com/maps|waze\.com/(?:ul|live-map|[a-z-]{2,6}/live-map)|waze\.to/|here\.com/|yandex\.[a-z.]{2,6}/maps|mapy\.c(?:z|om)/"
    r"|what3words\.com/[a-z.-]{5,60}|w3w\.co/|plus\.codes/|citymapper\.com/|mapquest\.com/|map\.project-osrm|maps\.me/|organicmaps\.app/|he\.re/"
    r"|2gis\.[a-z]{2,3}/|map\.baidu\.com/|(?:uri\.|www\.)?amap\.com/|map\.(?:kakao|naver)\.com/|ge0\.me/|omaps\.app/"
    r"|viamichelin\.[a-z.]{2,6}/(?:maps|web)|geoportail\.gouv\.fr/carte|map\.geo\.admin\.ch/|opentopomap\.org/|earth\.google\.com/web/"
    r"|umap\.openstreetmap\.[a-z]{2,3}/"
    r")[^\s<>\"']{0,600}|geo:[+-]?\d{1,3}\.\d{1,15},[+-]?\d{1,3}\.\d{1,15}[^\s<>\"']{0,80}",
    re.IGNORECASE,
)
_NO_PLACE = re.compile(
    r"(?:support|developers?|policies|blog)\.google\.|(?:openstreetmap\.org|here\.com|mapy\.cz|maps\.apple\.com)/(?:copyright|about|fixthemap|user/|welcome|login|traces)",
    re.IGNORECASE,
)
_WORDS = re.compile(r"(?<![/\w:])///[^\W\d_]{2,30}\.[^\W\d_]{2,30}\.[^\W\d_]{2,30}(?!\w)")
_HINTS = (
    "google.",
    "goo.gl",
    "maps.",
    "openstreetmap.",
    "osm.org",
    "bing.com",
    "waze.",
    "here.com",
    "yandex.",
    "mapy.",
    "what3words.",
    "w3w.co",
    "plus.codes",
    "citymapper.",
    "mapquest.",
    "organicmaps.",
    "he.re/",
    "geo:",
    "2gis.",
    "baidu.",
    "amap.",
    "kakao.",
    "naver.",
    "ge0.me",
    "omaps.",
    "viamichelin.",
    "geoportail.",
    "geo.admin.",
    "opentopomap.",
)
MAX_HOST = 140
"""Characters before a map's host name that may belong to its link."""


GRIDS = frozenset({"mgrs", "usng", "utmref"})
LINK_WORDS = frozenset(word for hint in _HINTS for word in re.findall(r"\w+", hint)[:1])
"""The first words of the hints: a text without them holds no link to a map."""
LABELS = frozenset(
    {"lat", "latitude", "breite", "latitud", "breitengrad", "breddegrad", "latitudine", "utm", "mgrs", "usng", "utmref"}
)
"""Words that announce a position whose figures may be coarse."""


def positions(view: Marked) -> Iterator[Span]:
    """Coordinates, plus codes and map links."""
    text, labelled = view.folded.text, view.present & POSITION
    if view.present & MAP:
        yield from _links(view)
    if "///" in text:
        for match in _WORDS.finditer(view.text):
            yield Span(kind="map_link", start=match.start(), end=match.end(), certainty=0.9)
    if "+" in view.text:
        yield from _plus_codes(view)
    if labelled and view.present & GRID:
        for match in _MGRS.finditer(text):
            places = view.folded.original(match.start()), view.folded.original(match.end(), end=True)
            yield Span(kind="coordinates", start=places[0], end=places[1], certainty=_read_grid(match) or 0.3)
    if view.present & DIGIT and (labelled or "°" in text or _FINE.search(text)):
        yield from _coordinates(view)


def _links(view: Marked) -> Iterator[Span]:
    """Links to maps, looked for from their host names outward."""
    text, taken = view.text.lower() if view.text.isascii() else view.text, -1
    places = sorted(place for hint in [h for h in _HINTS if h in text] for place in _places(text, hint))
    for place in places[:MAX_HITS]:
        if place < taken:
            continue
        match = _link_around(view.text, place)
        if match and match.end() > place and not _NO_PLACE.search(match.group()):
            taken = match.end()
            yield Span(kind="map_link", start=match.start(), end=match.end() - _trailing(match.group()), certainty=0.95)


def _link_around(text: str, place: int) -> re.Match[str] | None:
    """The link whose host holds `place`: it starts at "http" or behind the last character that no host has."""
    low = max(0, place - MAX_HOST)
    scheme = text.rfind("http", low, place)
    head = text[low:place]
    host = place - len(head) + len(head.rstrip(_HOST_LETTERS))
    starts = (scheme, host) if scheme >= 0 else (host,)
    if text.startswith("geo:", place):
        starts = (*starts, place)
    return next((match for start in starts if (match := _LINK.match(text, start))), None)


_HOST_LETTERS = string.ascii_letters + string.digits + ".-"


def _places(text: str, hint: str) -> Iterator[int]:
    at = text.find(hint)
    for _ in range(MAX_HITS):
        if at < 0:
            return
        yield at
        at = text.find(hint, at + 1)


def _trailing(link: str) -> int:
    return len(link) - len(link.rstrip(".,;:!?)]}"))


def _plus_codes(view: Marked) -> Iterator[Span]:
    for count, match in enumerate(_PLUS.finditer(view.text)):
        if count >= MAX_HITS:
            return
        code = match.group()
        if any(c.isalpha() for c in code) and any(c.isdigit() for c in code) and _is_code(code):
            yield Span(
                kind="plus_code",
                start=match.start(),
                end=match.end(),
                certainty=(0.95 if len(code) > 9 else 0.8) - (0.2 if code.islower() else 0),
            )


def _is_code(code: str) -> bool:
    from openlocationcode import openlocationcode  # noqa: PLC0415  (only where a text holds one)

    return bool(openlocationcode.isValid(code))


def _coordinates(view: Marked) -> Iterator[Span]:
    text = view.folded.text
    taken = -1
    for low, high in _windows(text):
        found = (
            hit
            for pattern, read in _NOTATIONS
            for match in pattern.finditer(text, low, high)
            if (hit := (read(match), *match.span()))[0]
        )
        for certainty, start, end in sorted(found, key=lambda hit: (hit[1], -hit[2])):
            if start >= taken:
                taken = end
                places = view.folded.original(start), view.folded.original(end, end=True)
                yield Span(kind="coordinates", start=places[0], end=places[1], certainty=certainty)


AROUND = 80
"""Characters around a fine decimal or a degree sign in which a position is looked for."""
_FINE = re.compile(
    r"\d(?:\.\d\d(?:\d| ?[ns]\b)|,\d{4}|\d ?[ns][ ,;/]{1,4}\d{1,3}[ :]\d\d|[c-x] \d{6}[ me.]|\d[c-x][a-z]{2}\d{10})"
)
_SQUARE = re.compile(r"(?<!\w)\d{1,2}[c-hj-np-x][a-hj-np-z]{2}\d{10}(?!\w)")
"""A square of one metre in one piece ("18TWL8396007523"): so much is no code of anything else."""
_MARK = re.compile(_FINE.pattern + r"|°|(?<![a-z])(?:lat|breite|bredde|utm|mgrs|usng)")


def _windows(text: str) -> Iterator[tuple[int, int]]:
    """The parts of a text in which a position may stand: around decimals and degree signs, joined where they touch."""
    low = high = -1
    for count, match in enumerate(_MARK.finditer(text)):
        if count >= MAX_HITS:
            break
        if match.start() - AROUND > high:
            if high > 0:
                yield low, high
            low = max(0, match.start() - AROUND)
        high = min(len(text), match.end() + AROUND)
    if high > 0:
        yield low, high


def _fits(lat: float, lon: float) -> bool:
    return abs(lat) <= 90 and abs(lon) <= 180 and (lat, lon) != (0.0, 0.0)


def _read_decimal(match: re.Match[str]) -> float:
    one, two = float(match.group(1)), float(match.group(3))
    marked = any(c in "nsewo°" for c in (match.group(2) + match.group(4)))
    if not _fits(one, two):
        return 0.0
    fine = min(len(match.group(n).partition(".")[2]) for n in (1, 3))
    if marked or (fine >= 4 and max(abs(one), abs(two)) >= 1):
        return 0.95
    told = "-" in match.group() or _TOLD.search(match.string, max(0, match.start() - TOLD_REACH), match.start())
    return 0.7 if told and fine < 4 else 0.0


_TOLD = re.compile(r"(?<!\w)(?:gps|coord|koord|posi|standort|loca|ubic|geo)")
"""Words that tell a position with three decimals from two prices with their thousands set apart."""
TOLD_REACH = 24
"""Characters before a position in which they may stand."""


def _read_coarse(match: re.Match[str]) -> float:
    return (
        0.85
        if _fits(float(match.group(1)), float(match.group(3))) and ("." in match.group() or "°" in match.group())
        else 0.0
    )


def _read_dms(match: re.Match[str]) -> float:
    numbers = [float(g) for g in match.groups() if g and g[0].isdigit()]
    degrees = [n for n in numbers if n <= 180]
    signed = "°" in match.group() or "'" in match.group() or _FINE_MINUTES.search(match.group())
    return 0.95 if len(degrees) == len(numbers) and signed else 0.0


_FINE_MINUTES = re.compile(r"\d{1,2} \d{2}\.\d{2,4}")


def _read_pair(match: re.Match[str]) -> float:
    one, two = (float(group.replace(",", ".")) for group in match.groups())
    return 0.7 if _fits(one, two) else 0.0


def _read_spaced(match: re.Match[str]) -> float:
    return 0.9 if _fits(float(match.group(1)), float(match.group(4))) else 0.0


def _read_grid(match: re.Match[str]) -> float:
    zone = re.match(r"\d{1,2}", match.group())
    return 0.8 if zone and 1 <= int(zone.group()) <= ZONES else 0.0


ZONES = 60
"""Zones of the UTM grid."""


def _read_labelled(match: re.Match[str]) -> float:
    return 0.95 if _fits(float(match.group(1)), float(match.group(2))) else 0.0


_NOTATIONS = (
    (_FRONT, _read_pair),
    (_SPACED, _read_spaced),
    (_COMMAS, _read_pair),
    (_UTM, _read_grid),
    (_SQUARE, _read_grid),
    (_LABELLED, _read_labelled),
    (_DMS, _read_dms),
    (_DMS_FRONT, _read_dms),
    (_DECIMAL, _read_decimal),
    (_COARSE, _read_coarse),
)
