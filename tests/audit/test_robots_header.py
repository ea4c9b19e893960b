"""What a server says to search engines beside the page."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from unlisted.audit.gather import robots_header
from unlisted.model import Artifact


@pytest.mark.parametrize(
    ("value", "away"),
    [
        ("noindex", True),
        ("NoIndex, nofollow", True),
        ("none", True),
        ("nofollow, none", True),
        ("googlebot: noindex", True),
        ("googlebot: nofollow, noindex", True),
        ("smallbot: nofollow, googlebot: noindex", True),
        ("max-snippet: -1, noindex", True),
        ("unavailable_after: 25 Jun 2010 15:00:00 PST, noindex", True),
        ("smallbot: noindex", False),
        ("smallbot: nofollow, noindex", False),
        ("googlebot: nofollow, smallbot: noindex, none", False),
        ("unavailable_after: noindex", False),
        ("max-image-preview: none", False),
        ("nofollow", False),
        ("", False),
    ],
)
def test_a_server_can_ask_search_engines_to_stay_away(*, value: str, away: bool) -> None:
    """Only the two words that mean it count, and only where they are said to all or to the largest engine."""
    artifact = Artifact(
        source="my page",
        address="https://a.example/",
        at=datetime(2026, 11, 22, tzinfo=UTC),
        sha256="",
        media_type="text/html",
        body=b"",
        headers=(("X-Robots-Tag", value),),
    )
    assert robots_header(artifact) is away
