"""From findings to the graph of ways in. Labels and fingerprints only: the graph holds no value."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from unlisted.model import GOALS, Action, Card, Finding, Graph, Step

COUNTS_FROM = 0.60
"""A finding below this score ("a guess") is shown and is no way in."""
REACH = "reach:"
"""Names the step by which a stranger comes to a source: no action cuts it."""
STARTS = frozenset({"name", "handle", "photo"})
"""What a stranger has before they look at anything."""
TOGETHER = "together:"
"""Names the step by which facts that are worth little alone open a source together."""
KEYS = frozenset({"town"})
"""What is no goal, but opens sources together with something else."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reach:
    """How a stranger comes to a source: `needs` one start each ("name", "handle", "photo").

    `together` are facts that open it at once, where all of them are to be had: name and town find the one record in a
    directory. It adds a way and takes none away, since a patient stranger goes through all people of a name.
    """

    source: str
    needs: tuple[str, ...]
    together: tuple[str, ...] = ()


def at(source: str) -> str:
    """The name of the node "has this source before them"."""
    return f"at:{source}"


def source_reached(via: str) -> str | None:
    """The source to which a step leads that is no finding, or None."""
    found = next((prefix for prefix in (REACH, TOGETHER) if via.startswith(prefix)), None)
    return via.removeprefix(found) if found else None


def steps_of(finding: Finding, card: Card, hidden: Collection[str]) -> list[Step]:
    """What a finding lets a stranger learn once they are at its source. A link counts where it opens a hidden source."""
    here = frozenset({at(finding.source)})
    if finding.other is not None:
        opens = finding.other in hidden
        return [Step(needs=here, gives=at(finding.other), via=finding.fingerprint)] if opens else []
    needs = here | frozenset(card.needs)
    return [
        Step(needs=needs, gives=gained, via=finding.fingerprint)
        for gained in finding.gives
        if gained in KEYS.union(GOALS)
    ]


def action_id(finding: Finding, card: Card) -> str:
    """The change that closes a finding: findings of one source with the same `do` and `group` share it."""
    rest = card.fix.group or f"{finding.check}/{finding.fact or ''}/{finding.other or ''}"
    return f"{finding.source}/{card.fix.do}/{rest}"


def actions_of(findings: Iterable[Finding], cards: Mapping[str, Card]) -> list[Action]:
    """Every change that closes at least one finding, in the order of the findings."""
    cuts: dict[str, list[Finding]] = defaultdict(list)
    for finding in findings:
        cuts[action_id(finding, cards[finding.check])].append(finding)
    return [
        Action(
            id=name,
            minutes=max(cards[one.check].fix.minutes for one in closed),
            notice=max((cards[one.check].fix.notice for one in closed), key=lambda notice: notice.weight),
            cuts=frozenset(one.fingerprint for one in closed),
        )
        for name, closed in cuts.items()
    ]


def build(findings: Sequence[Finding], *, cards: Mapping[str, Card], reaches: Iterable[Reach]) -> Graph:
    """The graph of one audit.

    A stranger starts with the person's name, a user name or one of their photos. Findings that are only a guess are left out.
    """
    reaches = list(reaches)
    counted = [finding for finding in findings if finding.score >= COUNTS_FROM]
    come = [
        Step(needs=frozenset({need}), gives=at(reach.source), via=REACH + reach.source)
        for reach in reaches
        for need in reach.needs
    ]
    hidden = {finding.other for finding in counted if finding.other} - {reach.source for reach in reaches}
    learn = [step for finding in counted for step in steps_of(finding, cards[finding.check], hidden)]
    told = STARTS | {step.gives for step in learn}
    join = [
        Step(needs=frozenset(reach.together), gives=at(reach.source), via=TOGETHER + reach.source)
        for reach in reaches
        if reach.together and told.issuperset(reach.together)
    ]
    return Graph(
        starts=STARTS,
        steps=(*come, *join, *learn),
        goals=frozenset(GOALS),
        actions=tuple(actions_of(counted, cards)),
    )
