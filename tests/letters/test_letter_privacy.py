"""Over all kinds, directories and made-up people: every value in a letter is on the record, signed off, or the recipient's own."""

from __future__ import annotations

import email
import email.policy
import unicodedata
from dataclasses import replace
from datetime import UTC, datetime
from functools import partial

from hypothesis import given, settings
from hypothesis import strategies as st

from unlisted.data.loader import directories, laws
from unlisted.data.schema import Directory, Law
from unlisted.model import Fact, Field, Listing, Source, SourceKind, Subject
from unlisted.remedy.kinds import KINDS
from unlisted.remedy.languages import LANGUAGES
from unlisted.remedy.letters import Letter, write
from unlisted.remedy.recipient import Recipient

NOW = datetime(2026, 11, 21, 9, 30, tzinfo=UTC)
REFERENCE = "ABCDE23456"
STRANGER = Recipient(name="Someone", hosts=("other.example",))
HEADERS = {"subject", "to", "x-unsent", "content-type", "content-transfer-encoding", "mime-version"}
# Canaries: words that no template, register or law holds, so that finding one in a letter proves where it came from.
WORD = st.text("qxzj", min_size=8, max_size=12)
FACT_KINDS = (
    "name",
    "handle",
    "address",
    "phone",
    "email",
    "birth_date",
    "employer",
    "school",
    "relative",
    "plate",
    "place",
)
FIELD_KINDS = (
    "name",
    "street_address",
    "locality",
    "region",
    "postal_code",
    "phone",
    "email",
    "relative",
    "birth_date",
)
DIRECTORIES = list(directories())
LAWS = list(laws().values())


@st.composite
def facts(draw: st.DrawFn, number: int) -> Fact:
    """A declared fact whose every part is a canary."""
    kind = draw(st.sampled_from(FACT_KINDS))
    secret = draw(st.booleans())
    label = f"fact {number}"
    if kind == "address":
        street, town, state, postcode = (draw(WORD) for _ in range(4))
        return Fact(kind=kind, label=label, secret=secret, street=street, town=town, state=state, postcode=postcode)
    if kind == "phone":
        return Fact(
            kind=kind,
            label=label,
            secret=secret,
            value="+1 207 555 01" + draw(st.text("0123456789", min_size=2, max_size=2)),
        )
    if kind == "email":
        return Fact(kind=kind, label=label, secret=secret, value=f"{draw(WORD)}@mail.example")
    return Fact(kind=kind, label=label, secret=secret, value=f"{draw(WORD)} {draw(WORD)}", aliases=(draw(WORD),))


def values(fact: Fact) -> list[str]:
    """All that a fact holds, part by part."""
    parts = [fact.value, fact.street, fact.town, fact.state, fact.postcode, *fact.aliases]
    return [part for part in parts if part]


@st.composite
def cases(draw: st.DrawFn) -> tuple[Subject, Listing, Directory, tuple[str, ...]]:
    """A person, a record that shows some of their facts and some other values, a directory, and what was signed off."""
    declared = tuple(draw(facts(number)) for number in range(draw(st.integers(1, 6))))
    site = draw(st.sampled_from(DIRECTORIES))
    host = site.domains[0] if site.domains else "peekabook.example"
    shown = draw(st.lists(st.sampled_from(declared), max_size=3, unique_by=lambda fact: fact.label))
    fields = [Field(kind=draw(st.sampled_from(FIELD_KINDS)), value=value) for fact in shown for value in values(fact)]
    fields += [Field(kind=draw(st.sampled_from(FIELD_KINDS)), value=draw(WORD)) for _ in range(draw(st.integers(0, 2)))]
    slug = draw(st.sampled_from(["4711", *(value.replace(" ", "-") for fact in declared for value in values(fact))]))
    source = Source(label="listing", kind=SourceKind.LISTING, address=f"https://{host}/{slug}")
    record = Listing(source="listing", directory=site.id, host=host, matched=tuple(shown), fields=tuple(fields))
    allow = tuple(draw(st.lists(st.sampled_from([*(fact.label for fact in declared), "listing"]), unique=True)))
    return Subject(facts=declared, sources=(source,), allow=allow), record, site, allow


def fits(kind: str, law: Law) -> bool:
    """Whether a letter of the kind may name this law."""
    wanted = KINDS[kind]
    return bool(set(wanted.rights) & set(law.cite)) and (not wanted.laws or law.id in wanted.laws)


@settings(max_examples=150, deadline=None, derandomize=True)
@given(case=cases(), data=st.data())
def test_every_value_is_on_the_record_or_signed_off(
    case: tuple[Subject, Listing, Directory, tuple[str, ...]], data: st.DataObject
) -> None:
    """For every kind: no value that the record does not show, unless its label was signed off and is listed; a secret never."""
    subject, record, site, allow = case
    own = Recipient.of(site)
    to = data.draw(
        st.sampled_from(
            [
                own if site.domains else replace(own, hosts=(record.host,)),
                STRANGER,
            ]
        )
    )
    shown = " ".join((*(item.value for item in record.fields), *(source.address or "" for source in subject.sources)))
    for kind in KINDS:
        language = data.draw(st.sampled_from([code for code, each in LANGUAGES.items() if each.has(kind)]))
        fitting = [law for law in LAWS if fits(kind, law) and (language == "en" or language in law.cite_in)]
        law = data.draw(st.sampled_from([None, *fitting]))
        letter = write(
            kind,
            subject=subject,
            recipient=to,
            record=record,
            law=law,
            language=language,
            now=NOW,
            reference=REFERENCE,
            allow=allow,
        )
        theirs = not KINDS[kind].third_party and to.hosts != STRANGER.hosts
        may_know = shown if theirs or "listing" in letter.disclosed else ""
        assert leaks(letter, subject, may_know) == []
        assert set(letter.disclosed) <= set(allow)


