"""Where a declared street stands in a text, however it is written: abbreviations, compounds, number words, order."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from itertools import islice, product

from unlisted.extract.declared.numerals import MAX_ORDINAL, name_forms, number_at
from unlisted.extract.declared.parts import Address
from unlisted.extract.declared.probe import one_edit
from unlisted.extract.text.fold import bag
from unlisted.extract.text.lexicon import Lexicon, lexicon
from unlisted.extract.text.tokens import View

MAX_PHRASES = 400
"""Spellings of one street name that are looked for."""
MAX_COMPACTS = 80
"""Spellings of number and street that are looked for with a space left out."""
LEAST_COMPACT = 6
"""Letters and digits of such a spelling."""
MAX_SPLIT = 16
"""Letters of a word that is also looked for written as two."""
MAX_WORDLIKE = 2
"""Letters of a short form that is as often an ordinary word ("is", "an"): behind a street without a type it is no type."""
MAX_ARTICLES = 3
"""Small words between the parts of a street ("rue de la Paix")."""
SUFFIXES = frozenset(("jr", "sr", "junior", "senior"))
"""Words behind a person's name that a street's name may be written without."""
CASES = {"PL": ("ej",), "CZ": ("e",), "SK": ("ej",)}
"""What "-a" becomes in the adjectives by which streets are called, where it is said that something is in them."""
_COMPASS = bag("n s e w ne nw se sw north south east west northeast northwest southeast southwest")
_BREAK = frozenset('!?:;"@|')
_COLLAPSE = (("ae", "a"), ("oe", "o"), ("ue", "u"))

Words = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Spot:
    """A street in a text: the words that it takes; `typed` if its type stands there too; `other` if it is a different street."""

    first: int
    last: int
    typed: bool
    other: bool = False


@dataclass(frozen=True, slots=True)
class Phrase:
    """One spelling of a name; `typed` where the type is part of it (a compound)."""

    words: Words = field(repr=False)
    typed: bool
    dotted: bool = False
    """Whether a full stop must follow: the type is one letter of the last word ("Storg.")."""


def _spellings(word: str, lex: Lexicon, *, typed: bool) -> list[Words]:
    """The ways to write one word of a name; of a street without a type also the short forms of types within it."""
    out: dict[Words, None] = {(word,): None}
    tables = (lex.names, lex.directions) if typed else (lex.names, lex.directions, lex.types)
    meanings = frozenset[str]().union(*(table.get(word, ()) for table in tables))
    if meanings:
        out |= dict.fromkeys(
            (other,) for table in tables for other, means in table.items() if means & meanings and " " not in other
        )
    for long, short in _COLLAPSE:
        if long in word and len(word) > 3:
            out[(word.replace(long, short),)] = None
    return list(out)


def _several(name: Words, at: int) -> tuple[list[Words], int] | None:
    """The ways to write several words that have one short form ("Martin Luther King", "MLK"), and how many they are."""
    names = lexicon().names
    for size in (3, 2, 1):
        means = names.get(" ".join(name[at : at + size]), frozenset())
        long = sorted(mean for mean in means if " " in mean)
        if long and len(name) >= at + size:
            short = sorted(word for word, other in names.items() if other & means)
            return [tuple(form.split()) for form in (*long, *short)], size
    return None


def _slots(name: Words, address: Address) -> list[list[Words]]:
    """For each word or number of a name, the ways to write it."""
    slots: list[list[Words]] = []
    at = 0
    while at < len(name):
        number = number_at(name, at)
        if number is not None and number[0] <= MAX_ORDINAL:
            value, size = number
            ways = {name[at : at + size]: None} | dict.fromkeys(sorted(name_forms(value), key=lambda f: (len(f), f)))
            slots.append(list(ways))
        elif several := _several(name, at):
            forms, size = several
            slots.append(forms)
        else:
            size = 1
            slots.append(_spellings(name[at], lexicon(), typed=bool(address.types)))
        at += size
    return slots


def phrases(name: Words, address: Address) -> list[Phrase]:
    """Every spelling of a street's name that is looked for."""
    lex, slots = lexicon(), _slots(name, address)
    if len(name) > 1 and name[-1] in SUFFIXES:
        slots[-1].append(())
    plain = [tuple(word for part in parts for word in part) for parts in islice(product(*slots), MAX_PHRASES)]
    if len(name) > 1:
        plain.append(("".join(name),))
    plain += [(*name[:i], word[:cut], word[cut:], *name[i + 1 :]) for i, word in enumerate(name) for cut in _cuts(word)]
    plain += [(*w[:i], word[:-1], "s", *w[i + 1 :]) for w in plain[:] for i, word in enumerate(w) if _possessive(word)]
    plain += [tuple(_inflected(word, e) for word in w) for e in CASES.get(address.region, ()) for w in plain[:]]
    out = {Phrase(words, typed=False): None for words in plain}
    endings = {ending for ending, kinds in lex.glued.items() if kinds & address.types and len(ending) > 1}
    if address.glued or endings:
        heads = {(*words[:-1], words[-1] + ending) for words in plain for ending in endings}
        out |= {Phrase(words, typed=True): None for words in sorted(heads)}
        short = sorted(
            e for t in (lex.glued, lex.types) for e, kinds in t.items() if kinds & address.types and len(e) == 1
        )
        out |= {Phrase((*w[:-1], w[-1] + e), typed=True, dotted=True): None for w in plain for e in short}
    return list(islice(out, MAX_PHRASES * 4))


