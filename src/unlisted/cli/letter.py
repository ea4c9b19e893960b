"""`unlisted letter`: one letter, printed or written to a folder; all that are needed; the list of kinds. None is sent."""

from __future__ import annotations

import argparse
import random
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

from unlisted.audit import examine
from unlisted.cli import outputs
from unlisted.cli.audit import piped
from unlisted.cli.init import ask_on_terminal
from unlisted.data.loader import Register, directories
from unlisted.data.schema import Directory
from unlisted.errors import BadInput, OutputError
from unlisted.model import Listing, SourceKind, Subject
from unlisted.remedy import forms, single
from unlisted.remedy.directories import letters
from unlisted.remedy.kinds import KINDS
from unlisted.remedy.letters import Letter, new_reference
from unlisted.remedy.plain import mail_address
from unlisted.remedy.recipient import Recipient
from unlisted.remedy.single import Wish
from unlisted.remedy.tracker import FIRST_YEAR, LAST_YEAR, Tracker, day_of
from unlisted.report.write import write_whole
from unlisted.sources import subject_file
from unlisted.sources.fetch import Fetcher

STDIN = "-"
MOST_NAMES = 99
"""Letters of one kind to one recipient in one folder."""
NOBODY = (
    "say who gets it: --to DIRECTORY, --authority ID, --recipient NAME, or --record LABEL for the site that shows it"
)
ONE_ONLY: Mapping[str, object] = {
    "record": [],
    "to": None,
    "authority": None,
    "recipient": None,
    "email": None,
    "post": [],
    "law": None,
    "after": None,
    "eml": False,
    "mailto": False,
    "language": None,
}
ALL_ONLY: Mapping[str, object] = {"english": False}
"""Options that mean nothing elsewhere, and what they are where nobody gave them."""
TOO_LONG = "As a link it is too long for some mail programs. Here is the letter itself; --eml with --out makes a draft."
Ask = Callable[[str], str]


def run(args: argparse.Namespace) -> int:
    """The command; its exit code."""
    if args.kind == "list":
        return listed()
    if args.kind == "all":
        refuse(args, ONE_ONLY, "goes with one letter, not with all")
        return every(args)
    refuse(args, ALL_ONLY, "goes with `letter all`")
    if args.kind not in KINDS:
        raise BadInput(f"there is no letter of this kind; there are: {', '.join(KINDS)}")
    if args.email and mail_address(args.email) is None:
        raise BadInput("--email takes one plain e-mail address")
    subject = load(args.subject)
    wish = wished(args, subject, directories())
    if args.look:
        wish = replace(wish, records=looked(subject, wish.records))
    now = datetime.now(UTC)
    letter = finish(wish, subject, args, reference=new_reference(random.SystemRandom()), now=now)
    keep(args.track, [(single.offer(wish, subject), letter)], now)
    return 0


def refuse(args: argparse.Namespace, options: Mapping[str, object], why: str) -> None:
    """An option that would do nothing is a mistake: raises BadInput."""
    wrong = next((name for name, unset in options.items() if getattr(args, name) != unset), None)
    if wrong is not None:
        raise BadInput(f"--{wrong.replace('_', '-')} {why}")


def listed() -> int:
    """The kinds, a line each."""
    width = max(map(len, KINDS))
    for kind in KINDS.values():
        print(f"{kind.id:<{width}}  {kind.title}")
    return 0


