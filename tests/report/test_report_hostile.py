"""Everything in a result is hostile: it is shown, and does nothing."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace

import pytest
from selectolax.lexbor import LexborHTMLParser

from unlisted.model.result import AuditResult
from unlisted.report import html, json, text

BARE = (
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "<svg onload=alert(1)>",
    "<iframe srcdoc='<script>alert(1)</script>'></iframe>",
    "<meta http-equiv=refresh content='0;url=https://evil.example/'>",
    "<base href=https://evil.example/>",
    "<object data=https://evil.example/></object>",
    "<link rel=stylesheet href=https://evil.example/x.css>",
    "<style>@import 'https://evil.example/'</style>",
    "<form action=https://evil.example/><input name=a autofocus onfocus=alert(1)>",
    "<a href=javascript:alert(1)>x</a>",
    "<details open ontoggle=alert(1)>",
    "<math><mtext></form><form><mglyph><style></math><img src onerror=alert(1)>",
    "<!--<img src=--><img src=x onerror=alert(1)>//-->",
    "javascript:alert(1)",
    "{{ 7 * 191 }}{% raw %}{# x #}",
    "${alert(1)}`",
    "\u2028alert(1)\u2029",
    "&lt;script&gt;alert(1)&lt;/script&gt;",
    "&#x3c;script&#x3e;",
)
BREAKOUTS = (
    "",
    '"',
    "'",
    '">',
    "'>",
    "</script>",
    "</style>",
    "</title>",
    "</textarea>",
    "-->",
    "]]>",
    "</svg>",
    "\x00",
    "`",
)
ALLOWED = {
    *("a", "article", "b", "body", "button", "br", "caption", "circle", "code", "dd", "details", "div", "dl", "dt"),
    *(
        "figcaption",
        "figure",
        "footer",
        "h1",
        "h2",
        "h3",
        "h4",
        "head",
        "header",
        "html",
        "input",
        "label",
        "li",
        "main",
    ),
    *(
        "meta",
        "nav",
        "ol",
        "option",
        "output",
        "p",
        "path",
        "pre",
        "rect",
        "script",
        "section",
        "select",
        "span",
        "strong",
    ),
    *("style", "summary", "svg", "table", "tbody", "td", "text", "th", "thead", "title", "tr", "ul"),
}
LINE = {"class", "x", "y", "font-size", "font-weight", "fill", "text-anchor"}
"""What a line of words in a picture may bear."""


def shape(page: str) -> list[tuple[str, tuple[str, ...]]]:
    """Every element with the names of its attributes, in the order of the page.

    Lines of words within a picture are left out: a label takes one or two of them, whatever it says.
    """
    tree = LexborHTMLParser(page)
    assert tree.root is not None
    nodes = [(node.tag or "", tuple(node.attributes)) for node in tree.root.traverse(include_text=False)]
    assert {name for tag, names in nodes for name in names if tag == "text"} <= LINE
    return [node for node in nodes if node[0] != "text"]


@pytest.fixture(scope="module")
def harmless(worded: Callable[[str], AuditResult]) -> dict[bool, list[tuple[str, tuple[str, ...]]]]:
    """The shape of the page when every text is a harmless word, or two of them (a detail of one word is not shown)."""
    return {False: shape(html.render(worded("word"))), True: shape(html.render(worded("a word")))}


@pytest.mark.parametrize("bare", BARE)
def test_no_text_becomes_an_element(
    worded: Callable[[str], AuditResult],
    harmless: dict[bool, list[tuple[str, tuple[str, ...]]]],
    bare: str,
) -> None:
    """A page full of a hostile string has exactly the elements and attributes of a page full of a harmless word."""
    for breakout in BREAKOUTS[:: 1 if len(bare) < 30 else 3]:
        made = shape(html.render(worded(f"{breakout}{bare}")))
        assert made == harmless[" " in bare]
        assert {tag for tag, _ in made} <= ALLOWED
        assert not any(name.startswith("on") or name == "style" for _, names in made for name in names)


def test_the_control_does_bite(
    worded: Callable[[str], AuditResult],
    harmless: dict[bool, list[tuple[str, tuple[str, ...]]]],
) -> None:
    """With escaping off the same strings do become elements: the comparison would see it."""
    raw = html.environment().overlay(autoescape=False)
    result = worded("<img src=x onerror=alert(1)>")
    page = raw.get_template(html.PAGE).render(html.context(result) | {"policy": ""})
    made = shape(page)
    assert made != harmless[True]
    assert ("img", ("src", "onerror")) in made


def test_every_hostile_string_is_shown_as_text(worded: Callable[[str], AuditResult]) -> None:
    """Nothing is dropped in silence: the reader sees the string as it is."""
    page = LexborHTMLParser(html.render(worded("<img src=x onerror=alert(1)>")))
    card = page.css_first("article.card h3")
    assert card is not None
    assert card.text() == "<img src=x onerror=alert(1)>"


@pytest.mark.parametrize("renderer", [html.render, text.render, text.summary])
def test_hidden_characters_are_gone(
    worded: Callable[[str], AuditResult],
    renderer: Callable[[AuditResult], str],
) -> None:
    """Nothing read can move the cursor, colour a terminal, turn the reading direction or break the encoding."""
    shown = renderer(worded("a\x1b[31m\x07\u202eb\u2066c\ud800\x9b\u200bd"))
    assert re.search("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066\u2067\u200b\ud800-\udfff]", shown) is None
    assert shown.encode()


def test_text_lines_cannot_be_forged(worded: Callable[[str], AuditResult]) -> None:
    """A line break in a label does not start a line of its own."""
    forged = "x\n\nWhat we did not check\n---------------------\n- nothing"
    assert text.render(worded(forged)).count("\nWhat we did not check\n") == 1


def test_json_carries_any_string(worded: Callable[[str], AuditResult]) -> None:
    """Half a surrogate pair and a line separator are written as escapes that any reader can take."""
    made = json.render(worded("\ud800\u2028</script>"))
    assert made.isascii()
    assert "\\ud800" in made


def test_sources_of_the_templates_are_plain() -> None:
    """No template marks data as clean, leaves an attribute without quotes, or has a handler or style in an attribute."""
    loader = html.environment().loader
    assert loader is not None
    names = [name for name in loader.list_templates() if name.startswith("report/") and name.endswith(".html.j2")]
    assert len(names) >= 9
    for name in names:
        source = loader.get_source(html.environment(), name)[0]
        assert not re.search(r"\|\s*safe|Markup|autoescape|=\s*\{\{|\son[a-z]+\s*=|\sstyle\s*=", source), name


@pytest.mark.parametrize("renderer", [html.render, text.render, text.summary, json.render])
def test_names_of_evidence_stay_inside(rich: AuditResult, renderer: Callable[[AuditResult], str]) -> None:
    """What a finding rests on is named inside of the run only."""
    findings = tuple(replace(one, evidence=("canary-of-evidence",)) for one in rich.findings)
    assert "canary-of-evidence" not in renderer(replace(rich, findings=findings))
