"""No limit of the page reader cuts in silence: what is left out is said, and what is whole says nothing."""

from __future__ import annotations

import json
from collections.abc import Callable

import pytest

from unlisted.extract.page import carried, jsontext, links, meta, microdata, read_page, schema, state, walk
from unlisted.extract.page import read as reading
from unlisted.extract.page.blocks import MAX_BLOCK
from unlisted.extract.page.fields import MAX_VALUE, is_cut
from unlisted.extract.page.jsontext import MAX_JSON, MAX_JSON_DEPTH
from unlisted.extract.page.read import TOO_MUCH
from unlisted.extract.page.state import PARTLY
from unlisted.model import Page

PHONE = "207 555 0199"
DEEP = "[" * (MAX_JSON_DEPTH + 1) + "]" * (MAX_JSON_DEPTH + 1)


def page_of(html: str) -> Page:
    return read_page(f"<p>words of a page</p>{html}".encode(), url="https://wren.example/me")


def stored(value: object) -> str:
    """State as Next.js keeps it."""
    return f'<script id="__NEXT_DATA__" type="application/json">{json.dumps(value)}</script>'


def script(text: str) -> str:
    return f"<script>{text}</script>"


def push(text: str) -> str:
    return f"self.__next_f.push({json.dumps([1, text])})"


def told(html: str) -> bool:
    """Whether the telling phone number is in what was read."""
    return any(PHONE in block.text for block in page_of(html).blocks)


STATES: dict[str, Callable[[int], str]] = {
    "texts of one value": lambda n: stored([{"city": "Wexmoor"}] * n + [{"phone": PHONE}]),
    "texts of several values": lambda n: stored([{"city": "Wexmoor"}] * n) + stored({"phone": PHONE}),
    "assignments": lambda n: script('window.a={"b":1};' * n + f'window.z={{"phone":"{PHONE}"}}'),
    "calls": lambda n: script("JSON.parse('[]');" * n + f'JSON.parse(\'{{"phone":"{PHONE}"}}\')'),
    "texts of one call": lambda n: script(f"self.__next_f.push({json.dumps(['0:[1]'] * n + [PHONE])})"),
    "rows": lambda n: script(push("0:[1]\n" * n + f'1:{{"phone":"{PHONE}"}}\n')),
}


@pytest.mark.parametrize("name", list(STATES))
def test_state_beyond_a_limit_is_said(name: str) -> None:
    """Whatever stands behind the limit could be the very thing that was declared."""
    few, many = page_of(STATES[name](20)), page_of(STATES[name](600))
    assert few.skipped == ()
    assert many.skipped == (PARTLY,)
    assert not told(STATES[name](600))


@pytest.mark.parametrize("name", [name for name in STATES if name != "texts of one call"])
def test_state_within_the_limits_is_read(name: str) -> None:
    """The same pages with less in them."""
    assert told(STATES[name](20))


@pytest.mark.parametrize(
    "html",
    [
        stored({"bio": "word " * MAX_VALUE}),
        script("window.a=" + "[" * 200_000),
        script(f"JSON.parse('{DEEP}')"),
        script(push(f"0:{DEEP}\n")),
        script("self.__next_f.push(" + "[" * 200_000),
        script(" " * MAX_JSON + 'window.a={"b":1}'),
        script(" " * MAX_JSON + "JSON.parse('[]')"),
        script(push("0:[1]\n" * 80_000)) + script(push("0:[1]\n" * 80_000)),
    ],
    ids=[
        "a long text",
        "a deep value",
        "a deep text",
        "a deep row",
        "a deep call",
        "long",
        "long with a call",
        "long rows",
    ],
)
def test_state_that_is_too_long_or_too_deep_is_said(html: str) -> None:
    """Each limit by itself."""
    assert page_of(html).skipped == (PARTLY,)


