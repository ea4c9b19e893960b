"""Which letter fits whom."""

from __future__ import annotations

import pytest

from unlisted.data.loader import directories, laws
from unlisted.data.schema import Directory, From
from unlisted.model import Fact, Subject
from unlisted.remedy.choice import DROP_STEP, MAX_STEPS, choose
from unlisted.remedy.kinds import KINDS
from unlisted.remedy.laws import EEA

COUNTRIES = ("US", "DE", "GB", "CH", "BR", "CA", "AU", "NZ", "SE", "IN")


def site(**changes: object) -> Directory:
    """A made-up directory."""
    fields: dict[str, object] = {
        "id": "peekabook",
        "names": ("Peekabook",),
        "kind": "people_search",
        "countries": ("US",),
        "quality": "imported",
        "source": (From(name="made up"),),
    }
    return Directory.model_validate(fields | changes)


@pytest.mark.parametrize(
    ("countries", "home", "kind", "law"),
    [
        (("US",), "US", "delisting", None),
        (("US",), "DE", "delisting", None),
        (("DE",), "DE", "erasure", "eu-gdpr"),
        (("DE",), "US", "erasure", "eu-gdpr"),
        (("all",), "FR", "erasure", "eu-gdpr"),
        (("all",), "US", "delisting", None),
        (("GB",), "GB", "erasure", "uk-gdpr"),
        (("all",), "GB", "erasure", "uk-gdpr"),
        (("DE", "AT", "CH"), "CH", "erasure", "ch-fadp"),
        (("DE", "AT", "CH"), "US", "erasure", "eu-gdpr"),
        (("all",), "BR", "erasure", "br-lgpd"),
        (("CA",), "CA", "delisting", "ca-pipeda"),
        (("AU",), "AU", "delisting", None),
        (("all",), "IN", "delisting", None),
    ],
)
def test_kind_and_law_by_country(countries: tuple[str, ...], home: str, kind: str, law: str | None) -> None:
    """The directory's country decides, and the person's where the directory is everywhere; else the letter asks politely."""
    plan = choose(site(countries=countries), Subject(country=home))
    assert (plan.kind, plan.law) == (kind, law)


@pytest.mark.parametrize(
    ("state", "home", "countries", "kind", "law"),
    [
        ("CA", "US", ("US",), "optout", "us-ca-ccpa"),
        ("Virginia", "US", ("all",), "optout", "us-va"),
        ("ME", "US", ("US",), "delisting", None),
        (None, "US", ("US",), "delisting", None),
        ("CA", "US", ("DE",), "erasure", "eu-gdpr"),
        ("CA", "DE", ("US",), "delisting", None),
    ],
)
def test_a_state_that_may_be_named(
    state: str | None, home: str, countries: tuple[str, ...], kind: str, law: str | None
) -> None:
    """Where the letter may give the state, and the state has a law, it opts out of sale under that law."""
    plan = choose(site(countries=countries), Subject(country=home), state=state)
    assert (plan.kind, plan.law) == (kind, law)


def test_a_publishing_certificate_means_a_polite_letter() -> None:
    """A Swedish site with a publishing certificate is asked politely, without a law that does not carry it."""
    plan = choose(site(countries=("SE",), flags=("publishing_certificate",)), Subject(country="SE"))
    assert (plan.kind, plan.law) == ("delisting", None)


@pytest.mark.parametrize(
    "changes",
    [
        {"kind": "location_broker"},
        {"flags": ("ad_id_only",)},
        {"needs": ("ad_id",)},
        {"flags": ("portal_only",)},
        {"flags": ("own_phone_company",)},
        {"flags": ("local_office",)},
        {"state": "hijacked"},
    ],
)
def test_steps_instead_of_a_letter(changes: dict[str, object]) -> None:
    """Who knows a phone by its ID, a portal, a phone company and an office get steps, since a letter would only tell more."""
    plan = choose(site(**changes), Subject())
    assert plan.kind is None
    assert plan.steps


def test_the_portal_is_told_to_everyone_in_the_us() -> None:
    """California's portal is named to all in the US alike, so that it does not tell where someone lives; elsewhere it is not."""
    homes = [Fact(kind="address", label="home", state=state) for state in ("CA", "ME")]
    told = [choose(site(), Subject(facts=(home,))).steps for home in homes]
    assert told[0] == told[1]
    assert DROP_STEP in told[0]
    assert DROP_STEP not in choose(site(), Subject(country="DE")).steps


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"opt_out_url": "https://peekabook.example/out"}, "https://peekabook.example/out"),
        ({"opt_out_email": "a@peekabook.example"}, "from your mail program"),
        ({"opt_out_email": "a@peekabook.example", "email_status": "bounced"}, "came back"),
        ({"post": ("1 Street",)}, "post it"),
        ({}, "no address"),
        ({"needs": ("id_document",)}, "ask for an ID"),
        ({"needs": ("birth_date",)}, "birth date. The letter leaves it out"),
        ({"typical_days": "1-3"}, "1-3 days"),
        ({"state": "defunct"}, "only if it is still there"),
        ({"state": "merged"}, "part of another one"),
    ],
)
def test_steps_say_what_is_known(changes: dict[str, object], words: str) -> None:
    """The steps tell how to reach the site, what it asks for, and how long it takes, as far as that is known."""
    assert words in " ".join(choose(site(**changes), Subject()).steps)


@pytest.mark.parametrize("home", COUNTRIES)
def test_every_directory_has_a_plan_that_can_be_written(home: str) -> None:
    """For every directory and country there is a kind that exists, with a law that carries it, and few steps."""
    for entry in directories():
        plan = choose(entry, Subject(country=home))
        assert plan.kind is None or plan.kind in KINDS
        assert plan.law is None or set(KINDS[plan.kind or ""].rights) & set(laws()[plan.law].cite)
        assert 1 <= len(plan.steps) <= MAX_STEPS
        assert plan.kind is not None or entry.kind == "location_broker" or entry.flags or "ad_id" in entry.needs


def test_the_eea() -> None:
    """Twenty-seven countries of the EU and three more, and the word for all of them."""
    assert len(EEA) == 31
    assert {"GB", "CH", "US"} & EEA == set()
