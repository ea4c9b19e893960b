"""The page without a mouse: every control can be reached, seen, pressed and left."""

from __future__ import annotations

from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from unlisted.model.result import AuditResult
from unlisted.report import html

STOPS = """
() => [...document.querySelectorAll("a[href], button, input, select, summary, [tabindex='0']")]
  .filter((one) => one.checkVisibility() && !one.closest("[hidden]") && !one.disabled)
  .map((one) => { one.dataset.stop ??= String(Math.random()); return one.dataset.stop; })
"""
AT = """
() => {
  const one = document.activeElement;
  if (!one || one === document.body) return null;
  const style = getComputedStyle(one), box = one.getBoundingClientRect();
  const bar = document.querySelector(".bar").getBoundingClientRect();
  return {
    stop: one.dataset.stop, id: one.id, tag: one.tagName,
    ring: style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2,
    covered: !one.closest(".bar") && box.bottom <= bar.bottom && box.height > 0,
    inside: box.bottom > 0 && box.top < innerHeight,
  };
}
"""


@pytest.fixture
def page(harness: ModuleType, browser: Any, again: AuditResult, tmp_path: Path) -> Any:
    """The richest report."""
    with harness.opened(browser, tmp_path / "page.html", html.render(again)) as opened:
        yield opened


def test_tab_goes_through_every_control_in_reading_order(page: Any) -> None:
    """Each stop is reached once, in the order of the page, with a ring round it, in sight and not under the bar."""
    wanted = page.evaluate(STOPS)
    assert len(wanted) > 30
    seen = []
    for _ in wanted:
        page.keyboard.press("Tab")
        at = page.evaluate(AT)
        assert at is not None
        assert at["ring"], at
        assert at["inside"], at
        assert not at["covered"], at
        seen.append(at["stop"])
    assert seen == wanted


def test_shift_and_tab_goes_back(page: Any) -> None:
    """No part of the page keeps the keyboard."""
    for _ in range(12):
        page.keyboard.press("Tab")
    there = page.evaluate(AT)["stop"]
    page.keyboard.press("Tab")
    page.keyboard.press("Shift+Tab")
    assert page.evaluate(AT)["stop"] == there
    assert page.title().startswith("Notes")


def test_the_first_stops_lead_past_the_bar(page: Any) -> None:
    """The two skip links come first; the second one leads to the first steps."""
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "first"


def test_folds_and_ticks_work_with_the_keyboard(page: Any) -> None:
    """Enter opens a fold, Space ticks a step, and the count is said."""
    page.focus(".ways.contact > summary")
    page.keyboard.press("Enter")
    assert page.evaluate("document.querySelector('.ways.contact').open")
    page.focus("input[data-step='0']")
    page.keyboard.press("Space")
    assert page.inner_text("#now-text").endswith("ways in stay open.")
    assert page.get_attribute("#now-text", "role") == "status"


def test_shift_three_times_clears_the_screen(page: Any) -> None:
    """From wherever the focus stands; nothing of the notes is left in the page, and the field of the converter has the focus."""
    page.focus("input[data-step='1']")
    for _ in range(3):
        page.keyboard.press("Shift")
    assert page.title() == "Unit converter"
    assert "way" not in page.inner_text("body")
    assert page.evaluate("document.activeElement.id") == "amount"
    assert page.evaluate("document.querySelectorAll('main').length") == 1


def test_shift_in_ordinary_use_does_not_leave(page: Any) -> None:
    """Two presses, another key, one press: nobody is thrown out by going back with Shift and Tab."""
    for key in ("Shift", "Shift", "a", "Shift", "Tab", "Shift+Tab", "Shift+Tab"):
        page.keyboard.press(key)
    assert page.title().startswith("Notes")


def test_leave_works_with_enter(page: Any) -> None:
    """The button is the fifth stop and needs no mouse."""
    for _ in range(5):
        page.keyboard.press("Tab")
    assert page.evaluate(AT)["id"] == "leave"
    page.keyboard.press("Enter")
    assert page.title() == "Unit converter"
