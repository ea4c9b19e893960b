"""A label that holds a value is refused, and what it holds is not repeated."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.growth import grows_in_step

from unlisted.errors import SubjectError
from unlisted.model.subject import Fact, Source, SourceKind, Subject
from unlisted.sources.subject_file import check_labels, holds_value, loads
from unlisted.sources.subject_file.labels import fold

HOME = Fact(
    kind="address",
    label="home",
    street="27 Larch Row",
    unit="4",
    town="Marrow Bay",
    state="ME",
    postcode="ZE4 0QX",
    lat=44.1234,
    lon=-68.2,
)
LINE = Fact(kind="address", label="old home", value="9 Quarry Lane, Fenwick Hollow, ME 04000")
PHONE = Fact(kind="phone", label="mobile", value="+1 (207) 555-0142")
EMAIL = Fact(kind="email", label="mail", value="wren.hollis@post.example")
HANDLE = Fact(kind="handle", label="nick", value="@larch_fan", aliases=("oldwren",))
NAME = Fact(kind="name", label="me", value="Wren O'Hollis-Mäy")
BIRTH = Fact(kind="birth_date", label="birthday", value="1984-02-03")
PLATE = Fact(kind="plate", label="car", value="AB12 CDE")
WORK = Fact(kind="employer", label="work", value="Brine & Barrow Bakery")
SCHOOL = Fact(kind="school", label="school", value="Tern Hill School")
RELATIVE = Fact(kind="relative", label="sister", value="Sorrel")


@pytest.mark.parametrize(
    ("fact", "label"),
    [
        (HOME, "27 Larch Row"),
        (HOME, "27 Larch"),
        (HOME, "27 Lrach Row"),
        (HOME, "the house in larch row"),
        (HOME, "LARCH-ROW 27"),
        (HOME, "ｌａｒｃｈ ｒｏｗ"),
        (HOME, "Marrow Bay trip"),
        (HOME, "marrow\u0301 bay"),
        (HOME, "photos ze4 0qx"),
        (HOME, "photosZE40QX"),
        (HOME, "at 44.12"),
        (HOME, "68,20 west"),
        (LINE, "Quarry Lane"),
        (LINE, "fenwick hollow"),
        (LINE, "box 04000"),
        (PHONE, "207 555 0142"),
        (PHONE, "5550142"),
        (PHONE, "555-01-42 sms"),
        (PHONE, "٥٥٥٠١٤٢"),
        (EMAIL, "wren.hollis@post.example"),
        (EMAIL, "WREN.HOLLIS at post.example"),
        (EMAIL, "Wren Hollis blog"),
        (HANDLE, "larch_fan"),
        (HANDLE, "larchfan's page"),
        (HANDLE, "@oldwren"),
        (NAME, "wren"),
        (NAME, "page of HOLLIS"),
        (NAME, "may be"),
        (BIRTH, "1984-02-03"),
        (BIRTH, "3.2.84 and 03.02.84"),
        (BIRTH, "02/03/1984"),
        (BIRTH, "3 February"),
        (BIRTH, "party Feb 03"),
        (BIRTH, "born on the 3rd of February"),
        (PLATE, "my ab12cde"),
        (PLATE, "AB-12-CDE"),
        (WORK, "brine and barrow: Brine Barrow Bakery"),
        (SCHOOL, "Tern Hill School"),
        (SCHOOL, "old friends of Tern Hill"),
        (Fact(kind="employer", label="work", value="Tollan Group Ltd"), "the Tollan years"),
        (RELATIVE, "my sister Sorrel"),
        (Fact(kind="place", label="gym", value="Ironworks Nine"), "at ironworks nine"),
    ],
)
def test_labels_with_a_value(fact: Fact, label: str) -> None:
    """A label in which a declared value stands, in whatever writing, is found."""
    assert holds_value(label, [fact])


@pytest.mark.parametrize(
    "label",
    [
        "home", "my blog", "mobile", "photo 12", "holiday photos 2024", "work e-mail", "old forum", "running app", "school", "car",
        "birthday", "second page", "4", "ME", "row", "the bay", "lane", "phone 555", "at 44", "12", "February", "bakery", "hill",
    ],
)  # fmt: skip
def test_ordinary_labels(label: str) -> None:
    """Ordinary labels pass beside a full set of facts."""
    facts = [HOME, LINE, PHONE, EMAIL, HANDLE, NAME, BIRTH, PLATE, WORK, SCHOOL, RELATIVE]
    assert not holds_value(label, facts)


def test_every_label_is_looked_at() -> None:
    """Labels of facts and of sources are both compared with every fact, and the value is not repeated."""
    held = "[[{}]] number 1: key 'label' holds one of your details"
    bad_fact = Subject(facts=(Fact(kind="phone", label="larch row", value="+1 207 555 0142"), HOME))
    bad_source = Subject(facts=(HOME,), sources=(Source(label="Marrow Bay", kind=SourceKind.PHOTOS, path="p"),))
    for subject, table in ((bad_fact, "fact"), (bad_source, "source")):
        with pytest.raises(SubjectError) as caught:
            check_labels(subject, name="me.toml")
        said = str(caught.value)
        assert held.format(table) in said
        assert "larch" not in said.lower()
        assert "marrow" not in said.lower()


def test_refused_in_a_file() -> None:
    """The refusal stands in the reading of a file."""
    text = '[[fact]]\nkind = "name"\nlabel = "Wren"\nvalue = "Wren Hollis"\n'
    with pytest.raises(SubjectError, match="holds one of your details"):
        loads(text, name="me.toml", folder=Path())


def test_fold() -> None:
    """Folding takes off accents, widths, capitals and signs."""
    assert fold("Straße É ｗ①Ⅻ o'b-c_d") == ["strasse", "e", "w1xii", "o", "b", "c", "d"]


@settings(max_examples=100, deadline=None, derandomize=True)
@given(
    st.text(alphabet="abcdefghij", min_size=3, max_size=12), st.text(max_size=10), st.text(max_size=10), st.booleans()
)
def test_a_name_is_always_found(word: str, before: str, after: str, shout: bool) -> None:
    """A name word standing between other signs is found, in capitals or not."""
    label = f"{before} {word.upper() if shout else word} {after}"
    assert holds_value(label, [Fact(kind="name", label="me", value=f"X {word}")])


@settings(max_examples=100, deadline=None, derandomize=True)
@given(
    st.sampled_from([HOME, LINE, PHONE, EMAIL, HANDLE, NAME, BIRTH, PLATE, WORK, SCHOOL, RELATIVE]),
    st.text(max_size=60),
)
def test_any_label(fact: Fact, label: str) -> None:
    """Any label is judged without an exception, and the whole value is always found."""
    holds_value(label, [fact])
    assert holds_value(fact.line, [fact])


@settings(max_examples=60, deadline=None, derandomize=True)
@given(
    st.sampled_from(["name", "address", "phone", "email", "handle", "birth_date", "plate", "employer", "place"]),
    st.text(max_size=60),
)
def test_any_value(kind: str, value: str) -> None:
    """Any value is compared without an exception, and an empty one is in no label."""
    facts = [Fact(kind=kind, label="x", value=value, street=value, town=value, postcode=value)]
    held = holds_value("my blog 1984 555 0142", facts)
    assert not (held and not any(sign.isalnum() for sign in value))


@pytest.mark.parametrize("sign", ["a", "a ", "1", "a,", "①", "é"])
def test_work_grows_with_the_value(sign: str) -> None:
    """Twice as many facts take at most three times the work."""
    facts = [
        Fact(kind=kind, label="x", value=sign * 250)
        for kind in ("name", "address", "phone", "email", "handle", "plate")
    ]

    def look(facts: list[Fact]) -> None:
        assert not holds_value("my blog", facts)

    grows_in_step(lambda count: facts * count, look, 20)
