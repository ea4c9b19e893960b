"""Home and work in records that run day and night (phones, exports of location histories).

The table of `model.py` was made from people who post now and then. Where somebody's whereabouts are known most hours of most
days, no table is needed: home is where most nights are spent, work where most weekdays are (as in Krumm, Pervasive 2007).
How sure: the lower end of what the share of nights, or of weekdays, may be.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from unlisted.places.cluster import Votes
from unlisted.places.intake import NO_TIME, Bools, Floats, Ints, day_of, hour_of, weekday_of

VOTES_A_DAY = 8
"""Quarter hours with a position, on an average day that has any: fewer is not a dense record."""

LEAST = 7
"""Nights, or weekdays, that must be known."""

SHARE = 0.5
"""Of them so many must be spent at the place."""

MOST = 0.95
"""Never surer than this."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Spent:
    """For one role: the candidate with most nights (weekdays), and how sure that is."""

    seat: int
    certainty: float


def spent(votes: Votes, seat: Ints, size: int) -> dict[str, Spent]:
    """Home and work of a dense record; empty where it is not dense. `seat`: the candidate number of each place, -1 for none."""
    timed = votes.quarter != NO_TIME
    quarter = votes.quarter[timed]
    day = day_of(quarter)
    if len(quarter) < VOTES_A_DAY * max(LEAST, len(np.unique(day))):
        return {}
    hour, mine = hour_of(quarter), seat[votes.place[timed]]
    nights = (hour >= 22) | (hour < 5)
    office = (weekday_of(day) < 5) & (hour >= 9) & (hour < 17)
    found = {"home": _most(mine, day, nights, size), "work": _most(mine, day, office, size)}
    home, work = found["home"], found["work"]
    if home and work and home.seat == work.seat:
        del found["work"]
    return {role: answer for role, answer in found.items() if answer}


def _most(seat: Ints, day: Ints, inside: Bools, size: int) -> Spent | None:
    """The candidate that has the largest part of the most days: each day goes to where most of its votes in these hours are."""
    inside = inside & (seat >= 0)
    if not inside.any():
        return None
    days, number = np.unique(day[inside], return_inverse=True)
    keys, counts = np.unique(number * size + seat[inside], return_counts=True)
    order = np.lexsort((keys, counts, keys // size))
    last = np.append(np.diff(keys[order] // size) > 0, True)
    won = np.bincount(keys[order][last] % size, minlength=size)
    best = int(won.argmax())
    if len(days) < LEAST or won[best] < SHARE * len(days):
        return None
    return Spent(seat=best, certainty=min(MOST, _low(float(won[best] / len(days)), len(days))))


def _low(share: float, count: int) -> float:
    """Lower end of the share by Wilson's interval of one standard error."""
    spread: Floats = np.sqrt(share * (1 - share) / count + 1 / (4 * count * count))
    return float((share + 1 / (2 * count) - spread) / (1 + 1 / count))
