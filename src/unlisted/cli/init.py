"""`unlisted init`: a few questions, and a subject file at the end. Every question can be left empty."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TypeVar

from unlisted.errors import BadInput, SubjectError
from unlisted.model import Fact, Source, SourceKind, Subject
from unlisted.report.write import write_whole
from unlisted.sources.subject_file import dumps, loads, read_vcard

Ask = Callable[[str], str]
T = TypeVar("T")

BEFORE = """This writes a small file with what you want to keep to yourself, so that the program can look for it.
Nothing is sent anywhere. Leave any line empty to skip it.
Someone who uses this computer may find the file: `unlisted init -` writes none.
"""
FACTS: tuple[tuple[str, str, str], ...] = (
    ("name", "name", "Your name, as strangers would write it"),
    ("handle", "user name", "A user name that you use on many sites"),
    ("handle", "old user name", "An old user name"),
    ("address", "home", "Your home address, in one line"),
    ("phone", "mobile", "Your phone number"),
    ("email", "e-mail", "Your e-mail address"),
    ("birth_date", "birthday", "Your date of birth (1991-04-17)"),
    ("employer", "work", "Where you work"),
    ("school", "school", "A school that you go to or went to"),
    ("relative", "family", "The name of a person close to you"),
)
SOURCES: tuple[tuple[SourceKind, str, str], ...] = (
    (SourceKind.PAGE, "my page", "The web address of a page of yours"),
    (SourceKind.PAGE, "my second page", "Another page of yours"),
    (SourceKind.LISTING, "directory", "The web address of a directory record about you"),
    (SourceKind.PHOTOS, "my photos", "A folder with photos that you share"),
)


def run(args: argparse.Namespace) -> int:
    """The command; its exit code."""
    target = Path(args.file)
    if args.file != "-" and target.exists():
        raise BadInput(f"{args.file}: stands there already; give another name")
    given = read_vcard(read_card(args.vcard)) if args.vcard else ()
    if not sys.stdin.isatty() and not args.vcard:
        raise BadInput("init asks questions, so it needs a terminal; write the file by hand or use --vcard")
    subject = Subject(facts=given)
    if sys.stdin.isatty():
        subject = questions(ask_on_terminal, given)
    text = dumps(subject)
    if args.file == "-":
        sys.stdout.write(text)
    else:
        write_whole(target, text.encode())
        print(f"Written: {args.file}\nNow run: unlisted audit {args.file}")
    return 0


def read_card(name: str) -> bytes:
    """The bytes of a contact card."""
    try:
        return Path(name).read_bytes()
    except OSError as error:
        raise BadInput(f"{name}: cannot be read ({error.strerror})") from None


def ask_on_terminal(question: str) -> str:
    """One question. It goes to standard error, so that standard output can be the file."""
    sys.stderr.write(f"{question}: ")
    sys.stderr.flush()
    return sys.stdin.readline().strip()


def questions(ask: Ask, given: Iterable[Fact] = ()) -> Subject:
    """Ask for country, facts and sources. What does not fit is said and asked again."""
    sys.stderr.write(BEFORE)
    country = asked(ask, "Your country, two letters", {"US": Subject()}, with_country) or Subject()
    facts = list(given)
    taken = {fact.kind for fact in facts} - {"handle"}
    for kind, label, question in FACTS:
        if kind not in taken:
            fact = asked(ask, question, {}, partial(fact_of, country, kind, label))
            facts += [fact] if fact else []
    subject = replace(country, facts=tuple(facts))
    found = (asked(ask, question, {}, partial(source_of, subject, kind, label)) for kind, label, question in SOURCES)
    return replace(subject, sources=tuple(source for source in found if source))


def asked(ask: Ask, question: str, usual: Mapping[str, T], read: Callable[[str], T]) -> T | None:
    """One answer, checked as the file would be; None for an empty one."""
    hint = f" [{next(iter(usual))}]" if usual else ""
    while value := ask(f"{question}{hint}"):
        try:
            return read(value)
        except SubjectError as error:
            sys.stderr.write(f"  {error}\n")
    return next(iter(usual.values()), None)


def checked(subject: Subject) -> Subject:
    """The subject after a round through its file: what `audit` would say is said now. Raises SubjectError."""
    return loads(dumps(subject), name="your answer", folder=Path())


def with_country(value: str) -> Subject:
    """A subject of this country."""
    return checked(Subject(country=value.upper()))


def fact_of(subject: Subject, kind: str, label: str, value: str) -> Fact:
    """A fact from an answer."""
    return checked(replace(subject, facts=(Fact(kind=kind, label=label, value=value),))).facts[0]


def source_of(subject: Subject, kind: SourceKind, label: str, value: str) -> Source:
    """A source from an answer: a folder is a path, everything else an address."""
    local = kind is SourceKind.PHOTOS
    source = Source(
        label=label,
        kind=kind,
        address=None if local else value,
        path=value if local else None,
        mine=kind is SourceKind.PAGE,
    )
    return checked(replace(subject, sources=(source,))).sources[0]
