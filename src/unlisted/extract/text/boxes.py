"""Addresses without a street: post-office boxes, military mail, a unit that stands alone, a corner of two streets."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator

from unlisted.extract.text.grammar import Grammar
from unlisted.extract.text.marks import BOX, Marked
from unlisted.extract.text.tail import follow
from unlisted.model.evidence import Span

_WORD = r"[^\W\d_][\w'’-]{0,30}"
_MILITARY = re.compile(
    r"(?:(?:psc|unit|cmr|uss|usns|usnv|usav|uscgc|hhc)[ ]{1,2}[\w-]{1,20},?[ ]?(?:[ ]?box[ ]\d{1,6})?[\s,]{1,3})?"
    r"(?<!\w)(?:[afd]po)[ ,]{1,2}(?:aa|ae|ap)[ ,]{0,2}\d{5}(?:-\d{4})?",
    re.IGNORECASE,
)
_BOX = re.compile(
    r"(?<!\w)(?:p\.?[ ]?o\.?[ ]?box|g\.?p\.?o\.?[ ]box|(?:locked|private) bag"
    r"|post office box|postfach|postbus|boite postale|b\.?p\.?|apartado(?: de correos)?|apdo\.?"
    r"|casella postale|caixa postal|postboks|box|case postale|skr\.? ?poczt\.?|skrytka pocztowa|postilokero|pl)"
    r"[ ]{0,2}(?:n[o°.]{1,2}[ ]?)?\d{1,7}(?:[ ]\d{2,3}(?=[ ,\n]|$)){0,3}(?!\w)"
)
_CORNER = re.compile(
    rf"(?:corner of|intersection of|ecke|esquina de|angle de(?: la)?)[ ]((?:\d{{1,5}}[ ])?{_WORD}(?:[ ]{_WORD}){{0,3}}"
    rf"[ ](?:and|&|und|y|con|et)[ ]"
    rf"(?:\d{{1,5}}[ ])?{_WORD}(?:[ ]{_WORD}){{0,2}})"
)
_UNIT_LINE = re.compile(
    r"^[>?*|\- \t]{0,8}((?:apt|apartment|suite|ste|unit|flat)\.?[ ]?#?[ ]?\d{1,5}[a-z]?)[ ,.]{0,3}$", re.MULTILINE
)
_UNITS = frozenset({"apt", "apartment", "suite", "ste", "unit", "flat"})
_BOX_WORDS = frozenset(
    {
        "box",
        "bag",
        "postfach",
        "postbus",
        "postale",
        "postal",
        "bp",
        "p",
        "apartado",
        "apdo",
        "correos",
        "postboks",
        "poczt",
        "pocztowa",
        "pl",
    }
)
_CORNER_WORDS = frozenset({"corner", "intersection", "ecke", "esquina", "angle"})
_FORCES = frozenset({"apo", "fpo", "dpo"})
WORDS = _BOX_WORDS | _CORNER_WORDS | _FORCES | _UNITS
"""Words at which such an address may stand."""
MAX_LOOKS, MAX_FOUND = 20_000, 1_000
"""Such words that are looked at in one text, and addresses of this kind that are found."""
BACK, AHEAD = 40, 120
"""Characters before and after such a word that are looked at."""


def boxes(view: Marked, grammar: Grammar) -> Iterator[Span]:
    """Boxes, military addresses, units on a line of their own, corners of two streets."""
    done, found = dict.fromkeys((rule[1] for rule in _RULES), 0), 0
    for index in view.where(BOX)[:MAX_LOOKS]:
        word = view.words[index]
        _, pattern, group, certainty = next(rule for rule in _RULES if word in rule[0])
        if pattern is _UNIT_LINE and index and "\n" not in view.before(index):
            continue
        if view.starts[index] < done[pattern]:
            continue
        start = view.starts[index]
        low = view.folded.text.rfind("\n", 0, start) + 1 if pattern is _UNIT_LINE else max(0, start - BACK)
        if start - low > BACK:
            continue
        match = next(
            (m for m in pattern.finditer(view.folded.text, low, start + AHEAD) if m.start() <= start < m.end()), None
        )
        if match and _real(view, match, pattern, grammar):
            done[pattern], found = _end(view, match, group, pattern, grammar), found + 1
            yield _span(view, match.start(group), done[pattern], certainty)
            if found >= MAX_FOUND:
                return


def _end(view: Marked, match: re.Match[str], group: int, pattern: re.Pattern[str], grammar: Grammar) -> int:
    """Where an address ends: behind the town and postcode that follow a box."""
    end = match.end(group)
    if pattern is not _BOX:
        return end
    last = bisect_right(view.starts, end - 1) - 1
    return max(end, view.end(follow(view, last, grammar, bridge=False).last))


def _real(view: Marked, match: re.Match[str], pattern: re.Pattern[str], grammar: Grammar) -> bool:
    if pattern is _BOX and re.match(r"box|b\.?p|pl", match.group()):  # "box 12" alone is a box
        before = view.folded.text[max(0, match.start() - 16) : match.start()]
        last = bisect_right(view.starts, match.end() - 1) - 1
        tail = follow(view, last, grammar, bridge=False)
        return re.search(r"(?:unit|psc)[ ]\d{1,6},?[ ]$", before) is not None or (tail.postcode and tail.town)
    if pattern is _CORNER:
        first = view.text[view.folded.original(match.start(1))]
        return first.isupper() or first.isdigit()
    return True


_RULES: tuple[tuple[frozenset[str], re.Pattern[str], int, float], ...] = (
    (_FORCES, _MILITARY, 0, 0.95),
    (_BOX_WORDS, _BOX, 0, 0.85),
    (_CORNER_WORDS, _CORNER, 1, 0.75),
    (_UNITS, _UNIT_LINE, 1, 0.6),
)


def _span(view: Marked, start: int, end: int, certainty: float) -> Span:
    return Span(
        kind="street_address",
        start=view.folded.original(start),
        end=view.folded.original(end, end=True),
        certainty=certainty,
    )
