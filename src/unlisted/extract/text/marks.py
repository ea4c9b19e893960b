"""What each word of a text may be part of, by one look-up a word: a detector then goes only where its words stand."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping
from functools import reduce
from itertools import chain
from operator import or_

from unlisted.extract.text.lazy import lazy
from unlisted.extract.text.postcode import postcodes
from unlisted.extract.text.tokens import View

(
    BIRTH, PLATE, KIN, BOX, MAP, POSITION, GRID, MAIL, LONE, DOT, WORK, STUDY, ROUTINE, TRAVEL, TIME, LEAD, KIND, LETTER, PROOF,
    STATE, FIGURE, DIGIT, CODE, FOURS,
) = (1 << bit for bit in range(24))  # fmt: skip
"""A bit for each thing that a word may be part of: "born" of a birth date, "lane" of a kind of street, "04000" of a postcode."""

MOST, LONGEST = 50_000, 40
"""Words whose marks are kept, and the letters of such a word."""


class Marks(dict[str, int]):
    """The marks of words: a word is worked out when it is first met, from a table and from its shape.

    `compound`: whether a kind of street is glued to its end, and `figured`: what a word may be that is not of letters alone.
    """

    def __init__(
        self, known: Mapping[str, int], compound: Callable[[str], bool], figured: Callable[[str], int]
    ) -> None:
        super().__init__()
        self.known, self.compound, self.figured = known, compound, figured

    def __missing__(self, word: str) -> int:
        marks = self.known.get(word, 0)
        if self.compound(word):
            marks |= KIND
        if not word.isalpha():
            marks |= self.figured(word)
        if len(word) <= LONGEST:
            if len(self) >= MOST:
                self.clear()
            self[word] = marks
        return marks

    def __repr__(self) -> str:
        return f"Marks({len(self)} words)"


class Marked(View):
    """A text whose words are marked. `present`: all marks of the text together."""

    def __init__(self, text: str, table: Marks) -> None:
        super().__init__(text)
        self.marks = list(map(table.__getitem__, self.words))
        self.present = reduce(or_, set(self.marks), 0)

    @lazy
    def groups(self) -> dict[int, list[int]]:
        """The words with the same marks, by these marks."""
        out: dict[int, list[int]] = defaultdict(list)
        for index, marks in enumerate(self.marks):
            if marks:
                out[marks].append(index)
        return out

    def where(self, mark: int) -> list[int]:
        """The words with a mark, in order; with any of several where `mark` is several."""
        if not self.present & mark:
            return []
        found = [places for marks, places in self.groups.items() if marks & mark]
        return found[0] if len(found) == 1 else sorted(chain.from_iterable(found))

    @lazy
    def postcodes(self) -> dict[int, int]:
        """How many words each postcode takes, by its first word."""
        return postcodes(self, self.where(CODE))

    @lazy
    def codes(self) -> list[int]:
        """The first word of each postcode, in order."""
        return list(self.postcodes)


def postcode_at(view: Marked, index: int) -> int:
    """How many words a postcode takes at `index`; 0 where none stands there. Four bare digits do not count."""
    return view.postcodes.get(index, 0)
