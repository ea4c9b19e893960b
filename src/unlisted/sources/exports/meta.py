"""Exports of Instagram and Facebook in JSON: posts, photos and check-ins with their positions, the profile.

After the files that the services give out, as the "Download your information" pages describe them. Instagram says whether the
account is private; Facebook does not say who sees a post.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from unlisted.sources.exports.container import Member
from unlisted.sources.exports.found import Found, Pair
from unlisted.sources.exports.stream import elements
from unlisted.sources.exports.times import iso, seconds
from unlisted.sources.exports.values import node, rows, unmixed, whole

PROFILE = {
    "name": "name",
    "username": "nickname",
    "bio": "bio",
    "website": "website",
}
"""Lines of an Instagram profile that everybody sees."""


def _pair(place: dict[str, Any]) -> Pair | None:
    lat, lon = place.get("latitude"), place.get("longitude")
    return None if lat is None or lon is None else (lat, lon)


def _of_photo(media: dict[str, Any]) -> Pair | None:
    """The position that a photo or video brought along."""
    about = node(media.get("media_metadata"))
    for kind in ("photo_metadata", "video_metadata"):
        for data in rows(node(about.get(kind)).get("exif_data")):
            if (pair := _pair(data)) is not None:
                return pair
    return None


def instagram_profile(member: Member, found: Found) -> None:
    """personal_information.json: who the account says it is, and whether it is private."""
    for user in rows(node(whole(member)).get("profile_user")):
        lines = {key.casefold(): node(value).get("value") for key, value in node(user.get("string_map_data")).items()}
        private = str(lines.get("private account", "")).casefold()
        found.public = {"true": False, "false": True}.get(private, found.public)
        for key, kind in PROFILE.items():
            found.field(kind, unmixed(lines.get(key)), key)


def instagram_hidden(member: Member, found: Found) -> None:
    """stories.json, archived_posts.json: gone after a day, or put away; nobody else sees them any more."""
    instagram_posts(member, found, public=False)


def instagram_posts(member: Member, found: Found, *, public: bool | None = None) -> None:
    """posts_1.json, reels.json and their kin: one item each post or reel.

    The position that a photo brought along is kept by the service and not shown beside the post.
    """
    for _, item in elements(member.stream()):
        post = node(item)
        media = list(rows(post["media"])) if "media" in post else [post]
        first = media[0] if media else {}
        caption = unmixed(post.get("title")) or unmixed(first.get("title"))
        at = seconds(post.get("creation_timestamp") or first.get("creation_timestamp"))
        pairs = [pair for part in media if (pair := _of_photo(part))]
        found.post(caption, at, public=public, pair=pairs[0] if pairs else None, pair_public=False)


def instagram_old(member: Member, found: Found) -> None:
    """media.json of exports before 2021: lists of photos, videos and stories with a caption and a time, without positions."""
    for key, item in elements(member.stream()):
        if key not in {"photos", "videos", "stories"}:
            continue
        media = node(item)
        found.post(
            unmixed(media.get("caption")), iso(media.get("taken_at")), public=False if key == "stories" else None
        )


def facebook_posts(member: Member, found: Found) -> None:
    """your_posts_1.json and its kin, and lists of photos and videos by themselves. The export does not say who sees them."""
    for key, item in elements(member.stream()):
        post = node(item) if key != "cover_photo" else {}
        if "uri" in post:
            at = seconds(post.get("creation_timestamp"))
            found.post(unmixed(post.get("description")), at, pair=_of_photo(post))
            continue
        if not {"data", "attachments", "timestamp"} & post.keys():
            continue  # a line about the list itself
        said = [unmixed(data["post"]) for data in rows(post.get("data")) if "post" in data]
        parts = list(_attached(post))
        said += [unmixed(media.get("description")) for kind, media in parts if kind == "media"]
        pairs = [pair for part in parts if (pair := _where(*part))]
        found.post("\n".join(filter(None, said)), seconds(post.get("timestamp")), pair=pairs[0] if pairs else None)


def _attached(post: dict[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    """What hangs on a post, by its kind."""
    for attachment in rows(post.get("attachments")):
        for data in rows(attachment.get("data")):
            yield from ((kind, node(data.get(kind))) for kind in ("place", "media") if kind in data)


def _where(kind: str, part: dict[str, Any]) -> Pair | None:
    return _pair(node(part.get("coordinate"))) if kind == "place" else _of_photo(part)


def facebook_history(member: Member, found: Found) -> None:
    """location_history.json: where the phone was, for nobody else to see."""
    key = found.number()
    for _, item in elements(member.stream()):
        row = node(item)
        pair = _pair(node(row.get("coordinate")))
        found.point(pair, seconds(row.get("creation_timestamp")), key, public=False)


def messages(member: Member, found: Found) -> None:
    """message_1.json: how many there are."""
    found.hidden["messages"] += sum(1 for key, _ in elements(member.stream()) if key == "messages")
