"""Pages that were fetched and still not seen: a wall, a test, an excuse, a shell of scripts, a set of frames.

Nothing found on such a page says nothing about the page that a person sees in a browser, so it is "not checked".
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from unlisted.audit.doubt import SHORT_PAGE, excuse, hinted, is_more_than_banner, removed, shut, text_of
from unlisted.data.excuses import phrases, plain, says
from unlisted.model import Artifact, Mention, Page, Source, SourceKind

FEWEST = 40
"""Characters of visible text below which a page is looked at more closely."""
HEAD = 200_000
"""Bytes in which the signs of a shell are looked for."""

WALL = "the page asks for a sign-in before it shows anything"
TEST = "the site shows a test or an excuse in place of the page"
MISSING = "the site says that this page is not there, or not now"
NO_TEXT = "the page shows no text"
SAVE = "save the page in your browser and list it with file = ..."
SHELLS: Sequence[tuple[re.Pattern[bytes], str]] = (
    (re.compile(rb"<frameset|<iframe", re.IGNORECASE), "the page is made of frames; list the addresses of the frames"),
    (
        re.compile(rb"http-equiv\s{0,3}=\s{0,3}[\"']?refresh", re.IGNORECASE),
        "the page sends you on to another address; list that one",
    ),
    (re.compile(rb"<script", re.IGNORECASE), f"the page shows nothing without scripts; {SAVE}"),
    (
        re.compile(rb"<img|<picture|<canvas|<svg", re.IGNORECASE),
        "the page shows only pictures, and pixels are not read",
    ),
)


def unseen(source: Source, artifact: Artifact, page: Page, found: Sequence[Mention]) -> str | None:
    """Why a page must not count as seen, or None.

    A page that shows something declared was seen, whatever else it is; a wall may name whom it hides, and little more.
    """
    shown = {item.kind for item in found if item.fact is not None and item.locator.part != "link"}
    if shown - {"name"} or (shown and is_more_than_banner(page)):
        return None
    walls = ((page.of_kind("login_wall"), WALL), (excuse(page), TEST))
    wall = next((reason for holds, reason in walls if holds), None)
    gone = removed(page)
    if shown:
        return wall or (MISSING if shut(page) or (gone and source.kind is not SourceKind.LISTING) else None)
    absent = (hinted(page) or gone) and not (gone and source.kind is SourceKind.LISTING)
    return MISSING if absent and wall != WALL else wall or shell(artifact, page)


def refusal(page: Page) -> str | None:
    """Why the words of a profile or a feed must not count as seen, or None: a banner beside them is no wall."""
    if says(plain(text_of(page)), phrases("instead")) and len(text_of(page)) <= SHORT_PAGE:
        return TEST
    return MISSING if hinted(page) or removed(page) else None


def shell(artifact: Artifact, page: Page) -> str | None:
    """Why a page without text has none, or None where it has text."""
    shown = sum(len(block.text) for block in page.blocks if block.locator.part == "text")
    if shown >= FEWEST or len(text_of(page)) >= 4 * FEWEST:
        return None
    head = artifact.body[:HEAD]
    reason = next((words for sign, words in SHELLS if sign.search(head)), None)
    return reason or (None if shown else NO_TEXT)
