"""Places against what the person declared: confirm, never reveal.

A declared place is answered with a distance class, an undeclared one gets a letter. No answer is finer than 100 metres, and at most
five declared positions are looked at, so that nobody can find a place by asking again and again.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from unlisted.model import FLOOR, Fact, Place, PlaceSeen, Point, Points, Subject

CLASSES = ((100.0, "within 100 m"), (500.0, "within 500 m"), (2_000.0, "within 2 km"), (math.inf, "further"))
"""Distance classes in metres, upper edge included."""

DECLARED = 500.0
"""A place this near to a declared position is that declared place. Metres."""

GLOBE = 12_742_017.6
"""Twice the radius of the earth, metres."""


def compare(places: Sequence[Place], *, subject: Subject, points: Iterable[Point]) -> list[PlaceSeen]:
    """The places by rank (certainty times days, then points), each with its declared fact or a letter.

    A home or work that is too unsure to be shown goes back to what it is without that role.
    """
    odd = unlike(points)
    shown = sorted((_demoted(place) for place in _once(places)), key=_weight)
    out: list[PlaceSeen] = []
    letters = 0
    for rank, place in enumerate(shown, 1):
        fact, apart = nearest(place.center, subject)
        mine = fact if apart <= DECLARED else None
        letters += mine is None
        out.append(
            PlaceSeen(
                place=place,
                rank=rank,
                fact=mine,
                distance=None if fact is None else distance_class(apart),
                letter=None if mine else letter(letters),
                sources=_sources(place, odd),
            )
        )
    return out


def nearest(center: tuple[float, float], subject: Subject) -> tuple[Fact | None, float]:
    """The nearest declared fact and its distance in metres; (None, infinity) where none has a position."""
    near = [(great_circle(center, fact.position), fact) for fact in subject.placed if fact.position]
    if not near:
        return None, math.inf
    apart, fact = min(near, key=lambda item: item[0])
    return fact, apart


def distance_class(apart: float) -> str:
    """The word for a distance in metres; what cannot be measured is "further"."""
    return next((word for edge, word in CLASSES if apart <= edge), CLASSES[-1][1])


def great_circle(a: tuple[float, float], b: tuple[float, float]) -> float:
    """Metres between two positions in degrees."""
    lat, lat2 = math.radians(a[0]), math.radians(b[0])
    h = math.sin((lat2 - lat) / 2) ** 2 + math.cos(lat) * math.cos(lat2) * math.sin(math.radians(b[1] - a[1]) / 2) ** 2
    return GLOBE * math.asin(math.sqrt(min(1.0, h)))


def letter(number: int) -> str:
    """1 is A, 26 is Z, 27 is AA."""
    out = ""
    while number > 0:
        number, rest = divmod(number - 1, 26)
        out = chr(ord("A") + rest) + out
    return out


def split_id(name: str) -> tuple[str, int | None]:
    """The source label and the ordinal of a point's id ("holiday photos#12")."""
    label, mark, number = name.rpartition("#")
    if not mark:
        return "", None
    return label, int(number) if number.isascii() and number.isdigit() and len(number) <= 9 else None


def unlike(points: Iterable[Point]) -> dict[str, tuple[str, int]]:
    """Source and ordinal of each id that does not say both itself; what an id does not number is counted within its source.

    Most ids say both ("holiday photos#12"), so a million points need no table of a million rows.
    """
    out: dict[str, tuple[str, int]] = {}
    seen: Counter[str] = Counter()
    if isinstance(points, Points) and all(_says_both(*name) for name in points.names):
        return out
    for point in points:
        label, number = split_id(point.id)
        source = point.source or label
        seen[source] += 1
        if number is None or source != label:
            out.setdefault(point.id, (source, seen[source] if number is None else number))
    return out


def _says_both(name: str, source: str) -> bool:
    """Whether an id says its source and its ordinal."""
    label, number = split_id(name)
    return number is not None and (source or label) == label


def _sources(place: Place, odd: Mapping[str, tuple[str, int]]) -> tuple[str, ...]:
    """The sources that show a place, in the order of its points."""
    if not odd:
        return tuple(dict.fromkeys(name.rpartition("#")[0] for name in place.evidence))
    return tuple(dict.fromkeys(odd[name][0] if name in odd else name.rpartition("#")[0] for name in place.evidence))


def _once(places: Sequence[Place]) -> list[Place]:
    """Each place in its surest role: `infer` names a place twice where it is the best home and the best work."""
    best: dict[tuple[float, float], Place] = {}
    for place in places:
        old = best.get(place.center)
        if old is None or place.certainty > old.certainty:
            best[place.center] = place
    return list(best.values())


def _demoted(place: Place) -> Place:
    if place.kind not in {"home", "work"} or place.certainty >= FLOOR or not place.extras:
        return place
    kind, certainty = next(iter(place.extras.items()))
    return replace(place, kind=kind, certainty=certainty, area_only=False, extras={})


def _weight(place: Place) -> tuple[float, int, str]:
    """Sorts the weightiest first; ties by the first point, never by position."""
    return -place.certainty * max(1, place.days), -len(place.evidence), place.evidence[0] if place.evidence else ""
