"""Hostile pages: no exception, no lost text, and twice the page costs at most about twice the time."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.growth import grows_in_step

from unlisted.extract.page import read_page
from unlisted.extract.page.blocks import MAX_BLOCK, MAX_BLOCKS
from unlisted.extract.page.fields import MAX_FIELDS, MAX_VALUE
from unlisted.extract.page.flatten import CROWDED, DEEP, MAX_ATTRIBUTES, MAX_DEPTH, UNENDED, flatten
from unlisted.extract.page.links import MAX_ADDRESSES
from unlisted.extract.page.read import TOO_MUCH
from unlisted.extract.page.state import MAX_TEXTS, NOT_READ
from unlisted.extract.page.walk import MAX_TARGETS

LD = b"<script type=application/ld+json>"

GROWING: dict[str, Callable[[int], bytes]] = {
    "nested div": lambda n: b"<div>" * n + b"deep",
    "nested b": lambda n: b"<b>" * n + b"deep",
    "nested unknown": lambda n: b"<foo/>" * n + b"deep",
    "nested tables": lambda n: b"<table><tr><td>" * n + b"deep",
    "nested items": lambda n: b"<div itemscope itemprop=a>" * n + b"deep",
    "nested cards": lambda n: b"<div class=vcard>" * n + b"deep",
    "attributes": lambda n: b"<a " + b" ".join(b"a%d=1" % i for i in range(n)) + b">deep",
    "attributes behind a quoted <": lambda n: b'<a x="<" ' + b" ".join(b"a%d=1" % i for i in range(n)) + b">deep",
    "attributes behind quoted >": lambda n: b"<a " + b" ".join(b'a%d=">"' % i for i in range(n)) + b">deep",
    "attributes behind a comment in a style": lambda n: (
        b"<style><!--</style><a " + b" ".join(b"a%d=1" % i for i in range(n)) + b">deep"
    ),
    "attributes behind a quote in a closing tag": lambda n: (
        b'</a x="<b y=\'"><a ' + b" ".join(b"a%d=1" % i for i in range(n)) + b" '>deep"
    ),
    "properties of one item": lambda n: b"<div itemscope>" + b"<i itemprop=a>x</i>" * n + b"deep",
    "items that name each other": lambda n: (
        b"<div itemscope id=a itemref=b></div><div itemscope id=b itemref=a></div>" * n + b"deep"
    ),
    "classes": lambda n: b"<p class='" + b"h-card p-name " * n + b"'>deep",
    "metas": lambda n: b"<meta name=author content=x>" * n + b"deep",
    "nodes in data": lambda n: LD + b"[" + b'{"@type":"Person","name":"x"},' * n + b"1]</script>deep",
    "angle brackets": lambda n: b"<" * n + b" deep",
    "ampersands": lambda n: b"&" * n + b" deep",
    "open tags without an end": lambda n: b"<a " * n + b"deep",
    "open quotes": lambda n: b'<a ="' * n + b"deep",
    "links": lambda n: b"<a href=/x>y</a>" * n + b"deep",
    "drawings": lambda n: b"<svg>" + b"<path/>" * n + b"</svg>deep",
    "closing tags in attributes": lambda n: b'<div title="</div>">' * n + b"deep",
    "misnested": lambda n: b"<b><div></b>" * n + b"deep",
    "headings": lambda n: b"<h1>" * n + b"deep",
    "addresses in one link": lambda n: b"<a href='mailto:" + b"a@b.example," * n + b"'>x</a>deep",
    "brackets in data": lambda n: LD + b"[" * n + b"</script>deep",
    "quotes in data": lambda n: LD + b'{"\\' * n + b"</script>deep",
    "comments in data": lambda n: LD + b"{/*" * n + b"</script>deep",
    "assignments": lambda n: b"<script>" + b"window.a={" * n + b"</script>deep",
    "paragraphs": lambda n: b"<p>x" * n + b"<p>deep",
}


@pytest.mark.parametrize("name", list(GROWING))
def test_twice_the_page_costs_at_most_three_times_the_work(name: str) -> None:
    """Growth, not a clock."""
    grows_in_step(GROWING[name], lambda body: read_page(body, url=""), 10_000, largest=40_000)


@pytest.mark.parametrize("name", list(GROWING))
def test_no_text_is_lost_without_a_word(name: str) -> None:
    """The last word of the page is read, or the page says that something was left out."""
    page = read_page(GROWING[name](5_000), url="")
    assert any("deep" in block.text for block in page.blocks) or page.skipped


def test_deep_nesting_keeps_its_text_and_its_links() -> None:
    """100,000 nested elements: the text stands, the link is found, and the page says what happened."""
    body = b"<div>" * 100_000 + b"deep words<a href='mailto:tam@oak.example'>x</a>"
    page = read_page(body, url="")
    assert page.skipped == (DEEP,)
    assert "deep words" in page.blocks[0].text
    assert page.of_kind("email")[0].value == "tam@oak.example"


def test_ordinary_depth_is_not_touched() -> None:
    """Up to the limit the markup stays as it is."""
    text = "<div>" * MAX_DEPTH + "x" + "</div>" * MAX_DEPTH
    assert flatten(text) == (text, ())
    wide = "<p>one<div><span>two</span></div>" * MAX_DEPTH
    assert flatten(wide) == (wide, ())


def test_depth_is_not_fooled_by_closing_tags_elsewhere() -> None:
    """Closing tags in attributes, comments, scripts or of elements that are not open close nothing."""
    for piece in ('<div title="</div>">', "<div><!-- </div> -->", "<div><script></div></script>", "<div></b>"):
        assert DEEP in flatten(piece * (MAX_DEPTH + 10))[1]


def test_a_crowded_tag_keeps_its_first_attributes() -> None:
    """Parsers need the square of the number of attributes: the first ones stay."""
    names = " ".join(f"a{i}=1" for i in range(20_000))
    page = read_page(f'<a href="mailto:tam@oak.example" {names}>text</a>'.encode(), url="")
    assert page.of_kind("email")
    assert page.blocks[0].text == "text"
    assert page.skipped == (CROWDED,)
    assert flatten(f"<a {names}>")[0].count("=") == MAX_ATTRIBUTES


def test_what_follows_a_tag_without_end_is_kept_as_text() -> None:
    """The parser alone would drop it."""
    page = read_page(b"<p>one <a " + b"href " * 3_000 + b"tail words", url="")
    assert UNENDED in page.skipped
    assert "tail words" in page.blocks[-1].text


def test_what_a_short_page_breaks_off_with_is_kept_as_text() -> None:
    """However little it is."""
    page = read_page(b"<p>one</p><a title='mine' tail words", url="")
    assert page.skipped == (UNENDED,)
    assert "tail words" in page.blocks[-1].text


def test_a_page_without_crowded_tags_is_not_touched() -> None:
    """Quotes, comments and raw text that look like tags are no reason."""
    for text in (
        "<a title='a > b'>x</a>",
        "<!-- <a -->",
        "<script>if (a<b) { c = '<a ' }</script>",
        "1 < 2",
        "</ a>",
        "<?a b?>",
    ):
        assert flatten(text) == (text, ())


def test_long_text_is_cut_into_blocks_at_white_space() -> None:
    """Nothing of it is lost."""
    words = "bell " * 10_000
    page = read_page(f"<p>{words}</p>".encode(), url="")
    assert all(len(block.text) <= MAX_BLOCK for block in page.blocks)
    assert sum(block.text.count("bell") for block in page.blocks) == 10_000


def test_counts_are_bounded_and_said() -> None:
    """Too many paragraphs, fields or cards: the rest is left out, and the page says so."""
    many = b"<p>x" * (MAX_BLOCKS + 10)
    page = read_page(many, url="")
    assert len(page.blocks) == MAX_BLOCKS
    assert TOO_MUCH in page.skipped
    links = b"".join(b"<a href='mailto:a%d@b.example'></a>" % i for i in range(MAX_FIELDS + 10))
    page = read_page(links, url="")
    assert len(page.fields) == MAX_FIELDS
    assert TOO_MUCH in page.skipped
    assert TOO_MUCH in read_page(b"<p class=h-geo>x</p>" * (MAX_TARGETS + 1), url="").skipped


def test_values_are_bounded() -> None:
    """One value is at most so long, one mail link holds at most so many addresses."""
    page = read_page(b'<meta name=author content="' + b"x" * 50_000 + b'">', url="")
    assert len(page.fields[0].value) == MAX_VALUE
    mails = b"<a href='mailto:" + b",".join(b"a%d@b.example" % i for i in range(500)) + b"'>"
    assert len(read_page(mails, url="").fields) == MAX_ADDRESSES


def test_page_state_is_bounded() -> None:
    """A state of many texts gives the first ones; a state that is too large is said."""
    state = b"<script type=application/json>[" + b'{"location": "Wexmoor"},' * 5_000 + b"{}]</script>"
    assert len(read_page(state, url="").blocks) == MAX_TEXTS
    large = b"<script>" + b"x" * 1_000 + b"</script>"
    page = read_page(large * 1_900, url="")
    assert NOT_READ not in page.skipped


@settings(max_examples=100, deadline=None, derandomize=True)
@given(
    st.binary(max_size=400),
    st.sampled_from(["", "https://x.example/", "http://[", "about:blank"]),
    st.none() | st.text(max_size=40),
)
def test_any_bytes_give_a_page(body: bytes, url: str, content_type: str | None) -> None:
    """No input raises."""
    assert read_page(body, url=url, content_type=content_type).url == url


PIECES = st.sampled_from(
    [
        b"<div class='h-card vcard'>",
        b"<p itemscope itemprop=a itemref=b id=b>",
        b"<a rel=me href='",
        b"mailto:",
        b"<script>",
        b"<script type=application/ld+json>",
        b"</script>",
        b'{"@type":"Person","name":[',
        b"}",
        b"]",
        b'"',
        b"<!--",
        b"-->",
        b"<![CDATA[",
        b"<template>",
        b"</template>",
        b"<svg>",
        b"<title>",
        b"<h1>",
        b"<td>",
        b"<base href='//['>",
        b"\x00",
        b"\xff",
        b"&#xd800;",
        b"tel:;",
        b"<meta property=geo.position content=';'>",
        b"<time datetime='0000-99'>",
        b"<time datetime='9999-12-31T23:59-14:00'>",
        b"text ",
        b"<noscript>",
        b"</b>",
        b"<b class='adr geo p-org h-card'>",
        b"<input value=x type=password>",
        b"window.a={",
        b"\\u0000",
        b"\\ud800",
    ]
)


@settings(max_examples=150, deadline=None, derandomize=True)
@given(st.lists(PIECES, max_size=40))
def test_any_mixture_of_markup_gives_a_page_that_can_be_written(pieces: list[bytes]) -> None:
    """No mixture raises, and every value can be encoded."""
    page = read_page(b"".join(pieces), url="https://x.example/")
    assert all(item.value.encode() for item in page.fields)
    assert all(block.text.encode() for block in page.blocks)
