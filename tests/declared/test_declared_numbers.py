"""House numbers in words, in seven languages and every usual spacing."""

from __future__ import annotations

from functools import cache

import pytest

from unlisted.extract.declared import Matcher
from unlisted.extract.declared.numerals import compact_forms, value_of
from unlisted.extract.text.fold import key
from unlisted.model.subject import Fact

STREETS = {
    "US": ("{n} Larchwood Avenue", "Marrow Bay, ME 04000"),
    "DE": ("Erlenbachstraße {n}", "48999 Münsterau"),
    "FR": ("{n} rue des Aubépines", "35999 Rennelles"),
    "ES": ("Calle del Alerce, {n}", "29999 Malagueta"),
    "IT": ("Via dei Larici {n}", "40999 Bolognetta"),
    "PT": ("Rua do Carvalhal, {n}", "4999-123 Portela"),
    "NL": ("Lariksstraat {n}", "8999 PK Zwolderen"),
}
SAID = [
    ("US", 27, "twenty-seven"),
    ("US", 27, "twenty seven"),
    ("US", 27, "twentyseven"),
    ("US", 27, "Twenty-Seven"),
    ("DE", 27, "siebenundzwanzig"),
    ("DE", 27, "sieben und zwanzig"),
    ("DE", 27, "Siebenundzwanzig"),
    ("FR", 27, "vingt-sept"),
    ("FR", 27, "vingt sept"),
    ("ES", 27, "veintisiete"),
    ("ES", 27, "veinte y siete"),
    ("IT", 27, "ventisette"),
    ("IT", 27, "venti sette"),
    ("PT", 27, "vinte e sete"),
    ("NL", 27, "zevenentwintig"),
    ("NL", 27, "zeven en twintig"),
    ("US", 92, "ninety-two"),
    ("DE", 92, "zweiundneunzig"),
    ("FR", 92, "quatre-vingt-douze"),
    ("FR", 92, "quatre vingt douze"),
    ("FR", 92, "nonante-deux"),
    ("ES", 92, "noventa y dos"),
    ("IT", 92, "novantadue"),
    ("PT", 92, "noventa e dois"),
    ("PT", 92, "noventa e duas"),
    ("NL", 92, "tweeënnegentig"),
    ("NL", 92, "tweeennegentig"),
    ("US", 16, "sixteen"),
    ("DE", 16, "sechzehn"),
    ("FR", 16, "seize"),
    ("ES", 16, "dieciséis"),
    ("ES", 16, "dieciseis"),
    ("ES", 16, "diez y seis"),
    ("IT", 16, "sedici"),
    ("PT", 16, "dezasseis"),
    ("PT", 16, "dezesseis"),
    ("NL", 16, "zestien"),
    ("US", 71, "seventy-one"),
    ("DE", 71, "einundsiebzig"),
    ("FR", 71, "soixante et onze"),
    ("FR", 71, "soixante-et-onze"),
    ("FR", 71, "septante et un"),
    ("ES", 71, "setenta y uno"),
    ("IT", 71, "settantuno"),
    ("PT", 71, "setenta e um"),
    ("NL", 71, "eenenzeventig"),
    ("US", 103, "one hundred three"),
    ("US", 103, "one hundred and three"),
    ("US", 103, "one oh three"),
    ("US", 103, "a hundred and three"),
    ("US", 103, "one zero three"),
    ("DE", 103, "hundertdrei"),
    ("DE", 103, "einhundertdrei"),
    ("DE", 103, "hundertunddrei"),
    ("DE", 103, "eins null drei"),
    ("FR", 103, "cent trois"),
    ("FR", 103, "cent-trois"),
    ("ES", 103, "ciento tres"),
    ("IT", 103, "centotre"),
    ("IT", 103, "centotré"),
    ("PT", 103, "cento e três"),
    ("NL", 103, "honderddrie"),
    ("NL", 103, "honderd drie"),
    ("NL", 103, "honderd en drie"),
    ("US", 245, "two hundred forty-five"),
    ("US", 245, "two hundred and forty five"),
    ("US", 245, "two forty-five"),
    ("US", 245, "two four five"),
    ("DE", 245, "zweihundertfünfundvierzig"),
    ("DE", 245, "zwei vier fünf"),
    ("FR", 245, "deux cent quarante-cinq"),
    ("FR", 245, "deux cents quarante cinq"),
    ("ES", 245, "doscientos cuarenta y cinco"),
    ("IT", 245, "duecentoquarantacinque"),
    ("PT", 245, "duzentos e quarenta e cinco"),
    ("NL", 245, "tweehonderdvijfenveertig"),
    ("NL", 245, "tweehonderd vijfenveertig"),
    ("US", 1200, "twelve hundred"),
    ("US", 1200, "one thousand two hundred"),
    ("DE", 1200, "zwölfhundert"),
    ("DE", 1200, "eintausendzweihundert"),
    ("DE", 1200, "tausendzweihundert"),
    ("FR", 1200, "mille deux cents"),
    ("FR", 1200, "douze cents"),
    ("ES", 1200, "mil doscientos"),
    ("IT", 1200, "milleduecento"),
    ("PT", 1200, "mil e duzentos"),
    ("PT", 1200, "mil duzentos"),
    ("NL", 1200, "twaalfhonderd"),
    ("NL", 1200, "duizend tweehonderd"),
    ("US", 8, "eight"),
    ("DE", 8, "acht"),
    ("FR", 8, "huit"),
    ("ES", 8, "ocho"),
    ("IT", 8, "otto"),
    ("PT", 8, "oito"),
    ("NL", 8, "acht"),
    ("US", 31, "thirty-one"),
    ("DE", 31, "einunddreißig"),
    ("DE", 31, "einunddreissig"),
    ("FR", 31, "trente et un"),
    ("FR", 31, "trente-et-un"),
    ("ES", 31, "treinta y uno"),
    ("ES", 31, "treintaiuno"),
    ("IT", 31, "trentuno"),
    ("PT", 31, "trinta e um"),
    ("NL", 31, "eenendertig"),
]


