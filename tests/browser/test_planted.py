"""Planted scripts and addresses: nothing runs, nothing is asked for, and the harness is known to bite."""

from __future__ import annotations

import random
from pathlib import Path
from types import ModuleType
from typing import Any

from unlisted.model.result import AuditResult
from unlisted.report import html

SAMPLE = 24


def planted(address: str) -> list[str]:
    """Strings that would make a browser ask for something, each in its own way."""
    return [
        f'"><meta http-equiv=refresh content="0;url={address}/refresh">',
        f'<base href="{address}/base/"><img src=x>',
        f'"><img src="{address}/img" srcset="{address}/set 2x"><picture><source srcset="{address}/source"></picture>',
        f'<script src="{address}/script"></script><link rel=preload as=script href="{address}/preload">',
        f'<link rel=stylesheet href="{address}/css"><style>@import "{address}/import"</style>',
        f"<style>body {{ background: url({address}/url) }}</style><p style='background: url({address}/inline)'>",
        f'<iframe src="{address}/frame"></iframe><object data="{address}/object"></object><embed src="{address}/embed">',
        f'<svg><image href="{address}/image"/><use href="{address}/use#a"/></svg>',
        f'<video src="{address}/video" poster="{address}/poster">',
        f'<form action="{address}/form"><input type=image src="{address}/input"></form><audio src="{address}/audio"></audio>',
    ]


def test_strings_are_many_and_all_differ(xss: list[str]) -> None:
    """More than a thousand, each of them calls the hook, none is longer than what the report shows in full."""
    assert len(xss) == len(set(xss)) > 1_000
    assert all(len(one) < 400 for one in xss)


def test_no_planted_string_runs(harness: ModuleType, browser: Any, made: Any, xss: list[str], tmp_path: Path) -> None:
    """A sample, each string in every field, without the policy: nothing runs by itself or when everything is pressed."""
    trap = harness.Trap(browser, tmp_path / "page.html")
    chosen = random.Random(8).sample(xss, SAMPLE)
    pages = {one: harness.naked(html.render(harness.fewer(made.worded(one)))) for one in chosen}
    assert trap.culprits(pages) == []
    trap.close()


def test_one_that_runs_among_many_is_named(
    harness: ModuleType, browser: Any, made: Any, xss: list[str], tmp_path: Path
) -> None:
    """The control of the joined page: each of its pages is there, and the one that is not escaped is found."""
    trap = harness.Trap(browser, tmp_path / "page.html")
    pages = {one: harness.naked(html.render(harness.fewer(made.worded(one)))) for one in xss[:6]}
    together = harness.joined(list(pages.values()))
    assert together.count("<main") == 2 * len(pages)  # each has a cover of its own
    bad = "<img src=x onerror=hit(1)>"
    for place in range(0, 7, 3):
        mixed = list(pages.items())
        mixed.insert(place, (bad, harness.unescaped(harness.fewer(made.worded(bad)))))
        assert trap.culprits(dict(mixed)) == [bad]
    trap.close()


def test_with_escaping_off_they_do_run(
    harness: ModuleType, browser: Any, made: Any, xss: list[str], tmp_path: Path
) -> None:
    """The control: the same harness sees the same kind of string run once escaping is off."""
    ran = 0
    for one in random.Random(8).sample(xss, 10):
        ran += harness.hits(browser, tmp_path / "page.html", harness.unescaped(harness.fewer(made.worded(one)))) > 0
    assert ran >= 5


def test_nothing_is_asked_for(
    harness: ModuleType, browser: Any, made: Any, listener: tuple[str, list[str]], tmp_path: Path
) -> None:
    """Planted refreshes, pictures, scripts, frames and sheets: the listener hears nothing, with the policy and without it."""
    address, asked = listener
    for one in planted(address):
        text = html.render(harness.fewer(made.worded(one)))
        assert harness.hits(browser, tmp_path / "page.html", harness.naked(text), wait=60) == 0
    everything = html.render(made.worded("".join(planted(address))[:390]))
    assert harness.hits(browser, tmp_path / "page.html", everything, wait=60) == 0
    assert asked == []


def test_the_listener_hears_what_is_not_escaped(
    harness: ModuleType, browser: Any, made: Any, listener: tuple[str, list[str]], tmp_path: Path
) -> None:
    """The control: with escaping off a refresh, a picture, a script and a sheet are asked for."""
    address, asked = listener
    for index in (0, 2, 3, 4):
        text = harness.unescaped(harness.fewer(made.worded(planted(address)[index])))
        harness.hits(browser, tmp_path / "page.html", text, poke=False, wait=300)
    heard = {path.lstrip("/").split("/")[0] for path in asked}
    assert {"refresh", "img", "script", "css"} <= heard


def test_an_ordinary_report_is_silent(harness: ModuleType, browser: Any, again: AuditResult, tmp_path: Path) -> None:
    """Opening, unfolding, ticking and leaving asks for nothing but the file itself."""
    with harness.opened(browser, tmp_path / "page.html", html.render(again)) as page:
        asked: list[str] = []
        page.on("request", lambda request: asked.append(request.url))
        page.evaluate(harness.POKE)
        page.click("#leave")
        page.wait_for_timeout(50)
    assert asked == []
