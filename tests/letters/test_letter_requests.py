"""From listings to the fewest requests."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from random import Random

import pytest

from unlisted.data.loader import Register, directories
from unlisted.data.schema import Directory, From
from unlisted.model import Fact, Field, Listing, Source, SourceKind, Subject
from unlisted.remedy.directories import MAX_LETTERS, checked_words, letters, offers, requests

NOW = datetime(2026, 11, 21, 9, 30, tzinfo=UTC)
NAME = Fact(kind="name", label="my name", value="Wren Halloway")


def site(name: str, **changes: object) -> Directory:
    """A made-up directory on a host of its name."""
    fields: dict[str, object] = {
        "id": name,
        "names": (name.title(),),
        "kind": "people_search",
        "domains": (f"{name}.example",),
        "countries": ("US",),
        "quality": "verified",
        "last_verified": "2026-08-21",
        "opt_out_email": f"privacy@{name}.example",
        "source": (From(name="made up"),),
    }
    return Directory.model_validate(fields | changes)


OWNER = site("owner")
CHILDREN = tuple(site(f"child{number}", parent="owner", removal_at_parent=True) for number in range(3))
LONER = site("loner", parent="owner")
REGISTER = Register({}, (OWNER, *CHILDREN, LONER))


def listing(name: str) -> Listing:
    """A record on the site of this name; its source is named after it."""
    return Listing(
        source=f"on {name}",
        directory=None,
        host=f"www.{name}.example",
        matched=(NAME,),
        fields=(Field(kind="name", value="Wren Halloway"),),
    )


def person(*names: str) -> Subject:
    """Someone with a listing on each of these sites."""
    sources = tuple(
        Source(label=f"on {name}", kind=SourceKind.LISTING, address=f"https://www.{name}.example/1") for name in names
    )
    return Subject(facts=(NAME,), sources=sources)


def test_one_request_covers_an_owner_s_sites() -> None:
    """Sites whose owner removes for all of them are one request to the owner, who may be told of each."""
    names = ("child0", "owner", "child2", "child1")
    found = letters(
        [listing(name) for name in names], subject=person(*names), register=REGISTER, now=NOW, rng=Random(1)
    )
    assert len(found) == 1
    offer, letter = found[0]
    assert (offer.recipient, offer.directory, offer.file_name) == ("Owner", "owner", "letter-01-owner.txt")
    assert offer.steps[0] == "This one letter covers: on child0, on owner, on child2, on child1."
    assert [name for name in names if f"https://www.{name}.example/1" not in letter.text] == []
    assert letter.to == "privacy@owner.example"
    assert letter.disclosed == ()


def test_no_grouping_where_it_is_not_known_to_work() -> None:
    """A common owner alone is no reason: without a removal there that is known to work each site gets its own request."""
    found = requests([listing("loner"), listing("owner")], subject=person(), register=REGISTER)
    assert [request.entry for request in found] == [LONER, OWNER]


def test_an_owner_without_address_is_not_written_to() -> None:
    """Where no way to reach the owner is known, the site itself is asked."""
    silent = site("owner", opt_out_email=None)
    register = Register({}, (silent, CHILDREN[0]))
    found = requests([listing("child0")], subject=person(), register=register)
    assert [request.entry for request in found] == [CHILDREN[0]]


def test_a_disputed_owner_is_not_asked() -> None:
    """Where sources name different owners, the site itself is asked."""
    disputed = site("child0", parent="owner", removal_at_parent=True, flags=("owner_disputed",))
    found = requests([listing("child0")], subject=person(), register=Register({}, (OWNER, disputed)))
    assert [request.entry for request in found] == [disputed]


def test_a_merged_site_is_asked_for_at_the_other() -> None:
    """A site that became part of another goes with that one."""
    merged = site("old", parent="owner", state="merged")
    found = requests([listing("old"), listing("owner")], subject=person(), register=Register({}, (OWNER, merged)))
    assert [request.entry for request in found] == [OWNER]


def test_the_directory_that_the_audit_named_comes_first() -> None:
    """A listing that already names its directory is not looked up by host."""
    found = requests([replace(listing("elsewhere"), directory="loner")], subject=person(), register=REGISTER)
    assert found[0].entry == LONER


def test_an_unknown_site_gets_a_polite_letter() -> None:
    """A listing on a site that is not in the register gets a polite letter and a note; two records there share one."""
    found = letters(
        [listing("nowhere"), listing("nowhere")], subject=person("nowhere"), register=REGISTER, now=NOW, rng=Random(1)
    )
    (offer, letter), *rest = found
    assert rest == []
    assert (offer.kind, offer.checked, offer.directory) == ("delisting", "This site is not in our list.", None)
    assert offer.file_name == "letter-01-site.txt"
    assert offer.recipient == "www.nowhere.example"
    assert "https://www.nowhere.example/1" in letter.text
    assert letter.to is None


def test_a_host_that_holds_a_fact_is_not_named() -> None:
    """A site whose name is the person's own is named by its source in what the report shows."""
    own = replace(listing("wren-halloway"), source="an old page")
    offer = offers([own], subject=person(), register=REGISTER, now=NOW)[0]
    assert offer.recipient == "the site of an old page"
    assert "halloway" not in repr(offer)


