"""Street addresses as each country writes them, bare and in a sentence of its language."""

from __future__ import annotations

import pytest

from unlisted.extract.text import find

FRAMES = {
    "en": ("{}", "We live at {} now.", "Name: A. Lark\nAddress: {}\nThanks"),
    "de": ("{}", "Ich wohne in der {}, komm vorbei.", "Anschrift: {}\nDanke"),
    "fr": ("{}", "J'habite au {}, passe me voir.", "Adresse : {}\nMerci"),
    "es": ("{}", "Vivo en {}, ven cuando quieras.", "Domicilio: {}\nGracias"),
    "it": ("{}", "Abito in {}, passa quando vuoi.", "Indirizzo: {}\nGrazie"),
    "pt": ("{}", "Moro na {}, passa lá.", "Endereço: {}\nObrigada"),
    "nl": ("{}", "Ik woon op {}, kom langs.", "Adres: {}\nBedankt"),
    "nordic": ("{}", "Adresse: {}\nTak"),
    "slavic": ("{}", "Adres: {}\nDzięki"),
}

ENGLISH = {
    "US": (
        "27 Larch Row, Marrow Bay, ME 04000",
        "27 Larch Row, Apt 4, Marrow Bay, ME 04000",
        "1400 W Alder St, Ste 200, Marrow Bay, IL 60600",
        "1400 West Alder Street",
        "88 Rowan Avenue #12, Harborton, NY 10999",
        "500 N Hazel Blvd, Larch Fork, UT 84600",
        "12 Old Mill Road, Hazelton, VT 05400",
        "7 Aspen Ct, Larchmont, WI 54100",
        "3312 NE 45th Ave, Rowanville, OR 97200",
        "615 S 3rd St, Unit B, Marrow Bay, KY 40200",
        "9 Heron Ln, Larchmont, WI 54100",
        "201 Alder Pkwy, Marrow Bay, TX 75000",
        "18 Larch Ter, Harborton, NJ 07000",
        "4501 Rowan Pike, Marrow Bay, TN 37000",
        "2200 State Route 9, Harborton, NY 12800",
        "77 Hazel Cir Apt 9C, Marrow Bay, FL 33400",
        "1 Alder Sq, Harborton, MA 02100",
        "160 E 84th St Apt 5B, New Marrow, NY 10000",
        "310 Larch Xing, Rowanville, GA 30000",
        "45 Alder Hwy, Larchmont, AL 35900",
    ),
    "CA": (
        "1383 Alder Street, Larchina, SK S4P 3Y2",
        "77 Rowan Crescent, Hazelton, ON K1A 0B1",
        "210-1400 Larch Avenue, Alderview, BC V6B 1A1",
        "5 Aspen Drive NW, Calderon, AB T2P 1J9",
        "12 Heron Lane, Halvern, NS B3H 1A1",
    ),
    "GB": (
        "36 Elmfield Close, Norbridge NB1 5TR",
        "Flat 8, 36 Elmfield Close, Norbridge NB1 5TR",
        "4a Larch Road, Norbridge",
        "12 Alder Gardens, Eastmere, EM4 2QT",
        "71 Rowan Crescent",
        "5 Hazel Mews, Norbridge NB2 1AA",
        "18 Larches Lane, Eastmere",
        "221 Alder Street, Norbridge",
        "2 Heron Wharf, Eastmere EM1 9ZZ",
        "Apartment 3, 44 Aspen Terrace, Norbridge NB3 8LP",
        "9 Larch Avenue, Eastmere, EM2 3BB",
        "15 Old Mill Lane, Norbridge",
    ),
    "IE": ("4 Larch Quay, Dublin 2", "18 Alder Road, Rathlarch, Co. Dublin", "9 Hazel Terrace, Corkmere"),
    "AU": (
        "163 Wattle Street, Geelwood VIC 3299",
        "Unit 4, 12 Banksia Parade, Port Alder NSW 2999",
        "7 Heron Crescent, Larchdale QLD 4999",
        "88 Rowan Road, Hazelton WA 6999",
    ),
    "NZ": ("12 Rimu Road, Larchgate 6012", "7 Kowhai Street, Aldermere 8013", "55 Totara Avenue, Rowanui 3210"),
    "IN": ("23 Residency Road, Punagar 411099", "14 Neem Street, Larchpur 560099"),
    "ZA": ("15 Melkhout Street, Braamdorp", "7 Protea Avenue, Larchdorp 8999"),
}

