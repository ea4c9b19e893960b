"""Mail addresses in figures: read as a browser shows them, and nothing else is changed."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.growth import grows_in_step

from unlisted.extract.listing import read_records
from unlisted.extract.page import read_page
from unlisted.extract.page.protected import MARK, MOST, shown

MAIL = "odile@varnholt.example"


def figures(address: str, key: int = 0x5A) -> str:
    """An address as such a page holds it."""
    return bytes([key, *(byte ^ key for byte in address.encode())]).hex()


def span(address: str) -> str:
    """The element that the page's script fills."""
    return f'<span class="__cf_email__" data-cfemail="{figures(address)}">[email&#160;protected]</span>'


def test_a_mail_address_in_figures_is_in_the_text() -> None:
    """A visitor reads it there, so the audit does."""
    page = read_page(f"<p>Write to {span(MAIL)} soon.".encode(), url="https://a.example/")
    assert [block.text for block in page.blocks] == [f"Write to {MAIL} soon."]


def test_a_record_shows_its_address_in_figures() -> None:
    """The records of a directory are read the same way."""
    body = f"<div class=card><h2>Odile Varnholt</h2><p>Age: 35</p><p>Email: {span(MAIL)}</p></div>".encode()
    page = read_page(body, url="https://a.example/")
    assert any(MAIL in record.text for group in read_records(page, body) for record in group)


@pytest.mark.parametrize(
    "markup",
    [
        '<span data-cfemail="zz">x</span>',
        '<span data-cfemail="5a5b">x</span>',
        f'<span data-cfemail="{figures("no address")}">x</span>',
        f'<span data-cfemail="{figures("a@b.example")}',
        f'<span data-cfemail="{figures("a@" + "b" * MOST)}">x</span>',
        f'<span data-cfemail="{figures("a@b.example" + chr(7))}">x</span>',
    ],
)
def test_what_is_no_address_stays_as_it_is(markup: str) -> None:
    """Too short, too long, cut off, or something else in figures: the markup is not changed."""
    assert shown(markup) == markup


def test_markup_in_figures_is_text() -> None:
    """A planted address cannot open an element."""
    page = read_page(span("<b>x</b>@evil.example").encode(), url="https://a.example/")
    assert [block.text for block in page.blocks] == ["<b>x</b>@evil.example"]


@settings(max_examples=100, deadline=None, derandomize=True)
@given(st.emails(), st.integers(0, 255))
def test_any_address_with_any_key_is_read(address: str, key: int) -> None:
    """The key is part of the figures, whatever it is."""
    page = read_page(f'<p><a data-cfemail="{figures(address, key)}">hidden</a>'.encode(), url="https://a.example/")
    assert [block.text for block in page.blocks] == [address]


@pytest.mark.parametrize("piece", [f'<a {MARK}"', f'<a {MARK}"{figures(MAIL)}"'])
def test_repeated_pieces_are_read_in_step(piece: str) -> None:
    """Twice the markup costs at most three times as much."""
    grows_in_step(lambda size: piece * (size // len(piece)), shown, 100_000, largest=800_000)
