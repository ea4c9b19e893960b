"""Findings to ways in and the fewest changes, in words and labels."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime

from unlisted.audit.asked import ASK, Way, command, guided, ways_of, what
from unlisted.audit.fine import filled
from unlisted.audit.judge import RANK
from unlisted.audit.observed import Observed
from unlisted.audit.where import fact_words
from unlisted.data.domains import host_of
from unlisted.model import (
    Advice,
    Card,
    Finding,
    Graph,
    Plan,
    Priority,
    Source,
    SourceKind,
    Subject,
    WayIn,
    WayInSummary,
)
from unlisted.remedy.platforms import steps_against
from unlisted.report.words import quoted
from unlisted.risk.graph import TOGETHER, Reach, action_id, build, source_reached
from unlisted.risk.plan import cheapest

START_WORDS = {
    "name": "Someone who knows your name opens “{source}”.",
    "handle": "Someone who knows a user name of yours opens “{source}”.",
    "photo": "Someone gets hold of your photos in “{source}”.",
}
TOGETHER_WORDS = "Your name and your town together find you in “{source}”."
SETTABLE = frozenset({"setting", "edit"})
"""What can also be done in the settings of a service: an edit stays the first step there, a setting is named instead."""
MAX_STEPS = 7
LEADS_TO = "From there a link leads to “{other}”."


def reaches(observed: Observed) -> list[Reach]:
    """How a stranger comes to each source that was read: by name or user name where it shows one.

    A page that shows neither is found through a link from another source; where no link is known, by user name.
    """
    named = {mention.source for mention in observed.mentions if mention.kind == "name" and mention.fact}
    handled = {mention.source for mention in observed.mentions if mention.kind == "handle" and mention.fact}
    linked = {mention.other for mention in observed.mentions if mention.other}
    found = []
    for source in observed.sources:
        if not source.read:
            continue
        if source.kind == SourceKind.PHOTOS:
            needs: tuple[str, ...] = ("photo",)
        elif source.kind == SourceKind.LISTING or source.directory or source.label in named:
            needs = ("name",)
        elif source.label in handled or source.label not in linked:
            needs = ("handle",)
        else:
            continue
        listed = source.kind == SourceKind.LISTING or source.directory
        found.append(Reach(source=source.label, needs=needs, together=("name", "town") if listed else ()))
    return found


def plan(observed: Observed, findings: Sequence[Finding], cards: Mapping[str, Card]) -> tuple[Graph, Plan]:
    """The graph of ways in and the cheapest set of changes."""
    found, known = guided(findings, cards, ways_of(observed.sources))
    graph = build(found, cards=known, reaches=reaches(observed))
    return graph, cheapest(graph)


def openings(graph: Graph) -> dict[str, str]:
    """What each step needs, by its name; of several steps of one name, what the first one needs."""
    needed: dict[str, str] = {}
    for step in graph.steps:
        needed.setdefault(step.via, min(step.needs, default="name"))
    return needed


def sentences(way: WayIn, needed: Mapping[str, str], by_print: Mapping[str, Finding]) -> tuple[str, ...]:
    """A way in, told step by step. `needed`: what each step needs, see `openings`."""
    told = []
    for via in way.via:
        source = source_reached(via)
        if via.startswith(TOGETHER):
            told.append(TOGETHER_WORDS.format(source=source))
        elif source is not None:
            told.append(START_WORDS[needed.get(via, "name")].format(source=source))
        else:
            found = by_print[via]
            linked = found.check == "accounts/linked"
            told.append(LEADS_TO.format(other=found.other) if linked else found.learns)
    return tuple(told)


def ways(graph: Graph, made: Plan, findings: Sequence[Finding]) -> tuple[WayInSummary, ...]:
    """Every way in, in labels."""
    by_print, needed = {item.fingerprint: item for item in findings}, openings(graph)
    still = set(made.open)
    return tuple(
        WayInSummary(
            goal=way.goal,
            steps=sentences(way, needed, by_print),
            sources=tuple(dict.fromkeys(by_print[via].source for via in way.via if via in by_print)),
            findings=tuple(via for via in way.via if via in by_print),
            open=way in still,
        )
        for way in made.ways
    )


def advice(
    made: Plan, findings: Sequence[Finding], cards: Mapping[str, Card], subject: Subject, *, now: datetime
) -> tuple[Advice, ...]:
    """The actions of the plan in their order, then those that close findings which are no way in."""
    closes = dict(zip(made.actions, made.closes, strict=True))
    standing = ways_of(subject.sources)
    findings, cards = guided(findings, cards, standing)
    groups: dict[str, list[Finding]] = defaultdict(list)
    for item in findings:
        groups[action_id(item, cards[item.check])].append(item)
    rest = sorted((name for name in groups if name not in closes), key=lambda name: urgency(groups[name]))
    names = {fact.label: fact_words(fact) for fact in subject.facts}
    made_of = (
        worded(name, groups[name], cards, names, closes.get(name, 0), in_plan=name in closes, standing=standing)
        for name in (*made.actions, *rest)
    )
    sources = {source.label: source for source in reversed(subject.sources)}  # of two with one label, the first
    return tuple(on_platform(one, groups[one.id], sources.get(one.source), now) for one in made_of)


def on_platform(one: Advice, group: Sequence[Finding], source: Source | None, now: datetime) -> Advice:
    """The advice with the settings of the service that its source is on; it stays as it is where none is known to help."""
    service = source and (source.service or host_of(source.address or ""))
    if not service or one.do not in SETTABLE:
        return one
    kinds = dict.fromkeys(item.kind for item in group)
    steps = next((steps for kind in kinds if (steps := steps_against(kind, service, now=now))), ())
    return replace(one, steps=(*(one.steps if one.do == "edit" else ()), *steps)[-MAX_STEPS:]) if steps else one


def urgency(group: Sequence[Finding]) -> tuple[int, str]:
    """Most pressing first."""
    return min(RANK[item.priority] for item in group), group[0].source


def worded(
    name: str,
    group: Sequence[Finding],
    cards: Mapping[str, Card],
    names: Mapping[str, str],
    closes: int,
    *,
    in_plan: bool,
    standing: Mapping[str, Way],
) -> Advice:
    """One action in words, from the card of its most pressing finding."""
    first = min(group, key=lambda item: (RANK[item.priority], -item.score))
    fixes = [cards[item.check].fix for item in group]
    fix = cards[first.check].fix
    asks = fix.group == ASK.group
    fact = what(group, names) if asks else names.get(first.fact or "")
    others = quoted(list(dict.fromkeys(item.other for item in group if item.other)))
    words = {"source": first.source, "fact": fact, "others": others}
    typed = command(first.source, standing.get(first.source)) if asks else ""
    return Advice(
        id=name,
        title=filled(fix.action, words),
        source=first.source,
        minutes=max(one.minutes for one in fixes),
        notice=max((one.notice for one in fixes), key=lambda notice: notice.weight).value,
        check=filled(fix.check, words),
        steps=tuple(filled(step, words).replace("{command}", typed) for step in fix.steps),
        closes=closes,
        wait_days=max(one.wait_days for one in fixes),
        findings=tuple(item.fingerprint for item in group),
        priority=min((item.priority for item in group), key=RANK.__getitem__, default=Priority.SOON).value,
        in_plan=in_plan,
        do=fix.do,
    )
