"""A place as people write it down: a map link, a plus code, two numbers. Nobody is asked where it is."""

from __future__ import annotations

import re
from contextlib import suppress
from urllib.parse import unquote

from openlocationcode import openlocationcode

MAX_TEXT = 2000
"""Longest map link in characters."""

_NUMBER = r"([+-]?[0-9]{1,3}(?:\.[0-9]{1,20})?)"
_PAIR = rf"{_NUMBER}\s{{0,3}}[,;~ ]\s{{0,3}}{_NUMBER}"
_FORMS = tuple(
    re.compile(form)
    for form in (
        rf"!3d{_NUMBER}!4d{_NUMBER}",  # the pin itself; what stands after "@" is only the middle of the screen
        rf"[?&]mlat={_NUMBER}&mlon={_NUMBER}",
        rf"[?&](?:q|query|ll|sll|center|destination|daddr|coordinate|pin|where1)=(?:loc:)?{_PAIR}",
        rf"[?&]cp={_PAIR}",
        rf"^geo:{_PAIR}",
        rf"/@{_PAIR}",
        rf"/(?:place|search|dir)/{_PAIR}",
        rf"#map=[0-9.]{{1,6}}/{_NUMBER}/{_NUMBER}",
        rf"^\s{{0,3}}{_PAIR}\s{{0,3}}$",
    )
)


def valid(lat: float, lon: float) -> bool:
    """Whether two numbers can be a place: in range, and not the (0, 0) that programs write when they know nothing."""
    return -90 <= lat <= 90 and -180 <= lon <= 180 and (lat, lon) != (0, 0)


def from_link(link: str) -> tuple[float, float] | None:
    """(latitude, longitude) in degrees that stand in a map link or a "geo:" address, or None. Short links hold none."""
    if len(link) > MAX_TEXT:
        return None
    text = unquote(link).replace("+", " ")
    for form in _FORMS:
        found = form.search(text)
        if found:
            lat, lon = float(found[1]), float(found[2])
            return (lat, lon) if valid(lat, lon) else None
    return None


def from_plus_code(code: str) -> tuple[float, float] | None:
    """The middle of a full plus code in degrees, or None: a short one ("7V+JM, Town") needs a town to be understood."""
    text = code.strip().upper()
    if len(text) > 20 or not text.isascii():
        return None
    with suppress(ValueError, IndexError, KeyError):
        if openlocationcode.isFull(text):
            area = openlocationcode.decode(text)
            middle = (round(float(area.latitudeCenter), 7), round(float(area.longitudeCenter), 7))
            return middle if valid(*middle) else None
    return None
