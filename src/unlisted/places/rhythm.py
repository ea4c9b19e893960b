"""How a place lies in the days of one person: hours, nights, silences, what comes before and after, and its rank among the rest.

Like all features these are counts of votes, shares or logarithms of them; none is a position.
"""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from unlisted.places.intake import MORNING, Floats
from unlisted.places.timed import SMOOTH, Timed

EIGHTHS = tuple(f"{(MORNING // 4 + 3 * part) % 24:02}" for part in range(8))
"""Eighths of the day, by the hour at which they begin; the first at five."""

IN_EIGHTH = np.zeros((48, 16))
IN_EIGHTH[np.arange(48), np.arange(48) // 24 * 8 + (np.arange(48) - MORNING // 4) % 24 // 3] = 1
"""Which of the 48 hours of weekdays and weekends lie in which eighth."""

NIGHT = 20 * 4
SHORT = 6
LONG = (5 * 4, 16 * 4)
"""Quarter hours: the longest silence that is one night, a quick step, and a silence that is a stay."""

NEVER = np.iinfo(np.int64).max

FEW = 0.3
"""Pseudo-steps for shares of few votes."""

COMPARED = (
    "log_days",
    "hour_entropy",
    "of_night",
    "of_small_hours",
    "of_weekday_evening",
    "last_of_day",
    "first_of_day",
    "before_night",
)
"""Features of which it also counts how a place stands among the person's others."""

RHYTHM = (
    *(f"log_{day}_{hour}" for day in ("weekday", "weekend") for hour in EIGHTHS),
    *(f"part_{day}_{hour}" for day in ("weekday", "weekend") for hour in EIGHTHS),
    "neighbours", "neighbours_share", "neighbours_a_vote",
    *(f"{way}_{end}" for end in ("night_last", "night_first", "night_both") for way in ("part", "log", "vote")),
    *(f"{way}_{end}" for end in ("silence_after", "silence_before", "quick_after", "quick_before") for way in ("vote", "log")),
    "alone", "log_alone", "weekday_entropy", "clock_length", "clock_cos", "clock_sin",
    "rank", *(f"{way}_{name}" for name in COMPARED for way in ("of_best", "rank")),
)  # fmt: skip
"""Names in the order of `table`. `log_x` counts, `part_x`: share of the person's, `vote_x`: share of the place's own."""


def rhythm(when: Timed, known: Mapping[str, Floats]) -> dict[str, Floats]:
    """All of `RHYTHM`; `known`: other features, for comparing."""
    return {
        **_eighths(when),
        **_neighbours(when, when.votes),
        **_nights(when, when.votes),
        **_silences(when, when.votes),
        **_alone(when),
        **_clock(when, when.votes),
        **_compared(when.votes, known),
    }


def _eighths(when: Timed) -> dict[str, Floats]:
    """Votes by weekday or weekend and eighth of the day."""
    counts, whole = when.slots @ IN_EIGHTH, when.whole @ IN_EIGHTH
    names = [f"{day}_{hour}" for day in ("weekday", "weekend") for hour in EIGHTHS]
    logs, parts = np.log1p(counts), counts / (whole + SMOOTH)
    return {
        **{f"log_{name}": logs[:, number] for number, name in enumerate(names)},
        **{f"part_{name}": parts[:, number] for number, name in enumerate(names)},
    }


def _neighbours(when: Timed, votes: Floats) -> dict[str, Floats]:
    """How many other places come directly before or after: all ways lead home."""
    here, there = np.append(when.seat[:-1], when.seat[1:]), np.append(when.seat[1:], when.seat[:-1])
    moved = (here != there) & (here >= 0)
    count = when.pairs(here[moved], there[moved] + 1)
    return {
        "neighbours": np.log1p(count),
        "neighbours_share": count / max(1, when.size - 1),
        "neighbours_a_vote": (count + 1) / (2 * votes + 2),
    }


def _nights(when: Timed, votes: Floats) -> dict[str, Floats]:
    """Who has the last vote before a short night, the first one after it, or both."""
    night = (np.diff(when.day) > 0) & (np.diff(when.quarter) <= NIGHT)
    nights = max(1, int(night.sum()))
    same = night & (when.seat[:-1] == when.seat[1:])
    out: dict[str, Floats] = {}
    for name, count in (
        ("night_last", when.before(night)),
        ("night_first", when.after(night)),
        ("night_both", when.before(same)),
    ):
        out |= {
            f"part_{name}": count / (nights + 1),
            f"log_{name}": np.log1p(count),
            f"vote_{name}": (count + FEW) / (votes + 1),
        }
    return out


def _silences(when: Timed, votes: Floats) -> dict[str, Floats]:
    """Steps from and to a place that are quick, and those with a stay's silence."""
    gap = np.diff(when.quarter)
    long, quick = (gap >= LONG[0]) & (gap <= LONG[1]), gap < SHORT
    out: dict[str, Floats] = {}
    for name, count in (
        ("silence_after", when.before(long)),
        ("silence_before", when.after(long)),
        ("quick_after", when.before(quick)),
        ("quick_before", when.after(quick)),
    ):
        out |= {f"vote_{name}": (count + FEW) / (votes + 1), f"log_{name}": np.log1p(count)}
    return out


def _alone(when: Timed) -> dict[str, Floats]:
    """Days on which there is no other place among the candidates."""
    seats, days = when.days
    number = days - days.min(initial=NEVER)
    lone = np.bincount(number)[number] == 1
    alone = np.bincount(seats[lone], minlength=when.size).astype(np.float64)
    return {"alone": (alone + 0.5) / (np.bincount(seats, minlength=when.size) + 1), "log_alone": np.log1p(alone)}


def _clock(when: Timed, votes: Floats) -> dict[str, Floats]:
    """The mean of a place's times on the face of a clock, and how evenly its votes spread over the weekdays."""
    seat, angle = when.seat[when.mine], when.quarter[when.mine] % 96 * (2 * np.pi / 96)
    east, north = np.bincount(seat, np.cos(angle), when.size), np.bincount(seat, np.sin(angle), when.size)
    week = when.weekdays()
    part = week / np.maximum(1, votes)[:, None]
    return {
        "weekday_entropy": -(part * np.log(np.where(part > 0, part, 1))).sum(axis=1),
        "clock_length": (np.hypot(east, north) + FEW) / (votes + 1),
        "clock_cos": east / (votes + 1),
        "clock_sin": north / (votes + 1),
    }


def _compared(votes: Floats, known: Mapping[str, Floats]) -> dict[str, Floats]:
    """Ranks and shares of the best, among the person's own places. Equal places share the better rank."""
    values = np.round(np.column_stack([votes, *(known[name] for name in COMPARED)]), 9)  # sums differ in the last digit
    best = values.max(axis=0, initial=0) + 1e-6
    ranks = np.log1p((values[None, :, :] > values[:, None, :]).sum(axis=1))
    return {
        "rank": ranks[:, 0],
        **{f"of_best_{name}": values[:, number] / best[number] for number, name in enumerate(COMPARED, 1)},
        **{f"rank_{name}": ranks[:, number] for number, name in enumerate(COMPARED, 1)},
    }