def _inflected(word: str, ending: str) -> str:
    """An adjective behind "in the street": "Modrzewiowa" becomes "Modrzewiowej", "Długa" "Długiej", "Lipová" "Lipové"."""
    if len(word) <= MAX_ARTICLES or not word.endswith("a"):
        return word
    return word[:-1] + ("i" if ending == "ej" and word[-2] in "kg" else "") + ending


def _possessive(word: str) -> bool:
    """Whether a word may be "king's" without its sign."""
    return len(word) > MAX_ARTICLES and word[-1] == "s" and word.isalpha()


def compacts(address: Address) -> list[tuple[Words, str]]:
    """Number and street with their usual type, in both orders: as words, and as one word ("27larchrow")."""
    lex = lexicon()
    if address.glued:
        streets = {
            (*address.name[:-1], address.name[-1] + e) for e, kinds in lex.glued.items() if kinds & address.types
        }
    elif address.types:
        kinds = [
            word for word, means in lex.types.items() if means & address.types and len(word) > 1 and " " not in word
        ]
        streets = {s for kind in kinds for s in ((*address.name, kind), (kind, *address.name))}
    else:
        streets = {address.name}
    compass = sorted(word for word, means in lex.directions.items() if means & address.directions)
    streets |= {(word, *street) for street in streets for word in compass}
    orders = [(address.number, *street) for street in sorted(streets)]
    orders += [(*street, address.number) for street in sorted(streets) if not street[-1][-1].isdigit()]
    return [(words, "".join(words)) for words in orders if len("".join(words)) > LEAST_COMPACT][:MAX_COMPACTS]


def _cuts(word: str) -> range:
    """Where a long word may be written as two ("Elmwood", "Elm Wood"): both parts have three letters."""
    return range(3, len(word) - 2) if word.isalpha() and 6 <= len(word) <= MAX_SPLIT else range(0)


def anchor(phrase: Phrase) -> int:
    """The number of the word at which to look for a phrase: its longest."""
    return max(range(len(phrase.words)), key=lambda i: len(phrase.words[i]))


def align(view: View, index: int, words: Words, at: int) -> tuple[int, int] | None:
    """Where `words` stand if the one numbered `at` stands at `index`; small words between them are passed over."""
    right = _walk(view, index, words[at + 1 :], 1)
    left = _walk(view, index, words[:at][::-1], -1)
    return None if right is None or left is None else (left, right)


def _walk(view: View, index: int, words: Iterable[str], step: int) -> int | None:
    articles, size = lexicon().articles, len(view.words)
    for word in words:
        skipped = 0
        index += step
        while (
            0 <= index < size and view.words[index] != word and view.words[index] in articles and skipped < MAX_ARTICLES
        ):
            index += step
            skipped += 1
        if not 0 <= index < size or view.words[index] != word:
            return None
        if _BREAK & set(view.gap(index) if step < 0 else view.gap(index - 1)):
            return None
    return index


