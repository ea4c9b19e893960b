"""Declared names of people and relatives."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from itertools import chain

from unlisted.extract.declared.parts import umlauts
from unlisted.extract.declared.probe import Found, Probe, join_forward, words_of
from unlisted.extract.text.fold import bag, key
from unlisted.extract.text.tokens import View
from unlisted.model.subject import Fact

TWO_SURNAMES = frozenset({"ES", "MX", "AR", "CO", "CL", "PE"})
"""Where people have two surnames and mostly use the first."""
PARTICLES = bag(
    "de del della di da do dos das du des le la el al bin ibn van der den ten ter von vom zu zum zur af av of o mc"
)
"""Small words that belong to a surname."""
KIN = bag(
    "mother father mom mum dad parent son daughter child kid brother sister sibling husband wife spouse partner girl boy "
    "fiance fiancee girlfriend boyfriend grandmother grandfather grandma grandpa aunt uncle cousin niece nephew granny "
    "ex baby twin mutter vater mama papa sohn tochter kind bruder schwester mann frau partnerin oma opa tante "
    "onkel mere pere fils fille frere soeur mari femme compagnon compagne maman grand madre padre hijo hija "
    "hermano hermana marido esposa esposo mujer abuela abuelo tia tio primo prima novia novio pareja"
)
IS = bag("is was ist war es est")
SHORT = 2
"""Letters of a word that a point shortens; behind a longer one a point ends the sentence."""
MAX_GAP = 6
_STOP = frozenset('!?;:|@()[]{}<>/\\&=#$€£%"')
_BREAK = re.compile(r"[!?;:|@]|\n\n|\. ")
_NICK = re.compile(r'\s?["“(]|[”")]\s?')


@dataclass(frozen=True, slots=True)
class Form:
    """One way to write a name. `reverse`: the surname stands first. `bare`: no other surname may follow."""

    words: tuple[str, ...] = field(repr=False)
    certainty: float
    reverse: bool = False
    bare: bool = False
    middle: bool = False
    """Whether an initial that was not declared may stand between the words."""

    @property
    def at(self) -> int:
        """The number of the longest word."""
        return max(range(len(self.words)), key=lambda i: len(self.words[i]))


def _split(name: str, region: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """A name as given names and surnames; what a hyphen joins stays together."""
    words = [tuple(key(word).split()) for word in name.split() if key(word)]
    cut = _surname_from(words, len(words))
    if region in TWO_SURNAMES and cut > 1:
        cut = _surname_from(words, cut)  # "Larkó de la Vega"
    return tuple(chain(*words[:cut])), tuple(chain(*words[cut:]))


def _surname_from(words: list[tuple[str, ...]], end: int) -> int:
    """Where the surname begins that ends before the word `end`: its small words belong to it."""
    cut = end - 1
    while cut > 1 and words[cut - 1][0] in PARTICLES:
        cut -= 1
    return cut


def _first_surname(surname: tuple[str, ...]) -> tuple[str, ...]:
    """The first of two surnames; empty where there is one."""
    cut = len(surname) - 1
    while cut > 0 and surname[cut - 1] in PARTICLES:
        cut -= 1
    return surname[:cut]


def _people(fact: Fact) -> list[tuple[tuple[str, ...], tuple[str, ...]]]:
    """(given names, surnames) of the name and its other spellings; a single nickname takes the surname of the full name."""
    region, value = (fact.region or "").upper(), fact.value or ""
    full = _split(value, region)
    out = [full, _split(umlauts(value), region)]
    for alias in fact.aliases:
        words = tuple(key(alias).split())
        out.append((words, full[1]) if len(words) == 1 and full[0] else _split(alias, region))
    return [person for person in dict.fromkeys(out) if person[0] and person[1]]


def _forms(given: tuple[str, ...], surname: tuple[str, ...], region: str) -> Iterator[Form]:
    """The ways to write a name, surest first."""
    one = len(given) == 1
    yield Form((*given, *surname), 1.0, middle=one)
    yield Form((*surname, *given), 0.95, reverse=True)
    if not one:
        initials = tuple(word[0] for word in given[1:])
        yield Form((given[0], *initials, *surname), 0.95)
        yield Form((*given[1:], *surname, given[0]), 0.95, reverse=True)
        yield Form((given[0], *surname), 0.8)
        yield Form((*surname, given[0]), 0.8, reverse=True)
    first = _first_surname(surname) if region in TWO_SURNAMES else ()
    if first:
        yield Form((given[0][0], *given[1:], *surname), 0.7)
        yield Form((*given, *first), 0.7, bare=True)
        yield Form((given[0], *first), 0.6, bare=True)
        yield Form((*first, *given), 0.7, reverse=True)
    yield from _led_forms(given, surname)


def _led_forms(given: tuple[str, ...], surname: tuple[str, ...]) -> Iterator[Form]:
    """The ways to write a surname that small words lead: "Larch, Maren van der", "Maren v.d. Larch"."""
    size = next((i for i, word in enumerate(surname) if word not in PARTICLES), 0)
    lead, rest = surname[:size], surname[size:]
    for names in dict.fromkeys((given, given[:1])) if lead else ():
        yield Form((*rest, *names, *lead), 0.95, reverse=True)
        yield Form((*rest, *lead, *names), 0.9, reverse=True)
        if len(lead) > 1:
            letters = tuple(word[0] for word in lead)
            yield Form((*names, *letters, *rest), 0.9)
            yield Form((*names, "".join(letters), *rest), 0.9)


def probes(fact: Fact) -> Iterator[Probe]:
    """What looks for a declared person's name, in either order, with initials, with or without a middle name."""
    for given, surname in _people(fact):
        words = (*given, *surname)
        forms: dict[tuple[str, ...], Form] = {}
        for form in _forms(given, surname, (fact.region or "").upper()):
            forms.setdefault(form.words, form)
        for form in forms.values():
            yield Probe(fact, form.words[form.at], _sequence(form))
        whole = "".join(words)
        for size in range(1, len(words) + 1):
            yield Probe(fact, "".join(words[:size]), _joined(whole, len(words)))
        yield Probe(fact, surname[0], _initials(given, surname))
        first = _first_surname(surname) if (fact.region or "").upper() in TWO_SURNAMES else ()
        if first:
            yield Probe(fact, first[0], _bare(_initials(given, first)))


