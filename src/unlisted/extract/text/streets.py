"""Street addresses in running text, in the ways of the countries where the number comes first and where it comes last."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from unlisted.extract.text.grammar import GLUED_ALONE, Grammar
from unlisted.extract.text.tail import Tail, follow, postcode_at, unit_at
from unlisted.extract.text.talk import phrase_at
from unlisted.extract.text.tokens import View
from unlisted.model.evidence import Span

MAX_NAME = 6
"""Words of a street's name."""
MAX_CANDIDATES = 20_000
CONTEXT = 6
"""Words before an address among which "live at" or "address" may stand."""
_NUMBER = re.compile(r"\d{1,6}[a-z]{0,2}")
_LAST_NUMBER = re.compile(r"\d{1,4}[a-z]?")
_ORDINAL = re.compile(r"\d{1,4}(?:st|nd|rd|th|e|er|eme|d)")
_BAD_BEFORE = re.compile(r"[$€£¥#@:=%<>+*~^]\s?$|[\d\w][.:/]$|\w'$")
_BAD_AFTER = re.compile(r"^\s?[%°€$£+*=:]|^[.:]\d|^'")


@dataclass(frozen=True, slots=True)
class Core:
    """A street with its number over the words `first` to `last`; `score` before anything else is known."""

    first: int
    last: int
    score: float


