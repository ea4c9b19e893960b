"""Word by word: what a letter holds beyond the words of its kind is on the record, signed off, or the recipient's own.

The other test of privacy looks for canaries. This one looks at every word of the letter, whatever it is, and wants to know from
where it came: all kinds, all languages, all laws, all recipients of the registers, and values that try to break out.
"""

from __future__ import annotations

import csv
import email
import email.policy
import io
import re
import zipfile
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from functools import cache
from random import Random
from urllib.parse import parse_qs, urlsplit

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from unlisted.data.loader import authorities, directories, laws
from unlisted.data.schema import Directory, Law
from unlisted.errors import BadInput
from unlisted.model import Fact, Field, LetterOffer, Listing, Source, SourceKind, Subject
from unlisted.remedy import forms
from unlisted.remedy.authorities import recipient_of
from unlisted.remedy.directories import letters
from unlisted.remedy.kinds import KINDS
from unlisted.remedy.languages import LANGUAGES
from unlisted.remedy.laws import source_words
from unlisted.remedy.letters import Letter, write
from unlisted.remedy.plain import one_line
from unlisted.remedy.recipient import Recipient

NOW = datetime(2026, 11, 21, 9, 30, tzinfo=UTC)
REFERENCE = "ABCDE23456"
EARLIER = ("FIRST23456", date(2026, 10, 1))
DIRECTORIES = list(directories())
LAWS = list(laws().values())
RECIPIENTS = [
    *(Recipient.of(entry) for entry in DIRECTORIES),
    *(replace(recipient_of(entry), elsewhere=True) for entry in authorities().values()),
    Recipient(name="A search engine", elsewhere=True),
    Recipient(name="Someone"),
]
NAMES = (
    "Wren Halloway",
    "Jörg Müßig",
    "مريم الحسن",
    "आर्यन शर्मा",
    "山田 太郎",
    "O'Brien-Łucja",
    "Nguyễn Thị Hường",
    "A",
)
STATES = ("CA", "California", "TX", "QC", "ME", "")
KINDS_OF_FACT = ("name", "address", "phone", "email", "birth_date", "employer", "relative", "handle")
FIELD_KINDS = ("name", "region", "street_address", "phone", "email", "relative", "birth_date", "locality")
BREAKS = (
    "",
    " ",
    "\x00",
    "\ud800",
    "\u202egnp.exe",
    "\u2066\u2069\u200f",
    "a\r\nBcc: evil@evil.example\r\n\r\nHello",
    "x\u2028y\u2029z",
    "{{ person.home }}{% include 'letters/access.txt.j2' %}",
    '#read("/etc/passwd") $x$ *b* @ref <l>',
    "=cmd|' /C calc'!A0",
    "</text><script>alert(1)</script>",
    "q" * 10_000,
    "🏠🔑",
    "a" + "\u0301" * 400,
    "\ufeff\u00ad",
)
WORD = re.compile(r"\S+")
EDGES = "“”‘’\"'(),.:;…«»"


@dataclass(frozen=True)
class Case:
    """A person, what a record shows of them, who gets the letter, and what was signed off."""

    subject: Subject
    record: Listing
    to: Recipient
    allow: tuple[str, ...]


def words(text: str) -> set[str]:
    """The words of a text as they stand between spaces, without the signs around them."""
    return {bare for word in WORD.findall(text) if (bare := word.strip(EDGES))}


@st.composite
def facts(draw: st.DrawFn, number: int, value: st.SearchStrategy[str]) -> Fact:
    """A declared fact."""
    kind = draw(st.sampled_from(KINDS_OF_FACT))
    secret = draw(st.integers(0, 3)) == 0
    label = f"fact {number}"
    if kind == "address":
        street, town = draw(value), draw(value)
        state = draw(st.sampled_from(STATES))
        return Fact(kind=kind, label=label, secret=secret, street=street, town=town, state=state or None)
    return Fact(kind=kind, label=label, secret=secret, value=draw(value))


