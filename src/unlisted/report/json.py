"""The result as JSON, for other programs and for a later audit to compare with."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from pydantic import BaseModel

from unlisted.model.result import AuditResult, Since
from unlisted.report import words
from unlisted.report.schema import (
    ActionShape,
    ChangeShape,
    FindingShape,
    HabitShape,
    NotCheckedShape,
    PlaceShape,
    SourceShape,
    TripShape,
    WayInShape,
)


def render(result: AuditResult) -> str:
    """The whole result, keys in the order of the schema, ASCII only, a line break at the end."""
    whole: dict[str, Any] = {
        "version": result.version,
        "made_on": result.made_on.isoformat(),
        "sources": _rows(result.sources, SourceShape),
        "findings": _rows(result.findings, FindingShape),
        "not_checked": _rows(result.not_checked, NotCheckedShape),
        "places": [_place(row) for row in _rows(result.places, PlaceShape)],
        "ways_in": _rows(result.ways_in, WayInShape),
        "plan": _rows(result.plan, ActionShape),
    }
    more: dict[str, Any] = {
        "dropped_points": result.dropped_points,
        "knows": [{"posts": posts, "certainty": score} for posts, score in result.knows],
        "habits": _rows(result.habits, HabitShape),
        "trips": [row | {"seen_in": _seen(row["seen_in"])} for row in _rows(result.trips, TripShape)],
        "since": _since(result.since) if result.since else None,
        "ways_cut": sorted(words.least(result)),
    }
    whole |= {key: value for key, value in more.items() if value}
    # a file name may hold half a surrogate pair, which UTF-8 cannot carry: ASCII escapes can
    return json.dumps(whole, indent=2, ensure_ascii=True, allow_nan=False) + "\n"


def _since(since: Since) -> dict[str, Any]:
    """The comparison, where one was asked for."""
    return {
        "made_on": since.made_on.isoformat(),
        "ways_then": since.ways_then,
        "changes": _rows(since.changes, ChangeShape),
        **({"ways_then_least": True} if since.ways_then_least else {}),
    }


def _rows(items: Sequence[object], shape: type[BaseModel]) -> list[dict[str, Any]]:
    """The fields that the schema names, and no other: a field added to the model is not published by accident."""
    return [{key: getattr(item, key) for key in shape.model_fields} for item in items]


def _place(row: dict[str, Any]) -> dict[str, Any]:
    """How near a place is to a declared one is said of declared places only."""
    near = row["distance"] if row["declared"] else None
    return row | {"distance": near, "seen_in": _seen(row["seen_in"]), "fewest": _seen(row["fewest"])}


def _seen(groups: Sequence[tuple[str, tuple[int, ...]]]) -> list[dict[str, Any]]:
    return [{"source": source, "ordinals": ordinals} for source, ordinals in groups]
