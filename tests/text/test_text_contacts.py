"""Phones, e-mails, positions, birth dates, plates, work and school in running text."""

from __future__ import annotations

import pytest

from unlisted.extract.text import find

REGIONS = ("US", "GB", "DE", "FR", "ES")


def found(text: str, kind: str, regions: tuple[str, ...] = REGIONS) -> list[str]:
    """What is found of a kind, as it stands in the text."""
    return [text[s.start : s.end] for s in find(text, regions=regions) if s.kind == kind]


PHONES = [
    ("call me at 202-555-0143", "202-555-0143"),
    ("(202) 555-0143", "(202) 555-0143"),
    ("+1 202 555 0143 anytime", "+1 202 555 0143"),
    ("Tel.: 030 23125 013", "030 23125 013"),
    ("ring 07700 900123 after six", "07700 900123"),
    ("+44 7700 900123", "+44 7700 900123"),
    ("mon portable 06 39 98 86 24", "06 39 98 86 24"),
    ("móvil 655 557 526", "655 557 526"),
    ("Phone: 782 2652", "782 2652"),
    ("9761 9808 office", "9761 9808"),
    ("001-755-329-4431 fax", "001-755-329-4431"),
    ("202.555.0143x4422", "202.555.0143x4422"),
    ("my number is ２０２-５５５-０１４３", "２０２-５５５-０１４３"),
]


@pytest.mark.parametrize(("text", "number"), PHONES, ids=range(len(PHONES)))
def test_a_phone_is_found(text: str, number: str) -> None:
    """A number that is valid, shaped like a phone or said to be one is found as it stands."""
    assert found(text, "phone") == [number]


NO_PHONES = [
    "3/10/1984",
    "2014-04-12 04:04",
    "12.05.2012 and 13.05.2012",
    "NHC: 665326454.",
    "order number 7824419002",
    "My driver's license number is 950735093",
    "social security 081-80-5372",
    "card 4716 1037 0769 3813",
    "IP 109.38.226.130",
    "pi is 3.14159265358",
    "$2025550143",
    "2025550143%",
    "1,234,567,890 views",
    "ISBN 978-3-16-148410-0",
    "born 1986-05-17",
    "1999-2004",
    "52.520008, 13.404954",
]


@pytest.mark.parametrize("text", NO_PHONES, ids=range(len(NO_PHONES)))
def test_a_date_price_or_identifier_is_no_phone(text: str) -> None:
    """Dates, prices, positions and numbers that the text calls something else are left alone."""
    assert found(text, "phone") == []


MAILS = [
    "ada.lark@mail.example",
    "ada.lark@mail.example.org",
    "Ada+news@sub.mail.example.org",
    "ada.lark [at] example [dot] org",
    "ada.lark(at)example(dot)org",
    "ada.lark {at} example.org",
    "ada.lark at example dot org",
    "ada dot lark at example dot org",
    "ada.lark&#64;example.org",
    "ada.lark＠example.org",
    "ada . lark @ example . org",
    "ada_lark -at- example.org",
    "ada.lark@\u200bexample.org",
    "ada.lark at gmail.com",
]


@pytest.mark.parametrize("mail", MAILS, ids=range(len(MAILS)))
def test_an_e_mail_is_found_however_it_is_disguised(mail: str) -> None:
    """Brackets, words, spaces and look-alike signs do not hide an e-mail address."""
    text = f"write to {mail} please"
    spans = [s for s in find(text) if s.kind == "email"]
    assert len(spans) == 1
    assert spans[0].start < text.index(mail) + 4
    assert spans[0].end > text.index(mail) + len(mail) - 4


@pytest.mark.parametrize(
    "text",
    [
        "see you at example.org",
        "@lark at the park",
        "look at this dot",
        "a@b",
        "RT @ White House",
        "@@@@",
        "me@",
        "at at dot dot",
    ],
)
def test_an_at_is_not_always_an_e_mail(text: str) -> None:
    """Handles, places and loose words are no e-mail addresses."""
    assert found(text, "email") == []