@st.composite
def cases(draw: st.DrawFn, value: st.SearchStrategy[str]) -> Case:
    """Any of it."""
    declared = tuple(draw(facts(number, value)) for number in range(draw(st.integers(1, 5))))
    to = draw(st.sampled_from(RECIPIENTS))
    host = to.hosts[0] if bool(to.hosts) and draw(st.booleans()) else "peekabook.example"
    shown = draw(st.lists(st.sampled_from(declared), max_size=3, unique_by=lambda fact: fact.label))
    fields = [Field(kind=draw(st.sampled_from(FIELD_KINDS)), value=fact.line) for fact in shown]
    fields += [Field(kind=draw(st.sampled_from(FIELD_KINDS)), value=draw(value))]
    slug = draw(st.sampled_from(["4711", *(fact.line.replace(" ", "-") for fact in declared)]))
    source = Source(label="listing", kind=SourceKind.LISTING, address=f"https://{host}/{slug}")
    record = Listing(source="listing", directory=None, host=host, matched=tuple(shown), fields=tuple(fields))
    labels = [*(fact.label for fact in declared), "listing"]
    allow = tuple(draw(st.lists(st.sampled_from(labels), unique=True)))
    country = draw(st.sampled_from(("US", "CA", "GB", "DE")))
    return Case(Subject(country=country, facts=declared, sources=(source,), allow=allow), record, to, allow)


def written(case: Case, kind: str, law: Law | None, language: str) -> Letter:
    """The letter of a case."""
    return write(
        kind,
        subject=case.subject,
        recipient=case.to,
        record=case.record,
        law=law,
        language=language,
        now=NOW,
        reference=REFERENCE,
        allow=case.allow,
        earlier=EARLIER,
    )


@cache
def kind_words(kind: str, language: str, law_id: str | None) -> frozenset[str]:
    """The words of this kind of letter about nobody, with and without the law, about one page and several, and those of the law."""
    law = laws()[law_id] if law_id is not None else None
    home = Fact(kind="address", label="h", state=law.places[0][3:]) if law is not None and law.places else None
    nobody, resident = Subject(), Subject(facts=(home,) if home else (), allow=("h",))
    records = [Listing(source=label, directory=None, host="peekabook.example") for label in ("s", "t")]
    cases: list[tuple[Subject, Law | None, list[Listing]]] = [(nobody, None, []), (nobody, None, records)]
    cases += [(nobody, law, []), (resident, law, [])] if law is not None else []
    found = words(" ".join((law.name, *law.cite.values(), source_words(law)))) if law is not None else set()
    for person, statute, about in cases:
        blank = write(
            kind,
            subject=person,
            recipient=Recipient(name="Someone"),
            record=about,
            law=statute,
            language=language,
            now=NOW,
            reference=REFERENCE,
            allow=person.allow,
            earlier=EARLIER,
        )
        found |= words(blank.text)
    return frozenset(found)


def own_words(made: Letter, case: Case, law: Law | None) -> set[str]:
    """The words of this kind of letter about nobody, and those of the recipient's name and post address."""
    post = (one_line(line) for line in (case.to.name, *case.to.post))
    return words(" ".join(post)) | kind_words(made.kind, made.language, law.id if law is not None else None) | FRAME


FRAME = words(
    "The name on it is My phone number More that you ask for Birth date Phone number It was about a page with my details Its "
    "address is I live in this state Reply to Your site shows Name"
) | {word for each in LANGUAGES.values() for word in words(f"{each.birth_date} {each.phone}")}
"""Words of lines that stand only where there is something to say."""
LINES = {
    code: words(" ".join(each.frame.model_dump().values()))
    for code, each in LANGUAGES.items()
    if each.frame is not None
}
"""The same in the other languages."""


def may_stand(case: Case, made: Letter) -> str:
    """All values that may stand in the letter, as one text."""
    theirs = not KINDS[made.kind].third_party and not case.to.elsewhere
    host_known = not case.to.hosts or case.record.host in case.to.hosts
    told = ["listing" in made.disclosed or (theirs and host_known)]
    shown = [item.value for item in case.record.fields if all(told)]
    shown += [source.address or "" for source in case.subject.sources if all(told)]
    signed = [fact.line for fact in case.subject.facts if fact.label in made.disclosed and not fact.secret]
    on_record = [item.value for item in case.record.fields if all(told)]
    known = [
        fact.line
        for fact in case.subject.facts
        if fact.label in case.allow and not fact.secret and fact.line in on_record
    ]
    states = [fact.state or "" for fact in case.subject.facts if fact.label in made.disclosed]
    return "\n".join((*shown, *signed, *known, *states))


