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
MAX_LEAD = 8
"""Words between a unit and the number of its house ("Flat 18, Da Vinci House, 44 ...")."""
CONTEXT = 6
"""Words before an address among which "live at" or "address" may stand."""
_NUMBER = re.compile(r"\d{1,6}[a-z]{0,2}")
_LAST_NUMBER = re.compile(r"\d{1,4}[a-z]?")
_ORDINAL = re.compile(r"\d{1,4}(?:st|nd|rd|th|e|er|eme|d)")
_BAD_BEFORE = re.compile(r"[$€£¥#@=%<+*~^]\s?$|:$|'$")
_ROUTES = frozenset(
    [
        "road",
        "rd",
        "highway",
        "hwy",
        "route",
        "rt",
        "rte",
        "fm",
        "sr",
        "cr",
        "interstate",
        "county",
        "state",
        "ave",
        "avenue",
    ]
)
"""Types that a number or a letter follows ("County Road 12", "Avenue B")."""
_MONTHS = frozenset(["january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november", "december", "jan", "feb", "mar", "apr", "jun", "jul", "aug", "sep", "sept", "oct", "nov", "dec", "enero", "febrero", "marzo", "abril", "mayo", "junio", "julio", "agosto", "septiembre", "octubre", "noviembre", "diciembre", "januar", "februar", "marz", "juni", "juli", "oktober", "dezember", "janvier", "fevrier", "mars", "avril", "mai", "juin", "juillet", "aout", "septembre", "octobre", "novembre", "decembre"])  # fmt: skip
_COMPASS = frozenset(["n", "s", "e", "w", "north", "south", "east", "west"])
_ROAD_WORDS = frozenset(["us", "u", "s", "state", "county", "old", "business", "interstate", "i", "fm", "sr", "cr", "hwy", "highway", "route", "rt", "rte", "road", "rd", "private", "pr", "co", "ranch", "farm", "market", "to", "west", "east", "north", "south", "n", "e", "w"])  # fmt: skip
_SURE = frozenset(["calle", "avenida", "avda", "av", "rue", "rua", "ulica", "carrer"])
_ABBREVIATED = frozenset(["dr", "st", "ct", "av", "pl", "sq"])
_PLACED = frozenset(["on", "at", "to", "from", "off", "near", "along", "down", "between", "of"])
_SPELLED = frozenset(
    [
        "one",
        "two",
        "three",
        "four",
        "five",
        "six",
        "seven",
        "eight",
        "nine",
        "ten",
        "eleven",
        "twelve",
        "fifteen",
        "twenty",
        "thirty",
        "forty",
        "fifty",
    ]
)
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
            tail = follow(self.view, core.last, self.grammar, small=not self.view.capital(core.last))
            score = self._score(core, tail)
            if score < 0.5 or tail.last <= taken:
                continue
            first = max(self._lead(core.first), taken + 1)
            taken = tail.last
            start, end = self.view.span(first, tail.last)
            yield Span(kind="street_address", start=start, end=end, certainty=score)

    def _score(self, core: Core, tail: Tail) -> float:
        score = core.score
        if tail.unit or tail.postcode or tail.country:
            score += 0.35
        elif tail.state:
            score += 0.3 if tail.town else 0.15
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
        for at in range(first - 1, max(-1, first - MAX_LEAD), -1):
            gap = self.view.gap(at)
            if len(gap) > 3 or set(gap) - set(" ,.#-\n"):
                break
            if self.view.words[at] in self.grammar.units and unit_at(self.view, at, self.grammar):
                return at
            if not self.view.capital(at) and not self.view.words[at][0].isdigit():
                break
        return first

    def _cores(self) -> Iterator[Core]:
        grammar, words = self.grammar, self.view.words
        before, last, glued = grammar.before, grammar.last, grammar.glued
        count = 0
        after = grammar.after
        for index in [
            i
            for i, w in enumerate(words)
            if w[0] <= "9" or w in before or w in last or w in after or w in _SPELLED or w.endswith(glued)
        ]:
            word = words[index]
            core = None
            if word[0] <= "9" or word in _SPELLED:
                core = self._numbered(index)
            if core is None and word[0] <= "9" and word not in _SPELLED and self._closes(index):
                core = self._number_last(index)
            if core is None and word in before:
                core = self._type_first(index)
            if core is None and (word in last or word.endswith(glued)):
                core = self._type_last(index)
            if core is None and word in after:
                core = self._unnumbered(index)
            if core is not None:
                count += 1
                if count > MAX_CANDIDATES:
                    return
                yield core

    def _closes(self, index: int) -> bool:
        """Whether a number may end a street: short, behind a name, with a postcode, a break or a unit after it."""
        view, words = self.view, self.view.words
        if (
            index == 0
            or not _LAST_NUMBER.fullmatch(words[index])
            or not view.capital(index - 1)
            or not words[index - 1].isalpha()
        ):
            return False
        ahead = re.fullmatch(r"[ ,.\n/-]{1,4}", view.gap(index)[:5] or "\n")
        return bool(ahead) and (
            postcode_at(view, index + 1) > 0 or self._context(index) or words[index + 1 : index + 2] == ["e"]
        )

    # the number first: "12 Oak Street", "12, rue de la Paix"

    def _numbered(self, index: int) -> Core | None:
        view, words = self.view, self.view.words
        if words[index] in _SPELLED:
            return self._spelled(index)
        if not _NUMBER.fullmatch(words[index]) or _ORDINAL.fullmatch(words[index]):
            return None
        if index and view.gap(index - 1) in {".", ":", "/", ",", "'"} and words[index - 1][-1].isdigit():
            return None  # the rest of a decimal, a time, a date
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
            core = self._type_first(at) if words[at] in self.grammar.before_strong or view.capital(at) else None
            if core is not None and (len(words[at]) > 3 or view.capital(at) or words[at] in {"rue", "via"}):
                return Core(index, core.last, max(core.score, 0.75))
        if "," in view.gap(at - 1):
            return None
        return self._named(index, at)

    def _spelled(self, index: int) -> Core | None:
        """ "One Busch Place": a number in words, capitalised like the name behind it."""
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

    def _unnumbered(self, index: int) -> Core | None:
        """A street without a number ("Almeida Street"): one to three capitalised words and a sure type."""
        view, words = self.view, self.view.words
        first = index
        while (
            first > 0 and index - first < 3 and view.gap(first - 1) in {" ", "-", "'", ". "} and view.capital(first - 1)
        ):
            if words[first - 1] in self.grammar.common or not words[first - 1].isalpha():
                break
            first -= 1
        if first == index or not view.capital(index) or words[index] in _ABBREVIATED:
            return None
        if self.upper or words[index] not in self.grammar.after_strong:
            return Core(first, index, 0.16) if self.upper or re.match(r" ?[,\n]", view.gap(index)) else None
        placed = first > 0 and words[first - 1] in _PLACED and view.gap(first - 1) == " "
        return Core(first, self._direction(index), 0.55 if placed else 0.3)

    def _named(self, index: int, at: int) -> Core | None:
        """A name and a type behind a number."""
        view, words, grammar = self.view, self.view.words, self.grammar
        end, strong, loose, glued = at, None, None, None
        while end < len(words) and end - at < MAX_NAME:
            word = words[end]
            if end > at and (strong is not None) and word not in grammar.after:
                break
            if end > at and word in grammar.after_strong and not self._shouts(at, end):
                strong = end
            elif end > at and word in grammar.after and len(word) > 1:
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
            if (
                end < len(words)
                and "." in view.gap(end - 1)
                and len(words[end - 1]) > 3
                and words[end - 1] not in grammar.after
            ):
                break
        return self._numbered_core(index, at, strong, loose, glued, end)

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
            if last + 1 < len(words) and _LAST_NUMBER.fullmatch(words[last + 1]) and view.gap(last) in {" ", ", "}:
                last += 1
            return Core(index, last, 0.7)
        capitals = [view.capital(i) or words[i][0] <= "9" for i in range(at, max(strong or loose or at, at))]
        odd = any(words[i] in grammar.common for i in range(at, strong or loose or at))
        if strong is not None:
            last = self._route(max(strong, loose or 0))
            score = 0.85 if all(capitals) and not odd else 0.6 if not odd else 0.3
            return Core(index, self._direction(last), score)
        if loose is not None:
            sure = all(capitals) and not odd and (view.capital(loose) or self.lower)
            return Core(index, self._direction(self._route(loose)), 0.45 if sure else 0.2 if not odd else 0.0)
        special = self._numbered_road(at)
        if special is not None:
            return Core(index, self._direction(special), 0.6)
        return self._bare(index, at, end)

    def _numbered_road(self, at: int) -> int | None:
        """ "US Highway 19", "Avenue of the Americas", "ave D", "North 500 East" behind a number."""
        view, words, end = self.view, self.view.words, at
        while end - at < 3 and end + 1 < len(words) and words[end] in _ROAD_WORDS and view.gap(end) in {" ", ". "}:
            end += 1
            if re.fullmatch(r"\d{1,5}[a-z]?", words[end]):
                return end
        if words[at] in self.grammar.after_strong and self._route(at) > at:
            return self._route(at)
        if words[at] in {"avenue", "ave"} and words[at + 1 : at + 2] == ["of"]:
            return min(at + 3, len(words) - 1)
        grid = len(words) > at + 2 and words[at] in _COMPASS and words[at + 1].isdigit() and words[at + 2] in _COMPASS
        return at + 2 if grid else None

    def _route(self, last: int) -> int:
        """A road's number or letter behind its type."""
        view, following = self.view, last + 1
        if view.words[last] not in _ROUTES or following >= len(view.words) or view.gap(last) not in {" ", ". "}:
            return last
        word = view.words[following]
        lettered = len(word) <= 2 and word.isalpha() and view.capital(following) and word not in self.grammar.directions
        return (
            following
            if re.fullmatch(r"\d{1,5}[a-z]?", word) or (lettered and word not in self.grammar.states)
            else last
        )

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
            named = view.capital(last + 1) or self.lower or _ORDINAL.fullmatch(word) or (start > at and len(word) > 3)
            named = named and word not in grammar.common and word not in grammar.units
            if not named or (postcode_at(view, last + 1) and not word.isalpha()):
                break
            last += 1
        if last < start or words[start] in _MONTHS:
            return None
        if last + 1 < len(words) and _LAST_NUMBER.fullmatch(words[last + 1]) and view.gap(last) in {" ", ", "}:
            return Core(index, last + 1, 0.3)
        ends = last + 1 >= len(words) or re.match(r"[ ]{0,2}[,.;\n)!-]", view.gap(last))
        return Core(index, last, (0.4 if start > at else 0.2) - (0.0 if ends else 0.05))

    def _number_last(self, index: int) -> Core | None:
        """Capitalised words and a number without a type ("Los Alisos, 10. 13002 ..."): only with a postcode or context behind them."""
        view, words = self.view, self.view.words
        first = index
        while (
            first > 0
            and index - first < MAX_NAME
            and re.fullmatch(r" |, | nº? ?| n\.? ?° ?|-|\. ", view.gap(first - 1))
        ):
            word = words[first - 1]
            if not word.isalpha() or not (view.capital(first - 1) or word in self.grammar.articles):
                break
            if "." in view.gap(first - 1) and len(word) > 3:
                break
            first -= 1
        while first < index and words[first] in self.grammar.articles | {"n", "no"}:
            first += 1
        if first == index or words[first] in _MONTHS or words[index] in {"0", "00"}:
            return None
        return Core(first, self._suffix(index), 0.22)

    # the type first: "Calle Mayor, 12", "via Roma 5"

    def _type_first(self, index: int) -> Core | None:
        view, words, grammar = self.view, self.view.words, self.grammar
        short = len(words[index]) <= 2
        slash = view.gap(index)[:1] in {"/", "."} or view.gap(index)[:2] == " /"
        if short and not (slash and len(view.gap(index)) <= 3 and not re.search(r"[\w.(>]$", view.before(index)[-1:])):
            return None
        if short and (index + 1 >= len(words) or not (view.capital(index + 1) or words[index + 1] in grammar.articles)):
            return None
        if (
            len(words[index]) == 3
            and "." not in view.gap(index)
            and not view.capital(index)
            and words[index] not in {"rue", "via"}
        ):
            return None
        strong = words[index] in grammar.before_strong or (short and slash)
        at, names, small = index + 1, 0, 0
        number = None
        while at < len(words) and at - index <= MAX_NAME + 2:
            gap = view.gap(at - 1)
            word = words[at]
            if (
                not names
                and at == index + 1
                and word.isdigit()
                and at + 1 < len(words)
                and ("#" in view.gap(at) or words[at + 1] in {"no", "nro"})
            ):
                names, at = 1, at + 1  # "Calle 85 # 12"
                continue
            if _LAST_NUMBER.fullmatch(word) and names and re.fullmatch(r"[ ,.°/#-]{1,4}", gap):
                number = at
                break
            if names and word in grammar.signs and at + 1 < len(words) and _LAST_NUMBER.fullmatch(words[at + 1]):
                number = at + 1
                break
            if names and word == "s" and words[at + 1 : at + 2] == ["n"] and view.gap(at) in {"/", "./", ". ", " / "}:
                number = at + 1
                break
            if at > index + 1 and not re.fullmatch(r"[ .'’ªº-]{1,3}", gap):
                break
            if at == index + 1 and not re.fullmatch(r"[ .'/ªº]{1,3}", gap):
                break
            capital = (
                view.capital(at)
                or self.lower
                or (word[0] <= "9" and words[at + 1 : at + 2] in (["de"], ["di"], ["of"]))
            )
            sure = words[index] in _SURE or (view.capital(index) and len(words[index]) > 3)
            if (
                not capital
                and word not in grammar.articles
                and (not sure or word[0] <= "9" or word in grammar.common or len(word) < 3)
            ):
                break
            small += not capital and word not in grammar.articles
            names += word not in grammar.articles or (capital and word[0] > "9")
            if names == 1 and short and ((len(word) < 2 and capital) or not word.isalpha()):
                return None
            at += 1
        if small and (number is None or small > 3):
            return None
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
        strong = (separate and words[index] not in grammar.after) or words[index].endswith(grammar.glued_strong)
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
