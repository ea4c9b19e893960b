"""Declared addresses: the very house, its street, its town, and never a neighbour."""

from __future__ import annotations

import pytest

from unlisted.extract.declared import Matcher
from unlisted.model.subject import Fact

US = Fact(kind="address", label="home", value="27 Larch Row, Apt 4, Marrow Bay, ME 04000", region="US")
PARTS = Fact(
    kind="address",
    label="home",
    street="27 Larch Row",
    unit="4",
    town="Marrow Bay",
    state="ME",
    postcode="04000",
    region="US",
)
GB = Fact(kind="address", label="home", value="Flat 8, 36 Elmfield Close, Norbridge NB1 5TR", region="GB")
DE = Fact(kind="address", label="home", value="Lärchenstraße 21, 48999 Münsterau", region="DE")
DE_TWO = Fact(kind="address", label="home", value="Alter Markt 5, 48999 Münsterau", region="DE")
FR = Fact(kind="address", label="home", value="92 Avenue des Mélèzes, Bât. 2, 35999 Rennelles", region="FR")
ES = Fact(kind="address", label="home", value="Calle del Alerce, 128, 3º B, 29999 Malagueta", region="ES")
IT = Fact(kind="address", label="home", value="Via XX Settembre 54, int. 5, 40999 Bolognetta", region="IT")
PT = Fact(kind="address", label="home", value="Rua Sete de Abril, 59, Florinda - SC, 88999-400", region="BR")
NL = Fact(kind="address", label="home", value="Lariksstraat 118, 8999 PK Zwolderen", region="NL")
ST = Fact(kind="address", label="home", value="120 E 96th St, Harborton, NY 10999", region="US")


def level(fact: Fact, text: str, *others: Fact) -> str:
    """The strongest level at which a fact is found in a text; "none" where it is not."""
    order = {"none": 0, "area": 1, "street": 2, "same": 3}
    found = [match.level for match in Matcher([fact, *others]).find(text) if match.fact is fact]
    return max(found, key=lambda word: order[word], default="none")


SAME = [
    (US, "27 Larch Row, Apt 4, Marrow Bay, ME 04000"),
    (US, "we moved to 27 larch row"),
    (US, "27 LARCH ROW MARROW BAY ME 04000"),
    (US, "27 Larch Row\nApt 4\nMarrow Bay, ME"),
    (US, "Marrow Bay ME 04000 - 27 Larch Row"),
    (US, "twenty-seven Larch Row, Marrow Bay"),
    (US, "two seven Larch Row"),
    (US, "2 7 Larch Row, Marrow Bay"),
    (US, "the house is number 27 on Larch Row"),
    (US, "27 Lrach Row, Marrow Bay"),
    (US, "27 Larch\u200b R\u200bow"),
    (US, "２７ Ｌａｒｃｈ Ｒｏｗ"),
    (US, "27 Lаrсh Rоw"),
    (US, "27 Larch&nbsp;Row<br>Marrow Bay"),
    (US, "27 <b>Larch</b> Row"),
    (US, "27 Larch Row (ring twice), Marrow Bay"),
    (US, "27 Larch, Marrow Bay, ME 04000"),
    (US, "I am at XXVII... no, 27 Larch Row"),
    (GB, "36 Elm Field Close"),
    (GB, "36 Elmfield Clsoe"),
    (GB, "36 Elmfield, Norbridge"),
    (GB, "36 Elmfield."),
    (NL, "8999PK 118"),
    (NL, "Lariksstraat honderd achttien"),
    (PARTS, "27 Larch Row, Marrow Bay"),
    (PARTS, "27 larch row"),
    (GB, "36 Elmfield Cl, Norbridge"),
    (GB, "36, Elmfield Close, Norbridge NB15TR"),
    (GB, "Elmfield Close 36"),
    (GB, "number thirty six Elmfield Close"),
    (DE, "Lärchenstr. 21, Münsterau"),
    (DE, "Laerchenstrasse 21"),
    (DE, "Larchenstraße 21, 48999 Munsterau"),
    (DE, "Lärchen Straße 21"),
    (DE, "Lärchen-Str. 21"),
    (DE, "Lärchenstraße einundzwanzig"),
    (DE, "LÄRCHENSTRASSE 21"),
    (DE, "in der Lärchenstraße Nr. 21"),
    (DE_TWO, "Alter Markt 5"),
    (FR, "92 av. des Mélèzes"),
    (FR, "92, avenue des Melezes, Rennelles"),
    (FR, "quatre-vingt-douze avenue des Mélèzes"),
    (FR, "92 Av des Mélèzes 35999 Rennelles"),
    (ES, "C/ Alerce 128"),
    (ES, "c/ del Alerce, nº 128, Malagueta"),
    (ES, "C. del Alerce 128, 3º B"),
    (ES, "calle del alerce número 128"),
    (ES, "calle del Alerce ciento veintiocho"),
    (IT, "V. XX Settembre, 54"),
    (IT, "via Venti Settembre 54"),
    (IT, "Via 20 Settembre 54, Bolognetta"),
    (IT, "Via XX Sett. 54"),
    (IT, "via XX Settembre n. 54"),
    (IT, "via XX Settembre cinquantaquattro"),
    (PT, "R. Sete de Abril, 59"),
    (PT, "Rua 7 de Abril, 59, Florinda"),
    (PT, "rua sete de abril nº 59"),
    (PT, "Rua Sete de Abril, cinquenta e nove"),
    (NL, "Lariksstr. 118"),
    (NL, "Lariks straat 118, Zwolderen"),
    (NL, "Lariksstraat honderdachttien"),
    (NL, "lariksstraat 118 8999pk zwolderen"),
    (ST, "120 East Ninety-sixth Street"),
    (ST, "120 E. 96 St., Harborton"),
    (ST, "one twenty East 96th Street"),
]


