"""One letter: its words, forms and errors."""

from __future__ import annotations

import email
import email.policy
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from random import Random
from urllib.parse import parse_qs, urlsplit

import pytest

from unlisted.data.loader import laws
from unlisted.data.schema import Directory, From
from unlisted.errors import BadInput
from unlisted.model import Fact, Field, Listing, Source, SourceKind, Subject
from unlisted.remedy.kinds import KINDS
from unlisted.remedy.languages import LANGUAGES
from unlisted.remedy.letters import BLANK, LINE, MAX_MAILTO, Letter, new_reference, write
from unlisted.remedy.recipient import Recipient

NOW = datetime(2026, 11, 21, 9, 30, tzinfo=UTC)
REFERENCE = "ABCDE23456"
PAGE = "https://www.peekabook.example/person/4711"
NAME = Fact(kind="name", label="my name", value="Wren Halloway")
MAIL = Fact(kind="email", label="alias", value="reply-only@mail.example")
HOME = Fact(kind="address", label="home", street="27 Larch Row", town="Marrow Bay", state="ME", postcode="04000")
BORN = Fact(kind="birth_date", label="birthday", value="1990-04-01")
MOBILE = Fact(kind="phone", label="mobile", value="+1 207 555 0100", secret=True)
SUBJECT = Subject(
    facts=(NAME, MAIL, HOME, BORN, MOBILE),
    sources=(Source(label="the listing", kind=SourceKind.LISTING, address=PAGE),),
)
RECORD = Listing(
    source="the listing",
    directory="peekabook",
    host="www.peekabook.example",
    matched=(NAME,),
    fields=(Field(kind="name", value="Wren Q Halloway"), Field(kind="phone", value="(207) 555-0100")),
)
SITE = Directory.model_validate(
    {
        "id": "peekabook",
        "names": ("Peekabook",),
        "kind": "people_search",
        "domains": ("peekabook.example",),
        "countries": ("US",),
        "quality": "imported",
        "opt_out_email": "privacy@peekabook.example",
        "post": ("1 Made Up Street", "Marrow Bay, ME 04000"),
        "needs": ("birth_date",),
        "source": (From(name="made up"),),
    }
)


def letter(kind: str = "delisting", **more: object) -> Letter:
    """A letter about the made-up record."""
    asked: dict[str, object] = {
        "subject": SUBJECT,
        "recipient": SITE,
        "record": RECORD,
        "now": NOW,
        "reference": REFERENCE,
    }
    return write(kind, **(asked | more))  # type: ignore[arg-type]  # each test passes what the signature names


def test_it_quotes_the_record() -> None:
    """The address of the record and the name that it shows stand in the letter; nothing is newly disclosed."""
    found = letter()
    assert f"\n  {PAGE}\n" in found.text
    assert "The name on it is Wren Q Halloway." in found.text
    assert found.disclosed == ()


def test_it_holds_nothing_else_of_the_person() -> None:
    """What the letter does not need stays out of it, also where the record shows it."""
    text = letter().text
    for fact in (MAIL, HOME, BORN, MOBILE):
        assert fact.line not in text
    assert "555" not in text
    assert f"Reply to (fill in by hand): {BLANK}" in text


def test_head_of_the_letter() -> None:
    """Recipient, post, date, reference and subject stand in it; the date does not depend on the machine."""
    found = letter()
    for words in ("To: Peekabook", "    1 Made Up Street", "Date: 21 November 2026", f"Reference: {REFERENCE}"):
        assert words in found.text
    assert found.subject_line == f"Please take down a page about me ({REFERENCE})"
    assert f"Subject: {found.subject_line}" in found.text
    assert found.recipient == "Peekabook"


def test_a_signed_fact_is_told_and_listed() -> None:
    """A reply address that was signed off stands in the letter, and its label in what it discloses."""
    found = letter(allow=("alias",))
    assert "Reply to: reply-only@mail.example" in found.text
    assert found.disclosed == ("alias",)


def test_signed_is_not_told_where_nobody_asks() -> None:
    """A birth date that was signed off is told only to a recipient that asks for one."""
    asked = letter(allow=("birthday",))
    other = letter(allow=("birthday",), recipient=Recipient(name="Other", hosts=("peekabook.example",)))
    assert ("1990-04-01" in asked.text, asked.disclosed) == (True, ("birthday",))
    assert ("1990-04-01" in other.text, other.disclosed) == (False, ())


