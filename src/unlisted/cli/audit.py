"""`unlisted audit`: read the subject, look, write what was asked for, and say the three first steps."""

from __future__ import annotations

import argparse
import os
import random
import sys
from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import UTC, datetime
from itertools import chain
from pathlib import Path

from unlisted import cli
from unlisted.audit import Audited, examine, since
from unlisted.cli import outputs
from unlisted.cli.progress import bar
from unlisted.cli.prove import Terminal, present
from unlisted.data.domains import host_of
from unlisted.errors import BadInput, OutputError
from unlisted.model import AuditResult, Priority, Source, SourceKind, Subject
from unlisted.report import text
from unlisted.report.schema import AuditShape
from unlisted.report.words import count
from unlisted.sources import proof, subject_file
from unlisted.sources.account_hosts import contacts
from unlisted.sources.fetch import Fetcher
from unlisted.sources.fetch.limits import NOT_FOUND

PRESSING = (Priority.NOW, Priority.SOON, Priority.LATER)
MAX_PIPED = 1_000_001
"""Bytes that are read of standard input: one more than a subject file may have."""
NO_LETTER = "No letter was written: no listing of yours was read."
OFFLINE = "Is this computer online? You can save the pages on another one and list them with file =."
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
    lines = chain(
        outputs.write(result, replace(wanted, printed=None)),
        letter_lines(audited, subject, args, now),
        offline(subject, result),
    )
    code = int(args.fail_on is not None and met(result, args.fail_on))
    try:
        say(result, lines, wanted)
        sys.stdout.flush()
    except BrokenPipeError:  # whoever reads needs no more; what was found stays found
        cli.silence_output()
    return code


def say(result: AuditResult, lines: Iterable[str], wanted: outputs.Outputs) -> None:
    """Write all files, which `lines` does, and only then print: a reader of a pipe that goes away loses no file.

    What failed is raised at the end, after what could be written was named.
    """
    done: list[str] = []
    failed: OutputError | None = None
    try:
        for line in lines:
            done.append(line)  # noqa: PERF402  (what came before a failure is kept)
    except OutputError as error:
        failed = error
    out = sys.stderr if wanted.printed else sys.stdout
    try:
        print(text.summary(result, colour=colour(out)), *done, sep="\n", file=out)
        for _ in outputs.write(result, outputs.Outputs(printed=wanted.printed)):
            pass
    finally:
        if failed is not None:
            raise failed


def letter_lines(audited: Audited, subject: Subject, args: argparse.Namespace, now: datetime) -> Iterator[str]:
    """The letters that were wished for, or why there is none."""
    if args.letters and not audited.listings:
        yield NO_LETTER
    elif args.letters and not any(offer.file_name for offer in audited.result.letters):
        yield outputs.ONLY_STEPS
    else:
        yield from outputs.write_letters(audited, subject, args, now)


def offline(subject: Subject, result: AuditResult) -> Iterator[str]:
    """What to try where the name of no site at all was found."""
    asked = {source.label for source in web(subject)}
    lost = {one.source for one in result.not_checked if one.reason == NOT_FOUND}
    if asked and asked <= lost:
        yield OFFLINE


def web(subject: Subject) -> list[Source]:
    """The sources that are fetched."""
    return [source for source in subject.sources if source.address and source.path is None]


def piped() -> bytes:
    """What stands on standard input. Raises BadInput where it is closed."""
    if sys.stdin is None:
        raise BadInput("-: standard input is closed")
    return sys.stdin.buffer.read(MAX_PIPED)


def earlier(path: str | None, now: datetime) -> AuditShape | None:
    """The audit to compare with, read before anything is looked at."""
    if path is None:
        return None
    if Path(path).is_dir():
        raise BadInput(f"{path}: this is a folder; give the file in it that --json wrote")
    old = since.load(path)
    since.refuse_later(old, now)
    return old


def show_hosts(subject: Subject) -> None:
    """Say before the first connection where the audit will go: the sites that were listed, and who answers for accounts."""
    listed = web(subject)
    if not listed or not sys.stderr.isatty():
        return
    print(
        f"Looking at {count(len(listed), 'address', 'addresses')} that you listed, and nowhere else.", file=sys.stderr
    )
    typed = {host_of(source.address or "") for source in listed}
    asked = [host for source in listed if source.kind is SourceKind.ACCOUNT for host in contacts(source)]
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
