"""Looks at the page of one record again: gone, still there, changed, or could not look. It is a look, not an audit."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from unlisted.audit.doubt import MOVED, doubt, moved, removed
from unlisted.audit.held import HELD, held
from unlisted.audit.lens import Lens, lens
from unlisted.audit.mentions import Reader
from unlisted.audit.unseen import unseen
from unlisted.data.excuses import phrases, plain, says
from unlisted.errors import NotRead
from unlisted.model import Artifact, Page, Source, Subject
from unlisted.remedy.tracker import Seen
from unlisted.sources import pages
from unlisted.sources.fetch import AbsentError, Fetcher

SAYS_SO = "the page says that the record is not there"
SHOWN = "the page still shows you"
OTHER = "your name is not on the page, but something else of yours is"
NOTHING = "the page is there, and we saw nothing of yours on it"
ECHO = "the page names you only to say that it found nothing"


@dataclass(frozen=True, slots=True, kw_only=True)
class Look:
    """What a look showed, and why that is said; the reason holds no value."""

    seen: Seen
    reason: str


def look(source: Source, *, subject: Subject, fetcher: Fetcher, now: datetime) -> Look:
    """What the page of `source` shows of the subject now.

    "Gone" is said only where the site says so of the very address: by its answer, or in a whole sentence on a page that
    shows nothing of the person. A page that moved, asks for a login or was read in part, and shows nothing, could not be
    looked at.
    """
    try:
        artifact = seen_now(source, fetcher, now)
        page = pages.parse(artifact)
    except AbsentError as error:
        return refused(source, error)
    except NotRead as error:
        return Look(seen=Seen.COULD_NOT_LOOK, reason=error.reason)
    view = lens(subject)
    mentions = list(Reader(view, source, source_kind=source.kind.value).of_page(page, undeclared=False))
    declared = [mention for mention in mentions if mention.fact is not None]
    shown = {mention.kind for mention in declared if mention.level == "same"}
    if "name" in shown or (shown and not subject.of_kind("name")):
        echoed = shown == {"name"} and is_echo(page, view)
        return Look(seen=Seen.COULD_NOT_LOOK, reason=ECHO) if echoed else Look(seen=Seen.STILL_THERE, reason=SHOWN)
    gone = removed(page) and not declared
    unsure = doubt(source, artifact, page)
    if not (unsure or gone):
        unsure = HELD if held(artifact, page) else unseen(source, artifact, page, mentions)
    if unsure is not None:
        return Look(seen=Seen.COULD_NOT_LOOK, reason=unsure)
    if gone:
        return Look(seen=Seen.GONE, reason=SAYS_SO)
    return Look(seen=Seen.CHANGED, reason=OTHER if shown else NOTHING)


def seen_now(source: Source, fetcher: Fetcher, now: datetime) -> Artifact:
    """The page as the person gives it: the saved file, where there is one, else what its address answers."""
    if source.path is not None:
        return pages.saved(source, now=now)
    return fetcher.get(source.address or "", source=source.label, now=now)


def refused(source: Source, error: AbsentError) -> Look:
    """An answer "not there": it is gone where the record's own address gave it, in words that are no test or login."""
    unsure = doubt_of_refusal(source, error.artifact)
    return Look(seen=Seen.COULD_NOT_LOOK if unsure else Seen.GONE, reason=unsure or error.reason)


def doubt_of_refusal(source: Source, artifact: Artifact | None) -> str | None:
    """Why an answer "not there" may not be about the record, or None."""
    if artifact is None or moved(source, artifact):
        return MOVED
    try:
        page = pages.parse(artifact) if artifact.body else Page(url=artifact.address or "")
    except NotRead as error:
        return error.reason
    return doubt(source, artifact, page)


def is_echo(page: Page, view: Lens) -> bool:
    """Whether every paragraph with something declared is one of a search that found nothing."""
    named = [block.text for block in page.blocks if view.matcher.find(block.text)]
    return bool(named) and all(says(plain(text), phrases("echo")) for text in named)
