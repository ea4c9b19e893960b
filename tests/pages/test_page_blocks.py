"""Text in reading order: where a block begins and ends, what stands in it, where it says it stands."""

from __future__ import annotations

import pytest
from selectolax.lexbor import LexborHTMLParser

from unlisted.extract.page import read_page
from unlisted.extract.page.blocks import HARD, HEADINGS, MAX_BLOCK, SOFT, BlockBuilder, cut
from unlisted.extract.page.dom import MAX_SOUP_DEPTH, TextBudget, element, events, soup_of


def texts(html: str) -> list[str]:
    return [block.text for block in read_page(html.encode(), url="").blocks]


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        ("<p>one</p><p>two</p>", ["one", "two"]),
        ("one<p>two</p>three", ["one", "two", "three"]),
        ("<div>one <b>two</b> three</div>", ["one two three"]),
        ("<div>one<div>two</div>three</div>", ["one", "two", "three"]),
        ("<p>one<br>two<br><br>three</p>", ["one\ntwo\nthree"]),
        ("<ul><li>one<li>two<ul><li>three</ul></ul>", ["one", "two", "three"]),
        ("<table><tr><td>one</td><td>two</td></tr><tr><th>three</th></tr></table>", ["one\ntwo", "three"]),
        ("<dl><dt>one<dd>two</dl>", ["one", "two"]),
        ("<address>1 Oak Row<br>Wexmoor</address>", ["1 Oak Row\nWexmoor"]),
        ("<p>  one \n\t two&nbsp;three </p>", ["one two three"]),
        ("<p>one&amp;two &lt;b&gt;</p>", ["one&two <b>"]),
        ("<p><!-- no -->one<script>no</script><style>no</style></p>", ["one"]),
        ("<select><option>one<option>two</select>", ["one", "two"]),
        ("<button>one</button><label>two</label>", ["one", "two"]),
        ("<textarea>one <b>two</textarea>", ["one <b>two"]),
        ("<details><summary>one</summary>two</details>", ["one", "two"]),
        ("<iframe>no</iframe><p>one", ["no", "one"]),
        ("<p></p><p> </p><div><span></span></div>", []),
        ("<img alt='one'><p>two</p>", ["one", "two"]),
        ("<img alt=''><img>", []),
        ("<input value='one'><input type=email value='two'><input type=hidden value='no'>", ["one", "two"]),
        ("<svg><title>one</title><text>two</text></svg>", ["one", "two"]),
        ("<noscript><p>one</p></noscript>two", ["one", "two"]),
        ("plain words", ["plain words"]),
        ("", []),
    ],
)
def test_blocks_begin_and_end_where_a_reader_sees_it(html: str, expected: list[str]) -> None:
    """One block a paragraph, entry or row; lines within it where the page breaks them."""
    assert texts(html) == expected


def test_a_title_is_a_block_of_the_head_and_not_of_the_text() -> None:
    """It is said once."""
    page = read_page(b"<title>one</title><p>two", url="")
    assert [(block.text, block.locator.part) for block in page.blocks] == [("one", "head"), ("two", "text")]


def test_headings_of_every_level_are_counted_together() -> None:
    """The third heading is the third, whatever its level; an empty one is none."""
    page = read_page(b"<h1>a</h1><p>x<h3>b</h3><h2> </h2><h6>c</h6><p>y<p>z", url="")
    where = {
        block.text: (block.locator.heading, block.locator.heading_number, block.locator.paragraph)
        for block in page.blocks
    }
    assert where == {
        "a": ("a", 1, None),
        "x": ("a", 1, 1),
        "b": ("b", 2, None),
        "c": ("c", 3, None),
        "y": ("c", 3, 1),
        "z": ("c", 3, 2),
    }


def test_a_heading_of_several_lines_is_one_heading() -> None:
    """Its text is one line where it names the place."""
    page = read_page(b"<h1>one<br>two</h1><p>x", url="")
    assert page.blocks[-1].locator.heading == "one two"


def test_words_after_an_unclosed_heading_are_kept() -> None:
    """They count as part of the heading, as in a browser, and are not lost."""
    assert "".join(texts("<h1>one<p>two</h1><p>three")).endswith("three")


def test_a_picture_within_a_paragraph_does_not_end_it() -> None:
    """Its text is a block of its own; the paragraph goes on."""
    page = read_page(b"<p>one <img alt='pic'> two</p>", url="")
    assert sorted((block.text, block.locator.name) for block in page.blocks) == [("one two", None), ("pic", "alt")]