def test_a_long_script_without_state_says_nothing() -> None:
    """Nor do values that are no JSON: they are code, and code is not read."""
    assert page_of(script("x(1);" * (MAX_JSON // 5 + 10))).skipped == ()
    assert page_of(script("window.a={b:1};JSON.parse(text);window.c = [{d: 1}]")).skipped == ()


def test_values_beyond_their_number_are_said(monkeypatch: pytest.MonkeyPatch) -> None:
    """Those of a state, and the entries of a table of references."""
    monkeypatch.setattr(state, "MAX_VALUES", 10)
    assert page_of(stored([{"a": 1}] * 20)).skipped == (PARTLY,)
    monkeypatch.undo()
    monkeypatch.setattr(carried, "MAX_TABLE", 10)
    assert page_of(stored([{"phone": 1}, PHONE] * 20)).skipped == (PARTLY,)


def test_a_long_number_hides_nothing() -> None:
    """In each of the forms in which a state can stand; Python refuses whole numbers of more than 4,300 digits."""
    value = f'{{"phone":"{PHONE}","n":{"9" * 5_000}}}'
    parsed, pushed = json.dumps(value), json.dumps([1, f"0:{value}\n"])[:-1] + f",{'9' * 5_000}]"
    for text in (f"window.a={value}", f"JSON.parse({parsed})", f"self.__next_f.push({pushed})"):
        assert told(script(text)), text[:20]


@pytest.mark.parametrize(
    ("module", "limit", "html"),
    [
        (walk, "MAX_LINKS", "<div itemscope></div>"),
        (walk, "MAX_LINKS", "<img src=a.png>"),
        (walk, "MAX_LINKS", "<time datetime=2026-01-01>x</time>"),
        (reading, "MAX_TIMES", "<time datetime=2026-01-01>x</time>"),
        (reading, "MAX_TEMPLATES", "<template><p>x</p></template>"),
        (meta, "MAX_META", "<meta name=author content=x>"),
        (microdata, "MAX_ITEMS", "<div itemscope></div>"),
        (microdata, "MAX_PROPERTIES", "<div itemscope><i itemprop=a>x</i><i itemprop=b>y</i></div>"),
        (schema, "MAX_NODES", '<script type="application/ld+json">[{"@type":"Person"},{"@type":"Person"}]</script>'),
        (reading, "MAX_DESCRIPTIONS", '<script type="application/ld+json">{"description":"words"}</script>'),
    ],
)
def test_other_things_beyond_their_number_are_said(
    module: object, limit: str, html: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Set low here, so that a few are too many."""
    monkeypatch.setattr(module, limit, 3)
    assert page_of(html).skipped == ()
    assert page_of(html * 8).skipped == (TOO_MUCH,)


LONG = "word " * MAX_VALUE


@pytest.mark.parametrize(
    "html",
    [
        f"<title>{LONG}</title>",
        f"<meta name=description content='{LONG}'>",
        f"<meta name=geo.placename content='{LONG}'>",
        f'<script type="application/ld+json">{{"description":"{LONG}"}}</script>',
        '<script type="application/ld+json">{"a":[' + "1," * (schema.MAX_LIST + 1) + "1]}</script>",
        "<a href='mailto:" + "wren@mail.example," * (links.MAX_ADDRESSES + 1) + "'>x</a>",
        "<div itemscope itemref='" + "a " * (microdata.MAX_REFERRED + 1) + "'></div>",
        "<div itemscope><i itemprop='" + "a " * (microdata.MAX_NAMES + 1) + "'>x</i></div>",
        "<div itemscope itemprop=a>" * (microdata.MAX_DEPTH + 2),
    ],
    ids=["title", "meta", "place", "description", "list", "addresses", "itemref", "itemprop", "depth"],
)
def test_one_thing_that_is_too_long_is_said(html: str) -> None:
    """A cut within a text is a cut."""
    assert page_of(html).skipped == (TOO_MUCH,)


def test_a_long_heading_is_read_whole() -> None:
    """As several texts, like any other."""
    page = page_of(f"<h2>{'word ' * MAX_BLOCK}{PHONE}</h2>")
    assert page.skipped == ()
    assert any(PHONE in block.text for block in page.blocks)
    assert max(len(block.text) for block in page.blocks) <= MAX_BLOCK


def test_a_large_state_takes_no_place_from_descriptions() -> None:
    """Each kind of text has a number of its own."""
    html = stored([{"city": "Wexmoor"}] * 300)
    assert told(f'{html}<script type="application/ld+json">{{"description":"call {PHONE}"}}</script>')


def test_white_space_is_no_part_of_a_text() -> None:
    """It is folded before anything is cut."""
    assert not is_cut("word" + " " * 3 * MAX_VALUE)
    assert is_cut("x" * (MAX_VALUE + 1))
    assert not is_cut("x" * MAX_VALUE)
    assert jsontext.DECODER.decode("9" * 50) == "9" * 40
