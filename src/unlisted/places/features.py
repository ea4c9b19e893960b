"""What is known of each place of one person: plain numbers, in a fixed order, for the table that tells home from work.

All are counts of votes (one per place and quarter hour), shares or logarithms of them; none is a position.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np

from unlisted.places.cluster import Votes
from unlisted.places.dense import Spent, spent
from unlisted.places.intake import NO_TIME, Bools, Floats, Ints, day_of, hour_of, week_of, weekday_of

CANDIDATES = 150
"""Places that are looked at closely: those with most votes."""

WINDOWS = (
    ("night", None, 22, 6),
    ("small_hours", None, 0, 5),
    ("early", None, 5, 9),
    ("weekday_forenoon", False, 9, 12),
    ("weekday_afternoon", False, 13, 17),
    ("weekday_evening", False, 18, 24),
    ("weekend_forenoon", True, 7, 12),
    ("weekend_afternoon", True, 12, 20),
)
"""(name, weekend only / weekdays only / any day, from hour, to hour)."""

NAMES = (
    "log_votes", "log_days", "log_weeks", "log_span", "top_ratio", "votes_a_day", "days_share", "span_share",
    "hours", "hour_entropy", "weekdays", "weekend_share", "first_of_day", "last_of_day", "before_night", "after_night",
    "gap_before", "gap_after", "again", "returns",
    *(f"in_{name}" for name, *_ in WINDOWS),
    *(f"of_{name}" for name, *_ in WINDOWS),
)  # fmt: skip
"""The order of the columns. `in_x`: share of the place's votes in window x; `of_x`: share of all votes in x that are here."""

SMOOTH = 1.0
"""Pseudo-votes that pull shares of few votes to the person's own average."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """The candidates (numbers of places, most votes first), their features (candidates x NAMES), and the person's votes in all."""

    places: Ints
    values: Floats
    total: int
    dense: Mapping[str, Spent] = field(default_factory=dict)
    """What a record that runs day and night says of home and work; empty for all others."""


