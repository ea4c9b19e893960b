"""Leftovers of markup and transport, and characters that nobody sees: resolved in place, whatever kind of fact they hide."""

from __future__ import annotations

import json
from collections.abc import Callable
from functools import cache

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from unlisted.extract.declared import Matcher
from unlisted.extract.declared.clear import UNSEEN, clear
from unlisted.model.subject import Fact

FACTS = (
    Fact(kind="address", label="us", value="27 Larch Row, Apt 4, Marrow Bay, ME 04000", region="US"),
    Fact(kind="address", label="de", value="Lärchenstraße 21, 48999 Münsterau", region="DE"),
    Fact(kind="address", label="fr", value="14 Boulevard du Général Aubépine, 69999 Lyonceau", region="FR"),
    Fact(kind="address", label="dk", value="Lærkehegnsvej 12, 8999 Aarholm", region="DK"),
    Fact(kind="address", label="br", value="Rua do Carvalhal, 59 - Apto 31, Florinda - SC, 88999-400", region="BR"),
    Fact(kind="phone", label="phone", value="+49 30 23125 013", region="DE"),
    Fact(kind="email", label="mail", value="ada.lark7@mail.example.org"),
    Fact(kind="name", label="name", value="Chloë Lärkfield"),
    Fact(kind="birth_date", label="birth", value="17 May 1986", region="GB"),
    Fact(kind="plate", label="car", value="LR70 XYZ", region="GB"),
    Fact(kind="employer", label="work", value="Northlight Optics"),
)
Rewrite = Callable[[str], str]


def letters(text: str, first: int) -> str:
    """Latin letters as those of another alphabet of 52, which begins at a code point."""
    small, large = ord("a") - 26, ord("A")
    return "".join(
        chr(first + ord(c) - (large if c.isupper() else small)) if c.isascii() and c.isalpha() else c for c in text
    )


DISGUISES: dict[str, Rewrite] = {
    "NUL characters": "\x00".join,
    "bells": "\x07".join,
    "escapes": "\x1b".join,
    "deletes": "\x7f".join,
    "C1 controls": "\x9b".join,
    "a NUL in the middle": lambda v: v[: len(v) // 2] + "\x00" + v[len(v) // 2 :],
    "zero-width spaces": "\u200b".join,
    "zero-width joiners": "\u200d".join,
    "word joiners": "\u2060".join,
    "soft hyphens": "\u00ad".join,
    "byte order marks": "\ufeff".join,
    "directions": lambda v: f"\u202b{v}\u202c",
    "lines below": lambda v: "".join(f"{c}\u0332" if c.isalnum() else c for c in v),
    "tabs": lambda v: v.replace(" ", "\t"),
    "no-break spaces": lambda v: v.replace(" ", "\u00a0"),
    "thin spaces": lambda v: v.replace(" ", "\u2009"),
    "full width": lambda v: "".join(chr(ord(c) + 0xFEE0) if "!" <= c <= "~" else c for c in v),
    "bold letters": lambda v: letters(v, 0x1D400),
    "letters without serifs": lambda v: letters(v, 0x1D5A0),
    "typed letters": lambda v: letters(v, 0x1D670),
    "entities for all": lambda v: "".join(f"&#{ord(c)};" for c in v),
    "hex entities for all": lambda v: "".join(f"&#x{ord(c):X};" for c in v),
    "entities for accents": lambda v: "".join(f"&#{ord(c)};" if ord(c) > 127 else c for c in v),
    "named entities": lambda v: (
        v.replace("ä", "&auml;").replace("ß", "&szlig;").replace("ü", "&uuml;").replace("é", "&eacute;")
    ),
    "entities for spaces": lambda v: v.replace(" ", "&nbsp;"),
    "entities, escaped twice": lambda v: v.replace(" ", "&amp;nbsp;").replace("ä", "&amp;auml;"),
    "percent signs for spaces": lambda v: v.replace(" ", "%20"),
    "percent signs for accents": lambda v: "".join(
        "".join(f"%{b:02X}" for b in c.encode()) if ord(c) > 127 else c for c in v
    ),
    "JSON": json.dumps,
    "bold tags": lambda v: " ".join(f"<b>{word}</b>" for word in v.split(" ")),
    "spans": lambda v: " ".join(f'<span class="x">{word}</span>' for word in v.split(" ")),
    "break hints": lambda v: v.replace("r", "r<wbr>"),
    "quotes": lambda v: f"> {v}",
    "stars": lambda v: f"**{v}**",
}


@cache
def matcher(number: int) -> Matcher:
    """What looks for the fact of this number; built once."""
    return Matcher([FACTS[number]])


@pytest.mark.parametrize("number", range(len(FACTS)), ids=[fact.label for fact in FACTS])
@pytest.mark.parametrize("disguise", DISGUISES.values(), ids=DISGUISES)
def test_no_fact_is_hidden_by_how_it_is_stored(number: int, disguise: Rewrite) -> None:
    """What a reader of the page sees is what counts."""
    found = matcher(number).find(f"so here: {disguise(FACTS[number].value or '')} and on")
    assert "same" in {match.level for match in found}


@pytest.mark.parametrize("number", range(len(FACTS)), ids=[fact.label for fact in FACTS])
@pytest.mark.parametrize("disguise", ["NUL characters", "percent signs for spaces", "entities, escaped twice", "JSON"])
def test_the_place_of_a_hidden_fact_is_in_the_text_as_given(number: int, disguise: str) -> None:
    """Offsets count the characters of the original, hidden ones too."""
    value = FACTS[number].value or ""
    text = f"so here: {DISGUISES[disguise](value)} and on"
    match = next(match for match in matcher(number).find(text) if match.level == "same")
    assert len("so here: ") <= match.start < match.end <= len(text) - len(" and on")


@pytest.mark.parametrize(
    ("coded", "plain"),
    [
        ("a&amp;b", "a&b"),
        ("&#228;", "ä"),
        ("&#xE4;", "ä"),
        ("&auml;", "ä"),
        ("&amp;auml;", "ä"),
        ("&szlig;", "ß"),
        ("%C3%A4", "ä"),
        ("%20", " "),
        ("100%", "100%"),
        ("%FF", "%FF"),
        ("\\u00e4", "ä"),
        ("\\n", "\n"),
        ("&zzzz;", "&zzzz;"),
        ("a\tb", "a b"),
        ("a\x00b", "ab"),
        ("50%40", "50@"),
        ("&", "&"),
        ("plain", "plain"),
        ("line\nline", "line\nline"),
    ],
)
def test_a_coded_sign_becomes_the_sign(coded: str, plain: str) -> None:
    """Codes that stand for nothing stay as they are."""
    assert clear(coded).replace(UNSEEN, "") == plain


@settings(max_examples=100, deadline=None, derandomize=True)
@given(st.text(alphabet=st.sampled_from("ab&#x;%2C3A4\\u0e n\x00\x1f\t<>"), max_size=60))
def test_a_cleared_text_keeps_its_length(text: str) -> None:
    """Every offset stays true, whatever is decoded."""
    assert len(clear(text)) == len(text)


@pytest.mark.parametrize("text", ["\x00", "\x00" * 50, "%00", "&#0;", "\\u0000", "&#1114112;", "\\ud800", "%ED%A0%80"])
def test_codes_of_nothing_raise_nothing(text: str) -> None:
    """Signs that do not exist are no error."""
    assert Matcher(FACTS).find(text * 3) == []
