"""What follows a street: unit, town, state, postcode, country. It widens an address and proves that it is one."""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass

from unlisted.extract.text.core import NTH
from unlisted.extract.text.fold import bag
from unlisted.extract.text.grammar import COUNTIES, COUNTRIES, Grammar
from unlisted.extract.text.marks import Marked, postcode_at

MAX_PARTS = 8
MAX_TOWN = 4
SHORT = 3
"""Letters of a word that a point may shorten within a town's name ("St. Larch")."""
_GLUE = re.compile(r"[ \t\n\r,.;>()\\/|·°–-]{0,8}")
_PLAIN = frozenset({" ", ", ", ","})
"""What stands between most parts of an address."""
_HARD = re.compile(r"[!?:\"@=]|\n[ \t]*\n|\. [a-z]")
FOUR = re.compile(r"[a-z]?\d{4}")
"""Four figures, in Argentina behind a letter: a postcode where a town stands beside it."""
_DOOR = re.compile(r"\d{1,2}[oa]")
_YEAR = re.compile(r"(?:19|20)\d\d")
_DISTRICT = re.compile(r"\d{1,2}w?")
_UNIT_NUMBER = re.compile(r"\d{1,5}[a-z]?|[a-z]\d{0,4}|[a-z]{1,2}\d{1,4}")


@dataclass(slots=True)
class Tail:
    """How far an address goes, and what proves it."""

    last: int
    small: bool = False
    """Whether the address is written in small letters throughout."""
    unit: bool = False
    postcode: bool = False
    state: bool = False
    country: bool = False
    town: bool = False
    vague: bool = False
    """Whether the postcode is four figures behind a town: in many countries a number like others."""

    @property
    def proof(self) -> bool:
        """Whether something stands here that stands only behind a street."""
        return self.unit or self.postcode or self.state or self.country


def unit_at(view: Marked, index: int, grammar: Grammar) -> int:
    """How many words a unit takes at `index` ("Apt 4", "# 12", "2nd floor", "3º B", "Bajo A")."""
    words = view.words
    if index >= len(words):
        return 0
    word, gap = words[index], view.before(index)
    after = words[index + 1] if index + 1 < len(words) else ""
    if "#" in gap and ((word.isdigit() and len(word) <= 6) or (len(word) <= 2 and not view.capital(index - 1))):
        return 1
    if word in grammar.units and (size := _named_unit(view, index, after)):
        return size
    return _floor(view, index, after)


def _floor(view: Marked, index: int, after: str) -> int:
    """How many words a floor or a door in figures takes: "2nd floor", "3º B", "2.º Esq.", "2 tr"."""
    word = view.words[index]
    if word.isalpha() and word not in NTH:
        return 0
    if view.gap(index).startswith(_DEGREE) and _DOOR_NUMBER.fullmatch(word):
        return 2 if after in _FLOORS | _SIDES or (len(after) == 1 and view.capital(index + 1)) else 1
    if not ORDINALS.fullmatch(word):
        return _storey(view, index, after) if _DOOR_NUMBER.fullmatch(word) else 0
    if after in _FLOORS:
        return 2
    lettered = len(after) == 1 and view.gap(index) in {" ", ", ", " - "}
    return (2 if lettered or after in _SIDES else 1) if _DOOR.fullmatch(word) else 0


def _storey(view: Marked, index: int, after: str) -> int:
    """How many words a floor takes whose number is plain: "1. OG links", "3.o B", "2 tr ög"."""
    gap, third = view.gap(index), view.words[index + 2 : index + 3]
    if gap == ". " and after in _FLOORS:
        return 3 if third in _GERMAN_SIDES else 2
    if gap == "." and after in {"o", "a"}:
        return 3 if third and len(third[0]) == 1 and view.capital(index + 2) else 2
    if len(view.words[index]) == 1 and after in _STAIRS:
        return 3 if third in _SWEDISH_SIDES else 2
    return 0


ORDINALS = re.compile(r"\d{1,3}(?:st|nd|rd|th|e|er|o|a)|" + "|".join(sorted(NTH)))
_FLOORS = bag("og ug dg obergeschoss stockwerk floor fl etage piso planta stock verdieping level andar sal piano")
_STAIRS = bag("trappa trappor tr trp sal krs etg")
"""Northern words for a floor behind its number ("2 tr")."""
_SIDES = bag("dcha izq izda derecha izquierda dto esq dt frt")
_SWEDISH_SIDES = [["upp"], ["og"], ["oh"], ["nb"], ["ov"]]
"""Where on its floor a door is: over the yard, over the street ("1 tr ög")."""
_GERMAN_SIDES = [["links"], ["rechts"], ["mitte"], ["li"], ["re"]]
_BARE_UNITS = bag("kld kaelder basement penthouse rear atico bajo bajos entresuelo pral principal")
_DEGREE = ("°", ".°")
_DOOR_NUMBER = re.compile(r"\d{1,2}")


