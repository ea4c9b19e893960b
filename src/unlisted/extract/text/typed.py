"""Street addresses whose number comes last: "Calle Mayor, 12", "via Roma 5", "Berliner Straße 5", "Storgatan 1"."""

from __future__ import annotations

import re

from unlisted.extract.text.core import LAST_NUMBER, MAX_NAME, Core
from unlisted.extract.text.fold import bag
from unlisted.extract.text.grammar import GLUED_ALONE, Grammar
from unlisted.extract.text.marks import Marked, postcode_at
from unlisted.extract.text.talk import month_names

_SURE = bag("calle avenida avda av rue rua ulica carrer")
_JOINED = re.compile(r"[\w.(>]$")
_TO_NUMBER = re.compile(r"[ ,.°/#-]{1,4}")
_TO_NAME = re.compile(r"[ .'/°]{1,3}")
_IN_NAME = re.compile(r"[ .'°-]{1,3}")
_TO_SUFFIX = re.compile(r" ?[-/] ?|, ?| |\.?°\.? ?,? ?| - ")
_SUFFIX = re.compile(
    r"\d{1,4}[a-z]{0,2}|b\d{1,2}|[a-h]|bis|ter|hs|i{1,3}|bajo|baixo|[di]?cha|i[zs]q|izda|derecha|izquierda|e[sz]q|dto|dt|frt|atico|puerta|piso|esc|andar|planta|tr|trp|sal|krs"
)
SHORT = 2
"""Letters of a short form of a street word."""
_COMMON = 0.28
"""Score of an everyday word and small letters before a number ("Cours de yoga 3"): something else must prove it."""
LEAST_NAME = 3
"""Letters of the last word of a street's name that has no street word."""
_FOUR = re.compile(r"\d{4}")
_TV = [["v"], ["h"]]
"""Left or right in a Danish house: "4 t.v."."""
_DEGREES = [["o"], ["a"]]
_STOREYS = [
    ["og"],
    ["ug"],
    ["dg"],
    ["stock"],
    ["etage"],
    ["obergeschoss"],
    ["stockwerk"],
    ["trappa"],
    ["trappor"],
    ["tr"],
    ["trp"],
]
"""Words behind a floor's number, which is no part of the house's: "12, 1. OG"."""
MAX_SUFFIX = 5
"""Words of a range, a letter, a floor and a door behind a number."""
_BEFORE_NUMBER = re.compile(r" |, |\. ?| ?nr\.? ?")
_SMALL = bag("um op bei")
_GREAT = bag("gran grand grande")
_DANISH = bag("st tv th mf kl")
_SAINTS = bag("sw sv st ste s san")
_CLOSED = re.compile(r" ?[,\n]")
_BETWEEN = re.compile(r" |, | nº? ?| n\.? ?° ?|-|\. ")
_YEAR = re.compile(r"(?:19|20)\d\d")
_BAD_AFTER = re.compile(r"^\s?[%°€$£+*=:]|^[.:]\d|^'")
_NO_NAME = bag(
    "der die das den ein eine einen auf um mein meine unser unsere dieser diese dieses jeder jede jedes kein de het een"
)
"""Words with a capital that open a sentence, and no name of a street by themselves: "Der Weg 2"."""
_TITLES = bag("gen gral gal ks prof dr plk marsz mal pte pdte dra sta sto kard bp hl burg bgm cap cnel cel pe mons ing")
"""Short forms of titles within a street's name, in small letters too: "ul. gen. Larcha"."""
_CASES = bag("ssa aan n een ta lla sta")
"""Finnish endings behind a number and a colon: "Kauppakatu 8:ssa"."""


