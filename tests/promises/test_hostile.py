"""Promise 4, everything that is read is hostile: no input stops an audit."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from selectolax.lexbor import LexborHTMLParser

from unlisted import registry
from unlisted.audit import Audited
from unlisted.audit.judge import judge
from unlisted.audit.lens import lens
from unlisted.audit.observed import Observed
from unlisted.model import (
    Card,
    Check,
    Fact,
    Fix,
    Hit,
    Locator,
    Mention,
    Notice,
    Priority,
    Source,
    SourceKind,
    Subject,
)
from unlisted.report import html
from unlisted.sources import pages

FACTS = (
    Fact(kind="name", label="name", value="Odile Varnholt"),
    Fact(kind="phone", label="mobile", value="+1 207 555 0199"),
)
GOOD = "<html><body><h1>Odile Varnholt</h1><p>Call 207 555 0199.</p></body></html>"
BAD: dict[str, Any] = {
    "bad1.example/": (200, "text/html", b"\x00\xff" * 500),
    "bad2.example/": (200, "application/pdf", b"%PDF-1.7 nothing"),
    "bad3.example/": (200, "image/jpeg", b"\xff\xd8\xff\xe0"),
    "bad4.example/": (404, "text/html", b"gone"),
    "bad5.example/": (403, "text/html", b"no"),
    "bad6.example/": (200, "text/html; charset=zlib", b"<p>x</p>"),
    "bad7.example/": (200, "text/html", b"<div>" * 50_000 + b"deep"),
    "bad8.example/": (200, "text/html", b""),
    "bad9.example/": (302, "text/html", b""),
    "good.example/": GOOD,
}


def web(*hosts: str) -> tuple[Source, ...]:
    """A page source for each host."""
    return tuple(
        Source(label=host, kind=SourceKind.PAGE, address=f"https://{host}.example/", mine=True) for host in hosts
    )


def test_the_rest_of_the_audit_is_done_and_every_failure_is_listed(run: Callable[..., Audited]) -> None:
    """Nine bad pages before a good one: the good one is read, and each bad one is read or listed with a reason."""
    hosts = [name.split(".")[0] for name in BAD]
    result = run(Subject(facts=FACTS, sources=web(*hosts)), BAD).result
    assert {finding.source for finding in result.findings} == {"good"}
    listed = {item.source for item in result.not_checked}
    read = {source.label for source in result.sources if source.read}
    assert listed | read == set(hosts)
    assert {"bad2", "bad3", "bad4", "bad5"} <= listed
    assert all(item.reason and len(item.reason) < 200 for item in result.not_checked)


def test_a_broken_photo_among_many_costs_only_itself(
    run: Callable[..., Audited], photo: Callable[..., Path], tmp_path: Path
) -> None:
    """Of a folder with one broken file, all others are read, and the broken one is named."""
    data = photo(tmp_path / "IMG_0000.jpg", lat=43.5, lon=-40.5, taken="2026:05:01 22:15:00").read_bytes()
    for number in range(1, 300):
        (tmp_path / f"IMG_{number:04d}.jpg").write_bytes(data)
    (tmp_path / "IMG_0150.jpg").write_bytes(data[: len(data) // 3])
    (tmp_path / "IMG_0151.jpg").write_bytes(b"not a photo at all")
    one = Subject(facts=FACTS, sources=(Source(label="photos", kind=SourceKind.PHOTOS, path=str(tmp_path)),))
    result = run(one, {}).result
    assert result.sources[0].found == 300
    assert {"IMG_0151.jpg"} <= {item.where for item in result.not_checked}
    assert result.sources[0].read + len(result.not_checked) >= 300


@pytest.mark.parametrize(
    "source",
    [
        Source(label="photos", kind=SourceKind.PHOTOS, path="/nowhere/at/all"),
        Source(label="file", kind=SourceKind.FILE, path="/nowhere/at/all.html"),
        Source(label="odd", kind=SourceKind.PAGE, address="https://[half"),
        Source(label="export", kind=SourceKind.EXPORT, path="takeout.zip"),
        Source(label="tracks", kind=SourceKind.TRACKS, path="runs"),
    ],
)
def test_a_source_that_cannot_be_read_is_listed(run: Callable[..., Audited], source: Source) -> None:
    """A missing file, a broken address or a kind that is not read yet is one line under "not checked"."""
    result = run(Subject(facts=FACTS, sources=(source,)), {}).result
    assert [item.source for item in result.not_checked] == [source.label]


def test_an_empty_folder_is_said_to_be_empty(run: Callable[..., Audited], tmp_path: Path) -> None:
    """No photos is not "no finding"."""
    one = Subject(facts=FACTS, sources=(Source(label="photos", kind=SourceKind.PHOTOS, path=str(tmp_path)),))
    assert "no photos" in run(one, {}).result.not_checked[0].reason


def explode(seen: object) -> Iterator[Hit]:
    """A check that fails with a value in its message."""
    yield from ()
    raise ValueError(f"207 555 0199 {seen}")


def test_a_check_that_fails_costs_its_own_answer_and_tells_no_value() -> None:
    """The error's name is told, its message is not."""
    fix = Fix(do="edit", action="x", minutes=1, notice=Notice.NOBODY, check="x", steps=("x",))
    card = Card(
        id="profiles/boom",
        title="x",
        on="mention",
        severity=Priority.LATER,
        learns="x",
        last_verified=date(2026, 1, 1),
        references=("x",),
        fix=fix,
    )
    checks = {**registry.checks(), card.id: Check(card=card, function=explode)}
    subject = Subject(facts=FACTS)
    mention = Mention(
        source="page",
        source_kind="page",
        kind="phone",
        detail="text",
        locator=Locator(),
        certainty=1.0,
        fact=FACTS[1],
        level="same",
        mine=True,
    )
    findings, _, failed = judge(Observed(mentions=[mention]), checks, subject, lens(subject).redactor)
    assert [item.check for item in findings] == ["profiles/phone"]
    told = [(item.check, item.reason) for item in failed]
    assert told == [("profiles/boom", "this check stopped with an error (ValueError)")]