def _joined(whole: str, count: int) -> Callable[[View, int], Found | None]:
    """The name with a space left out: a handle, a hash tag."""

    def look(view: View, index: int) -> Found | None:
        last = join_forward(view, index, whole, glue="-'_.")
        return None if last is None or last - index + 1 >= count else Found("same", index, last, 0.9)

    return look


def _sequence(form: Form) -> Callable[[View, int], Found | None]:
    def look(view: View, index: int) -> Found | None:
        places = _place(view, index, form)
        if places is None or (form.reverse and _two_people(view, *places)):
            return None
        if form.bare and _surname_follows(view, places[1]):
            return None
        return Found("same", *places, form.certainty)

    return look


def _surname_follows(view: View, last: int) -> bool:
    """Whether another name stands right behind."""
    return last + 1 < len(view.words) and view.gap(last) in {" ", "-"} and view.cased and view.capital(last + 1)


def _place(view: View, index: int, form: Form) -> tuple[int, int] | None:
    """Where the words of a name stand one after the other; an initial or a nickname in quotes may stand between two of them."""
    ends = []
    for part, step in ((form.words[: form.at][::-1], -1), (form.words[form.at + 1 :], 1)):
        place = index
        for word in part:
            place += step
            nicked = 0 <= place < len(view.words) and view.words[place] != word and _between(view, place, form)
            place += step if nicked else 0
            if not 0 <= place < len(view.words) or view.words[place] != word:
                return None
            left = place if step < 0 else place - 1
            if not _linked(view, left, nicked=nicked):
                return None
        ends.append(place)
    return ends[0], ends[1]


def _between(view: View, place: int, form: Form) -> bool:
    """Whether a word that is no part of the name may stand within it: a middle initial, a nickname in quotes or brackets."""
    if len(view.words[place]) == 1:
        return form.middle
    return all(_NICK.fullmatch(gap) is not None for gap in (view.gap(place - 1), view.gap(place)))


def _linked(view: View, left: int, *, nicked: bool) -> bool:
    """Whether a word and the next can be of one name."""
    gap = view.gap(left)
    if len(gap) > MAX_GAP or (". " in gap and len(view.words[left]) > SHORT):
        return False
    return not _STOP & set(gap) or (nicked and _NICK.fullmatch(gap) is not None)


