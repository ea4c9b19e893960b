"""One letter asked for by its kind: who gets it, which law it may name, and what is asked before it is told."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from unlisted.cli import main
from unlisted.data.loader import authorities, directories, laws
from unlisted.data.schema import Directory
from unlisted.errors import BadInput
from unlisted.model import Fact, Listing, Source, SourceKind, Subject
from unlisted.remedy.kinds import KINDS
from unlisted.remedy.languages import BY_COUNTRY, spoken
from unlisted.remedy.recipient import Recipient
from unlisted.remedy.single import (
    MAX_ASKED,
    Wish,
    authority_of,
    directory_of,
    draft,
    law_for,
    offer,
    record_of,
    site_of,
    source_of,
    theirs,
    unsigned,
)
from unlisted.remedy.tongue import own

NOW = datetime(2026, 11, 21, 9, 30, tzinfo=UTC)
REGISTER = directories()
ENTRIES = [entry for entry in REGISTER if entry.domains]
SOURCE = Source(label="the listing", kind=SourceKind.LISTING, address="https://www.peekabook.example/4711")
ALBUM = Source(label="album", kind=SourceKind.PHOTOS, path="photos")
FACTS = (
    Fact(kind="name", label="name", value="Wren Halloway"),
    Fact(kind="address", label="home", street="27 Larch Row", town="Marrow Bay", state="CA", postcode="94000"),
    Fact(kind="email", label="alias", value="reply-only@mail.example"),
    Fact(kind="phone", label="mobile", value="+1 207 555 0199", secret=True),
    Fact(kind="birth_date", label="birthday", value="1990-04-01"),
)
SUBJECT = Subject(facts=FACTS, sources=(SOURCE, ALBUM))
RECORD = Listing(source="the listing", directory=None, host="www.peekabook.example")
SITE = Recipient(name="Peekabook", hosts=("peekabook.example",))


def wish(kind: str = "delisting", **more: Any) -> Wish:
    """A wish for a letter about the made-up record."""
    return replace(Wish(kind=kind, recipient=SITE, records=(RECORD,)), **more)


def test_a_source_is_named_by_its_label() -> None:
    """A source without a web address, or none at all, is told which there are."""
    assert source_of(SUBJECT, "the listing") == SOURCE
    for label in ("album", "nothing"):
        with pytest.raises(BadInput, match="there are: the listing"):
            source_of(SUBJECT, label)
    with pytest.raises(BadInput, match="there are: none"):
        source_of(Subject(), "x")


def test_a_record_of_an_address_alone() -> None:
    """Nothing is looked up: host and directory come from the address and the register."""
    assert record_of(SOURCE, REGISTER) == RECORD
    known = record_of(replace(SOURCE, address="https://www.spokeo.com/4711"), REGISTER)
    assert known.directory == "spokeo-com"
    assert site_of(known, REGISTER)[0].name == directory_of(REGISTER, "spokeo-com").name
    assert site_of(RECORD, REGISTER) == (Recipient(name=RECORD.host, hosts=(RECORD.host,)), None)
    assert record_of(ALBUM, REGISTER).host == ""


def test_a_directory_is_named_by_its_id() -> None:
    """An id that is not there is told a few that are alike; nonsense is told nothing."""
    assert directory_of(REGISTER, "spokeo-com").id == "spokeo-com"
    with pytest.raises(BadInput, match=r"do you mean: .*spokeo-com"):
        directory_of(REGISTER, "spokeo")
    for nonsense in ("", "zzzz", "../laws/eu-gdpr"):
        with pytest.raises(BadInput, match=r"no directory has this id$"):
            directory_of(REGISTER, nonsense)


def test_authorities() -> None:
    """Every country with one authority needs no choice; with several one is chosen; with none that is said."""
    countries: dict[str, list[str]] = {}
    for entry in authorities().values():
        countries.setdefault(entry.country, []).append(entry.id)
    for country, ids in countries.items():
        subject = Subject(country=country)
        if len(ids) > 1:
            with pytest.raises(BadInput, match="choose one with --authority"):
                authority_of(subject, None)
        for each in ids if len(ids) > 1 else (None,):
            assert authority_of(subject, each).country == country
    with pytest.raises(BadInput, match="no authority of the country JP"):
        authority_of(Subject(country="JP"), None)


def test_the_law_of_both_sides() -> None:
    """The law is the one asked for, the one that the directory calls for, or one that holds where both are."""
    assert law_for(wish("erasure"), SUBJECT) is None
    named = law_for(wish("erasure", law="eu-gdpr"), SUBJECT)
    european = law_for(wish("erasure"), replace(SUBJECT, country="FR"))
    assert named is not None
    assert european is not None
    assert named.id == european.id == "eu-gdpr"
    british = law_for(wish("objection"), replace(SUBJECT, country="GB"))
    assert british is not None
    assert british.id == "uk-gdpr"
    with pytest.raises(BadInput, match="there is no law entry"):
        law_for(wish("erasure", law="nonsense"), SUBJECT)


def test_the_law_of_a_state_waits_for_a_yes() -> None:
    """California's law is not named, and not even chosen, before the person signed off the address that names the state."""
    assert law_for(wish("ccpa-delete"), SUBJECT) is None
    signed = law_for(wish("ccpa-delete"), replace(SUBJECT, allow=("home",)))
    assert signed is not None
    assert signed.id == "us-ca-ccpa"
    silent = draft(wish("ccpa-delete"), subject=SUBJECT, now=NOW, reference="ABCDE23456")
    told = draft(wish("ccpa-delete"), subject=SUBJECT, now=NOW, reference="ABCDE23456", allow=("home",))
    assert ("California" in silent.text, "California" in told.text) == (False, True)
    assert told.disclosed == ("home",)


