"""The page in a real browser: counting, leaving, printing, width, contrast, silence. Skipped where there is no Chromium."""

from __future__ import annotations

import base64
import hashlib
import html as escapes
import json
import os
import re
import shutil
import subprocess
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from unlisted.model.plan import Plan
from unlisted.model.result import AuditResult
from unlisted.report import html
from unlisted.report.tasks import tasks
from unlisted.report.view import PRINTED

BROWSER = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
pytestmark = pytest.mark.skipif(
    BROWSER is None and not os.environ.get("CI"),
    reason="no Chromium on this machine (Debian: apt-get install chromium)",
)

FLAGS = (
    *("--headless", "--no-sandbox", "--disable-gpu", "--hide-scrollbars", "--disable-background-networking"),
    *("--disable-component-update", "--no-first-run", "--virtual-time-budget=20000", "--window-size=1300,2000"),
)
PAGES = 12
"""Letter pages of the rich report: 8 sources, 25 findings."""
SOON = "--virtual-time-budget=2000"
PROBE = """
const out = [];
const one = (selector) => document.querySelector(selector);
%s
document.body.append(Object.assign(document.createElement("pre"), { id: "out", textContent: JSON.stringify(out) }));
"""
SHIFT = 'document.dispatchEvent(new KeyboardEvent("keydown", { key: "Shift" }));'
MEASURE = """
const light = (c) => { const f = (x) => { x /= 255; return x <= 0.04045 ? x / 12.92 : ((x + 0.055) / 1.055) ** 2.4; };
  return 0.2126 * f(c[0]) + 0.7152 * f(c[1]) + 0.0722 * f(c[2]); };
const rgb = (s) => { const m = s.match(/[0-9.]+/g).map(Number); return m.length > 3 && m[3] === 0 ? null : m; };
const ratio = (a, b) => { const x = light(a), y = light(b); return (Math.max(x, y) + 0.05) / (Math.min(x, y) + 0.05); };
const texts = function* (d) { const w = d.createTreeWalker(d.body, 4); let n;
  while ((n = w.nextNode())) if (n.textContent.trim() && !n.parentElement.closest("script, style, #cover")) yield n; };
const measure = async (page, width, longer) => {
  const frame = document.createElement("iframe");
  frame.width = width; frame.height = 2000; frame.srcdoc = page;
  document.body.append(frame);
  await new Promise((done) => { frame.onload = done; });
  const d = frame.contentDocument, win = frame.contentWindow;
  d.querySelectorAll("details").forEach((fold) => { fold.open = true; });
  await new Promise((done) => setTimeout(done, 50));
  const stretch = (x) => x + x.slice(0, Math.ceil(x.length * 0.4));
  if (longer) for (const n of [...texts(d)]) n.textContent = n.textContent.replace(/[a-z]+/gi, stretch);
  const low = [], small = [];
  for (const n of longer ? [] : texts(d)) {
    const e = n.parentElement, style = win.getComputedStyle(e);
    if (!e.getBoundingClientRect().width) continue;
    let ground = null;
    for (let at = e; at && !ground; at = at.parentElement) ground = rgb(win.getComputedStyle(at).backgroundColor);
    if (ratio(rgb(e.closest("svg") ? style.fill : style.color), ground || [255, 255, 255]) < 7) low.push(n.textContent.trim());
  }
  for (const e of longer ? [] : d.querySelectorAll("button, summary, main label")) {
    const r = e.getBoundingClientRect();
    if (r.width && r.height < 43.9) small.push(e.textContent.trim());
  }
  const still = [...d.querySelectorAll(".scroll")].filter((e) => (e.scrollWidth > e.clientWidth) !== (e.tabIndex === 0));
  out.push({ width, still: longer ? 0 : still.length, over: d.documentElement.scrollWidth - width, low, small });
  frame.remove();
};
"""


