"""The archive of a Mastodon account: outbox.json and actor.json, as ActivityStreams 2 (W3C) describes them."""

from __future__ import annotations

from typing import Any

from unlisted.sources.accounts.profiles import links_in, text_in
from unlisted.sources.exports.container import Member
from unlisted.sources.exports.found import Found
from unlisted.sources.exports.stream import elements
from unlisted.sources.exports.times import iso
from unlisted.sources.exports.values import node, rows, text, whole

EVERYONE = frozenset({"https://www.w3.org/ns/activitystreams#Public", "as:Public", "Public"})


def actor(member: Member, found: Found) -> None:
    """actor.json: the profile, all of it public."""
    shown = node(whole(member))
    found.field("name", shown.get("name"), "name")
    found.field("nickname", shown.get("preferredUsername"), "preferredUsername")
    found.field("bio", text_in(shown.get("summary")), "summary")
    for row in rows(shown.get("attachment")):
        found.field("bio", text_in(row.get("value")), "attachment")
        for link in links_in(row.get("value")):
            found.field("same_as", link, "attachment")


def outbox(member: Member, found: Found) -> None:
    """outbox.json: what was written. Repeats of others hold an address in place of a post and are left out."""
    for key, item in elements(member.stream()):
        note = node(node(item).get("object")) if key == "orderedItems" else {}
        if note:
            place = node(note.get("location"))
            pair = (place.get("latitude"), place.get("longitude"))
            found.post(said(note), iso(note.get("published")), public=to_everyone(note), pair=pair)


def said(note: dict[str, Any]) -> str:
    """All that a post says: the warning before it, its text, its poll, what is written for those who do not see the pictures."""
    parts = [row for key in ("attachment", "oneOf", "anyOf") for row in rows(note.get(key) or [])]
    texts = [text_in(note.get("summary")), text_in(note.get("content")), *(text(part.get("name")) for part in parts)]
    return "\n".join(filter(None, texts))


def to_everyone(note: dict[str, Any]) -> bool:
    """Whether everybody can read a post: "public" names everyone as receiver, "unlisted" as receiver of a copy."""
    for key in ("to", "cc"):
        value = note.get(key)
        if any(isinstance(who, str) and who in EVERYONE for who in (value if isinstance(value, list) else [value])):
            return True
    return False