@settings(max_examples=120, deadline=None, derandomize=True)
@given(
    kind=st.sampled_from(sorted(KINDS)),
    entry=st.one_of(st.none(), st.sampled_from(ENTRIES)),
    country=st.sampled_from(["US", "GB", "DE", "AT", "BR", "CA", "CH", "AU", "JP"]),
    allow=st.lists(st.sampled_from([fact.label for fact in FACTS]), unique=True),
)
def test_a_law_that_is_chosen_gives_the_right(
    kind: str, entry: Directory | None, country: str, allow: list[str]
) -> None:
    """Whatever is combined, the law chosen gives what the kind asks for, and a state's law only goes with the state."""
    subject = replace(SUBJECT, country=country, allow=tuple(allow))
    asked = wish(kind, entry=entry, recipient=Recipient.of(entry) if entry else SITE)
    law = law_for(asked, subject)
    letter = draft(asked, subject=subject, now=NOW, reference="ABCDE23456")
    if law is None:
        assert letter.law is None
        return
    assert set(law.cite) & set(KINDS[kind].rights)
    of_state = all("-" in place for place in law.places)
    assert not of_state or (country == "US" and "home" in allow)


@settings(max_examples=80, deadline=None, derandomize=True)
@given(
    kind=st.sampled_from(sorted(KINDS)),
    allow=st.lists(st.sampled_from(["name", "home", "alias", "the listing"]), unique=True),
    needs=st.lists(st.sampled_from(["name", "address", "phone", "birth_date", "email"]), unique=True),
)
def test_only_what_the_letter_would_tell_is_asked(kind: str, allow: list[str], needs: list[str]) -> None:
    """Each label that is asked for is told after a yes, none is secret or signed off already, and without a yes nothing is."""
    asked = wish(kind, recipient=replace(SITE, needs=tuple(needs)))
    labels = unsigned(asked, subject=SUBJECT, now=NOW, reference="ABCDE23456", allow=allow)
    assert "mobile" not in labels
    assert not set(labels) & set(allow)
    for label in labels:
        told = draft(asked, subject=SUBJECT, now=NOW, reference="ABCDE23456", allow=(*allow, label))
        assert label in told.disclosed
    assert set(draft(asked, subject=SUBJECT, now=NOW, reference="ABCDE23456", allow=allow).disclosed) <= set(allow)


