"""Points into places, told apart by who sees them: what others see is never made surer by a history that only the account shows."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from unlisted import places
from unlisted.audit.exported import with_ends
from unlisted.audit.observed import Observed
from unlisted.model import PlaceSeen, PlaceSummary, Point, Subject
from unlisted.places.compare import letter


def draw(seen: Observed, subject: Subject) -> tuple[list[PlaceSeen], tuple[PlaceSummary, ...]]:
    """The places of the points that others see, then those of private records; and both as they may be shown."""
    shared = [point for point in seen.points if not point.private]
    private = [point for point in seen.points if point.private]
    open_places = with_ends(compared(shared, subject), seen.outings)
    kept_places = after(open_places, with_ends(compared(private, subject), seen.outings))
    shown = (
        *places.summarise(open_places, points=shared, zone=subject.timezone),
        *places.summarise(kept_places, points=private, zone=subject.timezone),
    )
    return [*open_places, *kept_places], shown


def compared(points: Sequence[Point], subject: Subject) -> list[PlaceSeen]:
    """The places of some points, against what was declared."""
    return places.compare(places.infer(points, zone=subject.timezone), subject=subject, points=points)


def after(first: Sequence[PlaceSeen], more: Sequence[PlaceSeen]) -> list[PlaceSeen]:
    """Places of private records, with ranks and letters that go on where the first ones end."""
    lettered = sum(item.letter is not None for item in first)
    out = []
    for item in more:
        lettered += item.letter is not None
        name = letter(lettered) if item.letter else None
        out.append(replace(item, rank=item.rank + len(first), letter=name, private=True))
    return out