def leaks(letter: Letter, subject: Subject, may_know: str) -> list[str]:
    """The labels of facts whose values stand in the letter without leave.

    A value that two facts share is told where either was signed off; a secret one has leave of nobody.
    """
    signed = " ".join(fact.line for fact in subject.facts if fact.label in letter.disclosed)
    found = []
    for fact in subject.facts:
        told = [value for value in values(fact) if value in letter.text or value.replace(" ", "-") in letter.text]
        known = "" if fact.secret else f"{may_know} {signed}"
        free = [value for value in told if value in known or value.replace(" ", "-") in known]
        if set(told) - set(free) and (fact.secret or fact.label not in letter.disclosed):
            found.append(fact.label)
    return found


def test_two_facts_of_one_value() -> None:
    """A value that was signed off under one label is no leak of its twin; unsigned or secret, it is left out."""
    twins = tuple(Fact(kind="name", label=label, value="qqqqqqqq zzzzzzzz") for label in ("one", "two"))
    record = Listing(source="s", directory=None, host="peekabook.example")
    write_to = partial(write, "delisting", recipient=Recipient(name="A"), record=record, now=NOW, reference=REFERENCE)
    signed = write_to(subject=Subject(facts=twins), allow=("one",))
    assert ("qqqqqqqq zzzzzzzz" in signed.text, signed.disclosed) == (True, ("one",))
    assert leaks(signed, Subject(facts=twins), "") == []
    assert "qqqqqqqq" not in write_to(subject=Subject(facts=twins)).text
    hidden = Subject(facts=(twins[0], replace(twins[1], secret=True)))
    assert "qqqqqqqq" not in write_to(subject=hidden, allow=("one",)).text


HOSTILE = st.one_of(
    st.sampled_from(
        [
            "",
            "a\r\nBcc: evil@evil.example",
            "a\nSubject: other",
            "\u202egnp.exe\u2066",
            "x" * 10_000,
            "{{ 7 * 7 }}{% raw %}",
            "<script>alert(1)</script>",
            "=?utf-8?q?a=0D=0ABcc:evil@evil.example?=",
            "\x00\x1b[2J",
            "\ud800",
            "مريم الحسن",
            "आर्यन शर्मा",
        ]
    ),
    st.text(max_size=60),
)


@settings(max_examples=120, deadline=None, derandomize=True)
@given(kind=st.sampled_from(sorted(KINDS)), bad=st.lists(HOSTILE, min_size=8, max_size=8))
def test_hostile_values_stay_text(kind: str, bad: list[str]) -> None:
    """Line breaks, marks that turn the direction, 10,000 characters or nothing: every form stays one letter to one recipient."""
    name = Fact(kind="name", label="n", value=bad[0], aliases=(bad[1],))
    mail = Fact(kind="email", label="m", value=bad[2])
    home = Fact(kind="address", label=bad[3], street=bad[3], state=bad[4])
    source = Source(label="s", kind=SourceKind.LISTING, address="https://peekabook.example/" + bad[5])
    fields = tuple(
        Field(kind=kind, value=word) for kind, word in zip(("name", "region", "phone"), bad[:3], strict=True)
    )
    record = Listing(source="s", directory=None, host="peekabook.example", matched=(name,), fields=fields)
    to = Recipient(name=bad[6], email=bad[7], post=tuple(bad), needs=("phone", "birth_date"))
    subject = Subject(facts=(name, mail, home), sources=(source,))
    letter = write(
        kind, subject=subject, recipient=to, record=record, now=NOW, reference=REFERENCE, allow=("n", "m", bad[3])
    )
    assert [
        sign for sign in letter.text if sign != "\n" and unicodedata.category(sign) in {"Cc", "Cs", "Zl", "Zp"}
    ] == []
    assert not set(letter.text) & set("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u200e\u200f")
    assert len(letter.text) < 20_000
    message = email.message_from_bytes(letter.eml, policy=email.policy.default)
    assert {header.lower() for header in message} <= HEADERS
    assert message["Subject"] == letter.subject_line
    assert len(message.get_all("To", [])) <= 1
    assert letter.text.count("\nSubject: ") == 1
    assert "\nBcc:" not in letter.text


@settings(max_examples=60, deadline=None, derandomize=True)
@given(host=HOSTILE, label=HOSTILE, allow=st.lists(HOSTILE, max_size=3))
def test_hostile_hosts_and_labels(host: str, label: str, allow: list[str]) -> None:
    """A record whose host or label is nonsense gives a letter with a blank, and no exception."""
    record = Listing(source=label, directory=None, host=host)
    source = Source(label=label, kind=SourceKind.LISTING, address=host)
    letter = write(
        "delisting",
        subject=Subject(sources=(source,)),
        recipient=Recipient(name="A"),
        record=record,
        now=NOW,
        reference=REFERENCE,
        allow=allow,
    )
    assert "Please take this down." in letter.text
    assert set(letter.disclosed) <= set(allow)