GERMAN = {
    "DE": (
        "Lärchenstraße 21, 48999 Münsterau",
        "Lärchenstr. 21, 48999 Münsterau",
        "Lärchenweg 4a, 10999 Bärlin",
        "Am Lärchenplatz 3, 50999 Kölnau",
        "Berliner Straße 5, 10999 Bärlin",
        "Berliner Str. 5",
        "Alte Erlengasse 7",
        "Ahornallee 12, 20999 Hambrück",
        "Eschenring 8, 80999 Münchau",
        "Birkenufer 33, 10999 Bärlin",
        "Lindendamm 2, 30999 Hannau",
        "Buchenstieg 19, 22999 Hambrück",
        "Fichtenchaussee 101, 10999 Bärlin",
        "Karl-Lärch-Straße 17, 04999 Leipzau",
        "Obere Erlenstraße 6, 96999 Bamau",
    ),
    "AT": ("Eduard-Lärch-Gasse 9, 1099 Wienau", "Lärchengasse 12/3, 1099 Wienau", "Erlenweg 8, 5099 Salzau"),
    "CH": ("Lärchenweg 4, 8099 Zürichau", "Erlenstrasse 17, 3099 Bernau", "Ahornstrasse 5, 4099 Baslau"),
}

FRENCH = {
    "FR": (
        "92 Avenue des Mélèzes, 35999 Rennelles",
        "92 avenue des Mélèzes",
        "92, av. des Mélèzes, 35999 Rennelles",
        "12 bis, rue de la Paix, 75999 Parisel",
        "4 quai du Mélèze, 69999 Lyonelle",
        "7 boulevard des Érables, 13999 Marsel",
        "18 place du Marché, 59999 Lillerai",
        "3 impasse des Aulnes, 44999 Nantelle",
        "25 chemin des Frênes, 31999 Toulouselle",
        "110 cours des Tilleuls, 33999 Bordelle",
        "6 allée des Bouleaux, 67999 Strasbelle",
        "15 rue Claude-Mélèze, 75999 Parisel",
    ),
    "BE": (
        "Rue du Mélèze 14, 1099 Bruxelle",
        "Lariksesteenweg 197, 2199 Antwerperen",
        "Avenue des Aulnes 3, 4099 Liègeois",
    ),
    "LU": ("12, rue des Mélèzes, 1099 Luxembelle",),
    "CH": ("Rue du Mélèze 5, 1299 Genevelle", "Chemin des Aulnes 12, 1099 Lausannelle"),
}

SPANISH = {
    "ES": (
        "Calle del Alerce, 128, 3º B, 29999 Malagueta",
        "Calle del Alerce 128",
        "C/ Alerce, 46, 28999 Madridejos",
        "Avda. de los Alerces, 12, 41999 Sevillana",
        "Avenida de los Alerces, 12",
        "Plaza de los Fresnos, 3, 46999 Valencina",
        "Paseo del Abedul, 77, 08999 Barcelona Nueva",
        "Camino de los Sauces, 9, 18999 Granadina",
        "Ronda de los Tilos, 15, 50999 Zaragozana",
        "Travesía del Olmo, 2, 37999 Salamancia",
        "Carrer del Freixe, 21, 08999 Barcelonina",
        "Calle Mayor de Alerce, 5, 1º A",
    ),
    "MX": ("Calle Alerce 85, Colonia Centro, 06999 Ciudad Larga", "Avenida de los Fresnos 1200, 44999 Guadalarga"),
    "AR": ("Avenida Alerce 2350, Buenos Vientos", "Calle Fresno 450, 5099 Cordobesa"),
}

SOUTH = {
    "IT": (
        "Via XX Settembre 54, 40999 Bolognetta",
        "Via dei Larici 12, 20999 Milanese",
        "Corso Larice 12, 10999 Torinese",
        "Piazza dei Frassini 3, 00999 Romana",
        "Viale degli Ontani 88, 50999 Firenzuola",
        "Vicolo del Tiglio 4, 37999 Veronella",
        "Largo dei Pioppi 7, 80999 Napolina",
        "V.le degli Ontani, 88",
    ),
    "PT": (
        "Rua do Lariço, 59, 1999-100 Lisboeta",
        "Avenida dos Freixos, 120, 4999-100 Portelo",
        "Travessa do Olmo, 3, 3999-100 Coimbrela",
        "Praça dos Plátanos, 8, 1999-200 Lisboeta",
    ),
    "BR": ("Rua Sete de Abril, 59, Florinda - SC, 88999-400", "Avenida dos Ipês, 1500, São Larício - SP, 01999-000"),
}

