"""Points into places, told apart by who sees them: what others see is never made surer by a history that only the account shows."""

from __future__ import annotations

import random
from collections.abc import Iterable, Sequence
from dataclasses import replace

from unlisted import places
from unlisted.audit.exported import with_ends
from unlisted.audit.observed import Observed
from unlisted.model import FLOOR, Place, PlaceSeen, PlaceSummary, Point, Subject, TripSummary, certainty_word
from unlisted.places.compare import letter, split_id

LEAST_POINTS = 10
"""A curve drawn from fewer photos and posts says nothing."""
DRAWS, FEW_DRAWS, MANY = 20, 5, 20_000
"""How often posts are drawn for each point of the curve; fewer times where there are very many posts."""
LIKELY = 0.60
"""A home that is less than "fairly sure" is no place to be away from."""
MOST_TRIPS = 50
LEAST_VOTES, LEAST_DAYS = 3, 2
"""Quarter hours and days on which a place that nobody declared must show before its role is told."""


def draw(seen: Observed, subject: Subject) -> tuple[list[PlaceSeen], tuple[PlaceSummary, ...]]:
    """The places of the points that others see, then those of private records; and both as they may be shown."""
    shared = seen.points.of(private=False)
    private = seen.points.of(private=True)
    open_places = with_ends(compared(shared, subject), seen.outings)
    kept_places = after(open_places, with_ends(compared(private, subject), seen.outings))
    shown = (
        *places.summarise(open_places, points=shared, zone=subject.timezone),
        *places.summarise(kept_places, points=private, zone=subject.timezone),
    )
    return [*open_places, *kept_places], shown


def compared(points: Sequence[Point], subject: Subject) -> list[PlaceSeen]:
    """The places of some points, against what was declared."""
    found = places.compare(places.infer(points, zone=subject.timezone), subject=subject, points=points)
    return [shown_rarely(item) if item.fact is None and rare(item.place) else item for item in found]


def rare(place: Place) -> bool:
    """Whether too little shows a place to call it a home, a workplace or a habit."""
    return place.days < LEAST_DAYS or sum(map(sum, place.routine)) < LEAST_VOTES


def shown_rarely(item: PlaceSeen) -> PlaceSeen:
    """The place as one that came up, and no more. A declared place needs no such care: the person said what it is."""
    place = item.place
    certainty = place.extras.get("visited", place.certainty)
    return replace(item, place=replace(place, kind="visited", certainty=certainty, area_only=False, extras={}))


def after(first: Sequence[PlaceSeen], more: Sequence[PlaceSeen]) -> list[PlaceSeen]:
    """Places of private records, with ranks and letters that go on where the first ones end."""
    lettered = sum(item.letter is not None for item in first)
    out = []
    for item in more:
        lettered += item.letter is not None
        name = letter(lettered) if item.letter else None
        out.append(replace(item, rank=item.rank + len(first), letter=name, private=True))
    return out


def knows(seen: Observed, subject: Subject, rng: random.Random) -> tuple[tuple[int, float], ...]:
    """With how many of the photos and posts that others see a stranger knows the home; empty where all of them are not enough.

    Drawn from files of the person and from accounts whose control was shown, as places are.
    """
    shared = seen.points.of(private=False)
    if len(shared) - places.dropped(shared, zone=subject.timezone) < LEAST_POINTS:
        return ()
    draws = DRAWS if len(shared) <= MANY else FEW_DRAWS
    curve = places.knows(shared, rng=rng, draws=draws, zone=subject.timezone)
    return tuple((count, round(score, 2)) for count, score in curve) if curve and curve[-1][1] >= FLOOR else ()


def knows_of(seen: Observed) -> tuple[str, ...]:
    """The labels of the sources whose photos and posts tell a place that others see."""
    return tuple(dict.fromkeys(point.source for point in seen.points.of(private=False)))


def photo_names(
    seen: Observed, shown: Iterable[PlaceSummary], far: Iterable[TripSummary]
) -> tuple[tuple[str, int, str], ...]:
    """The photos that places and trips count, as the report tells them: nobody finds "photo 22" in a folder."""
    groups = [group for place in shown for group in (*place.seen_in, *place.fewest)]
    groups += [group for trip in far for group in trip.seen_in]
    counted = {(label, number) for label, numbers in groups for number in numbers}
    told = ((photo.source, photo.number, photo.name) for photo in seen.photos)
    return tuple((label, number, name) for label, number, name in told if name and (label, number) in counted)


def trips(seen: Observed, subject: Subject) -> tuple[TripSummary, ...]:
    """Days away from home as the photos and posts that others see tell them; none where they do not tell of a home."""
    home = home_of(seen.places)
    word = certainty_word(home.certainty) if home else None
    if home is None or word is None:
        return ()
    shared = seen.points.of(private=False)
    found = places.trips(shared, home, zone=subject.timezone)[:MOST_TRIPS]
    return tuple(
        TripSummary(
            days=trip.days,
            posts=len(trip.posts),
            certainty=word,
            score=round(home.certainty, 2),
            seen_in=ordinals(trip.posts),
        )
        for trip in found
    )


def home_of(seen: Iterable[PlaceSeen]) -> Place | None:
    """The home as the photos and posts themselves show it, where that is likely.

    Never the declared address: an answer that hangs on a position of one's choice finds any place when asked again and again.
    """
    found = (item.place for item in seen if item.place.kind == "home" and not item.private)
    return next((place for place in found if place.certainty >= LIKELY), None)


def ordinals(names: Iterable[str]) -> tuple[tuple[str, tuple[int, ...]], ...]:
    """Ids as (source label, ordinals in order)."""
    out: dict[str, set[int]] = {}
    for label, number in map(split_id, names):
        out.setdefault(label, set()).add(number or 0)
    return tuple((label, tuple(sorted(numbers))) for label, numbers in out.items())