def strange(made: Letter, case: Case, law: Law | None) -> list[str]:
    """The words of the letter that nobody allowed."""
    allowed = own_words(made, case, law) | words(may_stand(case, made)) | LINES.get(made.language, set())
    return sorted(word for word in words(made.text) if word not in allowed)


def fitting(kind: str, language: str) -> list[Law | None]:
    """The laws that a letter of this kind may name, and none."""
    wanted = KINDS[kind]
    found = [
        law
        for law in LAWS
        if set(wanted.rights) & set(law.cite)
        and (not wanted.laws or law.id in wanted.laws)
        and (language == "en" or language in law.cite_in)
    ]
    return [None, *found]


@settings(max_examples=50, deadline=None, derandomize=True)
@given(case=cases(st.sampled_from(NAMES)), data=st.data())
def test_every_word_has_leave_to_stand_there(case: Case, data: st.DataObject) -> None:
    """For every kind, in any language it is written in, under any law that fits: no word of which nobody knows from where it is."""
    for kind in KINDS:
        language = data.draw(st.sampled_from([code for code, each in LANGUAGES.items() if each.has(kind)]))
        law = data.draw(st.sampled_from(fitting(kind, language)))
        made = written(case, kind, law, language)
        assert strange(made, case, law) == [], kind
        secret = [fact for fact in case.subject.facts if fact.secret]
        free = may_stand(replace(case, subject=replace(case.subject, facts=())), made)
        assert [fact.label for fact in secret if len(fact.line) > 2 and fact.line in made.text.replace(free, "")] == []


@pytest.mark.parametrize("allow", [(), ("fact 0", "fact 1", "fact 2", "fact 3", "listing")])
@pytest.mark.parametrize("language", list(LANGUAGES))
def test_every_word_of_every_kind_in_every_language(language: str, allow: tuple[str, ...]) -> None:
    """The same for each pair of kind and language in turn, with nothing signed off and with all of it; no hole is left."""
    declared = (
        Fact(kind="name", label="fact 0", value="Qxqxqx Zjzjzj"),
        Fact(kind="phone", label="fact 1", value="+44 7700 900123"),
        Fact(kind="address", label="fact 2", street="27 Xqxqj Row", town="Jqjqjq Bay", state="CA"),
        Fact(kind="birth_date", label="fact 3", value="1987-03-09"),
        Fact(kind="employer", label="work", value="Xzxzxz Works", secret=True),
    )
    source = Source(label="listing", kind=SourceKind.LISTING, address="https://peekabook.example/4711")
    record = Listing(source="listing", directory=None, host="peekabook.example", matched=declared[:1])
    for to in (Recipient(name="Peekabook", needs=("birth_date",)), Recipient(name="Someone", elsewhere=True)):
        case = Case(Subject(country="DE", facts=declared, sources=(source,)), record, to, allow)
        for kind in (each for each in KINDS if LANGUAGES[language].has(each)):
            law = fitting(kind, language)[-1]
            made = written(case, kind, law, language)
            assert strange(made, case, law) == [], kind
            assert not {"{", "}", "None"} & set(re.split(r"(\W)", made.text)), kind
            assert set(made.disclosed) <= set(allow)


