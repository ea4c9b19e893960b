"""Two declared user names on one page."""

from __future__ import annotations

from collections.abc import Iterator

from unlisted.model import Hit, PageSeen


def check(seen: PageSeen) -> Iterator[Hit]:
    """One hit, about the second of the user names."""
    if seen.mine and len(seen.handles) > 1:
        yield Hit(kind="handle", fact=seen.handles[1], certainty=0.9)
