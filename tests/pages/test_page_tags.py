"""Elements by the parser's number, and what reading a page leaves behind."""

from __future__ import annotations

import gc
import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from selectolax.lexbor import LexborHTMLParser

from unlisted.extract.page import flatten, read_page
from unlisted.extract.page.blocks import HARD, SOFT
from unlisted.extract.page.decode import decode, decode_both
from unlisted.extract.page.dom import SILENT
from unlisted.extract.page.tags import TEXT, number, numbers

PAGE = b"""<html lang=en><head><title>A page</title><meta name=author content=Tam></head><body><h1>Head</h1>
<p hidden>one <a href="mailto:tam@oak.example" rel=me>two</a><div itemscope><b itemprop=name>Tam</b></div>
<script type="application/ld+json">{"@type": "Person", "name": "Tam"}</script><template><p>three</template>"""


@pytest.mark.parametrize("name", sorted(HARD | SOFT | SILENT | {"noscript", "a", "area", "meta", "img", "time"}))
def test_a_name_has_one_number_in_every_page(name: str) -> None:
    """A name that the parser does not know would get another number in each page, and would never be met."""
    first, second = (LexborHTMLParser(html).create_node(name).tag_id for html in ("", f"<x-{name}><y-y>"))
    assert first == second == number(name)


def test_names_have_different_numbers() -> None:
    """No two names are one, and none is text."""
    assert len(numbers(HARD | SOFT | SILENT)) == len(HARD | SOFT | SILENT)
    assert TEXT not in numbers(HARD | SOFT | SILENT)
    body = LexborHTMLParser("<p>one<!-- two --></p>").css_first("p")
    assert body is not None
    assert [node.tag_id == TEXT for node in body.traverse(include_text=True)] == [False, True, False]


def test_a_page_is_let_go_when_it_was_read() -> None:
    """Nothing of a page waits for a search for cycles: its tree would stay in memory beside the next ones."""
    read_page(PAGE, url="https://x.example/")
    gc.collect()
    gc.disable()
    try:
        read_page(PAGE, url="https://x.example/")
        assert gc.collect() == 0
    finally:
        gc.enable()


@pytest.mark.parametrize(
    ("body", "content_type"),
    [
        ("Schönwälder".encode(), None),
        ("Schönwälder".encode(), "text/html; charset=utf-8"),
        (b"<meta charset=utf-8>" + "Schönwälder".encode(), None),
        (b"\xef\xbb\xbf" + "Schönwälder".encode(), None),
        (b"\xef\xbb\xbf\xef\xbb\xbfx", "text/html; charset=utf-8"),
        ("Schönwälder".encode("latin-1"), None),
        ("Schönwälder".encode("latin-1"), "text/html; charset=utf-8"),
        ("Schönwälder".encode("utf-16"), None),
        (b"\xed\xa0\x80\xff", None),
    ],
)
def test_bytes_are_given_only_where_they_are_the_text(body: bytes, content_type: str | None) -> None:
    """The parser reads the bytes instead of the text: both must say the same."""
    text, encoded = decode_both(body, content_type)
    assert text == decode(body, content_type)
    assert encoded in (None, text.encode())
    if not body.startswith(b"\xef") and body.decode("utf-8", "ignore").encode() == body:
        assert encoded == body


REST = st.lists(
    st.sampled_from(["=", '"', "'", " ", "a" * 15, "b" * 70, ' c="d"', " e='f>'", "= 'g'", ' h="' + "i" * 99 + '"']),
    max_size=30,
).map("".join)


@given(REST, st.integers(1, 60))
@settings(max_examples=100, deadline=None, derandomize=True)
def test_the_quick_look_at_a_tag_finds_the_end_of_the_exact_one(rest: str, times: int) -> None:
    """It takes fewer steps and nothing that the exact one would not take."""
    tag = rest * times + ">"
    quick, exact = (re.match(pattern, tag) for pattern in (flatten._QUICK, flatten._ENDED))
    if quick is not None:
        assert exact is not None
        assert quick.end() == exact.end()


def test_the_quick_look_is_enough_for_ordinary_tags() -> None:
    """Few and short parts, with and without values."""
    for rest in (">", ' href="https://x.example/a?b=c&d=e" class="one two" hidden>', " a='>' b = \"c\"/>"):
        assert re.fullmatch(flatten._QUICK, rest)


@pytest.mark.parametrize(
    ("classes", "found"),
    [
        ("vcard", True),
        ("a\tvcard\nb", True),
        ("a h-card", True),
        ("a\u00a0h-card", True),
        ("vcard\u00a0a", False),
        ("avcard", False),
        ("VCARD", False),
        ("", False),
    ],
)
def test_a_card_begins_where_a_style_sheet_would_find_its_class(classes: str, found: bool) -> None:
    """Names are parted by the white space of HTML; those of the newer kind are found behind any."""
    html = f'<!DOCTYPE html><div class="{classes}"><b class="fn p-name">Tam</b></div>'
    assert bool(read_page(html.encode(), url="https://x.example/").of_kind("name")) is found
