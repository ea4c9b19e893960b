"""The registers that are shipped, and what a wrong entry is told."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from unlisted.data.loader import (
    KINDS,
    MAX_ENTRY_BYTES,
    Register,
    authorities,
    directories,
    laws,
    parse,
    platforms,
    read_texts,
)
from unlisted.data.schema import Authority, Directory, From, Law, earliest
from unlisted.errors import DataError

GOOD = """\
id = "peekabook"
names = ["Peekabook"]
kind = "people_search"
domains = ["peekabook.example"]
countries = ["US"]
quality = "imported"
[[source]]
name = "made up"
"""
STALKING_PLACES = ("US", "AU", "CA", "PH", "PL", "ES", "GB")
STALKING_STATES = ("AL", "AK", "AZ", "CA", "CT", "FL", "HI", "IL", "MO", "NH", "NY", "OK", "TX", "WY")
RIGHTS_PLACES = ("EU", "GB", "CH", "US-CA", "CA", "CA-QC", "BR", "AU", "NZ")


def entry(**changes: object) -> Directory:
    """A made-up directory."""
    fields: dict[str, object] = {
        "id": "peekabook",
        "names": ("Peekabook",),
        "kind": "people_search",
        "domains": ("peekabook.example",),
        "countries": ("US",),
        "quality": "imported",
        "source": (From(name="made up"),),
    }
    return Directory.model_validate(fields | changes)


def test_every_shipped_entry_is_valid() -> None:
    """All directories, platforms, laws and authorities can be read, and there are as many as promised."""
    assert sum(1 for _ in directories()) == len(directories()) >= 400
    assert len(platforms()) >= 30
    assert len(authorities()) == 57
    assert len(laws()) >= 40


def test_sixty_people_search_sites_of_the_us() -> None:
    """At least 60 people-search sites answer to people in the US."""
    sites = [one for one in directories() if one.kind == "people_search" and {"US", "all"} & set(one.countries)]
    assert len(sites) >= 60


def test_countries() -> None:
    """The directories come from at least 20 countries."""
    assert len({country for one in directories() for country in one.countries} - {"all", "EU"}) >= 20


def test_owners_with_several_sites() -> None:
    """At least 12 owners have more than one site, and each owner's entry is there."""
    sites = Counter(one.parent for one in directories() if one.parent is not None)
    assert len(sites) >= 12
    assert all(directories().by_id(owner) is not None and owner != "" for owner in sites)


def test_every_field_of_contact_has_a_source() -> None:
    """No address to write to is without the source that gave it."""
    for one in directories():
        given_by = {field for source in one.source for field in source.fields}
        assert one.opt_out_url is None or "opt_out_url" in given_by, one.id
        assert one.opt_out_email is None or "opt_out_email" in given_by, one.id


@pytest.mark.parametrize("place", [*STALKING_PLACES, *(f"US-{state}" for state in STALKING_STATES)])
def test_information_on_stalking_law(place: str) -> None:
    """Every jurisdiction that the source texts name has an information card, and each says that it is not verified."""
    cards = [law for law in laws().values() if law.kind == "information" and place in law.places]
    assert cards
    assert all(card.confidence == "not verified" and card.facts for card in cards)


@pytest.mark.parametrize("place", RIGHTS_PLACES)
def test_rights_by_place(place: str) -> None:
    """Every place that letters are written for has an entry with rights."""
    assert any(law.kind == "right" and law.rights and place in law.places for law in laws().values())


def test_nineteen_more_states() -> None:
    """Nineteen US states beside California have an entry with a right to opt out of sale."""
    states = {law.places for law in laws().values() if "optout" in law.rights}
    assert len(states - {("US-CA",)}) == 19


def test_a_law_cites_only_rights_that_it_gives() -> None:
    """What a letter may cite is a right of the entry."""
    assert all(set(law.cite) <= set(law.rights) for law in laws().values())


def test_json_schemas_are_current(root: Path) -> None:
    """The JSON Schemas beside the registers are those of the models."""
    for kind, model in KINDS.items():
        written = json.loads((root / "src/unlisted/data" / f"{kind}.schema.json").read_text(encoding="utf-8"))
        assert written == model.model_json_schema(), kind


