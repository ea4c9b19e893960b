"""Addresses without a street: post-office boxes, military mail, a unit that stands alone, a corner of two streets."""

from __future__ import annotations

import re
from collections.abc import Iterator

from unlisted.extract.text.tokens import View
from unlisted.model.evidence import Span

_WORD = r"[^\W\d_][\w'’-]{0,30}"
_MILITARY = re.compile(
    r"(?:(?:psc|unit|cmr|uss|usns|usnv|usav|uscgc|hhc)[ ]{1,2}[\w-]{1,20},?[ ]?(?:[ ]?box[ ]\d{1,6})?[\s,]{1,3})?(?<!\w)(?:[afd]po)[ ,]{1,2}(?:aa|ae|ap)[ ,]{0,2}\d{5}(?:-\d{4})?",
    re.IGNORECASE,
)
_BOX = re.compile(
    r"(?<!\w)(?:p\.?[ ]?o\.?[ ]?box|post office box|postfach|postbus|boite postale|b\.?p\.?|apartado(?: de correos)?|apdo\.?|casella postale|caixa postal|postboks|box|case postale)"
    r"[ ]{0,2}(?:n[o°º.]{1,2}[ ]?)?\d{1,7}(?!\w)",
    re.IGNORECASE,
)
_CORNER = re.compile(
    rf"(?<!\w)(?:corner of|intersection of|ecke|esquina de|angle de(?: la)?)[ ]((?:\d{{1,5}}[ ])?{_WORD}(?:[ ]{_WORD}){{0,3}}[ ](?:and|&|und|y|con|et)[ ](?:\d{{1,5}}[ ])?{_WORD}(?:[ ]{_WORD}){{0,2}})",
)
_UNIT_LINE = re.compile(r"^[>?*|\- \t]{0,8}((?:apt|apartment|suite|ste|unit|flat)\.?[ ]?#?[ ]?\d{1,5}[a-z]?)[ ,.]{0,3}$", re.MULTILINE)


def boxes(view: View) -> Iterator[Span]:
    """Boxes and military addresses; a plain "box 12" only beside "unit" or "psc"."""
    text = view.folded.text
    if "po a" in text or "po, a" in text:
        for match in _MILITARY.finditer(text):
            yield _span(view, match.start(), match.end(), 0.95)
    for match in (
        _BOX.finditer(text)
        if any(h in text for h in ("box", "postf", "postb", "bp", "b.p", "apartado", "apdo", "postal"))
        else ()
    ):
        if not re.match(r"box|b\.?p", match.group()) or re.search(
            r"(?:unit|psc)[ ]\d{1,6},?[ ]$", text[max(0, match.start() - 16) : match.start()]
        ):
            yield _span(view, match.start(), match.end(), 0.85)
    if any(word in text for word in ("apt", "apartment", "suite", "ste", "unit", "flat")):
        for match in _UNIT_LINE.finditer(text):  # a line that holds nothing but a unit is a line of an address
            yield _span(view, match.start(1), match.end(1), 0.6)
    if "corner" in text or "intersection" in text or "esquina" in text or "ecke " in text or "angle de" in text:
        for match in _CORNER.finditer(text):
            if (
                view.text[view.folded.original(match.start(1))].isupper()
                or view.text[view.folded.original(match.start(1))].isdigit()
            ):
                yield _span(view, match.start(1), match.end(1), 0.75)


def _span(view: View, start: int, end: int, certainty: float) -> Span:
    return Span(
        kind="street_address",
        start=view.folded.original(start),
        end=view.folded.original(end, end=True),
        certainty=certainty,
    )
