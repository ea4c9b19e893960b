"""Phones as each country writes them, disguised e-mails, notations of positions, links to maps, number plates."""

from __future__ import annotations

import pytest

from unlisted.extract.text import find

PHONES = {
    "US": ("(202) 555-0143", "202.555.0143", "1-202-555-0143", "202 555 0143 ext. 12"),
    "CA": ("(604) 555-0187", "604-555-0187", "+1 604 555 0187"),
    "GB": ("07700 900123", "+44 7700 900123", "020 7946 0123", "01632 960123"),
    "IE": ("087 123 4567", "(01) 234 5678"),
    "AU": ("0491 570 156", "(02) 5550 1234", "1800 975 711"),
    "NZ": ("021 123 4567", "09 123 4567"),
    "IN": ("98765 43210", "+91 98765 43210"),
    "ZA": ("082 123 4567", "(011) 123-4567"),
    "DE": ("030 23125 123", "030/23125123", "(030) 23125-123", "+49 30 23125 123"),
    "AT": ("0664 1234567", "0316/123456"),
    "CH": ("079 123 45 67", "022/345 67 89"),
    "FR": ("01 99 00 12 34", "06.39.98.12.34", "04-65-71-12-34", "+33 (0)1 99 00 12 34"),
    "BE": ("0470 12 34 56", "02 123 45 67", "09/123.45.67"),
    "LU": ("621 123 456", "+352 621 123 456"),
    "ES": ("612 345 678", "93 123 45 67"),
    "MX": ("55 1234 5678", "(55) 1234-5678"),
    "AR": ("011 4123-4567", "(011) 15-4123-4567"),
    "IT": ("333 123 4567", "333/1234567"),
    "PT": ("912 345 678", "+351 912 345 678"),
    "BR": ("(11) 91234-5678", "(21) 2123-4567"),
    "NL": ("06-12345678", "020 123 4567"),
    "DK": ("20 12 34 56", "+45 20 12 34 56"),
    "SE": ("070-174 06 12", "08-465 004 12"),
    "NO": ("412 34 567", "22 12 34 56"),
    "FI": ("040 123 4567", "050-1234567"),
    "PL": ("512 345 678", "(22) 123 45 67"),
    "CZ": ("601 123 456", "+420 601 123 456"),
}
MAILS = (
    "ada [at] mail [dot] example", "ada(at)mail(dot)com", "ada at mail dot com", "ada＠mail.com", "ada @ mail . com",
    "ada{at}mail.com", "ada [a] mail [punkt] de", "ada (ät) mail (punkt) de", "ada[arroba]mail[punto]es",
    "ada arobase mail point fr", "ada chiocciola mail punto it", "ada <at> mail <dot> org", "ada-at-mail-dot-com",
    "ada&#64;mail.com", "ada%40mail.com", "ada@mail dot com", "ada@mail(.)com", "ada@mail[.]com", "ada [@] mail.com",
    "ada(@)mail.com", "ada (a) mail . com", "ada|at|mail|dot|com", "ada [klammeraffe] mail.de", "ada.lark at gmail",
)  # fmt: skip
PLACES = (
    "40.7128, -74.0060", "40.7128° N, 74.0060° W", "40°42'46\"N 74°00'22\"W", "N 40° 42.767 W 074° 00.360",
    "lat: 40.7128 lon: -74.0060", "(52.5200, 13.4050)", "52,5200 13,4050", "52.52 N 13.405 E", "N40.7128 W74.0060",
    "40 42 46 N 74 00 22 W", "N52 31.200 E013 24.300", "S 33 51.555 E 151 12.555", "UTM 33U 391000 5820000",
    "33U 391000E 5820000N", "MGRS 31UDQ48251193", "Breitengrad 52.5163, Längengrad 13.3777",
    "48° 51' 30\" Nord, 2° 17' 40\" Est", '{"lat": 40.7128, "lng": -74.0060}', "latitudine: 45.4642 longitudine: 9.1900",
)  # fmt: skip
MAPS = (
    "https://maps.google.com/?q=40.7,-74", "https://www.google.co.uk/maps/dir/a/b", "https://maps.app.goo.gl/AbC12",
    "https://maps.apple.com/?ll=50,4", "https://www.openstreetmap.org/#map=15/50/4", "https://osm.org/go/abc",
    "https://waze.com/ul?ll=1,2", "https://share.here.com/l/1,2", "https://yandex.ru/maps/?ll=1", "https://mapy.com/s/abc",
    "https://w3w.co/filled.count.soap", "https://2gis.kz/almaty/geo/1", "https://map.baidu.com/@1,2",
    "https://map.kakao.com/link/map/1,2", "https://ge0.me/abc", "https://omaps.app/abc", "https://opentopomap.org/#map=12/1/2",
    "https://earth.google.com/web/@1,2", "https://map.geo.admin.ch/?E=1&N=2", "https://www.geoportail.gouv.fr/carte?c=2,48",
    "https://umap.openstreetmap.fr/de/map/larch_1", "geo:37.786971,-122.399677",
)  # fmt: skip
PLATES = (
    ("My licence plate is AB12 CDE", "AB12 CDE"), ("plate 7ABC123 on a blue van", "7ABC123"),
    ("Kennzeichen B-AL 1234", "B-AL 1234"), ("Kennzeichen W-12345X", "W-12345X"), ("Kennzeichen ZH 123456", "ZH 123456"),
    ("immatriculée AB 123 CD", "AB 123 CD"), ("matrícula 1234 BCD", "1234 BCD"), ("targa AB 123 CD", "AB 123 CD"),
    ("kenteken 12-ABC-3", "12-ABC-3"), ("placa ABC1D23", "ABC1D23"), ("nummerplade AB 12 345", "AB 12 345"),
    ("registreringsskylt ABC 12D", "ABC 12D"), ("rejestracja WA 12345", "WA 12345"), ("SPZ 1AB 2345", "1AB 2345"),
    ("rekisterinumero ABC-123", "ABC-123"), ("vehicle registration KA 01 AB 1234", "KA 01 AB 1234"),
    ("reg plate 12-D-12345", "12-D-12345"),
)  # fmt: skip


