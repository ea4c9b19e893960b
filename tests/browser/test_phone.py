"""The page on a phone: nothing hides at the side, pictures can be read, tables are lists, and the lists say what pictures said."""

from __future__ import annotations

from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from unlisted.model.result import AuditResult
from unlisted.report import html

OPEN = 'document.querySelectorAll("details").forEach((one) => { one.open = true; })'
SIDEWAYS = """
() => [...document.querySelectorAll("body *")]
  .filter((one) => one.checkVisibility() && one.scrollWidth > one.clientWidth + 1)
  .filter((one) => ["auto", "scroll"].includes(getComputedStyle(one).overflowX))
  .map((one) => one.className || one.tagName)
"""
SMALL = """
(least) => [...document.querySelectorAll("main svg text")]
  .filter((one) => one.checkVisibility() && one.getBoundingClientRect().height < least)
  .map((one) => one.textContent)
"""
OUT = """
() => [...document.querySelectorAll("main svg text")].filter((one) => {
  const words = one.getBoundingClientRect(), picture = one.ownerSVGElement.getBoundingClientRect();
  return one.checkVisibility() && (words.left < picture.left - 2 || words.right > picture.right + 2);
}).map((one) => one.textContent)
"""
LEAST = 10
"""Pixels: words in a picture are at least so high."""
BYPASS = {"bypass_csp": True}
"""So that the test's own questions are let in."""


@pytest.mark.parametrize("width", [320, 390])
def test_nothing_hides_at_the_side(
    harness: ModuleType, browser: Any, again: AuditResult, tmp_path: Path, width: int
) -> None:
    """With every fold open nothing has to be pushed sideways, and the words in pictures are large enough and inside."""
    with harness.opened(browser, tmp_path / "page.html", html.render(again), width=width, **BYPASS) as page:
        page.evaluate(OPEN)
        assert page.evaluate(SIDEWAYS) == []
        assert page.evaluate(SMALL, LEAST) == []
        assert page.evaluate(OUT) == []


def test_the_measures_see_a_fault(harness: ModuleType, browser: Any, again: AuditResult, tmp_path: Path) -> None:
    """A wide table in a box that scrolls, and a picture with tiny words, are found."""
    fault = (
        '<div class="scroll"><p class="wide-one">x</p></div><svg width="100" viewBox="0 0 1000 100"><text y="50" font-size="16">'
        "tiny</text></svg></main>"
    )
    text = harness.naked(html.render(again)).replace("</main>", fault, 1)
    text = text.replace("</style>", ".wide-one { inline-size: 900px }</style>", 1)
    with harness.opened(browser, tmp_path / "page.html", text, width=390) as page:
        assert page.evaluate(SIDEWAYS) == ["scroll"]
        assert "tiny" in page.evaluate(SMALL, LEAST)


def test_the_list_stands_in_for_the_wide_picture(
    harness: ModuleType, browser: Any, again: AuditResult, tmp_path: Path
) -> None:
    """On a phone the picture of pieces gives way to its list, with sources and counts; on a desk and on paper it is there."""
    with harness.opened(browser, tmp_path / "page.html", html.render(again), width=390) as page:
        assert not page.is_visible("svg.graph")
        assert page.is_visible(".ways.home .chain")
        assert "1 through “holiday photos”" in page.inner_text(".ways.home")
        page.emulate_media(media="print")
        assert page.is_visible("svg.graph")
    with harness.opened(browser, tmp_path / "page.html", html.render(again)) as page:
        assert page.is_visible("svg.graph")


def test_a_stacked_table_is_still_a_table(
    harness: ModuleType, browser: Any, again: AuditResult, tmp_path: Path
) -> None:
    """On a phone each place is a card with the names of its lines; for a screen reader rows and cells stay what they are."""
    with harness.opened(browser, tmp_path / "page.html", html.render(again), width=390, **BYPASS) as page:
        rows, cells, heads = (
            page.locator("table.places").get_by_role(role) for role in ("row", "cell", "columnheader")
        )
        assert rows.count() == 1 + len(again.places)
        assert cells.count() == 4 * len(again.places)
        assert heads.count() == 5
        tops = page.evaluate(
            "[...document.querySelectorAll('.places tbody tr:first-child > *')].map((one) => one.offsetTop)"
        )
        assert tops == sorted(set(tops))
        words = page.evaluate("getComputedStyle(document.querySelector('.places td[data-k]'), '::before').content")
        assert words == '"How sure:"'


@pytest.mark.parametrize("width", [320, 1100])
def test_labels_that_are_read_from_right_to_left_turn_nothing_round(
    harness: ModuleType, browser: Any, made: Any, tmp_path: Path, width: int
) -> None:
    """Hebrew and Arabic labels in every field: no overflow, no fault for axe, and the sentence keeps its order."""
    text = html.render(made.worded("מחברת العربية ABC"))
    with harness.opened(browser, tmp_path / "page.html", text, width=width, **BYPASS) as page:
        page.evaluate(OPEN)
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        assert harness.violations(page) == []


@pytest.mark.parametrize("word", ["W" * 120, "Donaudampfschifffahrtsgesellschaft" * 3])
def test_long_words_do_not_widen_a_phone(
    harness: ModuleType, browser: Any, made: Any, tmp_path: Path, word: str
) -> None:
    """A label without a break is broken."""
    with harness.opened(browser, tmp_path / "page.html", html.render(made.worded(word)), width=320, **BYPASS) as page:
        page.evaluate(OPEN)
        assert page.evaluate("document.documentElement.scrollWidth") <= 320
        assert page.evaluate(SIDEWAYS) == []