POSITIONS = [
    ("coordinates", "12.345678, 56.789123"),
    ("coordinates", "-12.3456,56.7891"),
    ("coordinates", "12.3456° N, 56.7891° E"),
    ("coordinates", "12°20'44\"N 56°47'21\"E"),
    ("coordinates", "N 12° 20.740 E 056° 47.350"),
    ("coordinates", "lat: 12.34, lon: 56.78"),
    ("coordinates", "12º 20' 44'' S 56º 47' 21'' W"),
    ("map_link", "https://maps.app.goo.gl/aBcD1234"),
    ("map_link", "https://www.google.de/maps/place/x/@12.3,56.7,17z"),
    ("map_link", "maps.apple.com/?ll=12.3,56.7"),
    ("map_link", "https://www.openstreetmap.org/?mlat=12.3&mlon=56.7"),
    ("map_link", "https://waze.com/ul?ll=12.3,56.7"),
    ("map_link", "geo:12.3456,56.7891"),
    ("map_link", "///lemon.larch.ladder"),
    ("map_link", "https://what3words.com/lemon.larch.ladder"),
    ("plus_code", "9F4MGC2M+H4"),
    ("plus_code", "GC2M+H4"),
]


@pytest.mark.parametrize(("kind", "text"), POSITIONS, ids=range(len(POSITIONS)))
def test_a_position_is_found_in_every_notation(kind: str, text: str) -> None:
    """Coordinates, plus codes and map links are found whole."""
    assert found(f"meet at {text} tonight", kind) == [text]


@pytest.mark.parametrize(
    "text",
    ["1.5, 2.5", "99.1234, 200.1234", "0.000, 0.000", "C++ and a+b", "2345+6789", "AAAA+AA", "google maps is good", "http://map.example/x",
     "https://www.openstreetmap.org/copyright", "and///or", "36.6° today", "version 1.2345"],
)  # fmt: skip
def test_numbers_and_sums_are_no_position(text: str) -> None:
    """Temperatures, versions, sums and talk about maps give no position."""
    assert [s.kind for s in find(text) if s.kind in {"coordinates", "plus_code", "map_link"}] == []


BIRTHS = [
    ("born on 17 May 1986", "17 May 1986"),
    ("DOB: 05/17/1986", "05/17/1986"),
    ("Geburtsdatum: 17.05.1986", "17.05.1986"),
    ("geb. 17.5.86", "17.5.86"),
    ("née le 17 mai 1986", "17 mai 1986"),
    ("Fecha de nacimiento: 17-05-1986.", "17-05-1986"),
    ("nació el 17 de mayo de 1986", "17 de mayo de 1986"),
    ("nata il 17 maggio 1986", "17 maggio 1986"),
    ("geboren op 17 mei 1986", "17 mei 1986"),
    ("my birthday is May 17th, 1986", "May 17th, 1986"),
    ("my birthday is on May 17th", "May 17th"),
    ("date of birth 1986-05-17", "1986-05-17"),
]


@pytest.mark.parametrize(("text", "date"), BIRTHS, ids=range(len(BIRTHS)))
def test_a_birth_date_is_found(text: str, date: str) -> None:
    """A date that a word of birth announces is a birth date."""
    assert found(text, "birth_date") == [date]


@pytest.mark.parametrize(
    "text",
    [
        "see you on 17 May 2026",
        "Fecha de Ingreso: 17/05/2018",
        "born to run",
        "happy birthday!",
        "posted 2020-01-01",
        "geboren in Larchdorf",
    ],
)
def test_another_date_is_no_birth_date(text: str) -> None:
    """Dates of anything else are left alone."""
    assert found(text, "birth_date") == []


