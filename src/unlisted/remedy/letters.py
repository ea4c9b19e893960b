"""Letters that give nothing away: each quotes the record's address and what the record shows; the rest is a blank to fill by hand.

The program writes letters; it never sends one. `Letter.disclosed` names what the recipient does not show already: nothing,
or labels that the person signed off.
"""

from __future__ import annotations

import re
import textwrap
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from functools import cache
from random import Random
from urllib.parse import quote

import jinja2

from unlisted.data.schema import Directory, Law
from unlisted.errors import BadInput
from unlisted.model import Listing, Subject
from unlisted.remedy import laws as law_book
from unlisted.remedy.kinds import KINDS, Kind
from unlisted.remedy.languages import LANGUAGES, NOT_REVIEWED, Language
from unlisted.remedy.pdf import Page, render
from unlisted.remedy.plain import mail_address, one_line
from unlisted.remedy.quote import Person, person
from unlisted.remedy.recipient import Recipient
from unlisted.remedy.translated import fill

MAX_MAILTO = 2_000
"""Characters of a mailto address; mail programs cut longer ones."""
MAX_POST_LINES = 8
LINE = 72
"""Characters of a line."""
REFERENCE_LENGTH = 10
BLANK = "_" * 30
"""A line to fill in by hand."""
WEEKDAYS = "The day for an answer counts weekdays alone. Public holidays are not known here; they can make it later."
_ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567"
REFERENCE = re.compile(r"[A-Za-z0-9-]{4,40}")
_PART = "\f"
"""Marks the four parts of a letter in its template; no value can hold it."""
_GAPS = re.compile(r"\n{3,}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Letter:
    """One letter. `disclosed`: labels of facts that the recipient does not show already, each of them signed off."""

    kind: str
    recipient: str
    to: str | None
    subject_line: str
    text: str = field(repr=False)
    disclosed: tuple[str, ...] = ()
    reference: str
    language: str = "en"
    answer_by: date | None = None
    law: str | None = None
    copy: str | None = field(default=None, repr=False)
    """The same in the writer's own language, to read; None where the letter is in it."""
    notes: tuple[str, ...] = ()
    """For the writer alone, to read before the letter goes out."""
    page: Page | None = field(default=None, repr=False)
    """The parts of the letter before lines are wrapped, for a PDF; None: the text is all there is."""

    def pdf(self, paper: str = "a4") -> bytes:
        """The letter on "a4" or "us-letter", its address where the window of an envelope shows it; the same bytes each time.

        Raises:
            BadInput: the extra `unlisted[pdf]` is not installed, or no font at hand has a sign of the letter.
        """
        return render(
            self.page or Page(body=self.text),
            paper=paper,
            title=self.subject_line,
            reference=self.reference,
            language=self.language,
            blank=BLANK,
        )

    @property
    def eml(self) -> bytes:
        """A draft for a mail program: at most one recipient, no sender, no date; the program it is opened in adds those."""
        message = EmailMessage(policy=SMTP)
        message["Subject"] = self.subject_line
        if self.to is not None:
            message["To"] = Address(addr_spec=self.to)
        message["X-Unsent"] = "1"
        message.set_content(self.text, charset="utf-8", cte="quoted-printable")
        return message.as_bytes()

    @property
    def mailto(self) -> str | None:
        """The letter as a link for the mail program; None where it would be cut, or no e-mail address is known."""
        if self.to is None:
            return None
        body = quote(self.text.replace("\n", "\r\n"), safe="")
        link = f"mailto:{quote(self.to, safe='@')}?subject={quote(self.subject_line, safe='')}&body={body}"
        return link if len(link) <= MAX_MAILTO else None


def new_reference(rng: Random) -> str:
    """Ten random characters (base32): a reference that says nothing about anybody."""
    return "".join(rng.choice(_ALPHABET) for _ in range(REFERENCE_LENGTH))


def write(  # noqa: PLR0913  (the names that others call it by)
    kind: str,
    *,
    subject: Subject,
    recipient: Recipient | Directory,
    record: Listing | Sequence[Listing] | None = None,
    law: Law | str | None = None,
    language: str = "en",
    now: datetime,
    reference: str,
    allow: Sequence[str] = (),
    earlier: tuple[str, date] | None = None,
) -> Letter:
    """One letter of this kind.

    `record` is the listing that it is about, or several of one owner. `law` is an entry of the law register or its id: it is
    named only where it gives such a right, and one of a single state only where the letter gives the state; `Letter.law`
    says whether. `allow`: the labels of facts that the letter may newly disclose (of a source: the record's address may be
    told to someone who does not show it). `earlier`: reference and day of the letter that this one follows.

    Raises:
        BadInput: there is no such kind, law or language, or the reference could not stand in a subject line.
    """
    chosen, tongue = _asked(kind, language=language, references=(reference, *(earlier[:1] if earlier else ())))
    to = Recipient.of(recipient) if isinstance(recipient, Directory) else recipient
    records = (record,) if isinstance(record, Listing) else tuple(record or ())
    statute, writer = _nameable(chosen, law, language, lambda kind: person(kind, subject, to, records, allow))
    right = right_of(chosen, statute, language) if statute is not None else None
    answer_by = law_book.deadline(statute, now.date(), right=right) if statute is not None else None
    words = tongue.kinds.get(chosen.id)
    subject_line = f"{words.subject if words else chosen.subject_line} ({reference})"
    frame = {
        "date": tongue.written(now.date()),
        "reference": reference,
        "subject" if words else "subject_line": subject_line,
        "deadline": tongue.written(answer_by) if answer_by is not None else None,
        "earlier_reference": earlier[0] if earlier else None,
        "earlier_date": tongue.written(earlier[1]) if earlier else None,
    }
    cited = _cites(statute, language)[right] if statute is not None and right is not None else None
    page = _page(chosen, tongue, to=to, writer=writer, statute=statute, cited=cited, frame=frame)
    return Letter(
        kind=chosen.id,
        recipient=one_line(to.name),
        to=mail_address(to.email),
        subject_line=subject_line,
        text=_laid_out(page),
        disclosed=writer.disclosed,
        reference=reference,
        language=language,
        answer_by=answer_by,
        law=statute.id if statute is not None else None,
        notes=_notes(chosen, tongue, statute, right),
        page=_parts(page, to),
    )


def _asked(kind: str, *, language: str, references: tuple[str, ...]) -> tuple[Kind, Language]:
    if kind not in KINDS:
        raise BadInput(f"there is no letter of the kind {kind[:40]!r}; there are: {', '.join(KINDS)}")
    if language not in LANGUAGES or not LANGUAGES[language].has(kind):
        there = [code for code, each in LANGUAGES.items() if each.has(kind)]
        raise BadInput(f"letters of the kind {kind} are written in: {', '.join(there)}")
    if any(REFERENCE.fullmatch(reference) is None for reference in references):
        raise BadInput("a letter's reference is 4 to 40 letters, digits and hyphens")
    return KINDS[kind], LANGUAGES[language]


def _nameable(
    kind: Kind, entry: Law | str | None, language: str, told: Callable[[Kind], Person]
) -> tuple[Law | None, Person]:
    """The law that the letter may name, or None; and what it tells of its writer.

    One that gives no such right would be a threat that it does not carry; the law of one state would tell where the writer
    lives, unless the letter says so anyway: it is then named where it is the law of that state.
    """
    statute = law_book.law(entry) if isinstance(entry, str) else entry
    if statute is None or right_of(kind, statute, language) is None:
        return None, told(kind)
    if not law_book.of_one_state(statute):
        return statute, told(kind)
    writer = told(replace(kind, needs=(*kind.needs, "state")))
    holds = writer.state is not None and law_book.state_code(writer.state) in {place[3:] for place in statute.places}
    return (statute, writer) if holds or ("home" in kind.needs and writer.home) else (None, told(kind))


def right_of(kind: Kind, statute: Law, language: str = "en") -> str | None:
    """The right of this law on which a letter of the kind stands; None where it gives none of them."""
    if kind.laws and statute.id not in kind.laws:
        return None
    cites = {str(right) for right in _cites(statute, language)}
    return next((right for right in kind.rights if right in cites), None)


def _cites(statute: Law, language: str) -> Mapping[str, str]:
    return {
        str(right): words
        for right, words in (statute.cite if language == "en" else statute.cite_in.get(language, {})).items()
    }


def _notes(kind: Kind, tongue: Language, statute: Law | None, right: str | None) -> tuple[str, ...]:
    time = law_book.time_for(statute, right) if statute is not None else None
    weekdays = (WEEKDAYS,) if time is not None and time[1] == "business days" else ()
    return (*(() if tongue.reviewed else (NOT_REVIEWED,)), *kind.notes, *weekdays)


def _page(
    kind: Kind,
    tongue: Language,
    *,
    to: Recipient,
    writer: Person,
    statute: Law | None,
    cited: str | None,
    frame: Mapping[str, str | None],
) -> str:
    """The letter with its four parts marked, before its lines are wrapped."""
    names = {"birth_date": tongue.birth_date, "phone": tongue.phone}
    extras = [f"{names[what]}: {value}" for what, value in writer.extras]
    source = law_book.source_words(statute) if statute is not None else None
    if tongue.frame is not None:
        known = {**frame, "to": one_line(to.name), "cited": cited, "law_source": source, "blank": BLANK}
        values = {key: value or (BLANK if key.startswith("earlier") else "") for key, value in known.items()}
        values["extras"] = "\n".join(f"  {extra}" for extra in extras)
        return fill(tongue.frame, tongue.kinds[kind.id], writer, values, post=_post(to), part=_PART)
    return (
        _environment()
        .get_template(f"letters/{kind.id}.txt.j2")
        .render(
            recipient={"name": one_line(to.name), "post": _post(to)},
            person=writer,
            extras=extras,
            cited=cited,
            blank=BLANK,
            blank_by_hand=f"{BLANK} (fill in by hand)",
            law=statute,
            law_source=source,
            part=_PART,
            **frame,
        )
    )


def _post(to: Recipient) -> list[str]:
    return [one_line(line) for line in to.post[:MAX_POST_LINES]]


def _parts(page: str, to: Recipient) -> Page:
    sender, _, about, body = page.split(_PART)
    return Page(sender=sender, address=(one_line(to.name), *_post(to)), about=about, body=body)


@cache
def _environment() -> jinja2.Environment:
    return jinja2.Environment(
        loader=jinja2.PackageLoader("unlisted.templates", ""),
        autoescape=False,  # noqa: S701  (plain text: nothing reads it as markup, and a template never comes from outside)
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )


def _laid_out(words: str) -> str:
    """Paragraphs wrapped for a plain page; lines that start with a space stay as they are (addresses, lists, blanks)."""
    lines = (
        line if line.startswith(" ") or len(line) <= LINE else _wrapped(line)
        for line in words.replace(_PART, "").split("\n")
    )
    return _GAPS.sub("\n\n", "\n".join(line.rstrip() for line in lines)).strip("\n") + "\n"


def _wrapped(line: str) -> str:
    return textwrap.fill(line, LINE, break_long_words=False, break_on_hyphens=False)
