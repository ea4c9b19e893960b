"""Looks at the page of one record again: gone, still there, changed, or could not look. It is a look, not an audit."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from unlisted.audit.doubt import doubt, removed
from unlisted.audit.lens import lens
from unlisted.audit.mentions import Reader
from unlisted.errors import NotRead
from unlisted.model import Source, Subject
from unlisted.remedy.tracker import Seen
from unlisted.sources import pages
from unlisted.sources.fetch import Fetcher
from unlisted.sources.fetch.limits import status_reason

NOT_THERE = frozenset({status_reason(404), status_reason(410)})
"""Answers by which a site itself says that there is no such page."""
SAYS_SO = "the page says that the record is not there"
SHOWN = "the page still shows you"
OTHER = "your name is not on the page, but something else of yours is"
NOTHING = "the page is there, and we saw nothing of yours on it"


@dataclass(frozen=True, slots=True, kw_only=True)
class Look:
    """What a look showed, and why that is said; the reason holds no value."""

    seen: Seen
    reason: str


def look(source: Source, *, subject: Subject, fetcher: Fetcher, now: datetime) -> Look:
    """What the page of `source` shows of the subject now.

    "Gone" is said only where the site says so: by its answer, or in words on a page that shows no more than the name that
    was looked for. A page that moved, asks for a login or was read in part, and shows nothing, could not be looked at.
    """
    view = lens(subject)
    try:
        artifact = fetcher.get(source.address or "", source=source.label, now=now)
        page = pages.parse(artifact)
    except NotRead as error:
        return Look(seen=Seen.GONE if error.reason in NOT_THERE else Seen.COULD_NOT_LOOK, reason=error.reason)
    mentions = Reader(view, source, source_kind=source.kind.value).of_page(page, undeclared=False)
    shown = {mention.kind for mention in mentions if mention.fact is not None and mention.level == "same"}
    if removed(page) and shown <= {"name"}:
        return Look(seen=Seen.GONE, reason=SAYS_SO)
    if "name" in shown or (shown and not subject.of_kind("name")):
        return Look(seen=Seen.STILL_THERE, reason=SHOWN)
    unsure = doubt(source, artifact, page)
    if unsure is not None:
        return Look(seen=Seen.COULD_NOT_LOOK, reason=unsure)
    return Look(seen=Seen.CHANGED, reason=OTHER if shown else NOTHING)
