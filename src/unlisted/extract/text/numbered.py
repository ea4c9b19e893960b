"""Street addresses whose number comes first: "12 Oak Street", "12, rue de la Paix", "5850 US Highway 431"."""

from __future__ import annotations

import re

from unlisted.extract.text.core import LAST_NUMBER, MAX_NAME, ORDINAL, SPELLED, Core
from unlisted.extract.text.fold import bag
from unlisted.extract.text.grammar import Grammar
from unlisted.extract.text.marks import Marked, postcode_at
from unlisted.extract.text.talk import month_names
from unlisted.extract.text.typed import Typed

_NUMBER = re.compile(r"\d{1,6}[a-z]{0,2}")
_SECOND = re.compile(r"\d{1,5}[a-z]?|bis|ter|[a-d]")
_ROUTE_NUMBER = re.compile(r"\d{1,5}[a-z]?")
_JOINT = re.compile(r" {1,2}|\. |\.|-|'| & | - |/")
_CLAUSE = re.compile(r" ?[,\n]")
_PAUSE = re.compile(r"[ ]{0,2}[,.;\n)!-]")
_BAD_BEFORE = re.compile(r"[$€£¥#@=%<+*~^]\s?$|:$|'$")
_ROUTES = bag("road rd highway hwy route rt rte fm sr cr interstate county state ave avenue")
"""Types that a number or a letter follows ("County Road 12", "Avenue B")."""
_ROAD_HEADS = bag("us business i pr market private")
_COMPASS = bag("n s e w north south east west")
_ROAD_WORDS = bag(
    "us u s state county old business interstate i fm sr cr hwy highway route rt rte road rd private pr co ranch "
    "farm market to west east north south n e w"
)
MIN_TYPE = 4
"""Letters that an everyday word in small letters has more than if it is a street word behind a number ("1 parvis Larche")."""
_SHORT_TYPES = bag("bd av bv")
"""Short forms of a street word that need no point behind a number ("47 bd des Larches")."""
_ABBREVIATED = bag("dr st ct av pl sq")
_NAMING = bag("old new great little upper lower")
"""Everyday words with which names of streets begin."""
_NUMBERED = bag("place way")
"""Everyday words that make a street of a number ("12 Way")."""
_PLAIN = frozenset({" ", ", ", "\n", ","})
"""What stands around most numbers."""
_BRITISH = bag("close gardens grove rise row walk drive court crescent mews")
"""Everyday words that make a street of capitals behind a number where Britain's ways were taken along ("12 Elm Close")."""
_SURE = 0.55
"""Score of such a street."""
_CROSSED = 0.75
"""Score of a corner of two streets."""
CROSSING = 4
"""Words of the second street of a corner."""
_STATIONS = ("bahnhof", "friedhof")
"""Words that end like a street and are none behind a number ("Gleis 12 Richtung Hauptbahnhof")."""
_PLACED = bag("on at to from off near along down between of")
_BAD_AFTER = re.compile(r"^\s?[%°€$£+*=:]|^[.:]\d|^'")