def test_planted_markup_stays_text_in_the_report(
    run: Callable[..., Audited], tmp_path: Path, photo: Callable[..., Path]
) -> None:
    """A file name and a heading that are markup do not become elements."""
    photo(tmp_path / "<img src=x onerror=alert(1)>.jpg", lat=43.5, lon=-40.5, taken="2026:05:01 22:15:00")
    page = "<h1><script>alert(2)</script>Odile Varnholt</h1><h2>&lt;b onmouseover=alert(3)&gt;</h2><p>207 555 0199</p>"
    sources = (*web("good"), Source(label="photos", kind=SourceKind.PHOTOS, path=str(tmp_path)))
    out = html.render(run(Subject(facts=FACTS, sources=sources), {"good.example/": page}).result)
    tree = LexborHTMLParser(out)
    assert tree.css("img, [onerror], [onmouseover]") == []
    assert not [node for node in tree.css("script") if "alert(" in node.text()]


@pytest.mark.parametrize(
    ("error", "told"),
    [
        (RuntimeError("207 555 0199"), "RuntimeError"),
        (MemoryError(), "MemoryError"),
        (RecursionError("deep"), "RecursionError"),
        (PermissionError(13, "no"), "cannot be read"),
    ],
)
def test_whatever_a_source_does_costs_only_that_source(
    run: Callable[..., Audited], monkeypatch: pytest.MonkeyPatch, error: Exception, told: str
) -> None:
    """A reader that fails in a way nobody thought of is one line, without its words, and the others are read."""

    def broken(_artifact: object) -> None:
        raise error

    monkeypatch.setattr(pages, "saved", lambda source, now: broken((source, now)))
    bad = Source(label="bad", kind=SourceKind.FILE, path="page.html", mine=True)
    result = run(Subject(facts=FACTS, sources=(bad, *web("good"))), {"good.example/": GOOD}).result
    assert {finding.source for finding in result.findings} == {"good"}
    (line,) = [item.reason for item in result.not_checked if item.source == "bad"]
    assert told in line
    assert "0199" not in line
