"""Declared facts in text, in any spelling, at three levels: same, street, area."""

from __future__ import annotations

from bisect import bisect_left, insort
from collections.abc import Callable, Iterable, Iterator

from unlisted.extract.declared import address, area, bodies, codes, dates, mail, names, phone, position
from unlisted.extract.declared.area import Area, Scene
from unlisted.extract.declared.clear import clear
from unlisted.extract.declared.probe import Probe
from unlisted.extract.text.repeats import cuts
from unlisted.model.evidence import Match
from unlisted.model.subject import Fact, FactKind

MAX_LOOKS = 3_000
"""How often one fact is looked for in one text: enough for any page, and a bound for a text made of one street's name."""
STRENGTH = {"area": 1, "street": 2, "same": 3}
MAKERS: dict[str, Callable[[Fact], Iterable[Probe]]] = {
    FactKind.EMAIL: mail.probes, FactKind.NAME: names.probes, FactKind.RELATIVE: names.relative_probes,
    FactKind.BIRTH_DATE: dates.probes, FactKind.PLATE: codes.plate_probes, FactKind.HANDLE: codes.handle_probes,
    FactKind.EMPLOYER: bodies.probes, FactKind.SCHOOL: bodies.probes,
}  # fmt: skip
"""What looks for a fact by itself; addresses, phones and places are looked for together."""


class Matcher:
    """Finds declared facts. Built once for the facts of a person; `find` may be called any number of times."""

    def __init__(self, facts: Iterable[Fact]) -> None:
        self._facts = tuple(facts)
        self._table: dict[str, list[tuple[int, Probe]]] = {}
        self._areas: dict[Area, tuple[Fact, ...]] = {}
        homes = {number: address.parse(f) for number, f in enumerate(self._facts) if f.kind == FactKind.ADDRESS}
        towns = frozenset(" ".join(home.town) for home, _ in homes.values()) - {""}
        for number, fact in enumerate(self._facts):
            if number in homes:
                place = Area.of(*homes[number])
                self._areas[place] = (*self._areas.get(place, ()), fact)
                probes: Iterable[Probe] = address.probes(fact, homes[number], place, towns)
            else:
                probes = MAKERS[fact.kind](fact) if fact.kind in MAKERS else ()
            for probe in probes:
                self._table.setdefault(probe.anchor, []).append((number, probe))
        self._phones = phone.PhoneReader.of(fact for fact in self._facts if fact.kind == FactKind.PHONE)
        self._places = position.PlaceReader.of(
            fact for fact in self._facts if fact.kind == FactKind.PLACE or fact.position
        )

    def __repr__(self) -> str:
        return f"Matcher({len(self._facts)} facts)"

    def find(self, text: str) -> list[Match]:
        """Every declared fact in a text, strongest first where two stand at one place; offsets are code points of `text`."""
        for start, end in cuts(text):  # what only repeats itself is read at its ends
            text = text[:start] + " " * (end - start) + text[end:]
        scene = Scene(clear(text))
        areas = area.matches(scene, self._areas.items())
        return _strongest([*areas, *self._at_words(scene), *self._phones.find(scene), *self._places.find(scene)])

    def _at_words(self, scene: Scene) -> Iterator[Match]:
        looks = [0] * len(self._facts)
        table = self._table
        for index in scene.at(table.keys()):
            for number, probe in table[scene.words[index]]:
                looks[number] += 1
                if looks[number] > MAX_LOOKS:
                    continue
                hit = probe.look(scene, index)
                if hit is not None:
                    start, end = scene.span(hit.first, hit.last)
                    yield Match(
                        fact=probe.fact,
                        level=hit.level,
                        start=start,
                        end=end,
                        certainty=hit.certainty,
                        street_named=hit.street_named,
                    )


def _strongest(found: list[Match]) -> list[Match]:
    """One match a fact and place: of those that overlap, the strongest, then the longest."""
    kept: list[Match] = []
    taken: dict[int, list[tuple[int, int]]] = {}
    for match in sorted(found, key=lambda m: (-STRENGTH[m.level], m.start, m.start - m.end)):
        places = taken.setdefault(id(match.fact), [])
        at = bisect_left(places, (match.start, match.end))
        free = at == len(places) or places[at][0] >= match.end
        if free and (at == 0 or places[at - 1][1] <= match.start):
            insort(places, (match.start, match.end))
            kept.append(match)
    return sorted(kept, key=lambda m: (m.start, -STRENGTH[m.level], m.end))
