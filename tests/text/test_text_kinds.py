"""Each kind of personal data but addresses: what is found, what is not, where it stands and how sure it is."""

from __future__ import annotations

import pytest

from unlisted.extract.text import find
from unlisted.model.evidence import Span

ALL = ("US", "GB", "DE", "FR", "ES")


def spans(text: str, kind: str, regions: tuple[str, ...] = ALL) -> list[Span]:
    """The spans of a kind."""
    return [span for span in find(text, regions=regions) if span.kind == kind]


def shown(text: str, kind: str, regions: tuple[str, ...] = ALL) -> list[str]:
    """What the spans of a kind hold."""
    return [text[span.start : span.end] for span in spans(text, kind, regions)]


PHONES = (
    ("US", "202-555-0143"),
    ("US", "(202) 555-0143"),
    ("US", "+1 202 555 0143"),
    ("US", "1-202-555-0143"),
    ("US", "202.555.0143"),
    ("US", "001 202 555 0143"),
    ("CA", "+1 (613) 555-0143"),
    ("GB", "07700 900123"),
    ("GB", "+44 7700 900123"),
    ("GB", "+44 (0)7700 900123"),
    ("GB", "020 7946 0123"),
    ("GB", "(0117) 496 0123"),
    ("GB", "0044 7700 900123"),
    ("IE", "020 915 1234"),
    ("AU", "0491 570 156"),
    ("AU", "+61 491 570 156"),
    ("AU", "(02) 5550 1234"),
    ("DE", "030 23125 013"),
    ("DE", "+49 30 23125 013"),
    ("DE", "030/23125013"),
    ("DE", "+49 (0)30 23125013"),
    ("DE", "0171 39200 01"),
    ("AT", "+43 1 2345678"),
    ("CH", "044 668 18 00"),
    ("FR", "06 39 98 86 24"),
    ("FR", "+33 6 39 98 86 24"),
    ("FR", "01.99.00.12.34"),
    ("FR", "0639988624"),
    ("BE", "0470 12 34 56"),
    ("ES", "655 557 526"),
    ("ES", "+34 655 557 526"),
    ("ES", "655557526"),
    ("IT", "+39 312 345 6789"),
    ("PT", "912 345 678"),
    ("BR", "(11) 96123-4567"),
    ("NL", "06 12345678"),
    ("DK", "32 12 34 56"),
    ("SE", "070-123 45 67"),
    ("NO", "406 12 345"),
    ("FI", "041 2345678"),
    ("PL", "512 345 678"),
    ("CZ", "601 123 456"),
)


@pytest.mark.parametrize(("country", "number"), PHONES)
def test_a_phone_that_its_sentence_announces_is_found_whole(country: str, number: str) -> None:
    """National and international forms of each country, behind a word like "phone"."""
    text = f"Phone: {number}"
    assert shown(text, "phone", (country,)) == [number]
    assert spans(text, "phone", (country,))[0].certainty >= 0.8


@pytest.mark.parametrize(("country", "number"), [row for row in PHONES if row[1][0] == "+"])
def test_an_international_number_is_found_from_any_country(country: str, number: str) -> None:
    """A plus and a country's code need no region."""
    elsewhere = "JP" if country != "JP" else "US"
    assert shown(f"it is {number} as ever", "phone", (elsewhere,)) == [number]


@pytest.mark.parametrize(
    "lead",
    [
        "call me at",
        "tel",
        "Tel.:",
        "phone",
        "mobile",
        "cell:",
        "fax",
        "WhatsApp",
        "text me on",
        "Telefon",
        "Handy:",
        "mobil",
        "Rufnummer",
        "tél.",
        "portable :",
        "téléphone",
        "teléfono",
        "móvil:",
        "llama al",
    ],
)
def test_a_word_of_phoning_makes_any_number_a_phone(lead: str) -> None:
    """Even a number that no country has is one where the text says so."""
    assert shown(f"{lead} 782 265 41", "phone") == ["782 265 41"]


@pytest.mark.parametrize(
    "text",
    [
        "17/05/1980 was a Saturday",
        "2026-11-21",
        "21.11.2026 um 9",
        "12.345.678 Euro",
        "EUR 1 234 567.89",
        "192.168.100.200",
        "invoice number 202-555-0143",
        "order 20255501434",
        "ISBN 978 3 16 148410 0",
        "Kundennummer 0302312501",
        "tracking 2025550143",
        "IBAN 3704 0044 0532 0130",
        "1998-2004",
        "12345",
        "3.14159265358979",
        "passport 202555014",
        "version 10.15.7.20",
        "commande 0639988624",
        "pedido 655557526",
        "1,234,567,890 people",
    ],
)
def test_dates_prices_and_identifiers_are_no_phones(text: str) -> None:
    """Digits with another meaning are left alone."""
    assert shown(text, "phone") == []


