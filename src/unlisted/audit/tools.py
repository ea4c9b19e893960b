"""What the readers of all kinds of source share: what reading needs, and how a source is shown."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime

from unlisted.audit.lens import Lens, shown_host
from unlisted.data.loader import Register
from unlisted.model import Source, SourceSummary
from unlisted.sources.fetch import Fetcher

Progress = Callable[[str, int, int], None]
"""Called with what is being read, how many are done and how many there are (0 where that is not known yet)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Tools:
    """What reading needs beside the source itself."""

    lens: Lens
    register: Register = field(repr=False)
    fetcher: Fetcher = field(repr=False)
    now: datetime
    progress: Progress = field(repr=False)


def summary(source: Source, tools: Tools, *, read: int, found: int, directory: str | None = None) -> SourceSummary:
    """A source as it is shown."""
    return SourceSummary(
        label=source.label,
        kind=source.kind.value,
        control=source.control.value,
        host=shown_host(source, tools.lens.redactor),
        read=read,
        found=found,
        directory=directory,
    )
