"""Hostile texts made of the declared facts themselves: twice the text is about twice the work, and every list ends."""

from __future__ import annotations

from random import Random

import pytest
from tests.growth import grows_in_step

from unlisted.extract.declared import Matcher
from unlisted.extract.declared.area import MAX_MATCHES, MAX_PLACES
from unlisted.extract.declared.lines import from_line
from unlisted.extract.declared.matcher import MAX_LOOKS
from unlisted.extract.declared.street import MAX_COMPACTS, MAX_PHRASES, compacts, phrases
from unlisted.model.subject import Fact

TREES = ("Larch", "Alder", "Rowan", "Hazel", "Aspen")
FACTS = (
    *(
        Fact(kind="address", label=f"a{n}", value=f"{27 + n} {tree}field Row, Marrow Bay, ME 04000")
        for n, tree in enumerate(TREES)
    ),
    *(Fact(kind="phone", label=f"p{n}", value=f"+1 202 555 01{n:02d}") for n in range(10)),
    *(Fact(kind="email", label=f"m{n}", value=f"ada.lark{n}@mail.example") for n in range(10)),
    *(Fact(kind="name", label=f"n{n}", value=f"Ada {tree}field") for n, tree in enumerate(TREES)),
    *(Fact(kind="birth_date", label=f"b{n}", value=f"19{80 + n}-05-17") for n in range(5)),
    Fact(kind="employer", label="work", value="Larchfield Row Optics"),
    Fact(kind="plate", label="car", value="LA27 RCH"),
)
MATCHER = Matcher(FACTS)
PIECES: dict[str, tuple[str, ...]] = {
    "half an address": ("27 ", "28 ", "Larchfield ", "Alderfield ", "Row ", "Street "),
    "an address with a letter changed": ("27 Larchfeild Row ", "28 Larchfeld Row ", "29 Lachfield Row "),
    "towns and postcodes": ("Marrow Bay ", "04000 ", "Marrow ", "Bay ", "040 "),
    "an address and its town": ("27 Larchfield Row ", "28 Larchfield ", "Marrow Bay "),
    "figures of the phone": ("2 ", "0 ", "5 ", "1 "),
    "groups of the phone": ("202 ", "555 ", "01", "00 ", "+1 "),
    "phones one digit off": ("202 555 0142 ", "202 555 0200 ", "202 554 0101 "),
    "number words": ("two ", "zero ", "five ", "twenty ", "seven ", "double ", "then "),
    "the name with a letter changed": ("Ada Larchfeld, ", "Ada Larchfield ", "Ado Larchfield ", "A. "),
    "names turned round": ("Larchfield, ", "Ada ", "Alderfield "),
    "half a mail address": ("ada.", "lark0", "@", "mail.", "ada.lark1@", " at ", " dot "),
    "days beside the birth date": ("17 May ", "1980 ", "05/", "17/", "1981 "),
    "parts of a plate": ("L", "LA", "27 ", "LA27 ", "R "),
    "entities of the facts": ("&#50;7 ", "Larchfield&nbsp;", "%20", "&amp;nbsp;"),
    "glued facts": ("27Larchfield", "Row", "larchfield", " ", "-"),
}


def made(pieces: tuple[str, ...], size: int) -> str:
    """A text of this many characters, made of pieces in an order that never repeats for long."""
    random = Random(7)
    parts: list[str] = []
    length = 0
    while length < size:
        parts.append(random.choice(pieces))
        length += len(parts[-1])
    return "".join(parts)[:size]


@pytest.mark.parametrize("pieces", PIECES.values(), ids=PIECES)
def test_twice_the_pieces_are_at_most_three_times_the_work(pieces: tuple[str, ...]) -> None:
    """Pieces of the facts themselves, shuffled, cost no more than their length."""
    grows_in_step(lambda size: made(pieces, size), MATCHER.find, 12_000)


@pytest.mark.parametrize("pieces", PIECES.values(), ids=PIECES)
def test_matches_in_a_hostile_text_lie_inside_it(pieces: tuple[str, ...]) -> None:
    """Whatever is found has a place and a level."""
    text = made(pieces, 3_000)
    for match in MATCHER.find(text):
        assert 0 <= match.start < match.end <= len(text)
        assert match.level in {"same", "street", "area"}


def test_a_town_said_without_end_is_matched_a_bounded_number_of_times() -> None:
    """Who has said it so often has said it."""
    text = "".join(f"Marrow Bay {number} " for number in range(MAX_MATCHES * 2))
    found = [match for match in MATCHER.find(text) if match.level == "area" and match.fact is FACTS[0]]
    assert len(found) == MAX_MATCHES < MAX_PLACES


def test_a_street_said_without_end_is_looked_at_a_bounded_number_of_times() -> None:
    """The limit of looks holds for every fact by itself."""
    text = "".join(f"27 Larchfield Row, {number}th time. " for number in range(MAX_LOOKS))
    found = [match for match in MATCHER.find(text) if match.fact is FACTS[0] and match.level == "same"]
    assert 0 < len(found) <= MAX_LOOKS


@pytest.mark.parametrize("pad", ["tree ", "1 ", "a", "\u200b", "&nbsp;"])
def test_a_fact_behind_a_long_run_is_still_found(pad: str) -> None:
    """A run of one piece is read at its ends; what follows it is read whole."""
    text = pad * 20_000 + ". 27 Larchfield Row, Marrow Bay"
    match = next(match for match in MATCHER.find(text) if match.level == "same")
    assert text[match.start : match.end] == "27 Larchfield Row"


def test_a_fact_within_a_long_run_is_still_found() -> None:
    """What differs ends the run."""
    text = "tree " * 10_000 + "\n27 Larchfield Row\n" + "tree " * 10_000
    assert any(match.level == "same" for match in MATCHER.find(text))


@pytest.mark.parametrize(
    "line",
    [
        "5 Sankt Doktor Professor General Nord Straße, Münsterau",
        "1 Second First Third Fourth Street, Harborton",
        "12 North South East West Saint Doctor Mount Fort Road, Norbridge",
        "1 " + "Larch " * 300 + "Row, Norbridge",
    ],
)
def test_the_spellings_of_a_name_are_bounded(line: str) -> None:
    """A name in which every word has many short forms is no burden."""
    address = from_line(line, "GB")
    assert len(phrases(address.name, address)) <= 4 * MAX_PHRASES
    assert len(compacts(address)) <= MAX_COMPACTS
    assert isinstance(Matcher([Fact(kind="address", label="home", value=line, region="GB")]).find(line), list)
