"""Microformats: cards are read on their subtrees, with the same values as mf2py on the whole page."""

from __future__ import annotations

import mf2py
import pytest

from unlisted.extract.page import read_page
from unlisted.extract.page.cards import TOO_LARGE
from unlisted.extract.page.dom import MAX_SOUP_DEPTH, MAX_SOUP_NODES

Found = set[tuple[str, str]]


def found(html: str) -> Found:
    page = read_page(html.encode(), url="https://x.example/")
    return {(item.kind, item.value) for item in page.fields if item.locator.part == "card"}


def card(root: str, *properties: str, **inner: str) -> str:
    """A root with properties given as "class: content"."""
    made = "".join('<b class="{}">{}</b>'.format(*item.split(": ", 1)) for item in properties)
    return f'<div class="{root}">{made}{"".join(inner.values())}</div>'


CONTACT = card("h-card", "p-name: Tam", "p-tel: 1234567", "p-nickname: T", "dt-bday: 1980-01-02", "p-job-title: baker")
MILL = card("p-org h-card", "p-name: Mill", "p-locality: Wexmoor", "p-role: no")
HALL = card("p-location h-card", "p-name: Oak Hall", "p-region: WX")
CLASSIC = card("adr", "street-address: 1 Oak Row", "postal-code: WX1")


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        ('<p class="h-card">Tam Oakridge</p>', {("name", "Tam Oakridge")}),
        ('<a class="h-card" href="/tam">Tam</a>', {("name", "Tam"), ("website", "https://x.example/tam")}),
        ('<img class="h-card" alt="Tam" src="t.jpg">', {("name", "Tam"), ("avatar", "https://x.example/t.jpg")}),
        (
            CONTACT,
            {
                ("name", "Tam"),
                ("phone", "1234567"),
                ("nickname", "T"),
                ("birth_date", "1980-01-02"),
                ("job_title", "baker"),
            },
        ),
        (card("h-card", "p-name: Tam", "p-email: t@oak.example"), {("name", "Tam"), ("email", "t@oak.example")}),
        (card("h-card", "p-name: Tam", org=MILL), {("name", "Tam"), ("employer", "Mill"), ("locality", "Wexmoor")}),
        (
            card("vcard", "fn: Tam", adr=CLASSIC),
            {("name", "Tam"), ("street_address", "1 Oak Row"), ("postal_code", "WX1")},
        ),
        (card("h-geo", "p-latitude: 51.5", "p-longitude: -0.25"), {("latitude", "51.5"), ("longitude", "-0.25")}),
        (
            card("h-adr", "p-geo: 51.5;-0.25", "p-label: Oak Row"),
            {("latitude", "51.5"), ("longitude", "-0.25"), ("location_text", "Oak Row")},
        ),
        (card("h-event", "p-name: Fair", "p-location: Oak Hall"), {("location_text", "Oak Hall")}),
        (card("h-event", "p-name: Fair", hall=HALL), {("location_text", "Oak Hall"), ("region", "WX")}),
        (card("vevent", "location: Oak Hall"), {("location_text", "Oak Hall")}),
        (card("hentry", "author: Tam", "location: no"), {("name", "Tam")}),
        ('<p class="location">Oak Hall</p><i class="author">Tam</i>', set()),
        (
            card("h-entry", "p-author h-card: Tam", "p-comment h-cite: <i class='p-author h-card'>Una</i>"),
            {("name", "Tam"), ("name", "Una")},
        ),
        ('<p class="h-full p-4">layout</p>', set()),
    ],
)
def test_a_card_gives_exactly_its_fields(html: str, expected: Found) -> None:
    """Names only for people: an organisation's or a place's card gives its address and contact, not its name."""
    assert found(html) == expected


@pytest.mark.parametrize(
    "html",
    [
        card("h-card", "p-name: <a href='/t'>Tam</a>", "p-locality: Wexmoor"),
        card("h-entry", "p-author h-card: <img src='a.jpg' alt='Tam'>", "e-content: text"),
        card("vcard", "fn url: Tam", "tel: <i class='value'>1234567</i>"),
        card("h-card", "p-tel: 7654321", name='<abbr class="p-name" title="Tamsin">Tam</abbr>'),
    ],
)
def test_the_name_is_that_of_mf2py_on_the_whole_page(html: str) -> None:
    """The fast way over the subtree gives what the slow way gives."""
    names = set()
    waiting = list(mf2py.parse(doc=html, url="https://x.example/")["items"])
    while waiting:
        item = waiting.pop()
        values = [value for inner in item["properties"].values() for value in inner]
        waiting += [value for value in values if isinstance(value, dict) and "properties" in value]
        if "h-card" in item["type"]:
            names |= {("name", name) for name in item["properties"].get("name", [])}
    assert {pair for pair in found(html) if pair[0] == "name"} == names


def test_a_card_stands_under_its_heading() -> None:
    """The report can say where the card is."""
    page = read_page(b'<h2>About</h2><p>one</p><p class="h-card">Tam</p>', url="")
    where = page.of_kind("name")[0].locator
    assert (where.part, where.heading, where.heading_number, where.paragraph) == ("card", "About", 1, 2)


@pytest.mark.parametrize("inside", ["<b>x</b>" * MAX_SOUP_NODES, "<b>" * (MAX_SOUP_DEPTH + 5)])
def test_a_card_that_is_too_large_or_deep_is_said(inside: str) -> None:
    """A whole page dressed as a card is not handed to the slow reader."""
    page = read_page(f'<div class="h-card">{inside}</div><p class="h-card">Tam</p>'.encode(), url="")
    assert TOO_LARGE in page.skipped


def test_nested_cards_that_are_many_properties_at_once_are_refused() -> None:
    """mf2py reads such a card once for each property, and all within it each time: twenty of them would take years."""
    piece = '<p class="h-card"><i class="p-org p-affiliation h-card">'
    nested = "<div class='h-card p-org p-affiliation'>" * 40 + "Tam"
    page = read_page(nested.encode(), url="")
    assert page.skipped == (TOO_LARGE,)
    assert ("name", "Tam") in found(piece + "x</i><b class='p-name'>Tam</b></p>")


def test_the_fields_of_a_card_stand_in_one_order() -> None:
    """Whatever the order in which the classes of one element are looked at."""
    body = b"<p class=h-card><a class='u-url p-name p-nickname p-org p-job-title p-role' href=/x>Tam</a></p>"
    kinds = [item.kind for item in read_page(body, url="https://oak.example/").fields]
    assert kinds == ["job_title", "name", "nickname", "employer", "website"]