MAILS = (
    "ada.lark@mail.example",
    "ada@sub.mail.example",
    "a.d+tag@mail.example",
    "ADA.LARK@MAIL.EXAMPLE",
    "ada_lark-7@mail.example",
    "o'lark@mail.example",
    "ada@mail-host.example",
    "x@y.example",
)


@pytest.mark.parametrize("mail", MAILS)
@pytest.mark.parametrize(
    "frame", ["{}", "<{}>", "write to {}.", "mailto:{}", "({})", "{}, please", "e-mail:{} or phone"]
)
def test_a_plain_address_of_mail_is_found(mail: str, frame: str) -> None:
    """Whatever stands around it, the whole address is in the span."""
    found = shown(frame.format(mail), "email")
    assert len(found) == 1
    assert found[0].endswith(mail.removeprefix("o'"))


@pytest.mark.parametrize(
    "text",
    [
        "ada [at] mail [dot] example",
        "ada (at) mail (dot) example",
        "ada {at} mail {dot} example",
        "ada AT mail DOT com",
        "ada at mail dot com",
        "ada@mail dot com",
        "ada @ mail . example",
        "ada&#64;mail.example",
        "ada＠mail.example",
        "ada arroba mail punto com",
        "ada arobase mail point fr",
        "ada [at] mail.example",
        "ada_at_mail.com",
    ],
)
def test_a_disguised_address_of_mail_is_found(text: str) -> None:
    """What a reader understands is no disguise."""
    assert len(spans(text, "email")) == 1


@pytest.mark.parametrize(
    "text",
    [
        "meet me at noon",
        "@ada said so",
        "look at the dot on the map",
        "5 @ 3 euros each",
        "at last. dot dot dot",
        "a@b",
        "@mail.example",
    ],
)
def test_what_is_no_address_of_mail_is_left_alone(text: str) -> None:
    """Mentions, prices and ordinary "at" are none."""
    assert spans(text, "email") == []


BIRTHS = (
    ("Born 17 May 1980", "17 May 1980"),
    ("born on May 17, 1980", "May 17, 1980"),
    ("DOB: 05/17/1980", "05/17/1980"),
    ("D.O.B. 17-05-1980", "17-05-1980"),
    ("date of birth 1980-05-17", "1980-05-17"),
    ("Birthday: 17th of May 1980", "17th of May 1980"),
    ("my birthday is 17 May", "17 may"),
    ("geboren am 17. Mai 1980", "17. Mai 1980"),
    ("geb. 17.05.1980", "17.05.1980"),
    ("Geburtsdatum: 17.5.80", "17.5.80"),
    ("née le 17 mai 1980", "17 mai 1980"),
    ("né le 17/05/1980", "17/05/1980"),
    ("date de naissance : 17/05/1980", "17/05/1980"),
    ("nacida el 17 de mayo de 1980", "17 de mayo de 1980"),
    ("fecha de nacimiento: 17/05/1980", "17/05/1980"),
    ("nata il 17 maggio 1980", "17 maggio 1980"),
    ("nascida em 17/05/1980", "17/05/1980"),
    ("geboren op 17 mei 1980", "17 mei 1980"),
)


@pytest.mark.parametrize(("text", "date"), BIRTHS)
def test_a_date_that_the_text_calls_a_birth_is_found(text: str, date: str) -> None:
    """Figures and months' names, in the order of the language."""
    assert [found.lower() for found in shown(text, "birth_date")] == [date.lower()]


@pytest.mark.parametrize(
    "text",
    [
        "posted 17 May 1980",
        "17/05/1980",
        "The treaty of 17 May 1980",
        "updated on 2026-11-21",
        "am 17. Mai 1980 heirateten sie",
        "le 17 mai 1980",
        "el 17 de mayo de 1980",
        "meeting on 05/17/2026",
        "married on 17 May 1980",
        "© 1980-2026",
    ],
)
def test_other_dates_are_no_birth_dates(text: str) -> None:
    """Without a word of birth a date is just a date."""
    assert spans(text, "birth_date") == []


POSITIONS = (
    "12.34567, 56.78912",
    "12.34567 56.78912",
    "-12.34567, -56.78912",
    "12.34567° N, 56.78912° E",
    "12.34567N 56.78912W",
    "12°34'56\"N 56°47'20\"E",
    "12°34′56″ N, 56°47′20″ E",
    "12° 34.567' N 56° 47.347' E",
    "N 12° 34.567 E 56° 47.347",
    "lat: 12.34567, lon: 56.78912",
    "latitude=12.34567&longitude=56.78912",
    "Breite: 12.34567, Länge: 56.78912",
    "(12.34567,56.78912)",
    "12.34567;56.78912",
)