NORTH = {
    "NL": (
        "Lariksstraat 118, 8999 PK Zwolderen",
        "Nieuwe Larikslaan 17-19, 1099 AB Amstelveer",
        "Elzenweg 4, 3599 CD Utrechtse",
        "Esdoornplein 9, 5699 EF Eindhoef",
        "Berkenkade 21, 1099 GH Amstelveer",
        "Wilgengracht 88, 1099 JK Amstelveer",
    ),
    "DK": ("Lærkevej 42, 1665 Købstad", "Ellegade 7, 8099 Aarslev", "Birke Allé 12, 5099 Odinse"),
    "SE": ("Storgatan 1, 112 99 Stockvik", "Björkvägen 14, 411 99 Götevik", "Lärkgränd 3, 753 99 Uppsalby"),
    "NO": ("Lerkeveien 2A, 0562 Osloby", "Bjørkegata 14, 5099 Bergvik", "Orefaret 9, 7099 Trondvik"),
    "FI": ("Lehtikuusikatu 5, 33999 Tampeenlinna", "Koivutie 12, 00999 Helsinkilä", "Leppäkuja 3 B, 20999 Turkula"),
    "PL": (
        "ul. Modrzewiowa 42, 10-999 Larchowice",
        "ulica Brzozowa 7, 30-999 Krakowice",
        "al. Lipowa 15, 00-999 Warszawice",
    ),
    "CZ": ("ulice Modřínová 4, 110 99 Prahov", "nám. Modřínové 4, 110 99 Prahov"),
}


def rows(language: str, groups: dict[str, tuple[str, ...]]) -> list[tuple[str, str, str]]:
    """(country, frame, address) for every address in every frame of its language."""
    return [
        (country, frame, address)
        for country, addresses in groups.items()
        for address in addresses
        for frame in FRAMES[language]
    ]


def covered(text: str, address: str, country: str) -> float:
    """The share of an address's characters that street addresses cover."""
    start = text.index(address)
    inside = {
        place
        for span in find(text, regions=(country,))
        if span.kind == "street_address"
        for place in range(max(start, span.start), min(start + len(address), span.end))
    }
    return len(inside) / len(address)


def outside(text: str, address: str, country: str) -> int:
    """How many characters beyond an address its spans take."""
    start, end = text.index(address), text.index(address) + len(address)
    spans = [span for span in find(text, regions=(country,)) if span.kind == "street_address"]
    return sum(max(0, start - span.start) + max(0, span.end - end) for span in spans)


@pytest.mark.parametrize(("country", "frame", "address"), rows("en", ENGLISH))
def test_an_address_of_an_english_speaking_country_is_found(country: str, frame: str, address: str) -> None:
    """Number, name and type, with unit, town and postcode in the country's order."""
    assert covered(frame.format(address), address, country) >= 0.5


@pytest.mark.parametrize(("country", "frame", "address"), rows("de", GERMAN))
def test_an_address_of_a_german_speaking_country_is_found(country: str, frame: str, address: str) -> None:
    """Compounds and separate types, the number behind the name, the postcode before the town."""
    assert covered(frame.format(address), address, country) >= 0.5


@pytest.mark.parametrize(("country", "frame", "address"), rows("fr", FRENCH))
def test_an_address_of_a_french_speaking_country_is_found(country: str, frame: str, address: str) -> None:
    """The type before the name; the number first in France, last in Belgium and Switzerland."""
    assert covered(frame.format(address), address, country) >= 0.5


@pytest.mark.parametrize(("country", "frame", "address"), rows("es", SPANISH))
def test_an_address_of_a_spanish_speaking_country_is_found(country: str, frame: str, address: str) -> None:
    """The type before the name, the number behind it, then floor and door."""
    assert covered(frame.format(address), address, country) >= 0.5


@pytest.mark.parametrize(
    ("country", "frame", "address"),
    [
        row
        for language, part in (("it", ("IT",)), ("pt", ("PT", "BR")))
        for row in rows(language, {c: SOUTH[c] for c in part})
    ],
)
def test_an_address_of_italy_portugal_or_brazil_is_found(country: str, frame: str, address: str) -> None:
    """The type before the name, the number last, with or without a comma."""
    assert covered(frame.format(address), address, country) >= 0.5


