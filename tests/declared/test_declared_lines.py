"""Declared addresses are taken apart as their country writes them."""

from __future__ import annotations

import pytest

from unlisted.extract.declared.lines import from_fact, from_line
from unlisted.extract.declared.parts import atoms, cut_number, read_house
from unlisted.model.subject import Fact

LINES = [
    ("US", "27 Larch Row, Apt 4, Marrow Bay, ME 04000", "27", "4", "larch", "marrow bay", "04000"),
    ("US", "27 Larch Row Apt 4\nMarrow Bay, ME 04000-1234\nUSA", "27", "4", "larch", "marrow bay", "04000"),
    ("US", "4501 Old Quarry Boulevard #12, Dunmere, TX 75999", "4501", "12", "old quarry", "dunmere", "75999"),
    ("US", "123-45 Larch Street, Harborton, NY 10999", "123-45", "", "larch", "harborton", "10999"),
    ("US", "350 Fifth Avenue, Harborton, NY 10999", "350", "", "fifth", "harborton", "10999"),
    ("US", "1400 Alderfield Street Harborton", "1400", "", "alderfield", "harborton", ""),
    ("GB", "Flat 8, 36 Elmfield Close, Norbridge NB1 5TR", "36", "8", "elmfield", "norbridge", "nb15tr"),
    ("GB", "The Old Bakery, 3 Mill Lane, Norbridge NB1 5TR", "3", "", "mill", "norbridge", "nb15tr"),
    ("GB", "Rose Cottage, Mill Lane, Norbridge NB1 5TR", "", "", "mill", "norbridge", "nb15tr"),
    ("CA", "450, rue des Érables, Lac-Mélèze, QC J9Z 9Z9", "450", "", "erables", "lac meleze", "j9z9z9"),
    ("CA", "4-27 Larch Street, Hazelton, ON K1A 0B1", "27", "4", "larch", "hazelton", "k1a0b1"),
    ("AU", "2/163 Wattlebird Parade, Geelwood VIC 3299", "163", "2", "wattlebird", "geelwood", "3299"),
    ("AU", "Unit 2, 163 Wattlebird Parade, Geelwood VIC 3299", "163", "2", "wattlebird", "geelwood", "3299"),
    ("IE", "14 Rowanbrook Avenue, Kilmarra, D99 X4Y2", "14", "", "rowanbrook", "kilmarra", "d99x4y2"),
    ("IN", "48, Banyanpur Main Road, Hazelpur 560999", "48", "", "banyanpur main", "hazelpur", "560999"),
    ("IN", "H.No. 4-5-12, Larch Nagar, Hazelpur - 560999", "4-5-12", "", "larch", "hazelpur", "560999"),
    ("DE", "Lärchenstraße 21, 48999 Münsterau", "21", "", "larchen", "munsterau", "48999"),
    ("DE", "Lärchenstraße 21 a, 48999 Münsterau", "21a", "", "larchen", "munsterau", "48999"),
    ("DE", "Frau Lark, Lärchenstr. 21, 48999 Münsterau, Deutschland", "21", "", "larchen", "munsterau", "48999"),
    ("DE", "Straße des 17. Juni 135, 10999 Berlinau", "135", "", "strasse 17 juni", "berlinau", "10999"),
    ("AT", "Erlenbachgasse 9/3/12, 1099 Wienau", "9", "12 3", "erlenbach", "wienau", "1099"),
    ("CH", "Seehaldenstrasse 33, CH-8999 Züribach", "33", "", "seehalden", "zuribach", "8999"),
    ("FR", "12 bis rue des Mélèzes, 35999 Rennelles", "12bis", "", "melezes", "rennelles", "35999"),
    ("FR", "Rés. Les Pins, 14 rue des Mélèzes, 35999 Rennelles", "14", "", "melezes", "rennelles", "35999"),
    ("BE", "Larixstraat 75 bus 3, 2999 Antwerpen-Oost", "75", "3", "larix", "antwerpen oost", "2999"),
    ("ES", "Calle del Alerce, 128, 3º B, 29999 Malagueta", "128", "3 b", "alerce", "malagueta", "29999"),
    ("ES", "C/ Alerce nº 12, 3º izq., 29999 Malagueta (Costa)", "12", "", "alerce", "malagueta", "29999"),
    ("ES", "Calle Carlos V, 8, 29999 Malagueta", "8", "", "carlos v", "malagueta", "29999"),
    ("MX", "Calle Jacarandal 210 Int. 4, Col. Centro, 72999 Pueblita", "210", "4", "jacarandal", "pueblita", "72999"),
    ("CO", "Carrera 7 # 71-21, Bogotana", "71-21", "", "7", "bogotana", ""),
    ("IT", "Via dei Larici 54/B, 40999 Bolognetta BO", "54b", "", "larici", "bolognetta", "40999"),
    ("PT", "Rua do Carvalhal, 61, 2º Esq, 4999-123 Portela Nova", "61", "", "carvalhal", "portela nova", "4999123"),
    (
        "BR",
        "Rua Sete de Abril, 59 - Apto 31, Florinda - SC, 88999-400",
        "59",
        "31",
        "sete abril",
        "florinda",
        "88999400",
    ),
    (
        "BR",
        "Av. Carvalhal, 1500, bloco B, ap 12, Florinda/SC, 88999-400",
        "1500",
        "12",
        "carvalhal",
        "florinda",
        "88999400",
    ),
    ("NL", "Lariksstraat 118-2, 8999 PK Zwolderen", "118", "2", "lariks", "zwolderen", "8999pk"),
    ("NL", "Lariksstraat 118 hs, 8999PK Zwolderen", "118", "hs", "lariks", "zwolderen", "8999pk"),
    ("DK", "Lærkehegnsvej 12, 2. tv, 8999 Aarholm", "12", "", "laerkehegns", "aarholm", "8999"),
    ("FI", "Lehtikuusenkatu 3 A 5, 33999 Tampila", "3", "5 a", "lehtikuusen", "tampila", "33999"),
    ("PL", "ul. Modrzewiowa 12/4, 30-999 Krakowiec", "12", "4", "modrzewiowa", "krakowiec", "30999"),
    ("CZ", "Modřínová 12, 602 99 Brnov", "12", "", "modrinova", "brnov", "60299"),
]