def test_a_secret_is_never_told() -> None:
    """A secret fact stays out even where its label is signed off by mistake, and where the record's address holds it."""
    assert letter(allow=("mobile",)).disclosed == ()
    source = Source(
        label="the listing", kind=SourceKind.LISTING, address="https://www.peekabook.example/phone/207-555-0100"
    )
    found = letter(subject=Subject(facts=SUBJECT.facts, sources=(source,)), allow=("mobile",))
    assert "0100" not in found.text
    assert f"  {BLANK} (fill in by hand)" in found.text


def test_a_secret_name_is_not_quoted_from_the_record() -> None:
    """Where the name is secret, even the record's own spelling of it stays out."""
    secret = Fact(kind="name", label="my name", value="Wren Halloway", secret=True)
    record = Listing(source="x", directory=None, host="peekabook.example", matched=(secret,), fields=RECORD.fields)
    assert "Halloway" not in letter(subject=Subject(facts=(secret,)), record=record).text


def test_someone_elses_name_is_not_quoted() -> None:
    """A name on the record that shares no word with a declared one is somebody else's: the letter leaves a blank."""
    record = Listing(
        source="the listing",
        directory=None,
        host="peekabook.example",
        fields=(Field(kind="name", value="Odd Stranger"),),
    )
    assert "Stranger" not in letter(record=record).text


def test_the_record_is_told_only_to_its_own_site() -> None:
    """Another recipient does not learn the record's address, unless the source was signed off."""
    other = Recipient(name="Other", email="a@other.example", hosts=("other.example",))
    assert PAGE not in letter(recipient=other).text
    signed = letter(recipient=other, allow=("the listing",))
    assert PAGE in signed.text
    assert signed.disclosed == ("the listing",)


@pytest.mark.parametrize("kind", [kind.id for kind in KINDS.values() if kind.third_party])
def test_third_parties_learn_nothing(kind: str) -> None:
    """A letter to someone who does not show the record holds neither its address nor a name, and discloses nothing."""
    found = letter(kind, recipient=Recipient(name="Someone"))
    assert [word for word in (PAGE, "Wren", "Halloway") if word in found.text] == []
    assert found.disclosed == ()


def test_an_address_on_another_site_is_not_quoted() -> None:
    """A source whose address leads elsewhere than to the site of the record is left for the person to fill in."""
    source = Source(label="the listing", kind=SourceKind.LISTING, address="https://cache.example/copy")
    assert "cache.example" not in letter(subject=Subject(facts=SUBJECT.facts, sources=(source,))).text


@pytest.mark.parametrize(("host", "quoted"), [("127.0.0.1", True), ("127.0.0.2", False), ("", False)])
def test_a_site_without_a_name(host: str, quoted: bool) -> None:
    """A record on a bare address of a machine is quoted to that machine's site alone."""
    source = Source(label="the listing", kind=SourceKind.LISTING, address="http://127.0.0.1:8080/4711")
    record = Listing(source="the listing", directory=None, host=host)
    to = Recipient(name="A machine", hosts=(host,))
    found = letter(subject=Subject(sources=(source,)), record=record, recipient=to)
    assert ("  http://127.0.0.1:8080/4711\n" in found.text) is quoted


def test_several_records_of_one_owner() -> None:
    """Several records are quoted line by line in one letter."""
    second = Source(label="second", kind=SourceKind.LISTING, address="https://lookup.example/4712")
    record = Listing(source="second", directory=None, host="lookup.example")
    to = Recipient(name="Owner", hosts=("peekabook.example", "lookup.example"))
    found = letter(
        subject=Subject(facts=SUBJECT.facts, sources=(*SUBJECT.sources, second)), recipient=to, record=(RECORD, record)
    )
    assert f"  {PAGE}\n  https://lookup.example/4712\n" in found.text
    assert "Your sites show pages about me. The addresses are:" in " ".join(found.text.split())


def test_no_record() -> None:
    """Without a record there is a line to fill in."""
    assert f"  {BLANK} (fill in by hand)" in letter(record=None).text


def test_law_with_source_date_and_deadline() -> None:
    """A letter that names a law gives the place in it, its source and date, the last day, and says that it is no advice."""
    found = letter("erasure", law="eu-gdpr")
    words = " ".join(found.text.split())
    assert "under Article 17 of the EU General Data Protection Regulation." in words
    assert "Source: request templates of datenanfragen/data, 2026-07-21." in words
    assert "Please answer by 21 December 2026." in words
    assert (found.answer_by, found.law) == (date(2026, 12, 21), "eu-gdpr")


