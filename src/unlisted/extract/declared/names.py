"""Declared names of people, employers and schools."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from unlisted.extract.declared.parts import umlauts
from unlisted.extract.declared.probe import Found, Probe
from unlisted.extract.text.fold import bag, key
from unlisted.extract.text.lexicon import lexicon
from unlisted.extract.text.tokens import View
from unlisted.model.subject import Fact

TWO_SURNAMES = frozenset({"ES", "MX", "AR", "CO", "CL", "PE"})
"""Where people have two surnames and mostly use the first."""
KIN = bag(
    "mother father mom mum dad parent son daughter child kid brother sister sibling husband wife spouse partner "
    "fiance fiancee girlfriend boyfriend grandmother grandfather grandma grandpa aunt uncle cousin niece nephew "
    "ex baby twin mutter vater mama papa sohn tochter kind bruder schwester mann frau partnerin oma opa tante "
    "onkel mere pere fils fille frere soeur mari femme compagnon compagne maman grand madre padre hijo hija "
    "hermano hermana marido esposa esposo mujer abuela abuelo tia tio primo prima novia novio pareja"
)
LEGAL = bag("inc ltd llc llp plc gmbh ag kg co corp corporation company sa sarl sas srl spa bv nv oy ab as limited the")
SHORT = 3
"""Letters of a word that a point shortens; behind a longer one a point ends the sentence."""
_LINK = frozenset(" .,-'_’\n\t")
_BREAK = re.compile(r"[!?;:|@()]|\n\n|\. ")


def _variants(fact: Fact) -> list[tuple[str, ...]]:
    """The name and its other spellings as folded words; a single nickname takes the surname of the full name."""
    full = tuple(key(fact.value or "").split())
    out = [full, tuple(key(umlauts(fact.value or "")).split())]
    for alias in fact.aliases:
        words = tuple(key(alias).split())
        out.append((*words, *full[1:]) if len(words) == 1 and len(full) > 1 else words)
    return [words for words in dict.fromkeys(out) if words]


def probes(fact: Fact) -> Iterator[Probe]:
    """What looks for a declared person's name, in either order, with initials, with or without a middle name."""
    for words in _variants(fact):
        if len(words) < 2:
            continue
        orders = {words: 1.0, (*words[1:], words[0]): 0.95, (words[-1], *words[:-1]): 0.95}
        if len(words) > 2:
            orders.setdefault((words[0], words[-1]), 0.8)
            if (fact.region or "").upper() in TWO_SURNAMES:
                orders.setdefault(words[:2], 0.7)
        for order, certainty in orders.items():
            yield Probe(fact, max(order, key=len), _sequence(order, certainty, reverse=order[0] != words[0]))
        yield Probe(fact, "".join(words), lambda _view, index: Found("same", index, index, 0.9))
        yield Probe(fact, words[-1], _initial(words))


def _sequence(words: tuple[str, ...], certainty: float, *, reverse: bool) -> Callable[[View, int], Found | None]:
    at = words.index(max(words, key=len))

    def look(view: View, index: int) -> Found | None:
        places = _place(view, index, words, at)
        if places is None or (reverse and _two_people(view, *places)):
            return None
        return Found("same", *places, certainty)

    return look


def _place(view: View, index: int, words: tuple[str, ...], at: int) -> tuple[int, int] | None:
    """Where the words of a name stand one after the other; an initial may stand between two of them."""
    ends = []
    for part, step in ((words[:at][::-1], -1), (words[at + 1 :], 1)):
        place = index
        for word in part:
            place += step
            if 0 <= place < len(view.words) and len(view.words[place]) == 1 and view.words[place] != word:
                place += step  # a middle initial
            if not 0 <= place < len(view.words) or view.words[place] != word:
                return None
            left = place if step < 0 else place - 1
            gap = view.gap(left)
            if set(gap) - _LINK or len(gap) > 6 or (". " in gap and len(view.words[left]) > SHORT):
                return None
        ends.append(place)
    return ends[0], ends[1]