@cache
def matcher(region: str, number: int) -> Matcher:
    """What looks for the house of a number; built once."""
    street, town = STREETS[region]
    return Matcher([Fact(kind="address", label="home", value=f"{street.format(n=number)}, {town}", region=region)])


def level(region: str, number: int, text: str) -> str:
    """The strongest level at which the house of this number is found; "none" where it is not."""
    order = ("none", "area", "street", "same")
    return max((match.level for match in matcher(region, number).find(text)), key=order.index, default="none")


@pytest.mark.parametrize(("region", "number", "words"), SAID, ids=range(len(SAID)))
def test_a_number_in_words_is_the_number(region: str, number: int, words: str) -> None:
    """With or without the town, in small letters or capitals."""
    street, town = STREETS[region]
    for text in (street.format(n=words), f"{street.format(n=words)}, {town}", street.format(n=words).upper()):
        assert level(region, number, f"Come to {text}.") == "same"


@pytest.mark.parametrize(("region", "number", "words"), SAID, ids=range(len(SAID)))
def test_another_number_in_words_is_another_house(region: str, number: int, words: str) -> None:
    """Every other number of the table is a neighbour's."""
    street, town = STREETS[region]
    others = {other for place, other, _ in SAID if place == region} - {number}
    assert {level(region, other, f"{street.format(n=words)}, {town}") for other in others} == {"street"}


@pytest.mark.parametrize(
    ("words", "value"),
    [
        ("twenty-seventh", 27), ("ninety sixth", 96), ("one hundred and twenty fifth", 125), ("siebzehnten", 17),
        ("dritter", 3), ("premier", 1), ("cinquième", 5), ("vingt et unième", 21), ("tercera", 3), ("vigésimo", 20),
        ("ventitreesimo", 23), ("seconda", 2), ("décimo quinto", 15), ("sétima", 7), ("eenentwintigste", 21),
        ("twaalfde", 12), ("xxiii", 23), ("96th", 96), ("2de", 2), ("septante-cinq", 75), ("dezassete", 17), ("zwo", 2),
    ],
)  # fmt: skip
def test_ordinals_and_regional_words_have_their_value(words: str, value: int) -> None:
    """Inflected ordinals, Belgian, Swiss and Portuguese words, Roman numerals."""
    assert value_of(tuple(key(words).split())) == value


def test_a_number_is_known_by_its_letters_alone() -> None:
    """Spaces and hyphens within a number in words mean nothing."""
    forms = compact_forms("92")
    assert {"ninetytwo", "zweiundneunzig", "quatrevingtdouze", "nonantedeux", "tweeennegentig"} <= forms
    assert not any(" " in form or form.isdigit() for form in forms)


@pytest.mark.parametrize("text", ["twenty-seven Larchwood Avenue is not ninety-two Larchwood Avenue"])
def test_two_numbers_in_one_sentence_are_both_read(text: str) -> None:
    """The declared one counts wherever it stands."""
    assert level("US", 92, text) == "same"
