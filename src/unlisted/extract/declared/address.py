"""Declared addresses: the very house, its street, or its town."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import partial

from unlisted.extract.declared import lines
from unlisted.extract.declared.area import Area, Scene
from unlisted.extract.declared.dates import months
from unlisted.extract.declared.house import House, NumberReader
from unlisted.extract.declared.lines import COUNTRIES
from unlisted.extract.declared.parts import DWELLINGS, Address
from unlisted.extract.declared.probe import Found, Probe, anchors_of, join_forward, words_of
from unlisted.extract.declared.slip import SlipReader
from unlisted.extract.declared.street import Phrase, Spot, StreetReader, align, anchor, compacts, phrases
from unlisted.extract.text.fold import bag, key
from unlisted.extract.text.lexicon import lexicon
from unlisted.extract.text.tokens import View
from unlisted.model.subject import Fact

FINE_POSTCODES = frozenset({"NL"})
"""Where a postcode and a number are an address."""
WINDOW = 18
"""Words before and after a street within which its town or postcode is looked for."""
TELLING = 8
"""Letters of a street's name that says enough without its type."""
REACH = 60
"""Characters after a street within which another postcode says that it is in another town."""
_AFTER = re.compile(r"\s{0,3}(?:,|in|at|à|en|em|te|a)?\s{1,3}([^\W\d_][\w'-]{2,30})", re.IGNORECASE)
_TOWN = re.compile(
    r"\s?,\s{1,2}(?:\d{3,6} )?([A-ZÀ-Þ][\w'’-]{2,30}(?: [A-ZÀ-Þ][\w'’-]{1,30}){0,3})(?=\s?(?:[,;)\n!?]|\.(?:\s|$)|$))"
)
GREETINGS = bag("thanks thank thx cheers love hello hi dear bye please danke merci gracias grazie obrigado bitte")
_END = frozenset(",.;\n)|/(-")


