"""One track: positions in order, with their times."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime

from unlisted.errors import NotRead, TooLarge
from unlisted.model import Points

MAX_FIXES = 2_000_000
"""Positions of one file."""

MAX_TRACKS = 5_000
"""Tracks of one file."""

BROKEN = "a track breaks off or is damaged; what stands before that was read"

Fix = tuple[float, float, datetime | None]
"""Latitude and longitude in degrees (not checked), and an aware time."""


_NAME = "", ""


@dataclass(slots=True)
class Track:
    """The positions of one outing, in order; `bad` counts those that were no numbers, `cut` says why the file ends in it."""

    held: Points = field(default_factory=Points, repr=False)
    bad: int = 0
    cut: str | None = None

    def __len__(self) -> int:
        return len(self.held)

    def __iter__(self) -> Iterator[Fix]:
        return ((point.lat, point.lon, point.at) for point in self.held)

    @property
    def fixes(self) -> list[Fix]:
        """All positions at once."""
        return list(self)


@dataclass(slots=True)
class Tracks:
    """The tracks of one file, while it is read."""

    tracks: list[Track] = field(default_factory=lambda: [Track()], repr=False)
    count: int = 0

    def begin(self) -> None:
        """What follows is another outing."""
        if len(self.tracks[-1]):
            if len(self.tracks) >= MAX_TRACKS:
                raise TooLarge("the file holds more tracks than are read")
            self.tracks.append(Track())

    def add(self, lat: object, lon: object, at: datetime | None) -> None:
        """Take one position; what is no number is counted."""
        try:
            north, east = float(lat), float(lon)  # type: ignore[arg-type]  # whatever stands there: the error is the answer
        except (TypeError, ValueError):
            self.tracks[-1].bad += 1
            return
        self.count += 1
        if self.count > MAX_FIXES:
            raise TooLarge("the file holds more positions than are read")
        self.tracks[-1].held.add(north, east, at, _NAME)

    def done(self, problem: NotRead | None = None) -> list[Track]:
        """The tracks that hold anything; what stands before a problem counts. Raises the problem where nothing does."""
        found = [track for track in self.tracks if len(track) or track.bad]
        if problem is not None:
            if not self.count:
                raise problem
            found[-1].cut = problem.reason if isinstance(problem, TooLarge) else BROKEN
        return found