@pytest.mark.parametrize(
    ("host", "found"),
    [
        ("spokeo.com", "spokeo-com"),
        ("WWW.Spokeo.com.", "spokeo-com"),
        ("a.b.c.spokeo.com", "spokeo-com"),
        ("people.yellowpages.com", "people-yellowpages-com"),
        ("notspokeo.com", None),
        ("spokeo.com.evil.example", None),
        ("com", None),
        ("", None),
        ("a b", None),
    ],
)
def test_by_host(host: str, found: str | None) -> None:
    """A host leads to the entry of its registered domain, and to none that only looks like it."""
    known = directories().by_host(host)
    assert (known.id if known else None) == found


def test_the_longer_name_wins() -> None:
    """An entry for a part of a site comes before the one for the whole site."""
    whole = entry(id="whole", domains=["site.example"])
    part = entry(id="part", domains=["people.site.example"])
    register = Register({}, (whole, part))
    assert [register.by_host(host) for host in ("x.people.site.example", "www.site.example")] == [part, whole]


def test_country_decides_among_entries_of_one_domain() -> None:
    """Where a firm has an entry for each country, the person's country decides."""
    german, british = (entry(id=word, countries=[word.upper()]) for word in ("de", "gb"))
    register = Register({}, (german, british))
    assert register.by_host("peekabook.example", country="GB") == british
    assert register.by_host("peekabook.example", country="FR") == german


def test_extra_entries_come_first() -> None:
    """An entry passed in is found by id and host, replaces one of the same id, and is not there without being passed."""
    mine = entry(id="spokeo-com", names=["Mine"])
    register = directories(extra=[mine])
    assert register.by_host("peekabook.example") == mine
    assert register.by_id("spokeo-com") == mine
    assert len(register) == len(directories())
    assert directories().by_host("peekabook.example") is None


def test_only_what_is_asked_for_is_parsed() -> None:
    """Finding a host does not read the other entries: a broken one elsewhere does no harm until it is asked for."""
    register = Register({"peekabook": GOOD, "broken": "not toml"})
    found = register.by_host("www.peekabook.example")
    assert found is not None
    assert found.name == "Peekabook"
    with pytest.raises(DataError, match=r"directories/broken\.toml"):
        register.by_id("broken")


def test_either_kind_of_quotes() -> None:
    """A domain is found however its file quotes it."""
    register = Register({"peekabook": GOOD.replace('["peekabook.example"]', "['peekabook.example']")})
    assert register.by_host("peekabook.example") is not None


def test_a_domain_in_another_field_is_no_match() -> None:
    """An entry that only mentions a domain does not answer for it."""
    register = Register({"peekabook": GOOD + 'fields = ["other.example"]\n'})
    assert register.by_host("other.example") is None


