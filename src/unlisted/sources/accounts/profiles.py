"""Services whose profile is one JSON object: a table of keys each, and the little that a table cannot say."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape
from typing import Any

from selectolax.lexbor import LexborHTMLParser, SelectolaxError

from unlisted.sources.accounts.gather import Gatherer, degrees, first, node, nodes, when

MAX_ROWS = 50
"""Rows of a profile's own table."""

GITHUB = {
    "name": "name",
    "login": "nickname",
    "email": "email",
    "location": "location_text",
    "company": "employer",
    "blog": "website",
    "avatar_url": "avatar",
    "created_at": "created_at",
    "updated_at": "last_active_at",
}
MASTODON = {
    "display_name": "name",
    "username": "nickname",
    "avatar": "avatar",
    "created_at": "created_at",
    "last_status_at": "last_active_at",
}
MASTODON_ROWS = {
    "location": "location_text",
    "email": "email",
    "e-mail": "email",
    "phone": "phone",
    "birthday": "birth_date",
}
REDDIT = {"name": "nickname", "created_utc": "created_at"}
TWITTER = {
    "name": "name",
    "screen_name": "nickname",
    "username": "nickname",
    "location": "location_text",
    "created_at": "created_at",
    "lang": "language",
}
BLUESKY = {
    "displayName": "name",
    "handle": "nickname",
    "createdAt": "created_at",
    "website": "website",
    "avatar": "avatar",
}
MAX_TREE, MAX_TAGS = 20_000, 500
"""Characters and tags of a piece of HTML that is built into a tree."""
_TAG = re.compile(r"<(?:!--[^<>]{0,2000}--|[^<>]{0,2000})>")

NO_STRANGERS = "!no-unauthenticated"
"""The label by which an account asks that only people who are signed in see it."""


def github(payload: object, found: Gatherer) -> None:
    """A user; or the list of a user's other accounts; or public events, of which the times are kept."""
    for user in nodes(payload):
        if "login" in user:
            found.table(user, GITHUB)
            found.tell(user.get("bio"))
            if isinstance(user.get("twitter_username"), str) and user["twitter_username"].strip():
                found.add("same_as", f"https://twitter.com/{user['twitter_username'].strip()}", "twitter_username")
        elif "provider" in user:
            found.site("same_as", user.get("url"), "social_accounts")
        elif "actor" in user and "type" in user:
            found.post(_signed(user), when(user.get("created_at")), user.get("id", ""))


def _signed(event: dict[str, Any]) -> str:
    """Who signed the commits of an event: names and e-mail addresses, which may be other people's too."""
    commits = list(nodes(node(event.get("payload")).get("commits") or []))[:MAX_ROWS]
    authors = [node(commit.get("author")) for commit in commits]
    lines = [f"{author.get('name') or ''} <{author.get('email') or ''}>" for author in authors if author]
    return "\n".join(dict.fromkeys(line[:500] for line in lines))


def mastodon(payload: object, found: Gatherer) -> None:
    """An account, or a list of statuses of one account."""
    for item in nodes(payload):
        account = node(item.get("account")) if "account" in item else item
        if "account" in item and not node(item.get("reblog")):
            found.post(_status_words(item), when(item.get("created_at")), item.get("id", ""))
        found.table(account, MASTODON)
        found.tell(text_in(account.get("note")))
        if account.get("noindex") is True:
            found.add("page_noindex", "true", "noindex")
        found.add("language", node(account.get("source")).get("language"), "language")
        found.site("same_as", node(account.get("moved")).get("url"), "moved")
        for row in list(nodes(account.get("fields") or []))[:MAX_ROWS]:
            _mastodon_row(row, found)


def _status_words(item: dict[str, Any]) -> str:
    """All that a status says: the warning before it, its text, its poll, what is written for those who do not see the pictures."""
    media = list(nodes(item.get("media_attachments") or []))[:MAX_ROWS]
    poll = list(nodes(node(item.get("poll")).get("options") or []))[:MAX_ROWS]
    place = node(item.get("place"))
    plain = [one.get("description") for one in media] + [one.get("title") for one in poll]
    plain += [place.get("name"), place.get("country")]
    texts = [item.get("spoiler_text"), text_in(item.get("content")), *plain]
    return "\n".join(text for text in texts if isinstance(text, str) and text)


def _mastodon_row(row: dict[str, Any], found: Gatherer) -> None:
    links = links_in(row.get("value"))
    for link in links:
        found.add("same_as", link, "fields")
    if not links:
        found.tell(": ".join(filter(None, (str(row.get("name") or "")[:200], text_in(row.get("value"))))))
    label = str(row.get("name") or "").strip().casefold().rstrip(":")
    if not links and label in MASTODON_ROWS:
        found.add(MASTODON_ROWS[label], text_in(row.get("value")), "fields")


def reddit(payload: object, found: Gatherer) -> None:
    """An account (kind t2)."""
    for item in nodes(payload):
        user = node(item.get("data")) if "data" in item else item
        found.table(user, REDDIT)
        for key in ("icon_img", "snoovatar_img"):
            if isinstance(user.get(key), str):
                found.add("avatar", unescape(user[key]), key)
        if user.get("hide_from_robots") is True:
            found.add("page_noindex", "true", "hide_from_robots")


