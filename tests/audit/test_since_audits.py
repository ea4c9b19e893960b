"""Whole re-audits of pages that go wrong in every way that a site can: bytes in, comparison out, never a false "fixed"."""

from __future__ import annotations

import hashlib
import random
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

import pytest

from unlisted import registry
from unlisted.audit import examine
from unlisted.errors import FetchError
from unlisted.model import Artifact, AuditResult, Fact, Source, SourceKind, State, Subject
from unlisted.report import json
from unlisted.report.schema import AuditShape
from unlisted.sources.fetch import Fetcher

Answer = str | FetchError | tuple[str, str]
"""A page, an error, or a page that comes from another address."""
THEN = datetime(2026, 10, 2, 8, 0, tzinfo=UTC)
NOW = datetime(2026, 11, 21, 9, 0, tzinfo=UTC)
CHECKS = registry.checks()
FACTS = (
    Fact(kind="name", label="me", value="Wren Ashdown"),
    Fact(kind="address", label="home", value="27 Larch Row, Marrow Bay, ME 04000"),
    Fact(kind="phone", label="mobile", value="+1 207 555 0143"),
    Fact(kind="email", label="mail", value="wren@mail.example"),
    Fact(kind="relative", label="sister", value="Ada Fernhill"),
)
LINES = {
    "home": "27 Larch Row, Marrow Bay, ME 04000",
    "mobile": "207-555-0143",
    "mail": "wren@mail.example",
    "sister": "Relatives: Ada Fernhill",
}
GONE = "<html><body><h1>Not here</h1><p>This record is no longer available.</p></body></html>"
FILLER = "<p>The harbour was quiet and the boats were painted in spring before the fair began.</p>" * 40


@dataclass
class Site(Fetcher):
    """A fetcher that answers from a table: bytes, an error, or bytes that come from another address."""

    answers: Mapping[str, Answer] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """The fetcher below it is never asked."""
        super().__init__()

    def get(self, address: str, *, source: str, now: datetime, kind: str = "page") -> Artifact:
        """The answer of the table."""
        answer = self.answers[address]
        if isinstance(answer, FetchError):
            raise answer
        final, text = answer if isinstance(answer, tuple) else (address, answer)
        body = text.encode()
        return Artifact(
            source=source,
            at=now,
            sha256=hashlib.sha256(body).hexdigest(),
            media_type="text/html",
            body=body,
            address=final,
            content_type="text/html; charset=utf-8",
            redirected=final != address,
        )


def record(labels: list[str], *, name: str = "Wren Ashdown") -> str:
    """A directory's page about somebody."""
    rows = "".join(f"<p>{LINES[label]}</p>" for label in labels)
    return (
        f'<html><body><h1>{name}</h1><div itemscope itemtype="https://schema.org/Person"><h2 itemprop="name">{name}</h2>'
        f"{rows}</div>{FILLER}</body></html>"
    )


def subject(number: int, folder: Path) -> Subject:
    """A person with listings and one saved page; the page of a blog without proof stands for all that may not be followed."""
    listings = [
        Source(
            label=f"finder {chr(97 + n)}", kind=SourceKind.LISTING, address=f"https://finder{n}.example/record/7?id=4"
        )
        for n in range(number)
    ]
    blog = Source(label="blog", kind=SourceKind.PAGE, address="https://blog.example/about", mine=True)
    saved = Source(
        label="saved",
        kind=SourceKind.FILE,
        path=str(folder / "saved.html"),
        address="https://old.example/me",
        mine=True,
    )
    return Subject(facts=FACTS, sources=(*listings, blog, saved))


def audited(
    whose: Subject,
    pages: Mapping[str, Answer],
    now: datetime,
    since: AuditShape | None = None,
) -> AuditResult:
    """One audit of these pages."""
    site = Site(answers=pages)
    with site:
        return examine(whose, now=now, rng=random.Random(0), fetcher=site, checks=CHECKS, since=since).result


def wrong(rng: random.Random, address: str, left: list[str]) -> Answer:
    """What a site shows in place of the page, or the page as it is now."""
    login = (
        '<html><body><h1>Wren Ashdown</h1><form><input type="password"></form><p>Log in to see this.</p></body></html>'
    )
    soft = "<html><title>Oops</title><body><p>Something went wrong. Please try again later, Wren Ashdown.</p></body></html>"
    robot = "<html><title>Just a moment...</title><body><p>Verify you are human</p></body></html>"
    moved = "https://" + address.split("/")[2] + "/search"
    answers: list[Answer] = [
        FetchError("the site did not answer"),
        FetchError("the site answered 403: not allowed"),
        FetchError("the site answered 404: the page is not there"),
        login,
        soft,
        robot,
        "<html><body></body></html>",
        "<html><body>" + FILLER + "</body></html>",
        (moved, record([])),
        (address.replace("id=4", "id=5"), record([])),
        record([], name="Corin Hale"),
        *[record(left)] * 3,
        GONE,
    ]
    return rng.choice(answers)


@pytest.mark.parametrize("part", range(4))
def test_whole_re_audits_never_call_fixed_what_is_there(tmp_path: Path, part: int) -> None:
    """Timeouts, refusals, logins, excuses, tests for robots, empty and other pages, moved records: none makes a false "fixed"."""
    rng = random.Random(part)
    fixed = unseen = 0
    for _ in range(40):
        whose = subject(rng.randint(1, 3), tmp_path)
        (tmp_path / "saved.html").write_text(record(sorted(LINES)))
        addresses = {one.label: one.address or "" for one in whose.sources if one.kind is not SourceKind.FILE}
        old = audited(whose, dict.fromkeys(addresses.values(), record(sorted(LINES))), THEN)
        left = {label: [fact for fact in sorted(LINES) if rng.random() < 0.6] for label in [*addresses, "saved"]}
        now_saved = wrong(rng, "https://old.example/me", left["saved"])
        (tmp_path / "saved.html").write_text(now_saved if isinstance(now_saved, str) else record(left["saved"]))
        pages = {address: wrong(rng, address, left[label]) for label, address in addresses.items()}
        new = audited(whose, pages, NOW, AuditShape.model_validate_json(json.render(old)))
        assert new.since is not None
        assert len(new.since.changes) >= len({one.fingerprint for one in old.findings})
        removed = {label for label, address in addresses.items() if pages[address] == GONE}
        for change in new.since.of(State.FIXED):
            assert change.source != "blog"
            assert change.source in removed or change.fact in set(LINES) - set(left[change.source]), change
        fixed += len(new.since.of(State.FIXED))
        unseen += len(new.since.of(State.UNSEEN))
    assert fixed > 10
    assert unseen > 100
