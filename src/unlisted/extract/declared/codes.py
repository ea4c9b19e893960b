"""Declared number plates and handles."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from functools import cache

from unlisted.data.wordlists import LANGUAGES, table
from unlisted.extract.declared.probe import Found, Probe, anchors_of, join_forward
from unlisted.extract.text.fold import bag, key
from unlisted.extract.text.tokens import View
from unlisted.model.subject import Fact

LEAST_PLATE = 4
PLATE_GLUE = " -./·•_:|\n"
"""What may stand between the parts of a number plate."""
LEAST_BARE_HANDLE = 6
"""A shorter handle is found only where something marks it as one."""
DEPTH = 5
"""Levels of lists within a word table."""
ENDINGS = (
    "able", "aire", "ance", "ated", "ation", "ción", "cion", "dad", "eers", "ence", "ers", "est", "ette", "eur", "euse",
    "ful", "heit", "ible", "ical", "ics", "ing", "ings", "ion", "ions", "ish", "ism", "ist", "ists", "ity", "ive", "keit",
    "less", "lich", "lichen", "ment", "mente", "ments", "ness", "ous", "schaft", "ship", "sion", "ung", "ungen", "ure",
    "ling", "land", "berg", "burg", "stadt", "ville", "town", "ford", "ham", "ington", "ally", "edly", "ings", "ster",
)  # fmt: skip
"""Endings of ordinary words and places: a handle that ends so may be one."""
MARKS = frozenset("@/")
MARK_WORDS = bag(
    "handle username user nick insta instagram ig twitter tiktok snap snapchat telegram discord reddit github "
    "mastodon u psn xbox steam twitch bluesky threads youtube signal wechat line kik"
)


def _compact(value: str) -> str:
    return "".join(key(value).split())


def plate_probes(fact: Fact) -> Iterator[Probe]:
    """What looks for a declared number plate, in any grouping."""
    code = _compact(fact.value or "")
    if len(code) < LEAST_PLATE:
        return
    ways = {code.replace("o", "0"): 0.8, code.replace("0", "o"): 0.8, code: 0.95}  # the two signs look alike
    for way, certainty in ways.items():
        for anchor in anchors_of(way):
            yield Probe(fact, anchor, _plate(way, certainty))


def _plate(code: str, certainty: float) -> Callable[[View, int], Found | None]:
    def look(view: View, index: int) -> Found | None:
        last = join_forward(view, index, code, glue=PLATE_GLUE)
        return None if last is None else Found("same", index, last, certainty)

    return look


def handle_probes(fact: Fact) -> Iterator[Probe]:
    """What looks for a declared handle: after an @, in an address, or alone where it is long enough to be nothing else."""
    for value in (fact.value or "", *fact.aliases):
        text = value.strip().lstrip("@").rstrip("/").rpartition("/")[2]
        words = key(text).split()
        if words:
            yield Probe(fact, words[0], _handle(tuple(words), text))


@cache
def _known() -> frozenset[str]:
    """Words and first names that many people use, out of all word tables."""
    listed = (key(word) for language in LANGUAGES for word in _strings(table(language)))
    return frozenset(word for entry in listed for word in entry.split() if len(word) >= LEAST_BARE_HANDLE)


def _strings(entry: object) -> Iterator[str]:
    """Every word of a table, whatever it stands in."""
    level = [entry]
    for _ in range(DEPTH):
        yield from (item for item in level if isinstance(item, str))
        lists = [item for part in level if isinstance(part, list) for item in part]
        level = lists + [item for part in level if isinstance(part, Mapping) for item in (*part, *part.values())]


def _telling(words: tuple[str, ...], text: str) -> bool:
    """Whether a handle by itself is one: long, and with a figure or a sign in it or no word of any language."""
    folded = "".join(words)
    if len(folded) < LEAST_BARE_HANDLE:
        return False
    if any(c.isdigit() or c in "_-." for c in text):
        return True
    return folded.isascii() and folded not in _known() and not folded.endswith(ENDINGS)


def _handle(words: tuple[str, ...], text: str) -> Callable[[View, int], Found | None]:
    alone = _telling(words, text)

    def look(view: View, index: int) -> Found | None:
        last = index + len(words) - 1
        if tuple(view.words[index : last + 1]) != words:
            return None
        if any(view.gap(i) not in {"_", ".", "-"} for i in range(index, last)):
            return None
        if _goes_on(view, index, last):
            return None
        before = view.before(index)
        known = before[-1:] in MARKS or (index > 0 and view.words[index - 1] in MARK_WORDS) or _host_label(view, last)
        if known:
            return Found("same", index, last, 0.95)
        named = view.cased and view.capital(index) and text.islower()  # a capital makes it a surname more often
        return Found("same", index, last, 0.8) if alone and not named else None

    return look


def _goes_on(view: View, index: int, last: int) -> bool:
    """Whether a handle is part of a longer one, or the first part of an e-mail address."""
    before, after = view.before(index), view.gap(last)
    if before in {"_", "-", "."} and index > 0:
        return True
    if after in {"_", "-"} and last + 1 < len(view.words):
        return True
    italics = before[-1:] == "_"  # "_name_" is written in italics, "name_" is another handle
    return (after[:1] == "_" and not italics) or (after == "@" and before[-1:] != "@")


def _host_label(view: View, last: int) -> bool:
    """Whether a word is the first part of a host's name: "name.example.org"."""
    return (
        view.gap(last) == "."
        and last + 2 < len(view.words)
        and view.gap(last + 1) == "."
        and view.words[last + 2].isalpha()
    )
