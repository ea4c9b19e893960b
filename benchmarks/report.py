"""The report in a real browser: sizes, times, axe, contrast of its colours, and strings that would run a script.

    python benchmarks/report.py [--strings 1000] [--controls 100] [--pictures DIR]

Needs Chromium and the test dependencies. Prints tables. Every string stands in every field of a report, without the report's
policy, is given time, then everything on the page is pressed; reports stand in one page by twenties, and where anything runs,
one by one. The controls are the same with escaping off: alone, and among twenty that are escaped.
`--pictures` writes screenshots (desktop, phone, dark, print) to look at.
"""

from __future__ import annotations

import argparse
import importlib.util
import statistics
import tempfile
import time
from pathlib import Path
from types import ModuleType
from typing import Any

from unlisted.report import html

ROOT = Path(__file__).resolve().parent.parent
STATES = ("rich", "again", "small", "empty", "nothing", "unread", "many")
WIDTHS = (320, 390, 1100)
LEAVE = """
async () => {
  const press = () => document.dispatchEvent(new KeyboardEvent("keydown", { key: "Shift" }));
  const began = performance.now();
  press(); press(); press();
  await new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)));
  return performance.now() - began;
}
"""
TOGETHER = 20
"""Reports that stand in one page, each with one planted string in every field."""
MIXED = 10
"""Of these pages so many are tried once more with one report among them that is not escaped."""
OPENING = "() => performance.getEntriesByType('navigation')[0].domContentLoadedEventEnd"
OPEN = 'document.querySelectorAll("details").forEach((one) => { one.open = true; })'


def load(path: str) -> ModuleType:
    """A module of the tests by its path."""
    spec = importlib.util.spec_from_file_location(Path(path).stem, ROOT / "tests" / path)
    if spec is None or spec.loader is None:
        raise FileNotFoundError(path)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def sizes(harness: Any, browser: Any, made: Any, file: Path) -> None:
    """Kilobytes; milliseconds to write (CPU), to open and to leave (on the clock)."""
    print(f"{'report':<10} {'findings':>8} {'kB':>7} {'write ms':>9} {'open ms':>8} {'leave ms':>9}")
    for name in STATES:
        result = getattr(made, name)()
        html.render(result)
        began = time.process_time()
        text = html.render(result)
        wrote = (time.process_time() - began) * 1000
        opening, leaving = [], []
        for _ in range(5):
            with harness.opened(browser, file, text) as page:
                opening.append(page.evaluate(OPENING))
                leaving.append(page.evaluate(LEAVE))
        size, opened, left = len(text.encode()) / 1000, statistics.median(opening), statistics.median(leaving)
        print(
            f"{name:<10} {len(result.findings):>8} {size:>7.1f} {wrote:>9.0f} {opened:>8.0f} {left:>9.0f}", flush=True
        )


def accessibility(harness: Any, browser: Any, made: Any, file: Path) -> None:
    """Violations that axe finds: WCAG 2.2 A and AA and best practice, everything unfolded."""
    print(
        f"\n{'axe':<10} " + " ".join(f"{scheme} {width}".rjust(10) for scheme in ("light", "dark") for width in WIDTHS)
    )
    for name in STATES[:-1]:
        text, row = html.render(getattr(made, name)()), []
        for scheme in ("light", "dark"):
            for width in WIDTHS:
                with harness.opened(browser, file, text, width=width, scheme=scheme, bypass_csp=True) as page:
                    page.evaluate(OPEN)
                    row.append(len(harness.violations(page)))
        print(f"{name:<10} " + " ".join(f"{number:>10}" for number in row), flush=True)


def strings(harness: Any, browser: Any, made: Any, file: Path, number: int, controls: int) -> None:
    """Planted strings in every field: how many ran with escaping, and how many of the controls ran without it."""
    every = load("browser/xss.py").strings()
    trap, step = harness.Trap(browser, file), max(1, len(every) // max(1, controls))
    raw = {one: harness.unescaped(harness.fewer(made.worded(one))) for one in every[::step]}
    bitten = [one for one, text in raw.items() if trap.hits(text)]
    print(f"control with escaping off: {len(raw)} strings, {len(bitten)} ran", flush=True)
    chosen, ran, named = every[:number], [], 0
    began = time.perf_counter()
    for first in range(0, len(chosen), TOGETHER):
        pages = {
            one: harness.naked(html.render(harness.fewer(made.worded(one)))) for one in chosen[first : first + TOGETHER]
        }
        ran += trap.culprits(pages)
        if first // TOGETHER < min(len(bitten), MIXED):  # the same page with one that is not escaped among them
            bad = bitten[first // TOGETHER]
            named += trap.culprits({**pages, f"raw {bad}": raw[bad]}) == [f"raw {bad}"]
    mixed = min(len(bitten), MIXED, -(-len(chosen) // TOGETHER))
    print(f"control, one not escaped among {TOGETHER}: {mixed} pages, {named} named")
    spent = time.perf_counter() - began
    print(f"escaped: {len(chosen)} of {len(every)} strings in every field, {len(ran)} ran, {spent:.0f} s")


def demo(again: Any) -> None:
    """The demo before and after its first three steps: ways in as told, and as a second audit counts them."""
    with tempfile.TemporaryDirectory() as folder:
        before, after = again.before_and_after(Path(folder))
    gone = {name for advice in before.plan[:3] for name in advice.findings}
    told = sum(not gone.intersection(way.findings) for way in before.ways_in)
    known = {one.fingerprint for one in before.findings}
    new = sum(not known.issuperset(way.findings) for way in after.ways_in)
    print(f"\ndemo: {len(before.ways_in)} ways in; after the first 3 steps {told} as told, ", end="")
    print(f"{len(after.ways_in)} as audited again, {new} of them through a place that was not drawn before")


def pictures(harness: Any, browser: Any, made: Any, file: Path, folder: Path) -> None:
    """Screenshots to look at."""
    folder.mkdir(parents=True, exist_ok=True)
    text = html.render(made.again())
    for name, width, scheme in (("desktop", 1100, "light"), ("phone", 390, "light"), ("dark", 1100, "dark")):
        with harness.opened(browser, file, text, width=width, scheme=scheme) as page:
            page.screenshot(path=folder / f"{name}.png", full_page=True)
    with harness.opened(browser, file, text) as page:
        page.pdf(path=folder / "print.pdf", format="A4", tagged=True)
    print(f"pictures in {folder}")


def main() -> None:
    """Run all of it."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--strings", type=int, default=1_000, help="planted strings that are tried")
    options.add_argument("--controls", type=int, default=100, help="strings that are tried with escaping off")
    options.add_argument("--pictures", type=Path, metavar="DIR", help="write screenshots into this folder")
    given = options.parse_args()
    harness, made = load("browser/harness.py"), load("report/made.py")
    with tempfile.TemporaryDirectory() as folder, harness.chromium() as browser:
        file = Path(folder) / "notes.html"
        sizes(harness, browser, made, file)
        accessibility(harness, browser, made, file)
        demo(load("report/demo_again.py"))
        if given.pictures:
            pictures(harness, browser, made, file, given.pictures)
        strings(harness, browser, made, file, given.strings, given.controls)


if __name__ == "__main__":
    main()
