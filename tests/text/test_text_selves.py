"""What people say of themselves and their own, in more languages and turns of speech; and what only sounds like it."""

from __future__ import annotations

import pytest

from unlisted.extract.text import find

FOUND = [
    ("birth_date", "GB", "Ada Lark, b. «14 Mar 1988», Larchton"),
    ("birth_date", "US", "«March 14» is my birthday"),
    ("birth_date", "US", "my bday is «July 22», mark it"),
    ("birth_date", "DE", "Ich wurde am «3. Mai 1990» geboren"),
    ("birth_date", "DE", "Ich habe am «14. März» Geburtstag"),
    ("birth_date", "FR", "mon anniversaire est le «14 mars»"),
    ("birth_date", "ES", "mi cumpleaños es el «14 de marzo»"),
    ("birth_date", "SE", "Född den «14/3 1988»"),
    ("coordinates", "DE", "wir stehen bei «52,5200° N, 13,4050° O»"),
    ("coordinates", "US", "tent is at «18TWL8396007523»"),
    ("coordinates", "US", "GPS «44.558, 10.675»"),
    ("number_plate", "IT", "una Panda targata «EF456GH»"),
    ("number_plate", "IT", "furgone targato «EF456GH»"),
    ("number_plate", "SE", "min bil, reg.nr «ABC 12D»"),
    ("number_plate", "NO", "bil med skilt «AB 12345»"),
    ("number_plate", "PL", "nr rej. «KR 5AB12»"),
    ("number_plate", "IN", "vehicle no. «KA 01 AB 1234»"),
    ("relative", "US", "dinner with «my mother-in-law Greta»"),
    ("relative", "FR", "«notre fils s'appelle Théo»"),
    ("relative", "IT", "«mia figlia Ada» canta"),
    ("relative", "IT", "«mio figlio si chiama Teo»"),
    ("relative", "BR", "«meu marido João» e eu"),
    ("relative", "NL", "«mijn dochter Ada» is jarig"),
    ("relative", "SE", "«min dotter Ada» fyller år"),
    ("relative", "DK", "«min søn Otto»"),
    ("relative", "PL", "«moja córka Ada» śpiewa"),
    ("relative", "CZ", "«moje dcera Ada»"),
    ("employer", "US", "Software engineer at «Brightwater Systems»"),
    ("employer", "US", "Senior nurse @ «Larkmere Clinic»"),
    ("employer", "US", "Hi! I'm an accountant at «Copper Pine»"),
    ("employer", "DE", "Entwicklerin bei «Nordlicht GmbH»"),
    ("employer", "FR", "Ingénieur chez «Mélèze»"),
    ("employer", "IT", "lavoro presso «Luce del Nord»"),
    ("employer", "BR", "trabalho na «Luz do Norte»"),
    ("employer", "NL", "ik werk bij «Noorderlicht BV»"),
    ("school", "US", "studying marine biology at the «University of Larchton»"),
    ("school", "US", "my kids go to «St. Brendan's Elementary School»"),
    ("school", "FR", "élève au «lycée Jean Larche»"),
    ("school", "FR", "étudiante à l'«université de Larcheville»"),
    ("school", "ES", "va al «colegio San Alerce»"),
    ("school", "BR", "estudo na «Universidade Federal de Larícia»"),
    ("school", "IT", "studio all'«università di Larimere»"),
    ("school", "DE", "Schülerin der «Goetheschule Larchheim»"),
    ("routine", "GB", "I catch the «07:42 every morning»"),
]


@pytest.mark.parametrize(("kind", "region", "sentence"), FOUND)
def test_what_people_say_of_themselves_is_found(kind: str, region: str, sentence: str) -> None:
    """The span touches what is marked."""
    start, end = sentence.index("«"), sentence.index("»") - 1
    spans = find(sentence.replace("«", "").replace("»", ""), regions=(region,))
    assert any(span.kind == kind and span.start < end and span.end > start for span in spans)


@pytest.mark.parametrize(
    ("kind", "region", "sentence"),
    [
        ("birth_date", "US", "The company was born in 2004 and listed on March 3, 2010"),
        ("birth_date", "US", "Ada was born in Larchton. The concert is on May 3, 2024."),
        ("birth_date", "US", "Section b of May 3, 2024 applies"),
        ("birth_date", "DE", "Am 3. Mai 1990 schien die Sonne, sie war schon geboren"),
        ("coordinates", "US", "Ratings 4.512, 3.871 out of 5"),
        ("coordinates", "US", "weights 0.1234, 0.5678 in the model"),
        ("coordinates", "DE", "Umsatz 12.345, 67.890 Euro"),
        ("number_plate", "US", "vehicle B12 is on fire"),
        ("relative", "SE", "20 min till dotterbolaget Lark"),
        ("employer", "US", "rates will rise, said an analyst at Larch Bank"),
        ("employer", "US", "the manager at Larch Rovers was sacked"),
        ("employer", "FR", "je travaille à Noël"),
        ("school", "US", "go to College Street"),
        ("school", "US", "studying hard. At the University of Larchton it rains"),
        ("routine", "US", "The 07:42 was late"),
        ("travel", "ES", "cada mañana salgo a correr por el río"),
        ("travel", "US", "wish I could fly to Denver tomorrow"),
        ("travel", "US", "we must get away from plastic by next week"),
    ],
)
def test_what_only_sounds_like_it_is_not_found(kind: str, region: str, sentence: str) -> None:
    """Other people, other dates, other figures."""
    assert kind not in {span.kind for span in find(sentence, regions=(region,))}
