"""A real browser for the tests of the page and the benchmark: Debian's Chromium, driven over Playwright; no download."""

from __future__ import annotations

import importlib.util
import re
import shutil
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from functools import cache
from importlib.metadata import distribution
from pathlib import Path
from types import ModuleType
from typing import Any

from playwright.sync_api import Browser, Error, Page, sync_playwright

from unlisted.model.result import AuditResult
from unlisted.report import html

ROOT = Path(__file__).resolve().parent.parent
CHROMIUM = next(
    (found for name in ("chromium", "chromium-browser", "google-chrome") if (found := shutil.which(name))), None
)
RULES = ("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice")

DATA = '<script type="application/json" id="data">'
"""Begins the end of a page: its numbers and its script."""

HOOKS = """
window.hits = 0;
window.hit = () => { window.hits += 1; };
for (const name of ["alert", "confirm", "prompt", "print", "open"]) window[name] = window.hit;
"""
POKE = """
() => {
  document.querySelectorAll("details").forEach((one) => { one.open = true; });
  for (const one of document.querySelectorAll("*")) {
    for (const { name } of [...one.attributes]) {
      if (name.startsWith("on")) one.dispatchEvent(new Event(name.slice(2), { bubbles: false }));
    }
  }
  const pressed = document.querySelectorAll("a, button:not(#leave, #print), summary, input");
  pressed.forEach((one) => { if (one.isConnected) one.click(); });
}
"""


def load(path: str) -> ModuleType:
    """A module of the tests by its path below `tests`: the tests are no package."""
    spec = importlib.util.spec_from_file_location(path.replace("/", "_").removesuffix(".py"), ROOT / path)
    if spec is None or spec.loader is None:
        raise FileNotFoundError(path)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@cache
def axe_source() -> str:
    """The script of axe-core, as a package of the test dependencies ships it."""
    found = next(file for file in distribution("axe-playwright-python").files or () if file.name == "axe.min.js")
    return Path(str(found.locate())).read_text(encoding="utf-8")


@contextmanager
def chromium() -> Iterator[Browser]:
    """A browser that asks for nothing of its own accord."""
    quiet = ("--no-sandbox", "--disable-background-networking", "--disable-component-update", "--no-first-run")
    with sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=CHROMIUM, args=list(quiet))
        yield browser
        browser.close()


@contextmanager
def opened(
    browser: Browser, file: Path, text: str, *, width: int = 1100, scheme: str = "light", **more: Any
) -> Iterator[Page]:
    """A page of this text, read from a file as a person would open it; `more` are options of the browser's context."""
    file.write_text(text, encoding="utf-8")
    context = browser.new_context(
        viewport={"width": width, "height": 900}, color_scheme="dark" if scheme == "dark" else "light", **more
    )
    page = context.new_page()
    page.goto(file.as_uri())
    yield page
    context.close()


def violations(page: Page) -> list[str]:
    """What axe finds against WCAG 2.2 A and AA and its own best practice: rule and place."""
    page.evaluate(axe_source())
    found: dict[str, Any] = page.evaluate("(tags) => axe.run(document, { runOnly: tags })", list(RULES))
    return [f"{one['id']}: {node['target']}" for one in found["violations"] for node in one["nodes"]]


def naked(page: str) -> str:
    """The page without its policy, so that nothing but escaping stands between its text and the browser."""
    bare, number = re.subn(r'<meta http-equiv="Content-Security-Policy"[^>]*>', "", page)
    if number != 1:
        raise ValueError("the page has no policy of its own")
    return bare


def unescaped(result: AuditResult) -> str:
    """The page with escaping off: what the harness must be able to catch."""
    raw = html.environment().overlay(autoescape=False).get_template(html.PAGE)
    return raw.render(html.context(result) | {"policy": ""})


def fewer(result: AuditResult) -> AuditResult:
    """The result with one or two of everything: every field is there, and the page is quick."""
    return replace(
        result,
        findings=result.findings[:2],
        ways_in=result.ways_in[:1],
        plan=result.plan[:1],
        places=result.places[:1],
        clear=result.clear[:1],
        since=replace(result.since, changes=result.since.changes[:5]) if result.since else None,
    )


def joined(pages: Sequence[str]) -> str:
    """One page with the bodies of many, each whole: the script and its data come from the first one."""
    first, *others = pages
    head, rest = first.split("<body>", 1)
    bodies = [one.split("<body>", 1)[1].rsplit(DATA, 1)[0] for one in others]
    return f"{head}<body>{''.join(bodies)}{rest}"


class Trap:
    """One tab in which page after page is opened, pressed and watched; after anything ran there is a fresh one."""

    def __init__(self, browser: Browser, file: Path) -> None:
        self.browser, self.file = browser, file
        self.page = self._fresh()

    def _fresh(self) -> Page:
        context = self.browser.new_context(viewport={"width": 1100, "height": 900})
        context.add_init_script(HOOKS)
        page = context.new_page()
        page.on("dialog", lambda dialog: dialog.dismiss())
        return page

    def hits(self, text: str, *, poke: bool = True, wait: float = 30) -> int:
        """How often the planted scripts ran, by themselves and once everything was pressed; leaving the page counts too."""
        self.file.write_text(text, encoding="utf-8")
        page, ran = self.page, 0
        try:
            page.goto(self.file.as_uri(), wait_until="load")
            if poke:
                page.evaluate(POKE)
            page.wait_for_timeout(wait)
            ran = sum(int(frame.evaluate("window.hits || 0")) for frame in page.frames)
        except Error:  # the page went away under the harness
            ran = 1
        ran += page.url.split("#")[0] != self.file.as_uri()
        if ran:
            self.close()
            self.page = self._fresh()
        return ran

    def culprits(self, pages: Mapping[str, str]) -> list[str]:
        """The names of the pages that ran something: all at once first, then, where anything ran, each half by itself."""
        names = list(pages)
        if not names or not self.hits(joined(list(pages.values()))):
            return []
        half = len(names) // 2
        found = [] if not half else self.culprits({name: pages[name] for name in names[:half]})
        found += [] if not half else self.culprits({name: pages[name] for name in names[half:]})
        return found or names

    def close(self) -> None:
        """Ends the tab."""
        self.page.context.close()


def hits(browser: Browser, file: Path, text: str, *, poke: bool = True, wait: float = 30) -> int:
    """The hits of one page in a tab of its own."""
    trap = Trap(browser, file)
    ran = trap.hits(text, poke=poke, wait=wait)
    trap.close()
    return ran
