"""Fields of meta elements and links."""

from __future__ import annotations

import pytest

from unlisted.extract.page import read_page


def found(html: str, url: str = "https://x.example/a/b") -> set[tuple[str, str]]:
    return {(item.kind, item.value) for item in read_page(html.encode(), url=url).fields}


@pytest.mark.parametrize(
    ("name", "content", "kind", "value"),
    [
        ("author", "Wren Halloway", "name", "Wren Halloway"),
        ("AUTHOR", " Wren  Halloway ", "name", "Wren Halloway"),
        ("twitter:creator", "@wren_h", "nickname", "wren_h"),
        ("twitter:creator", "wren_h", "nickname", "wren_h"),
        ("profile:username", "wren", "nickname", "wren"),
        ("geo.placename", "Lower Wexmoor", "location_text", "Lower Wexmoor"),
        ("geo.region", "GB-WX", "region", "GB-WX"),
        ("og:street-address", "4 Mill Row", "street_address", "4 Mill Row"),
        ("og:postal-code", "WX1 2YZ", "postal_code", "WX1 2YZ"),
        ("og:country-name", "GB", "country", "GB"),
        ("og:email", "wren@halloway.example", "email", "wren@halloway.example"),
        ("og:phone_number", "+44 7700 900321", "phone", "+44 7700 900321"),
        ("og:latitude", "51.5", "latitude", "51.5"),
        ("place:location:longitude", "-0.25", "longitude", "-0.25"),
        ("business:contact_data:street_address", "4 Mill Row", "street_address", "4 Mill Row"),
        ("business:contact_data:website", "/home", "website", "https://x.example/home"),
        ("robots", "none", "page_noindex", "true"),
        ("googlebot", "noarchive,NoIndex", "page_noindex", "true"),
    ],
)
def test_a_meta_element_gives_its_field(name: str, content: str, kind: str, value: str) -> None:
    """Both spellings of the attribute count, in any case."""
    assert found(f'<meta name="{name}" content="{content}">') == {(kind, value)}
    assert found(f'<meta property="{name}" content="{content}">') == {(kind, value)}


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("author", "https://wren.example/"),
        ("author", "www.wren.example"),
        ("author", "   "),
        ("twitter:creator", "Wren of the Mill"),
        ("og:latitude", "91"),
        ("og:latitude", "north"),
        ("og:email", "none"),
        ("og:phone_number", "on request"),
        ("robots", "index, follow, noindexing"),
        ("geo.position", "51.5"),
        ("ICBM", "1;2;3"),
        ("description", "lives somewhere"),
    ],
)
def test_what_is_no_value_of_its_kind_is_no_field(name: str, content: str) -> None:
    """An address is no name, 91 is no latitude."""
    assert found(f'<meta name="{name}" content="{content}">') == set()


@pytest.mark.parametrize("content", ["51.5;-0.25", "51.5, -0.25", " 51.5 ; -0.25 "])
@pytest.mark.parametrize("name", ["geo.position", "ICBM"])
def test_a_position_in_a_meta_element_gives_both_coordinates(name: str, content: str) -> None:
    """Pages write it with a semicolon or a comma."""
    assert found(f'<meta name="{name}" content="{content}">') == {("latitude", "51.5"), ("longitude", "-0.25")}


def test_first_and_last_name_are_one_name() -> None:
    """OpenGraph's profile has them apart."""
    html = '<meta property="profile:last_name" content="Halloway"><meta property="profile:first_name" content="Wren">'
    assert found(html) == {("name", "Wren Halloway")}


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        ('<a href="MAILTO: wren@halloway.example">x</a>', {("email", "wren@halloway.example")}),
        ('<a href="mailto:?to=a@b.example">x</a>', set()),
        ('<a href="tel:00-none">x</a>', {("phone", "00-none")}),
        ('<a href="tel:unknown">x</a>', set()),
        ('<area href="tel:+1%20212%20555%200101">', {("phone", "+1 212 555 0101")}),
        ('<a href="geo:51.5,-0.25?z=3">x</a>', {("latitude", "51.5"), ("longitude", "-0.25")}),
        ('<a href="geo:0,0">x</a>', {("latitude", "0"), ("longitude", "0")}),
        ('<a href="geo:here">x</a>', set()),
        ('<a rel="ME nofollow" href="/me">x</a>', {("same_as", "https://x.example/me")}),
        ('<link rel=me href="mailto:wren@halloway.example">', {("email", "wren@halloway.example")}),
        ('<a rel=me href="sms:+12125550101">x</a>', {("phone", "+12125550101")}),
        ('<a href="sms:+12125550101">x</a>', set()),
        ('<a rel="sibling" href="/m">Mabel</a>', {("relative", "Mabel")}),
        ('<a rel="kin" href="https://m.example/"><img src=x></a>', {("relative", "https://m.example/")}),
        ('<a rel="friend" href="/m">Mabel</a>', set()),
        ('<a rel="me" href="javascript:alert(1)">x</a>', set()),
        ('<a rel="me" href="http://[">x</a>', set()),
    ],
)
def test_links_give_their_fields(html: str, expected: set[tuple[str, str]]) -> None:
    """mailto, tel, geo, rel=me and the family relations; nothing else."""
    assert found(html) == expected


def test_an_address_that_cannot_be_parsed_does_not_stop_the_page() -> None:
    """Neither as the page's own address nor as its base."""
    html = '<base href="http://["><a rel=me href="/x">x</a><a rel=me href="https://wren.example/">y</a>'
    assert found(html, url="http://[") == {("same_as", "https://wren.example/")}


@pytest.mark.parametrize(
    ("html", "wall"),
    [
        ("<form><input type=password></form>", True),
        ("<h1>Hello</h1><p>Log in to continue</p>", True),
        ("<p>You must sign in.</p>", True),
        ("<p>Log in to see photos from Wren</p>", True),
        ("<p>We went to the log cabin in spring.</p>", False),
        ("<form><input type=password></form><p>" + "A long page about bells. " * 100 + "</p>", False),
    ],
)
def test_a_login_wall_is_a_page_that_asks_and_says_little(html: str, wall: bool) -> None:
    """A page with much text and a login form in its corner is none."""
    assert (("login_wall", "true") in found(html)) is wall