SAID = [
    ("employer", "I work at Northlight Optics now", "Northlight Optics"),
    ("employer", "ich arbeite bei Nordlicht Optik", "Nordlicht Optik"),
    ("employer", "je travaille chez Lumière du Nord", "Lumière du Nord"),
    ("employer", "trabajo en Luz Norte", "Luz Norte"),
    ("school", "she goes to Larch High School", "Larch High School"),
    ("school", "student at Marrow Bay University", "Marrow Bay University"),
    ("school", "mon fils va au Lycée des Mélèzes", "Lycée des Mélèzes"),
    ("school", "er geht auf das Lärchen Gymnasium", "Lärchen Gymnasium"),
]


@pytest.mark.parametrize(("kind", "text", "value"), SAID, ids=range(len(SAID)))
def test_work_and_school_are_found_by_pattern(kind: str, text: str, value: str) -> None:
    """What stands behind "I work at" or "goes to" is found if it is a name."""
    assert found(text, kind) == [value]


@pytest.mark.parametrize(
    "text", ["I work at night", "she goes to bed", "works for me", "I attend to it", "we work at The"]
)
def test_work_without_a_name_is_nothing(text: str) -> None:
    """Everyday uses of the same verbs name nobody."""
    assert found(text, "employer") + found(text, "school") == []


def test_every_span_is_in_the_text_and_sure_enough_to_show() -> None:
    """Spans are ordered, inside the text, of a known kind, and at least a guess."""
    text = "Ada, 27 Larch Row, Marrow Bay, ME 04000, 202-555-0143, ada@mail.example, born 17 May 1986, "
    text += "every Tuesday I run in the park"
    spans = find(text)
    assert [s.kind for s in spans] == ["street_address", "phone", "email", "birth_date", "routine"]
    assert all(0 <= s.start < s.end <= len(text) and 0.3 <= s.certainty <= 1 for s in spans)


@pytest.mark.parametrize("regions", [(), ("XX",), ("uk",), ("US", "US"), ("T1",)])
def test_strange_regions_raise_nothing(regions: tuple[str, ...]) -> None:
    """Countries that nobody knows are read like the United States or not at all."""
    assert isinstance(find("27 Larch Row, call 202-555-0143", regions=regions), list)


def test_somebody_elses_relative_is_only_a_guess() -> None:
    """A relative of the writer is surer than one of a third person."""
    own, other = (find(f"{whose} sister Rosa sings")[0].certainty for whose in ("my", "his"))
    assert other < 0.6 <= own


@pytest.mark.parametrize("parted", ["202-555-0143", "(202) 555-0143", "202.555.0143", "202 / 555 0143", "2025550143"])
def test_a_phone_is_as_sure_however_its_figures_are_parted(parted: str) -> None:
    """Signs between the figures do not change whether a number is one."""
    assert [s.certainty for s in find(f"call {parted}", regions=REGIONS) if s.kind == "phone"] == [0.95]


@pytest.mark.parametrize(
    ("text", "mails"),
    [
        ("mail ada @ larch . example now", ["ada @ larch . example"]),
        ("mail ada (@ larch . example now", ["ada (@ larch . example"]),
        ("mail ada <@ larch . example now", ["ada <@ larch . example"]),
        ("thanks to @larch . example of it", []),
    ],
)
def test_a_space_before_a_sign_alone_opens_a_handle(text: str, mails: list[str]) -> None:
    """A sign with a space or a bracket behind it may be a mail address; one glued to the next word is a handle."""
    assert found(text, "email") == mails


@pytest.mark.parametrize(("one", "other"), [("US", "CA"), ("CA", "US")])
def test_neighbours_know_each_others_numbers(one: str, other: str) -> None:
    """A number of the United States is as sure in Canada as at home, and the other way round; one of an island is less sure."""
    text = "Call me at 613-555-0143 or 202-555-0143"
    assert [s.certainty for s in find(text, regions=(one,))] == [s.certainty for s in find(text, regions=(other,))]
    island = find("Call me at 876-555-0143", regions=(one,))
    assert 0 < island[0].certainty < find("Call me at +1 876-555-0143", regions=(one,))[0].certainty
