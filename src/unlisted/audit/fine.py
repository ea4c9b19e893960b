"""Where a check looked and found nothing: said only of sources in which it had something to look at or to compare."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Mapping
from typing import Any

from unlisted.audit.observed import Observed
from unlisted.audit.pictures import NO_PICTURES
from unlisted.data.rules import OPERATORS
from unlisted.model import Check, Clear, Control, SourceKind, SourceSummary, Subject
from unlisted.model.points import PRIVATE

LOOKS_AT = {
    "mention": {"page", "file", "account", "feed", "export"},
    "page": {"page", "file"},
    "listing": {"listing"},
    "photo": {"photos"},
    "place": {"photos", "export", "tracks", "account", "feed"},
}
"""On which kinds of source a check looks, by its evidence: only there can it say that it found nothing."""
LEVELS = ("area", "street", "same")
"""How much of a declared fact shows, the least first."""
PAIRS = frozenset({"accounts/same-email", "accounts/same-handle", "accounts/same-picture", "accounts/same-words"})
"""Checks whose finding is about two sources alike: neither is clear."""
HOLE = re.compile(r"\{(?:source|fact|other)\}")


def filled(template: str, words: Mapping[str, str | None]) -> str:
    """A card's sentence with its labels. Only these three places are filled: a card cannot reach anything else.

    `others` has the labels of several other sources as they are to be read, in place of the one in `other`.
    """
    shown = {
        "{source}": f"“{words.get('source')}”",
        "{fact}": words.get("fact") or "detail",
        "{other}": words.get("others") or f"“{words.get('other')}”",
    }
    return HOLE.sub(lambda hole: shown[hole.group()], template)


def fine(check: Check, observed: Observed, subject: Subject, flagged: Collection[str]) -> list[Clear]:
    """What a check can say that it did not find, by source. What was not declared cannot be found, so nothing is said of it.

    A place pattern is looked for over all photos at once.
    """
    card = check.card
    if card.asks and not subject.of_kind(*card.asks):
        return []
    sources = [source for source in observed.sources if looked(check, source, observed, subject)]
    if card.on == "place":
        sources = sources[:1] if not flagged else []
    else:
        shown = outdone(check, observed)
        sources = [source for source in sources if source.label not in flagged and source.label not in shown]
    return [
        Clear(check=check.id, source=source.label, title=filled(card.fine, {"source": source.label}))
        for source in sources
    ]


def looked(check: Check, source: SourceSummary, observed: Observed, subject: Subject) -> bool:
    """Whether a check had something to look at in a source."""
    kinds = {"listing"} if check.id.startswith("listings/") else LOOKS_AT[check.card.on]
    if not source.read or kind_of(source) not in kinds or source.label in observed.held:
        return False
    if check.card.on == "page" and source.label not in {page.source for page in observed.pages}:
        return False
    if check.card.on == "place" and not len(observed.points):
        return False
    needs = NEEDS.get(check.id)
    return applies(check.card.rule or {}, source) and (needs is None or needs(source, observed, subject))


def kind_of(source: SourceSummary) -> str:
    """What a source is looked at as: a page of a directory is a listing, however it was named."""
    return "listing" if source.directory else source.kind


def applies(rule: Mapping[str, Mapping[str, Any]], source: SourceSummary) -> bool:
    """Whether those lines of a rule can hold that are about the source alone: a rule for own pages finds nothing on others."""
    as_read = "account" if source.kind == SourceKind.EXPORT else kind_of(source)
    known = {"mine": own(source), "source_kind": as_read}
    return all(
        OPERATORS[operator](known[path], want)
        for path, test in rule.items()
        if path in known
        for operator, want in test.items()
    )


def own(source: SourceSummary) -> bool:
    """Whether a source is the person's own, as far as they say."""
    return source.control != Control.ABOUT_ME


