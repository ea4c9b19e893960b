"""Microdata: our walker gives the same items as extruct."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import extruct
import pytest
from selectolax.lexbor import LexborHTMLParser

from unlisted.extract.page import read_page
from unlisted.extract.page.dom import TextBudget
from unlisted.extract.page.microdata import MAX_DEPTH, Microdata, ids_of
from unlisted.extract.page.walk import Walker

BASE = "https://x.example/dir/"

PERSON = '<div itemscope itemtype="https://schema.org/Person"'

PAGES = [
    f'{PERSON}><b itemprop="name">Tam</b> <i itemprop="jobTitle">baker</i></div>',
    f"""{PERSON}><a itemprop="url" href="/me">x</a><img itemprop="image" src="me.jpg">
    <link itemprop="sameAs" href="https://t.example/"><meta itemprop="telephone" content="1234567">
    <time itemprop="birthDate" datetime="1980-01-02">then</time><time itemprop="deathDate">never</time>
    <object itemprop="o" data="o.bin"></object><data itemprop="d" value="7">seven</data>
    <video itemprop="v" src="v.mp4"></video>
    <span itemprop="c" content="given">shown</span><meter itemprop="m" value="3"></meter></div>""",
    f"""{PERSON}><div itemprop="address" itemscope itemtype="https://schema.org/PostalAddress">
    <span itemprop="streetAddress">1 Oak Row</span><span itemprop="addressLocality">Wexmoor</span></div>
    <p itemprop="name">Tam</p></div>""",
    f"""<div itemscope itemtype="https://schema.org/Event">{PERSON}>
    <b itemprop="name">Alone</b></div><b itemprop="name">Fair</b></div>""",
    f"""{PERSON} itemref="more nowhere"><b itemprop="name">Tam</b></div>
    <p id="more" itemprop="email">tam@oak.example</p>""",
    f'{PERSON} itemid="#t"><b itemprop="name alternateName">Tam</b><b itemprop="name">T</b></div>',
    f'{PERSON}><p itemprop="description">a<script>no()</script><style>p{{}}</style>b</p></div>',
    "<p itemprop=name>no item around</p>",
]


def ours(html: str, base: str = BASE) -> list[dict[str, Any]]:
    tree = LexborHTMLParser(html)
    walker = Walker(TextBudget(1_000_000))
    assert tree.root is not None
    walker.walk(tree.root)
    found = []
    for marked in (None, walker.seen.marked):
        reader = Microdata(base, TextBudget(1_000_000), ids_of(tree), marked)
        items = (reader.item(node) for node, _ in walker.seen.items)
        found.append([plain(item) for item in items if item is not None])
    assert found[0] == found[1]
    return found[0]


def plain(value: Any) -> Any:
    """An item in a form that both readers share: text without white space, no empty parts."""
    if isinstance(value, dict):
        names = {"@type": "type", "@id": "id"}
        return {names.get(key, key): plain(inner) for key, inner in value.items() if inner not in ([], None)}
    if isinstance(value, list):
        return [plain(item) for item in value]
    return "".join(str(value).split())


def theirs(html: str, base: str = BASE) -> list[dict[str, Any]]:
    return [oracle(item) for item in extruct.extract(html, base_url=base, syntaxes=["microdata"])["microdata"]]


def oracle(item: dict[str, Any]) -> dict[str, Any]:
    """An item of extruct with its properties beside its type, every value in a list."""
    found: dict[str, Any] = (
        {"type": plain(item["type"] if isinstance(item["type"], list) else [item["type"]])} if "type" in item else {}
    )
    if "id" in item:
        found["id"] = plain(item["id"])
    for key, value in item.get("properties", {}).items():
        values = value if isinstance(value, list) else [value]
        found[key] = [oracle(inner) if isinstance(inner, dict) else plain(inner) for inner in values]
    return found


@pytest.mark.parametrize("html", PAGES)
def test_items_are_those_of_extruct(html: str) -> None:
    """Same items, same properties, same values."""
    assert ours(html) == theirs(html)


def test_items_of_the_rich_page_are_those_of_extruct() -> None:
    """The same holds for the page that the other tests use."""
    html = (Path(__file__).parent / "data" / "directory.html").read_text()
    assert len(ours(html)) == 3
    assert ours(html) == theirs(html)


def test_microdata_gives_fields_like_json_ld() -> None:
    """One reader serves both: the same node gives the same fields."""
    page = read_page(PAGES[2].encode(), url=BASE)
    assert {(item.kind, item.value) for item in page.fields} == {
        ("name", "Tam"),
        ("street_address", "1 Oak Row"),
        ("locality", "Wexmoor"),
    }


def test_an_item_that_refers_to_itself_is_read_once() -> None:
    """Itemref can lead in a circle."""
    html = '<div id="a" itemscope itemref="a b"><p itemprop="x" id="b" itemscope itemref="a">t</p></div>'
    assert len(ours(html)) == 1


def test_items_within_items_end_at_the_limit() -> None:
    """Very deep nesting is cut, without recursion trouble."""
    html = "<div itemscope itemprop=a>" * (MAX_DEPTH * 3)
    depth, item = 0, ours(html)[0]
    while "a" in item:
        depth, item = depth + 1, item["a"][0]
    assert depth == MAX_DEPTH


def test_text_of_nested_properties_is_bounded() -> None:
    """Properties within properties would cost the square of the page; a budget ends that, and is reported."""
    tree = LexborHTMLParser("<div itemscope>" + "<i itemprop=a>word " * 400)
    budget = TextBudget(5_000)
    node = tree.css_first("div")
    assert node is not None
    item = Microdata("", budget, {}).item(node)
    assert item is not None
    assert budget.empty
    assert sum(len(text) for text in item["a"]) < 20_000


def test_words_of_another_vocabulary_are_not_read() -> None:
    """They may mean other things; a schema.org item within counts."""
    html = """<div itemscope itemtype="http://other.example/Person"><b itemprop="email">no@oak.example</b>
    <p itemprop="owner" itemscope itemtype="https://schema.org/Person"><b itemprop="name">Tam</b></p></div>"""
    assert {(item.kind, item.value) for item in read_page(html.encode(), url=BASE).fields} == {("name", "Tam")}


@pytest.mark.parametrize(
    "drawing",
    [
        "<title>T<b itemprop=email>tam@oak.example</b></title>",
        "<title>T<g>x</g><b itemprop=email>tam@oak.example</b></title>",
        "<style>T<g itemprop=email>tam@oak.example</g></style>",
        "<script>T<g itemprop=email>tam@oak.example</g></script>",
    ],
)
def test_properties_in_the_titles_and_styles_of_drawings_count(drawing: str) -> None:
    """The pass over the page does not enter those; an item does."""
    html = f"{PERSON}><svg>{drawing}</svg></div>"
    assert [item.value for item in read_page(html.encode(), url=BASE).of_kind("email")] == ["tam@oak.example"]
    elsewhere = f'<svg>{drawing.replace("itemprop", "id=q itemprop")}</svg>{PERSON} itemref="q"></div>'
    assert [item.value for item in read_page(elsewhere.encode(), url=BASE).of_kind("email")] == ["tam@oak.example"]
