"""This audit beside an earlier one, finding by finding: fixed, still there, changed, could not look, new.

"Fixed" is said only of a source that both audits looked at in full, that is still the same one, and whose owner is known:
everything else is "could not look", with the reason.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import cache
from pathlib import Path

from pydantic import ValidationError

from unlisted.audit.doubt import Signs
from unlisted.audit.fine import filled
from unlisted.audit.where import fact_words
from unlisted.data.loader import platforms
from unlisted.errors import BadInput
from unlisted.model import AuditResult, Card, Change, Control, Fact, Finding, Since, SourceSummary, State
from unlisted.report.schema import AuditShape, FindingShape, SourceShape

MAX_OLD = 20_000_000
"""Bytes of an earlier file: about twenty times what an audit with a thousand findings writes."""
VERSION = "1"

OWN_FILES = frozenset({"photos", "export", "tracks"})
"""Kinds that are files of the person: as many must be there as last time, and there is no page that could have moved."""
JOINING = frozenset({"accounts", "places"})
"""Families of checks that draw on several sources at once: one that is missing can hide what it shares with the others."""

NO_PROOF = "there is no proof that this page is yours"
NOT_IN = "this source is not in this audit"
OTHER_KIND = "this source is of another kind than last time"
OTHER_SITE = "this source is on another site than last time"
NO_FACT = "you did not tell us this fact this time"
NO_CHECK = "this check was not part of this audit"
CHECK_FAILED = "this check stopped with an error"
PARTLY = "not all of it could be read"
FEWER = "it holds fewer files than last time"
NO_SIGN = "nothing on the page says that it is still the same one"
SHAPELESS = "the page no longer has a form in which we can look for this"
OTHERS = "it rests on several sources, and we could not look at all of them"
NAMED = "something about you still stands on the page"
UNNAMED = "a source of last time"
UNKNOWN_CHECK = "A check that is not part of this audit found something"
LONGEST_LABEL = 200
"""Characters of a label of the old file that are shown."""

ELSEWHERE = "it stands in another spot now"
PRESSING = "it is more or less pressing than last time"
SURER = "we are more or less sure than last time"
SHOWS = "it shows in another way now"
FIRST_LOOK = "we did not look here last time"

_ORDINAL = re.compile(r"\b(paragraph|heading|photo) \d{1,9}\b")

ORDER = {state: rank for rank, state in enumerate(State)}


def load(path: str) -> AuditShape:
    """The JSON file of an earlier audit. Raises BadInput, in one line that repeats nothing of its content."""
    try:
        if not Path(path).is_file():
            raise BadInput(f"{path}: there is no such file")
        with Path(path).open("rb") as file:
            data = file.read(MAX_OLD + 1)
    except (OSError, ValueError):
        raise BadInput(f"{path} cannot be opened") from None
    if len(data) > MAX_OLD:
        raise BadInput(f"{path} is larger than {MAX_OLD // 1_000_000} MB: it is no file of `unlisted audit --json`")
    try:
        old = AuditShape.model_validate_json(data)
    except (ValidationError, RecursionError):
        raise BadInput(f"{path} is not a file that `unlisted audit --json` wrote, or it was changed") from None
    if old.version != VERSION:
        raise BadInput(f"{path} was written by another version of this program: make it again")
    return old


def refuse_later(old: AuditShape, now: datetime) -> None:
    """Only an earlier audit can be compared with. Raises BadInput."""
    if aware(old.made_on) > now:
        raise BadInput("--since: that audit is from later than now; give the file of an earlier one")


def aware(moment: datetime) -> datetime:
    """The moment with a zone."""
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


@dataclass(frozen=True, slots=True, kw_only=True)
class Both:
    """The two audits, ready to be compared. `clean` says whether a word of the old file may be repeated."""

    old: AuditShape
    new: AuditResult
    cards: Mapping[str, Card]
    signs: Signs = field(repr=False)
    clean: Callable[[str], bool] = field(repr=False)

    @property
    def sources(self) -> Mapping[str, SourceSummary]:
        """The sources of this audit by label."""
        return {source.label: source for source in self.new.sources}


def compare(both: Both) -> Since:
    """What became of every finding of the old audit, and what is new."""
    doubts = {source.label: doubt_about(source, both) for source in both.old.sources}
    before = {one.fingerprint: one for one in both.old.findings}
    pairs = paired(before, both.new.findings)
    changes = [
        seen_again(one, pairs[name], doubts.get(one.source, NOT_IN))
        if name in pairs
        else not_seen(one, reason_for(one, both, doubts), both)
        for name, one in before.items()
    ]
    used = {one.fingerprint for one in pairs.values()}
    changes += newly_found([one for one in both.new.findings if one.fingerprint not in used], both)
    alike = set(doubts) == set(both.sources) and not any(doubts.values())
    return Since(
        made_on=aware(both.old.made_on),
        changes=tuple(sorted(changes, key=lambda one: (ORDER[one.state], one.source, one.title, one.fingerprint))),
        ways_then=len(both.old.ways_in) if alike else None,
        ways_then_least=alike and bool(both.old.ways_cut),
    )


def paired(before: Mapping[str, FindingShape], found: Sequence[Finding]) -> dict[str, Finding]:
    """Old fingerprint to the finding of this audit that is the same, or the same thing seen in another way.

    A number that was nobody's and is now declared, or a house that is now only a street, is no fix.
    """
    by_print = {one.fingerprint: one for one in found}
    pairs = {name: by_print[name] for name in before if name in by_print}
    free: dict[tuple[str, str], list[Finding]] = defaultdict(list)
    for one in found:
        if one.fingerprint not in pairs:
            free[one.source, one.kind].append(one)
    for name, old in before.items():
        rest = free[old.source, old.kind] if name not in pairs else []
        like = next((one for one in rest if None in {one.fact, old.fact} or one.fact == old.fact), None)
        if like is not None:
            pairs[name] = like
            rest.remove(like)
    return pairs


def compared(source: SourceSummary) -> bool:
    """Whether anyone may follow this source over time: own files, a listing's own address, or proof of control."""
    own = source.kind in OWN_FILES or source.kind == "file"
    listed = source.directory is not None or (source.kind == "listing" and not on_platform(source.host))
    return own or listed or source.control == Control.PROVEN


