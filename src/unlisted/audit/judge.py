"""Evidence to findings: runs every check on every piece of evidence of its kind, and names by label what came out."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from unlisted.audit.fine import PAIRS, filled, fine
from unlisted.audit.observed import Observed
from unlisted.audit.where import Redactor, fact_words, listed
from unlisted.model import (
    JSON_KINDS,
    Card,
    Check,
    Clear,
    Finding,
    Hit,
    Mention,
    NotChecked,
    PhotoSeen,
    PlaceSeen,
    Priority,
    Subject,
    certainty_word,
    fingerprint,
)

__all__ = ["RANK", "filled", "judge"]

RANK = {Priority.NOW: 0, Priority.SOON: 1, Priority.LATER: 2, Priority.FINE: 3}


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """One hit with the evidence that it rests on."""

    hit: Hit
    evidence: Any = field(repr=False)


def source_of(evidence: Any) -> str:
    """The label of the source that a piece of evidence belongs to; a place belongs to the first of its own."""
    return evidence.sources[0] if isinstance(evidence, PlaceSeen) else str(evidence.source)


def run(check: Check, observed: Observed, subject: Subject) -> tuple[list[Seen], list[NotChecked]]:
    """All hits of one check. A check that fails costs its own answer, and that is said."""
    hits: list[Seen] = []
    failed: dict[str, NotChecked] = {}
    for evidence in observed.of(check.card.on):
        try:
            hits += [Seen(hit=sound(hit), evidence=evidence) for hit in check.run(evidence, subject)]
        except (Exception, SystemExit) as error:  # noqa: BLE001  (a check may be anybody's; its message may hold a value)
            source = source_of(evidence)
            reason = f"this check stopped with an error ({type(error).__name__})"
            failed[source] = NotChecked(source=source, check=check.id, reason=reason)
    return hits, list(failed.values())


def sound(hit: object) -> Hit:
    """The hit, if it is one and its kind is of the closed list; raises TypeError: a value must not pass as a kind."""
    if not isinstance(hit, Hit) or hit.kind not in {*JSON_KINDS, ""}:
        raise TypeError
    return hit


def score_of(seen: Seen, card: Card) -> float:
    """How sure a hit is: its own word, else the evidence's, else the card's."""
    inner = getattr(seen.evidence, "place", None)
    offered = (seen.hit.certainty, card.certainty, getattr(seen.evidence, "certainty", None))
    scores = [score for score in (*offered, getattr(inner, "certainty", None)) if score is not None]
    own = seen.hit.certainty
    return own if own is not None else min(scores, default=0.95)


def where_of(evidence: Any, redactor: Redactor) -> str:
    """Where one piece of evidence stands."""
    if isinstance(evidence, Mention):
        return redactor.where(evidence.locator)
    if isinstance(evidence, PhotoSeen):
        return evidence.name or f"photo {evidence.number}"
    if isinstance(evidence, PlaceSeen):
        number = len(evidence.place.evidence)
        return "1 photo or post" if number == 1 else f"{number} photos or posts"
    return "the record about you" if hasattr(evidence, "directory") else "the page"


def evidence_names(evidence: Any) -> tuple[str, ...]:
    """The names of evidence within the run."""
    if isinstance(evidence, PlaceSeen):
        return evidence.place.evidence
    return (f"{evidence.source}#{evidence.number}",) if isinstance(evidence, PhotoSeen) else ()


def finding(card: Card, group: Sequence[Seen], redactor: Redactor) -> Finding | None:
    """One finding from the hits of a check about one fact in one source; None where they are below the floor."""
    score = max(score_of(seen, card) for seen in group)
    word = certainty_word(score)
    if word is None:
        return None
    first, source = group[0], source_of(group[0].evidence)
    fact = first.hit.fact
    other = getattr(first.evidence, "other", None)
    words = {"source": source, "fact": fact_words(fact) if fact else None, "other": other}
    label = fact.label if fact else None
    locator = f"{getattr(getattr(first.evidence, 'locator', None), 'part', card.on)}|{other or ''}"
    return Finding(
        check=card.id,
        source=source,
        where=listed([where_of(seen.evidence, redactor) for seen in group]),
        kind=first.hit.kind or card.kind,
        fact=label,
        priority=min((seen.hit.severity or card.severity for seen in group), key=RANK.__getitem__),
        certainty=word,
        score=score,
        title=filled(card.title, words),
        learns=filled(card.learns, words),
        fingerprint=fingerprint(check=card.id, source=source, locator=locator, fact=label, ordinal=letter(first)),
        level=getattr(first.evidence, "level", None),
        count=sum(seen.hit.count for seen in group),
        detail=getattr(first.evidence, "detail", None),
        gives=card.gives if first.hit.gives is None else first.hit.gives,
        other=other,
        evidence=tuple(name for seen in group for name in evidence_names(seen.evidence)),
    )


def letter(seen: Seen) -> int:
    """The ordinal within a source: of an undeclared place its rank, else 0."""
    return seen.evidence.rank if isinstance(seen.evidence, PlaceSeen) and seen.hit.fact is None else 0


def grouped(hits: Iterable[Seen]) -> list[list[Seen]]:
    """Hits that are one finding: the same source, fact, kind and link."""
    groups: dict[tuple[object, ...], list[Seen]] = defaultdict(list)
    for seen in hits:
        fact = seen.hit.fact.label if seen.hit.fact else None
        other = getattr(seen.evidence, "other", None)
        groups[source_of(seen.evidence), fact, seen.hit.kind, other, letter(seen)].append(seen)
    return list(groups.values())


def judge(
    observed: Observed, checks: Mapping[str, Check], subject: Subject, redactor: Redactor
) -> tuple[list[Finding], list[Clear], list[NotChecked]]:
    """(findings, most pressing first; what was looked at and is fine; checks that failed)."""
    findings: list[Finding] = []
    clear: list[Clear] = []
    failed: list[NotChecked] = []
    for check in checks.values():
        hits, broken = run(check, observed, subject)
        made = [item for group in grouped(hits) if (item := finding(check.card, group, redactor))]
        findings += made
        failed += broken
        flagged = {item.source for item in made} | {item.source for item in broken}
        flagged |= {item.other for item in made if item.other and check.id in PAIRS}
        clear += fine(check, observed, subject, flagged)
    findings.sort(key=lambda item: (RANK[item.priority], -item.score, item.check, item.source, item.fact or ""))
    return findings, clear, failed