class Streets:
    """Finds street addresses in one text."""

    def __init__(self, view: View, grammar: Grammar) -> None:
        self.view, self.grammar = view, grammar
        self.upper = view.text.isupper()
        self.lower = view.text.islower()

    def find(self) -> Iterator[Span]:
        """Every address, the widest where several overlap."""
        taken = -1
        for core in self._cores():
            tail = follow(self.view, core.last, self.grammar)
            score = self._score(core, tail)
            if score < 0.5 or tail.last <= taken:
                continue
            first = max(self._lead(core.first), taken + 1)
            taken = tail.last
            start, end = self.view.span(first, tail.last)
            yield Span(kind="street_address", start=start, end=end, certainty=score)

    def _score(self, core: Core, tail: Tail) -> float:
        score = core.score
        if tail.proof:
            score += 0.35
        elif tail.town:
            score += 0.1
        if score < 0.9 and self._context(core.first):
            score += 0.3
        return min(score, 0.98)

    def _context(self, first: int) -> bool:
        """Whether words like "live at" or "address:" stand just before."""
        for index in range(max(0, first - CONTEXT), first):
            length = phrase_at(self.view, index, "home")
            if (
                length
                and index + length <= first
                and not re.search(r"[.!?;]\s|\n\s*\n", self._between(index + length - 1, first))
            ):
                return True
        return False

    def _between(self, one: int, other: int) -> str:
        text = self.view.folded.text[self.view.end(one) : self.view.starts[other]]
        return text if not text.startswith("!!") else ""

    def _lead(self, first: int) -> int:
        """A unit before the street ("Flat 3, 12 Oak Road") belongs to it."""
        for size in (2, 3):
            at = first - size
            if at >= 0 and self.view.words[at] in self.grammar.units and unit_at(self.view, at, self.grammar) == size:
                if len(self.view.gap(first - 1)) <= 3:
                    return at
        return first

    def _cores(self) -> Iterator[Core]:
        grammar, words = self.grammar, self.view.words
        before, last, glued = grammar.before, grammar.last, grammar.glued
        count = 0
        for index in [i for i, w in enumerate(words) if w[0] <= "9" or w in before or w in last or w.endswith(glued)]:
            word = words[index]
            core = None
            if word[0] <= "9":
                core = self._numbered(index)
            if core is None and word in before:
                core = self._type_first(index)
            if core is None and (word in last or word.endswith(glued)):
                core = self._type_last(index)
            if core is not None:
                count += 1
                if count > MAX_CANDIDATES:
                    return
                yield core

    # the number first: "12 Oak Street", "12, rue de la Paix"

    def _numbered(self, index: int) -> Core | None:
        view, words = self.view, self.view.words
        if not _NUMBER.fullmatch(words[index]) or _ORDINAL.fullmatch(words[index]):
            return None
        if _BAD_BEFORE.search(view.before(index)[-3:]) or _BAD_AFTER.search(view.gap(index)[:2] or " "):
            return None
        at = index + 1
        while (
            at < len(words)
            and at - index <= 2
            and re.fullmatch(r"\d{1,5}[a-z]?|bis|ter|[a-d]", words[at])
            and view.gap(at - 1) in {" ", "-", "/", " - "}
        ):
            if words[at].isalpha() and words[at] == "a" and not view.capital(at):
                return None
            at += 1
        if (
            at >= len(words)
            or view.gap(at - 1) not in {" ", ", ", "  ", ",", "-", " - ", ". "}
            or "\n" in view.gap(at - 1)
        ):
            return None
        if words[at] in self.grammar.before:
            core = self._type_first(at)
            if core is not None:
                return Core(index, core.last, max(core.score, 0.75))
        if "," in view.gap(at - 1):
            return None
        return self._named(index, at)

    def _named(self, index: int, at: int) -> Core | None:
        """A name and a type behind a number."""
        view, words, grammar = self.view, self.view.words, self.grammar
        end, strong, loose, glued = at, None, None, None
        while end < len(words) and end - at < MAX_NAME:
            word = words[end]
            if end > at and (strong is not None) and word not in grammar.after:
                break
            if end > at and word in grammar.after_strong:
                strong = end
            elif end > at and word in grammar.after and (view.capital(end) or self.lower):
                loose = end
            elif (
                word.endswith(grammar.glued)
                and len(word) > 5
                and (view.capital(end) or word.endswith(grammar.glued_strong))
            ):
                glued = end
                break
            elif word in grammar.common and not view.capital(end):
                break
            end += 1
            if end < len(words) and not re.fullmatch(r" {1,2}|\. |\.|-|'|’| & | - |/", view.gap(end - 1)):
                break
        return self._numbered_core(index, at, strong, loose, glued, end)

    def _numbered_core(
        self, index: int, at: int, strong: int | None, loose: int | None, glued: int | None, end: int
    ) -> Core | None:
        view, words, grammar = self.view, self.view.words, self.grammar
        if glued is not None:
            last = glued
            if last + 1 < len(words) and _LAST_NUMBER.fullmatch(words[last + 1]) and view.gap(last) in {" ", ", "}:
                last += 1
            return Core(index, last, 0.7)
        capitals = [view.capital(i) or words[i][0] <= "9" for i in range(at, max(strong or loose or at, at))]
        odd = any(words[i] in grammar.common for i in range(at, strong or loose or at))
        if strong is not None:
            last = max(strong, loose or 0)
            score = 0.85 if all(capitals) and not odd else 0.6 if not odd else 0.3
            return Core(index, self._direction(last), score)
        if loose is not None:
            return Core(index, self._direction(loose), 0.45 if all(capitals) and not odd else 0.2)
        return self._bare(index, at, end)

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
        if words[at] in grammar.directions:
            start = at + 1
        last = start - 1
        while last + 1 < min(end, len(words)) and last + 1 - start < 3:
            word = words[last + 1]
            named = (
                (view.capital(last + 1) or self.lower or _ORDINAL.fullmatch(word))
                and word not in grammar.common
                and word not in grammar.units
            )
            if not named or (postcode_at(view, last + 1) and not word.isalpha()):
                break
            last += 1
        if last < start:
            return None
        if last + 1 < len(words) and _LAST_NUMBER.fullmatch(words[last + 1]) and view.gap(last) in {" ", ", "}:
            return Core(index, last + 1, 0.3)
        return Core(index, last, 0.4 if start > at else 0.2)

    # the type first: "Calle Mayor, 12", "via Roma 5"

    def _type_first(self, index: int) -> Core | None:
        view, words, grammar = self.view, self.view.words, self.grammar
        short = len(words[index]) <= 2
        slash = view.gap(index)[:1] in {"/", "."} or view.gap(index)[:2] == " /"
        if short and not (slash and len(view.gap(index)) <= 3):
            return None
        strong = words[index] in grammar.before_strong or (short and slash)
        at, names = index + 1, 0
        number = None
        while at < len(words) and at - index <= MAX_NAME + 2:
            gap = view.gap(at - 1)
            word = words[at]
            if _LAST_NUMBER.fullmatch(word) and names and re.fullmatch(r"[ ,.ºª°/#-]{1,4}", gap):
                number = at
                break
            if names and word in grammar.signs and at + 1 < len(words) and _LAST_NUMBER.fullmatch(words[at + 1]):
                number = at + 1
                break
            if names and word == "s" and words[at + 1 : at + 2] == ["n"] and view.gap(at) in {"/", "./", ". "}:
                number = at + 1
                break
            if at > index + 1 and not re.fullmatch(r"[ .'’ªº-]{1,3}", gap):
                break
            if at == index + 1 and not re.fullmatch(r"[ .'/ªº]{1,3}", gap):
                break
            capital = view.capital(at) or self.lower or word[0] <= "9"
            if not capital and word not in grammar.articles:
                break
            names += word not in grammar.articles or capital
            at += 1
        return self._first_core(index, at - 1, number, names, strong=strong)

    def _first_core(self, index: int, end: int, number: int | None, names: int, *, strong: bool) -> Core | None:
        view = self.view
        if not names:
            return None
        written = view.capital(index) or strong
        if number is not None:
            return Core(index, self._suffix(number), 0.85 if strong else 0.6 if written else 0.3)
        while end > index and view.words[end] in self.grammar.articles:
            end -= 1
        end = min(end, index + 4)
        return Core(index, end, 0.4 if strong and view.capital(index) else 0.2)

    def _suffix(self, number: int) -> int:
        """A range's end, a letter, a floor in figures ("25, 7 D") after a number that comes last."""
        view, words, last = self.view, self.view.words, number
        for _ in range(3):
            nxt = last + 1
            if nxt >= len(words) or not re.fullmatch(r" ?[-–/] ?|, ?| |º ?,? ?| - ", view.gap(last)):
                break
            if not re.fullmatch(r"\d{1,3}[a-zºo]{0,2}|[a-h]|bajo|dcha|izq|izda|atico|puerta|piso|esc", words[nxt]) or (
                words[nxt] == "a" and not view.capital(nxt)
            ):
                break
            last = nxt
        return last

    # the type last or glued to the name, then the number: "Berliner Straße 5", "Storgatan 1"

    def _type_last(self, index: int) -> Core | None:
        view, words, grammar = self.view, self.view.words, self.grammar
        separate = words[index] in grammar.last
        first = index
        if not view.capital(index) and not self.lower and not separate:
            if not words[index].endswith(grammar.glued_strong):
                return None
        while (
            first > 0
            and index - first < 3
            and view.gap(first - 1) in {" ", "-", ". ", "."}
            and view.capital(first - 1)
            and words[first - 1].isalpha()
        ):
            if words[first - 1] in grammar.common:
                break
            first -= 1
        if separate and first == index:
            if len(words[index]) < 4 or index == 0 or not words[index - 1].isalpha() or not self.lower:
                return None
            first = index - 1
        ending = words[index] if separate else next(e for e in grammar.glued if words[index].endswith(e))
        if not separate and len(words[index]) - len(ending) < 2:
            return None
        strong = separate and words[index] not in grammar.after or words[index].endswith(grammar.glued_strong)
        return self._last_core(first, index, strong=bool(strong))

    def _last_core(self, first: int, index: int, *, strong: bool) -> Core | None:
        view, words = self.view, self.view.words
        at = index + 1
        if at < len(words) and words[at] in {"nr", "no", "nummer"}:
            at += 1
        if (
            at < len(words)
            and _LAST_NUMBER.fullmatch(words[at])
            and re.fullmatch(r" |, |\. ?| ?nr\.? ?", view.gap(at - 1))
        ):
            if not _BAD_AFTER.search(view.gap(at)[:2] or " ") and not re.fullmatch(r"(?:19|20)\d\d", words[at]):
                return Core(first, self._suffix(at), 0.8 if strong else 0.55)
        if words[index].endswith(GLUED_ALONE) and view.capital(index) and not self.upper:
            return Core(first, index, 0.5)
        return Core(first, index, 0.2) if strong else None
