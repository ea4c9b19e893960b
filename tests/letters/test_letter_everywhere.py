"""Every directory of the register, every kind, and the words of the PDF: nothing that is not on the record or signed off."""

from __future__ import annotations

import shutil
import subprocess
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from unlisted.data.loader import directories
from unlisted.data.schema import Directory
from unlisted.errors import BadInput
from unlisted.model import Fact, Field, Listing, Source, SourceKind, Subject
from unlisted.remedy.directories import letters, offers
from unlisted.remedy.kinds import KINDS
from unlisted.remedy.letters import Letter, write
from unlisted.remedy.recipient import Recipient

NOW = datetime(2026, 11, 21, 9, 30, tzinfo=UTC)
REGISTER = directories()
ALL = list(REGISTER)
NAME = Fact(kind="name", label="name", value="Qxqxqx Zjzjzj")
SHOWN_NAME = "Qxqxqx M Zjzjzj"
HIDDEN = (
    Fact(kind="address", label="home", street="27 Xqxqj Row", town="Jqjqjq Bay", state="CA", postcode="99877"),
    Fact(kind="phone", label="mobile", value="+1 207 555 0199"),
    Fact(kind="email", label="mail", value="zqzqzq@mail.example"),
    Fact(kind="birth_date", label="birthday", value="1987-03-09"),
    Fact(kind="relative", label="sister", value="Jxjxjx Zjzjzj"),
    Fact(kind="employer", label="work", value="Xzxzxz Works"),
    Fact(kind="handle", label="handle", value="qjqjqjq"),
)
TRACES = (
    "Xqxqj", "Jqjqjq", "99877", "555 0199", "5550199", "zqzqzq", "1987-03", "Jxjxjx", "Xzxzxz", "qjqjqjq",
)  # fmt: skip
COUNTRIES = ("US", "GB", "DE", "AT", "FR", "CA", "BR", "AU", "NZ", "CH", "SE", "JP")
SHARES = 6


def whole(country: str) -> tuple[Subject, list[Listing]]:
    """Someone of this country with a record on every site of the register, each showing name, address and phone."""
    sources = tuple(
        Source(label=f"record {number}", kind=SourceKind.LISTING, address=f"https://{entry.domains[0]}/4711")
        for number, entry in enumerate(ALL)
        if entry.domains
    )
    fields = (
        Field(kind="name", value=SHOWN_NAME),
        Field(kind="street_address", value="27 Xqxqj Row"),
        Field(kind="phone", value="207 555 0199"),
        Field(kind="relative", value="Jxjxjx Zjzjzj"),
    )
    by_label = {f"record {number}": entry for number, entry in enumerate(ALL)}
    records = [
        Listing(
            source=source.label,
            directory=by_label[source.label].id,
            host=by_label[source.label].domains[0],
            matched=(NAME, *HIDDEN[:2]),
            fields=fields,
        )
        for source in sources
    ]
    return Subject(country=country, facts=(NAME, *HIDDEN), sources=sources), records


@pytest.mark.parametrize("country", COUNTRIES)
@pytest.mark.parametrize("their_language", [False, True])
def test_every_directory_gets_the_least(country: str, *, their_language: bool) -> None:
    """A letter to any directory holds the page's address and the name as shown there, and none of the rest that it shows."""
    subject, records = whole(country)
    share = records[COUNTRIES.index(country) % SHARES :: SHARES]  # every directory is written to from two countries
    made = letters(share, subject=subject, register=REGISTER, now=NOW, rng=Random(1), their_language=their_language)
    assert len(made) > len(share) / 2
    for offer, letter in made:
        assert (letter.copy is None) == (letter.language == "en")
        words = f"{letter.text}{letter.copy or ''}{letter.eml.decode()}{letter.mailto or ''}"
        assert [trace for trace in TRACES if trace in words] == [], offer.file_name
        assert letter.disclosed == ()
        assert letter.language == "en" or their_language


def test_every_offer_is_without_a_value() -> None:
    """What a report says of the letters names no fact and no address of a record, whatever the directory."""
    subject, records = whole("US")
    shown = repr(offers(records[:500], subject=subject, register=REGISTER, now=NOW))
    assert [trace for trace in (*TRACES, "Qxqxqx", "/4711") if trace in shown] == []


def pdf_words(letter: Letter, path: Path) -> str:
    """The words of a letter's PDF in reading order, each break a space."""
    tool = shutil.which("pdftotext")
    if tool is None:
        pytest.skip("pdftotext is not installed")
    path.write_bytes(letter.pdf("a4"))
    done = subprocess.run([tool, "-raw", str(path), "-"], capture_output=True, check=True)
    return " ".join(done.stdout.decode().split())


SIGNABLE = [fact for fact in (NAME, *HIDDEN) if fact.kind in {"name", "address", "phone", "email", "birth_date"}]


@settings(max_examples=50, deadline=None, derandomize=True)
@given(
    kind=st.sampled_from(sorted(KINDS)),
    entry=st.sampled_from([entry for entry in ALL if entry.domains]),
    allow=st.lists(st.sampled_from([fact.label for fact in SIGNABLE]), unique=True),
    secret=st.sets(st.sampled_from([fact.label for fact in HIDDEN])),
)
def test_the_pdf_tells_no_more_than_the_text(
    tmp_path_factory: pytest.TempPathFactory, kind: str, entry: Directory, allow: list[str], secret: set[str]
) -> None:
    """The page holds no value that was not signed off, no secret one, and nothing that the text does not hold."""
    site = Recipient.of(entry)
    facts = tuple(replace(fact, secret=fact.label in secret) for fact in (NAME, *HIDDEN))
    source = Source(label="record", kind=SourceKind.LISTING, address=f"https://{site.hosts[0]}/4711")
    record = Listing(source="record", directory=None, host=site.hosts[0])
    letter = write(
        kind,
        subject=Subject(facts=facts, sources=(source,)),
        recipient=site,
        record=record,
        now=NOW,
        reference="ABCDE23456",
        allow=tuple(allow),
    )
    try:
        words = pdf_words(letter, tmp_path_factory.mktemp("letter") / "a.pdf")
    except BadInput as error:  # a directory's own name may hold a sign that no font has
        assert "lack a sign" in str(error)  # noqa: PT017
        return
    text = " ".join(letter.text.split())
    for fact in facts:
        told = [part for part in (fact.value, fact.street, fact.town, fact.postcode) if part and part in words]
        assert not told or (fact.label in letter.disclosed and not fact.secret)
        assert [part for part in told if part not in text] == []
