"""One tokenisation for all that reads text: folded words with the places they came from."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Set as AbstractSet
from itertools import chain

from unlisted.extract.text.fold import fold
from unlisted.extract.text.lazy import lazy

LEAST = 8
"""Words wanted from which the text's words are gone through instead."""
SHORT = 64
"""Words of a text up to which it is gone through rather than indexed."""


class View:
    """A text, folded and cut into words once; everything else looks at it by the number of a word."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.folded = fold(text)
        self.words = self.folded.words.split()

    @lazy
    def starts(self) -> list[int]:
        """Where each word starts in the folded text."""
        out, at = [], 0
        for part in self.folded.words.split(" "):
            if part:
                out.append(at)
                at += len(part)
            at += 1
        return out

    @lazy
    def vocabulary(self) -> set[str]:
        """Its words, each once."""
        return set(self.words)

    def __repr__(self) -> str:
        return f"View({len(self.words)} words)"

    @lazy
    def cased(self) -> bool:
        """Whether capitals mean anything: neither all upper nor all lower case."""
        return not (self.lower or self.upper)

    @lazy
    def lower(self) -> bool:
        """Whether all letters are small."""
        return self.text.islower()

    @lazy
    def upper(self) -> bool:
        """Whether all letters are capitals."""
        return self.text.isupper()

    def end(self, index: int) -> int:
        """The exclusive end of a word in the folded text."""
        return self.starts[index] + len(self.words[index])

    @lazy
    def places(self) -> dict[str, list[int]]:
        """Where each word stands."""
        out: dict[str, list[int]] = defaultdict(list)
        for index, word in enumerate(self.words):
            out[word].append(index)
        return out

    def at(self, wanted: AbstractSet[str]) -> list[int]:
        """The places of all words of a set, in order."""
        if len(self.words) <= SHORT:
            return [] if wanted.isdisjoint(self.words) else [i for i, word in enumerate(self.words) if word in wanted]
        places = self.places
        found = [word for word in wanted if word in places] if len(wanted) < LEAST else places.keys() & wanted
        return sorted(chain.from_iterable(places[word] for word in found)) if found else []

    @lazy
    def gaps(self) -> list[str]:
        """What stands between each word and the next; behind the last, what is left of the text, and a line break for good."""
        if not self.words:
            return []
        text, following = self.folded.text, self.starts[1:]
        following.append(len(text))
        return [text[at + len(word) : to] for at, word, to in zip(self.starts, self.words, following, strict=True)] + [
            "\n"
        ]

    def gap(self, index: int) -> str:
        """What stands between a word and the next; a line break outside the text."""
        try:
            return self.gaps[index]
        except IndexError:
            return "\n"

    def before(self, index: int) -> str:
        """What stands between a word and the one before it."""
        return self.folded.text[: self.starts[0]] if index == 0 else self.gap(index - 1)

    def capital(self, index: int) -> bool:
        """Whether a word starts with a capital in the original."""
        folded = self.folded
        place = self.starts[index]
        return self.text[place if folded.cuts is None else folded.original(place)].isupper()

    def span(self, first: int, last: int) -> tuple[int, int]:
        """The place in the original of the words from `first` to `last`, both included."""
        return self.folded.original(self.starts[first]), self.folded.original(self.end(last), end=True)
