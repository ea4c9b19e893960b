"""Sentences of a text, each looked at once: whether somebody speaks of themselves, and where its times stand."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator

from unlisted.extract.text.fold import bag
from unlisted.extract.text.lazy import lazy
from unlisted.extract.text.talk import said
from unlisted.extract.text.tokens import View

MAX_SENTENCE = 48
"""Words of one sentence; a longer one is read in parts."""
_STOP = re.compile(r"[.!?;\n](?:(?<=\n)|\s|(?<!;)[.!?])")
_OTHERS = bag(
    "he she they it his their er sie es il elle ils elles ellos ellas der the die das la el le lo un una a an"
)
_THIRD = bag("he she they his her their er il elle ils")
_FRENCH_AND = bag(
    "et puis ou mais dimanche lundi mardi mercredi jeudi vendredi samedi prochaine demain ete week end soir que qu l"
)
_NOT_FRENCH = bag(
    "the my our your his her this that a an all weekdays weekends monday tuesday wednesday thursday friday saturday sunday "
    "mondays tuesdays wednesdays thursdays fridays saturdays sundays"
)


class Sentence:
    """The words `first` to `last` of a text."""

    def __init__(self, view: View, first: int, last: int) -> None:
        self.view, self.first, self.last = view, first, last
        self._hits: dict[re.Pattern[str], list[tuple[int, int]]] = {}

    def __repr__(self) -> str:
        return f"Sentence({self.first}, {self.last})"

    @lazy
    def words(self) -> list[str]:
        """Its words, in order."""
        return self.view.words[self.first : self.last + 1]

    @lazy
    def present(self) -> frozenset[str]:
        """Its words as a set."""
        return frozenset(self.words)

    @lazy
    def first_person(self) -> bool:
        """Whether it holds a word like "I" or "unser"; "on" is one only where it is the French one."""
        spoken = said("me") & self.present
        if spoken != {"on"}:
            return bool(spoken)
        at = self.words.index("on")
        opens = at == 0 or self.words[at - 1] in _FRENCH_AND
        return opens and at + 1 < len(self.words) and self.words[at + 1] not in _NOT_FRENCH

    def mine(self, index: int) -> bool:
        """Whether it is about the writer: a first person, or no subject at all before the word at `index`."""
        before = self.words[: index - self.first]
        if self.first_person:
            return not (before and before[0] in _THIRD)
        return len(before) <= 2 and _OTHERS.isdisjoint(before)

    @lazy
    def shouted(self) -> bool:
        """Whether it is a headline, all in capitals."""
        start, end = self.view.span(self.first, self.last)
        return self.view.text[start:end].isupper()

    @property
    def others(self) -> bool:
        """Whether it opens with another subject than a name: "he", "the club"."""
        return self.words[0] in _OTHERS

    def hits(self, pattern: re.Pattern[str]) -> list[tuple[int, int]]:
        """The first and last word of each place that a pattern takes in it."""
        found = self._hits.get(pattern)
        if found is None:
            found = self._hits[pattern] = list(self._find(pattern))
        return found

    def _find(self, pattern: re.Pattern[str]) -> Iterator[tuple[int, int]]:
        view, starts = self.view, self.view.starts
        end = min(view.end(self.last) + 1, len(view.folded.text))
        for match in pattern.finditer(view.folded.text, starts[self.first], end):
            one = max(self.first, bisect_right(starts, match.start()) - 1)
            other = min(self.last, bisect_left(starts, match.end()) - 1)
            yield (one if view.end(one) > match.start() else one + 1), other


def sentences(view: View, indexes: Iterable[int]) -> Iterator[Sentence]:
    """The sentences that hold some words, each once; `indexes` in order."""
    ends, reached = _ends(view), -1
    for index in indexes:
        if index <= reached:
            continue
        at = bisect_left(ends, index)
        low = max(reached, ends[at - 1] if at else -1) + 1
        low += (index - low) // MAX_SENTENCE * MAX_SENTENCE
        reached = min(ends[at] if at < len(ends) else len(view.words) - 1, low + MAX_SENTENCE - 1)
        yield Sentence(view, low, reached)


def _ends(view: View) -> list[int]:
    """The words behind which a sentence ends; the point of an ordinal ("am 14. im") does not end one."""
    words, starts, out = view.words, view.starts, [-1]
    for stop in _STOP.finditer(view.folded.text):
        index = bisect_left(starts, stop.end()) - 1
        if index > out[-1] and not (len(words[index]) <= 2 and words[index].isdigit() and view.gap(index) == ". "):
            out.append(index)
    return out[1:]
