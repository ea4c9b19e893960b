"""`unlisted audit`: read the subject, look, write what was asked for, and say the three first steps."""

from __future__ import annotations

import argparse
import os
import random
import sys
from datetime import UTC, datetime
from itertools import chain

from unlisted.audit import examine, since
from unlisted.cli import outputs
from unlisted.cli.progress import bar
from unlisted.cli.prove import Terminal, present
from unlisted.data.domains import host_of
from unlisted.errors import BadInput
from unlisted.model import AuditResult, Priority, SourceKind, Subject
from unlisted.report import text
from unlisted.report.schema import AuditShape
from unlisted.sources import proof, subject_file
from unlisted.sources.account_hosts import contacts
from unlisted.sources.fetch import Fetcher

PRESSING = (Priority.NOW, Priority.SOON, Priority.LATER)
MAX_PIPED = 1_000_001
"""Bytes that are read of standard input: one more than a subject file may have."""
ASK = """
Accounts of your own in the list: {count}. To draw places and times from their posts, we need to see that they are yours.
Press Enter to show it with three words for each. Type s and Enter to go on without."""


def run(args: argparse.Namespace) -> int:
    """The command; its exit code."""
    subject = subject_file.load(args.file, stdin=piped() if args.file == outputs.PRINTED else None)
    if not subject.sources:
        raise BadInput(f"{args.file}: there is no [[source]] yet, so there is nothing to look at")
    now = datetime.now(UTC)
    wanted = outputs.plan(args, now)
    old = earlier(args.since, now)
    show_hosts(subject)
    typed = [source.address for source in subject.sources if source.address]
    with Fetcher(typed=typed) as fetcher:
        subject = with_proof(subject, fetcher, now)
        with bar() as progress:
            chance = random.Random(0)  # noqa: S311  (no secret: a second look at the same photos gives the same curve)
            audited = examine(subject, now=now, rng=chance, fetcher=fetcher, progress=progress, since=old)
    result = audited.result
    out = sys.stderr if wanted.printed else sys.stdout
    print(text.summary(result, colour=colour(out)), file=out)
    for line in chain(outputs.write(result, wanted), outputs.write_letters(audited, subject, args, now)):
        print(line, file=out)
    return int(args.fail_on is not None and met(result, args.fail_on))


def piped() -> bytes:
    """What stands on standard input. Raises BadInput where it is closed."""
    if sys.stdin is None:
        raise BadInput("-: standard input is closed")
    return sys.stdin.buffer.read(MAX_PIPED)


def earlier(path: str | None, now: datetime) -> AuditShape | None:
    """The audit to compare with, read before anything is looked at."""
    if path is None:
        return None
    old = since.load(path)
    since.refuse_later(old, now)
    return old


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


def colour(stream: object) -> bool:
    """Colour only on a terminal whose owner did not say no."""
    return "NO_COLOR" not in os.environ and bool(getattr(stream, "isatty", bool)())


def met(result: AuditResult, least: str) -> bool:
    """Whether a finding is at least this pressing."""
    pressing = PRESSING[: PRESSING.index(Priority(least)) + 1]
    return any(finding.priority in pressing for finding in result.findings)
