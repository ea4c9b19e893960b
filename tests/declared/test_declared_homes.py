"""Made-up homes of twenty-six countries: every rewrite of them is found as what it is, and no neighbour is taken for one."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from random import Random

import pytest

from unlisted.extract.declared import Matcher
from unlisted.model.subject import Fact


@dataclass(frozen=True)
class Home:
    """A made-up address; `form` is how its country writes it, `alike` are spellings of its street, `others` are not it."""

    region: str
    number: str
    street: str
    town: str
    postcode: str
    form: str
    alike: tuple[str, ...]
    others: tuple[str, ...]

    def line(self, *, number: str = "", street: str = "", town: str = "", postcode: str = "") -> str:
        """The address in one line, with some of its parts replaced."""
        return self.form.format(
            n=number or self.number, s=street or self.street, t=town or self.town, p=postcode or self.postcode
        )

    def level(self, text: str) -> str:
        """The strongest level at which this home is found in a text; "none" where it is not."""
        order = ("none", "area", "street", "same")
        return max((match.level for match in matcher(self).find(text)), key=order.index, default="none")


@cache
def matcher(home: Home) -> Matcher:
    """What looks for a home; built once."""
    return Matcher([Fact(kind="address", label="home", value=home.line(), region=home.region)])


HOMES = (
    Home(
        "US",
        "27",
        "Larch Row",
        "Marrow Bay",
        "ME 04000",
        "{n} {s}, Apt 4, {t}, {p}",
        ("larch row",),
        ("Larch Road", "Larch Street", "Larch Court"),
    ),
    Home(
        "US",
        "1400",
        "Alderfield Street",
        "Harborton",
        "NY 10999",
        "{n} {s}, {t}, {p}",
        ("Alderfield St", "Alderfield St.", "Alderfield Str", "Alderfeild Street"),
        ("Alderfield Avenue", "Alderfield Rd"),
    ),
    Home(
        "US",
        "812",
        "North Hazelton Avenue",
        "Pinecrest",
        "OR 97999",
        "{n} {s}, {t}, {p}",
        ("N Hazelton Ave", "N. Hazelton Av.", "North Hazelton Ave.", "No. Hazelton Ave"),
        ("S Hazelton Ave", "North Hazelton Street"),
    ),
    Home(
        "US",
        "4501",
        "Old Quarry Boulevard",
        "Dunmere",
        "TX 75999",
        "{n} {s} #12, {t}, {p}",
        ("Old Quarry Blvd", "Old Quarry Blvd."),
        ("Old Quarry Lane", "New Quarry Blvd"),
    ),
    Home(
        "US",
        "77",
        "County Road 12",
        "Fennwick",
        "IA 50999",
        "{n} {s}, {t}, {p}",
        ("County Rd 12", "Co Rd 12"),
        ("County Road 13", "State Road 12"),
    ),
    Home(
        "GB",
        "36",
        "Elmfield Close",
        "Norbridge",
        "NB1 5TR",
        "Flat 8, {n} {s}, {t} {p}",
        ("Elmfield Cl", "Elmfield Cl.", "Elm Field Close"),
        ("Elmfield Road", "Elmfield Drive", "Elmfield Crescent"),
    ),
    Home(
        "GB",
        "5",
        "St Aldwyn's Terrace",
        "Larkham",
        "LK4 2QZ",
        "{n} {s}, {t}, {p}",
        ("Saint Aldwyns Terrace", "St. Aldwyn's Terr.", "St Aldwyns Ter"),
        ("St Aldwyn's Road",),
    ),
    Home(
        "IE",
        "14",
        "Rowanbrook Avenue",
        "Kilmarra",
        "D99 X4Y2",
        "{n} {s}, {t}, {p}",
        ("Rowanbrook Ave", "Rowanbrook Av"),
        ("Rowanbrook Park", "Rowanbrook Lawn"),
    ),
    Home(
        "CA",
        "1383",
        "Rowanfield Crescent",
        "Hazelton",
        "K1A 0B1",
        "{n} {s}, {t}, ON {p}",
        ("Rowanfield Cres", "Rowanfield Cr."),
        ("Rowanfield Drive",),
    ),
    Home(
        "CA",
        "450",
        "rue des Érables",
        "Lac-Mélèze",
        "J9Z 9Z9",
        "{n}, {s}, {t}, QC {p}",
        ("rue des Erables", "r. des Érables"),
        ("avenue des Érables", "boulevard des Érables"),
    ),
    Home(
        "AU",
        "163",
        "Wattlebird Parade",
        "Geelwood",
        "3299",
        "Unit 2, {n} {s}, {t} VIC {p}",
        ("Wattlebird Pde", "Wattlebird Pde."),
        ("Wattlebird Street", "Wattlebird Avenue"),
    ),
    Home(
        "NZ",
        "8",
        "Kowhainui Road",
        "Taupara",
        "4999",
        "{n} {s}, {t} {p}",
        ("Kowhainui Rd", "Kōwhainui Rd."),
        ("Kowhainui Street",),
    ),
    Home(
        "ZA",
        "21",
        "Jacarandale Drive",
        "Umhlora",
        "4999",
        "{n} {s}, {t}, {p}",
        ("Jacarandale Dr", "Jacarandale Drv"),
        ("Jacarandale Street",),
    ),
    Home(
        "IN",
        "48",
        "Banyanpur Main Road",
        "Hazelpur",
        "560999",
        "{n}, {s}, {t} {p}",
        ("Banyanpur Main Rd", "Banyanpur Main Rd."),
        ("Banyanpur Cross Road",),
    ),
    Home(
        "DE",
        "21",
        "Lärchenstraße",
        "Münsterau",
        "48999",
        "{s} {n}, {p} {t}",
        ("Lärchenstr.", "Laerchenstrasse", "Lärchen Straße", "Lärchen-Str.", "Larchenstr", "Lärchenstrase"),
        ("Lärchenweg", "Lärchengasse", "Lärchenplatz"),
    ),
    Home(
        "DE",
        "8",
        "Friedrich-Erlenbach-Allee",
        "Tannstadt",
        "65999",
        "{s} {n}, {p} {t}",
        (
            "Friedrich Erlenbach Allee",
            "Friedrich-Erlenbach-Al.",
            "F.-Erlenbach-Allee",
            "FriedrichErlenbachAllee",
            "Fr.-Erlenbach-Allee",
        ),
        ("Friedrich-Erlenbach-Straße", "Friedrich-Erlenbach-Ring"),
    ),
    Home(
        "DE",
        "17",
        "Am Alten Kalkofen",
        "Tannstadt",
        "65999",
        "{s} {n}, {p} {t}",
        ("am alten Kalkofen", "Am alten Kalkofen"),
        ("Am Neuen Kalkofen",),
    ),
    Home(
        "AT",
        "9",
        "Erlenbachgasse",
        "Wienau",
        "1099",
        "{s} {n}/3/12, {p} {t}",
        ("Erlenbachg.", "Erlenbach-Gasse", "Erlenbachgaße"),
        ("Erlenbachstraße", "Erlenbachweg"),
    ),
    Home(
        "CH",
        "33",
        "Seehaldenstrasse",
        "Züribach",
        "8999",
        "{s} {n}, {p} {t}",
        ("Seehaldenstr.", "Seehaldenstraße", "Seehalden-Strasse"),
        ("Seehaldenweg",),
    ),
    Home(
        "FR",
        "92",
        "Avenue des Mélèzes",
        "Rennelles",
        "35999",
        "{n} {s}, {p} {t}",
        ("Av. des Mélèzes", "av des Melezes", "AVE des Mélèzes", "Av Mélèzes"),
        ("Rue des Mélèzes", "Boulevard des Mélèzes", "Impasse des Mélèzes"),
    ),
    Home(
        "FR",
        "14",
        "Boulevard du Général Aubépine",
        "Lyonceau",
        "69999",
        "{n} {s}, {p} {t}",
        ("Bd du Général Aubépine", "Bld du Gal Aubépine", "boul. du Gén. Aubepine", "Bvd Général Aubépine"),
        ("Rue du Général Aubépine",),
    ),
    Home(
        "BE",
        "75",
        "Chaussée de Frênois",
        "Liégeau",
        "4999",
        "{s} {n}, {p} {t}",
        ("Chée de Frênois", "Chaussee de Frenois", "Ch. de Frênois"),
        ("Rue de Frênois",),
    ),
    Home(
        "ES",
        "128",
        "Calle del Alerce",
        "Malagueta",
        "29999",
        "{s}, {n}, 3º B, {p} {t}",
        ("C/ del Alerce", "C/ Alerce", "c/Alerce", "Cl. del Alerce", "Calle Alerce", "C. Alerce"),
        ("Avenida del Alerce", "Plaza del Alerce", "Camino del Alerce"),
    ),
    Home(
        "ES",
        "45",
        "Avenida de los Robledales",
        "Sevillana",
        "41999",
        "{s}, {n}, {p} {t}",
        ("Avda. de los Robledales", "Av. Robledales", "Avda Los Robledales", "Avd. Robledales"),
        ("Calle de los Robledales",),
    ),
    Home(
        "MX",
        "210",
        "Calle Jacarandal",
        "Pueblita",
        "72999",
        "{s} {n}, Col. Centro, {p} {t}",
        ("C. Jacarandal", "Jacarandal"),
        ("Avenida Jacarandal", "Privada Jacarandal"),
    ),
    Home(
        "AR",
        "1850",
        "Avenida Quebracho",
        "Rosalina",
        "2999",
        "{s} {n}, {p} {t}",
        ("Av. Quebracho", "Avda. Quebracho", "Av Quebracho"),
        ("Pasaje Quebracho",),
    ),
    Home(
        "IT",
        "54",
        "Via dei Larici",
        "Bolognetta",
        "40999",
        "{s} {n}, {p} {t}",
        ("V. dei Larici", "via Larici", "Via dei Larici"),
        ("Viale dei Larici", "Piazza dei Larici", "Vicolo dei Larici"),
    ),
    Home(
        "IT",
        "12",
        "Corso Vittorio Castagneto",
        "Torinella",
        "10999",
        "{s}, {n}, {p} {t}",
        ("C.so Vittorio Castagneto", "Cso Vittorio Castagneto"),
        ("Via Vittorio Castagneto",),
    ),
    Home(
        "PT",
        "61",
        "Rua do Carvalhal",
        "Portela Nova",
        "4999-123",
        "{s}, {n}, 2º Esq, {p} {t}",
        ("R. do Carvalhal", "R do Carvalhal", "Rua Carvalhal"),
        ("Travessa do Carvalhal", "Avenida do Carvalhal"),
    ),
    Home(
        "BR",
        "59",
        "Rua Sete de Abril",
        "Florinda",
        "88999-400",
        "{s}, {n} - Apto 31, {t} - SC, {p}",
        ("R. Sete de Abril", "R 7 de Abril", "Rua 7 de abril"),
        ("Avenida Sete de Abril", "Rua Oito de Abril"),
    ),
    Home(
        "NL",
        "118",
        "Lariksstraat",
        "Zwolderen",
        "8999 PK",
        "{s} {n}, {p} {t}",
        ("Lariksstr.", "Lariks straat", "lariksstr", "Lariks-straat"),
        ("Lariksweg", "Larikslaan", "Lariksplein"),
    ),
    Home(
        "NL",
        "7",
        "Burgemeester Iepema-laan",
        "Groningerveen",
        "9799 ZZ",
        "{s} {n}, {p} {t}",
        ("Burg. Iepemalaan", "Burgemeester Iepemalaan", "Burg Iepema laan"),
        ("Burgemeester Iepemastraat",),
    ),
    Home(
        "DK",
        "12",
        "Lærkehegnsvej",
        "Aarholm",
        "8999",
        "{s} {n}, 2. tv, {p} {t}",
        ("Laerkehegnsvej",),
        ("Lærkehegnsgade",),
    ),
    Home(
        "SE",
        "5",
        "Björkhagsgatan",
        "Lundsala",
        "229 99",
        "{s} {n}, {p} {t}",
        ("Bjorkhagsgatan", "Björkhagsg."),
        ("Björkhagsvägen",),
    ),
    Home(
        "NO",
        "31",
        "Furubakkveien",
        "Bergnes",
        "5999",
        "{s} {n}, {p} {t}",
        ("Furubakkvn.", "Furubakkvegen"),
        ("Furubakkgata",),
    ),
    Home(
        "FI",
        "3",
        "Lehtikuusenkatu",
        "Tampila",
        "33999",
        "{s} {n} A 5, {p} {t}",
        ("Lehtikuusenk.", "lehtikuusenkatu"),
        ("Lehtikuusentie",),
    ),
    Home(
        "PL",
        "12",
        "ul. Modrzewiowa",
        "Krakowiec",
        "30-999",
        "{s} {n}/4, {p} {t}",
        ("Modrzewiowa", "ulica Modrzewiowa", "ul Modrzewiowa"),
        ("al. Modrzewiowa", "pl. Modrzewiowy"),
    ),
    Home(
        "CZ",
        "12",
        "Modřínová",
        "Brnov",
        "602 99",
        "{s} {n}, {p} {t}",
        ("Modrinova", "ul. Modřínová"),
        (),
    ),
)
NAMES = [f"{home.region} {home.street}" for home in HOMES]
ORDERS = (
    "{n} {s}",
    "{s} {n}",
    "{n}, {s}",
    "{s}, {n}",
    "{n} {s}, {t}",
    "{s} {n}, {t}",
    "{t}, {s} {n}",
    "{p} {t}, {s} {n}",
    "{t} {p} - {n} {s}",
    "{s} {n} in {t}",
    "{s} no. {n}",
    "{s} Nr. {n}",
    "{s} #{n}",
    "#{n} {s}",
    "No. {n}, {s}",
    "number {n}, {s}",
    "house {n}, {s}",
    "{n} on {s}, {t}",
    "{s}, at number {n}",
    "{s} {n} {p}",
    "{n} {s} {p}",
    "{n} - {s}",
    "{s} n° {n}",
    "{s} núm. {n}",
    "{p} {t}\n{n} {s}",
    "{s}\n{n}\n{t}",
    "{n}\t{s}",
    "{n}_{s}",
    "{n}+{s}",
)
EVERY = pytest.mark.parametrize("home", HOMES, ids=NAMES)


@EVERY
@pytest.mark.parametrize("order", ORDERS)
def test_order_and_missing_parts_hide_no_home(home: Home, order: str) -> None:
    """Number and street in either order are the house, whatever else is missing."""
    text = order.format(n=home.number, s=home.street, t=home.town, p=home.postcode)
    assert home.level(f"so: {text}\nok") == "same"


@EVERY
def test_the_usual_short_forms_are_the_street(home: Home) -> None:
    """Abbreviations, compounds written apart, missing small words."""
    first = home.form.startswith(("{n}", "Flat", "Unit"))
    for street in home.alike:
        short = f"{home.number} {street}" if first else f"{street} {home.number}"
        assert [street, home.level(home.line(street=street)), home.level(f"{short}, {home.town}")] == [
            street,
            "same",
            "same",
        ]


@EVERY
def test_another_type_of_street_is_another_street(home: Home) -> None:
    """The number in a street of the same name but another type."""
    assert [street for street in home.others if home.level(home.line(street=street)) == "same"] == []
    assert [street for street in home.others if home.level(f"{home.number} {street}, {home.town}") == "same"] == []


@EVERY
def test_neighbours_are_the_street(home: Home) -> None:
    """Numbers beside it, inside it, around it, with a letter, and ranges are somebody else's."""
    number = int(home.number)
    near = [number - 2, number - 1, number + 1, number + 2, number + 10, int(f"1{number}"), int(f"{number}1")]
    written = [str(other) for other in near if other > 0]
    written += [
        f"{number}a",
        f"{number}b",
        f"{number} b",
        f"{number}C",
        f"{number}-{number + 2}",
        f"{number}–{number + 2}",
    ]
    assert [other for other in written if home.level(home.line(number=other)) != "street"] == []