def test_long_text_without_white_space_is_cut_at_the_limit() -> None:
    """Every piece is short enough, and nothing is lost."""
    text = "x" * (MAX_BLOCK * 3 + 5)
    assert "".join(cut(text)) == text
    assert max(map(len, cut(text))) == MAX_BLOCK
    assert cut("short") == ["short"]
    assert cut("") == [""]


def test_the_builder_counts_under_each_heading() -> None:
    """Used without a page."""
    builder = BlockBuilder()
    builder.pieces.append("one")
    builder.line()
    builder.pieces.append("two")
    builder.flush()
    builder.flush()
    builder.in_heading = True
    builder.block("Head")
    builder.in_heading = False
    assert builder.here("link", "tel").paragraph == 1
    builder.block("three", "alt")
    found = [
        (block.text, block.locator.heading, block.locator.paragraph, block.locator.name) for block in builder.blocks
    ]
    assert found == [("one\ntwo", None, 1, None), ("Head", "Head", None, None), ("three", "Head", 1, "alt")]


def test_the_tables_of_elements_do_not_overlap() -> None:
    """An element ends a block or a line, not both."""
    assert not HARD & SOFT
    assert HEADINGS <= HARD


def tree(html: str) -> LexborHTMLParser:
    return LexborHTMLParser(html)


def test_events_enter_and_leave_every_element_once() -> None:
    """In reading order; text and comments are entered only; what is in scripts is not entered."""
    root = tree("<div><p>a<b>c</b></p><script>x</script><!-- y --></div>").css_first("div")
    assert root is not None
    found = [("" if entering else "/") + tag for _, tag, entering in events(root)]
    expected = ["div", "p", "-text", "b", "-text", "/b", "/p", "script", "/script", "-comment", "/div"]
    assert found == expected


def test_events_stay_below_their_root() -> None:
    """The siblings of the root are not touched."""
    root = tree("<i>a</i><b>c</b><u>d</u>").css_first("b")
    assert root is not None
    assert [tag for _, tag, entering in events(root) if entering] == ["b", "-text"]


def test_text_of_a_subtree_leaves_scripts_out_and_separates_lines() -> None:
    """Used for values of properties and for link texts."""
    node = tree("<div>one<br>two<script>no</script><p>three</p></div>").css_first("div")
    assert node is not None
    assert TextBudget(100).text(node).split() == ["one", "two", "three"]


def test_a_text_budget_ends() -> None:
    """Then it gives nothing, and says that it is empty."""
    node = tree("<div>0123456789</div>").css_first("div")
    assert node is not None
    budget = TextBudget(8)
    assert budget.text(node).strip() == "0123456789"
    assert not budget.empty
    assert budget.text(node) == ""
    assert budget.empty


def test_a_subtree_becomes_the_same_tree_in_beautifulsoup() -> None:
    """Elements, attributes (class and rel as lists) and text."""
    node = tree('<div class="a b" id=x>one<a rel="me you" href="/">two</a><!-- no --></div>').css_first("div")
    assert node is not None
    soup = soup_of(node)
    assert soup is not None
    assert soup.get_text() == "onetwo"
    assert soup["class"] == ["a", "b"]
    anchor = soup.find("a")
    assert anchor is not None
    assert anchor["rel"] == ["me", "you"]


@pytest.mark.parametrize(("count", "limit", "fits"), [(10, 10, True), (11, 10, False), (4_000, 10_000, False)])
def test_a_subtree_that_is_too_large_is_not_copied(count: int, limit: int, fits: bool) -> None:
    """Both limits hold: that of the call and that of the module."""
    node = tree("<div>" + "<i></i>" * count + "</div>").css_first("div")
    assert node is not None
    assert (soup_of(node, limit=limit) is not None) is fits


def test_a_subtree_that_is_too_deep_is_not_copied() -> None:
    """BeautifulSoup and mf2py walk by recursion."""
    node = tree("<div>" + "<i><u>" * MAX_SOUP_DEPTH + "</div>").css_first("div")
    assert node is not None
    assert soup_of(node) is None


def test_an_element_for_mf2py_is_its_own_original() -> None:
    """So that it is not copied once for each rule."""
    made = element("p", {"class": "a", "title": None})
    assert getattr(made, "original") is made  # noqa: B009  (mf2py asks in this way)
    assert made["title"] == ""