def on_platform(host: str | None) -> bool:
    """Whether a host is one where people have accounts: a profile is no record of a directory, whatever it is called."""
    labels = (host or "").split(".")
    return not account_domains().isdisjoint(".".join(labels[start:]) for start in range(len(labels)))


@cache
def account_domains() -> frozenset[str]:
    """The domains of the platforms that we know."""
    return frozenset(domain for platform in platforms().values() for domain in platform.domains)


def doubt_about(old: SourceShape, both: Both) -> str | None:
    """Why a finding that is gone from this source may be there all the same, or None."""
    new = both.sources.get(old.label)
    if new is None:
        return NOT_IN
    gaps = [one.reason for one in both.new.not_checked if one.source == new.label and one.check is None]
    if not compared(new):
        return NO_PROOF
    if not new.read:
        return gaps[0] if gaps else PARTLY
    own = new.kind in OWN_FILES
    reasons = (
        (old.kind != new.kind, OTHER_KIND),
        (old.host != new.host, OTHER_SITE),
        (new.doubt is not None, new.doubt),
        (new.read < new.found or gaps or new.label in both.signs.partial, PARTLY),
        (own and new.found < old.found, FEWER),
        (not own and new.label not in both.signs.known, NO_SIGN),
    )
    return next((reason for holds, reason in reasons if holds), None)


def reason_for(old: FindingShape, both: Both, doubts: Mapping[str, str | None]) -> str | None:
    """Why nobody can say that this finding is gone, or None where it is."""
    if doubt := doubts.get(old.source, NOT_IN):
        return doubt
    family = old.check.split("/")[0]
    others = [doubts[one.label] for one in both.old.sources if family != "places" or one.kind in OWN_FILES]
    failed = {one.check for one in both.new.not_checked if one.source == old.source}
    reasons = (
        (old.check not in both.cards, NO_CHECK),
        (old.check in failed, CHECK_FAILED),
        (old.fact is not None and old.fact not in {label for _, label in both.new.facts}, NO_FACT),
        (family in JOINING and any(others), OTHERS),
        (about_record(old, both) and old.source not in both.signs.gone, NAMED),
        (old.fact is None and old.source in both.signs.shapeless, SHAPELESS),
    )
    return next((reason for holds, reason in reasons if holds), None)


def about_record(old: FindingShape, both: Both) -> bool:
    """Whether a finding is about a directory's record as a whole: that is gone only where the page says so."""
    card = both.cards.get(old.check)
    return card is not None and card.on == "listing"


def seen_again(old: FindingShape, new: Finding, doubt: str | None) -> Change:
    """A finding of both audits. Nobody follows over time a page that is not proven to be theirs."""
    reason = NO_PROOF if doubt == NO_PROOF else difference(old, new)
    state = State.UNSEEN if doubt == NO_PROOF else State.CHANGED if reason else State.STILL
    return Change(
        state=state,
        source=new.source,
        title=new.title,
        fingerprint=new.fingerprint,
        check=new.check,
        fact=new.fact,
        where=None if state is State.UNSEEN else new.where,
        reason=reason,
    )


def difference(old: FindingShape, new: Finding) -> str | None:
    """What is not as it was."""
    reasons = (
        (old.fingerprint != new.fingerprint, SHOWS),
        (old.priority != new.priority.value, PRESSING),
        (old.certainty != new.certainty.value, SURER),
        (spot(old.where) != spot(new.where), ELSEWHERE),
    )
    return next((reason for holds, reason in reasons if holds), None)


def spot(where: str) -> str:
    """Where something stands without its numbers in a row: they shift when a paragraph before it is taken out."""
    return _ORDINAL.sub(r"\1", where)


def not_seen(old: FindingShape, reason: str | None, both: Both) -> Change:
    """A finding of the old audit alone. Of its words only labels are shown, and only those that hold no value."""
    card = both.cards.get(old.check)
    facts = {label: fact_words(Fact(kind=kind, label=label)) for kind, label in both.new.facts}
    known = old.source in both.sources or (len(old.source) <= LONGEST_LABEL and both.clean(old.source))
    source = old.source if known else UNNAMED
    words = {"source": source, "fact": facts.get(old.fact or ""), "other": "another source"}
    return Change(
        state=State.UNSEEN if reason else State.FIXED,
        source=source,
        title=filled(card.title, words) if card else UNKNOWN_CHECK,
        fingerprint=old.fingerprint,
        check=card.id if card else "",
        fact=old.fact if old.fact in facts else None,
        reason=reason,
    )


def newly_found(found: Sequence[Finding], both: Both) -> Iterator[Change]:
    """What only this audit found, in sources that may be followed over time."""
    read = {source.label: source.read for source in both.old.sources}
    for one in found:
        source = both.sources.get(one.source)
        if source is not None and compared(source):
            yield Change(
                state=State.NEW,
                source=one.source,
                title=one.title,
                fingerprint=one.fingerprint,
                check=one.check,
                fact=one.fact,
                where=one.where,
                reason=None if read.get(one.source) else FIRST_LOOK,
            )
