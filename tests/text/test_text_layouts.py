"""Some four hundred made-up addresses of 27 countries, each as people there write it, alone, in a sentence and under a name."""

from __future__ import annotations

from pathlib import Path

import pytest

from unlisted.extract.text import find

LINES = [
    line.split("\t")
    for line in (Path(__file__).parent / "layouts.txt").read_text(encoding="utf-8").splitlines()
    if not line.startswith("#")
]
SAID = {
    "en": "I live at {}, come by any time.",
    "de": "Die neue Adresse ist {}, schaut vorbei!",
    "fr": "On habite au {}, venez quand vous voulez.",
    "es": "Ahora vivo en {}, venid cuando queráis.",
    "it": "Adesso abito in {}, passate quando volete.",
    "pt": "Agora moro na {}, apareçam quando quiserem.",
    "nl": "We wonen nu op {}, kom gerust langs.",
    "da": "Vi bor nu på {}, kig forbi.",
    "sv": "Vi bor nu på {}, välkomna förbi.",
    "no": "Vi bor nå i {}, kom innom.",
    "fi": "Asumme nyt osoitteessa {}, tervetuloa käymään.",
    "pl": "Mieszkamy teraz na {}, wpadajcie.",
    "cs": "Bydlíme teď na adrese {}, zastavte se.",
}
LEAST = 8
"""Layouts that each country has at least."""


def covered(frame: str, address: str, region: str) -> float:
    """The share of an address that spans hold where it stands in a frame."""
    text, start = frame.format(address), frame.index("{}")
    found = [span for span in find(text, regions=(region,)) if span.kind == "street_address"]
    held = {i for span in found for i in range(max(span.start, start), min(span.end, start + len(address)))}
    return len(held) / len(address)


@pytest.mark.parametrize(("region", "language", "address"), LINES, ids=range(len(LINES)))
def test_an_address_is_found_in_its_countrys_layout(region: str, language: str, address: str) -> None:
    """At least half of it is covered: alone, in a sentence, and under a name."""
    for frame in ("{}", SAID[language], "Ada Lark\n{}\n"):
        assert covered(frame, address, region) >= 0.5, frame


def test_each_country_has_its_layouts() -> None:
    """No country's layouts got lost."""
    counts = {region: [line[0] for line in LINES].count(region) for region, _, _ in LINES}
    assert len(counts) == 27
    assert min(counts.values()) >= LEAST


@pytest.mark.parametrize(
    ("region", "text"),
    [
        ("DE", "Von den 12, 5000 Teilnehmer kamen später."),
        ("DE", "Kapitel 4, Abschnitt 5000 Zeichen"),
        ("ES", "tos, con un sangrado menor de 80 cc."),
        ("ES", "metilprednisolona (1 gr de Larchason)"),
        ("ES", "IgG 317, IgA 1446 y el resto normal"),
        ("ES", "Hb 10,8gr/dl, deshidrogenasa 2033UI"),
        ("FR", "3 cours de danse et 2 places de concert"),
        ("GB", "We lost 3 games at The Larches, sadly"),
        ("GB", "the top 10 the Beatles ever made, honestly"),
        ("US", "We won 3-1 Street cheers"),
        ("US", "Mac 2011 at my house, 12345 likes"),
        ("IN", "B-12 vitamins are good, 100000 people say"),
        ("AU", "plan 9, 2000 Years of rain"),
    ],
)
def test_numbers_beside_names_are_no_address(region: str, text: str) -> None:
    """A name with a number is an address only with a postcode and a town behind it."""
    assert [span for span in find(text, regions=(region,)) if span.kind == "street_address"] == []