@pytest.mark.parametrize("kind", list(KINDS))
def test_every_kind_says_that_it_is_not_legal_advice(kind: str) -> None:
    """The line stands in every letter, with or without law."""
    assert "This is not legal advice." in letter(kind).text


def test_a_law_that_was_not_checked_says_so() -> None:
    """A law that is known at second hand is marked in the letter."""
    assert "not checked in the law itself" in " ".join(letter("erasure", law="uk-gdpr").text.split())


@pytest.mark.parametrize("kind", [kind.id for kind in KINDS.values() if kind.rights])
def test_every_kind_with_a_right_has_a_law(kind: str) -> None:
    """For each kind that names rights, at least one entry of the register fits."""
    fitting = [law.id for law in laws().values() if set(KINDS[kind].rights) & set(law.cite)]
    assert [law for law in fitting if not KINDS[kind].laws or law in KINDS[kind].laws]


@pytest.mark.parametrize(
    ("kind", "law"), [("delisting", "eu-gdpr"), ("dmca", "us-take-it-down"), ("reminder", "eu-gdpr")]
)
def test_a_law_that_gives_no_such_right_is_not_named(kind: str, law: str) -> None:
    """A letter does not lean on a law that does not carry it: it asks without one, and says so."""
    found = letter(kind, law=law)
    assert (found.law, found.answer_by) == (None, None)
    assert found.text == letter(kind).text


def test_a_state_law_is_named_only_with_the_state() -> None:
    """A law of one state would tell where the person lives: it stands only where the letter gives that very state."""
    subject = replace(SUBJECT, facts=(replace(HOME, state="CA"),))
    without = letter("optout", law="us-ca-ccpa", subject=subject)
    assert "California" not in without.text
    assert (without.law, without.answer_by) == (None, None)
    signed = letter("optout", law="us-ca-ccpa", subject=subject, allow=("home",))
    assert "I live in this state: CA" in signed.text
    assert "California" in signed.text
    assert signed.disclosed == ("home",)


def test_the_law_of_another_state_is_not_named() -> None:
    """Somebody who lives in Maine cannot lean on the law of California, and the letter does not say so."""
    found = letter("optout", law="us-ca-ccpa", allow=("home",))
    assert "I live in this state: ME" in found.text
    assert "California" not in found.text
    assert found.law is None


@pytest.mark.parametrize(
    ("declared", "shown", "told"),
    [("CA", "California", True), ("CA", "CA", True), ("ME", "CA", False), (None, "CA", False)],
)
def test_the_state_that_a_record_shows(declared: str | None, shown: str, told: bool) -> None:
    """The state on the record is quoted only where it is the person's own: an old one would be a false statement."""
    home = Fact(kind="address", label="home", street="1 Larch Row", state=declared)
    record = Listing(
        source="x",
        directory=None,
        host="peekabook.example",
        matched=(home,),
        fields=(Field(kind="region", value=shown),),
    )
    found = letter("optout", law="us-ca-ccpa", record=record, subject=Subject(facts=(home,)))
    assert (f"I live in this state: {shown}" in found.text) is told
    assert ("California Consumer Privacy Act" in " ".join(found.text.split())) is told
    assert found.disclosed == ()


def test_only_two_kinds_speak_of_harassment() -> None:
    """No letter but the two for a person who is harassed says a word of it."""
    speaking = {
        kind
        for kind in KINDS
        if any(word in letter(kind).text.lower() for word in ("harass", "stalk", "threat", "danger"))
    }
    assert (
        speaking
        == {kind.id for kind in KINDS.values() if kind.speaks_of_risk}
        == {"provider-complaint", "police-sheet"}
    )


def test_an_earlier_letter_is_named() -> None:
    """A reminder names the day and the reference of the letter that it follows; without them there are blanks."""
    named = letter("reminder", earlier=("ZZZZZ77777", date(2026, 10, 1)))
    assert "I wrote to you on 1 October 2026. The reference was ZZZZZ77777." in named.text
    assert f"I wrote to you on {BLANK}." in " ".join(letter("reminder").text.split())


