"""Declared e-mail addresses, plain or disguised ("[at]", "dot", spaces, entities)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from unlisted.extract.declared.probe import Found, Probe
from unlisted.extract.text.fold import fold
from unlisted.extract.text.tokens import View
from unlisted.model.subject import Fact

SAID = {
    **dict.fromkeys(
        ("at", "arroba", "chiocciola", "arobase", "arobas", "klammeraffe", "apenstaartje", "snabel", "kukac", "malpa"),
        "@",
    ),
    **dict.fromkeys(("dot", "punkt", "point", "punto", "ponto", "punt", "piste", "kropka", "tecka"), "."),
    **dict.fromkeys(("underscore", "unterstrich", "underline", "tiret bas"), "_"),
    **dict.fromkeys(("dash", "hyphen", "minus", "bindestrich", "tiret", "guion", "trattino", "hifen", "streepje"), "-"),
    "plus": "+",
}
"""How the signs of an e-mail address are said."""
MAX_GAP = 12
_WRAP = re.compile(r"[\s()\[\]{}<>*|\"'~]")


def _gap(text: str) -> str:
    """The sign between two words, without spaces and brackets around it."""
    return _WRAP.sub("", text) if len(text) <= MAX_GAP else "?"


def _grow(view: View, index: int, target: str, step: int) -> int | None:
    """The last word such that what is read from `index` in the direction of `step` is `target`."""
    built, at = "", index
    fits = str.startswith if step > 0 else str.endswith
    while 0 <= at < len(view.words):
        word = view.words[at]
        options = (word, SAID.get(word, word))
        grown = next((g for g in ((built + o if step > 0 else o + built) for o in options) if fits(target, g)), None)
        if grown is None:
            return None
        if grown == target:
            return at
        sign = _gap(view.gap(at) if step > 0 else view.before(at))
        built = grown + sign if step > 0 else sign + grown
        if not fits(target, built):
            return None
        at += step
    return None


def probes(fact: Fact) -> Iterator[Probe]:
    """What looks for a declared e-mail address."""
    value = fold((fact.value or "").strip()).text
    user, _, host = value.partition("@")
    words = re.findall(r"[a-z0-9]+", user)
    if not words or not host:
        return
    anchor = words[-1]
    head, tail = user[: user.rindex(anchor)] + anchor, user[user.rindex(anchor) :] + "@" + host

    def look(view: View, index: int) -> Found | None:
        last = _grow(view, index, tail, 1)
        if last is None:
            return None
        first = _grow(view, index, head, -1)
        if first is None or _longer(view, first, last):
            return None
        return Found("same", first, last)

    yield Probe(fact, anchor, look)


def _longer(view: View, first: int, last: int) -> bool:
    """Whether the address goes on before or after what was found: then it is somebody else's."""
    before, after = view.before(first), view.gap(last)
    if before[-1:] in {".", "_", "-", "+"} and first > 0 and len(before) == 1:
        return True
    if after in {".", "-", "_", "@"} and last + 1 < len(view.words):
        return True
    said_before = first > 0 and not before.strip() and SAID.get(view.words[first - 1]) in {".", "_", "-", "+"}
    said_after = last + 1 < len(view.words) and not after.strip() and SAID.get(view.words[last + 1]) in {".", "@"}
    return said_before or said_after
