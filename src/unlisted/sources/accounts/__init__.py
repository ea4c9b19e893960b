"""Read the public answer of a service about one account. Pure: fetching is separate, and only for accounts that the person listed.

`read_account(payload, service=...)` gives an `Account`: the fields that expose, the posts with their times, the positions.
A payload that cannot be read raises Malformed or TooLarge; a service that is not known raises NotRead.
"""

from __future__ import annotations

from collections.abc import Callable

from unlisted.errors import NotRead
from unlisted.model import Account
from unlisted.sources.accounts import activitystreams, feed, inaturalist, openstreetmap, orcid, profiles, services
from unlisted.sources.accounts.gather import Gatherer
from unlisted.sources.accounts.parse import json_of, xml_of
from unlisted.sources.accounts.standing import standing

__all__ = ["SERVICES", "read_account"]

_JSON: dict[str, Callable[[object, Gatherer], None]] = {
    "activitystreams": activitystreams.read,
    "bluesky": profiles.bluesky,
    "github": profiles.github,
    "gitlab": services.gitlab,
    "hackernews": services.hackernews,
    "inaturalist": inaturalist.read,
    "lichess": services.lichess,
    "mastodon": profiles.mastodon,
    "reddit": profiles.reddit,
    "stackexchange": services.stackexchange,
    "twitter": profiles.twitter,
    "wikipedia": services.wikipedia,
}
_XML = {"feed": feed.read, "openstreetmap": openstreetmap.read, "orcid": orcid.read}

SERVICES = tuple(sorted((*_JSON, *_XML)))
"""The services whose answers can be read."""


def read_account(payload: bytes, *, service: str) -> Account:
    """What a service's public answer says about one account. Raises NotRead, Malformed or TooLarge, nothing else."""
    gatherer = Gatherer()
    value: object
    if service in _JSON:
        value = json_of(payload)
        _JSON[service](value, gatherer)
    elif service in _XML:
        value = root = xml_of(payload)
        _XML[service](root, gatherer)
    else:
        raise NotRead("this service is not one that can be read")
    gatherer.unseen = standing(value, service)
    return gatherer.account(service)
