"""One rich page, read whole: every field, every text, and where each stands."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from unlisted.extract.page import MAX_BODY, read_page
from unlisted.extract.page.read import BAD_JSON_LD, CUT
from unlisted.model import Page

DATA = Path(__file__).parent / "data"

EXPECTED = {
    ("name", "Iris Quillfeather"),
    ("name", "Iris Q"),
    ("nickname", "irisrings"),
    ("nickname", "Quill"),
    ("locality", "Upper Wexmoor"),
    ("latitude", "51.25"),
    ("longitude", "-1.5"),
    ("page_noindex", "true"),
    ("same_as", "https://social.example/@iris"),
    ("created_at", "2019-02-03T04:05:06Z"),
    ("employer", "Wexmoor Mill"),
    ("employer", "Wexmoor Ringers"),
    ("birth_date", "1980-03-04"),
    ("avatar", "https://pages.example/people/iris.jpg"),
    ("relative", "Rowan Pike"),
    ("relative", "Rowan"),
    ("location_text", "Upper Wexmoor"),
    ("language", "en"),
    ("email", "iris@quill.example"),
    ("email", "second@quill.example"),
    ("phone", "+44-7700-900123"),
    ("street_address", "3 Tower Lane"),
}


@pytest.fixture(scope="module")
def page() -> Page:
    """The page of `data/profile.html`."""
    return read_page((DATA / "profile.html").read_bytes(), url="https://elsewhere.example/x")


def texts(page: Page, part: str = "text") -> list[str]:
    return [block.text for block in page.blocks if block.locator.part == part]


def test_every_field_of_the_page_is_found_and_no_other(page: Page) -> None:
    """The fields are those that stand in the page, each once."""
    found = [(item.kind, item.value) for item in page.fields]
    assert set(found) == EXPECTED
    assert len(found) == len(set(found))


def test_a_relatives_own_contact_is_not_taken(page: Page) -> None:
    """Of a spouse the name is taken, not the address for mail."""
    assert all("pike" not in item.value for item in page.of_kind("email"))


def test_text_is_in_reading_order_without_scripts_and_styles(page: Page) -> None:
    """The visible text comes as one block a paragraph; scripts and styles are no text."""
    assert texts(page) == [
        "Words before any heading.",
        "Iris Quillfeather",
        "Bell ringer & baker.\nSecond line.",
        "Iris under the tower",
        "Contact",
        "Write to me.",
        "Or call the tower, or come.",
        "First entry",
        "Second entry",
        "Iris Q Wexmoor Ringers 3 Tower Lane, Upper Wexmoor",
        "Words without scripts.",
        "Words that are hidden.",
        "Rowan a while ago",
        "Words in a template.",
    ]


def test_hidden_text_is_read_and_marked(page: Page) -> None:
    """What is not shown stands in the page all the same, and its block says so."""
    hidden = [block.text for block in page.blocks if block.locator.name == "hidden"]
    assert hidden == ["Words without scripts.", "Words that are hidden.", "Words in a template."]


def test_locators_count_headings_and_paragraphs_from_one(page: Page) -> None:
    """A paragraph is named by its heading, the heading's number and its own number under it."""
    where = {block.text: block.locator for block in page.blocks}
    before = where["Words before any heading."]
    assert (before.heading, before.heading_number, before.paragraph) == (None, None, 1)
    second = where["Or call the tower, or come."]
    assert (second.heading, second.heading_number, second.paragraph) == ("Contact", 2, 2)
    assert where["Contact"].paragraph is None


def test_a_link_says_in_which_paragraph_it_stands(page: Page) -> None:
    """The telephone number is in the second paragraph under Contact."""
    phone = page.of_kind("phone")[0].locator
    assert (phone.part, phone.name, phone.heading, phone.paragraph) == ("link", "tel", "Contact", 2)


def test_title_and_descriptions_are_blocks_of_the_head(page: Page) -> None:
    """Real profiles name the home region in the description only."""
    assert texts(page, "head") == ["Iris Quillfeather - bell ringer", "Iris lives in Upper Wexmoor and rings bells."]
    assert page.title == "Iris Quillfeather - bell ringer"


def test_hidden_data_is_searched_for_telling_texts_only(page: Page) -> None:
    """Page state gives its places, not its settings; a description in JSON-LD is text too."""
    assert set(texts(page, "data")) == {"Wexmoor", "51.25, -1.5", "Rings in the tower of Upper Wexmoor."}


def test_a_broken_block_is_skipped_and_said(page: Page) -> None:
    """One broken JSON-LD block does not hide the other one."""
    assert page.skipped == (BAD_JSON_LD,)


def test_addresses_are_resolved_against_the_base_element(page: Page) -> None:
    """<base> comes before the address of the page."""
    assert page.images == ("https://pages.example/people/iris.jpg",)
    assert page.feeds == ("https://pages.example/feed.atom",)
    assert page.links == ("https://pike.example/",)


def test_times_are_aware_and_in_utc(page: Page) -> None:
    """Times come from <time> and from meta elements."""
    assert page.times == (datetime(2023, 1, 2, 3, 4, 5, tzinfo=UTC), datetime(2024, 5, 6, 5, 8, 9, tzinfo=UTC))


def test_the_language_of_the_page_is_given(page: Page) -> None:
    """It is the lang attribute of the root."""
    assert page.language == "en-GB"


def test_no_value_stands_in_the_text_of_a_page_object(page: Page) -> None:
    """A traceback or log line that shows the page shows nobody's data."""
    shown = repr(page)
    assert "Wexmoor" not in shown
    assert "quill" not in shown.lower()


def test_only_the_first_two_megabytes_are_read() -> None:
    """A longer page is cut, and says so."""
    page = read_page(b"<p>first</p>" + b" " * MAX_BODY + b"<p>last</p>", url="https://x.example/")
    assert [block.text for block in page.blocks] == ["first"]
    assert page.skipped == (CUT,)


@pytest.mark.parametrize(
    ("href", "whole"),
    [
        ("https://elm.example/a?b#c", "https://elm.example/a?b#c"),
        ("/a/./b", "https://oak.example/a/b"),
        ("/a%20b", "https://oak.example/a%20b"),
        ("//elm.example/x", "https://elm.example/x"),
        ("x.html", "https://oak.example/dir/x.html"),
        ("../y", "https://oak.example/y"),
        ("?q=1", "https://oak.example/dir/page?q=1"),
        ("https://elm.example/ü", "https://elm.example/ü"),
        (" https://elm.example/a b ", "https://elm.example/a b"),
    ],
)
def test_a_link_is_made_absolute(href: str, whole: str) -> None:
    """The common forms and the rare ones give what the URL standard's resolution gives."""
    page = read_page(f'<a href="{href}">x</a>'.encode(), url="https://oak.example/dir/page")
    assert page.links == (whole,)


def test_links_to_no_page_are_left_out() -> None:
    """Scripts, letters, calls, data and places within the page."""
    hrefs = ("javascript:x()", "mailto:a@b.example", "TEL:1", "data:,x", "#here", "ftp://oak.example/", "")
    page = read_page("".join(f"<a href='{href}'>x</a>" for href in hrefs).encode(), url="")
    assert page.links == ()
