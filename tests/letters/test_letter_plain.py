"""Values as they may stand in a letter."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from unlisted.model import Fact, Subject
from unlisted.remedy.plain import MAX_ADDRESS, MAX_VALUE, Guard, mail_address, one_line, secrets, web_address, words_of


@pytest.mark.parametrize(
    ("value", "line"),
    [
        ("  Wren \t Halloway\r\n", "Wren Halloway"),
        ("a\u202eb\u2066c", "abc"),
        ("a\x00b", "a b"),
        ("a\u2028b", "a b"),
        ("cafe\u0301", "café"),
        ("می\u200cخواهم", "می\u200cخواهم"),
        ("", ""),
    ],
)
def test_one_line(value: str, line: str) -> None:
    """A value becomes one line in its own script, without marks that turn the direction."""
    assert one_line(value) == line


def test_long_values_are_cut() -> None:
    """A value above the limit is cut and marked."""
    cut = one_line("x" * 10_000)
    assert (len(cut), cut[-1]) == (MAX_VALUE, "…")


@settings(max_examples=100, deadline=None, derandomize=True)
@given(value=st.text())
def test_one_line_is_stable(value: str) -> None:
    """Doing it twice changes nothing, and there is never a line break or a value above the limit."""
    line = one_line(value)
    assert one_line(line) == line
    assert len(line.splitlines()) <= 1
    assert len(line) <= MAX_VALUE


@pytest.mark.parametrize(
    ("value", "address"),
    [
        ("https://peekabook.example/a?b=c#d", "https://peekabook.example/a?b=c"),
        ("http://127.0.0.1:8080/x", "http://127.0.0.1:8080/x"),
        ("https://me:word@peekabook.example/", "https://peekabook.example/"),
        ("javascript:alert(1)", None),
        ("https://peekabook.example/a b", None),
        ("https://peekabook.example/\r\nBcc:x", None),
        ("https://[::1", None),
        ("https://peekabook.example:port/", None),
        ("https:///x", None),
        ("https://peekabook.example/" + "a" * MAX_ADDRESS, None),
        ("", None),
        (None, None),
    ],
)
def test_web_address(value: str | None, address: str | None) -> None:
    """Only a plain web address is quoted, without user name, password or fragment."""
    assert web_address(value) == address


@pytest.mark.parametrize(
    ("value", "usable"), [("a@b.example", True), ("a@b", False), ("<a@b.example>", False), ("a@b.example\n", False)]
)
def test_mail_address(value: str, usable: bool) -> None:
    """Only one plain e-mail address is used."""
    assert (mail_address(value) == value) is usable


def test_words() -> None:
    """Case, accents and signs do not matter."""
    assert words_of("José-María, 27_Larch") == ["jose", "maria", "27", "larch"]


SECRETS = (
    Fact(kind="name", label="n", value="Wren Halloway", aliases=("Birdie",), secret=True),
    Fact(kind="phone", label="p", value="+1 207 555 0100", secret=True),
    Fact(kind="address", label="a", street="27 Larch Row", town="Marrow Bay", postcode="04000", secret=True),
    Fact(kind="plate", label="k", value="AB1", secret=True),
    Fact(kind="place", label="s", lat=44.1, lon=-68.2, secret=True),
    Fact(kind="email", label="e", value="open@mail.example"),
)


@pytest.mark.parametrize(
    "text",
    [
        "Wren",
        "WREN Q HALLOWAY",
        "https://x.example/halloway-wren",
        "birdie was here",
        "(207) 555-0100",
        "2075550100",
        "https://x.example/27%20Larch%20Row",
        "https://x.example/27%2520larch%2520row",
        "in Marrow  Bay",
        "zip 04000",
        "ab1",
        "44.1000",
    ],
)
def test_a_secret_is_seen_however_it_is_written(text: str) -> None:
    """Signs, order, case, accents and percent signs do not hide a secret."""
    assert secrets(Subject(facts=SECRETS)).holds(text)


@pytest.mark.parametrize("text", ["", "https://x.example/4711", "Swren", "xab1x", "open@mail.example", "555"])
def test_what_is_no_secret(text: str) -> None:
    """Other words, parts of words and facts that are not secret pass."""
    assert not secrets(Subject(facts=SECRETS)).holds(text)


def test_no_facts_no_secret() -> None:
    """Without facts nothing is held back."""
    assert not Guard.against(()).holds("anything at all")


def test_a_guard_shows_nothing() -> None:
    """Printed, it holds no value."""
    assert "halloway" not in repr(secrets(Subject(facts=SECRETS))).lower()


@pytest.mark.parametrize("state", ["ME", "Maine"])
def test_the_state_of_a_secret_address_is_a_secret(state: str) -> None:
    """A page's address or a region that names the state of a secret address is left blank."""
    guard = Guard.against((Fact(kind="address", label="new home", state=state, secret=True),))
    assert guard.holds(f"https://www.peekabook.example/{state.lower()}/4711")
    assert guard.holds(state)
    assert not guard.holds("https://www.peekabook.example/home/4711")


@pytest.mark.parametrize(
    ("secret", "text"),
    [
        ("Jürgen Möller", "https://x.example/juergen-moeller"),
        ("Jürgen Möller", "https://x.example/jurgen-moller"),
        ("Jürgen Möller", "https://möller.example/"),
        ("Jürgen Möller", "https://xn--mller-jua.example/"),
        ("Søren Ørsted", "https://x.example/soren"),
        ("Søren Ørsted", "https://x.example/oersted"),
        ("Łukasz Wójcik", "lukasz wojcik"),
        ("Þóra Æsisdóttir", "thora-aesisdottir"),
        ("張偉", "https://x.example/%E5%BC%B5%E5%81%89%E7%9A%84"),
        ("สมชาย", "คุณสมชายอยู่ที่นี่"),
        ("مريم الحسن", "صفحة مريم"),
    ],
)
def test_a_secret_name_is_seen_in_other_letters(secret: str, text: str) -> None:
    """Names without their accents, with the letters that stand in for them, in an encoded host, or in a script without spaces."""
    assert Guard.against((Fact(kind="name", label="n", value=secret, secret=True),)).holds(text)


@pytest.mark.parametrize(
    ("text", "told"),
    [("born 1987-03-09", True), ("09.03.1987", True), ("3/9/1987", False), ("03/09/1987", True), ("1987", False)],
)
def test_a_secret_birth_date_is_seen_in_each_order(text: str, told: bool) -> None:
    """Year first, day first or month first, with two digits each; a year alone is not the date."""
    guard = Guard.against((Fact(kind="birth_date", label="b", value="1987-03-09", secret=True),))
    assert guard.holds(text) is told


def test_a_broken_host_is_no_error() -> None:
    """A host that only looks encoded is read as it stands."""
    guard = Guard.against((Fact(kind="name", label="n", value="Wren Halloway", secret=True),))
    assert not guard.holds("https://xn--99999999999999.example/ xn--a xn--\u00e4")