def _named_unit(view: Marked, index: int, after: str) -> int:
    """How many words "Apt 4", "Apt No. 4" or "basement" take."""
    words = view.words
    step = index + 2 if after == "no" and index + 2 < len(words) else index + 1
    numbered = step < len(words) and _UNIT_NUMBER.fullmatch(words[step]) is not None
    if numbered and len(view.gap(index)) <= 3 and "\n" not in view.gap(step - 1):
        return step - index + 1
    return 1 if words[index] in _BARE_UNITS else 0


def follow(
    view: Marked, last: int, grammar: Grammar, *, small: bool = False, bridge: bool = True, far: bool = False
) -> Tail:
    """Everything that belongs to an address behind the word `last`; `far`: a postcode in figures may stand further on."""
    tail = Tail(last, small)
    for _ in range(MAX_PARTS):
        index = tail.last + 1
        if index >= len(view.words):
            break
        gap = view.gap(tail.last)
        if gap not in _PLAIN and (_HARD.search(gap) or not _GLUE.fullmatch(gap.replace("#", ""))):
            break
        step = _part(view, index, gap, tail, grammar)
        if not step:
            break
        tail.last = index + step - 1
    if bridge and not tail.postcode:
        _bridge(view, tail, grammar, far=far)
    return tail


_TOWN_WORDS = bag("new little long big half great st fort good")
MAX_BRIDGE = 14
"""Words of a building, a room or a department between a street and the postcode that ends the address."""


def _bridge(view: Marked, tail: Tail, grammar: Grammar, *, far: bool) -> None:
    """Widen an address to a state with a postcode that stands a little further on, if no sentence ends between."""
    at = bisect_right(view.codes, tail.last + 1)
    end = min(tail.last + MAX_BRIDGE, len(view.words))
    if at >= len(view.codes) or view.codes[at] >= end:
        return
    for index in range(tail.last + 1, end):
        gap = view.gap(index - 1)
        if _HARD.search(gap) or len(gap) > 6:
            return
        word = view.words[index]
        size = postcode_at(view, index)
        if (
            size
            and index > tail.last + 1
            and (
                view.words[index - 1] in grammar.states
                or not view.words[index].isdigit()
                or (far and view.capital(index - 1))
            )
        ):
            tail.last, tail.postcode, tail.state = index + size - 1, True, True
            return
        if word in grammar.common and not view.capital(index) and word not in {"of", "and"}:
            return


def _part(view: Marked, index: int, gap: str, tail: Tail, grammar: Grammar) -> int:
    """How many words the next part takes; marks in `tail` what it is."""
    if step := unit_at(view, index, grammar):
        tail.unit = True
        return step
    if step := postcode_at(view, index) or _short_postcode(view, index, gap, tail, grammar) or _prefixed(view, index):
        tail.postcode = True
        return step
    step = _country_or_state(view, index, gap, tail, grammar)
    return step or _town(view, index, gap, tail, grammar)


def _country_or_state(view: Marked, index: int, gap: str, tail: Tail, grammar: Grammar) -> int:
    """How many words a county, a country or a state takes; marks it in `tail`."""
    word = view.words[index]
    if step := _county(view, index):
        tail.state = tail.town = True
        return step
    placed = tail.town or "," in gap or "\n" in gap
    if word in COUNTRIES and (placed or tail.postcode):
        tail.country = True
        return 1
    if _state_like(view, index, grammar) and (tail.town or word in grammar.states):
        known = is_state(view, index, grammar)
        tail.state = tail.state or known
        if known or (tail.town and "\n" in gap + view.gap(index)):
            return 1
    return 1 if word == "nan" and placed else 0


def _short_postcode(view: Marked, index: int, gap: str, tail: Tail, grammar: Grammar) -> int:
    """1 where four digits are a postcode: beside a town, and no year unless the country's postcodes look like that."""
    word = view.words[index]
    if (
        word.isalpha()
        or not FOUR.fullmatch(word)
        or (not grammar.four and (_YEAR.fullmatch(word) or not word.isdigit()))
    ):
        return 0
    if _town_behind(view, index) and ("," in gap or "\n" in gap or gap.strip() in {"-", "/"}):
        return 1
    tail.vague = tail.town and not _YEAR.fullmatch(word) and word.isdigit()
    return 1 if tail.vague else 0


def _town_behind(view: Marked, index: int) -> bool:
    at = index + 1
    return at < len(view.words) and view.capital(at) and view.words[at].isalpha() and view.gap(index) == " "


def four_at(view: Marked, index: int) -> bool:
    """Whether four figures with a town behind them stand at `index`, past a comma or on a new line."""
    parted = set(view.before(index)) & set(",\n")
    return bool(parted) and FOUR.fullmatch(view.words[index]) is not None and _town_behind(view, index)


_COUNTRY_CODES = bag("d a ch l b f i e p dk se s fi fin n no nl cz pl sk cp cep plz")
_BEFORE_CODE = _COUNTRY_CODES | {"p"}
"""Letters before a postcode: the country's, or those that say that it is one."""


