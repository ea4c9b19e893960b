"""Street addresses in running text: readers propose streets, what follows and stands before decides."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator

from unlisted.extract.text.core import LAST_NUMBER, SPELLED, Core
from unlisted.extract.text.fold import bag
from unlisted.extract.text.grammar import OPENERS, PIECES, ROADS_FIRST, Grammar
from unlisted.extract.text.lazy import lazy
from unlisted.extract.text.marks import DIGIT, FIGURE, FOURS, KIND, LEAD, LETTER, PROOF, STATE, Marked
from unlisted.extract.text.numbered import Numbered
from unlisted.extract.text.tail import MAX_BRIDGE, Tail, follow, unit_at
from unlisted.extract.text.talk import phrase_at
from unlisted.extract.text.typed import Typed
from unlisted.model.evidence import Span

MAX_CANDIDATES = 60_000
"""Numbers and street words looked at in one text; a page has some thousands."""
MAX_FOUND = 1_000
"""Addresses of one text."""
PATIENCE = 1_500
"""Numbers and street words in a row that come to nothing; after them only those are looked at that have both beside them."""
CALM = 50
"""Words without any such word after which patience is new."""
BESIDE = 7
"""Words around a number or a street word among which the other must stand then."""
NAMED = 0.3
"""Score below which nothing in a street itself says that it is one."""
BRIDGED = 0.2
"""Score from which a street may be joined to a postcode that stands a little further on."""
UNPROVEN = 0.4
"""Score below which a street is none unless something behind it or before it says so."""
DOORED = 0.55
"""Score of a name with a number and a floor, where that is proof."""
OPENED = 0.3
"""Score of what begins with a flat or a plot, before its postcode is seen."""
CODE_REACH = 10
"""Words behind a number among which a postcode may stand that makes a street of the name before it."""
_APART = frozenset(",:;(\n")
_YEAR = re.compile(r"(?:19|20)\d\d")
_NO_NAMES = bag("psc cmr box unit")
_TO_NAME = frozenset({", ", ",", " "})
_GERMAN_ARTICLES = bag("der des am an im zum zur")
PROOF_REACH = 48
"""Words behind a street among which its postcode may stand."""
_BREAK = re.compile(r"[.!?;]\s|\n\s*\n")
_LOOSE_GAP = re.compile(r"[ ,.\n/-]{1,4}")
MAX_LEAD = 8
"""Words between a unit and the number of its house ("Flat 18, Da Vinci House, 44 ...")."""
CONTEXT = 6
"""Words before an address among which "live at" or "address" may stand."""


class Streets:
    """Finds street addresses in one text."""

    def __init__(self, view: Marked, grammar: Grammar) -> None:
        self.view, self.grammar = view, grammar

    @lazy
    def typed(self) -> Typed:
        """What reads a street around its type."""
        return Typed(self.view, self.grammar)

    @lazy
    def numbers(self) -> Numbered:
        """What reads a street behind its number."""
        return Numbered(self.view, self.grammar, self.typed)

    def find(self) -> Iterator[Span]:
        """Every address, the widest where several overlap."""
        taken = whole = -1
        found = misses = last = 0
        for index in self._anchors():
            if index - last > CALM:
                misses = 0
            last = index
            if index <= whole or (misses > PATIENCE and not self._promises(index)):
                continue
            misses += 1
            core = self._core(index)
            if core is None or core.last <= taken:
                continue
            if core.score < UNPROVEN and not self._provable(core) and not self._context(core.first):
                continue
            small = not any(self.view.capital(i) for i in range(core.first, core.last + 1))
            tail = follow(
                self.view, core.last, self.grammar, small=small, bridge=core.score >= BRIDGED, far=core.opened
            )
            score = self._score(core, tail)
            if score < 0.5 or tail.last <= taken:
                continue
            first = max(self._lead(core.first), taken + 1)
            taken = tail.last
            whole = taken if tail.postcode else whole  # nothing within it can make it longer
            start, end = self.view.span(first, tail.last)
            yield Span(kind="street_address", start=start, end=end, certainty=score)
            found, misses = found + 1, 0
            if found >= MAX_FOUND:
                return

    def _promises(self, index: int) -> bool:
        """Whether a street word stands near a number, or a number near such a word."""
        beside = self.kinds if self.view.words[index][0] <= "9" else self.figures
        at = bisect_left(beside, index - BESIDE)
        return at < len(beside) and beside[at] < index + BESIDE

    @lazy
    def kinds(self) -> list[int]:
        """The words that name a kind of street, in order."""
        return self.view.where(KIND)

    @lazy
    def figures(self) -> list[int]:
        """The words that begin with a digit, in order."""
        return self.view.where(FIGURE)

    def _kind(self, first: int, last: int) -> bool:
        """Whether a street word stands between two words."""
        at = bisect_right(self.kinds, first)
        return at < len(self.kinds) and self.kinds[at] <= last

    def _provable(self, core: Core) -> bool:
        """Whether anything stands behind a street that could prove it: unit, postcode, state, country."""
        at = bisect_right(self.proofs, core.last)
        return at < len(self.proofs) and self.proofs[at] <= core.last + PROOF_REACH

    @lazy
    def proofs(self) -> list[int]:
        """The words that may prove an address, in order."""
        view = self.view
        states = [i for i in view.where(STATE) if view.capital(i)]
        signs = [i + 1 for i, gap in enumerate(view.gaps) if "#" in gap] if "#" in view.folded.text else []
        return sorted({*view.where(PROOF), *states, *signs, *view.postcodes})

    def _score(self, core: Core, tail: Tail) -> float:
        score = core.score
        coded = tail.postcode and not (tail.vague and not self.grammar.four)
        if core.coded and not (coded or (tail.unit and self.grammar.doors) or self._context(core.first)):
            return 0.0
        if score < NAMED and tail.state and not (tail.unit or tail.postcode) and not self._commas(core.last, tail.last):
            return 0.0  # "9 STORAGE OF INDIVIDUAL IN": a number, words and two letters are anything
        if tail.unit or tail.postcode or tail.country:
            score += 0.6 if core.opened and self._kind(core.last, tail.last) else 0.35
        elif tail.state:
            score += 0.3 if tail.town else 0.15
        elif tail.town:
            score += 0.1
        if score < 0.9 and self._context(core.first):
            score += 0.3
        return min(score, 0.98)

    def _commas(self, first: int, last: int) -> bool:
        return any("," in self.view.gap(index) for index in range(first, last))

    def _context(self, first: int) -> bool:
        """Whether words like "live at" or "address:" stand just before."""
        leads = self.leads
        for index in leads[bisect_left(leads, first - CONTEXT) : bisect_left(leads, first)] if leads else ():
            length = phrase_at(self.view, index, "home")
            if length and index + length <= first and not _BREAK.search(self._between(index + length - 1, first)):
                return True
        return False

    @lazy
    def leads(self) -> list[int]:
        """The words with which something like "live at" may begin, in order."""
        return self.view.where(LEAD)

    def _between(self, one: int, other: int) -> str:
        text = self.view.folded.text[self.view.end(one) : self.view.starts[other]]
        return text if not text.startswith("!!") else ""

    def _lead(self, first: int) -> int:
        """A unit before the street ("Flat 3, 12 Oak Road") belongs to it."""
        for at in range(first - 1, max(-1, first - MAX_LEAD), -1):
            gap = self.view.gap(at)
            if len(gap) > 3 or gap.strip(" ,.#-\n"):
                break
            if self.view.words[at] in self.grammar.units and unit_at(self.view, at, self.grammar):
                return at
            if not self.view.capital(at) and not self.view.words[at][0].isdigit():
                break
        return first

    def _anchors(self) -> list[int]:
        """The numbers, types and endings of the text that may belong to a street."""
        view = self.view
        return view.where(KIND | FIGURE | LETTER if view.present & DIGIT else KIND)[:MAX_CANDIDATES]

    def _led(self, word: str) -> bool:
        """Whether a house number may follow a word in small letters."""
        return word in self.grammar.signs or self.typed.ends(word)

    def _core(self, index: int) -> Core | None:
        """The street around a word: number first, then the other ways."""
        word, grammar = self.view.words[index], self.grammar
        core = self._figure(index) if word[0] <= "9" else self.numbers.numbered(index) if word in SPELLED else None
        if core is None and (word in OPENERS or (grammar.indian and (len(word) == 1 or word.isdigit()))):
            core = self._opened(index)
        if core is None and self._pair(index):
            core = self.typed.first(index + 1, numbered=True)
            core = core and Core(index, core.last, core.score)
        if core is None and (word in grammar.before or (word in ROADS_FIRST and self._article(index + 1))):
            core = self.typed.first(index)
        if core is None and (word in grammar.last or grammar.compound(word)):
            core = self.typed.last(index)
        if (core is None or core.score <= UNPROVEN) and word in grammar.after:
            other = self.numbers.unnumbered(index)
            core = other if core is None or (other is not None and other.score > DOORED) else core
        return core

    def _pair(self, index: int) -> bool:
        """Whether a short form of two pieces stands here ("L.go Augusto"), behind no letter or point."""
        view, pairs = self.view, self.grammar.pairs
        pieces = tuple(view.words[index : index + PIECES])
        return bool(pairs) and pieces in pairs and view.gap(index) == "." and view.before(index)[-1:] not in {".", "'"}

    def _figure(self, index: int) -> Core | None:
        """The street around a number: the name behind it, or before it, or behind it without a street word."""
        core = self.numbers.numbered(index)
        if (core is not None and core.score > NAMED) or not LAST_NUMBER.fullmatch(self.view.words[index]):
            return core
        if self._closes(index):
            core = self._untyped(index) or core
        named = core is None and self.view.gap(index) in _TO_NAME and self.typed.called(index + 1)
        return self.typed.led(index, index + 1) if named and self._coded(index) else core

    def _article(self, at: int) -> bool:
        """Whether an article stands at `at`, behind a capitalised word."""
        words = self.view.words
        return at < len(words) and words[at] in _GERMAN_ARTICLES and self.view.capital(at - 1)

    def _closes(self, index: int) -> bool:
        """Whether a number may end a street without a street word: behind a name, with a postcode or a door after it."""
        view, words = self.view, self.view.words
        before = words[index - 1] if index else ""
        if not before.isalpha() or before in _NO_NAMES:
            return False
        if not view.capital(index - 1) and not self._led(before):
            return False
        following = words[index + 1] if index + 1 < len(words) else ""
        if following[:1].isdigit() and view.gap(index) == ",":
            return False  # a decimal
        if self._coded(index):
            return True
        return not _YEAR.fullmatch(words[index]) and (self._context(index) or following == "e" or self._door(index))

    def _untyped(self, index: int) -> Core | None:
        core = self.typed.untyped(index)
        return Core(core.first, core.last, DOORED) if core is not None and self._door(index) else core

    def _door(self, index: int) -> bool:
        """Whether a floor or a door stands behind a number, in countries where that is proof."""
        return self.grammar.doors and unit_at(self.view, index + 1, self.grammar) > 1

    def _coded(self, index: int, reach: int = CODE_REACH) -> bool:
        """Whether a postcode stands within some words behind the word at `index`."""
        at = bisect_right(self.codes, index)
        return at < len(self.codes) and self.codes[at] <= index + reach

    @lazy
    def codes(self) -> list[int]:
        """The words that may be a postcode, four figures included, in order."""
        fours = self.view.where(FOURS)
        return sorted({*self.view.codes, *fours}) if fours else self.view.codes

    def _called_no(self, index: int) -> bool:
        """Whether "No." with a capital stands before a figure, as Indian houses are numbered: "No. 24, 3rd Cross, ..."."""
        before = self.view.words[index - 1] if index and self.grammar.indian else ""
        return (
            before == "no"
            and self.view.capital(index - 1)
            and "," in self.view.gap(index)
            and self._coded(index, MAX_BRIDGE)
        )

    def _opened(self, index: int) -> Core | None:
        """An address that begins with its flat, its plot or its house, and ends with a postcode."""
        view, words = self.view, self.view.words
        called = words[index].isdigit() and self._called_no(index)
        index -= called
        numbered = called or (words[index].isdigit() and "#" in view.before(index))
        if not (numbered or view.capital(index)) or not self._coded(index, MAX_BRIDGE + MAX_LEAD):
            return None
        apart = index == 0 or not _APART.isdisjoint(view.before(index)) or not view.capital(index - 1)
        if not apart:
            return None
        house = words[index] == "h"
        size = unit_at(view, index, self.grammar) if words[index] in OPENERS and not house else 0
        if house and words[index + 1 : index + 2] == ["no"] and words[index + 2 : index + 3]:
            size = 3
        if self.grammar.indian and len(words[index]) == 1 and view.capital(index) and view.gap(index) in {"-", "/"}:
            size = (
                2
                if words[index + 1 : index + 2] and words[index + 1].isdigit() and "," in view.gap(index + 1)
                else size
            )
        size = size or int(numbered) + called
        last = index + size - 1
        if not size or not self._coded(last, MAX_BRIDGE):
            return None
        while last + 1 < len(words) and words[last + 1].isdigit() and view.gap(last) in {"-", "/"}:
            last += 1
        return Core(index, last, OPENED, coded=True, opened=True)
