"""A subject that is written reads back as the same subject."""

from __future__ import annotations

import tomllib
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from unlisted.model.subject import Fact, Source, SourceKind, Subject
from unlisted.sources.subject_file import dumps, holds_value, loads
from unlisted.sources.subject_file.schema import unseen

SIGNS = st.characters(exclude_categories=["Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"])
TEXT = st.text(SIGNS, min_size=1, max_size=30).filter(lambda text: text == text.strip() and bool(text))
LAT = st.floats(min_value=0.001, max_value=90)
LON = st.floats(min_value=-180, max_value=180)
FLAG = st.booleans()
MAYBE = st.none() | TEXT
BY_KIND = {
    "phone": st.from_regex(r"[+]1 [2-9][0-9]{2} 555 01[0-9]{2}", fullmatch=True),
    "email": TEXT.map(lambda text: f"{text}@mail.example"),
    "birth_date": st.dates(min_value=date(1900, 1, 1)).map(str),
}
"""Values that the file accepts only in a shape."""


@st.composite
def facts(draw: st.DrawFn) -> Fact:
    """A fact of any kind that a file can hold."""
    kind = draw(
        st.sampled_from(["name", "handle", "phone", "email", "birth_date", "employer", "school", "relative", "plate"])
    )
    region = draw(st.sampled_from([None, "US", "GB", "DE"]))
    aliases = tuple(draw(st.lists(TEXT, max_size=3)))
    if draw(FLAG):
        value = draw(BY_KIND.get(kind, TEXT))
        return Fact(kind=kind, label="x", value=value, region=region, secret=draw(FLAG), aliases=aliases)
    placed = draw(FLAG)
    return Fact(
        kind=draw(st.sampled_from(["address", "place"])),
        label="x",
        value=draw(MAYBE),
        region=region,
        secret=draw(FLAG),
        street=draw(MAYBE),
        unit=draw(MAYBE),
        town=draw(TEXT),
        state=draw(MAYBE),
        postcode=draw(MAYBE),
        lat=draw(LAT) if placed else None,
        lon=draw(LON) if placed else None,
        aliases=aliases,
        photo=None if placed else draw(st.sampled_from([None, "/folder/photo.jpg"])),
    )


@st.composite
def sources(draw: st.DrawFn) -> Source:
    """A source of any kind."""
    kind = draw(st.sampled_from(SourceKind))
    web = kind in {SourceKind.PAGE, SourceKind.LISTING, SourceKind.ACCOUNT, SourceKind.FEED}
    saved = kind in {SourceKind.FILE, SourceKind.LISTING} and draw(FLAG)
    return Source(
        label="x",
        kind=kind,
        address="https://blog.example/ä b?q=\"'" if web or saved else None,
        path=None
        if web and not saved
        else str(Path("/folder") / draw(st.sampled_from(["a", 'b"c', "d\\e", "ü", "sp ace"]))),
        service="mastodon" if kind is SourceKind.ACCOUNT else None,
        mine=draw(FLAG),
        note=draw(MAYBE),
    )


def labelled(items: list[Fact], found: list[Source], *, allow: bool) -> Subject:
    """A subject whose labels are unique and hold no value."""
    names = [f"{first}{second}" for first in "qzwk" for second in ("qqq", "zzz", "wkw")]
    free = [name for name in names if not holds_value(name, items)]
    named = tuple(replace(item, label=name) for item, name in zip(items, free, strict=False))
    places = tuple(replace(item, label=name) for item, name in zip(found, free, strict=False))
    allowed = tuple(fact.label for fact in named if not fact.secret) if allow else ()
    return Subject(
        country="GB", languages=("en", "fr"), timezone="Europe/Paris", facts=named, sources=places, allow=allowed
    )


@settings(max_examples=100, deadline=None, derandomize=True)
@given(st.lists(facts(), max_size=4), st.lists(sources(), max_size=4), FLAG)
def test_round_trip(items: list[Fact], found: list[Source], allow: bool) -> None:
    """Whatever a subject holds, what is written reads back as an equal subject, and is the same text the second time."""
    subject = labelled(items, found, allow=allow)
    text = dumps(subject)
    assert loads(text, name="me.toml", folder=Path("/other")) == subject
    assert dumps(loads(text, name="me.toml", folder=Path("/other"))) == text


def test_empty_subject() -> None:
    """The smallest subject is written and read."""
    assert loads(dumps(Subject()), name="me.toml", folder=Path()) == Subject()


@settings(max_examples=100, deadline=None, derandomize=True)
@given(st.text(st.characters(exclude_categories=["Cs"]), max_size=40))
def test_any_text_is_quoted(text: str) -> None:
    """Any text that TOML can hold is quoted so that it comes back as it was."""
    data = tomllib.loads(dumps(Subject(facts=(Fact(kind="name", label="x", value=text),))))
    assert data["fact"][0]["value"] == text


@pytest.mark.parametrize("number", [1e-7, 1.0, -0.5, 44.123456789012345, 89.99999999999999, 5e-324])
def test_numbers(number: float) -> None:
    """A position comes back to the last digit."""
    subject = Subject(facts=(Fact(kind="place", label="gym", lat=number, lon=2.5),))
    assert loads(dumps(subject), name="me.toml", folder=Path()) == subject


def test_text_cannot_break_out() -> None:
    """A value that looks like TOML stays a value."""
    subject = Subject(facts=(Fact(kind="name", label="me", value='Wren"]\\n[[source]] page = "'),))
    assert loads(dumps(subject), name="me.toml", folder=Path()) == subject


def test_unseen() -> None:
    """Signs that nobody sees are told apart from letters of any script."""
    assert all(map(unseen, ("a\x00", "\u202e", "\u200b", "\n", "\ud800", "\u2028", "\ue000")))
    assert not any(map(unseen, ("Wren", "Łódź", "東京", "a b", "🙂", "")))