def open_in_browser(page: str, folder: Path, *more: str) -> str:
    """The document as it is once its scripts have run."""
    file = folder / "page.html"
    file.write_text(page, encoding="utf-8")
    profile = folder / "profile"
    command = [str(BROWSER), *FLAGS, *more, f"--user-data-dir={profile}", "--dump-dom", file.as_uri()]
    done = subprocess.run(command, capture_output=True, text=True, timeout=120, check=False)
    shutil.rmtree(profile, ignore_errors=True)
    return done.stdout


def answer(dump: str) -> Any:
    """What the probe wrote into the page."""
    found = re.search(r'<pre id="out">(.*?)</pre>', dump, re.DOTALL)
    assert found is not None, "the probe did not run"
    return json.loads(escapes.unescape(found[1]))


def probed(result: AuditResult, body: str) -> str:
    """The page with one more script, whose hash is added to the policy: everything else stays forbidden."""
    script = PROBE % body
    digest = base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()
    page = html.render(result).replace("script-src &#39;", f"script-src &#39;sha256-{digest}&#39; &#39;", 1)
    return page.replace("</body>", f"<script>{script}</script></body>")


def naked(page: str) -> str:
    """The page without its policy, so that nothing but escaping stands between its text and the browser."""
    bare, number = re.subn(r'<meta http-equiv="Content-Security-Policy"[^>]*>', "", page)
    assert number == 1
    return bare


def in_frames(pages: dict[str, str], body: str) -> str:
    """A page that measures others in frames."""
    data = json.dumps(pages).replace("<", "\\u003c")
    script = (
        f"const out = []; const pages = {data}; {MEASURE} (async () => {{ {body}"
        ' document.body.innerHTML = ""; document.body.append(Object.assign(document.createElement("pre"),'
        ' { id: "out", textContent: JSON.stringify(out) })); })();'
    )
    return f'<!doctype html><meta charset="utf-8"><body><script>{script}</script></body>'


def test_ticks_recount_the_ways_in(rich: AuditResult, tmp_path: Path) -> None:
    """Ticking a step off, or a finding that is not about the person, recounts the ways in; unticking brings them back."""
    body = """
    const now = () => [one("#now-number").textContent, one("#now-bar").getAttribute("width")];
    const step = one("input[data-step='0']"), finding = one("input[data-finding='4']");
    out.push(now()); step.click(); out.push(now(), one("#now-text").textContent);
    finding.click(); out.push(now()); step.click(); finding.click(); out.push(now(), one("#now-text").textContent);
    """
    found = answer(open_in_browser(probed(rich, body), tmp_path))
    first, ticked, told, more, back, silent = found
    assert first == ["8", "100"]
    assert ticked == ["5", "62.5"]
    assert told == "5 of 8 ways in stay open."
    assert more == ["4", "50"]
    assert back == ["8", "100"]
    assert silent == ""


def test_ticks_of_a_cut_list_count_at_least(rich: AuditResult, tmp_path: Path) -> None:
    """Where not all ways are listed, what a tick leaves open is at least so many; without ticks it is as it was."""
    plan = Plan(actions=("a",), cost=5, cut=frozenset({"home"}))
    body = """
    const now = () => [one("#now-number").textContent, one("#now-text").textContent];
    const step = one("input[data-step='0']");
    out.push(now()); step.click(); out.push(now()); step.click(); out.push(now());
    document.querySelectorAll("input[data-finding]").forEach((box) => box.click()); out.push(now());
    """
    first, ticked, back, none = answer(open_in_browser(probed(replace(rich, cheapest=plan), body), tmp_path))
    assert first == back == ["8+", ""]
    assert ticked == ["5+", "5+ of 8+ ways in stay open."]
    assert none == ["0", "0 of 8+ ways in stay open."]


