"""`unlisted init`: a few questions, and a subject file at the end. Every question can be left empty."""

from __future__ import annotations

import argparse
import re
import stat
import sys
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from functools import partial
from pathlib import Path

from unlisted.cli.answers import looks_wrong
from unlisted.errors import BadInput, FetchError, SubjectError
from unlisted.model import Fact, Source, SourceKind, Subject
from unlisted.report.write import write_whole
from unlisted.sources.fetch.address import parse
from unlisted.sources.subject_file import country_of, dumps, loads, read_pages, read_vcard

Ask = Callable[[str], str]
MAX_CARD = 1_000_000
MAX_ANSWER = 2_000
"""Characters of an answer that are read."""

BEFORE = """This writes a small file with what you want to keep to yourself, so that the program can look for it.
Nothing is sent anywhere. Leave any line empty to skip it. Ctrl-C stops, and then nothing is written.
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
COUNTRY = "Look at the first line: is {country} your country?"
NO_SOURCE = """Now add where to look: open {name} and add a [[source]], such as:
    [[source]]
    label = "my page"
    page = "https://..."
docs/subject-file.md shows every kind of source."""
NO_SOURCE_HERE = "Now add where to look: a [[source]]. docs/subject-file.md shows every kind."
NO_ADDRESS = "This is no web address; it begins with https://"
SPARE_LABELS = ("item {}", "nr {}", "x{}")
"""Labels for facts and sources whose usual label stands in something that the person declared."""
PLACE = re.compile(r"^.{1,60}?\bkey '\w+' ")
"""Where in a file a mistake stands: an answering person has no file yet."""


def run(args: argparse.Namespace) -> int:
    """The command; its exit code."""
    target = Path(args.file)
    if args.file != "-" and target.exists():
        raise BadInput(f"{args.file}: stands there already; give another name")
    if not asking() and not args.vcard:
        raise BadInput("init asks questions, so it needs a terminal; write the file by hand or use --vcard")
    subject, country_known = from_card(args.vcard) if args.vcard else (Subject(), False)
    if asking():
        subject = questions(ask_on_terminal, subject)
        country_known = True
    text = dumps(subject)
    loads(text, name=args.file, folder=Path())
    if args.file == "-":
        sys.stdout.write(text)
    else:
        write_whole(target, text.encode())
        print(f"Written: {args.file}")
    for line in after(args.file, subject, country_known=country_known):
        print(line, file=sys.stderr if args.file == "-" else sys.stdout)
    return 0


def after(name: str, subject: Subject, *, country_known: bool) -> Iterator[str]:
    """What to do next with the file that was written."""
    if not country_known:
        yield COUNTRY.format(country=subject.country)
    if not subject.sources:
        yield (NO_SOURCE_HERE if name == "-" else NO_SOURCE.format(name=name))
    elif name != "-":
        yield f"Now run: unlisted audit {name}"


def asking() -> bool:
    """Whether somebody can answer."""
    return sys.stdin is not None and sys.stdin.isatty()


def from_card(name: str) -> tuple[Subject, bool]:
    """What a contact card gives, without what could never be found, and whether it says the country.

    Raises BadInput where nothing is left.
    """
    data = read_card(name)
    given = read_vcard(data)
    country = country_of(given)
    kept = Subject(country=country) if country else Subject()
    left_out = 0
    for fact in given:
        try:
            kept = with_fact(kept, fact)
        except SubjectError:
            left_out += 1
    if not kept.facts:
        raise BadInput(f"{name}: holds no name, address, phone number or e-mail address that can be looked for")
    for page in read_pages(data):
        try:
            kept = labelled(kept, page)
        except SubjectError:
            left_out += 1
    if left_out:
        sys.stderr.write(f"{left_out} lines of the card are left out: they hold nothing that can be looked for.\n")
    return kept, country is not None


def read_card(name: str) -> bytes:
    """The bytes of a contact card; raises BadInput for what is no ordinary file or too large."""
    try:
        if not stat.S_ISREG(Path(name).stat().st_mode):
            raise BadInput(f"{name}: is no ordinary file")
        with Path(name).open("rb") as file:
            data = file.read(MAX_CARD + 1)
    except OSError as error:
        raise BadInput(f"{name}: cannot be read ({error.strerror})") from None
    if len(data) > MAX_CARD:
        raise BadInput(f"{name}: is larger than a contact card can be")
    return data


def ask_on_terminal(question: str) -> str:
    """One question. It goes to standard error, so that standard output can be the file."""
    sys.stderr.write(f"{question}: ")
    sys.stderr.flush()
    line = sys.stdin.buffer.readline(MAX_ANSWER).decode("utf-8", "replace")
    return line.strip()


def questions(ask: Ask, given: Subject | None = None) -> Subject:
    """Ask for country, facts and sources. What does not fit is said and asked again."""
    sys.stderr.write(BEFORE)
    subject = given or Subject()
    subject = asked(ask, f"Your country, two letters [{subject.country}]", subject, partial(with_country, subject))
    taken = {fact.kind for fact in subject.facts} - {"handle"}
    for kind, label, question in FACTS:
        if kind not in taken:
            read = partial(with_answer, subject, kind, label)
            subject = asked(ask, question, subject, read, doubt=partial(looks_wrong, kind))
    for source_kind, label, question in SOURCES:
        subject = asked(ask, question, subject, partial(with_source, subject, source_kind, label))
    return subject


def asked(
    ask: Ask,
    question: str,
    otherwise: Subject,
    read: Callable[[str], Subject],
    *,
    doubt: Callable[[str], str | None] = lambda _value: None,
) -> Subject:
    """The subject with one answer; as it was for an empty one. What is wrong is said in words for an answer.

    An answer that looks like something else is asked for again; the same one a second time is kept.
    """
    before = ""
    while value := ask(question):
        unsure = doubt(value) if value != before else None
        before = value
        try:
            if unsure is None:
                return read(value)
            sys.stderr.write(f"  {unsure}\n")
        except SubjectError as error:
            sys.stderr.write(f"  {told(error)}\n")
    return otherwise


def told(error: SubjectError) -> str:
    """What is wrong with an answer, without table and key."""
    text = str(error).removeprefix("your answer: ")
    return text if text == NO_ADDRESS else f"This answer {PLACE.sub('', text)}"


def checked(subject: Subject) -> Subject:
    """The subject after a round through its file: what `audit` would say is said now. Raises SubjectError."""
    return loads(dumps(subject), name="your answer", folder=Path())


def labels(usual: str, subject: Subject) -> Iterator[str]:
    """The usual label, then spare ones: a label may not hold anything that was declared."""
    yield usual
    number = len(subject.facts) + len(subject.sources) + 1
    yield from (spare.format(number) for spare in SPARE_LABELS)


def first_that_fits(tries: Iterable[Subject]) -> Subject:
    """The first subject that its file would accept; raises the first one's SubjectError where none is."""
    first: SubjectError | None = None
    for subject in tries:
        try:
            return checked(subject)
        except SubjectError as error:
            first = first or error
    raise first or SubjectError("there is nothing to try")