def test_limits_of_a_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A file above the limit is refused without being read whole, and so is a folder with too many."""
    (tmp_path / "huge.toml").write_bytes(b"#" * (3 * MAX_ENTRY_BYTES))
    text = read_texts(tmp_path)["huge"]
    assert len(text) == MAX_ENTRY_BYTES + 1
    with pytest.raises(DataError, match="longer than"):
        parse(text, Directory, name="huge")
    (tmp_path / "second.toml").write_text(GOOD, encoding="utf-8")
    monkeypatch.setattr("unlisted.data.loader.MAX_ENTRIES", 1)
    with pytest.raises(DataError, match="more than 1 entries"):
        read_texts(tmp_path)


def test_no_entry() -> None:
    """An id that nobody has gives None."""
    assert directories().by_id("no-such-site") is None


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ('kind = "people_search"', 'kind = "friends"', ["kind", "people_search", "phone_book"]),
        ('countries = ["US"]', 'countries = ["usa"]', ["countries.0", "[A-Z]{2}"]),
        ('id = "peekabook"', 'id = "Peek A"', ["id", "a-z0-9"]),
        ('quality = "imported"', 'quality = "great"', ["quality", "tested", "verified", "scraped", "imported"]),
        ('quality = "imported"', "", ["quality", "required"]),
        ('quality = "imported"', 'quality = "imported"\nstars = 5', ["stars", "no such field", "opt_out_url"]),
        ('quality = "imported"', 'quality = "imported"\nlast_verified = "May"', ["last_verified", "2026-08-22"]),
        ('quality = "imported"', 'quality = "imported"\nlast_verified = "2026-13"', ["last_verified", "month"]),
        ('quality = "imported"', 'quality = "imported"\nopt_out_url = "http://a.example/"', ["opt_out_url", "https"]),
        ('quality = "imported"', 'quality = "imported"\nopt_out_email = "a@b.example, c@d.example"', ["opt_out_email"]),
        ('names = ["Peekabook"]', 'names = ["Peek\\nBcc: a@b.example"]', ["names.0", "one line"]),
        ('names = ["Peekabook"]', 'names = ["Peek\\u202Eabook"]', ["names.0", "one line"]),
        ('name = "made up"', 'name = "made up"\nmethod = "guessed"', ["source.0.method", "tested", "read", "imported"]),
        ('id = "peekabook"', "id = ", ["not TOML", "line 1"]),
    ],
)
def test_a_wrong_entry_names_file_field_and_what_is_allowed(old: str, new: str, words: list[str]) -> None:
    """The message of a mistake names the file, the field and what may stand there."""
    with pytest.raises(DataError) as caught:
        parse(GOOD.replace(old, new), Directory, name="directories/peekabook.toml")
    message = str(caught.value)
    assert message.startswith("directories/peekabook.toml: ")
    assert [word for word in words if word not in message] == []
    assert "\n" not in message


def test_an_entry_that_is_too_long() -> None:
    """An entry above the limit is refused before it is parsed."""
    with pytest.raises(DataError, match="longer than"):
        parse("#" * (MAX_ENTRY_BYTES + 1), Directory, name="x")


def test_deeply_nested_toml_is_an_error_of_ours() -> None:
    """Brackets without end raise a DataError and nothing else."""
    with pytest.raises(DataError, match="not TOML"):
        parse("a = " + "[" * 20_000, Directory, name="x")


@settings(max_examples=60, deadline=None, derandomize=True)
@given(text=st.text(max_size=200))
def test_any_text_is_an_entry_or_a_data_error(text: str) -> None:
    """Whatever stands in a file: it is never another exception."""
    for model in (Directory, Law, Authority):
        with pytest.raises(DataError):
            parse(text, model, name="x")


def test_a_file_that_is_not_text(tmp_path: Path) -> None:
    """A file that is not UTF-8 is named."""
    (tmp_path / "odd.toml").write_bytes(b"\xff\xfe")
    with pytest.raises(DataError, match=r"odd\.toml"):
        read_texts(tmp_path)


def test_a_date_of_toml_is_taken() -> None:
    """A date without quotes is a date."""
    text = GOOD.replace('quality = "imported"', 'quality = "imported"\nlast_verified = 2026-08-22')
    assert parse(text, Directory, name="x").last_verified == "2026-08-22"


def test_dates_of_fields() -> None:
    """The date of a field is that of the source that gave it; unknown where none did."""
    one = entry(
        source=(From(name="a", as_of="2023-02-25", fields=("opt_out_email",)), From(name="b", as_of="2026-01-01"))
    )
    assert (one.as_of("opt_out_email"), one.as_of("opt_out_url")) == ("2023-02-25", None)


def test_a_partial_date_is_its_first_day() -> None:
    """A year or month stands for its first day, so that nothing looks younger than it is."""
    assert [earliest(words).isoformat() for words in ("2026", "2026-08", "2026-08-22")] == [
        "2026-01-01",
        "2026-08-01",
        "2026-08-22",
    ]


def test_a_bounced_address_is_not_written_to() -> None:
    """An e-mail address that came back is kept as a fact and never used."""
    assert entry(opt_out_email="a@peekabook.example").email == "a@peekabook.example"
    assert entry(opt_out_email="a@peekabook.example", email_status="bounced").email is None