@pytest.mark.parametrize(("region", "line", "number", "unit", "name", "town", "postcode"), LINES, ids=range(len(LINES)))
def test_a_written_address_is_taken_apart(
    region: str, line: str, number: str, unit: str, name: str, town: str, postcode: str
) -> None:
    """Number, unit, name of the street, town and postcode, each where it belongs."""
    address = from_line(line, region)
    assert (address.number, " ".join(sorted(address.unit)), " ".join(address.name)) == (number, unit, name)
    assert (" ".join(address.town), address.postcode) == (town, postcode)


@pytest.mark.parametrize(("region", "line"), [row[:2] for row in LINES], ids=range(len(LINES)))
def test_lines_and_commas_are_the_same(region: str, line: str) -> None:
    """An address on an envelope is the address in a line."""
    assert from_line(line.replace(", ", "\n"), region) == from_line(line, region)


def test_the_parts_of_a_fact_are_the_line() -> None:
    """Street, unit, town and postcode apart make the same address."""
    parts = Fact(
        kind="address",
        label="home",
        street="27 Larch Row",
        unit="Apt 4",
        town="Marrow Bay",
        state="ME",
        postcode="04000",
    )
    whole = Fact(kind="address", label="home", value="27 Larch Row, Apt 4, Marrow Bay, ME 04000")
    one, other = from_fact(parts), from_fact(whole)
    assert (one.number, one.name, one.types, one.town, one.postcode) == (
        other.number,
        other.name,
        other.types,
        other.town,
        other.postcode,
    )


@pytest.mark.parametrize(
    ("raw", "region", "number", "unit"),
    [
        ("12 b", "US", "12b", ""),
        ("54/b", "IT", "54b", ""),
        ("9/3/12", "AT", "9", "3/12"),
        ("12/4", "PL", "12", "4"),
        ("12/3", "IN", "12/3", ""),
        ("4/27", "AU", "27", "4"),
        ("4-27", "CA", "27", "4"),
        ("118-2", "NL", "118", "2"),
        ("118-120", "NL", "118-120", ""),
        ("3 a 5", "FI", "3", "a 5"),
        ("007", "US", "7", ""),
        ("", "US", "", ""),
    ],
)
def test_what_stands_behind_a_stroke_depends_on_the_country(raw: str, region: str, number: str, unit: str) -> None:
    """Stairs in Vienna, a unit in Sydney, a second number in Delhi."""
    assert read_house(raw, region) == (number, unit)


@pytest.mark.parametrize(
    ("street", "first", "number", "rest"),
    [
        ("27 Larch Row", True, "27", "larch row"),
        ("Larch Row 27", True, "27", "larch row"),
        ("Lärchenweg 5", False, "5", "larchenweg"),
        ("5th Avenue", True, "", "5th avenue"),
        ("Calle 8", False, "", "calle 8"),
        ("Larch Row", True, "", "larch row"),
        ("twenty-seven Larch Row", True, "27", "larch row"),
        ("No. 12 Larch Row", True, "12", "larch row"),
    ],
)
def test_a_number_is_told_from_a_name(street: str, first: bool, number: str, rest: str) -> None:
    """An ordinal is a street's name, and so is a figure behind a type alone."""
    assert cut_number(street, first=first) == (number, rest)


def test_a_unit_is_its_numbers_and_letters() -> None:
    """Written together, with a hyphen or with a comma, it is one unit."""
    assert atoms("4B") == atoms("4-b") == atoms("4, b") == {"4", "b"}
