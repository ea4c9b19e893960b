"""A check: its card, and the function that the card's rule or the file beside it gives."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from unlisted.model.card import Card
from unlisted.model.evidence import Listing, Mention, PageSeen, PhotoSeen, PlaceSeen
from unlisted.model.finding import Hit
from unlisted.model.subject import Subject

EVIDENCE: Mapping[str, type] = {
    "mention": Mention,
    "photo": PhotoSeen,
    "page": PageSeen,
    "listing": Listing,
    "place": PlaceSeen,
}
"""The evidence kinds that a card can be `on`, with the type that a check is given as `seen`."""

INNER = {"photo": "photo", "page": "page", "place": "place"}
"""Kinds whose evidence wraps what was read: a check may ask for the inner one by this name."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Check:
    """A card with its function. `wants` are the function's parameter names: what it gets is chosen by name."""

    card: Card
    function: Callable[..., Iterable[Hit]] = field(repr=False)
    wants: tuple[str, ...] = ("seen",)

    @property
    def id(self) -> str:
        """Family and name, as in the path of the card."""
        return self.card.id

    def run(self, seen: Any, subject: Subject) -> Iterator[Hit]:
        """The hits for one piece of evidence. Whatever the function raises comes out: the caller decides."""
        on = self.card.on
        offered = {"seen": seen, on: getattr(seen, INNER.get(on, ""), seen), "subject": subject}
        yield from self.function(**{name: offered[name] for name in self.wants})
