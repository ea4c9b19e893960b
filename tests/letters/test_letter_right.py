"""Which law a letter names, and the time that goes with it: by right, by state, and where a firm hears a complaint first."""

from __future__ import annotations

from datetime import UTC, date, datetime
from random import Random
from typing import Any

import pytest

from unlisted.data.loader import Register, directories
from unlisted.data.schema import Directory, From
from unlisted.model import Fact, Field, Listing, Source, SourceKind, Subject
from unlisted.remedy.directories import letters
from unlisted.remedy.kinds import KINDS
from unlisted.remedy.laws import deadline, law, place_of, state_law, time_for
from unlisted.remedy.letters import BLANK, WEEKDAYS, Letter, right_of, write
from unlisted.remedy.recipient import Recipient

NOW = datetime(2026, 11, 20, 9, 30, tzinfo=UTC)
NAME = Fact(kind="name", label="name", value="Wren Halloway")
PHONE = Fact(kind="phone", label="mobile", value="+1 207 555 0199")
MAIL = Fact(kind="email", label="alias", value="reply-only@mail.example")
SOURCE = Source(label="the listing", kind=SourceKind.LISTING, address="https://peekabook.example/4711")
SITE = Recipient(name="Peekabook", hosts=("peekabook.example",))
SEARCH = Recipient(name="A search engine", elsewhere=True)


def home(state: str) -> Fact:
    """A home in this state."""
    return Fact(kind="address", label="home", street="27 Larch Row", town="Marrow Bay", state=state)


def letter(kind: str, *, state: str = "CA", to: Recipient = SITE, shown: str | None = None, **more: Any) -> Letter:
    """A letter about a record that shows nothing, or this state."""
    facts = (NAME, home(state), PHONE, MAIL)
    fields = (Field(kind="region", value=shown),) if shown else ()
    record = Listing(source="the listing", directory=None, host="peekabook.example", matched=(facts[1],), fields=fields)
    subject = Subject(country=more.pop("country", "US"), facts=facts, sources=(SOURCE,))
    return write(kind, subject=subject, recipient=to, record=record, now=NOW, reference="ABCDE23456", **more)


@pytest.mark.parametrize(
    ("law_id", "right", "end"),
    [
        ("us-ca-ccpa", "delete", date(2027, 1, 4)),
        ("us-ca-ccpa", "optout", date(2026, 12, 11)),
        ("uk-gdpr", "erasure", date(2026, 12, 20)),
        ("uk-gdpr", "firm_complaint", date(2026, 12, 20)),
        ("eu-gdpr", None, date(2026, 12, 20)),
    ],
)
def test_the_time_goes_with_the_right(law_id: str, right: str | None, end: date) -> None:
    """A law may give another time for one of its rights: California three weeks of weekdays for an opt-out."""
    assert deadline(law(law_id), NOW.date(), right=right) == end


@pytest.mark.parametrize(
    ("law_id", "end"),
    [
        ("eu-gdpr", date(2027, 2, 20)),
        ("us-ca-ccpa", date(2027, 2, 18)),
        ("ca-pipeda", date(2027, 1, 19)),
        ("us-co", None),
        ("ch-fadp", None),
        ("au-privacy", None),
    ],
)
def test_the_longer_time(law_id: str, end: date | None) -> None:
    """Who says so in time has as long as the law gives; where no longer time is known, there is none."""
    assert deadline(law(law_id), NOW.date(), extended=True) == end


def test_an_opt_out_in_california_has_its_own_day() -> None:
    """The letter names that day, and its writer is told that holidays can move it; a request to delete has the other one."""
    opt_out = letter("optout", law="us-ca-ccpa", allow=("home",))
    assert "Please answer by 11 December 2026." in opt_out.text
    assert WEEKDAYS in opt_out.notes
    delete = letter("ccpa-delete", law="us-ca-ccpa", allow=("home",))
    assert "Please answer by 4 January 2027." in delete.text
    assert WEEKDAYS not in delete.notes
    assert time_for(law("au-privacy")) is None


@pytest.mark.parametrize(
    ("kind", "law_id", "state", "named"),
    [
        ("optout", "us-ca-ccpa", "CA", True),
        ("optout", "us-ca-ccpa", "California", True),
        ("optout", "us-co", "CA", False),
        ("state-delete", "us-tx", "texas", True),
        ("delisting", "ca-qc-law25", "Québec", True),
        ("delisting", "ca-qc-law25", "QC", True),
        ("delisting", "ca-qc-law25", "Ontario", False),
        ("daniels-law", "us-nj-daniels-law", "PA", True),
    ],
)
def test_a_state_law_goes_with_its_state(kind: str, law_id: str, state: str, named: bool) -> None:
    """The law of a state is named where the home that was signed off lies in it; an own home address is enough for Daniel's Law."""
    found = letter(kind, law=law_id, state=state, allow=("home",))
    assert (found.law == law_id) is named
    unsigned = letter(kind, law=law_id, state=state)
    assert (unsigned.law, unsigned.disclosed) == (None, ())
    assert law(law_id).name not in unsigned.text


def test_a_home_is_not_told_for_a_law_that_is_not_named() -> None:
    """A home that the letter has no other use for stays out of it, though it was signed off."""
    found = letter("delisting", law="ca-qc-law25", state="Ontario", allow=("home", "alias"))
    assert found.disclosed == ("alias",)
    assert "Larch" not in found.text


