"""What of a source speaks against "fixed": a page that moved, a login, an excuse instead of the page, a part that was not read."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field
from typing import Self
from urllib.parse import urlsplit

from unlisted.audit.lens import address_key
from unlisted.audit.observed import Observed
from unlisted.data.excuses import closings, hints, phrases, plain, says, says_absent
from unlisted.model import Artifact, Page, Source

SHORT_PAGE = 3_000
"""Characters of visible text: a page with more than this is no mere excuse or refusal."""
SHORT_GONE = 1_500
"""Characters of a page that may say that its record is not there: a longer one is about something else too."""
FEW_WORDS = 40
"""Words beside a banner from which a page shows more than its banner."""
LONGEST_BANNER = 600
"""Characters of a paragraph that is passed over as part of a banner."""
MOST_BLOCKS = 2_000
"""Paragraphs in which words beside a banner are counted."""

MOVED = "the address leads to another page now"
LOGIN = "the page asks for a login"
EXCUSE = "the site shows an excuse or a test in place of the page"
CUT = "only the beginning of the page was read"
SKIPPED = "a part of the page was not read"


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
    reasons = (
        (moved(source, artifact), MOVED),
        (page.of_kind("login_wall"), LOGIN),
        (excuse(page), EXCUSE),
        (artifact.truncated, CUT),
        (page.skipped, SKIPPED),
    )
    return next((reason for holds, reason in reasons if holds), None)


def excuse(page: Page) -> bool:
    """Whether a page shows a test, a refusal, a fault or a banner in place of what stands at its address."""
    shown = text_of(page)
    words = plain(f"{(page.title or '')[:SHORT_PAGE]} {shown}")
    if len(shown) <= SHORT_PAGE and says(words, phrases("instead")):
        return True
    small = phrases("beside") | phrases("echo")
    return says(words, small) and not removed(page) and not is_more_than_banner(page)


def is_more_than_banner(page: Page) -> bool:
    """Whether enough words stand beside the paragraphs of a banner."""
    count = 0
    for block in page.blocks[:MOST_BLOCKS]:
        words = plain(block.text[:SHORT_PAGE]) if block.locator.part == "text" else ""
        if len(block.text) > LONGEST_BANNER or not says(words, phrases("beside") | phrases("banner")):
            count += len(words.split())
        if count >= FEW_WORDS:
            return True
    return False


def removed(page: Page) -> bool:
    """Whether a short page says in a whole sentence that the record is not there."""
    shown = [block.text for block in page.blocks if block.locator.part == "text"]
    return sum(map(len, shown)) <= SHORT_GONE and any(says_absent(text) for text in shown)


def hinted(page: Page) -> bool:
    """Whether a page may mean that the record is not there, for now or for good: enough not to trust what it does not show."""
    shown = text_of(page)
    words = plain(f"{(page.title or '')[:SHORT_PAGE]} {shown}")
    told = phrases("absent") | phrases("closed")
    return len(shown) <= SHORT_PAGE and says(words, told) and says(words, hints())


def shut(page: Page) -> bool:
    """Whether a short page says that an account, a profile or a page is closed, whomever it names."""
    shown = text_of(page)
    return len(shown) <= SHORT_GONE and says(plain(f"{(page.title or '')[:SHORT_PAGE]} {shown}"), closings())


@dataclass(frozen=True, slots=True, kw_only=True)
class Signs:
    """Labels of sources: the `known` still show something declared, the `partial` were not wholly read, the `gone` say so.

    The `shapeless` are listings in which no record was made out this time: only what was declared was looked for there.
    """

    known: Collection[str] = field(default=())
    partial: Collection[str] = field(default=())
    gone: Collection[str] = field(default=())
    shapeless: Collection[str] = field(default=())

    @classmethod
    def of(cls, seen: Observed) -> Self:
        """The signs in what one audit saw."""
        matched = {listing.source for listing in seen.listings if listing.matched}
        return cls(
            gone=seen.gone,
            shapeless=seen.shapeless,
            known=matched | seen.gone | {mention.source for mention in seen.mentions if mention.fact},
            partial={shown.source for shown in seen.photos if shown.photo.skipped or shown.photo.status != "read"},
        )