def outdone(check: Check, observed: Observed) -> set[str]:
    """Sources that show as much of a declared fact or more than a check of one level looks for: a house tells its street."""
    rule = check.card.rule or {}
    level, kind = rule.get("level", {}).get("is"), rule.get("kind", {}).get("is")
    if level not in LEVELS:
        return set()
    least = LEVELS.index(level)
    return {
        one.source
        for one in observed.mentions
        if one.kind == kind and one.fact and one.level in LEVELS
        if max(LEVELS.index(one.level), LEVELS.index("street") * one.street_named) >= least
    }


def compared(observed: Observed, *, pictures: bool = False) -> set[str]:
    """The accounts that were held against each other: seen ones whose control was shown, and only where there are two or more."""
    proven = {source.label for source in observed.sources if source.control == Control.PROVEN and source.read}
    ours = {
        one.source.label
        for one in observed.accounts
        if one.source.label in proven and one.source.kind is SourceKind.ACCOUNT
        if not pictures or any(field.kind == "avatar" for field in one.account.fields)
    }
    if pictures:
        gaps = {gap.source for gap in observed.not_checked if gap.reason.startswith(NO_PICTURES)}
        ours = (ours | {one.source.label for one in observed.pictured}) - gaps
    return ours if len(ours) > 1 else set()


def among(source: SourceSummary, observed: Observed, _subject: Subject) -> bool:
    """The account was held against another one."""
    return source.label in compared(observed)


def pictured(source: SourceSummary, observed: Observed, _subject: Subject) -> bool:
    """The pictures of the account were held against those of another one."""
    return source.label in compared(observed, pictures=True)


def with_others(source: SourceSummary, observed: Observed, _subject: Subject) -> bool:
    """There is another source of the same kind."""
    return any(one.read and one.kind == source.kind and one.label != source.label for one in observed.sources)


def linkable(source: SourceSummary, _observed: Observed, subject: Subject) -> bool:
    """The person listed another page to which a link could lead."""
    return any(one.address and one.label != source.label for one in subject.sources)


def two_names(source: SourceSummary, _observed: Observed, subject: Subject) -> bool:
    """Two user names were declared, and the page is the person's own."""
    return own(source) and len(subject.of_kind("handle")) > 1


def placed(_source: SourceSummary, _observed: Observed, subject: Subject) -> bool:
    """A declared fact has a position to compare with."""
    return bool(subject.placed)


def went_out(source: SourceSummary, observed: Observed, subject: Subject) -> bool:
    """There are tracks that begin and end somewhere, and an address with a position."""
    return (
        bool(observed.outings)
        and source.kind in {SourceKind.TRACKS, SourceKind.EXPORT}
        and any(fact.kind == "address" for fact in subject.placed)
    )


def kept(_source: SourceSummary, observed: Observed, _subject: Subject) -> bool:
    """There is a history of places that only the account shows."""
    return any(flags & PRIVATE for flags in set(observed.points.flags))


def others_see(_source: SourceSummary, observed: Observed, _subject: Subject) -> bool:
    """There are places that others can see."""
    return not all(flags & PRIVATE for flags in set(observed.points.flags))


NEEDS: Mapping[str, Callable[[SourceSummary, Observed, Subject], bool]] = {
    "accounts/linked": linkable,
    "accounts/same-camera": with_others,
    "accounts/same-email": among,
    "accounts/same-handle": among,
    "accounts/same-picture": pictured,
    "accounts/same-words": among,
    "accounts/two-handles": two_names,
    "photos/home": placed,
    "places/history": kept,
    "places/home": lambda source, observed, subject: (
        others_see(source, observed, subject) and placed(source, observed, subject)
    ),
    "places/home-like": others_see,
    "places/regular": others_see,
    "places/track-ends": went_out,
    "places/track-zones": went_out,
    "places/work": others_see,
    "profiles/home-position": placed,
}
"""What a check must have had before it can say that it found nothing, where its card does not tell."""