class Typed:
    """Reads a street around its type: before the name, behind it, or glued to it."""

    def __init__(self, view: Marked, grammar: Grammar) -> None:
        self.view, self.grammar = view, grammar

    def first(self, index: int, *, numbered: bool = False) -> Core | None:
        """The street whose type is the word at `index`, with the name behind it; `numbered`: a number stands before it."""
        words, grammar = self.view.words, self.grammar
        short = len(words[index]) <= SHORT
        if not numbered and not self._opens(index, short=short):
            return None
        strong = words[index] in grammar.before_strong or short
        at, names, small, first_small = self._name_from(index), 0, 0, 0
        number = None
        if self._street_number(at):
            names, at = 1, at + 1  # "Calle 85 # 12"
        while at < len(words) and at - index <= MAX_NAME + 2:
            number = self._house(at) if names or self._great(index) else None
            if number is not None or not self._goes_on(index, at):
                break
            capital = self._named(at)
            named = words[at] not in grammar.articles or (capital and words[at][0] > "9")
            lone = (len(words[at]) < SHORT and capital) or not words[at].isalpha()
            if named and not names and short and lone and not words[at].isdigit():
                return None
            if not capital and words[at] not in grammar.articles:
                small, first_small = small + 1, first_small or at
            names += named
            at += 1
        if number is not None and (small > 3 or self._counts(number)):
            return None
        if number is not None and number + 1 < len(words) and words[number + 1] in grammar.signs:
            number = self._house(number + 1) or number  # "Strada Provinciale 12 n. 44"
        if number is not None and self._great(index):
            return Core(index - 1, self._suffix(number), 0.6)
        end = first_small if first_small and number is None else at  # what follows in small letters is no name
        core = self._first_core(index, end - 1, number, names if end > index + 1 else 0, strong=strong)
        vague = small and not strong and core is not None and self._vague(index, number)
        return Core(core.first, core.last, _COMMON) if core is not None and vague else core

    def _name_from(self, index: int) -> int:
        """The first word of the name behind a type; "lieu-dit" is one type."""
        return index + 2 if self.view.words[index : index + 2] == ["lieu", "dit"] else index + 1

    def _vague(self, index: int, number: int | None) -> bool:
        """Whether only small letters stand between a type and a number, and the sentence goes on: "Cours de yoga 3 fois"."""
        view = self.view
        if number is None or number + 1 >= len(view.words) or view.lower:
            return False
        goes_on = view.gap(number) == " " and not view.capital(number + 1)
        return goes_on and not any(self._named(i) for i in range(index + 1, number))

    def _counts(self, number: int) -> bool:
        """Whether a number counts what stands behind it: "3 horas", "34 Jahre"; "km 12" behind a road is a place on it."""
        view, words, at = self.view, self.view.words, number + 1
        if at >= len(words) or words[at] not in self.grammar.counted or view.gap(number) != " ":
            return False
        return not (words[at] == "km" and words[at + 1 : at + 2] and words[at + 1].isdigit())

    def _opens(self, index: int, *, short: bool) -> bool:
        """Whether a type can open a street: a short form needs its point or slash and a capital behind it."""
        view, word = self.view, self.view.words[index]
        gap = view.gap(index)
        if short:
            marked = (
                (gap[:1] in {"/", "."} or gap[:2] == " /")
                and len(gap) <= 3
                and not _JOINED.search(view.before(index)[-1:])
            )
            following = index + 1 < len(view.words) and (
                view.capital(index + 1) or view.words[index + 1] in self.grammar.articles or self._named(index + 1)
            )
            return marked and following
        return len(word) > 3 or "." in gap or view.capital(index) or word in {"rue", "via"}

    def _great(self, index: int) -> bool:
        """Whether a street has no other name than its size ("Gran Vía 28")."""
        return index > 0 and self.view.words[index - 1] in _GREAT and self.view.capital(index - 1)

    def _street_number(self, at: int) -> bool:
        """Whether the street's own name is a number, with a sign before the house's: "Calle 85 # 12"."""
        view, words = self.view, self.view.words
        return (
            at + 1 < len(words)
            and words[at].isdigit()
            and (
                "#" in view.gap(at)
                or words[at + 1] in {"no", "nro", "km"}
                or (words[at + 1] == "n" and "°" in view.gap(at + 1))
            )
        )

    def _house(self, at: int) -> int | None:
        """The word of the house number if it stands at `at`, past its sign; "s/n" counts as one."""
        view, words, grammar = self.view, self.view.words, self.grammar
        word, following = words[at], words[at + 1] if at + 1 < len(words) else ""
        if LAST_NUMBER.fullmatch(word) and _TO_NUMBER.fullmatch(view.gap(at - 1)):
            return at
        if word in grammar.signs and LAST_NUMBER.fullmatch(following):
            return at + 1
        if word == "snc":
            return at  # Italian for "without a number"
        return at + 1 if word == "s" and following == "n" and view.gap(at) in {"/", "./", ". ", " / "} else None

    def _named(self, at: int) -> bool:
        word = self.view.words[at]
        following = self.view.words[at + 1] if at + 1 < len(self.view.words) else ""
        return (
            self.view.capital(at)
            or self.view.lower
            or (word[0] <= "9" and (following in {"de", "di", "of"} or following in month_names()))
            or (word in _SAINTS | _TITLES and self.view.gap(at)[:1] == ".")
        )

    def _goes_on(self, index: int, at: int) -> bool:
        """Whether the word at `at` is a further word of the name of the street that opens at `index`."""
        view, word, grammar = self.view, self.view.words[at], self.grammar
        opens = at == index + 1 and view.words[index] != "lieu"  # "Lieu-dit Les Mélèzes"
        if not (_TO_NAME if opens else _IN_NAME).fullmatch(view.gap(at - 1)):
            return False
        if self._named(at) or word in grammar.articles:
            return True
        opening = view.words[index]
        if word in grammar.stops:
            return False
        sure = opening in _SURE or (view.capital(index) and len(opening) > 3 and opening not in grammar.after)
        return sure and word[0] > "9" and word not in grammar.common and len(word) >= 3

    def _first_core(self, index: int, end: int, number: int | None, names: int, *, strong: bool) -> Core | None:
        view = self.view
        if not names:
            return None
        written = view.capital(index) or strong
        if number is not None:
            named = written or (len(view.words[index]) > SHORT and view.capital(index + 1))
            return Core(index, self._suffix(number), 0.85 if strong else 0.6 if named else 0.3)
        while end > index and view.words[end] in self.grammar.articles:
            end -= 1
        end = min(end, index + 4)
        return Core(index, end, 0.4 if strong and view.capital(index) else 0.2)

    def _suffix(self, number: int) -> int:
        """A range's end, a letter, a floor in figures ("25, 7 D") after a number that comes last."""
        view, words, last = self.view, self.view.words, number
        for _ in range(MAX_SUFFIX):
            nxt = last + 1
            if nxt >= len(words) or not _TO_SUFFIX.fullmatch(view.gap(last)) or self._storey(nxt):
                break
            if words[nxt] == "t" and words[nxt + 1 : nxt + 2] in _TV and view.gap(nxt) == ".":
                last = nxt + 1
                break
            danish = words[nxt] in _DANISH and view.gap(nxt)[:1] in {".", ","}
            if not danish and not _SUFFIX.fullmatch(words[nxt]):
                break
            roman = words[nxt][0] == "i" and set(words[nxt]) == {"i"} and view.gap(last) == " "
            prefix = view.gap(nxt) == "-" and words[nxt].isalpha() and words[nxt + 1 : nxt + 2]
            if (
                roman
                or (prefix and len(words[nxt + 1]) > LEAST_NAME)
                or (words[nxt] == "a" and not view.capital(nxt))
                or self._code(nxt)
            ):
                break
            last = nxt
        return last

    def _storey(self, at: int) -> bool:
        """Whether a floor's number stands at `at`, with its word behind it: "1. OG", "3.o B"."""
        following = self.view.words[at + 1 : at + 2]
        return following in _STOREYS or (following in _DEGREES and self.view.gap(at) == ".")

    def _code(self, at: int) -> bool:
        """Whether a postcode rather than a door stands at `at`: a known shape, or four figures that no stroke leads to."""
        four = _FOUR.fullmatch(self.view.words[at]) and self.view.gap(at - 1) not in {"/", "-"}
        return postcode_at(self.view, at) > 0 or bool(four)

    def last(self, index: int) -> Core | None:
        """The street whose type is the word at `index`, or the end of it, with the number behind."""
        view, words, grammar = self.view, self.view.words, self.grammar
        separate = words[index] in grammar.last
        first = index
        if words[index] == "alle" and not view.capital(index) and "é" not in view.text[slice(*view.span(index, index))]:
            return None  # "Piazza alle 20", "alle 20 Minuten": no "allé"
        written = view.capital(index) or self.view.lower or separate
        if not written and not words[index].endswith(grammar.glued_strong):
            return None
        while (
            first > 0
            and index - first < 3
            and view.gap(first - 1) in {" ", "-", ". ", "."}
            and view.capital(first - 1)
            and words[first - 1].isalpha()
        ):
            if words[first - 1] in grammar.common or words[first - 1] in _NO_NAME or words[first - 1] in grammar.home:
                break  # "Der Weg", "Asun Koivukujalla"
            first -= 1
        if separate and first == index:
            if len(words[index]) < 4 or index == 0 or not words[index - 1].isalpha() or not self.view.lower:
                return None
            first = index - 1
        ending = words[index] if separate else next(e for e in grammar.glued if words[index].endswith(e))
        if not separate and len(words[index]) - len(ending) < 2:
            return None
        strong = (separate and words[index] not in grammar.after) or words[index].endswith(grammar.glued_strong)
        return self._last_core(first, index, strong=bool(strong))

    def _last_core(self, first: int, index: int, *, strong: bool) -> Core | None:
        view, words = self.view, self.view.words
        at = index + 1
        if at + 1 < len(words) and words[at].isdigit() and words[at + 1] in {"nr", "no"}:
            at += 1  # "Plein 1944 nr 10"
        if at < len(words) and words[at] in {"nr", "no", "nummer"}:
            at += 1
        numbered = at < len(words) and LAST_NUMBER.fullmatch(words[at]) and _BEFORE_NUMBER.fullmatch(view.gap(at - 1))
        if numbered and self._counts(at):
            numbered = None
        if numbered and not self._bad_after(at) and not _YEAR.fullmatch(words[at]):
            return Core(first, self._suffix(at), 0.8 if strong else 0.55)
        if words[index].endswith(GLUED_ALONE) and view.capital(index) and not self.view.upper:
            return Core(first, index, 0.5)
        return Core(first, index, 0.2) if strong else None

    def _bad_after(self, number: int) -> bool:
        """Whether a sign behind a number says that it is no house: a percentage, a time; a Finnish ending is none."""
        gap, following = self.view.gap(number), self.view.words[number + 1 : number + 2]
        return bool(_BAD_AFTER.search(gap[:2] or " ")) and not (gap == ":" and _CASES.issuperset(following))

    def untyped(self, index: int) -> Core | None:
        """Capitalised words and a number without a type ("Los Alisos, 10. 13002 ..."): worth little by themselves."""
        view, words, articles = self.view, self.view.words, self.grammar.articles
        first = index
        while first > 0 and index - first < MAX_NAME and _BETWEEN.fullmatch(view.gap(first - 1)):
            if first < index and "," in view.gap(first - 1) and words[first - 1] not in self.grammar.before:
                break  # "Ada Lark, Unter den Linden 5"
            word = words[first - 1]
            dated = word.isdigit() and words[first] in articles and first < index
            kind = first == index and self.ends(word)
            if not dated and (not word.isalpha() or not (view.capital(first - 1) or word in articles or kind)):
                break
            if "." in view.gap(first - 1) and len(word) > 3:
                break
            first -= 1
            if dated:
                break
        while first < index and (words[first] in articles or words[first] in {"n", "no"}) and not view.capital(first):
            first += 1
        if index - first == 1 and len(words[first]) < LEAST_NAME:
            return None
        if first == index or words[first] in month_names() or words[index] in {"0", "00"}:
            return None
        last = self._suffix(index)
        if last + 1 < len(words) and view.gap(last) in {" ", "-"} and words[last + 1].isdigit():
            return None  # groups of a phone number
        return Core(first, last, 0.22, coded=True)

    def ends(self, word: str) -> bool:
        """Whether a word in small letters may end a name that has no other street word: "Lipové náměstí", "Lehdon rantatie"."""
        grammar = self.grammar
        if word in grammar.before_strong:
            return True
        return len(word) > LEAST_NAME + 1 and grammar.compound(word)

    def called(self, at: int) -> bool:
        """Whether the word at `at` may stand in a name that has no street word: a capital, an article, a small word."""
        words = self.view.words
        return at < len(words) and (self.view.capital(at) or words[at] in self.grammar.articles or words[at] in _SMALL)

    def led(self, index: int, at: int) -> Core | None:
        """A number, and behind it a name without a type ("10, op der Heed, L-1999 ..."): worth little by itself."""
        view, words, last, named = self.view, self.view.words, at - 1, False
        while last + 1 < len(words) and last + 1 - at < MAX_NAME and (last < at or _IN_NAME.fullmatch(view.gap(last))):
            word = words[last + 1]
            if not word.isalpha() or word in self.grammar.after_strong or word in self.grammar.before:
                return None
            if not self.called(last + 1):
                break
            named, last = named or view.capital(last + 1), last + 1
        closed = last >= at and named and len(words[last]) >= LEAST_NAME and _CLOSED.match(view.gap(last))
        return Core(index, last, 0.22, coded=True) if closed and words[at] not in month_names() else None
