"""GitLab, Stack Exchange, Hacker News, Wikipedia and Lichess: a table of keys each, and the little that a table cannot say."""

from __future__ import annotations

from html import unescape
from typing import Any

from unlisted.sources.accounts.gather import Gatherer, node, nodes, when
from unlisted.sources.accounts.profiles import links_in, text_in

GITLAB = {
    "name": "name",
    "username": "nickname",
    "public_email": "email",
    "location": "location_text",
    "organization": "employer",
    "job_title": "job_title",
    "website_url": "website",
    "avatar_url": "avatar",
    "created_at": "created_at",
    "last_activity_on": "last_active_at",
}
ELSEWHERE = ("skype", "twitter", "discord", "mastodon", "bluesky", "linkedin")
"""Names on other services, as the person wrote them."""
STACK = {
    "display_name": "name",
    "location": "location_text",
    "website_url": "website",
    "profile_image": "avatar",
    "creation_date": "created_at",
    "last_access_date": "last_active_at",
}
LICHESS = {"realName": "name", "location": "location_text", "flag": "country", "country": "country"}
MILLISECONDS = 1000.0


def gitlab(payload: object, found: Gatherer) -> None:
    """A user, a list of one, or the user's public events. An event's words are the titles of what was worked on."""
    for item in nodes(payload):
        if "action_name" in item:
            push = node(item.get("push_data"))
            text = item.get("target_title") or push.get("commit_title")
            found.post(text, when(item.get("created_at")), item.get("id", ""))
        elif "username" in item:
            found.table(item, GITLAB)
            found.tell(item.get("bio"))
            for key in ELSEWHERE:
                found.tell(item.get(key))
            if isinstance(item.get("linkedin"), str) and item["linkedin"].startswith("http"):
                found.add("same_as", item["linkedin"], "linkedin")


def stackexchange(payload: object, found: Gatherer) -> None:
    """The items of an answer: a user, or posts, of which the times and titles are kept."""
    for item in nodes(node(payload).get("items") or []):
        if "post_id" in item or "post_type" in item:
            found.post(text_in(item.get("title")), when(item.get("creation_date")), item.get("post_id", ""))
        elif "user_id" in item:
            # this service alone writes the signs of HTML into plain lines: "M&#252;nchen"
            found.table(
                {key: unescape(value) if isinstance(value, str) else value for key, value in item.items()}, STACK
            )
            found.tell(text_in(item.get("about_me")))


def hackernews(payload: object, found: Gatherer) -> None:
    """A user: the name, the first day and the words about themselves, with the links in them."""
    user = node(payload)
    found.add("nickname", user.get("id"), "id")
    found.time("created_at", user.get("created"), "created")
    found.tell(text_in(user.get("about")))
    for link in links_in(user.get("about")):
        found.add("website", link, "about")


def wikipedia(payload: object, found: Gatherer) -> None:
    """A user, or their edits: time, page and comment. What stands on the pages is not looked at."""
    query = node(node(payload).get("query"))
    for user in nodes(query.get("users") or []):
        found.add("nickname", user.get("name"), "name")
        found.time("created_at", user.get("registration"), "registration")
    for edit in nodes(query.get("usercontribs") or []):
        words = [edit[key] for key in ("title", "comment") if isinstance(edit.get(key), str)]
        found.post("\n".join(words), when(edit.get("timestamp")), edit.get("revid", ""))


def lichess(payload: object, found: Gatherer) -> None:
    """A player: the profile, the links, and when they were last seen."""
    player = node(payload)
    profile = node(player.get("profile"))
    found.add("nickname", player.get("username"), "username")
    found.table(profile, LICHESS)
    given = [profile.get(key) for key in ("firstName", "lastName")]
    found.add("name", " ".join(part for part in given if isinstance(part, str)).strip(), "firstName")
    found.tell(profile.get("bio"))
    for link in str(profile.get("links") or "")[:2_000].split():
        found.site("same_as", link, "links")
    for key, kind in (("createdAt", "created_at"), ("seenAt", "last_active_at")):
        found.time(kind, _seconds(player.get(key)), key)


def _seconds(value: Any) -> float | None:
    """Seconds since 1970 of a number of milliseconds."""
    return value / MILLISECONDS if isinstance(value, int | float) and not isinstance(value, bool) else None