@pytest.mark.parametrize("position", POSITIONS)
def test_a_position_is_found_in_each_notation(position: str) -> None:
    """Degrees, minutes and seconds, decimals, letters before or behind, labels."""
    text = f"Meet me at {position} tonight"
    found = spans(text, "coordinates")
    assert len(found) == 1
    assert found[0].certainty >= 0.6
    assert len(text[found[0].start : found[0].end]) >= 0.7 * len(position.strip("()"))


@pytest.mark.parametrize(
    "text",
    [
        "it costs 12.34, 56.78 with tax",
        "version 1.234.567",
        "temperatures of 12.5 and 14.5",
        "95.12345, 200.12345",
        "pi is 3.14159",
        "0.00000, 0.00000",
        "scores 9.95, 9.90",
        "12.345.678,90",
        "ratio 1.234",
        "on 12.05.2026, 14.05.2026",
    ],
)
def test_other_decimals_are_no_position(text: str) -> None:
    """Prices, versions, marks and what lies on no globe."""
    assert spans(text, "coordinates") == []


@pytest.mark.parametrize("code", ["9F28WXR2+X4", "9C3XGV22+2X", "7FG8V4JQ+QR", "WXR2+X4 Marrow Bay"])
def test_a_plus_code_is_found(code: str) -> None:
    """Whole codes, and short ones of a town."""
    assert shown(f"our door is {code}", "plus_code") == [code.split(" ", maxsplit=1)[0]]


@pytest.mark.parametrize("text", ["1234+56", "C++ and D", "GROUP+ABC", "2+2 is 4", "A+B=C", "11111111+22"])
def test_sums_and_grades_are_no_plus_codes(text: str) -> None:
    """A plus code has its own letters, and figures among them."""
    assert spans(text, "plus_code") == []


LINKS = (
    "https://www.google.com/maps/@12.34567,56.78912,17z",
    "https://maps.google.com/?q=12.34567,56.78912",
    "https://www.google.de/maps/place/Larch",
    "https://goo.gl/maps/AbCdEf",
    "https://maps.app.goo.gl/AbCdEf",
    "https://maps.apple.com/?ll=12.34567,56.78912",
    "https://www.openstreetmap.org/#map=18/12.34567/56.78912",
    "https://osm.org/go/0EEQjE--",
    "https://www.bing.com/maps?cp=12.34567~56.78912",
    "https://waze.com/ul?ll=12.34567,56.78912",
    "https://what3words.com/larch.alder.rowan",
    "https://w3w.co/larch.alder.rowan",
    "https://plus.codes/9F28WXR2+X4",
    "https://mapy.cz/s/abcdef",
    "https://yandex.com/maps/?ll=56.78912,12.34567",
    "geo:12.34567,56.78912",
    "///larch.alder.rowan",
)


@pytest.mark.parametrize("link", LINKS)
@pytest.mark.parametrize("frame", ["{}", "we are here: {}", "here ({})", "see {} for the way"])
def test_a_link_to_a_map_is_found_whole(link: str, frame: str) -> None:
    """The usual map sites' forms, without the mark behind them."""
    assert shown(frame.format(link), "map_link") == [link]


@pytest.mark.parametrize(
    "link",
    [
        "https://blog.example/maps",
        "https://www.openstreetmap.org/copyright",
        "https://mail.google.com/mail",
        "https://www.bing.com/search",
        "larch.alder.rowan",
        "a/b/c",
        "geography: 12.3",
        "https://www.google.com/search?q=maps",
    ],
)
def test_other_links_are_no_maps(link: str) -> None:
    """Other pages, also of map sites, show no place."""
    assert spans(f"see {link} now", "map_link") == []


@pytest.mark.parametrize(
    ("lead", "plate"),
    [
        ("my number plate is", "LR70 XYZ"),
        ("license plate", "7ABC123"),
        ("licence plate:", "LR70XYZ"),
        ("Kennzeichen", "MÜ-LA 123"),
        ("plaque d'immatriculation", "AB-123-CD"),
        ("matrícula", "1234 LRC"),
        ("my car's registration is", "LR70 XYZ"),
        ("Nummernschild", "B-LA 4521"),
    ],
)
def test_a_plate_is_found_behind_its_word(lead: str, plate: str) -> None:
    """Plates look like any code, so a word must announce them."""
    assert shown(f"{lead} {plate}", "number_plate") == [plate]


@pytest.mark.parametrize(
    "text",
    [
        "LR70 XYZ",
        "room AB 123",
        "a plate of pasta",
        "on the plate: 2 eggs",
        "voter registration is 2026",
        "code 1234 LRC",
    ],
)
def test_a_code_without_its_word_is_no_plate(text: str) -> None:
    """Neither room numbers nor dinners."""
    assert spans(text, "number_plate") == []


