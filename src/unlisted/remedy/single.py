"""One letter that a person asks for by its kind: to whom, about which record, under which law, and what it would newly tell."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import partial

from unlisted.data.domains import host_of
from unlisted.data.loader import Register, laws
from unlisted.data.schema import Directory, Law
from unlisted.errors import BadInput
from unlisted.model import LetterOffer, Listing, Source, Subject
from unlisted.remedy import laws as law_book
from unlisted.remedy.authorities import authorities_of, recipient_of
from unlisted.remedy.choice import choose
from unlisted.remedy.kinds import KINDS, Kind
from unlisted.remedy.languages import BY_COUNTRY
from unlisted.remedy.laws import EEA
from unlisted.remedy.letters import Letter, write
from unlisted.remedy.plain import Guard
from unlisted.remedy.quote import person
from unlisted.remedy.recipient import Recipient
from unlisted.remedy.tongue import fitting, own

NO_LAW = ""
MAX_ASKED = 50
"""Facts about which a person is asked whether the letter may tell them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """A letter as it was asked for. `entry` is the directory that answers, where one is known.

    `law`: an entry to name, NO_LAW for none, None for one that fits. `language` None: the one that `theirs` finds.
    """

    kind: str
    recipient: Recipient
    entry: Directory | None = None
    records: tuple[Listing, ...] = ()
    law: str | None = None
    language: str | None = None
    earlier: tuple[str, date] | None = None


def record_of(source: Source, register: Register) -> Listing:
    """A record of which nothing is known but its address: nothing is looked up."""
    host = host_of(source.address or "") or ""
    entry = register.by_host(host) if host else None
    return Listing(source=source.label, directory=entry.id if entry else None, host=host)


def source_of(subject: Subject, label: str) -> Source:
    """The source of this label.

    Raises:
        BadInput: there is none, or it has no web address; the message lists those that have one.
    """
    labels = [source.label for source in subject.sources if source.address]
    found = next((source for source in subject.sources if source.label == label and source.address), None)
    if found is None:
        raise BadInput(f"no source of that label has a web address; there are: {', '.join(labels) or 'none'}")
    return found


def directory_of(register: Register, directory_id: str) -> Directory:
    """The directory of this id.

    Raises:
        BadInput: there is none; the message names a few whose id is alike.
    """
    found = register.by_id(directory_id)
    if found is None:
        alike = [entry.id for entry in register if directory_id[:4] and entry.id.startswith(directory_id[:4])][:5]
        raise BadInput("no directory has this id" + (f"; do you mean: {', '.join(alike)}" if alike else ""))
    return found


def site_of(record: Listing, register: Register) -> tuple[Recipient, Directory | None]:
    """The site that shows a record as a recipient, and its entry where it is known."""
    entry = register.by_id(record.directory) if record.directory else None
    return (Recipient.of(entry), entry) if entry else (Recipient(name=record.host, hosts=(record.host,)), None)


def authority_of(subject: Subject, authority_id: str | None) -> Recipient:
    """The authority that takes a complaint: the one of the person's country, or the one named.

    Raises:
        BadInput: there is none, or there are several to choose from.
    """
    there = authorities_of(subject.country)
    found = [entry for entry in there if authority_id in {None, entry.id}]
    if len(found) == 1:
        return recipient_of(found[0])
    if not there:
        raise BadInput(f"we know no authority of the country {subject.country}; name one with --recipient")
    raise BadInput(f"choose one with --authority: {', '.join(entry.id for entry in there)}")


def law_for(wish: Wish, subject: Subject) -> Law | None:
    """The law that the letter may name: the one asked for, the one that fits the directory, or one that holds for both sides."""
    if wish.law is not None:
        return law_book.law(wish.law) if wish.law != NO_LAW else None
    kind = KINDS.get(wish.kind)
    if kind is None:
        return None
    told = person(kind, subject, wish.recipient, wish.records, subject.allow)
    planned = choose(wish.entry, subject, state=told.state) if wish.entry else None
    if planned is not None and planned.law is not None and _gives(law_book.law(planned.law), kind):
        return law_book.law(planned.law)
    places = _places(wish, subject, told.state)
    fitting = [law for law in laws().values() if _gives(law, kind) and places & set(law.places)]
    return next((law for law in fitting if law_book.of_one_state(law)), next(iter(fitting), None))