def with_country(subject: Subject, value: str) -> Subject:
    """The subject in another country."""
    return checked(replace(subject, country=value.upper()))


def with_fact(subject: Subject, fact: Fact) -> Subject:
    """The subject with one more fact. Where it collides with a label that was given before, all labels are spare ones."""
    tries = (
        replace(subject, facts=(*subject.facts, replace(fact, label=label))) for label in labels(fact.label, subject)
    )
    try:
        return first_that_fits(tries)
    except SubjectError:
        checked(Subject(country=subject.country, facts=(replace(fact, label="x1"),)))
        facts = (*subject.facts, fact)
        return checked(replace(subject, facts=tuple(replace(one, label=f"x{n}") for n, one in enumerate(facts, 1))))


def with_answer(subject: Subject, kind: str, label: str, value: str) -> Subject:
    """The subject with a fact from an answer."""
    return with_fact(subject, Fact(kind=kind, label=label, value=value))


def with_source(subject: Subject, kind: SourceKind, label: str, value: str) -> Subject:
    """The subject with a source from an answer: a folder is a whole path, everything else an address."""
    plain = value.strip("'\"")
    if kind is SourceKind.PHOTOS:
        path = str(Path(plain).expanduser().absolute())
        if not Path(path).exists():
            raise SubjectError("names a folder that is not there")
        return labelled(subject, Source(label=label, kind=kind, path=path))
    return labelled(subject, Source(label=label, kind=kind, address=web_address(plain), mine=kind is SourceKind.PAGE))


def web_address(text: str) -> str:
    """The address that was typed, with its beginning; raises SubjectError where it is none.

    A name without a dot is one only where it was typed with its beginning (a site on this computer).
    """
    address = text if "://" in text else "https://" + text
    try:
        host = parse(address).host
    except FetchError:
        raise SubjectError(NO_ADDRESS) from None
    if "." not in host and "://" not in text:
        raise SubjectError(NO_ADDRESS)
    return address


def labelled(subject: Subject, source: Source) -> Subject:
    """The subject with one more source, under the first label that holds nothing that was declared."""
    return first_that_fits(
        replace(subject, sources=(*subject.sources, replace(source, label=each)))
        for each in labels(source.label, subject)
    )
