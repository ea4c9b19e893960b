"""Page state: what scripts carry is searched for telling texts, within limits."""

from __future__ import annotations

import json
from typing import Any

import pytest

from unlisted.extract.page import read_page
from unlisted.extract.page.fields import CLEAN, Fields, moment, tidy
from unlisted.extract.page.state import MAX_ASSIGNMENTS, MAX_TEXTS, in_script, is_state, telling
from unlisted.model import Locator


@pytest.mark.parametrize(
    ("script", "expected"),
    [
        ('window.__STATE__ = {"a": 1};', [{"a": 1}]),
        ('window["__STATE__"]={"a":1}', [{"a": 1}]),
        ('self.data = [{"a": 1}]; var b = 2;', [[{"a": 1}]]),
        ('var profile = {\n  "a": 1\n};', [{"a": 1}]),
        ('const x = {"a": 1}; let y = {"b": 2}', [{"a": 1}, {"b": 2}]),
        ("var x = {a: 1};", []),
        ('x = {"a": 1};', []),
        ('window.a = {"a": };window.b = {"b": 2}', [{"b": 2}]),
        ("", []),
    ],
)
def test_json_that_a_script_assigns_to_a_page_wide_name(script: str, expected: list[Any]) -> None:
    """Plain JSON only: code is not run and not guessed at."""
    assert in_script(script) == expected


def test_the_number_of_assignments_is_bounded() -> None:
    """The rest is not read."""
    assert len(in_script('window.a={"b":1};' * (MAX_ASSIGNMENTS * 2))) == MAX_ASSIGNMENTS


@pytest.mark.parametrize(
    ("kind", "state"),
    [
        ("application/json", True),
        ("application/vnd.x+json", True),
        ("application/ld+json", False),
        ("text/javascript", False),
    ],
)
def test_types_of_scripts_that_hold_state(kind: str, state: bool) -> None:
    """JSON-LD is read for its fields instead."""
    assert is_state(kind) is state


def test_telling_keys_are_found_at_any_depth_in_any_spelling() -> None:
    """Places, contacts and bios; not settings."""
    state = {
        "user": {
            "homeLocation": "Wexmoor",
            "phone_number": "07700 900456",
            "Bio": "bells",
            "theme": "dark",
            "name": "x",
        },
        "map": [{"lat": 51.25, "lng": -1.5}, {"latitude": 51, "longitude": True}],
        "empty": {"city": "", "email": None},
    }
    assert telling(state) == [
        ("homelocation", "Wexmoor"),
        ("phonenumber", "07700 900456"),
        ("bio", "bells"),
        ("position", "51.25, -1.5"),
    ]


def test_the_number_of_texts_is_bounded() -> None:
    """A feed of a thousand posts gives the first ones."""
    assert len(telling([{"city": "Wexmoor"}] * (MAX_TEXTS * 3))) == MAX_TEXTS


def test_state_is_text_and_gives_no_field() -> None:
    """A state holds many people: only what the person declared can be found in it."""
    page = read_page(
        f'<script type="application/json">{json.dumps({"email": "a@b.example"})}</script>'.encode(), url=""
    )
    assert page.fields == ()
    assert [(block.text, block.locator.part, block.locator.name) for block in page.blocks] == [
        ("a@b.example", "data", "email")
    ]


@pytest.mark.parametrize(
    ("kind", "text", "value"),
    [
        ("email", "mailto:tam@oak.example?subject=x", "tam@oak.example"),
        ("email", "tam at oak", None),
        ("phone", "tel:+44 7700 900456;ext=1", "+44 7700 900456"),
        ("phone", "none", None),
        ("latitude", "51.25", "51.25"),
        ("latitude", "-90", "-90"),
        ("latitude", "90.1", None),
        ("latitude", "51,25", None),
        ("latitude", "5e1", None),
        ("longitude", "+180", "+180"),
        ("longitude", "١٢", None),
        ("website", "/x", "https://oak.example/x"),
        ("website", "../x?y#z", "https://oak.example/x?y#z"),
        ("website", "//other.example/x", "https://other.example/x"),
        ("website", "javascript:alert(1)", None),
        ("website", "data:text/html,x", None),
        ("website", "http://", None),
        ("website", "http://[", None),
        ("avatar", "HTTPS://P.example/a b", "https://P.example/a b"),
        ("created_at", "2012-05-27", "2012-05-27T00:00:00Z"),
        ("created_at", "2012-05-27T13:27:26+02:00", "2012-05-27T11:27:26Z"),
        ("created_at", "27 May 2012", None),
        ("created_at", "9999-12-31T23:59:59-23:00", None),
        ("nickname", "@tam", "tam"),
        ("nickname", "@", None),
        ("name", "HTTP://tam.example", None),
        ("location_text", "  Lower \n Wexmoor ", "Lower Wexmoor"),
    ],
)
def test_values_are_cleaned_by_their_kind(kind: str, text: str, value: str | None) -> None:
    """What is no value of its kind is no field."""
    fields = Fields("https://oak.example/dir/page")
    fields.add(kind, text, Locator())
    found = [item.value for item in fields.all()]
    assert [v.casefold() for v in found] == ([value.casefold()] if value else [])


@pytest.mark.parametrize("value", [None, True, False, [], {}, b"x", "", "   "])
def test_other_types_and_empty_text_are_no_values(value: object) -> None:
    """Sources hold anything."""
    fields = Fields("")
    fields.add("name", value, Locator())
    assert fields.all() == ()


def test_the_first_place_of_a_value_is_kept() -> None:
    """One value once."""
    fields = Fields("")
    fields.add("name", "Tam", Locator(part="meta"))
    fields.add("name", " Tam ", Locator(part="card"))
    assert [(item.value, item.locator.part) for item in fields.all()] == [("Tam", "meta")]


def test_rooted_addresses_take_the_short_way_to_the_same_result() -> None:
    """The fast path gives what the standard library gives."""
    clean = CLEAN["website"]
    for base in ("https://oak.example/a/b?c", "http://oak.example:8080", "https://oak.example"):
        origin = base.split("/a")[0].rstrip("/")
        for path in ("/x", "/x/y.html?q=1#f", "/", "/a..b", "/%20"):
            assert clean(path, base) == origin + path
    assert clean("/../x", "https://oak.example/a/b") == "https://oak.example/x"
    assert clean("/a/../x", "https://oak.example/a/b") == "https://oak.example/x"


def test_texts_are_made_fit_to_be_written() -> None:
    """No NUL, no half surrogates, no endless length."""
    assert tidy("a\x00b\ud800c") == "a b?c"
    assert len(tidy("x" * 10_000)) == 2_000


@pytest.mark.parametrize("text", ["", "now", "2012", "2012-13-01", "99999-01-01", "2012-05-27T25:00"])
def test_what_is_no_time_is_none(text: str) -> None:
    """A bare year is no time either."""
    assert moment(text) is None