def table(votes: Votes, born: Ints) -> Table:
    """Features of the busiest places. `born`: where each place first stands in the input, which settles ties.

    Nothing here knows where a place is: moving it changes no number, so no number tells where it is.
    """
    counts = np.bincount(votes.place, minlength=len(born))
    order = np.lexsort((born, -counts))[: min(CANDIDATES, np.count_nonzero(counts))]
    seat = np.full(len(born), -1, np.int64)
    seat[order] = np.arange(len(order))
    timed = votes.quarter != NO_TIME
    when = _Timed.of(seat[votes.place[timed]], votes.quarter[timed], len(order))
    columns = {**_amounts(counts, order), **_days(when), **_turns(when), **_gaps(when), **_windows(when)}
    columns["votes_a_day"] = np.log(counts[order] / np.maximum(1, np.expm1(columns["log_days"])))
    values = np.column_stack([columns[name] for name in NAMES])
    dense = spent(votes, seat, len(order))
    return Table(places=order, values=values, total=int(counts.sum()), dense=dense)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Timed:
    """The votes with a time, in time order; `seat` is -1 for places that are no candidates."""

    seat: Ints
    quarter: Ints
    day: Ints
    hour: Ints
    weekend: Bools
    mine: Bools
    size: int

    @classmethod
    def of(cls, seat: Ints, quarter: Ints, size: int) -> _Timed:
        order = np.argsort(quarter, kind="stable")
        seat, quarter = seat[order], quarter[order]
        day = day_of(quarter)
        return cls(
            seat=seat,
            quarter=quarter,
            day=day,
            hour=hour_of(quarter),
            weekend=weekday_of(day) >= 5,
            mine=seat >= 0,
            size=size,
        )

    def count(self, which: Bools) -> Floats:
        """Votes of each candidate among these."""
        return np.bincount(self.seat[which & self.mine], minlength=self.size).astype(np.float64)

    def distinct(self, value: Ints) -> Floats:
        """How many different values each candidate's votes have."""
        width = int(value.max(initial=0)) + 1
        pairs = np.unique(self.seat[self.mine] * width + value[self.mine])
        return np.bincount(pairs // width, minlength=self.size).astype(np.float64)


def _amounts(counts: Ints, order: Ints) -> dict[str, Floats]:
    mine = counts[order]
    return {
        "log_votes": np.log1p(mine),
        "top_ratio": np.log(mine / max(1, mine.max(initial=0))),
    }


def _days(when: _Timed) -> dict[str, Floats]:
    days, weeks = when.distinct(when.day), when.distinct(week_of(when.day))
    whole = np.ones(len(when.seat), np.bool_)
    votes = when.count(whole)
    hours = np.zeros((when.size, 24))
    np.add.at(hours, (when.seat[when.mine], when.hour[when.mine]), 1.0)
    part = hours / np.maximum(1, votes)[:, None]
    entropy = -(part * np.log(np.where(part > 0, part, 1))).sum(axis=1)
    span = _span(when)
    all_days = max(1, len(np.unique(when.day)))
    all_span = max(1, int(np.ptp(when.day)) + 1) if len(when.day) else 1
    return {
        "log_days": np.log1p(days),
        "log_weeks": np.log1p(weeks),
        "hours": (hours > 0).sum(axis=1) / 24,
        "hour_entropy": entropy,
        "weekdays": when.distinct(weekday_of(when.day)) / 7,
        "weekend_share": _smooth(when.count(when.weekend), votes, when.weekend),
        "log_span": np.log1p(span),
        "days_share": days / all_days,
        "span_share": span / all_span,
    }


def _span(when: _Timed) -> Floats:
    """Days from the first to the last vote of each candidate, both counted."""
    first, last = np.full(when.size, np.iinfo(np.int64).max), np.full(when.size, -1)
    np.minimum.at(first, when.seat[when.mine], when.day[when.mine])
    np.maximum.at(last, when.seat[when.mine], when.day[when.mine])
    return np.where(last >= 0, last - first + 1, 0).astype(np.float64)


def _turns(when: _Timed) -> dict[str, Floats]:
    """Who opens and closes the days, and who does so near the night."""
    change = np.diff(when.day) > 0
    closes, opens = np.append(change, True)[: len(when.day)], np.append(True, change)[: len(when.day)]
    days = max(1, int(closes.sum()))
    late = closes & ((when.hour >= 20) | (when.hour < 5))
    soon = opens & (when.hour >= 5) & (when.hour < 10)
    return {
        "first_of_day": when.count(opens) / days,
        "last_of_day": when.count(closes) / days,
        "before_night": when.count(late) / max(SMOOTH, float(late.sum())),
        "after_night": when.count(soon) / max(SMOOTH, float(soon.sum())),
    }


def _gaps(when: _Timed) -> dict[str, Floats]:
    """How long the silence is before and after a vote here (people go quiet at home), and how often they stay or come back."""
    gaps = np.log1p(np.diff(when.quarter).astype(np.float64))
    before, after = np.append(0.0, gaps)[: len(when.quarter)], np.append(gaps, 0.0)[: len(when.quarter)]
    usual = float(gaps.mean()) if len(gaps) else 0.0
    votes = when.count(np.ones(len(when.seat), np.bool_))
    same_day = np.diff(when.day) == 0
    stays = same_day & (when.seat[1:] == when.seat[:-1])
    back = np.zeros(len(when.seat), np.bool_)
    if len(stays) > 1:
        back[2:] = (
            (when.day[2:] == when.day[:-2]) & (when.seat[2:] == when.seat[:-2]) & (when.seat[2:] != when.seat[1:-1])
        )
    again = np.append(False, stays)[: len(when.seat)]
    return {
        "gap_before": _pulled(when, before, usual, votes),
        "gap_after": _pulled(when, after, usual, votes),
        "again": _smooth(when.count(again), votes, again),
        "returns": _smooth(when.count(back), votes, back),
    }


def _pulled(when: _Timed, value: Floats, usual: float, votes: Floats) -> Floats:
    """Mean of a number over each candidate's votes, less the usual one, pulled to it by one pseudo-vote."""
    total = np.bincount(when.seat[when.mine], value[when.mine] - usual, when.size)
    return total / (votes + SMOOTH)


def _windows(when: _Timed) -> dict[str, Floats]:
    votes = when.count(np.ones(len(when.seat), np.bool_))
    out: dict[str, Floats] = {}
    for name, weekend, start, stop in WINDOWS:
        inside = (
            (when.hour >= start) & (when.hour < stop) if start < stop else (when.hour >= start) | (when.hour < stop)
        )
        if weekend is not None:
            inside &= when.weekend == weekend
        count = when.count(inside)
        out[f"in_{name}"] = _smooth(count, votes, inside)
        out[f"of_{name}"] = count / (float(inside.sum()) + SMOOTH)
    return out


def _smooth(count: Floats, votes: Floats, inside: Bools) -> Floats:
    """The share of each candidate's votes that are inside, pulled to the person's own share by one pseudo-vote."""
    usual = float(inside.mean()) if len(inside) else 0.0
    return (count + SMOOTH * usual) / (votes + SMOOTH)
