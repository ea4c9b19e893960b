"""Declared phones, e-mails, names, dates, plates, handles, places, employers, schools and relatives."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from unlisted.extract.declared import Matcher
from unlisted.model.subject import Fact

PHONE = Fact(kind="phone", label="mobile", value="+1 202 555 0143", region="US")
UK_PHONE = Fact(kind="phone", label="mobile", value="07700 900123", region="GB")
DE_PHONE = Fact(kind="phone", label="mobile", value="+49 30 23125 013", region="DE")
FR_PHONE = Fact(kind="phone", label="mobile", value="06 39 98 86 24", region="FR")
MAIL = Fact(kind="email", label="mail", value="ada.lark7@mail.example.org")
NAME = Fact(kind="name", label="name", value="Chloë Lärk", aliases=("Coco",))
LONG_NAME = Fact(kind="name", label="name", value="Inés García Alerce", region="ES")
KID = Fact(kind="relative", label="daughter", value="Ada (daughter)")
KIN = Fact(kind="relative", label="brother", value="Finn Lark")
BIRTH = Fact(kind="birth_date", label="birth", value="1986-05-17", region="GB")
EARLY = Fact(kind="birth_date", label="birth", value="1986-05-04", region="GB")
PLATE = Fact(kind="plate", label="car", value="LR70 XYZ", region="GB")
HANDLE = Fact(kind="handle", label="handle", value="@larch_row7")
WORD = Fact(kind="handle", label="handle", value="larch")
WORK = Fact(kind="employer", label="work", value="Northlight Optics Ltd")
SCHOOL = Fact(kind="school", label="school", value="St. Bride's High School")
PLACE = Fact(kind="place", label="cabin", lat=12.34567, lon=56.78912)


def levels(fact: Fact, text: str) -> set[str]:
    """The levels at which a fact is found in a text."""
    return {match.level for match in Matcher([fact]).find(text)}


FOUND = [
    (PHONE, "+1 202 555 0143"),
    (PHONE, "+12025550143"),
    (PHONE, "(202) 555-0143"),
    (PHONE, "202.555.0143"),
    (PHONE, "1-202-555-0143"),
    (PHONE, "001 202 555 0143"),
    (PHONE, "2 0 2 5 5 5 0 1 4 3"),
    (PHONE, "two zero two five five five oh one four three"),
    (PHONE, "202 five five five 0143"),
    (PHONE, "two oh two triple five 0143"),
    (PHONE, "202 555 then 0143"),
    (PHONE, "area code 202, 555 0143"),
    (PHONE, "2o2 555 o143"),
    (PHONE, "２０２ ５５５ ０１４３"),
    (PHONE, "2️⃣0️⃣2️⃣5️⃣5️⃣5️⃣0️⃣1️⃣4️⃣3️⃣"),
    (PHONE, "<a href='tel:+1-202-555-0143'>"),
    (PHONE, "٢٠٢ ٥٥٥ ٠١٤٣"),
    (UK_PHONE, "+44 7700 900123"),
    (UK_PHONE, "+44 (0)7700 900 123"),
    (UK_PHONE, "0044 7700 900123"),
    (UK_PHONE, "o77oo 9oo123"),
    (UK_PHONE, "oh double seven double oh nine double oh one two three"),
    (DE_PHONE, "030 / 23 12 50 13"),
    (DE_PHONE, "null drei null zwei drei eins zwei fünf null eins drei"),
    (FR_PHONE, "+33 6 39 98 86 24"),
    (FR_PHONE, "zéro six trente-neuf quatre-vingt-dix-huit quatre-vingt-six vingt-quatre"),
    (MAIL, "ada.lark7@mail.example.org"),
    (MAIL, "ADA.LARK7@MAIL.EXAMPLE.ORG"),
    (MAIL, "ada.lark7 [at] mail [dot] example [dot] org"),
    (MAIL, "ada dot lark7 at mail dot example dot org"),
    (MAIL, "ada.lark7(at)mail.example.org"),
    (MAIL, "ada . lark7 @ mail . example . org"),
    (MAIL, "ada.lark7&#64;mail.example.org"),
    (MAIL, "ada.lark7＠mail.example.org"),
    (MAIL, "ada.lark7\u200b@\u200bmail.example.org"),
    (MAIL, "mailto:ada.lark7@mail.example.org?subject=hi"),
    (MAIL, "ada.lark7 arroba mail punto example punto org"),
    (NAME, "Chloë Lärk"),
    (NAME, "chloe lark"),
    (NAME, "Lark, Chloe"),
    (NAME, "LÄRK CHLOË"),
    (NAME, "Chloe Laerk"),
    (NAME, "Chloe M. Lark"),
    (NAME, "C. Lark"),
    (NAME, "Coco Lark"),
    (NAME, "@chloelark"),
    (NAME, "Chloe Lark's new flat"),
    (LONG_NAME, "Ines Garcia Alerce"),
    (LONG_NAME, "Inés García"),
    (LONG_NAME, "García Alerce, Inés"),
    (KID, "my daughter Ada"),
    (KID, "Ada, our baby"),
    (KIN, "Finn Lark"),
    (BIRTH, "born 1986-05-17"),
    (BIRTH, "17/05/1986"),
    (BIRTH, "5/17/1986"),
    (BIRTH, "17.5.86"),
    (BIRTH, "17 May 1986"),
    (BIRTH, "May 17th, 1986"),
    (BIRTH, "the 17th of May 1986"),
    (BIRTH, "17. Mai 1986"),
    (BIRTH, "17 mai 1986"),
    (BIRTH, "17 de mayo de 1986"),
    (BIRTH, "17 maggio 1986"),
    (BIRTH, "17 de maio de 1986"),
    (BIRTH, "17 mei 1986"),
    (BIRTH, "17051986"),
    (PLATE, "LR70 XYZ"),
    (PLATE, "lr70xyz"),
    (PLATE, "LR-70-XYZ"),
    (PLATE, "L R 7 0 X Y Z"),
    (HANDLE, "@larch_row7"),
    (HANDLE, "find larch_row7 there"),
    (HANDLE, "https://social.example/larch_row7"),
    (HANDLE, "@LARCH_ROW7!"),
    (WORD, "@larch"),
    (WORD, "https://larch.blog.example/post"),
    (WORD, "insta: larch"),
    (WORK, "I am at Northlight Optics now"),
    (WORK, "NORTHLIGHT OPTICS LTD."),
    (SCHOOL, "St Bride's High School"),
    (PLACE, "12.3456, 56.7892"),
    (PLACE, "https://maps.example/@12.3457,56.7891,17z"),
]


@pytest.mark.parametrize(("fact", "text"), FOUND, ids=range(len(FOUND)))
def test_a_declared_fact_is_found_in_this_spelling(fact: Fact, text: str) -> None:
    """However a fact is written, it is found as the very one."""
    assert "same" in levels(fact, f"Well: {text}")


ABSENT = [
    (PHONE, "202 555 0144"),
    (PHONE, "202 555 01"),
    (PHONE, "order 4820255501437 has shipped"),
    (PHONE, "202 555 0134"),
    (PHONE, "9 2 0 2 5 5 5 0 1 4 3 9"),
    (UK_PHONE, "07700 900132"),
    (MAIL, "xada.lark7@mail.example.org"),
    (MAIL, "ada.lark7@other-mail.example.org"),
    (MAIL, "ada.lark7@mail.example.org.br"),
    (MAIL, "eva.ada.lark7@mail.example.org"),
    (MAIL, "ada_lark7@mail.example.org"),
    (MAIL, "ada.lark7@example.org"),
    (NAME, "met Chloë at the gym"),
    (NAME, "Thomas Lärk"),
    (NAME, "Chloë Rossi and Thomas Lärk"),
    (NAME, "Eva Lark, Chloe Rossi"),
    (NAME, "a lark sang"),
    (KID, "Ada wrote a program"),
    (KIN, "Finn Rossi and Eva Lark"),
    (BIRTH, "18.05.1986"),
    (BIRTH, "17/05/1987"),
    (BIRTH, "17 June 1986"),
    (BIRTH, "class of 1986"),
    (BIRTH, "room 17 5 86"),
    (EARLY, "05.04.1986"),
    (PLATE, "LR71 XYZ"),
    (PLATE, "LR70 XY"),
    (HANDLE, "@larch_row77"),
    (HANDLE, "@larch_row7_x"),
    (HANDLE, "x_larch_row7"),
    (WORD, "a larch is a tree"),
    (WORK, "Northlight Hotels"),
    (SCHOOL, "St. Anne's High School"),
    (PLACE, "13.3456, 56.7892"),
    (PLACE, "version 12.3456"),
]


@pytest.mark.parametrize(("fact", "text"), ABSENT, ids=range(len(ABSENT)))
def test_something_else_is_not_the_declared_fact(fact: Fact, text: str) -> None:
    """A digit off, another host, another person, another day: never "same"."""
    assert "same" not in levels(fact, f"Well: {text} ok")


@pytest.mark.parametrize(
    ("text", "level"), [("12.34567, 56.78912", "same"), ("12.3480, 56.7891", "street"), ("12.3556, 56.7891", "area")]
)
def test_a_position_is_graded_by_its_distance(text: str, level: str) -> None:
    """Within 100 metres is the place, within 500 its street, within two kilometres its area."""
    assert levels(PLACE, f"we are at {text}") == {level}


def test_an_ambiguous_date_is_found_with_less_certainty() -> None:
    """Where day and month could be either, the country's order is likelier than the other one."""
    own, other = (Matcher([EARLY]).find(text)[0].certainty for text in ("04/05/1986", "05/04/1986"))
    assert 0.5 <= other < own < 1.0