@pytest.mark.parametrize(
    ("country", "frame", "address"),
    [
        row
        for language, part in (("nl", ("NL",)), ("nordic", ("DK", "SE", "NO", "FI")), ("slavic", ("PL", "CZ")))
        for row in rows(language, {c: NORTH[c] for c in part})
    ],
)
def test_an_address_of_the_north_or_the_east_is_found(country: str, frame: str, address: str) -> None:
    """Compounds of the Netherlands and the Nordic countries, types before the name in Poland and the Czech Republic."""
    assert covered(frame.format(address), address, country) >= 0.5


@pytest.mark.parametrize("country", sorted({*ENGLISH, *GERMAN, *FRENCH, *SPANISH, *SOUTH, *NORTH}))
def test_a_bare_address_is_found_for_a_reader_from_elsewhere(country: str) -> None:
    """Sure words of every language are known whatever the region, so most addresses are found from the US too."""
    groups = (ENGLISH, GERMAN, FRENCH, SPANISH, SOUTH, NORTH)
    addresses = [address for group in groups for address in group.get(country, ())]
    assert sum(covered(address, address, "US") >= 0.5 for address in addresses) >= 0.6 * len(addresses)


@pytest.mark.parametrize(
    "address", [a for group in (ENGLISH, GERMAN, FRENCH, SPANISH) for a in next(iter(group.values()))]
)
def test_an_address_does_not_swallow_the_sentence_around_it(address: str) -> None:
    """At most a few characters outside the address belong to its span."""
    text = f"As I said before, it is raining. {address}. We hope that it stops soon."
    country = next(c for group in (ENGLISH, GERMAN, FRENCH, SPANISH) for c, found in group.items() if address in found)
    assert outside(text, address, country) <= 4


@pytest.mark.parametrize("address", ENGLISH["US"])
def test_capitals_do_not_hide_a_us_address(address: str) -> None:
    """Envelopes are written in capitals."""
    assert covered(address.upper(), address.upper(), "US") >= 0.5


@pytest.mark.parametrize("address", [a for a in ENGLISH["US"] if a[-5:].isdigit()])
def test_small_letters_do_not_hide_a_us_address(address: str) -> None:
    """People write addresses without capitals on phones."""
    assert covered(address.lower(), address.lower(), "US") >= 0.5


@pytest.mark.parametrize("address", [a for a in ENGLISH["US"] if ", " in a])
def test_an_address_over_several_lines_is_one(address: str) -> None:
    """A line break instead of a comma changes nothing."""
    lines = address.replace(", ", "\n", 1)
    assert covered(lines, lines, "US") >= 0.5


NONE = (
    "42 things you should consider when walking down the st.",
    "We won 3-1 and scored in minute 12.",
    "I have 2 dogs and 3 cats.",
    "Chapter 12 Verse 5",
    "The 5 best ways to cook rice",
    "See section 4 of the act",
    "It took 20 minutes to get there",
    "12 people like this",
    "He ran 10 miles in the park",
    "Top 10 songs of the year",
    "2 for 1 on all drinks",
    "On 5 May we meet",
    "At 8 we leave",
    "Only 3 days to go",
    "7 wonders of the world",
    "Room for 2 more people",
    "I am 34 years old",
    "Episode 12 is out now",
    "24 hours a day",
    "Please read page 17 first",
    "1 in 4 people agree",
    "My 2 cents on that",
    "Ich habe 3 Kinder und 2 Hunde",
    "Um 8 Uhr geht es los",
    "Das kostet 12 Euro",
    "Am 5. Mai fahren wir",
    "Kapitel 4 ist das beste",
    "Nous avons 2 enfants",
    "Le train part à 8 h",
    "Il reste 3 places",
    "Tengo 2 perros y 3 gatos",
    "El tren sale a las 8",
    "Faltan 3 días",
    "Ho 2 gatti e 1 cane",
    "Tenho 2 filhos",
    "Ik heb 2 honden",
)


@pytest.mark.parametrize("text", NONE)
@pytest.mark.parametrize("country", ["US", "DE", "ES"])
def test_a_number_in_a_sentence_is_no_address(country: str, text: str) -> None:
    """Counts, times, dates and prices are no houses."""
    assert [text[s.start : s.end] for s in find(text, regions=(country,)) if s.kind == "street_address"] == []
