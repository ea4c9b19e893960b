"""Strava: the table of activities beside their tracks. The export does not say who sees which."""

from __future__ import annotations

from unlisted.sources.exports.container import Member
from unlisted.sources.exports.found import Found
from unlisted.sources.exports.times import words
from unlisted.sources.exports.values import table


def activities(member: Member, found: Found) -> None:
    """activities.csv: names and descriptions with their times (UTC). Headings are translated, their order is fixed."""
    for row in table(member):
        cells = list(row.values())
        at = words(row.get("activity date", cells[1] if len(cells) > 1 else None))
        name = row.get("activity name", cells[2] if len(cells) > 2 else "")
        note = row.get("activity description", cells[4] if len(cells) > 4 else "")
        found.post("\n".join(filter(None, (name, note))), at)