def every(args: argparse.Namespace) -> int:
    """A letter for each record that the subject file lists: the fewest requests, with reminders and a table. Nobody is asked."""
    if (args.out is None) == (args.zip is None):
        raise BadInput("say where all letters go: --out DIR or --zip FILE")
    subject, register, now = load(args.subject), directories(), datetime.now(UTC)
    records = tuple(listings(subject, register))
    if not records:
        raise BadInput("the subject file lists no record of a directory: add a [[source]] with listing = ...")
    if args.look:
        records = looked(subject, records)
    known = replace(subject, allow=allowed(records, subject, args))
    made = letters(
        records,
        subject=known,
        register=register,
        now=now,
        rng=random.SystemRandom(),
        their_language=not args.english,
    )
    if not made:
        print(outputs.ONLY_STEPS)
        return 0
    if args.zip is not None:
        print(*outputs.as_zip(Path(args.zip), made, args.pdf, now), sep="\n")
    else:
        print(*outputs.as_files(Path(args.out), made, args.pdf, now), sep="\n")
    keep(args.track, made, now)
    print("\n".join(dict.fromkeys(note for _, letter in made for note in letter.notes)), file=sys.stderr)
    return 0


def listings(subject: Subject, register: Register) -> Iterator[Listing]:
    """The records that the subject file lists: each listing, and each page on the site of a directory that we know."""
    for source in subject.sources:
        if source.address and source.kind in {SourceKind.LISTING, SourceKind.PAGE, SourceKind.FILE}:
            record = single.record_of(source, register)
            if source.kind is SourceKind.LISTING or record.directory:
                yield record


def keep(path: str | None, made: Iterable[forms.Written], now: datetime) -> None:
    """Keep in the file that was named that this was asked."""
    if path is not None:
        with Tracker(Path(path)) as tracker:
            for offer, letter in made:
                tracker.add(offer, letter, now=now)


def load(name: str | None) -> Subject:
    """The subject file; one that knows nothing of the person where none was named."""
    if name is None:
        return Subject()
    return subject_file.load(name, stdin=piped() if name == STDIN else None)


def wished(args: argparse.Namespace, subject: Subject, register: Register) -> Wish:
    """What was asked for, in terms of the registers."""
    records = tuple(single.record_of(single.source_of(subject, label), register) for label in args.record)
    recipient, entry = whom(args, subject, register, records)
    return Wish(
        kind=args.kind,
        recipient=replace(recipient, email=args.email or recipient.email, post=tuple(args.post) or recipient.post),
        entry=entry,
        records=records,
        law=args.law,
        language=args.language,
        earlier=(args.after[0], day(args.after[1])) if args.after else None,
    )


def whom(
    args: argparse.Namespace, subject: Subject, register: Register, records: Sequence[Listing]
) -> tuple[Recipient, Directory | None]:
    """Who gets it, and the directory that this is: whoever was named, else the site that shows the record."""
    if args.recipient:
        return Recipient(name=args.recipient), None
    if args.to:
        entry = single.directory_of(register, args.to)
        return Recipient.of(entry), entry
    if args.authority or args.kind == "complaint":
        return single.authority_of(subject, args.authority), None
    if KINDS[args.kind].third_party or not records:
        raise BadInput(NOBODY)
    return single.site_of(records[0], register)


def day(words: str) -> date:
    """A day as it was typed."""
    try:
        return day_of(words)
    except ValueError:
        raise BadInput(f"a day is written like 2026-11-21, in the years {FIRST_YEAR} to {LAST_YEAR}") from None


def looked(subject: Subject, records: Sequence[Listing]) -> tuple[Listing, ...]:
    """The records as their pages show them now; one that could not be read stays as it was."""
    labels = {record.source for record in records}
    some = replace(subject, sources=tuple(source for source in subject.sources if source.label in labels))
    with Fetcher(typed=[source.address for source in some.sources if source.address]) as fetcher:
        seen = examine(some, now=datetime.now(UTC), rng=random.SystemRandom(), fetcher=fetcher).listings
    read = {listing.source: listing for listing in seen}
    return tuple(read.get(record.source, record) for record in records)


