"""What the report says of an earlier audit: five lists, the good news first, and one true sentence on top."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from unlisted.model.result import AuditResult, Since, State
from unlisted.report import words

MOST = 200
"""Lines of one list; what is left out is counted and stands in the JSON file."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Telling:
    """How one state is told: the name of its list, and a sentence on what it means."""

    name: str
    note: str


STATES = {
    State.FIXED: Telling(name="Fixed", note="We looked in the same place, and it is gone from there."),
    State.STILL: Telling(name="Still there", note="Nothing about these is new."),
    State.CHANGED: Telling(name="Changed", note="These still show, but not as they did."),
    State.UNSEEN: Telling(name="Could not look", note="We say nothing about these. They may well be there."),
    State.NEW: Telling(name="New", note="Only this time did we find these."),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """Findings that are told in the same words, and how many they are."""

    source: str
    title: str
    where: str | None
    reason: str | None
    times: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """One list: `number` counts findings, `cut` the lines that have no room."""

    state: State
    name: str
    note: str
    number: int
    lines: tuple[Line, ...]
    cut: int


def parts(since: Since) -> tuple[Part, ...]:
    """The lists that hold anything."""
    return tuple(_part(since, state) for state in STATES if since.of(state))


def _part(since: Since, state: State) -> Part:
    found = since.of(state)
    told = Counter((one.source, one.title, one.where, one.reason) for one in found)
    lines = [
        Line(source=source, title=title, where=where, reason=_sentence(reason), times=times)
        for (source, title, where, reason), times in told.items()
    ]
    telling = STATES[state]
    return Part(
        state=state,
        name=telling.name,
        note=telling.note,
        number=len(found),
        lines=tuple(lines[:MOST]),
        cut=max(0, len(lines) - MOST),
    )


def _sentence(reason: str | None) -> str | None:
    return f"{reason[:1].upper()}{reason[1:].removesuffix('.')}." if reason else None


def sentence(since: Since) -> str:
    """The counts in words: "Since 2026-10-02: 3 fixed, 1 still there"."""
    counts = [
        f"{len(since.of(state)):,} {telling.name.lower()}" for state, telling in STATES.items() if since.of(state)
    ]
    return f"Since {since.made_on:%Y-%m-%d}: {', '.join(counts) or 'nothing to compare'}."


def ways(result: AuditResult, since: Since) -> str:
    """Ways in then and now, only where both audits looked at the same things."""
    if since.ways_then is None:
        return "We do not set the ways in side by side. Not every source could be compared."
    then = words.ways(since.ways_then, least=since.ways_then_least)
    return f"Last time: {then}. This time: {words.ways(len(result.ways_in), least=bool(words.least(result)))}."