@pytest.mark.parametrize(("fact", "text"), SAME, ids=range(len(SAME)))
def test_every_spelling_of_the_house_is_the_same(fact: Fact, text: str) -> None:
    """However a house is written, it is recognised as the very one."""
    assert level(fact, f"Hello all. {text} is where it is.") == "same"


STREET = [
    (US, "29 Larch Row, Marrow Bay"),
    (US, "127 Larch Row, Marrow Bay, ME 04000"),
    (US, "277 Larch Row, Marrow Bay"),
    (US, "27a Larch Row, Marrow Bay"),
    (US, "Larch Row in Marrow Bay is closed"),
    (US, "twenty-nine Larch Row, Marrow Bay"),
    (US, "one hundred twenty-seven Larch Row, Marrow Bay"),
    (US, "1 2 7 Larch Row, Marrow Bay"),
    (US, "25-29 Larch Row, Marrow Bay"),
    (US, "27-29 Larch Row, Marrow Bay"),
    (GB, "38 Elmfield Close, Norbridge"),
    (DE, "Lärchenstraße 23, 48999 Münsterau"),
    (DE, "Lärchenstraße 21a, 48999 Münsterau"),
    (DE, "Lärchenstraße 210, Münsterau"),
    (DE, "Lärchenstraße einundzwanzighundert, Münsterau"),
    (FR, "94 avenue des Mélèzes, 35999 Rennelles"),
    (FR, "92 bis avenue des Mélèzes, 35999 Rennelles"),
    (ES, "Calle del Alerce, 130, 29999 Malagueta"),
    (IT, "Via XX Settembre 55, Bolognetta"),
    (PT, "Rua Sete de Abril, 61, Florinda - SC"),
    (NL, "Lariksstraat 120, Zwolderen"),
    (ST, "corner of East 96th Street and Pine, Harborton"),
]


@pytest.mark.parametrize(("fact", "text"), STREET, ids=range(len(STREET)))
def test_a_neighbour_is_only_the_street(fact: Fact, text: str) -> None:
    """Another number in the same street and town is the street, never the house."""
    assert level(fact, f"Meet me: {text}.") == "street"


NOT_SAME = [
    (US, "27 Larch Court, Marrow Bay"),
    (US, "27 Old Larch Row, Marrow Bay"),
    (US, "27 Larch Hill Row, Elsewhere"),
    (US, "paid $27 for a Larch Row print"),
    (US, "27 Larch Row, Otherville, ME 04555"),
    (US, "27 Pine Row, Marrow Bay"),
    (US, "27 Larch Row in Otherville"),
    (US, "27% of Larch buyers row"),
    (US, "27 Birch Row"),
    (US, "27 people on Larch"),
    (GB, "36 Elmfield players won"),
    (GB, "Elmfield won 36 games"),
    (NL, "8999 PK 120"),
    (GB, "36 Elmfield Road, Norbridge"),
    (GB, "36 Elmfield Close, Westbridge WB2 6QQ"),
    (DE, "Lärchenweg 21, 48999 Münsterau"),
    (DE, "Neue Lärchenstraße 21"),
    (DE, "Lärchenstraße 21, 50999 Kölnau"),
    (FR, "92 rue des Mélèzes, 35999 Rennelles"),
    (FR, "92 avenue des Mélèzes, 30999 Nimelles"),
    (ES, "Avenida del Alerce, 128, 29999 Malagueta"),
    (NL, "Lariksweg 118, Zwolderen"),
    (IT, "Via XXI Settembre 54, Bolognetta"),
    (ST, "120 W 96th St, Harborton, NY"),
    (ST, "120 E 95th St, Harborton, NY"),
]


