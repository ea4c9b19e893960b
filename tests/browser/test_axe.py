"""axe-core on every state of the report: WCAG 2.2 A and AA and best practice, at no violation."""

from __future__ import annotations

from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from unlisted.model.result import AuditResult
from unlisted.report import html

OPEN = 'document.querySelectorAll("details").forEach((one) => { one.open = true; })'
NEEDS_BYPASS = {"bypass_csp": True}
"""The policy keeps the tester's script out as well as any other."""


@pytest.mark.parametrize("width", [320, 390, 1100])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_no_violation_with_everything_open(
    harness: ModuleType, browser: Any, again: AuditResult, tmp_path: Path, scheme: str, width: int
) -> None:
    """The richest report, in both schemes and three widths, with every fold opened; in one of them also as it opens."""
    with harness.opened(
        browser, tmp_path / "page.html", html.render(again), width=width, scheme=scheme, **NEEDS_BYPASS
    ) as page:
        if width == 1100:
            assert harness.violations(page) == []
        page.evaluate(OPEN)
        assert harness.violations(page) == []


@pytest.mark.parametrize("name", ["empty", "nothing", "unread", "small"])
def test_no_violation_where_there_is_little_to_say(
    harness: ModuleType, browser: Any, made: Any, tmp_path: Path, name: str
) -> None:
    """All clear, no source, nothing read, three findings."""
    text = html.render(getattr(made, name)())
    with harness.opened(browser, tmp_path / "page.html", text, width=390, **NEEDS_BYPASS) as page:
        page.evaluate(OPEN)
        assert harness.violations(page) == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_no_violation_after_leaving_and_while_blurred(
    harness: ModuleType, browser: Any, again: AuditResult, tmp_path: Path, scheme: str
) -> None:
    """The unit converter is as usable as the notes."""
    text = html.render(again)
    with harness.opened(browser, tmp_path / "page.html", text, scheme=scheme, **NEEDS_BYPASS) as page:
        page.click("#blur")
        assert harness.violations(page) == []
        page.click("#leave")
        assert page.title() == "Unit converter"
        assert harness.violations(page) == []


def test_the_tester_sees_a_fault(harness: ModuleType, browser: Any, again: AuditResult, tmp_path: Path) -> None:
    """A picture without words, a field without a name and pale text are found."""
    fault = '<img src="data:,"><input type="text"><p style="color:#aaa;background:#fff">pale words</p></main>'
    text = harness.naked(html.render(again)).replace("</main>", fault, 1)
    with harness.opened(browser, tmp_path / "page.html", text) as page:
        rules = {one.split(":")[0] for one in harness.violations(page)}
    assert {"image-alt", "label", "color-contrast"} <= rules
