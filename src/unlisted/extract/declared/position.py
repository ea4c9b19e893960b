"""Declared places: coordinates in a text that lie near them."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from unlisted.extract.text.tokens import View
from unlisted.model.evidence import Match
from unlisted.model.subject import Fact

LEVELS = ((100.0, "same"), (500.0, "street"), (2_000.0, "area"))
"""Metres within which a position is the very place, its street, its area."""
EARTH_M = 6_371_008.8
MAX_POSITIONS = 2_000
_PAIR = re.compile(
    r"(?<![\d.])([+-]?\d{1,2}\.\d{2,15})\s{0,2}(?:,|;|%2c|\s|!4d|&lon=|&lng=)\s{0,2}([+-]?\d{1,3}\.\d{2,15})(?![\d.]\d)"
)


def metres(one: tuple[float, float], other: tuple[float, float]) -> float:
    """Distance on the sphere between two positions in degrees."""
    lat, lon, lat2, lon2 = map(math.radians, (*one, *other))
    half = math.sin((lat2 - lat) / 2) ** 2 + math.cos(lat) * math.cos(lat2) * math.sin((lon2 - lon) / 2) ** 2
    return 2 * EARTH_M * math.asin(min(1.0, math.sqrt(half)))


@dataclass(frozen=True, slots=True)
class PlaceReader:
    """Looks for positions near declared ones."""

    places: tuple[tuple[Fact, tuple[float, float]], ...] = field(repr=False)

    @classmethod
    def of(cls, facts: Iterable[Fact]) -> PlaceReader:
        """A reader for the facts that have a position, in their parts or as "lat, lon"."""
        return cls(
            tuple((fact, place) for fact in facts if (place := fact.position or _read(fact.value or "")) is not None)
        )

    def find(self, view: View) -> Iterator[Match]:
        """Every position of a text that lies near a declared one."""
        if not self.places:
            return
        for count, match in enumerate(_PAIR.finditer(view.folded.text)):
            if count >= MAX_POSITIONS:
                return
            there = float(match.group(1)), float(match.group(2))
            for fact, here in self.places:
                away = metres(here, there)
                level = next((word for limit, word in LEVELS if away <= limit), None)
                if level:
                    start, end = view.folded.original(match.start()), view.folded.original(match.end(), end=True)
                    yield Match(fact=fact, level=level, start=start, end=end)


def _read(value: str) -> tuple[float, float] | None:
    match = _PAIR.search(value)
    return (float(match.group(1)), float(match.group(2))) if match else None