def twitter(payload: object, found: Gatherer) -> None:
    """A user or a status of version 1.1, or a user of version 2."""
    for item in nodes(payload):
        inner = item.get("data") if isinstance(item.get("data"), dict | list) else item
        for thing in nodes(inner):
            _bird(thing, found)


def _bird(thing: dict[str, Any], found: Gatherer) -> None:
    status = isinstance(thing.get("user"), dict)
    user = node(thing["user"]) if status else thing
    if not any(user.get(key) for key in ("screen_name", "username")):
        return
    found.table(user, TWITTER)
    found.add("avatar", first(user, "profile_image_url_https", "profile_image_url"), "profile_image_url")
    entity = node(node(user.get("entities")).get("url"))
    expanded = [link.get("expanded_url") for link in nodes(entity.get("urls") or []) if link.get("expanded_url")]
    for link in expanded or [user.get("url")]:
        found.site("website", link, "url")
    if status:
        _status(thing, found)


def _status(thing: dict[str, Any], found: Gatherer) -> None:
    at = when(thing.get("created_at"))
    place = node(thing.get("place"))
    found.add("location_text", place.get("full_name"), "place")
    found.add("country", place.get("country"), "place")
    lon, lat = point(thing.get("coordinates"))
    found.position(lat, lon, "coordinates", at=at, key=str(thing.get("id_str", "")))
    found.post(first(thing, "full_text", "text"), at, thing.get("id_str", ""), pair=degrees(lat, lon))


def point(value: object) -> tuple[object, object]:
    """The two numbers of a GeoJSON Point (longitude first), or two None."""
    shape = node(value)
    pair = shape.get("coordinates")
    if shape.get("type") == "Point" and isinstance(pair, list) and len(pair) >= 2:
        return pair[0], pair[1]
    return None, None


def bluesky(payload: object, found: Gatherer) -> None:
    """A profile, its record, or an answer that holds the profile of the account."""
    for root in nodes(payload):
        for profile in _bluesky_profiles(root):
            table = {key: value for key, value in profile.items() if key != "avatar" or isinstance(value, str)}
            found.table(table, BLUESKY)
            found.tell(profile.get("description"))
            values = {
                label.get("val") for label in nodes(profile.get("labels") or []) if isinstance(label.get("val"), str)
            }
            inner = node(profile.get("labels")).get("values") or []
            values |= {label.get("val") for label in nodes(inner) if isinstance(label.get("val"), str)}
            if NO_STRANGERS in values:
                found.add("login_wall", "true", "labels")
        for entry in nodes(root.get("feed") or []):
            if node(entry.get("reason")):
                continue  # somebody else's words, shared
            record = node(node(entry.get("post")).get("record"))
            found.post(sky_words(record), when(record.get("createdAt")), node(entry.get("post")).get("uri", ""))


def sky_words(record: dict[str, Any]) -> str:
    """All that a post says: its text, what is written for those who do not see the pictures, the link's title, its tags."""
    embed = node(record.get("embed"))
    media = node(embed.get("media")) or embed
    shown = [*nodes(media.get("images") or []), media][: MAX_ROWS + 1]
    outside = node(media.get("external"))
    tags = record.get("tags")
    texts = [record.get("text"), *(one.get("alt") for one in shown), outside.get("title"), outside.get("description")]
    texts += tags[:MAX_ROWS] if isinstance(tags, list) else []
    return "\n".join(text for text in texts if isinstance(text, str) and text)


def _bluesky_profiles(root: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """The profiles of an answer that are the account's own, not those of people it follows."""
    record = root.get("value") if isinstance(root.get("value"), dict) else root
    kind = str(node(record).get("$type", ""))
    if "handle" in root or kind == "app.bsky.actor.profile":
        yield node(record) if kind == "app.bsky.actor.profile" else root
    post, thread = node(root.get("post")), node(node(root.get("thread")).get("post"))
    authors = [root.get("subject"), root.get("author"), post.get("author"), thread.get("author")]
    authors += [node(entry.get("post")).get("author") for entry in nodes(root.get("feed") or [])]
    yield from (author for author in authors if isinstance(author, dict))


def text_in(value: object) -> str:
    """The text of a piece of HTML. A large one is not built into a tree: its tags are taken out as they stand."""
    tree = _tree(value)
    if tree is None:
        text = unescape(_TAG.sub(" ", value)) if isinstance(value, str) else ""
        return " ".join(text.split())
    return " ".join(tree.text(separator=" ").split())


def links_in(value: object) -> list[str]:
    """The web addresses that a small piece of HTML links to."""
    tree = _tree(value)
    found = [anchor.attributes.get("href") or "" for anchor in tree.css("a")[:MAX_ROWS]] if tree is not None else []
    return [link for link in found if link.lower().startswith(("http://", "https://"))]


def _tree(value: object) -> LexborHTMLParser | None:
    if not isinstance(value, str) or len(value) > MAX_TREE or value.count("<") > MAX_TAGS:
        return None
    try:
        return LexborHTMLParser(value.encode("utf-8", "replace").decode())
    except (SelectolaxError, ValueError):
        return None
