"""What is asked of cleaning, what came of it, and the state of one file while it is cleaned."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from unlisted.errors import BadInput
from unlisted.model.evidence import Photo
from unlisted.remedy.clean.source import Source

GROUPS = ("place", "identity", "time", "device")
"""Groups of fields that can be kept or dropped. Free text, history and ids belong to none: they always go."""

TIMES = ("day", "none")
"""What `time` may say: only the day stays, or nothing of it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """Which groups of fields stay, and how much of the time: "exact", "day" or "none"."""

    keep: frozenset[str] = frozenset()
    time: str = "none"

    def keeps(self, group: str) -> bool:
        """Whether something of a group stays."""
        return self.time != "none" if group == "time" else group in self.keep


def wanted(keep: Collection[str] = (), drop: Collection[str] = (), time: str | None = None) -> Wanted:
    """The groups that stay: those of `keep`, or all but those of `drop`; `time` overrules both for the time.

    Raises:
        BadInput: both were given, or a group that there is not.
    """
    unknown = sorted({*keep, *drop} - {*GROUPS})
    if unknown:
        raise BadInput(f"{unknown[0]}: no such group of fields; there are {', '.join(GROUPS)}")
    if keep and drop:
        raise BadInput("--keep and --drop cannot be used together: name what stays, or what goes")
    if time is not None and time not in TIMES:
        raise BadInput(f"{time}: the time can be kept as {' or '.join(TIMES)}")
    stays = frozenset(GROUPS) - frozenset(drop) if drop else frozenset(keep)
    return Wanted(keep=stays - {"time"}, time=time or ("exact" if "time" in stays else "none"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Cleaned:
    """A copy that was read back and holds nothing that was to go.

    `removed` counts parts of the file by kind, `fields` what the original gave away by kind; neither holds a value. `stays` names
    what was kept on purpose.
    """

    path: Path = field(repr=False)
    to: Path = field(repr=False)
    format: str
    removed: Mapping[str, int]
    fields: Mapping[str, int]
    stays: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Refused:
    """A file of which no copy was made, and why."""

    path: Path = field(repr=False)
    reason: str


@dataclass(slots=True, kw_only=True)
class Job:
    """One file at work: its bytes, what it gives away, what is asked for, and notes for the manifest."""

    file: Source
    photo: Photo
    wanted: Wanted
    removed: Counter[str] = field(default_factory=Counter)
    stays: dict[str, None] = field(default_factory=dict)
    pictures: int = 0
    """Further pictures that stay inside the copy."""