def texts(kind: str, text: str, region: str = "US") -> list[str]:
    """What is found of a kind."""
    return [text[span.start : span.end] for span in find(text, regions=(region,)) if span.kind == kind]


@pytest.mark.parametrize(("region", "number"), [(region, number) for region in PHONES for number in PHONES[region]])
def test_a_phone_is_found_as_its_country_writes_it(region: str, number: str) -> None:
    """Without any word that says so, and behind one."""
    for frame in ("{}", "Ada Lark\n{}\n", "Tel. {}, thanks"):
        assert texts("phone", frame.format(number), region), frame


@pytest.mark.parametrize("region", ["US", "GB", "DE", "FR", "ES", "IT"])
@pytest.mark.parametrize(
    "text",
    [
        "The score was 21-19 21-18", "2 4 6 8 10 12 14 16", "ISBN 978-3-16-148410-0", "12.05.2023 14:30",
        "IBAN DE89 3704 0044 0532 0130 00", "1,234,567 views", "$ 1 200 000", "192.168.100.200", "UPC 036000291452",
        "07/08/2021-09/08/2021", "PNR 1234 5678 90", "version 10.0.19045.3803", "pi is 3.14159265358",
    ],
)  # fmt: skip
def test_other_figures_are_no_phone(region: str, text: str) -> None:
    """Scores, counts, identifiers, prices and dates are told from phones in every country."""
    assert texts("phone", text, region) == []


@pytest.mark.parametrize("mail", MAILS)
def test_a_disguised_address_is_found(mail: str) -> None:
    """Signs in words, in brackets, as entities and apart."""
    assert texts("email", f"Write to {mail} please")


@pytest.mark.parametrize(
    "text",
    [
        "I was at home. Com on", "arrive at station. Info desk", "at last.fm we play", "RT @ada: hi @bob.",
        "(a) mail . something", "see point (a) at gmail", "look at this point by point", "100%40 more",
    ],
)  # fmt: skip
def test_a_sentence_with_at_is_no_address(text: str) -> None:
    """Everyday words around "at", "dot" and signs make no e-mail address."""
    assert texts("email", text) == []