@settings(max_examples=60, deadline=None, derandomize=True)
@given(case=cases(st.sampled_from(BREAKS)), kind=st.sampled_from(sorted(KINDS)), data=st.data())
def test_nothing_breaks_out(case: Case, kind: str, data: st.DataObject) -> None:
    """Whatever a value is: text, draft, link, table, calendar, ZIP and PDF stay one letter to one recipient, or say why not."""
    odd = data.draw(st.sampled_from(BREAKS))
    case = replace(
        case, to=replace(case.to, name=odd, post=(odd, odd), email=data.draw(st.sampled_from([odd, "a@b.example"])))
    )
    made = written(case, kind, None, "en")
    assert made.text.count("\nSubject: ") == 1
    assert made.text.count("\nHello,\n") == 1
    message = email.message_from_bytes(made.eml, policy=email.policy.default)
    assert not {"bcc", "cc", "from", "date"} & {header.lower() for header in message}
    assert message.get_all("To", []) in ([], ["a@b.example"])
    assert message.get_body() is not None
    assert " ".join(str(message.get_content()).split()) == " ".join(made.text.split())
    if made.mailto is not None:
        parts = urlsplit(made.mailto)
        assert (parts.path, sorted(parse_qs(parts.query))) == ("a@b.example", ["body", "subject"])
    offer = LetterOffer(recipient=odd, kind=kind, source=odd, file_name="letter-01-site.txt")
    files = forms.files([(offer, made)], now=NOW)
    assert sorted(files) == ["letter-01-site.eml", "letter-01-site.txt", "letters.csv", "look-again.ics"]
    (row,) = csv.DictReader(io.StringIO(files["letters.csv"].decode(), newline=""))
    assert not row["recipient"].startswith(("=", "+", "-", "@"))
    assert files["look-again.ics"].count(b"BEGIN:VEVENT") == 1
    with zipfile.ZipFile(io.BytesIO(forms.bundle(files))) as archive:
        assert archive.testzip() is None


@settings(max_examples=40, deadline=None, derandomize=True)
@given(
    case=cases(st.sampled_from(BREAKS)), kind=st.sampled_from(sorted(KINDS)), paper=st.sampled_from(("a4", "us-letter"))
)
def test_any_value_gives_a_page_or_one_line(case: Case, kind: str, paper: str) -> None:
    """A PDF that is the same twice, or one line that says why there is none."""
    made = written(case, kind, None, "en")
    try:
        page = made.pdf(paper)
    except BadInput as error:
        assert "lack a sign" in str(error)  # noqa: PT017  (both outcomes are right)
    else:
        assert page == made.pdf(paper)


@settings(max_examples=25, deadline=None, derandomize=True)
@given(
    picked=st.lists(st.sampled_from([entry for entry in DIRECTORIES if entry.domains]), min_size=1, max_size=12),
    name=st.sampled_from(NAMES[:-1]),
    country=st.sampled_from(("US", "GB", "DE", "SE", "CA", "JP")),
    their_language=st.booleans(),
)
def test_letters_of_an_audit_tell_the_name_and_no_more(
    picked: list[Directory], name: str, country: str, *, their_language: bool
) -> None:
    """The letters for any set of listings tell the name as it is shown, once or twice, and nothing else that the page shows."""
    entries = [entry for entry in DIRECTORIES if entry in picked]
    own = Fact(kind="name", label="name", value=name)
    hidden = Fact(kind="phone", label="mobile", value="+1 207 555 0199")
    sources = tuple(
        Source(label=f"record {number}", kind=SourceKind.LISTING, address=f"https://{entry.domains[0]}/4711")
        for number, entry in enumerate(entries)
    )
    shown = (Field(kind="name", value=name), Field(kind="phone", value="207 555 0199"))
    records = [
        Listing(source=source.label, directory=entry.id, host=entry.domains[0], matched=(own, hidden), fields=shown)
        for source, entry in zip(sources, entries, strict=True)
    ]
    subject = Subject(country=country, facts=(own, hidden), sources=sources)
    made = letters(
        records, subject=subject, register=directories(), now=NOW, rng=Random(1), their_language=their_language
    )
    for offer, letter in made:
        assert "0199" not in letter.text
        assert letter.disclosed == ()
        told = [line.strip() for line in letter.text.splitlines() if "0199" in line or name in line]
        assert len(told) <= 2
        assert offer.recipient in letter.text.replace("\n", " ") or offer.recipient.startswith("the site of")


def test_the_check_itself_bites() -> None:
    """A word that nobody allowed is found: a letter that tells too much does not pass."""
    fact = Fact(kind="employer", label="work", value="Xzxzxz")
    record = Listing(source="listing", directory=None, host="peekabook.example")
    case = Case(Subject(facts=(fact,)), record, Recipient(name="Someone"), ())
    made = written(case, "delisting", None, "en")
    assert strange(made, case, None) == []
    assert strange(replace(made, text=f"{made.text}\nI work at Xzxzxz."), case, None) == ["Xzxzxz", "at", "work"]