@EVERY
def test_the_street_without_our_number_is_the_street(home: Home) -> None:
    """With its town, at a corner or in a sentence."""
    texts = (
        "{s}, {t}",
        "{s} in {t} was closed",
        "corner of {s} and Pinewood Lane, {t}",
        "on the corner of Pinewood Lane and {s} in {t}",
        "{s} & Pinewood, {t}",
        "{s} / Ecke Ahornpfad, {t}",
        "{s}, {p} {t}",
    )
    filled = [text.format(s=home.street, t=home.town, p=home.postcode) for text in texts]
    assert [text for text in filled if home.level(text) != "street"] == []


@EVERY
def test_town_and_postcode_are_the_area(home: Home) -> None:
    """Neither says more than the part of the country."""
    code = (
        home.postcode.removeprefix("ME ").removeprefix("NY ").split(" ")[-1] if home.region == "US" else home.postcode
    )
    assert [home.level(f"Greetings from {home.town}!"), home.level(f"code {code}")] == ["area", "area"]


@EVERY
def test_no_other_home_is_taken_for_this_one(home: Home) -> None:
    """Every other home of the table, also with this number and town."""
    others = [other for other in HOMES if other is not home]
    assert [other.line() for other in others if home.level(other.line()) == "same"] == []
    moved = [other.line(number=home.number, town=home.town, postcode=home.postcode) for other in others]
    assert [text for text in moved if home.level(text) == "same"] == []


