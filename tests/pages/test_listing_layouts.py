"""Directories of many kinds and languages: the one record about the subject is read, the real matcher decides which."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from selectolax.lexbor import LexborHTMLParser
from tests.growth import grows_in_step

from unlisted.extract.declared import Matcher
from unlisted.extract.listing import read_listing
from unlisted.extract.listing.labels import is_person, is_phone
from unlisted.extract.listing.records import LEAST_ALIKE, MAX_RECORDS, MOST_PHONES, in_tree
from unlisted.extract.page import read_page
from unlisted.model import Fact, Listing

PEOPLE: dict[str, tuple[str, str, str]] = {
    "US": ("Odessa Thornquill", "118 Tidewell St Apt 3, Marrow Bay, ME 04000", "+1 207 555 0143"),
    "DE": ("Annegret Vollmer", "Lerchenweg 27, 10999 Musterfurt", "+49 30 23125 417"),
    "FR": ("Mireille Castagne", "8 rue du Moulin, 69002 Villeneuve", "+33 1 99 00 41 17"),
    "ES": ("Lucía Carrasco Vidal", "Calle del Molino 15, 28013 Villanueva", "+34 699 000 417"),
    "IT": ("Fiorenza Baldacci", "Via del Mulino 12, 00100 Borgofermo", "+39 06 5550 4417"),
    "NL": ("Marijke Dekkers", "Molenweg 12, 1234 AB Waterdorp", "+31 6 1234 0417"),
}
"""Country to name, address and telephone number of the made-up subject there."""


def read(html: str, country: str, *, directory: str | None = None) -> Listing | None:
    facts = tuple(
        Fact(kind=kind, label=kind, value=value, region=country)
        for kind, value in zip(("name", "address", "phone"), PEOPLE[country], strict=True)
    )
    body = f"<html><head><title>Find people</title></head><body>{html}</body></html>".encode()
    page = read_page(body, url="https://folk.example/r")
    return read_listing(page, body, source="s", host="folk.example", directory=directory, matcher=Matcher(facts))


def each(template: str, *records: tuple[str, str, str]) -> str:
    return "".join(template.format(*record) for record in records)


US = (
    ("Barnaby Thornquill", "9 Elm Ct, Bangor, ME 04401", "(207) 555-0101"),
    ("Odessa Thornquill", "118 Tidewell St Apt 3, Marrow Bay, ME 04000", "(207) 555-0143"),
    ("Hester Thornquill", "4 Slip Rd, Bath, ME 04530", "(207) 555-0103"),
)
DE = (
    ("Vollmer Andreas", "Lindenstr. 4, 10999 Musterfurt", "030 23125 401"),
    ("Vollmer Annegret", "Lerchenweg 27, 10999 Musterfurt", "030 23125 417"),
)
FR = (
    ("Castagne Hugo", "3 avenue Haute, 69002 Villeneuve", "01 99 00 41 01"),
    ("Castagne Mireille", "8 rue du Moulin, 69002 Villeneuve", "01 99 00 41 17"),
)
ES = (
    ("Pablo Carrasco Ruiz", "Plaza Nueva 2, 28013 Villanueva", "699 000 401"),
    ("Lucía Carrasco Vidal", "Calle del Molino 15, 28013 Villanueva", "699 000 417"),
)
IT = (
    ("Baldacci Ugo", "Piazza Vecchia 3, 00100 Borgofermo", "06 5550 4401"),
    ("Baldacci Fiorenza", "Via del Mulino 12, 00100 Borgofermo", "06 5550 4417"),
)
NL = (
    ("Piet Dekkers", "Kerkstraat 3, 1234 AB Waterdorp", "06 1234 0401"),
    ("Marijke Dekkers", "Molenweg 12, 1234 AB Waterdorp", "06 1234 0417"),
)
ROWS = "<tr><td>{0}</td><td>{1}</td><td>{2}</td></tr>"

LAYOUTS: dict[str, tuple[str, str, int]] = {
    "people search, labels on their own lines": (
        "US",
        each(
            "<div><h3>{0}</h3><p>Age 35</p><p>Current Address</p><p>{1}</p><p>Phone Numbers</p><ul><li>{2}</ul></div>",
            *US,
        ),
        2,
    ),
    "people search, definitions": (
        "US",
        each("<section><h2>{0}, 35</h2><dl><dt>Addresses:<dd>{1}<dt>Phones:<dd>{2}</dl></section>", *US),
        2,
    ),
    "people search, no labels at all": (
        "US",
        "<ul>" + each("<li><a href=/x><b>{0}</b></a><br>{1}<br>{2}</li>", *US) + "</ul>",
        2,
    ),
    "people search, cards in cards": (
        "US",
        each("<div class=row><div class=card><h3>{0}</h3><div><p>{1}</p><p>{2}</p></div></div></div>", *US),
        2,
    ),
    "table": ("US", "<table><tr><th>Name<th>Address<th>Phone" + each(ROWS, *US) + "</table>", 2),
    "cards of people": (
        "US",
        each("<div class=vcard><b class=fn>{0}</b><i class=adr>{1}</i><i class=tel>{2}</i></div>", *US),
        2,
    ),
    "white pages, de": (
        "DE",
        each("<article class=hit><h2>{0}</h2><address>{1}</address><p>Tel. <b>{2}</b></article>", *DE),
        1,
    ),
    "labels, de": ("DE", each("<div><p>Name: {0}</p><p>Anschrift: {1}</p><p>Telefon: {2}</p></div>", *DE), 1),
    "white pages, fr": ("FR", each("<li><h3>{0}</h3><p><b>Adresse :</b> {1}<p><b>Téléphone :</b> {2}", *FR), 1),
    "labels, es": (
        "ES",
        each("<div><p><b>Nombre:</b> {0}</p><p><b>Dirección:</b> {1}</p><p><b>Teléfono:</b> {2}</p></div>", *ES),
        1,
    ),
    "labels, it": ("IT", each("<div><h2>{0}</h2><p>Indirizzo: {1}</p><p>Telefono: {2}</p></div>", *IT), 1),
    "labels, nl": (
        "NL",
        each("<div><i>Naam</i><b>{0}</b><i>Adres</i><b>{1}</b><i>Telefoon</i><b>{2}</b></div>", *NL),
        1,
    ),
}
"""Layout to country, page, and how many other people stand on it."""


@pytest.mark.parametrize("layout", list(LAYOUTS))
def test_only_the_subjects_record_is_read(layout: str) -> None:
    """Name, address and telephone number are hers; the others are counted, and no value of theirs is kept."""
    country, html, others = LAYOUTS[layout]
    found = read(html, country)
    assert found is not None
    assert {fact.label for fact in found.matched} == {"name", "address", "phone"}
    assert {"name", "address", "phone"} <= set(found.kinds)
    assert found.others == others
    digits = {"".join(c for c in item.value if c.isdigit()) for item in found.fields if item.kind == "phone"}
    assert len(digits) == 1
    assert digits.pop().endswith(PEOPLE[country][2][-2:])
    assert len([item for item in found.fields if item.kind in ("location_text", "street_address")]) <= 1


def test_a_name_in_two_columns_is_one_name() -> None:
    """Last name first, as clubs write it; the street has a column of its own."""
    html = (
        "<table><tr><th>Last name<th>First name<th>Street<th>Phone"
        "<tr><td>Thornquill<td>Barnaby<td>9 Elm Ct<td>207-555-0101"
        "<tr><td>Thornquill<td>Odessa<td>118 Tidewell St<td>207-555-0143</table>"
    )
    found = read(html, "US")
    assert found is not None
    assert {fact.label for fact in found.matched} >= {"name", "phone"}
    assert found.others == 1


def test_results_of_a_race_with_her_name_alone_are_no_record() -> None:
    """Many people share a name: age and time say nothing about who it is."""
    html = "<table><tr><th>Place<th>Name<th>Age<tr><td>1<td>Odessa Thornquill<td>35<tr><td>2<td>Ida Rook<td>40</table>"
    assert read(html, "US") is None


def test_facts_in_records_of_different_people_do_not_add_up() -> None:
    """Her name in one entry of a list and her telephone number in another: no record is hers, on a known directory either."""
    mixed = (("Odessa Thornquill", "9 Elm Ct, Bangor, ME 04401", "(207) 555-0101"), (*US[2][:2], "(207) 555-0143"))
    html = "<ul>" + each("<li><b>{0}</b><br>{1}<br>{2}</li>", *mixed) + "</ul>"
    assert read(html, "US") is None
    assert read(html, "US", directory="folk") is None


def test_a_main_record_beside_a_list_of_others_is_still_found_on_a_known_directory() -> None:
    """The list at the side is about other people; the words around it are read."""
    html = (
        f"<p>{US[1][0]}</p><p>{US[1][1]}</p><p>See also</p><ul>"
        + each("<li><b>{0}</b> {2}</li>", US[0], US[2])
        + "</ul>"
    )
    found = read(html, "US", directory="folk")
    assert found is not None
    assert {fact.label for fact in found.matched} == {"name", "address"}
    assert found.fields == ()


@pytest.mark.parametrize(
    "html",
    [
        "<ul><li>Tam Rook<br>07700 900456</ul>",
        "<ul><li>Tam Rook<li>07700 900456</ul>",
        "<ul><li>Bells<br>07700 900456<li>Ropes<br>07700 900457</ul>",
        "<p>Tam Rook 07700 900456</p><p>Una Pike 07700 900457</p>",
        "<div><p><b>Tam Rook</b>" + "<i>07700 900456</i>" * (MOST_PHONES + 1) + "</p></div>" * LEAST_ALIKE,
    ],
)
def test_what_is_no_list_of_people(html: str) -> None:
    """One entry alone, names and numbers apart, things instead of people, sentences, too many numbers."""
    assert in_tree(LexborHTMLParser(html)).alike == []


def test_the_number_of_unlabelled_records_is_bounded() -> None:
    """A page of very many entries gives the first ones."""
    html = "<li><b>Tam Rook</b><i>07700 900456</i>" * (MAX_RECORDS + 50)
    assert len(in_tree(LexborHTMLParser(html)).alike) == MAX_RECORDS


@pytest.mark.parametrize(
    ("text", "phone"),
    [
        ("(207) 555-0143", True),
        ("Tel. 030 23125 417", True),
        ("+44 7700 900456", True),
        ("2019-05-01", False),
        ("01.05.2019", False),
        ("12 34", False),
        ("118 Tidewell St, 04000", False),
        ("1" * 40, False),
        ("", False),
    ],
)
def test_a_text_that_is_a_telephone_number(text: str, phone: bool) -> None:
    """A day is none, an address is none."""
    assert is_phone(text) == phone


@pytest.mark.parametrize(
    ("text", "person"),
    [("Tam Rook", True), ("Rook, Tam J", True), ("tam", False), ("Bells and ropes", False), ("4 Elm Ct", False)],
)
def test_a_text_that_may_be_a_name(text: str, person: bool) -> None:
    """Two to five words with capitals and no figures."""
    assert is_person(text) == person


GROWING: dict[str, Callable[[int], str]] = {
    "labelled": lambda n: "<div><b>Tam Rook</b><p>Age: 44</p><p>Phone: 207-555-0101</p></div>" * n,
    "unlabelled": lambda n: "<li><b>Tam Rook</b> <i>9 Elm Ct</i> <u>207-555-0101</u>" * n,
    "unlabelled, nested": lambda n: "<div><b>Tam Rook</b><i>207-555-0101</i>" * n,
    "a class each": lambda n: "".join(f"<p class=c{i}><b>Tam Rook</b><i>207-555-0101</i></p>" for i in range(n)),
    "rows": lambda n: "<table><tr><th>Name<th>Phone" + "<tr><td>Tam Rook<td>207-555-0101" * n,
    "cards": lambda n: "<div class=vcard><b class=fn>Tam Rook</b><i class=tel>207-555-0101</i></div>" * n,
    "data": lambda n: '<script type="application/ld+json">[' + '{"@type":"Person","name":"T R"},' * n + "1]</script>",
    "labels in labels": lambda n: "<div>Age: 1<div>Phone: 2075550101" * n,
    "one large record": lambda n: (
        "<div><p>Age: 44</p><p>Phone: 2075550101</p>" + "<p>Tam Rook 9 Elm Ct</p>" * n + "</div>"
    ),
    "tables": lambda n: "<table><tr><td>Name<td>Phone</table>" * n,
}


@pytest.mark.parametrize("name", list(GROWING))
def test_twice_the_directory_costs_at_most_three_times_the_work(name: str) -> None:
    """Finding the records, by growth."""
    grows_in_step(lambda n: LexborHTMLParser(GROWING[name](n)), in_tree, 4_000, largest=16_000)
