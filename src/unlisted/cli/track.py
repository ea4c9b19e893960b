"""`unlisted track FILE`: what was asked, what is due, what came of it. Nothing is kept but in the file that is named."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import replace
from datetime import UTC, datetime, time
from pathlib import Path

from unlisted.audit import recheck
from unlisted.cli import letter as letters
from unlisted.cli import refuse
from unlisted.cli.audit import show_hosts
from unlisted.data.loader import Register, directories
from unlisted.data.schema import Directory
from unlisted.errors import BadInput
from unlisted.model import LetterOffer, Listing, Source, Subject
from unlisted.remedy import forms, single
from unlisted.remedy.kinds import KINDS
from unlisted.remedy.laws import deadline, law
from unlisted.remedy.letters import REFERENCE, Letter
from unlisted.remedy.plain import one_line
from unlisted.remedy.recipient import Recipient
from unlisted.remedy.single import Wish
from unlisted.remedy.tracker import Seen, Status, Tracked, Tracker
from unlisted.report.write import write_whole
from unlisted.sources.fetch import Fetcher

DO = {
    "remind": "write a reminder: unlisted track {file} remind {reference} --subject me.toml",
    "complain": "complain to {complain_to}: unlisted track {file} complain {reference} --subject me.toml",
    "look again": "look at the page: unlisted track {file} look {reference} --subject me.toml",
}
ANSWERS = {
    "open": Status.OPEN,
    "in-progress": Status.IN_PROGRESS,
    "asked-for-more": Status.ASKED_FOR_MORE,
    "fulfilled": Status.FULFILLED,
    "denied": Status.DENIED,
    "expired": Status.EXPIRED,
    "taken-back": Status.REVOKED,
}
"""What a person types for an answer."""
CALENDAR = b"BEGIN:VCALENDAR"
"""How a calendar begins."""
SAVE_AGAIN = (
    "you gave this page as a saved file, and that is not newer than the letter; save the page again, then look again. "
    "We open it online only if you take the line with file = out"
)
"""Why a saved file is no look: what the page showed before the letter says nothing about an answer."""
LONGER = "needs-longer"
"""What a person types where they said in time that they need longer."""
SAID = {status: word.replace("-", " ") for word, status in ANSWERS.items()}


def run(args: argparse.Namespace) -> int:
    """The command; its exit code."""
    path = Path(args.file)
    if args.action != "add" and not path.is_file():
        raise BadInput(
            f"{path}: there is no such file yet; `unlisted track {path} add` or `unlisted letter --track` makes it"
        )
    with Tracker(path) as tracker:
        ACTIONS[args.action](tracker, args)
    return 0


def today(args: argparse.Namespace) -> datetime:
    """Now, or the day that was named."""
    if args.on is None:
        return datetime.now(UTC)
    return datetime.combine(letters.day(args.on), time(), UTC)


def needed(value: str | None, what: str) -> str:
    """What this action cannot do without."""
    if not value:
        raise BadInput(f"this needs {what}")
    return value


def one(tracker: Tracker, reference: str | None) -> Tracked:
    """The request of this reference."""
    wanted = needed(reference, "the reference of a request; `unlisted track FILE list` shows them")
    found = next((request for request in tracker.requests() if request.reference == wanted), None)
    if found is None:
        raise BadInput("no request with this reference is kept in the file")
    return found


def add(tracker: Tracker, args: argparse.Namespace) -> None:
    """Keep a request that was sent in another way, or whose letter was written by `audit --letters`."""
    reference = needed(args.reference, "the reference of the letter")
    kind = needed(args.kind, "--kind, the kind of the letter")
    if REFERENCE.fullmatch(reference) is None:
        raise BadInput("a letter's reference is 4 to 40 letters, digits and hyphens")
    if kind not in KINDS:
        raise BadInput(f"there is no letter of this kind; there are: {', '.join(KINDS)}")
    now = today(args)
    name = one_line(needed(args.recipient, "--recipient, who got the letter"))
    statute = law(args.law) if args.law else None
    sent = Letter(
        kind=kind,
        recipient=name,
        to=None,
        subject_line="",
        text="",
        reference=reference,
        answer_by=deadline(statute, now.date()) if statute else None,
        law=args.law,
    )
    label = args.record or ""
    tracker.add(LetterOffer(recipient=name, kind=kind, source=label, file_name=""), sent, now=now)
    print(f"Kept: {reference}")


def listed(tracker: Tracker, _args: argparse.Namespace) -> None:
    """All requests, a line each."""
    for request in tracker.requests():
        print(line(request))


def line(request: Tracked) -> str:
    """One request: to whom, what about, where it stands."""
    about = f" about “{request.source}”" if request.source else ""
    answer = SAID[request.status] + (f" ({request.reason})" if request.reason else "")
    return (
        f"{request.reference}  {request.recipient}{about}: {request.words}; {answer}; look again on {request.look_on}"
    )


def due(tracker: Tracker, args: argparse.Namespace) -> None:
    """What is to do on this day."""
    found = tracker.due(today(args))
    if not found:
        print("Nothing is due.")
    for each in found:
        todo = DO[each.action].format(file=args.file, reference=each.reference, complain_to=each.complain_to)
        print(f"{each.reference}  since {each.since}: {todo}")


def answer(tracker: Tracker, args: argparse.Namespace) -> None:
    """Keep what they answered."""
    request = one(tracker, args.reference)
    words = ", ".join((*ANSWERS, LONGER))
    word = needed(args.answer, f"an answer: {words}")
    if word == LONGER:
        tracker.extended(request.reference, now=today(args))
    elif word in ANSWERS:
        tracker.answer(request.reference, ANSWERS[word], now=today(args), reason=args.reason)
    else:
        raise BadInput(f"there is no such answer; there are: {words}")
    print(line(one(tracker, request.reference)))


def calendar(tracker: Tracker, args: argparse.Namespace) -> None:
    """Reminders for a calendar: of every request that waits for an answer."""
    waiting = [(each.reference, each.look_on) for each in tracker.requests() if each.waiting]
    data = forms.calendar(waiting, now=today(args))
    if args.out is None:
        sys.stdout.write(data.decode("ascii"))
    else:
        refuse.strange("out", Path(args.out), CALENDAR)
        write_whole(Path(args.out), data)
        print(f"Written: {args.out}")


def look(tracker: Tracker, args: argparse.Namespace) -> None:
    """Open the pages of the requests again, and keep what they show. Without a reference: of all that are not gone yet."""
    subject = known(args)
    requests = [one(tracker, args.reference)] if args.reference else open_ones(tracker)
    sources = {each.source: single.source_of(subject, each.source) for each in requests if each.source}
    now = today(args)
    show_hosts(replace(subject, sources=tuple(sources.values())))
    with Fetcher(typed=[each.address for each in sources.values() if each.address and each.path is None]) as fetcher:
        for request in requests:
            if request.source not in sources:
                print(f"{request.reference}  no page is kept for this one")
                continue
            seen = looked(sources[request.source], request, subject, fetcher, now)
            tracker.look(request.reference, seen.seen, now=now)
            print(f"{request.reference}  {seen.seen}: {seen.reason}")


def looked(source: Source, request: Tracked, subject: Subject, fetcher: Fetcher, now: datetime) -> recheck.Look:
    """What the page shows now. One that was given as a saved file is not fetched: a file saved since the letter is looked at."""
    if source.path is not None:
        with suppress(OSError):  # a file that is not there is told by the look
            if datetime.fromtimestamp(Path(source.path).stat().st_mtime, UTC).date() <= request.asked_on:
                return recheck.Look(seen=Seen.COULD_NOT_LOOK, reason=SAVE_AGAIN)
    return recheck.look(source, subject=subject, fetcher=fetcher, now=now)


def open_ones(tracker: Tracker) -> list[Tracked]:
    """The requests whose page is not known to be gone and that were not taken back."""
    return [each for each in tracker.requests() if each.seen is not Seen.GONE and each.status is not Status.REVOKED]


def known(args: argparse.Namespace) -> Subject:
    """The subject: what is looked for, and where."""
    return letters.load(needed(args.subject, "--subject, the subject file"))


def follow(kind: str, tracker: Tracker, args: argparse.Namespace) -> Tracked:
    """Write the letter that follows a request, under the same reference."""
    request, subject = one(tracker, args.reference), known(args)
    register = directories()
    labels = {source.label for source in subject.sources if source.address}
    source = single.source_of(subject, request.source) if request.source in labels else None
    records = (single.record_of(source, register),) if source else ()
    if kind == "complaint":
        named = Recipient(name=args.recipient, elsewhere=True) if args.recipient else None
        recipient, entry = named or single.authority_of(subject, args.authority), None
    else:
        recipient, entry = again(request, records, register)
    wish = Wish(
        kind=kind,
        recipient=recipient,
        entry=entry,
        records=records,
        law=request.law or (single.NO_LAW if kind == "reminder" else None),
        language=args.language,
        earlier=(request.reference, request.asked_on),
    )
    letters.finish(wish, subject, args, reference=request.reference, now=today(args))
    return request


def again(request: Tracked, records: Sequence[Listing], register: Register) -> tuple[Recipient, Directory | None]:
    """Whoever got the first letter: the site that shows the record, another directory by its name, or a name alone."""
    if request.kind in KINDS and KINDS[request.kind].third_party:
        return Recipient(name=request.recipient, elsewhere=True), None
    site, entry = single.site_of(records[0], register) if records else (None, None)
    if site is not None and request.recipient in {site.name, f"the site of {request.source}"}:
        return site, entry
    owner = next((each for each in register if each.name == request.recipient), None)
    if owner is not None:
        return Recipient.of(owner, *([entry] if entry and entry.parent == owner.id else [])), owner
    return Recipient(name=request.recipient), None


def remind(tracker: Tracker, args: argparse.Namespace) -> None:
    """Write a reminder, and keep that it was written."""
    request = follow("reminder", tracker, args)
    tracker.reminded(request.reference, now=today(args))


def complain(tracker: Tracker, args: argparse.Namespace) -> None:
    """Write a complaint to the authority, and keep that it was written."""
    request = follow("complaint", tracker, args)
    tracker.complained(request.reference, now=today(args))


ACTIONS: Mapping[str, Callable[[Tracker, argparse.Namespace], None]] = {
    "add": add,
    "list": listed,
    "due": due,
    "answer": answer,
    "ics": calendar,
    "look": look,
    "remind": remind,
    "complain": complain,
}
