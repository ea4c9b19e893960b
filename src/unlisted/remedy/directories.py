"""From listings to letters: for each record of a known or unknown directory, the fewest requests that cover them all."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from functools import partial
from random import Random

from unlisted.data.freshness import age_words, quality_words, stale
from unlisted.data.loader import Register
from unlisted.data.schema import Directory
from unlisted.model import LetterOffer, Listing, Subject
from unlisted.remedy.choice import POLITE, LetterPlan, choose
from unlisted.remedy.kinds import KINDS
from unlisted.remedy.languages import spoken
from unlisted.remedy.letters import Letter, new_reference, write
from unlisted.remedy.plain import Guard
from unlisted.remedy.quote import person
from unlisted.remedy.recipient import Recipient
from unlisted.remedy.tongue import fitting, own

MAX_LETTERS = 500
_UNKNOWN = LetterPlan(
    kind=POLITE,
    steps=(
        "We do not know this site. Look on it for a contact or a removal page.",
        "Send the letter only to an address that the site itself names.",
        "Open the page again in two weeks, to see if it is gone.",
    ),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """One request: the listings that it covers, who answers for them (None: not known), and the letter that fits."""

    listings: tuple[Listing, ...]
    entry: Directory | None
    covered: tuple[Directory, ...] = ()
    plan: LetterPlan


def requests(listings: Sequence[Listing], *, subject: Subject, register: Register) -> tuple[Request, ...]:
    """The fewest requests: listings of one owner go together where removal at the owner is known to work."""
    groups: dict[tuple[str, str], list[Listing]] = {}
    for listing in listings[:MAX_LETTERS]:
        groups.setdefault(_group(listing, register), []).append(listing)
    return tuple(_request(tuple(group), subject=subject, register=register) for group in groups.values())


def _entry(listing: Listing, register: Register, country: str | None = None) -> Directory | None:
    known = register.by_id(listing.directory) if listing.directory else None
    return known or register.by_host(listing.host, country=country)


def _group(listing: Listing, register: Register) -> tuple[str, str]:
    entry = _entry(listing, register)
    if entry is None:
        return ("host", listing.host)
    return ("directory", _owner_to_ask(entry) or entry.id)


def _owner_to_ask(entry: Directory) -> str | None:
    """The entry of the owner where a request there is known to cover this site; not where sources name different owners."""
    covers = entry.removal_at_parent is True or entry.state == "merged"
    return entry.parent if covers and "owner_disputed" not in entry.flags else None


def _request(listings: tuple[Listing, ...], *, subject: Subject, register: Register) -> Request:
    entries = tuple(
        dict.fromkeys(entry for each in listings if (entry := _entry(each, register, subject.country)) is not None)
    )
    if not entries:
        return Request(listings=listings, entry=None, plan=_UNKNOWN)
    answering = _answering(entries, register)
    told = person(KINDS["optout"], subject, Recipient.of(answering, *entries), listings, subject.allow)
    plan = choose(answering, subject, state=told.state)
    return Request(listings=listings, entry=answering, covered=entries, plan=plan)


def _answering(entries: tuple[Directory, ...], register: Register) -> Directory:
    """Who is written to: the owner where removal there is known to work and an address of it is known; else the first."""
    first = entries[0]
    owner = _owner_to_ask(first)
    parent = register.by_id(owner) if owner is not None else None
    reachable = parent is not None and (parent.email or parent.post or parent.opt_out_url)
    return parent if parent is not None and reachable else first


def offers(
    listings: Sequence[Listing], *, subject: Subject, register: Register, now: datetime
) -> tuple[LetterOffer, ...]:
    """A letter for each request, by recipient and file name, without any value; `file_name` is empty where steps stand instead."""
    found = requests(listings, subject=subject, register=register)
    return tuple(_offer(number, request, subject, now) for number, request in enumerate(found, 1))


def letters(
    listings: Sequence[Listing],
    *,
    subject: Subject,
    register: Register,
    now: datetime,
    rng: Random,
    their_language: bool = True,
) -> tuple[tuple[LetterOffer, Letter], ...]:
    """The letters themselves, each with its offer: for the person alone, and only where they asked.

    Each is in the recipient's language where we have words in it (`their_language` False: in English), with a copy in the
    person's own to read where that is another one.
    """
    found = requests(listings, subject=subject, register=register)
    return tuple(
        (_offer(number, request, subject, now), _letter(request, subject, now, rng, their_language=their_language))
        for number, request in enumerate(found, 1)
        if request.plan.kind is not None
    )


def _offer(number: int, request: Request, subject: Subject, now: datetime) -> LetterOffer:
    name = f"letter-{number:02d}-{request.entry.id if request.entry else 'site'}.txt"
    return LetterOffer(
        recipient=_shown_recipient(request, subject),
        kind=request.plan.kind or "steps",
        source=request.listings[0].source,
        file_name=name if request.plan.kind else "",
        directory=request.entry.id if request.entry else None,
        checked=checked_words(request.entry, now),
        steps=(*_covers(request), *request.plan.steps),
    )


_QUALITY = {
    "tested": "Tested",
    "verified": "Verified",
    "scraped": "Collected by a program",
    "imported": "Taken from a list",
}


def checked_words(entry: Directory | None, now: datetime) -> str:
    """How good and how old our knowledge of a directory is: "Taken from a list, checked 5 months ago. It may be out of date."."""
    if entry is None:
        return "This site is not in our list."
    words = f"{_QUALITY[quality_words(entry, now)]}, {age_words(entry.last_verified, now)}."
    return f"{words} It may be out of date." if stale(entry.last_verified, now) else words


def _covers(request: Request) -> tuple[str, ...]:
    """Which other listings one letter covers, by their labels."""
    labels = list(dict.fromkeys(listing.source for listing in request.listings))
    return (f"This one letter covers: {', '.join(labels)}.",) if len(labels) > 1 else ()


def _shown_recipient(request: Request, subject: Subject) -> str:
    """The recipient as a report may name it: a host that holds a declared fact is named by its source."""
    if request.entry is not None:
        return request.entry.name
    listing = request.listings[0]
    return f"the site of {listing.source}" if Guard.against(subject.facts).holds(listing.host) else listing.host


def _letter(request: Request, subject: Subject, now: datetime, rng: Random, *, their_language: bool) -> Letter:
    host = request.listings[0].host
    kind = request.plan.kind or POLITE
    entry = request.entry
    draft = partial(
        write,
        kind,
        subject=subject,
        recipient=Recipient.of(entry, *request.covered) if entry else Recipient(name=host, hosts=(host,)),
        record=request.listings,
        law=request.plan.law,
        now=now,
        reference=new_reference(rng),
        allow=subject.allow,
    )
    theirs = spoken(entry) if entry and their_language else None
    made = draft(language=fitting(theirs, kind, request.plan.law))
    read = own(subject, kind, made.law)
    return made if read == made.language else replace(made, copy=draft(language=read).text)
