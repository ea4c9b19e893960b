"""Names, streets and mailboxes as each country writes them: small words before a surname, two surnames, cases, tags."""

from __future__ import annotations

import pytest

from unlisted.extract.declared import Matcher
from unlisted.model.subject import Fact


def level(kind: str, value: str, region: str, text: str) -> str:
    """The strongest level at which a fact stands in a text."""
    found = Matcher([Fact(kind=kind, label="fact", value=value, region=region)]).find(text)
    return max((match.level for match in found), key=("area", "street", "same").index, default="none")


@pytest.mark.parametrize(
    "text",
    [
        "Maren van der Larch", "van der Larch, Maren", "Larch, Maren van der", "Larch, van der, Maren",
        "Maren v.d. Larch", "Maren vd Larch", "M. van der Larch",
    ],
)  # fmt: skip
def test_a_surname_with_small_words_is_found_in_every_order(text: str) -> None:
    """Dutch lists put the small words last, and people shorten them."""
    assert level("name", "Maren van der Larch", "NL", f"Hoi! {text} is er ook") == "same"


@pytest.mark.parametrize("text", ["Otto van der Larch", "Larch, Otto van der", "Maren van der Finch", "Maren vd Lark"])
def test_another_person_with_the_same_small_words_is_somebody_else(text: str) -> None:
    """Small words say nothing by themselves."""
    assert level("name", "Maren van der Larch", "NL", text) == "none"


@pytest.mark.parametrize(
    "text",
    [
        "José Luis Larkó de la Vega", "Larkó de la Vega, José Luis", "José Larkó de la Vega", "Jose Luis Larko",
        "José Larkó", "J. L. Larkó", "LARKÓ, José Luis",
    ],
)  # fmt: skip
def test_the_first_of_two_surnames_is_enough(text: str) -> None:
    """With small words in the second surname as well, and with initials."""
    assert level("name", "José Luis Larkó de la Vega", "ES", text) == "same"


@pytest.mark.parametrize(
    "text", ["José Luis Larkó Finch", "J. L. Larkó Finch", "José Luis de la Vega Larkó", "Luis Vega"]
)
def test_another_second_surname_is_another_person(text: str) -> None:
    """Who has the first surname and another second one is somebody else."""
    assert level("name", "José Luis Larkó de la Vega", "ES", text) == "none"


@pytest.mark.parametrize(
    ("region", "address", "text"),
    [
        ("PL", "ul. Modrzewiowa 12/5, 00-999 Warmere", "Mieszkam na ulicy Modrzewiowej 12/5"),
        ("PL", "ul. Długa 5, 00-999 Warmere", "spotkajmy się na Długiej 5, Warmere"),
        ("CZ", "Lipová 345, 60299 Brnmere", "bydlím v ulici Lipové 345"),
        ("FI", "Koivukuja 3 A, 33100 Tammere", "Asun Koivukujalla 3 A"),
        ("FI", "Mannermerentie 12, 00100 Helsmere", "Mannermerentiellä 12 taas"),
        ("FR", "14 bis rue de l'Église, 75999 Lutéville", "quatorze bis rue de l'Église"),
    ],
)
def test_a_street_is_found_in_the_case_that_a_sentence_asks_for(region: str, address: str, text: str) -> None:
    """Polish, Czech and Finnish decline their streets; "bis" may stand behind a number in words."""
    assert level("address", address, region, text) == "same"


@pytest.mark.parametrize(
    ("region", "address", "text"),
    [
        ("PL", "ul. Modrzewiowa 12, 00-999 Warmere", "na ulicy Modrzewiowej 14, Warmere"),
        ("FI", "Koivukuja 3, 33100 Tammere", "Koivukujalla 4, Tammere"),
        ("FR", "14 bis rue de l'Église, 75999 Lutéville", "quatorze rue de l'Église, Lutéville"),
    ],
)
def test_a_neighbour_in_another_case_is_still_a_neighbour(region: str, address: str, text: str) -> None:
    """The number decides."""
    assert level("address", address, region, text) == "street"


@pytest.mark.parametrize(
    "text", ["ada.lark+news@mail.example", "ada.lark+news-2@mail.example", "ADA.LARK+x@MAIL.example"]
)
def test_a_tag_behind_a_plus_is_the_same_mailbox(text: str) -> None:
    """What stands between a plus and the sign only sorts mail."""
    assert level("email", "ada.lark@mail.example", "US", f"Write to {text}, please") == "same"


@pytest.mark.parametrize(
    "text", ["eva+ada.lark@mail.example", "ada.lark+news@post.example", "ada.lark + eva@mail.example"]
)
def test_a_plus_elsewhere_is_another_mailbox(text: str) -> None:
    """The user before the plus and the host decide."""
    assert level("email", "ada.lark@mail.example", "US", text) == "none"
