"""The week as posts draw it: times need no position, only the zone in which the person lives."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from unlisted import places
from unlisted.extract.zone import known, zone_at
from unlisted.model import HabitSummary, Point, Points, Subject, certainty_word
from unlisted.places.intake import DAY, NO_TIME, read

LEAST = 10
"""A week drawn from fewer quarter hours says nothing."""

Week = tuple[tuple[int, ...], ...]


def home_zone(subject: Subject) -> ZoneInfo | None:
    """The zone that the person gave, else that of the first declared place."""
    if subject.timezone:
        return known(subject.timezone)
    name = next((zone_at(*fact.position) for fact in subject.placed if fact.position is not None), None)
    return known(name) if name else None


def week(points: Sequence[Point], times: Iterable[datetime], subject: Subject) -> Week | None:
    """Counts of distinct quarter hours by weekday (0 Monday) and hour, of points and of posts without a position; 7 x 24.

    None where there are too few of both. Posts are left out where nobody can say in which zone they were written; points that
    only the account shows are left out too, since it is told what a stranger could see.
    """
    placed = places.week(shared(points), zone=subject.timezone)
    posted = counted(times, home_zone(subject))
    if placed is None or posted is None:
        return placed or posted
    return tuple(tuple(a + b for a, b in zip(*days, strict=True)) for days in zip(placed, posted, strict=True))


def shared(points: Iterable[Point]) -> Points:
    """The points that others can see."""
    held = points if isinstance(points, Points) else Points(points)
    return held.of(private=False)


def habits(points: Sequence[Point], times: Iterable[datetime], subject: Subject) -> tuple[HabitSummary, ...]:
    """Blocks of the week in which photos and posts come again and again, by their times alone; surest first."""
    found = places.habits([*clock_times(points, subject), *post_times(times, home_zone(subject))])
    return tuple(
        HabitSummary(
            weekday=habit.weekday,
            block=habit.block,
            weeks=habit.weeks,
            of=habit.of,
            certainty=word,
            score=round(habit.certainty, 2),
        )
        for habit in found
        if (word := certainty_word(habit.certainty)) is not None
    )


def clock_times(points: Sequence[Point], subject: Subject) -> Iterator[datetime]:
    """The quarter hours of points that others can see, on the clock of the place; unsure clocks are left out."""
    for quarter in sorted(set(read(shared(points), zone=subject.timezone).quarter.tolist()) - {NO_TIME}):
        yield datetime.fromordinal(quarter // DAY) + timedelta(minutes=15 * (quarter % DAY))


def post_times(times: Iterable[datetime], zone: ZoneInfo | None) -> Iterator[datetime]:
    """When posts without a position were written, on the clock of the zone where the person lives."""
    for at in times if zone else ():
        try:
            yield at.astimezone(zone).replace(tzinfo=None)
        except (OverflowError, ValueError):  # the ends of the calendar
            continue


def counted(times: Iterable[datetime], zone: ZoneInfo | None) -> Week | None:
    """Counts of distinct quarter hours of aware times, as they stand on a clock in the zone."""
    if zone is None:
        return None
    quarters = {quarter for at in times if (quarter := quarter_of(at, zone)) is not None}
    if len(quarters) < LEAST:
        return None
    rows = [[0] * 24 for _ in range(7)]
    for _, weekday, hour, _ in quarters:
        rows[weekday][hour] += 1
    return tuple(tuple(row) for row in rows)


def quarter_of(at: datetime, zone: ZoneInfo) -> tuple[int, int, int, int] | None:
    """(day, weekday, hour, quarter) in the zone; None at the ends of the calendar."""
    try:
        here = at.astimezone(zone)
    except (OverflowError, ValueError):
        return None
    return here.toordinal(), here.weekday(), here.hour, here.minute // 15
