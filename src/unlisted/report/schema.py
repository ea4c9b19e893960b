"""The shape of the JSON file, as Pydantic models: what `--json` writes, and what a later audit reads back.

`python -m unlisted.report.schema` prints the JSON Schema that lies beside this file.
"""

from __future__ import annotations

import json
import sys
from datetime import datetime
from importlib.resources import files
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

SCHEMA_FILE = "audit.schema.json"

Ordinals = tuple[Annotated[int, Field(ge=0)], ...]
Count = Annotated[int, Field(ge=0)]
Fingerprint = Annotated[str, Field(pattern="^[0-9a-f]{64}$")]


class _Shape(BaseModel):
    """Nothing beyond what is named here, and nothing bent into shape."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class SourceShape(_Shape):
    """One source, by its label."""

    label: str
    kind: str
    control: str
    host: str | None
    read: Count
    found: Count
    directory: str | None
    note: str | None


class FindingShape(_Shape):
    """One exposure; `fact` is a label of the subject file, null where the fact was not declared."""

    check: str
    source: str
    where: str
    kind: str
    fact: str | None
    priority: Literal["now", "soon", "later", "fine"]
    certainty: Literal["You told us", "Quite sure", "Fairly sure", "A guess"]
    fingerprint: Fingerprint


class NotCheckedShape(_Shape):
    """What could not be looked at; `check` is null where the whole source was not read."""

    source: str
    check: str | None
    reason: str


class SeenShape(_Shape):
    """Which photos or posts of a source."""

    source: str
    ordinals: Ordinals


class PlaceShape(_Shape):
    """A place without a coordinate. `blocks`: 7 weekdays from Monday by 6 blocks of four hours, or null."""

    name: str
    declared: bool
    role: str
    certainty: str
    rank: int
    points: Count
    days: Count
    distance: str | None
    looks_like: str
    blocks: tuple[tuple[int, ...], ...] | None
    seen_in: tuple[SeenShape, ...]
    fewest: tuple[SeenShape, ...]
    fewest_exact: bool = True
    area_only: bool = False


class KnowsShape(_Shape):
    """How sure (0 to 1) a stranger is of the home who sees so many of the photos and posts."""

    posts: Count
    certainty: Annotated[float, Field(ge=0, le=1)]


class HabitShape(_Shape):
    """A block of four hours (0 begins at midnight) of a weekday (0 Monday) that stands out: in `weeks` of `of` weeks."""

    weekday: Annotated[int, Field(ge=0, le=6)]
    block: Annotated[int, Field(ge=0, le=5)]
    weeks: Count
    of: Count
    certainty: str


class TripShape(_Shape):
    """Days in a row far from home, without a date or a place, and the photos and posts that tell of them."""

    days: Count
    posts: Count
    certainty: str
    seen_in: tuple[SeenShape, ...]


class WayInShape(_Shape):
    """A minimal chain to home, routine, contact or family; `findings` are fingerprints."""

    goal: str
    steps: tuple[str, ...]
    sources: tuple[str, ...]
    findings: tuple[str, ...]
    open: bool


class ActionShape(_Shape):
    """One change, in the order of the plan; `closes` counts the ways in that end with it."""

    id: str
    title: str
    source: str
    minutes: Count
    wait_days: Count
    notice: str
    check: str
    steps: tuple[str, ...]
    closes: Count
    findings: tuple[str, ...]
    in_plan: bool
    do: str = ""


class ChangeShape(_Shape):
    """What became of one finding since an earlier audit; `reason` says what differs, or why nobody could look."""

    state: Literal["fixed", "still there", "changed", "could not look", "new"]
    source: str
    check: str
    fact: str | None
    title: str
    where: str | None
    reason: str | None
    fingerprint: Fingerprint


class SinceShape(_Shape):
    """This audit beside an earlier one; `ways_then` is null where the two did not look at the same things.

    `ways_then_least`: the earlier list of ways was cut, so there were at least so many.
    """

    made_on: datetime
    ways_then: Count | None
    changes: tuple[ChangeShape, ...]
    ways_then_least: bool = False


class AuditShape(_Shape):
    """The whole file. What stands after `plan` is only there where there is something to say.

    `ways_cut` names the goals to which there are, or may be, more ways than are listed; what `plan` closes is then the least.
    """

    version: str
    made_on: datetime
    sources: tuple[SourceShape, ...]
    findings: tuple[FindingShape, ...]
    not_checked: tuple[NotCheckedShape, ...]
    places: tuple[PlaceShape, ...]
    ways_in: tuple[WayInShape, ...]
    plan: tuple[ActionShape, ...]
    dropped_points: Count = 0
    knows: tuple[KnowsShape, ...] = ()
    habits: tuple[HabitShape, ...] = ()
    trips: tuple[TripShape, ...] = ()
    since: SinceShape | None = None
    ways_cut: tuple[str, ...] = ()


def schema() -> str:
    """The JSON Schema as it should stand in the package, with a line break at the end."""
    return json.dumps(AuditShape.model_json_schema(), indent=2, sort_keys=True) + "\n"


def shipped_schema() -> str:
    """The JSON Schema as it does stand in the package."""
    return files("unlisted.report").joinpath(SCHEMA_FILE).read_text(encoding="utf-8")


if __name__ == "__main__":
    sys.stdout.write(schema())
