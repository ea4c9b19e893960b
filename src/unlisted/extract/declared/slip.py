"""A declared street with one slip of the pen, beside its number."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property

from unlisted.extract.declared.numerals import value_of
from unlisted.extract.declared.parts import Address
from unlisted.extract.declared.probe import one_edit
from unlisted.extract.declared.street import Spot
from unlisted.extract.text.lexicon import Lexicon, lexicon
from unlisted.extract.text.tokens import View

REACH = 12
"""Words from the number within which the street must lie."""
LEAST_ENDING = 3
"""Letters of a compound's ending in which a slip may lie."""
_STOP = frozenset('!?;:"()@$€£\n')


@dataclass(frozen=True, slots=True)
class Slip:
    """A street that is ours but for one slip; `loose` where the town must speak for it too."""

    spot: Spot
    loose: bool


@dataclass(frozen=True)
class SlipReader:
    """Looks for one declared street with one slip."""

    address: Address
    lex: Lexicon = field(default_factory=lexicon, repr=False)

    def spot(self, view: View, index: int, *, forward: bool) -> Slip | None:
        """The street beside the number at `index`, on the side named, equal to ours but for one slip."""
        taken = self._beside(view, index, 1 if forward else -1)
        if taken is None:
            return None
        words = [word for _, _, word in taken]
        loose = next((loose for loose in (False, True) if self._slips_once(words, loose=loose)), None)
        return None if loose is None else Slip(Spot(taken[0][0], taken[-1][1], typed=True), loose)

    def _beside(self, view: View, index: int, step: int) -> list[tuple[int, int, str]] | None:
        """As many words as our street has, small words passed over."""
        lex, address = self.lex, self.address
        taken: list[tuple[int, int, str]] = []
        at = index + step
        size = len(address.name) + (1 if address.types and not address.glued else 0)
        while 0 <= at < len(view.words) and len(taken) < size and abs(at - index) < REACH:
            if _STOP & set(view.gap(min(at, at - step))):
                return None
            first, last = self._word(view, at, step)
            word = "".join(view.words[first : last + 1])
            small = word in lex.articles or word in lex.between or (word in lex.signs and not taken)
            small = small and not (len(word) == 1 and view.gap(last)[:1] == ".")  # an initial
            if not (small or word in lex.directions) or word in address.name:
                taken.append((first, last, word))
            at = (last if step > 0 else first) + step
        return sorted(taken) if taken and len(taken) == size else None

    def _word(self, view: View, at: int, step: int) -> tuple[int, int]:
        """The first and last word of what one sign cuts in two ("C.so", "King's"), else the word itself twice."""
        first = at if step > 0 else at - 1
        cut = 0 <= first < len(view.words) - 1 and len(view.words[first]) == 1 and view.gap(first) == "."
        if 0 <= first < len(view.words) - 1 and view.gap(first) == "'" and view.words[first + 1] == "s":
            return first, first + 1
        if cut and view.words[first] + view.words[first + 1] in self.lex.types:
            return first, first + 1
        return at, at

    @cached_property
    def endings(self) -> list[str]:
        """The endings that make the type of our street, the longest first."""
        found = [e for e, kinds in self.lex.glued.items() if kinds & self.address.types and len(e) > 1]
        return sorted(found, key=lambda ending: (-len(ending), ending))

    def _slips_once(self, words: list[str], *, loose: bool) -> bool:
        """Whether words are our street with exactly one slip: a mistyped letter, an abbreviated word, an initial."""
        name = self.address.name
        if self.address.glued:
            wholes = [name[-1] + ending for ending in self.endings if len(ending) >= LEAST_ENDING]
            if self._wrong(words[:-1], name[:-1]) == [] and any(
                words[-1] != w and one_edit(words[-1], w) for w in wholes
            ):
                return True
        for rest, typed in self._names(words):
            wrong = self._wrong(rest, name)
            if not typed and not wrong:
                return True
            if typed and len(wrong) == 1 and self._is_slip(*wrong[0], last=wrong[0][1] == name[-1], loose=loose):
                return True
        return False

    def _names(self, words: list[str]) -> Iterator[tuple[list[str], bool]]:
        """The words without their type, at either end, and whether the type is ours (else it is ours with a slip)."""
        types = self.address.types
        if self.address.glued:
            ending = next((ending for ending in self.endings if words[-1].endswith(ending)), None)
            if ending is not None:
                yield [*words[:-1], words[-1][: -len(ending)]], True
        elif not types:
            yield words, True
        else:
            for kind, rest in ((words[0], words[1:]), (words[-1], words[:-1])):
                if self.lex.types.get(kind, frozenset()) & types:
                    yield rest, True
                elif any(one_edit(kind, other) for other in types):
                    yield rest, False

    def _wrong(self, words: list[str], name: tuple[str, ...] | list[str]) -> list[tuple[str, str]]:
        return [(a, b) for a, b in zip(words, name, strict=True) if not self.lex.agree(a, b)]

    def _is_slip(self, written: str, declared: str, *, last: bool, loose: bool) -> bool:
        if value_of((written,)) is not None or value_of((declared,)) is not None:
            return False  # "Louis XVII" is no slip of "Louis XVIII"
        several = len(self.address.name) > 1
        short = len(written) == 1 and not last and several
        abbreviated = len(written) > 1 and len(declared) > len(written) + 1 and several
        return one_edit(written, declared, loose=loose) or ((short or abbreviated) and declared.startswith(written))
