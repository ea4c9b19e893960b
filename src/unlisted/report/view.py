"""What the page and the text show, in their order: a result grouped, counted and bounded, still without any markup."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from unlisted.model.finding import Finding, Priority
from unlisted.model.result import AuditResult, PlaceSummary, SourceSummary, WayInSummary
from unlisted.report import charts, pattern, words
from unlisted.report.tasks import Task, by_finding
from unlisted.report.tasks import tasks as all_tasks
from unlisted.risk.graph import TOGETHER, source_reached

FIRST = 3
"""Steps that are told first."""

VISIBLE = 7
"""Items of a list that are seen at once; the rest is folded."""

LONG = 30
"""Items of a list above which its fold stays closed on paper."""

PRINTED = 14
"""Steps and ways of a list that are printed; of more, the rest stays folded on paper, and its line says how many there are."""

NEEDED = 40
"""Steps up to which all that close ways in are printed, also where some are folded on the screen."""

MOST_FINDINGS = 1_000
MOST_WAYS = 60
MOST_COUNTED = 5_000
MOST_ACTIONS = 100
MOST_PLACES = 30
MOST_NOTES = 200
MOST_CLEAR = 500
"""Bounds of each part of the page; what is left out is counted and stands in the JSON file."""

NUMBERED = re.compile(r"\bphoto \d")
URGENCY = {priority: rank for rank, priority in enumerate(Priority)}


@dataclass(frozen=True, slots=True, kw_only=True)
class Tile:
    """One of the four questions with its answer. `state`: open, pieces, none, unknown."""

    goal: str
    question: str
    answer: str
    detail: str
    state: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Chain:
    """Ways in that are told in the same words: the steps, and how many ways they stand for."""

    goal: str
    steps: tuple[str, ...]
    times: int
    open: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One finding of a card: its place in the result, where it stands, how sure."""

    index: int
    where: str
    certainty: str
    count: int
    detail: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """One card: the same exposure in one or more spots of a source, with its next step."""

    title: str
    learns: str
    fact: str | None
    priority: Priority
    rows: tuple[Row, ...]
    tasks: tuple[Task, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceGroup:
    """All cards of a source, the most urgent first."""

    source: SourceSummary
    number: int
    priority: Priority
    groups: tuple[Group, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class View:
    """Everything that the templates and the text show.

    Tasks: `first`, then `later` (they close ways in), then `rest` (they show less). `cut` counts what was left out, by part.
    `through`: for each goal, and for all of them (""), the sources that its ways go through, with how many. `town`: the sources
    in which the town helps to pick the person out, and how many sources tell it. `ways`: how many ways lead to each goal, and
    whether there may be more; `least`: whether that is so of any goal. `numbered`: whether a photo is told by its number.
    """

    result: AuditResult
    sentence: str
    tiles: tuple[Tile, ...]
    bars: tuple[charts.Bar, ...]
    first: tuple[Task, ...]
    later: tuple[Task, ...]
    rest: tuple[Task, ...]
    chains: tuple[Chain, ...]
    ways: dict[str, tuple[int, bool]]
    least: bool
    through: dict[str, tuple[tuple[str, int], ...]]
    town: tuple[tuple[str, ...], int]
    graph: charts.GraphPicture | None
    places: tuple[tuple[str, PlaceSummary], ...]
    names: words.Names
    numbered: bool
    dots: tuple[charts.Dot, ...]
    week: charts.WeekPicture | None
    curve: pattern.Curve | None
    found: tuple[SourceGroup, ...]
    fine: tuple[tuple[str, tuple[str, ...]], ...]
    whole_read: int
    cut: dict[str, int]
    data: dict[str, object]


def view(result: AuditResult) -> View:
    """The result as it is shown."""
    tasks = all_tasks(result)
    places = result.places[:MOST_PLACES]
    return View(
        result=result,
        sentence=words.sentence(result),
        tiles=tuple(_tile(result, goal) for goal in words.GOALS),
        bars=_bars(result, tasks),
        first=tasks[:FIRST],
        later=tuple(task for task in tasks[FIRST:MOST_ACTIONS] if task.advice.in_plan),
        rest=tuple(task for task in tasks[FIRST:MOST_ACTIONS] if not task.advice.in_plan),
        chains=_chains(_shown(result.ways_in)),
        ways=_ways(result),
        least=bool(words.least(result)),
        through={goal: _through(result, goal) for goal in ("", *words.GOALS)},
        town=_town(result),
        graph=charts.graph(result),
        places=tuple(zip(charts.keys(places), places, strict=True)),
        names=words.names(result),
        numbered=_numbered(result),
        dots=charts.rings(places),
        week=charts.week(result.week),
        curve=pattern.curve(result.knows),
        found=_found(result, tasks),
        fine=_fine(result),
        whole_read=len(words.looked_at(result)),
        cut=_cut(result, tasks),
        data=_data(result, tasks),
    )


def _numbered(result: AuditResult) -> bool:
    """Whether "photo 5" stands anywhere, so that it is to be explained."""
    told = [one.where for one in result.findings] + [one.where or "" for one in result.not_checked]
    told += [name for *_, name in result.photo_names]
    return any(NUMBERED.search(one) for one in told)


def _shown(ways: Sequence[WayInSummary]) -> list[WayInSummary]:
    """The ways that have room, in their order: some to each goal, however many lead to another one, and then the first."""
    rank: Counter[str] = Counter()
    turns = []
    for number, way in enumerate(ways):
        turns.append((rank[way.goal] >= MOST_WAYS // len(words.GOALS), number))
        rank[way.goal] += 1
    return [ways[number] for number in sorted(number for _, number in sorted(turns)[:MOST_WAYS])]


def _chains(ways: Sequence[WayInSummary]) -> tuple[Chain, ...]:
    """Each telling once, in the order in which it first comes."""
    told = Counter((way.goal, way.steps, way.open) for way in ways)
    return tuple(Chain(goal=goal, steps=steps, times=times, open=stays) for (goal, steps, stays), times in told.items())


def _ways(result: AuditResult) -> dict[str, tuple[int, bool]]:
    """For each goal the number of its ways, and whether there may be more."""
    counted, cut = Counter(way.goal for way in result.ways_in), words.least(result)
    return {goal: (counted[goal], goal in cut) for goal in words.GOALS}


def _through(result: AuditResult, goal: str) -> tuple[tuple[str, int], ...]:
    """The sources that the ways go through, to one goal or to any; the one with the most first."""
    counted = Counter(source for way in result.ways_in if goal in ("", way.goal) for source in way.sources)
    return tuple(sorted(counted.items(), key=lambda pair: (-pair[1], pair[0])))


def _town(result: AuditResult) -> tuple[tuple[str, ...], int]:
    """Where name and town together find the person at once, and how many sources tell the town."""
    steps = result.graph.steps if result.graph else ()
    opened = dict.fromkeys(source_reached(step.via) or "" for step in steps if step.via.startswith(TOGETHER))
    source_of = {one.fingerprint: one.source for one in result.findings}
    telling = {source_of[step.via] for step in steps if step.gives == "town" and step.via in source_of}
    return tuple(opened), len(telling)


def _cut(result: AuditResult, tasks: Sequence[Task]) -> dict[str, int]:
    """How many of each part have no room."""
    bounds = {
        "findings": (len(result.findings), MOST_FINDINGS),
        "ways": (len(result.ways_in), MOST_WAYS),
        "plan": (len(tasks), MOST_ACTIONS),
        "places": (len(result.places), MOST_PLACES),
        "not_checked": (len(result.not_checked), MOST_NOTES),
        "letters": (len(result.letters), MOST_NOTES),
        "fine": (len(result.clear), MOST_CLEAR),
    }
    return {part: max(0, number - most) for part, (number, most) in bounds.items()}


def still_open(result: AuditResult, closed: Collection[str]) -> int:
    """The ways in that remain once the findings named in `closed` are gone: a chain breaks with any one of its links."""
    return sum(1 for way in result.ways_in if not set(way.findings).intersection(closed))


def _bars(result: AuditResult, tasks: Sequence[Task]) -> tuple[charts.Bar, ...]:
    """Ways in at the start, now (the page counts it again with each tick), after the first steps, after all of them."""
    total = len(result.ways_in)
    after = [
        still_open(result, {name for task in part for name in task.advice.findings}) for part in (tasks[:FIRST], tasks)
    ]
    rows = [("then", "When we looked", total), ("now", "Now, with your ticks", total)]
    if tasks and total:
        rows += [
            (
                "first",
                f"After the first {min(FIRST, len(tasks))}" if len(tasks) > 1 else "After the first step",
                after[0],
            )
        ]
    if len(tasks) > FIRST and total:
        rows += [("all", "After all steps", after[1])]
    return charts.meter(rows, least=bool(words.least(result)))


def _tile(result: AuditResult, goal: str) -> Tile:
    """The answer to one question: whole ways in, else pieces, else nothing found, else not looked at."""
    chains = [way for way in result.ways_in if way.goal == goal]
    pieces = [one for one in result.findings if one.kind in words.GOALS[goal].pieces]
    if chains:
        sources = [source for source, _ in _through(result, goal)]
        state, answer, detail = (
            "open",
            f"Yes, in {'at least ' if goal in words.least(result) else ''}{words.count(len(chains), 'way', 'ways')}",
            f"Through {words.quoted(sources)}.",
        )
    elif pieces:
        sources = list(dict.fromkeys(one.source for one in pieces))
        number = words.count(len(pieces), "piece", "pieces")
        state, answer, detail = "pieces", f"Only {number} of it", f"On {words.quoted(sources)}. No whole way in."
    elif words.looked_at(result):
        number = words.count(len(words.looked_at(result)), "source", "sources")
        state, answer, detail = "none", "We found no way", f"We looked at {number}. There may be more."
    else:
        state, answer, detail = "unknown", "Not checked", "We could not look at any source."
    return Tile(goal=goal, question=words.GOALS[goal].question, answer=answer, detail=detail, state=state)


def _found(result: AuditResult, tasks: Sequence[Task]) -> tuple[SourceGroup, ...]:
    """The findings by source, sources with the most urgent ones first."""
    helps = by_finding(tasks[:MOST_ACTIONS])  # a step that has no room cannot be pointed at
    known = {source.label: source for source in result.sources}
    by_source: dict[str, list[Numbered]] = defaultdict(list)
    for pair in enumerate(result.findings[:MOST_FINDINGS]):
        by_source[pair[1].source].append(pair)
    shown = (
        _source_group(known.get(label) or SourceSummary(label=label, kind="", control=""), pairs, helps)
        for label, pairs in by_source.items()
    )
    return tuple(sorted(shown, key=lambda one: URGENCY[one.priority]))


Numbered = tuple[int, Finding]
"""A finding with its place in the result."""


def _source_group(source: SourceSummary, pairs: Sequence[Numbered], helps: Mapping[str, Sequence[Task]]) -> SourceGroup:
    """What is the same but for its spot stands on one card."""
    cards: dict[tuple[object, ...], list[Numbered]] = defaultdict(list)
    for index, one in pairs:
        cards[one.check, one.title, one.learns, one.fact, one.priority].append((index, one))
    groups = sorted((_group(card, helps) for card in cards.values()), key=lambda group: URGENCY[group.priority])
    return SourceGroup(
        source=source,
        number=len(pairs),
        priority=groups[0].priority,
        groups=tuple(groups),
    )


def _group(pairs: Sequence[Numbered], helps: Mapping[str, Sequence[Task]]) -> Group:
    first = pairs[0][1]
    tasks = {task.number: task for _, one in pairs for task in helps.get(one.fingerprint, ())}
    return Group(
        title=first.title,
        learns=first.learns,
        fact=first.fact,
        priority=first.priority,
        rows=tuple(
            Row(
                index=index,
                where=one.where,
                certainty=one.certainty.value,
                count=one.count,
                detail=_sentence(one.detail),
            )
            for index, one in pairs
        ),
        tasks=tuple(tasks[number] for number in sorted(tasks)),
    )


def _sentence(detail: str | None) -> str | None:
    """A detail that is told in words; the name of a field is for programs."""
    return detail if detail and " " in detail.strip() else None


def _fine(result: AuditResult) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """What was looked for and not found, source by source."""
    by_source: dict[str, list[str]] = defaultdict(list)
    for one in result.clear[:MOST_CLEAR]:
        by_source[one.source].append(one.title)
    return tuple((source, tuple(dict.fromkeys(titles))) for source, titles in by_source.items())


def _data(result: AuditResult, tasks: Sequence[Task]) -> dict[str, object]:
    """What the page counts with: for each way in its findings, for each step the findings that it closes; numbers only.

    `least` says that there are more ways than these, so that what is counted is the least.
    """
    at = {one.fingerprint: index for index, one in enumerate(result.findings)}

    def numbers(names: Sequence[str]) -> list[int]:
        return [at[name] for name in names if name in at]

    return {
        "ways": [numbers(way.findings) for way in result.ways_in[:MOST_COUNTED]],
        "steps": [numbers(task.advice.findings) for task in tasks[:MOST_ACTIONS]],
        "least": bool(words.least(result)) or len(result.ways_in) > MOST_COUNTED,
    }
