"""The votes of one person in order of time: what the features count."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from unlisted.places.cluster import Votes
from unlisted.places.intake import NO_TIME, Bools, Floats, Ints, day_of, hour_of, starts_of, weekday_of

SMOOTH = 1.0
"""Pseudo-votes that pull shares of few votes to the person's own average."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Timed:
    """The votes with a time, in time order; `seat` is the candidate's number, -1 for places that are no candidates.

    `votes` of each candidate; `slots` (candidates x 48) the same by hour of weekdays, then of weekends; `whole` (48) of all places.
    `days`: the distinct days of each candidate, as pairs of candidate and day, sorted.
    """

    seat: Ints
    quarter: Ints
    day: Ints
    hour: Ints
    weekend: Bools
    mine: Bools
    size: int
    votes: Floats
    slots: Floats
    whole: Floats
    days: tuple[Ints, Ints]

    @classmethod
    def of(cls, votes: Votes, seat_of: Ints, size: int) -> Timed:
        """`seat_of`: the candidate number of each place."""
        timed = votes.quarter != NO_TIME
        seat, quarter = seat_of[votes.place[timed]], votes.quarter[timed]
        order = np.argsort(quarter, kind="stable")
        seat, quarter = seat[order], quarter[order]
        day, hour = day_of(quarter), hour_of(quarter)
        weekend = weekday_of(day) >= 5
        mine = seat >= 0
        slot = weekend * 24 + hour
        slots = np.bincount(seat[mine] * 48 + slot[mine], minlength=size * 48).reshape(size, 48).astype(np.float64)
        return cls(
            seat=seat,
            quarter=quarter,
            day=day,
            hour=hour,
            weekend=weekend,
            mine=mine,
            size=size,
            votes=slots.sum(axis=1),
            slots=slots,
            whole=np.bincount(slot, minlength=48).astype(np.float64),
            days=_days(seat[mine], day[mine]),
        )

    def count(self, which: Bools) -> Floats:
        """Votes of each candidate among these."""
        return np.bincount(self.seat[which & self.mine], minlength=self.size).astype(np.float64)

    def before(self, which: Bools) -> Floats:
        """Of the steps from one vote to the next: how many of these begin at each candidate."""
        return np.bincount(self.seat[:-1][which & self.mine[:-1]], minlength=self.size).astype(np.float64)

    def after(self, which: Bools) -> Floats:
        """Of the steps from one vote to the next: how many of these end at each candidate."""
        return np.bincount(self.seat[1:][which & self.mine[1:]], minlength=self.size).astype(np.float64)

    def weekdays(self) -> Ints:
        """Votes of each candidate by weekday (candidates x 7)."""
        key = self.seat[self.mine] * 7 + weekday_of(self.day[self.mine])
        return np.bincount(key, minlength=self.size * 7).reshape(self.size, 7)

    def pairs(self, seat: Ints, value: Ints) -> Floats:
        """How many different values (none negative) stand beside each candidate."""
        width = int(value.max(initial=0)) + 1
        return np.bincount(np.unique(seat * width + value) // width, minlength=self.size).astype(np.float64)


def _days(seat: Ints, day: Ints) -> tuple[Ints, Ints]:
    width = int(day.max(initial=0)) + 1
    key = seat * width + day
    key = np.unique(key[starts_of(key)])  # runs first: a dense record has many votes a day
    return key // width, key % width


def smooth(count: Floats, votes: Floats, usual: float | Floats) -> Floats:
    """The share of each candidate's votes that are counted, pulled to the person's own share by one pseudo-vote."""
    out: Floats = (count + SMOOTH * usual) / (votes + SMOOTH)
    return out
