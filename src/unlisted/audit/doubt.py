"""What of a source speaks against "fixed": a page that moved, a login, an excuse instead of the page, a part that was not read."""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass, field
from typing import Self
from urllib.parse import urlsplit

from unlisted.audit.lens import address_key
from unlisted.audit.observed import Observed
from unlisted.model import Artifact, Page, Source

SHORT_PAGE = 3_000
"""Characters of visible text: a page with more than this is no mere excuse or refusal."""

MOVED = "the address leads to another page now"
LOGIN = "the page asks for a login"
EXCUSE = "the site shows an excuse or a test in place of the page"
CUT = "only the beginning of the page was read"
SKIPPED = "a part of the page was not read"

_EXCUSE = re.compile(
    r"captcha|are you (?:a )?(?:human|robot)|not a robot|verify(?:ing)? (?:that )?you|unusual traffic|access denied|just a moment"
    r"|enable (?:javascript|cookies)|javascript is (?:disabled|required)|something went wrong|try again|temporarily"
    r"|under maintenance|service unavailable|(?:log|sign) ?in to|session (?:has )?expired|rate limit|too many requests"
    r"|anmelden|einloggen|connectez-vous|inicia(?:r)? sesi",
    re.IGNORECASE,
)
_REMOVED = re.compile(
    r"(?:record|listing|profile|report|entry|person|page|result)s? (?:(?:is|are|was|were|has been|have been) )?"
    r"(?:not found|no longer|removed|deleted|unavailable|not available|taken down)"
    r"|no (?:matching )?(?:records?|results?|listings?|entry|entries) (?:(?:was|were) )?(?:found|available|match)"
    r"|(?:could not|couldn.t|cannot|can.t) find (?:that|this|the|any)|opted out"
    r"|nicht gefunden|nicht mehr verf|keine (?:treffer|eintr)|introuvable|no se (?:ha )?encontr",
    re.IGNORECASE,
)


def moved(source: Source, artifact: Artifact) -> bool:
    """Whether the bytes come from another address than the one that was typed: www., https and a last slash aside."""
    typed, final = source.address or "", artifact.address or ""
    if not typed or not final:
        return False
    return address_key(typed) != address_key(final) or query(typed) != query(final)


def query(address: str) -> str:
    """The part after the question mark, where many sites name the record."""
    try:
        return urlsplit(address).query
    except ValueError:
        return ""


def text_of(page: Page) -> str:
    """The beginning of the visible text: enough to know a page that is nothing but an excuse."""
    parts, length = [], 0
    for block in page.blocks:
        parts.append(block.text[:SHORT_PAGE])
        length += len(parts[-1])
        if length > SHORT_PAGE:
            break
    return " ".join(parts)


def doubt(source: Source, artifact: Artifact, page: Page) -> str | None:
    """Why what this page does not show may be on it all the same, or None."""
    shown = text_of(page)
    excuse = len(shown) <= SHORT_PAGE and _EXCUSE.search(f"{page.title or ''} {shown}")
    reasons = (
        (moved(source, artifact), MOVED),
        (page.of_kind("login_wall"), LOGIN),
        (excuse, EXCUSE),
        (artifact.truncated, CUT),
        (page.skipped, SKIPPED),
    )
    return next((reason for holds, reason in reasons if holds), None)


def removed(page: Page) -> bool:
    """Whether a short page says in words that the record is not there."""
    shown = text_of(page)
    return len(shown) <= SHORT_PAGE and _REMOVED.search(f"{page.title or ''} {shown}") is not None


@dataclass(frozen=True, slots=True, kw_only=True)
class Signs:
    """Labels of sources: the `known` still show something declared, the `partial` were not wholly read, the `gone` say so."""

    known: Collection[str] = field(default=())
    partial: Collection[str] = field(default=())
    gone: Collection[str] = field(default=())

    @classmethod
    def of(cls, seen: Observed) -> Self:
        """The signs in what one audit saw."""
        matched = {listing.source for listing in seen.listings if listing.matched}
        return cls(
            gone=seen.gone,
            known=matched | seen.gone | {mention.source for mention in seen.mentions if mention.fact},
            partial={shown.source for shown in seen.photos if shown.photo.skipped or shown.photo.status != "read"},
        )