def _prefixed(view: Marked, index: int) -> int:
    """How many words a postcode takes that letters stand before: "D-10999", "L-1999", "CEP 01999-000", "C.P. 03999"."""
    words, at = view.words, index + 1
    if words[index] not in _BEFORE_CODE and words[index] != "c":
        return 0
    if words[index] == "c" and words[at : at + 1] == ["p"]:
        at += 1
    if at >= len(words) or words[at - 1] not in _BEFORE_CODE or len(view.gap(at - 1)) > SHORT:
        return 0
    size = postcode_at(view, at)
    if view.gap(at - 1) == "-":
        return (
            at - index + (size or (1 if FOUR.fullmatch(words[at]) else 0)) if size or FOUR.fullmatch(words[at]) else 0
        )
    return at - index + size if size and len(words[at - 1] + words[index]) > 1 else 0


def _county(view: Marked, index: int) -> int:
    """How many words an Irish county or a district of Dublin takes: "Co. Cork", "County Meath", "Dublin 7"."""
    words = view.words
    if words[index] not in COUNTIES or index + 1 >= len(words) or not view.capital(index):
        return 0
    if words[index] in {"co", "county"} and view.capital(index + 1) and view.gap(index) in {" ", ". "}:
        return 2
    return 2 if words[index] == "dublin" and _DISTRICT.fullmatch(words[index + 1]) and view.gap(index) == " " else 0


def _state_like(view: Marked, index: int, grammar: Grammar) -> bool:
    """Whether the word at `index` looks like the short form of a state: two capitals, or a known one."""
    word = view.words[index]
    if word in grammar.states:
        return True
    if len(word) != 2 or word.isdigit():
        return False
    start = view.folded.original(view.starts[index])
    return view.text[start : start + 2].isupper()


def is_state(view: Marked, index: int, grammar: Grammar) -> bool:
    """Whether the word at `index` is the short form of a state: before a postcode, or in capitals where a clause ends.

    Many are words ("IN", "OR", "ME"): without a postcode they also need a comma before them or a text that is not all capitals.
    """
    if postcode_at(view, index + 1):
        return True
    if view.words[index] not in grammar.states:
        return False
    start = view.folded.original(view.starts[index])
    if not view.text[start : start + 2].isupper():
        return False
    ends = index + 1 >= len(view.words) or set(view.gap(index)) & set(",.;\n)-")
    comma = bool(set(view.before(index)) & set(",\n("))
    return bool(ends) and (
        comma or (view.words[index] not in grammar.common and view.cased and len(view.words[index]) == 2)
    )


def _proves_town(view: Marked, at: int, grammar: Grammar, *, lined: bool) -> bool:
    """Whether the word at `at` stands only behind a town: postcode, state, country. `lined`: the town has its own line."""
    word = view.words[at]
    if postcode_at(view, at) or word in COUNTRIES or word == "nan" or (grammar.four and four_at(view, at)):
        return True
    if grammar.four and FOUR.fullmatch(word) and view.before(at) == " " and not _YEAR.fullmatch(word):
        return True  # "Larchhead, Auckland 0627"
    if word in grammar.state_names and view.capital(at):
        return True
    return _state_like(view, at, grammar) and (lined or is_state(view, at, grammar))


def _town(view: Marked, index: int, gap: str, tail: Tail, grammar: Grammar) -> int:
    """The words of a town: capitalised, and either after a comma or line break, or before a state or postcode."""
    small = grammar.within
    at = index
    while at < len(view.words) and at - index < MAX_TOWN:
        word = view.words[at]
        lower = not view.capital(at) and not (tail.small and (word not in grammar.common or word in _TOWN_WORDS))
        if not word.isalpha() or (lower and not (at > index and word in small)) or word in grammar.units:
            break
        if at > index and len(word) == 2 and word in grammar.states and is_state(view, at, grammar):
            break
        if len(word) == 1 and view.gap(at) == "-":
            break  # "E-mail" is no part of a town
        at += 1
        ahead = view.gap(at - 1)
        if ahead != " " and at < len(view.words) and (ahead.strip(" .-'’") or ("." in ahead and len(word) > SHORT)):
            break
    size = at - index
    if size == 0 or (size == 1 and view.words[index] in grammar.common and "," not in gap):
        return 0
    ahead = view.gap(at - 1) if at <= len(view.words) else ""
    nxt = at < len(view.words) and not _HARD.search(ahead) and len(ahead) <= 5
    proven = nxt and _proves_town(view, at, grammar, lined="," in ahead and "\n" in gap)
    if not proven and not view.capital(index):
        return 0
    if proven or tail.postcode or "," in gap or ("\n" in gap and tail.proof) or gap.strip() == "-" or "(" in gap:
        if tail.town and not proven:
            return 0
        tail.town = True
        tail.state = tail.state or (any(view.words[i] in grammar.state_names for i in range(index, at)) and "," in gap)
        return size
    return 0
