"""Reads a whole export, or a folder of tracks, file by file: what cannot be read is said and stops nothing."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from pathlib import Path

from unlisted.errors import NotRead
from unlisted.sources.exports import services
from unlisted.sources.exports.container import Member, is_shadow
from unlisted.sources.exports.found import Found, silent
from unlisted.sources.exports.opening import opened
from unlisted.sources.exports.services import SERVICES, Rule
from unlisted.sources.tracks import of_track

NOTHING = "no file in it is one that this version can read; ask the service for your data as JSON, not as HTML"
EMPTY = "the files in it hold nothing: no post, no place, no line of a profile"
NO_TRACKS = "no tracks are in it"
UNKNOWN = "this version cannot read exports of this service; leave out service = ... to try all it knows"


def read_export(path: Path, *, label: str, service: str | None = None, tick: Callable[[int], None] = silent) -> Found:
    """All that an export gives. `label` names the source in ids, `tick` is told how many places and posts there are so far.

    Raises NotRead where the whole cannot be opened or holds nothing that is known; parts that cannot be read stand in `skipped`.
    """
    if service is not None and service not in SERVICES:
        raise NotRead(UNKNOWN)
    found = Found(label=label, tick=tick)
    with opened(path, wanted=services.wanted) as export:
        found.skipped += export.refused
        jobs = [(member, rule) for member in export.members if (rule := _rule(member, service, found))]
        if not jobs and not found.skipped:
            raise NotRead(NOTHING)
        for member, rule in sorted(jobs, key=lambda job: not job[1].first):
            _read(member, rule, found)
        found.files = Counter(rule.service for _, rule in jobs)
        found.others = export.listed - len(jobs)
        found.unread = count_data(export.members) - count_data(member for member, _ in jobs)
    if not (found.skipped or found.holds_anything):
        raise NotRead(EMPTY)
    return found


def read_tracks(path: Path, *, label: str, tick: Callable[[int], None] = silent) -> Found:
    """All tracks of a file, a folder or a ZIP archive. Raises NotRead where there are none."""
    found = Found(label=label, tick=tick)
    with opened(path, wanted=lambda name: of_track(name) and not is_shadow(name)) as folder:
        found.skipped += folder.refused
        if not folder.members and not found.skipped:
            raise NotRead(NO_TRACKS)
        for member in folder.members:
            _read(member, services.TRACKS, found)
        found.files = Counter(tracks=len(folder.members))
    return found


def count_data(members: Iterable[Member]) -> int:
    """How many of these files hold words of the person, as far as their names tell."""
    return sum(services.is_data(member.name) for member in members)


def _rule(member: Member, service: str | None, found: Found) -> Rule | None:
    """What reads a file, or None: by its name, else by its first bytes."""
    rule = services.rule_for(member.name, service)
    if rule is not None or service not in {None, "takeout"}:
        return rule
    try:
        return services.by_content(member)
    except NotRead as error:
        found.skip(error.reason)
        return None


def _read(member: Member, rule: Rule, found: Found) -> None:
    """One file; what it gave before it broke off counts."""
    try:
        rule.read(member, found)
    except NotRead as error:
        found.skip(error.reason)
        found.broken += 1
