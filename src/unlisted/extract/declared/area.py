"""Towns and postcodes of declared addresses: found once in a text, for all addresses that share them."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from unlisted.extract.declared.parts import Address
from unlisted.extract.declared.probe import anchors_of, join_forward
from unlisted.extract.text.lexicon import lexicon
from unlisted.extract.text.tokens import View
from unlisted.model.evidence import Match
from unlisted.model.subject import Fact

MAX_PLACES = 5_000
"""Places of one town in one text that are looked at."""
MAX_MATCHES = 500
"""Matches of one town in one text: who has said it so often has said it."""
LEAST_POSTCODE = 4
"""Signs of a postcode that says something."""

Town = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Area:
    """A town, in its spellings, and a postcode."""

    towns: tuple[Town, ...] = field(repr=False)
    postcode: str = field(repr=False)
    anchors: frozenset[str] = field(repr=False)
    """The words with which they can begin."""

    @classmethod
    def of(cls, *addresses: Address) -> Area:
        """The area of an address, read in one or several spellings."""
        lex = lexicon()
        towns = tuple(dict.fromkeys(address.town for address in addresses if address.town))
        first = {town[0] for town in towns}
        same = {word for word, means in lex.all.items() if any(means & lex.meanings(name) for name in first)}
        code = next((a.postcode for a in addresses if len(a.postcode) >= LEAST_POSTCODE), "")
        return cls(towns, code, frozenset(first | same | set(anchors_of(code, least=2))))

    def places(self, view: View) -> list[tuple[int, int, float]]:
        """(first word, last word, certainty) of each place; certainty 0 where it is not written as a name."""
        out = []
        for index in view.at(self.anchors)[:MAX_PLACES]:
            last = self.town_at(view, index)
            if last is not None:
                named = not view.cased or view.capital(index) or view.capital(last)
                out.append((index, last, (0.9 if view.capital(index) else 0.6) if named else 0.0))
            elif (last := self.postcode_at(view, index)) is not None:
                price = set(view.before(index)[-1:]) & set("$€£")
                out.append((index, last, 0.0 if price else 0.9))
        return out

    def town_at(self, view: View, index: int) -> int | None:
        """The last word of our town if it starts at `index`."""
        lex = lexicon()
        for town in self.towns:
            words = view.words[index : index + len(town)]
            if len(words) == len(town) and all(lex.agree(a, b) for a, b in zip(words, town, strict=True)):
                return index + len(town) - 1
        return None

    def postcode_at(self, view: View, index: int) -> int | None:
        """The last word of our postcode if it starts at `index`."""
        fits = self.postcode and self.postcode.startswith(view.words[index])
        return join_forward(view, index, self.postcode, glue=" -.") if fits else None


class Scene(View):
    """A text in which the places of each area are found once, when they are first asked for."""

    def __init__(self, text: str) -> None:
        super().__init__(text)
        self._areas: dict[Area, list[tuple[int, int, float]]] = {}

    def named(self, area: Area) -> list[tuple[int, int, float]]:
        """Where an area is named, in order."""
        found = self._areas.get(area)
        if found is None:
            found = self._areas[area] = area.places(self)
        return found

    def near(self, area: Area, low: int, high: int) -> bool:
        """Whether an area is named between two words, the second not included."""
        places = self.named(area)
        at = bisect_left(places, (low, -1, 0.0))
        return at < len(places) and places[at][0] < high


def matches(scene: Scene, facts_of: Iterable[tuple[Area, tuple[Fact, ...]]]) -> Iterator[Match]:
    """The areas of the facts in a text."""
    for area, facts in facts_of:
        shown = [place for place in scene.named(area) if place[2]]
        for first, last, certainty in shown[:MAX_MATCHES]:
            start, end = scene.span(first, last)
            for fact in facts:
                yield Match(fact=fact, level="area", start=start, end=end, certainty=certainty)