@pytest.mark.parametrize("place", PLACES)
def test_a_position_is_found_in_each_notation(place: str) -> None:
    """Decimals, degrees, letters first, commas, grids, labels in several languages."""
    assert texts("coordinates", f"We are here: {place} now")


@pytest.mark.parametrize(
    "text", ["we won 3,1234 to 1", "12 30 15 N teams", "zone 61U 391000 5820000", "a 2,5 to 3,5 ratio", "n 12 e 14"]
)
def test_other_figures_are_no_position(text: str) -> None:
    """Figures that only look a little like a position are left alone."""
    assert texts("coordinates", text) == []


@pytest.mark.parametrize("link", MAPS)
def test_a_link_to_a_map_is_found_whole(link: str) -> None:
    """From its scheme to its end."""
    assert texts("map_link", f"Find us at {link} today") == [link]


@pytest.mark.parametrize(
    "link",
    [
        "https://where.com/x", "there.com/path", "https://support.google.com/maps/answer/1", "https://atmosphere.com/",
        "https://www.openstreetmap.org/about", "https://www.google.com/search?q=maps",
    ],
)  # fmt: skip
def test_a_link_to_something_else_is_no_map(link: str) -> None:
    """Hosts that end like a map's, and pages about maps, show no place."""
    assert texts("map_link", link) == []


@pytest.mark.parametrize("code", ["8FW4V75V+8Q", "CWC8+R9", "8fw4v75v+8q"])
def test_a_plus_code_is_found_in_either_case(code: str) -> None:
    """Capitals are usual; small letters are typed."""
    assert texts("plus_code", f"I am at {code} now") == [code]


@pytest.mark.parametrize(("text", "plate"), PLATES)
def test_a_plate_is_found_in_each_countrys_form(text: str, plate: str) -> None:
    """Capitals and figures right behind the word that announces them."""
    assert texts("number_plate", text) == [plate]


@pytest.mark.parametrize(
    "text",
    [
        "plate tectonics in 2023", "I ate a plate of 12 wings", "registration opens 2024", "matrícula abierta para 2024",
        "plaque of 1944", "Kennzeichen eines guten Lehrers", "targa d'oro 2020",
    ],
)  # fmt: skip
def test_other_plates_are_none(text: str) -> None:
    """A plate of food, a year and a sign of something are no number plate."""
    assert texts("number_plate", text) == []


@pytest.mark.parametrize(
    "text",
    [
        "I always walk the dog at 7 in the park", "Donnerstagabends habe ich Chorprobe",
        "Normalmente salgo a correr a las seis", "D'habitude je cours à 7h au parc",
    ],
)  # fmt: skip
def test_a_habit_with_an_hour_is_a_routine(text: str) -> None:
    """An adverb of habit needs an hour and somebody who speaks of themselves."""
    assert [s for s in find(text, regions=("GB", "DE", "FR", "ES")) if s.kind == "routine"]


@pytest.mark.parametrize(
    "text", ["I always forget my keys", "He always runs at seven", "Das ist immer so", "Siempre igual"]
)
def test_a_habit_without_an_hour_is_none(text: str) -> None:
    """What somebody always forgets is no routine."""
    assert not [s for s in find(text, regions=("GB", "DE", "FR", "ES")) if s.kind == "routine"]


@pytest.mark.parametrize(
    "text",
    [
        "We fly to Rome on the 14th",
        "I will be in Paris next weekend",
        "Nächste Woche bin ich in Hamburg",
        "Je serai à Lyon demain",
    ],
)
def test_a_journey_with_a_date_is_travel(text: str) -> None:
    """A day of the month or a coming week beside a place."""
    assert [s for s in find(text, regions=("GB", "DE", "FR", "ES")) if s.kind == "travel"]


@pytest.mark.parametrize(
    "text", ["I was away until Monday", "The president will be in Paris next week", "We flew to Rome on the 14th"]
)
def test_a_journey_that_is_over_or_anothers_is_none(text: str) -> None:
    """The past and other people's plans say nothing of the writer's days."""
    assert not [s for s in find(text, regions=("GB", "DE", "FR", "ES")) if s.kind == "travel"]
