"""The pipeline: subject -> sources -> artifacts -> extract -> evidence -> checks -> findings -> places, risk -> plan."""

from __future__ import annotations

import random
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime

from unlisted import places, registry
from unlisted.audit import advise, drawn, hours
from unlisted.audit.declared_places import placed
from unlisted.audit.doubt import Signs
from unlisted.audit.gather import Progress, Tools, gather
from unlisted.audit.judge import judge
from unlisted.audit.lens import lens
from unlisted.audit.since import Both, compare
from unlisted.data.loader import Register, directories
from unlisted.model import AuditResult, Check, Listing, NotChecked, Subject
from unlisted.remedy.directories import offers
from unlisted.remedy.support import support_for
from unlisted.report.schema import AuditShape
from unlisted.sources.fetch import Fetcher

__all__ = ["Audited", "Progress", "audit", "examine"]


def silent(_what: str, _done: int, _total: int) -> None:
    """No progress is shown."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Audited:
    """A result, and the records that letters quote. The records hold values: they go into letters and nowhere else."""

    result: AuditResult
    listings: tuple[Listing, ...] = field(default=(), repr=False)


def audit(
    subject: Subject,
    *,
    now: datetime,
    rng: random.Random,
    fetcher: Fetcher,
    progress: Progress = silent,
    checks: Mapping[str, Check] | None = None,
    register: Register | None = None,
    since: AuditShape | None = None,
) -> AuditResult:
    """Audit one person: what may be shown of it. Arguments and errors are those of `examine`."""
    return examine(
        subject, now=now, rng=rng, fetcher=fetcher, progress=progress, checks=checks, register=register, since=since
    ).result


def examine(
    subject: Subject,
    *,
    now: datetime,
    rng: random.Random,
    fetcher: Fetcher,
    progress: Progress = silent,
    checks: Mapping[str, Check] | None = None,
    register: Register | None = None,
    since: AuditShape | None = None,
) -> Audited:
    """Audit one person: read every source, run every check, and plan the fewest changes.

    Args:
        subject: whose footprint; see `unlisted.sources.subject_file`.
        now: the date that the result bears, aware.
        rng: the only source of chance: which posts the curve of `knows` is drawn from.
        fetcher: the only way to the network.
        progress: called with what is being read, how many are done, how many there are.
        checks: instead of all installed ones.
        register: the directories that listings are recognised by; the built-in ones where none is given.
        since: the file of an earlier audit to compare with; see `unlisted.audit.since`.

    Returns:
        What may be shown, and the records for letters. The same arguments give the same result.

    Raises:
        CardError: an installed check's card is wrong. Anything wrong with a source is a `NotChecked` in the result.
    """
    left_out = (
        [NotChecked(source="checks", reason=line) for line in registry.installed().broken] if checks is None else []
    )
    checks = registry.checks() if checks is None else checks
    register = directories() if register is None else register
    subject, unplaced = placed(subject)
    fetcher.add_typed(source.address for source in subject.sources if source.address)
    view = lens(subject)
    seen = gather(Tools(lens=view, register=register, fetcher=fetcher, now=now, progress=progress))
    seen.places, shown = drawn.draw(seen, subject)
    far = drawn.trips(seen, subject)
    findings, clear, failed = judge(seen, checks, subject, view.redactor)
    cards = {check.id: check.card for check in checks.values()}
    graph, plan = advise.plan(seen, findings, cards)
    result = AuditResult(
        made_on=now,
        country=subject.country,
        facts=tuple((fact.kind, fact.label) for fact in subject.facts),
        sources=tuple(seen.sources),
        findings=tuple(findings),
        clear=tuple(clear),
        not_checked=(*unplaced, *left_out, *seen.not_checked, *failed),
        places=shown,
        week=hours.week(seen.points, seen.times, subject),
        dropped_points=places.dropped(seen.points, zone=subject.timezone),
        knows=drawn.knows(seen, subject, rng),
        knows_of=drawn.knows_of(seen),
        photo_names=drawn.photo_names(seen, shown, far),
        habits=hours.habits(seen.points, seen.times, subject),
        trips=far,
        ways_in=advise.ways(graph, plan, findings),
        plan=advise.advice(plan, findings, cards, subject, now=now),
        graph=graph,
        cheapest=plan,
        letters=offers(seen.listings, subject=subject, register=register, now=now),
        support=support_for(subject.country),
        contacted=tuple(view.redactor.host(host) or "a site of yours" for host in fetcher.contacted),
    )
    if since is not None:
        both = Both(old=since, new=result, cards=cards, signs=Signs.of(seen), clean=view.redactor.clean)
        result = replace(result, since=compare(both))
    return Audited(result=result, listings=tuple(seen.listings))
