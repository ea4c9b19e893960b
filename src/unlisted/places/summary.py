"""Places as they may be shown: labels, letters, words and counts. Nothing in here takes a coordinate."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from unlisted.model import Place, PlaceSeen, PlaceSummary, Point, certainty_word
from unlisted.places.compare import split_id, unlike
from unlisted.places.fewest import Cut, fewest

SHOWN = 12
"""So many places are shown at most, by rank; the rest is only counted."""

ROUTINE_LEAST = 10
"""Votes: a routine drawn from less is not shown."""

CLEAR = 0.5
"""A routine is clear where two of the six four-hour blocks of the day hold at least this share."""

Week = tuple[tuple[int, ...], ...]
Seen = tuple[tuple[str, tuple[int, ...]], ...]


def summarise(
    seen: Sequence[PlaceSeen], *, points: Iterable[Point], zone: str | None = None
) -> tuple[PlaceSummary, ...]:
    """The first places by rank, without their positions. Places too unsure to be shown are left out. `zone`: as in `infer`."""
    points = points if isinstance(points, Sequence) else tuple(points)
    cuts = fewest([item.place for item in seen[:SHOWN]], points, zone=zone)
    odd = unlike(points)
    return tuple(
        summary for item, cut in zip(seen, cuts, strict=False) if (summary := _summary(item, cut, odd)) is not None
    )


def _summary(item: PlaceSeen, cut: Cut, odd: Mapping[str, tuple[str, int]]) -> PlaceSummary | None:
    place = item.place
    word = certainty_word(place.certainty)
    if word is None:
        return None
    return PlaceSummary(
        name=item.fact.label if item.fact else item.letter or "",
        declared=item.fact is not None,
        role=place.kind,
        certainty=word,
        score=round(place.certainty, 2),
        rank=item.rank,
        points=len(place.evidence),
        days=place.days,
        distance=item.distance,
        looks_like=looks_like(place),
        blocks=blocks(place.routine),
        seen_in=by_source(place.evidence, odd),
        fewest=by_source(cut.ids, odd),
        fewest_exact=cut.exact,
        area_only=place.area_only,
    )


def blocks(routine: Week) -> Week | None:
    """Counts by weekday and four-hour block (7 x 6); None where there is too little, or nothing stands out."""
    total = sum(map(sum, routine))
    if total < ROUTINE_LEAST:
        return None
    table = tuple(tuple(sum(day[hour : hour + 4]) for hour in range(0, 24, 4)) for day in routine)
    columns = sorted((sum(day[block] for day in table) for block in range(6)), reverse=True)
    return table if sum(columns[:2]) >= CLEAR * total else None


def by_source(names: Iterable[str], odd: Mapping[str, tuple[str, int]]) -> Seen:
    """Ids as (source label, ordinals in order). `odd`: the ids that do not say both, as `compare.unlike` lists them."""
    out: dict[str, set[int]] = {}
    for name in names:
        label, number = odd[name] if name in odd else split_id(name)
        out.setdefault(label, set()).add(number or 0)
    return tuple((label, tuple(sorted(numbers))) for label, numbers in out.items())


@dataclass(frozen=True, slots=True, kw_only=True)
class _Habits:
    """Shares of a place's votes: what the sentences below ask for."""

    total: int
    night: float
    office: float
    evening: float
    weekend: float
    one_weekday: float
    days: int
    kind: str

    @classmethod
    def of(cls, place: Place) -> _Habits:
        week = place.routine or ((0,) * 24,) * 7
        total = max(1, sum(map(sum, week)))
        return cls(
            total=sum(map(sum, week)),
            night=sum(sum(day[22:]) + sum(day[:6]) for day in week) / total,
            office=sum(sum(day[8:18]) for day in week[:5]) / total,
            evening=sum(sum(day[17:]) for day in week) / total,
            weekend=sum(map(sum, week[5:])) / total,
            one_weekday=max(map(sum, week)) / total,
            days=place.days,
            kind=place.kind,
        )


SENTENCES: tuple[tuple[Callable[[_Habits], bool], str], ...] = (
    (lambda h: h.total == 0 and h.days == 0, "Somewhere you were; the times are not known."),
    (lambda h: h.days <= 1, "Somewhere you were on one day."),
    (lambda h: h.total == 0 or h.kind == "visited", "Somewhere you were on a few days."),
    (lambda h: h.kind == "home" and h.night >= 0.3, "Somewhere you often were at night."),
    (lambda h: h.kind == "home", "Somewhere you often began or ended the day."),
    (lambda h: h.one_weekday >= 0.7, "Somewhere you often went on the same day of the week."),
    (lambda h: h.office >= 0.6, "Somewhere you often were on weekdays."),
    (lambda h: h.night >= 0.4, "Somewhere you often were at night."),
    (lambda h: h.weekend >= 0.6, "Somewhere you often went at weekends."),
    (lambda h: h.evening >= 0.6, "Somewhere you often were in the evening."),
)
"""The first test that holds gives the sentence."""


def looks_like(place: Place) -> str:
    """What a place looks like, in one plain sentence about the past."""
    habits = _Habits.of(place)
    return next((sentence for test, sentence in SENTENCES if test(habits)), "Somewhere you went again and again.")
