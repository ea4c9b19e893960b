"""Made-up people at open sea."""

from __future__ import annotations

import math
import random
from datetime import datetime, timedelta

from unlisted.model import Fact, Subject
from unlisted.places import Point

METRE = 1 / 111_195
MONDAY = datetime(2025, 3, 3)  # noqa: DTZ001  (a camera's naive clock)
Spot = tuple[float, float]

HOME: Spot = (31.2, -40.5)
WORK: Spot = (31.23, -40.46)
CLASS: Spot = (31.21, -40.53)
PARK: Spot = (31.19, -40.49)
HOLIDAY: Spot = (36.0, -30.0)


def moved(spot: Spot, north: float, east: float) -> Spot:
    """So many metres away."""
    return spot[0] + north * METRE, spot[1] + east * METRE / math.cos(math.radians(spot[0]))


def when(week: int, weekday: int, hour: float) -> datetime:
    """A naive local time; weekday 0 is Monday."""
    return MONDAY + timedelta(weeks=week, days=weekday, hours=hour)


class Album:
    """Points with running ids, each a few metres off its spot."""

    def __init__(self, seed: int = 1, source: str = "holiday photos", noise: float = 12) -> None:
        self.rng = random.Random(seed)
        self.source = source
        self.noise = noise
        self.points: list[Point] = []

    def add(self, spot: Spot, *times: datetime | None, sure: bool = True) -> Album:
        """One point for each time."""
        for at in times:
            lat, lon = moved(spot, self.rng.gauss(0, self.noise), self.rng.gauss(0, self.noise))
            name = f"{self.source}#{len(self.points) + 1}"
            self.points.append(Point(lat, lon, at, name, self.source, sure))
        return self


def at_home(weeks: int = 8) -> list[datetime]:
    """Evenings of the week, and two weekend mornings."""
    evenings = [when(week, (1, 3, 4, 0, 2, 6, 3, 1)[week % 8], 19 + week % 4 + 0.25) for week in range(weeks)]
    return [*evenings, when(1, 5, 9.3), when(4, 6, 9.5)]


def at_work(weeks: int = 8) -> list[datetime]:
    """One photo a week in office hours."""
    return [when(week, week % 5, 9 + week % 8 + 0.1) for week in range(weeks)]


def usual(seed: int = 1, *, home: Spot = HOME, work: Spot = WORK, club: Spot = CLASS) -> list[Point]:
    """Ten photos at home, eight at work, six at a Tuesday class, four in a park, eight on a holiday of one week."""
    album = Album(seed).add(home, *at_home()).add(work, *at_work())
    album.add(club, *(when(week, 1, 18.5 + week / 20) for week in range(6)))
    album.add(PARK, *(when(2 * week, 6, 14.5) for week in range(4)))
    for day in range(8):
        album.add(moved(HOLIDAY, 1100 * (day % 3), 0), when(10, day % 7, 9 + day * 1.5))
    return album.points


def declared(*spots: Spot) -> Subject:
    """A subject with a place declared at each spot."""
    return Subject(
        facts=tuple(Fact(kind="place", label=f"place {i}", lat=lat, lon=lon) for i, (lat, lon) in enumerate(spots, 1))
    )