@pytest.mark.parametrize(
    "kind",
    ["name", "handle", "address", "phone", "email", "birth_date", "employer", "school", "relative", "plate", "place"],
)
@pytest.mark.parametrize(
    "value", ["", " ", "@", "1", "x", "\u200b", "??", "a" * 3000, "1" * 400, "+", "0000-00-00", "12.5, 9999"]
)
def test_any_value_of_any_kind_makes_a_matcher(kind: str, value: str) -> None:
    """Nothing that a person types as a fact stops the search."""
    assert isinstance(
        Matcher([Fact(kind=kind, label="x", value=value)]).find("hello 12 Larch Row, x@y.example 1986"), list
    )


def test_an_unknown_kind_is_left_alone() -> None:
    """A fact of a kind that the matcher does not know finds nothing."""
    assert Matcher([Fact(kind="shoe size", label="x", value="43")]).find("size 43") == []


@settings(max_examples=80, deadline=None, derandomize=True)
@given(st.text(max_size=200))
def test_any_text_gives_places_inside_it(text: str) -> None:
    """Whatever the text, matches lie within it and carry a known level."""
    matcher = Matcher([PHONE, MAIL, NAME, BIRTH, PLATE, HANDLE, WORK, KID, PLACE])
    for match in matcher.find(text + " Chloë Lärk"):
        assert 0 <= match.start < match.end <= len(text) + len(" Chloë Lärk")
        assert match.level in {"same", "street", "area"}


@settings(max_examples=60, deadline=None, derandomize=True)
@given(st.lists(st.sampled_from([" ", ".", "-", "/", " - ", "\u200b", ") "]), min_size=9, max_size=9))
def test_a_phone_is_found_in_any_grouping(gaps: list[str]) -> None:
    """Separators between digits never hide a number."""
    digits = "2025550143"
    text = "".join(digit + gap for digit, gap in zip(digits, [*gaps, ""], strict=True))
    assert "same" in levels(PHONE, f"call {text} now")
