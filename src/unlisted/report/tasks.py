"""The steps of the plan as they are shown: numbered, with the spots that each stands for, and changes of one visit as one step."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import takewhile

from unlisted.model.finding import Finding
from unlisted.model.result import Advice, AuditResult
from unlisted.report import words

MOST_STEPS = 7
"""Lines of what to do in one step: changes that need more together stay apart."""

MOST_JOINED = 3
"""Changes that one title names."""

MOST_VISITS = 12
"""Visits to one source that a change is compared with, the latest ones."""

MOST_APART = 4
"""Words in which the titles of two changes of one visit differ."""

NAMED = 2
"""Spots that a step names; the rest is counted."""

PAGE = "the page"
"""What stands for a page as a whole: it says no more than the title."""

PIECE = re.compile(r"“[^“”]{1,300}”\S{0,9}|\S{1,300}")
"""A word of a title, or a label in its quotes: a part of a label names nothing."""

MORE = re.compile(r"and (\d{1,9}) more")
PLACE_COUNT = re.compile(r"[\d,]{1,12} (?:photo or post|photos or posts)")
"""How a finding that rests on many photos says where it stands: a count, no spot."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Task:
    """A step as it is shown; `number` counts from 1, `index` is its first change's place in the result.

    `spots` says in how many spots it is to be done, and names a few.
    """

    number: int
    index: int
    advice: Advice
    effect: str
    minutes: str
    wait: str
    notice: str
    spots: str = ""


Indexed = tuple[int, Advice]
"""A change with its place in the result."""


def tasks(result: AuditResult) -> tuple[Task, ...]:
    """The plan in its order; what is worth doing but closes no way in comes after it."""
    ordered = sorted(enumerate(result.plan), key=lambda pair: not pair[1].in_plan)
    rows = joined(ordered)
    if len(rows) < len(ordered):
        rows = counted(rows, result)
    by_print = {one.fingerprint: one for one in result.findings}
    kinds = {one.label: one.kind for one in result.sources}
    return tuple(
        task(
            number,
            pair,
            result,
            spots([by_print[name] for name in pair[1].findings if name in by_print], kinds.get(pair[1].source, "")),
        )
        for number, pair in enumerate(rows, 1)
    )


def task(number: int, pair: Indexed, result: AuditResult, where: str) -> Task:
    """One step in words."""
    index, advice = pair
    return Task(
        number=number,
        index=index,
        advice=advice,
        effect=words.effect(advice.closes, len(result.ways_in), least=bool(words.least(result))),
        minutes=words.minutes(advice),
        wait=words.wait(advice),
        notice=words.notice(str(advice.notice)),
        spots=where,
    )


def joined(rows: Sequence[Indexed]) -> list[Indexed]:
    """Near-equal changes as one: each stands where the first of them stood.

    They are one visit: the same source and kind of change, the same people notice, it begins and ends alike, and the titles
    differ in few words. What the plan holds stays as it is: this is how it is listed.
    """
    visits: dict[tuple[object, ...], list[list[Indexed]]] = {}
    order: list[list[Indexed]] = []
    for pair in rows:
        alike = visits.setdefault(_visit(pair[1]), [])
        found = next((visit for visit in alike[-MOST_VISITS:] if _one(visit, pair[1]) is not None), None)
        if found is None:
            found = []
            alike.append(found)
            order.append(found)
        found.append(pair)
    return [(visit[0][0], whole) for visit in order if (whole := _one(visit)) is not None]


def _visit(advice: Advice) -> tuple[object, ...]:
    """What changes of one visit have in common."""
    last = advice.steps[-1] if advice.steps else advice.id
    return advice.source, advice.do, advice.notice, advice.wait_days, advice.check, last


def _one(visit: Sequence[Indexed], more: Advice | None = None) -> Advice | None:
    """The changes of a visit as one change; None where they are no single one."""
    parts = [advice for _, advice in visit] + ([more] if more else [])
    if len(parts) < 2:
        return parts[0] if parts else None
    title, steps = _title(parts), _steps(parts)
    if title is None or steps is None:
        return None
    return replace(
        parts[0],
        title=title,
        steps=steps,
        minutes=sum(one.minutes for one in parts),
        findings=tuple(dict.fromkeys(name for one in parts for name in one.findings)),
        closes=sum(one.closes for one in parts),
    )


