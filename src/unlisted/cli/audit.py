"""`unlisted audit`: read the subject, look, write what was asked for, and say the three first steps."""

from __future__ import annotations

import argparse
import os
import random
import sys
from collections.abc import Iterable
from datetime import UTC, datetime
from pathlib import Path

from unlisted.audit import Audited, examine, since
from unlisted.cli.progress import bar
from unlisted.cli.prove import Terminal, present
from unlisted.data.domains import host_of
from unlisted.data.loader import directories
from unlisted.errors import BadInput
from unlisted.model import AuditResult, Priority, SourceKind, Subject
from unlisted.remedy.directories import letters
from unlisted.report import html, json, text
from unlisted.report.schema import AuditShape
from unlisted.report.write import default_name, write_whole
from unlisted.sources import proof, subject_file
from unlisted.sources.account_hosts import contacts
from unlisted.sources.fetch import Fetcher

PRESSING = (Priority.NOW, Priority.SOON, Priority.LATER)
PRINTED = "-"
ASK = """
You listed {count} accounts of your own. To draw places and times from many posts, we need to see that they are yours.
Press Enter to show it with three words for each. Type s and Enter to go on without."""


def run(args: argparse.Namespace) -> int:
    """The command; its exit code."""
    subject = subject_file.load(args.file, stdin=sys.stdin.buffer.read() if args.file == PRINTED else None)
    if not subject.sources:
        raise BadInput(f"{args.file}: there is no [[source]] yet, so there is nothing to look at")
    refuse_two_printed(args)
    now = datetime.now(UTC)
    old = earlier(args.since, now)
    show_hosts(subject)
    typed = [source.address for source in subject.sources if source.address]
    with Fetcher(typed=typed) as fetcher:
        subject = with_proof(subject, fetcher, now)
        with bar() as progress:
            audited = examine(
                subject, now=now, rng=random.SystemRandom(), fetcher=fetcher, progress=progress, since=old
            )
    result = audited.result
    written = [*write(result, args, now), *write_letters(audited, subject, args, now)]
    out = sys.stderr if PRINTED in {args.json, args.text} else sys.stdout
    print(text.summary(result, colour=colour(out)), file=out)
    print("\n".join(f"Written: {path}" for path in written), file=out)
    return int(args.fail_on is not None and met(result, args.fail_on))


def earlier(path: str | None, now: datetime) -> AuditShape | None:
    """The audit to compare with, read before anything is looked at."""
    if path is None:
        return None
    old = since.load(path)
    since.refuse_later(old, now)
    return old


def refuse_two_printed(args: argparse.Namespace) -> None:
    """Only one thing can go to standard output."""
    if args.json == PRINTED and args.text == PRINTED:
        raise BadInput("--json - and --text - both ask for standard output; give one of them a file")


def show_hosts(subject: Subject) -> None:
    """Say before the first connection where the audit will go: the sites that were listed, and who answers for accounts."""
    web = [source for source in subject.sources if source.address and source.kind is not SourceKind.FILE]
    if not web or not sys.stderr.isatty():
        return
    print(f"Looking at {len(web)} addresses that you listed, and nowhere else.", file=sys.stderr)
    typed = {host_of(source.address or "") for source in web}
    asked = [host for source in web if source.kind is SourceKind.ACCOUNT for host in contacts(source)]
    others = list(dict.fromkeys(host for host in asked if host not in typed))
    if others:
        print(f"These hosts answer for your accounts: {', '.join(others)}.", file=sys.stderr)


def with_proof(subject: Subject, fetcher: Fetcher, now: datetime) -> Subject:
    """The subject, with the accounts whose control is shown by three words. Only where somebody can answer."""
    accounts = proof.provable(subject)
    if not accounts or not present():
        return subject
    print(ASK.format(count=len(accounts)), file=sys.stderr)
    if not Terminal().ready():
        return subject
    return proof.by_words(subject, fetcher=fetcher, now=now, rng=random.SystemRandom(), person=Terminal())


def write(result: AuditResult, args: argparse.Namespace, now: datetime) -> Iterable[str]:
    """Write what was asked for; the names of the files. Without any wish: the report, here."""
    only_printed = PRINTED in {args.json, args.text} and not args.report
    report = args.report or (None if only_printed else f"{default_name(now)}.html")
    wanted = ((report, html.render), (args.json, json.render), (args.text, text.render))
    for path, render in wanted:
        if path == PRINTED:
            sys.stdout.write(render(result))
        elif path:
            write_whole(Path(path), render(result).encode())
            yield path


def write_letters(audited: Audited, subject: Subject, args: argparse.Namespace, now: datetime) -> Iterable[str]:
    """The letters, each as text, as a draft for a mail program and, in another language, as a copy to read.

    What a person should know before they send one is said after its name.
    """
    if args.letters is None:
        return
    folder = Path(args.letters)
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    made = letters(
        audited.listings,
        subject=subject,
        register=directories(),
        now=now,
        rng=random.SystemRandom(),
        their_language=args.their_language,
    )
    for offer, letter in made:
        path = folder / offer.file_name
        write_whole(path, letter.text.encode())
        write_whole(path.with_suffix(".eml"), letter.eml)
        if letter.copy is not None:
            write_whole(path.with_name(f"{path.stem}-to-read.txt"), letter.copy.encode())
        yield "\n         ".join((str(path), *letter.notes))


def colour(stream: object) -> bool:
    """Colour only on a terminal whose owner did not say no."""
    return "NO_COLOR" not in os.environ and bool(getattr(stream, "isatty", bool)())


def met(result: AuditResult, least: str) -> bool:
    """Whether a finding is at least this pressing."""
    pressing = PRESSING[: PRESSING.index(Priority(least)) + 1]
    return any(finding.priority in pressing for finding in result.findings)