def test_eml_is_a_draft_with_one_recipient() -> None:
    """The draft has one recipient and no sender or date, is marked as not sent, and holds the text."""
    found = letter()
    message = email.message_from_bytes(found.eml, policy=email.policy.default)
    assert message["To"] == "privacy@peekabook.example"
    assert message["Subject"] == found.subject_line
    assert message["X-Unsent"] == "1"
    assert [name for name in ("From", "Date", "Cc", "Bcc", "Message-ID") if name in message] == []
    body = message.get_body()
    assert body is not None
    assert body.get_content().replace("\r\n", "\n") == found.text


@pytest.mark.parametrize(
    "address", [None, "", "a@b", "a@b.example, c@d.example", "a@b.example\r\nBcc: c@d.example", "a b@c.example"]
)
def test_no_recipient_where_the_address_is_not_plainly_one(address: str | None) -> None:
    """An e-mail address that is not exactly one plain one is not used."""
    found = letter(recipient=Recipient(name="Odd", email=address))
    assert found.to is None
    assert found.mailto is None
    assert "To" not in email.message_from_bytes(found.eml, policy=email.policy.default)


def test_mailto() -> None:
    """A short letter is a link that holds all of it; a long one is none."""
    link = letter().mailto
    assert link is not None
    parts = urlsplit(link)
    query = parse_qs(parts.query)
    assert (parts.scheme, parts.path) == ("mailto", "privacy@peekabook.example")
    assert query["body"][0].replace("\r\n", "\n") == letter().text
    assert len(link) <= MAX_MAILTO
    long = Source(label="the listing", kind=SourceKind.LISTING, address=PAGE + "/" + "a" * 900)
    assert letter(subject=Subject(facts=SUBJECT.facts, sources=(long,))).mailto is None


def test_same_bytes_twice() -> None:
    """The same input gives the same letter."""
    assert (letter().text, letter().eml) == (letter().text, letter().eml)


def test_reference_is_random() -> None:
    """A reference is ten characters from the random source, and another one each time."""
    rng = Random(7)
    drawn = [new_reference(rng) for _ in range(50)]
    assert len(set(drawn)) == 50
    assert all(len(one) == 10 and set(one) <= set("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567") for one in drawn)
    assert new_reference(Random(7)) == drawn[0]


@pytest.mark.parametrize(
    ("more", "words"),
    [
        ({"kind": "love-letter"}, "delisting"),
        ({"language": "tlh"}, "en"),
        ({"reference": "abc"}, "4 to 40 letters"),
        ({"reference": "ABCDE2345\n"}, "4 to 40 letters"),
        ({"reference": "A" * 41}, "4 to 40 letters"),
        ({"earlier": ("no", date(2026, 1, 1))}, "4 to 40 letters"),
        ({"law": "no-such-law"}, "eu-gdpr"),
    ],
)
def test_errors_say_what_is_allowed(more: dict[str, object], words: str) -> None:
    """A wrong kind, language, reference or law is one line that says what there is."""
    with pytest.raises(BadInput) as caught:
        letter(**({"kind": "delisting"} | more))  # type: ignore[arg-type]  # as above
    assert words in str(caught.value)


def test_no_value_in_a_repr() -> None:
    """Neither the letter nor what went into it shows a value when printed."""
    shown = repr(letter(allow=("alias",)))
    assert [word for word in ("Wren", "mail.example", "4711") if word in shown] == []


@pytest.mark.parametrize("kind", list(KINDS))
def test_lines_are_short_and_blanks_are_few(kind: str) -> None:
    """Every letter is laid out for a plain page: short lines, no runs of empty ones, no left-over marks of the template."""
    text = letter(kind).text
    assert all(len(line) <= LINE for line in text.splitlines())
    assert "\n\n\n" not in text
    assert not any(mark in text for mark in ("{{", "{%", "None", "Undefined"))
    assert text.endswith("\n")


def test_every_kind_has_its_words(root: Path) -> None:
    """Each kind has a template, each other language a file of sentences for kinds that there are, and nothing is left over."""
    folder = root / "templates" / "letters"
    assert {path.name.removesuffix(".txt.j2") for path in folder.glob("*.j2")} == {*KINDS, "letter"}
    assert {path.stem for path in folder.glob("*.toml")} | {"en"} == set(LANGUAGES)
    assert all(set(each.kinds) <= set(KINDS) for each in LANGUAGES.values())
