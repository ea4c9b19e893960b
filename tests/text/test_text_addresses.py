"""Street addresses in running text, in many countries, and sentences that only look like one."""

from __future__ import annotations

import pytest

from unlisted.extract.text import find

COUNTRIES = tuple(
    "US CA GB IE AU NZ IN ZA DE AT CH FR BE ES MX AR IT PT BR NL DK SE NO FI PL CZ".split()  # noqa: SIM905  (a list of 26 lines says no more)
)

ADDRESSES = [
    ("US", "27 Larch Row, Marrow Bay, ME 04000"),
    ("US", "1400 W. Alder St., Ste. 200, Marrow Bay, IL 60600"),
    ("US", "5850 US Highway 431, Suite 1, Marrow Bay, AL 35900"),
    ("US", "12 County Road VV, Larchmont, WI 54100"),
    ("US", "654 N 800 E, Larch Fork, UT 84600"),
    ("US", "400 Avenue D, Unit 10, Williston, VT 05400"),
    ("US", "1221 Avenue of the Larches, New Marrow, NY 10000"),
    ("US", "One Harbor Place, Marrow Bay, ME 04000"),
    ("US", "364 golfview rd north marrow beach fl 33400"),
    ("US", "120 E 96th St Apt 4B"),
    ("US", "PO Box 1234, Marrow Bay, ME 04000"),
    ("US", "PSC 1234, Box 5678, APO AE 09000"),
    ("US", "8 TAYLOR RD MARROWFIELD, NJ"),
    ("US", "99-40 63rd Rd, Marrow Bay, NY 11300"),
    ("CA", "1383 Alder Street, Larchina, SK S4P 3Y2"),
    ("CA", "405, rue Principale, Mélèzeville (Québec) J0V 1V0"),
    ("GB", "Flat 8, 36 Elmfield Close, Norbridge NB1 5TR"),
    ("GB", "318 Upper Street, N1 2XQ"),
    ("GB", "Corn Street, Norbridge BS1 1JQ"),
    ("IE", "4 Larch Quay, Dublin 2"),
    ("AU", "163 Wattle Street, Geelwood VIC 3299"),
    ("NZ", "12 Rimu Road, Larchgate 6012"),
    ("IN", "23 Residency Road, Punagar 411099"),
    ("ZA", "15 Melkhout Street, Braamdorp"),
    ("DE", "Lärchenstraße 21, 48999 Münsterau"),
    ("DE", "Alte Larchgasse 7a"),
    ("DE", "Berliner Str. 5, 10999 Bärlin"),
    ("DE", "Am Lärchenplatz 3"),
    ("AT", "Eduard-Lärch-Gasse 9"),
    ("CH", "Lärchenweg 4, 8099 Zürichau"),
    ("FR", "92 Avenue des Mélèzes, 35999 Rennelles"),
    ("FR", "12 bis, rue de la Paix"),
    ("FR", "4 quai du Mélèze, 69999 Lyonelle"),
    ("BE", "Lariksesteenweg 197, 2199 Antwerperen"),
    ("ES", "Calle del Alerce, 128, 3º B"),
    ("ES", "C/ Dr. Alerce, 46, 28999 Madridejos"),
    ("ES", "Avda. de los Alerces nº 12"),
    ("ES", "Plaza de los Alerces, s/n"),
    ("ES", "calle prados 45, 6A"),
    ("ES", "Los Alerces, 10. 13999 Ciudadela"),
    ("MX", "Calle 85 # 12, Colonia Centro"),
    ("AR", "Avenida Alerce 2350, Buenos Vientos"),
    ("IT", "Via XX Settembre 54, 40999 Bolognetta"),
    ("IT", "Corso Larice 12, int. 3"),
    ("PT", "Rua do Lariço, 59, 1999-100 Lisboeta"),
    ("BR", "R. Sete de Abril, 59, Florinda - SC, 88999-400"),
    ("NL", "Lariksstraat 118, 8999 PK Zwolderen"),
    ("NL", "Nieuwe Larikslaan 17-19"),
    ("DK", "Lærkevej 42, 1665 Købstad"),
    ("SE", "Storgatan 1, 112 99 Stockvik"),
    ("NO", "Lerkeveien 2A, 0562 Osloby"),
    ("FI", "Lehtikuusikatu 5, 33999 Tampeenlinna"),
    ("PL", "ul. Modrzewiowa 42, 10-999 Larchowice"),
    ("CZ", "nám. Modřínové 4, 110 99 Prahov"),
]
FRAMES = (
    "I live at {}, come round any time",
    "Contact\n{}\nJoin us every week",
    "Party at my place tonight: {} - bring snacks!",
    "{}",
)


