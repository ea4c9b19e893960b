"""A page that is shown at every address: for audits that look at one page and connect to nothing."""

from __future__ import annotations

import hashlib
from datetime import UTC, datetime

from unlisted.model import Artifact
from unlisted.sources.fetch import Fetcher

NOW = datetime(2026, 11, 21, 9, 0, tzinfo=UTC)


def artifact(
    body: bytes, address: str = "https://peekabook.example/4711", source: str = "", at: datetime = NOW
) -> Artifact:
    """An answer of a site."""
    digest = hashlib.sha256(body).hexdigest()
    return Artifact(source=source, at=at, sha256=digest, media_type="text/html", body=body, address=address, status=200)


class Shown(Fetcher):
    """A fetcher that answers with one page."""

    def __init__(self, body: str) -> None:
        super().__init__()
        self.body = f"<html><body>{body}</body></html>".encode()

    def get(self, address: str, *, source: str, now: datetime, kind: str = "page") -> Artifact:
        """The page, whatever the address."""
        del kind
        return artifact(self.body, address, source, now)