@dataclass(frozen=True, slots=True)
class StreetReader:
    """Finds out what stands around a street's name: its type, another type, a direction."""

    address: Address
    lex: Lexicon = field(default_factory=lexicon, repr=False)

    def spot(self, view: View, first: int, last: int, *, typed: bool) -> Spot:
        """The street whose name stands at these words."""
        other = False
        if not typed and self.address.types:
            first, last, typed, other = self._type(view, first, last)
        elif not self.address.types:
            other = self._kind(view, last + 1, last) is not None and view.words[last + 1] not in self.lex.before
            other = other and len(view.words[last + 1]) > MAX_WORDLIKE
        first, last, turned = self._directions(view, first, last)
        return Spot(first, last, typed, other or turned or (typed and self._qualified(view, first)))

    def _kind(self, view: View, index: int, near: int) -> frozenset[str] | None:
        """The street types that the word at `index` can be, if nothing but a space or full stop parts it from `near`."""
        if not 0 <= index < len(view.words):
            return None
        gap = view.gap(min(index, near))
        ended = "." in gap and near < index and len(view.words[near]) > 3  # a sentence ends here
        if ended or set(gap) - set(" .-/'°_+"):
            return None
        return self.lex.types.get(view.words[index])

    def _type(self, view: View, first: int, last: int) -> tuple[int, int, bool, bool]:
        after = self._kind(view, last + 1, last)
        if after is None and self._mistyped(view, last + 1):
            return first, last + 1, True, False
        if after and after & self.address.types:
            return first, last + 1, True, False
        front = first - 1
        for _ in range(MAX_ARTICLES):
            if front >= 0 and view.words[front] in self.lex.articles and view.words[front] not in self.lex.before:
                front -= 1
        before = self._kind(view, front, front)
        if (
            before
            and before & self.address.types
            and (view.words[front] in self.lex.before or self.address.region in {"US", "CA"})
        ):
            return front, last, True, False
        for start in (front - 1, front):
            joined = view.words[start] + view.words[start + 1] if 0 <= start < first - 1 else ""
            if self.lex.types.get(joined, frozenset()) & self.address.types:
                return start, last, True, False
        split = any(kind is not None and kind.isdisjoint(self.address.types) for kind in (after,))
        other_front = before is not None and view.words[front] in self.lex.before and len(view.words[front]) > 1
        return first, last, False, split or other_front

    def _mistyped(self, view: View, index: int) -> bool:
        """Whether the word at `index` is the street's type with one slip ("Streeet")."""
        if index >= len(view.words) or view.gap(index - 1) not in {" ", "_", "+"}:
            return False
        return any(one_edit(view.words[index], kind) for kind in self.address.types)

    def _directions(self, view: View, first: int, last: int) -> tuple[int, int, bool]:
        """Directions beside the street: taken in if they agree; a different one makes it another street."""
        turned = False
        for index, step in ((first - 1, -1), (last + 1, 1)):
            if not 0 <= index < len(view.words) or set(view.gap(min(index, index - step))) - set(" .,"):
                continue
            means = self.lex.directions.get(view.words[index], frozenset())
            if means & self.address.directions:
                first, last = min(first, index), max(last, index)
            elif view.words[index] in _COMPASS and not self._is_sign(view, index) and self._counts(view, index, step):
                turned = True
        return first, last, turned

    def _counts(self, view: View, index: int, step: int) -> bool:
        """Whether a compass word is part of the street: declared with one, or it stands between number and street."""
        if self.address.directions:
            return True
        return step < 0 and index > 0 and view.words[index - 1][:1].isdigit() and "\n" not in view.gap(index - 1)

    def _is_sign(self, view: View, index: int) -> bool:
        return (
            view.words[index] in self.lex.signs and index + 1 < len(view.words) and view.words[index + 1][:1].isdigit()
        )

    def _qualified(self, view: View, first: int) -> bool:
        """Whether "Old", "Neue", "Upper" stands before the street though it is not declared so."""
        if first == 0 or view.gap(first - 1) != " " or view.words[first - 1] not in self.lex.qualifiers:
            return False
        return view.capital(first - 1) and view.words[first - 1] not in self.address.name