@dataclass(frozen=True, slots=True)
class AddressReader:
    """Looks for one declared address."""

    address: Address
    area: Area = field(repr=False)
    other_towns: frozenset[str] = field(repr=False)
    numbers: NumberReader = field(repr=False)
    streets: StreetReader = field(repr=False)
    slips: SlipReader = field(repr=False)
    postcode: re.Pattern[str] = field(repr=False)

    def at_phrase(self, phrase: Phrase, at: int, view: Scene, index: int) -> Found | None:
        """What stands at a word of the street's name."""
        place = align(view, index, phrase.words, at)
        if place is None or (phrase.dotted and view.gap(place[1])[:1] != "."):
            return None
        return self.judge(view, self.streets.spot(view, *place, typed=phrase.typed))

    def judge(self, view: Scene, spot: Spot) -> Found | None:
        """The level of a street in a text."""
        if spot.other:
            return None
        house = self.house(view, spot)
        first, last = (min(spot.first, house.first), max(spot.last, house.last)) if house else (spot.first, spot.last)
        town = self.town_near(view, spot)
        if not spot.typed and self.address.types and not self._enough(view, spot, house, last, near=town):
            return None
        if not town and self.elsewhere(view, first, last):
            return None
        ours = house is not None and house.ours and bool(self.address.number)
        ours = ours and not self.numbers.other_unit(view, first, last)
        if ours and (spot.typed or not self.address.types or house is not None):
            return Found("same", first, last, 1.0 if spot.typed else 0.8)
        if town:
            return Found("street", first, last)
        return Found("area", first, last, 0.6, street_named=True) if spot.typed or not self.address.types else None

    def _enough(self, view: View, spot: Spot, house: House | None, last: int, *, near: bool) -> bool:
        """Whether a street without its type is ours: it ends there, beside its town, or a telling name beside our number."""
        if not self._alone(view, last):
            return False
        name = self.address.name
        telling = len(name) > 1 or len(name[0]) >= TELLING or (name[0][0].isdigit() and not name[0].isdigit())
        beside = house is not None and house.ours and (house.last == spot.first - 1 or house.first == spot.last + 1)
        return near or (telling and beside and len(self.address.number) > 1)

    def house(self, view: View, spot: Spot) -> House | None:
        """The number beside a street, on the side where the country writes it, else on the other."""
        found = (self.numbers.before(view, spot.first), self.numbers.after(view, spot.last))
        before, after = (None if house is None or self._is_postcode(view, house) else house for house in found)
        if self.address.number_first:
            return before or after
        return after or before

    def _is_postcode(self, view: View, house: House) -> bool:
        word = "".join(view.words[house.first : house.last + 1])
        if house.ours or not self.address.postcode:
            return False
        return self.address.postcode.endswith(word) or (len(word) >= 5 and self.postcode.fullmatch(word) is not None)

    def _alone(self, view: View, last: int) -> bool:
        """Whether a street without its type ends where it should: at a break, a number, its town."""
        if last + 1 >= len(view.words) or _END & set(view.gap(last)):
            return True
        word = view.words[last + 1]
        return word[0].isdigit() or word in lexicon().units or any(word == town[0] for town in self.area.towns)

    def town_near(self, view: Scene, spot: Spot) -> bool:
        """Whether our town or postcode stands near a street."""
        before, after = (spot.first - WINDOW, spot.first), (spot.last + 1, spot.last + WINDOW)
        return view.near(self.area, *after) or view.near(self.area, *before)

    def elsewhere(self, view: View, first: int, last: int) -> bool:
        """Whether the text puts the street into another town: another postcode, or a town's name after "in" or a comma."""
        start, end = view.starts[first], view.end(last)
        around = (view.folded.text[max(0, start - REACH // 2) : start], view.folded.text[end : end + REACH])
        if any(self.postcode.search(part) for part in around):
            return True
        shown = view.folded.original(end, end=True)
        match = _AFTER.match(view.text, shown, shown + REACH)
        if match is None or match.group().isspace():
            return False
        named = match.group(1)[0].isupper() and re.match(r"\s{0,3}in\s", view.text[shown : shown + 8]) is not None
        following = f"{key(view.text[match.start(1) : shown + REACH])} "
        return (
            named or any(following.startswith(f"{town} ") for town in self.other_towns) or self._town_after(view, shown)
        )

    def _town_after(self, view: View, shown: int) -> bool:
        """Whether a comma and a name in capitals follow that end there, and that are no part of what was declared."""
        match = _TOWN.match(view.text, shown, shown + REACH) if view.cased and self.address.town else None
        if match is None:
            return False
        words = key(match.group(1)).split()
        known = self.address.places | lexicon().units | DWELLINGS | COUNTRIES | months().keys() | words_of("days")
        return known.isdisjoint(words) and words[0] not in GREETINGS

    def at_number(self, view: Scene, index: int) -> Found | None:
        """A street with one slip of the pen beside our number."""
        for forward in (True, False) if self.address.number_first else (False, True):
            found = self.slips.spot(view, index, forward=forward)
            if found is not None:
                house = self.house(view, found.spot)
                if house is None or not house.ours or not house.first <= index <= house.last:
                    return None
                return None if found.loose and not self.town_near(view, found.spot) else self.judge(view, found.spot)
        return None

    def at_compact(self, whole: str, count: int, view: View, index: int) -> Found | None:
        """Number and street with a space left out between two of their `count` words: "27LarchRow"."""
        last = join_forward(view, index, whole, glue=" -_+")
        if last is None or last - index + 1 >= count or self.elsewhere(view, index, last):
            return None
        return None if self.numbers.other_unit(view, index, last) else Found("same", index, last, 0.9)

    def at_postcode(self, view: Scene, index: int) -> Found | None:
        """Our postcode with our number behind it: the house, where a postcode is a few doors."""
        last = self.area.postcode_at(view, index)
        if last is None or view.gap(last).strip() not in {"", ","}:
            return None
        house = self.numbers.after(view, last)
        return (
            Found("same", index, house.last, 0.95) if house is not None and house.ours and self.address.number else None
        )


def parse(fact: Fact) -> tuple[Address, Address]:
    """A declared address, as written and with umlauts as two letters."""
    return lines.from_fact(fact), lines.from_fact(fact, spell=True)


def probes(fact: Fact, spellings: tuple[Address, Address], area: Area, others: frozenset[str]) -> Iterator[Probe]:
    """What looks for a declared address; `others` are the towns of the person's other addresses."""
    address, spelt = spellings
    reader = AddressReader(
        address=address,
        area=area,
        other_towns=others - {" ".join(address.town)},
        numbers=NumberReader.of(address),
        streets=StreetReader(address),
        slips=SlipReader(address),
        postcode=_other_postcode(address.region),
    )
    names = dict.fromkeys(name for name in (address.name, spelt.name) if name)
    for phrase in dict.fromkeys(phrase for name in names for phrase in phrases(name, address)):
        at = anchor(phrase)
        yield Probe(fact, phrase.words[at], partial(reader.at_phrase, phrase, at))
    if address.number and address.name:
        for word in {address.number, re.sub(r"\D.*", "", address.number)} - {""}:
            yield Probe(fact, word, reader.at_number)
        for words, whole in compacts(address):
            for size in range(1, len(words)):
                yield Probe(fact, "".join(words[:size]), partial(reader.at_compact, whole, len(words)))
            yield Probe(fact, whole, partial(reader.at_compact, whole, len(words)))
    for word in anchors_of(area.postcode, least=2) if address.region in FINE_POSTCODES else ():
        yield Probe(fact, word, reader.at_postcode)


def _other_postcode(region: str) -> re.Pattern[str]:
    """What counts as a postcode near a street; four digits are too often a year: a town or state must stand by them."""
    shape = lines.POSTCODES.get(region, r"\d{4,6}")
    if shape == r"\d{4}":
        shape = (
            r"(?:(?<=[a-z]{2} )|(?<=[a-z]{2}, )(?!19|20))\d{4}|(?!19|20)\d{4}(?= [a-z]{3})"
            if region in {"AU", "NZ", "ZA"}
            else r"\d{4}(?= [a-z]{3})"
        )
    return re.compile(rf"(?<![\w$€£])(?:{shape})(?!\w)")