def test_the_state_on_the_record_is_enough() -> None:
    """Where the page shows the person's own state, its law may be named without a yes."""
    found = letter("optout", law="us-ca-ccpa", shown="CA")
    assert (found.law, found.disclosed) == ("us-ca-ccpa", ())


def test_quebec_is_chosen_for_a_listing_there() -> None:
    """A person in Quebec who signed off the home gets the law of Quebec, others in Canada the law of Canada."""
    entry = Directory(
        id="peekabook",
        names=("Peekabook",),
        kind="people_search",
        domains=("peekabook.example",),
        countries=("CA",),
        quality="tested",
        source=(From(name="made up"),),
    )
    register = Register({}, [entry])
    record = Listing(source="the listing", directory="peekabook", host="peekabook.example", matched=())
    laws = []
    for state, allow in (("Quebec", ("home",)), ("Quebec", ()), ("Ontario", ("home",))):
        subject = Subject(country="CA", facts=(home(state),), sources=(SOURCE,), allow=allow)
        ((_, made),) = letters([record], subject=subject, register=register, now=NOW, rng=Random(1))
        laws.append(made.law)
    assert laws == ["ca-qc-law25", "ca-pipeda", "ca-pipeda"]
    assert state_law("Quebec", "optout", country="CA") is None
    assert place_of("ca", "Québec") == "CA-QC"


def test_a_reminder_in_the_uk_is_a_complaint_to_the_firm() -> None:
    """There the firm hears the complaint first: the reminder is one, and has its own day; elsewhere it names no law."""
    british = letter("reminder", law="uk-gdpr", earlier=("FIRST23456", date(2026, 10, 1)))
    assert "Please take this as a complaint under the UK Data (Use and Access) Act 2025." in " ".join(
        british.text.split()
    )
    assert "Please answer by 20 December 2026." in british.text
    assert "two weeks" not in british.text
    european = letter("reminder", law="eu-gdpr", earlier=("FIRST23456", date(2026, 10, 1)))
    assert ("complaint" in european.text, european.law) == (False, None)
    assert "Please answer within two weeks." in european.text


def test_a_reminder_to_a_search_engine_tells_it_no_address() -> None:
    """Someone who does not show the page learns its address from no reminder, unless it was signed off."""
    told = letter("reminder", to=SEARCH)
    assert "peekabook" not in told.text
    assert "page" not in told.text.split("Hello,")[1].split("Please use")[0]
    assert told.disclosed == ()
    signed = letter("reminder", to=SEARCH, allow=("the listing",))
    assert "https://peekabook.example/4711" in signed.text
    assert signed.disclosed == ("the listing",)


@pytest.mark.parametrize("kind", [kind.id for kind in KINDS.values() if not kind.quotes_record])
def test_a_letter_without_a_line_for_the_page_does_not_tell_it(kind: str) -> None:
    """What the letter does not say is not listed as told."""
    found = letter(kind, to=SEARCH, allow=("the listing", "alias"))
    assert "peekabook" not in found.text
    assert found.disclosed == ("alias",)


@pytest.mark.parametrize("kind", ["dmca", "police-sheet"])
def test_a_phone_number_has_its_line(kind: str) -> None:
    """A notice that needs a way to reach its writer has a line for the number: a blank until it is signed off."""
    blank = letter(kind)
    assert BLANK in blank.text.split("My phone number (fill in by hand")[1][: len(BLANK) + 20]
    signed = letter(kind, allow=("mobile",))
    assert f"My phone number: {PHONE.value}" in signed.text
    assert "More that you ask for" not in signed.text
    assert signed.disclosed == ("mobile",)


def test_one_way_to_answer_is_enough() -> None:
    """Where an e-mail address is signed off, the home is no second way to answer."""
    assert letter("delisting", allow=("home", "alias")).disclosed == ("alias",)
    assert letter("delisting", allow=("home",)).disclosed == ("home",)


@pytest.mark.parametrize(
    ("law_id", "words"), [("eu-gdpr-12-6", "You may ask for more only"), (None, "Please ask for more only")]
)
def test_what_they_may_ask_is_said_where_a_law_says_it(law_id: str | None, words: str) -> None:
    """Without a law that says so, the answer to a demand for an ID asks, and does not tell them what they may do."""
    assert words in letter("identity-reply", law=law_id).text


def test_a_right_is_one_of_the_kind() -> None:
    """The right that a letter uses is one that its kind asks for and its law gives; else there is none."""
    assert right_of(KINDS["erasure"], law("eu-gdpr")) == "erasure"
    assert right_of(KINDS["erasure"], law("us-ca-ccpa")) is None
    assert right_of(KINDS["ccpa-delete"], law("us-co")) is None
    assert right_of(KINDS["erasure"], law("br-lgpd"), "de") is None


def test_every_directory_still_gets_a_letter_or_steps() -> None:
    """For a person of each country with states, every entry leads to a letter or to steps."""
    for country, state in (("US", "TX"), ("CA", "Quebec")):
        for entry in list(directories())[::40]:
            if entry.domains:
                subject = Subject(
                    country=country,
                    facts=(home(state),),
                    sources=(Source(label="x", kind=SourceKind.LISTING, address=f"https://{entry.domains[0]}/1"),),
                    allow=("home",),
                )
                record = Listing(source="x", directory=entry.id, host=entry.domains[0])
                for _, made in letters([record], subject=subject, register=directories(), now=NOW, rng=Random(1)):
                    assert "Hello," in (made.copy or made.text)