RELATIVES = (
    "my daughter Ada",
    "my son Finn",
    "our twins, Ada and Finn",
    "my wife Chloe",
    "my husband, Rowan",
    "my mother is called Hazel",
    "Ada is my sister",
    "meine Tochter Ada",
    "mein Sohn heißt Finn",
    "meine Frau Chloe",
    "unsere Oma Hazel",
    "ma fille Ada",
    "mon frère Finn",
    "mon mari Rowan",
    "mi hija Ada",
    "mi hermano Finn",
    "mi marido se llama Rowan",
    "nuestra abuela Hazel",
)


@pytest.mark.parametrize("text", RELATIVES)
def test_a_relative_by_name_is_found(text: str) -> None:
    """A word of kinship, whose it is, and a name."""
    assert len(spans(f"Yesterday {text}" if text[0].islower() else text, "relative")) == 1


@pytest.mark.parametrize("owner", ["his", "her", "their"])
@pytest.mark.parametrize("kin", ["daughter", "brother", "partner"])
def test_somebody_elses_relative_is_a_guess(owner: str, kin: str) -> None:
    """A daughter of "his" may be anyone's."""
    own, other = (spans(f"{word} {kin} Finn", "relative")[0] for word in ("my", owner))
    assert 0.3 <= other.certainty < 0.6 <= own.certainty


@pytest.mark.parametrize(
    "text",
    [
        "my daughter sleeps",
        "the mother of all lists",
        "a father figure",
        "Brother printers",
        "my son, I said",
        "meine Tochter schläft",
        "ma fille dort",
        "mi hija duerme",
    ],
)
def test_a_relative_without_a_name_is_not_found(text: str) -> None:
    """A word of kinship alone names nobody."""
    assert spans(text, "relative") == []


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("I work at Northlight Optics", "Northlight Optics"),
        ("she works for Larch and Alder Ltd", "Larch and Alder Ltd"),
        ("employed by Harborton Ferries", "Harborton Ferries"),
        ("ich arbeite bei Lärchenwerk GmbH", "Lärchenwerk GmbH"),
        ("je travaille chez Mélèze Optique", "Mélèze Optique"),
        ("trabajo en Alerce Sistemas", "Alerce Sistemas"),
    ],
)
def test_an_employer_by_pattern_is_found(text: str, name: str) -> None:
    """A phrase of work and a name."""
    assert shown(text, "employer") == [name]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("she goes to Larch High School", "Larch High School"),
        ("I study at Harborton University", "Harborton University"),
        ("enrolled at Rowan Primary", "Rowan Primary"),
        ("er studiert an der Universität Münsterau", "Universität Münsterau"),
        ("ma fille va au Collège des Mélèzes", "Collège des Mélèzes"),
        ("estudia en la Universidad del Alerce", "Universidad del Alerce"),
    ],
)
def test_a_school_by_pattern_is_found(text: str, name: str) -> None:
    """A phrase of learning and a name with a word like "school"."""
    found = shown(text, "school")
    assert len(found) == 1
    assert found[0] in name


@pytest.mark.parametrize(
    "text",
    [
        "I work at home",
        "work at it",
        "we work for peace",
        "ich arbeite bei euch",
        "I go to bed",
        "she attends to it",
        "voy al cine",
    ],
)
def test_work_and_study_without_a_name_are_not_found(text: str) -> None:
    """Everyday phrases name no employer and no school."""
    assert [s.kind for s in find(text, regions=ALL) if s.kind in {"employer", "school"}] == []


def test_spans_come_in_the_order_of_the_text() -> None:
    """A reader goes from top to bottom."""
    text = (
        "27 Larch Row, Marrow Bay, ME 04000. Call 202-555-0143, write ada@mail.example, born 17 May 1980, my son Finn."
    )
    found = find(text, regions=ALL)
    assert [s.start for s in found] == sorted(s.start for s in found)
    assert [s.kind for s in found] == ["street_address", "phone", "email", "birth_date", "relative"]


@pytest.mark.parametrize("mark", ["é", "😀", "ﬁ", "\u200b", "&amp;", "<br>", "Å", "e\u0301"])
def test_offsets_count_code_points_of_the_text_as_given(mark: str) -> None:
    """Whatever is folded before an address, its place is in the text as it was given."""
    text = f"{mark * 7} ada.lark@mail.example {mark * 3} 27 Larch Row, Marrow Bay, ME 04000"
    assert shown(text, "email") == ["ada.lark@mail.example"]
    assert shown(text, "street_address")[0].startswith("27 Larch Row")