def _title(parts: Sequence[Advice]) -> str | None:
    """One title for all; None where they differ in more than a few words, or there are too many to name."""
    if len({one.title for one in parts}) == 1:
        return parts[0].title
    split = [PIECE.findall(one.title) for one in parts]
    first = split[0]
    start = _shared(split, first, lambda row, at: row[at])
    room = min(map(len, split)) - start
    end = min(room, _shared(split, first[::-1], lambda row, at: row[-1 - at]))
    least = len(PIECE.findall(f"“{parts[0].source}”")) + 1 if f"“{parts[0].source}”" in parts[0].title else 1
    if not start or end < least:
        return None
    differ = list(dict.fromkeys(" ".join(row[start : len(row) - end]) for row in split))
    if any(len(part.split()) > MOST_APART for part in differ):
        return None
    if "" in differ:  # one title says it all
        return parts[0].title if len({one.steps for one in parts}) == 1 else None
    if len(differ) > MOST_JOINED:
        return None
    return " ".join([*first[:start], words.listed(differ, MOST_JOINED), *first[len(first) - end :]])


def _shared(rows: Sequence[Sequence[str]], first: Sequence[str], at: Callable[[Sequence[str], int], str]) -> int:
    """How many words all titles share, counted from one side."""
    least = min(map(len, rows))
    same = takewhile(lambda turn: all(at(row, turn) == first[turn] for row in rows), range(least))
    return sum(1 for _ in same)


def _steps(parts: Sequence[Advice]) -> tuple[str, ...] | None:
    """What to do in one visit: it begins and ends as each change does. None where it does not, or is too long."""
    if len({one.steps for one in parts}) == 1:
        return parts[0].steps
    if min(len(one.steps) for one in parts) < 2:
        return None
    opening = max((one.steps[0] for one in parts), key=len)
    if not all(opening.casefold().endswith(one.steps[0].casefold()) for one in parts):
        return None
    between = dict.fromkeys(step for one in parts for step in one.steps[1:-1])
    steps = (opening, *between, parts[0].steps[-1])
    return steps if len(steps) <= MOST_STEPS else None


def counted(rows: Sequence[Indexed], result: AuditResult) -> list[Indexed]:
    """The steps with how many ways each closes in its new turn; all together close as many as before."""
    through: dict[str, list[int]] = {}
    for number, way in enumerate(result.ways_in):
        for name in way.findings:
            through.setdefault(name, []).append(number)
    closed: set[int] = set()
    out = []
    for index, advice in rows:
        mine = {number for name in advice.findings for number in through.get(name, ())} - closed
        closed |= mine
        out.append((index, replace(advice, closes=len(mine) if advice.in_plan else 0)))
    return out


def spots(group: Sequence[Finding], kind: str) -> str:
    """In how many spots a step is to be done, and a few of them, such as "In 3 spots: the text; a link; and 1 more".

    Nothing where the whole page is the spot. `kind` is that of the source.
    """
    things = f"For {words.count(len(group), 'thing', 'things')}" if len(group) > 1 else ""
    files = {name for one in group for name in one.evidence if name.startswith(f"{one.source}#")}
    named, hidden = _spots(group)
    if kind == "photos" and files:
        few = named[:NAMED]
        some = f"{', such as' if len(files) > len(few) else ':'} {'; '.join(few)}" if few else ""
        return _intro(things, words.count(len(files), "photo or video", "photos and videos")) + f"{some}."
    if not named or named == [PAGE]:
        return ""
    number = len(named) + max(hidden, default=0)
    left = number - len(named[:NAMED])
    told = f"{'; '.join(named[:NAMED])}{f'; and {left:,} more' if left else ''}."
    if number < len(group) and not hidden:  # five links are one spot by name
        return f"{things}: {told}"
    least = "at least " if hidden and len(group) > 1 else ""
    return f"{_intro(things, least + words.count(number, 'spot', 'spots'))}: {told}"


def _intro(things: str, where: str) -> str:
    return f"{things}, in {where}" if things else f"In {where}"


def _spots(group: Sequence[Finding]) -> tuple[list[str], list[int]]:
    """The spots that findings name, each once, and how many more each of them counts."""
    named: dict[str, None] = {}
    hidden = []
    for one in group:
        for part in one.where.split("; "):
            more = MORE.fullmatch(part)
            if more is not None:
                hidden.append(int(more.group(1)))
            elif part and PLACE_COUNT.fullmatch(part) is None:
                named[part] = None
    return list(named), hidden


def by_finding(shown: Sequence[Task]) -> Mapping[str, list[Task]]:
    """The steps that help against each finding, by its fingerprint."""
    helps: dict[str, list[Task]] = {}
    for one in shown:
        for name in one.advice.findings:
            helps.setdefault(name, []).append(one)
    return helps