def _gives(law: Law, kind: Kind) -> bool:
    return (not kind.laws or law.id in kind.laws) and any(right in law.cite for right in kind.rights)


def _places(wish: Wish, subject: Subject, state: str | None) -> set[str]:
    """Where both are: the recipient's country, or the person's own where the recipient is everywhere or nobody knows where."""
    home = subject.country.upper()
    theirs = {
        place.split("-")[0] for place in (wish.entry.countries if wish.entry else (wish.recipient.country or home,))
    }
    places = {home} if "all" in theirs or home in theirs else theirs
    of_state = {law_book.place_of(home, state)} if state and home in places else set()
    return places | of_state | ({"EU"} if places & EEA else set())


def draft(wish: Wish, *, subject: Subject, now: datetime, reference: str, allow: Sequence[str] | None = None) -> Letter:
    """The letter, with a copy in the person's own language where that is another one.

    `allow`: labels that were signed off (default: those of the subject file).

    Raises:
        BadInput: see `letters.write`.
    """
    known = replace(subject, allow=tuple(subject.allow if allow is None else allow))
    law = law_for(wish, known)
    named = law.id if law is not None else None
    made = partial(
        write,
        wish.kind,
        subject=known,
        recipient=wish.recipient,
        record=wish.records,
        law=law,
        now=now,
        reference=reference,
        allow=known.allow,
        earlier=wish.earlier,
    )
    letter = made(language=wish.language or theirs(wish, known, named))
    read = own(known, wish.kind, letter.law)
    return letter if read == letter.language else replace(letter, copy=made(language=read).text)


def theirs(wish: Wish, subject: Subject, law_id: str | None) -> str:
    """The language of a letter for which none was asked for: the recipient's, else that of the recipient's country.

    A club, a school or a police station that somebody names by hand is likely one of their own country: the person's own language.
    """
    recipient = wish.recipient
    known = recipient.language or (BY_COUNTRY.get(recipient.country or "") if wish.entry is None else None)
    by_hand = wish.entry is None and not (recipient.country or recipient.hosts or known)
    return own(subject, wish.kind, law_id) if by_hand else fitting(known, wish.kind, law_id)


def unsigned(wish: Wish, *, subject: Subject, now: datetime, reference: str, allow: Sequence[str]) -> tuple[str, ...]:
    """The labels that this letter could tell and its recipient may not know yet, as far as nobody has signed them off."""
    labels = dict.fromkeys(
        [*(fact.label for fact in subject.facts if not fact.secret), *(record.source for record in wish.records)]
    )
    asked = [label for label in labels if label not in allow][:MAX_ASKED]
    return tuple(label for label in asked if label in _told(wish, subject, now, reference, (*allow, label)))


def _told(wish: Wish, subject: Subject, now: datetime, reference: str, allow: Sequence[str]) -> Iterable[str]:
    return draft(wish, subject=subject, now=now, reference=reference, allow=allow).disclosed


def offer(wish: Wish, subject: Subject) -> LetterOffer:
    """The letter as a file name, a table or a tracker may show it: without any value."""
    source = wish.records[0].source if wish.records else ""
    hidden = Guard.against(subject.facts).holds(wish.recipient.name)
    name = (f"the site of {source}" if source else "someone") if hidden else wish.recipient.name
    return LetterOffer(
        recipient=name,
        kind=wish.kind,
        source=source,
        file_name=f"letter-{wish.kind}-{wish.entry.id if wish.entry else 'site'}.txt",
        directory=wish.entry.id if wish.entry else None,
    )