@pytest.mark.parametrize(("fact", "text"), NOT_SAME, ids=range(len(NOT_SAME)))
def test_another_address_is_never_the_same(fact: Fact, text: str) -> None:
    """Another type, direction, town or name makes another address: nobody is frightened for nothing."""
    assert level(fact, f"Look: {text}.") in {"none", "area"}


AREA = [
    (US, "I grew up in Marrow Bay, you know"),
    (US, "zip 04000"),
    (US, "27 Pine Row, Marrow Bay"),
    (DE, "ich komme aus Münsterau"),
    (DE, "48999 Muensterau"),
    (NL, "8999 PK"),
    (GB, "NB1 5TR"),
    (ES, "Malagueta es bonita"),
]


@pytest.mark.parametrize(("fact", "text"), AREA, ids=range(len(AREA)))
def test_the_town_alone_is_the_area(fact: Fact, text: str) -> None:
    """A town or a postcode says the area and no more."""
    assert level(fact, text) == "area"


def test_a_town_that_is_a_word_needs_a_capital() -> None:
    """A town named like a word counts only where it is written as a name."""
    fact = Fact(kind="address", label="home", value="5 Larch Row, Reading RG1 1AA", region="GB")
    assert level(fact, "I like reading a lot, You know") == "none"
    assert level(fact, "I live in Reading") == "area"


def test_the_place_of_a_match_is_the_place_in_the_original() -> None:
    """Offsets count code points of the text as given, whatever was left out or unfolded before."""
    text = "ﬁrst \u200b\u200b line, &amp; then 2\u200b7 Larch Row!"
    match = next(m for m in Matcher([US]).find(text) if m.level == "same")
    assert text[match.start : match.end] == "2\u200b7 Larch Row"


def test_a_fact_without_a_region_is_read_as_american() -> None:
    """A fact that names no country is read like an address of the United States."""
    fact = Fact(kind="address", label="home", value="27 Larch Row, Marrow Bay, ME 04000")
    assert level(fact, "27 Larch Row") == "same"


def test_two_addresses_of_one_person_are_told_apart() -> None:
    """A text that names the other town of the same person does not confirm this one."""
    other = Fact(kind="address", label="old", value="27 Larch Row, Old Harbor, ME 04001", region="US")
    assert level(US, "27 Larch Row, Old Harbor", other) != "same"


@pytest.mark.parametrize(
    "value", ["", " ", ",", "12", "Berlin", "\u200b", "a" * 5000, "1" * 5000, ", ," * 100, "Straße", "№", "<br>"]
)
def test_a_strange_address_finds_nothing_and_raises_nothing(value: str) -> None:
    """Whatever was typed as an address, the matcher is built and runs."""
    assert isinstance(Matcher([Fact(kind="address", label="x", value=value)]).find("12 Larch Row, Berlin"), list)


def test_no_value_shows_in_a_repr() -> None:
    """A matcher that lands in a traceback shows counts, no values."""
    matcher = Matcher([US])
    assert "Larch" not in repr(matcher) + repr(matcher.find("27 Larch Row"))


def test_a_street_without_its_town_says_that_it_is_the_street() -> None:
    """Its level is area as that of the town is, and it is told apart from the town."""
    matcher = Matcher([Fact(kind="address", label="home", value="27 Larch Row, Marrow Bay, ME 04000")])
    (street,) = matcher.find("I live on Larch Row.")
    (town,) = matcher.find("I live in Marrow Bay, ME.")
    assert (street.level, street.street_named) == ("area", True)
    assert (town.level, town.street_named) == ("area", False)
    both = matcher.find("I live on Larch Row, Marrow Bay.")
    assert {(one.level, one.street_named) for one in both} >= {("street", False)}
    assert not any(one.street_named for one in both)