def finish(wish: Wish, subject: Subject, args: argparse.Namespace, *, reference: str, now: datetime) -> Letter:
    """Ask for what is not signed off, make the letter, put it where it was wanted, and say what to know before it goes out."""
    packed = getattr(args, "zip", None)
    if args.out is None and (args.eml or (args.pdf and not packed)):
        raise BadInput("--pdf and --eml write files: name a folder for them with --out DIR")
    allow = allowed(wish.records, subject, args)
    if can_answer(args):
        asked = single.unsigned(wish, subject=subject, now=now, reference=reference, allow=allow)
        allow = (*allow, *signed_off(asked, ask_on_terminal))
    letter = single.draft(wish, subject=subject, now=now, reference=reference, allow=allow)
    if packed:
        print(*outputs.as_zip(Path(packed), [(single.offer(wish, subject), letter)], args.pdf, now), sep="\n")
    elif args.out is None:
        printed(letter, link=args.mailto)
    else:
        for path in write(wish, subject, letter, args):
            print(f"Written: {path}")
    tell(letter)
    return letter


def printed(letter: Letter, *, link: bool) -> None:
    """The letter on standard output, or as a link where that is wanted and can be."""
    if link and letter.to is None:
        raise BadInput("no e-mail address of the recipient is known: give one with --email ADDRESS")
    found = letter.mailto if link else None
    if link and found is None:
        print(TOO_LONG, file=sys.stderr)
    sys.stdout.write(letter.text if found is None else f"{found}\n")
    if letter.copy is not None:
        print(f"The same for you to read:\n\n{letter.copy}", file=sys.stderr)


def allowed(records: Sequence[Listing], subject: Subject, args: argparse.Namespace) -> tuple[str, ...]:
    """The labels that were signed off in the file and on the command line."""
    known = {*(fact.label for fact in subject.facts if not fact.secret), *(record.source for record in records)}
    wrong = [label for label in args.allow if label not in known]
    if wrong:
        raise BadInput(f"--allow: there is no such fact to tell; there are: {', '.join(sorted(known)) or 'none'}")
    return tuple(dict.fromkeys([*subject.allow, *args.allow]))


def can_answer(args: argparse.Namespace) -> bool:
    """Whether a person sits there to be asked: a question in a pipe would hang it, or sign something off by accident."""
    return args.subject != STDIN and all(stream is not None and stream.isatty() for stream in (sys.stdin, sys.stderr))


def signed_off(labels: Sequence[str], ask: Ask) -> Iterator[str]:
    """The labels to which a person says yes; an empty answer is no."""
    for label in labels:
        answer = ask(f"They may not know your “{label}”. Put it in the letter? y, or Enter for a blank")
        if answer.strip().lower() in {"y", "yes"}:
            yield label


def write(wish: Wish, subject: Subject, letter: Letter, args: argparse.Namespace) -> Iterator[Path]:
    """The files that were wanted; the text always. All is made before the first is written."""
    files = {".txt": letter.text.encode()}
    if letter.copy is not None:
        files["-to-read.txt"] = letter.copy.encode()
    if args.eml:
        files[".eml"] = letter.eml
    if args.pdf:
        files[".pdf"] = letter.pdf(args.pdf)
    folder = Path(args.out)
    outputs.ready(folder)
    stem = free(folder, single.offer(wish, subject).file_name.removesuffix(".txt"))
    for ending, data in files.items():
        write_whole(folder / f"{stem}{ending}", data)
        yield folder / f"{stem}{ending}"


def free(folder: Path, stem: str) -> str:
    """The first name under which there is no letter yet."""
    names = [stem, *(f"{stem}-{count}" for count in range(2, MOST_NAMES + 1))]
    found = next((name for name in names if not (folder / f"{name}.txt").exists()), None)
    if found is None:
        raise OutputError(f"{folder}: this folder holds {MOST_NAMES} such letters already; choose another one")
    return found


def tell(letter: Letter) -> None:
    """What to know before it goes out, on standard error: standard output is the letter."""
    told = ", ".join(f"“{label}”" for label in letter.disclosed)
    lines = [
        *letter.notes,
        f"New to them: {told}." if told else "It tells them nothing that they do not show already.",
        "Fill in the blanks by hand where you want to." if "____" in letter.text else "",
        f"Its reference is {letter.reference}.",
    ]
    print("\n".join(line for line in lines if line), file=sys.stderr)
