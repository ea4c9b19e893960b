"""One track: positions in order, with their times."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime

from unlisted.errors import TooLarge

MAX_FIXES = 2_000_000
"""Positions of one file."""

MAX_TRACKS = 5_000
"""Tracks of one file."""

Fix = tuple[float, float, datetime | None]
"""Latitude and longitude in degrees (not checked), and an aware time."""


@dataclass(slots=True)
class Track:
    """The positions of one outing, in order; `bad` counts those that were no numbers."""

    fixes: list[Fix] = field(default_factory=list, repr=False)
    bad: int = 0


@dataclass(slots=True)
class Tracks:
    """The tracks of one file, while it is read."""

    tracks: list[Track] = field(default_factory=lambda: [Track()], repr=False)
    count: int = 0

    def begin(self) -> None:
        """What follows is another outing."""
        if self.tracks[-1].fixes:
            if len(self.tracks) >= MAX_TRACKS:
                raise TooLarge("the file holds more tracks than are read")
            self.tracks.append(Track())

    def add(self, lat: object, lon: object, at: datetime | None) -> None:
        """Take one position; what is no number is counted."""
        try:
            fix = float(lat), float(lon), at  # type: ignore[arg-type]  # whatever stands there: the error is the answer
        except (TypeError, ValueError):
            self.tracks[-1].bad += 1
            return
        self.count += 1
        if self.count > MAX_FIXES:
            raise TooLarge("the file holds more positions than are read")
        self.tracks[-1].fixes.append(fix)

    def done(self) -> list[Track]:
        """The tracks that hold anything."""
        return [track for track in self.tracks if track.fixes or track.bad]