def test_a_person_is_not_asked_without_end() -> None:
    """Somebody who declared hundreds of facts is asked about the first ones."""
    many = tuple(Fact(kind="email", label=f"m{number}", value=f"a{number}@mail.example") for number in range(300))
    labels = unsigned(wish(), subject=Subject(facts=many), now=NOW, reference="ABCDE23456", allow=())
    assert len(labels) == MAX_ASKED


def test_an_offer_holds_no_value() -> None:
    """A recipient whose name holds a declared fact is named by the source; the file name is neutral."""
    made = offer(wish(recipient=Recipient(name="www.wren-halloway.example")), SUBJECT)
    assert (made.recipient, made.file_name) == ("the site of the listing", "letter-delisting-site.txt")
    alone = offer(Wish(kind="club", recipient=Recipient(name="Halloway club")), SUBJECT)
    assert alone.recipient == "someone"
    assert offer(wish(), SUBJECT).recipient == "Peekabook"


def test_a_letter_that_follows_names_the_first() -> None:
    """The earlier letter's reference and day stand in a reminder."""
    made = draft(
        wish("reminder", earlier=("FIRST23456", date(2026, 11, 1))), subject=SUBJECT, now=NOW, reference="ABCDE23456"
    )
    assert "on 1 November 2026. The reference was FIRST23456." in " ".join(made.text.split())


def test_every_law_can_be_asked_for_without_harm() -> None:
    """A law that gives no such right, named by mistake, is left out of the letter."""
    for law in laws().values():
        made = draft(wish("delisting", law=law.id), subject=SUBJECT, now=NOW, reference="ABCDE23456")
        gives = set(law.cite) & set(KINDS["delisting"].rights)
        assert (made.law == law.id) <= bool(gives)


@pytest.mark.parametrize("command", ["letter", "track"])
def test_every_option_is_explained(command: str, capsys: pytest.CaptureFixture[str]) -> None:
    """The help of both commands says what each option is for."""
    with pytest.raises(SystemExit) as stopped:
        main([command, "--help"])
    assert stopped.value.code == 0
    words = capsys.readouterr().out
    assert "--subject" in words
    assert "--pdf" in words


CLUB = Recipient(name="Rowing club")


@pytest.mark.parametrize(
    ("recipient", "languages", "wanted"),
    [
        (CLUB, ("de",), "de"),
        (CLUB, ("de-AT", "en"), "de"),
        (CLUB, ("xx", "fr"), "fr"),
        (CLUB, ("en", "de"), "en"),
        (replace(CLUB, country="SE"), ("de",), "sv"),
        (replace(CLUB, country="CH"), ("de",), "en"),
        (replace(CLUB, language="it"), ("de",), "it"),
        (replace(CLUB, language="fi"), ("de",), "en"),
        (SITE, ("de",), "en"),
    ],
)
@pytest.mark.parametrize("kind", ["club", "school", "church", "employer"])
def test_someone_named_by_hand_is_written_to_in_your_language(
    kind: str, recipient: Recipient, languages: tuple[str, ...], wanted: str
) -> None:
    """A club round the corner speaks as you do; where its language or country is known, that decides."""
    made = wish(kind, recipient=recipient, records=())
    subject = replace(SUBJECT, languages=languages)
    letter = draft(made, subject=subject, now=NOW, reference="ABCDE23456")
    assert letter.language == wanted
    assert (letter.copy is None) == (wanted == own(subject, kind, letter.law))
    asked = draft(replace(made, language="nl"), subject=subject, now=NOW, reference="ABCDE23456")
    assert asked.language == "nl"


def test_the_country_of_a_site_that_has_several_languages_is_not_guessed() -> None:
    """A register's entry says by itself which language it speaks."""
    entry = next(each for each in ENTRIES if spoken(each) is None and each.countries[0] in BY_COUNTRY)
    made = wish("erasure", recipient=Recipient.of(entry), entry=entry, records=())
    assert theirs(made, replace(SUBJECT, languages=("de",)), None) == "en"


def test_the_help_says_whose_language_it_is(capsys: pytest.CaptureFixture[str]) -> None:
    """Both defaults stand there."""
    with pytest.raises(SystemExit):
        main(["letter", "--help"])
    assert "the recipient's, or yours for someone named by --recipient" in " ".join(capsys.readouterr().out.split())