def test_offers_and_letters_agree() -> None:
    """What the report announces is what is written, in the same order under the same file names."""
    names = ("child0", "loner", "nowhere")
    records = [listing(name) for name in names]
    announced = offers(records, subject=person(*names), register=REGISTER, now=NOW)
    written = letters(records, subject=person(*names), register=REGISTER, now=NOW, rng=Random(3))
    assert announced == tuple(offer for offer, _ in written)
    assert [letter.kind for _, letter in written] == [offer.kind for offer in announced]
    assert len({letter.reference for _, letter in written}) == 3


def test_steps_have_no_file() -> None:
    """Where steps stand instead of a letter, there is no file name and no letter."""
    broker = site("broker", kind="location_broker")
    register = Register({}, (broker,))
    offer = offers([listing("broker")], subject=person("broker"), register=register, now=NOW)[0]
    assert (offer.kind, offer.file_name) == ("steps", "")
    assert letters([listing("broker")], subject=person("broker"), register=register, now=NOW, rng=Random(1)) == ()


def test_a_state_on_the_record_opens_the_law_of_the_state() -> None:
    """Where the record shows the person's own state, the letter opts out under its law; a secret address never does."""
    for secret, kind in ((False, "optout"), (True, "delisting")):
        home = Fact(kind="address", label="home", street="1 Larch Row", state="CA", secret=secret)
        record = replace(listing("loner"), matched=(NAME, home), fields=(Field(kind="region", value="CA"),))
        subject = replace(person("loner"), facts=(NAME, home))
        (offer, letter), *_ = letters([record], subject=subject, register=REGISTER, now=NOW, rng=Random(1))
        assert offer.kind == letter.kind == kind
        assert ("California" in letter.text) is not secret
        assert letter.disclosed == ()


def test_what_was_signed_off_in_the_file_counts() -> None:
    """Labels under [letters] of the subject file are what the letters may disclose."""
    alias = Fact(kind="email", label="alias", value="reply-only@mail.example")
    subject = replace(person("loner"), facts=(NAME, alias), allow=("alias",))
    (_, letter), *_ = letters([listing("loner")], subject=subject, register=REGISTER, now=NOW, rng=Random(1))
    assert letter.disclosed == ("alias",)


@pytest.mark.parametrize(
    ("entry", "words"),
    [
        (OWNER, "Verified, checked 3 months ago. It may be out of date."),
        (site("a", last_verified="2025-01-01"), "Taken from a list, checked 1 year ago. It may be out of date."),
        (site("a", last_verified="2026-10-21"), "Verified, checked 1 month ago."),
        (None, "This site is not in our list."),
    ],
)
def test_how_far_to_trust_an_entry(entry: Directory | None, words: str) -> None:
    """Quality and age stand together, and old is not called verified."""
    assert checked_words(entry, NOW) == words


def test_no_offer_holds_a_value() -> None:
    """Nothing that the report gets holds a value of the person."""
    names = ("child0", "nowhere")
    shown = repr(offers([listing(name) for name in names], subject=person(*names), register=REGISTER, now=NOW))
    assert [word for word in ("Wren", "Halloway", "/1") if word in shown] == []


def test_five_hundred_letters() -> None:
    """Hundreds of listings are written in one go; more than the limit are left alone."""
    names = [f"site{number}" for number in range(MAX_LETTERS + 10)]
    found = letters(
        [listing(name) for name in names], subject=person(*names), register=REGISTER, now=NOW, rng=Random(1)
    )
    assert len(found) == MAX_LETTERS


def test_fewest_requests_on_the_shipped_register() -> None:
    """On made-up sets of listings there is never more than one request a listing, and fewer where owners are shared."""
    register = directories()
    sites = [entry for entry in register if entry.kind == "people_search" and "US" in entry.countries]
    rng = Random(20261121)
    total, asked = 0, 0
    for _ in range(50):
        chosen = rng.sample(sites, 20)
        records = [Listing(source=entry.id, directory=entry.id, host=entry.domains[0]) for entry in chosen]
        found = requests(records, subject=Subject(), register=register)
        covered = sorted(record.source for request in found for record in request.listings)
        assert covered == sorted(entry.id for entry in chosen)
        total, asked = total + len(records), asked + len(found)
    assert asked < total
