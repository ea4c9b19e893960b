"""Declared facts in text, in any spelling, at three levels: same, street, area."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from unlisted.extract.declared import address, bodies, codes, dates, mail, names, phone, position
from unlisted.extract.declared.clear import clear
from unlisted.extract.declared.probe import Probe
from unlisted.extract.text.tokens import View
from unlisted.model.evidence import Match
from unlisted.model.subject import Fact, FactKind

MAX_LOOKS = 3_000
"""How often one fact is looked for in one text: enough for any page, and a bound for a text made of one street's name."""
STRENGTH = {"area": 1, "street": 2, "same": 3}


class Matcher:
    """Finds declared facts. Built once for the facts of a person; `find` may be called any number of times."""

    def __init__(self, facts: Iterable[Fact]) -> None:
        self._facts = tuple(facts)
        self._table: dict[str, list[tuple[int, Probe]]] = {}
        towns = frozenset(address.town_of(fact) for fact in self._facts if fact.kind == FactKind.ADDRESS) - {""}
        for number, fact in enumerate(self._facts):
            for probe in _probes(fact, towns):
                self._table.setdefault(probe.anchor, []).append((number, probe))
        self._phones = phone.PhoneReader.of(fact for fact in self._facts if fact.kind == FactKind.PHONE)
        self._places = position.PlaceReader.of(
            fact for fact in self._facts if fact.kind == FactKind.PLACE or fact.position
        )

    def __repr__(self) -> str:
        return f"Matcher({len(self._facts)} facts)"

    def find(self, text: str) -> list[Match]:
        """Every declared fact in a text, strongest first where two stand at one place; offsets are code points of `text`."""
        view = View(clear(text))
        found = [*self._at_words(view), *self._phones.find(view), *self._places.find(view)]
        return _strongest(found)

    def _at_words(self, view: View) -> Iterator[Match]:
        looks = [0] * len(self._facts)
        table = self._table
        for index in view.at(table.keys()):
            for number, probe in table[view.words[index]]:
                looks[number] += 1
                if looks[number] > MAX_LOOKS:
                    continue
                hit = probe.look(view, index)
                if hit is not None:
                    start, end = view.span(hit.first, hit.last)
                    yield Match(fact=probe.fact, level=hit.level, start=start, end=end, certainty=hit.certainty)


def _probes(fact: Fact, towns: frozenset[str]) -> Iterable[Probe]:
    if fact.kind == FactKind.ADDRESS:
        return address.probes(fact, towns)
    makers = {
        FactKind.EMAIL: mail.probes, FactKind.NAME: names.probes, FactKind.RELATIVE: names.relative_probes,
        FactKind.BIRTH_DATE: dates.probes, FactKind.PLATE: codes.plate_probes, FactKind.HANDLE: codes.handle_probes,
        FactKind.EMPLOYER: bodies.probes, FactKind.SCHOOL: bodies.probes,
    }  # fmt: skip
    maker = makers.get(FactKind(fact.kind)) if fact.kind in set(FactKind) else None
    return maker(fact) if maker else ()


def _strongest(found: list[Match]) -> list[Match]:
    """One match a fact and place: of those that overlap, the strongest, then the longest."""
    kept: dict[int, list[Match]] = {}
    order = sorted(found, key=lambda m: (-STRENGTH[m.level], m.start, m.start - m.end))
    for match in order:
        same = kept.setdefault(id(match.fact), [])
        if not any(other.start < match.end and match.start < other.end for other in same[-200:]):
            same.append(match)
    return sorted((m for group in kept.values() for m in group), key=lambda m: (m.start, -STRENGTH[m.level], m.end))