class Numbered:
    """Reads a street that starts at a number, and one without a number that ends in a sure type."""

    def __init__(self, view: Marked, grammar: Grammar, typed: Typed) -> None:
        self.view, self.grammar, self.typed = view, grammar, typed

    def numbered(self, index: int) -> Core | None:
        """The street behind a number, if the word at `index` is one."""
        if self.view.words[index] in SPELLED:
            return self._spelled(index)
        if self._everyday(index + 1):
            return None
        at = self._name_start(index) if self._is_number(index) else None
        if at is None:
            return None
        return (
            self._the(index, at)
            or self._type_behind(index, at)
            or (None if "," in self.view.gap(at - 1) else self._named(index, at))
        )

    def _the(self, index: int, at: int) -> Core | None:
        """A street called "The Larches", where that is usual: a comma and a town must follow."""
        view, last = self.view, at + 1
        if not self.grammar.british or view.words[at] != "the" or last >= len(view.words):
            return None
        called = view.capital(at) and view.capital(last) and view.words[last].isalpha()
        return Core(index, last, 0.42) if called and _CLAUSE.match(view.gap(last)) else None

    def _everyday(self, at: int) -> bool:
        """Whether no name can begin at `at`: the text ends, or an everyday word stands there in small letters."""
        if at >= len(self.view.words):
            return True
        word = self.view.words[at]
        common = word in self.grammar.common and word not in _ROAD_WORDS and word not in self.grammar.before
        return common and not self.view.capital(at) and not (self.view.lower and word in _NAMING)

    def _is_number(self, index: int) -> bool:
        """Whether a word can be a house number: no ordinal, price, time, decimal or percentage."""
        view, words = self.view, self.view.words
        if not _NUMBER.fullmatch(words[index]) or ORDINAL.fullmatch(words[index]):
            return False
        if index and view.gap(index - 1) in {".", ":", "/", ",", "'"} and words[index - 1][-1].isdigit():
            return False  # the rest of a decimal, a time, a date
        before, after = view.before(index), view.gap(index)
        good = before in _PLAIN or not _BAD_BEFORE.search(before[-3:])
        return good and (after in _PLAIN or not _BAD_AFTER.search(after[:2] or " "))

    def _name_start(self, index: int) -> int | None:
        """The first word of the name behind a number, past a second number, a letter or "bis"."""
        view, words = self.view, self.view.words
        at = index + 1
        while (
            at < len(words)
            and at - index <= 2
            and _SECOND.fullmatch(words[at])
            and view.gap(at - 1) in {" ", "-", "/", " - "}
        ):
            if words[at].isalpha() and words[at] == "a" and not view.capital(at):
                return None
            if (
                view.gap(at - 1) == " "
                and words[at].isdigit()
                and words[at + 1 : at + 2]
                and words[at + 1] in self.grammar.after_strong
            ):
                break  # "1234 5 St SW"
            at += 1
        apart = at < len(words) and view.gap(at - 1) in {" ", ", ", "  ", ",", "-", " - ", ". "}
        return at if apart else None

    def _type_behind(self, index: int, at: int) -> Core | None:
        """A type right behind a number, in the languages that put it before the name."""
        word, capital = self.view.words[at], self.view.capital(at)
        if word not in self.grammar.before:
            return None
        loose = not (word in self.grammar.before_strong or capital)
        if loose and (len(word) <= MIN_TYPE or at + 1 >= len(self.view.words) or not self.view.capital(at + 1)):
            return None
        short = word in _SHORT_TYPES and self._called(at + 1)
        core = self.typed.first(at, numbered=short)
        if core is None or not (len(word) > 3 or capital or short or word in {"rue", "via"}):
            return None
        return Core(index, core.last, 0.55 if loose else max(core.score, 0.75))

    def _called(self, at: int) -> bool:
        """Whether a name may begin at `at`: a capital or an article."""
        words = self.view.words
        return at < len(words) and (self.view.capital(at) or words[at] in self.grammar.articles)

    def _spelled(self, index: int) -> Core | None:
        """A street like "One Busch Place": a number in words, capitalised like the name behind it."""
        view = self.view
        if (
            not view.capital(index)
            or index + 1 >= len(view.words)
            or view.gap(index) != " "
            or not view.capital(index + 1)
        ):
            return None
        core = self._named(index, index + 1)
        return Core(core.first, core.last, core.score - 0.3) if core is not None and core.score >= 0.45 else None

    def unnumbered(self, index: int) -> Core | None:
        """A street without a number ("Almeida Street"): one to three capitalised words and a sure type."""
        view, words = self.view, self.view.words
        crossed = self._crossed(index)
        if (
            index == 0
            or (not words[index - 1].isalpha() and crossed is None)
            or words[index - 1] in self.grammar.common
        ):
            return None
        first = index
        while (
            first > 0
            and index - first < 3
            and view.gap(first - 1) in {" ", "-", "'", ". "}
            and (view.capital(first - 1) or (crossed is not None and ORDINAL.fullmatch(words[first - 1])))
        ):
            if words[first - 1] in self.grammar.common or not words[first - 1][-1].isalpha():
                break
            first -= 1
        if first == index or not view.capital(index):
            return None
        if crossed is not None:
            return Core(first, crossed, _CROSSED)
        if words[index] in _ABBREVIATED:
            return None
        if self.view.upper or words[index] not in self.grammar.after_strong:
            return Core(first, index, 0.16) if self.view.upper or _CLAUSE.match(view.gap(index)) else None
        placed = first > 0 and words[first - 1] in _PLACED and view.gap(first - 1) == " "
        return Core(first, self._direction(index), 0.55 if placed else 0.3)

    def _crossed(self, index: int) -> int | None:
        """The last word of another street behind "and" that crosses the one that ends at `index`: "Elm St & 6th Ave"."""
        view, words, at = self.view, self.view.words, index + 1
        if words[at : at + 1] == ["and"] and view.gap(index) == " ":
            at += 1
        elif view.gap(index) not in {" & ", " @ ", " / "}:
            return None
        for last in range(at + 1, min(at + CROSSING, len(words))):
            named = view.capital(last - 1) or ORDINAL.fullmatch(words[last - 1])
            if not named or view.gap(last - 1) != " ":
                return None
            if words[last] in self.grammar.after_strong and view.capital(last):
                return last
        return None

    def _named(self, index: int, at: int) -> Core | None:
        """A name and a type behind a number."""
        words, grammar = self.view.words, self.grammar
        end, strong, loose, glued = at, None, None, None
        while end < len(words) and end - at < MAX_NAME:
            word = words[end]
            if end > at and word in grammar.after_strong and not self._shouts(at, end):
                strong = end
            elif strong is not None and word not in grammar.after:
                break
            elif end > at and word in grammar.after and len(word) > 1:
                loose = end
            elif self._compound(end):
                glued = end
                break
            elif self._no_name(end):
                break
            end += 1
            if end < len(words) and not self._continues(end):
                break
        return self._numbered_core(index, at, strong, loose, glued, end)

    def _compound(self, at: int) -> bool:
        """Whether a word ends in a street's type ("Larchweg") and no other type follows ("LaSalle St" is no Allee)."""
        word, grammar = self.view.words[at], self.grammar
        if len(word) <= 5 or word in grammar.after or word.endswith(_STATIONS):
            return False
        if not grammar.compound(word) or grammar.after_strong & set(self.view.words[at + 1 : at + 2]):
            return False
        return self.view.capital(at) or word.endswith(grammar.glued_strong)

    def _no_name(self, at: int) -> bool:
        """Whether a word cannot be part of a name: a number without a type behind it, an everyday word in small letters."""
        word, following = self.view.words[at], self.view.words[at + 1 : at + 2]
        if word.isdigit():
            return bool(following) and following[0] not in self.grammar.after_strong and following[0] not in _NUMBERED
        return word in self.grammar.common and not self.view.capital(at) and not (self.view.lower and word in _NAMING)

    def _odd(self, at: int) -> bool:
        """Whether an everyday word stands in a name; "Old Mill Lane" is a name, "Get Your Lane" is none."""
        word = self.view.words[at]
        return word in self.grammar.common and not (word in _NAMING and (self.view.capital(at) or self.view.lower))

    def _continues(self, at: int) -> bool:
        """Whether the word at `at` may belong to the same name as the one before it: no break, no end of a sentence."""
        gap, word = self.view.gap(at - 1), self.view.words[at - 1]
        if gap != " " and not _JOINT.fullmatch(gap):
            return False
        return "." not in gap or len(word) <= 3 or word in self.grammar.after

    def _shouts(self, first: int, last: int) -> bool:
        """Whether a type in capitals stands behind a name in small letters: then it is an abbreviation of something else."""
        start = self.view.folded.original(self.view.starts[last])
        word = self.view.text[start : start + len(self.view.words[last])]
        return word.isupper() and not any(self.view.capital(i) for i in range(first, last))

    def _numbered_core(
        self, index: int, at: int, strong: int | None, loose: int | None, glued: int | None, end: int
    ) -> Core | None:
        view, words, grammar = self.view, self.view.words, self.grammar
        if glued is not None:
            last = glued
            if last + 1 < len(words) and LAST_NUMBER.fullmatch(words[last + 1]) and view.gap(last) in {" ", ", "}:
                last += 1
            return Core(index, last, 0.7)
        capitals = [
            view.capital(i) or words[i][0] <= "9" or (words[i] == "s" and view.before(i) == "'")
            for i in range(at, max(strong or loose or at, at))
        ]
        odd = any(self._odd(i) for i in range(at, strong or loose or at))
        if strong is not None:
            last = self._route(max(strong, loose or 0))
            score = 0.85 if all(capitals) and not odd else 0.6 if not odd else 0.3
            return Core(index, self._direction(last), score)
        if loose is not None:
            sure = all(capitals) and not odd and (view.capital(loose) or self.view.lower)
            score = 0.45 if sure else 0.2 if not odd else 0.0
            british = sure and grammar.british and words[loose] in _BRITISH
            return Core(index, self._direction(self._route(loose)), _SURE if british else score)
        special = self._numbered_road(at)
        if special is not None:
            return Core(index, self._direction(special), 0.6)
        return self._bare(index, at, end)

    def _numbered_road(self, at: int) -> int | None:
        """The end of "US Highway 19", "Avenue of the Americas", "ave D", "North 500 East" behind a number."""
        view, words, end = self.view, self.view.words, at
        while end - at < 3 and end + 1 < len(words) and words[end] in _ROAD_WORDS and view.gap(end) in {" ", ". "}:
            end += 1
            if _ROUTE_NUMBER.fullmatch(words[end]) and words[end - 1] in _ROUTES | _ROAD_HEADS:
                return end
        if words[at] in self.grammar.after_strong and self._route(at) > at:
            return self._route(at)
        if words[at] in {"avenue", "ave"} and words[at + 1 : at + 2] == ["of"]:
            return min(at + 3, len(words) - 1)
        if (
            words[at] in self.grammar.after_strong
            and words[at + 1 : at + 2]
            and words[at + 1] in _COMPASS
            and len(words[at]) > 3
        ):
            return at + 1
        grid = len(words) > at + 2 and words[at] in _COMPASS and words[at + 1].isdigit() and words[at + 2] in _COMPASS
        return at + 2 if grid else None

    def _route(self, last: int) -> int:
        """A road's number or letter behind its type."""
        view, following = self.view, last + 1
        if view.words[last] not in _ROUTES or following >= len(view.words) or view.gap(last) not in {" ", ". "}:
            return last
        word = view.words[following]
        lettered = len(word) <= 2 and word.isalpha() and view.capital(following) and word not in self.grammar.directions
        return following if _ROUTE_NUMBER.fullmatch(word) or (lettered and word not in self.grammar.states) else last

    def _direction(self, last: int) -> int:
        following = last + 1
        near = following < len(self.view.words) and self.view.gap(last) in {" ", ". ", ", "}
        return (
            following
            if near and self.view.words[following] in self.grammar.directions and len(self.view.words[following]) <= 2
            else last
        )

    def _bare(self, index: int, at: int, end: int) -> Core | None:
        """A number and a name without a type: only as good as what stands around it."""
        view, words, grammar = self.view, self.view.words, self.grammar
        start = at
        if words[at] in grammar.directions or (words[at] in {"so", "no"} and view.capital(at)):
            start = at + 1
        last = start - 1
        while last + 1 < min(end, len(words)) and last + 1 - start < 3:
            word = words[last + 1]
            named = (
                view.capital(last + 1) or self.view.lower or ORDINAL.fullmatch(word) or (start > at and len(word) > 3)
            )
            named = named and word not in grammar.common and word not in grammar.units
            if not named or (postcode_at(view, last + 1) and not word.isalpha()):
                break
            last += 1
        if last < start or words[start] in month_names():
            return None
        if last + 1 < len(words) and LAST_NUMBER.fullmatch(words[last + 1]) and view.gap(last) in {" ", ", "}:
            return Core(index, last + 1, 0.3)
        ends = last + 1 >= len(words) or _PAUSE.match(view.gap(last))
        return Core(index, last, (0.4 if start > at else 0.2) - (0.0 if ends else 0.05))