def _two_people(view: View, first: int, last: int) -> bool:
    """Whether "Rossi, Ada" is the end of one name and the beginning of another: "Eva Rossi, Ada Lark"."""
    if not any("," in view.gap(i) for i in range(first, last)):
        return False
    before = first > 0 and view.gap(first - 1) == " " and view.capital(first - 1) and view.words[first - 1].isalpha()
    return before and _surname_follows(view, last) and view.words[last + 1].isalpha()


def _initials(given: tuple[str, ...], surname: tuple[str, ...]) -> Callable[[View, int], Found | None]:
    """Surname with the initials of the given names: "A. Lark", "Lark, A.", "JM Hazelton"."""
    letters = [word[0] for word in given]

    def look(view: View, index: int) -> Found | None:
        last = index + len(surname) - 1
        if tuple(view.words[index : last + 1]) != surname or not (view.capital(index) or view.capital(last)):
            return None
        return _led(view, index, last, letters) or _followed(view, index, last, letters)

    return look


def _bare(look: Callable[[View, int], Found | None]) -> Callable[[View, int], Found | None]:
    """What `look` finds, if no other surname follows."""

    def bare(view: View, index: int) -> Found | None:
        found = look(view, index)
        return None if found is None or _surname_follows(view, found.last) else found

    return bare


def _led(view: View, index: int, last: int, letters: list[str]) -> Found | None:
    """Initials before the surname that starts at `index`."""
    first, seen = index, list[str]()
    while first > 0 and len(seen) < len(letters) and len(view.words[first - 1]) == 1:
        if view.gap(first - 1) not in {". ", ".", " ", ".-", "-"} or not view.capital(first - 1):
            break
        first -= 1
        seen.insert(0, view.words[first])
    elided = first > 0 and view.gap(first - 1) == "'"
    if seen and seen == letters[: len(seen)] and not elided:
        return Found("same", first, last, 0.9 if len(seen) > 1 else 0.6)
    joined = index > 0 and len(letters) > 1 and view.words[index - 1] == "".join(letters) and view.gap(index - 1) == " "
    return Found("same", index - 1, last, 0.8) if joined and view.capital(index - 1) else None


def _followed(view: View, index: int, last: int, letters: list[str]) -> Found | None:
    """An initial behind the surname, with a comma or a full stop: "Lark, A.", "Lark A."."""
    after = last + 1
    if after >= len(view.words) or view.words[after] != letters[0] or not view.capital(after):
        return None
    return Found("same", index, after, 0.6) if view.gap(last) in {", ", " "} and view.gap(after)[:1] == "." else None


def relative_probes(fact: Fact) -> Iterator[Probe]:
    """What looks for a declared relative: the full name, or a first name beside a word of kinship."""
    named = replace(fact, value=_without_kin(fact.value or ""))
    for probe in probes(named):
        yield Probe(fact, probe.anchor, probe.look)
    words = key(named.value or "").split()
    firsts = [*words[:1], *(w for alias in fact.aliases for w in key(alias).split()[:1])]
    level, certainty = ("same", 0.9) if len(words) == 1 else ("area", 0.7)
    for first in dict.fromkeys(firsts):
        yield Probe(fact, first, _beside_kin(level, certainty))


def _without_kin(value: str) -> str:
    """The name alone: "Ada (daughter)" and "my daughter Ada" are Ada."""
    value = re.sub(r"\([^)]{0,80}\)", " ", value)
    mine = {"my", "our", "mein", "meine", "mon", "ma", "mi", "mia", "minha", "mijn"}
    kept = [word for word in value.split() if key(word) not in KIN | words_of("kin") | mine]
    return " ".join(kept) or value


def _beside_kin(level: str, certainty: float) -> Callable[[View, int], Found | None]:
    """A first name beside a word of kinship; of a declared full name it is likely, not sure."""

    def look(view: View, index: int) -> Found | None:
        said = index + 1 < len(view.words) and view.words[index + 1] in IS
        for at in (index - 1, index - 2, index + 1, index + 2, *((index + 3,) if said else ())):
            near = 0 <= at < len(view.words) and (view.words[at] in KIN or view.words[at] in words_of("kin"))
            if near and not _BREAK.search(view.folded.text[view.end(min(at, index)) : view.starts[max(at, index)]]):
                return Found(level, min(at, index), max(at, index), certainty)
        return None

    return look
