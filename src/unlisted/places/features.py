"""What is known of each place of one person: plain numbers, in a fixed order, for the table that tells home from work.

All are counts of votes (one per place and quarter hour), shares or logarithms of them; none is a position.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np

from unlisted.places.cluster import Votes
from unlisted.places.dense import Spent, spent
from unlisted.places.intake import Bools, Floats, Ints, week_of
from unlisted.places.rhythm import RHYTHM, rhythm
from unlisted.places.timed import SMOOTH, Timed, smooth

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

IN_WINDOW = np.array(
    [
        [
            weekend in {None, later} and (start <= hour < stop or (start > stop and not stop <= hour < start))
            for _, weekend, start, stop in WINDOWS
        ]
        for later in (False, True)
        for hour in range(24)
    ],
    np.float64,
)
"""Which of the 48 hours of weekdays and weekends lie in which window."""

NAMES = (
    "log_votes", "log_days", "log_weeks", "log_span", "top_ratio", "votes_a_day", "days_share", "span_share",
    "hours", "hour_entropy", "weekdays", "weekend_share", "first_of_day", "last_of_day", "before_night", "after_night",
    "gap_before", "gap_after", "again", "returns",
    *(f"in_{name}" for name, *_ in WINDOWS),
    *(f"of_{name}" for name, *_ in WINDOWS),
    *RHYTHM,
)  # fmt: skip
"""The order of the columns. `in_x`: share of the place's votes in window x; `of_x`: share of all votes in x that are here."""


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
    when = Timed.of(votes, seat, len(order))
    columns = {**_amounts(counts, order), **_days(when), **_turns(when), **_gaps(when), **_windows(when)}
    columns["votes_a_day"] = np.log(counts[order] / np.maximum(1, np.expm1(columns["log_days"])))
    columns |= rhythm(when, columns)
    values = np.array([columns[name] for name in NAMES], np.float64).T
    dense = spent(votes, seat, len(order))
    return Table(places=order, values=values, total=int(counts.sum()), dense=dense)


def _amounts(counts: Ints, order: Ints) -> dict[str, Floats]:
    mine = counts[order]
    return {
        "log_votes": np.log1p(mine),
        "top_ratio": np.log(mine / max(1, mine.max(initial=0))),
    }


def _days(when: Timed) -> dict[str, Floats]:
    seats, own = when.days
    days = np.bincount(seats, minlength=when.size)
    changed = (np.diff(seats, prepend=-1) > 0) | (np.diff(week_of(own), prepend=-1) > 0)
    weeks = np.bincount(seats[changed], minlength=when.size)
    hours = when.slots[:, :24] + when.slots[:, 24:]
    part = hours / np.maximum(1, when.votes)[:, None]
    entropy = -(part * np.log(np.where(part > 0, part, 1))).sum(axis=1)
    span = np.zeros(when.size)
    ends = np.flatnonzero(np.append(np.diff(seats) > 0, True)[: len(seats)])
    starts = np.flatnonzero(np.diff(seats, prepend=-1) > 0)
    span[seats[starts]] = own[ends] - own[starts] + 1
    all_days = max(1, int((np.diff(when.day) > 0).sum()) + 1)
    all_span = max(1, int(np.ptp(when.day)) + 1) if len(when.day) else 1
    weekend = float(when.whole[24:].sum() / max(1.0, when.whole.sum()))
    return {
        "log_days": np.log1p(days),
        "log_weeks": np.log1p(weeks),
        "hours": (hours > 0).sum(axis=1) / 24,
        "hour_entropy": entropy,
        "weekdays": (when.weekdays() > 0).sum(axis=1) / 7,
        "weekend_share": smooth(when.slots[:, 24:].sum(axis=1), when.votes, weekend),
        "log_span": np.log1p(span),
        "days_share": days / all_days,
        "span_share": span / all_span,
    }


def _turns(when: Timed) -> dict[str, Floats]:
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


def _gaps(when: Timed) -> dict[str, Floats]:
    """How long the silence is before and after a vote here (people go quiet at home), and how often they stay or come back."""
    gaps = np.log1p(np.diff(when.quarter).astype(np.float64))
    before, after = np.append(0.0, gaps)[: len(when.quarter)], np.append(gaps, 0.0)[: len(when.quarter)]
    usual = float(gaps.mean()) if len(gaps) else 0.0
    same_day = np.diff(when.day) == 0
    stays = same_day & (when.seat[1:] == when.seat[:-1])
    back = np.zeros(len(when.seat), np.bool_)
    if len(stays) > 1:
        back[2:] = (
            (when.day[2:] == when.day[:-2]) & (when.seat[2:] == when.seat[:-2]) & (when.seat[2:] != when.seat[1:-1])
        )
    again = np.append(False, stays)[: len(when.seat)]
    return {
        "gap_before": _pulled(when, before, usual),
        "gap_after": _pulled(when, after, usual),
        "again": smooth(when.count(again), when.votes, _share(again)),
        "returns": smooth(when.count(back), when.votes, _share(back)),
    }


def _share(which: Bools) -> float:
    return float(which.mean()) if len(which) else 0.0


def _pulled(when: Timed, value: Floats, usual: float) -> Floats:
    """Mean of a number over each candidate's votes, less the usual one, pulled to it by one pseudo-vote."""
    total = np.bincount(when.seat[when.mine], value[when.mine] - usual, when.size)
    return total / (when.votes + SMOOTH)


def _windows(when: Timed) -> dict[str, Floats]:
    inside, whole = when.slots @ IN_WINDOW, when.whole @ IN_WINDOW
    share = smooth(inside, when.votes[:, None], whole / max(1.0, when.whole.sum()))
    part = inside / (whole + SMOOTH)
    names = [name for name, *_ in WINDOWS]
    return {
        **{f"in_{name}": share[:, number] for number, name in enumerate(names)},
        **{f"of_{name}": part[:, number] for number, name in enumerate(names)},
    }
