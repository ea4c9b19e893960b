"""Bytes that were read, and how they were come by (SARIF's term: artifact)."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Artifact:
    """One thing that was read.

    `source` is the label of the subject file; `name` the file name within a folder, or None; `address` the final web address;
    `at` when it was read (aware); `sha256` of the bytes; `truncated` where a limit cut it. `body` is not shown anywhere.
    """

    source: str
    at: datetime
    sha256: str
    media_type: str
    body: bytes = field(repr=False)
    address: str | None = field(default=None, repr=False)
    content_type: str | None = None
    name: str | None = field(default=None, repr=False)
    truncated: bool = False
    redirected: bool = False
    status: int = 200
    headers: tuple[tuple[str, str], ...] = field(default=(), repr=False)