def test_leave_takes_the_notes_away(rich: AuditResult, tmp_path: Path) -> None:
    """Leave replaces everything by a working unit converter, and so does Shift three times; another key starts the count again."""
    body = f"""
    out.push([document.title, document.body.children.length > 1]);
    {SHIFT} {SHIFT} document.dispatchEvent(new KeyboardEvent("keydown", {{ key: "a" }})); {SHIFT}
    out.push(document.title);
    {SHIFT} {SHIFT}
    out.push([document.title, document.body.children.length, document.body.innerText.includes("ways in")]);
    one("#amount").value = "10"; one("#amount").dispatchEvent(new Event("input", {{ bubbles: true }}));
    out.push(one("#answer").textContent);
    """
    before, not_yet, after, converted = answer(open_in_browser(probed(rich, body), tmp_path))
    assert before == ["Notes 2026-11-21", True]
    assert not_yet == "Notes 2026-11-21"
    assert after == ["Unit converter", 1, False]
    assert converted == "16.093"


def test_blur_print_and_links(rich: AuditResult, tmp_path: Path) -> None:
    """Blur says whether it is on; printing opens the folds, less what is fine, and closes them after; a link opens its fold."""
    body = """
    one("#blur").click(); out.push([one("#blur").getAttribute("aria-pressed"), getComputedStyle(one("main")).filter]);
    const folds = () => document.querySelectorAll("details:not([open], .brief, .brief *)").length, before = folds();
    dispatchEvent(new Event("beforeprint")); out.push([before > 5, folds(), one(".brief").open]);
    dispatchEvent(new Event("afterprint")); out.push(folds() === before);
    one("a[href='#step-7']").click(); out.push(one("#step-7").closest("details").open);
    """
    blurred, opened, closed, followed = answer(open_in_browser(probed(rich, body), tmp_path))
    assert blurred == ["true", "blur(9px)"]
    assert opened == [True, 0, False]
    assert closed is True
    assert followed is True


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_width_contrast_and_size_of_controls(
    results: dict[str, AuditResult],
    worded: Callable[[str], AuditResult],
    tmp_path: Path,
    scheme: str,
) -> None:
    """At 320, 390 and 1100 pixels, with words 40 % longer too, nothing runs over; words have 7 to 1, controls 44 pixels.

    What scrolls is a stop for the keyboard, and nothing else of its kind is.
    """
    pages = {"rich": naked(html.render(results["rich"]))}
    if scheme == "light":
        pages["unread"] = naked(html.render(results["unread"]))
        pages["again"] = naked(html.render(results["again"]))
        pages["long"] = naked(html.render(worded("Donaudampfschifffahrtsgesellschaftskapitän")))
    runs = """
    for (const page of Object.values(pages))
      for (const width of [320, 390, 1100])
        for (const longer of [false, true]) await measure(page, width, longer);
    """
    flag = ["--blink-settings=preferredColorScheme=0"] if scheme == "dark" else []
    found = answer(open_in_browser(in_frames(pages, runs), tmp_path, *flag))
    assert len(found) == 6 * len(pages)
    for measured in found:
        assert measured["over"] <= 0, measured["width"]
        assert measured["low"] == []
        assert measured["small"] == []
        assert measured["still"] == 0


def test_the_measure_sees_a_fault(rich: AuditResult, tmp_path: Path) -> None:
    """Pale words, a wide block and a small button are found by the same measure."""
    fault = '<p><b class="x">pale</b></p><button class="y">small</button><div class="z">wide</div></main>'
    page = naked(html.render(rich)).replace("</main>", fault, 1)
    style = ".x { color: #aaaaaa } .y { min-block-size: 20px; padding: 0 } .z { inline-size: 900px }</style>"
    found = answer(
        open_in_browser(
            in_frames({"a": page.replace("</style>", style, 1)}, "await measure(pages.a, 320, false);"), tmp_path
        )
    )
    assert found[0]["over"] > 0
    assert found[0]["low"] == ["pale"]
    assert found[0]["small"] == ["small"]


