"""The archive of X (Twitter): posts, profile; messages are only counted.

Files of data/ are scripts: `window.YTD.tweets.part0 = [ ... ]`. After the README that the archive holds.
"""

from __future__ import annotations

from typing import Any

from unlisted.sources.exports.container import Member
from unlisted.sources.exports.found import Found
from unlisted.sources.exports.stream import elements
from unlisted.sources.exports.times import words
from unlisted.sources.exports.values import node, rows, text


def account(member: Member, found: Found) -> None:
    """account.js: the name and user name that everybody sees. The e-mail address beside them is not shown to others."""
    for _, item in elements(member.stream()):
        shown = node(node(item).get("account"))
        found.field("name", shown.get("accountDisplayName"), "accountDisplayName")
        found.field("nickname", shown.get("username"), "username")


def profile(member: Member, found: Found) -> None:
    """profile.js: the text and the place of the profile."""
    for _, item in elements(member.stream()):
        shown = node(node(node(item).get("profile")).get("description"))
        found.field("bio", shown.get("bio"), "bio")
        found.field("website", shown.get("website"), "website")
        found.field("location_text", shown.get("location"), "location")


def protection(member: Member, found: Found) -> None:
    """protected-history.js: whether posts were last shown to followers only. Without it they are shown to everybody."""
    changes = [node(node(item).get("protectedHistory")) for _, item in elements(member.stream())]
    dated = sorted((text(change.get("protectedAt")), text(change.get("action"))) for change in changes)
    if dated:
        found.public = dated[-1][1].casefold() not in {"protect", "protected"}


def posts(member: Member, found: Found) -> None:
    """tweets.js: a repeated post of somebody else tells nothing about the writer's life and is left out."""
    for _, item in elements(member.stream()):
        post = node(node(item).get("tweet")) or node(item)
        words_of = text(post.get("full_text")) or text(post.get("text"))
        if words_of.startswith("RT @"):
            continue
        found.post(words_of, words(post.get("created_at")), public=found.public is not False, pair=_pair(post))


def notes(member: Member, found: Found) -> None:
    """note-tweet.js: posts that were too long for tweets.js, which holds only how they begin."""
    for _, item in elements(member.stream()):
        note = node(node(item).get("noteTweet"))
        words_of = text(node(note.get("core")).get("text"))
        found.post(words_of, words(note.get("createdAt")), public=found.public is not False)


def _pair(post: dict[str, Any]) -> tuple[Any, Any] | None:
    """(latitude, longitude): `coordinates` has the longitude first, the older `geo` the latitude."""
    for key, turned in (("coordinates", True), ("geo", False)):
        pair = node(post.get(key)).get("coordinates")
        if isinstance(pair, list) and len(pair) >= 2:
            return (pair[1], pair[0]) if turned else (pair[0], pair[1])
    return None


def messages(member: Member, found: Found) -> None:
    """direct-messages.js: how many there are."""
    for _, item in elements(member.stream()):
        found.hidden["messages"] += sum(1 for _ in rows(node(node(item).get("dmConversation")).get("messages")))


def addresses(member: Member, found: Found) -> None:
    """ip-audit.js: how often an internet address was kept."""
    found.hidden["sign-ins"] += sum(1 for _ in elements(member.stream()))
