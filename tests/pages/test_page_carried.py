"""State that scripts carry as text within text is found; nothing is run, and nothing of it costs too much."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.growth import grows_in_step

from unlisted.extract.page import read_page
from unlisted.extract.page.carried import MAX_CALLS, MAX_TABLE, MAX_TEXTS, parsed, pushed, resolved, rows

PROFILE = {"user": {"bio": "Baker in Wexmoor", "handle": "tam"}}


def data(html: str) -> list[tuple[str | None, str]]:
    page = read_page(html.encode(), url="https://x.example/")
    return [(block.locator.name, block.text) for block in page.blocks if block.locator.part == "data"]


@pytest.mark.parametrize(
    ("script", "values"),
    [
        ('window.a = JSON.parse("{\\"a\\": 1}");', [{"a": 1}]),
        ('x = JSON.parse(\'{"a": "it\\\'s"}\')', [{"a": "it's"}]),
        (r"x = JSON.parse('\u007b\u0022a\u0022: \x31}')", [{"a": 1}]),
        ("JSON.parse('[1]'); JSON.parse( \"[2]\" )", [[1], [2]]),
        ("JSON.parse(text); JSON.parse('{')", []),
        ("JSON.parse('never ends", []),
        ("", []),
    ],
)
def test_what_a_script_parses_is_found(script: str, values: list[Any]) -> None:
    """Double and single quotes, with the escapes that templates write."""
    assert parsed(script) == values


def test_rows_that_are_pushed_piece_by_piece_are_put_together() -> None:
    """A row may begin in one script and end in the next; rows that are no JSON are passed over."""
    text = "0:I[123]\n1:" + json.dumps(["$", "div", None, PROFILE]) + "\n2:T5,words\na:{broken\n"
    halves = (text[:30], text[30:])
    scripts = "".join(f"<script>self.__next_f.push({json.dumps([1, half])})</script>" for half in halves)
    assert pushed(f"self.__next_f.push({json.dumps([1, 'a'])});self.__next_f.push([0])") == "a"
    assert rows(text) == [["$", "div", None, PROFILE]]
    assert data(f"<p>x</p>{scripts}") == [("bio", "Baker in Wexmoor")]


def test_a_table_of_references_is_read_as_objects() -> None:
    """As Nuxt and SvelteKit write it: each value is the number of an entry; numbers below nought stand for nothing."""
    table = [["ShallowReactive", 1], {"data": 2, "none": -1}, {"city": 3, "lat": 4, "lng": 5}, "Wexmoor", 44.5, -68.25]
    html = f'<script type="application/json" id="__NUXT_DATA__">{json.dumps(table)}</script>'
    assert data(html) == [("city", "Wexmoor"), ("position", "44.5, -68.25")]


@pytest.mark.parametrize(
    "value", [{"a": 1}, [1, 2], [{"lat": 44.5}], [{"a": 9}], [{"a": True}], [{"a": "x"}, "y"], [], "x", None, 7]
)
def test_other_values_are_no_tables(value: Any) -> None:
    """Real numbers, texts and entries that are not there: the value stays as it is."""
    assert resolved(value) == value


def test_a_very_long_table_stays_as_it_is() -> None:
    """It would cost too much to resolve."""
    long = [{"a": 0}] * (MAX_TABLE + 1)
    assert resolved(long) is long


def test_the_number_of_texts_of_one_script_is_bounded() -> None:
    """The rest is not read."""
    assert len(parsed("JSON.parse('[]');" * (MAX_CALLS + 50))) == MAX_CALLS
    assert len(rows("0:[]\n" * (MAX_TEXTS + 50))) == MAX_TEXTS


GROWING: dict[str, Callable[[int], str]] = {
    "calls without an end": lambda n: "JSON.parse('" * n,
    "calls with lists": lambda n: "JSON.parse([" * n,
    "pushes": lambda n: '__next_f.push([1,"' * n,
    "rows": lambda n: "__next_f.push([1," + json.dumps("1:[\n" * n) + "])",
    "escapes": lambda n: "JSON.parse('" + "\\u0022" * n + "')",
}


@pytest.mark.parametrize("name", list(GROWING))
def test_twice_the_script_costs_at_most_three_times_the_work(name: str) -> None:
    """Growth, not a clock."""
    grows_in_step(GROWING[name], lambda script: (parsed(script), rows(pushed(script))), 20_000)


@given(st.text(alphabet="JSON.parse('\"\\{}[]:,01au\n", max_size=200))
@settings(max_examples=100, deadline=None, derandomize=True)
def test_no_script_raises(text: str) -> None:
    """Whatever stands in it."""
    assert isinstance(parsed(f"JSON.parse({text}"), list)
    assert isinstance(rows(pushed(f"__next_f.push({text}")), list)
