"""Which file of an export is read by what: one table of names (lower case, forward slashes), the first that fits counts."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field

from unlisted.sources.exports import bluesky, check_ins, fediverse, meta, sports, tables, takeout, x_archive
from unlisted.sources.exports.container import Member, is_shadow
from unlisted.sources.exports.found import Found
from unlisted.sources.exports.tracks import outings, private_outings

MAX_PICTURE = 1_000_000
"""Bytes of a picture of the account."""

Reader = Callable[[Member, Found], None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """Files of one service. `first` where later files depend on what it says."""

    service: str
    name: re.Pattern[str] = field(repr=False)
    read: Reader
    first: bool = False


def picture(member: Member, found: Found) -> None:
    """A picture of the account: kept as it is, to be compared with those of the person's other accounts."""
    found.picture(member.whole(most=MAX_PICTURE))


def _rule(service: str, pattern: str, read: Reader, *, first: bool = False) -> Rule:
    return Rule(service=service, name=re.compile(rf"(?:^|/){pattern}$"), read=read, first=first)


_PART = r"(?:-part\d{1,4})?"
_NUMBERED = r"(?:_\d{1,4})?\.json"

_PICTURE = r"\.(?:jpe?g|png|webp)"

TRACKS = _rule("tracks", r"[^/]{1,300}\.(?:gpx|kml|kmz|tcx|fit)(?:\.gz)?", outings)

RULES: tuple[Rule, ...] = (
    _rule("x", rf"data/account{_PART}\.js", x_archive.account),
    _rule("x", rf"data/profile{_PART}\.js", x_archive.profile),
    _rule("x", rf"data/protected-history{_PART}\.js", x_archive.protection, first=True),
    _rule("x", rf"data/(?:community-)?tweets?{_PART}\.js", x_archive.posts),
    _rule("x", rf"data/note-tweets?{_PART}\.js", x_archive.notes),
    _rule("x", rf"data/direct-messages(?:-group)?{_PART}\.js", x_archive.messages),
    _rule("x", rf"data/ip-audit{_PART}\.js", x_archive.addresses),
    _rule("x", rf"data/profile_media/[^/]{{1,300}}{_PICTURE}", picture),
    _rule("instagram", r"personal_information(?:/personal_information)?\.json", meta.instagram_profile, first=True),
    _rule(
        "instagram",
        rf"(?:media|content)/(?:posts|reels|igtv_videos|profile_photos|other_content){_NUMBERED}",
        meta.instagram_posts,
    ),
    _rule("instagram", rf"threads/threads_and_replies{_NUMBERED}", meta.instagram_posts),
    _rule("instagram", r"media(?:_\d{1,4})?\.json", meta.instagram_old),
    _rule("instagram", rf"(?:media|content)/(?:stories|archived_posts){_NUMBERED}", meta.instagram_hidden),
    _rule("instagram", rf"media/profile/[^/]{{1,20}}/[^/]{{1,300}}{_PICTURE}", picture),
    _rule(
        "facebook",
        r"posts/your_(?:uncategorized_)?(?:posts|photos|videos)[a-z_]{0,60}(?:_\d{1,4})?\.json",
        meta.facebook_posts,
    ),
    _rule("facebook", r"(?:posts|photos_and_videos)/album/\d{1,6}\.json", meta.facebook_posts),
    _rule("facebook", r"(?:location|location_information)/(?:your_)?location_history\.json", meta.facebook_history),
    _rule(
        "facebook",
        r"(?:inbox|archived_threads|filtered_threads|message_requests|e2ee_cutover)/[^/]{1,300}/message_\d{1,4}\.json",
        meta.messages,
    ),
    _rule("mastodon", r"actor\.json", fediverse.actor),
    _rule("mastodon", r"outbox\.json", fediverse.outbox),
    _rule("mastodon", rf"(?:avatar|header){_PICTURE}", picture),
    _rule("bluesky", r"[^/]{1,300}\.car", bluesky.repository),
    _rule("reddit", r"(?:posts|comments)\.csv", tables.reddit_posts),
    _rule("reddit", r"ip_logs\.csv", tables.counted("sign-ins")),
    _rule("reddit", r"(?:messages(?:_archive)?|chat_history)\.csv", tables.counted("messages")),
    _rule("linkedin", r"profile\.csv", tables.linkedin_profile),
    _rule("linkedin", r"positions\.csv", tables.linkedin_positions),
    _rule("linkedin", r"education\.csv", tables.linkedin_schools),
    _rule("linkedin", r"shares\.csv", tables.linkedin_shares),
    _rule("snapchat", r"memories_history\.json", check_ins.snapchat_memories),
    _rule("snapchat", r"json/location_history\.json", check_ins.snapchat_history),
    _rule("swarm", r"(?:checkins|visits)\d{0,4}\.json", check_ins.swarm),
    _rule("strava", r"activities\.csv", sports.activities),
    _rule("strava", r"activities/[^/]{1,300}\.(?:gpx|tcx|fit)(?:\.gz)?", outings),
    _rule("apple", r"workout-routes/[^/]{1,300}\.gpx", private_outings),
    TRACKS,
)

SERVICES = tuple(dict.fromkeys(("takeout", *(rule.service for rule in RULES))))
"""The services whose exports are read, as `service = ...` of the subject file may name them."""

_USEFUL = (".json", ".js", ".csv", ".car", ".gpx", ".kml", ".kmz", ".tcx", ".fit", ".gz")


_LISTS = re.compile(
    r"(?:^|/)(?:\d{1,3}[-_])?(?:likes?|liked_[a-z]{1,20}|bookmarks?|saved_[a-z]{1,20}|votes?|(?:post|comment)_votes"
    r"|follow(?:er|ing|ers)(?:_accounts)?|follows?|connections|contacts|friends?|blocks?|blocked_[a-z]{1,20}|mutes?|muted_[a-z]{1,20}"
    r"|lists?|subscriptions?|subscribed_[a-z]{1,20}|manifest|ad-[a-z-]{1,40})(?:[-_](?:part)?\d{1,4})?\.(?:json|js|csv)$"
)
"""Lists of what others made and of other people: no words of the person stand in them."""

_OF_ACCOUNT = re.compile(
    rf"(?:^|/)(?:data/profile_media/[^/]{{1,300}}|media/profile/[^/]{{1,20}}/[^/]{{1,300}}|avatar|header){_PICTURE}$"
)
"""Pictures that may be the account's own; all others are left to the photos."""


def wanted(name: str) -> bool:
    """Whether a file of this plain name may be of use."""
    return not is_shadow(name) and (name.endswith(_USEFUL) or _OF_ACCOUNT.search(name) is not None)


def is_data(name: str) -> bool:
    """Whether a file of this plain name is data in which words of the person may stand: no track, picture or mere list."""
    return name.endswith((".json", ".js", ".csv")) and not _LISTS.search(name)


def rule_for(name: str, service: str | None) -> Rule | None:
    """The rule for a file; only of one service where the person named it."""
    return next((rule for rule in RULES if service in {None, rule.service} and rule.name.search(name)), None)


def by_content(member: Member) -> Rule | None:
    """The rule for a file of Google, whose names are in the person's language."""
    read = takeout.by_content(member) if member.name.endswith(".json") else None
    return Rule(service="takeout", name=re.compile(""), read=read) if read else None