def planted(address: str) -> str:
    """One string that would load from an address in many ways, if it were more than text."""
    return (
        f'"><img src="{address}/img"><script src="{address}/script"></script><link rel=stylesheet href="{address}/css">'
        f'<iframe src="{address}/frame"></iframe><style>@import "{address}/style"</style><video poster="{address}/poster">'
    )


def test_nothing_is_asked_for(
    worded: Callable[[str], AuditResult],
    listener: tuple[str, list[str]],
    tmp_path: Path,
) -> None:
    """A report full of planted pictures, scripts and style sheets asks for nothing, even without its policy; unescaped it does."""
    address, asked = listener
    whole = worded(planted(address)[:380])
    result = replace(
        whole, findings=whole.findings[:2], ways_in=whole.ways_in[:1], plan=whole.plan[:1], places=(), clear=()
    )
    for page in (html.render(result), naked(html.render(result))):
        assert "</html>" in open_in_browser(page, tmp_path, SOON)
    assert asked == []
    raw = html.environment().overlay(autoescape=False).get_template(html.PAGE)
    open_in_browser(raw.render(html.context(result) | {"policy": ""}), tmp_path, SOON)
    assert {"/img", "/script"} <= set(asked)


def printed(result: AuditResult, folder: Path) -> tuple[int, str]:
    """The pages of the report on paper, and the words that stand there."""
    file, paper = folder / "page.html", folder / "paper.pdf"
    file.write_text(html.render(result), encoding="utf-8")
    profile = folder / "profile"
    command = [str(BROWSER), *FLAGS, f"--user-data-dir={profile}", f"--print-to-pdf={paper}", file.as_uri()]
    subprocess.run(command, capture_output=True, timeout=120, check=True)
    shutil.rmtree(profile, ignore_errors=True)
    told = subprocess.run(["pdftotext", "-raw", paper, "-"], capture_output=True, text=True, timeout=60, check=True)
    return len(re.findall(rb"/Type /Page\b(?!s)", paper.read_bytes())), " ".join(told.stdout.split())


@pytest.mark.skipif(
    shutil.which("pdftotext") is None and not os.environ.get("CI"),
    reason="no pdftotext on this machine (Debian: apt-get install poppler-utils)",
)
def test_paper_holds_what_a_person_needs_and_no_more(rich: AuditResult, tmp_path: Path) -> None:
    """Every step with its spots and its check is printed; what only a screen can do, and what stands twice, is not."""
    pages, told = printed(rich, tmp_path)
    shown = tasks(rich)
    assert pages <= PAGES
    for task in shown:
        assert task.advice.title in told
        assert task.spots in told
        assert task.notice in told
    assert told.count("How to check:") == len(shown)
    named = [place.name for place in rich.places] + [one.source for one in rich.findings]
    named += [one.reason for one in rich.not_checked]
    assert [name for name in named if name not in told] == []
    for only_screen in ("Press Leave", "Does not apply to me", "Tick a step", "Not about me"):
        assert only_screen not in told


@pytest.mark.skipif(
    shutil.which("pdftotext") is None and not os.environ.get("CI"),
    reason="no pdftotext on this machine (Debian: apt-get install poppler-utils)",
)
def test_all_steps_that_close_ways_in_are_printed(rich: AuditResult, tmp_path: Path) -> None:
    """Up to forty are on paper though most are folded on the screen; of the small steps a line says how many more there are."""
    first = rich.plan[0]
    plan = [replace(first, title=f"Change number {turn}.", source=f"page {turn}") for turn in range(43)]
    plan += [replace(one, in_plan=False, title=f"Small {one.title}", source=f"small {one.source}") for one in plan]
    _, told = printed(replace(rich, plan=tuple(plan[:35] + plan[43:78])), tmp_path)
    assert [turn for turn in range(35) if f"Change number {turn}." not in told] == []
    assert sum(f"Small Change number {turn}." in told for turn in range(35)) == PRINTED
    assert f"Show {35 - PRINTED} more steps" in told
