"""What the page "If someone is bothering you" says: the same for everybody of a country, so that nobody has to say anything."""

from __future__ import annotations

from collections.abc import Iterable

from unlisted.data import support as data
from unlisted.model import Guide, Support
from unlisted.remedy.laws import law_cards

NO_LAW = "We have no card on the law of this country: not verified. An advocate or the police can tell you."


def support_for(country: str) -> Support:
    """Steps, ways in which it shows, and the cards on the law on stalking of a country (ISO code)."""
    found, cards = data.guides(), law_cards(country)
    return Support(
        steps=_guides(found.step),
        signs=_guides(found.sign),
        laws=cards,
        no_law=None if cards else NO_LAW,
        steps_known=found.known.steps,
        signs_known=found.known.signs,
    )


def _guides(entries: Iterable[data.Guide]) -> tuple[Guide, ...]:
    return tuple(Guide(title=entry.title, sentences=entry.sentences) for entry in entries)