def slips(street: str, random: Random) -> list[str]:
    """The street with one slip of each sort in its longest word, never in the first letter."""
    word = max(street.replace("-", " ").split(), key=len)
    at = random.choice([i for i in range(1, len(word) - 2) if word[i : i + 2].isascii()])
    other = random.choice([letter for letter in "bdfgkmpw" if letter not in word[at : at + 2]])
    swapped = word[:at] + word[at + 1] + word[at] + word[at + 2 :]
    forms = (word[:at] + word[at + 1 :], word[:at] + other + word[at:], word[:at] + other + word[at + 1 :], swapped)
    return [street.replace(word, form) for form in forms]


@EVERY
@pytest.mark.parametrize("seed", range(3))
def test_one_slip_of_any_sort_is_forgiven(home: Home, seed: int) -> None:
    """A letter left out, put in, replaced or swapped with its neighbour, beside the right number and town."""
    written = slips(home.street, Random(seed))
    assert [street for street in written if home.level(home.line(street=street)) != "same"] == []


@EVERY
def test_numbers_that_count_something_are_no_house(home: Home) -> None:
    """Years, people, prices, ages and buses beside the street's name."""
    texts = (
        "${n} for a view of {s}",
        "{n} people live on {s}",
        "{n} minutes to {s}",
        "the {n} bus stops at {s}",
        "{s} {n} years ago",
        "{n}km from {s}",
        "age {n}, {s} fan",
        "on {s}, {n} cars were parked",
        "on May {n} {s} was closed",
        "{n}% of {s}",
    )
    filled = [text.format(n=home.number, s=home.street) for text in texts]
    assert [text for text in filled if home.level(text) == "same"] == []


@EVERY
def test_the_same_line_in_another_town_is_not_it(home: Home) -> None:
    """A town in capitals behind a comma or "in" is another one, unless it was declared."""
    for text in ("{n} {s}, Otherville.", "{s} {n}, Otherville, friends", "{n} {s} in Otherville"):
        assert home.level(text.format(n=home.number, s=home.street)) != "same"
