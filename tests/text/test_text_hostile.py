"""Hostile texts: no input raises, and twice the text takes about twice the time."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.growth import grows_in_step

from unlisted.extract.declared import Matcher
from unlisted.extract.declared.matcher import MAX_LOOKS
from unlisted.extract.text import find
from unlisted.extract.text.contact import MAX_PHONES
from unlisted.extract.text.where import MAX_HITS
from unlisted.model.subject import Fact

FACTS = (
    Fact(kind="address", label="home", value="12 Oak Street, Marrow Bay, ME 04000"),
    Fact(kind="phone", label="mobile", value="+1 202 555 0143"),
    Fact(kind="email", label="mail", value="ada.lark@mail.example"),
    Fact(kind="name", label="name", value="Ada Lark"),
    Fact(kind="birth_date", label="birth", value="1980-05-17"),
    Fact(kind="plate", label="car", value="AB12 CDE"),
    Fact(kind="place", label="cabin", lat=12.3456, lon=56.789),
)
UNITS = (
    "1",
    "1 1 1 ",
    "100 N St Apt ",
    "a a a ",
    "12 Oak ",
    "Oak Street 12 Oak Street ",
    "a",
    "@",
    "a@a",
    "a.",
    " at a dot",
    "one two ",
    "a\u200b",
    "&",
    "&#64;",
    "<b",
    "<br>",
    "1-2.(3)",
    "+1 202 555 0143 ",
    "17/05/1980 ",
    "born ",
    "born on 17 ",
    "every ",
    "every Tuesday gym ",
    "Aa Bb ",
    "rue de la ",
    "Calle A ",
    "strasse 5 ",
    "St. ",
    "52°",
    "1.123,",
    "///a.a.a",
    "http://maps.google.",
    "plate A1 ",
    "my daughter A",
    "12345 A ",
    "\n",
    " ",
    "1,",
    "12 Ab ",
    "a\u0300",
    "live at 12 A ",
    "flat 1, ",
    "2345+",
    "p o box ",
    "corner of A and ",
    "away until ",
    "flying to A tomorrow ",
    "Ada Lark ",
    "ada.lark@",
    "zero ",
    "double ",
    "lat 1",
    "n 52 ",
    "https",
)


def varied(unit: str, size: int) -> str:
    """A piece again and again, with other figures each time, so that it is no mere run."""
    out = "".join(
        "".join(str((n * 7 + i * 3) % 9 + 1) if c.isdigit() else c for i, c in enumerate(unit))
        for n in range(size // len(unit) + 1)
    )
    return out[:size]


@pytest.mark.parametrize("unit", UNITS, ids=range(len(UNITS)))
def test_twice_the_text_takes_at_most_three_times_the_work(unit: str) -> None:
    """Neither all finders together nor the matcher grow faster than the text."""
    for run in (find, Matcher(FACTS).find):
        grows_in_step(lambda size: varied(unit, size), run, 8_000)


@settings(max_examples=100, deadline=None, derandomize=True)
@given(st.text(max_size=300))
def test_any_text_is_read_without_an_error(text: str) -> None:
    """Whatever is read, spans come back that lie inside it."""
    for span in find(text, regions=("US", "GB", "DE", "FR", "ES")):
        assert 0 <= span.start < span.end <= len(text)
        assert 0.3 <= span.certainty <= 1


@settings(max_examples=100, deadline=None, derandomize=True)
@given(
    st.lists(
        st.sampled_from([*UNITS, "27 Larch Row, ", "Calle Mayor 5, ", "12345 ", "Berlin ", "ME ", "No. ", "/", "#"]),
        max_size=25,
    )
)
def test_any_mixture_of_half_addresses_is_read_without_an_error(parts: list[str]) -> None:
    """Fragments in any order raise nothing."""
    text = "".join(parts)
    assert all(span.end <= len(text) for span in find(text, regions=("US", "ES", "DE")))
    assert all(match.end <= len(text) for match in Matcher(FACTS).find(text))


@pytest.mark.parametrize("text", ["", " ", "\n", "\x00", "\ud800", "\u200b" * 50, "\U000e0001", "ﷺ" * 20, "\u0300"])
def test_an_empty_or_odd_text_gives_nothing(text: str) -> None:
    """Nothing is found in nothing, and lone surrogates do no harm."""
    assert find(text) == []
    assert Matcher(FACTS).find(text) == []


def test_one_fact_is_looked_for_a_bounded_number_of_times() -> None:
    """A text made of one street gives many matches, but not without end."""
    assert 0 < len(Matcher(FACTS[:1]).find("12 Oak Street. " * (MAX_LOOKS * 2))) <= MAX_LOOKS


def test_phones_and_positions_of_one_text_are_bounded() -> None:
    """A text made of different phones or positions gives at most the limit of each."""
    phones = "".join(f"call 202-555-{n % 10_000:04}; " for n in range(MAX_PHONES + 200))
    assert len([s for s in find(phones) if s.kind == "phone"]) == MAX_PHONES
    places = "".join(f"12.3456{n:04}, 56.7891{n:04}; " for n in range(MAX_HITS + 200))
    assert 0 < len([s for s in find(places) if s.kind == "coordinates"]) <= MAX_HITS