@pytest.mark.parametrize("frame", FRAMES, ids=range(len(FRAMES)))
@pytest.mark.parametrize(("country", "address"), ADDRESSES, ids=range(len(ADDRESSES)))
def test_an_address_is_found_and_mostly_covered(country: str, address: str, frame: str) -> None:
    """At least half of an address is covered, whatever stands around it."""
    text = frame.format(address)
    start = text.index(address)
    spans = [s for s in find(text, regions=(country,)) if s.kind == "street_address"]
    inside = {i for s in spans for i in range(max(s.start, start), min(s.end, start + len(address)))}
    assert 2 * len(inside) >= len(address)


PLAIN = [
    "42 things you should consider when walking down the st.",
    "I ran 5 km in 30 minutes, what a way to start",
    "There were 20 people in the park",
    "2 Chainz dropped 3 new songs",
    "He scored 12 points in 7 games",
    "Open from 9 to 5 on weekdays",
    "$27 Larch print, love it",
    "Chapter 3 The Long Road",
    "I waited 45 min for the drive",
    "Version 2.0 Place holder",
    "The 4th of July was fun",
    "the patient took 5 mg for 10 days. Se realizó TAC",
    "At 10:30 Lane closed",
    "We won 3-1 Street cheers",
    "A 1,5 cm. Way too small",
    "RT @larch : 100 Days of Code",
    "Class of 2012 Place your orders",
    "50% Off Court shoes",
    "I have 3 kids and 2 dogs in my lane",
    "Top 10 Hill Songs",
    "In 1984 Close friends met",
    "Frühling 2012 war schön",
    "During 2012 we moved",
    "via @larch 5 things",
    "I live at 9 STORAGE OF INDIVIDUAL IN",
    "Avenue and later arrested somebody, 32, of 1119",
]


@pytest.mark.parametrize("text", PLAIN, ids=range(len(PLAIN)))
def test_a_sentence_with_numbers_is_no_address(text: str) -> None:
    """Everyday words that are also street words prove nothing by themselves."""
    assert [s.kind for s in find(text, regions=COUNTRIES) if s.kind == "street_address"] == []


def test_a_sure_address_scores_higher_than_a_likely_one() -> None:
    """A postcode makes an address surer than a bare street."""
    sure, likely = (find(t)[0].certainty for t in ("27 Larch Place, Marrow Bay, ME 04000", "We met on Almeida Street"))
    assert sure > likely


def test_a_region_in_small_letters_or_uk_is_understood() -> None:
    """The word "uk" means the country whose code is GB."""
    assert find("Corn Street, Norbridge BS1 1JQ", regions=("uk",)) == find(
        "Corn Street, Norbridge BS1 1JQ", regions=("GB",)
    )


def test_offsets_hold_through_folding() -> None:
    """Spans are places in the text as given."""
    text = "ﬃ \u200b &amp; 2\u200b7 Lаrch Row, Marrow Bay, ME 04000"
    span = next(s for s in find(text) if s.kind == "street_address")
    assert text[span.start : span.end].startswith("2\u200b7 L")
    assert text[span.start : span.end].endswith("04000")
