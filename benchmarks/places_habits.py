"""Habits from times alone, on made-up people whose habits are known: how many are found, and how many of those told are true.

    python benchmarks/places_habits.py [--people 300] [--seed 1]

Each person posts at hours of their own (a late or an early riser, a shift worker, somebody who travels through time zones), now and
then or often. Some of them also go somewhere at the same time of the week and post from there, not every time. Clocks change twice
a year: times come in UTC and read on the clock of the place. A habit counts as found where its weekday and block are told. A told
one is right where the block is within an hour and a half of an appointment; everything else that is told is false.
"""

from __future__ import annotations

import argparse
import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from unlisted.places import Habit, habits

START = datetime(2024, 1, 1, tzinfo=UTC)
HOME = ZoneInfo("Europe/Berlin")
ABROAD = ("America/New_York", "Asia/Tokyo", "Australia/Adelaide", "Asia/Kolkata")
KINDS = ("plain", "weekends", "shifts", "travels", "bursts")
WEEKS = (8, 12, 26, 52)
LEVELS = (0.60, 0.90)

Slot = tuple[int, int]


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """Local wall times of posts, and the weekday and hour of each weekly appointment."""

    times: tuple[datetime, ...]
    appointments: tuple[tuple[int, float], ...]

    @property
    def exact(self) -> frozenset[Slot]:
        return frozenset((day, int(hour) // 4) for day, hour in self.appointments)

    @property
    def fair(self) -> frozenset[Slot]:
        """With the block before and after, where the appointment is within an hour and a half of it."""
        around = ((day, hour + shift) for day, hour in self.appointments for shift in (-1.5, 0, 1.5))
        return frozenset(((day + int(hour // 24)) % 7, int(hour % 24) // 4) for day, hour in around)


def waking(kind: str, week: int, day: int, rng: random.Random) -> Iterator[float]:
    """The hours at which somebody of this kind posts on one day, without any appointment."""
    rate = rng.choice((0.15, 0.3, 0.6))
    middle = (13.0, 21.0, 5.0)[week % 3] if kind == "shifts" else 16.0
    if kind == "weekends" and day >= 5:
        rate *= 2
    count = sum(rng.random() < rate for _ in range(4))
    if kind == "bursts" and count:
        first = rng.gauss(middle, 4)
        yield from (first + rng.expovariate(4) for _ in range(5))
    else:
        yield from (rng.gauss(middle, 4) for _ in range(count))


def made(kind: str, weeks: int, rng: random.Random) -> Person:
    """One person."""
    appointments = [(rng.randrange(7), rng.uniform(7, 21.5)) for _ in range(rng.choice((0, 0, 1, 2)))]
    goes = rng.choice((0.5, 0.7, 0.9))
    times = []
    for week in range(weeks):
        away = ZoneInfo(rng.choice(ABROAD)) if kind == "travels" and week % 6 == 5 else None
        here = away or HOME
        for day in range(7):
            midnight = datetime(2024, 1, 1, tzinfo=here) + timedelta(days=7 * week + day)
            hours = list(waking(kind, week, day, rng))
            if not away:
                hours += [hour + rng.gauss(0, 0.3) for on, hour in appointments if on == day and rng.random() < goes]
            times += [(midnight + timedelta(hours=hour)).astimezone(UTC).astimezone(here) for hour in hours]
    return Person(times=tuple(at.replace(tzinfo=None) for at in times), appointments=tuple(appointments))


@dataclass(slots=True)
class Tally:
    """What was told, and what there was to tell."""

    told: int = 0
    right: int = 0
    there: int = 0
    found: int = 0
    none: int = 0
    alarmed: int = 0

    def add(self, person: Person, said: tuple[Habit, ...], level: float) -> None:
        slots = {(habit.weekday, habit.block) for habit in said if habit.certainty >= level}
        self.told += len(slots)
        self.right += len(slots & person.fair)
        self.there += len(person.exact)
        self.found += len(slots & person.exact)
        self.none += not person.appointments
        self.alarmed += bool(slots) and not person.appointments

    def line(self) -> str:
        return (
            f"told {self.told:5}, right {percent(self.right, self.told)};  there {self.there:5}, found "
            f"{percent(self.found, self.there)};  without any: told of one {percent(self.alarmed, self.none)}"
        )


def percent(part: int, whole: int) -> str:
    return f"{100 * part / whole:5.1f} %" if whole else "    - "


def table(
    title: str, kinds: tuple[str, ...], weeks: tuple[int, ...], people: Callable[[str, int], list[Person]]
) -> None:
    """One line for each level of certainty."""
    for level in LEVELS:
        tally = Tally()
        for kind in kinds:
            for count in weeks:
                for person in people(kind, count):
                    tally.add(person, habits(person.times), level)
        print(f"{title:12} at {level:.2f} and above: {tally.line()}")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--people", type=int, default=300, help="of each kind and number of weeks")
    parser.add_argument("--seed", type=int, default=1)
    args = parser.parse_args()
    known: dict[tuple[str, int], list[Person]] = {}

    def people(kind: str, weeks: int) -> list[Person]:
        if (kind, weeks) not in known:
            rng = random.Random(f"{args.seed}:{kind}:{weeks}")
            known[kind, weeks] = [made(kind, weeks, rng) for _ in range(args.people)]
        return known[kind, weeks]

    for kind in KINDS:
        table(kind, (kind,), WEEKS, people)
    for weeks in WEEKS:
        table(f"{weeks} weeks", KINDS, (weeks,), people)
    table("everybody", KINDS, WEEKS, people)


if __name__ == "__main__":
    main()
