"""Declared e-mail addresses, plain or disguised ("[at]", "dot", spaces, entities)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from unlisted.extract.declared.probe import Found, Probe
from unlisted.extract.text.fold import bag, fold
from unlisted.extract.text.tokens import View
from unlisted.model.subject import Fact

SAID = {
    **dict.fromkeys(
        (
            "at",
            "arroba",
            "chiocciola",
            "arobase",
            "arobas",
            "klammeraffe",
            "apenstaartje",
            "snabel",
            "kukac",
            "malpa",
            "a",
        ),
        "@",
    ),
    **dict.fromkeys(("dot", "d0t", "punkt", "point", "punto", "ponto", "punt", "piste", "kropka", "tecka"), "."),
    **dict.fromkeys(("underscore", "unterstrich", "underline"), "_"),
    **dict.fromkeys(("dash", "hyphen", "minus", "bindestrich", "tiret", "guion", "trattino", "hifen", "streepje"), "-"),
    **dict.fromkeys(("plus", "mas", "piu", "mais"), "+"),
}
"""How the signs of an e-mail address are said."""
MAX_GAP = 16
MAX_TAG = 4
"""Words of a tag behind a plus."""
LOW = bag("bas bajo basso baixo")
"""Behind "tiret", "guion", "trattino": an underscore."""
_WRAP = re.compile(r"<!--[^<>]{0,8}-->|\.{3}|[\s()\[\]{}<>*|\"'~]")


def _gap(text: str) -> str:
    """The sign between two words, without spaces, brackets and comments around it."""
    return _WRAP.sub("", text) if len(text) <= MAX_GAP else "?"


def _said(view: View, at: int) -> str:
    """The sign that a word stands for; a bare "a" does so only in brackets."""
    word = view.words[at]
    if at + 1 < len(view.words) and view.words[at + 1] in LOW and SAID.get(word) == "-":
        return "_"
    if word in LOW and at > 0 and SAID.get(view.words[at - 1]) == "-":
        return ""
    if word == "a" and not (view.before(at)[-1:] in {"(", "["} and view.gap(at)[:1] in {")", "]"}):
        return word
    return SAID.get(word, word)


def _signs(view: View, left: int, *, said: bool) -> set[str]:
    """What may be read between a word and the next; beside a sign in words, dots and lines only set it apart ("_at_")."""
    sign = _gap(view.gap(left))
    return {sign, ""} if said and not set(sign) - set("._-") else {sign}


def _grow(view: View, index: int, target: str, step: int) -> int | None:
    """The last word such that what is read from `index` in the direction of `step` is `target`."""
    fits = str.startswith if step > 0 else str.endswith
    states, at = {""}, index
    while 0 <= at < len(view.words) and states:
        options = {view.words[at], _said(view, at)}
        grown = {built + o if step > 0 else o + built for built in states for o in options}
        grown = {text for text in grown if fits(target, text)}
        if target in grown:
            return at
        ahead = at + step
        said = any(view.words[i] in SAID for i in (at, ahead) if 0 <= i < len(view.words))
        signs = _signs(view, at if step > 0 else at - 1, said=said) if 0 <= ahead < len(view.words) else set[str]()
        states = {t for text in grown for sign in signs if fits(target, t := text + sign if step > 0 else sign + text)}
        at = ahead
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
        last = _grow(view, index, tail, 1) or _tagged(view, index, host)
        if last is None:
            return None
        first = _grow(view, index, head, -1)
        if first is None or _longer(view, first, last):
            return None
        return Found("same", first, last)

    yield Probe(fact, anchor, look)


def _tagged(view: View, index: int, host: str) -> int | None:
    """The last word of an address whose user has a tag behind a plus ("ada+news@"): it is the same mailbox."""
    if view.gap(index) != "+":
        return None
    for at in range(index + 1, min(index + 1 + MAX_TAG, len(view.words))):
        if view.gap(at) == "@":
            return _grow(view, at, f"{view.words[at]}@{host}", 1)
        if view.gap(at) not in {"-", "_", "."}:
            return None
    return None


def _longer(view: View, first: int, last: int) -> bool:
    """Whether the address goes on before or after what was found: then it is somebody else's."""
    before, after = view.before(first), view.gap(last)
    if before[-1:] in {".", "_", "-", "+"} and first > 0 and len(before) == 1:
        return True
    if after in {".", "-", "_", "@"} and last + 1 < len(view.words):
        return True
    said_before = first > 0 and not before.strip() and _said(view, first - 1) in {".", "_", "-", "+"}
    said_after = last + 1 < len(view.words) and not after.strip() and _said(view, last + 1) in {".", "@"}
    return said_before or said_after