def _two_people(view: View, first: int, last: int) -> bool:
    """Whether "Rossi, Ada" is the end of one name and the beginning of another: "Eva Rossi, Ada Lark"."""
    if "," not in view.gap(first):
        return False
    before = first > 0 and view.gap(first - 1) == " " and view.capital(first - 1) and view.words[first - 1].isalpha()
    after = (
        last + 1 < len(view.words)
        and view.gap(last) == " "
        and view.capital(last + 1)
        and view.words[last + 1].isalpha()
    )
    return before and after


def _initial(words: tuple[str, ...]) -> Callable[[View, int], Found | None]:
    """Surname with the first name's initial: "A. Lark", "Lark, A."."""

    def look(view: View, index: int) -> Found | None:
        led = index > 0 and view.words[index - 1] == words[0][0] and view.gap(index - 1) in {". ", ".", " "}
        elided = index > 1 and view.gap(index - 2) == "'"
        if led and not elided and view.capital(index) and view.capital(index - 1):
            return Found("same", index - 1, index, 0.6)
        after = index + 1
        if (
            after < len(view.words)
            and view.words[after] == words[0][0]
            and view.gap(index) == ", "
            and view.capital(after)
        ):
            return Found("same", index, after, 0.6) if view.gap(after)[:1] == "." else None
        return None

    return look


def relative_probes(fact: Fact) -> Iterator[Probe]:
    """What looks for a declared relative: the full name, or a first name beside a word of kinship."""
    named = Fact(
        kind=fact.kind, label=fact.label, value=_without_kin(fact.value or ""), region=fact.region, aliases=fact.aliases
    )
    for probe in probes(named):
        yield Probe(fact, probe.anchor, probe.look)
    words = key(named.value or "").split()
    firsts = [*words[:1], *(w for alias in fact.aliases for w in key(alias).split()[:1])]
    for first in dict.fromkeys(firsts):
        yield Probe(fact, first, _beside_kin if len(words) == 1 else _beside_kin_street)


def _without_kin(value: str) -> str:
    """The name alone: "Ada (daughter)" and "my daughter Ada" are Ada."""
    value = re.sub(r"\([^)]{0,80}\)", " ", value)
    kept = [word for word in value.split() if key(word) not in KIN | {"my", "our", "mein", "meine", "mon", "ma", "mi"}]
    return " ".join(kept) or value


def _kin_near(view: View, index: int) -> int | None:
    for at in (index - 1, index - 2, index + 1, index + 2):
        near = 0 <= at < len(view.words) and view.words[at] in KIN
        if near and not _BREAK.search(view.folded.text[view.end(min(at, index)) : view.starts[max(at, index)]]):
            return at
    return None


def _beside_kin(view: View, index: int) -> Found | None:
    at = _kin_near(view, index)
    return None if at is None else Found("same", min(at, index), max(at, index), 0.9)


def _beside_kin_street(view: View, index: int) -> Found | None:
    """A declared full name of which only the first part stands beside a word of kinship: likely, not sure."""
    at = _kin_near(view, index)
    return None if at is None else Found("area", min(at, index), max(at, index), 0.7)


def body_probes(fact: Fact) -> Iterator[Probe]:
    """What looks for a declared employer or school: its words in order, legal forms left out, usual abbreviations understood."""
    lex = lexicon()
    for value in (fact.value or "", *fact.aliases):
        words = [word for word in key(value).split() if word not in LEGAL] or key(value).split()
        if not words:
            continue
        at = words.index(max(words, key=len))
        anchors = {w for w, means in lex.all.items() if means & lex.meanings(words[at])} | {words[at]}
        for anchor in anchors:
            yield Probe(fact, anchor, _body(tuple(words), at))


def _body(words: tuple[str, ...], at: int) -> Callable[[View, int], Found | None]:
    def look(view: View, index: int) -> Found | None:
        first = index - at
        part = view.words[first : first + len(words)] if first >= 0 else []
        if len(part) != len(words) or not all(lexicon().agree(a, b) for a, b in zip(part, words, strict=True)):
            return None
        if len(words) == 1 and view.cased and not view.capital(index):
            return None
        inner = [view.gap(i) for i in range(first, first + len(words) - 1)]
        return (
            None
            if any(len(gap) > 4 for gap in inner)
            else Found("same", first, first + len(words) - 1, 0.9 if len(words) > 1 else 0.7)
        )

    return look
