"""Addresses within sentences, and numbers beside street words that are no addresses, as people of each country write them."""

from __future__ import annotations

import pytest

from unlisted.extract.text import find

FOUND = [
    ("DE", "Wir wohnen jetzt in der «Lärchenstr. 14b, 20999 Hambrück» und freuen uns."),
    ("DE", "Familie Lärche, «Im Winkel 4, 79199 Kirchmere»"),
    ("DE", "meine Praxis: «Breite Gasse 12, 1. OG links, 90999 Nürnmere»"),
    ("AT", "Unser Hof, «Oberlarch 17, 4780 Schärdmere», ist offen"),
    ("ES", "Vivo en la «C/ Mayor, 23, 2º izda, 28999 Madrimere» desde hace un año."),
    ("ES", "Envíalo a «Urb. Los Alerces, parcela 12, 29999 Malamere»"),
    ("ES", "mi piso: «C/ Alerce, 7, 3.o B 28999 Madrimere»"),
    ("AR", "Enviar a «Ruta 8 km 54, Pilmere»"),
    ("FR", "notre gîte se trouve «lieu-dit Le Bourg Neuf, 24999 Sarlamere»"),
    ("IT", "studio in «L.go Augusto 7», terzo piano"),
    ("IT", "ci vediamo in «P.zza Larice 7»"),
    ("IT", "«Loc. Poggio Larice snc, 58999 Grosmere»"),
    ("FI", "Asun «Koivukujalla 3»"),
    ("FI", "tule käymään «Kauppakatu 8»:ssa"),
    ("PL", "Mieszkam przy «ulicy Modrzewiowej 12»"),
    ("PL", "spotkanie: «ul. gen. Larcha 77A lok. 4»"),
    ("CZ", "Bydlím v «Modřínové ulici 12, 110 99 Pramere»"),
    ("CZ", "přijď na «Karlovo náměstí 7»"),
    ("SE", "«Storgatan 1, 1 trappa upp, 112 99 Stockmere»"),
    ("DK", "Jeg bor på «Vestergade 42, 4 t.v., 1620 Købmere»"),
    ("NZ", "We moved to «12 Larch Terrace, Larchton, Wellmere 6021»"),
    ("IN", "Our office is at «No. 24, 3rd Cross, 5th Main, Larchnagar, Bengamere 560038»"),
    ("IN", "«Plot 56, Phase II, Jubilee Enclave, Hydermere, Telangana - 500081»"),
    ("AU", "Postal: «GPO Box 1234, Larchmere NSW 2999»"),
    ("GB", "Please use the side gate at «41 St Alder's Close»"),
    ("US", "Lost cat near «6th Ave and Lindell St»"),
    ("US", "fire at «Elm St & 3rd Ave» now"),
]


@pytest.mark.parametrize(("region", "sentence"), FOUND)
def test_an_address_is_found_in_its_sentence_and_no_more(region: str, sentence: str) -> None:
    """Most of it is covered, and hardly anything around it."""
    start, end = sentence.index("«"), sentence.index("»") - 1
    spans = find(sentence.replace("«", "").replace("»", ""), regions=(region,))
    near = [span for span in spans if span.kind == "street_address" and span.start < end and span.end > start]
    assert sum(min(span.end, end) - max(span.start, start) for span in near) >= 0.8 * (end - start)
    assert all(span.start >= start - 4 and span.end <= end + 4 for span in near)


@pytest.mark.parametrize(
    ("region", "sentence"),
    [
        ("DE", "Der Weg 2 ist das Ziel, sagen manche"),
        ("DE", "Auf Platz 12 der Liste landet ein Neuling"),
        ("DE", "Gleis 12 Richtung Hauptbahnhof fährt heute nicht"),
        ("FR", "La rue est à nous, 500 000 manifestants"),
        ("FR", "Cours de yoga 3 fois par semaine, 45 euros"),
        ("FR", "Parc fermé 3 jours pour travaux"),
        ("ES", "La calle está dura, 40 grados en mi ciudad"),
        ("ES", "Avenida cortada 3 horas por obras"),
        ("ES", "Camino de Santiago 800 km en 30 días"),
        ("IT", "Piazza d'onore 2 volte in un anno"),
        ("IT", "vi aspettiamo in Piazza alle 20"),
        ("PT", "Rua sem saída 3 vezes seguidas"),
        ("BR", "Rodovia interditada 5 horas por acidente"),
        ("PL", "Plac budowy 3 miesiące opóźnienia"),
        ("CZ", "ulice plná lidí, 300 osob"),
        ("IT", "corso di cucina 3 "),
    ],
)
def test_numbers_beside_a_street_word_are_no_address(region: str, sentence: str) -> None:
    """What is counted, what is said of a street, and a place in a race are no house."""
    assert [span for span in find(sentence, regions=(region,)) if span.kind == "street_address"] == []
